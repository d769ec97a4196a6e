// Before the first frame: hides the beginning of the bundled article from a reader who is elsewhere, and gives the page
// the look that was chosen, so that a dark room stays dark; then whenever another choice is made, here or in another tab.
const root = document.documentElement;
const keyOf = (name) => `postil/1/setting/${name}`;
const setting = (name) => localStorage.getItem(keyOf(name));
// If storage had no room for a choice, the tab has it.
const chosen = (name) => sessionStorage.getItem(keyOf(name)) ?? setting(name) ?? "";
// What a reader prefers, in order, and the languages of the interface: see src/ui/strings/mod.rs.
let wanted = navigator.languages;
const known = ["en", "de"];
// See src/model/look.rs.
const dress = () => {
  const look = new URLSearchParams(chosen("look"));
  for (const name of ["face", "size", "width", "height", "justified", "strong", "patterns"]) {
    const value = look.get(name) ?? "";
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    root.style.setProperty(`--${name}`, name === "face" ? "" : value);
  }
  root.dataset.theme = chosen("theme") || "system";
  if (look.has("face")) import("./fonts/fonts.js").catch(() => undefined);
};
try {
  wanted = [chosen("language"), ...wanted];
  // A reader who comes back to another article, or to another place, must not see this one first.
  const { shipped } = root.dataset;
  const named = /^#\/article\/(.+)/.exec(location.hash)?.[1] ?? setting("last-article") ?? shipped;
  const place = setting(`bookmark/${shipped}`)?.split(" ")[1] ?? 0;
  if (named !== shipped) root.dataset.another = "article";
  else if (place > 0) root.dataset.another = "place";
  dress();
  addEventListener("storage", ({ key }) => (!key || /(look|theme)$/.test(key)) && dress());
} catch {
  // Storage is blocked; the system's theme applies.
}
// Any other language than English comes with the lazy part, which the app then waits for.
const language = wanted.map((tag) => tag.split("-")[0]).find((tag) => known.includes(tag));
if (language && language !== "en") root.dataset.language = language;
