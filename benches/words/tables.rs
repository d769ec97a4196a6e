//! Reports for each file, and for all of them.

use std::collections::BTreeMap;
use std::path::Path;

use postil::import::{Census, Letters};
use serde_json::{Map, Value, json};

use super::count::{Kept, Place};
use super::files::Format;
use postil_testing::figures::{Report, percentile};

/// The share of a page's words below which a file counts as having lost many.
pub const FEW: f64 = 0.5;
/// Numbers of lost runs of a file that are shown, and that are written to the file of figures.
const SHOWN_RUNS: usize = 3;
const KEPT_RUNS: usize = 12;

/// The result for one file.
pub struct Outcome {
    pub format: Format,
    /// The reason why nothing was read.
    pub error: Option<String>,
    /// True if something exceeded a limit.
    pub cut: bool,
    /// True if the charset lost characters.
    pub broken: bool,
    /// The message to the reader about lost words.
    pub told: Option<String>,
    /// The importer's own count.
    pub census: Census,
    pub article: Kept,
    /// The whole page, or the article if there is no other text.
    pub whole: Kept,
}

impl Outcome {
    /// Numbers of lost words by reason.
    fn reasons(&self) -> BTreeMap<String, usize> {
        let mut reasons = BTreeMap::new();
        for (place, lost) in &self.whole.lost {
            *reasons.entry(self.reason(*place).to_owned()).or_default() += lost;
        }
        for place in Place::ALL
            .into_iter()
            .filter(|place| place.is_of_the_page())
        {
            let of = |kept: &Kept| kept.lost.get(&place).copied().unwrap_or_default();
            let left = of(&self.article).saturating_sub(of(&self.whole));
            if left > 0 {
                *reasons
                    .entry(format!("not in the article: {}", place.name()))
                    .or_default() += left;
            }
        }
        reasons
    }

    /// The reason why words at a place are missing from every imported text.
    fn reason(&self, place: Place) -> &'static str {
        match (place, self.format) {
            (Place::Text | Place::Boilerplate, _) if self.error.is_some() => "nothing was read",
            (Place::Text | Place::Boilerplate, _) if self.cut => "beyond a limit",
            (Place::Text | Place::Boilerplate, _) if self.broken => "charset",
            (Place::Text, Format::Markdown) => "markup of Markdown",
            (Place::Text, Format::Plain) => "furniture of plain text",
            (Place::Text | Place::Boilerplate, _) => "dropped by the walk",
            (place, _) => place.name(),
        }
    }

    /// Prints a line for the file, and its longest lost runs if it lost any of its own words.
    pub fn print(&self, path: &Path) {
        let percent = |kept: &Kept| 100.0 * kept.share();
        let told = self.told.as_deref().unwrap_or_default();
        println!(
            "{:6.1} {:6.1} {:8}  {}  {told}",
            percent(&self.article),
            percent(&self.whole),
            self.whole.all,
            path.display()
        );
        if let Some(error) = &self.error {
            println!("        {error}");
        }
        let few = self.article.share() < FEW;
        let runs = if few {
            &self.article.runs
        } else {
            &self.whole.runs
        };
        let own = runs.iter().filter(|(_, place, _)| place.is_of_the_page());
        for (length, place, words) in own.take(SHOWN_RUNS) {
            println!("        −{length} {}: {words}", place.name());
        }
    }

    pub fn to_json(&self) -> Value {
        let runs = |kept: &Kept| -> Vec<Value> {
            let runs = kept.runs.iter().take(KEPT_RUNS);
            runs.map(|(length, place, words)| json!([length, place.name(), words]))
                .collect()
        };
        json!({
            "format": self.format.name(),
            "words": self.whole.all,
            "article": self.article.share(),
            "whole": self.whole.share(),
            "kept_article": self.article.kept,
            "kept_whole": self.whole.kept,
            "told": self.told,
            "census": census(&self.census),
            "error": self.error,
            "why": self.reasons(),
            "lost_of_article": runs(&self.article),
            "lost_of_whole": runs(&self.whole),
        })
    }
}

/// The importer's own count of letters for the page, the article and the whole page: in prose, in
/// links, beside the article, and in what is not shown.
fn census(census: &Census) -> Value {
    let letters = |letters: &Letters| {
        json!([
            letters.prose,
            letters.linked,
            letters.beside,
            letters.unshown
        ])
    };
    json!({
        "page": letters(&census.page),
        "article": letters(&census.article),
        "whole": census.whole.as_ref().map(letters),
    })
}

/// The results for all files.
#[derive(Default)]
pub struct Tables {
    outcomes: Vec<Outcome>,
    files: Map<String, Value>,
}

impl Tables {
    pub fn add(&mut self, path: &Path, outcome: Outcome) {
        self.files
            .insert(path.display().to_string(), outcome.to_json());
        self.outcomes.push(outcome);
    }

    /// The result for each file, to compare with another run.
    pub fn files(&self) -> &Map<String, Value> {
        &self.files
    }

    pub fn print(&self, report: &mut Report) {
        println!(
            "\n{:22} files   words/1000 | article: median     p5  below {:.0} % | whole: median     p5  below {:.0} %  below 99 % | nothing read  told",
            "Share of words kept, %",
            100.0 * FEW,
            100.0 * FEW
        );
        for format in Format::ALL {
            let of = self
                .outcomes
                .iter()
                .filter(|outcome| outcome.format == format);
            row(format.name(), &of.collect::<Vec<_>>(), report);
        }
        row("all", &self.outcomes.iter().collect::<Vec<_>>(), report);
        self.print_reasons(report);
    }

    fn print_reasons(&self, report: &mut Report) {
        let mut reasons: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for outcome in &self.outcomes {
            for (reason, lost) in outcome.reasons() {
                let sum = reasons.entry(reason).or_default();
                *sum = (sum.0 + lost, sum.1 + 1);
            }
        }
        println!(
            "\n{:44}    words    files",
            "Why words are in no text, or not in the article"
        );
        for (reason, (words, files)) in reasons {
            println!("{reason:44} {words:8} {files:8}");
            report.keep(&format!("words, lost: {reason}"), words as f64, "words");
        }
    }
}

fn row(name: &str, outcomes: &[&Outcome], report: &mut Report) {
    if outcomes.is_empty() {
        return;
    }
    let of_article: Vec<f64> = outcomes
        .iter()
        .map(|outcome| 100.0 * outcome.article.share())
        .collect();
    let of_whole: Vec<f64> = outcomes
        .iter()
        .map(|outcome| 100.0 * outcome.whole.share())
        .collect();
    let below = |shares: &[f64], least: f64| shares.iter().filter(|share| **share < least).count();
    let unread = outcomes
        .iter()
        .filter(|outcome| outcome.error.is_some())
        .count();
    let told = outcomes
        .iter()
        .filter(|outcome| outcome.told.is_some())
        .count();
    let words: usize = outcomes.iter().map(|outcome| outcome.whole.all).sum();
    let figures = [
        ("article, median", percentile(&of_article, 0.5)),
        ("article, p5", percentile(&of_article, 0.05)),
        ("whole page, median", percentile(&of_whole, 0.5)),
        ("whole page, p5", percentile(&of_whole, 0.05)),
    ];
    let counts = [
        ("article below", below(&of_article, 100.0 * FEW)),
        ("whole page below", below(&of_whole, 100.0 * FEW)),
        ("whole page below 99 %", below(&of_whole, 99.0)),
        ("files", outcomes.len()),
        ("told", told),
    ];
    println!(
        "  {name:20} {:5} {:12} | {:15.2} {:6.2} {:11} | {:13.2} {:6.2} {:11} {:11} | {unread:12} {told:5}",
        outcomes.len(),
        words / 1_000,
        figures[0].1,
        figures[1].1,
        counts[0].1,
        figures[2].1,
        figures[3].1,
        counts[1].1,
        counts[2].1
    );
    for (what, value) in figures {
        report.keep(&format!("words, {name}: {what}"), value, "%");
    }
    for (what, count) in counts {
        report.keep(&format!("words, {name}: {what}"), count as f64, "files");
    }
}
