//! The program without a browser: tabs that share stores in memory are opened, edited, killed and
//! cleared, and their notes stay.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use postil::app::ports::{self, BoxFuture, Interruption, LocalNews, StoredText, Work};
use postil::app::tagging::{Many, edit_many};
use postil::app::{App, agreeing, all_notes, articles, place, start, sync, tagging};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Stamp, Timestamp};
use postil::model::article::{Article, ArticleId, Source};
use postil::model::bookmark::Bookmark;
use postil::model::digest::Digest;
use postil::model::failure::Failure;
use postil::model::history::History;
use postil::model::notebook::Intent;
use postil::model::notice::Message;
use postil::model::session::Action;
use postil::model::sync::agreement::Pair;
use postil::model::sync::record::{Path, Record};
use postil::model::sync::replica::Safety;
use postil::model::sync::store::{Batch, Done, Outcome, Refusal, Store};
use postil::model::sync::version::ReplicaId;
use postil::model::sync::{RecordRead, read};
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::strategies::{article, laws};

/// What hears another tab.
type Hear = Rc<dyn Fn(Vec<Pair>)>;
/// What hears of the journal.
type Interrupted = Rc<dyn Fn(Interruption)>;
/// A task that waits for something.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// A timer: when it rings, what it does, and whether somebody still holds it.
struct Ringing {
    at: f64,
    run: Box<dyn FnOnce()>,
    held: Rc<Cell<bool>>,
}

/// A browser in memory, which several tabs share.
#[derive(Default)]
struct World {
    local: RefCell<BTreeMap<String, String>>,
    /// By path and edit.
    journal: RefCell<BTreeMap<(String, String), String>>,
    settings: RefCell<HashMap<String, String>>,
    bookmarks: RefCell<HashMap<ArticleId, Bookmark>>,
    texts: RefCell<BTreeMap<Digest, Rc<str>>>,
    /// What each tab that is open hears.
    ears: RefCell<Vec<(ReplicaId, Hear)>>,
    /// Messages between tabs are lost.
    is_deaf: Cell<bool>,
    tasks: RefCell<Vec<Task>>,
    timers: RefCell<Vec<Ringing>>,
    now: Cell<f64>,
    stamps: Cell<u128>,
    is_newer: Cell<bool>,
    /// The article that ships with the app.
    shipped: RefCell<Option<ports::Shipped>>,
    /// The lazy part cannot be loaded.
    is_part_missing: Cell<bool>,
}

/// Waits for one turn of the tasks.
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        match std::mem::replace(&mut self.0, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

impl World {
    /// Runs every task until it is done.
    fn settle(&self) {
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..10_000 {
            let tasks = self.tasks.take();
            if tasks.is_empty() {
                return;
            }
            for mut task in tasks {
                if task.as_mut().poll(&mut context).is_pending() {
                    self.tasks.borrow_mut().push(task);
                }
            }
        }
        panic!("tasks wait for each other");
    }

    /// Lets milliseconds pass: timers ring in their order, and their tasks run.
    fn pass(&self, milliseconds: f64) {
        let end = self.now.get() + milliseconds;
        loop {
            let mut timers = self.timers.borrow_mut();
            timers.retain(|timer| timer.held.get());
            let first = (0..timers.len()).min_by(|&a, &b| timers[a].at.total_cmp(&timers[b].at));
            let Some(first) = first.filter(|&first| timers[first].at <= end) else {
                break;
            };
            let timer = timers.remove(first);
            drop(timers);
            self.now.set(timer.at.max(self.now.get()));
            (timer.run)();
            self.settle();
        }
        self.now.set(end);
    }
}

/// One of the world's two stores.
struct Memory {
    world: Rc<World>,
    is_journal: bool,
}

impl Store for Memory {
    fn keep(&self, batch: Rc<Batch>, done: Done) {
        let dot = |record: &Record| format!("{:?}", record.version().dot());
        for record in &batch.put {
            let (path, text) = (record.path().as_str().to_owned(), record.text().to_string());
            match self.is_journal {
                true => self
                    .world
                    .journal
                    .borrow_mut()
                    .insert((path, dot(record)), text),
                false => self.world.local.borrow_mut().insert(path, text),
            };
        }
        for (path, dot) in &batch.forget {
            let key = (path.as_str().to_owned(), format!("{dot:?}"));
            if self.is_journal {
                self.world.journal.borrow_mut().remove(&key);
            }
        }
        done(Outcome::default());
    }
}

/// The records of a folder in the small store.
struct Folder {
    records: Vec<(String, String)>,
}

impl ports::LocalFolder for Folder {
    fn next(&mut self) -> Option<StoredText> {
        let (path, text) = self.records.pop()?;
        Some(StoredText {
            path: Path::parse(&path).expect("only records are kept"),
            text,
            earlier: false,
        })
    }

    fn is_done(&self) -> bool {
        self.records.is_empty()
    }

    fn mark_damaged(&mut self, path: &Path) {
        panic!("{path:?} is damaged, and nothing damages it");
    }

    fn set_aside(self: Box<Self>) -> usize {
        0
    }
}

/// A tab's side of the world.
struct Tab {
    world: Rc<World>,
    name: ReplicaId,
    restarted: Cell<bool>,
    interruptions: RefCell<Option<Interrupted>>,
    /// What was asked of the view and of what is loaded later.
    asked: RefCell<Vec<String>>,
    /// The place and the last byte that its window shows.
    visible: Cell<(u32, u32)>,
    focus_in_notes: Cell<bool>,
}

impl Tab {
    fn ask(&self, what: String) {
        self.asked.borrow_mut().push(what);
    }

    fn asked(&self) -> Vec<String> {
        self.asked.take()
    }
}

impl ports::Settings for Tab {
    fn setting(&self, name: &str) -> Option<String> {
        self.world.settings.borrow().get(name).cloned()
    }

    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal> {
        let mut settings = self.world.settings.borrow_mut();
        settings.insert(name.to_owned(), value.to_owned());
        Ok(())
    }
}

impl ports::Clock for Tab {
    fn today(&self) -> String {
        "2026-01-01".to_owned()
    }

    fn now(&self) -> Timestamp {
        let now = self.world.now.get() as u32;
        Timestamp(
            format!(
                "2026-01-01T00:{:02}:{:02}.000Z",
                now / 60_000,
                now / 1_000 % 60
            )
            .into(),
        )
    }

    fn stamp(&self) -> Stamp {
        self.world.stamps.set(self.world.stamps.get() + 1);
        Stamp {
            id: crate::strategies::id(self.world.stamps.get()),
            at: self.now(),
        }
    }

    fn milliseconds(&self) -> f64 {
        self.world.now.get()
    }
}

impl ports::Peers for Tab {
    fn tell(&self, pairs: &[Pair]) {
        if self.world.is_deaf.get() {
            return;
        }
        for (name, hear) in self.world.ears.borrow().clone() {
            if name != self.name {
                let pairs = pairs.to_vec();
                let hears = Box::pin(async move { hear(pairs) });
                self.world.tasks.borrow_mut().push(hears);
            }
        }
    }
}

impl ports::Unread for Tab {
    fn live_paths(&self, folder: &str) -> Vec<Path> {
        let local = self.world.local.borrow();
        let live = local.iter().filter(|(path, text)| {
            let record = match read(path, text) {
                RecordRead::Record(record) => record,
                other => panic!("{other:?}"),
            };
            path.starts_with(folder) && record.is_live()
        });
        live.filter_map(|(path, _)| Path::parse(path)).collect()
    }
}

impl ports::Bookmarks for Tab {
    fn bookmark(&self, article: &ArticleId) -> Option<Bookmark> {
        self.world.bookmarks.borrow().get(article).cloned()
    }

    fn keep(&self, article: &ArticleId, bookmark: &Bookmark) {
        let mut bookmarks = self.world.bookmarks.borrow_mut();
        bookmarks.insert(article.clone(), bookmark.clone());
    }

    fn forget(&self, article: &ArticleId) {
        self.world.bookmarks.borrow_mut().remove(article);
    }
}

/// Ends a timer when it is dropped.
struct Held(Rc<Cell<bool>>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl ports::Tasks for Tab {
    fn spawn(&self, task: BoxFuture<()>) {
        self.world.tasks.borrow_mut().push(task);
    }

    fn after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) -> ports::Timer {
        let held = Rc::new(Cell::new(true));
        self.world.timers.borrow_mut().push(Ringing {
            at: self.world.now.get() + f64::from(milliseconds),
            run,
            held: held.clone(),
        });
        ports::Timer::new(Held(held))
    }

    fn surely_after(&self, milliseconds: u32, run: Box<dyn FnOnce()>) {
        self.world.timers.borrow_mut().push(Ringing {
            at: self.world.now.get() + f64::from(milliseconds),
            run,
            held: Rc::new(Cell::new(true)),
        });
    }

    fn yield_now(&self) -> BoxFuture<()> {
        Box::pin(Turn(false))
    }
}

impl ports::Stores for Tab {
    fn watch_journal(&self, run: Rc<dyn Fn(Interruption)>) {
        self.interruptions.replace(Some(run));
    }

    fn check_local(&self) -> Result<(), Refusal> {
        Ok(())
    }

    fn is_local_empty(&self) -> bool {
        self.world.local.borrow().is_empty()
    }

    fn is_unused(&self) -> bool {
        self.world.local.borrow().is_empty()
    }

    fn is_journal_empty(&self) -> BoxFuture<Result<bool, Refusal>> {
        let is_empty = match self.world.is_newer.get() {
            true => Err(Refusal::Newer),
            false => Ok(self.world.journal.borrow().is_empty()),
        };
        Box::pin(async move { is_empty })
    }

    fn has_newer(&self) -> bool {
        false
    }

    fn show_unsaved(&self, records: &[Rc<Record>]) {
        assert_eq!(records, [], "both stores take everything at once");
    }

    fn remove_setting(&self, name: &str) {
        self.world.settings.borrow_mut().remove(name);
    }

    fn ask_to_keep(&self) -> BoxFuture<bool> {
        self.ask("keep my notes".to_owned());
        Box::pin(async { true })
    }
}

impl ports::Tab for Tab {
    fn article(&self) -> Option<ArticleId> {
        None
    }

    fn show_article(&self, _: &ArticleId) {}

    fn join(&self, own: &ReplicaId, hear: Hear) {
        self.world.ears.borrow_mut().push((own.clone(), hear));
    }

    fn restart(&self) {
        self.restarted.set(true);
    }

    fn shipped(&self) -> Option<ports::Shipped> {
        self.world.shipped.borrow().clone()
    }
}

/// Reads what a world stores.
struct Lazy(Rc<World>);

impl ports::StoreReader for Lazy {
    fn local(&self, folder: &str) -> Box<dyn ports::LocalFolder> {
        let local = self.0.local.borrow();
        let below = local.iter().filter(|(path, _)| path.starts_with(folder));
        Box::new(Folder {
            records: below
                .map(|(path, text)| (path.clone(), text.clone()))
                .collect(),
        })
    }

    fn journal(
        &self,
        folder: &str,
        mut take: ports::TakePage,
    ) -> BoxFuture<Result<usize, Refusal>> {
        let journal = self.0.journal.borrow();
        let below = journal
            .iter()
            .filter(|((path, _), _)| path.starts_with(folder));
        let page: Vec<(String, String)> = below
            .map(|((path, _), text)| (path.clone(), text.clone()))
            .collect();
        let is_newer = self.0.is_newer.get();
        Box::pin(async move {
            Turn(false).await;
            match is_newer {
                true => Err(Refusal::Newer),
                false => Ok(take(&page).iter().filter(|is_read| !**is_read).count()),
            }
        })
    }

    fn written(&self, path: &str, text: &str) -> Option<Record> {
        match read(path, text) {
            RecordRead::Record(record) => Some(record),
            other => panic!("{other:?}"),
        }
    }

    fn others(&self, own: &ReplicaId) -> BoxFuture<Vec<ReplicaId>> {
        let ears = self.0.ears.borrow();
        let names = ears.iter().map(|(name, _)| name.clone());
        let others = names.filter(|name| name != own).collect();
        Box::pin(async { others })
    }
}

impl ports::Texts for Lazy {
    fn text(&self, digest: &Digest) -> BoxFuture<Option<String>> {
        let text = self.0.texts.borrow().get(digest).map(ToString::to_string);
        Box::pin(async { text })
    }

    fn text_from_afar(&self, _: &Digest) -> BoxFuture<Option<String>> {
        Box::pin(async { None })
    }

    fn put_text(&self, digest: &Digest, json: Rc<str>) -> BoxFuture<Result<(), Refusal>> {
        self.0.texts.borrow_mut().insert(digest.clone(), json);
        Box::pin(async { Ok(()) })
    }
}

impl ports::UndoHistory for Lazy {
    fn history(&self) -> History {
        History::default()
    }

    fn keep_history(&self, _: &History, _: &History) {}

    fn takes_over(&self, app: &App, action: &Action) -> bool {
        tagging::takes_over(app, action)
    }
}

impl ports::View for Tab {
    fn redraw(&self) {}

    fn show_title(&self, _: &str) {}

    fn clear_selection(&self) {}

    fn show_safety(&self, _: Safety) {}

    fn first_visible(&self) -> u32 {
        self.visible.get().0
    }

    fn visible(&self, _: &Article) -> Option<(u32, u32)> {
        Some(self.visible.get())
    }

    fn show_place(&self, byte: u32) {
        self.ask(format!("top at {byte}"));
    }

    fn scroll_to(&self, range: TextRange) {
        self.ask(format!("see {}..{}", range.start(), range.end()));
    }

    fn outline(&self, _: TextRange) {}

    fn has_focus_in_notes(&self) -> bool {
        self.focus_in_notes.get()
    }

    fn focus_card(&self, id: &AnnotationId) {
        self.ask(format!("focus {id}"));
    }

    fn focus_card_or_notes(&self, id: Option<&AnnotationId>) {
        let card = id.map_or("notes".to_owned(), ToString::to_string);
        self.ask(format!("focus {card}"));
    }

    fn bring_chosen_near(&self) {}

    fn neighbour_of(&self, _: &AnnotationId) -> Option<AnnotationId> {
        None
    }
}

impl ports::Lazy for Tab {
    fn run(&self, app: &App, work: Work) -> BoxFuture<()> {
        if self.world.is_part_missing.get() {
            return Box::pin(async {});
        }
        if !matches!(work, Work::Read(_) | Work::Agree) {
            self.ask(format!("{work:?}"));
        }
        let (app, world) = (app.clone(), self.world.clone());
        Box::pin(async move {
            enable(&app, &world);
            match work {
                Work::Read(to_read) => articles::read(&app, to_read),
                Work::Agree => agreeing::say(&app).await,
                Work::Place => give_up(&app),
                Work::Prepare | Work::Daily | Work::BackUp { .. } => {}
            }
        })
    }
}

fn give_up(app: &App) {
    if let Some(article) = &app.session().article {
        app.send(Action::GiveUp {
            digest: article.digest().clone(),
            why: Failure::NotLoaded,
        });
    }
}

/// A tab that runs.
struct Running {
    app: App,
    tab: Rc<Tab>,
}

/// Opens a tab and reads what is small.
fn open_tab(world: &Rc<World>, name: &str) -> Running {
    let running = new_tab(world, name);
    let app = &running.app;
    app.enable_reading(Rc::new(Lazy(world.clone())));
    start::listen(app);
    sync::read_small(app);
    let reading = app.clone();
    app.spawn(async move { sync::look_in_journal(&reading).await });
    world.settle();
    running
}

/// Loads the lazy part.
fn enable(app: &App, world: &Rc<World>) {
    articles::begin(app, Rc::new(Lazy(world.clone())));
}

/// Opens a tab as a reader does.
fn start_tab(world: &Rc<World>, name: &str) -> Running {
    let running = new_tab(world, name);
    start::begin(&running.app);
    world.settle();
    running
}

fn new_tab(world: &Rc<World>, name: &str) -> Running {
    let name = ReplicaId::parse(name).expect("a name");
    let tab = Rc::new(Tab {
        world: world.clone(),
        name: name.clone(),
        restarted: Cell::new(false),
        interruptions: RefCell::default(),
        asked: RefCell::default(),
        visible: Cell::default(),
        focus_in_notes: Cell::default(),
    });
    let store = |is_journal| -> Rc<dyn Store> {
        Rc::new(Memory {
            world: world.clone(),
            is_journal,
        })
    };
    let app = App::new(name, [store(false), store(true)], tab.clone(), tab.clone());
    Running { app, tab }
}

impl Running {
    /// Shows an article with its stored notes.
    fn show(&self, article: &Article) {
        let id = article.id();
        let (notes, stored) = sync::begin_loading(&self.app, &id);
        self.app.begin_loading(&id);
        self.app.send(Action::Open {
            article: Rc::new(article.clone()),
            notes,
            message: None,
        });
        self.app.records().write_article(article);
        sync::load_rest(&self.app, id, stored);
        self.tab.world.settle();
    }

    /// Highlights a passage and writes on it; the id of the note.
    fn write(&self, range: TextRange, words: &str) -> AnnotationId {
        let stamp = ports::Clock::stamp(&*self.tab);
        let id = stamp.id.clone();
        self.app.send(Action::Select { range: Some(range) });
        self.app.send(Action::AddNote { stamp });
        self.app.send(Action::Typed {
            note: words.to_owned(),
            tags: String::new(),
        });
        self.app.send(Action::Save {
            stamp: ports::Clock::stamp(&*self.tab),
        });
        id
    }

    /// The words of the notes that are shown, sorted.
    fn notes(&self) -> Vec<String> {
        let session = self.app.session();
        let notes = session.notebook.iter();
        let mut notes: Vec<String> = notes.map(|note| note.note.clone()).collect();
        notes.sort();
        notes
    }

    /// The tab is closed, or killed.
    fn close(self) {
        let mut ears = self.tab.world.ears.borrow_mut();
        ears.retain(|(name, _)| *name != self.tab.name);
    }
}

fn ferry() -> Article {
    let text = "The ferry leaves at six.\n\nNobody waits for the bell.";
    postil::import::markdown::read(text, postil::model::article::Source::Pasted)
        .expect("it is an article")
}

fn first_word() -> TextRange {
    TextRange::new(0, 3)
}

#[test]
fn a_note_outlives_its_tab_in_either_store() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    tab.write(first_word(), "which ferry?");
    tab.close();

    let again = open_tab(&world, "b");
    again.show(&ferry());
    assert_eq!(again.notes(), ["which ferry?"]);
    again.close();

    // What the small store has lost it gets again from the journal, and the other way round.
    let whole = world.local.take();
    let third = open_tab(&world, "c");
    third.show(&ferry());
    assert_eq!(third.notes(), ["which ferry?"]);
    let notes = |records: &BTreeMap<String, String>| {
        let notes = records.iter().filter(|(path, _)| path.starts_with("note/"));
        notes
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(&world.local.borrow()), notes(&whole));
    third.close();
    world.journal.take();
    let fourth = open_tab(&world, "d");
    fourth.show(&ferry());
    assert_eq!(fourth.notes(), ["which ferry?"]);
    assert!(
        world
            .journal
            .borrow()
            .keys()
            .any(|(path, _)| path.starts_with("note/"))
    );
}

fn harbour() -> Article {
    let text = "The harbour is small.\n\nBoats lie on the sand at noon.";
    postil::import::markdown::read(text, Source::Pasted).expect("it is an article")
}

impl Running {
    /// Highlights the first word and writes these tags on it.
    fn tag(&self, tags: &str) -> AnnotationId {
        let id = self.write(first_word(), "");
        self.app.send(Action::Write { id: id.clone() });
        self.app.send(Action::Typed {
            note: "words".to_owned(),
            tags: tags.to_owned(),
        });
        self.app.send(Action::Save {
            stamp: ports::Clock::stamp(&*self.tab),
        });
        id
    }

    /// The tags of a stored note on an article.
    fn tags(&self, article: &Article, id: &AnnotationId) -> Vec<String> {
        let mut notes = self.app.notes_of(&article.id()).into_iter();
        notes
            .find(|note| note.id == *id)
            .expect("it is stored")
            .tags
    }
}

#[test]
fn a_tag_is_renamed_in_the_notes_of_every_article_and_taken_back() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    let there = tab.tag("Law, boats");
    tab.close();
    // The notes of the other article are not loaded when their tag is renamed.
    let tab = open_tab(&world, "b");
    tab.show(&harbour());
    let here = tab.tag("law");
    let app = tab.app.clone();
    app.clone().spawn(async move {
        assert_eq!(tagging::survey(&app).await.len(), 2);
        let key = |tag: &str| tag.to_lowercase();
        let at = Timestamp("2026-01-01T00:00:00.000Z".into());
        tagging::edit(&app, Intent::RenameTag, |notes| {
            postil::model::tagging::rename(notes, "law", "rules", &at, &key)
        });
    });
    world.settle();
    assert_eq!(tab.tags(&harbour(), &here), ["rules"]);
    assert_eq!(tab.tags(&ferry(), &there), ["rules", "boats"]);
    tab.app.send(Action::Undo);
    assert_eq!(tab.tags(&harbour(), &here), ["law"]);
    assert_eq!(tab.tags(&ferry(), &there), ["Law", "boats"]);
    tab.app.send(Action::Redo);
    tab.close();
    let last = open_tab(&world, "c");
    last.show(&ferry());
    assert_eq!(last.tags(&ferry(), &there), ["rules", "boats"]);
}

/// A tab with more notes than are edited at once, and these notes.
fn with_many(world: &Rc<World>) -> (Running, Vec<AnnotationId>) {
    let tab = open_tab(world, "a");
    tab.show(&ferry());
    let id = tab.write(first_word(), "words");
    let note = tab.app.session().notebook.get(&id).expect("a note").clone();
    let notes: Vec<Annotation> = (0..250)
        .map(|number| Annotation {
            id: AnnotationId::of_content(&number.to_string()),
            ..(*note).clone()
        })
        .collect();
    let ids = notes.iter().map(|note| note.id.clone()).collect();
    let known = Vec::new();
    tab.app.send(Action::Restore { notes, known });
    world.settle();
    (tab, ids)
}

fn recolour(tab: &Running, ids: &[AnnotationId]) {
    let at = Timestamp("2026-01-01T00:00:00.000Z".into());
    let changes = move |notes: &[_]| postil::model::tagging::recolour(notes, Colour::Blue, &at);
    edit_many(
        &tab.app,
        Many {
            intent: Intent::Recolour,
            ids: ids.to_vec(),
            changes: Box::new(changes),
        },
    );
}

fn blue(tab: &Running) -> usize {
    let session = tab.app.session();
    let notes = session.notebook.iter();
    notes.filter(|note| note.colour == Colour::Blue).count()
}

#[test]
fn many_notes_are_edited_in_parts_that_are_one_step() {
    let world: Rc<World> = Rc::default();
    let (tab, ids) = with_many(&world);
    recolour(&tab, &ids);
    assert!((1..250).contains(&blue(&tab)), "the page can respond");
    world.settle();
    assert_eq!(blue(&tab), 250);
    let (edited, notes) = (
        tab.app.session().history.clone(),
        tab.app.session().notebook.clone(),
    );
    // So is taking it back, and making it again.
    tab.app.send(Action::Undo);
    assert!((1..250).contains(&blue(&tab)), "the page can respond");
    world.settle();
    assert_eq!(blue(&tab), 0);
    assert_eq!(tab.app.session().history.line(), edited.line());
    tab.app.send(Action::Redo);
    assert!((1..250).contains(&blue(&tab)), "the page can respond");
    world.settle();
    assert_eq!(tab.app.session().history, edited);
    assert_eq!(tab.app.session().notebook, notes);
}

#[test]
fn an_edit_in_parts_says_how_many_notes_it_changed_in_the_end() {
    let world: Rc<World> = Rc::default();
    let (tab, ids) = with_many(&world);
    // The last part finds nothing to change.
    let (some, rest) = ids.split_at(150);
    recolour(&tab, rest);
    world.settle();
    let at = Timestamp("2026-01-01T00:00:00.000Z".into());
    let clock = world.clone();
    let changes = move |notes: &[_]| {
        // So slow that the progress is shown.
        clock.now.set(clock.now.get() + 1_000.0);
        postil::model::tagging::recolour(notes, Colour::Blue, &at)
    };
    edit_many(
        &tab.app,
        Many {
            intent: Intent::Recolour,
            ids: ids.clone(),
            changes: Box::new(changes),
        },
    );
    world.settle();
    assert_eq!(blue(&tab), 250);
    let told = tab.app.session().notices.status().cloned();
    let (intent, notes) = (Intent::Recolour, some.len());
    let told = told.map(|notice| notice.message.clone());
    assert_eq!(told, Some(Message::Changed { intent, notes }));
}

#[test]
fn what_is_taken_back_in_parts_may_be_taken_back_twice_or_left() {
    let world: Rc<World> = Rc::default();
    let (tab, ids) = with_many(&world);
    let before = tab.app.session().history.at();
    recolour(&tab, &ids);
    world.settle();
    // A second Undo takes back what is left, and nothing else.
    tab.app.send(Action::Undo);
    tab.app.send(Action::Undo);
    world.settle();
    assert_eq!((blue(&tab), tab.app.session().history.at()), (0, before));
    while tab.app.session().history.to_redo().is_some() {
        tab.app.send(Action::Redo);
        world.settle();
    }
    assert_eq!(blue(&tab), 250);
    // An edit meanwhile stands, and what is left stays in effect until it is taken back too.
    tab.app.send(Action::Undo);
    tab.tag("other");
    world.settle();
    assert!((1..250).contains(&blue(&tab)));
    while tab.app.session().history.at() > before {
        tab.app.send(Action::Undo);
        world.settle();
    }
    assert_eq!(blue(&tab), 0);
}

#[test]
fn an_edit_in_parts_ends_when_it_is_taken_back() {
    let world: Rc<World> = Rc::default();
    let (tab, ids) = with_many(&world);
    recolour(&tab, &ids);
    tab.app.send(Action::Undo);
    world.settle();
    assert_eq!(blue(&tab), 0);
    // Another edit meanwhile is a step of its own.
    recolour(&tab, &ids);
    tab.tag("other");
    world.settle();
    assert_eq!(blue(&tab), 250);
}

/// A world whose app ships with an article of these words.
fn shipping(words: &str) -> Rc<World> {
    let world: Rc<World> = Rc::default();
    ship(&world, words);
    world
}

fn ship(world: &World, words: &str) {
    let source = Source::Bundled("karpathy-anthropic".to_owned());
    let article = postil::import::markdown::read(words, source).expect("it is an article");
    world.shipped.replace(Some(ports::Shipped {
        json: article.to_json().into(),
        article: article.into(),
    }));
}

#[test]
fn a_first_visit_reads_nothing_and_keeps_what_is_written() {
    let world = shipping("The ferry leaves at six.");
    let first = start_tab(&world, "a");
    first.write(first_word(), "first");
    world.settle();
    assert!(!first.app.can_read() && !first.app.is_loading());
    first.close();

    let again = start_tab(&world, "b");
    assert!(again.app.can_read());
    assert_eq!(again.notes(), ["first"]);
    let listed = again.app.records().list_articles();
    assert_eq!(listed.len(), 1);
    assert!(
        world
            .texts
            .borrow()
            .contains_key(&listed[0].record.texts()[0])
    );
}

#[test]
fn what_the_small_store_has_lost_is_no_first_visit() {
    let world = shipping("The ferry leaves at six.");
    let first = start_tab(&world, "a");
    first.write(first_word(), "stays");
    world.settle();
    first.close();
    world.local.take();
    world.settings.take();
    let again = start_tab(&world, "b");
    assert_eq!(again.notes(), ["stays"]);
}

#[test]
fn a_note_written_before_the_stored_ones_are_read_stands_beside_them() {
    let world = shipping("The ferry leaves at six.");
    let first = start_tab(&world, "a");
    first.write(first_word(), "earlier");
    world.settle();
    first.close();

    world.is_part_missing.set(true);
    let second = start_tab(&world, "b");
    second.write(first_word(), "meanwhile");
    world.settle();
    assert_eq!(second.notes(), ["meanwhile"]);
    world.is_part_missing.set(false);
    start::look_again(&second.app);
    world.settle();
    assert_eq!(second.notes(), ["earlier", "meanwhile"]);
    second.close();
    assert_eq!(start_tab(&world, "c").notes(), ["earlier", "meanwhile"]);
}

#[test]
fn what_another_tab_writes_arrives_on_a_first_visit() {
    let world = shipping("The ferry leaves at six.");
    let (one, other) = (start_tab(&world, "a"), start_tab(&world, "b"));
    one.write(first_word(), "heard");
    world.settle();
    assert_eq!(other.notes(), ["heard"]);
    other.write(first_word(), "answered");
    world.settle();
    assert_eq!(one.notes(), ["answered", "heard"]);
}

#[test]
fn a_newer_text_of_the_bundled_article_is_another_version_of_it() {
    let world = shipping("The ferry leaves at six.");
    let first = start_tab(&world, "a");
    first.write(first_word(), "stays");
    enable(&first.app, &world);
    world.settle();
    first.close();
    ship(&world, "The ferry leaves at seven.");
    let again = start_tab(&world, "b");
    let article = again.app.session().article.clone().expect("it is open");
    assert_eq!(article.text(), "The ferry leaves at seven.");
    assert_eq!(again.notes(), ["stays"]);
    let record = again.app.records().article(&article.id());
    assert_eq!(record.expect("it is known").versions.len(), 2);
    assert_eq!(world.texts.borrow().len(), 2);
}

#[test]
fn a_note_written_before_the_articles_are_read_forgets_none_of_their_texts() {
    let world = shipping("The ferry leaves at six.");
    let first = start_tab(&world, "a");
    enable(&first.app, &world);
    world.settle();
    first.write(first_word(), "earlier");
    world.settle();
    let before = first.app.records().list_articles().remove(0).record;
    first.close();
    ship(&world, "The ferry leaves at seven.");

    for lost in [false, true] {
        if lost {
            world.local.take();
            world.settings.take();
        }
        world.is_part_missing.set(true);
        let second = start_tab(&world, if lost { "c" } else { "b" });
        second.write(first_word(), "meanwhile");
        world.settle();
        world.is_part_missing.set(false);
        enable(&second.app, &world);
        world.settle();
        let record = second.app.records().list_articles().remove(0).record;
        assert_eq!(record.versions[0], before.versions[0]);
        assert_eq!(record.versions.len(), 2);
        second.close();
    }
}

#[test]
fn a_note_that_arrives_before_the_articles_are_read_has_its_source() {
    let world = shipping("The ferry leaves at six.");
    let first = start_tab(&world, "a");
    first.write(first_word(), "earlier");
    enable(&first.app, &world);
    world.settle();
    world.is_part_missing.set(true);
    let second = start_tab(&world, "b");
    world.is_part_missing.set(false);
    // What it says brings the other tab's lazy part.
    first.write(first_word(), "heard");
    world.settle();
    let session = second.app.session();
    assert_eq!(second.notes(), ["earlier", "heard"]);
    for note in session.notebook.iter() {
        assert_eq!(note.target.source, "urn:postil:article:karpathy-anthropic");
    }
}

#[test]
fn a_newer_build_is_left_alone_by_a_first_visit() {
    let world = shipping("The ferry leaves at six.");
    world.is_newer.set(true);
    let tab = start_tab(&world, "a");
    assert!(tab.app.session().read_only);
    assert!(world.local.borrow().is_empty() && world.texts.borrow().is_empty());
}

#[test]
fn another_tab_hears_at_once_or_agrees_later() {
    let world: Rc<World> = Rc::default();
    let (one, other) = (open_tab(&world, "a"), open_tab(&world, "b"));
    one.show(&ferry());
    other.show(&ferry());
    one.write(first_word(), "heard");
    world.settle();
    assert_eq!(other.notes(), ["heard"]);

    world.is_deaf.set(true);
    one.write(first_word(), "missed");
    world.settle();
    assert_eq!(other.notes(), ["heard"]);
    world.is_deaf.set(false);
    // The sums that it says after an edit were lost too; it says them again.
    world.pass(120_000.0);
    assert_eq!(other.notes(), ["heard", "missed"]);
}

#[test]
fn what_another_tab_clears_is_written_back() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    tab.write(first_word(), "stays");
    world.local.take();
    start::hear_local(&tab.app, Some(LocalNews::Cleared));
    world.settle();
    assert!(
        world
            .local
            .borrow()
            .keys()
            .any(|path| path.starts_with("note/"))
    );

    world.journal.take();
    let interruption = tab.tab.interruptions.borrow().clone().expect("it watches");
    interruption(Interruption::Gone);
    world.settle();
    assert!(
        world
            .journal
            .borrow()
            .keys()
            .any(|(path, _)| path.starts_with("note/"))
    );
    assert_eq!(tab.notes(), ["stays"]);
}

#[test]
fn what_the_reader_deletes_elsewhere_is_not_written_back() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    tab.write(first_word(), "goes");
    start::hear_local(&tab.app, Some(LocalNews::Deleted));
    assert!(tab.tab.restarted.get());
}

#[test]
fn a_newer_build_is_left_alone() {
    let world: Rc<World> = Rc::default();
    let writer = open_tab(&world, "a");
    writer.show(&ferry());
    writer.write(first_word(), "newer");
    writer.close();
    world.is_newer.set(true);
    let tab = open_tab(&world, "b");
    assert!(tab.app.session().read_only);
    tab.show(&ferry());
    let before = (world.local.borrow().clone(), world.journal.borrow().clone());
    tab.write(first_word(), "refused");
    world.pass(60_000.0);
    assert_eq!(
        (world.local.borrow().clone(), world.journal.borrow().clone()),
        before
    );
}

#[test]
fn a_draft_goes_on_in_the_next_tab() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    let id = tab.write(first_word(), "half");
    tab.app.send(Action::Write { id: id.clone() });
    tab.app.send(Action::Typed {
        note: "half a sent".to_owned(),
        tags: String::new(),
    });
    tab.close();
    let next = open_tab(&world, "b");
    next.show(&ferry());
    assert_eq!(next.notes(), ["half"]);
    let session = next.app.session();
    assert_eq!(
        session.draft_of(&id).map(|draft| draft.note.as_str()),
        Some("half a sent")
    );
}

#[test]
fn work_that_nobody_asks_for_is_done_when_it_is_time() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    let works = |tab: &Running| {
        let asked = tab.tab.asked();
        asked
            .into_iter()
            .filter(|what| !what.starts_with("top"))
            .collect::<Vec<_>>()
    };
    // Where notes were found before is read with every article.
    assert_eq!(works(&tab), ["Place"]);
    tab.write(first_word(), "one");
    tab.write(first_word(), "two");
    world.pass(3_000.0);
    assert_eq!(works(&tab), ["keep my notes", "BackUp { edits: None }"]);
    world.pass(5_000.0);
    assert_eq!(works(&tab), ["Daily"]);
    for _ in 0..25 {
        tab.write(first_word(), "more");
    }
    world.pass(3_000.0);
    let reminders = works(&tab);
    assert!(
        reminders.len() == 1 && reminders[0].starts_with("BackUp"),
        "{reminders:?}"
    );
}

#[test]
fn notes_of_another_text_are_looked_for_once() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    tab.write(first_word(), "where?");
    tab.tab.asked();
    let edited = postil::import::markdown::read(
        "Once upon a time.\n\nThe ferry leaves at six.",
        postil::model::article::Source::Pasted,
    );
    let edited = edited
        .expect("it is an article")
        .as_version_of(&ferry().iri());
    tab.show(&edited);
    // Once before its notes are read, for those that were found before, and once after.
    let asked = tab.tab.asked();
    assert_eq!(
        asked.iter().filter(|what| *what == "Place").count(),
        2,
        "{asked:?}"
    );
    assert_eq!(tab.notes(), ["where?"]);
}

#[test]
fn reading_goes_on_where_it_was_left() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    tab.tab.asked();
    place::begin(&tab.app, &ferry());
    assert_eq!(tab.tab.asked(), ["top at 0"]);
    tab.tab.visible.set((12, 40));
    place::rest(&tab.app);
    world.pass(900.0);
    tab.close();

    let next = open_tab(&world, "b");
    next.show(&ferry());
    next.tab.asked();
    place::begin(&next.app, &ferry());
    assert_eq!(next.tab.asked(), ["top at 12"]);
    place::want(&next.app, &ferry(), "Nobody  waits for");
    place::begin(&next.app, &ferry());
    let wanted = ferry().text().find("Nobody").expect("it stands there");
    assert_eq!(next.tab.asked(), [format!("top at {wanted}")]);
}

/// What the room "All notes" gathers: the titles, and the words of the notes.
fn gathered(tab: &Running) -> (Vec<String>, Vec<String>) {
    let seen = Rc::new(RefCell::new(None));
    let (app, there) = (tab.app.clone(), seen.clone());
    tab.app.spawn(async move {
        there.replace(Some(all_notes::gather(&app).await));
    });
    tab.tab.world.settle();
    let all = seen.take().expect("it is gathered");
    let titles = all.articles.into_iter().map(|(_, title)| title);
    let words = all.notes.into_iter().map(|note| note.note.clone());
    let (mut titles, mut words): (Vec<String>, Vec<String>) = (titles.collect(), words.collect());
    titles.sort();
    words.sort();
    (titles, words)
}

#[test]
fn notes_of_all_articles_are_gathered_and_gone_to() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    let bell = "# Of Bells\n\nThe bell is heard over the marsh.";
    let bell = postil::import::markdown::read(bell, Source::Pasted).expect("it is an article");
    let ferry = ferry();
    for article in [&ferry, &bell] {
        let json = article.to_json().into();
        world
            .texts
            .borrow_mut()
            .insert(article.digest().clone(), json);
    }
    tab.show(&ferry);
    let id = tab.write(first_word(), "which ferry?");
    tab.show(&bell);
    tab.write(first_word(), "which bell?");
    tab.close();

    // Another tab knows only what is stored.
    let tab = open_tab(&world, "b");
    tab.show(&bell);
    let (titles, words) = gathered(&tab);
    assert_eq!(words, ["which bell?", "which ferry?"]);
    assert!(titles.contains(&"Of Bells".to_owned()) && titles.len() == 2);
    let before = tab.tab.asked.borrow().len();
    all_notes::go_to(&tab.app, &ferry.id(), &id);
    world.settle();
    world.pass(1_000.0);
    assert!(tab.app.shows(&ferry.id()));
    assert_eq!(tab.app.session().chosen, Some(id.clone()));
    let asked = tab.tab.asked.borrow()[before..].join(", ");
    assert!(asked.contains("see 0..3"), "{asked}");

    // Where the text is gone, that is said, and everything stays as it is.
    tab.show(&bell);
    world.texts.take();
    all_notes::go_to(&tab.app, &ferry.id(), &id);
    world.settle();
    world.pass(1_000.0);
    assert!(tab.app.shows(&bell.id()));
    let notices = format!("{:?}", tab.app.session().notices);
    assert!(notices.contains("TextMissing"), "{notices}");
}

/// Has a survey follow what a tab knows; true if that was anything new.
fn followed(tab: &Running, survey: &Rc<RefCell<all_notes::Survey>>) -> bool {
    let seen = Rc::new(RefCell::new(None));
    let (app, there, survey) = (tab.app.clone(), seen.clone(), survey.clone());
    tab.app.spawn(async move {
        let mut known = survey.take();
        let is_new = known.follow(&app, &|_| Some(7)).await;
        survey.replace(known);
        there.replace(Some(is_new));
    });
    tab.tab.world.settle();
    seen.take().expect("it has followed")
}

#[test]
fn a_survey_reads_a_note_again_only_if_it_was_changed() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    let survey: Rc<RefCell<all_notes::Survey>> = Rc::default();
    let listed = || -> Vec<_> { survey.borrow().listed().cloned().collect() };
    assert!(!followed(&tab, &survey));
    let id = tab.write(first_word(), "which ferry?");
    assert!(followed(&tab, &survey));
    assert!(!followed(&tab, &survey));
    let before = listed();
    assert_eq!((before.len(), before[0].day), (1, Some(7)));
    // Another note leaves this one as it is, and one that is removed is gone.
    tab.write(first_word(), "and when?");
    assert!(followed(&tab, &survey));
    let after = listed();
    assert_eq!(after.len(), 2);
    assert!(after.iter().any(|listed| Rc::ptr_eq(listed, &before[0])));
    assert_eq!(survey.borrow().articles(&tab.app).len(), 1);
    tab.app.send(Action::Remove { id });
    assert!(followed(&tab, &survey));
    let rest = listed();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].note.note, "and when?");
}

#[test]
fn the_focus_goes_with_the_notes() {
    let world: Rc<World> = Rc::default();
    let tab = open_tab(&world, "a");
    tab.show(&ferry());
    let first = tab.write(first_word(), "one");
    let second = tab.write(TextRange::new(4, 9), "two");
    tab.app.send(Action::Choose { id: None });
    tab.tab.asked();
    postil::app::navigation::step(&tab.app, true);
    assert_eq!(
        tab.tab.asked(),
        ["see 0..3".to_owned(), format!("focus {first}")]
    );
    postil::app::navigation::step(&tab.app, true);
    assert_eq!(
        tab.tab.asked(),
        ["see 4..9".to_owned(), format!("focus {second}")]
    );

    tab.tab.focus_in_notes.set(true);
    postil::app::navigation::remove(&tab.app, &second);
    assert_eq!(tab.notes(), ["one"]);
    assert!(tab.tab.asked()[0].starts_with("focus "));
    postil::app::navigation::go_through_history(&tab.app, Action::Undo);
    assert_eq!(tab.notes(), ["one", "two"]);
}

/// What a browser had stored of a session, byte for byte, written by the build of November 2026 that
/// had no application layer: a highlight, a note with tags, a removed highlight and a draft.
const STORED: &str = include_str!("../fixtures/stores/format-2.json");
/// What its reader had pasted.
const PASTED: &str = "Of tides\n\nThe ferry leaves at six, and nobody waits for the bell.\n\n\
                      Über dem Meer: 海の上 👩‍👧 stands a lamp.";

#[test]
fn stores_of_an_earlier_build_open() {
    #[derive(serde::Deserialize)]
    struct Stored {
        local: BTreeMap<String, String>,
        journal: Vec<(String, String)>,
    }
    let Stored { local, journal } = serde_json::from_str(STORED).expect("it is JSON");
    let below = |key: &str| key.strip_prefix("postil/2/").map(str::to_owned);
    let local: BTreeMap<String, String> = local
        .into_iter()
        .filter_map(|(key, text)| Some((below(&key)?, text)))
        .collect();
    let journal: BTreeMap<(String, String), String> = journal
        .into_iter()
        .map(|(key, text)| {
            let (path, edit) = key.rsplit_once('/').expect("an edit");
            ((path.to_owned(), edit.to_owned()), text)
        })
        .collect();
    assert_eq!((local.len(), journal.len()), (8, 8));
    let input = postil::import::Input {
        bytes: PASTED.as_bytes().to_vec(),
        kind: None,
        charset: Some("utf-8".to_owned()),
        source: postil::model::article::Source::Pasted,
        title: None,
    };
    let article = postil::import::read(input)
        .expect("it is an article")
        .article;
    for (has_local, has_journal) in [(true, true), (true, false), (false, true)] {
        let world: Rc<World> = Rc::default();
        if has_local {
            world.local.replace(local.clone());
        }
        if has_journal {
            world.journal.replace(journal.clone());
        }
        let tab = open_tab(&world, "a");
        tab.show(&article);
        let session = tab.app.session();
        assert_eq!(
            session.placements.placed().len(),
            3,
            "every passage is where it was"
        );
        let passages = session.placements.placed().iter();
        let passages: Vec<&str> = passages
            .map(|placed| placed.range.slice(article.text()).expect("a passage"))
            .collect();
        assert_eq!(passages, ["ferry leaves", "海の上 👩‍👧", "a lamp"]);
        let noted = session.placements.placed()[1].annotation.clone();
        assert_eq!(noted.note, "What *is* above the \"sea\"?");
        assert_eq!(noted.tags, ["sea", "two words"]);
        assert!(noted.created.is_some() && noted.modified.is_some());
        let lamp = &session.placements.placed()[2].annotation;
        let draft = session.draft_of(&lamp.id).map(|draft| draft.note.as_str());
        assert_eq!(draft, Some("a draft that nobody sa"));
        let trash = tab.app.records().trash();
        assert_eq!(trash.len(), 1);
        assert_eq!(trash[0].note.quoted(), Some("nobody waits"));
        // Both stores have everything again.
        assert_eq!(
            world
                .local
                .borrow()
                .keys()
                .filter(|path| path.starts_with("note/"))
                .count(),
            4
        );
        let kept = world.journal.borrow();
        assert_eq!(
            kept.keys()
                .filter(|(path, _)| path.starts_with("note/"))
                .count(),
            4
        );
    }
}

/// Something that happens to two tabs.
#[derive(Debug, Clone)]
enum Event {
    Write(Index, Index, String),
    Recolour(Index, Index),
    Remove(Index, Index),
    Undo(Index),
    /// A tab is killed and opened again.
    Kill(Index),
    LoseMessages(bool),
    ClearLocal,
    ClearJournal,
    Wait(u16),
}

fn event() -> impl Strategy<Value = Event> {
    let index = any::<Index>;
    prop_oneof![
        4 => (index(), index(), "[a-z]{1,6}").prop_map(|(tab, at, words)| Event::Write(tab, at, words)),
        2 => (index(), index()).prop_map(|(tab, note)| Event::Recolour(tab, note)),
        2 => (index(), index()).prop_map(|(tab, note)| Event::Remove(tab, note)),
        1 => index().prop_map(Event::Undo),
        2 => index().prop_map(Event::Kill),
        1 => any::<bool>().prop_map(Event::LoseMessages),
        1 => Just(Event::ClearLocal),
        1 => Just(Event::ClearJournal),
        2 => (0..5_000_u16).prop_map(Event::Wait),
    ]
}

impl Event {
    fn happen(self, world: &Rc<World>, tabs: &mut [Running], article: &Article, runs: &mut u32) {
        let note_of = |tab: &Running, at: Index| -> Option<AnnotationId> {
            let session = tab.app.session();
            let notes: Vec<&Rc<Annotation>> = session.notebook.iter().collect();
            (!notes.is_empty()).then(|| notes[at.index(notes.len())].id.clone())
        };
        match self {
            Self::Write(tab, at, words) => {
                let leaf = at.get(article.leaves()).text;
                tab.get(tabs).write(leaf, &words);
            }
            Self::Recolour(tab, note) => {
                let tab = tab.get(tabs);
                if let Some(id) = note_of(tab, note) {
                    let at = ports::Clock::now(&*tab.tab);
                    let colour = Colour::Green;
                    tab.app.send(Action::Recolour { id, colour, at });
                }
            }
            Self::Remove(tab, note) => {
                let tab = tab.get(tabs);
                if let Some(id) = note_of(tab, note) {
                    tab.app.send(Action::Remove { id });
                }
            }
            Self::Undo(tab) => tab.get(tabs).app.send(Action::Undo),
            Self::Kill(tab) => {
                *runs += 1;
                let next = open_tab(world, &format!("r{runs}"));
                let index = tab.index(tabs.len());
                next.show(article);
                std::mem::replace(&mut tabs[index], next).close();
            }
            Self::LoseMessages(lost) => world.is_deaf.set(lost),
            Self::ClearLocal => {
                world.local.take();
                for tab in &*tabs {
                    start::hear_local(&tab.app, Some(LocalNews::Cleared));
                }
            }
            Self::ClearJournal if world.local.borrow().is_empty() => {}
            Self::ClearJournal => {
                world.journal.take();
                for tab in &*tabs {
                    let interruption = tab.tab.interruptions.borrow().clone();
                    interruption.expect("it watches")(Interruption::Gone);
                }
            }
            Self::Wait(milliseconds) => world.pass(f64::from(milliseconds)),
        }
        world.settle();
    }
}

proptest! {
    #![proptest_config(laws(64))]

    /// Whatever happens to two tabs: when they can hear each other they come to the same notes, and a
    /// tab that is opened after everything was closed shows exactly those.
    #[test]
    fn tabs_and_stores_come_to_the_same_notes(article in article(), events in vec(event(), 0..24)) {
        prop_assume!(!article.leaves().is_empty());
        let world: Rc<World> = Rc::default();
        let mut tabs = [open_tab(&world, "a"), open_tab(&world, "b")];
        tabs.iter().for_each(|tab| tab.show(&article));
        let mut runs = 0;
        for event in events {
            event.happen(&world, &mut tabs, &article, &mut runs);
        }
        world.is_deaf.set(false);
        world.pass(200_000.0);
        let [one, other] = tabs;
        prop_assert_eq!(one.notes(), other.notes());
        let notes = one.notes();
        one.close();
        other.close();
        for lost in [false, true] {
            if lost {
                world.local.take();
            }
            let last = open_tab(&world, if lost { "y" } else { "z" });
            last.show(&article);
            prop_assert_eq!(&last.notes(), &notes);
            last.close();
        }
    }
}
