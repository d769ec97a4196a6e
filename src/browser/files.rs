//! Files: those that the reader provides and receives, and the app's own.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::js::get;
use super::system::{after, document};

/// Offers a file to the reader as a download.
pub fn download(name: &str, kind: &str, content: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(content.as_bytes()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    download_from(name, &address)?;
    // The browser must have started the download before the address is revoked.
    after(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}

/// Offers the file at an address to the reader as a download.
pub fn download_from(name: &str, address: &str) -> Result<(), JsValue> {
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(address);
    link.set_download(name);
    link.click();
    Ok(())
}

/// Reads the first bytes of a file of any size; whoever parses them reports what is cut off. Fails
/// with a large file that is useless if incomplete.
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

/// Reads at most `most` bytes from the start of a file; `None` if the browser cannot read it.
pub async fn head(file: &File, most: f64) -> Option<Vec<u8>> {
    let head = file.slice_with_f64_and_f64(0.0, most).ok()?;
    let buffer = JsFuture::from(head.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// How archives begin, among them books; their directory is at the end.
const ARCHIVE: &[u8] = b"PK";

/// Reads a file, if it is no larger than `most` bytes.
pub async fn bytes(file: &File, most: f64) -> Result<Vec<u8>, FileError> {
    if file.size() > most {
        return Err(FileError::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| FileError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The files in a list of them.
pub fn files_in(list: &Array) -> Vec<File> {
    list.iter()
        .filter_map(|file| file.dyn_into().ok())
        .collect()
}

/// Copies text to the clipboard; true if the browser allowed it.
pub async fn copy(words: &str) -> bool {
    let clipboard = super::system::window().navigator().clipboard();
    // Insecure pages have no clipboard.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(words)).await.is_ok()
}

/// True if the clipboard can be read.
pub fn can_paste() -> bool {
    let clipboard = super::system::window().navigator().clipboard();
    !clipboard.is_undefined() && get(&clipboard, "read").is_function()
}

/// Reads the clipboard: its text, and its HTML if any. `None` if the reader or the browser refuses,
/// or if it holds no text.
pub async fn pasted() -> Option<(String, Option<String>)> {
    let clipboard = super::system::window().navigator().clipboard();
    let items = JsFuture::from(clipboard.read()).await.ok()?;
    let (mut text, mut html) = (None, None);
    for item in Array::from(&items).iter() {
        let item: ClipboardItem = item.unchecked_into();
        for (kind, words) in [("text/plain", &mut text), ("text/html", &mut html)] {
            // This fails if an item lacks the type.
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
    /// The file is larger than Postil accepts.
    #[error("the file is too large")]
    TooLarge,
    /// The browser could not read it.
    #[error("the browser could not read the file; it may have been moved or changed")]
    Unreadable,
}

/// Fetches the text of one of the app's own files.
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
