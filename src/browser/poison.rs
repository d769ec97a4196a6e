//! After a panic nothing may be written any more: what the program holds in memory may be half done.
//!
//! A panic in WebAssembly runs no destructors, and what was borrowed stays borrowed. So
//! [`after_panic`] takes note of it, and a script that needs neither WebAssembly nor Yew (`static/rescue.js`)
//! tells the reader and saves what can be saved.

use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};

use js_sys::Object;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

use super::js::{get, put};

/// What the window is told when the program has panicked; its `detail` says why.
const EVENT: &str = "postil-panic";
/// The name under which the page's scripts find [`poison`].
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

/// Whether the program has panicked, or was stopped: then nothing may be written to storage.
pub fn is_poisoned() -> bool {
    POISONED.load(Ordering::Relaxed)
}

/// Stops every write from now on. Exported, since an overflow of the stack and the like end the
/// program without a panic: only the page's script hears of them. It needs no stack itself.
#[wasm_bindgen]
pub fn poison() {
    POISONED.store(true, Ordering::Relaxed);
}

/// Hands [`poison`] to the page's scripts. Panics are heard of by [`after_panic`], which is given to
/// Yew: it has a hook of its own otherwise, which would take the place of any that is there.
pub fn guard() {
    let export = get(&wasm_bindgen::exports(), "poison");
    put(&js_sys::global(), HANDLE, &export);
}

/// Takes note of a panic, and tells the page's scripts.
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

/// What happened and where, without the folders of the machine that built it.
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
