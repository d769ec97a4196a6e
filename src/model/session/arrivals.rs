//! Notes that arrive from elsewhere: imports, the trash, other tabs.

use std::rc::Rc;

use super::Session;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::exchange::Arrivals;
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;

impl Session {
    pub(super) fn import(&mut self, arrivals: Arrivals, known: Vec<Annotation>) {
        self.leave();
        self.load(known);
        let (transaction, report) =
            arrivals.into_transaction(self.article.as_deref(), &self.notebook);
        if !transaction.changes.is_empty() {
            self.edit(Some(transaction));
            self.await_findings();
        }
        self.notices.tell(Message::Imported(report));
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
