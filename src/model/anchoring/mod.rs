//! From a passage to what is stored of it, and back: [`describe`] and [`locate`].
//!
//! In the text that a note was made on, its passage is where it was: [`at_hand`] needs no more than
//! a comparison. In another text of the article a [`Locator`] looks for it.

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

use unicode_segmentation::UnicodeSegmentation;

use super::annotation::{Annotation, Attachment, Quote, Rest, Standing, Target};
use super::article::Article;
use super::digest::Digest;
use super::text::{TextRange, snap_to_graphemes};

pub use locator::{Locator, Version};
pub use weights::{Evidence, Weights};

/// Code points of context on either side. Measured on real edit histories: 32 put 6.2 % of the
/// notes on deleted passages somewhere wrong, 64 put 4.0 %, 128 put 2.9 %; of the surviving ones
/// 64 finds most.
const CONTEXT: usize = 64;
/// Most code points by which context is rounded out to a whole word.
const ROUNDING: usize = 32;
/// Longest quote that is stored whole, in code points: what a reader may want to have exported.
const LONGEST_QUOTE: usize = 8 * 1024;
/// Code points that are stored of either end of a longer one.
const KEPT_OF_LONG: usize = 2 * 1024;

/// How certain a place is, in thousandths: 0 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Confidence(u16);

impl Confidence {
    /// Nothing speaks against it.
    pub const CERTAIN: Self = Self(1_000);

    /// The confidence of a share between 0 and 1.
    pub fn of(share: f64) -> Self {
        Self((share.clamp(0.0, 1.0) * 1_000.0) as u16)
    }

    /// The confidence of so many thousandths.
    pub fn of_thousandths(thousandths: u16) -> Self {
        Self(thousandths.min(1_000))
    }

    /// Thousandths: 0 to 1,000.
    pub fn thousandths(self) -> u16 {
        self.0
    }
}

/// A place where a passage may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub range: TextRange,
    /// How plausible it is.
    pub confidence: Confidence,
}

/// Where a passage is in the article at hand. Derived, never stored as truth, never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The same words in the same surroundings.
    Exact(TextRange),
    /// The same words, but for white space, case and typography, in another place.
    Moved(Candidate),
    /// Other words, in the place of the passage.
    Changed(Candidate),
    /// Several places that nothing tells apart, the most plausible first; at least two.
    Ambiguous(Vec<Candidate>),
    /// The words are gone; what stood around them parts here. The range may be empty, or hold
    /// what stands in their place.
    Replaced(Candidate),
    /// The words are not there, and where they were cannot be told.
    Orphan {
        /// The place that is most like it, if any is.
        suggestion: Option<Candidate>,
    },
    /// The note is on the article as a whole.
    Whole,
}

impl Anchor {
    /// The passage, where it is known for certain.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Exact(range) => Some(*range),
            Self::Moved(place) => Some(place.range),
            _ => None,
        }
    }

    /// An orphan without a suggestion.
    pub fn orphan() -> Self {
        Self::Orphan { suggestion: None }
    }
}

/// What to store of a passage. The range is widened to whole grapheme clusters.
pub fn describe(article: &Article, range: TextRange) -> Target {
    let text = article.text();
    let range = snap_to_graphemes(text, range);
    let (start, end) = (range.start() as usize, range.end() as usize);
    let words = &text[start..end];
    let (exact, rest) = abridged(words);
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
        standing: Some(standing(text, words, start)),
    }
}

/// A quote as it is stored: whole, or its head and what is known of the rest.
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

/// How often words stand in a text, places that overlap counted too, and which of them starts at
/// a byte.
fn standing(text: &str, words: &str, start: usize) -> Standing {
    let mut standing = Standing { count: 0, index: 0 };
    for place in places(text, words) {
        standing.index += u32::from((place.start() as usize) < start);
        standing.count += 1;
    }
    standing
}

/// Where a stored passage is if the article has the very text it was made on; `None` where it has
/// another one, and the passage has to be looked for.
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

/// Where a note's passage is, as far as that can be told without looking for it: where the reader
/// has put it, or where it was made, if that was in this very text.
pub fn resolved(article: &Article, annotation: &Annotation) -> Option<Anchor> {
    match &annotation.attached {
        Some(Attachment::At(target)) => {
            at_hand(article, target).or_else(|| at_hand(article, &annotation.target))
        }
        _ => at_hand(article, &annotation.target),
    }
}

/// Finds a stored passage in an article. For many of them, or with older texts of the article at
/// hand, prepare a [`Locator`] once.
pub fn locate(article: &Article, target: &Target) -> Anchor {
    at_hand(article, target).unwrap_or_else(|| Locator::new(article.text()).locate(target))
}

/// Every place of some words, overlapping ones too: in "ha ha ha" there are two of "ha ha".
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
    let mut before = text[..start].grapheme_indices(true).rev();
    let mut from = start;
    let mut taken = 0;
    for (index, grapheme) in &mut before {
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
    for grapheme in text[end..].graphemes(true) {
        if taken >= CONTEXT && (grapheme.trim().is_empty() || taken >= CONTEXT + ROUNDING) {
            break;
        }
        taken += grapheme.chars().count();
        to += grapheme.len();
    }
    to
}
