//! Laws of keeping: whatever tabs, crashes and stores do, every tab ends with the same notebook,
//! and nothing acknowledged is lost.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use postil::model::annotation::{
    Annotation, AnnotationId, Colour, Extra, Quote, Standing, Target, Timestamp,
};
use postil::model::article::ArticleId;
use postil::model::digest::Digest;
use postil::model::sync::iri_shorthand::{body_of, with_source};
use postil::model::sync::record::{Path, Record, RecordKind, State};
use postil::model::sync::replica::{Edit, Origin, Replica, Safety};
use postil::model::sync::store::{Batch, Done, Outcome, Refusal, Store};
use postil::model::sync::version::{Dot, ReplicaId};
use postil::model::sync::{RecordRead, merge::merge, read, salvage};
use postil::model::text::CodePointRange;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::strategies::laws;

/// The stored data, which outlives every tab.
#[derive(Clone, Default)]
pub struct Disk {
    pub local: BTreeMap<Path, Record>,
    /// The part of `local` that survives a killed browser.
    local_written: BTreeMap<Path, Record>,
    pub journal: BTreeMap<(Path, Dot), Record>,
}

/// A tab's view of one store, with the batches that it was given and has not yet written.
#[derive(Default)]
pub struct Slow {
    asked: RefCell<Vec<(Rc<Batch>, Option<Done>)>>,
    disk: Rc<RefCell<Disk>>,
    /// Number of batches still to be refused.
    refuse: RefCell<usize>,
    journal: bool,
}

impl Slow {
    fn refuses(&self) -> bool {
        let mut refuse = self.refuse.borrow_mut();
        let refuses = *refuse > 0;
        *refuse = refuse.saturating_sub(1);
        refuses
    }

    /// Writes the oldest batch; returns false if there is none.
    pub fn work(&self) -> bool {
        if self.asked.borrow().is_empty() {
            return false;
        }
        let (batch, done) = self.asked.borrow_mut().remove(0);
        let refused = done.is_some() && self.refuses();
        if !refused {
            self.disk.borrow_mut().take(&batch, self.journal);
        }
        if let Some(done) = done {
            done(match refused {
                true => Outcome::refused(&batch, Refusal::Full),
                false => Outcome::default(),
            });
        }
        true
    }
}

impl Disk {
    fn take(&mut self, batch: &Batch, journal: bool) {
        for record in &batch.put {
            let (path, record) = (record.path().clone(), (**record).clone());
            match journal {
                true => {
                    let dot = record.version().dot().clone();
                    self.journal.insert((path, dot), record);
                }
                false => {
                    self.local.insert(path, record);
                }
            }
        }
        for (path, dot) in &batch.forget {
            if journal {
                self.journal.remove(&(path.clone(), dot.clone()));
            } else if self
                .local
                .get(path)
                .is_some_and(|record| record.version().dot() == dot)
            {
                self.local.remove(path);
            }
        }
    }
}

impl Store for Slow {
    fn keep(&self, batch: Rc<Batch>, done: Done) {
        if self.journal {
            self.asked.borrow_mut().push((batch, Some(done)));
            return;
        }
        // localStorage answers at once; other processes see it later.
        if self.refuses() {
            return done(Outcome::refused(&batch, Refusal::Full));
        }
        self.asked.borrow_mut().push((batch, None));
        done(Outcome::default());
    }
}

pub struct Tab {
    pub replica: Replica,
    pub local: Rc<Slow>,
    pub journal: Rc<Slow>,
    /// Records sent by other tabs.
    inbox: Vec<Record>,
}

impl Tab {
    pub fn open(disk: &Rc<RefCell<Disk>>, number: usize) -> Self {
        let store = |journal| {
            Rc::new(Slow {
                disk: disk.clone(),
                journal,
                ..Slow::default()
            })
        };
        let (local, journal) = (store(false), store(true));
        let replica = ReplicaId::parse(&format!("tab{number}")).expect("a name");
        let replica = Replica::new(replica, local.clone(), journal.clone(), Box::new(|| {}));
        let tab = Self {
            replica,
            local,
            journal,
            inbox: Vec::new(),
        };
        tab.read();
        tab
    }

    /// Reads both stores, as a page does when it is opened or comes to the front.
    fn read(&self) -> Vec<Rc<Record>> {
        let disk = self.local.disk.borrow().clone();
        self.read_of(&disk)
    }

    /// Reads both stores from a given view of the disk.
    pub fn read_of(&self, disk: &Disk) -> Vec<Rc<Record>> {
        self.replica.begin_reading(RecordKind::Note.folder());
        let local = disk.local.values().cloned().collect();
        let mut news = self.replica.take(Origin::Local, local);
        let journal = disk.journal.values().cloned().collect();
        news.extend(self.replica.take(Origin::Journal, journal));
        self.replica.finish_reading(RecordKind::Note.folder());
        news
    }

    /// The live notes, as the reader sees them.
    pub fn notes(&self) -> BTreeMap<Path, String> {
        let records = self.replica.folder(RecordKind::Note.folder());
        let live = records.iter().filter(|record| record.is_live());
        live.map(|record| (record.path().clone(), note_of(record)))
            .collect()
    }
}

pub fn note_of(record: &Record) -> String {
    record.note().expect("the body is a note").note
}

pub fn article() -> ArticleId {
    ArticleId::of_iri(IRI)
}

pub fn path(note: usize) -> Path {
    let id = AnnotationId::parse(&format!("note{note}")).expect("an id");
    Path::of_note(&article(), &id)
}

pub fn body(path: &Path, words: &str) -> String {
    let (article, id) = path.note().expect("a note's path");
    let note = Annotation {
        more: Vec::new(),
        id,
        article,
        target: Target::default(),
        attached: None,
        note: words.to_owned(),
        tags: Vec::new(),
        colour: Colour::Yellow,
        created: None,
        modified: None,
        extra: Extra::default(),
    };
    note.to_record()
}

struct World {
    disk: Rc<RefCell<Disk>>,
    tabs: Vec<Tab>,
    opened: usize,
    written: usize,
    /// Words that the reader was told are saved.
    acknowledged: Vec<String>,
}

/// Something that happens to a tab, perhaps to one of its notes.
#[derive(Debug, Clone, Copy)]
enum Event {
    Write { tab: usize, note: usize },
    Remove { tab: usize, note: usize },
    LocalWorks { tab: usize },
    JournalWorks { tab: usize },
    LocalRefuses { tab: usize },
    JournalRefuses { tab: usize },
    Hears { tab: usize, of: usize },
    Looks { tab: usize },
    TabCrashes { tab: usize, half: bool },
    DiskWrites,
    BrowserDies,
}

fn event() -> impl Strategy<Value = Event> {
    let (tab, note) = (0..3_usize, 0..3_usize);
    let at = (tab.clone(), note);
    prop_oneof![
        8 => at.clone().prop_map(|(tab, note)| Event::Write { tab, note }),
        2 => at.prop_map(|(tab, note)| Event::Remove { tab, note }),
        6 => tab.clone().prop_map(|tab| Event::LocalWorks { tab }),
        8 => tab.clone().prop_map(|tab| Event::JournalWorks { tab }),
        1 => tab.clone().prop_map(|tab| Event::LocalRefuses { tab }),
        1 => tab.clone().prop_map(|tab| Event::JournalRefuses { tab }),
        8 => (tab.clone(), 0..9_usize).prop_map(|(tab, of)| Event::Hears { tab, of }),
        2 => tab.clone().prop_map(|tab| Event::Looks { tab }),
        2 => (tab, any::<bool>()).prop_map(|(tab, half)| Event::TabCrashes { tab, half }),
        2 => Just(Event::DiskWrites),
        1 => Just(Event::BrowserDies),
    ]
}

impl World {
    fn new() -> Self {
        let disk = Rc::<RefCell<Disk>>::default();
        let tabs = (0..3).map(|number| Tab::open(&disk, number)).collect();
        Self {
            disk,
            tabs,
            opened: 3,
            written: 0,
            acknowledged: Vec::new(),
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Write { tab, note } => self.write(tab, note),
            Event::Remove { tab, note } => self.remove(tab, note),
            Event::LocalWorks { tab } => drop(self.tabs[tab].local.work()),
            Event::JournalWorks { tab } => drop(self.tabs[tab].journal.work()),
            Event::LocalRefuses { tab } => *self.tabs[tab].local.refuse.borrow_mut() += 1,
            Event::JournalRefuses { tab } => *self.tabs[tab].journal.refuse.borrow_mut() += 1,
            Event::Hears { tab, of } => self.hear(tab, of),
            Event::Looks { tab } => drop(self.tabs[tab].read()),
            Event::TabCrashes { tab, half } => self.crash(tab, half),
            Event::DiskWrites => {
                let mut disk = self.disk.borrow_mut();
                disk.local_written = disk.local.clone();
            }
            Event::BrowserDies => {
                let mut disk = self.disk.borrow_mut();
                disk.local = disk.local_written.clone();
                drop(disk);
                (0..self.tabs.len()).for_each(|tab| self.reopen(tab));
            }
        }
        self.acknowledge();
    }

    /// Appends a word to the note, or to the text that it had when it was removed.
    fn write(&mut self, tab: usize, note: usize) {
        self.written += 1;
        let path = path(note);
        let present = self.tabs[tab].replica.get(&path);
        let words = present.map(|record| note_of(&record)).unwrap_or_default();
        let edit = Edit {
            body: body(&path, &format!("{words} w{}.", self.written)),
            path,
            state: State::Live,
        };
        self.edit(tab, edit);
    }

    fn remove(&mut self, tab: usize, note: usize) {
        let path = path(note);
        let present = self.tabs[tab].replica.get(&path);
        if let Some(present) = present.filter(|record| record.is_live()) {
            let edit = Edit {
                path,
                state: State::Removed { day: 1 },
                body: present.body(),
            };
            self.edit(tab, edit);
        }
    }

    fn edit(&mut self, tab: usize, edit: Edit) {
        let records = self.tabs[tab].replica.write(vec![edit]);
        for (number, other) in self.tabs.iter_mut().enumerate() {
            if number != tab {
                other
                    .inbox
                    .extend(records.iter().map(|record| (**record).clone()));
            }
        }
    }

    /// Receives one message; messages may arrive out of order.
    fn hear(&mut self, tab: usize, of: usize) {
        let tab = &mut self.tabs[tab];
        if !tab.inbox.is_empty() {
            let record = tab.inbox.remove(of % tab.inbox.len());
            tab.replica.take(Origin::Tab, vec![record]);
        }
    }

    /// Replaces the tab; with `half`, the first batch of each store is written unacknowledged.
    fn crash(&mut self, tab: usize, half: bool) {
        let store = |store: &Slow| {
            let asked = store.asked.take();
            if let Some((batch, _)) = asked.first().filter(|_| half) {
                self.disk.borrow_mut().take(batch, store.journal);
            }
        };
        store(&self.tabs[tab].local);
        store(&self.tabs[tab].journal);
        self.reopen(tab);
    }

    fn reopen(&mut self, tab: usize) {
        self.tabs[tab] = Tab::open(&self.disk, self.opened);
        self.opened += 1;
    }

    /// Records the words that the reader is now told are saved.
    fn acknowledge(&mut self) {
        for tab in &self.tabs {
            if matches!(tab.replica.safety(), Safety::Saved { .. }) {
                let own = tab.replica.id();
                let records = tab.replica.folder(RecordKind::Note.folder());
                let own = records
                    .iter()
                    .filter(|record| record.version().dot().replica == *own);
                let words = own.flat_map(|record| words_of(&note_of(record)));
                self.acknowledged.extend(words);
            }
        }
        self.acknowledged.sort();
        self.acknowledged.dedup();
    }

    /// Lets every write and message through, and every tab read the stores.
    fn come_to_rest(&mut self) {
        for _ in 0..4 {
            for tab in 0..self.tabs.len() {
                self.tabs[tab].local.refuse.replace(0);
                self.tabs[tab].journal.refuse.replace(0);
                self.tabs[tab].replica.retry();
                while !self.tabs[tab].inbox.is_empty() {
                    self.hear(tab, 0);
                }
                while self.tabs[tab].local.work() {}
                while self.tabs[tab].journal.work() {}
            }
            self.tabs.iter().for_each(|tab| drop(tab.read()));
        }
    }

    fn everything_kept(&self) -> Vec<String> {
        let disk = self.disk.borrow();
        let mut words: Vec<String> = disk
            .journal
            .values()
            .flat_map(|record| words_of(&note_of(record)))
            .collect();
        words.sort();
        words.dedup();
        words
    }
}

fn words_of(note: &str) -> Vec<String> {
    note.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_refusal_is_over_when_another_tab_has_stored_the_record() {
    let mut world = World::new();
    let events = [
        Event::Write { tab: 1, note: 0 },
        Event::Write { tab: 0, note: 0 },
        Event::Hears { tab: 1, of: 0 },
        Event::JournalWorks { tab: 1 },
        Event::LocalWorks { tab: 0 },
        Event::JournalWorks { tab: 1 },
        Event::Looks { tab: 1 },
        Event::JournalRefuses { tab: 1 },
        Event::JournalWorks { tab: 1 },
    ];
    events.into_iter().for_each(|event| world.happen(event));
    world.come_to_rest();
    let saved = Safety::Saved { local: None };
    assert_eq!(world.tabs[1].replica.safety(), saved);
}

#[test]
fn a_copy_that_was_not_safe_is_made_again_beside_a_copy_of_its_successor() {
    let mut world = World::new();
    let events = [
        Event::Write { tab: 0, note: 2 },
        Event::JournalWorks { tab: 0 },
        Event::Write { tab: 1, note: 0 },
        Event::Write { tab: 1, note: 0 },
        Event::Write { tab: 1, note: 2 },
        Event::Write { tab: 2, note: 2 },
        // The second tab has put the first one's words into a copy, which nobody stores.
        Event::Looks { tab: 2 },
        Event::Write { tab: 2, note: 2 },
        Event::Hears { tab: 1, of: 2 },
        Event::JournalWorks { tab: 1 },
        Event::TabCrashes { tab: 1, half: true },
        Event::BrowserDies,
    ];
    events.into_iter().for_each(|event| world.happen(event));
    world.come_to_rest();
    assert_eq!(world.acknowledged.first().map(String::as_str), Some("w1."));
    assert!(world.everything_kept().contains(&"w1.".to_owned()));
}

proptest! {
    #![proptest_config(laws(600))]

    #[test]
    fn every_tab_ends_with_the_same_notebook_and_nothing_acknowledged_is_gone(
        events in vec(event(), 0..120)
    ) {
        let mut world = World::new();
        for event in events {
            world.happen(event);
        }
        world.come_to_rest();
        let notes = world.tabs[0].notes();
        for tab in &world.tabs {
            prop_assert_eq!(&tab.notes(), &notes);
            prop_assert_eq!(tab.replica.safety(), Safety::Saved { local: None });
        }
        // A tab opened now sees the same notes, from either store alone.
        let fresh = Tab::open(&world.disk, 1000);
        prop_assert_eq!(&fresh.notes(), &notes);
        for one in [true, false] {
            let disk = world.disk.borrow();
            let half = Rc::new(RefCell::new(match one {
                true => Disk { local: disk.local.clone(), ..Disk::default() },
                false => Disk { journal: disk.journal.clone(), ..Disk::default() },
            }));
            prop_assert_eq!(&Tab::open(&half, 1001).notes(), &notes);
        }
        let kept = world.everything_kept();
        for word in &world.acknowledged {
            prop_assert!(kept.contains(word), "{} of {:?}", word, kept);
        }
    }

    #[test]
    fn a_record_is_read_back_and_a_damaged_one_is_noticed(
        words in ".{0,40}", lamport in 0..Dot::LAST, at in any::<prop::sample::Index>(), bit in 0..8_u32,
        removed in any::<bool>(),
    ) {
        let path = path(1);
        let replica = ReplicaId::parse("a7Gh").expect("a name");
        let version = postil::model::sync::version::Version::new(Dot { lamport, replica }, Vec::new());
        let state = if removed { State::Removed { day: 40 } } else { State::Live };
        let record = Record::new(path.clone(), version, state, &body(&path, &words));
        prop_assert_eq!(Record::parse(path.clone(), record.text()), Ok(record.clone()));
        // The same text under another path is rejected.
        prop_assert!(Record::parse(self::path(2), record.text()).is_err());
        let mut bytes = record.text().as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        // The checksum's digits may be upper or lower case; any other damage is detected.
        let same = Record::parse(path.clone(), &damaged).is_ok_and(|read| read.body() == record.body());
        prop_assert!(same || read(path.as_str(), &damaged) == RecordRead::Damaged, "{}", damaged);
        let most = record.text().chars().count() - 1;
        let cut: String = record.text().chars().take(at.min(most)).collect();
        prop_assert_eq!(read(path.as_str(), &cut), RecordRead::Damaged);
    }

    #[test]
    fn merging_does_not_depend_on_who_comes_first(
        edits in vec((0..3_usize, any::<bool>(), 0..4_usize), 2..6)
    ) {
        // Edits of one note by three tabs, each based on an earlier edit or on nothing.
        let replicas: Vec<Replica> = (0..3).map(|number| {
            Tab::open(&Rc::default(), number).replica
        }).collect();
        let mut made: Vec<Rc<Record>> = Vec::new();
        for (number, (tab, live, hears)) in edits.into_iter().enumerate() {
            if let Some(heard) = made.get(hears) {
                replicas[tab].take(Origin::Tab, vec![(**heard).clone()]);
            }
            let state = if live { State::Live } else { State::Removed { day: 1 } };
            let edit = Edit { path: path(1), state, body: body(&path(1), &format!("w{number}")) };
            made.extend(replicas[tab].write(vec![edit]));
        }
        for one in &made {
            for other in &made {
                prop_assert_eq!(merge(one, other), merge(other, one));
            }
            let same = merge(one, one);
            prop_assert_eq!((&same.stands, same.copy.is_none()), (one, true));
        }
    }
}

/// A tab with stores of its own.
fn alone(number: usize) -> Tab {
    Tab::open(&Rc::default(), number)
}

fn written(tab: &Tab, note: usize, words: &str) -> Rc<Record> {
    let path = path(note);
    let edit = Edit {
        body: body(&path, words),
        path,
        state: State::Live,
    };
    tab.replica.write(vec![edit]).remove(0)
}

#[test]
fn two_texts_that_neither_saw_are_both_kept() {
    let (one, other) = (alone(1), alone(2));
    let start = written(&one, 1, "start");
    other.replica.take(Origin::Tab, vec![(*start).clone()]);
    let (first, second) = (written(&one, 1, "first"), written(&other, 1, "second"));
    let news = one.replica.take(Origin::Tab, vec![(*second).clone()]);
    assert_eq!(news.len(), 2, "the note and the copy: {news:?}");
    other.replica.take(Origin::Tab, vec![(*first).clone()]);
    assert_eq!(one.notes(), other.notes());
    let mut texts: Vec<String> = one.notes().into_values().collect();
    texts.sort();
    assert_eq!(texts, ["first", "second"]);
}

#[test]
fn a_note_that_is_removed_while_another_writes_on_it_stays() {
    let (one, other) = (alone(1), alone(2));
    let start = written(&one, 1, "start");
    other.replica.take(Origin::Tab, vec![(*start).clone()]);
    let more = written(&one, 1, "start and more");
    let removal = Edit {
        path: path(1),
        state: State::Removed { day: 1 },
        body: start.body(),
    };
    let removal = other.replica.write(vec![removal]).remove(0);
    one.replica.take(Origin::Tab, vec![(*removal).clone()]);
    other.replica.take(Origin::Tab, vec![(*more).clone()]);
    for tab in [&one, &other] {
        assert_eq!(tab.notes()[&path(1)], "start and more");
        assert_eq!(tab.notes().len(), 1);
    }
}

#[test]
fn what_the_journal_refuses_is_said_and_tried_again() {
    let tab = alone(1);
    *tab.journal.refuse.borrow_mut() = 1;
    written(&tab, 1, "first");
    assert_eq!(tab.replica.safety(), Safety::Saving);
    while tab.journal.work() {}
    let failed = Safety::Failed {
        journal: Refusal::Full,
        local: None,
    };
    assert_eq!(tab.replica.safety(), failed);
    assert!(tab.replica.unsaved().is_empty(), "localStorage has it");
    written(&tab, 2, "second");
    while tab.journal.work() {}
    assert_eq!(tab.replica.safety(), Safety::Saved { local: None });
    assert_eq!(tab.journal.disk.borrow().journal.len(), 2);
}

#[test]
fn what_both_stores_refuse_is_still_at_hand() {
    let tab = alone(1);
    *tab.local.refuse.borrow_mut() = 1;
    *tab.journal.refuse.borrow_mut() = 1;
    written(&tab, 1, "first");
    while tab.journal.work() {}
    let unsaved = tab.replica.unsaved();
    assert_eq!(unsaved.len(), 1);
    assert_eq!(note_of(&unsaved[0]), "first");
    tab.replica.retry();
    while tab.journal.work() {}
    assert!(tab.replica.unsaved().is_empty());
    assert_eq!(tab.replica.safety(), Safety::Saved { local: None });
}

#[test]
fn what_was_cleared_on_purpose_is_written_again_only_when_the_reader_goes_on() {
    let tab = alone(1);
    written(&tab, 1, "first");
    while tab.journal.work() {}
    *tab.journal.disk.borrow_mut() = Disk::default();
    tab.replica.cleared();
    let safety = tab.replica.safety();
    let cleared = Refusal::Cleared;
    assert!(matches!(safety, Safety::Failed { journal, .. } if journal == cleared));
    assert_eq!(tab.replica.unsaved().len(), 1);
    while tab.local.work() || tab.journal.work() {}
    assert!(tab.journal.disk.borrow().journal.is_empty());
    tab.replica.retry();
    while tab.journal.work() {}
    assert_eq!(tab.replica.safety(), Safety::Saved { local: None });
    assert_eq!(tab.journal.disk.borrow().journal.len(), 1);
}

#[test]
fn the_journal_does_not_grow_with_edits() {
    let tab = alone(1);
    for number in 0..50 {
        written(&tab, 1, &format!("text {number}"));
        if number % 3 == 0 {
            while tab.journal.work() {}
        }
    }
    while tab.journal.work() {}
    assert_eq!(tab.journal.disk.borrow().journal.len(), 1);
    let draft = Path::of_draft(tab.replica.id(), &AnnotationId::parse("n").expect("an id"));
    let edit = Edit {
        path: draft.clone(),
        state: State::Live,
        body: "{}".to_owned(),
    };
    tab.replica.write(vec![edit]);
    tab.replica.forget(&draft);
    while tab.local.work() {}
    while tab.journal.work() {}
    let disk = tab.journal.disk.borrow();
    assert_eq!((disk.journal.len(), disk.local.len()), (1, 1));
}

#[test]
fn notes_are_salvaged_from_whatever_is_found() {
    let (one, other) = (alone(1), alone(2));
    let start = written(&one, 1, "start");
    other.replica.take(Origin::Tab, vec![(*start).clone()]);
    let later = written(&other, 1, "later");
    let key = |record: &Record| format!("postil/2/{}", record.path());
    let edit = |record: &Record| format!("{}/{}", record.path(), record.version().dot());
    let found = [
        (key(&start), start.text().to_string()),
        (edit(&later), later.text().to_string()),
        ("postil/2/note/nonsense".to_owned(), "{".to_owned()),
        ("of another app".to_owned(), "1".to_owned()),
    ];
    let notes = salvage(&found);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].note, "later");
}

/// A typical note: a quotation of 120 characters with context, a 60-character note, two tags.
fn ordinary(number: usize) -> Annotation {
    let words = |length: usize, from: usize| -> String {
        let alphabet = "the court of a reader notes in margin whose claims were heard and ";
        alphabet.chars().cycle().skip(from).take(length).collect()
    };
    let at = u32::try_from(number * 97).expect("a short text");
    let moment = |second: usize| Timestamp(format!("2026-11-22T10:00:{second:02}.123Z").into());
    Annotation {
        more: Vec::new(),
        id: AnnotationId::parse(&format!("00000000-0000-4000-8000-{number:012}")).expect("an id"),
        article: article(),
        target: Target {
            source: IRI.to_owned(),
            quote: Some(Quote {
                prefix: words(64, number),
                exact: words(120, number + 64),
                suffix: words(64, number + 184),
                rest: None,
            }),
            position: Some(CodePointRange::new(at, at + 120)),
            digest: Some(Digest::of("the text")),
            version: None,
            standing: Some(Standing { count: 1, index: 0 }),
        },
        attached: None,
        note: words(60, number + 7),
        tags: vec!["evidence".to_owned(), "to check".to_owned()],
        colour: Colour::ALL[number % 8],
        created: Some(moment(number % 60)),
        modified: Some(moment((number + 7) % 60)),
        extra: Extra::default(),
    }
}

/// UTF-16 units that browsers let a site keep in localStorage: 5 MiB, so counted by all three
/// engines (<https://storage.spec.whatwg.org/#storage-endpoints>).
const QUOTA: usize = 5_242_880;
const IRI: &str =
    "https://example.org/essays/2026/on-the-margins-of-books-and-what-is-written-there";

#[test]
fn ten_thousand_ordinary_notes_fit_into_localstorage() {
    let tab = alone(1);
    let mut units = 0;
    for number in 0..10_000 {
        let note = ordinary(number);
        let path = Path::of_note(&note.article, &note.id);
        let edit = Edit {
            body: body_of(&note, Some(IRI)),
            path,
            state: State::Live,
        };
        let record = tab.replica.write(vec![edit]).remove(0);
        let key = format!("postil/2/{}", record.path());
        units += key.encode_utf16().count() + record.text().encode_utf16().count();
        let read = record.note().expect("a note");
        assert_eq!(with_source(read, Some(IRI)), note);
    }
    // Leaves room for the article, settings and some drafts.
    assert!(
        units < QUOTA - 50_000,
        "{units} units, {} a note",
        units / 10_000
    );
}

#[test]
fn a_note_that_was_read_is_the_same_however_often_it_is_asked_for() {
    let note = ordinary(7);
    let path = Path::of_note(&note.article, &note.id);
    let edit = Edit {
        body: body_of(&note, Some(IRI)),
        path: path.clone(),
        state: State::Live,
    };
    let written = alone(0).replica.write(vec![edit]).remove(0);
    let RecordRead::Record(read) = read(path.as_str(), written.text()) else {
        panic!("a record was written")
    };
    assert_eq!(read, *written);
    let (first, second) = (read.note(), read.note());
    assert!(first.is_some());
    assert_eq!(first, second);
    assert_eq!(read.clone().note(), written.note());
}
