//! The browser's implementation of the application layer's ports.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::journal::Journal;
use super::tabs::{self, Tabs};
use super::{backup, bookmarks, chaos, js, local, poison, system, tab, texts};
use crate::app::ports::{
    Bookmarks, BoxFuture, Cancel, Clock, Interruption, LocalFolder, Peers, Settings, Stores, Tab,
    TakePage, Tasks, Texts, Timer, Unread,
};
use crate::model::annotation::{Stamp, Timestamp};
use crate::model::article::ArticleId;
use crate::model::bookmark::Bookmark;
use crate::model::digest::Digest;
use crate::model::history::History;
use crate::model::sync::agreement::{Heard, Pair};
use crate::model::sync::base36::push_digits;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::store::Refusal;
use crate::model::sync::version::ReplicaId;

/// The browser, as the application layer sees it.
#[derive(Default)]
pub struct Browser {
    journal: Journal,
    tabs: Tabs,
    /// The keys of localStorage, until the present task ends: to list ten thousand takes a while,
    /// and at the start several folders are read one after the other.
    keys: Rc<RefCell<Option<Rc<[String]>>>>,
}

impl Browser {
    /// Creates it with a journal.
    pub fn new(journal: Journal) -> Self {
        Self {
            journal,
            tabs: Tabs::default(),
            keys: Rc::default(),
        }
    }

    fn keys(&self) -> Rc<[String]> {
        if let Some(keys) = &*self.keys.borrow() {
            return keys.clone();
        }
        let keys: Rc<[String]> = local::keys().into();
        self.keys.replace(Some(keys.clone()));
        // Not by a timer, which waits in a tab that nobody sees: other tabs add keys meanwhile.
        let kept = self.keys.clone();
        spawn_local(async move { drop(kept.take()) });
        keys
    }
}

/// Returns a name for this run of the program. Five digits in base 36 suffice: every record carries
/// them, and only runs that edit the same note need to differ.
pub fn name_of_run() -> ReplicaId {
    let id = system::stamp().id;
    let head = id.as_str().get(..8);
    let number = head.and_then(|head| u64::from_str_radix(head, 16).ok());
    let mut name = String::new();
    push_digits(&mut name, number.unwrap_or_default() % 36_u64.pow(5));
    ReplicaId::parse(&name).unwrap_or_else(|| unreachable!("at least one digit"))
}

impl Settings for Browser {
    fn setting(&self, name: &str) -> Option<String> {
        local::setting(name)
    }

    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal> {
        local::set_setting(name, value)
    }
}

impl Clock for Browser {
    fn today(&self) -> String {
        system::today()
    }

    fn now(&self) -> Timestamp {
        system::now()
    }

    fn stamp(&self) -> Stamp {
        system::stamp()
    }

    fn milliseconds(&self) -> f64 {
        system::milliseconds()
    }
}

impl Peers for Browser {
    fn tell(&self, pairs: &[Pair]) {
        self.tabs.tell(pairs);
    }
}

impl Unread for Browser {
    fn live_paths(&self, folder: &str) -> Vec<Path> {
        local::live_paths(folder)
    }
}

impl Bookmarks for Browser {
    fn bookmark(&self, article: &ArticleId) -> Option<Bookmark> {
        bookmarks::get(article)
    }

    fn keep(&self, article: &ArticleId, bookmark: &Bookmark) {
        bookmarks::keep(article, bookmark);
    }

    fn forget(&self, article: &ArticleId) {
        bookmarks::forget(article);
    }
}

impl Cancel for Timeout {
    fn forget(self: Box<Self>) {
        Timeout::forget(*self);
    }
}

impl Tasks for Browser {
    fn spawn(&self, task: BoxFuture<()>) {
        spawn_local(task);
    }

    fn after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) -> Timer {
        Timer::new(Timeout::new(milliseconds, run))
    }

    fn yield_now(&self) -> BoxFuture<()> {
        Box::pin(system::yield_now())
    }

    fn pass(&self, place: &'static str) {
        chaos::at(place);
    }
}

/// Name of the global in which the page's own scripts find what no store has taken, should the
/// program crash.
const UNSAVED: &str = "postilUnsaved";

impl Stores for Browser {
    fn local(&self, folder: &str) -> Box<dyn LocalFolder> {
        local::folder(folder, &self.keys())
    }

    fn journal(&self, folder: &str, take: TakePage) -> BoxFuture<Result<usize, Refusal>> {
        let (journal, folder) = (self.journal.clone(), folder.to_owned());
        Box::pin(async move { journal.read(&folder, take).await })
    }

    fn watch_journal(&self, run: Rc<dyn Fn(Interruption)>) {
        self.journal.listen(run);
    }

    fn check_local(&self) -> Result<(), Refusal> {
        local::check()
    }

    fn is_local_empty(&self) -> bool {
        local::is_empty()
    }

    fn has_newer(&self) -> bool {
        local::has_newer(&self.keys())
    }

    fn show_unsaved(&self, records: &[Rc<Record>]) {
        let map = js_sys::Map::new();
        for record in records {
            map.set(
                &record.path().as_str().into(),
                &JsValue::from_str(record.text()),
            );
        }
        js::put(&js_sys::global(), UNSAVED, &map);
    }

    fn remove_setting(&self, name: &str) {
        local::remove(&local::setting_key(name));
    }

    fn ask_to_keep(&self) -> BoxFuture<bool> {
        Box::pin(backup::ask_to_keep())
    }
}

impl Tab for Browser {
    fn article(&self) -> Option<ArticleId> {
        tab::article()
    }

    fn show_article(&self, article: &ArticleId) {
        tab::set_article(article);
    }

    fn history(&self) -> History {
        tab::history()
    }

    fn keep_history(&self, before: &History, after: &History) {
        tab::write_history(before, after);
    }

    fn join(&self, own: &ReplicaId, hear: Rc<dyn Fn(Heard)>) {
        self.tabs.join(own, hear);
    }

    fn others(&self, own: &ReplicaId) -> BoxFuture<Vec<ReplicaId>> {
        let own = own.clone();
        Box::pin(async move { tabs::others(&own).await })
    }

    fn restart(&self) {
        poison::poison();
        system::reload();
    }
}

/// Id of the data block of the page that holds the article that ships with the app.
const SHIPPED: &str = "shipped";

impl Texts for Browser {
    fn text(&self, digest: &Digest) -> BoxFuture<Option<String>> {
        let digest = digest.clone();
        Box::pin(async move { texts::get(&digest).await })
    }

    fn put_text(&self, digest: &Digest, json: Rc<str>) -> BoxFuture<Result<(), Refusal>> {
        let (digest, json) = (digest.clone(), JsValue::from_str(&json));
        Box::pin(async move { texts::put(&digest, &json).await })
    }

    fn shipped(&self) -> Option<String> {
        let block = system::document().get_element_by_id(SHIPPED)?;
        block.text_content()
    }
}
