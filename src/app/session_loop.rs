//! The session loop: handles actions one at a time, and mirrors each new session outward at once.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::records::Records;
use crate::model::annotation::AnnotationId;
use crate::model::article::ArticleId;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::session::{Action, Draft, Session, Writing};
use crate::model::sync::replica::Safety;
use crate::model::sync::version::ReplicaId;

/// Receives the effects that a session change has outside of the session.
pub trait Mirror {
    /// Called before an action is handled.
    fn before(&self, _: &Action) {}

    /// Clears the page's selection, since the session has none any more.
    fn clear_selection(&self) {}

    /// Stores the undo history of this tab.
    fn keep_history(&self, _before: &History, _after: &History) {}

    /// Returns the replicas whose drafts this tab has adopted.
    fn adopted(&self) -> Vec<ReplicaId> {
        Vec::new()
    }

    /// Called with the number of changes that were written.
    fn edited(&self, _changes: usize) {}

    /// Called when every action that was sent has been handled.
    fn settled(&self) {}
}

/// Holds the session; only [`SessionLoop::send`] replaces it.
pub struct SessionLoop {
    session: RefCell<Rc<Session>>,
    queue: RefCell<VecDeque<Action>>,
    busy: Cell<bool>,
    /// The last message about a store that refuses, if any.
    trouble: RefCell<Option<Message>>,
    /// The article whose stored notes are still being read.
    loading: RefCell<Option<ArticleId>>,
}

impl Default for SessionLoop {
    fn default() -> Self {
        Self {
            session: RefCell::default(),
            queue: RefCell::default(),
            busy: Cell::new(false),
            trouble: RefCell::default(),
            loading: RefCell::default(),
        }
    }
}

impl SessionLoop {
    /// Returns the current session.
    pub fn session(&self) -> Rc<Session> {
        self.session.borrow().clone()
    }

    /// True while the stored notes of the open article are being read.
    pub fn is_loading(&self) -> bool {
        self.loading.borrow().is_some()
    }

    /// Records that the stored notes of an article are being read.
    pub fn begin_loading(&self, id: &ArticleId) {
        self.loading.replace(Some(id.clone()));
    }

    /// Records that they were read; false if those of another article are being read by now.
    pub fn end_loading(&self, id: &ArticleId) -> bool {
        let ended = self.loading.borrow_mut().take_if(|other| other == id);
        ended.is_some()
    }

    /// Handles an action. What it changes is in localStorage when this returns. An action sent
    /// while another is being handled waits for it.
    pub fn send(&self, action: Action, records: &Records, mirror: &dyn Mirror) {
        self.queue.borrow_mut().push_back(action);
        if self.busy.replace(true) {
            return;
        }
        loop {
            let Some(action) = self.queue.borrow_mut().pop_front() else {
                break;
            };
            mirror.before(&action);
            let before = self.session();
            let after = before.clone().after(action);
            self.session.replace(after.clone());
            keep(&before, &after, records, mirror);
        }
        self.busy.set(false);
        mirror.settled();
    }

    /// Returns the actions that report how the safety of the stores changed since the last call.
    /// Empty while the stores are still saving.
    pub fn news_of_safety(&self, safety: Safety) -> Vec<Action> {
        let trouble = match safety {
            Safety::Saving => return Vec::new(),
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
        let told = self.trouble.replace(trouble.clone());
        if told == trouble {
            return Vec::new();
        }
        let tell = trouble.map(|message| Action::Tell { message });
        [Action::StorageRecovered].into_iter().chain(tell).collect()
    }
}

fn keep(before: &Session, after: &Session, records: &Records, mirror: &dyn Mirror) {
    if !after.outbox.is_empty() {
        records.write_changes(&after.outbox);
        mirror.edited(after.outbox.len());
    }
    if before.selection.is_some() && after.selection.is_none() {
        mirror.clear_selection();
    }
    // An import in parts is one step of the history, which is stored when it is whole.
    let is_whole = after.importing.is_none();
    if is_whole && before.importing.is_some() {
        mirror.keep_history(&History::default(), &after.history);
    } else if is_whole && before.history != after.history {
        mirror.keep_history(&before.history, &after.history);
    }
    if before.writing != after.writing || before.drafts != after.drafts {
        keep_drafts(before, after, records, &mirror.adopted());
    }
}

/// Stores the current draft with every keystroke, until it is saved or discarded.
fn keep_drafts(before: &Session, after: &Session, records: &Records, adopted: &[ReplicaId]) {
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
        records.write_draft(&base.id, &draft, adopted);
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
        records.remove_draft(id, adopted);
    }
}
