//! Two devices in two browsers, and a server that is killed again and again while they send: both end
//! with every note, and none twice.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use postil_testing::couch::Couch;
use postil_testing::driver::{Engine, Setup};
use postil_testing::reader::{GLANCE, Reader};
use postil_testing::seed::Seed;
use postil_testing::synchronising::{close, join, open_section, says, words};

const DATABASE: &str = "notes";

/// Number of notes that each device writes before each kill.
const NOTES: usize = 20;

/// How long the server may see nothing of what was written before it is killed all the same.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long it works on what it is sent, at most, in milliseconds.
const WORK: u64 = 80;

/// Writes notes, and on in one that was written before; returns their ids and words.
const WRITE: &str = "
    const [name, round, count, before] = arguments;
    const length = postilRobot.length();
    const written = [];
    for (let index = 0; index < count; index += 1) {
        const start = (round * 977 + index * 61) % (length - 40);
        const text = `${name} ${round} ${index}`;
        written.push([postilRobot.add(start, start + 16, text), text]);
    }
    if (before) {
        const text = `${postilRobot.text(before)} and ${round}`;
        postilRobot.edit(before, text);
        written.push([before, text]);
    }
    return written;
";

type Notes = BTreeMap<String, String>;

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    if scope.only.is_some() {
        // It takes both engines.
        return part;
    }
    let mut couch = Couch::start();
    let address = couch.address_of(DATABASE);
    let mut devices = Vec::new();
    for engine in [Engine::Chromium, Engine::Firefox] {
        let setup = Setup {
            chaos: true,
            ..Setup::default()
        };
        let reader = Reader::start(engine, setup).await;
        reader.open_site().await;
        ready(&reader).await;
        join(&reader, &address).await;
        devices.push(reader);
    }
    let mut dice = Seed(scope.seed);
    let mut wanted = Notes::new();
    let mut interrupted = 0;
    let kills = scope.of(50, 4);
    for round in 0..kills {
        let there = documents(&couch);
        for reader in &devices {
            write(reader, round, &mut dice, &mut wanted).await;
        }
        let start = Instant::now();
        while documents(&couch) == there && start.elapsed() < PATIENCE {
            tokio::time::sleep(GLANCE).await;
        }
        tokio::time::sleep(Duration::from_millis(dice.next(WORK))).await;
        couch.kill();
        couch.resume();
        // The vault and the like are no notes.
        interrupted += usize::from(documents(&couch) < wanted.len());
    }
    for reader in devices.iter().chain(&devices) {
        let section = open_section(reader).await;
        section.button(words(reader).now).click().await;
        says(reader, &section, &(words(reader).in_step)(0, 0)).await;
        close(reader).await;
    }
    part.count("kills of the server", kills);
    part.count("kills with notes on their way", interrupted);
    part.must(
        "the server was killed while notes were on their way",
        interrupted * 2 >= kills,
    );
    part.count("notes", wanted.len());
    for reader in &devices {
        judge(reader, &wanted, &mut part).await;
    }
    part
}

/// Number of documents that the server has.
fn documents(couch: &Couch) -> usize {
    let (status, said) = couch.line().ask("GET", DATABASE, None).expect("it answers");
    assert_eq!(status, 200, "{said}");
    let said: Value = serde_json::from_str(&said).expect("it is JSON");
    said["doc_count"].as_u64().expect("their number") as usize
}

async fn write(reader: &Reader, round: usize, dice: &mut Seed, wanted: &mut Notes) {
    let name = format!("{:?}", reader.engine);
    let own = wanted.iter().filter(|(_, text)| text.starts_with(&name));
    let own: Vec<&String> = own.map(|(id, _)| id).collect();
    let before = (!own.is_empty()).then(|| *dice.pick(&own));
    let arguments = vec![json!(name), json!(round), json!(NOTES), json!(before)];
    let written = reader.run(WRITE, arguments).await;
    let written: Vec<(String, String)> = serde_json::from_value(written).expect("ids and words");
    wanted.extend(written);
    reader.wait_until_saved().await;
}

async fn judge(reader: &Reader, wanted: &Notes, part: &mut Part) {
    reader.reload().await;
    ready(reader).await;
    let start = Instant::now();
    let notes = loop {
        let notes = reader.run("return postilRobot.notes()", vec![]).await;
        let notes: Vec<(String, String, String)> = serde_json::from_value(notes).expect("notes");
        if notes.len() >= wanted.len() || start.elapsed() > PATIENCE {
            break notes;
        }
        tokio::time::sleep(GLANCE).await;
    };
    let there: Notes = notes.into_iter().map(|(id, _, text)| (id, text)).collect();
    let lost = wanted
        .iter()
        .filter(|(id, text)| there.get(*id) != Some(text));
    let lost: Vec<String> = lost
        .map(|(id, text)| format!("{text:?} is {:?}", there.get(id)))
        .collect();
    let more = there.iter().filter(|(id, _)| !wanted.contains_key(*id));
    let more: Vec<String> = more.map(|(id, text)| format!("{id}: {text:?}")).collect();
    part.none(&format!("{:?}: notes lost", reader.engine), &lost);
    part.none(&format!("{:?}: notes doubled", reader.engine), &more);
}
