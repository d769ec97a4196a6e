// Before the first frame: hides the beginning of the bundled article from a reader who is elsewhere, sets the chosen
// theme, so that a dark room stays dark, and watches for parts of the app that differ from the build, without which it does not start. (The build adds
// their digests.)
const root = document.documentElement;
root.dataset.watched = "";
addEventListener(
  "error",
  ({ target }) => {
    if (!(target instanceof Element && target.matches("script[integrity], link[integrity][rel=stylesheet]"))) return;
    root.dataset.failed = "";
    const say = () => {
      document.getElementById("skeleton")?.remove();
      document.getElementById("failed")?.removeAttribute("hidden");
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", say);
    else say();
  },
  true,
);
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
