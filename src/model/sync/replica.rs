//! The replica: what the notebook's records are, in which stores they are, and what is yet to be
//! done for them to be safe.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::merge::{Merged, merge, path_of_copy};
use super::record::{Path, Record, State};
use super::store::{Batch, Outcome, Refusal, Store};
use super::version::{Copied, Dot, ReplicaId, Version};

/// Where a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The small store that is written at once.
    Local,
    /// The store that survives a crash.
    Journal,
    /// Another tab, which keeps it.
    Tab,
    /// What an earlier build wrote, in its own place.
    Earlier,
}

/// Whether what is shown is where it survives a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It will be soon.
    Saving,
    /// It is; the small store may yet have refused it.
    Saved {
        /// Why the small store did.
        local: Option<Refusal>,
    },
    /// It is not: the journal has refused something.
    Failed {
        /// Why.
        journal: Refusal,
        /// Why the small store has refused something too.
        local: Option<Refusal>,
    },
}

/// Most records that the journal gets at once: an import of thousands does not hold up the page.
const MOST: usize = 500;

/// An edit to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Of what.
    pub path: Path,
    /// Whether it is there afterwards.
    pub state: State,
    /// What it says, as JSON.
    pub body: String,
}

/// A record that is known, and where it is.
struct Entry {
    record: Rc<Record>,
    in_local: bool,
    in_journal: bool,
    /// It is in the list of what the journal is to have next.
    queued: bool,
    /// Edits in the journal that this one takes the place of.
    stale: Vec<Dot>,
}

/// Refused records, and why.
#[derive(Default)]
struct Refused {
    paths: Vec<Path>,
    why: Option<Refusal>,
}

impl Refused {
    fn add(&mut self, outcome: Outcome) {
        if outcome.why.is_some() || self.paths.is_empty() {
            self.why = outcome.why;
        }
        self.paths.extend(outcome.refused);
    }

    /// What is to be tried again. Until that has worked, it is as it was.
    fn take(&mut self) -> Vec<Path> {
        std::mem::take(&mut self.paths)
    }
}

#[derive(Default)]
struct Index {
    lamport: u64,
    /// By path. Boxed, since a long list is moved for each new one.
    #[allow(clippy::vec_box)]
    entries: Vec<Box<Entry>>,
    /// What the journal is to have next.
    due: Vec<Path>,
    forget: Vec<(Path, Dot)>,
    local_refused: Refused,
    journal_refused: Refused,
}

impl Index {
    fn find(&self, path: &Path) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| entry.record.path().cmp(path))
    }

    fn get(&self, path: &Path) -> Option<&Entry> {
        self.find(path).ok().map(|at| &*self.entries[at])
    }

    fn get_mut(&mut self, path: &Path) -> Option<&mut Entry> {
        let at = self.find(path).ok()?;
        Some(&mut self.entries[at])
    }

    /// Puts a record in its place; what stood there is to leave the journal.
    fn put(&mut self, record: Rc<Record>) {
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

    /// Whether the words of an edit are safe in a copy.
    fn has_copy(&self, note: &Path, copied: &Copied) -> bool {
        let path = path_of_copy(note, copied.dot());
        let copy = path.and_then(|path| self.get(&path));
        copy.is_some_and(|copy| copy.in_journal)
    }

    /// What reading or hearing of a record says of where it is.
    fn note_origin(&mut self, origin: Origin, found: &Record) {
        let Some(entry) = self.get_mut(found.path()) else {
            return;
        };
        let same = *entry.record == *found;
        match origin {
            // There is room for one: what stands was overwritten, or is newer.
            Origin::Local => entry.in_local = same,
            Origin::Journal => entry.in_journal |= same,
            // Its journal may not have it yet, and it may die before: until the journal is read it
            // is not believed to be there, least of all to take the place of what is.
            Origin::Tab => entry.in_local |= same,
            Origin::Earlier => {}
        }
        let dot = found.version().dot();
        let version = entry.record.version();
        let taken_over = *dot != *version.dot() && version.covers(dot);
        if taken_over && origin != Origin::Local && !entry.stale.contains(dot) {
            entry.stale.push(dot.clone());
        }
    }

    /// The journal is to have this.
    fn queue(&mut self, path: &Path) {
        if let Some(entry) = self.get_mut(path).filter(|entry| !entry.queued) {
            entry.queued = true;
            self.due.push(path.clone());
        }
    }

    /// What the journal is to do next.
    fn next_batch(&mut self) -> Batch {
        for path in self.journal_refused.take() {
            self.queue(&path);
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
        batch
    }

    fn journal_has(&mut self, batch: &Batch, outcome: Outcome) {
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
                // It was edited meanwhile.
                entry.stale.push(dot.clone());
            }
        }
        if outcome.why.is_some() {
            self.forget.extend(batch.forget.iter().cloned());
        }
        self.journal_refused.add(outcome);
    }

    fn local_has(&mut self, batch: &Batch, outcome: Outcome) {
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

    fn range(&self, folder: &str) -> std::ops::Range<usize> {
        fn path(entry: &Entry) -> &str {
            entry.record.path().as_str()
        }
        let start = self.entries.partition_point(|entry| path(entry) < folder);
        let rest = &self.entries[start..];
        start..start + rest.partition_point(|entry| path(entry).starts_with(folder))
    }

    fn folder(&self, folder: &str) -> &[Box<Entry>] {
        &self.entries[self.range(folder)]
    }
}

/// A store that takes everything and has nothing.
struct Nowhere;

impl Store for Nowhere {
    fn keep(&self, _: Rc<Batch>, done: super::store::Done) {
        done(Outcome::default());
    }
}

/// Keeps records in two stores. Cheap to clone; its clones are the same replica.
#[derive(Clone)]
pub struct Replica(Rc<Inner>);

struct Inner {
    id: ReplicaId,
    index: RefCell<Index>,
    /// Written at once, by every tab the same.
    local: Rc<dyn Store>,
    /// Where it survives a crash.
    journal: Rc<dyn Store>,
    /// The journal has a batch.
    busy: Cell<bool>,
    /// Called when the safety may have changed.
    changed: Box<dyn Fn()>,
}

impl Replica {
    /// A replica of nothing yet. `changed` is called when [`Replica::safety`] may have changed.
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

    /// A replica that keeps nothing anywhere: for merging alone.
    pub fn of_nothing() -> Self {
        let id = ReplicaId::parse("0").unwrap_or_else(|| unreachable!("a digit"));
        Self::new(id, Rc::new(Nowhere), Rc::new(Nowhere), Box::new(|| {}))
    }

    /// This run's name.
    pub fn id(&self) -> &ReplicaId {
        &self.0.id
    }

    /// The record under a path.
    pub fn get(&self, path: &Path) -> Option<Rc<Record>> {
        let index = self.0.index.borrow();
        index.get(path).map(|entry| entry.record.clone())
    }

    /// Every record in a folder, by path.
    pub fn folder(&self, folder: &str) -> Vec<Rc<Record>> {
        let index = self.0.index.borrow();
        let entries = index.folder(folder).iter();
        entries.map(|entry| entry.record.clone()).collect()
    }

    /// Keeps edits: the small store has them when this returns, or has refused them.
    pub fn write(&self, edits: Vec<Edit>) -> Vec<Rc<Record>> {
        let records: Vec<Rc<Record>> = edits.into_iter().map(|edit| self.record(edit)).collect();
        self.store(&records);
        records
    }

    /// The record of an edit on top of what stands.
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

    /// Lets a record go for good, in every store.
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

    /// Whether a store has just what stands under a path; then there is nothing to read in it.
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
            Origin::Tab | Origin::Earlier => {}
        }
        true
    }

    /// Takes records that a store or another tab has; returns what now stands that did not stand
    /// before, copies of conflicting notes among it.
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
            if !(same_edit && stands.packed() == present.packed()) {
                news.push(stands.clone());
            }
        }
        index.note_origin(origin, &found);
        // A record of the two together is in no store yet.
        let joined = *stands != *present && *stands != *found;
        let needed = copied.is_none_or(|copied| !index.has_copy(&path, &copied));
        drop(index);
        // The copy first: only then may the journal let go of what it is a copy of.
        if let Some(copy) = copy.filter(|_| needed) {
            self.take_copy(copy, news, mended);
        }
        if joined {
            mended.push(stands);
        }
    }

    /// Words that lost their place stand as a note of their own, unless they do or did already.
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
            // It is to be in the journal before what it is a copy of leaves it.
            Some(known) if !known.in_journal => mended.push(known.record.clone()),
            Some(_) => {}
        }
    }

    /// Both stores are about to be read as far as this folder goes: what they have is what
    /// [`Replica::take`] is given from now on. Another tab may have died before it kept what it told.
    pub fn begin_reading(&self, folder: &str) {
        let mut index = self.0.index.borrow_mut();
        let within = index.range(folder);
        for entry in &mut index.entries[within] {
            (entry.in_local, entry.in_journal) = (false, false);
        }
    }

    /// Both stores were read as far as this folder goes: what one of them lacks it gets.
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

    /// A store was emptied by somebody else: it gets everything again.
    pub fn restore(&self, origin: Origin) {
        for entry in &mut self.0.index.borrow_mut().entries {
            match origin {
                Origin::Local => entry.in_local = false,
                Origin::Journal => entry.in_journal = false,
                Origin::Tab | Origin::Earlier => {}
            }
        }
        self.finish_reading("");
    }

    /// Both stores were emptied by somebody else: that is no accident, so nothing is written until
    /// the reader goes on or asks for it.
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

    /// A record is gone from the small store, and nobody here has let it go: it gets it again.
    pub fn restore_one(&self, path: &Path) {
        let live = self.get(path).filter(|record| record.is_live());
        self.store_locally(live.into_iter().collect());
    }

    /// A store cannot be used, as far as is known: so it stays until it has taken something.
    pub fn refuses(&self, origin: Origin, why: Refusal) {
        let mut index = self.0.index.borrow_mut();
        match origin {
            Origin::Local => index.local_refused.why = Some(why),
            Origin::Journal => index.journal_refused.why = Some(why),
            Origin::Tab | Origin::Earlier => {}
        }
        drop(index);
        (self.0.changed)();
    }

    /// Tries again what a store has refused.
    pub fn retry(&self) {
        self.store(&[]);
    }

    /// Whether what is shown is where it survives a crash.
    pub fn safety(&self) -> Safety {
        let index = self.0.index.borrow();
        let local = index.local_refused.why;
        match index.journal_refused.why {
            Some(journal) => Safety::Failed { journal, local },
            None if self.0.busy.get() || !index.due.is_empty() => Safety::Saving,
            None => Safety::Saved { local },
        }
    }

    /// Records that no store has taken.
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
        // Due before anybody asks whether all is safe.
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

    /// Gives the journal what is due, one batch at a time: what comes meanwhile goes together.
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
            // What was refused is tried again with the next edit, and not for ever.
            match refused {
                true => (replica.0.changed)(),
                false => replica.flush(),
            }
        };
        self.0.journal.keep(batch, Box::new(done));
    }
}
