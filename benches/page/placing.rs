//! Placing ten thousand notes in a new version of a long article, and one more afterwards.

use serde_json::{Value, json};

use postil::model::annotation::AnnotationId;
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Description, Source, Tag};
use postil::model::sync::record::Path;

use crate::opening::{keep, run_async, stored};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;
use postil_testing::seed::Seed;

/// One megabyte of text.
const BYTES: usize = 1_000_000;
const NOTES: usize = 10_000;
const RUNS: usize = 3;

/// Records the worker's answers and the page's long tasks.
const EARS: &str = "window.answers = []; window.held = [];
    const plain = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
    Object.defineProperty(MessagePort.prototype, 'onmessage', { ...plain, set(hear) {
        plain.set.call(this, hear && ((event) => {
            const answer = Array.isArray(event.data) ? JSON.parse(event.data[0]) : undefined;
            const { prepared, times } = answer?.Ok?.Found ?? {};
            if (times) window.answers.push({ at: performance.now(), prepared, times: [...times] });
            hear.call(this, event);
        }));
    } });
    new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries())
        window.held.push([startTime, duration]); }).observe({ type: 'longtask', buffered: true });";

/// Waits until this many notes are placed, and two more seconds for long tasks.
const WAIT: &str = "const [notes, done] = arguments; const look = () => {
        const placed = window.answers.reduce((sum, { times }) => sum + times.length, 0);
        if (placed < notes) return setTimeout(look, 50);
        setTimeout(() => {
            const [asked] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('importer-'));
            done({ asked: asked?.startTime ?? 0, answers: window.answers, held: window.held });
        }, 2000);
    }; look();";

/// A random word: as in any language, few words are frequent and most are rare (Zipf's law).
fn word(seed: &mut Seed) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "re", "ti", "lo", "men", "sur", "ka", "di", "ver", "no", "phe", "ul", "ta", "gri",
        "os", "em",
    ];
    const WORDS: f64 = 30_000.0;
    let chance = seed.next(1 << 32) as f64 / f64::from(u32::MAX);
    let mut rank = WORDS.powf(chance) as usize;
    let mut word = String::new();
    while rank > 0 {
        word += SYLLABLES[rank % 16];
        rank /= 16;
    }
    word
}

/// An article of about this many bytes, with the vocabulary of a book.
fn book(bytes: usize) -> Article {
    let mut seed = Seed(23);
    let mut builder = ArticleBuilder::new();
    let mut written = 0;
    while written < bytes {
        let words: Vec<String> = (0..40 + seed.next(80)).map(|_| word(&mut seed)).collect();
        let paragraph = words.join(" ") + ".";
        written += paragraph.len() + 1;
        builder.element(Tag::P, &paragraph);
    }
    let description = Description::new(Source::Pasted, "A long article");
    builder.finish(description).expect("an article")
}

/// An edited article: some of its paragraphs are deleted, some new, some reworded.
fn edited(old: &Article) -> Article {
    let mut builder = ArticleBuilder::new();
    for (number, block) in old.text().split('\n').enumerate() {
        match number % 20 {
            3 => continue,
            7 => builder.element(
                Tag::P,
                "A paragraph that was not there before, of some words.",
            ),
            11 | 15 => builder.element(Tag::P, &block.replacen("re", "bare", 3)),
            _ => {}
        }
        if !matches!(number % 20, 11 | 15) {
            builder.element(Tag::P, block);
        }
    }
    let description = Description::new(Source::Pasted, old.title());
    let edited = builder.finish(description).expect("an article");
    edited.as_version_of(&old.iri())
}

/// Measurements of one opening of the new version.
#[derive(Default)]
struct Seen {
    /// Preparation in the worker, in milliseconds.
    prepared: f64,
    /// Time for each note.
    times: Vec<f64>,
    /// Time from requesting the worker to its last answer, in milliseconds.
    whole: f64,
    /// The page's longest task meanwhile, in milliseconds.
    held: f64,
}

impl Seen {
    fn of(seen: &Value) -> Self {
        let list = |name: &str| seen[name].as_array().cloned().unwrap_or_default();
        let (answers, held) = (list("answers"), list("held"));
        let asked = number(&seen["asked"]);
        let prepared = answers.iter().map(|answer| number(&answer["prepared"]));
        let tasks = held.iter().map(numbers).filter(|task| task[0] >= asked);
        Self {
            prepared: prepared.fold(0.0, f64::max),
            times: answers
                .iter()
                .flat_map(|answer| numbers(&answer["times"]))
                .collect(),
            whole: answers.last().map_or(0.0, |last| number(&last["at"])) - asked,
            held: tasks.map(|task| task[1]).fold(0.0, f64::max),
        }
    }
}

/// Measures the first opening of a new version, a second one, and notes that arrive singly.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let old = book(BYTES);
    let new = edited(&old);
    let ears = json!({ "source": EARS });
    reader
        .devtools("Page.addScriptToEvaluateOnNewDocument", ears)
        .await;
    let mut runs: Vec<Seen> = Vec::new();
    for _ in 0..RUNS {
        keep(reader, &old, NOTES).await;
        keep_version(reader, &old, &new).await;
        reader.open(&reader.server.site("")).await;
        runs.push(Seen::of(&run_async(reader, WAIT, vec![json!(NOTES)]).await));
    }
    tell(&runs, report);
    again(reader, report).await;
    one_more(reader, report, &old).await;
}

fn tell(runs: &[Seen], report: &mut Report) {
    let what = "placing 10,000 notes in 1 MB";
    let mut series = |name: &str, of: fn(&Seen) -> f64| {
        let values: Vec<f64> = runs.iter().map(of).collect();
        report.series(&format!("{what}: {name}"), &values);
    };
    series("preparing, in the worker", |run| run.prepared);
    series("worker asked for to last answer", |run| run.whole);
    series("longest task of the page meanwhile", |run| run.held);
    let times: Vec<f64> = runs.iter().flat_map(|run| run.times.clone()).collect();
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    report.number("placing: a note, mean", mean, "ms");
    report.number(
        "placing: a note, 99th of 100",
        percentile(&times, 0.99),
        "ms",
    );
    report.number("placing: a note, longest", percentile(&times, 1.0), "ms");
}

/// Opens the version again: its findings are stored, so the worker is not asked.
async fn again(reader: &Reader, report: &mut Report) {
    reader.open(&reader.server.site("")).await;
    let script = "const done = arguments[0]; setTimeout(() => done([window.answers.length, window.held]), 4000)";
    let seen = run_async(reader, script, vec![]).await;
    report.number(
        "placing again: answers of the worker",
        number(&seen[0]),
        "(goal 0)",
    );
    let tasks = seen[1].as_array().cloned().unwrap_or_default();
    let longest = tasks
        .iter()
        .map(|task| numbers(task)[1])
        .fold(0.0, f64::max);
    report.number(
        "placing again: longest task of the page, opening included",
        longest,
        "ms",
    );
}

/// A note on the old text arrives from another tab; then a second one, with everything prepared.
async fn one_more(reader: &Reader, report: &mut Report, old: &Article) {
    let notes = sample::notes(old, 3);
    for (number, name) in ["first", "next"].iter().enumerate() {
        let note = &notes[number + 1];
        let id = AnnotationId::parse(name).expect("an id");
        let (key, text) = stored(Path::of_note(&old.id(), &id), &note.to_record());
        let script =
            "const [key, newValue, done] = arguments; const before = window.answers.length;
            const start = performance.now();
            window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
            const look = () => window.answers.length > before
                ? done(window.answers.at(-1).at - start) : setTimeout(look, 1); look();";
        let took = run_async(reader, script, vec![json!(key), json!(text)]).await;
        let what = format!("placing: the {name} note that comes alone, there and back");
        report.number(&what, self::number(&took), "ms");
    }
}

async fn keep_version(reader: &Reader, old: &Article, new: &Article) {
    let record = json!({ "iri": old.iri(), "title": old.title(), "digest": new.digest(),
        "versions": [old.digest(), new.digest()] });
    let script = "const [key, record, digest, text, done] = arguments;
        localStorage.setItem(key, record);
        const path = key.slice('postil/2/'.length);
        indexedDB.open('postil').onsuccess = ({ target: { result: database } }) => {
          const writing = database.transaction(['texts', 'findings', 'records'], 'readwrite');
          const journal = writing.objectStore('records');
          journal.delete(IDBKeyRange.bound(path, path + '~'));
          journal.put(record, path + '/' + record.split(' ')[1]);
          writing.objectStore('texts').put(text, digest);
          writing.objectStore('findings').clear();
          writing.oncomplete = () => { database.close(); done(true); };
        };";
    let (key, record) = stored(Path::of_article(&old.id()), &record.to_string());
    let arguments = vec![
        json!(key),
        json!(record),
        json!(new.digest()),
        json!(new.to_json()),
    ];
    run_async(reader, script, arguments).await;
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

fn numbers(value: &Value) -> Vec<f64> {
    let all = value.as_array().cloned().unwrap_or_default();
    all.iter().map(number).collect()
}
