//! The shelf: the texts of articles, by their digest, in IndexedDB, which has room for them.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use super::records::{self, StorageError};
use super::system::window;
use crate::model::digest::Digest;

const DATABASE: &str = "postil";
const VERSION: u32 = 1;
const TEXTS: &str = "texts";

/// Keeps the JSON of an article. Where IndexedDB is forbidden, localStorage is tried.
pub async fn put(digest: &Digest, json: &str) -> Result<(), StorageError> {
    match put_in_database(digest, json).await {
        Ok(()) => Ok(()),
        Err(_) => records::write_text(digest, json),
    }
}

/// The JSON of an article that was kept.
pub async fn get(digest: &Digest) -> Option<String> {
    match get_from_database(digest).await {
        Ok(Some(json)) => Some(json),
        Ok(None) | Err(_) => records::text(digest),
    }
}

async fn put_in_database(digest: &Digest, json: &str) -> Result<(), JsValue> {
    let database = open().await?;
    let transaction =
        database.transaction_with_str_and_mode(TEXTS, IdbTransactionMode::Readwrite)?;
    let texts = transaction.object_store(TEXTS)?;
    let key = JsValue::from_str(digest.as_str());
    texts.put_with_key(&JsValue::from_str(json), &key)?;
    // Only a completed transaction is kept; a full disk shows at its end.
    settled(|done, failed| {
        transaction.set_oncomplete(Some(done));
        transaction.set_onerror(Some(failed));
        transaction.set_onabort(Some(failed));
    })
    .await?;
    database.close();
    Ok(())
}

async fn get_from_database(digest: &Digest) -> Result<Option<String>, JsValue> {
    let database = open().await?;
    let texts = database.transaction_with_str(TEXTS)?.object_store(TEXTS)?;
    let found = result(&texts.get(&JsValue::from_str(digest.as_str()))?).await?;
    database.close();
    Ok(found.as_string())
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once(move |_event: JsValue| {
        if let Ok(database) = opening
            .result()
            .and_then(|result| result.dyn_into::<IdbDatabase>())
        {
            // Refused only where it is there already.
            let _ = database.create_object_store(TEXTS);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    result(&request).await?.dyn_into()
}

async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    settled(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
    })
    .await?;
    request.result()
}

/// Waits until one of two callbacks is called.
async fn settled(listen: impl FnOnce(&Function, &Function)) -> Result<JsValue, JsValue> {
    let mut listen = Some(listen);
    let promise = Promise::new(&mut |done, failed| {
        if let Some(listen) = listen.take() {
            listen(&done, &failed);
        }
    });
    JsFuture::from(promise).await
}
