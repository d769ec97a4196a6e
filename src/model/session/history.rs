//! Edits, and how they are undone and redone.

use std::rc::Rc;

use super::Session;
use crate::model::notebook::{Intent, Transaction};
use crate::model::notice::Message;

impl Session {
    pub(super) fn undo(&mut self) {
        if self.read_only {
            return self.notices.tell(Message::ReadOnly);
        }
        let Some(transaction) = self.history.to_undo().cloned() else {
            return self.notices.tell(Message::NothingToUndo);
        };
        self.leave();
        // Leaving a fresh note without words has already removed it.
        if self
            .history
            .to_undo()
            .is_none_or(|last| !Rc::ptr_eq(last, &transaction))
        {
            return self.notices.tell(Message::Undone {
                intent: Intent::AddNote,
                elsewhere: false,
            });
        }
        if self.commit(&transaction.invert()) {
            self.history.undone();
            self.show_change(&transaction, false);
            self.notices.tell(Message::Undone {
                intent: transaction.intent,
                elsewhere: self.is_elsewhere(&transaction),
            });
        } else {
            self.history.drop_undo();
            self.notices.tell(Message::UndoConflict);
        }
    }

    pub(super) fn redo(&mut self) {
        if self.read_only {
            return self.notices.tell(Message::ReadOnly);
        }
        let Some(transaction) = self.history.to_redo().cloned() else {
            return self.notices.tell(Message::NothingToRedo);
        };
        self.leave();
        if self.commit(&transaction) {
            self.history.redone();
            self.show_change(&transaction, true);
            self.notices.tell(Message::Redone {
                intent: transaction.intent,
                elsewhere: self.is_elsewhere(&transaction),
            });
        } else {
            self.history.drop_redo();
            self.notices.tell(Message::RedoConflict);
        }
    }

    /// Chooses the note that an undo or redo brought back or changed.
    pub(super) fn show_change(&mut self, transaction: &Transaction, forward: bool) {
        self.chosen = match &transaction.changes[..] {
            [change] => {
                let now = if forward {
                    change.after()
                } else {
                    change.before()
                };
                now.map(|annotation| annotation.id.clone())
            }
            _ => None,
        };
    }

    pub(super) fn is_elsewhere(&self, transaction: &Transaction) -> bool {
        let here = self.article.as_ref().map(|article| article.id());
        let mut changes = transaction.changes.iter();
        !changes.any(|change| Some(&change.annotation().article) == here.as_ref())
    }

    /// Makes an edit; returns false if it does not apply or if the session is read-only.
    pub(super) fn commit(&mut self, transaction: &Transaction) -> bool {
        if self.read_only {
            self.notices.tell(Message::ReadOnly);
            return false;
        }
        let Ok(notebook) = self.notebook.apply(transaction) else {
            return false;
        };
        self.notebook = Rc::new(notebook);
        self.place(&transaction.changes);
        self.outbox = self
            .outbox
            .iter()
            .chain(&transaction.changes)
            .cloned()
            .collect();
        true
    }

    /// Makes a new edit that can be undone.
    pub(super) fn edit(&mut self, transaction: Option<Transaction>) -> bool {
        let Some(transaction) = transaction else {
            return false;
        };
        let done = self.commit(&transaction);
        if done {
            self.history.push(Rc::new(transaction));
        }
        done
    }
}
