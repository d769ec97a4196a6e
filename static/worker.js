// The end of the worker's script: the build puts it behind the glue and fills in the names. The program is taken
// only as it was built; where it is not, the page hears of an error at once and does not wait.
wasm_bindgen({ module_or_path: fetch("./{program}", { integrity: "{integrity}" }) }).catch((error) => {
  setTimeout(() => {
    throw error;
  });
});
