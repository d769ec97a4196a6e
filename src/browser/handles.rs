//! Handles of files and folders on the reader's disk, kept from one visit to the next.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::database::{self, HANDLES};
use super::js::{get, put};
use crate::app::ports::BoxFuture;

/// Returns the handle of a file or folder that the reader has chosen.
pub async fn handle(key: &str) -> Option<JsValue> {
    let handle = database::read_one(HANDLES, &key.into()).await.ok()?;
    handle.is_object().then_some(handle)
}

/// True if the browser allows to write there; `method` asks it, or has it ask the reader.
pub async fn allowed(handle: &JsValue, method: &str) -> bool {
    let mode = Object::new();
    put(&mode, "mode", &"readwrite".into());
    let state = call(handle, method, &Array::of1(&mode)).await;
    state.is_ok_and(|state| state.as_string().as_deref() == Some("granted"))
}

/// Stores the handle of a file or folder that the reader has chosen, or forgets it.
pub async fn keep_handle(key: &str, handle: Option<JsValue>) -> Result<(), JsValue> {
    let database = database::open().await?;
    let writing = database::to_write(&database, HANDLES)?;
    let store = writing.object_store(HANDLES)?;
    match handle {
        Some(handle) => store.put_with_key(&handle, &key.into())?,
        None => store.delete(&key.into())?,
    };
    database::complete_and_close(&writing, &database).await
}

/// Calls a method of an object that not every browser has, and awaits its promise.
pub fn call(
    object: &JsValue,
    method: &str,
    arguments: &Array,
) -> BoxFuture<Result<JsValue, JsValue>> {
    let function = get(object, method).dyn_into::<Function>();
    let result = function.and_then(|function| Reflect::apply(&function, object, arguments));
    Box::pin(async move {
        match result?.dyn_into::<Promise>() {
            Ok(promise) => JsFuture::from(promise).await,
            Err(result) => Ok(result),
        }
    })
}
