//! Notes that arrive from elsewhere: imports, the trash, other tabs.

use std::rc::Rc;

use super::{Action, Session};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::exchange::{Arrivals, Report};
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;

/// What an import has done so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Importing {
    /// What one Undo takes back; `None` while nothing has changed.
    edit: Option<Rc<Transaction>>,
    report: Report,
    /// True if some of its notes have to be looked for.
    looks: bool,
}

impl Action {
    /// Returns the import of [settled](Arrivals::settle) annotations, or of a part of them, into a
    /// session in which nothing is being written, and which has their present versions.
    pub fn import(arrivals: Arrivals, session: &Session, more: bool) -> Self {
        let (part, report) =
            arrivals.into_transaction(session.article.as_deref(), &session.notebook);
        Self::Import { part, report, more }
    }
}

impl Session {
    pub(super) fn import(&mut self, part: Transaction, report: Report, more: bool) {
        let mut so_far = self.importing.take().unwrap_or_default();
        let is_undone = |edit: &Rc<Transaction>| !self.history.has(edit);
        if so_far.edit.as_ref().is_some_and(is_undone) {
            // The reader has taken back what had arrived, and wants no more of it.
            return;
        }
        so_far.report.add(report);
        if !part.changes.is_empty() {
            so_far.edit = self.add_to_import(so_far.edit, part);
        }
        so_far.looks |= !self.placements.is_complete();
        self.importing = Some(so_far);
        if !more {
            self.end_import();
        }
    }

    /// Makes a part of an import an edit of its own, or a part of the edit that it is already.
    fn add_to_import(
        &mut self,
        edit: Option<Rc<Transaction>>,
        part: Transaction,
    ) -> Option<Rc<Transaction>> {
        match edit {
            None => {
                let is_done = self.edit(Some(part));
                self.history.to_undo().filter(|_| is_done).cloned()
            }
            Some(edit) => {
                let is_done = self.commit(&part);
                let changes = if is_done { &part.changes[..] } else { &[] };
                self.history.extend(&edit, changes)
            }
        }
    }

    /// Reports what an import has done, and where its notes are as soon as that is known.
    pub(super) fn end_import(&mut self) {
        let Some(Importing { report, looks, .. }) = self.importing.take() else {
            return;
        };
        self.notices.tell(Message::Imported(report));
        if looks {
            Rc::make_mut(&mut self.findings).await_summary();
            if self.placements.is_complete() {
                self.tell_placement();
            }
        }
    }

    pub(super) fn restore(&mut self, notes: Vec<Annotation>, known: Vec<Annotation>) {
        self.leave();
        self.load(known);
        let changes = notes.into_iter().filter_map(|note| {
            let before = self.notebook.get(&note.id).cloned();
            let after = Some(Rc::new(note));
            (before != after).then(|| Change::of(before, after))?
        });
        let changes: Vec<Change> = changes.collect();
        let notes = changes.len();
        let restored = Transaction {
            intent: Intent::Restore,
            changes,
        };
        if notes == 0 || self.edit(Some(restored)) {
            self.await_findings();
            self.notices.tell(Message::Restored { notes });
        }
    }

    pub(super) fn receive(&mut self, news: Vec<(AnnotationId, Option<Annotation>)>) {
        let news = news.into_iter().map(|(id, after)| (id, after.map(Rc::new)));
        let (notebook, changes) = self.notebook.received(news);
        self.notebook = Rc::new(notebook);
        self.place(&changes);
    }
}
