//! Looks for passages in a text that may not be the one they were made on.

use unicode_segmentation::UnicodeSegmentation as _;

use super::align::align;
use super::diff::{Fates, GONE, Side, add_moves, fates, through};
use super::index::Index;
use super::tokens::{Tokens, Vocabulary};
use super::weights::Weights;
use super::{Anchor, Candidate, Confidence};
use crate::model::annotation::{Quote, Target};
use crate::model::digest::Digest;
use crate::model::text::{CodePoints, TextRange, snap_to_graphemes};

/// Most places of one token or pair that are looked at for one quote.
const MOST_PLACES: usize = 64;
/// Most seeds that vote for one quote.
const MOST_SEEDS: usize = 24;
/// Most windows that are aligned for one quote.
const MOST_WINDOWS: usize = 6;
/// Tokens by which votes may lie apart and still be for one window.
const WINDOW_SPREAD: i64 = 48;
/// Tokens of a pattern beyond which only its ends are aligned.
const LONGEST_PATTERN: usize = 320;
/// Tokens of a long quote that are aligned at either end.
const END_OF_LONG: usize = 96;
/// Tokens on either side of a quote among which its neighbours are looked for.
const NEIGHBOURS: usize = 24;
/// Most tokens in a gap that still says where the passage was.
const LARGEST_GAP: usize = 400;

/// An older text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its digest: targets made on it carry it.
    pub digest: Digest,
    /// The text.
    pub text: String,
}

/// An older text, and what became of it.
struct Older {
    digest: Digest,
    text: String,
    points: CodePoints,
    tokens: Tokens,
    fates: Fates,
    /// By token of the new text: whether an old one became it.
    taken: Vec<bool>,
    /// By old token: whether it was found by having moved.
    moved: Vec<bool>,
}

/// A text prepared for finding passages in it. Preparing is linear in the text; finding does not
/// grow with it.
pub struct Locator<'a> {
    text: &'a str,
    vocabulary: Vocabulary,
    tokens: Tokens,
    index: Index,
    older: Vec<Older>,
    weights: Weights,
}

impl<'a> Locator<'a> {
    /// Prepares a text.
    pub fn new(text: &'a str) -> Self {
        Self::with_versions(text, Vec::new())
    }

    /// Prepares a text of which older versions are at hand, the oldest first.
    pub fn with_versions(text: &'a str, versions: Vec<Version>) -> Self {
        Self::with_weights(text, versions, Weights::default())
    }

    /// The same with other weights than the chosen ones.
    pub fn with_weights(text: &'a str, versions: Vec<Version>, weights: Weights) -> Self {
        let mut vocabulary = Vocabulary::default();
        let tokens = vocabulary.learn(text);
        let older: Vec<(Version, Tokens)> = versions
            .into_iter()
            .map(|version| {
                let tokens = vocabulary.learn(&version.text);
                (version, tokens)
            })
            .collect();
        let index = Index::of(&tokens, vocabulary.len(), vocabulary.signs());
        let mut locator = Self {
            text,
            vocabulary,
            tokens,
            index,
            older: Vec::new(),
            weights,
        };
        locator.older = locator.followed(older);
        locator
    }

    /// Follows each older text through all later ones to the new one.
    fn followed(&self, older: Vec<(Version, Tokens)>) -> Vec<Older> {
        let mut followed: Vec<Older> = Vec::new();
        let mut next = (self.text.to_owned(), self.tokens.clone());
        for (version, tokens) in older.into_iter().rev() {
            let step = fates(
                Side { text: &version.text, tokens: &tokens },
                Side { text: &next.0, tokens: &next.1 },
                self.vocabulary.len(),
                &self.index,
                &self.weights,
            );
            let mut fates = match followed.last() {
                None => step,
                Some(later) => through(&step, &later.fates),
            };
            let by_diff = fates.clone();
            add_moves(&mut fates, &tokens, &self.tokens);
            let mut taken = vec![false; self.tokens.len()];
            for &fate in fates.iter().filter(|&&fate| fate != GONE) {
                taken[fate as usize] = true;
            }
            let moved = fates.iter().zip(&by_diff).map(|(now, then)| now != then).collect();
            next = (version.text.clone(), tokens.clone());
            followed.push(Older {
                digest: version.digest,
                points: CodePoints::of(&version.text),
                text: version.text,
                tokens,
                fates,
                taken,
                moved,
            });
        }
        followed
    }

    /// Finds a stored passage.
    pub fn locate(&self, target: &Target) -> Anchor {
        let Some(quote) = target.quote.as_ref().filter(|quote| !quote.exact.is_empty()) else {
            return Anchor::orphan();
        };
        let pattern = Pattern::of(quote, self);
        if pattern.quote_len() == 0 {
            return Anchor::orphan();
        }
        let older = self.older_of(target, quote);
        if let Some(anchor) = self.unique(target, &pattern) {
            return anchor;
        }
        if let Some((older, range)) = &older
            && let Some(anchor) = self.by_fate(older, *range)
        {
            return anchor;
        }
        self.by_search(target, &pattern, older)
    }

    /// The version a target was made on, and the passage's tokens in it.
    fn older_of(&self, target: &Target, quote: &Quote) -> Option<(&Older, Span)> {
        let older = self.older.iter().find(|older| Some(&older.digest) == target.digest.as_ref())?;
        let range = older.points.to_range(&older.text, target.position?)?;
        if !range.slice(&older.text).is_some_and(|words| quote.is_of(words)) {
            return None;
        }
        let span = Span::of(&older.tokens, range);
        (span.to > span.from).then_some((older, span))
    }

    /// The only place of words that stood only once.
    fn unique(&self, target: &Target, pattern: &Pattern) -> Option<Anchor> {
        let once = target.standing.is_some_and(|standing| standing.count == 1);
        if !once || pattern.long.is_some() || (pattern.letters as f32) < self.weights.unique_letters {
            return None;
        }
        let places = self.exact_places(pattern.quote())?;
        let [only] = places[..] else { return None };
        let found = Place {
            first: only,
            last: only + pattern.quote_len() - 1,
        };
        let range = self.range_of(found, pattern.head, pattern.tail);
        Some(if self.neighbour_agrees(pattern, found) {
            Anchor::Exact(range)
        } else {
            Anchor::Moved(Candidate { range, confidence: Confidence::of(0.98) })
        })
    }

    /// Every place of a sequence of tokens; `None` where it is too common to look.
    fn exact_places(&self, ids: &[u32]) -> Option<Vec<usize>> {
        let rarest = (0..ids.len().saturating_sub(1))
            .map(|at| (at, self.index.pair_places(ids[at], ids[at + 1])))
            .min_by_key(|(_, places)| places.len());
        let (at, places) = rarest.unwrap_or_else(|| (0, self.index.places(ids[0])));
        if places.len() > MOST_PLACES * 4 {
            return None;
        }
        let starts = places.iter().filter_map(|&place| (place as usize).checked_sub(at));
        Some(starts.filter(|&start| self.tokens.ids[start..].starts_with(ids)).collect())
    }

    fn neighbour_agrees(&self, pattern: &Pattern, place: Place) -> bool {
        let before = pattern.from.checked_sub(1).map(|at| pattern.ids[at]);
        let after = pattern.ids.get(pattern.to).copied();
        let stands_before = place.first.checked_sub(1).map(|at| self.tokens.ids[at]);
        let stands_after = self.tokens.ids.get(place.last + 1).copied();
        before == stands_before || after == stands_after
    }

    /// The place of tokens that became a passage's, from first to last, in bytes.
    fn range_of(&self, place: Place, head: Cut, tail: Cut) -> TextRange {
        let start = head.in_token(self.tokens.starts[place.first], self.tokens.ends[place.first], false);
        let end = tail.in_token(self.tokens.starts[place.last], self.tokens.ends[place.last], true);
        snap_to_graphemes(self.text, TextRange::new(start, end.max(start)))
    }

    /// Where the diff says that the passage went.
    fn by_fate(&self, older: &Older, span: Span) -> Option<Anchor> {
        let weight = |at: usize| self.index.weight(older.tokens.ids[at]);
        let total: f32 = (span.from..span.to).map(weight).sum();
        let cluster = self.best_cluster(older, span)?;
        let share = cluster.weight / total;
        if share < self.weights.survives {
            return None;
        }
        let place = Place { first: cluster.first_new, last: cluster.last_new };
        let whole = cluster.count == span.to - span.from && place.last - place.first + 1 == cluster.count;
        let head = if cluster.first_old == span.from { span.head } else { Cut::NONE };
        let tail = if cluster.last_old + 1 == span.to { span.tail } else { Cut::NONE };
        let range = self.range_of(place, head, tail);
        if !whole {
            return Some(Anchor::Changed(Candidate { range, confidence: Confidence::of(f64::from(share)) }));
        }
        let moved = older.moved[cluster.first_old];
        let before = span.from.checked_sub(1).is_some_and(|at| older.fates[at].wrapping_add(1) == place.first as u32);
        let after = older.fates.get(span.to).is_some_and(|&fate| fate == place.last as u32 + 1);
        let at_edge = (span.from == 0 && place.first == 0) || (span.to == older.tokens.len() && place.last + 1 == self.tokens.len());
        Some(if !moved && (before || after || at_edge) {
            Anchor::Exact(range)
        } else {
            Anchor::Moved(Candidate { range, confidence: Confidence::of(0.95) })
        })
    }

    fn best_cluster(&self, older: &Older, span: Span) -> Option<Cluster> {
        let gap = self.weights.cluster_gap as usize + 2 * (span.to - span.from);
        let mut best: Option<Cluster> = None;
        let mut open: Option<Cluster> = None;
        for old in span.from..span.to {
            let fate = older.fates[old];
            if fate == GONE {
                continue;
            }
            let new = fate as usize;
            let weight = self.index.weight(older.tokens.ids[old]);
            open = Some(match open {
                Some(cluster) if new > cluster.last_new && new - cluster.last_new <= gap => cluster.with(old, new, weight),
                done => {
                    best = heavier(best, done);
                    Cluster::of(old, new, weight)
                }
            });
        }
        heavier(best, open)
    }

    /// Looks for the passage by what is stored of it.
    fn by_search(&self, target: &Target, pattern: &Pattern, older: Option<(&Older, Span)>) -> Anchor {
        let _ = (target, pattern, older);
        Anchor::orphan()
    }
}

fn heavier(one: Option<Cluster>, other: Option<Cluster>) -> Option<Cluster> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.weight > one.weight { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Tokens of a text, from first to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    first: usize,
    last: usize,
}

/// What survived of a passage in one stretch of the new text.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    first_old: usize,
    last_old: usize,
    first_new: usize,
    last_new: usize,
    count: usize,
    weight: f32,
}

impl Cluster {
    fn of(old: usize, new: usize, weight: f32) -> Self {
        Self { first_old: old, last_old: old, first_new: new, last_new: new, count: 1, weight }
    }

    fn with(self, old: usize, new: usize, weight: f32) -> Self {
        Self { last_old: old, last_new: new, count: self.count + 1, weight: self.weight + weight, ..self }
    }
}

/// Where a passage's end cuts its outermost token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    /// Bytes of the token.
    token: u32,
    /// Bytes of it before the cut.
    offset: u32,
}

impl Cut {
    /// No cut: the end is the token's.
    const NONE: Self = Self { token: 0, offset: 0 };

    fn of(start: u32, end: u32, at: u32) -> Self {
        if at <= start || at >= end {
            Self::NONE
        } else {
            Self { token: end - start, offset: at - start }
        }
    }

    /// The same cut in a token that became this one; its edge where that cannot be told.
    fn in_token(self, start: u32, end: u32, at_end: bool) -> u32 {
        if self != Self::NONE && end - start == self.token {
            start + self.offset
        } else if at_end {
            end
        } else {
            start
        }
    }
}

/// The tokens of a passage, and how its ends cut them.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
    head: Cut,
    tail: Cut,
}

impl Span {
    fn of(tokens: &Tokens, range: TextRange) -> Self {
        let (from, to) = (tokens.first_after(range.start()), tokens.last_before(range.end()));
        let mut span = Self { from, to: to.max(from), head: Cut::NONE, tail: Cut::NONE };
        if to > from {
            span.head = Cut::of(tokens.starts[from], tokens.ends[from], range.start());
            span.tail = Cut::of(tokens.starts[to - 1], tokens.ends[to - 1], range.end());
        }
        span
    }
}

/// What is stored of a passage, as tokens.
struct Pattern {
    ids: Vec<u32>,
    /// The quote's tokens among them.
    from: usize,
    to: usize,
    head: Cut,
    tail: Cut,
    /// Letters and digits of the quote.
    letters: usize,
    /// Of a very long quote only the ends are known: the first token of its tail.
    long: Option<usize>,
}

impl Pattern {
    fn of(quote: &Quote, locator: &Locator) -> Self {
        let rest = quote.rest.as_ref().map_or("", |rest| rest.tail.as_str());
        let joint = if rest.is_empty() { "" } else { "\n" };
        let whole = [&quote.prefix, &quote.exact, joint, rest, &quote.suffix].concat();
        let start = quote.prefix.len() as u32;
        let middle = start + quote.exact.len() as u32;
        let end = whole.len() as u32 - quote.suffix.len() as u32;
        let tokens = locator.vocabulary.read(&whole);
        let span = Span::of(&tokens, TextRange::new(start, end));
        Self {
            from: span.from,
            to: span.to,
            head: span.head,
            tail: span.tail,
            letters: quote.exact.chars().filter(|c| c.is_alphanumeric()).count(),
            long: quote.rest.as_ref().map(|_| tokens.first_after(middle)),
            ids: tokens.ids,
        }
    }

    fn quote(&self) -> &[u32] {
        &self.ids[self.from..self.to]
    }

    fn quote_len(&self) -> usize {
        self.to - self.from
    }
}
