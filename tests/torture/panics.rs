//! Panics at named places while notes are written: the notice appears, nothing more is written, and
//! what was shown as saved is there afterwards.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use postil_testing::driver::{Engine, Setup};
use postil_testing::reader::{GLANCE, Reader};
use postil_testing::seed::Seed;

const SCRIPT: &str = include_str!("panics.js");

/// The places of the panics; `overflow` overruns the stack, which is not a panic.
const PLACES: [&str; 8] = [
    "edit",
    "typing",
    "draw",
    "before-local",
    "between-stores",
    "before-journal",
    "after-journal",
    "overflow",
];

/// Number of panics after which storage is cleared, to keep the notes few.
const AT_ONCE: usize = 20;

/// How long saved notes may take to be shown again.
const PATIENCE: Duration = Duration::from_secs(3);

/// Time limit for the notice, in milliseconds.
const SOON: f64 = 1000.0;

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    for (engine, panics) in [
        (Engine::Chromium, scope.of(500, 16)),
        (Engine::Firefox, scope.of(40, 0)),
    ] {
        if panics > 0 && scope.has(engine) {
            series(engine, panics, scope.seed, &mut part).await;
        }
    }
    part
}

#[derive(Default)]
struct Found {
    struck: HashMap<&'static str, usize>,
    never: HashMap<&'static str, usize>,
    times: Vec<f64>,
    lost: Vec<String>,
    silent: Vec<String>,
    wrote: Vec<String>,
    saved: usize,
}

async fn series(engine: Engine, panics: usize, seed: u64, part: &mut Part) {
    let setup = Setup {
        chaos: true,
        ..Setup::default()
    };
    let reader = Reader::start(engine, setup).await;
    let mut random = Seed(seed);
    let mut found = Found::default();
    let mut saved: HashMap<String, String> = HashMap::new();
    reader.open_site().await;
    let mut number = 0;
    let mut count = 0;
    // A place that is never reached is given up after four tries, and does not count.
    while count < panics && number < panics * 4 {
        if number % AT_ONCE == 0 {
            reader.forget_everything().await;
            saved.clear();
        }
        ready(&reader).await;
        let place = *random.pick(&PLACES);
        let tries = found.never.get(place).copied().unwrap_or(0);
        let struck_before = found.struck.get(place).copied().unwrap_or(0);
        number += 1;
        if tries >= 4 && struck_before == 0 {
            continue;
        }
        let after = random.between(1, if place == "edit" { 60 } else { 14 });
        let outcome = reader
            .run(SCRIPT, vec![json!(place), json!(after), json!(number)])
            .await;
        if outcome["struck"] == true && outcome["came"] != true {
            println!("    {place}: {:?}", reader.console_errors().await);
        }
        count += usize::from(found.hear(place, &outcome, &mut saved));
        reader.reload().await;
        ready(&reader).await;
        found
            .compare(&reader, &mut saved, &format!("{place} {number}"))
            .await;
    }
    found.tell(engine, count, part);
}

/// Waits until the article is shown, with its stored notes.
pub async fn ready(reader: &Reader) {
    let script = "return Boolean(globalThis.postilRobot && postilRobot.length() !== null
        && document.querySelector('article p'))";
    reader
        .wait_for(async || {
            let ready = reader.run(script, vec![]).await;
            (ready == true)
                .then_some(())
                .ok_or_else(|| "the robot is not ready".to_owned())
        })
        .await;
}

impl Found {
    /// Records the outcome of one run; returns true if there was a panic.
    fn hear(
        &mut self,
        place: &'static str,
        outcome: &Value,
        saved: &mut HashMap<String, String>,
    ) -> bool {
        for (id, text) in outcome["saved"].as_object().into_iter().flatten() {
            self.saved += 1;
            saved.insert(id.clone(), text.as_str().unwrap_or_default().to_owned());
        }
        if outcome["struck"] != true {
            *self.never.entry(place).or_default() += 1;
            return false;
        }
        *self.struck.entry(place).or_default() += 1;
        if outcome["came"] == true {
            let took = outcome["took"].as_f64().unwrap_or(f64::NAN);
            self.times.push(took);
            if took > SOON {
                println!("    {place}: the notice came after {took} ms");
            }
        }
        if outcome["came"] != true || outcome["focus"] != "panicked" {
            self.silent.push(format!("{place}: {outcome}"));
        }
        if outcome["wrote"] == true {
            self.wrote.push(place.to_owned());
        }
        true
    }

    /// Checks everything that was shown as saved; notes that only the journal has appear later.
    async fn compare(&mut self, reader: &Reader, saved: &mut HashMap<String, String>, when: &str) {
        let start = Instant::now();
        let gone = loop {
            let notes = reader.run("return postilRobot.notes()", vec![]).await;
            let notes: Vec<(String, String, String)> =
                serde_json::from_value(notes).expect("notes");
            let is_gone = |(id, text): &(&String, &String)| {
                let note = notes.iter().find(|(other, ..)| other == *id);
                !note.is_some_and(|(.., now)| is_no_older(now, text))
            };
            let gone = saved.iter().filter(is_gone);
            let gone: Vec<(String, String)> =
                gone.map(|(id, text)| (id.clone(), text.clone())).collect();
            if gone.is_empty() || start.elapsed() > PATIENCE {
                break gone;
            }
            tokio::time::sleep(GLANCE).await;
        };
        for (id, text) in gone {
            saved.remove(&id);
            self.lost.push(format!("{when}: {text:?} ({id}) is gone"));
        }
    }

    fn tell(self, engine: Engine, count: usize, part: &mut Part) {
        let name = |what: &str| format!("{engine:?}: {what}");
        part.count(&name("panics"), count);
        for place in PLACES {
            part.count(
                &name(&format!("panics at {place}")),
                self.struck.get(place).copied().unwrap_or(0),
            );
        }
        part.count(&name("edits shown as saved"), self.saved);
        part.none(&name("notes lost that were shown as saved"), &self.lost);
        part.none(
            &name("panics without a notice that has the focus"),
            &self.silent,
        );
        part.none(
            &name("panics after which something was written"),
            &self.wrote,
        );
        part.series(&name("time to the notice"), &self.times, "ms");
        let longest = self.times.iter().copied().fold(0.0, f64::max);
        part.at_most(&name("longest time to the notice"), longest, SOON, "ms");
        part.must(&name("there were panics"), count > 0);
    }
}

/// True if a text of the robot is not older than another: the note may have been edited once more
/// before the panic, without being shown as saved.
fn is_no_older(now: &str, text: &str) -> bool {
    let number = |text: &str| -> Option<(u64, u64)> {
        let (panic, count) = text.strip_prefix('P')?.split_once(' ')?.0.split_once('-')?;
        Some((panic.parse().ok()?, count.parse().ok()?))
    };
    number(now).is_some_and(|now| Some(now) >= number(text))
}
