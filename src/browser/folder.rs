//! The reader's folder, by the File System Access API (<https://wicg.github.io/file-system-access/>).

use std::cell::RefCell;

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;

use super::handles::{allowed, call, handle, keep_handle};
use super::js::{get, put};
use super::system::window;
use crate::app::ports::FolderState;

/// Key of the folder's handle.
const FOLDER: &str = "folder";
const PICKER: &str = "showDirectoryPicker";

thread_local! {
    /// The folder's handle as it was read last.
    static HANDLE: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// Returns the state of the folder. What is written afterwards goes to that folder.
pub async fn state() -> FolderState {
    if !get(&window(), PICKER).is_function() {
        return FolderState::Unknown;
    }
    let Some(handle) = handle(FOLDER).await else {
        return FolderState::None;
    };
    HANDLE.set(handle.clone());
    let name = get(&handle, "name").as_string().unwrap_or_default();
    match allowed(&handle, "queryPermission").await {
        true => FolderState::Kept(name),
        false => FolderState::Waiting(name),
    }
}

/// Lets the reader choose a folder. Fails if none is chosen.
pub async fn choose() -> Result<(), JsValue> {
    let options = Object::new();
    put(&options, "id", &FOLDER.into());
    put(&options, "mode", &"readwrite".into());
    let handle = call(&window(), PICKER, &Array::of1(&options)).await?;
    keep_handle(FOLDER, Some(handle)).await
}

/// Asks for permission to write to the chosen folder again.
pub async fn allow() -> bool {
    match handle(FOLDER).await {
        Some(handle) => allowed(&handle, "requestPermission").await,
        None => false,
    }
}

/// Forgets the folder; its files stay.
pub async fn leave() -> Result<(), JsValue> {
    HANDLE.set(JsValue::UNDEFINED);
    keep_handle(FOLDER, None).await
}

/// Returns the bytes of a file; `None` if there is none of that name. A folder of that name is as a
/// file without bytes.
pub async fn read(name: &str) -> Result<Option<Vec<u8>>, JsValue> {
    let folder = HANDLE.with_borrow(JsValue::clone);
    let file = match call(&folder, "getFileHandle", &Array::of1(&name.into())).await {
        Ok(file) => file,
        Err(error) => {
            return match get(&error, "name").as_string().as_deref() {
                Some("NotFoundError") => Ok(None),
                Some("TypeMismatchError") => Ok(Some(Vec::new())),
                _ => Err(error),
            };
        }
    };
    let file = call(&file, "getFile", &Array::new()).await?;
    let bytes = call(&file, "arrayBuffer", &Array::new()).await?;
    Ok(Some(Uint8Array::new(&bytes).to_vec()))
}

/// Writes a file; its old content stays until the new one is complete.
pub async fn write(name: &str, text: &str) -> Result<(), JsValue> {
    let folder = HANDLE.with_borrow(JsValue::clone);
    let is_new = read(name).await?.is_none();
    let options = Object::new();
    put(&options, "create", &true.into());
    let file = call(
        &folder,
        "getFileHandle",
        &Array::of2(&name.into(), &options),
    )
    .await?;
    let written = fill(&file, text).await;
    if written.is_err() && is_new {
        // Without our words nobody could tell that it is ours.
        let _ = call(&folder, "removeEntry", &Array::of1(&name.into())).await;
    }
    written
}

async fn fill(file: &JsValue, text: &str) -> Result<(), JsValue> {
    let writable = call(file, "createWritable", &Array::new()).await?;
    call(&writable, "write", &Array::of1(&text.into())).await?;
    call(&writable, "close", &Array::new()).await.map(drop)
}
