// What a reader does for an hour; the test asks for one thing after another, but touches nothing
// itself, since its driver keeps every element that it has touched. Waits from frame to frame: looking
// all the time would count as work of the page.
const SEED = 0;
const MOST = 0;
const frame = () => new Promise(requestAnimationFrame);
const seen = (look) => until(look, 10_000, frame);
const roll = dice(SEED);
const among = (things) => things[Math.floor(roll() * things.length)];
const notes = () => document.querySelector("aside");
let count = 0;
const words = () => `Edit ${(count += 1)}: ${"some words ".repeat(1 + Math.floor(roll() * 6))}`;

const dialog = () => document.querySelector("dialog[open]");
const shows = (title) =>
  document.querySelector("article").ariaLabel === title && !dialog() && postilRobot.length() !== null;

async function takeFromLibrary(title) {
  button("Library").click();
  const entry = () => [...dialog().querySelectorAll("button.entry")].find((one) => one.textContent.includes(title));
  (await seen(() => dialog() && entry())).click();
  await seen(() => shows(title));
}
async function paste(title, text) {
  button("Open article").click();
  put(await seen(() => dialog()?.querySelector("textarea")), text);
  button("Open", dialog()).click();
  await seen(() => shows(title));
}
// Scrolls on by about half a window; at the end of the article, to its beginning.
async function read() {
  const atEnd = scrollY + innerHeight > document.documentElement.scrollHeight - 10;
  if (atEnd) scrollTo(0, 0);
  for (let step = 0; step < 8; step += 1) {
    scrollBy(0, 50);
    await frame();
  }
}
// Selects some words in the window, and returns the button of the toolbar with this name.
async function select(name) {
  const inWindow = (node) => {
    const { top, bottom } = node.parentElement.getBoundingClientRect();
    return bottom > 100 && top < innerHeight;
  };
  const node = among(leaves().filter(inWindow)) ?? among(leaves());
  const start = Math.floor(roll() * (node.length - 30));
  getSelection().setBaseAndExtent(node, start, node, start + 12 + Math.floor(roll() * 15));
  return seen(() => button(name));
}
// Chooses any note by its card, which brings its passage into view.
async function choose() {
  const { card } = among([...notes().querySelectorAll("[data-card]")]).dataset;
  const find = (state) => notes().querySelector(`.card${state}[data-card="${card}"]`);
  find("").click();
  return seen(() => find(".chosen"));
}
async function save() {
  put(await seen(noteBox), words());
  button("Save", notes()).click();
  await seen(() => !noteBox());
}
const edits = {
  async highlight() {
    (await select("Highlight")).click();
    await seen(() => !button("Add note"));
  },
  async write() {
    (await select("Add note")).click();
    await save();
  },
  async rewrite() {
    const card = await choose();
    (button("Edit", card) ?? button("Write", card)).click();
    await save();
  },
  async recolour() {
    among([...(await choose()).querySelectorAll(".colours button[aria-pressed=false]")]).click();
  },
  async takeBack() {
    await edits.recolour();
    (await seen(() => button("Undo"))).click();
  },
  async remove() {
    const card = await choose();
    button("Remove", card).click();
    await seen(() => !card.isConnected);
  },
};
// Of the open article: as the page says, "12 notes" or "no notes".
const isFull = () => parseInt(notes().querySelector(".count").textContent) >= MOST;
// Makes an edit, and waits until it is saved. Once there are enough notes, as many go as come.
async function edit() {
  const kinds = isFull() ? ["rewrite", "rewrite", "recolour", "takeBack", "remove"] : ["highlight", "write"];
  const kind = among(kinds);
  await edits[kind]();
  await frame();
  await seen(() => saveState() === "saved");
  return kind;
}
window.soak = { takeFromLibrary, paste, read, edit, isFull };
