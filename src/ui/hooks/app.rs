//! The app: the session loop in the page, which mirrors each new session into storage at once.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::app::session_loop::{Mirror, SessionLoop};
use crate::browser::page::Page;
use crate::browser::{chaos, records, selection, system, tab, tabs};
use crate::model::article::ArticleId;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::session::{Action, Session};
use crate::model::sync::replica::Safety;
use crate::model::sync::version::ReplicaId;
use crate::ui::pending_work::PendingWork;
use crate::ui::{agreeing, maintenance};

/// Where actions go and the session is read. Cheap to clone; equal to its clones.
#[derive(Clone)]
pub struct AppHandle(Rc<Inner>);

struct Inner {
    session_loop: SessionLoop,
    page: RefCell<Option<Rc<Page>>>,
    pending_work: Rc<PendingWork>,
    redraw: UseForceUpdateHandle,
}

impl PartialEq for AppHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The app of the app: its component draws again after each action.
#[hook]
pub fn use_app() -> AppHandle {
    let redraw = use_force_update();
    let app = use_memo((), |()| {
        AppHandle(Rc::new(Inner {
            session_loop: SessionLoop::default(),
            page: RefCell::default(),
            pending_work: Rc::default(),
            redraw,
        }))
    });
    (*app).clone()
}

impl AppHandle {
    /// The session as it is now.
    pub fn session(&self) -> Rc<Session> {
        self.0.session_loop.session()
    }

    /// The article as it is shown.
    pub fn page(&self) -> Option<Rc<Page>> {
        self.0.page.borrow().clone()
    }

    /// Shows another article, or none.
    pub fn set_page(&self, page: Option<Rc<Page>>) {
        self.0.page.replace(page);
    }

    /// Whether stored notes of the open article are still being read.
    pub fn is_loading(&self) -> bool {
        self.0.session_loop.is_loading()
    }

    /// The stored notes of an article are being read.
    pub fn begin_loading(&self, id: &ArticleId) {
        self.0.session_loop.begin_loading(id);
    }

    /// They were read, unless those of another one are by now: what has no place yet is looked for.
    pub fn end_loading(&self, id: &ArticleId) {
        if self.0.session_loop.end_loading(id) {
            self.0.pending_work.look(self);
            agreeing::soon(self);
        }
    }

    /// Takes an action. What it changes is in the small storage when this returns.
    pub fn send(&self, action: Action) {
        self.0.session_loop.send(action, &records::records(), self);
    }

    /// A callback that sends an action.
    pub fn callback<E>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let app = self.clone();
        Callback::from(move |event| app.send(action(event)))
    }

    /// Tells the reader something.
    pub fn tell(&self, message: Message) {
        self.send(Action::Tell { message });
    }

    /// Writes again what storage refused.
    pub fn retry(&self) {
        records::replica().retry();
    }

    /// Shows whether everything is kept, and says which store refuses.
    pub fn show_safety(&self) {
        let safety = records::replica().safety();
        show_save_state(match safety {
            Safety::Saving => "saving",
            Safety::Saved { .. } => "saved",
            Safety::Failed { .. } => "failed",
        });
        if safety == Safety::Saving {
            return;
        }
        records::show_unsaved();
        for action in self.0.session_loop.news_of_safety(safety) {
            self.send(action);
        }
    }
}

impl Mirror for AppHandle {
    fn before(&self, action: &Action) {
        chaos::at(match action {
            Action::Typed { .. } => "typing",
            _ => "edit",
        });
    }

    fn clear_selection(&self) {
        // A highlight takes its selection's place. What is selected elsewhere by now is not the
        // session's.
        if self.page().is_some_and(|page| !page.selected().is_empty()) {
            selection::clear();
        }
    }

    fn keep_history(&self, before: &History, after: &History) {
        tab::write_history(before, after);
    }

    fn adopted(&self) -> Vec<ReplicaId> {
        tabs::adopted()
    }

    fn edited(&self, changes: usize) {
        maintenance::after_edit(self, changes);
        agreeing::soon(self);
    }

    fn settled(&self) {
        self.0.redraw.force_update();
        self.0.pending_work.look(self);
    }
}

/// Says on the root element whether everything shown is kept: `saving`, `saved` or `failed`.
fn show_save_state(state: &str) {
    if let Some(root) = system::root() {
        let _ = root.set_attribute("data-save-state", state);
    }
}
