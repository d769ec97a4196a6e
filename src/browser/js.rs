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

/// Returns the texts in an array, handed over together: ten thousand one by one take ten times as
/// long. What is no text becomes some text or none.
pub fn texts(array: &Array) -> Vec<String> {
    let length = array.length() as usize;
    if length == 0 {
        return Vec::new();
    }
    let all = String::from(array.join(BETWEEN));
    let texts: Vec<String> = all.split(BETWEEN).map(str::to_owned).collect();
    match texts.len() == length {
        true => texts,
        false => {
            let texts = array.iter().map(|text| text.as_string());
            texts.map(Option::unwrap_or_default).collect()
        }
    }
}
