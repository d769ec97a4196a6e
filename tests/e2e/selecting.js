// Where words and elements are, and what is selected. Runs inside a function body.

// The rectangle of the first occurrence of these words in a text node of the article.
function rectOf(words, scope = document.querySelector("main article")) {
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const { left, right, top, bottom } = range.getClientRects()[0];
    return { left, right, top, bottom };
  }
  return null;
}

function columnRect() {
  const { left, right, top, bottom } = document.querySelector("main article").getBoundingClientRect();
  return { left, right, top, bottom };
}

// The selection: its words, whether both ends are in the article, and their blocks.
function selectedNow() {
  const selection = getSelection();
  const article = document.querySelector("main article");
  const block = (node) => {
    const element = node?.nodeType === 1 ? node : node?.parentElement;
    return element?.closest("[data-b]")?.textContent.slice(0, 40) ?? null;
  };
  // At a line break one line's end is the next one's start: the adjacent letters tell.
  const lines = (node, offset) => {
    if (!node) return [];
    const places = node.nodeType === 3 ? [[offset, offset], [Math.max(0, offset - 2), offset], [offset, Math.min(node.length, offset + 1)]] : [[offset, offset]];
    return places.flatMap(([start, end]) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      const [rect] = range.getClientRects();
      return rect ? [[rect.top, rect.bottom]] : [];
    });
  };
  const { anchorNode, focusNode, anchorOffset, focusOffset } = selection;
  return {
    words: String(selection),
    inside: Boolean(anchorNode && focusNode && article.contains(anchorNode) && article.contains(focusNode)),
    from: block(anchorNode),
    to: block(focusNode),
    lines: lines(focusNode, focusOffset),
    anchorLines: lines(anchorNode, anchorOffset),
  };
}
