// Before the first frame: hides the beginning of the bundled article from a reader who is elsewhere, and sets the
// chosen theme, so that a dark room stays dark.
const root = document.documentElement;
try {
  // A reader who comes back to another article, or to another place, must not see this one first.
  const { shipped } = root.dataset;
  const setting = (name) => localStorage.getItem(`postil/1/setting/${name}`);
  const named = /^#\/article\/(.+)/.exec(location.hash)?.[1] ?? setting("last-article") ?? shipped;
  const place = setting(`bookmark/${shipped}`)?.split(" ")[1] ?? 0;
  if (named !== shipped || place > 0) root.dataset.another = "";
  // If storage had no room for the choice, the tab has it.
  const key = "postil/1/setting/theme";
  const theme = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  if (theme) root.dataset.theme = theme;
} catch {
  // Storage is blocked; the system's theme applies.
}
