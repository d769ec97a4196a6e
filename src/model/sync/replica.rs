//! The replica: which records the notebook has, which stores have them, and what has to be done for
//! them to be safe.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::index::Index;
pub use super::index::Origin;
use super::merge::{Merged, merge};
use super::record::{Path, Record, State};
use super::store::{Batch, Outcome, Refusal, Store};
use super::version::{Copied, Dot, ReplicaId, Version};
use crate::model::order::sorted_once;

/// Whether everything on display is stored where it survives a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It will be soon.
    Saving,
    /// It is, though localStorage may have refused it.
    Saved {
        /// Why localStorage refused it, if it did.
        local: Option<Refusal>,
    },
    /// It is not: the journal has refused something.
    Failed {
        /// Why the journal refused.
        journal: Refusal,
        /// Why localStorage has refused something too, if it has.
        local: Option<Refusal>,
    },
}

/// An edit to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The path of the record.
    pub path: Path,
    /// Its state after the edit.
    pub state: State,
    /// Its new body, as JSON.
    pub body: String,
}

/// A store that accepts everything and keeps nothing.
struct Nowhere;

impl Store for Nowhere {
    fn keep(&self, _: Rc<Batch>, done: super::store::Done) {
        done(Outcome::default());
    }
}

/// Keeps records in two stores. Clones are cheap and share the same replica.
#[derive(Clone)]
pub struct Replica(Rc<Inner>);

struct Inner {
    id: ReplicaId,
    index: RefCell<Index>,
    /// localStorage, which every tab writes at once.
    local: Rc<dyn Store>,
    /// The journal, which survives a crash.
    journal: Rc<dyn Store>,
    /// True while the journal is writing a batch.
    busy: Cell<bool>,
    /// Called when the safety may have changed.
    changed: Box<dyn Fn()>,
}

impl Replica {
    /// Creates an empty replica. `changed` is called when [`Replica::safety`] may have changed.
    pub fn new(
        id: ReplicaId,
        local: Rc<dyn Store>,
        journal: Rc<dyn Store>,
        changed: Box<dyn Fn()>,
    ) -> Self {
        Self(Rc::new(Inner {
            id,
            index: RefCell::default(),
            local,
            journal,
            busy: Cell::new(false),
            changed,
        }))
    }

    /// Creates a replica that stores nothing, only for merging.
    pub fn of_nothing() -> Self {
        let id = ReplicaId::parse("0").unwrap_or_else(|| unreachable!("a digit"));
        Self::new(id, Rc::new(Nowhere), Rc::new(Nowhere), Box::new(|| {}))
    }

    /// The id of this run.
    pub fn id(&self) -> &ReplicaId {
        &self.0.id
    }

    /// How often a record has changed here: while it stays the same, nothing has.
    pub fn changes(&self) -> u64 {
        self.0.index.borrow().changes
    }

    /// Returns the record under a path.
    pub fn get(&self, path: &Path) -> Option<Rc<Record>> {
        let index = self.0.index.borrow();
        index.get(path).map(|entry| entry.record.clone())
    }

    /// Returns every record in a folder, by path.
    pub fn folder(&self, folder: &str) -> Vec<Rc<Record>> {
        let index = self.0.index.borrow();
        let entries = index.folder(folder).iter();
        entries.map(|entry| entry.record.clone()).collect()
    }

    /// Writes edits. When this returns, localStorage has them or has refused them.
    pub fn write(&self, edits: Vec<Edit>) -> Vec<Rc<Record>> {
        let records: Vec<Rc<Record>> = edits.into_iter().map(|edit| self.record(edit)).collect();
        self.store(&records);
        records
    }

    /// Returns the record of an edit on top of the present record.
    fn record(&self, edit: Edit) -> Rc<Record> {
        let mut index = self.0.index.borrow_mut();
        let present = index.get(&edit.path).map(|entry| &entry.record);
        let present = present.map(|record| record.version().clone());
        let latest = present.as_ref().map_or(0, |version| version.dot().lamport);
        index.lamport = index.lamport.max(latest) + 1;
        let dot = Dot {
            lamport: index.lamport,
            replica: self.0.id.clone(),
        };
        let version = match present {
            Some(present) => {
                let copied = present.copied().iter();
                let copied = copied.filter(|copied| !index.has_copy(&edit.path, copied));
                let copied: Vec<Copied> = copied.cloned().collect();
                present.followed_by(dot).with_copied(&copied)
            }
            None => Version::new(dot, Vec::new()),
        };
        let record = Record::new(edit.path, version, edit.state, &edit.body);
        let record = Rc::new(record);
        index.put(record.clone());
        record
    }

    /// Forgets a record for good, in every store.
    pub fn forget(&self, path: &Path) {
        let mut index = self.0.index.borrow_mut();
        let Ok(at) = index.find(path) else { return };
        let entry = index.entries.remove(at);
        let own = entry.record.version().dot().clone();
        let dots = entry.stale.into_iter().chain([own]);
        let forget: Vec<(Path, Dot)> = dots.map(|dot| (path.clone(), dot)).collect();
        index.forget.extend(forget.iter().cloned());
        drop(index);
        let batch = Batch {
            put: Vec::new(),
            forget,
        };
        self.0.local.keep(Rc::new(batch), Box::new(|_| {}));
        self.flush();
    }

    /// True if a store has exactly the present record, which it notes and which need not be read.
    pub fn confirm(&self, origin: Origin, path: &Path, text: &str) -> bool {
        let mut index = self.0.index.borrow_mut();
        let Some(entry) = index.get_mut(path) else {
            return false;
        };
        if **entry.record.text() != *text {
            return false;
        }
        match origin {
            Origin::Local => entry.in_local = true,
            Origin::Journal => entry.in_journal = true,
            Origin::Tab | Origin::Earlier | Origin::Afar => {}
        }
        true
    }

    /// Merges records from a store or another tab. Returns the records that are new or changed
    /// here, including copies of conflicting notes.
    pub fn take(&self, origin: Origin, found: Vec<Record>) -> Vec<Rc<Record>> {
        let mut news = Vec::new();
        let mut mended = Vec::new();
        for record in found {
            self.take_one(origin, Rc::new(record), &mut news, &mut mended);
        }
        if !mended.is_empty() {
            self.store(&mended);
        }
        news
    }

    /// Merges records that another device has written, each with the edit that it certainly follows if
    /// there is one; both stores get what is new. Returns the same as [`Replica::take`].
    pub fn take_from_afar(&self, found: Vec<(Record, Option<Dot>)>) -> Vec<Rc<Record>> {
        let mut news = Vec::new();
        let mut mended = Vec::new();
        for (record, follows) in found {
            let record = Rc::new(record);
            match self.is_followed_by(&record, follows) {
                true => {
                    let mut index = self.0.index.borrow_mut();
                    index.lamport = index.lamport.max(record.version().dot().lamport);
                    index.put(record.clone());
                    news.push(record);
                }
                false => self.take_one(Origin::Afar, record, &mut news, &mut mended),
            }
        }
        // No store of this device has any of them.
        let due = mended.iter().chain(&news);
        let due: Vec<Path> = due.map(|record| record.path().clone()).collect();
        let due = sorted_once(&due);
        let due: Vec<Rc<Record>> = due.iter().filter_map(|path| self.get(path)).collect();
        if !due.is_empty() {
            self.store(&due);
        }
        news
    }

    /// True if the present record is the edit that another one follows, although that does not remember
    /// it any more. Whoever keeps records is not believed further than that: an old record could be
    /// sent again, or one that was made beside this one.
    fn is_followed_by(&self, found: &Record, follows: Option<Dot>) -> bool {
        let present = self.get(found.path());
        present.zip(follows).is_some_and(|(present, follows)| {
            let dot = present.version().dot();
            let later = dot.lamport < found.version().dot().lamport;
            *dot == follows && later && found.version().is_full()
        })
    }

    fn take_one(
        &self,
        origin: Origin,
        found: Rc<Record>,
        news: &mut Vec<Rc<Record>>,
        mended: &mut Vec<Rc<Record>>,
    ) {
        let mut index = self.0.index.borrow_mut();
        index.lamport = index.lamport.max(found.version().dot().lamport);
        let path = found.path().clone();
        let Some(present) = index.get(&path).map(|entry| entry.record.clone()) else {
            index.put(found.clone());
            index.note_origin(origin, &found);
            news.push(found);
            return;
        };
        let Merged {
            stands,
            copy,
            copied,
        } = merge(&present, &found);
        if *stands != *present {
            let same_edit = stands.version().dot() == present.version().dot();
            index.put(stands.clone());
            if !(same_edit && stands.compact_body() == present.compact_body()) {
                news.push(stands.clone());
            }
        }
        index.note_origin(origin, &found);
        // No store has the joined record yet.
        let joined = *stands != *present && *stands != *found;
        let needed = copied.is_none_or(|copied| !index.has_copy(&path, &copied));
        drop(index);
        // The copy comes first: only then may the journal drop the original.
        if let Some(copy) = copy.filter(|_| needed) {
            self.take_copy(copy, news, mended);
        }
        if joined {
            mended.push(stands);
        }
    }

    /// Adds replaced words as a separate note, unless it exists or existed already.
    fn take_copy(
        &self,
        copy: Rc<Record>,
        news: &mut Vec<Rc<Record>>,
        mended: &mut Vec<Rc<Record>>,
    ) {
        let mut index = self.0.index.borrow_mut();
        match index.get(copy.path()) {
            None => {
                index.put(copy.clone());
                news.push(copy.clone());
                mended.push(copy);
            }
            // The copy must be in the journal before the original leaves it.
            Some(known) if !known.in_journal => mended.push(known.record.clone()),
            Some(_) => {}
        }
    }

    /// Prepares for reading a folder in both stores: only what [`Replica::take`] is given from now
    /// on counts as stored. Another tab may have died before it stored what it sent.
    pub fn begin_reading(&self, folder: &str) {
        let mut index = self.0.index.borrow_mut();
        let within = index.range(folder);
        for entry in &mut index.entries[within] {
            (entry.in_local, entry.in_journal) = (false, false);
        }
    }

    /// Completes the reading of a folder in both stores: each gets what it lacks.
    pub fn finish_reading(&self, folder: &str) {
        let mut index = self.0.index.borrow_mut();
        let (mut local, mut due) = (Vec::new(), Vec::new());
        for entry in index.folder(folder) {
            if !entry.in_local {
                local.push(entry.record.clone());
            }
            if !entry.in_journal || !entry.stale.is_empty() {
                due.push(entry.record.path().clone());
            }
        }
        due.iter().for_each(|path| index.queue(path));
        drop(index);
        self.store_locally(local);
        self.flush();
    }

    /// Gives everything again to a store that somebody else has emptied.
    pub fn restore(&self, origin: Origin) {
        for entry in &mut self.0.index.borrow_mut().entries {
            match origin {
                Origin::Local => entry.in_local = false,
                Origin::Journal => entry.in_journal = false,
                Origin::Tab | Origin::Earlier | Origin::Afar => {}
            }
        }
        self.finish_reading("");
    }

    /// Records that somebody else has emptied both stores. That is no accident, so nothing is
    /// written until the reader continues or asks for it.
    pub fn cleared(&self) {
        let mut guard = self.0.index.borrow_mut();
        let index = &mut *guard;
        let mut paths = Vec::new();
        for entry in &mut index.entries {
            (entry.in_local, entry.in_journal) = (false, false);
            paths.push(entry.record.path().clone());
        }
        for refused in [&mut index.local_refused, &mut index.journal_refused] {
            refused.paths = paths.clone();
            refused.why = Some(Refusal::Cleared);
        }
        drop(guard);
        (self.0.changed)();
    }

    /// Restores a record that disappeared from localStorage though no tab has forgotten it.
    pub fn restore_one(&self, path: &Path) {
        let live = self.get(path).filter(|record| record.is_live());
        self.store_locally(live.into_iter().collect());
    }

    /// Records that a store cannot be used, until it has accepted something.
    pub fn refuses(&self, origin: Origin, why: Refusal) {
        let mut index = self.0.index.borrow_mut();
        match origin {
            Origin::Local => index.local_refused.why = Some(why),
            Origin::Journal => index.journal_refused.why = Some(why),
            Origin::Tab | Origin::Earlier | Origin::Afar => {}
        }
        drop(index);
        (self.0.changed)();
    }

    /// Tries again what a store has refused.
    pub fn retry(&self) {
        self.store(&[]);
    }

    /// Returns whether everything on display is stored where it survives a crash.
    pub fn safety(&self) -> Safety {
        let index = self.0.index.borrow();
        let local = index.local_refused.why;
        match index.journal_refused.why {
            Some(journal) => Safety::Failed { journal, local },
            None if self.0.busy.get() || !index.due.is_empty() => Safety::Saving,
            None => Safety::Saved { local },
        }
    }

    /// Returns the records that no store has accepted.
    pub fn unsaved(&self) -> Vec<Rc<Record>> {
        let index = self.0.index.borrow();
        let refused = index.journal_refused.paths.iter();
        let entry = refused.filter_map(|path| index.get(path));
        let nowhere = entry.filter(|entry| !entry.in_local && !entry.in_journal);
        nowhere.map(|entry| entry.record.clone()).collect()
    }

    fn store(&self, records: &[Rc<Record>]) {
        let again = self.0.index.borrow_mut().local_refused.take();
        let again = again.iter().filter_map(|path| self.get(path));
        let again = again.filter(|record| records.iter().all(|new| new.path() != record.path()));
        let all = again.chain(records.iter().cloned()).collect();
        // Queued before anybody asks whether everything is safe.
        let mut index = self.0.index.borrow_mut();
        records.iter().for_each(|record| index.queue(record.path()));
        drop(index);
        self.store_locally(all);
        self.flush();
    }

    fn store_locally(&self, put: Vec<Rc<Record>>) {
        if put.is_empty() {
            return;
        }
        let batch = Rc::new(Batch {
            put,
            forget: Vec::new(),
        });
        let (replica, given) = (self.clone(), batch.clone());
        let done = move |outcome| {
            replica.0.index.borrow_mut().local_has(&given, outcome);
            (replica.0.changed)();
        };
        self.0.local.keep(batch, Box::new(done));
    }

    /// Gives the journal what is due, one batch at a time; later records are batched together.
    fn flush(&self) {
        if self.0.busy.get() {
            return;
        }
        let batch = Rc::new(self.0.index.borrow_mut().next_batch());
        if batch.is_empty() {
            return (self.0.changed)();
        }
        self.0.busy.set(true);
        (self.0.changed)();
        let (replica, given) = (self.clone(), batch.clone());
        let done = move |outcome: Outcome| {
            let refused = outcome.why.is_some();
            replica.0.index.borrow_mut().journal_has(&given, outcome);
            replica.0.busy.set(false);
            // What was refused is tried again with the next edit, not endlessly.
            match refused {
                true => (replica.0.changed)(),
                false => replica.flush(),
            }
        };
        self.0.journal.keep(batch, Box::new(done));
    }
}
