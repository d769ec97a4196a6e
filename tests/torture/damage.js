// Restores a good store, damages some of it, and returns the damage and what must still be there.
const [good, seed] = arguments;
let state = seed;
const dice = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};
const request = (asked) => new Promise((done, failed) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});
const unit = (text, at, change) => text.slice(0, at) + String.fromCharCode(change(text.charCodeAt(at))) + text.slice(at + 1);
const DAMAGE = [
  (text) => text.slice(0, dice(text.length)),
  (text) => text.slice(dice(text.length)),
  (text) => unit(text, dice(text.length), (code) => code ^ (1 << dice(7))),
  (text) => unit(text, dice(text.length), () => 0xd800 + dice(1024)),
  (text) => unit(text, dice(text.length), () => dice(32)),
  (text) => text + text,
  (text) => text.split("").reverse().join(""),
  () => "",
  () => "null",
  () => "[1, 2, 3]",
  () => '{"__proto__":{"t":1}}',
  (text) => "x".repeat(20_000) + text,
  (text) => text.replace(/[0-9]/g, "9"),
  (text) => text.replace(/ /g, "\u00a0"),
];
// Values of types that the app never writes; only the database accepts them.
const TYPES = [
  () => 17, () => null, () => true, () => [1, [2]], () => ({ of: "another kind" }), () => new Uint8Array([1, 2, 3]),
  () => new Date(0), () => new Map([["a", 1]]),
];
const STRANGERS = [
  ["another-app/note/1", "theirs"], ["postil", "theirs"], ["postil/", "theirs"], ["postil/x/note/1/2", "theirs"],
  ["postil/2/another-kind/1", "=00000000 1.a {}"], ["postil/2/note/", "theirs"], ["__proto__", "theirs"], ["constructor", "theirs"],
  ["length", "theirs"], ["postil/1/note/short", "theirs"], ["postil/2/note/a/b/c/d", "theirs"], ["key", "theirs"],
];
const NEWER = [["postil/3/note/a/b", "@newer"], ["postil/9/anything", "@newer"]];
// Not by `instanceof`: in Firefox the page's values are no instances of the driver's types.
const is = (value, kind) => Object.prototype.toString.call(value) === `[object ${kind}]`;
const written = (value) => typeof value === "string" ? value
  : is(value, "Uint8Array") ? `bytes ${value}` : is(value, "Map") ? `map ${JSON.stringify([...value])}` : `value ${JSON.stringify(value)}`;
return (async () => {
  localStorage.clear();
  // Mostly without the second copy, which would restore everything.
  if (dice(3)) await navigator.storageBuckets?.delete("mirror");
  const database = await request(indexedDB.open("postil"));
  const store = () => database.transaction("records", "readwrite").objectStore("records");
  await request(store().clear());
  const kind = dice(6);
  const damaged = [];
  const hurt = { local: new Set(), journal: new Set() };
  // A quarter of the stores has data only in localStorage, a quarter only in the journal.
  const only = [null, null, "local", "journal"][dice(4)];
  for (const [key, value] of only === "journal" ? [] : good.local) {
    if (/\/note\//.test(key) && dice(3) === 0) {
      const other = DAMAGE[dice(DAMAGE.length)](value);
      if (other !== value) { hurt.local.add(key.split("/").at(-1)); damaged.push(other); }
      localStorage.setItem(key, other);
    } else {
      localStorage.setItem(key, value);
    }
  }
  const entries = only === "local" ? [] : good.journal;
  const target = store();
  for (const [key, value] of entries) {
    if (/^note\//.test(key) && dice(3) === 0) {
      const other = kind % 2 ? TYPES[dice(TYPES.length)]() : DAMAGE[dice(DAMAGE.length)](value);
      if (other !== value) { hurt.journal.add(key.split("/").at(-2)); damaged.push(written(other)); }
      target.put(other, key);
    } else {
      target.put(value, key);
    }
  }
  await new Promise((done) => { target.transaction.oncomplete = done; });
  const newer = kind === 5 && dice(3) === 0;
  for (const [key, value] of newer ? NEWER : []) { localStorage.setItem(key, value); damaged.push(value); }
  for (let count = dice(4); count > 0; count -= 1) {
    const [key, value] = STRANGERS[dice(STRANGERS.length)];
    localStorage.setItem(key, `${value} ${seed}`);
    damaged.push(`${value} ${seed}`);
  }
  database.close();
  const there = (id) => (only !== "journal" && !hurt.local.has(id)) || (only !== "local" && !hurt.journal.has(id));
  // As JSON, since otherwise a lone surrogate does not get through the driver.
  return { damaged: JSON.stringify(damaged), count: damaged.length, newer, good: good.ids.filter(there) };
})();
