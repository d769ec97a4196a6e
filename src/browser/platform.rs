//! The browser's implementation of the application layer's ports.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::journal::Journal;
use super::tabs::Tabs;
use super::{backup, bookmarks, chaos, js, local, poison, shipped, system, tab};
use crate::app::ports::{
    Bookmarks, BoxFuture, Clock, Interruption, Peers, Settings, Shipped, Stores, Tab, Tasks, Timer,
    Unread,
};
use crate::model::annotation::{Stamp, Timestamp};
use crate::model::article::ArticleId;
use crate::model::bookmark::Bookmark;
use crate::model::sync::agreement::Pair;
use crate::model::sync::base36::push_digits;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::store::Refusal;
use crate::model::sync::version::ReplicaId;

/// The browser, as the application layer sees it.
#[derive(Default)]
pub struct Browser {
    journal: Journal,
    tabs: Tabs,
    keys: local::Keys,
}

impl Browser {
    /// Creates it with a journal.
    pub fn new(journal: Journal) -> Self {
        Self {
            journal,
            tabs: Tabs::default(),
            keys: local::Keys::default(),
        }
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

impl Tasks for Browser {
    fn spawn(&self, task: BoxFuture<()>) {
        spawn_local(task);
    }

    fn after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) -> Timer {
        Timer::new(Timeout::new(milliseconds, run))
    }

    fn surely_after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) {
        system::after(milliseconds, run);
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
    fn watch_journal(&self, run: Rc<dyn Fn(Interruption)>) {
        self.journal.listen(run);
    }

    fn check_local(&self) -> Result<(), Refusal> {
        local::check()
    }

    fn is_local_empty(&self) -> bool {
        local::is_empty()
    }

    fn is_unused(&self) -> bool {
        local::is_unused(&self.keys.get())
    }

    fn is_journal_empty(&self) -> BoxFuture<Result<bool, Refusal>> {
        let journal = self.journal.clone();
        Box::pin(async move { journal.is_empty().await })
    }

    fn has_newer(&self) -> bool {
        local::has_newer(&self.keys.get())
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

    fn join(&self, own: &ReplicaId, hear: Rc<dyn Fn(Vec<Pair>)>) {
        self.tabs.join(own, hear);
    }

    fn restart(&self) {
        poison::poison();
        system::reload();
    }

    fn shipped(&self) -> Option<Shipped> {
        shipped::shipped()
    }
}
