//! A new version of the app: `boot.js` hears of it and says so by an event; it is taken when the
//! reader asks for it, and never by itself.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// What the window hears when there is a new version.
pub const EVENT: &str = "postil-update";
/// There from then on: takes the new version and loads the page anew.
const TAKE: &str = "postilUpdate";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postilUpdate, catch)]
    fn take_update() -> Result<JsValue, JsValue>;
}

/// Whether there is a new version.
pub fn is_ready() -> bool {
    Reflect::has(&js_sys::global(), &TAKE.into()).unwrap_or_default()
}

/// Takes the new version and loads the page anew, as soon as nothing is being written to storage.
pub fn take() {
    // It can be missing only where nobody has offered it.
    let _ = take_update();
}
