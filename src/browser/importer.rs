//! The worker that reads articles: started when it is first needed, kept for the next one.
//!
//! Both sides of the conversation stand here: [`read`] in the page, [`serve`] in the worker.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort, Worker};

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

/// The worker, and the promise that it can be spoken to.
#[derive(Clone)]
struct Started {
    worker: Worker,
    ready: Promise,
}

thread_local! {
    static STARTED: RefCell<Option<Started>> = const { RefCell::new(None) };
}

/// Reads an article in the worker.
pub async fn read(request: Request) -> Result<Reading, ReadError> {
    let bytes = Uint8Array::from(&request.bytes[..]);
    let message = Object::new();
    let source = serde_json::to_string(&request.source).unwrap_or_default();
    put(&message, "bytes", &bytes);
    put(&message, "source", &source.into());
    put(&message, "kind", &request.kind.into());
    put(&message, "charset", &request.charset.into());
    put(&message, "name", &request.name.into());
    let answer = ask(&message, Some(bytes.buffer().into())).await?;
    let (article, json) = article_of(&answer)?;
    Ok(Reading { article, json, cut: get(&answer, "cut").is_truthy() })
}

/// Reads the Markdown of a note in the worker.
pub async fn read_note(markdown: &str) -> Result<Article, ReadError> {
    let message = Object::new();
    put(&message, "note", &markdown.into());
    let answer = ask(&message, None).await?;
    article_of(&answer).map(|(article, _)| article)
}

fn article_of(answer: &JsValue) -> Result<(Article, String), ReadError> {
    if let Some(error) = get(answer, "error").as_string() {
        return Err(ReadError::Refused(error));
    }
    let json = get(answer, "article").as_string().unwrap_or_default();
    match Article::from_json(&json) {
        Ok(article) => Ok((article, json)),
        Err(error) => Err(ReadError::Refused(error.to_string())),
    }
}

/// Asks the worker; the answer comes by a channel of its own, so that questions do not mix.
async fn ask(message: &Object, transfer: Option<JsValue>) -> Result<JsValue, ReadError> {
    let started = start().await?;
    let channel = MessageChannel::new().map_err(|_| ReadError::NotLoaded)?;
    put(message, "port", &channel.port2());
    let mut moved = Array::of1(&channel.port2());
    moved.extend(transfer);
    let port = channel.port1();
    let answer = settled(&started.worker, |listen| port.set_onmessage(Some(listen)));
    started
        .worker
        .post_message_with_transfer(message, &moved)
        .map_err(|_| ReadError::NotLoaded)?;
    let answer = JsFuture::from(answer).await.map_err(|error| failure(&error));
    port.close();
    if answer.is_err() {
        // It is still at work, or dead: the next question gets another one.
        started.worker.terminate();
        STARTED.take();
    }
    answer
}

async fn start() -> Result<Started, ReadError> {
    let started = STARTED.with_borrow_mut(|started| match started {
        Some(started) => Ok(started.clone()),
        None => {
            let worker = Worker::new(SCRIPT).map_err(|_| ReadError::NotLoaded)?;
            let ready = settled(&worker, |listen| worker.set_onmessage(Some(listen)));
            Ok(started.insert(Started { worker, ready }).clone())
        }
    })?;
    match JsFuture::from(started.ready.clone()).await {
        Ok(_) => Ok(started),
        Err(error) => {
            STARTED.take();
            Err(failure(&error))
        }
    }
}

fn failure(late: &JsValue) -> ReadError {
    if late.is_truthy() { ReadError::TooSlow } else { ReadError::NotLoaded }
}

/// What comes first: a message where `listen` puts the ear, the worker's end, or the time's.
fn settled(worker: &Worker, listen: impl FnOnce(&Function)) -> Promise {
    let mut listen = Some(listen);
    Promise::new(&mut |done, failed| {
        let message = Closure::once_into_js(move |event: MessageEvent| {
            let _ = done.call1(&JsValue::NULL, &event.data());
        });
        if let Some(listen) = listen.take() {
            listen(message.unchecked_ref());
        }
        let died = failed.clone();
        let error = Closure::once_into_js(move |_event: JsValue| {
            let _ = died.call1(&JsValue::NULL, &JsValue::FALSE);
        });
        worker.set_onerror(Some(error.unchecked_ref()));
        gloo::timers::callback::Timeout::new(PATIENCE, move || {
            let _ = failed.call1(&JsValue::NULL, &JsValue::TRUE);
        })
        .forget();
    })
}

fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// What the worker is asked to read.
pub enum Asked {
    /// An article; see [`Request`].
    Article {
        /// The bytes.
        bytes: Vec<u8>,
        /// What it is, where that is known.
        kind: Option<String>,
        /// The charset, where that is known.
        charset: Option<String>,
        /// Where it comes from.
        source: Source,
        /// The name of the file.
        name: Option<String>,
    },
    /// The Markdown of a note.
    Note(String),
}

impl Asked {
    fn of(data: &JsValue) -> Self {
        if let Some(note) = get(data, "note").as_string() {
            return Self::Note(note);
        }
        let source = get(data, "source").as_string().unwrap_or_default();
        Self::Article {
            bytes: Uint8Array::new(&get(data, "bytes")).to_vec(),
            kind: get(data, "kind").as_string(),
            charset: get(data, "charset").as_string(),
            source: serde_json::from_str(&source).unwrap_or(Source::Pasted),
            name: get(data, "name").as_string(),
        }
    }
}

/// The worker's side: answers every question with the JSON of an article and whether it was cut,
/// or with why there is none.
pub fn serve(read: impl Fn(Asked) -> Result<(String, bool), String> + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let answer = Object::new();
        match read(Asked::of(&data)) {
            Ok((article, cut)) => {
                put(&answer, "article", &article.into());
                put(&answer, "cut", &cut.into());
            }
            Err(error) => put(&answer, "error", &error.into()),
        }
        let port: MessagePort = get(&data, "port").unchecked_into();
        let _ = port.post_message(&answer);
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}
