// Before the first frame: the theme that was chosen, so that a dark room stays dark, and an ear for parts of the
// app that do not come as they were built: it does not start without them. (The build gave each its digest.)
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
  // Where there was no room for a choice, the tab has it.
  const key = "postil/1/setting/theme";
  const theme = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  if (theme) root.dataset.theme = theme;
} catch {
  // Storage is forbidden; the system's theme holds.
}
