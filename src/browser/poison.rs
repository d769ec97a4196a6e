//! After a panic nothing may be written any more: the program's state may be inconsistent.
//!
//! A panic in WebAssembly runs no destructors, and whatever was borrowed stays borrowed. So
//! [`after_panic`] records it, and a script that needs neither WebAssembly nor Yew
//! (`static/rescue.js`) informs the reader and saves what it can.

use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::Object;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

use super::js::{get, put};

/// Event that the window receives when the program has panicked; its `detail` is the reason.
const EVENT: &str = "postil-panic";
/// Name of the global that gives the page's scripts [`poison`].
const HANDLE: &str = "postilPoison";

static POISONED: AtomicBool = AtomicBool::new(false);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Event)]
    type CustomEvent;
    #[wasm_bindgen(constructor, catch)]
    fn new(kind: &str, init: &Object) -> Result<CustomEvent, JsValue>;

    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

/// True if the program has panicked or was stopped: nothing may then be written to storage.
pub fn is_poisoned() -> bool {
    POISONED.load(Ordering::Relaxed)
}

/// Stops all writes from now on. Exported, since a stack overflow and the like end the program
/// without a panic, so that only the page's script notices. It needs no stack itself.
#[wasm_bindgen]
pub fn poison() {
    POISONED.store(true, Ordering::Relaxed);
}

/// Hands [`poison`] to the page's scripts. Yew is given [`after_panic`] to report panics, since it
/// would otherwise replace any hook with its own.
pub fn guard() {
    let export = get(&wasm_bindgen::exports(), "poison");
    put(&js_sys::global(), HANDLE, &export);
}

/// Records a panic, and informs the page's scripts.
pub fn after_panic(info: &PanicHookInfo) {
    let again = is_poisoned();
    poison();
    let message = message_of(info);
    error(&message);
    if again {
        return;
    }
    let init = Object::new();
    put(&init, "detail", &message.into());
    if let Ok(event) = CustomEvent::new(EVENT, &init) {
        let window: EventTarget = js_sys::global().unchecked_into();
        let _ = window.dispatch_event(&event);
    }
}

/// The panic's message and place, without folders of the build machine.
fn message_of(info: &PanicHookInfo) -> String {
    let why = info.payload_as_str().unwrap_or_default();
    let place = info.location().map(|place| {
        let file = place.file();
        let inside = file.rfind("src/").map_or(file, |at| &file[at..]);
        (inside, place.line())
    });
    let (file, line) = place.unwrap_or_default();
    format!("Postil panicked: {why} ({file}:{line})")
}
