// The end of the worker's script: the build appends it to the glue and fills in the names. Only the
// program as built is accepted; otherwise the page gets an error at once instead of waiting.
wasm_bindgen({ module_or_path: fetch("./{program}", { integrity: "{integrity}" }) }).catch((error) => {
  setTimeout(() => {
    throw error;
  });
});
