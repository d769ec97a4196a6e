//! What is kept besides the texts: notes, articles, drafts, in both stores, by the replica.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::journal::Journal;
use super::local::{self, Local, Reading};
use super::system::BoxFuture;
use super::{system, tabs};
use crate::app::drafts::FoundDrafts;
use crate::app::ports;
use crate::app::records::Records;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::notebook::Change;
use crate::model::session::Draft;
use crate::model::sync::agreement::Pair;
use crate::model::sync::base36::push_digits;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::replica::{Origin, Replica};
use crate::model::sync::store::Refusal;
use crate::model::sync::version::ReplicaId;
use crate::model::sync::{Found, read};

thread_local! {
    static RECORDS: RefCell<Option<(Records, Journal)>> = const { RefCell::new(None) };
    /// Called when the replica's safety may have changed.
    static LISTENER: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
    /// Called with what a read has brought that did not stand before.
    static NEWS: RefCell<Option<News>> = const { RefCell::new(None) };
}

/// The replica of this page.
pub fn replica() -> Replica {
    both().0.replica().clone()
}

/// The journal of this page.
pub fn journal() -> Journal {
    both().1
}

fn both() -> (Records, Journal) {
    if let Some(both) = RECORDS.with_borrow(Clone::clone) {
        return both;
    }
    let journal = Journal::default();
    let changed = || {
        let listener = LISTENER.with_borrow(Clone::clone);
        if let Some(listener) = listener {
            listener();
        }
    };
    let replica = Replica::new(
        name_of_run(),
        Rc::new(Local),
        Rc::new(journal.clone()),
        Box::new(changed),
    );
    let both = (Records::new(replica, Rc::new(BrowserPorts)), journal);
    RECORDS.replace(Some(both.clone()));
    both
}

fn name_of_run() -> ReplicaId {
    let id = system::stamp().id;
    let number = id
        .as_str()
        .get(..8)
        .and_then(|head| u64::from_str_radix(head, 16).ok());
    let mut name = String::new();
    // Five digits in base 36: every record has them, and only the runs that edit one note matter.
    push_digits(&mut name, number.unwrap_or_default() % 36_u64.pow(5));
    ReplicaId::parse(&name).unwrap_or_else(|| unreachable!("at least one digit"))
}

/// Calls back when the replica's safety may have changed.
pub fn listen(listener: Rc<dyn Fn()>) {
    LISTENER.replace(Some(listener));
}

/// What is called with news.
pub type News = Rc<dyn Fn(&[Rc<Record>])>;

/// Calls back with what a read has brought, before anything else can happen: an edit goes on top of
/// what the replica has, so nothing may stand there that the reader is not shown.
pub fn listen_for_news(listener: News) {
    NEWS.replace(Some(listener));
}

/// Takes a record that was read; what is new with it comes out.
fn take(origin: Origin, record: Record) -> Vec<Rc<Record>> {
    let news = replica().take(origin, vec![record]);
    let listener = NEWS.with_borrow(Clone::clone);
    if let Some(listener) = listener.filter(|_| !news.is_empty()) {
        listener(&news);
    }
    news
}

/// Where the page's own scripts find what no store has taken, should the program come to an end.
const UNSAVED: &str = "postilUnsaved";

/// Shows the page's scripts what no store has taken.
pub fn show_unsaved() {
    let unsaved = replica().unsaved();
    let map = js_sys::Map::new();
    for record in &unsaved {
        map.set(
            &record.path().as_str().into(),
            &JsValue::from_str(record.text()),
        );
    }
    let _ = js_sys::Reflect::set(&js_sys::global(), &UNSAVED.into(), &map);
}

/// The browser's side of the ports of [`Records`].
struct BrowserPorts;

impl ports::Settings for BrowserPorts {
    fn setting(&self, name: &str) -> Option<String> {
        local::setting(name)
    }

    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal> {
        local::set_setting(name, value)
    }
}

impl ports::Clock for BrowserPorts {
    fn today(&self) -> String {
        system::today()
    }
}

impl ports::Peers for BrowserPorts {
    fn tell(&self, pairs: &[Pair]) {
        tabs::tell(pairs);
    }
}

impl ports::Unread for BrowserPorts {
    fn live_paths(&self, folder: &str) -> Vec<Path> {
        local::live_paths(folder)
    }
}

impl ports::Bookmarks for BrowserPorts {
    fn forget(&self, article: &ArticleId) {
        super::bookmarks::forget(article);
    }
}

/// The records of this page.
pub fn records() -> Records {
    both().0
}

/// The day of use.
pub fn today() -> u32 {
    records().today()
}

/// Keeps changes of notes; see [`Records::write_changes`].
pub fn write_changes(changes: &[Change]) -> Vec<Rc<Record>> {
    records().write_changes(changes)
}

/// The records of a folder in localStorage, still to be read one by one.
pub struct Stored {
    reading: Reading,
}

/// Begins to read a folder: what both stores have of it is not known until [`finish_reading`].
pub fn begin_reading(folder: &str) -> Stored {
    replica().begin_reading(folder);
    Stored {
        reading: local::folder(folder),
    }
}

impl Stored {
    /// Reads one record; `None` when there are no more. What is new with it comes out.
    pub fn take_one(&mut self) -> Option<Vec<Rc<Record>>> {
        let item = self.reading.next()?;
        let origin = match item.earlier {
            true => Origin::Earlier,
            false => Origin::Local,
        };
        let replica = replica();
        if replica.confirm(origin, &item.path, &item.text) {
            return Some(Vec::new());
        }
        match read(item.path.as_str(), &item.text) {
            Found::Record(record) => Some(take(origin, record)),
            _ => {
                self.reading.is_damaged(&item.path);
                Some(Vec::new())
            }
        }
    }

    /// Whether everything is read.
    pub fn is_done(&self) -> bool {
        self.reading.is_done()
    }

    /// Reads everything at once.
    pub fn take_all(&mut self) -> Vec<Rc<Record>> {
        let mut news = Vec::new();
        while let Some(more) = self.take_one() {
            news.extend(more);
        }
        news
    }

    /// Sets aside what could not be read; says how much that was.
    pub fn set_aside(self) -> usize {
        self.reading.set_aside()
    }
}

/// What is new, and how much could not be read.
pub type Read = (Vec<Rc<Record>>, usize);

/// Reads a folder of the journal; what is new with it comes out, and how much could not be read.
///
/// # Errors
/// Where there is no database, or it fails.
pub fn read_journal(folder: &str) -> BoxFuture<Result<Read, Refusal>> {
    let folder = folder.to_owned();
    Box::pin(async move { read_journal_now(&folder).await })
}

async fn read_journal_now(folder: &str) -> Result<Read, Refusal> {
    let (records, journal) = both();
    let replica = records.replica();
    let mut news = Vec::new();
    let take_page = |entries: &[(String, String)]| {
        let take_one = |(path, text): &(String, String)| {
            let known = Path::parse(path);
            if known.is_some_and(|path| replica.confirm(Origin::Journal, &path, text)) {
                return true;
            }
            let Found::Record(record) = read(path, text) else {
                return false;
            };
            news.extend(take(Origin::Journal, record));
            true
        };
        entries.iter().map(take_one).collect()
    };
    let unread = journal.read(folder, take_page).await?;
    Ok((news, unread))
}

/// Both stores were read: each gets what it lacks.
pub fn finish_reading(folder: &str) {
    replica().finish_reading(folder);
}

/// The known notes of an article.
pub fn notes_of(article: &ArticleId) -> Vec<Annotation> {
    let folder = Path::notes_of(article);
    begin_reading(&folder).take_all();
    records().live_notes(&replica().folder(&folder))
}

/// Keeps what is being written on a note, in this tab; a draft that goes on here is now this one.
pub fn write_draft(id: &AnnotationId, draft: &Draft) {
    records().write_draft(id, draft, &tabs::adopted());
}

/// Forgets what was being written on a note; see [`Records::remove_draft`].
pub fn remove_draft(id: &AnnotationId) {
    records().remove_draft(id, &tabs::adopted());
}

/// What was being written, when their pages were left, by tabs that are no more. The rest waits for
/// its turn.
pub async fn drafts() -> Vec<(AnnotationId, Draft)> {
    let FoundDrafts { drafts, writers } = records().drafts(&tabs::others().await);
    for writer in writers {
        tabs::adopt(Some(writer));
    }
    drafts
}
