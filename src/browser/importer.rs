//! The worker that reads articles: started when it is first needed, kept for the next one.
//!
//! Both sides of the conversation stand here: [`read`] in the page, [`serve`] in the worker.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};

use crate::model::article::{Article, Source};

/// Made by the build from `src/bin/importer.rs`.
const SCRIPT: &str = "./importer_loader.js";
/// What the worker says when it can be spoken to.
const READY: &str = "ready";
/// Milliseconds after which an article counts as one that cannot be read.
const PATIENCE: u32 = 60_000;

/// What is to be read.
pub struct Request {
    /// The bytes, of any charset.
    pub bytes: Vec<u8>,
    /// `plain`, `markdown` or `html` where the reader has said so.
    pub kind: Option<&'static str>,
    /// The charset where it is known from elsewhere.
    pub charset: Option<String>,
    /// Where it comes from.
    pub source: Source,
    /// The name of the file.
    pub name: Option<String>,
}

/// An article that was read.
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its JSON, as the shelf keeps it.
    pub json: String,
    /// Its end was cut off: it was too long.
    pub cut: bool,
}

/// Why there is no article.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The reading part of the app did not come.
    #[error("the part of Postil that reads articles could not be loaded; are you offline?")]
    NotLoaded,
    /// It took too long.
    #[error("reading it took longer than a minute, so it was stopped")]
    TooSlow,
    /// What the worker said.
    #[error("{0}")]
    Refused(String),
}

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Reads an article in the worker.
pub async fn read(request: Request) -> Result<Reading, ReadError> {
    let worker = match WORKER.take() {
        Some(worker) => worker,
        None => start().await?,
    };
    let bytes = Uint8Array::from(&request.bytes[..]);
    let message = Object::new();
    let source = serde_json::to_string(&request.source).unwrap_or_default();
    put(&message, "bytes", &bytes);
    put(&message, "source", &source.into());
    put(&message, "kind", &request.kind.into());
    put(&message, "charset", &request.charset.into());
    put(&message, "name", &request.name.into());
    let transfer = Array::of1(&bytes.buffer());
    worker
        .post_message_with_transfer(&message, &transfer)
        .map_err(|_| ReadError::NotLoaded)?;
    let answer = match answer(&worker).await {
        Ok(answer) => answer,
        Err(error) => {
            // It is still at work, or dead: the next article gets another one.
            worker.terminate();
            return Err(error);
        }
    };
    WORKER.set(Some(worker));
    if let Some(error) = get(&answer, "error").as_string() {
        return Err(ReadError::Refused(error));
    }
    let json = get(&answer, "article").as_string().unwrap_or_default();
    let article =
        Article::from_json(&json).map_err(|error| ReadError::Refused(error.to_string()))?;
    Ok(Reading { article, json, cut: get(&answer, "cut").is_truthy() })
}

async fn start() -> Result<Worker, ReadError> {
    let worker = Worker::new(SCRIPT).map_err(|_| ReadError::NotLoaded)?;
    let ready = answer(&worker).await?;
    match ready.as_string().as_deref() {
        Some(READY) => Ok(worker),
        _ => Err(ReadError::NotLoaded),
    }
}

/// The next thing that the worker says.
async fn answer(worker: &Worker) -> Result<JsValue, ReadError> {
    let promise = js_sys::Promise::new(&mut |done, failed| {
        let message = Closure::once_into_js({
            move |event: MessageEvent| {
                let _ = done.call1(&JsValue::NULL, &event.data());
            }
        });
        worker.set_onmessage(Some(message.unchecked_ref()));
        let error = Closure::once_into_js({
            let failed = failed.clone();
            move |_event: JsValue| {
                let _ = failed.call1(&JsValue::NULL, &JsValue::FALSE);
            }
        });
        worker.set_onerror(Some(error.unchecked_ref()));
        gloo::timers::callback::Timeout::new(PATIENCE, move || {
            let _ = failed.call1(&JsValue::NULL, &JsValue::TRUE);
        })
        .forget();
    });
    JsFuture::from(promise).await.map_err(|late| match late.is_truthy() {
        true => ReadError::TooSlow,
        false => ReadError::NotLoaded,
    })
}

fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// What the worker was asked, as its reading part takes it.
pub struct Asked {
    /// See [`Request`].
    pub bytes: Vec<u8>,
    /// See [`Request`].
    pub kind: Option<String>,
    /// See [`Request`].
    pub charset: Option<String>,
    /// See [`Request`].
    pub source: Source,
    /// See [`Request`].
    pub name: Option<String>,
}

/// The worker's side: answers every request with the JSON of an article and whether it was cut,
/// or with why there is none.
pub fn serve(read: impl Fn(Asked) -> Result<(String, bool), String> + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answering = scope.clone();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let source = get(&data, "source").as_string().unwrap_or_default();
        let asked = Asked {
            bytes: Uint8Array::new(&get(&data, "bytes")).to_vec(),
            kind: get(&data, "kind").as_string(),
            charset: get(&data, "charset").as_string(),
            source: serde_json::from_str(&source).unwrap_or(Source::Pasted),
            name: get(&data, "name").as_string(),
        };
        let answer = Object::new();
        match read(asked) {
            Ok((article, cut)) => {
                put(&answer, "article", &article.into());
                put(&answer, "cut", &cut.into());
            }
            Err(error) => put(&answer, "error", &error.into()),
        }
        let _ = answering.post_message(&answer);
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}
