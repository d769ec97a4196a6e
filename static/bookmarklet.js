// The bookmarklet "Annotate in Postil": hands the current page to the app, which asks its reader
// before it keeps anything. The app inserts its address and strips comment lines and indentation,
// so every statement needs its semicolon. A page isolated from other windows needs two clicks.
(async () => {
  const app = "{app}", held = "postilHeld", w = window, d = document;
  if (w[held]) {
    open(app + "#/import-data/" + w[held]);
    delete w[held];
    return;
  }
  const n = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, 0)).join("");
  const c = d.documentElement.cloneNode(true);
  c.querySelectorAll("script,style,link[rel~=stylesheet],iframe,frame,object,embed,input[type=hidden]").forEach((e) => e.remove());
  c.querySelectorAll("input,textarea").forEach((e) => {
    e.removeAttribute("value");
    e.textContent = "";
  });
  const page = { v: 1, t: "page", n, url: location.href, title: d.title, html: "<!doctype html>" + c.outerHTML, selection: "" + getSelection() };
  const there = open(app + "#/import/" + n + "/" + encodeURIComponent(location.origin));
  const hear = (e) => {
    if (e.source == there && e.origin == new URL(app).origin && e.data.t == "ready" && e.data.n == n) {
      end();
      there.postMessage(page, e.origin);
    }
  };
  const end = () => {
    removeEventListener("message", hear);
    clearTimeout(late);
  };
  addEventListener("message", hear);
  const late = setTimeout(async () => {
    end();
    const s = new Blob([JSON.stringify(page)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    let t = "";
    new Uint8Array(await new Response(s).arrayBuffer()).forEach((b) => (t += String.fromCharCode(b)));
    w[held] = btoa(t).replace(/\+/g, "-").replace(/\//g, "_");
    const big = w[held].length > 1e6;
    if (big) delete w[held];
    alert(big ? "{say.page_too_large}" : "{say.page_kept_apart}");
  }, 3000);
})();
