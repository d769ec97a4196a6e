//! The cost of finding quotes again: preparing a long edited article, then locating each note.

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use postil::model::anchoring::{Locator, OlderText};
use postil::model::annotation::Target;
use postil::model::article::Article;

use super::editor::Editor;
use super::prose::{Bank, banks};
use super::quality::{target, version};
use super::quotes::{Class, Picker};
use super::rivals::Text;
use crate::figures::{Report, percentile};
use crate::seed::Seed;

/// Percentage of words that occur once or twice: a long text has many names and rare words.
const MADE_UP: u64 = 8;
/// Number of sentences for each edit.
const SENTENCES_PER_EDIT: usize = 10;
/// Notes on the letter "e" alone: a quote that occurs in a hundred thousand places.
const SINGLE_LETTERS: usize = 100;
/// Number of preparations, of which the median counts.
const PREPARATIONS: usize = 5;

/// A size to measure.
pub struct Size {
    name: &'static str,
    language: &'static str,
    bytes: usize,
    notes: usize,
    /// Numbers of notes, ordinary and on a single letter, that the slow rival gets.
    rival_notes: usize,
    rival_letters: usize,
}

const SIZES: [Size; 4] = [
    Size {
        name: "100 KB",
        language: "English",
        bytes: 100_000,
        notes: 1_000,
        rival_notes: 20,
        rival_letters: 2,
    },
    Size {
        name: "1 MB",
        language: "English",
        bytes: 1_000_000,
        notes: 10_000,
        rival_notes: 10,
        rival_letters: 0,
    },
    Size {
        name: "1 MB, Chinese",
        language: "Chinese",
        bytes: 1_000_000,
        notes: 2_000,
        rival_notes: 0,
        rival_letters: 0,
    },
    Size {
        name: "5 MB",
        language: "English",
        bytes: 5_000_000,
        notes: 2_000,
        rival_notes: 0,
        rival_letters: 0,
    },
];

/// A long article, an edited version of it, and notes on the original.
pub struct Material {
    /// The article before it was edited.
    pub old: Article,
    /// The article after it was edited.
    pub new: Article,
    /// Notes of every class on the older article.
    pub notes: Vec<Note>,
    /// Notes on single letters.
    pub letters: Vec<Note>,
}

/// A note as Postil stores it, with its place in the original in code points.
pub struct Note {
    /// Its passage, in code points of the older text.
    pub place: Range<u32>,
    /// What is stored of its passage.
    pub target: Target,
}

/// Makes an article of this size, edits it, and annotates it with quotes of every class.
pub fn material(size: &Size, seed: u64) -> Material {
    let mut seed = Seed(seed);
    let banks = banks();
    let bank = banks.iter().find(|bank| bank.language == size.language);
    let bank = bank.expect("the language has its prose");
    let sentences = sentences(bank, size.bytes, &mut seed);
    let document = bank.article(sentences, MADE_UP, &mut seed);
    let rendered = document.render();
    let picker = Picker::of(&document, &rendered);
    let classes: Vec<Class> = Class::ALL
        .iter()
        .flat_map(|&(class, count)| vec![class; count])
        .collect();
    let places: Vec<Range<u32>> = (0..size.notes)
        .map(|note| {
            let near = seed.index(rendered.tokens.len());
            picker.place(&picker.pick(classes[note % classes.len()], near, &mut seed))
        })
        .collect();
    let edits = sentences / SENTENCES_PER_EDIT;
    let (edited, _) = Editor::new(document, bank, &mut seed).edit(edits);
    let old = Article::verbatim(&rendered.text);
    let letters = single_letters(&rendered.text, &mut seed);
    Material {
        new: Article::verbatim(&edited.render().text),
        notes: notes(&old, places),
        letters: notes(&old, letters),
        old,
    }
}

fn notes(article: &Article, places: Vec<Range<u32>>) -> Vec<Note> {
    let note = |place| Note {
        target: target(article, &place),
        place,
    };
    places.into_iter().map(note).collect()
}

/// Places of the letter "e", if the script has it, in code points.
fn single_letters(text: &str, seed: &mut Seed) -> Vec<Range<u32>> {
    let letters = text
        .chars()
        .enumerate()
        .filter(|(_, letter)| *letter == 'e');
    let places: Vec<Range<u32>> = letters.map(|(at, _)| at as u32..at as u32 + 1).collect();
    match places[..] {
        [] => Vec::new(),
        _ => (0..SINGLE_LETTERS)
            .map(|_| seed.pick(&places).clone())
            .collect(),
    }
}

/// Approximate number of sentences in this many bytes.
fn sentences(bank: &Bank, bytes: usize, seed: &mut Seed) -> usize {
    const SAMPLE: usize = 500;
    let sample = bank.article(SAMPLE, MADE_UP, seed).render().text.len();
    bytes * SAMPLE / sample
}

/// Measures every size, with and without the older text.
pub fn measure(seed: u64, report: &mut Report) {
    println!("\nThe cost in native code of the release profile");
    println!(
        "Goals, for 1 MB in WebAssembly: prepare ≤ 150 ms; a note ≤ 50 µs on average, p99 ≤ 2,000 µs; \"e\" ≤ 1 times the others"
    );
    for size in &SIZES {
        let start = Instant::now();
        let material = material(size, seed);
        let notes = material.notes.len() + material.letters.len();
        println!(
            "\n{}: {} bytes, {} after the edits; {notes} notes, made in {:.1} s",
            size.name,
            material.old.text().len(),
            material.new.text().len(),
            start.elapsed().as_secs_f64()
        );
        let versions = [version(&material.old)];
        for (way, versions) in [
            ("older text at hand", &versions[..]),
            ("selectors only", &[]),
        ] {
            ours(
                &format!("{}, {way}", size.name),
                &material,
                versions,
                report,
            );
        }
        rival(size, &material, report);
    }
}

fn ours(name: &str, material: &Material, versions: &[OlderText], report: &mut Report) {
    let text = material.new.text();
    let prepare = || match versions {
        [] => Locator::new(text),
        versions => Locator::with_versions(text, versions),
    };
    let times: Vec<f64> = (0..PREPARATIONS)
        .map(|_| milliseconds(timed(prepare)))
        .collect();
    report.series(&format!("anchoring cost, {name}: prepare"), &times);
    let locator = prepare();
    let each = |notes: &[Note]| -> Vec<f64> {
        let locate = |note: &Note| microseconds(timed(|| locator.locate(&note.target)));
        notes.iter().map(locate).collect()
    };
    let all = told(
        &format!("anchoring cost, {name}: each note"),
        &each(&material.notes),
        report,
    );
    if !material.letters.is_empty() {
        let letters = told(
            &format!("anchoring cost, {name}: \"e\""),
            &each(&material.letters),
            report,
        );
        let ratio = format!("anchoring cost, {name}: \"e\", times the others");
        report.number(&ratio, letters / all, "times");
    }
}

/// Measures Hypothesis' scoring for a few notes.
fn rival(size: &Size, material: &Material, report: &mut Report) {
    let (old, new) = (Text::of(material.old.text()), Text::of(material.new.text()));
    let find = |note: &Note| {
        let selector = old.selector(&note.place);
        microseconds(timed(|| new.hypothesis(&selector)))
    };
    let name = |what| format!("anchoring cost, {}, Hypothesis' scoring: {what}", size.name);
    if let Some(step) = material.notes.len().checked_div(size.rival_notes) {
        let some = material.notes.iter().step_by(step).take(size.rival_notes);
        told(
            &name("each note"),
            &some.map(find).collect::<Vec<_>>(),
            report,
        );
    }
    if size.rival_letters > 0 {
        let some = material.letters.iter().take(size.rival_letters);
        told(&name("\"e\""), &some.map(find).collect::<Vec<_>>(), report);
    }
}

/// Reports mean, median and 99th percentile of times in microseconds; returns the mean.
fn told(name: &str, micros: &[f64], report: &mut Report) -> f64 {
    let mean = micros.iter().sum::<f64>() / micros.len() as f64;
    let (median, p99) = (percentile(micros, 0.5), percentile(micros, 0.99));
    println!(
        "{name:64} {mean:9.1} µs   p50 {median:9.1} µs   p99 {p99:9.1} µs   of {}",
        micros.len()
    );
    for (what, value) in [("mean", mean), ("p50", median), ("p99", p99)] {
        report.keep(&format!("{name}, {what}"), value, "µs");
    }
    mean
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let outcome = black_box(work());
    let time = start.elapsed();
    drop(outcome);
    time
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000_000.0
}
