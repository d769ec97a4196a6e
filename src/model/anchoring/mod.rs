//! Anchoring: stores what identifies a passage, and finds it again. See [`describe`], [`locate`].
//!
//! In the text that a note was made on, its passage is where it was: [`at_hand`] only compares. In
//! another text of the article, a [`Locator`] looks for it.

mod align;
mod cluster;
mod diff;
mod fate;
mod index;
mod locator;
mod myers;
mod pattern;
mod search;
mod tokens;
mod weights;

use super::graphemes::{boundary_after, boundary_before};

use super::annotation::{Annotation, Attachment, Quote, Rest, Standing, Target};
use super::article::Article;
use super::digest::Digest;
use super::text::{TextRange, snap_to_graphemes};

pub use locator::{Locator, OlderText};
pub use weights::{Evidence, Weights};

/// Code points of context on either side. Measured on real edit histories: with 32, 6.2 % of the
/// notes on deleted passages were placed wrongly, with 64 4.0 %, with 128 2.9 %; of the surviving
/// passages, 64 finds most.
const CONTEXT: usize = 64;
/// Most code points by which context is rounded out to a whole word.
const ROUNDING: usize = 32;
/// Longest quote that is stored whole, in code points; readers may want to export it.
const LONGEST_QUOTE: usize = 8 * 1024;
/// Code points stored of either end of a longer quote.
const KEPT_OF_LONG: usize = 2 * 1024;

/// The confidence in a place, in thousandths from 0 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Confidence(u16);

impl Confidence {
    /// Full confidence.
    pub const CERTAIN: Self = Self(1_000);

    /// Converts a share between 0 and 1.
    pub fn of(share: f64) -> Self {
        Self((share.clamp(0.0, 1.0) * 1_000.0) as u16)
    }

    /// Converts thousandths; more than 1,000 count as 1,000.
    pub fn of_thousandths(thousandths: u16) -> Self {
        Self(thousandths.min(1_000))
    }

    /// The confidence in thousandths, from 0 to 1,000.
    pub fn thousandths(self) -> u16 {
        self.0
    }
}

/// A place where a passage may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The range of the place.
    pub range: TextRange,
    /// How plausible it is.
    pub confidence: Confidence,
}

/// Where a passage is in the article at hand. Derived, never the stored truth, never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The same words in the same surroundings.
    Exact(TextRange),
    /// The same words, except for white space, case and typography, in another place.
    Moved(Candidate),
    /// Changed words, in the place of the passage.
    Changed(Candidate),
    /// Several places that nothing tells apart, most plausible first; at least two.
    Ambiguous(Vec<Candidate>),
    /// The words are gone, but their surroundings are here. The range is empty or holds what
    /// replaces the words.
    Replaced(Candidate),
    /// The words are gone, and their place cannot be told.
    Orphan {
        /// The most similar place, if there is any.
        suggestion: Option<Candidate>,
    },
    /// The note is on the article as a whole.
    Whole,
}

impl Anchor {
    /// The passage, if it is known for certain.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Exact(range) => Some(*range),
            Self::Moved(place) => Some(place.range),
            _ => None,
        }
    }

    /// Creates an orphan without a suggestion.
    pub fn orphan() -> Self {
        Self::Orphan { suggestion: None }
    }
}

/// Returns what to store of a passage. The range is widened to whole grapheme clusters.
pub fn describe(article: &Article, range: TextRange) -> Target {
    let text = article.text();
    let range = snap_to_graphemes(text, range);
    let (start, end) = (range.start() as usize, range.end() as usize);
    Target {
        standing: Some(standing(text, &text[start..end], start)),
        ..describe_for_file(article, range)
    }
}

/// The same without how often the words occur, which no file holds: to count that for each of many
/// notes is to search the whole text as often.
pub fn describe_for_file(article: &Article, range: TextRange) -> Target {
    let text = article.text();
    let range = snap_to_graphemes(text, range);
    let (start, end) = (range.start() as usize, range.end() as usize);
    let (exact, rest) = abridged(&text[start..end]);
    Target {
        source: article.iri(),
        quote: Some(Quote {
            prefix: text[context_before(text, start)..start].to_owned(),
            exact: exact.to_owned(),
            suffix: text[end..context_after(text, end)].to_owned(),
            rest,
        }),
        position: Some(article.code_points().of_range(text, range)),
        digest: Some(article.digest().clone()),
        version: None,
        standing: None,
    }
}

/// Returns a quote as it is stored: whole, or its head and a record of the rest.
fn abridged(words: &str) -> (&str, Option<Rest>) {
    let length = words.chars().count();
    if length <= LONGEST_QUOTE {
        return (words, None);
    }
    let byte = |code_points: usize| {
        words
            .char_indices()
            .nth(code_points)
            .map_or(words.len(), |(byte, _)| byte)
    };
    let rest = Rest {
        tail: words[byte(length - KEPT_OF_LONG)..].to_owned(),
        length: length as u32,
        digest: Digest::of(words),
    };
    (&words[..byte(KEPT_OF_LONG)], Some(rest))
}

/// Returns a quote of words whose surroundings are not known.
pub fn quote_of(words: &str) -> Quote {
    let (exact, rest) = abridged(words);
    Quote {
        exact: exact.to_owned(),
        rest,
        ..Quote::default()
    }
}

/// Counts the occurrences of words in a text, including overlapping ones, and numbers the one that
/// begins at a byte.
fn standing(text: &str, words: &str, start: usize) -> Standing {
    let mut standing = Standing { count: 0, index: 0 };
    for place in places(text, words) {
        standing.index += u32::from((place.start() as usize) < start);
        standing.count += 1;
    }
    standing
}

/// Returns where a passage is if the article has the text it was made on; `None` if it has another
/// one, in which the passage must be looked for.
pub fn at_hand(article: &Article, target: &Target) -> Option<Anchor> {
    let text = article.text();
    let same = target.digest.as_ref() == Some(article.digest());
    let Some(position) = target.position else {
        return target.quote.is_none().then_some(Anchor::Whole);
    };
    if !same {
        return target.quote.is_none().then(Anchor::orphan);
    }
    let range = article.code_points().to_range(text, position)?;
    let agrees = match &target.quote {
        None => true,
        Some(quote) => range.slice(text).is_some_and(|words| quote.is_of(words)),
    };
    (agrees && !range.is_empty()).then(|| Anchor::Exact(snap_to_graphemes(text, range)))
}

/// Returns where a note's passage is, as far as is known without looking for it: where the reader
/// has attached it or where it was made, if that was in this very text.
pub fn resolved(article: &Article, annotation: &Annotation) -> Option<Anchor> {
    match &annotation.attached {
        Some(Attachment::At(target)) => {
            at_hand(article, target).or_else(|| at_hand(article, &annotation.target))
        }
        _ => at_hand(article, &annotation.target),
    }
}

/// Locates a stored passage in an article. For many passages, or if older texts of the article are
/// at hand, prepare a [`Locator`] once.
pub fn locate(article: &Article, target: &Target) -> Anchor {
    at_hand(article, target).unwrap_or_else(|| Locator::new(article.text()).locate(target))
}

/// Returns every occurrence of words, including overlapping ones: "ha ha ha" has two of "ha ha".
pub fn places(text: &str, words: &str) -> impl Iterator<Item = TextRange> {
    let step = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        if words.is_empty() {
            return None;
        }
        let start = from + text.get(from..)?.find(words)?;
        from = start + step;
        Some(TextRange::from_usize(start, start + words.len()))
    })
}

fn context_before(text: &str, start: usize) -> usize {
    let mut from = start;
    let mut taken = 0;
    while let Some(index) = boundary_before(text, from) {
        let grapheme = &text[index..from];
        if taken >= CONTEXT && (grapheme.trim().is_empty() || taken >= CONTEXT + ROUNDING) {
            break;
        }
        taken += grapheme.chars().count();
        from = index;
    }
    from
}

fn context_after(text: &str, end: usize) -> usize {
    let mut to = end;
    let mut taken = 0;
    while let Some(after) = boundary_after(text, to) {
        let grapheme = &text[to..after];
        if taken >= CONTEXT && (grapheme.trim().is_empty() || taken >= CONTEXT + ROUNDING) {
            break;
        }
        taken += grapheme.chars().count();
        to = after;
    }
    to
}
