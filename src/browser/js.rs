//! Access to fields of JavaScript objects.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Returns the field of a value; `undefined` if it has none.
pub fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

/// Sets a field of an object.
pub fn put(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}
