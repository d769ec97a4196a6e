//! The law of agreement: whatever messages, events and reads the tabs miss, or get late or twice,
//! they all reach the same notebook after a few rounds of timer messages, without user input.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use postil::model::sync::agreement::{Heard, Pair, answer, ask, pair_of};
use postil::model::sync::record::{Path, Record, RecordKind, State};
use postil::model::sync::replica::{Edit, Origin};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::strategies::laws;
use crate::sync::{Disk, Tab, article, body, note_of, path};

const TABS: usize = 4;
const NOTES: usize = 5;

/// What happens to a message on its way to one tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Comes,
    Lost,
    /// Delivered after everything already under way.
    Late,
    Twice,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Comes),
        3 => Just(Fate::Lost),
        1 => Just(Fate::Late),
        1 => Just(Fate::Twice),
    ]
}

#[derive(Debug, Clone, Copy)]
enum Event {
    Write {
        tab: usize,
        note: usize,
    },
    Remove {
        tab: usize,
        note: usize,
    },
    Hears {
        tab: usize,
    },
    Asks {
        tab: usize,
    },
    LocalWorks {
        tab: usize,
    },
    JournalWorks {
        tab: usize,
    },
    /// Takes the snapshot of the stores that a slow process reads for a while.
    IsSeenOnly,
    ReadsWhatWas {
        tab: usize,
    },
    Begins {
        tab: usize,
    },
}

fn event() -> impl Strategy<Value = Event> {
    let (tab, note) = (0..TABS, 0..NOTES);
    let at = (tab.clone(), note);
    prop_oneof![
        6 => at.clone().prop_map(|(tab, note)| Event::Write { tab, note }),
        2 => at.prop_map(|(tab, note)| Event::Remove { tab, note }),
        8 => tab.clone().prop_map(|tab| Event::Hears { tab }),
        1 => tab.clone().prop_map(|tab| Event::Asks { tab }),
        4 => tab.clone().prop_map(|tab| Event::LocalWorks { tab }),
        4 => tab.clone().prop_map(|tab| Event::JournalWorks { tab }),
        1 => Just(Event::IsSeenOnly),
        2 => tab.clone().prop_map(|tab| Event::ReadsWhatWas { tab }),
        1 => tab.prop_map(|tab| Event::Begins { tab }),
    ]
}

struct World {
    disk: Rc<RefCell<Disk>>,
    /// The older snapshot of the stores that a slow process reads.
    seen: Disk,
    tabs: Vec<Tab>,
    /// Messages under way to each tab.
    post: Vec<VecDeque<Vec<Pair>>>,
    /// Fates of the next messages; all later ones are delivered.
    fates: VecDeque<Fate>,
    opened: usize,
    written: usize,
}

impl World {
    fn new(fates: Vec<Fate>) -> Self {
        let disk = Rc::<RefCell<Disk>>::default();
        Self {
            seen: Disk::default(),
            tabs: (0..TABS).map(|number| Tab::open(&disk, number)).collect(),
            post: vec![VecDeque::new(); TABS],
            fates: fates.into(),
            opened: TABS,
            written: 0,
            disk,
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Write { tab, note } => self.write(tab, note),
            Event::Remove { tab, note } => self.remove(tab, note),
            Event::Hears { tab } => self.hear(tab),
            Event::Asks { tab } => self.ask(tab),
            Event::LocalWorks { tab } => self.local_works(tab),
            Event::JournalWorks { tab } => drop(self.tabs[tab].journal.work()),
            Event::IsSeenOnly => self.seen = self.disk.borrow().clone(),
            Event::ReadsWhatWas { tab } => drop(self.tabs[tab].read_of(&self.seen)),
            Event::Begins { tab } => self.begin(tab),
        }
    }

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
        self.send(tab, records.iter().map(pair_of).collect());
    }

    /// Sends a message to every other tab, as the fates decide.
    fn send(&mut self, from: usize, message: Vec<Pair>) {
        for (tab, post) in self.post.iter_mut().enumerate() {
            if tab == from || message.is_empty() {
                continue;
            }
            match self.fates.pop_front().unwrap_or(Fate::Comes) {
                Fate::Lost => {}
                Fate::Comes => post.push_front(message.clone()),
                Fate::Late => post.push_back(message.clone()),
                Fate::Twice => {
                    post.push_front(message.clone());
                    post.push_back(message.clone());
                }
            }
        }
    }

    fn hear(&mut self, tab: usize) {
        let Some(message) = self.post[tab].pop_front() else {
            return;
        };
        let heard = Heard::of(message.iter().map(|(name, text)| (&**name, &**text)));
        let replica = self.tabs[tab].replica.clone();
        replica.take(Origin::Tab, heard.records);
        for said in &heard.said {
            self.send(tab, answer(&replica, said));
        }
    }

    /// Sends what the tab's timer would send.
    fn ask(&mut self, tab: usize) {
        let message = vec![ask(&self.tabs[tab].replica, &Path::notes_of(&article()))];
        self.send(tab, message);
    }

    /// Other processes see what was written, and get an event for it or miss it.
    fn local_works(&mut self, tab: usize) {
        let before = self.disk.borrow().local.clone();
        self.tabs[tab].local.work();
        let after = self.disk.borrow().local.clone();
        for (path, record) in after {
            if before.get(&path) != Some(&record) {
                self.send(tab, vec![pair_of(&Rc::new(record))]);
            }
        }
    }

    fn begin(&mut self, tab: usize) {
        while self.tabs[tab].local.work() || self.tabs[tab].journal.work() {}
        self.tabs[tab] = Tab::open(&self.disk, self.opened);
        self.post[tab].clear();
        self.opened += 1;
    }

    /// Delivers every message under way and lets the stores finish their work.
    fn agree(&mut self) {
        while self.post.iter().any(|post| !post.is_empty()) {
            (0..TABS).for_each(|tab| self.hear(tab));
        }
        for tab in &self.tabs {
            while tab.local.work() || tab.journal.work() {}
        }
    }

    fn agrees(&self) -> bool {
        let records = |tab: &Tab| tab.replica.folder(RecordKind::Note.folder());
        let first = records(&self.tabs[0]);
        self.tabs.iter().all(|tab| records(tab) == first)
    }
}

proptest! {
    #![proptest_config(laws(400))]

    #[test]
    fn every_tab_comes_to_the_same_notebook_untouched_whatever_it_missed(
        events in vec(event(), 0..100), fates in vec(fate(), 0..300), later in vec(fate(), 0..40),
    ) {
        let mut world = World::new(fates);
        for event in events {
            world.happen(event);
        }
        // Some of the messages from here on are lost, late or doubled too.
        let bound = later.len() + 3;
        world.fates = later.into();
        world.agree();
        let mut rounds = 0;
        while !world.agrees() || !world.fates.is_empty() {
            rounds += 1;
            prop_assert!(rounds <= bound, "not after {} rounds", bound);
            (0..TABS).for_each(|tab| world.ask(tab));
            world.agree();
        }
        let notes = world.tabs[0].notes();
        for tab in &world.tabs {
            prop_assert_eq!(&tab.notes(), &notes);
        }
        // A tab opened now reaches the same notebook once it has heard from the others.
        world.begin(0);
        for _ in 0..2 {
            (0..TABS).for_each(|tab| world.ask(tab));
            world.agree();
        }
        prop_assert!(world.agrees());
    }
}

/// One tab has many notes, another has none, and only the tab `asks` has a running timer.
fn far_apart(asks: usize) -> usize {
    let mut world = World::new(vec![Fate::Lost; 3_000 * TABS]);
    for note in 0..3_000 {
        world.write(1, note);
    }
    world.fates.clear();
    let mut rounds = 0;
    while world.tabs[0].notes() != world.tabs[1].notes() {
        rounds += 1;
        assert!(rounds < 20, "it does not come to an end");
        world.ask(asks);
        world.agree();
    }
    rounds
}

#[test]
fn a_tab_that_is_far_behind_gets_everything_by_the_clock_of_either() {
    // An answer holds somewhat more than five hundred notes.
    assert!(far_apart(0) <= 6, "the one that is behind asks");
    assert!(far_apart(1) <= 6, "the one that is ahead asks");
}

#[test]
fn tabs_that_agree_have_nothing_to_answer_and_those_that_differ_send_little() {
    let mut world = World::new(Vec::new());
    (0..1_000).for_each(|note| world.write(0, note));
    world.agree();
    let folder = Path::notes_of(&article());
    let answer_to = |world: &World| {
        let (name, text) = ask(&world.tabs[0].replica, &folder);
        let heard = Heard::of(std::iter::once((&*name, &*text)));
        answer(&world.tabs[1].replica, &heard.said[0])
    };
    assert_eq!(answer_to(&world), []);
    world.fates = vec![Fate::Lost; TABS].into();
    world.write(0, 7);
    let sent = answer_to(&world);
    let records = sent.iter().filter(|(name, _)| Path::parse(name).is_some());
    assert!((1..20).contains(&records.count()), "{sent:?}");
}

#[test]
fn a_build_that_knows_nothing_of_sums_hears_nothing_in_them() {
    let tab = Tab::open(&Rc::default(), 1);
    let (name, text) = ask(&tab.replica, RecordKind::Note.folder());
    let found = postil::model::sync::read(&name, &text);
    assert_eq!(found, postil::model::sync::RecordRead::Other);
    let none: Vec<Record> = Heard::of(std::iter::once((&*name, "not sums"))).records;
    assert_eq!(none, []);
}
