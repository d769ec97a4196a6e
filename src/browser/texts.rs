//! The text store: texts of articles by digest, in IndexedDB, which has room for them; and with
//! each text the findings in it: the places of notes that were made on other texts.
//!
//! The page writes texts; the page and the worker read them.

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

/// Separates the ids of stored findings, as no id contains white space.
const BETWEEN_IDS: &str = " ";

/// Stores an article's JSON, a string. If IndexedDB is forbidden, tries localStorage.
pub async fn put(digest: &Digest, json: &JsValue) -> Result<(), Refusal> {
    // This comes before the transaction, which would not survive waiting for something else.
    let value = deflated(json).await.unwrap_or_else(|_| json.clone());
    match access(TEXTS, digest, Operation::Put(value)).await {
        Ok(_) => Ok(()),
        Err(_) => local::write(&local_key(digest), &json.as_string().unwrap_or_default()),
    }
}

/// Returns a stored article's JSON.
pub async fn get(digest: &Digest) -> Option<String> {
    match text(digest).await {
        Some(json) => Some(json),
        None => local_text(digest),
    }
}

fn local_key(digest: &Digest) -> String {
    ["postil/1/text/", digest.as_str()].concat()
}

/// Returns a text from localStorage, used if the browser offers nothing better.
pub fn local_text(digest: &Digest) -> Option<String> {
    local::read(&local_key(digest))
}

/// Returns an article's JSON from IndexedDB, which is all that the worker can read.
pub async fn text(digest: &Digest) -> Option<String> {
    let value = access(TEXTS, digest, Operation::Get).await.ok()?;
    match value.as_string() {
        Some(json) => Some(json),
        None => inflated(value.dyn_ref::<Uint8Array>()?).await.ok(),
    }
}

/// Removes a text and the findings in it.
pub async fn remove(digest: &Digest) {
    local::remove(&local_key(digest));
    for store in [TEXTS, FINDINGS] {
        let _ = access(store, digest, Operation::Delete).await;
    }
}

/// Stores findings as [`Findings::to_numbers`](crate::model::findings::Findings::to_numbers) writes them. Those
/// that cannot be stored are looked for again next time.
pub async fn put_findings(digest: &Digest, ids: &[AnnotationId], numbers: &[u32]) {
    let ids: Vec<&str> = ids.iter().map(AnnotationId::as_str).collect();
    let value = Object::new();
    js::put(&value, "ids", &ids.join(BETWEEN_IDS).into());
    js::put(&value, "numbers", &Uint32Array::from(numbers));
    let _ = access(FINDINGS, digest, Operation::Put(value.into())).await;
}

/// Returns the stored findings in a text.
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
    /// Caught, as not every browser has it.
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

/// Deflates a text.
pub async fn deflated(text: &JsValue) -> Result<JsValue, JsValue> {
    let stream = CompressionStream::new(FORMAT)?.unchecked_into();
    let blob = Blob::new_with_str_sequence(&Array::of1(text))?;
    let bytes = sent_through(&blob, &stream, Response::array_buffer).await?;
    Ok(Uint8Array::new(&bytes).into())
}

/// Inflates bytes to a text.
pub async fn inflated(bytes: &Uint8Array) -> Result<String, JsValue> {
    let stream = DecompressionStream::new(FORMAT)?.unchecked_into();
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let text = sent_through(&blob, &stream, Response::text).await?;
    text.as_string().ok_or(JsValue::UNDEFINED)
}

/// Number of bytes sent through a stream at a time, so that the page can respond in between.
const SLICE: usize = 128 * 1024;

/// Sends a blob through a stream of the browser and returns the output. In one piece it would block
/// the page, as streams do all of their work at once.
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
    // Awaited in any case, since an unhandled rejection counts as an error of the page.
    let out = JsFuture::from(out).await;
    written.and(out)
}

/// Inflates bytes from outside to a text of at most `most` bytes; a few bytes can inflate to more
/// than memory holds.
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

/// Sends a blob through a stream of the browser and returns the output as a response.
fn through(blob: &Blob, stream: &JsValue) -> Result<Response, JsValue> {
    let piped = blob
        .stream()
        .unchecked_ref::<Stream>()
        .pipe_through(stream)?;
    Response::new_with_opt_readable_stream(Some(&piped))
}

/// An operation on a record.
#[derive(Clone)]
enum Operation {
    Get,
    Put(JsValue),
    Delete,
}

type Opens = fn() -> BoxFuture<Result<IdbDatabase, JsValue>>;

/// Performs an operation on the record of a text; a change is stored when this returns. Texts are
/// stored in the second database too, if there is one. Boxed, since it is called in many places,
/// each of which would add a copy to the download.
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
