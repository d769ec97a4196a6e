//! The worker: reads articles and Markdown, reads and writes files of notes. Started when it is
//! first needed, so that a first visit does not load what it does not use.
//!
//! Both sides of the conversation stand here: the questions in the page, [`serve`] in the worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Float32Array, Float64Array, Function, Object, Promise};
use js_sys::{Reflect, Uint8Array, Uint32Array};
use serde::de::DeserializeOwned;
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, MessageChannel};
use web_sys::{MessageEvent, MessagePort, Url, Worker};

use super::system::yield_now;
use super::texts;
use crate::app::ports::BoxFuture;
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, AnnotationId, Packed, Stamp, Target, Timestamp};
use crate::model::article::{Article, Malformed, Source, Unchecked};
use crate::model::digest::Digest;
use crate::model::exchange::Arrivals;
use crate::model::exchange::format::Format;
use crate::model::notice::Fewer;
use crate::model::sync::record::Record;

#[wasm_bindgen]
extern "C" {
    /// Made by `boot.js`, which knows the name of the script: the build made it from
    /// `src/bin/importer.rs`. Only there may the page say where a script comes from (Trusted Types).
    #[wasm_bindgen(js_name = postilWorker, catch)]
    fn new_worker() -> Result<Worker, JsValue>;
}

/// What the worker says when it can be spoken to.
const READY: &str = "ready";
/// Under which the worker says how many percent of a page's words are in the article, or in all
/// that is shown.
const IN_ARTICLE: &str = "in_article";
const IN_ALL: &str = "in_all";
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
    /// Its JSON, as the text store keeps it: a string that stays the browser's.
    pub json: JsValue,
    /// The digest and the JSON of the whole page, where the article is only a part of it.
    pub page: Option<(Digest, JsValue)>,
    /// Its end was cut off: it was too long.
    pub cut: bool,
    /// Words of the page that it lacks, where they are many.
    pub fewer: Option<Fewer>,
}

/// Called with how far reading has come, from 0 to 1.
pub type Watch = Rc<dyn Fn(f64)>;

/// Passages to look for in the text of an article.
pub struct Search<'a> {
    /// The article.
    pub article: &'a Article,
    /// Older texts of it, the oldest first.
    pub older: &'a [Digest],
    /// The passages; each with another one that is tried where it is not found for certain.
    pub targets: Vec<(&'a Target, Option<&'a Target>)>,
}

/// Where passages were found.
pub struct Places {
    /// The passages' places, in the order they were asked for.
    pub anchors: Vec<Anchor>,
    /// For each of the older texts, the share of it that stands in the article's; `None` where
    /// it is not at hand.
    pub survival: Vec<Option<f64>>,
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
    /// The reader wanted no more of it.
    #[error("it was stopped")]
    Stopped,
    /// What the worker said.
    #[error("{0}")]
    Refused(String),
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unshown {
    /// Its site hands it to nobody, or there is no network.
    Refused,
    /// It is larger than a picture may be.
    TooLarge,
    /// Something else came.
    NoPicture,
}

impl Unshown {
    fn of(answer: &JsValue) -> Self {
        match get(answer, "unshown").as_f64() {
            Some(1.0) => Self::TooLarge,
            Some(2.0) => Self::NoPicture,
            _ => Self::Refused,
        }
    }
}

/// The worker, and the promise that it can be spoken to.
#[derive(Clone)]
struct Started {
    worker: Worker,
    ready: Promise,
    /// Fails when the worker does, or is stopped.
    died: Promise,
    /// Makes it fail.
    end: Function,
}

thread_local! {
    static STARTED: RefCell<Option<Started>> = const { RefCell::new(None) };
    /// How many articles are being read.
    static READING: Cell<u32> = const { Cell::new(0) };
}

/// Ends the reading of an article, if one is read, and says so: it fails with [`ReadError::Stopped`].
/// Whatever else the worker was asked is asked again of another one.
pub fn stop_reading() -> bool {
    let started = STARTED.with_borrow_mut(|started| started.take_if(|_| READING.get() > 0));
    if let Some(started) = &started {
        started.worker.terminate();
        let _ = started.end.call1(&JsValue::NULL, &JsValue::NULL);
    }
    started.is_some()
}

/// Reads an article in the worker.
pub async fn read(request: Request, watch: Watch) -> Result<Reading, ReadError> {
    let bytes = Uint8Array::from(&request.bytes[..]);
    let message = Object::new();
    let source = serde_json::to_string(&request.source).unwrap_or_default();
    put(&message, "bytes", &bytes);
    put(&message, "source", &source.into());
    put(&message, "kind", &request.kind.into());
    put(&message, "charset", &request.charset.into());
    put(&message, "name", &request.name.into());
    reading_of(ask_to_read(&message, Some(bytes.buffer().into()), watch).await?).await
}

async fn reading_of(answer: JsValue) -> Result<Reading, ReadError> {
    let digest = |name: &str| digest_of(&get(&answer, name));
    let malformed = |error: Malformed| ReadError::Refused(error.to_string());
    let page = digest("whole");
    let article = unchecked(&answer)?;
    // Each step is a task of its own: a long article must not hold up the page.
    yield_now().await;
    let article = article.check(digest("digest")).map_err(malformed)?;
    yield_now().await;
    Ok(Reading {
        article,
        json: get(&answer, "article"),
        page: page.zip(Some(get(&answer, "page"))),
        cut: get(&answer, "cut").is_truthy(),
        fewer: fewer_of(&answer),
    })
}

fn fewer_of(answer: &JsValue) -> Option<Fewer> {
    let percent = |name: &str| get(answer, name).as_f64().map(|percent| percent as u8);
    let in_article = percent(IN_ARTICLE).map(Fewer::InArticle);
    in_article.or_else(|| percent(IN_ALL).map(Fewer::InAll))
}

/// Fetches and reads an article at an address, as it was typed.
pub async fn read_address(typed: &str, watch: Watch) -> Result<Reading, ReadError> {
    let message = Object::new();
    put(&message, "address", &typed.into());
    reading_of(ask_to_read(&message, None, watch).await?).await
}

/// Fetches a picture in the worker; the address at which it is in memory.
pub async fn read_picture(address: &str) -> Result<String, Unshown> {
    let message = Object::new();
    put(&message, "picture", &address.into());
    let answer = ask(&message, None).await.map_err(|_| Unshown::Refused)?;
    let picture = get(&answer, "picture");
    match picture.dyn_ref::<Blob>() {
        Some(blob) => Url::create_object_url_with_blob(blob).map_err(|_| Unshown::Refused),
        None => picture.as_string().ok_or_else(|| Unshown::of(&answer)),
    }
}

/// Reads the Markdown of a note in the worker.
pub async fn read_note(markdown: &str) -> Result<Article, ReadError> {
    let message = Object::new();
    put(&message, "note", &markdown.into());
    let answer = ask(&message, None).await?;
    let note = unchecked(&answer)?.check(None);
    note.map_err(|error| ReadError::Refused(error.to_string()))
}

/// Reads a file of notes (W3C Web Annotation).
pub async fn decode(file: &str) -> Result<Arrivals, ReadError> {
    let message = Object::new();
    put(&message, "file", &file.into());
    let answer = ask(&message, None).await?;
    let notes: Vec<Packed> = json_of(&answer, "notes")?;
    Ok(Arrivals {
        annotations: notes.into_iter().filter_map(Annotation::unpack).collect(),
        not_understood: json_of(&answer, "misread")?,
        shelved: Vec::new(),
    })
}

/// Writes the notes of an article as a file.
pub async fn encode(
    format: Format,
    article: &Article,
    notes: &[Packed],
    stamp: &Stamp,
) -> Result<String, ReadError> {
    let message = Object::new();
    put(&message, "format", &format.code().into());
    let json = |value| serde_json::to_string(value).unwrap_or_default();
    put(&message, "article", &article.to_json().into());
    put(&message, "notes", &json(notes).into());
    put(&message, "id", &stamp.id.as_str().into());
    put(&message, "at", &(&*stamp.at.0).into());
    let answer = ask(&message, None).await?;
    refused(&answer)?;
    Ok(get(&answer, "file").as_string().unwrap_or_default())
}

/// Writes the notes in records as a file (W3C Web Annotation), on whatever articles they are.
pub fn salvage(records: &[Rc<Record>], stamp: &Stamp) -> BoxFuture<Result<String, ReadError>> {
    let message = Object::new();
    let pairs = records.iter().map(|record| {
        let (path, text) = (record.path().as_str(), JsValue::from_str(record.text()));
        Array::of2(&path.into(), &text)
    });
    put(&message, "salvage", &pairs.collect::<Array>());
    put(&message, "id", &stamp.id.as_str().into());
    put(&message, "at", &(&*stamp.at.0).into());
    Box::pin(async move {
        let answer = ask(&message, None).await?;
        refused(&answer)?;
        Ok(get(&answer, "file").as_string().unwrap_or_default())
    })
}

/// Looks for passages in the worker, which keeps the text it looked in last: only where it has
/// another one, the article's text goes there.
pub async fn place(search: &Search<'_>) -> Result<Places, ReadError> {
    let mut answer = ask(&question(search, false), None).await?;
    if get(&answer, "unprepared").is_truthy() {
        answer = ask(&question(search, true), None).await?;
    }
    refused(&answer)?;
    let mut numbers = Uint32Array::new(&get(&answer, "numbers"))
        .to_vec()
        .into_iter();
    let anchors = search.targets.iter().map(|_| Anchor::unpack(&mut numbers));
    let anchors = anchors.collect::<Option<Vec<_>>>();
    let survival = Float64Array::new(&get(&answer, "survival")).to_vec();
    let survival = survival.into_iter();
    Ok(Places {
        anchors: anchors.ok_or(ReadError::NotLoaded)?,
        survival: survival
            .map(|share| (!share.is_nan()).then_some(share))
            .collect(),
    })
}

fn question(search: &Search, with_text: bool) -> Object {
    let message = Object::new();
    // What localStorage has, the worker cannot read.
    let (older, given) = (Array::new(), Array::new());
    for digest in search.older {
        older.push(&digest.as_str().into());
        given.push(&texts::local_text(digest).filter(|_| with_text).into());
    }
    let targets = serde_json::to_string(&search.targets).unwrap_or_default();
    put(&message, "place", &search.article.digest().as_str().into());
    put(&message, "older", &older);
    put(&message, "given", &given);
    put(&message, "targets", &targets.into());
    if with_text {
        put(&message, "text", &search.article.text().into());
    }
    message
}

fn json_of<T: DeserializeOwned>(answer: &JsValue, name: &str) -> Result<T, ReadError> {
    refused(answer)?;
    let json = get(answer, name).as_string().unwrap_or_default();
    serde_json::from_str(&json).map_err(|error| ReadError::Refused(error.to_string()))
}

fn refused(answer: &JsValue) -> Result<(), ReadError> {
    match get(answer, "error").as_string() {
        Some(error) => Err(ReadError::Refused(error)),
        None => Ok(()),
    }
}

fn unchecked(answer: &JsValue) -> Result<Unchecked, ReadError> {
    refused(answer)?;
    let json = get(answer, "article").as_string().unwrap_or_default();
    Article::unchecked(&json).map_err(|error| ReadError::Refused(error.to_string()))
}

fn digest_of(name: &JsValue) -> Option<Digest> {
    serde_json::from_value(name.as_string()?.into()).ok()
}

/// Asks the worker for an article, which can be stopped.
async fn ask_to_read(
    message: &Object,
    transfer: Option<JsValue>,
    watch: Watch,
) -> Result<JsValue, ReadError> {
    READING.set(READING.get() + 1);
    let answer = ask_once(message, transfer, Some(watch)).await;
    READING.set(READING.get() - 1);
    answer
}

/// Asks the worker; and once more where it was stopped for the sake of another question.
async fn ask(message: &Object, transfer: Option<JsValue>) -> Result<JsValue, ReadError> {
    match ask_once(message, transfer, None).await {
        Err(ReadError::Stopped) => ask_once(message, None, None).await,
        answer => answer,
    }
}

/// Asks the worker; the answer comes by a channel of its own, so that questions do not mix.
async fn ask_once(
    message: &Object,
    transfer: Option<JsValue>,
    watch: Option<Watch>,
) -> Result<JsValue, ReadError> {
    let started = start().await?;
    let channel = MessageChannel::new().map_err(|_| ReadError::NotLoaded)?;
    put(message, "port", &channel.port2());
    let mut moved = Array::of1(&channel.port2());
    moved.extend(transfer);
    let port = channel.port1();
    let answer = promise_of(&started.died, watch, |listen| {
        port.set_onmessage(Some(listen));
    });
    started
        .worker
        .post_message_with_transfer(message, &moved)
        .map_err(|_| ReadError::NotLoaded)?;
    let answer = JsFuture::from(answer)
        .await
        .map_err(|error| failure(&error));
    port.close();
    port.set_onmessage(None);
    if answer.as_ref().is_err_and(|why| *why != ReadError::Stopped) {
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
            let worker = new_worker().map_err(|_| ReadError::NotLoaded)?;
            let (died, end) = death_of(&worker);
            let ready = promise_of(&died, None, |listen| worker.set_onmessage(Some(listen)));
            let new = Started {
                worker,
                ready,
                died,
                end,
            };
            Ok(started.insert(new).clone())
        }
    })?;
    match JsFuture::from(started.ready.clone()).await {
        Ok(_) => Ok(started),
        Err(error) => {
            let why = failure(&error);
            if why != ReadError::Stopped {
                STARTED.take();
            }
            Err(why)
        }
    }
}

/// Why there is no answer: `true` of what took too long, `null` of what was stopped.
fn failure(why: &JsValue) -> ReadError {
    if why.is_null() {
        ReadError::Stopped
    } else if why.is_truthy() {
        ReadError::TooSlow
    } else {
        ReadError::NotLoaded
    }
}

/// A promise that fails when the worker does, and what makes it fail.
fn death_of(worker: &Worker) -> (Promise, Function) {
    // Not a new function: that would be code made of text.
    let mut end: Function = JsValue::UNDEFINED.unchecked_into();
    let died = Promise::new(&mut |_, failed| {
        end = failed.clone();
        let error = Closure::once_into_js(move |_event: JsValue| {
            let _ = failed.call1(&JsValue::NULL, &JsValue::FALSE);
        });
        worker.set_onerror(Some(error.unchecked_ref()));
    });
    (died, end)
}

/// What comes first: a message where `listen` puts the ear, the worker's end, or the time's. What
/// only tells how far it has come is for `watch`.
fn promise_of(died: &Promise, watch: Option<Watch>, listen: impl FnOnce(&Function)) -> Promise {
    let mut listen = Some(listen);
    let answer = Promise::new(&mut |done, failed| {
        let watch = watch.clone();
        let message = move |event: MessageEvent| {
            let data = event.data();
            match (get(&data, "share").as_f64(), &watch) {
                (Some(share), Some(watch)) => watch(share),
                (Some(_), None) => {}
                (None, _) => {
                    let _ = done.call1(&JsValue::NULL, &data);
                }
            }
        };
        // It lives for as long as the port has it.
        let message = Closure::<dyn Fn(MessageEvent)>::new(message).into_js_value();
        if let Some(listen) = listen.take() {
            listen(message.unchecked_ref());
        }
        gloo::timers::callback::Timeout::new(PATIENCE, move || {
            let _ = failed.call1(&JsValue::NULL, &JsValue::TRUE);
        })
        .forget();
    });
    Promise::race(&Array::of2(&answer, died))
}

fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// What the worker is asked.
pub enum Asked {
    /// To fetch what is at an address, as it was typed, and to read it.
    Address(String),
    /// To read an article; see [`Request`].
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
    /// To look for passages.
    Place(Place),
    /// To fetch a picture.
    Picture(String),
    /// To read the Markdown of a note.
    Note(String),
    /// To write the notes in stored records as a file, whatever else is among them: keys and texts.
    Salvage(Vec<(String, String)>, Stamp),
    /// To read a file of notes.
    Decode(String),
    /// To write a file of notes.
    Encode {
        /// The file's format.
        format: Format,
        /// The article they are on, as JSON.
        article: String,
        /// The notes.
        notes: Vec<Packed>,
        /// Names the file's collection.
        stamp: Stamp,
    },
}

/// Passages to be looked for; see [`Search`].
pub struct Place {
    /// The digest of the text to look in.
    pub digest: Digest,
    /// The text; `None` where the worker is thought to have it.
    pub text: Option<String>,
    /// Older texts of the article, the oldest first: their articles' JSON where the worker cannot
    /// read it by itself.
    pub older: Vec<(Digest, Option<String>)>,
    /// The passages.
    pub targets: Vec<(Target, Option<Target>)>,
}

impl Place {
    fn of(data: &JsValue) -> Option<Self> {
        let string = |name: &str| get(data, name).as_string();
        let place = get(data, "place");
        place.is_string().then_some(())?;
        let (older, given) = (get(data, "older"), get(data, "given"));
        let given = Array::from(&given).to_vec().into_iter();
        let older = Array::from(&older).to_vec().into_iter().zip(given);
        let older = older.map(|(name, json)| Some((digest_of(&name)?, json.as_string())));
        Some(Self {
            digest: digest_of(&place)?,
            text: string("text"),
            older: older.collect::<Option<Vec<_>>>()?,
            targets: serde_json::from_str(&string("targets")?).ok()?,
        })
    }
}

/// What the worker answers.
pub enum Answer {
    /// An article.
    Article {
        /// The digest of its text.
        digest: Digest,
        /// Its JSON.
        json: String,
        /// The digest and the JSON of the whole page, where the article is only a part of it.
        page: Option<(Digest, String)>,
        /// Its end was cut off.
        cut: bool,
        /// Words of the page that it lacks, where they are many.
        fewer: Option<Fewer>,
    },
    /// Notes, and why others could not be read.
    Notes(Vec<Packed>, Vec<String>),
    /// A file.
    File(String),
    /// A picture's bytes and its type.
    Picture(Vec<u8>, &'static str),
    /// A drawing. It comes as text and goes into a `data:` address: in one of our own origin it
    /// could, opened as a page, ask for more than a picture may.
    Drawing(String),
    /// Why there is no picture.
    Unshown(Unshown),
    /// Where passages are.
    Places {
        /// Their anchors, packed.
        numbers: Vec<u32>,
        /// The share of each older text that stands in the new one; not a number where there is
        /// no such text.
        survival: Vec<f64>,
        /// Milliseconds of preparing the text; none where it was prepared before.
        prepared: f64,
        /// Milliseconds that each passage took.
        times: Vec<f32>,
    },
    /// The text to look in has to be handed over.
    Unprepared,
    /// Why there is none of these.
    Error(String),
}

impl Asked {
    fn of(data: &JsValue) -> Self {
        let string = |name: &str| get(data, name).as_string();
        if let Some(place) = Place::of(data) {
            return Self::Place(place);
        }
        if let Some(address) = string("picture") {
            return Self::Picture(address);
        }
        if let Some(found) = get(data, "salvage").dyn_ref::<Array>() {
            let pair = |pair: JsValue| {
                let pair: Array = pair.dyn_into().ok()?;
                Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
            };
            let found = found.iter().filter_map(pair).collect();
            return Self::Salvage(found, stamp_of(data));
        }
        if let Some(note) = string("note") {
            return Self::Note(note);
        }
        if let Some(address) = string("address") {
            return Self::Address(address);
        }
        if let Some(file) = string("file") {
            return Self::Decode(file);
        }
        if let (Some(article), Some(notes)) = (string("article"), string("notes")) {
            let notes = serde_json::from_str(&notes).unwrap_or_default();
            let format = string("format").and_then(|code| Format::from_code(&code));
            return Self::Encode {
                format: format.unwrap_or(Format::WebAnnotation),
                article,
                notes,
                stamp: stamp_of(data),
            };
        }
        Self::Article {
            bytes: Uint8Array::new(&get(data, "bytes")).to_vec(),
            kind: string("kind"),
            charset: string("charset"),
            source: serde_json::from_str(&string("source").unwrap_or_default())
                .unwrap_or(Source::Pasted),
            name: string("name"),
        }
    }
}

fn stamp_of(data: &JsValue) -> Stamp {
    let string = |name: &str| get(data, name).as_string().unwrap_or_default();
    let id = string("id");
    Stamp {
        id: AnnotationId::parse(&id).unwrap_or_else(|_| AnnotationId::of_content(&id)),
        at: Timestamp(string("at").into()),
    }
}

impl Answer {
    fn into_message(self) -> Object {
        let message = Object::new();
        match self {
            Self::Article {
                digest,
                json,
                page,
                cut,
                fewer,
            } => {
                put(&message, "article", &json.into());
                put(&message, "digest", &digest.as_str().into());
                if let Some((digest, page)) = page {
                    put(&message, "whole", &digest.as_str().into());
                    put(&message, "page", &page.into());
                }
                put(&message, "cut", &cut.into());
                match fewer {
                    Some(Fewer::InArticle(percent)) => put(&message, IN_ARTICLE, &percent.into()),
                    Some(Fewer::InAll(percent)) => put(&message, IN_ALL, &percent.into()),
                    None => {}
                }
            }
            Self::Notes(notes, misread) => {
                put(
                    &message,
                    "notes",
                    &serde_json::to_string(&notes).unwrap_or_default().into(),
                );
                put(
                    &message,
                    "misread",
                    &serde_json::to_string(&misread).unwrap_or_default().into(),
                );
            }
            Self::File(file) => put(&message, "file", &file.into()),
            Self::Picture(bytes, kind) => put(&message, "picture", &blob_of(&bytes, kind)),
            Self::Drawing(text) => {
                let text = String::from(js_sys::encode_uri_component(&text));
                put(
                    &message,
                    "picture",
                    &["data:image/svg+xml,", &text].concat().into(),
                );
            }
            Self::Unshown(why) => put(&message, "unshown", &(why as u8).into()),
            Self::Places {
                numbers,
                survival,
                prepared,
                times,
            } => {
                put(&message, "numbers", &Uint32Array::from(&numbers[..]));
                put(&message, "survival", &Float64Array::from(&survival[..]));
                put(&message, "prepared", &prepared.into());
                put(&message, "times", &Float32Array::from(&times[..]));
            }
            Self::Unprepared => put(&message, "unprepared", &true.into()),
            Self::Error(error) => put(&message, "error", &error.into()),
        }
        message
    }
}

fn blob_of(bytes: &[u8], kind: &str) -> JsValue {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .map(JsValue::from)
        .unwrap_or_default()
}

/// The worker's side: runs something beside the questions.
pub fn start_task(task: impl Future<Output = ()> + 'static) {
    spawn_local(task);
}

/// Where the worker tells how far it has come with what it was asked.
#[derive(Clone)]
pub struct ProgressSender(MessagePort);

impl ProgressSender {
    /// Tells it: from 0 to 1. The page hears of it while the worker goes on.
    pub fn tell(&self, share: f32) {
        let message = Object::new();
        put(&message, "share", &f64::from(share).into());
        let _ = self.0.post_message(&message);
    }
}

/// The worker's side: answers every question.
pub fn serve(answer: impl AsyncFn(Asked, ProgressSender) -> Answer + 'static) {
    let answer = Rc::new(answer);
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let answer = answer.clone();
        spawn_local(async move {
            let port: MessagePort = get(&data, "port").unchecked_into();
            let answer = answer(Asked::of(&data), ProgressSender(port.clone())).await;
            let message = answer.into_message();
            let _ = port.post_message(&message);
        });
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}
