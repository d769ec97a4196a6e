//! The ports: what the use cases require from their environment.

use std::any::Any;
use std::pin::Pin;
use std::rc::Rc;

use super::App;
use super::engine::Engine;
use crate::model::annotation::{AnnotationId, Stamp, Timestamp};
use crate::model::article::{Article, ArticleId};
use crate::model::bookmark::Bookmark;
use crate::model::digest::Digest;
use crate::model::exchange::format::Format;
use crate::model::history::History;
use crate::model::session::Action;
use crate::model::sync::agreement::{Heard, Pair};
use crate::model::sync::record::{Path, Record};
use crate::model::sync::replica::Safety;
use crate::model::sync::store::Refusal;
use crate::model::sync::version::ReplicaId;
use crate::model::text::TextRange;

/// A value that will be there. Boxed, so that a copy of the waiting code is not downloaded for each
/// place that waits.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// Small named values, visible to every tab at once.
pub trait Settings {
    /// The value of a setting.
    fn setting(&self, name: &str) -> Option<String>;

    /// Stores a value.
    ///
    /// # Errors
    /// If there is no room for it, or nothing may be kept.
    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal>;
}

/// The clock, and ids that nobody else has.
pub trait Clock {
    /// Today's date in the reader's time zone, in ISO 8601.
    fn today(&self) -> String;

    /// The present moment.
    fn now(&self) -> Timestamp;

    /// A fresh id and the present moment.
    fn stamp(&self) -> Stamp;

    /// Milliseconds since some moment in the past; never runs backwards.
    fn milliseconds(&self) -> f64;
}

/// The other tabs.
pub trait Peers {
    /// Sends them records, or sums of records.
    fn tell(&self, pairs: &[Pair]);
}

/// The small store, as far as it can be read without parsing records.
pub trait Unread {
    /// Paths of the records in a folder that seem to be live, each once.
    fn live_paths(&self, folder: &str) -> Vec<Path>;
}

/// Where readers stopped reading articles.
pub trait Bookmarks {
    /// The bookmark in an article.
    fn bookmark(&self, article: &ArticleId) -> Option<Bookmark>;

    /// Keeps a bookmark.
    fn keep(&self, article: &ArticleId, bookmark: &Bookmark);

    /// Forgets where an article was left.
    fn forget(&self, article: &ArticleId);
}

/// The ports of [`Records`](super::records::Records).
pub trait RecordPorts: Settings + Clock + Peers + Unread + Bookmarks {}

impl<P: Settings + Clock + Peers + Unread + Bookmarks> RecordPorts for P {}

/// Runs tasks later, on the one thread there is.
pub trait Tasks {
    /// Runs a task; it starts at once or soon.
    fn spawn(&self, task: BoxFuture<()>);

    /// Runs something after so many milliseconds, unless the timer is dropped before.
    fn after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) -> Timer;

    /// Lets the page draw and answer before what follows.
    fn yield_now(&self) -> BoxFuture<()>;

    /// The program has come to a named place: tests may stop it there.
    fn pass(&self, _place: &'static str) {}
}

/// A timer that runs until it is dropped or forgotten.
pub struct Timer(Option<Box<dyn Cancel>>);

/// Something that can be let run on although nobody holds it.
pub trait Cancel: Any {
    /// Lets it run on.
    fn forget(self: Box<Self>);
}

impl Timer {
    /// A timer that ends when `running` is dropped.
    pub fn new(running: impl Cancel) -> Self {
        Self(Some(Box::new(running)))
    }

    /// Lets the timer run on.
    pub fn forget(mut self) {
        if let Some(running) = self.0.take() {
            running.forget();
        }
    }
}

/// A record's text as a store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredText {
    /// Where it belongs.
    pub path: Path,
    /// The text, unchecked.
    pub text: String,
    /// True if an earlier build wrote it, in a place of its own.
    pub earlier: bool,
}

/// The records of a folder in the small store, read one by one: a long list takes a while.
pub trait LocalFolder {
    /// The next record's text.
    fn next(&mut self) -> Option<StoredText>;

    /// True when everything is read.
    fn is_done(&self) -> bool;

    /// Marks a record as unreadable.
    fn mark_damaged(&mut self, path: &Path);

    /// Moves what is unreadable out of the way; returns the number of records moved.
    fn set_aside(self: Box<Self>) -> usize;
}

/// Takes a page of the journal, as pairs of path and text; returns for each whether it is readable.
pub type TakePage = Box<dyn FnMut(&[(String, String)]) -> Vec<bool>>;

/// What happens to the journal without our doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// It was deleted, or the browser has closed it.
    Gone,
    /// A newer build has taken it over.
    TakenOver,
}

/// What another tab did to the small store.
#[derive(Debug, Clone, PartialEq)]
pub enum LocalNews {
    /// It wrote a record.
    Record(Record),
    /// It let go of the record under this path.
    Gone(Path),
    /// It let go of everything.
    Cleared,
    /// Its reader deletes everything.
    Deleted,
}

/// Both stores of records, as far as the replica does not drive them.
pub trait Stores {
    /// The small store's records of a folder.
    fn local(&self, folder: &str) -> Box<dyn LocalFolder>;

    /// Reads a folder of the journal page by page; returns the number of unreadable records.
    fn journal(&self, folder: &str, take: TakePage) -> BoxFuture<Result<usize, Refusal>>;

    /// Calls back when something happens to the journal.
    fn watch_journal(&self, run: Rc<dyn Fn(Interruption)>);

    /// Whether anything can be kept in the small store at all.
    ///
    /// # Errors
    /// If the browser forbids it.
    fn check_local(&self) -> Result<(), Refusal>;

    /// True if there is no record in the small store, although there could be.
    fn is_local_empty(&self) -> bool;

    /// True if a newer version keeps notes here: then this one leaves everything as it is.
    fn has_newer(&self) -> bool;

    /// Hands what no store has taken to the page's own scripts, should the program come to an end.
    fn show_unsaved(&self, records: &[Rc<Record>]);

    /// Removes a setting.
    fn remove_setting(&self, name: &str);

    /// Asks the browser, once, to keep this site's data.
    fn ask_to_keep(&self) -> BoxFuture<bool>;
}

/// The tab, and its company.
pub trait Tab {
    /// The article that the tab's address names.
    fn article(&self) -> Option<ArticleId>;

    /// Names an article in the tab's address.
    fn show_article(&self, article: &ArticleId);

    /// The undo history of this tab before it was loaded again.
    fn history(&self) -> History;

    /// Keeps the undo history of this tab.
    fn keep_history(&self, before: &History, after: &History);

    /// Tells the other tabs that this one is there, and calls back with what they say.
    fn join(&self, own: &ReplicaId, hear: Rc<dyn Fn(Heard)>);

    /// The replicas of the other tabs that are there; none if the browser cannot tell.
    fn others(&self, own: &ReplicaId) -> BoxFuture<Vec<ReplicaId>>;

    /// Stops writing, and loads the page anew.
    fn restart(&self);
}

/// The texts of articles.
pub trait Texts {
    /// The JSON of an article by the digest of its text.
    fn text(&self, digest: &Digest) -> BoxFuture<Option<String>>;

    /// Keeps the JSON of an article.
    ///
    /// # Errors
    /// If neither store takes it.
    fn put_text(&self, digest: &Digest, json: Rc<str>) -> BoxFuture<Result<(), Refusal>>;

    /// A file that ships with the app.
    fn shipped(&self, path: &str) -> BoxFuture<Option<String>>;
}

/// What was found in texts.
pub trait FindingsStore {
    /// What was found in a text: notes, and their anchors as numbers.
    fn findings(&self, digest: &Digest) -> BoxFuture<Option<(Vec<AnnotationId>, Vec<u32>)>>;

    /// Keeps what was found in a text.
    fn put_findings(&self, digest: &Digest, ids: &[AnnotationId], numbers: &[u32])
    -> BoxFuture<()>;

    /// Lets a text go, and what was found in it.
    fn remove_text(&self, digest: &Digest) -> BoxFuture<()>;
}

/// A file that is handed to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Download {
    /// The notes on an article.
    NotesOn {
        /// The article's title.
        title: String,
        /// Names the file if nothing of the title can.
        id: ArticleId,
        /// The format.
        format: Format,
    },
    /// Every note, as they are on a date.
    AllNotes {
        /// The date, in ISO 8601.
        date: String,
    },
    /// The notes as they were on a date.
    NotesOf {
        /// The date, in ISO 8601.
        date: String,
    },
}

/// Hands files to the reader.
pub trait Downloads {
    /// Hands over a file; false if the browser does not take it.
    fn download(&self, download: &Download, content: &str) -> bool;

    /// Hands over what could not be read and was set aside in either store; false if the browser
    /// does not take it.
    fn download_set_aside(&self) -> BoxFuture<bool>;
}

/// The notes as they were on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The day of use.
    pub day: u32,
    /// Its date, in ISO 8601.
    pub date: String,
    /// Number of notes.
    pub notes: usize,
}

/// The room that this site has in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Bytes in use.
    pub used: f64,
    /// Bytes that the browser would let it use.
    pub quota: f64,
    /// True if the browser has promised to keep them; `None` if it cannot say.
    pub promised: Option<bool>,
}

/// The state of the backup file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupFile {
    /// The browser has no such files.
    Unknown,
    /// None is chosen.
    None,
    /// This one is chosen, and the browser wants to be asked before it is written again.
    Waiting(String),
    /// This one is kept up to date.
    Kept(String),
}

/// Something that a store could not do; there is nothing to say of it but that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

/// Snapshots, the backup file, and the room that there is.
pub trait Backups {
    /// The snapshots, the latest first.
    fn snapshots(&self) -> BoxFuture<Vec<Snapshot>>;

    /// The records of a day's snapshot, as they were given.
    fn snapshot(&self, day: u32) -> BoxFuture<Option<String>>;

    /// Keeps a snapshot; the oldest ones go.
    fn keep_snapshot(&self, snapshot: &Snapshot, records: &str) -> BoxFuture<Result<(), Failed>>;

    /// The room that there is.
    fn usage(&self) -> BoxFuture<Usage>;

    /// Units (UTF-16) of localStorage in use.
    fn local_usage(&self) -> usize;

    /// Number of records that could not be read and were set aside.
    fn set_aside(&self) -> BoxFuture<usize>;

    /// The state of the backup file.
    fn backup_file(&self) -> BoxFuture<BackupFile>;

    /// Lets the reader choose a backup file; false if none is chosen.
    fn choose_backup(&self) -> BoxFuture<bool>;

    /// Asks whether the chosen file may be written again.
    fn resume_backup(&self) -> BoxFuture<bool>;

    /// Writes no backup file any more; the file stays.
    fn stop_backup(&self) -> BoxFuture<()>;

    /// Writes the backup file.
    fn write_backup(&self, content: &str) -> BoxFuture<Result<(), Failed>>;

    /// Deletes everything that this site keeps but one setting, by which other tabs hear of it.
    fn delete_everything(&self, stays: &str) -> BoxFuture<()>;
}

/// The ports of the use cases that are loaded when they are first needed.
pub trait LazyPlatform: Engine + FindingsStore + Downloads + Backups {}

impl<P: Engine + FindingsStore + Downloads + Backups> LazyPlatform for P {}

/// The page as it is drawn.
pub trait View {
    /// Draws the session anew, soon.
    fn redraw(&self);

    /// Shows the title of the open article as the window's.
    fn show_title(&self, title: &str);

    /// Lets the page's own selection go, if it is in the article.
    fn clear_selection(&self);

    /// Shows whether everything is kept.
    fn show_safety(&self, safety: Safety);

    /// The first byte of the article that the window shows.
    fn first_visible(&self) -> u32;

    /// The place of reading in an article and the last byte above the bottom of the window; `None`
    /// if another article is drawn.
    fn visible(&self, article: &Article) -> Option<(u32, u32)>;

    /// Brings a byte of the article to the top of the window; 0 is the top of the page.
    fn show_place(&self, byte: u32);

    /// Brings a passage into view.
    fn scroll_to(&self, range: TextRange);

    /// Outlines a place where no note is, and brings it into view before the next frame: the sheet
    /// with the notes is as high by then as it will be.
    fn outline(&self, place: TextRange);

    /// True if the focus is among the notes.
    fn has_focus_in_notes(&self) -> bool;

    /// Puts the focus on the card of a note before the next frame.
    fn focus_card(&self, id: &AnnotationId);

    /// The same; the focus goes to the notes if there is no card, so that it is never lost.
    fn focus_card_or_notes(&self, id: Option<&AnnotationId>);

    /// Brings the card of the chosen note near before the next frame.
    fn bring_chosen_near(&self);

    /// The note whose card follows that of another, else the one before it.
    fn neighbour_of(&self, id: &AnnotationId) -> Option<AnnotationId>;
}

/// Work that the program does by itself; its code is loaded when it is first needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Looks for pending notes, and lets older texts go.
    Place,
    /// Once a day: a snapshot, and the trash.
    Daily,
    /// After edits: the backup file, or a reminder where there are so many edits.
    BackUp {
        /// Number of edits since the last backup, where it is time for a reminder.
        edits: Option<u32>,
    },
}

/// What is loaded when it is first needed.
pub trait Lazy {
    /// Does some work. Nothing is said if the code for a backup or for the day's work does not come:
    /// nobody has asked for it.
    fn run(&self, app: &App, work: Work) -> BoxFuture<()>;
}

/// All ports.
pub trait Platform: RecordPorts + Tasks + Stores + Tab + Texts {}

impl<P: RecordPorts + Tasks + Stores + Tab + Texts> Platform for P {}

/// The ports that whoever draws fills.
pub trait Shell: View + Lazy {}

impl<S: View + Lazy> Shell for S {}

/// A place in the program where a test may stop it, named by what is done to the session.
pub fn place_of(action: &Action) -> &'static str {
    match action {
        Action::Typed { .. } => "typing",
        _ => "edit",
    }
}
