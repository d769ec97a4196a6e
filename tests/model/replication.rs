//! Laws of the replicator: whatever three devices write at the same time, and whatever becomes of
//! their requests, they end with one notebook, in which nothing is missing and nothing stands twice.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use postil::app::ports::BoxFuture;
use postil::app::sync::circle::Circle;
use postil::app::sync::couch::{Couch, Http, Reply, Request};
use postil::app::sync::desk::{Desk, Found, Known, Seen};
use postil::app::sync::plain::Plain;
use postil::app::sync::replicator::{InStep, Replicator, Stopped};
use postil::app::sync::sealing::{Keys, Sealed};
use postil::app::sync::server::{
    Answer, Changes, Current, Document, Kept, Put, Revision, Sequence, Server, Trouble,
};
use postil::model::sync::record::{Path, Record, RecordKind, State};
use postil::model::sync::replica::Edit;
use postil::model::sync::store::Refusal;
use postil::model::sync::version::Dot;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::cipher::Counting;
use crate::strategies::laws;
use crate::sync::{Disk, Tab, body, note_of, path};

/// A version of a document on a node: the record, or nothing if it was deleted.
#[derive(Debug, Clone, PartialEq)]
struct Version {
    /// Number of versions up to this one.
    generation: u64,
    record: Option<Record>,
    /// True if nothing was written on top of it.
    is_leaf: bool,
}

/// A node of a server: documents with their versions by name, and the order of their changes.
#[derive(Debug, Clone, Default)]
pub struct Node {
    documents: BTreeMap<Path, BTreeMap<Revision, Version>>,
    log: Vec<Path>,
    pub written: usize,
    /// The name of its life.
    life: Option<String>,
}

impl Node {
    /// The name of a version follows from what it is, as on a real server: so that the same version
    /// written on two nodes is the same.
    fn name(generation: u64, before: Option<&Revision>, record: Option<&Record>) -> Revision {
        let text = record.map_or("", |record| record.text());
        let before = before.map_or("", |before| before);
        let digest = postil::model::digest::Digest::of(&format!("{before} {text}"));
        format!("{generation}-{}", digest.as_str()).into()
    }

    pub fn put(&mut self, document: &Document) -> Put {
        let versions = self.documents.entry(document.path.clone()).or_default();
        let before = match &document.before {
            Some(before) => match versions.get(before) {
                Some(version) if version.is_leaf => Some(version.generation),
                _ => return Put::Conflict,
            },
            None => {
                let mut live = versions
                    .values()
                    .filter(|version| version.is_leaf && version.record.is_some());
                if live.next().is_some() {
                    return Put::Conflict;
                }
                None
            }
        };
        let generation = before.unwrap_or(0) + 1;
        let record = document.record.as_deref().cloned();
        let name = Self::name(generation, document.before.as_ref(), record.as_ref());
        if let Some(before) = &document.before
            && let Some(version) = versions.get_mut(before)
        {
            version.is_leaf = false;
        }
        let version = Version {
            generation,
            record,
            is_leaf: true,
        };
        versions.insert(name.clone(), version);
        self.log.push(document.path.clone());
        self.written += 1;
        Put::Kept(name)
    }

    /// The document as it is shown: the version with the most before it, and of those the last by name.
    pub fn current(&self, path: &Path) -> Option<Current> {
        let versions = self.documents.get(path)?;
        let mut leaves: Vec<(&Revision, &Version)> = versions
            .iter()
            .filter(|(_, version)| version.is_leaf && version.record.is_some())
            .collect();
        leaves.sort_by_key(|(name, version)| (version.generation, (*name).clone()));
        let shown = leaves.pop().map(|(name, version)| Kept {
            revision: name.clone(),
            record: version.record.clone(),
        });
        let others = leaves.into_iter().map(|(name, _)| name.clone());
        Some(Current {
            path: path.clone(),
            shown,
            others: others.collect(),
        })
    }

    /// Takes everything from another node.
    fn replicate(&mut self, other: &Node) {
        for (path, theirs) in &other.documents {
            let ours = self.documents.entry(path.clone()).or_default();
            let before = ours.clone();
            for (name, version) in theirs {
                let known = ours.entry(name.clone()).or_insert_with(|| version.clone());
                known.is_leaf &= version.is_leaf;
            }
            if *ours != before {
                self.log.push(path.clone());
            }
        }
    }

    /// Forgets what is in versions that others were written on top of.
    fn compact(&mut self) {
        for version in self.documents.values_mut().flat_map(BTreeMap::values_mut) {
            if !version.is_leaf {
                version.record = None;
            }
        }
    }
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It does not reach the server.
    Lost,
    /// Its answer does not come back.
    Unanswered,
    /// It is carried out twice.
    Doubled,
    /// The device dies before it is carried out.
    DiesBefore,
    /// The device dies after it was carried out.
    DiesAfter,
}

/// A node as a device reaches it.
pub struct Wire {
    pub node: Rc<RefCell<Node>>,
    /// The fates of the next requests.
    pub fates: Rc<RefCell<Vec<Option<Fate>>>>,
    /// Number of entries that a part of the list has, and whether it comes backwards.
    pub part: usize,
    pub backwards: bool,
}

impl Wire {
    fn ask<T: 'static>(&self, request: impl Fn(&mut Node) -> T) -> Answer<T> {
        let fate = match &mut *self.fates.borrow_mut() {
            fates if fates.is_empty() => None,
            fates => fates.remove(0),
        };
        let mut node = self.node.borrow_mut();
        match fate {
            Some(Fate::Lost) => Box::pin(async { Err(Trouble::Unreachable) }),
            Some(Fate::DiesBefore) => Box::pin(std::future::pending()),
            Some(Fate::Unanswered) => {
                request(&mut node);
                Box::pin(async { Err(Trouble::Unreachable) })
            }
            Some(Fate::DiesAfter) => {
                request(&mut node);
                Box::pin(std::future::pending())
            }
            Some(Fate::Doubled) => {
                request(&mut node);
                let answer = request(&mut node);
                Box::pin(async { Ok(answer) })
            }
            None => {
                let answer = request(&mut node);
                Box::pin(async { Ok(answer) })
            }
        }
    }
}

impl Server for Wire {
    fn identity(&self, fresh: String) -> Answer<String> {
        self.ask(move |node| node.life.get_or_insert_with(|| fresh.clone()).clone())
    }

    fn wait(&self, _: Option<Sequence>) -> Answer<()> {
        self.ask(|_| ())
    }

    fn changes(&self, since: Option<Sequence>, most: usize) -> Answer<Changes> {
        let (part, backwards) = (self.part.min(most), self.backwards);
        self.ask(move |node| {
            let from: usize = since
                .as_ref()
                .map_or(0, |since| since.parse().expect("ours"));
            let to = (from + part).min(node.log.len());
            let paths: BTreeSet<&Path> = node.log[from..to].iter().collect();
            let mut documents: Vec<Current> =
                paths.iter().filter_map(|path| node.current(path)).collect();
            if backwards {
                documents.reverse();
                // Once more.
                documents.extend(documents.first().cloned());
            }
            Changes {
                documents,
                last: to.to_string().into(),
                more: to < node.log.len(),
            }
        })
    }

    fn current(&self, paths: Vec<Path>) -> Answer<Vec<Current>> {
        self.ask(move |node| paths.iter().filter_map(|path| node.current(path)).collect())
    }

    fn versions(&self, wanted: Vec<(Path, Revision)>) -> Answer<Vec<(Path, Kept)>> {
        self.ask(move |node| {
            let kept = wanted.iter().filter_map(|(path, revision)| {
                let version = node.documents.get(path)?.get(revision)?;
                let record = Some(version.record.clone()?);
                let revision = revision.clone();
                Some((path.clone(), Kept { revision, record }))
            });
            kept.collect()
        })
    }

    fn put(&self, documents: Vec<Document>) -> Answer<Vec<Put>> {
        self.ask(move |node| {
            documents
                .iter()
                .map(|document| node.put(document))
                .collect()
        })
    }
}

/// What a device keeps of its knowledge of the server.
pub type Memory = Rc<RefCell<Known>>;

/// A device with one tab.
struct Device {
    disk: Rc<RefCell<Disk>>,
    tab: Rc<Tab>,
    known: Memory,
    /// The node that it asks.
    node: usize,
}

pub struct Table {
    pub tab: Rc<Tab>,
    pub known: Memory,
    /// The group that the server is of, if it is.
    pub circle: Option<Rc<RefCell<Circle>>>,
}

impl Table {
    fn taken(&self, Found { record, follows }: Found) -> Option<(Record, Option<Dot>)> {
        let Some(circle) = &self.circle else {
            return Some((record, follows));
        };
        let (path, replica) = (record.path().clone(), &self.tab.replica);
        let taken = circle.borrow();
        let record = taken.taken(record, replica.id(), |path| replica.get(path))?;
        let follows = follows.filter(|_| *record.path() == path);
        Some((record, follows))
    }
}

impl Desk for Table {
    fn records(&self) -> Vec<Rc<Record>> {
        self.tab.replica.folder(RecordKind::Note.folder())
    }

    fn sends(&self, record: &Record, is_new: bool) -> bool {
        let circle = self.circle.as_ref();
        circle.is_none_or(|circle| circle.borrow().sends(record, is_new))
    }

    fn get(&self, path: &Path) -> Option<Rc<Record>> {
        self.tab.replica.get(path)
    }

    fn take(&self, found: Vec<Found>) -> BoxFuture<Result<(), Refusal>> {
        let taken = found.into_iter().filter_map(|found| self.taken(found));
        self.tab.replica.take_from_afar(taken.collect());
        while self.tab.local.work() {}
        while self.tab.journal.work() {}
        Box::pin(async { Ok(()) })
    }

    fn fresh_name(&self) -> String {
        format!("{}'s", self.tab.replica.id().as_str())
    }

    fn begin_anew(&self, life: String) -> BoxFuture<()> {
        self.known.replace(Known {
            life: Some(life),
            ..Known::default()
        });
        Box::pin(async {})
    }

    fn remember(&self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) -> BoxFuture<()> {
        self.known.borrow_mut().learn(seen, since);
        Box::pin(async {})
    }
}

/// Runs a task until it ends, or until it waits for what never comes.
pub fn run<T>(task: impl Future<Output = T>) -> Option<T> {
    let mut task = pin!(task);
    let mut context = Context::from_waker(Waker::noop());
    match task.as_mut().poll(&mut context) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}

struct World {
    nodes: [Rc<RefCell<Node>>; 2],
    devices: Vec<Device>,
    opened: usize,
    written: usize,
}

/// What happens to a device.
#[derive(Debug, Clone)]
enum Event {
    Write {
        device: usize,
        note: usize,
    },
    Remove {
        device: usize,
        note: usize,
    },
    /// It synchronises, and its requests have these fates.
    Runs {
        device: usize,
        fates: Vec<Option<Fate>>,
        part: usize,
        backwards: bool,
    },
    /// It forgets what it knows of the server.
    Forgets {
        device: usize,
    },
    /// It asks the other node from now on.
    Moves {
        device: usize,
    },
    /// The nodes exchange what they have.
    NodesMeet,
    NodesCompact,
}

pub fn fate() -> impl Strategy<Value = Option<Fate>> {
    let fate = prop_oneof![
        Just(Fate::Lost),
        Just(Fate::Unanswered),
        Just(Fate::Doubled),
        Just(Fate::DiesBefore),
        Just(Fate::DiesAfter),
    ];
    prop_oneof![4 => Just(None), 1 => fate.prop_map(Some)]
}

fn event() -> impl Strategy<Value = Event> {
    let (device, note) = (0..3_usize, 0..3_usize);
    let at = (device.clone(), note);
    let runs = (device.clone(), vec(fate(), 0..8), 1..4_usize, any::<bool>());
    prop_oneof![
        8 => at.clone().prop_map(|(device, note)| Event::Write { device, note }),
        2 => at.prop_map(|(device, note)| Event::Remove { device, note }),
        10 => runs.prop_map(|(device, fates, part, backwards)| Event::Runs { device, fates, part, backwards }),
        1 => device.clone().prop_map(|device| Event::Forgets { device }),
        1 => device.prop_map(|device| Event::Moves { device }),
        2 => Just(Event::NodesMeet),
        1 => Just(Event::NodesCompact),
    ]
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            nodes: Default::default(),
            devices: Vec::new(),
            opened: 0,
            written: 0,
        };
        for _ in 0..3 {
            let disk = Rc::<RefCell<Disk>>::default();
            let tab = Rc::new(world.open(&disk));
            world.devices.push(Device {
                disk,
                tab,
                known: Rc::default(),
                node: 0,
            });
        }
        world
    }

    fn open(&mut self, disk: &Rc<RefCell<Disk>>) -> Tab {
        self.opened += 1;
        Tab::open(disk, self.opened)
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Write { device, note } => self.write(device, note),
            Event::Remove { device, note } => self.remove(device, note),
            Event::Runs {
                device,
                fates,
                part,
                backwards,
            } => {
                self.run(device, fates, part, backwards);
            }
            Event::Forgets { device } => drop(self.devices[device].known.take()),
            Event::Moves { device } => {
                let device = &mut self.devices[device];
                device.node = 1 - device.node;
                // The numbers of changes and of versions are the node's own.
                device.known.take();
            }
            Event::NodesMeet => self.meet(),
            Event::NodesCompact => self
                .nodes
                .iter()
                .for_each(|node| node.borrow_mut().compact()),
        }
    }

    fn meet(&self) {
        let [one, other] = &self.nodes;
        one.borrow_mut().replicate(&other.borrow());
        other.borrow_mut().replicate(&one.borrow());
    }

    /// Appends a word to a note.
    fn write(&mut self, device: usize, note: usize) {
        self.written += 1;
        let path = path(note);
        let tab = &self.devices[device].tab;
        let present = tab.replica.get(&path);
        let words = present.map(|record| note_of(&record)).unwrap_or_default();
        let body = body(&path, &format!("{words} w{}.", self.written));
        let state = State::Live;
        self.edit(device, Edit { path, state, body });
    }

    fn remove(&self, device: usize, note: usize) {
        let path = path(note);
        let present = self.devices[device].tab.replica.get(&path);
        if let Some(present) = present.filter(|record| record.is_live()) {
            let (state, body) = (State::Removed { day: 1 }, present.body());
            self.edit(device, Edit { path, state, body });
        }
    }

    fn edit(&self, device: usize, edit: Edit) {
        let tab = &self.devices[device].tab;
        tab.replica.write(vec![edit]);
        while tab.local.work() {}
        while tab.journal.work() {}
    }

    fn run(
        &mut self,
        device: usize,
        fates: Vec<Option<Fate>>,
        part: usize,
        backwards: bool,
    ) -> Option<Result<InStep, Stopped>> {
        let Device {
            tab, known, node, ..
        } = &self.devices[device];
        let wire = Wire {
            node: self.nodes[*node].clone(),
            fates: Rc::new(RefCell::new(fates)),
            part,
            backwards,
        };
        let table = Table {
            tab: tab.clone(),
            known: known.clone(),
            circle: None,
        };
        let replicator = Replicator::new(wire, table, known.borrow().clone());
        let outcome = run(replicator.run());
        if outcome.is_none() {
            let disk = self.devices[device].disk.clone();
            self.devices[device].tab = Rc::new(self.open(&disk));
        }
        outcome
    }

    /// Lets every device synchronise in peace until nothing changes any more.
    fn come_to_rest(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..4 {
            self.meet();
            for device in 0..self.devices.len() {
                let outcome = self.run(device, Vec::new(), 100, false);
                let Some(Ok(in_step)) = outcome else {
                    return Err(TestCaseError::fail(format!("{outcome:?}")));
                };
                prop_assert_eq!((in_step.refused, in_step.unreadable), (0, 0));
            }
        }
        Ok(())
    }

    fn shown(&self, device: usize) -> BTreeMap<Path, String> {
        self.devices[device].tab.notes()
    }
}

/// The words of a text, each with how often it stands there.
fn words<'a>(notes: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    let words = notes.into_iter().flat_map(|note| note.split_whitespace());
    words.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn devices_end_with_one_notebook(events in vec(event(), 1..60)) {
        let mut world = World::new();
        let mut removed = BTreeSet::new();
        for event in events {
            if let Event::Remove { device, note } = &event {
                let record = world.devices[*device].tab.replica.get(&path(*note));
                removed.extend(words(record.map(|record| note_of(&record)).iter()));
            }
            world.happen(event);
        }
        world.come_to_rest()?;
        let one = world.shown(0);
        prop_assert_eq!(&one, &world.shown(1));
        prop_assert_eq!(&one, &world.shown(2));
        // Every word is there, unless somebody has removed it.
        let kept = words(one.values());
        for word in (1..=world.written).map(|number| format!("w{number}.")) {
            prop_assert!(kept.contains(&word) || removed.contains(&word), "{word} is lost: {one:?}");
        }
        // Nobody has anything left to say: another round writes nothing.
        let written = |world: &World| world.nodes.iter().map(|node| node.borrow().written).sum::<usize>();
        let before = written(&world);
        for device in 0..3 {
            world.run(device, Vec::new(), 100, false);
        }
        prop_assert_eq!(written(&world), before);
        // No versions are left in conflict.
        for node in &world.nodes {
            let node = node.borrow();
            for path in node.documents.keys() {
                let current = node.current(path).expect("it is there");
                prop_assert!(current.others.is_empty(), "{current:?}");
            }
        }
    }

    #[test]
    fn edits_one_after_the_other_make_no_copies(turns in vec((0..3_usize, 0..3_usize, 0..4_usize), 1..40)) {
        let mut world = World::new();
        for (device, note, opened) in turns {
            // Each edit is made in another run of the app, of which a version remembers only some.
            for _ in 0..opened {
                let disk = world.devices[device].disk.clone();
                world.devices[device].tab = Rc::new(world.open(&disk));
                world.run(device, Vec::new(), 100, false);
                world.write(device, note);
            }
            world.run(device, Vec::new(), 100, false);
        }
        world.come_to_rest()?;
        for device in 0..3 {
            prop_assert!(world.shown(device).len() <= 3, "{:?}", world.shown(device));
        }
    }
}

/// What a hostile server makes of a document that it was given.
#[derive(Debug, Clone)]
enum Forgery {
    /// It is shown again, as an old version of a document may be.
    Replayed,
    /// It has the content of another one.
    Swapped(Index),
    /// Its content ends early.
    Truncated(Index),
    /// Its content is something else.
    Nonsense(&'static str),
    /// It is said to be deleted.
    Deleted,
    /// It is said to be in conflict with versions that are not there.
    InConflict,
}

const NONSENSE: &[&str] = &[
    "",
    "null",
    "<script>alert(1)</script>",
    "AAAA",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
];

fn forgery() -> impl Strategy<Value = Forgery> {
    prop_oneof![
        4 => Just(Forgery::Replayed),
        2 => any::<Index>().prop_map(Forgery::Swapped),
        1 => any::<Index>().prop_map(Forgery::Truncated),
        1 => select(NONSENSE).prop_map(Forgery::Nonsense),
        1 => Just(Forgery::Deleted),
        1 => Just(Forgery::InConflict),
    ]
}

/// A server that keeps every document it was ever given, and answers as it likes.
struct Hostile {
    given: Rc<RefCell<Vec<Value>>>,
    shown: Vec<(Index, Forgery)>,
}

impl Hostile {
    fn forged(&self, (which, forgery): &(Index, Forgery), number: usize) -> Option<Value> {
        let given = self.given.borrow();
        if given.is_empty() {
            return None;
        }
        let mut document = which.get(&given).clone();
        document["_rev"] = format!("{}-x", 100 + number).into();
        match forgery {
            Forgery::Replayed => {}
            Forgery::Swapped(other) => document["sealed"] = other.get(&given)["sealed"].clone(),
            Forgery::Truncated(at) => {
                let sealed = document["sealed"].as_str().unwrap_or_default();
                document["sealed"] = sealed[..at.index(sealed.len() + 1)].into();
            }
            Forgery::Nonsense(words) => document["sealed"] = (*words).into(),
            Forgery::Deleted => document["_deleted"] = true.into(),
            Forgery::InConflict => document["_conflicts"] = json!(["7-a", "8-b", 9]),
        }
        Some(document)
    }
}

impl Http for Hostile {
    fn send(&self, request: Request) -> Answer<Reply> {
        let forged = self.shown.iter().enumerate();
        let forged = forged.filter_map(|(number, choice)| self.forged(choice, number));
        let forged: Vec<Value> = forged.collect();
        let answer = match request.path.split('?').next() {
            Some("_changes") => json!({
                "last_seq": 1,
                "results": forged.iter().map(|document| json!({ "id": document["_id"], "doc": document,
                    "deleted": document["_deleted"] == true })).collect::<Vec<_>>(),
            }),
            Some("_local/postil") => json!({ "database": "theirs" }),
            Some("_bulk_docs") => {
                let body: Value =
                    serde_json::from_str(&request.body.unwrap_or_default()).expect("JSON");
                let documents = body["docs"].as_array().expect("documents").clone();
                let answers = documents
                    .iter()
                    .map(|document| json!({ "id": document["_id"], "rev": "1-a" }));
                let answers = answers.collect::<Vec<_>>();
                let whole = documents
                    .into_iter()
                    .filter(|document| document.get("sealed").is_some());
                self.given.borrow_mut().extend(whole);
                json!(answers)
            }
            Some("_all_docs") => json!({ "rows": forged.iter().map(|document| {
                json!({ "id": document["_id"], "value": {}, "doc": document })
            }).collect::<Vec<_>>() }),
            _ => json!({ "results": forged.iter().map(|document| {
                json!({ "id": document["_id"], "docs": [{ "ok": document }] })
            }).collect::<Vec<_>>() }),
        };
        Box::pin(async move {
            Ok(Reply {
                status: 200,
                body: answer.to_string(),
            })
        })
    }
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn a_hostile_server_takes_nothing_away(turns in vec((0..2_usize, 0..3_usize, vec((any::<Index>(), forgery()), 0..6)), 1..30)) {
        let mut world = World::new();
        let given = Rc::default();
        for (device, note, shown) in turns {
            world.write(device, note);
            let written = format!("w{}.", world.written);
            let Device { tab, known, .. } = &world.devices[device];
            let sealed = Sealed { keys: Keys::of(&[1; 32]), cipher: Rc::new(Counting::default()) };
            let server = Couch::new(Hostile { given: Rc::clone(&given), shown }, sealed);
            let table = Table { tab: tab.clone(), known: known.clone(), circle: None };
            let known = known.borrow().clone();
            // Whatever it comes to.
            let _ = run(Replicator::new(server, table, known).run()).expect("it ends");
            let here = words(world.shown(device).values());
            prop_assert!(here.contains(&written), "{written}");
            // A copy of words that another edit has replaced may be withheld from this device.
            let everywhere: BTreeSet<String> = (0..3).flat_map(|device| words(world.shown(device).values())).collect();
            let all: BTreeSet<String> = (1..=world.written).map(|number| format!("w{number}.")).collect();
            prop_assert_eq!(everywhere, all);
        }
    }
}

/// Answers for the last document first.
struct Backwards;

impl Http for Backwards {
    fn send(&self, request: Request) -> Answer<Reply> {
        let body: Value = serde_json::from_str(&request.body.unwrap_or_default()).expect("JSON");
        let documents = body["docs"].as_array().expect("documents").iter().rev();
        let answers = documents
            .enumerate()
            .map(|(number, document)| match number {
                0 => json!({ "id": document["_id"], "error": "conflict" }),
                1 => json!({ "id": document["_id"], "error": "forbidden" }),
                _ => json!({ "id": document["_id"], "rev": "1-a" }),
            });
        let body = json!(answers.collect::<Vec<_>>()).to_string();
        Box::pin(async move { Ok(Reply { status: 201, body }) })
    }
}

#[test]
fn answers_belong_to_their_documents_in_whatever_order_they_come() {
    let server = Couch::new(Backwards, Plain);
    let document = |note| Document {
        path: path(note),
        before: None,
        record: None,
    };
    let put = run(server.put((0..3).map(document).collect())).expect("it ends");
    let put = put.expect("an answer");
    assert_eq!(put, [Put::Kept("1-a".into()), Put::Refused, Put::Conflict]);
}

#[test]
fn a_removed_note_stays_removed() {
    let mut world = World::new();
    let quiet = |world: &mut World, device| world.run(device, Vec::new(), 100, false);
    world.write(0, 0);
    quiet(&mut world, 0);
    quiet(&mut world, 1);
    world.remove(0, 0);
    quiet(&mut world, 0);
    // The removal is forgotten where it was made, and another device comes back much later.
    let device = &world.devices[0];
    device.tab.replica.forget(&path(0));
    while device.tab.journal.work() {}
    quiet(&mut world, 0);
    quiet(&mut world, 1);
    quiet(&mut world, 0);
    quiet(&mut world, 2);
    for device in 0..3 {
        assert_eq!(world.shown(device), BTreeMap::new(), "{device}");
    }
}

#[test]
fn a_database_made_anew_gets_everything_again() {
    let mut world = World::new();
    let quiet = |world: &mut World, device| world.run(device, Vec::new(), 100, false);
    for note in 0..3 {
        world.write(0, note);
    }
    quiet(&mut world, 0);
    quiet(&mut world, 1);
    let shown = world.shown(0);
    // Somebody deletes it and makes it again, on the same node.
    world.nodes[0].replace(Node::default());
    for device in [1, 0, 2, 1] {
        quiet(&mut world, device);
    }
    for device in 0..3 {
        assert_eq!(world.shown(device), shown, "{device}");
    }
}
