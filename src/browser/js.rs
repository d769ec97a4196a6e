//! Access to fields of JavaScript objects.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Returns the field of a value; `undefined` if it has none.
pub fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

/// Sets a field of an object.
pub fn put(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// Calls a method of an object; `None` if it has none or if that throws. For what few browsers or few
/// readers need: a binding would be downloaded with the page.
pub fn call(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let method: Function = get(object, name).dyn_into().ok()?;
    method.apply(object, &arguments.iter().collect()).ok()
}

/// Makes an object of a global class; `None` if there is no such class or if that throws.
pub fn make(class: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let class: Function = get(&js_sys::global(), class).dyn_into().ok()?;
    Reflect::construct(&class, &arguments.iter().collect()).ok()
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
