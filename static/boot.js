// Starts the app, or says in the page why it cannot start.
const own = document.querySelector("script[data-script]");
const say = (id) => {
  document.getElementById("skeleton")?.remove();
  document.getElementById(id)?.removeAttribute("hidden");
};
if (typeof WebAssembly !== "object") {
  say("needs-wasm");
} else {
  try {
    const app = await import(new URL(own.dataset.script, document.baseURI));
    await app.default({ module_or_path: new URL(own.dataset.wasm, document.baseURI) });
  } catch (error) {
    console.error(error);
    say("failed");
  }
}
