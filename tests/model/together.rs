//! Laws of reading together: each reader's notes reach all the others with their maker's name, nobody
//! changes another's, and no article or note leaves a reader who has not shared it.

use std::cell::RefCell;
use std::rc::Rc;

use postil::app::sync::circle::Circle;
use postil::app::sync::replicator::Replicator;
use postil::app::sync::server::{
    Answer, Changes, Current, Document, Kept, Put, Revision, Sequence, Server,
};
use postil::app::sync::signing::{arrived, signed};
use postil::model::annotation::AnnotationId;
use postil::model::article::ArticleId;
use postil::model::exchange::author;
use postil::model::sync::record::{Path, Record, RecordKind, State};
use postil::model::sync::replica::Edit;
use postil::model::sync::version::{Dot, ReplicaId, Version};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::replication::{Fate, Memory, Node, Table, Wire, fate, run};
use crate::strategies::laws;
use crate::sync::{Disk, Tab, article, body, note_of};

/// The readers by their devices: the first has two.
const READERS: [&str; 4] = ["Ada", "Ada", "Ben \"B.\" Fen", "Cleo"];
/// Somebody who may write there and keeps no rule, except that she signs with a name of her own.
const EVE: &str = "Eve";

/// A node where each reader signs.
struct Signing {
    wire: Wire,
    me: &'static str,
}

impl Signing {
    fn opened(me: &'static str, kept: Kept) -> Kept {
        Kept {
            record: kept.record.map(|record| arrived(record, me)),
            ..kept
        }
    }

    fn all(me: &'static str, all: Vec<Current>) -> Vec<Current> {
        let one = |current: Current| Current {
            shown: current.shown.map(|kept| Self::opened(me, kept)),
            ..current
        };
        all.into_iter().map(one).collect()
    }
}

impl Server for Signing {
    fn identity(&self, fresh: String) -> Answer<String> {
        self.wire.identity(fresh)
    }

    fn wait(&self, since: Option<Sequence>) -> Answer<()> {
        self.wire.wait(since)
    }

    fn changes(&self, since: Option<Sequence>, most: usize) -> Answer<Changes> {
        let (answer, me) = (self.wire.changes(since, most), self.me);
        Box::pin(async move {
            let changes = answer.await?;
            Ok(Changes {
                documents: Self::all(me, changes.documents),
                ..changes
            })
        })
    }

    fn current(&self, paths: Vec<Path>) -> Answer<Vec<Current>> {
        let (answer, me) = (self.wire.current(paths), self.me);
        Box::pin(async move { Ok(Self::all(me, answer.await?)) })
    }

    fn versions(&self, wanted: Vec<(Path, Revision)>) -> Answer<Vec<(Path, Kept)>> {
        let (answer, me) = (self.wire.versions(wanted), self.me);
        Box::pin(async move {
            let all = answer.await?.into_iter();
            Ok(all
                .map(|(path, kept)| (path, Self::opened(me, kept)))
                .collect())
        })
    }

    fn put(&self, documents: Vec<Document>) -> Answer<Vec<Put>> {
        let sign = |document: Document| Document {
            record: document
                .record
                .map(|record| Rc::new(signed(&record, self.me))),
            ..document
        };
        self.wire.put(documents.into_iter().map(sign).collect())
    }
}

struct Device {
    disk: Rc<RefCell<Disk>>,
    tab: Rc<Tab>,
    known: Memory,
    circle: Rc<RefCell<Circle>>,
}

#[derive(Debug, Clone)]
enum Event {
    /// A reader adds a word to a note of their own.
    Write {
        device: usize,
        note: usize,
    },
    Remove {
        device: usize,
        note: usize,
    },
    Runs {
        device: usize,
        fates: Vec<Option<Fate>>,
        part: usize,
        backwards: bool,
    },
    Forgets {
        device: usize,
    },
    /// Eve writes over whatever is there.
    Forges {
        reader: usize,
        note: usize,
        removes: bool,
    },
}

/// What happens if nobody breaks the rules.
fn event() -> impl Strategy<Value = Event> {
    let (device, note) = (0..READERS.len(), 0..2_usize);
    let at = (device.clone(), note);
    let runs = (device.clone(), vec(fate(), 0..8), 1..4_usize, any::<bool>());
    prop_oneof![
        8 => at.clone().prop_map(|(device, note)| Event::Write { device, note }),
        2 => at.clone().prop_map(|(device, note)| Event::Remove { device, note }),
        10 => runs.prop_map(|(device, fates, part, backwards)| Event::Runs { device, fates, part, backwards }),
        1 => device.prop_map(|device| Event::Forgets { device }),
    ]
}

/// What happens if Eve is among them.
fn event_with_eve() -> impl Strategy<Value = Event> {
    let forges = (0..READERS.len(), 0..2_usize, any::<bool>());
    prop_oneof![
        12 => event(),
        1 => forges.prop_map(|(reader, note, removes)| Event::Forges { reader, note, removes }),
    ]
}

/// The path of a reader's note: each has their own.
fn path_of(device: usize, note: usize) -> Path {
    let reader = READERS.iter().position(|name| *name == READERS[device]);
    let name = format!("note{}-{note}", reader.expect("a reader"));
    Path::of_note(&article(), &AnnotationId::parse(&name).expect("an id"))
}

struct World {
    node: Rc<RefCell<Node>>,
    devices: Vec<Device>,
    opened: usize,
    written: usize,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            node: Rc::default(),
            devices: Vec::new(),
            opened: 0,
            written: 0,
        };
        for name in READERS {
            let mut circle = Circle::default();
            circle.name = name.to_owned();
            circle.share(&article(), true);
            let disk = Rc::<RefCell<Disk>>::default();
            world.opened += 1;
            let tab = Rc::new(Tab::open(&disk, world.opened));
            world.devices.push(Device {
                disk,
                tab,
                known: Rc::default(),
                circle: Rc::new(RefCell::new(circle)),
            });
        }
        world
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Write { device, note } => {
                self.written += 1;
                let path = path_of(device, note);
                let present = self.devices[device].tab.replica.get(&path);
                let present = present.filter(|record| !record.is_tombstone());
                if present
                    .as_deref()
                    .is_some_and(|record| self.is_others(device, record))
                {
                    return;
                }
                let words = present.map(|record| note_of(&record)).unwrap_or_default();
                let body = body(&path, &format!("{words} w{}.", self.written));
                self.edit(device, path, State::Live, body);
            }
            Event::Remove { device, note } => {
                let path = path_of(device, note);
                let present = self.devices[device].tab.replica.get(&path);
                let is_own =
                    |record: &Rc<Record>| record.is_live() && !self.is_others(device, record);
                if let Some(present) = present.filter(is_own) {
                    self.edit(device, path, State::Removed { day: 1 }, present.body());
                }
            }
            Event::Runs {
                device,
                fates,
                part,
                backwards,
            } => self.run(device, fates, part, backwards),
            Event::Forgets { device } => drop(self.devices[device].known.take()),
            Event::Forges {
                reader,
                note,
                removes,
            } => self.forge(&path_of(reader, note), removes),
        }
    }

    /// True if the page does not let this reader change it.
    fn is_others(&self, device: usize, record: &Record) -> bool {
        let circle = self.devices[device].circle.borrow();
        record.note().is_some_and(|note| circle.is_others(&note))
    }

    fn edit(&self, device: usize, path: Path, state: State, body: String) {
        let tab = &self.devices[device].tab;
        tab.replica.write(vec![Edit { path, state, body }]);
        while tab.local.work() {}
        while tab.journal.work() {}
    }

    /// Puts a document that claims to follow the one that is there.
    fn forge(&mut self, path: &Path, removes: bool) {
        self.written += 1;
        let mut node = self.node.borrow_mut();
        let Some(shown) = node.current(path).and_then(|current| current.shown) else {
            return;
        };
        let dot = Dot {
            lamport: 1_000 + self.written as u64,
            replica: ReplicaId::parse("eve").expect("a name"),
        };
        let version = Version::new(dot, Vec::new());
        let version = match shown.record {
            Some(record) => version.joined(record.version()),
            None => version,
        };
        let (state, body) = match removes {
            true => (State::Removed { day: 1 }, String::new()),
            false => (State::Live, body(path, "forged")),
        };
        let record = Record::new(path.clone(), version, state, &body);
        node.put(&Document {
            path: path.clone(),
            before: Some(shown.revision),
            record: Some(Rc::new(signed(&record, EVE))),
        });
    }

    fn run(&mut self, device: usize, fates: Vec<Option<Fate>>, part: usize, backwards: bool) {
        let Device {
            tab, known, circle, ..
        } = &self.devices[device];
        let wire = Wire {
            node: self.node.clone(),
            fates: Rc::new(RefCell::new(fates)),
            part,
            backwards,
        };
        let server = Signing {
            wire,
            me: READERS[device],
        };
        let table = Table {
            tab: tab.clone(),
            known: known.clone(),
            circle: Some(circle.clone()),
        };
        let replicator = Replicator::new(server, table, known.borrow().clone());
        if run(replicator.run()).is_none() {
            self.opened += 1;
            let tab = Tab::open(&self.devices[device].disk, self.opened);
            self.devices[device].tab = Rc::new(tab);
        }
    }

    fn come_to_rest(&mut self) {
        for _ in 0..4 {
            for device in 0..self.devices.len() {
                self.run(device, Vec::new(), 100, false);
            }
        }
    }

    /// The makers and the words of the live notes of a device, without Eve's.
    fn shown(&self, device: usize) -> Vec<(String, String)> {
        let me = READERS[device];
        let records = self.devices[device]
            .tab
            .replica
            .folder(RecordKind::Note.folder());
        let live = records.iter().filter(|record| record.is_live());
        let shown = live.filter_map(|record| {
            let note = record.note()?;
            let maker = author(&note.extra).unwrap_or_else(|| me.to_owned());
            (maker != EVE).then_some((maker, note.note))
        });
        let mut shown: Vec<_> = shown.collect();
        shown.sort();
        shown
    }
}

/// Lets things happen, and returns all that readers have removed.
fn live_through(world: &mut World, events: Vec<Event>) -> String {
    let mut removed = String::new();
    for event in events {
        if let Event::Remove { device, note } = &event {
            let record = world.devices[*device]
                .tab
                .replica
                .get(&path_of(*device, *note));
            let record = record.filter(|record| record.is_live());
            removed += &record.map(|record| note_of(&record)).unwrap_or_default();
        }
        world.happen(event);
    }
    removed
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn everybody_sees_what_each_has_written(events in vec(event(), 1..60)) {
        let mut world = World::new();
        let removed = live_through(&mut world, events);
        world.come_to_rest();
        let one = world.shown(0);
        for (device, reader) in READERS.iter().enumerate() {
            prop_assert_eq!(&one, &world.shown(device), "{}", reader);
        }
        let all: String = one.iter().map(|(_, words)| &**words).collect();
        for word in (1..=world.written).map(|number| format!("w{number}.")) {
            prop_assert!(all.contains(&word) || removed.contains(&word), "{word} is lost: {one:?}");
        }
        // Nobody has anything left to say.
        let before = world.node.borrow().written;
        world.come_to_rest();
        prop_assert_eq!(world.node.borrow().written, before);
    }

    #[test]
    fn nobody_who_writes_over_notes_takes_them_away(events in vec(event_with_eve(), 1..60)) {
        let mut world = World::new();
        let removed = live_through(&mut world, events);
        let own = |world: &World, device: usize| -> Vec<String> {
            let shown = world.shown(device).into_iter();
            let own = shown.filter(|(maker, _)| maker == READERS[device]);
            own.map(|(_, words)| words).collect()
        };
        let written: Vec<_> = (0..READERS.len()).map(|device| own(&world, device)).collect();
        world.come_to_rest();
        for (device, before) in written.iter().enumerate() {
            let after = own(&world, device).concat();
            for word in before.iter().flat_map(|words| words.split_whitespace()) {
                prop_assert!(after.contains(word) || removed.contains(word), "{word} is lost: {after}");
            }
            let shown = world.shown(device);
            prop_assert!(shown.iter().all(|(_, words)| words != "forged"), "{shown:?}");
        }
        // It comes to an end.
        let before = world.node.borrow().written;
        world.come_to_rest();
        prop_assert_eq!(world.node.borrow().written, before);
    }
}

fn noted(article: &ArticleId, name: &str, extra: &str) -> Record {
    let path = Path::of_note(article, &AnnotationId::parse(name).expect("an id"));
    let version = Version::parse("2.r1").expect("a version");
    let body = format!("{{\"t\":{{\"s\":\"=\"}}{extra}}}");
    Record::new(path, version, State::Live, &body)
}

#[test]
fn only_what_a_reader_shares_leaves_them() {
    let (shared, known, own) = (
        ArticleId::of_iri("urn:x:shared"),
        ArticleId::of_iri("urn:x:known"),
        ArticleId::of_iri("urn:x:own"),
    );
    let mut circle = Circle::default();
    circle.name = "Ada".to_owned();
    circle.share(&shared, true);
    circle.add(&known, || vec![Rc::new(noted(&known, "n", ""))]);
    let author = |name: &str| {
        format!(r#","f":"{{\"a\":{{\"creator\":{{\"type\":\"Person\",\"name\":\"{name}\"}}}}}}""#)
    };
    for is_new in [true, false] {
        assert!(circle.sends(&noted(&shared, "n", ""), is_new));
        assert!(circle.sends(&noted(&shared, "n", &author("Ada")), is_new));
        assert!(!circle.sends(&noted(&shared, "n", &author("Ben")), is_new));
        for article in [&known, &own] {
            assert!(!circle.sends(&noted(article, "n", ""), is_new));
        }
        let record = |article: &ArticleId| {
            let version = Version::parse("2.r1").expect("a version");
            Record::new(Path::of_article(article), version, State::Live, "{}")
        };
        assert_eq!(circle.sends(&record(&shared), is_new), is_new);
        assert!(!circle.sends(&record(&known), is_new));
        let here = |_: &Path| Some(Rc::new(record(&shared)));
        let device = ReplicaId::parse("a").expect("a name");
        assert_eq!(circle.taken(record(&shared), &device, here), None);
        let taken = circle.taken(record(&own), &device, |_| None);
        assert_eq!(taken, Some(record(&own)));
    }
    // Who has no notes of their own on an article reads it with the group, whatever came before it.
    let (others, mut ben) = (ArticleId::of_iri("urn:x:others"), circle.clone());
    ben.add(&others, || {
        vec![Rc::new(noted(&others, "n", &author("Ben")))]
    });
    assert!(ben.shares(&others) && !ben.shares(&known));
    // What was imported stays the reader's to change where nobody reads along.
    let imported = |article| noted(article, "n", &author("Ben")).note().expect("a note");
    assert!(!circle.is_others(&imported(&own)));
    assert!(circle.is_others(&imported(&known)));
}
