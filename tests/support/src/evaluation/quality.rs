//! How well quotes are found again: pairs of articles, each quote tried in every way, and tables.

use std::ops::Range;

use postil::model::anchoring::{Anchor, Locator, OlderText, at_hand, describe};
use postil::model::annotation::Target;
use postil::model::article::Article;
use postil::model::text::CodePointRange;

use super::editor::Editor;
use super::prose::{Bank, banks};
use super::quotes::{Picker, Quote};
use super::rivals::Text;
use super::score::Ground;
use super::tables::Tables;
use super::truth::Truth;
use crate::figures::Report;
use crate::seed::Seed;

/// Pairs of articles in each language: with up to 28 quotes in each pair there are more than
/// 6,000 in all.
const PAIRS: usize = 40;
/// Least and greatest number of sentences in an article.
const SENTENCES: (usize, usize) = (30, 140);
/// Edits per hundred sentences, from a few corrections to a new version.
const EDITS: [usize; 5] = [3, 6, 12, 25, 50];
/// Percentage of an article's words that occur in no other.
const MADE_UP: u64 = 2;

/// An article, its edited version, and quotes of it.
pub struct Pair {
    /// The language that both are in.
    pub language: &'static str,
    /// The text before the edits.
    pub old: String,
    /// The text after the edits.
    pub new: String,
    /// Passages of the old text, with what became of each.
    pub quotes: Vec<Quote>,
}

/// The place found for a quote, in code points of the new text; `None` if it was left open.
pub type Answer = Option<Range<u32>>;

/// Locates every quote in every way, and reports how well each way does.
pub fn measure(pairs: &[Pair], report: &mut Report) {
    let mut tables = Tables::new();
    for pair in pairs {
        let ground = Ground::of(&pair.new);
        let letters: Vec<char> = pair.old.chars().collect();
        for (way, answers) in ways(pair) {
            for (quote, answer) in pair.quotes.iter().zip(answers) {
                let place = quote.place.start as usize..quote.place.end as usize;
                let words: String = letters[place].iter().collect();
                let verdict = ground.judge(&words, &quote.fate, answer.as_ref());
                tables.add(way, pair.language, quote, verdict);
            }
        }
    }
    let quotes: usize = pairs.iter().map(|pair| pair.quotes.len()).sum();
    println!("\n{quotes} quotes in {} pairs of articles\n", pairs.len());
    tables.print(report);
}

/// Articles in every language, edited to different degrees.
pub fn pairs(seed: u64) -> Vec<Pair> {
    let mut seed = Seed(seed);
    let banks = banks();
    let every = banks
        .iter()
        .flat_map(|bank| (0..PAIRS).map(move |number| (bank, number)));
    every
        .map(|(bank, number)| {
            let sentences = seed.between(SENTENCES.0, SENTENCES.1);
            let edits = (sentences * EDITS[number % EDITS.len()] / 100).max(1);
            pair(bank, sentences, edits, &mut seed)
        })
        .collect()
}

fn pair(bank: &Bank, sentences: usize, edits: usize, seed: &mut Seed) -> Pair {
    let old = bank.article(sentences, MADE_UP, seed);
    let (new, edits) = Editor::new(old.clone(), bank, seed).edit(edits);
    let (rendered, edited) = (old.render(), new.render());
    let quotes = Picker::of(&old, &rendered).quotes(&Truth::of(&edited), &edits, seed);
    Pair {
        language: bank.language,
        old: rendered.text,
        new: edited.text,
        quotes,
    }
}

/// The answers of each way for all quotes of a pair, in the order of the tables.
fn ways(pair: &Pair) -> impl Iterator<Item = (usize, Vec<Answer>)> {
    let (old, new) = (Article::verbatim(&pair.old), Article::verbatim(&pair.new));
    let places = || pair.quotes.iter().map(|quote| &quote.place);
    let targets: Vec<Target> = places().map(|place| target(&old, place)).collect();
    let versions = [version(&old)];
    let with_old = Locator::with_versions(new.text(), &versions);
    let alone = Locator::new(new.text());
    let ours = |locator: &Locator| -> Vec<Answer> {
        let find =
            |target: &Target| at_hand(&new, target).unwrap_or_else(|| locator.locate(target));
        targets
            .iter()
            .map(|target| answer(&new, &find(target)))
            .collect()
    };
    let (old, text) = (Text::of(&pair.old), Text::of(&pair.new));
    let answers = [
        ours(&with_old),
        ours(&alone),
        places()
            .map(|place| text.hypothesis(&old.selector(place)))
            .collect(),
        places()
            .map(|place| text.exact_with_context(&old, place))
            .collect(),
        places().map(|place| text.same_position(place)).collect(),
    ];
    answers.into_iter().enumerate()
}

/// The target that the app stores for a passage given in code points.
pub fn target(article: &Article, place: &Range<u32>) -> Target {
    let range = CodePointRange::new(place.start, place.end);
    let range = article.code_points().to_range(article.text(), range);
    describe(article, range.expect("quotes lie within their text"))
}

/// A text as an available version.
pub fn version(article: &Article) -> OlderText {
    OlderText {
        digest: article.digest().clone(),
        text: article.text().to_owned(),
    }
}

/// The place that an anchor claims: a gap claims none, and of several places the first counts.
fn answer(article: &Article, anchor: &Anchor) -> Answer {
    let range = match anchor {
        Anchor::Exact(range) => *range,
        Anchor::Moved(place) | Anchor::Changed(place) => place.range,
        Anchor::Ambiguous(places) => places.first()?.range,
        Anchor::Replaced(_) | Anchor::Orphan { .. } | Anchor::Whole => return None,
    };
    let place = article.code_points().of_range(article.text(), range);
    Some(place.start()..place.end())
}
