// When the app has panicked: says so, and hands out the notes. Needs neither WebAssembly nor Yew of the app
// that broke: what it reads it reads raw, and a fresh worker makes a file of it.
const PATIENCE = 5000;
const DATABASE = "postil";
const JOURNAL = "records";
// What the app would otherwise still hear, and answer with a program that is broken.
const HEARD = [
  "beforeinput", "blur", "change", "click", "dragover", "drop", "focus", "focusin", "focusout", "input", "keydown", "keyup",
  "paste", "pointerdown", "popstate", "resize", "scroll", "selectionchange", "storage", "submit", "visibilitychange",
];
let stopped = false;

// A program that was ended without a panic cannot say so itself: its stack ran over, or there was no memory left.
function wasEnded(error) {
  const { RuntimeError } = globalThis.WebAssembly ?? {};
  if (RuntimeError && error instanceof RuntimeError) return true;
  const overflow = error instanceof RangeError || error?.name === "InternalError";
  return overflow && /wasm/.test(error.stack ?? "");
}

function stop() {
  if (stopped) return;
  stopped = true;
  try {
    globalThis.postilPoison?.();
  } catch {
    // It is too broken even for that.
  }
  // Not at once: the broken program may be on the stack still, and would hear of the focus that goes.
  queueMicrotask(show);
}

function show() {
  const notice = document.getElementById("panicked");
  for (const kind of HEARD) {
    window.addEventListener(kind, (event) => keepFrom(event, notice), { capture: true, passive: false });
  }
  notice.addEventListener("cancel", (event) => event.preventDefault());
  notice.querySelector("[data-do=reload]").addEventListener("click", () => location.reload());
  const download = notice.querySelector("[data-do=download]");
  download.addEventListener("click", () => handOut(notice, download));
  for (const kind of HEARD) notice.addEventListener(kind, (event) => event.stopPropagation());
  document.getElementById("skeleton")?.remove();
  document.documentElement.dataset.saveState = "failed";
  notice.showModal();
  // Only what comes into a live region is read out.
  notice.querySelector("[role=alert]").hidden = false;
  download.focus();
}

// The notice's own events go on their way; nothing else may reach the app.
function keepFrom(event, notice) {
  const own = event.target instanceof Node && notice.contains(event.target);
  if (!own) event.stopImmediatePropagation();
}

async function handOut(notice, button) {
  button.disabled = true;
  const say = (which) => {
    for (const words of notice.querySelectorAll("[data-say]")) words.hidden = words.dataset.say !== which;
  };
  say("busy");
  try {
    const records = await collect();
    const file = (await asNotes(records)) ?? JSON.stringify({ postil: "records", records });
    save(file);
    say(records.length > 0 ? "done" : "none");
  } catch (error) {
    console.error(error);
    say("failed");
  }
  button.disabled = false;
}

// Every record as it is, with its key: from both stores, and what neither of them took.
async function collect() {
  const stored = await journal().catch(() => []);
  const unsaved = globalThis.postilUnsaved instanceof Map ? [...globalThis.postilUnsaved] : [];
  return [...local(), ...stored, ...unsaved].filter((pair) => pair.every((part) => typeof part === "string"));
}

function local() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith("postil/"));
  } catch {
    // Storage is forbidden.
    return [];
  }
}

const answer = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = failed;
  });

async function journal() {
  const opening = indexedDB.open(DATABASE);
  // There is no database: none may come into being here.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await answer(opening);
  const store = database.transaction(JOURNAL).objectStore(JOURNAL);
  const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
  database.close();
  return keys.map((key, index) => [key, values[index]]);
}

// A file of notes, made by a worker of its own; nothing where none answers in time.
function asNotes(records) {
  return new Promise((done) => {
    setTimeout(done, PATIENCE);
    const worker = globalThis.postilWorker();
    const { port1, port2 } = new MessageChannel();
    worker.onerror = () => done();
    const stamp = { id: globalThis.crypto?.randomUUID?.() ?? `rescued-${Date.now()}`, at: new Date().toISOString() };
    worker.onmessage = () => worker.postMessage({ salvage: records, ...stamp, port: port2 }, [port2]);
    port1.onmessage = ({ data }) => {
      worker.terminate();
      done(typeof data.file === "string" ? data.file : undefined);
    };
  }).catch(() => undefined);
}

function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file], { type: "application/ld+json" }));
  link.download = `postil-notes-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

window.addEventListener("postil-panic", stop);
window.addEventListener("error", ({ error }) => wasEnded(error) && stop());
window.addEventListener("unhandledrejection", ({ reason }) => wasEnded(reason) && stop());
