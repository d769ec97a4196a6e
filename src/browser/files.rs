//! Files: what the reader gives and gets, and the app's own.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::js::get;
use super::system::document;

/// Hands a file to the reader, as a download.
pub fn download(name: &str, kind: &str, content: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(content));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has to have begun before the address goes.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// The first bytes of a file that may be larger than anything that is read: what is cut off is told
/// by whoever reads them, unless they are worth nothing without the rest.
pub async fn first_bytes(file: &File, most: f64) -> Result<Vec<u8>, FileError> {
    if file.size() <= most {
        return bytes(file, most).await;
    }
    let bytes = head(file, most).await.ok_or(FileError::Unreadable)?;
    match bytes.starts_with(ARCHIVE) {
        true => Err(FileError::TooLarge),
        false => Ok(bytes),
    }
}

/// At most so many bytes from the beginning of a file; `None` where the browser cannot read it.
pub async fn head(file: &File, most: f64) -> Option<Vec<u8>> {
    let head = file.slice_with_f64_and_f64(0.0, most).ok()?;
    let buffer = JsFuture::from(head.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// How archives begin, books among them: what is in them stands at their end.
const ARCHIVE: &[u8] = b"PK";

/// The bytes of a file, if it is no larger than `most`.
pub async fn bytes(file: &File, most: f64) -> Result<Vec<u8>, FileError> {
    if file.size() > most {
        return Err(FileError::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| FileError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Puts words on the clipboard; says whether the browser took them.
pub async fn copy(words: &str) -> bool {
    let clipboard = super::system::window().navigator().clipboard();
    // Where the page is not secure there is none.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(words)).await.is_ok()
}

/// Whether the clipboard can be asked for what is on it.
pub fn can_paste() -> bool {
    let clipboard = super::system::window().navigator().clipboard();
    !clipboard.is_undefined() && get(&clipboard, "read").is_function()
}

/// What is on the clipboard: its text, and its HTML where it has some. `None` where the reader or
/// the browser refuses, or there are no words on it.
pub async fn pasted() -> Option<(String, Option<String>)> {
    let clipboard = super::system::window().navigator().clipboard();
    let items = JsFuture::from(clipboard.read()).await.ok()?;
    let (mut text, mut html) = (None, None);
    for item in Array::from(&items).iter() {
        let item: ClipboardItem = item.unchecked_into();
        for (kind, words) in [("text/plain", &mut text), ("text/html", &mut html)] {
            // An item that has no such type fails.
            if let Ok(blob) = JsFuture::from(item.get_type(kind)).await {
                let blob: Blob = blob.unchecked_into();
                let read = JsFuture::from(blob.text()).await.ok();
                *words = read.and_then(|read| read.as_string());
            }
        }
    }
    let words = |words: &String| !words.trim().is_empty();
    let (text, html) = (text.filter(words), html.filter(words));
    (text.is_some() || html.is_some()).then(|| (text.unwrap_or_default(), html))
}

#[wasm_bindgen]
extern "C" {
    type ClipboardItem;
    #[wasm_bindgen(method, js_name = getType)]
    fn get_type(this: &ClipboardItem, kind: &str) -> Promise;
}

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than Postil reads.
    #[error("the file is too large")]
    TooLarge,
    /// The browser could not read it.
    #[error("the browser could not read the file; it may have been moved or changed")]
    Unreadable,
}

/// The text of one of the app's own files.
pub async fn own_file(path: &str) -> Option<String> {
    let response = JsFuture::from(super::system::window().fetch_with_str(path))
        .await
        .ok()?;
    let response: web_sys::Response = response.unchecked_into();
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}
