//! The desk: holds the session, takes actions, and mirrors each new session into storage at once.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::page::Page;
use crate::browser::{chaos, records, selection, system, tab};
use crate::model::annotation::AnnotationId;
use crate::model::article::ArticleId;
use crate::model::notice::Message;
use crate::model::session::{Action, Draft, Session, Writing};
use crate::model::sync::replica::Safety;
use crate::ui::pending_work::PendingWork;
use crate::ui::{agreeing, maintenance};

/// Where actions go and the session is read. Cheap to clone; equal to its clones.
#[derive(Clone)]
pub struct Desk(Rc<Inner>);

struct Inner {
    session: RefCell<Rc<Session>>,
    queue: RefCell<VecDeque<Action>>,
    busy: Cell<bool>,
    /// What was said of a store that refuses.
    trouble: RefCell<Option<Message>>,
    page: RefCell<Option<Rc<Page>>>,
    /// The article whose stored notes are still being read.
    loading: RefCell<Option<ArticleId>>,
    pending_work: Rc<PendingWork>,
    redraw: UseForceUpdateHandle,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The desk of the app: its component draws again after each action.
#[hook]
pub fn use_desk() -> Desk {
    let redraw = use_force_update();
    let desk = use_memo((), |()| {
        Desk(Rc::new(Inner {
            session: RefCell::default(),
            queue: RefCell::default(),
            busy: Cell::new(false),
            trouble: RefCell::default(),
            page: RefCell::default(),
            loading: RefCell::default(),
            pending_work: Rc::default(),
            redraw,
        }))
    });
    (*desk).clone()
}

impl Desk {
    /// The session as it is now.
    pub fn session(&self) -> Rc<Session> {
        self.0.session.borrow().clone()
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
        self.0.loading.borrow().is_some()
    }

    /// The stored notes of an article are being read.
    pub fn begin_loading(&self, id: &ArticleId) {
        self.0.loading.replace(Some(id.clone()));
    }

    /// They were read, unless those of another one are by now: what has no place yet is looked for.
    pub fn end_loading(&self, id: &ArticleId) {
        let ended = self.0.loading.borrow_mut().take_if(|other| other == id);
        if ended.is_some() {
            self.0.pending_work.look(self);
            agreeing::soon(self);
        }
    }

    /// Takes an action. What it changes is in the small storage when this returns.
    pub fn send(&self, action: Action) {
        self.0.queue.borrow_mut().push_back(action);
        if self.0.busy.replace(true) {
            return;
        }
        loop {
            let Some(action) = self.0.queue.borrow_mut().pop_front() else {
                break;
            };
            chaos::at(match action {
                Action::Typed { .. } => "typing",
                _ => "edit",
            });
            let before = self.session();
            let after = before.clone().after(action);
            self.0.session.replace(after.clone());
            self.keep(&before, &after);
        }
        self.0.busy.set(false);
        self.0.redraw.force_update();
        self.0.pending_work.look(self);
    }

    /// A callback that sends an action.
    pub fn callback<E>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let desk = self.clone();
        Callback::from(move |event| desk.send(action(event)))
    }

    /// Tells the reader something.
    pub fn tell(&self, message: Message) {
        self.send(Action::Tell { message });
    }

    /// Writes again what storage refused.
    pub fn retry(&self) {
        records::replica().retry();
    }

    fn keep(&self, before: &Session, after: &Session) {
        if !after.outbox.is_empty() {
            records::write_changes(&after.outbox);
            maintenance::after_edit(self, after.outbox.len());
            agreeing::soon(self);
        }
        let let_go = before.selection.is_some() && after.selection.is_none();
        if let_go && self.page().is_some_and(|page| !page.selected().is_empty()) {
            // What the session let go, the page lets go: a highlight takes its selection's place.
            // What is selected elsewhere by now is not the session's.
            selection::clear();
        }
        if before.history != after.history {
            tab::write_history(&before.history, &after.history);
        }
        if before.writing != after.writing || before.drafts != after.drafts {
            self.keep_drafts(before, after);
        }
    }

    /// Shows whether everything is kept, and says which store refuses.
    pub fn show_safety(&self) {
        let safety = records::replica().safety();
        show_save_state(match safety {
            Safety::Saving => "saving",
            Safety::Saved { .. } => "saved",
            Safety::Failed { .. } => "failed",
        });
        let trouble = match safety {
            Safety::Saving => return,
            Safety::Saved { local: None } => None,
            Safety::Saved { local } => Some(Message::Storage {
                local,
                journal: None,
            }),
            Safety::Failed { journal, local } => Some(Message::Storage {
                local,
                journal: Some(journal),
            }),
        };
        records::show_unsaved();
        let told = self.0.trouble.replace(trouble.clone());
        if told != trouble {
            self.send(Action::StorageRecovered);
            if let Some(message) = trouble {
                self.tell(message);
            }
        }
    }

    /// What is being written is kept with every keystroke, until it is saved or thrown away.
    fn keep_drafts(&self, before: &Session, after: &Session) {
        let writing = after
            .writing
            .as_ref()
            .filter(|writing| writing.is_changed());
        if let Some(writing) = writing {
            let Writing {
                base, note, tags, ..
            } = &**writing;
            let draft = Draft {
                note: note.clone(),
                tags: tags.clone(),
            };
            records::write_draft(&base.id, &draft);
        }
        let written = |session: &Session, id: &AnnotationId| {
            let writing = session.writing.as_ref();
            session.draft_of(id).is_some()
                || writing.is_some_and(|writing| writing.base.id == *id && writing.is_changed())
        };
        let ids = before
            .drafts
            .iter()
            .map(|(id, _)| id)
            .chain(before.writing.iter().map(|writing| &writing.base.id));
        for id in ids.filter(|id| !written(after, id)) {
            records::remove_draft(id);
        }
    }
}

/// Says on the root element whether everything shown is kept: `saving`, `saved` or `failed`.
fn show_save_state(state: &str) {
    if let Some(root) = system::root() {
        let _ = root.set_attribute("data-save-state", state);
    }
}
