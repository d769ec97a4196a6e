//! The application without a browser: use cases over ports, which the browser implements.
//!
//! Everything here is native and reaches the world only through a port, so that what it does is
//! tested with stores in memory. [`App`] is the whole program; the rules that need only records are
//! methods of [`Records`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod agreeing;
pub mod articles;
pub mod backup;
pub mod catalogue;
pub mod collection;
pub mod counterpart;
pub mod drafts;
pub mod engine;
pub mod exchange;
pub mod maintenance;
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
pub mod snapshots;
pub mod sync;
pub mod trash;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use agreeing::Agreeing;
use pending_work::PendingWork;
use place::ReadingPlace;
use placement::Placement;
use ports::{BoxFuture, Platform, Shell, Timer};
use records::Records;
use session_loop::{Mirror, SessionLoop};

use crate::model::article::ArticleId;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::session::{Action, Session};
use crate::model::sync::replica::{Replica, Safety};
use crate::model::sync::store::Store;
use crate::model::sync::version::ReplicaId;

/// The program: its session, its records and everything it remembers while it runs. Cheap to clone;
/// equal to its clones.
#[derive(Clone)]
pub struct App(Rc<Inner>);

struct Inner {
    session_loop: SessionLoop,
    records: Records,
    platform: Rc<dyn Platform>,
    shell: Rc<dyn Shell>,
    pending_work: PendingWork,
    placement: Placement,
    agreeing: Agreeing,
    place: ReadingPlace,
    /// A backup is to be written.
    backup_due: Cell<bool>,
    /// The replicas of tabs that are no more, whose drafts go on here.
    adopted: RefCell<Vec<ReplicaId>>,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl App {
    /// The program of one tab, with two stores for its records: one that keeps them at once and one
    /// that keeps them safe.
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
                pending_work: PendingWork::default(),
                placement: Placement::default(),
                agreeing: Agreeing::default(),
                place: ReadingPlace::default(),
                backup_due: Cell::new(false),
                adopted: RefCell::default(),
            }
        }))
    }

    /// The present session.
    pub fn session(&self) -> Rc<Session> {
        self.0.session_loop.session()
    }

    /// What is kept besides the texts.
    pub fn records(&self) -> &Records {
        &self.0.records
    }

    /// The replica that keeps the records.
    pub fn replica(&self) -> &Replica {
        self.records().replica()
    }

    /// The ports to the browser.
    pub fn platform(&self) -> &Rc<dyn Platform> {
        &self.0.platform
    }

    /// The ports to whoever draws.
    pub fn shell(&self) -> &Rc<dyn Shell> {
        &self.0.shell
    }

    /// True while stored notes of the open article are still being read.
    pub fn is_loading(&self) -> bool {
        self.0.session_loop.is_loading()
    }

    /// The stored notes of an article are about to be read.
    pub fn begin_loading(&self, id: &ArticleId) {
        self.0.session_loop.begin_loading(id);
    }

    /// They were read, unless those of another article are by now: notes without a place are looked
    /// for.
    pub fn end_loading(&self, id: &ArticleId) {
        if self.0.session_loop.end_loading(id) {
            self.look_for_work();
            agreeing::soon(self);
        }
    }

    /// Takes an action. What it changes is in the small store when this returns.
    pub fn send(&self, action: Action) {
        self.0.session_loop.send(action, self.records(), self);
    }

    /// Tells the reader something.
    pub fn tell(&self, message: Message) {
        self.send(Action::Tell { message });
    }

    /// Writes again what storage refused.
    pub fn retry(&self) {
        self.replica().retry();
    }

    /// Runs a task.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.platform.spawn(Box::pin(task));
    }

    /// Runs something after so many milliseconds, unless the timer is dropped before.
    #[must_use = "a timer that is dropped does not run"]
    pub fn after(&self, milliseconds: u32, run: impl FnOnce() + 'static) -> Timer {
        self.0.platform.after(milliseconds, Box::new(run))
    }

    /// Lets the page draw and answer before what follows.
    pub fn yield_now(&self) -> BoxFuture<()> {
        self.0.platform.yield_now()
    }

    /// True if the session shows an article.
    pub fn shows(&self, id: &ArticleId) -> bool {
        let session = self.session();
        let open = session.article.as_ref();
        open.is_some_and(|article| article.id() == *id)
    }

    /// Shows whether everything is kept, and says which store refuses.
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
        self.0.platform.keep_history(before, after);
    }

    fn adopted(&self) -> Vec<ReplicaId> {
        self.0.adopted.borrow().clone()
    }

    fn edited(&self, changes: usize) {
        maintenance::after_edit(self, changes);
        agreeing::soon(self);
    }

    fn settled(&self) {
        self.0.shell.redraw();
        self.look_for_work();
    }
}
