//! Locates passages in a text that may differ from the one they were made on.
//!
//! Methods, in this order: words that occurred once and occur once; the diff, if the text they were
//! made on is at hand; a search by rare tokens, whose best candidates are aligned and judged.
//! Preparation is linear in the text; locating a passage does not grow with it.

use std::cell::OnceCell;

use super::diff::{Fates, GONE, Side, add_moves, fates, through};
use super::index::Index;
use super::pattern::{Cut, Pattern, Place, Span};
use super::tokens::{Tokens, Vocabulary};
use super::weights::Weights;
use super::{Anchor, Candidate, Confidence, places};
use crate::model::annotation::{Quote, Rest, Target};
use crate::model::digest::Digest;
use crate::model::text::{CodePoints, TextRange, snap_to_graphemes};

/// Most places of a token or a pair at which a whole quote is compared.
const MOST_PLACES: usize = 256;

/// Most places reported of a quote without context: more than a reader steps through.
const MOST_OF_WORDS_ALONE: usize = 64;

/// An older text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OlderText {
    /// Its digest, which targets made on it carry.
    pub digest: Digest,
    /// The text.
    pub text: String,
}

/// An older text, and what became of it.
pub(super) struct Older {
    digest: Digest,
    text: String,
    points: CodePoints,
    pub(super) tokens: Tokens,
    pub(super) fates: Fates,
    /// By token of the new text: true if an old token became it.
    pub(super) taken: Vec<bool>,
    /// By old token: true if it moved relative to the others.
    pub(super) moved: Vec<bool>,
}

/// A text prepared for finding passages in it.
pub struct Locator<'a> {
    pub(super) text: &'a str,
    pub(super) vocabulary: Vocabulary,
    pub(super) tokens: Tokens,
    pub(super) index: Index,
    older: Vec<Older>,
    pub(super) weights: Weights,
    /// Computed on first use.
    points: OnceCell<CodePoints>,
}

impl<'a> Locator<'a> {
    /// Prepares a text.
    pub fn new(text: &'a str) -> Self {
        Self::with_versions(text, &[])
    }

    /// Prepares a text with its older versions, oldest first.
    pub fn with_versions(text: &'a str, versions: &[OlderText]) -> Self {
        Self::with_weights(text, versions, Weights::default())
    }

    /// The same with weights other than the default ones.
    pub fn with_weights(text: &'a str, versions: &[OlderText], weights: Weights) -> Self {
        let mut vocabulary = Vocabulary::default();
        let tokens = vocabulary.learn(text);
        let older = versions
            .iter()
            .map(|version| (version, vocabulary.learn(&version.text)))
            .collect();
        let index = Index::of(&tokens, vocabulary.len(), vocabulary.signs());
        let mut locator = Self {
            text,
            vocabulary,
            tokens,
            index,
            older: Vec::new(),
            weights,
            points: OnceCell::new(),
        };
        locator.older = locator.followed(older);
        locator
    }

    /// Follows each older text through all later ones to the new one.
    fn followed(&self, older: Vec<(&OlderText, Tokens)>) -> Vec<Older> {
        let mut followed: Vec<Older> = Vec::new();
        for (version, tokens) in older.into_iter().rev() {
            let next = match followed.last() {
                Some(later) => Side {
                    text: &later.text,
                    tokens: &later.tokens,
                },
                None => Side {
                    text: self.text,
                    tokens: &self.tokens,
                },
            };
            let this = Side {
                text: &version.text,
                tokens: &tokens,
            };
            let step = fates(this, next, &self.index, &self.weights);
            let by_diff = match followed.last() {
                Some(later) => through(&step, &later.fates),
                None => step,
            };
            let mut fates = by_diff.clone();
            add_moves(&mut fates, &tokens, &self.tokens);
            let mut taken = vec![false; self.tokens.len()];
            for &fate in fates.iter().filter(|&&fate| fate != GONE) {
                taken[fate as usize] = true;
            }
            let moved = fates
                .iter()
                .zip(&by_diff)
                .map(|(now, then)| now != then)
                .collect();
            followed.push(Older {
                digest: version.digest.clone(),
                points: CodePoints::of(&version.text),
                text: version.text.clone(),
                tokens,
                fates,
                taken,
                moved,
            });
        }
        followed
    }

    /// Returns the share of an older text's weight that survives in the new one; `None` if the
    /// version is not at hand.
    pub fn survival(&self, version: &Digest) -> Option<f64> {
        let older = self.older.iter().find(|older| older.digest == *version)?;
        let weight = |at: usize| f64::from(self.index.weight(older.tokens.ids[at]));
        let all: f64 = (0..older.tokens.len()).map(weight).sum();
        let stands = (0..older.tokens.len()).filter(|&at| older.fates[at] != GONE);
        let stands: f64 = stands.map(weight).sum();
        Some(if all > 0.0 { stands / all } else { 0.0 })
    }

    /// Locates a stored passage.
    pub fn locate(&self, target: &Target) -> Anchor {
        let Some(quote) = target
            .quote
            .as_ref()
            .filter(|quote| !quote.exact.is_empty())
        else {
            return Anchor::orphan();
        };
        let with_white_space = |place: Candidate| Candidate {
            range: self.with_white_space(place.range, quote),
            ..place
        };
        match self.locate_words(target, quote) {
            Anchor::Exact(range) => Anchor::Exact(self.with_white_space(range, quote)),
            Anchor::Moved(place) => Anchor::Moved(with_white_space(place)),
            Anchor::Ambiguous(places) => {
                Anchor::Ambiguous(places.into_iter().map(with_white_space).collect())
            }
            other => other,
        }
    }

    /// Extends a place of the same words by the white space that the quote has at its ends, since
    /// tokens have none.
    fn with_white_space(&self, range: TextRange, quote: &Quote) -> TextRange {
        let white = |letter: &char| letter.is_whitespace();
        let last = quote.rest.as_ref().map_or(&quote.exact, |rest| &rest.tail);
        let ahead = quote.exact.chars().take_while(white).count();
        let behind = last.chars().rev().take_while(white).count();
        if ahead + behind == 0 {
            return range;
        }
        let (start, end) = (range.start() as usize, range.end() as usize);
        let before = self.text[..start]
            .chars()
            .rev()
            .take_while(white)
            .take(ahead);
        let after = self.text[end..].chars().take_while(white).take(behind);
        let (before, after): (usize, usize) = (
            before.map(char::len_utf8).sum(),
            after.map(char::len_utf8).sum(),
        );
        snap_to_graphemes(
            self.text,
            TextRange::from_usize(start - before, end + after),
        )
    }

    fn locate_words(&self, target: &Target, quote: &Quote) -> Anchor {
        let pattern = Pattern::of(quote, &self.vocabulary);
        if pattern.quote.len() == 0 {
            return Anchor::orphan();
        }
        let older = self.older_of(target, quote);
        if let Some(anchor) = self.unique(target, &pattern) {
            return match older {
                Some((older, span)) => self.with_history(older, span, anchor),
                None => anchor,
            };
        }
        if let Some((older, span)) = older
            && let Some(anchor) = self.by_fate(older, span, quote)
        {
            return self.with_twins(target, &pattern, older, anchor);
        }
        match &quote.rest {
            Some(rest) => self.by_ends(target, quote, rest),
            None if older.is_none() && pattern.has_no_context() => self
                .by_words_alone(target, quote, &pattern)
                .unwrap_or_else(|| self.by_search(target, &pattern, older)),
            None => self.by_search(target, &pattern, older),
        }
    }

    /// Locates a quote stored without context, as other programs and people write them: all that
    /// can be compared are the words, so it is where they are. `None` if they are nowhere.
    fn by_words_alone(&self, target: &Target, quote: &Quote, pattern: &Pattern) -> Option<Anchor> {
        let words = quote.exact.trim();
        let to_the_letter: Vec<TextRange> =
            places(self.text, words).take(MOST_OF_WORDS_ALONE).collect();
        let whole = |range: &&TextRange| {
            let Tokens { starts, ends, .. } = &self.tokens;
            starts.binary_search(&range.start()).is_ok() && ends.binary_search(&range.end()).is_ok()
        };
        let mut ranges: Vec<TextRange> = to_the_letter.iter().filter(whole).copied().collect();
        if ranges.is_empty() {
            let alike = self.exact_places(pattern.quoted()).unwrap_or_default();
            let alike = alike.into_iter().take(MOST_OF_WORDS_ALONE);
            let range = |place| self.range_of(place, pattern.quote.head, pattern.quote.tail);
            ranges = alike.map(range).collect();
        }
        if ranges.is_empty() {
            ranges = to_the_letter;
        }
        for range in &mut ranges {
            *range = snap_to_graphemes(self.text, *range);
        }
        ranges.dedup();
        let range = match ranges[..] {
            [] => return None,
            [only] => only,
            _ => match ranges
                .iter()
                .find(|range| self.is_stored_position(target, **range))
            {
                Some(there) => *there,
                None => return Some(Anchor::Ambiguous(equally_likely(&ranges))),
            },
        };
        Some(Anchor::Exact(range))
    }

    /// True if a place begins at the stored position of a target that names no other text. Other
    /// places of the same words do not do so by chance.
    fn is_stored_position(&self, target: &Target, range: TextRange) -> bool {
        let position = target.position.filter(|_| target.digest.is_none());
        position.is_some_and(|position| {
            let points = self.points.get_or_init(|| CodePoints::of(self.text));
            points.of_range(self.text, range).start() == position.start()
        })
    }

    /// Locates a very long quote, of which only the ends are stored, by both ends.
    fn by_ends(&self, target: &Target, quote: &Quote, rest: &Rest) -> Anchor {
        let part = |prefix: &str, exact: &str, suffix: &str| {
            let quote = Quote {
                prefix: prefix.to_owned(),
                exact: exact.to_owned(),
                suffix: suffix.to_owned(),
                rest: None,
            };
            let part = Target {
                quote: Some(quote),
                digest: None,
                standing: None,
                ..target.clone()
            };
            self.locate(&part).best()
        };
        let head = part(&quote.prefix, &quote.exact, "");
        let tail = part("", &rest.tail, &quote.suffix);
        let (Some(head), Some(tail)) = (head, tail) else {
            return Anchor::Orphan {
                suggestion: head.or(tail),
            };
        };
        let range = TextRange::new(head.range.start(), tail.range.end());
        let confidence = head.confidence.min(tail.confidence);
        let letters = range
            .slice(self.text)
            .map_or(0, |words| words.chars().count());
        let as_long = letters >= rest.length as usize / 2 && letters <= 2 * rest.length as usize;
        if head.range.end() > tail.range.start() || !as_long {
            return Anchor::Orphan {
                suggestion: Some(head),
            };
        }
        if range
            .slice(self.text)
            .is_some_and(|words| quote.is_of(words))
        {
            Anchor::Exact(range)
        } else {
            Anchor::Changed(Candidate { range, confidence })
        }
    }

    /// Returns the version a target was made on, and the passage's tokens in it.
    fn older_of(&self, target: &Target, quote: &Quote) -> Option<(&Older, Span)> {
        let digest = target.digest.as_ref()?;
        let older = self.older.iter().find(|older| older.digest == *digest)?;
        let range = older.points.to_range(&older.text, target.position?)?;
        let words = range.slice(&older.text)?;
        let span = Span::of(&older.tokens, range);
        (quote.is_of(words) && span.len() > 0).then_some((older, span))
    }

    /// Returns the only place of words that occurred only once.
    fn unique(&self, target: &Target, pattern: &Pattern) -> Option<Anchor> {
        let once = target.standing.is_some_and(|standing| standing.count == 1);
        let says_enough = pattern.letters as f32 >= self.weights.unique_letters;
        if !once || !says_enough || pattern.abridged {
            return None;
        }
        let places = self.exact_places(pattern.quoted())?;
        let [place] = places[..] else { return None };
        let range = self.range_of(place, pattern.quote.head, pattern.quote.tail);
        Some(if self.has_a_neighbour(pattern, place) {
            Anchor::Exact(range)
        } else {
            Anchor::Moved(Candidate {
                range,
                confidence: Confidence::of(f64::from(self.weights.unique_confidence)),
            })
        })
    }

    /// Returns every place of a sequence of tokens; `None` if it is too common to look at.
    pub(super) fn exact_places(&self, ids: &[u32]) -> Option<Vec<Place>> {
        let pairs = (0..ids.len().saturating_sub(1))
            .map(|at| (at, self.index.pair_places(ids[at], ids[at + 1])));
        let rarest = pairs.min_by_key(|(_, places)| places.len());
        let (at, places) = rarest.unwrap_or_else(|| (0, self.index.places(ids[0])));
        if places.len() > MOST_PLACES {
            return None;
        }
        let starts = places
            .iter()
            .filter_map(|&place| (place as usize).checked_sub(at));
        let fits = starts.filter(|&first| self.tokens.ids[first..].starts_with(ids));
        Some(
            fits.map(|first| Place {
                first,
                last: first + ids.len() - 1,
            })
            .collect(),
        )
    }

    /// True if the quote's neighbour, on at least one side, is beside a place too.
    pub(super) fn has_a_neighbour(&self, pattern: &Pattern, place: Place) -> bool {
        let before = pattern.quote.from.checked_sub(1).map(|at| pattern.ids[at]);
        let after = pattern.ids.get(pattern.quote.to).copied();
        let stands_before = place.first.checked_sub(1).map(|at| self.tokens.ids[at]);
        let stands_after = self.tokens.ids.get(place.last + 1).copied();
        before == stands_before || after == stands_after
    }

    /// Returns the bytes of a place, cut as the passage was, on grapheme cluster boundaries.
    pub(super) fn range_of(&self, place: Place, head: Cut, tail: Cut) -> TextRange {
        let Tokens { starts, ends, .. } = &self.tokens;
        let start = head.in_token(starts[place.first], ends[place.first], starts[place.first]);
        let end = tail.in_token(starts[place.last], ends[place.last], ends[place.last]);
        snap_to_graphemes(self.text, TextRange::new(start, end.max(start)))
    }
}

/// Makes candidates of places that nothing tells apart.
fn equally_likely(ranges: &[TextRange]) -> Vec<Candidate> {
    let confidence = Confidence::of(1.0 / ranges.len() as f64);
    let candidate = |range: &TextRange| Candidate {
        range: *range,
        confidence,
    };
    ranges.iter().map(candidate).collect()
}
