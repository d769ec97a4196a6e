//! From a passage to what is stored of it, and back: [`describe`] and [`locate`].
//!
//! A passage is found by its position where the text is the one it was made on, and by its
//! exact words and what stands around them elsewhere.

use unicode_segmentation::UnicodeSegmentation;

use super::annotation::{Quote, Target};
use super::article::Article;
use super::text::{TextRange, snap_to_graphemes};

/// Code points of context on either side. Measured on real edit histories: 32 put 6.2 % of the
/// notes on deleted passages somewhere wrong, 64 put 4.0 %, 128 put 2.9 %.
const CONTEXT: usize = 64;
/// Most code points by which context is rounded out to a whole word.
const ROUNDING: usize = 32;
/// Places of equal words that are compared: beyond, a quote is too common to be told apart.
const MOST_CANDIDATES: usize = 1_000;
/// Bytes of context that must agree for a place to be told from another by it.
const EVIDENCE: usize = 4;

/// Where a passage is in the article at hand. Derived, never stored, never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// Where it was made, in the text it was made on.
    Exact(TextRange),
    /// The same words in another text or at another place.
    Moved(TextRange),
    /// The same words at several places that nothing tells apart.
    Ambiguous {
        /// The places, in order.
        candidates: Vec<TextRange>,
    },
    /// The note is on the article as a whole.
    Whole,
    /// The words are not there.
    Orphan,
}

impl Anchor {
    /// The passage, where it is known for certain.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Exact(range) | Self::Moved(range) => Some(*range),
            Self::Ambiguous { .. } | Self::Whole | Self::Orphan => None,
        }
    }
}

/// What to store of a passage. The range is widened to whole grapheme clusters.
pub fn describe(article: &Article, range: TextRange) -> Target {
    let text = article.text();
    let range = snap_to_graphemes(text, range);
    let (start, end) = (range.start() as usize, range.end() as usize);
    Target {
        source: article.iri(),
        quote: Some(Quote {
            prefix: text[context_before(text, start)..start].to_owned(),
            exact: text[start..end].to_owned(),
            suffix: text[end..context_after(text, end)].to_owned(),
        }),
        position: Some(article.code_points().of_range(text, range)),
        digest: Some(article.digest().clone()),
        version: None,
    }
}

/// Finds a stored passage in an article.
pub fn locate(article: &Article, target: &Target) -> Anchor {
    let Some(quote) = &target.quote else {
        return locate_without_quote(article, target);
    };
    if quote.exact.is_empty() {
        return Anchor::Orphan;
    }
    let text = article.text();
    let expected = target
        .position
        .and_then(|position| article.code_points().to_range(text, position))
        .filter(|range| range.slice(text) == Some(&quote.exact));
    if let Some(range) = expected
        && target.digest.as_ref() == Some(article.digest())
    {
        return Anchor::Exact(range);
    }
    best_of(text, quote, expected)
}

fn locate_without_quote(article: &Article, target: &Target) -> Anchor {
    let Some(position) = target.position else {
        return Anchor::Whole;
    };
    // A position alone is believed only for the very text it was made on.
    let same = target.digest.as_ref() == Some(article.digest());
    match article.code_points().to_range(article.text(), position) {
        Some(range) if same && !range.is_empty() => Anchor::Exact(range),
        _ => Anchor::Orphan,
    }
}

/// The place with the words whose surroundings agree most with the quote's.
fn best_of(text: &str, quote: &Quote, expected: Option<TextRange>) -> Anchor {
    let candidates: Vec<TextRange> = places(text, &quote.exact).take(MOST_CANDIDATES).collect();
    if let [only] = candidates[..] {
        return Anchor::Moved(only);
    }
    let agreement = |range: &TextRange| {
        common_suffix(&text[..range.start() as usize], &quote.prefix)
            + common_prefix(&text[range.end() as usize..], &quote.suffix)
    };
    let best = candidates.iter().map(agreement).max().unwrap_or(0);
    let mut winners = candidates
        .iter()
        .copied()
        .filter(|range| agreement(range) == best);
    let told_apart = best >= EVIDENCE.min(quote.prefix.len() + quote.suffix.len());
    match (winners.next(), winners.next()) {
        (None, _) => Anchor::Orphan,
        (Some(winner), None) if told_apart => Anchor::Moved(winner),
        // Of equals, the one that stands where the quote stood, if its context agrees at all.
        _ => match expected.filter(|range| best > 0 && agreement(range) == best) {
            Some(range) => Anchor::Moved(range),
            None => Anchor::Ambiguous { candidates },
        },
    }
}

/// Every place of some words, overlapping ones too: in "ha ha ha" there are two of "ha ha".
fn places(text: &str, words: &str) -> impl Iterator<Item = TextRange> {
    let step = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(words)?;
        from = start + step;
        Some(TextRange::from_usize(start, start + words.len()))
    })
}

/// Bytes that two strings have in common at their ends.
fn common_suffix(one: &str, other: &str) -> usize {
    let pairs = one.bytes().rev().zip(other.bytes().rev());
    pairs.take_while(|(a, b)| a == b).count()
}

/// Bytes that two strings have in common at their beginnings.
fn common_prefix(one: &str, other: &str) -> usize {
    let pairs = one.bytes().zip(other.bytes());
    pairs.take_while(|(a, b)| a == b).count()
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
