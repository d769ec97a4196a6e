// Before the first frame: hides the bundled article from a reader of another one, sets the chosen
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
  // A reader who comes back to another article must not see the bundled one first.
  const named = /^#\/article\/(.+)/.exec(location.hash)?.[1] ?? localStorage.getItem("postil/1/setting/last-article");
  if (named && named !== root.dataset.shipped) root.dataset.another = "";
  // If storage had no room for the choice, the tab has it.
  const key = "postil/1/setting/theme";
  const theme = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  if (theme) root.dataset.theme = theme;
} catch {
  // Storage is blocked; the system's theme applies.
}
