//! The system's own way to share, where a browser offers it (<https://w3c.github.io/web-share/>).

use js_sys::{Array, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::js::{call, get, make, put};
use super::system::window;

/// True if the browser can share links.
pub fn takes_links() -> bool {
    get(&window().navigator(), "share").is_function()
}

/// True if the browser can share files of this name and media type.
pub fn takes_file(name: &str, kind: &str) -> bool {
    let navigator = window().navigator();
    let data = with_file(name, kind, "");
    let can = data.and_then(|data| call(&navigator, "canShare", &[&data]));
    can.is_some_and(|can| can.is_truthy())
}

/// Shares a file; false if the browser refuses it. A reader who thinks better of it is no refusal.
pub async fn file(name: &str, kind: &str, text: &str) -> bool {
    match with_file(name, kind, text) {
        Some(data) => shared(&data).await,
        None => false,
    }
}

/// Shares a link with a title; false if the browser refuses it.
pub async fn link(title: &str, address: &str) -> bool {
    let data = Object::new().into();
    put(&data, "title", &title.into());
    put(&data, "url", &address.into());
    shared(&data).await
}

fn with_file(name: &str, kind: &str, text: &str) -> Option<JsValue> {
    let options = Object::new().into();
    put(&options, "type", &kind.into());
    let parts = Array::of1(&text.into());
    let file = make("File", &[&parts, &name.into(), &options])?;
    let data = Object::new().into();
    put(&data, "files", &Array::of1(&file));
    Some(data)
}

async fn shared(data: &JsValue) -> bool {
    let promise = call(&window().navigator(), "share", &[data]);
    let Some(promise) = promise.and_then(|promise| promise.dyn_into::<Promise>().ok()) else {
        return false;
    };
    match JsFuture::from(promise).await {
        Ok(_) => true,
        Err(error) => get(&error, "name") == "AbortError",
    }
}
