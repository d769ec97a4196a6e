//! Launches: by the page's own address, by a page that the bookmarklet hands over, or by files that
//! the system opens with the app. Nothing is opened here.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Cache, File, FormData, MessageEvent, Response};

use super::js::{get, put};
use super::system::window;
use super::{files, texts};
use crate::app::sync::joining::Invitation;
use crate::model::base64;
use crate::model::exchange::link;
use crate::model::page_import::{Announcement, CapturedPage, Offer, accept, of_data};

/// Something that has arrived and waits for the reader's consent.
#[derive(Debug, Clone, PartialEq)]
pub enum LaunchContent {
    /// An address, from this page's address or shared with the app.
    Address(String),
    /// Text shared with the app, and its title.
    Words(String, String),
    /// A file shared with the app, the first of this number.
    File(File, u32),
    /// What was shared exceeds the limit for other apps.
    TooLarge,
    /// What was shared cannot be read, or was read before.
    NotShared,
    /// A page handed over; true if by its own window, so that its origin is known.
    Page(Rc<CapturedPage>, bool),
    /// A page from this origin is announced, and has not arrived yet.
    Awaited(String),
    /// Notes that a link carries, as a file: see [`crate::model::exchange::link`].
    Notes(Rc<str>),
    /// A link to a passage: the address of its article, and words of it.
    Passage(String, String),
    /// A link with which another device of the reader's passes on how to get to a server.
    Device(Invitation),
    /// A link that cannot be read.
    BrokenLink,
    /// What was to be handed over cannot be read, or its sender cannot be reached.
    Broken,
}

/// Prefix of the fragments with which a page is handed over.
const BROUGHT: &str = "#/import";
/// The bookmarklet announces a page: the nonce and the page's origin follow.
const ANNOUNCED: &str = "#/import/";
/// The bookmarklet has put the page itself here.
const DATA: &str = "#/import-data/";
/// The service worker has stored what was shared, under the name that follows.
const SHARED: &str = "#/shared/";
/// A link carries notes, which follow.
const NOTES: &str = "#/import-notes/";
/// A link leads to a passage: the address of the article and words of the passage follow.
const PASSAGE: &str = "#/import-passage/";
/// A link joins this device to a reader's server; the invitation follows.
pub const DEVICE: &str = "#/import-device/";
/// Takes the place of that name if too much was shared.
const TOO_LARGE: &str = "too-large";
/// Maximum number of bytes of a shared title, address or file name, as of a link in an article.
const MOST_WORDS: usize = 8_000;
/// Maximum number of bytes that data may inflate to: a page with its description.
const MOST_DATA: usize = 21 * 1024 * 1024;

/// Waits for a page to be handed over, once, until it is dropped.
#[derive(Default)]
pub struct Waiting(Rc<Cell<Option<EventListener>>>);

/// What the page's address carried when the app started; later it names the open article.
#[derive(Debug, Clone, PartialEq)]
pub struct Launch {
    hash: String,
    search: String,
}

/// Returns the launch in the page's address, if there may be one.
pub fn current() -> Option<Launch> {
    let location = window().location();
    let launch = Launch {
        hash: location.hash().unwrap_or_default(),
        search: location.search().unwrap_or_default(),
    };
    let is_named = [BROUGHT, SHARED]
        .iter()
        .any(|start| launch.hash.starts_with(start));
    let is_any = is_named || !launch.search.is_empty();
    is_any.then_some(launch)
}

/// Examines a launch, and calls back with its content, at once or when it arrives.
#[must_use = "nothing is waited for when it is dropped"]
pub fn look(launch: &Launch, arrived: impl Fn(LaunchContent) + 'static) -> Waiting {
    let Launch { hash, search } = launch;
    let waiting = Waiting::default();
    if let Some(rest) = hash.strip_prefix(ANNOUNCED) {
        let (nonce, origin) = rest.split_once('/').unwrap_or_default();
        match Offer::of(nonce, &decoded(origin)).zip(opener()) {
            Some((offer, opener)) => waiting.await_page(offer, opener, arrived),
            None => arrived(LaunchContent::Broken),
        }
    } else if let Some(data) = hash.strip_prefix(DATA) {
        let data = data.to_owned();
        spawn_local(async move {
            let page = page_in(&data).await;
            arrived(page.map_or(LaunchContent::Broken, |page| {
                LaunchContent::Page(Rc::new(page), false)
            }));
        });
    } else if let Some(data) = hash.strip_prefix(NOTES) {
        let data = data.to_owned();
        spawn_local(async move {
            let file = notes_in(&data).await;
            arrived(file.map_or(LaunchContent::BrokenLink, LaunchContent::Notes));
        });
    } else if let Some(text) = hash.strip_prefix(DEVICE) {
        let invitation = Invitation::from_text(text);
        arrived(invitation.map_or(LaunchContent::BrokenLink, LaunchContent::Device));
    } else if let Some(rest) = hash.strip_prefix(PASSAGE) {
        let (address, words) = rest.split_once('/').unwrap_or_default();
        let (address, words) = (decoded(address), decoded(words));
        arrived(match is_some(&address) && address.len() <= MOST_WORDS {
            true => LaunchContent::Passage(address, words),
            false => LaunchContent::BrokenLink,
        });
    } else if let Some(name) = hash.strip_prefix(SHARED) {
        let name = name.to_owned();
        spawn_local(async move {
            let content = match name == TOO_LARGE {
                true => Some(LaunchContent::TooLarge),
                false => kept_form(&name).await.and_then(|form| sent(&form)),
            };
            arrived(content.unwrap_or(LaunchContent::NotShared));
        });
    } else if let Some(content) = shared(search) {
        arrived(content);
    }
    waiting
}

/// Takes the form that the service worker has stored under a name.
async fn kept_form(name: &str) -> Option<FormData> {
    let (folder, kept_in) = shares()?;
    let caches = window().caches().ok()?;
    let cache: Cache = JsFuture::from(caches.open(&kept_in)).await.ok()?.into();
    let found = cache.match_with_str(&format!("{folder}shared/{name}"));
    let found = JsFuture::from(found).await.ok()?;
    let form = match found.dyn_into::<Response>().ok() {
        Some(kept) => JsFuture::from(kept.form_data().ok()?).await.ok(),
        None => None,
    };
    let _ = JsFuture::from(caches.delete(&kept_in)).await;
    form?.dyn_into().ok()
}

/// The app's own folder, and the cache in which the service worker stores shared content, as it
/// names its caches after the folder.
fn shares() -> Option<(String, String)> {
    let location = window().location();
    let mut folder = [location.origin().ok()?, location.pathname().ok()?].concat();
    folder.truncate(folder.rfind('/')? + 1);
    let kept_in = format!("postil {folder} shared");
    Some((folder, kept_in))
}

/// Deletes shared content that was never looked at.
pub async fn forget_shares() {
    if let Some((_, kept_in)) = shares()
        && let Ok(caches) = window().caches()
    {
        let _ = JsFuture::from(caches.delete(&kept_in)).await;
    }
}

/// Returns what another app has sent: files or text.
fn sent(form: &FormData) -> Option<LaunchContent> {
    let files = form.get_all("file");
    let file = files.iter().find_map(|file| file.dyn_into::<File>().ok());
    // A form without a file contains an empty one.
    if let Some(file) = file.filter(|file| file.size() > 0.0) {
        return (file.name().len() <= MOST_WORDS)
            .then(|| LaunchContent::File(file, files.length()));
    }
    said_of(|wanted| form.get(wanted).as_string().filter(|words| is_some(words)))
}

/// Returns what the query contains: `?url=…`, or another app's `title`, `text` and `url`.
fn shared(search: &str) -> Option<LaunchContent> {
    said_of(|wanted| {
        let mut fields = search.trim_start_matches('?').split('&');
        let value = fields.find_map(|field| field.strip_prefix(wanted)?.strip_prefix('='))?;
        Some(decoded(&value.replace('+', " "))).filter(|words| is_some(words))
    })
}

fn is_some(words: &str) -> bool {
    !words.trim().is_empty()
}

/// Returns the content of the fields with these names.
fn said_of(field: impl Fn(&str) -> Option<String>) -> Option<LaunchContent> {
    let short = |name: &str| field(name).filter(|words| words.len() <= MOST_WORDS);
    let text = field("text");
    // Some apps share an address as text.
    let is_address = |text: &String| {
        let text = text.trim();
        text.len() <= MOST_WORDS && text.starts_with("http") && !text.contains(char::is_whitespace)
    };
    if let Some(address) = short("url").or_else(|| text.clone().filter(is_address)) {
        return Some(LaunchContent::Address(address.trim().to_owned()));
    }
    text.map(|text| LaunchContent::Words(text, short("title").unwrap_or_default()))
}

fn decoded(words: &str) -> String {
    let words = js_sys::decode_uri_component(words).map(String::from);
    words.unwrap_or_default()
}

/// Returns the window that opened this one, if it can be contacted.
fn opener() -> Option<JsValue> {
    let opener = window().opener().ok()?;
    opener.is_object().then_some(opener)
}

impl Waiting {
    /// Tells the window that opened this one to hand over the page, and waits for it.
    fn await_page(&self, offer: Offer, opener: JsValue, arrived: impl Fn(LaunchContent) + 'static) {
        let (from, announced) = (opener.clone(), offer.clone());
        arrived(LaunchContent::Awaited(offer.origin.clone()));
        let heard = self.0.clone();
        let listener = EventListener::new(&window(), "message", move |event| {
            let Some(event) = event.dyn_ref::<MessageEvent>() else {
                return;
            };
            let is_opener = event.source().is_some_and(|source| *source == from);
            let page = accept(&announced, is_opener, &event.origin(), said(&event.data()));
            if let Some(page) = page {
                // A listener must not be dropped during its own call.
                let heard = heard.clone();
                super::system::later(move || drop(heard.take()));
                arrived(LaunchContent::Page(Rc::new(page), true));
            }
        });
        self.0.set(Some(listener));
        let ready = js_sys::Object::new();
        let fields = [
            ("v", JsValue::from(1)),
            ("t", "ready".into()),
            ("n", offer.nonce.as_str().into()),
        ];
        for (name, value) in fields {
            put(&ready, name, &value);
        }
        // Only to that origin: another page in that window receives nothing.
        if let Some(post) = get(&opener, "postMessage").dyn_ref::<Function>() {
            let _ = post.call2(&opener, &ready, &offer.origin.as_str().into());
        }
    }
}

fn said(data: &JsValue) -> Announcement {
    let string = |name: &str| get(data, name).as_string();
    Announcement {
        v: get(data, "v").as_f64(),
        t: string("t"),
        n: string("n"),
        url: string("url"),
        title: string("title"),
        html: string("html"),
        selection: string("selection"),
    }
}

/// Decodes a page from base64url of raw deflate of JSON.
async fn page_in(data: &str) -> Option<CapturedPage> {
    let standard = data.replace('-', "+").replace('_', "/");
    let binary = window().atob(&standard).ok()?;
    let bytes: Vec<u8> = binary.chars().map(|byte| byte as u8).collect();
    let json = texts::inflated_within(&Uint8Array::from(&bytes[..]), MOST_DATA).await;
    of_data(&json.ok()?)
}

/// Calls back with a link to notes or to a passage that is followed while the page is open.
pub fn on_link(arrived: impl Fn(Launch) + 'static) {
    let listener = EventListener::new(&window(), "hashchange", move |_| {
        let is_link = |launch: &Launch| {
            let hash = &launch.hash;
            hash.starts_with(NOTES) || hash.starts_with(PASSAGE)
        };
        current().filter(is_link).into_iter().for_each(&arrived);
    });
    listener.forget();
}

/// Decodes the notes of a link from base64url of raw deflate.
async fn notes_in(data: &str) -> Option<Rc<str>> {
    let bytes = base64::decode(data.as_bytes(), link::MOST_INFLATED);
    let file = texts::inflated_within(&Uint8Array::from(&bytes[..]), link::MOST_INFLATED).await;
    let file = file.ok()?;
    link::head(&file).map(|_| file.into())
}

/// Returns a link that carries notes; `None` if the browser cannot compress them.
pub async fn link_with_notes(file: &str) -> Option<String> {
    let bytes = texts::deflated(&file.into()).await.ok()?;
    let bytes = bytes.unchecked_into::<Uint8Array>().to_vec();
    let data = base64::encode(&bytes, base64::URL_SAFE);
    Some([&*own_address()?, NOTES, data.trim_end_matches('=')].concat())
}

/// Returns a link that leads to words of an article with this address, through the app.
pub fn link_to_passage(address: &str, words: &str) -> Option<String> {
    let part = |words: &str| String::from(js_sys::encode_uri_component(words));
    Some([&*own_address()?, PASSAGE, &part(address), "/", &part(words)].concat())
}

/// The app's own address.
fn own_address() -> Option<String> {
    let location = window().location();
    Some([location.origin().ok()?, location.pathname().ok()?].concat())
}

#[wasm_bindgen]
extern "C" {
    /// <https://wicg.github.io/web-app-launch/>, not in every browser.
    type LaunchQueue;
    #[wasm_bindgen(method, js_name = setConsumer)]
    fn set_consumer(this: &LaunchQueue, consumer: &Function);

    type FileHandle;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &FileHandle) -> Result<js_sys::Promise, JsValue>;
}

/// Calls back with whatever the system opens with the app, which the reader has chosen there.
pub fn take_launched(take: impl Fn(JsValue) + 'static) {
    let queue = get(&js_sys::global(), "launchQueue");
    if !queue.is_object() {
        return;
    }
    let consumer = Closure::<dyn Fn(JsValue)>::new(take).into_js_value();
    queue
        .unchecked_into::<LaunchQueue>()
        .set_consumer(consumer.unchecked_ref());
}

/// Calls back with the files of a launch.
pub fn files_of(launch: &JsValue, take: impl Fn(Vec<File>) + 'static) {
    let handles = get(launch, "files");
    spawn_local(async move {
        let mut files = Vec::new();
        for handle in Array::from(&handles).iter() {
            let handle: FileHandle = handle.unchecked_into();
            if let Ok(file) = handle.get_file()
                && let Ok(file) = JsFuture::from(file).await
            {
                files.push(file.unchecked_into());
            }
        }
        take(files);
    });
}

/// Returns the app's own bookmarklet as an address; `None` if its script cannot be loaded.
/// `spoken` puts its messages into the language of the interface.
pub async fn bookmarklet(spoken: fn(&str) -> String) -> Option<String> {
    let script = spoken(&files::own_file("./bookmarklet.js").await?);
    let location = window().location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    let lines = script.lines().map(str::trim);
    let code: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    let code = code.concat().replace("{app}", &[origin, path].concat());
    // Escape only what would end the address or be decoded: some browsers limit its length.
    let mut address = String::from("javascript:");
    for character in code.chars() {
        match character {
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            other => address.push(other),
        }
    }
    Some(address)
}
