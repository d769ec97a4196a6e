//! The ports: what the use cases require of their environment.

use std::any::Any;
use std::collections::BTreeSet;
use std::pin::Pin;
use std::rc::Rc;

use super::App;
use super::engine::Engine;
use super::sync::circle::Among;
use super::sync::desk::{Known, Seen};
use super::sync::joining::{Account, Entered, Looked};
use super::sync::server::{Sequence, Server, TextServer, Trouble};
use crate::model::annotation::{AnnotationId, Stamp, Timestamp};
use crate::model::article::{Article, ArticleId};
use crate::model::bookmark::Bookmark;
use crate::model::colour_names::ColourNames;
use crate::model::digest::Digest;
use crate::model::exchange::{Arrivals, Format, Wording};
use crate::model::failure::Failure;
use crate::model::history::History;
use crate::model::session::Action;
use crate::model::sync::agreement::Pair;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::replica::Safety;
use crate::model::sync::store::Refusal;
use crate::model::sync::version::ReplicaId;
use crate::model::text::TextRange;

/// A value to be awaited. Boxed, so that not every place that awaits it adds a copy of the code to
/// the download.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// Small named values, visible to every tab at once.
pub trait Settings {
    /// The value of a setting.
    fn setting(&self, name: &str) -> Option<String>;

    /// Stores a value.
    ///
    /// # Errors
    /// If there is no room for it, or storage is forbidden.
    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal>;
}

/// The clock, and the source of unique ids.
pub trait Clock {
    /// Today's date in the reader's time zone, in ISO 8601.
    fn today(&self) -> String;

    /// The current moment.
    fn now(&self) -> Timestamp;

    /// A fresh id and the current moment.
    fn stamp(&self) -> Stamp;

    /// Milliseconds since some moment in the past; never runs backwards.
    fn milliseconds(&self) -> f64;
}

/// The other tabs.
pub trait Peers {
    /// Sends them records, or sums of records.
    fn tell(&self, pairs: &[Pair]);
}

/// The small store (localStorage), as far as it can be read without parsing records.
pub trait Unread {
    /// Paths of the records in a folder that seem to be live, each once.
    fn live_paths(&self, folder: &str) -> Vec<Path>;
}

/// The bookmarks: where the reader stopped reading articles.
pub trait Bookmarks {
    /// The bookmark in an article.
    fn bookmark(&self, article: &ArticleId) -> Option<Bookmark>;

    /// Stores a bookmark.
    fn keep(&self, article: &ArticleId, bookmark: &Bookmark);

    /// Removes the bookmark in an article.
    fn forget(&self, article: &ArticleId);
}

/// The ports of [`Records`](super::records::Records).
pub trait RecordPorts: Settings + Clock + Peers + Unread + Bookmarks {}

impl<P: Settings + Clock + Peers + Unread + Bookmarks> RecordPorts for P {}

/// Runs tasks later, on the only thread.
pub trait Tasks {
    /// Runs a task; it starts at once or soon.
    fn spawn(&self, task: BoxFuture<()>);

    /// Runs something after this many milliseconds, unless the timer is dropped before.
    fn after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) -> Timer;

    /// Runs something after this many milliseconds, for certain.
    fn surely_after(&self, milliseconds: u32, run: Box<dyn FnOnce()>);

    /// Yields, so that the page can draw and respond.
    fn yield_now(&self) -> BoxFuture<()>;

    /// Marks a named place in the program, where tests may stop it.
    fn pass(&self, _place: &'static str) {}
}

/// A timer that runs until it is dropped.
pub struct Timer(#[allow(dead_code)] Box<dyn Any>);

impl Timer {
    /// A timer that ends when `running` is dropped.
    pub fn new(running: impl Any) -> Self {
        Self(Box::new(running))
    }
}

/// A record's text as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredText {
    /// The record's path.
    pub path: Path,
    /// The unchecked text.
    pub text: String,
    /// True if an earlier build wrote it, under a key of its own.
    pub earlier: bool,
}

/// The records of a folder in the small store, read one by one, as a long list takes a while.
pub trait LocalFolder {
    /// The next record's text.
    fn next(&mut self) -> Option<StoredText>;

    /// True when everything is read.
    fn is_done(&self) -> bool;

    /// Marks a record as unreadable.
    fn mark_damaged(&mut self, path: &Path);

    /// Sets unreadable records aside; returns their number.
    fn set_aside(self: Box<Self>) -> usize;
}

/// Takes a page of the journal, as pairs of path and text; returns for each if it is readable.
pub type TakePage = Box<dyn FnMut(&[(String, String)]) -> Vec<bool>>;

/// Something that happens to the journal from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// It was deleted, or the browser closed it.
    Gone,
    /// A newer build has taken it over.
    TakenOver,
}

/// What another tab did to the small store.
#[derive(Debug, Clone, PartialEq)]
pub enum LocalNews {
    /// It wrote a text, perhaps a record's, under a key.
    Written {
        /// The key.
        key: String,
        /// The text.
        text: String,
    },
    /// It removed the record under this path.
    Gone(Path),
    /// It removed everything.
    Cleared,
    /// Its reader deletes everything.
    Deleted,
}

impl LocalNews {
    /// It wrote a text under a key.
    pub fn written(key: &str, text: &str) -> Self {
        Self::Written {
            key: key.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// Both stores of records, beyond what the replica does with them.
pub trait Stores {
    /// Calls back when the journal is interrupted.
    fn watch_journal(&self, run: Rc<dyn Fn(Interruption)>);

    /// Fails if nothing can be stored in the small store.
    ///
    /// # Errors
    /// If the browser forbids it.
    fn check_local(&self) -> Result<(), Refusal>;

    /// True if the small store holds no records although it is accessible.
    fn is_local_empty(&self) -> bool;

    /// True if the small store holds nothing but settings: what else there is must be read.
    fn is_unused(&self) -> bool;

    /// True if the journal holds no records.
    ///
    /// # Errors
    /// If there is no database, or it fails.
    fn is_journal_empty(&self) -> BoxFuture<Result<bool, Refusal>>;

    /// True if a newer version stores notes here: this one then leaves everything alone.
    fn has_newer(&self) -> bool;

    /// Gives the page's own scripts what no store has taken, in case the program crashes.
    fn show_unsaved(&self, records: &[Rc<Record>]);

    /// Removes a setting.
    fn remove_setting(&self, name: &str);

    /// Asks the browser, once, to keep this site's data.
    fn ask_to_keep(&self) -> BoxFuture<bool>;
}

/// This tab, and the other tabs.
pub trait Tab {
    /// The article named by the tab's address.
    fn article(&self) -> Option<ArticleId>;

    /// Names an article in the tab's address.
    fn show_article(&self, article: &ArticleId);

    /// Announces this tab to the others, and calls back with what they send, unread.
    fn join(&self, own: &ReplicaId, hear: Rc<dyn Fn(Vec<Pair>)>);

    /// Stops writing, and reloads the page.
    fn restart(&self);

    /// The article that ships with the app; `None` if the page does not have it.
    fn shipped(&self) -> Option<Shipped>;
}

/// The article that ships with the app.
#[derive(Debug, Clone)]
pub struct Shipped {
    /// The article.
    pub article: Rc<Article>,
    /// Its JSON, to be stored.
    pub json: Rc<str>,
}

/// Reads what is stored, and sees who else does.
pub trait StoreReader {
    /// Returns the small store's records of a folder.
    fn local(&self, folder: &str) -> Box<dyn LocalFolder>;

    /// Reads a folder of the journal page by page; returns the number of unreadable records.
    fn journal(&self, folder: &str, take: TakePage) -> BoxFuture<Result<usize, Refusal>>;

    /// Returns the record that another tab wrote under a key of the small store.
    fn written(&self, key: &str, text: &str) -> Option<Record>;

    /// The replicas of the other open tabs; none if the browser cannot tell.
    fn others(&self, own: &ReplicaId) -> BoxFuture<Vec<ReplicaId>>;
}

/// The texts of articles.
pub trait Texts {
    /// Returns an article's JSON by the digest of its text.
    fn text(&self, digest: &Digest) -> BoxFuture<Option<String>>;

    /// Returns an article's JSON that no store has, from the reader's server if there is one.
    fn text_from_afar(&self, digest: &Digest) -> BoxFuture<Option<String>>;

    /// Stores an article's JSON.
    ///
    /// # Errors
    /// If neither store takes it.
    fn put_text(&self, digest: &Digest, json: Rc<str>) -> BoxFuture<Result<(), Refusal>>;
}

/// The undo history of this tab, which outlives a reload.
pub trait UndoHistory {
    /// The history before the reload.
    fn history(&self) -> History;

    /// Stores what has changed in the history.
    fn keep_history(&self, before: &History, after: &History);

    /// Handles an action instead of the session; false if it does not.
    fn takes_over(&self, app: &App, action: &Action) -> bool;
}

/// What a first visit can do without until it has something to keep; comes with the lazy part.
pub trait LazyStores: StoreReader + Texts + UndoHistory {}

impl<S: StoreReader + Texts + UndoHistory> LazyStores for S {}

/// The stored findings: where notes were found in texts.
pub trait FindingsStore {
    /// Returns the findings in a text: notes, and their anchors as numbers.
    fn findings(&self, digest: &Digest) -> BoxFuture<Option<(Vec<AnnotationId>, Vec<u32>)>>;

    /// Stores the findings in a text.
    fn put_findings(&self, digest: &Digest, ids: &[AnnotationId], numbers: &[u32])
    -> BoxFuture<()>;

    /// Removes a text and the findings in it.
    fn remove_text(&self, digest: &Digest) -> BoxFuture<()>;
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Download {
    /// The notes on an article.
    NotesOn {
        /// The article's title.
        title: String,
        /// Used for the file's name if the title yields none.
        id: ArticleId,
        /// The format.
        format: Format,
    },
    /// All notes, as of a date.
    AllNotes {
        /// The date, in ISO 8601.
        date: String,
        /// The format.
        format: Format,
    },
    /// The whole library, as of a date.
    Library {
        /// The date, in ISO 8601.
        date: String,
    },
    /// The notes of a snapshot, as of a date.
    NotesOf {
        /// The date, in ISO 8601.
        date: String,
    },
}

/// Offers files to the reader as downloads.
pub trait Downloads {
    /// Downloads a file; false if the browser does not allow it.
    fn download(&self, download: &Download, content: &str) -> bool;

    /// Downloads the file at an address that the engine has made; false if the browser does not
    /// allow it.
    fn download_from(&self, download: &Download, address: &str) -> bool;

    /// Downloads the unreadable records that were set aside in either store; false if the browser
    /// does not allow it.
    fn download_set_aside(&self) -> BoxFuture<bool>;
}

/// A snapshot: the notes as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The day of use.
    pub day: u32,
    /// Its date, in ISO 8601.
    pub date: String,
    /// Number of notes.
    pub notes: usize,
}

/// The storage that this site uses and may use.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Bytes in use.
    pub used: f64,
    /// Bytes that the browser allows it.
    pub quota: f64,
    /// True if the browser has promised to keep them; `None` if it cannot say.
    pub promised: Option<bool>,
}

/// The state of the backup file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupFile {
    /// The browser does not support such files.
    Unknown,
    /// No file is chosen.
    None,
    /// This file is chosen, but the browser requires permission before it is written again.
    Waiting(String),
    /// This file is kept up to date.
    Kept(String),
}

/// A failure of a store of which no more is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

/// Snapshots, the backup file, and the storage in use.
pub trait Backups {
    /// The stored snapshots, latest first.
    fn snapshots(&self) -> BoxFuture<Vec<Snapshot>>;

    /// The records of a day's snapshot, as they were stored.
    fn snapshot(&self, day: u32) -> BoxFuture<Option<String>>;

    /// Stores a snapshot, and removes the oldest ones.
    fn keep_snapshot(&self, snapshot: &Snapshot, records: &str) -> BoxFuture<Result<(), Failed>>;

    /// The storage in use and available.
    fn usage(&self) -> BoxFuture<Usage>;

    /// Units (UTF-16) of localStorage in use.
    fn local_usage(&self) -> usize;

    /// Number of records that could not be read and were set aside.
    fn set_aside(&self) -> BoxFuture<usize>;

    /// The state of the backup file.
    fn backup_file(&self) -> BoxFuture<BackupFile>;

    /// Lets the reader choose a backup file; false if none is chosen.
    fn choose_backup(&self) -> BoxFuture<bool>;

    /// Asks for permission to write the chosen file again.
    fn resume_backup(&self) -> BoxFuture<bool>;

    /// Stops writing the backup file; the file itself stays.
    fn stop_backup(&self) -> BoxFuture<()>;

    /// Writes the backup file.
    fn write_backup(&self, content: &str) -> BoxFuture<Result<(), Failed>>;

    /// Deletes everything stored by this site except one setting, by which other tabs learn of it.
    fn delete_everything(&self, stays: &str) -> BoxFuture<()>;
}

/// The state of the folder in which each article's notes are kept as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderState {
    /// The browser has no access to folders.
    Unknown,
    /// No folder is chosen.
    None,
    /// This folder is chosen, but the browser requires permission before more is written there.
    Waiting(String),
    /// Notes are written to this folder.
    Kept(String),
}

/// The folder in which each article's notes are kept as a file.
pub trait NotesFolder {
    /// The state of the folder.
    fn folder(&self) -> BoxFuture<FolderState>;

    /// Lets the reader choose a folder; false if none is chosen.
    fn choose_folder(&self) -> BoxFuture<bool>;

    /// Asks for permission to write to the chosen folder again.
    fn allow_folder(&self) -> BoxFuture<bool>;

    /// Forgets the folder; its files stay.
    fn leave_folder(&self) -> BoxFuture<()>;

    /// Returns the bytes of a file in the folder; `None` if there is no such file.
    fn read_in_folder(&self, name: &str) -> BoxFuture<Result<Option<Vec<u8>>, Failed>>;

    /// Writes a file in the folder; its old content stays until the new one is complete.
    fn write_in_folder(&self, name: &str, text: &str) -> BoxFuture<Result<(), Failed>>;

    /// What the marked line in each file says to the reader.
    fn marked_line(&self) -> String;
}

/// What this browser keeps of a reader's server, and the way there.
pub trait Afar {
    /// Looks at a database, or joins it.
    fn join_server(
        &self,
        entered: Entered,
        only_looks: bool,
    ) -> BoxFuture<Result<(Looked, Account), Trouble>>;

    /// The database that this browser keeps in step with.
    fn account(&self, among: Among) -> BoxFuture<Option<Account>>;

    /// Keeps it where no export gets it, or forgets it; what was known of another is forgotten.
    fn keep_account(
        &self,
        among: Among,
        account: Option<&Account>,
    ) -> BoxFuture<Result<(), Failed>>;

    /// What is known of the server.
    fn known_of_server(&self, among: Among) -> BoxFuture<Known>;

    /// Forgets what is known of it, and remembers the name of another life of the database.
    fn forget_server(&self, among: Among, life: String) -> BoxFuture<()>;

    /// Remembers documents that were seen, and how far the list of changes was read if that is given.
    fn remember_of_server(
        &self,
        among: Among,
        seen: Vec<(Path, Seen)>,
        since: Option<Sequence>,
    ) -> BoxFuture<()>;

    /// The digests of the texts that the server certainly has.
    fn texts_of_server(&self, among: Among) -> BoxFuture<BTreeSet<Digest>>;

    /// Remembers that it has a text.
    fn remember_text_of_server(&self, among: Among, digest: &Digest) -> BoxFuture<()>;

    /// The server.
    fn server(&self, account: Account) -> Rc<dyn Server>;

    /// Deletes every document of Postil's there.
    fn clear_server(&self, account: Account) -> BoxFuture<Result<(), Trouble>>;

    /// The texts there.
    fn text_server(&self, account: Account) -> Rc<dyn TextServer>;

    /// True if the reader wants to have as little sent as possible.
    fn saves_data(&self) -> bool;

    /// Makes this tab the one that does for all what one alone should do, until it is gone or another
    /// takes that over; false if another one does and is not to stop.
    fn lead(&self, among: Among, takes: bool) -> BoxFuture<bool>;

    /// True while this tab is that one.
    fn leads(&self, among: Among) -> bool;

    /// True while the reader sees this tab.
    fn is_in_front(&self) -> bool;
}

/// A file of notes that was read.
pub struct FileOfNotes {
    /// Its name.
    pub name: String,
    /// Its notes, each with its article, or why there are none.
    pub read: Result<Arrivals, Failure>,
}

/// The ports of the use cases that are loaded when they are first needed.
pub trait LazyPlatform: FindingsStore + Downloads + Backups + NotesFolder + Afar {
    /// The engine.
    fn engine(&self) -> &dyn Engine;

    /// Asks the reader what to do with the notes in some files.
    fn ask_to_import(&self, files: Vec<Rc<FileOfNotes>>);

    /// What the colours mean to the reader.
    fn colour_names(&self) -> ColourNames;

    /// Gives the colours these names.
    fn name_colours(&self, names: &ColourNames);

    /// The reader's own template of Markdown, if there is one.
    fn template(&self) -> Option<String>;

    /// What documents say in the reader's language.
    fn wording(&self) -> Wording;

    /// What the archive of a library says of itself.
    fn library_readme(&self) -> String;

    /// The settings that the reader has chosen, by name.
    fn settings(&self) -> Vec<(String, String)>;

    /// Takes over settings; those that there are not are left out.
    fn adopt_settings(&self, settings: &[(String, String)]);
}

/// The page as drawn.
pub trait View {
    /// Redraws the session soon.
    fn redraw(&self);

    /// Shows the open article's title as the window's title.
    fn show_title(&self, title: &str);

    /// Clears the page's own selection, if it is in the article.
    fn clear_selection(&self);

    /// Shows whether everything is stored.
    fn show_safety(&self, safety: Safety);

    /// The first byte of the article visible in the window.
    fn first_visible(&self) -> u32;

    /// A byte of the line that is read in an article, and the last byte above the bottom of the
    /// window; `None` if another article is drawn. That line is held when the window gets another
    /// width.
    fn visible(&self, article: &Article) -> Option<(u32, u32)>;

    /// Brings a byte of the article to the top of the window; 0 is the top of the page.
    fn show_place(&self, byte: u32);

    /// Brings a passage into view.
    fn scroll_to(&self, range: TextRange);

    /// Outlines a place without a note and brings it into view before the next frame, when the
    /// sheet with the notes has its final height.
    fn outline(&self, place: TextRange);

    /// True if the focus is among the notes.
    fn has_focus_in_notes(&self) -> bool;

    /// Puts the focus on the card of a note before the next frame.
    fn focus_card(&self, id: &AnnotationId);

    /// The same, but focuses the notes if there is no card, so that the focus is never lost.
    fn focus_card_or_notes(&self, id: Option<&AnnotationId>);

    /// Scrolls near the card of the chosen note before the next frame.
    fn bring_chosen_near(&self);

    /// The note whose card follows that of another, or else precedes it.
    fn neighbour_of(&self, id: &AnnotationId) -> Option<AnnotationId>;
}

/// What may have to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToRead {
    /// Whatever is stored, when the program starts.
    Everything,
    /// What this tab may have missed of the open article.
    Missed,
    /// What another tab has sent.
    Sent(Vec<Pair>),
    /// What another tab wrote to the small store, under a key.
    Written {
        /// The key.
        key: String,
        /// The text.
        text: String,
    },
}

/// Work that the program starts by itself; its code is loaded when first needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Reads what is stored, or what other tabs send.
    Read(ToRead),
    /// Tells other tabs which records this one has.
    Agree,
    /// Looks for pending notes, and removes older texts.
    Place,
    /// Gets the engine ready for a file that the reader is about to give.
    Prepare,
    /// Once a day: takes a snapshot and purges the trash.
    Daily,
    /// After edits: writes the backup file, or reminds the reader if there are many edits.
    BackUp {
        /// Number of edits since the last backup, if a reminder is due.
        edits: Option<u32>,
    },
}

/// The lazy part, loaded when first needed.
pub trait Lazy {
    /// Does some work. Says nothing if the code for a backup or the daily work cannot be loaded,
    /// since nobody has asked for it.
    fn run(&self, app: &App, work: Work) -> BoxFuture<()>;
}

/// All ports.
pub trait Platform: RecordPorts + Tasks + Stores + Tab {}

impl<P: RecordPorts + Tasks + Stores + Tab> Platform for P {}

/// The ports that the drawing side implements.
pub trait Shell: View + Lazy {}

impl<S: View + Lazy> Shell for S {}

/// A place in the program where a test may stop it, named after the action.
pub fn place_of(action: &Action) -> &'static str {
    match action {
        Action::Typed { .. } => "typing",
        _ => "edit",
    }
}
