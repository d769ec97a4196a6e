
// Scrolls until words are this far below the window's top.
function bring(words, height) {
  const { top } = rectOf(words);
  scrollBy({ top: top - height, behavior: "instant" });
}

const plain = ({ left, right, top, bottom }) => ({ left, right, top, bottom });

// The toolbar of the selection, the rectangles of the selected words, and the line after them; a text
// if the toolbar has no place yet.
function seen() {
  const toolbar = document.querySelector("[role=toolbar][aria-label=Selection]");
  if (!toolbar?.dataset.at) return "the toolbar has no place yet";
  const range = getSelection().getRangeAt(0);
  const selected = Array.from(range.getClientRects(), plain).filter(({ left, right }) => right - left >= 1);
  const last = selected.at(-1);
  const walker = document.createTreeWalker(document.querySelector("main article"), NodeFilter.SHOW_TEXT);
  walker.currentNode = range.endContainer;
  let next = null;
  let from = range.endOffset;
  for (let node = range.endContainer, count = 0; node && !next && count < 900; node = walker.nextNode()) {
    for (let at = from; at < node.length && !next; at += 1, count += 1) {
      const letter = document.createRange();
      letter.setStart(node, at);
      letter.setEnd(node, at + 1);
      const [rect] = letter.getClientRects();
      if (rect && rect.width > 0 && rect.top >= last.bottom - 2) next = plain(rect);
    }
    from = 0;
  }
  return {
    toolbar: plain(toolbar.getBoundingClientRect()),
    selected,
    next,
    bar: plain(document.querySelector("#bar").getBoundingClientRect()),
    height: innerHeight,
  };
}
