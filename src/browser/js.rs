//! Access to fields of JavaScript objects.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// Returns the field of a value; `undefined` if it has none.
pub fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

/// Sets a field of an object.
pub fn put(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A character that hardly any text contains.
const BETWEEN: &str = "\0";

/// Returns the texts in an array as one would read each, but handed over together: ten thousand one
/// by one take ten times as long. `None` if they cannot be told apart.
pub fn texts(array: &Array) -> Option<Vec<String>> {
    let length = array.length() as usize;
    if length == 0 {
        return Some(Vec::new());
    }
    let all = String::from(array.join(BETWEEN));
    let texts: Vec<String> = all.split(BETWEEN).map(str::to_owned).collect();
    (texts.len() == length).then_some(texts)
}
