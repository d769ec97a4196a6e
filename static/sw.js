// Serves the app without a network. It knows the app's files by their digests and serves nothing
// else: files changed in the cache or in transit are fetched again or rejected. The build fills in
// the values.
const VERSION = "{version}";
const FILES = {files};
const POLICY = "{policy}";

// Another copy of the app on the same origin has another scope, and caches of its own.
const PREFIX = `postil ${registration.scope} `;
const CACHE = PREFIX + VERSION;
// Holds a shared form until the page opened for it has read it; see src/browser/launch.rs.
const SHARED = `${PREFIX}shared`;
// Maximum size of a shared form in bytes: somewhat more than is read of a file.
const MOST_SHARED = 64 * 1024 * 1024;
const PAGE = "index.html";
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};
// Files that are kept once somebody has asked for them.
const isForLater = (path) => path.startsWith("fonts/");

const REFUSAL = `<!doctype html><html lang="{say.language}" dir="{say.direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{say.refused}</title><h1>{say.refused}</h1>
<p>{say.refused_why}
{say.refused_safe}
{say.refused_help}</p>`;

const addressOf = (path) => new URL(path, registration.scope).href;

// The bytes of a response, if they are those of the file as built.
async function verified(answer, path) {
  if (!answer?.ok) return undefined;
  const bytes = await answer.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === FILES[path] ? bytes : undefined;
}

// From the network, bypassing the browser's own cache if that has an older or damaged copy.
async function fetched(path) {
  for (const cache of ["default", "reload"]) {
    const answer = await fetch(addressOf(path), { cache }).catch(() => undefined);
    const bytes = await verified(answer, path);
    if (bytes) return bytes;
  }
  return undefined;
}

// Headers never come from the cache, where they could have been changed too.
function answerOf(bytes, path) {
  const headers = new Headers({
    "Content-Type": TYPES[path.split(".").pop()] ?? "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
  });
  if (path === PAGE) {
    headers.set("Content-Security-Policy", `${POLICY}; frame-ancestors 'none'`);
    headers.set("Referrer-Policy", "no-referrer");
  }
  return new Response(bytes, { headers });
}

async function keep(cache, path, bytes) {
  await cache.put(addressOf(path), answerOf(bytes, path));
}

async function serve(path) {
  const cache = await caches.open(CACHE);
  const kept = await verified(await cache.match(addressOf(path)), path);
  if (kept) return answerOf(kept, path);
  const fresh = await fetched(path);
  if (!fresh) return refuse(path);
  // Served even if there is no room to repair the cache.
  await keep(cache, path, fresh).catch(() => undefined);
  return answerOf(fresh, path);
}

// A version that can no longer be served gives way to the next one, if any.
async function refuse(path) {
  if (registration.waiting) registration.waiting.postMessage("take over");
  else registration.update().catch(() => undefined);
  if (path !== PAGE) return Response.error();
  const headers = { "Content-Type": TYPES.html, "Content-Security-Policy": "default-src 'none'" };
  return new Response(REFUSAL, { status: 503, headers });
}

// The app's file that a request means; `undefined` leaves the request to the browser.
function meant({ method, mode, url }) {
  if (method !== "GET" || !url.startsWith(registration.scope)) return undefined;
  const { pathname, search } = new URL(url);
  const path = pathname.slice(new URL(registration.scope).pathname.length);
  if (mode === "navigate") return path === "" || path === PAGE ? PAGE : undefined;
  return search === "" && Object.hasOwn(FILES, path) ? path : undefined;
}

// Another app shares by a form, as declared in the manifest. It goes no further than here: it is
// stored as it is, and the page asks its reader before opening any of it. Any site can send such
// a form, so only the last one is kept.
function isShared({ method, mode, url }) {
  return method === "POST" && mode === "navigate" && url.split("?")[0] === addressOf("share");
}

async function take(request) {
  const headers = { "Content-Type": request.headers.get("Content-Type") ?? "" };
  const form = await request.blob();
  if (form.size > MOST_SHARED) return "too-large";
  const name = crypto.randomUUID();
  await caches.delete(SHARED);
  const cache = await caches.open(SHARED);
  await cache.put(addressOf(`shared/${name}`), new Response(form, { headers }));
  return name;
}

async function answerShared(request) {
  const name = await take(request).catch(() => "nothing");
  return Response.redirect(addressOf(`#/shared/${name}`), 303);
}

async function install() {
  const cache = await caches.open(CACHE);
  const take = async (path) => {
    // Files that an older version has cached are not fetched again.
    const older = await verified(await caches.match(addressOf(path)), path);
    if (!older && isForLater(path)) return;
    const bytes = older ?? (await fetched(path));
    if (!bytes) throw new Error(`${path} is not as it was built`);
    await keep(cache, path, bytes);
  };
  await Promise.all(Object.keys(FILES).map(take));
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // From here on the page of a first visit needs no network either.
  await clients.claim();
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  if (isShared(event.request)) return event.respondWith(answerShared(event.request));
  const path = meant(event.request);
  return path !== undefined && event.respondWith(serve(path));
});
// The page sends this only when its reader wants the new version.
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});
