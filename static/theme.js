// Before the first frame: the theme that was chosen, so that a dark room stays dark.
try {
  const theme = localStorage.getItem("postil/1/setting/theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden; the system's theme holds.
}
