//! A new version of the app: `boot.js` detects it and fires an event; it is only installed when the
//! reader asks for it.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// Event that the window receives when there is a new version.
pub const EVENT: &str = "postil-update";
/// Global function, present from then on, that installs the new version and reloads the page.
const TAKE: &str = "postilUpdate";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postilUpdate, catch)]
    fn take_update() -> Result<JsValue, JsValue>;
}

/// True if there is a new version.
pub fn is_ready() -> bool {
    Reflect::has(&js_sys::global(), &TAKE.into()).unwrap_or_default()
}

/// Installs the new version and reloads the page, once nothing is being written to storage.
pub fn take() {
    // The function is missing only if no update was offered.
    let _ = take_update();
}
