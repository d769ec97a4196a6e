//! A server that is killed fifty times while records are written, a way there that drops, delays and
//! repeats requests, and hostile documents: nothing is lost, and nothing stands twice.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use postil::app::sync::couch::{Http, Reply, Request};
use postil::app::sync::replicator::Stopped;
use postil::app::sync::server::{Answer, Trouble};
use postil::model::sync::record::{Path, Record};
use postil_testing::couch::{Couch, Line};
use postil_testing::figures::Report;
use postil_testing::hostile;
use postil_testing::seed::Seed;

use crate::Device;

/// The folder of the figures.
const FIGURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target");
const KILLS: usize = 50;
const DATABASE: &str = "notes";
/// Number of notes of each device.
const NOTES: usize = 400;
/// Number of notes that are written at a time.
const AT_A_TIME: usize = 20;
/// Most rounds until everything must be in step once nothing is harmed any more.
const ROUNDS: usize = 6;

/// Sends requests to a server that may be dead, over a line that may do harm: of so many requests in a
/// hundred, some are lost before the server has them, some answers are lost, some are sent twice.
struct Harmed {
    line: Line,
    chance: Rc<RefCell<Seed>>,
    percent: u64,
}

impl Http for Harmed {
    fn send(&self, request: Request) -> Answer<Reply> {
        let reply = self.now(&request);
        Box::pin(async { reply.ok_or(Trouble::Unreachable) })
    }
}

impl Harmed {
    fn now(&self, request: &Request) -> Option<Reply> {
        let happens = || self.chance.borrow_mut().percent(self.percent);
        let (is_lost, is_unanswered, is_doubled, is_late) =
            (happens(), happens(), happens(), happens());
        if is_lost {
            return None;
        }
        if is_late {
            thread::sleep(Duration::from_millis(30));
        }
        if is_doubled {
            self.ask(request)?;
        }
        self.ask(request).filter(|_| !is_unanswered)
    }

    fn ask(&self, request: &Request) -> Option<Reply> {
        let path = match request.path.as_str() {
            "" => DATABASE.to_owned(),
            path => [DATABASE, "/", path].concat(),
        };
        let answer = self
            .line
            .ask(request.method, &path, request.body.as_deref());
        let (status, body) = answer.ok()?;
        Some(Reply { status, body })
    }
}

/// Two devices that write notes of their own, and what each note says at last.
struct Story {
    devices: [Device; 2],
    said: BTreeMap<usize, String>,
    written: usize,
    stopped: usize,
    chance: Rc<RefCell<Seed>>,
}

impl Story {
    fn new(seed: u64) -> Self {
        Self {
            devices: [Device::new("one"), Device::new("other")],
            said: BTreeMap::new(),
            written: 0,
            stopped: 0,
            chance: Rc::new(RefCell::new(Seed(seed))),
        }
    }

    fn write_some(&mut self) {
        for (number, device) in self.devices.iter().enumerate() {
            let first = number * NOTES + self.chance.borrow_mut().index(NOTES - AT_A_TIME);
            self.written += 1;
            let words = format!("Words {}", self.written);
            device.write(first..first + AT_A_TIME, &words);
            self.said
                .extend((first..first + AT_A_TIME).map(|note| (note, words.clone())));
        }
    }

    /// Synchronises both devices; false if something was in the way.
    fn synchronise(&mut self, line: &Line, percent: u64) -> bool {
        let mut all = true;
        for device in &self.devices {
            let harmed = Harmed {
                line: line.clone(),
                chance: self.chance.clone(),
                percent,
            };
            match device.run_over(harmed) {
                Ok(_) => {}
                Err(Stopped::Server(Trouble::Unreachable | Trouble::Busy | Trouble::Unknown)) => {
                    self.stopped += 1;
                    all = false;
                }
                Err(other) => panic!("{other}"),
            }
        }
        all
    }

    /// Counts what is lost and what stands twice, in both devices and on the server.
    fn judge(&self, couch: &Couch, name: &str) {
        let expected: BTreeSet<&String> = self.said.values().collect();
        let (mut lost, mut doubled) = (0, 0);
        for device in &self.devices {
            let notes: BTreeMap<Path, String> = device.notes();
            doubled += notes.len().saturating_sub(self.said.len());
            let here: BTreeSet<&String> = notes.values().collect();
            lost += expected.difference(&here).count();
        }
        let documents = couch.documents(DATABASE);
        let notes = documents
            .iter()
            .filter(|document| document.get("postil").is_some());
        let count = notes.count();
        lost += self.said.len().saturating_sub(count);
        doubled += count.saturating_sub(self.said.len());
        let conflicts = documents
            .iter()
            .filter(|document| document.get("_conflicts").is_some());
        let mut report = Report::default();
        report.number(&format!("{name}: notes"), self.said.len() as f64, "");
        report.number(&format!("{name}: edits"), self.written as f64, "");
        report.number(&format!("{name}: stopped"), self.stopped as f64, "");
        report.number(&format!("{name}: lost"), lost as f64, "");
        report.number(&format!("{name}: doubled"), doubled as f64, "");
        report.finish(&format!("{FIGURES}/{}.json", name.replace(' ', "-")));
        assert_eq!((lost, doubled, conflicts.count()), (0, 0, 0));
        assert_eq!(self.devices[0].notes(), self.devices[1].notes());
    }
}

#[test]
fn a_server_that_is_killed_loses_nothing() {
    let mut couch = Couch::start();
    let line = couch.line();
    line.ask("PUT", DATABASE, None).expect("a database");
    let mut story = Story::new(1);
    let is_over = Arc::new(AtomicBool::new(false));
    let killer = {
        let is_over = is_over.clone();
        thread::spawn(move || {
            let mut chance = Seed(2);
            for _ in 0..KILLS {
                thread::sleep(Duration::from_millis(chance.next(250)));
                couch.kill();
                couch.resume();
            }
            is_over.store(true, Ordering::SeqCst);
            couch
        })
    };
    while !is_over.load(Ordering::SeqCst) {
        story.write_some();
        if !story.synchronise(&line, 0) {
            thread::sleep(Duration::from_millis(50));
        }
    }
    let couch = killer.join().expect("the server is there again");
    assert!(
        story.stopped > KILLS / 2,
        "it was in the way: {}",
        story.stopped
    );
    assert!((0..ROUNDS).any(|_| story.synchronise(&line, 0) && story.synchronise(&line, 0)));
    story.judge(&couch, "killed server");
}

#[test]
fn a_bad_line_loses_nothing() {
    let couch = Couch::start();
    let line = couch.line();
    line.ask("PUT", DATABASE, None).expect("a database");
    let mut story = Story::new(3);
    for _ in 0..150 {
        story.write_some();
        story.synchronise(&line, 15);
    }
    assert!(story.stopped > 50, "it was in the way: {}", story.stopped);
    assert!((0..ROUNDS).any(|_| story.synchronise(&line, 0) && story.synchronise(&line, 0)));
    story.judge(&couch, "bad line");
}

#[test]
fn hostile_documents_stop_nothing() {
    let couch = Couch::start();
    let unreadable = hostile::fill(&couch, DATABASE, "http://127.0.0.1:9");
    let (one, other) = (Device::new("one"), Device::new("other"));
    let over = || Harmed {
        line: couch.line(),
        chance: Rc::new(RefCell::new(Seed(4))),
        percent: 0,
    };
    one.write(0..1, "before");
    let in_step = one.run_over(over()).expect("it runs");
    assert_eq!((in_step.sent, in_step.refused), (1, 0));
    assert_eq!(in_step.unreadable, unreadable);
    one.write(1..2, "after");
    one.run_over(over()).expect("it runs");
    other.run_over(over()).expect("it runs");
    assert_eq!(one.notes(), other.notes());
    let said: Vec<String> = one.notes().into_values().collect();
    for words in ["before", "after"] {
        assert!(said.iter().any(|said| said == words), "{words}");
    }
    // Whatever counters were claimed there, what was written here can be read again.
    for record in one.replica.folder("note/") {
        let read = Record::parse(record.path().clone(), record.text());
        assert_eq!(read.as_ref(), Ok(&*record));
    }
}
