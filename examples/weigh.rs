//! Fits the weights of a search on one edit history and reports them on another, and vice versa:
//! `cargo run --release --example weigh -- ONE.jsonl OTHER.jsonl`.
//!
//! A line of a history is `{"old", "new", "quotes": [[start, end], …], "truth": [{"fate": "survives" |
//! "deleted" | "unclear", "place": [start, end], "gap": [start, end]}, …]}`, in code points. The
//! weights are those of a logistic regression: is the best candidate where the quote went? Both
//! they and the least odds that are believed are fitted on the first history alone.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};

use serde::Deserialize;

use postil::model::anchoring::{Anchor, Locator, OlderText, Weights, at_hand, describe};
use postil::model::annotation::Target;
use postil::model::article::Article;
use postil::model::text::{CodePointRange, TextRange};

/// Number of the model's parameters: the constant and the kinds of evidence.
const FEATURES: usize = Weights::FEATURES + 1;
/// Steps of the gradient descent, far more than it takes to converge.
const STEPS: usize = 20_000;
/// Penalty that keeps weights small where there is no evidence.
const PENALTY: f64 = 0.002;
/// Tolerated shares of surviving quotes that are missed, and of deleted ones that are misplaced.
/// The least odds are chosen to minimise the worse of both, measured by these.
const MISSED: f64 = 0.002;
/// See [`MISSED`].
const MISPLACED: f64 = 0.025;

#[derive(Clone, Deserialize)]
struct Case {
    old: String,
    new: String,
    quotes: Vec<[u32; 2]>,
    truth: Vec<Truth>,
}

#[derive(Clone, Deserialize)]
struct Truth {
    fate: String,
    place: Option<[u32; 2]>,
    gap: Option<[u32; 2]>,
}

/// The best candidate for a quote: its evidence and its outcome.
struct Example {
    features: [f64; FEATURES],
    outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    Misplaced,
    Wrong,
}

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [one, other] = &files[..] else {
        return Err("two histories are needed".into());
    };
    let (one, other) = (read(one)?, read(other)?);
    let before = Weights::default();
    println!("as they are, on the first:  {}", score(&one, &before));
    println!("as they are, on the second: {}", score(&other, &before));
    let both: Vec<Case> = one.iter().chain(&other).cloned().collect();
    println!("chosen on both: {:?}", chosen(&both));
    for (name, here, there) in [("first", &one, &other), ("second", &other, &one)] {
        let weights = chosen(here);
        println!("chosen on the {name}: {weights:?}");
        println!("  there:        {}", score(here, &weights));
        println!("  on the other: {}", score(there, &weights));
    }
    Ok(())
}

fn read(file: &str) -> Result<Vec<Case>, Box<dyn Error>> {
    let lines = BufReader::new(File::open(file)?).lines();
    lines
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}

fn targets(case: &Case) -> Vec<Target> {
    let old = Article::verbatim(&case.old);
    let range = |[start, end]: [u32; 2]| {
        let range = old
            .code_points()
            .to_range(old.text(), CodePointRange::new(start, end));
        range.unwrap_or(TextRange::new(0, 0))
    };
    case.quotes
        .iter()
        .map(|&quote| describe(&old, range(quote)))
        .collect()
}

/// The weights determine the best candidates, and so the examples to fit: hence two rounds.
fn chosen(cases: &[Case]) -> Weights {
    let mut weights = Weights::default();
    for _ in 0..2 {
        let examples: Vec<Example> = cases
            .iter()
            .flat_map(|case| examples(case, &weights))
            .collect();
        let fitted = fit(&examples);
        weights.bias = fitted[0] as f32;
        for (weight, fitted) in weights.evidence.iter_mut().zip(&fitted[1..]) {
            *weight = *fitted as f32;
        }
        weights.believed = least_odds(&examples, &fitted, cases) as f32;
    }
    weights
}

fn examples(case: &Case, weights: &Weights) -> Vec<Example> {
    let new = Article::verbatim(&case.new);
    let locator = Locator::with_weights(new.text(), &[], weights.clone());
    let ink = Ink::of(&case.new);
    let pairs = targets(case).into_iter().zip(&case.truth);
    let example = |(target, truth): (Target, &Truth)| {
        let (best, evidence) = *locator.candidates(&target).first()?;
        let place = new.code_points().of_range(new.text(), best.range);
        let outcome = outcome(&ink, [place.start(), place.end()], truth)?;
        let mut features = [1.0; FEATURES];
        for (feature, evidence) in features[1..].iter_mut().zip(evidence.features()) {
            *feature = f64::from(evidence);
        }
        let believed = evidence.share >= weights.least_share && !is_settled(&target, evidence.once);
        believed.then_some(Example { features, outcome })
    };
    pairs.filter_map(example).collect()
}

/// True if a quote is found without a search: it occurred once, occurs once and says enough.
fn is_settled(target: &Target, once: f32) -> bool {
    let words = target.quote.as_ref().map_or("", |quote| &quote.exact);
    let letters = words
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .count();
    once == 1.0 && letters as f32 >= Weights::default().unique_letters
}

fn outcome(ink: &Ink, place: [u32; 2], truth: &Truth) -> Option<Outcome> {
    match (truth.fate.as_str(), truth.place, truth.gap) {
        ("survives", Some(at), _) if ink.likeness(place, at) >= 0.5 => Some(Outcome::Right),
        ("survives", Some(at), _) if ink.common(place, at) == 0 => Some(Outcome::Wrong),
        ("deleted", _, Some(gap)) if !ink.is_in_gap(place, gap) => Some(Outcome::Misplaced),
        _ => None,
    }
}

/// Logistic regression by gradient descent, on features scaled to a similar spread.
fn fit(examples: &[Example]) -> [f64; FEATURES] {
    let mut scale = [1.0; FEATURES];
    for (at, scale) in scale.iter_mut().enumerate() {
        let most = examples.iter().map(|example| example.features[at].abs());
        *scale = most.fold(0.0, f64::max).max(1e-9);
    }
    let mut weights = [0.0; FEATURES];
    for _ in 0..STEPS {
        let mut slope = [0.0; FEATURES];
        for example in examples {
            let odds: f64 = (0..FEATURES)
                .map(|at| weights[at] * example.features[at] / scale[at])
                .sum();
            let right = f64::from(u8::from(example.outcome == Outcome::Right));
            let error = 1.0 / (1.0 + (-odds).exp()) - right;
            for at in 0..FEATURES {
                slope[at] += error * example.features[at] / scale[at];
            }
        }
        for at in 0..FEATURES {
            let held = if at == 0 { 0.0 } else { PENALTY * weights[at] };
            weights[at] -= 12.0 * (slope[at] / examples.len() as f64 + held);
        }
    }
    std::array::from_fn(|at| weights[at] / scale[at])
}

fn least_odds(examples: &[Example], weights: &[f64; FEATURES], cases: &[Case]) -> f64 {
    let of_fate = |fate: &str| {
        let truths = cases.iter().flat_map(|case| &case.truth);
        truths.filter(|truth| truth.fate == fate).count() as f64
    };
    let (survive, deleted) = (of_fate("survives"), of_fate("deleted"));
    let odds = |example: &Example| -> f64 {
        (0..FEATURES)
            .map(|at| weights[at] * example.features[at])
            .sum()
    };
    let all = |outcome: Outcome| {
        examples
            .iter()
            .filter(move |example| example.outcome == outcome)
    };
    let worse = |least: f64| {
        let missed = all(Outcome::Right)
            .filter(|example| odds(example) < least)
            .count() as f64;
        let wrong = all(Outcome::Misplaced)
            .filter(|example| odds(example) >= least)
            .count() as f64;
        (missed / survive / MISSED).max(wrong / deleted / MISPLACED)
    };
    let tried = (-30..=40).map(|tenth| f64::from(tenth) / 10.0);
    tried
        .min_by(|one, other| worse(*one).total_cmp(&worse(*other)))
        .unwrap_or(0.0)
}

/// Number of code points that are not white space before each code point.
struct Ink(Vec<u32>);

impl Ink {
    fn of(text: &str) -> Self {
        let mut before = vec![0];
        for character in text.chars() {
            before.push(before[before.len() - 1] + u32::from(!character.is_whitespace()));
        }
        Self(before)
    }

    fn within(&self, [start, end]: [u32; 2]) -> u32 {
        self.0[end as usize] - self.0[start as usize]
    }

    fn common(&self, one: [u32; 2], other: [u32; 2]) -> u32 {
        let (start, end) = (one[0].max(other[0]), one[1].min(other[1]));
        if start < end {
            self.within([start, end])
        } else {
            0
        }
    }

    fn likeness(&self, one: [u32; 2], other: [u32; 2]) -> f64 {
        let common = self.common(one, other);
        f64::from(common) / f64::from((self.within(one) + self.within(other) - common).max(1))
    }

    fn is_in_gap(&self, place: [u32; 2], gap: [u32; 2]) -> bool {
        let last = self.0.len() as u32 - 1;
        let gap = [gap[0].saturating_sub(6), (gap[1] + 6).min(last)];
        2 * self.common(place, gap) >= self.within(place).max(1)
    }
}

fn score(cases: &[Case], weights: &Weights) -> String {
    let row = |at_hand: bool| {
        let mut sums = Sums::default();
        cases
            .iter()
            .for_each(|case| sums.add(case, weights, at_hand));
        sums.row()
    };
    format!("with the old text {}; without {}", row(true), row(false))
}

#[derive(Default)]
struct Sums {
    survive: u32,
    found: u32,
    both_ends: u32,
    wrong: u32,
    deleted: u32,
    misplaced: u32,
}

impl Sums {
    fn add(&mut self, case: &Case, weights: &Weights, with_old: bool) {
        let (old, new) = (Article::verbatim(&case.old), Article::verbatim(&case.new));
        let version = OlderText {
            digest: old.digest().clone(),
            text: case.old.clone(),
        };
        let versions = if with_old { vec![version] } else { Vec::new() };
        let locator = Locator::with_weights(new.text(), &versions, weights.clone());
        let ink = Ink::of(&case.new);
        for (target, truth) in targets(case).iter().zip(&case.truth) {
            let anchor = at_hand(&new, target).unwrap_or_else(|| locator.locate(target));
            let place = placed(&anchor).map(|range| new.code_points().of_range(new.text(), range));
            self.count(&ink, place.map(|place| [place.start(), place.end()]), truth);
        }
    }

    fn count(&mut self, ink: &Ink, place: Option<[u32; 2]>, truth: &Truth) {
        let near = |one: u32, other: u32| ink.0[one as usize].abs_diff(ink.0[other as usize]) <= 2;
        match (truth.fate.as_str(), truth.place, truth.gap) {
            ("survives", Some(at), _) => {
                self.survive += 1;
                let Some(place) = place else { return };
                self.wrong += u32::from(ink.common(place, at) == 0);
                let found = ink.likeness(place, at) >= 0.5;
                self.found += u32::from(found);
                self.both_ends +=
                    u32::from(found && near(place[0], at[0]) && near(place[1], at[1]));
            }
            ("deleted", _, Some(gap)) => {
                self.deleted += 1;
                self.misplaced += u32::from(place.is_some_and(|place| !ink.is_in_gap(place, gap)));
            }
            _ => {}
        }
    }

    fn row(&self) -> String {
        let share = |part: u32, all: u32| 100.0 * f64::from(part) / f64::from(all.max(1));
        format!(
            "found {:.2} both ends {:.2} wrong {:.2} misplaced {:.2}",
            share(self.found, self.survive),
            share(self.both_ends, self.survive),
            share(self.wrong, self.survive),
            share(self.misplaced, self.deleted),
        )
    }
}

/// The place that an anchor claims, if any.
fn placed(anchor: &Anchor) -> Option<TextRange> {
    match anchor {
        Anchor::Exact(range) => Some(*range),
        Anchor::Moved(place) | Anchor::Changed(place) => Some(place.range),
        Anchor::Ambiguous(places) => places.first().map(|place| place.range),
        Anchor::Replaced(_) | Anchor::Orphan { .. } | Anchor::Whole => None,
    }
}
