//! The index of a replica: which records it has, which stores have them, and what is due.

use std::cell::Cell;
use std::rc::Rc;

use super::merge::path_of_copy;
use super::record::{Path, Record};
use super::store::{Batch, Outcome, Refusal};
use super::version::{Copied, Dot};

/// The origin of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// localStorage, which is written at once.
    Local,
    /// The journal, which survives a crash.
    Journal,
    /// Another tab, which stores it.
    Tab,
    /// The storage of an earlier build.
    Earlier,
    /// Another device, by a server: no store has it.
    Afar,
}

/// Most records given to the journal at once; an import of thousands must not block the page.
const MOST: usize = 500;

/// A known record, and which stores have it.
pub(super) struct Entry {
    pub(super) record: Rc<Record>,
    pub(super) in_local: bool,
    pub(super) in_journal: bool,
    /// True if it is in the list of what the journal gets next.
    pub(super) queued: bool,
    /// Edits in the journal that this one replaces.
    pub(super) stale: Vec<Dot>,
}

/// Refused records, and the reason.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) paths: Vec<Path>,
    pub(super) why: Option<Refusal>,
}

impl Refused {
    pub(super) fn add(&mut self, outcome: Outcome) {
        if outcome.why.is_some() || self.paths.is_empty() {
            self.why = outcome.why;
        }
        self.paths.extend(outcome.refused);
    }

    /// Takes the paths to try again. The reason stays until that has worked.
    pub(super) fn take(&mut self) -> Vec<Path> {
        std::mem::take(&mut self.paths)
    }
}

#[derive(Default)]
pub(super) struct Index {
    pub(super) lamport: u64,
    /// How often a record has changed.
    pub(super) changes: u64,
    /// By path. Boxed, since inserting a record moves the rest of a long list.
    #[allow(clippy::vec_box)]
    pub(super) entries: Vec<Box<Entry>>,
    /// Where the last record was found: they are mostly asked for in their order.
    near: Cell<usize>,
    /// Paths that the journal gets next.
    pub(super) due: Vec<Path>,
    pub(super) forget: Vec<(Path, Dot)>,
    pub(super) local_refused: Refused,
    pub(super) journal_refused: Refused,
}

impl Index {
    pub(super) fn find(&self, path: &Path) -> Result<usize, usize> {
        let near = self.near.get();
        let is_it = |at: &usize| {
            let entry = self.entries.get(*at);
            entry.is_some_and(|entry| entry.record.path() == path)
        };
        let found = match [near, near + 1].into_iter().find(is_it) {
            Some(at) => Ok(at),
            None if self.last_path().is_some_and(|last| last < path) => Err(self.entries.len()),
            None => self
                .entries
                .binary_search_by(|entry| entry.record.path().cmp(path)),
        };
        let (Ok(at) | Err(at)) = found;
        self.near.set(at);
        found
    }

    fn last_path(&self) -> Option<&Path> {
        self.entries.last().map(|entry| entry.record.path())
    }

    pub(super) fn get(&self, path: &Path) -> Option<&Entry> {
        self.find(path).ok().map(|at| &*self.entries[at])
    }

    pub(super) fn get_mut(&mut self, path: &Path) -> Option<&mut Entry> {
        let at = self.find(path).ok()?;
        Some(&mut self.entries[at])
    }

    /// Inserts a record; the one it replaces is to leave the journal.
    pub(super) fn put(&mut self, record: Rc<Record>) {
        self.changes += 1;
        match self.find(record.path()) {
            Ok(at) => {
                let entry = &mut self.entries[at];
                let before = entry.record.version().dot().clone();
                if before != *record.version().dot() {
                    entry.stale.push(before);
                }
                entry.record = record;
                (entry.in_local, entry.in_journal) = (false, false);
            }
            Err(at) => self.entries.insert(
                at,
                Box::new(Entry {
                    record,
                    in_local: false,
                    in_journal: false,
                    queued: false,
                    stale: Vec::new(),
                }),
            ),
        }
    }

    /// True if the words of an edit are safe in a copy.
    pub(super) fn has_copy(&self, note: &Path, copied: &Copied) -> bool {
        let path = path_of_copy(note, copied.dot());
        let copy = path.and_then(|path| self.get(&path));
        copy.is_some_and(|copy| copy.in_journal)
    }

    /// Updates which stores have a record after it was read or received.
    pub(super) fn note_origin(&mut self, origin: Origin, found: &Record) {
        let Some(entry) = self.get_mut(found.path()) else {
            return;
        };
        let same = *entry.record == *found;
        match origin {
            // This store has room for one: the current record was overwritten or is newer.
            Origin::Local => entry.in_local = same,
            Origin::Journal => entry.in_journal |= same,
            // The other tab may die before its journal has the record. Until the journal is read,
            // the record does not count as being there and must not replace what is.
            Origin::Tab => entry.in_local |= same,
            Origin::Earlier | Origin::Afar => {}
        }
        let dot = found.version().dot();
        let version = entry.record.version();
        let taken_over = *dot != *version.dot() && version.covers(dot);
        let is_in_journal = !matches!(origin, Origin::Local | Origin::Afar);
        if taken_over && is_in_journal && !entry.stale.contains(dot) {
            entry.stale.push(dot.clone());
        }
    }

    /// Puts a path into the list of what the journal gets next.
    pub(super) fn queue(&mut self, path: &Path) {
        if let Some(entry) = self.get_mut(path).filter(|entry| !entry.queued) {
            entry.queued = true;
            self.due.push(path.clone());
        }
    }

    /// Returns the next batch for the journal.
    pub(super) fn next_batch(&mut self) -> Batch {
        let again = self.journal_refused.take();
        for path in &again {
            self.queue(path);
        }
        let mut batch = Batch {
            put: Vec::new(),
            forget: std::mem::take(&mut self.forget),
        };
        let count = self.due.len().min(MOST);
        for path in self.due.drain(..count).collect::<Vec<_>>() {
            let Some(entry) = self.get_mut(&path) else {
                continue;
            };
            entry.queued = false;
            if !entry.in_journal {
                batch.put.push(entry.record.clone());
            }
            let stale = entry.stale.iter().cloned();
            batch.forget.extend(stale.map(|dot| (path.clone(), dot)));
        }
        if !again.is_empty() && batch.is_empty() {
            // Another tab has stored in the meantime whatever was refused here.
            self.journal_refused.why = None;
        }
        batch
    }

    pub(super) fn journal_has(&mut self, batch: &Batch, outcome: Outcome) {
        for (path, dot) in batch.forget.iter().filter(|_| outcome.why.is_none()) {
            if let Some(entry) = self.get_mut(path) {
                entry.stale.retain(|stale| stale != dot);
            }
        }
        for record in &batch.put {
            let Some(entry) = self.get_mut(record.path()) else {
                continue;
            };
            if outcome.refused.contains(record.path()) {
                continue;
            }
            let dot = record.version().dot();
            if Rc::ptr_eq(&entry.record, record) {
                entry.in_journal = true;
            } else if entry.record.version().dot() != dot {
                // The record was edited in the meantime.
                entry.stale.push(dot.clone());
            }
        }
        if outcome.why.is_some() {
            self.forget.extend(batch.forget.iter().cloned());
        }
        self.journal_refused.add(outcome);
    }

    pub(super) fn local_has(&mut self, batch: &Batch, outcome: Outcome) {
        for record in &batch.put {
            let refused = outcome.refused.contains(record.path());
            if let Some(entry) = self.get_mut(record.path())
                && Rc::ptr_eq(&entry.record, record)
            {
                entry.in_local = !refused;
            }
        }
        self.local_refused.add(outcome);
    }

    pub(super) fn range(&self, folder: &str) -> std::ops::Range<usize> {
        fn path(entry: &Entry) -> &str {
            entry.record.path().as_str()
        }
        let start = self.entries.partition_point(|entry| path(entry) < folder);
        let rest = &self.entries[start..];
        start..start + rest.partition_point(|entry| path(entry).starts_with(folder))
    }

    pub(super) fn folder(&self, folder: &str) -> &[Box<Entry>] {
        &self.entries[self.range(folder)]
    }
}
