// After a panic: shows a notice and offers the notes. Needs neither WebAssembly nor Yew of the
// broken app: it reads the records raw, and a fresh worker makes a file of them.
const PATIENCE = 5000;
const DATABASE = "postil";
const JOURNAL = "records";
// Events that the app would otherwise still receive, and answer with a broken program.
const HEARD = [
  "beforeinput", "blur", "change", "click", "dragover", "drop", "focus", "focusin", "focusout", "input", "keydown", "keyup",
  "paste", "pointerdown", "popstate", "resize", "scroll", "selectionchange", "storage", "submit", "visibilitychange",
];
let stopped = false;

// A program that ended without a panic cannot report it: its stack overflowed, or memory ran out.
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
    // The program is too broken even for that.
  }
  // Deferred: the broken program may still be on the stack, and would be told of the lost focus.
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
  // Screen readers announce only what is added to a live region.
  notice.querySelector("[role=alert]").hidden = false;
  download.focus();
}

// Events of the notice itself pass; no others may reach the app.
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

// Every record with its key: from both stores, and those that neither store accepted.
async function collect() {
  const stored = await journal().catch(() => []);
  const unsaved = globalThis.postilUnsaved instanceof Map ? [...globalThis.postilUnsaved] : [];
  return [...local(), ...stored, ...unsaved].filter((pair) => pair.every((part) => typeof part === "string"));
}

function local() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith("postil/"));
  } catch {
    // Storage is blocked.
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
  // There is no database, and none may be created here.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await answer(opening);
  const store = database.transaction(JOURNAL).objectStore(JOURNAL);
  const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
  database.close();
  return keys.map((key, index) => [key, values[index]]);
}

// A file of notes, made by a separate worker; undefined if none answers in time.
function asNotes(records) {
  return new Promise((done) => {
    setTimeout(done, PATIENCE);
    const worker = globalThis.postilWorker();
    const { port1, port2 } = new MessageChannel();
    worker.onerror = () => done();
    const stamp = { id: globalThis.crypto?.randomUUID?.() ?? `rescued-${Date.now()}`, at: new Date().toISOString() };
    // As `src/app/protocol.rs` has it: a `Salvage`, whose answer has the file's text beside its JSON.
    const readable = records.filter((pair) => pair.every((part) => typeof part === "string"));
    const question = JSON.stringify({ Salvage: { records: readable.map((pair) => pair.map(wellFormed)), stamp } });
    worker.onmessage = () => worker.postMessage([question], [port2]);
    port1.onmessage = ({ data }) => {
      worker.terminate();
      const file = Array.isArray(data) ? data[1] : undefined;
      done(typeof file === "string" ? file : undefined);
    };
  }).catch(() => undefined);
}

// The worker reads no half characters, and one record must not cost the others.
const wellFormed = (text) => text.toWellFormed?.() ?? text;

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
