//! The shelf: the texts of articles, by their digest, in IndexedDB, which has room for them; and
//! beside each text what was found in it of notes that were made on another one.
//!
//! The page puts texts there; the page and the worker read them.

use std::pin::Pin;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransactionMode, ReadableStream, Response,
};

use super::records::{self, StorageError};
use crate::model::annotation::AnnotationId;
use crate::model::digest::Digest;

type LocalFuture<T> = Pin<Box<dyn Future<Output = Result<T, JsValue>>>>;

const DATABASE: &str = "postil";
/// 1 had only texts, uncompressed; 2 has findings too.
const VERSION: u32 = 2;
/// By digest: an article's JSON, as deflated bytes or, where there is no compression, a string.
const TEXTS: &str = "texts";
/// By digest: what was found in that text.
const FINDINGS: &str = "findings";
/// Parts the ids of stored findings: no id has white space in it.
const BETWEEN_IDS: &str = " ";

/// Keeps the JSON of an article. Where IndexedDB is forbidden, localStorage is tried.
pub async fn put(digest: &Digest, json: &str) -> Result<(), StorageError> {
    let text = JsValue::from_str(json);
    // Before the database is asked: a transaction does not outlast other waiting.
    let value = deflated(&text).await.unwrap_or(text);
    match access(TEXTS, digest, Deed::Put(value)).await {
        Ok(_) => Ok(()),
        Err(_) => records::write_text(digest, json),
    }
}

/// The JSON of an article that was kept.
pub async fn get(digest: &Digest) -> Option<String> {
    match text(digest).await {
        Some(json) => Some(json),
        None => records::text(digest),
    }
}

/// The JSON of an article, where IndexedDB has it: the worker has nothing else.
pub async fn text(digest: &Digest) -> Option<String> {
    let value = access(TEXTS, digest, Deed::Get).await.ok()?;
    match value.as_string() {
        Some(json) => Some(json),
        None => inflated(value.dyn_ref::<Uint8Array>()?).await.ok(),
    }
}

/// Lets a text go, and what was found in it.
pub async fn remove(digest: &Digest) {
    records::remove_text(digest);
    for store in [TEXTS, FINDINGS] {
        let _ = access(store, digest, Deed::Delete).await;
    }
}

/// Keeps what was found in a text, as [`Findings::pack`](crate::model::findings::Findings::pack)
/// packs it. Where it cannot be kept, it is looked for again the next time.
pub async fn put_findings(digest: &Digest, ids: &[AnnotationId], numbers: &[u32]) {
    let ids: Vec<&str> = ids.iter().map(AnnotationId::as_str).collect();
    let value = Object::new();
    set(&value, "ids", &ids.join(BETWEEN_IDS).into());
    set(&value, "numbers", &Uint32Array::from(numbers));
    let _ = access(FINDINGS, digest, Deed::Put(value.into())).await;
}

/// What was found in a text.
pub async fn findings(digest: &Digest) -> Option<(Vec<AnnotationId>, Vec<u32>)> {
    let value = access(FINDINGS, digest, Deed::Get).await.ok()?;
    let field = |name: &str| Reflect::get(&value, &JsValue::from_str(name)).ok();
    let ids = field("ids")?.as_string()?;
    let numbers = field("numbers")?;
    let ids = ids.split_ascii_whitespace();
    let ids = ids.map(|id| AnnotationId::parse(id).ok());
    Some((
        ids.collect::<Option<Vec<_>>>()?,
        numbers.dyn_ref::<Uint32Array>()?.to_vec(),
    ))
}

fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// Raw deflate (<https://compression.spec.whatwg.org/#supported-formats>).
const FORMAT: &str = "deflate-raw";

#[wasm_bindgen]
extern "C" {
    /// Not in every browser, hence caught.
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    type Stream;
    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn pipe_through(this: &Stream, through: &JsValue) -> Result<ReadableStream, JsValue>;
}

/// Deflated bytes of a text.
async fn deflated(text: &JsValue) -> Result<JsValue, JsValue> {
    let stream = CompressionStream::new(FORMAT)?;
    let blob = Blob::new_with_str_sequence(&Array::of1(text))?;
    let bytes = through(&blob, stream.as_ref())?.array_buffer()?;
    let bytes = JsFuture::from(bytes).await?;
    Ok(Uint8Array::new(&bytes).into())
}

async fn inflated(bytes: &Uint8Array) -> Result<String, JsValue> {
    let stream = DecompressionStream::new(FORMAT)?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let text = through(&blob, stream.as_ref())?.text()?;
    let text = JsFuture::from(text).await?;
    text.as_string().ok_or(JsValue::UNDEFINED)
}

/// What comes out of a stream of the browser's that a blob is sent through.
fn through(blob: &Blob, stream: &JsValue) -> Result<Response, JsValue> {
    let piped = blob
        .stream()
        .unchecked_ref::<Stream>()
        .pipe_through(stream)?;
    Response::new_with_opt_readable_stream(Some(&piped))
}

/// What is done to a record.
enum Deed {
    Get,
    Put(JsValue),
    Delete,
}

/// Does something to the record of a text; a change is kept when this returns. Boxed, since it is
/// called in many places and a copy of it in each would have to be downloaded.
fn access(store: &'static str, digest: &Digest, deed: Deed) -> LocalFuture<JsValue> {
    let key = JsValue::from_str(digest.as_str());
    Box::pin(async move {
        let database = open().await?;
        let done = in_database(&database, store, &key, deed).await;
        database.close();
        done
    })
}

async fn in_database(
    database: &IdbDatabase,
    store: &str,
    key: &JsValue,
    deed: Deed,
) -> Result<JsValue, JsValue> {
    let mode = match deed {
        Deed::Get => IdbTransactionMode::Readonly,
        Deed::Put(_) | Deed::Delete => IdbTransactionMode::Readwrite,
    };
    let transaction = database.transaction_with_str_and_mode(store, mode)?;
    let store = transaction.object_store(store)?;
    let request = match deed {
        Deed::Get => store.get(key)?,
        Deed::Put(value) => store.put_with_key(&value, key)?,
        Deed::Delete => store.delete(key)?,
    };
    // Only a completed transaction is kept; a full disk shows at its end.
    settled(|done, failed| {
        transaction.set_oncomplete(Some(done));
        transaction.set_onerror(Some(failed));
        transaction.set_onabort(Some(failed));
    })
    .await?;
    request.result()
}

async fn open() -> Result<IdbDatabase, JsValue> {
    // The worker has no window. Where it is forbidden, even to ask for it may throw.
    let factory = Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB"))?;
    let factory: IdbFactory = factory.dyn_into()?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once(move |_event: JsValue| {
        if let Ok(database) = opening
            .result()
            .and_then(|result| result.dyn_into::<IdbDatabase>())
        {
            for store in [TEXTS, FINDINGS] {
                // Refused only where it is there already.
                let _ = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    settled(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
    })
    .await?;
    request.result()?.dyn_into()
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
