//! Undo and redo: one line of transactions, and how many of them are in effect.

use std::rc::Rc;

use super::annotation::AnnotationId;
use super::notebook::{Change, Intent, Transaction};

/// Most transactions kept: more take memory, fewer limit undo.
pub const LONGEST: usize = 200;

/// Undo and redo. Invariant: `at <= line.len()`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Oldest first; those from `at` on were undone.
    line: Vec<Rc<Transaction>>,
    at: usize,
    /// Number of older transactions that were forgotten: `line[0]` has this number.
    first: usize,
}

impl History {
    /// Creates a history in which the first `at` transactions are in effect, numbered from `first`.
    pub fn of(line: Vec<Rc<Transaction>>, at: usize, first: usize) -> Self {
        let at = at.min(line.len());
        Self { line, at, first }
    }

    /// The number of the oldest transaction; those with lower numbers never come back.
    pub fn first(&self) -> usize {
        self.first
    }

    /// Returns the transaction with a number.
    pub fn numbered(&self, number: usize) -> Option<&Rc<Transaction>> {
        self.line.get(number.checked_sub(self.first)?)
    }

    /// The transactions, oldest first.
    pub fn line(&self) -> &[Rc<Transaction>] {
        &self.line
    }

    /// Number of transactions in effect.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The transaction that Undo would take back.
    pub fn to_undo(&self) -> Option<&Rc<Transaction>> {
        self.at.checked_sub(1).map(|last| &self.line[last])
    }

    /// The transaction that Redo would repeat.
    pub fn to_redo(&self) -> Option<&Rc<Transaction>> {
        self.line.get(self.at)
    }

    /// Adds a new transaction, and forgets those that were undone.
    pub fn push(&mut self, transaction: Rc<Transaction>) {
        self.line.truncate(self.at);
        self.line.push(transaction);
        let over = self.line.len().saturating_sub(LONGEST);
        self.line.drain(..over);
        self.first += over;
        self.at = self.line.len();
    }

    /// Adds changes to a transaction that is in effect, and returns it as it is then; `None` if it
    /// is not, because it was taken back or forgotten.
    pub fn extend(&mut self, edit: &Rc<Transaction>, more: &[Change]) -> Option<Rc<Transaction>> {
        let mut line = self.line[..self.at].iter_mut();
        let place = line.find(|other| Rc::ptr_eq(other, edit))?;
        let mut extended = (**edit).clone();
        extended.changes.extend_from_slice(more);
        *place = Rc::new(extended);
        Some(place.clone())
    }

    /// Takes a part of at most `count` changes off the transaction that Undo would take back, or Redo
    /// repeat, as one of its own that comes first. Returns the history, and what is left then; `None`
    /// if nothing would be.
    pub fn parted(&self, forward: bool, count: usize) -> Option<(Self, Rc<Transaction>)> {
        let at = if forward {
            self.at
        } else {
            self.at.checked_sub(1)?
        };
        let whole = self.line.get(at)?;
        let split = match forward {
            true => count,
            false => whole.changes.len().saturating_sub(count),
        };
        if split == 0 || split >= whole.changes.len() {
            return None;
        }
        let (one, other) = whole.changes.split_at(split);
        let part = |changes: &[Change]| {
            Rc::new(Transaction {
                intent: whole.intent,
                changes: changes.to_vec(),
            })
        };
        let parts = [part(one), part(other)];
        let left = parts[usize::from(forward)].clone();
        let mut next = self.clone();
        next.line.splice(at..=at, parts);
        next.at += usize::from(!forward);
        Some((next, left))
    }

    /// Joins what was taken back or done again last with what was before it, if that is `earlier`.
    /// Returns the history, and what was joined or is alone.
    pub fn rejoined(
        &self,
        forward: bool,
        earlier: Option<&Rc<Transaction>>,
    ) -> Option<(Self, Rc<Transaction>)> {
        let last = if forward {
            self.at.checked_sub(1)?
        } else {
            self.at
        };
        let first = if forward {
            last.checked_sub(1)
        } else {
            Some(last)
        };
        let other = if forward { first } else { Some(last + 1) };
        let other = other.and_then(|other| self.line.get(other));
        let is_earlier =
            |other: &&Rc<Transaction>| earlier.is_some_and(|earlier| Rc::ptr_eq(earlier, other));
        let (Some(first), true) = (first, other.filter(is_earlier).is_some()) else {
            return Some((self.clone(), self.line.get(last)?.clone()));
        };
        let mut next = self.clone();
        let mut joined = (*next.line.remove(first)).clone();
        joined.changes.extend_from_slice(&next.line[first].changes);
        let joined = Rc::new(joined);
        next.line[first] = joined.clone();
        next.at -= usize::from(forward);
        Some((next, joined))
    }

    /// Makes the last transaction one with the one before it, if that is `last` and both move the
    /// same end of the same passage.
    pub fn join(&mut self, last: Option<Rc<Transaction>>, intent: Intent) {
        let [.., one, next] = &self.line[..self.at] else {
            return;
        };
        let is_last = last.is_some_and(|last| Rc::ptr_eq(&last, one));
        if !is_last || one.intent != intent || next.intent != intent {
            return;
        }
        let ([first], [second]) = (&one.changes[..], &next.changes[..]) else {
            return;
        };
        if first.after() != second.before() || moved_ends(first) != moved_ends(second) {
            return;
        }
        if let Some(both) = Change::of(first.before().cloned(), second.after().cloned()) {
            self.line.truncate(self.at - 2);
            self.line.push(Rc::new(Transaction::one(intent, both)));
            self.at = self.line.len();
        }
    }

    /// True if a transaction is in effect.
    pub fn has(&self, edit: &Rc<Transaction>) -> bool {
        let mut line = self.line[..self.at].iter();
        line.any(|other| Rc::ptr_eq(other, edit))
    }

    /// Records that [`History::to_undo`] was taken back.
    pub fn undone(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Records that [`History::to_redo`] was done again.
    pub fn redone(&mut self) {
        self.at = (self.at + 1).min(self.line.len());
    }

    /// Forgets the transaction that Undo would take back, because it no longer applies.
    pub fn drop_undo(&mut self) {
        if let Some(last) = self.at.checked_sub(1) {
            self.line.remove(last);
            self.at = last;
        }
    }

    /// Forgets the transactions that change only this note, as if it had never existed.
    pub fn forget(&mut self, id: &AnnotationId) {
        let is_of_it = |edit: &Rc<Transaction>| edit.changes.iter().all(|change| change.id() == id);
        let gone = self.line[..self.at]
            .iter()
            .filter(|edit| is_of_it(edit))
            .count();
        self.line.retain(|edit| !is_of_it(edit));
        self.at -= gone;
    }

    /// Forgets the transactions that were undone, because they no longer apply.
    pub fn drop_redo(&mut self) {
        self.line.truncate(self.at);
    }
}

/// Whether a change moves the start of a note's passage, and whether it moves the end.
fn moved_ends(change: &Change) -> [bool; 2] {
    let [before, after] = [change.before(), change.after()].map(|note| {
        let position = note.and_then(|note| note.sought().position);
        position.map_or([None; 2], |at| [Some(at.start()), Some(at.end())])
    });
    [before[0] != after[0], before[1] != after[1]]
}
