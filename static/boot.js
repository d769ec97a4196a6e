// Starts the app, or shows why it cannot start; then has it cached for use without a network.
const own = document.querySelector("script[data-script]");
const state = document.documentElement.dataset;
const addressOf = (part) => new URL(own.dataset[part], document.baseURI).href;

const say = (id) => {
  document.getElementById("skeleton")?.remove();
  // Without the program, the beginning of the article is better than nothing.
  if (state.another === "place") delete state.another;
  document.getElementById(id)?.removeAttribute("hidden");
};

// The page's only policy (Trusted Types): it allows just these two scripts to be loaded as code.
const scripts = ["worker", "offline"].filter((part) => own.dataset[part]).map(addressOf);
const createScriptURL = (address) => {
  if (scripts.includes(address)) return address;
  throw new TypeError(`${address} is no script of the app`);
};
globalThis.postilPolicy = globalThis.trustedTypes?.createPolicy("postil", { createScriptURL }) ?? { createScriptURL };
globalThis.postilWorker = () => new Worker(globalThis.postilPolicy.createScriptURL(addressOf("worker")));

// A part of the program exactly as it was built, or an error.
async function compiled(part) {
  const answer = await fetch(addressOf(part), { integrity: own.dataset[`${part}Integrity`] });
  return WebAssembly.compile(await answer.arrayBuffer());
}

// What reads notes comes with the lazy part, and so does any language but English. Who has been here before has some
// notes: for them, and in another language, it is fetched at once, and the program finds it here when it first asks.
function fetchLazy() {
  try {
    if (!state.language && !localStorage.getItem("postil/1/setting/last-article")) return;
  } catch {
    // Storage is blocked: there are no notes.
    return;
  }
  let lazy = compiled("lazy");
  lazy.catch(() => undefined);
  globalThis.postilLazy = () => {
    const first = lazy;
    lazy = undefined;
    return first;
  };
}

// Longest wait for a frame, in milliseconds: a page that nobody sees draws none.
const UNSEEN = 100;

// The article is on the screen before anything else is fetched.
async function drawn() {
  const frame = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const unseen = new Promise((done) => setTimeout(done, UNSEEN));
  if (!document.hidden) await Promise.race([frame, unseen]);
}

async function start() {
  await drawn();
  const scripts = ["script", "rescue"].map((part) => import(addressOf(part)));
  const program = compiled("wasm");
  fetchLazy();
  const [app, , module_or_path] = await Promise.all([...scripts, program]);
  await app.default({ module_or_path });
}

// Registers the service worker when the page is idle, so that a first visit does not wait for it.
function keepForLater() {
  const container = navigator.serviceWorker;
  if (!container || !own.dataset.offline) return;
  const register = () => watch(container).catch(() => undefined);
  if (globalThis.requestIdleCallback) requestIdleCallback(register, { timeout: 5000 });
  else setTimeout(register, 1000);
}

// Least time between checks for a new version when the reader returns to the page, in milliseconds.
const PAUSE = 3_600_000;

async function watch(container) {
  let controlled = Boolean(container.controller);
  // Another tab has activated a new version: this one is notified, and keeps running.
  container.addEventListener("controllerchange", () => {
    if (controlled) offer(container);
    controlled = true;
  });
  const script = globalThis.postilPolicy.createScriptURL(addressOf("offline"));
  const registration = await container.register(script, { updateViaCache: "none" });
  const look = () => registration.waiting && registration.active && offer(container, registration);
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
    // On a busy machine it may be installed before this event is handled.
    look();
  });
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < PAUSE) return;
    looked = Date.now();
    registration.update().catch(() => undefined);
  });
}

// Offers a new version: calling `postilUpdate` activates it and reloads the page.
function offer(container, registration) {
  globalThis.postilUpdate = () => {
    // Waits for writes in progress, and discards nothing that could not be written.
    if (state.saveState === "saving") return setTimeout(globalThis.postilUpdate, 50);
    if (state.saveState === "failed") return undefined;
    const waiting = registration?.waiting;
    if (!waiting) return location.reload();
    container.addEventListener("controllerchange", () => location.reload(), { once: true });
    return waiting.postMessage("take over");
  };
  dispatchEvent(new Event("postil-update"));
}

// Browsers that cannot animate by scrolling are told how far one has read.
function followScrolling() {
  if (CSS.supports("animation-timeline: scroll()")) return;
  const bar = document.getElementById("bar");
  const follow = () => {
    const { scrollHeight } = document.documentElement;
    bar.style.setProperty("--read", scrollY / Math.max(1, scrollHeight - innerHeight));
    bar.classList.toggle("moved", scrollY > 160);
  };
  addEventListener("scroll", follow, { passive: true });
}

if (self !== top) {
  say("framed");
} else if (typeof WebAssembly !== "object") {
  say("needs-wasm");
} else {
  try {
    await start();
    followScrolling();
    keepForLater();
  } catch (error) {
    console.error(error);
    say("failed");
  }
}
