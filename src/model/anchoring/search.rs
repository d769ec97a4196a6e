//! Locates a passage by its stored description: rare tokens vote for places, the best places are
//! aligned with the quote and its context, and the agreement is weighed.

use std::ops::Range;

use super::align::{Equals, Matches, align};
use super::cluster::Cluster;
use super::locator::{Locator, Older};
use super::pattern::{Cut, Pattern, Place, Span};
use super::weights::{Evidence, Weights};
use super::{Anchor, Candidate, Confidence};
use crate::model::annotation::{Standing, Target};
use crate::model::text::TextRange;

/// Most places of one token that vote.
const MOST_OF_ONE: usize = 16;
/// Most places of one pair that vote.
const MOST_OF_PAIR: usize = 64;
/// Most tokens and pairs that vote for one quote.
const MOST_SEEDS: usize = 24;
/// Most windows that are aligned for one quote.
const MOST_WINDOWS: usize = 5;
/// Most tokens between votes for one window, and by which a window extends beyond its votes, to
/// allow for insertions. Half the length of the pattern is added to it.
const WINDOW_SPREAD: usize = 40;
/// How many such spreads the votes for one window may cover in all.
const MOST_SPREADS: i64 = 4;
/// Least share of the best window's votes for a window to be examined.
const LEAST_VOTES: f32 = 0.12;
/// Most other places of the same words in a window that are weighed.
const MOST_RIVALS: usize = 6;
/// Most places of the pair that votes if all tokens and pairs are common.
const MOST_OF_COMMON: usize = 512;
/// Share of the context on both sides from which a place with the whole quote is settled: windows
/// with less than [`SETTLED_VOTES`] of its votes are not examined.
const SETTLED_SIDE: f32 = 0.9;
/// See [`SETTLED_SIDE`].
const SETTLED_VOTES: f32 = 0.7;
/// Number of consecutive tokens of a quote that must occur somewhere for a place to be believed.
const LEAST_RUN: usize = 3;

/// A place where a quote may be, and the evidence for it.
#[derive(Debug, Clone)]
struct Found {
    place: Place,
    range: TextRange,
    evidence: Evidence,
    whole: bool,
    /// True if the quote was at an end of its text and so has context on one side only.
    one_sided: bool,
    /// The logarithm of the odds that it is the passage, from the evidence.
    odds: f32,
    /// Distance from the stored position of the passage; decides only between equals.
    distance: u32,
}

/// A place where the quote's neighbours on both sides survive, with something else between them.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// The tokens in between, from the first to one past the last.
    tokens: (usize, usize),
    /// How well that is known: the share of the context on the weaker side.
    share: f32,
}

impl Locator<'_> {
    /// Returns the places that are most similar to a passage, most plausible first.
    pub fn candidates(&self, target: &Target) -> Vec<(Candidate, Evidence)> {
        let Some(quote) = &target.quote else {
            return Vec::new();
        };
        let pattern = Pattern::of(quote, &self.vocabulary);
        let (found, _) = self.search(target, &pattern, None);
        found
            .iter()
            .map(|found| (found.candidate(), found.evidence))
            .collect()
    }

    pub(super) fn by_search(
        &self,
        target: &Target,
        pattern: &Pattern,
        older: Option<(&Older, Span)>,
    ) -> Anchor {
        let (found, gap) = self.search(target, pattern, older.map(|(older, _)| older));
        let accepted = |found: &&Found| self.is_believed(found, pattern, older.is_some());
        let Some(best) = found.first().filter(accepted) else {
            let gap = match older {
                // The diff is certain of its gaps.
                Some((older, span)) => self
                    .gap(older, span)
                    .map(|tokens| Gap { tokens, share: 1.0 }),
                None => gap,
            };
            return self.gone(target, pattern, gap, found.first());
        };
        let mut rivals: Vec<&Found> = found
            .iter()
            .filter(accepted)
            .filter(|other| best.odds - other.allowed_odds(&self.weights) < self.weights.near_equal)
            .collect();
        // Of nearly equal places, those that match everything stored are better.
        if rivals.iter().any(|found| found.is_complete()) {
            rivals.retain(|found| found.is_complete());
        }
        let best = rivals[0];
        if rivals.len() > 1 {
            Anchor::Ambiguous(rivals.into_iter().map(Found::candidate).collect())
        } else if !best.whole {
            Anchor::Changed(best.candidate())
        } else if self.has_a_neighbour(pattern, best.place) {
            Anchor::Exact(best.range)
        } else {
            Anchor::Moved(best.candidate())
        }
    }

    /// Adds to a place found by the diff others where the same words now have the same
    /// surroundings: the diff tells which of them it chose, not which is right.
    pub(super) fn with_twins(
        &self,
        target: &Target,
        pattern: &Pattern,
        older: &Older,
        anchor: Anchor,
    ) -> Anchor {
        let range = match &anchor {
            Anchor::Exact(range) => *range,
            Anchor::Moved(place) => place.range,
            _ => return anchor,
        };
        let weigh =
            |place: &Place| self.judged(pattern, &self.aligned_around(pattern, *place), target);
        let (found, others): (Vec<Place>, Vec<Place>) = self
            .exact_places(pattern.quoted())
            .unwrap_or_default()
            .into_iter()
            .partition(|place| {
                self.tokens.starts[place.first] <= range.start()
                    && range.start() < self.tokens.ends[place.last]
            });
        let Some(best) = found.first().and_then(weigh) else {
            return anchor;
        };
        let twins = others
            .iter()
            .filter(|place| !is_taken(older, **place))
            .take(MOST_RIVALS)
            .filter_map(weigh)
            .filter(|other| best.odds - other.odds < self.weights.near_equal);
        let mut places = vec![best.candidate()];
        places.extend(twins.map(|twin| twin.candidate()));
        if places.len() == 1 {
            return anchor;
        }
        // The diff's own place stays first.
        let most = places[0].confidence;
        places[1..]
            .iter_mut()
            .for_each(|place| place.confidence = place.confidence.min(most));
        places[1..].sort_by_key(|place| std::cmp::Reverse(place.confidence));
        Anchor::Ambiguous(places)
    }

    fn is_believed(&self, found: &Found, pattern: &Pattern, at_hand: bool) -> bool {
        let needed = if at_hand {
            self.weights.believed_elsewhere
        } else {
            self.weights.believed
        };
        found.odds >= needed
            && found.evidence.share >= self.weights.least_share
            && (found.whole
                || found.evidence.weaker_side >= self.weights.neighbours_alone
                || self.stands_in_a_row(pattern))
    }

    /// True if three consecutive tokens of a quote, or all of a shorter one, occur anywhere.
    fn stands_in_a_row(&self, pattern: &Pattern) -> bool {
        let quoted = pattern.quoted();
        quoted.len() < LEAST_RUN
            || quoted.windows(LEAST_RUN).any(|run| {
                let places = self
                    .index
                    .pair_places(run[0], run[1])
                    .iter()
                    .take(MOST_OF_PAIR * 4);
                places
                    .into_iter()
                    .any(|&place| self.tokens.ids[place as usize..].starts_with(run))
            })
    }

    /// Returns what remains if no place was believed: a gap or a suggestion.
    fn gone(
        &self,
        target: &Target,
        pattern: &Pattern,
        gap: Option<Gap>,
        best: Option<&Found>,
    ) -> Anchor {
        if let Some(gap) = gap {
            // Similar letters are not enough if neither words nor context are certain.
            let likely =
                gap.share >= self.weights.neighbours_alone || self.stands_in_a_row(pattern);
            let quote = target.quote.as_ref();
            let words = quote.filter(|quote| likely && quote.rest.is_none());
            if let Some(candidate) = words.and_then(|quote| self.reworded(&quote.exact, gap.tokens))
            {
                return Anchor::Changed(candidate);
            }
            return Anchor::Replaced(Candidate {
                range: self.gap_range(gap.tokens),
                confidence: Confidence::of(f64::from(self.weights.gap_confidence * gap.share)),
            });
        }
        let worth = |best: &&Found| best.odds >= self.weights.suggested;
        Anchor::Orphan {
            suggestion: best.filter(worth).map(Found::candidate),
        }
    }

    /// Returns the places worth considering, most plausible first, and the gap between the quote's
    /// neighbours if those are together.
    fn search(
        &self,
        target: &Target,
        pattern: &Pattern,
        older: Option<&Older>,
    ) -> (Vec<Found>, Option<Gap>) {
        let mut found: Vec<Found> = Vec::new();
        let mut gap = None;
        let mut settled = 0.0;
        let exact = self.exact_places(pattern.quoted()).unwrap_or_default();
        for window in self.windows(pattern) {
            if window.votes < SETTLED_VOTES * settled {
                break;
            }
            let matches = self.aligned(pattern, &window);
            gap = gap.or_else(|| self.gap_between(pattern, &matches));
            let best = self.judged(pattern, &matches, target);
            // Another place competes only if it has the same words, never with changed ones.
            let others = exact
                .iter()
                .filter(|place| window.tokens.contains(&place.first))
                .filter(|place| {
                    best.as_ref()
                        .is_some_and(|best| best.whole && best.place != **place)
                })
                .take(MOST_RIVALS)
                .filter_map(|&place| {
                    self.judged(pattern, &self.aligned_around(pattern, place), target)
                });
            for one in best.iter().cloned().chain(others) {
                let free = !older.is_some_and(|older| is_taken(older, one.place));
                // A place with the whole quote and its context: only equally good ones may compete.
                if free && one.whole && one.evidence.weaker_side >= SETTLED_SIDE {
                    settled = window.votes;
                }
                let is_better =
                    |other: &Found| !other.place.meets(one.place) || one.rank() > other.rank();
                if free && found.iter().all(is_better) {
                    found.retain(|other| !other.place.meets(one.place));
                    found.push(one);
                }
            }
        }
        found.sort_by(|one, other| {
            let by_odds = other.odds.total_cmp(&one.odds);
            by_odds.then(one.distance.cmp(&other.distance))
        });
        (found, gap)
    }

    /// Returns the pairs of the pattern's tokens and the text's tokens that match, in order.
    fn aligned(&self, pattern: &Pattern, window: &Window) -> Matches {
        let ids = &pattern.ids;
        // Most passages have not changed, so that there is nothing to align.
        if let Some(start) = usize::try_from(window.diagonal).ok()
            && self.tokens.ids.get(start..start + ids.len()) == Some(ids)
        {
            return (0..ids.len()).map(|at| (at, start + at)).collect();
        }
        let weight = |at: usize| self.index.weight(ids[at]);
        let equals = |at: usize| Equals::within(self.index.places(ids[at]), &window.tokens);
        let width = window.tokens.len();
        let mut matches = align(0..ids.len(), width, equals, weight, &self.weights);
        for (_, to) in &mut matches {
            *to += window.tokens.start;
        }
        matches
    }

    /// The same for a place of the whole quote.
    fn aligned_around(&self, pattern: &Pattern, place: Place) -> Matches {
        let Span { from, to, .. } = pattern.quote;
        let reach = |context: usize| context + context / 2 + WINDOW_SPREAD;
        let before = place.first.saturating_sub(reach(from))..place.first;
        let end = place.last + 1 + reach(pattern.ids.len() - to);
        let after = place.last + 1..end.min(self.tokens.len());
        let side = |part: Range<usize>, window: Range<usize>| -> Matches {
            let equals = |at: usize| Equals::within(self.index.places(pattern.ids[at]), &window);
            let weight = |at: usize| self.index.weight(pattern.ids[at]);
            let mut matches = align(part, window.len(), equals, weight, &self.weights);
            matches.iter_mut().for_each(|(_, to)| *to += window.start);
            matches
        };
        let quote = (from..to).map(|at| (at, place.first + at - from));
        let mut matches = side(0..from, before);
        matches.extend(quote);
        matches.extend(side(to..pattern.ids.len(), after));
        matches
    }

    /// Judges an alignment as a place of the quote.
    fn judged(&self, pattern: &Pattern, matches: &Matches, target: &Target) -> Option<Found> {
        let of_quote: Matches = matches
            .iter()
            .copied()
            .filter(|(at, _)| pattern.is_quoted(*at))
            .collect();
        let weight = |at: usize| self.index.weight(pattern.ids[at]);
        let cluster = Cluster::heaviest(&of_quote, &weight, &self.weights)?;
        let quote = pattern.quote;
        let all: f32 = (quote.from..quote.to).map(weight).sum();
        let place = Place {
            first: cluster.first_new,
            last: cluster.last_new,
        };
        let (before, after) = self.sides(pattern, matches, place);
        let whole = cluster.count == quote.len() && place.len() == quote.len();
        let evidence = Evidence {
            share: cluster.weight / all,
            weaker_side: before.min(after),
            stronger_side: before.max(after),
            loose: (place.len() - cluster.count) as f32 / place.len() as f32,
            says: cluster.weight,
            whole: f32::from(u8::from(whole)),
            once: f32::from(u8::from(whole && count(target) == Some(1))),
            often: f32::from(u8::from(
                whole && count(target).is_some_and(|count| count > 1),
            )),
        };
        let cut = |whole: bool, cut: Cut| if whole { cut } else { Cut::NONE };
        let head = cut(cluster.first_old == quote.from, quote.head);
        let tail = cut(cluster.last_old + 1 == quote.to, quote.tail);
        Some(Found {
            place,
            range: self.range_of(place, head, tail),
            evidence,
            whole,
            one_sided: quote.from == 0 || quote.to == pattern.ids.len(),
            odds: self.weights.odds(&evidence),
            distance: self.distance(target, place),
        })
    }

    /// Returns how far the start of a place, in bytes, is from the stored position, in code points.
    /// The mixed units suffice, since this only decides between places that are otherwise equal.
    fn distance(&self, target: &Target, place: Place) -> u32 {
        let was = target.position.map_or(0, |position| position.start());
        self.tokens.starts[place.first].abs_diff(was)
    }

    /// Returns the shares of the context before and after the quote that are around a place. If the
    /// quote was at an end of its text, the other side counts for both, and more so if the quote is
    /// still at that end.
    fn sides(&self, pattern: &Pattern, matches: &Matches, place: Place) -> (f32, f32) {
        let before = self.side(pattern, matches, 0..pattern.quote.from, place);
        let after = self.side(pattern, matches, pattern.quote.to..pattern.ids.len(), place);
        let at_first = place.first == 0;
        let at_last = place.last + 1 == self.tokens.len();
        let end = |stands: bool, other: f32| match stands {
            true => other.max(self.weights.end_kept),
            false => other * self.weights.end_lost,
        };
        match (before, after) {
            (Some(before), Some(after)) => (before, after),
            (None, Some(after)) => (end(at_first, after), after),
            (Some(before), None) => (before, end(at_last, before)),
            (None, None) => (f32::from(u8::from(at_first)), f32::from(u8::from(at_last))),
        }
    }

    /// Returns the share of one side's context that is around a place, where near tokens count
    /// more; `None` if there is no context.
    fn side(
        &self,
        pattern: &Pattern,
        matches: &Matches,
        side: Range<usize>,
        place: Place,
    ) -> Option<f32> {
        let worth = |at: usize, distance: usize| {
            let reach = self.weights.context_reach;
            self.index.weight(pattern.ids[at]) * reach / (reach + distance as f32)
        };
        let all: f32 = side.clone().map(|at| worth(at, pattern.distance(at))).sum();
        if all == 0.0 {
            return None;
        }
        let of_side = matches.iter().filter(|(at, _)| side.contains(at));
        let agrees: f32 = of_side
            .map(|&(at, to)| {
                let in_text = place
                    .first
                    .saturating_sub(to)
                    .max(to.saturating_sub(place.last));
                worth(at, pattern.distance(at).max(in_text))
            })
            .sum();
        Some(agrees / all)
    }

    /// Returns the gap between the nearest matches of the context before and after the quote.
    fn gap_between(&self, pattern: &Pattern, matches: &Matches) -> Option<Gap> {
        let last = matches.iter().rfind(|(at, _)| *at < pattern.quote.from)?;
        let next = matches.iter().find(|(at, _)| *at >= pattern.quote.to)?;
        if last.1 > next.1 {
            return None;
        }
        let place = Place {
            first: last.1 + 1,
            last: next.1.max(1) - 1,
        };
        let (before, after) = self.sides(pattern, matches, place);
        let share = before.min(after);
        (share >= self.weights.neighbours).then_some(Gap {
            tokens: (last.1 + 1, next.1),
            share,
        })
    }

    /// Returns the stretches of the text with the most votes of the pattern's rare tokens.
    fn windows(&self, pattern: &Pattern) -> Vec<Window> {
        let mut votes = self.votes(pattern);
        votes.sort_unstable_by_key(|vote| vote.0);
        let spread = (WINDOW_SPREAD + pattern.ids.len() / 2) as i64;
        let mut groups: Vec<Votes> = Vec::new();
        for (diagonal, weight) in votes {
            match groups.last_mut() {
                Some(group)
                    if diagonal - group.high <= spread
                        && diagonal - group.low <= MOST_SPREADS * spread =>
                {
                    group.add(diagonal, weight);
                }
                _ => groups.push(Votes::one(diagonal, weight)),
            }
        }
        groups.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        let most = groups.first().map_or(0.0, |group| group.weight);
        groups.retain(|group| group.weight >= LEAST_VOTES * most);
        groups.truncate(MOST_WINDOWS);
        let text = self.tokens.len() as i64;
        let window = |group: Votes| {
            let from = (group.low - spread).clamp(0, text);
            let to = (group.high + pattern.ids.len() as i64 + spread).clamp(from, text);
            Window {
                tokens: from as usize..to as usize,
                diagonal: group.best.0,
                votes: group.weight,
            }
        };
        groups.into_iter().map(window).collect()
    }

    /// Collects the votes of the rarest tokens and pairs for offsets of the pattern in the text.
    fn votes(&self, pattern: &Pattern) -> Vec<(i64, f32)> {
        let ids = &pattern.ids;
        let mut seeds: Vec<(usize, &[u32])> = Vec::new();
        for at in 0..ids.len() {
            let single = self.index.places(ids[at]);
            let next = ids.get(at + 1).copied();
            let pair = next.map_or(&[][..], |next| self.index.pair_places(ids[at], next));
            if (1..=MOST_OF_ONE).contains(&single.len()) {
                seeds.push((at, single));
            } else if (1..=MOST_OF_PAIR).contains(&pair.len()) {
                seeds.push((at, pair));
            }
        }
        if seeds.is_empty() {
            let pairs = ids.windows(2).enumerate();
            let pairs = pairs.map(|(at, pair)| (at, self.index.pair_places(pair[0], pair[1])));
            let rarest = pairs
                .filter(|(_, places)| !places.is_empty())
                .min_by_key(|(_, places)| places.len());
            seeds.extend(
                rarest.map(|(at, places)| (at, &places[..places.len().min(MOST_OF_COMMON)])),
            );
        }
        seeds.sort_by_key(|(at, places)| (places.len(), *at));
        seeds.truncate(MOST_SEEDS);
        let mut votes = Vec::new();
        for (at, places) in seeds {
            let weight = self.index.weight(ids[at]) / (places.len() as f32).sqrt();
            let places = places.iter().map(|&place| place as usize);
            // A bucket also contains other pairs.
            let places = places.filter(|&place| self.tokens.ids[place] == ids[at]);
            votes.extend(places.map(|place| (place as i64 - at as i64, weight)));
        }
        votes
    }
}

fn count(target: &Target) -> Option<u32> {
    target.standing.map(|Standing { count, .. }| count)
}

impl Found {
    /// True if the quote and all its stored context are there; a side without context lacks
    /// nothing.
    fn is_complete(&self) -> bool {
        const ALL: f32 = 0.999;
        let Evidence {
            weaker_side,
            stronger_side,
            ..
        } = self.evidence;
        self.whole && stronger_side >= ALL && (weaker_side >= ALL || self.one_sided)
    }

    /// Returns the odds without the loss for a side that was never stored, of a place where all that
    /// was stored is there: beside it a place at an end of the text has an advantage by that alone.
    fn allowed_odds(&self, weights: &Weights) -> f32 {
        match self.is_complete() {
            true => weights.odds(&Evidence {
                weaker_side: 1.0,
                ..self.evidence
            }),
            false => self.odds,
        }
    }

    /// Decides between overlapping places, as when words occur twice in a row: the context says
    /// which is meant, before an end of the text does.
    fn rank(&self) -> (bool, f32) {
        (self.is_complete(), self.odds)
    }

    fn candidate(&self) -> Candidate {
        Candidate {
            range: self.range,
            confidence: Confidence::of(f64::from(1.0 / (1.0 + (-self.odds).exp()))),
        }
    }
}

/// True if most tokens of a place come from another passage of the older text.
fn is_taken(older: &Older, place: Place) -> bool {
    let taken = older.taken[place.first..=place.last]
        .iter()
        .filter(|taken| **taken);
    2 * taken.count() > place.len()
}

/// A stretch of the text, with the offset of the pattern that has the most votes in it.
struct Window {
    tokens: Range<usize>,
    diagonal: i64,
    votes: f32,
}

/// Votes for offsets that are close together.
struct Votes {
    low: i64,
    high: i64,
    weight: f32,
    /// The offset with the most votes, and the last one, each with its votes.
    best: (i64, f32),
    last: (i64, f32),
}

impl Votes {
    fn one(diagonal: i64, weight: f32) -> Self {
        Self {
            low: diagonal,
            high: diagonal,
            weight,
            best: (diagonal, weight),
            last: (diagonal, weight),
        }
    }

    fn add(&mut self, diagonal: i64, weight: f32) {
        self.high = diagonal;
        self.weight += weight;
        self.last = match self.last {
            (last, so_far) if last == diagonal => (last, so_far + weight),
            _ => (diagonal, weight),
        };
        if self.last.1 > self.best.1 {
            self.best = self.last;
        }
    }
}
