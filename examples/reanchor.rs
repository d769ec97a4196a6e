//! Finds quotes of old texts in new ones, as the app does: reads cases from standard input, one
//! JSON object a line, and answers each with a line as soon as it is done.
//!
//! `{"id": "…", "old": "text", "new": "text", "quotes": [[start, end], …], "snapshot": true}` asks
//! where passages of `old` (in code points) are in `new`; without `snapshot` only the stored
//! targets may be used, not `old` itself. The answer is
//! `{"id": "…", "results": [{"state", "start", "end", "confidence", "micros"}, …], "prepare_micros"}`,
//! or `{"id": "…", "error": "…"}` if the line is not such a case.

use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use postil::model::anchoring::{
    Anchor, Candidate, Confidence, Locator, OlderText, at_hand, describe,
};
use postil::model::annotation::Target;
use postil::model::article::Article;
use postil::model::text::CodePointRange;

/// A line of input.
#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    id: Value,
    old: String,
    new: String,
    quotes: Vec<[u32; 2]>,
    #[serde(default = "at_hand_by_default")]
    snapshot: bool,
}

/// A line of output.
#[derive(Serialize)]
struct Answer {
    id: Value,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome {
    Found {
        results: Vec<Finding>,
        prepare_micros: f64,
    },
    Refused {
        error: String,
    },
}

/// The result for a quote, in code points of the new text.
#[derive(Serialize)]
struct Finding {
    state: &'static str,
    start: Option<u32>,
    end: Option<u32>,
    confidence: f64,
    micros: f64,
}

fn at_hand_by_default() -> bool {
    true
}

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            serde_json::to_writer(&mut output, &answer(&line))?;
            output.write_all(b"\n")?;
            output.flush()?;
        }
        line.clear();
    }
    Ok(())
}

/// Answers a line, whatever it contains.
fn answer(line: &[u8]) -> Answer {
    let refused = |error: String| Outcome::Refused { error };
    match serde_json::from_slice::<Case>(line) {
        Ok(case) => Answer {
            outcome: find(&case).unwrap_or_else(refused),
            id: case.id,
        },
        Err(error) => Answer {
            id: id_of(line),
            outcome: refused(format!("not a case: {error}")),
        },
    }
}

/// The id of a line that is not a case, if it has one.
fn id_of(line: &[u8]) -> Value {
    let mut line: Value = serde_json::from_slice(line).unwrap_or_default();
    line.get_mut("id").map(Value::take).unwrap_or_default()
}

/// Describes every quote as the app would, then finds all of them in the new text.
fn find(case: &Case) -> Result<Outcome, String> {
    let (old, new) = (Article::verbatim(&case.old), Article::verbatim(&case.new));
    let targets: Vec<Target> = case
        .quotes
        .iter()
        .map(|&quote| stored(&old, quote))
        .collect::<Result<_, _>>()?;
    let versions = [OlderText {
        digest: old.digest().clone(),
        text: case.old.clone(),
    }];
    let start = Instant::now();
    let locator = match case.snapshot {
        true => Locator::with_versions(new.text(), &versions),
        false => Locator::new(new.text()),
    };
    let prepare_micros = micros(start.elapsed());
    let results = targets
        .iter()
        .map(|target| {
            let start = Instant::now();
            let anchor = at_hand(&new, target).unwrap_or_else(|| locator.locate(target));
            finding(&new, &anchor, start.elapsed())
        })
        .collect();
    Ok(Outcome::Found {
        results,
        prepare_micros,
    })
}

fn stored(old: &Article, [start, end]: [u32; 2]) -> Result<Target, String> {
    let range = old
        .code_points()
        .to_range(old.text(), CodePointRange::new(start, end))
        .filter(|_| start <= end)
        .ok_or_else(|| format!("no range of the old text: {start} to {end}"))?;
    Ok(describe(old, range))
}

fn finding(new: &Article, anchor: &Anchor, took: Duration) -> Finding {
    let (state, place) = told(anchor);
    let range = place.map(|place| new.code_points().of_range(new.text(), place.range));
    let confidence = place.map_or(0, |place| place.confidence.thousandths());
    Finding {
        state,
        start: range.map(CodePointRange::start),
        end: range.map(CodePointRange::end),
        confidence: f64::from(confidence) / 1_000.0,
        micros: micros(took),
    }
}

/// The name of an anchor's state, and the place that it claims: of several the first, of an orphan
/// none, since its suggestion is not a claim.
fn told(anchor: &Anchor) -> (&'static str, Option<Candidate>) {
    match anchor {
        Anchor::Exact(range) => {
            let confidence = Confidence::CERTAIN;
            let range = *range;
            ("exact", Some(Candidate { range, confidence }))
        }
        Anchor::Moved(place) => ("moved", Some(*place)),
        Anchor::Changed(place) => ("changed", Some(*place)),
        Anchor::Ambiguous(places) => ("ambiguous", places.first().copied()),
        Anchor::Replaced(gap) => ("replaced", Some(*gap)),
        // A quote is never the whole article.
        Anchor::Orphan { .. } | Anchor::Whole => ("orphan", None),
    }
}

/// Microseconds, rounded to tenths.
fn micros(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000_000.0).round() / 10.0
}
