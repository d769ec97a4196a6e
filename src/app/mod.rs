//! The application without a browser: use cases over ports, which the browser implements.
//!
//! Everything here is native and reaches the world only through ports, so that it can be tested
//! with stores in memory. [`App`] is the whole program; rules that need only records are methods of
//! [`Records`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod agreeing;
pub mod all_notes;
pub mod articles;
pub mod backup;
pub mod catalogue;
pub mod collection;
pub mod counterpart;
pub mod drafts;
pub mod drawing;
pub mod engine;
pub mod exchange;
pub mod exporting;
pub mod folder;
pub mod importing;
pub mod layout;
pub mod library_file;
pub mod linking;
pub mod maintenance;
pub mod markup;
pub mod navigation;
pub mod opening;
pub mod pending_work;
pub mod place;
pub mod placement;
pub mod ports;
pub mod protocol;
pub mod reading;
pub mod records;
pub mod resolve;
pub mod session_loop;
pub mod sharing;
pub mod snapshots;
pub mod start;
pub mod sync;
pub mod tagging;
pub mod trash;

use std::cell::{Cell, OnceCell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use agreeing::Agreeing;
use pending_work::PendingWork;
use place::ReadingPlace;
use placement::Placement;
use ports::{BoxFuture, LazyStores, Platform, Shell, Timer, Work};
use records::{Decoder, Records};
use session_loop::{Mirror, SessionLoop};

use crate::model::article::ArticleId;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::session::{Action, Session};
use crate::model::sync::replica::{Replica, Safety};
use crate::model::sync::store::Store;
use crate::model::sync::version::ReplicaId;

/// The program: its session, its records and all its state while it runs. Cheap to clone; equal to
/// its clones.
#[derive(Clone)]
pub struct App(Rc<Inner>);

struct Inner {
    session_loop: SessionLoop,
    records: Records,
    platform: Rc<dyn Platform>,
    shell: Rc<dyn Shell>,
    lazy_stores: OnceCell<Rc<dyn LazyStores>>,
    /// True while an article is shown of which no stored note was read yet.
    is_unread: Cell<bool>,
    pending_work: PendingWork,
    placement: Placement,
    agreeing: Agreeing,
    place: ReadingPlace,
    /// True if a backup is due.
    backup_due: Cell<bool>,
    /// True while an action is handled that is drawn later.
    undrawn: Cell<bool>,
    /// The replicas of closed tabs whose drafts go on here.
    adopted: RefCell<Vec<ReplicaId>>,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl App {
    /// Creates the program of one tab, with two stores for its records: one that stores them at
    /// once and one that stores them safely.
    pub fn new(
        id: ReplicaId,
        stores: [Rc<dyn Store>; 2],
        platform: Rc<dyn Platform>,
        shell: Rc<dyn Shell>,
    ) -> Self {
        let [local, journal] = stores;
        Self(Rc::new_cyclic(|app: &std::rc::Weak<Inner>| {
            let app = app.clone();
            let changed = move || {
                if let Some(inner) = app.upgrade() {
                    App(inner).show_safety();
                }
            };
            let replica = Replica::new(id, local, journal, Box::new(changed));
            Inner {
                session_loop: SessionLoop::default(),
                records: Records::new(replica, platform.clone()),
                platform,
                shell,
                lazy_stores: OnceCell::new(),
                is_unread: Cell::new(false),
                pending_work: PendingWork::default(),
                placement: Placement::default(),
                agreeing: Agreeing::default(),
                place: ReadingPlace::default(),
                backup_due: Cell::new(false),
                undrawn: Cell::new(false),
                adopted: RefCell::default(),
            }
        }))
    }

    /// The current session.
    pub fn session(&self) -> Rc<Session> {
        self.0.session_loop.session()
    }

    /// Everything stored besides the texts.
    pub fn records(&self) -> &Records {
        &self.0.records
    }

    /// The replica that holds the records.
    pub fn replica(&self) -> &Replica {
        self.records().replica()
    }

    /// The ports to the browser.
    pub fn platform(&self) -> &Rc<dyn Platform> {
        &self.0.platform
    }

    /// The ports to the drawing side.
    pub fn shell(&self) -> &Rc<dyn Shell> {
        &self.0.shell
    }

    /// Gives the program what reads the stores; called once the lazy part is loaded.
    pub fn enable_reading(&self, stores: Rc<dyn LazyStores>) {
        let _ = self.0.lazy_stores.set(stores);
        self.records().enable_decoding(Decoder::of_json());
    }

    /// True if [`App::enable_reading`] was called.
    pub fn can_read(&self) -> bool {
        self.0.lazy_stores.get().is_some()
    }

    /// What reads the stores. Only the lazy part asks for it.
    fn lazy_stores(&self) -> &dyn LazyStores {
        let stores = self.0.lazy_stores.get();
        &**stores.unwrap_or_else(|| unreachable!("the lazy part brings it"))
    }

    /// True at the start, while nobody knows if the article that is shown has notes.
    pub fn is_unread(&self) -> bool {
        self.0.is_unread.get()
    }

    /// True while stored notes of the open article are still being read.
    pub fn is_loading(&self) -> bool {
        self.0.session_loop.is_loading()
    }

    /// Records that the stored notes of an article are being read.
    pub fn begin_loading(&self, id: &ArticleId) {
        self.0.session_loop.begin_loading(id);
    }

    /// Records that they were read, and starts placing, unless another article's notes are being
    /// read by now.
    pub fn end_loading(&self, id: &ArticleId) {
        if self.0.session_loop.end_loading(id) {
            self.look_for_work();
            agreeing::soon(self);
        }
    }

    /// Handles an action. What it changes is in the small store when this returns.
    pub fn send(&self, action: Action) {
        let stores = self.0.lazy_stores.get();
        // A part of something that was taken over is not looked at again.
        let stores = stores.filter(|_| !self.0.undrawn.get());
        if stores.is_some_and(|stores| stores.takes_over(self, &action)) {
            return;
        }
        self.0.session_loop.send(action, self.records(), self);
    }

    /// Handles one of many actions that follow each other, of which the last is drawn.
    pub fn send_undrawn(&self, action: Action) {
        self.0.undrawn.set(true);
        self.send(action);
        self.0.undrawn.set(false);
    }

    /// Shows the reader a message.
    pub fn tell(&self, message: Message) {
        self.send(Action::Tell { message });
    }

    /// Writes again what a store refused.
    pub fn retry(&self) {
        self.replica().retry();
    }

    /// Runs a task.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.platform.spawn(Box::pin(task));
    }

    /// Has the lazy part do some work, once that is loaded.
    pub fn run(&self, work: Work) {
        self.spawn(self.0.shell.run(self, work));
    }

    /// Runs something after this many milliseconds, unless the timer is dropped before.
    #[must_use = "a timer that is dropped does not run"]
    pub fn after(&self, milliseconds: u32, run: impl FnOnce() + 'static) -> Timer {
        self.0.platform.after(milliseconds, Box::new(run))
    }

    /// Waits for so many milliseconds. A page in the background may wait longer.
    pub fn sleep(&self, milliseconds: u32) -> BoxFuture<()> {
        let state: Rc<(Cell<bool>, RefCell<Option<Waker>>)> = Rc::default();
        let there = state.clone();
        let wake = move || {
            there.0.set(true);
            if let Some(waker) = there.1.take() {
                waker.wake();
            }
        };
        self.0.platform.surely_after(milliseconds, Box::new(wake));
        Box::pin(poll_fn(move |context| {
            if state.0.get() {
                return Poll::Ready(());
            }
            state.1.replace(Some(context.waker().clone()));
            Poll::Pending
        }))
    }

    /// Yields, so that the page can draw and respond.
    pub fn yield_now(&self) -> BoxFuture<()> {
        self.0.platform.yield_now()
    }

    /// True if the session shows an article.
    pub fn shows(&self, id: &ArticleId) -> bool {
        let session = self.session();
        let open = session.article.as_ref();
        open.is_some_and(|article| article.id() == *id)
    }

    /// Shows whether everything is stored, and reports which store refuses.
    pub fn show_safety(&self) {
        let safety = self.replica().safety();
        self.0.shell.show_safety(safety);
        if safety == Safety::Saving {
            return;
        }
        self.0.platform.show_unsaved(&self.replica().unsaved());
        for action in self.0.session_loop.news_of_safety(safety) {
            self.send(action);
        }
    }
}

impl Mirror for App {
    fn before(&self, action: &Action) {
        self.0.platform.pass(ports::place_of(action));
    }

    fn clear_selection(&self) {
        self.0.shell.clear_selection();
    }

    fn keep_history(&self, before: &History, after: &History) {
        // A part of an edit that grows is not stored: each would be stored with all before it.
        let is_part = self.0.undrawn.get();
        if let Some(stores) = self.0.lazy_stores.get().filter(|_| !is_part) {
            stores.keep_history(before, after);
        }
    }

    fn adopted(&self) -> Vec<ReplicaId> {
        self.0.adopted.borrow().clone()
    }

    fn edited(&self, changes: usize) {
        maintenance::after_edit(self, changes);
        agreeing::soon(self);
    }

    fn settled(&self) {
        if !self.0.undrawn.get() {
            self.0.shell.redraw();
        }
        self.look_for_work();
    }
}

/// When something was last drawn of what comes in many parts, each of which costs as much to draw as
/// to take in.
pub(crate) struct Drawings(f64);

impl Default for Drawings {
    fn default() -> Self {
        Self(f64::NEG_INFINITY)
    }
}

impl Drawings {
    /// Milliseconds between two drawings.
    const BETWEEN: f64 = 200.0;

    /// Draws nothing at once.
    pub fn since_now(app: &App) -> Self {
        Self(app.platform().milliseconds())
    }

    /// True if so many milliseconds have passed since it was drawn last, and it is to be drawn now.
    pub fn are_due_after(&mut self, app: &App, between: f64) -> bool {
        let now = app.platform().milliseconds();
        let are_due = now - self.0 > between;
        if are_due {
            self.0 = now;
        }
        are_due
    }

    /// True if the next part is to be drawn, which it then is.
    pub fn are_due(&mut self, app: &App) -> bool {
        self.are_due_after(app, Self::BETWEEN)
    }
}
