//! Undo and redo: one line of transactions, and how many of them are in effect.

use std::rc::Rc;

use super::annotation::AnnotationId;
use super::notebook::Transaction;

/// Transactions kept: more is memory, fewer is less to take back.
pub const LONGEST: usize = 200;

/// Undo and redo. Invariant: `at <= line.len()`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The oldest first; the ones from `at` on were undone.
    line: Vec<Rc<Transaction>>,
    at: usize,
    /// How many older ones were forgotten: `line[0]` is the transaction of this number.
    first: usize,
}

impl History {
    /// A history of transactions of which the first `at` are in effect, numbered from `first`.
    pub fn of(line: Vec<Rc<Transaction>>, at: usize, first: usize) -> Self {
        let at = at.min(line.len());
        Self { line, at, first }
    }

    /// The number of the oldest transaction: what it counts never comes back.
    pub fn first(&self) -> usize {
        self.first
    }

    /// The transaction of a number.
    pub fn numbered(&self, number: usize) -> Option<&Rc<Transaction>> {
        self.line.get(number.checked_sub(self.first)?)
    }

    /// The transactions, the oldest first.
    pub fn line(&self) -> &[Rc<Transaction>] {
        &self.line
    }

    /// How many of them are in effect.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What Undo would take back.
    pub fn to_undo(&self) -> Option<&Rc<Transaction>> {
        self.at.checked_sub(1).map(|last| &self.line[last])
    }

    /// What Redo would do again.
    pub fn to_redo(&self) -> Option<&Rc<Transaction>> {
        self.line.get(self.at)
    }

    /// After a new edit: what was undone can no longer be done again.
    pub fn push(&mut self, transaction: Rc<Transaction>) {
        self.line.truncate(self.at);
        self.line.push(transaction);
        let over = self.line.len().saturating_sub(LONGEST);
        self.line.drain(..over);
        self.first += over;
        self.at = self.line.len();
    }

    /// After what [`History::to_undo`] names was taken back.
    pub fn undone(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// After what [`History::to_redo`] names was done again.
    pub fn redone(&mut self) {
        self.at = (self.at + 1).min(self.line.len());
    }

    /// Forgets what Undo would take back: it no longer fits.
    pub fn drop_undo(&mut self) {
        if let Some(last) = self.at.checked_sub(1) {
            self.line.remove(last);
            self.at = last;
        }
    }

    /// Forgets the edits of one note alone, as if it had never been.
    pub fn forget(&mut self, id: &AnnotationId) {
        let is_of_it = |edit: &Rc<Transaction>| edit.changes.iter().all(|change| change.id() == id);
        let gone = self.line[..self.at]
            .iter()
            .filter(|edit| is_of_it(edit))
            .count();
        self.line.retain(|edit| !is_of_it(edit));
        self.at -= gone;
    }

    /// Forgets what Redo would do again: it no longer fits.
    pub fn drop_redo(&mut self) {
        self.line.truncate(self.at);
    }
}
