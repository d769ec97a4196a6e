// Finds words in the article, and the points where a mouse must press and release to select them.
// Runs inside a function body; the code that follows may call `pointsOf`.

// CSS pixels: far enough into a letter to hit it, so close to its edge that the caret lands there.
const INTO_LETTER = 1;

function textScope() {
  return document.querySelector("main article") ?? document.querySelector("main") ?? document.body;
}

// Searches the scope's text, its white space collapsed, for `from` and from there on for `to`, and
// reads no further. Returns where they begin, and the node and offset of each character read.
function readText(scope, from, to) {
  const places = [];
  let [text, start, end] = ["", -1, -1];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && end < 0; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    const known = text.length;
    for (let offset = 0; offset < node.length; offset += 1) {
      const letter = /\s/.test(node.data[offset]) ? " " : node.data[offset];
      if (letter === " " && (text === "" || text.endsWith(" "))) continue;
      text += letter;
      places.push({ node, offset });
    }
    if (start < 0) start = text.indexOf(from, Math.max(0, known - from.length));
    if (start >= 0) end = text.indexOf(to, Math.max(start, known - to.length));
  }
  return { places, start, end };
}

// A user-perceived letter may be several code points.
const letters = new Intl.Segmenter();

function letterRect({ node, offset }) {
  const letter = letters.segment(node.data).containing(offset);
  const range = document.createRange();
  range.setStart(node, letter.index);
  range.setEnd(node, letter.index + letter.segment.length);
  return range.getClientRects()[0] ?? range.getBoundingClientRect();
}

function scrollerOf(element) {
  for (let box = element; box && box !== document.body; box = box.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowY);
    if (scrolls && box.scrollHeight > box.clientHeight) return box;
  }
  return document.scrollingElement;
}

function centre(first, last) {
  const scroller = scrollerOf(first.node.parentElement);
  const box = scroller === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
  const middle = (letterRect(first).top + letterRect(last).bottom) / 2;
  scroller.scrollBy({ top: middle - (box.top + box.bottom) / 2, behavior: "instant" });
}

function hits(x, y, { node }) {
  const struck = document.elementFromPoint(x, y);
  return struck !== null && (struck === node.parentElement || struck.contains(node));
}

// Letters and digits have their own direction, whatever the paragraph's.
function isRightToLeft({ node, offset }) {
  const letter = node.data[offset];
  if (/[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(letter)) return true;
  return !/[\p{L}\p{N}]/u.test(letter) && getComputedStyle(node.parentElement).direction === "rtl";
}

// The point at a letter's start or end edge; right-to-left text starts on the right.
function edge(place, isStart) {
  const rect = letterRect(place);
  const rightToLeft = isRightToLeft(place);
  const x = isStart !== rightToLeft ? Math.ceil(rect.left) + INTO_LETTER : Math.floor(rect.right) - INTO_LETTER;
  return { x, y: Math.round((rect.top + rect.bottom) / 2) };
}

// The edges of the words from the start of `from` to the end of `to`; or an error message.
function edgesOf(from, to) {
  const { places, start, end } = readText(textScope(), from, to);
  if (start < 0) return `“${from}” is not in the article`;
  if (end < 0) return `“${to}” does not follow “${from}” in the article`;
  const [first, last] = [places[start], places[end + to.length - 1]];
  return { first, last, press: edge(first, true), release: edge(last, false) };
}

// Where to press and release to select from the start of `from` to the end of `to`, or an error.
function pointsOf(from, to) {
  // Pressing on selected text would drag it elsewhere.
  getSelection().removeAllRanges();
  const found = edgesOf(from, to);
  if (typeof found === "string") return found;
  const { first, last } = found;
  centre(first, last);
  const { press, release } = edgesOf(from, to);
  if (!hits(press.x, press.y, first)) return `the start of “${from}” is covered or out of the window`;
  if (!hits(release.x, release.y, last)) return `the end of “${to}” is covered or out of the window`;
  return { press, release };
}
