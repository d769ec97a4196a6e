//! A long reading: a robot marks, writes, scrolls and changes articles, and neither memory nor the
//! time of an edit may grow while the number of notes does not.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use crate::robot::served;
use crate::weight::article;
use postil_testing::driver::{Engine, Setup};
use postil_testing::figures::percentile;
use postil_testing::processes::{memory_of, renderers};
use postil_testing::reader::Reader;
use postil_testing::seed::Seed;

const SCRIPT: &str = include_str!("soak.js");

/// Minutes of the run's long and short form.
const MINUTES: (usize, usize) = (60, 1);
/// Five thousand in an hour.
const EDITS_A_MINUTE: usize = 84;
/// Notes of each article in the run's long and short form; from then on as many go as come.
const NOTES: (usize, usize) = (100, 10);
/// Articles that are read in turn, and the length of each in letters.
const ARTICLES: [&str; 3] = ["Morning", "Noon", "Evening"];
const LENGTH: usize = 60_000;
/// Edits from one change of the article to the next.
const EDITS_A_VISIT: usize = 20;
/// One visit out of so many pastes the article again, which imports it; the others take it from the
/// library.
const VISITS_A_PASTE: usize = 4;

/// Number of looks at the memory.
const LOOKS: usize = 30;
/// The first part of the edits is for warming up: five minutes of an hour.
const WARM: usize = 12;
/// Number of looks whose median is compared: in an hour the fifth is again as long after a change of
/// the article as the first, which makes the heap smaller for a while.
const COMPARED: usize = 5;
/// How much the memory of the process that draws the page may grow after warming up, in percent.
const GROWTH: f64 = 10.0;
/// The same for what scripts, elements and the program take of it. Some of that stays: the browser
/// compiles anew what runs often, and the notes removed in an hour, some 800, are in the trash. A leak
/// of anything at each edit is more.
const GROWTH_WITHIN: f64 = 20.0;

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    if scope.has(Engine::Chromium) {
        let soak = Soak::start(scope).await;
        let outcome = soak.read_on(&mut part).await;
        outcome.tell(&mut part);
    }
    part
}

/// A reader at work.
struct Soak {
    reader: Reader,
    /// The articles' sources, in the order of [`ARTICLES`].
    articles: Vec<String>,
    /// Number of edits at the usual pace.
    edits: usize,
    pace: Duration,
}

/// What was seen during one run.
#[derive(Default)]
struct Outcome {
    edits: usize,
    /// CPU of the page's thread for each edit after the articles had their notes, in milliseconds.
    times: Vec<f64>,
    looks: Vec<Look>,
    failed: Vec<String>,
}

/// One look at the memory after a collection of garbage, in megabytes.
struct Look {
    /// What scripts and the page's elements take.
    heap: f64,
    /// The program's own memory, which never shrinks.
    program: f64,
    /// The process that draws the page, in all.
    process: f64,
    /// Number of the page's nodes.
    nodes: f64,
}

impl Soak {
    async fn start(scope: Scope) -> Self {
        let setup = Setup {
            chaos: true,
            ..Setup::default()
        };
        let mut reader = Reader::start(Engine::Chromium, setup).await;
        let notes = scope.of(NOTES.0, NOTES.1);
        let script = SCRIPT
            .replace("SEED = 0", &format!("SEED = {}", scope.seed))
            .replace("MOST = 0", &format!("MOST = {notes}"));
        reader.server = served(&script);
        reader.open_site().await;
        ready(&reader).await;
        let own_time = json!({ "timeDomain": "threadTicks" });
        reader.devtools("Performance.enable", own_time).await;
        let mut random = Seed(scope.seed);
        let minutes = scope.minutes.unwrap_or(scope.of(MINUTES.0, MINUTES.1));
        Self {
            reader,
            articles: ARTICLES
                .map(|title| article(&mut random, title, LENGTH))
                .to_vec(),
            edits: minutes * EDITS_A_MINUTE,
            pace: Duration::from_secs(60) / EDITS_A_MINUTE as u32,
        }
    }

    /// Gives every article its notes, then edits at the usual pace until the time is over.
    async fn read_on(&self, part: &mut Part) -> Outcome {
        let mut outcome = Outcome::default();
        for number in 0..ARTICLES.len() {
            self.paste(number, &mut outcome).await;
            while self.reader.run("return soak.isFull()", vec![]).await == false {
                self.edit(&mut outcome).await;
            }
        }
        part.count("edits before the clock starts", outcome.edits);
        outcome.times.clear();
        let start = Instant::now();
        for number in 0..self.edits {
            if number.is_multiple_of(EDITS_A_VISIT) {
                self.visit(number / EDITS_A_VISIT, &mut outcome).await;
            }
            self.edit(&mut outcome).await;
            if (number + 1).is_multiple_of((self.edits / LOOKS).max(1)) {
                outcome.looks.push(self.look().await);
                println!("    {:5} s: {}", start.elapsed().as_secs(), outcome.line());
            }
            let due = self.pace * (number as u32 + 1);
            tokio::time::sleep(due.saturating_sub(start.elapsed())).await;
        }
        part.number("minutes", start.elapsed().as_secs_f64() / 60.0, "min");
        outcome
    }

    /// Goes to the next article in turn.
    async fn visit(&self, number: usize, outcome: &mut Outcome) {
        let article = number % ARTICLES.len();
        if number.is_multiple_of(VISITS_A_PASTE) {
            return self.paste(article, outcome).await;
        }
        let title = vec![json!(ARTICLES[article])];
        self.do_it("return soak.takeFromLibrary(...arguments)", title, outcome)
            .await;
    }

    async fn paste(&self, article: usize, outcome: &mut Outcome) {
        let article = vec![json!(ARTICLES[article]), json!(self.articles[article])];
        self.do_it("return soak.paste(...arguments)", article, outcome)
            .await;
    }

    /// Reads on a little, and makes one edit.
    async fn edit(&self, outcome: &mut Outcome) {
        self.do_it("return soak.read()", vec![], outcome).await;
        let before = self.metric("TaskDuration").await;
        let done = self.do_it("return soak.edit()", vec![], outcome).await;
        let spent = self.metric("TaskDuration").await - before;
        outcome.edits += 1;
        outcome.times.extend(done.then_some(spent * 1000.0));
    }

    /// Has the robot do something; returns false if it could not.
    async fn do_it(&self, script: &str, arguments: Vec<Value>, outcome: &mut Outcome) -> bool {
        let done = self.reader.try_run(script, arguments).await;
        if let Err(error) = &done {
            outcome.failed.push(format!("{script}: {error}"));
            self.reader.press("Escape").await;
        }
        done.is_ok()
    }

    /// A figure of the page's process (Performance.getMetrics of the DevTools protocol).
    async fn metric(&self, name: &str) -> f64 {
        let metrics = self
            .reader
            .devtools("Performance.getMetrics", json!({}))
            .await;
        let metrics = metrics["metrics"].as_array().into_iter().flatten();
        let mut found = metrics.filter(|metric| metric["name"] == name);
        let value = found.next().and_then(|metric| metric["value"].as_f64());
        value.unwrap_or(f64::NAN)
    }

    async fn look(&self) -> Look {
        const MEGABYTE: f64 = 1024.0 * 1024.0;
        let reader = &self.reader;
        reader
            .devtools("HeapProfiler.collectGarbage", json!({}))
            .await;
        let heap = reader.devtools("Runtime.getHeapUsage", json!({})).await;
        let bytes = |name: &str| heap[name].as_f64().unwrap_or_default();
        let program = reader.run("return postilRobot.memory()", vec![]).await;
        let processes = renderers(reader.browser.driver()).into_iter();
        Look {
            heap: (bytes("usedSize") + bytes("embedderHeapUsedSize")) / MEGABYTE,
            program: program.as_f64().unwrap_or(f64::NAN) / MEGABYTE,
            process: processes.map(memory_of).fold(0.0, f64::max) / MEGABYTE,
            nodes: self.metric("Nodes").await,
        }
    }
}

impl Outcome {
    /// What the last look has seen.
    fn line(&self) -> String {
        self.looks.last().map_or(String::new(), |look| {
            let Look {
                heap,
                program,
                process,
                nodes,
            } = look;
            format!(
                "{} edits; heap {heap:.2} MB, program {program:.2} MB, process {process:.1} MB, {nodes} nodes",
                self.edits
            )
        })
    }

    fn tell(&self, part: &mut Part) {
        part.count("edits", self.edits);
        part.none("steps that failed", &self.failed);
        part.series("CPU of an edit", &self.times, "ms");
        let tenth = self.times.len() / 10;
        let median = |times: &[f64]| percentile(times, 0.5);
        let first = median(&self.times[tenth..2 * tenth]);
        let last = median(&self.times[9 * tenth..]);
        part.number("CPU of an edit, second tenth", first, "ms");
        part.number("CPU of an edit, last tenth", last, "ms");
        let share = last / first * 100.0;
        part.number("CPU of an edit, last tenth of second tenth", share, "%");
        self.tell_growth(part, "heap", "MB", |look| look.heap);
        self.tell_growth(part, "program", "MB", |look| look.program);
        let process = self.tell_growth(part, "process", "MB", |look| look.process);
        self.tell_growth(part, "nodes", "", |look| look.nodes);
        let growth = self.tell_growth(part, "heap and program", "MB", |look| {
            look.heap + look.program
        });
        part.at_most("growth of the process", process, GROWTH, "%");
        part.at_most("growth of heap and program", growth, GROWTH_WITHIN, "%");
    }

    /// Records how a size has changed since the end of the warming up; returns the change in percent.
    fn tell_growth(&self, part: &mut Part, name: &str, unit: &str, size: fn(&Look) -> f64) -> f64 {
        let sizes: Vec<f64> = self.looks.iter().map(size).collect();
        let warm = &sizes[sizes.len().div_ceil(WARM)..];
        let compared = COMPARED.min(warm.len());
        let first = percentile(&warm[..compared], 0.5);
        let last = percentile(&warm[warm.len() - compared..], 0.5);
        part.number(&format!("{name}, warm"), first, unit);
        part.number(&format!("{name}, at the end"), last, unit);
        (last / first - 1.0) * 100.0
    }
}
