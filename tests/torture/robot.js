// A robot that reads and writes as a person does, but faster. Runs before the app's own scripts.
const run = Number(new URLSearchParams(location.search).get("run") ?? 0);
const pause = (time) => new Promise((done) => setTimeout(done, time));
// Not throttled in hidden tabs, unlike timers.
const turn = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(0);
});
const now = () => performance.timeOrigin + performance.now();
const tell = (what, more) =>
  fetch("/told/robot", { method: "POST", keepalive: true, body: JSON.stringify({ what, run, at: now(), ...more }) });
const until = async (look, patience = 10_000, wait = turn) => {
  const start = performance.now();
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (performance.now() - start > patience) throw new Error(`after ${patience} ms there is not: ${look}`);
    await wait();
  }
};
const ready = () => until(() => globalThis.postilRobot && postilRobot.length() !== null && document.querySelector("article p"));
// The journal is read after the article: waits for everything that the test knows to be saved, as
// long as a reader would wait.
async function settled() {
  const wanted = await (await fetch("./expected.json")).json();
  const there = ([name, version]) => postilRobot.notes().some(([, , text]) => {
    return text.startsWith(`${name} v`) && parseInt(text.slice(name.length + 2), 10) >= version;
  });
  const passed = (place) => globalThis.postilPassed?.[place];
  await until(() => passed("everything-read") && passed("notes-read"), 30_000);
  const start = performance.now();
  while (!wanted.every(there) && performance.now() - start < 12_000) await pause(10);
  const missing = wanted.filter((one) => !there(one)).map(([name]) => `${name} v`);
  return missing.length > 0 ? traces(missing) : [];
}
// The stored entries of missing notes, which tell whether these were not written or not read.
async function traces(names) {
  const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await answer(indexedDB.open("postil"));
  const store = database.transaction("records").objectStore("records");
  const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
  database.close();
  const all = [...Object.entries(localStorage), ...keys.map((key, index) => [`journal ${key}`, String(values[index])])];
  return all.filter(([, value]) => names.some((name) => value.includes(name))).map(([key, value]) => `${key}: ${value.slice(0, 60)}`);
}
const saveState = () => document.documentElement.dataset.saveState;
// Calls back at once with each new save state.
const watchSaving = (hear) =>
  new MutationObserver(() => hear(saveState())).observe(document.documentElement, { attributeFilter: ["data-save-state"] });

// The rest does what a reader does: selecting, pressing buttons, typing.
const button = (name, scope = document) =>
  [...scope.querySelectorAll("button")].find((one) => (one.getAttribute("aria-label") ?? one.textContent).trim() === name);
const leaves = () => [...document.querySelectorAll("article p")].flatMap((paragraph) =>
  [...paragraph.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.length > 60));
async function takeHold(dice) {
  const nodes = leaves();
  const node = nodes[Math.floor(dice() * nodes.length)];
  const start = Math.floor(dice() * (node.length - 30));
  getSelection().setBaseAndExtent(node, start, node, start + 12 + Math.floor(dice() * 15));
  return until(() => button("Add note"), 3000);
}
const put = (box, text) => {
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
const noteBox = () => document.querySelector("aside textarea");
// Types letter by letter; calls `heard` before each one.
async function type(text, heard, dice) {
  const box = await until(noteBox, 3000);
  for (let length = 1; length <= text.length; length += 1) {
    heard(text.slice(0, length));
    put(box, text.slice(0, length));
    await pause(dice() * 5);
  }
}
const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
