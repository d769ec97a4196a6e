//! Locates a passage by the diff, if the text it was made on is at hand.

use super::cluster::Cluster;
use super::diff::GONE;
use super::locator::{Locator, Older};
use super::myers::{LONGEST_WINDOW, most_like};
use super::pattern::{Cut, Place, Span};
use super::tokens::Tokens;
use super::{Anchor, Candidate, Confidence};
use crate::model::annotation::Quote;
use crate::model::text::{TextRange, snap_to_graphemes, trim};

/// Number of tokens on either side of a passage among which surviving neighbours are looked for.
const NEIGHBOURS: usize = 24;
/// Most tokens between a passage and an end of the text for it to count as being at that end.
const AT_END: usize = 3;
/// Most tokens between two neighbours that still tell where the passage was.
const LARGEST_GAP: usize = 400;
/// The same if one of the neighbours has moved or is an end of the text.
const SMALLEST_GAP: usize = 24;

impl Locator<'_> {
    /// Returns where the tokens of a passage went, if enough of them went to one place.
    pub(super) fn by_fate(&self, older: &Older, span: Span, quote: &Quote) -> Option<Anchor> {
        let weight = |at: usize| self.index.weight(older.tokens.ids[at]);
        let matches: Vec<(usize, usize)> = (span.from..span.to)
            .filter(|&old| older.fates[old] != GONE)
            .map(|old| (old, older.fates[old] as usize))
            .collect();
        let all: f32 = (span.from..span.to).map(weight).sum();
        let cluster = Cluster::heaviest(&matches, &weight, &self.weights);
        match cluster.filter(|cluster| cluster.weight >= self.weights.survives * all) {
            Some(cluster) => Some(self.survivor(older, span, cluster, cluster.weight / all)),
            None => self.in_gap(older, span, quote),
        }
    }

    fn survivor(&self, older: &Older, span: Span, cluster: Cluster, share: f32) -> Anchor {
        let place = Place {
            first: cluster.first_new,
            last: cluster.last_new,
        };
        let cut = |whole: bool, cut: Cut| if whole { cut } else { Cut::NONE };
        let head = cut(cluster.first_old == span.from, span.head);
        let tail = cut(cluster.last_old + 1 == span.to, span.tail);
        let range = self.range_of(place, head, tail);
        let confidence = Confidence::of(f64::from(share));
        if cluster.count < span.len() || place.len() > cluster.count {
            Anchor::Changed(Candidate { range, confidence })
        } else if !older.moved[cluster.first_old] && self.kept_a_neighbour(older, span, place) {
            Anchor::Exact(range)
        } else {
            Anchor::Moved(Candidate { range, confidence })
        }
    }

    /// Makes an exact place that was found by words a moved one, if the diff says that it moved.
    pub(super) fn with_history(&self, older: &Older, span: Span, anchor: Anchor) -> Anchor {
        match anchor {
            Anchor::Exact(range) if older.moved[span.from] => Anchor::Moved(Candidate {
                range,
                confidence: Confidence::of(f64::from(self.weights.unique_confidence)),
            }),
            anchor => anchor,
        }
    }

    fn kept_a_neighbour(&self, older: &Older, span: Span, place: Place) -> bool {
        let before = match span.from.checked_sub(1) {
            Some(at) => older.fates[at].wrapping_add(1) == place.first as u32,
            None => place.first == 0,
        };
        let after = match older.fates.get(span.to) {
            Some(&fate) => fate == place.last as u32 + 1,
            None => place.last + 1 == self.tokens.len(),
        };
        before || after
    }

    /// Returns the passage, reworded or reordered, if it is between its surviving neighbours.
    fn in_gap(&self, older: &Older, span: Span, quote: &Quote) -> Option<Anchor> {
        let gap = self.gap(older, span)?;
        let words = (quote.rest.is_none()).then_some(&quote.exact);
        if let Some(candidate) = self
            .reshuffled(older, span, gap)
            .or_else(|| self.reworded(words?, gap))
        {
            return Some(Anchor::Changed(candidate));
        }
        None
    }

    /// Returns the new tokens between the passage's surviving neighbours, as `from..to`.
    pub(super) fn gap(&self, older: &Older, span: Span) -> Option<(usize, usize)> {
        let stays = |at: &usize| older.fates[*at] != GONE;
        let before = (span.from.saturating_sub(NEIGHBOURS)..span.from)
            .rev()
            .find(stays);
        let after = (span.to..older.tokens.len().min(span.to + NEIGHBOURS)).find(stays);
        // An end of the text is a neighbour only of what was at that end.
        if before.is_none() && (span.from > AT_END || after.is_none()) {
            return None;
        }
        if after.is_none() && span.to + AT_END < older.tokens.len() {
            return None;
        }
        let from = before.map_or(0, |at| older.fates[at] as usize + 1);
        let to = after.map_or(self.tokens.len(), |at| older.fates[at] as usize);
        // A moved neighbour tells about its surroundings only as far as the move extends.
        let moved = [before, after]
            .into_iter()
            .flatten()
            .any(|at| older.moved[at]);
        let most = if moved { SMALLEST_GAP } else { LARGEST_GAP };
        (from <= to && to - from <= most.max(2 * span.len())).then_some((from, to))
    }

    /// Finds the passage's words in another order, or among other words.
    fn reshuffled(&self, older: &Older, span: Span, gap: (usize, usize)) -> Option<Candidate> {
        let mut words: Vec<u32> = older.tokens.ids[span.from..span.to].to_vec();
        words.sort_unstable();
        let all: f32 = words.iter().map(|&id| self.index.weight(id)).sum();
        let (mut weight, mut first, mut last) = (0.0, None, 0);
        for at in gap.0..gap.1 {
            if let Ok(found) = words.binary_search(&self.tokens.ids[at]) {
                weight += self.index.weight(words.remove(found));
                first = first.or(Some(at));
                last = at;
            }
        }
        let first = first?;
        let share = weight / all;
        // Most of the words there must be the passage's.
        let tight = 3 * span.len() > last - first;
        (share >= self.weights.survives_in_gap && tight).then(|| Candidate {
            range: self.range_of(Place { first, last }, Cut::NONE, Cut::NONE),
            confidence: Confidence::of(f64::from(share * self.weights.gap_confidence)),
        })
    }

    /// Finds words that resemble the passage letter by letter: corrected or inflected ones.
    pub(super) fn reworded(&self, words: &str, gap: (usize, usize)) -> Option<Candidate> {
        if gap.0 >= gap.1 {
            return None;
        }
        let start = self.tokens.starts[gap.0] as usize;
        let end = self.tokens.ends[gap.1 - 1] as usize;
        if end - start > LONGEST_WINDOW {
            return None;
        }
        let like = most_like(words, &self.text[start..end])?;
        let share = 1.0 - like.distance as f32 / like.length as f32;
        if share < self.weights.like_in_gap {
            return None;
        }
        let range = TextRange::from_usize(
            start + like.range.start() as usize,
            start + like.range.end() as usize,
        );
        let range = snap_to_graphemes(self.text, trim(self.text, range));
        (!range.is_empty()).then(|| Candidate {
            range,
            confidence: Confidence::of(f64::from(share * self.weights.gap_confidence)),
        })
    }

    /// Returns a gap in bytes: the text between two tokens, without the white space around it.
    pub(super) fn gap_range(&self, gap: (usize, usize)) -> TextRange {
        let Tokens { starts, ends, .. } = &self.tokens;
        if gap.0 < gap.1 {
            return snap_to_graphemes(self.text, TextRange::new(starts[gap.0], ends[gap.1 - 1]));
        }
        let at = match gap.0.checked_sub(1) {
            Some(before) => ends[before],
            None => starts.first().copied().unwrap_or(0),
        };
        // A gap is at a grapheme boundary too.
        let next = self.text[at as usize..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        let at = snap_to_graphemes(self.text, TextRange::new(at, at + next as u32)).start();
        TextRange::new(at, at)
    }
}
