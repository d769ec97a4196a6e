//! The text store: the texts of articles, by their digest, in IndexedDB, which has room for them; and
//! beside each text what was found in it of notes that were made on another one.
//!
//! The page puts texts there; the page and the worker read them.

use js_sys::{Array, Object, Promise, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, IdbDatabase, ReadableStream, ReadableStreamDefaultReader, Response};

use super::database::{self, FINDINGS, TEXTS};
use super::system::{is_seen, yield_now};
use super::{js, local};
use crate::app::ports::BoxFuture;
use crate::model::annotation::AnnotationId;
use crate::model::digest::Digest;
use crate::model::sync::store::Refusal;

/// Parts the ids of stored findings: no id has white space in it.
const BETWEEN_IDS: &str = " ";

/// Keeps the JSON of an article, a string. Where IndexedDB is forbidden, localStorage is tried.
pub async fn put(digest: &Digest, json: &JsValue) -> Result<(), Refusal> {
    // Before the database is asked: a transaction does not outlast other waiting.
    let value = deflated(json).await.unwrap_or_else(|_| json.clone());
    match access(TEXTS, digest, Operation::Put(value)).await {
        Ok(_) => Ok(()),
        Err(_) => local::write(&local_key(digest), &json.as_string().unwrap_or_default()),
    }
}

/// The JSON of an article that was kept.
pub async fn get(digest: &Digest) -> Option<String> {
    match text(digest).await {
        Some(json) => Some(json),
        None => local_text(digest),
    }
}

fn local_key(digest: &Digest) -> String {
    ["postil/1/text/", digest.as_str()].concat()
}

/// A text that localStorage has, where the browser has no better place.
pub fn local_text(digest: &Digest) -> Option<String> {
    local::read(&local_key(digest))
}

/// The JSON of an article, where IndexedDB has it: the worker has nothing else.
pub async fn text(digest: &Digest) -> Option<String> {
    let value = access(TEXTS, digest, Operation::Get).await.ok()?;
    match value.as_string() {
        Some(json) => Some(json),
        None => inflated(value.dyn_ref::<Uint8Array>()?).await.ok(),
    }
}

/// Lets a text go, and what was found in it.
pub async fn remove(digest: &Digest) {
    local::remove(&local_key(digest));
    for store in [TEXTS, FINDINGS] {
        let _ = access(store, digest, Operation::Delete).await;
    }
}

/// Keeps what was found in a text, as [`Findings::to_numbers`](crate::model::findings::Findings::pack)
/// packs it. Where it cannot be kept, it is looked for again the next time.
pub async fn put_findings(digest: &Digest, ids: &[AnnotationId], numbers: &[u32]) {
    let ids: Vec<&str> = ids.iter().map(AnnotationId::as_str).collect();
    let value = Object::new();
    js::put(&value, "ids", &ids.join(BETWEEN_IDS).into());
    js::put(&value, "numbers", &Uint32Array::from(numbers));
    let _ = access(FINDINGS, digest, Operation::Put(value.into())).await;
}

/// What was found in a text.
pub async fn findings(digest: &Digest) -> Option<(Vec<AnnotationId>, Vec<u32>)> {
    let value = access(FINDINGS, digest, Operation::Get).await.ok()?;
    let ids = js::get(&value, "ids").as_string()?;
    let numbers = js::get(&value, "numbers");
    let ids = ids.split_ascii_whitespace();
    let ids = ids.map(|id| AnnotationId::parse(id).ok());
    Some((
        ids.collect::<Option<Vec<_>>>()?,
        numbers.dyn_ref::<Uint32Array>()?.to_vec(),
    ))
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

    /// <https://streams.spec.whatwg.org/#generictransformstream>
    type Transform;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &Transform) -> ReadableStream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &Transform) -> Writable;

    type Writable;
    #[wasm_bindgen(method, catch, js_name = getWriter)]
    fn get_writer(this: &Writable) -> Result<Writer, JsValue>;

    type Writer;
    #[wasm_bindgen(method)]
    fn write(this: &Writer, bytes: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn close(this: &Writer) -> Promise;

    type Stream;
    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn pipe_through(this: &Stream, through: &JsValue) -> Result<ReadableStream, JsValue>;
}

/// Deflated bytes of a text.
pub async fn deflated(text: &JsValue) -> Result<JsValue, JsValue> {
    let stream = CompressionStream::new(FORMAT)?.unchecked_into();
    let blob = Blob::new_with_str_sequence(&Array::of1(text))?;
    let bytes = sent_through(&blob, &stream, Response::array_buffer).await?;
    Ok(Uint8Array::new(&bytes).into())
}

/// The text of deflated bytes.
pub async fn inflated(bytes: &Uint8Array) -> Result<String, JsValue> {
    let stream = DecompressionStream::new(FORMAT)?.unchecked_into();
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let text = sent_through(&blob, &stream, Response::text).await?;
    text.as_string().ok_or(JsValue::UNDEFINED)
}

/// Bytes that are sent through a stream at a time: the page must answer in between.
const SLICE: usize = 128 * 1024;

/// What comes out of a stream of the browser's that a blob is sent through. In one piece it would hold
/// up the page: streams do all of their work at once.
async fn sent_through(
    blob: &Blob,
    stream: &Transform,
    take: fn(&Response) -> Result<Promise, JsValue>,
) -> Result<JsValue, JsValue> {
    let out = take(&Response::new_with_opt_readable_stream(Some(
        &stream.readable(),
    ))?)?;
    let writer = stream.writable().get_writer()?;
    let write = async {
        let size = blob.size() as usize;
        for start in (0..size).step_by(SLICE) {
            let end = size.min(start + SLICE);
            let slice = blob.slice_with_f64_and_f64(start as f64, end as f64)?;
            let bytes = JsFuture::from(slice.array_buffer()).await?;
            JsFuture::from(writer.write(&bytes)).await?;
            if is_seen() {
                yield_now().await;
            }
        }
        JsFuture::from(writer.close()).await
    };
    let written: Result<JsValue, JsValue> = write.await;
    // Waited for in any case: a promise that nobody waits for is an error of the page's.
    let out = JsFuture::from(out).await;
    written.and(out)
}

/// The text of deflated bytes that came from elsewhere, if it is no longer than so many bytes: a
/// few of them can be inflated to more than there is room for.
pub async fn inflated_within(bytes: &Uint8Array, most: usize) -> Result<String, JsValue> {
    let stream = DecompressionStream::new(FORMAT)?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let body = through(&blob, stream.as_ref())?.body();
    let reader = body.ok_or(JsValue::UNDEFINED)?.get_reader();
    let reader: ReadableStreamDefaultReader = reader.unchecked_into();
    let mut inflated = Vec::new();
    loop {
        let part = JsFuture::from(reader.read()).await?;
        if js::get(&part, "done").is_truthy() {
            return String::from_utf8(inflated).map_err(|_| JsValue::UNDEFINED);
        }
        let value = js::get(&part, "value");
        inflated.extend(value.unchecked_into::<Uint8Array>().to_vec());
        if inflated.len() > most {
            let _ = reader.cancel();
            return Err(JsValue::UNDEFINED);
        }
    }
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
#[derive(Clone)]
enum Operation {
    Get,
    Put(JsValue),
    Delete,
}

type Opens = fn() -> BoxFuture<Result<IdbDatabase, JsValue>>;

/// Does something to the record of a text; a change is kept when this returns. Texts are kept in
/// the second database too, where there is one. Boxed, since it is called in many places and a copy
/// of it in each would have to be downloaded.
fn access(
    store: &'static str,
    digest: &Digest,
    operation: Operation,
) -> BoxFuture<Result<JsValue, JsValue>> {
    let key = JsValue::from_str(digest.as_str());
    let run = move |opens: Opens, operation: Operation| -> BoxFuture<Result<JsValue, JsValue>> {
        let key = key.clone();
        let run = async move {
            let database = opens().await?;
            let done = in_database(&database, store, &key, operation).await;
            database.close();
            done
        };
        Box::pin(run)
    };
    Box::pin(async move {
        let done = run(database::open, operation.clone()).await;
        let is_missing = !done.as_ref().is_ok_and(JsValue::is_truthy);
        if store != TEXTS || matches!(operation, Operation::Get) && !is_missing {
            return done;
        }
        let second = database::in_time(run(database::open_mirror, operation.clone())).await;
        match second {
            Ok(text) if matches!(operation, Operation::Get) && text.is_truthy() => {
                let _ = run(database::open, Operation::Put(text.clone())).await;
                Ok(text)
            }
            second => done.or(second),
        }
    })
}

async fn in_database(
    database: &IdbDatabase,
    store: &str,
    key: &JsValue,
    operation: Operation,
) -> Result<JsValue, JsValue> {
    let transaction = match operation {
        Operation::Get => database::to_read(database, store)?,
        Operation::Put(_) | Operation::Delete => database::to_write(database, store)?,
    };
    let store = transaction.object_store(store)?;
    let request = match operation {
        Operation::Get => store.get(key)?,
        Operation::Put(value) => store.put_with_key(&value, key)?,
        Operation::Delete => store.delete(key)?,
    };
    database::complete(&transaction).await?;
    request.result()
}
