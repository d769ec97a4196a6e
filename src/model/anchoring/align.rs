//! Aligns a quote and its context with a stretch of a text, token by token.

use std::ops::Range;

use super::weights::Weights;

/// Pairs of equal tokens that belong together, one of the pattern and one of the text, in order.
pub type Matches = Vec<(usize, usize)>;

/// Equal pairs that are examined for a whole pattern. A token with more than its share of them is
/// examined only where it continues a match of the previous token, which keeps long quotes, and
/// texts of one repeated word, from taking long.
const EQUAL_PAIRS: usize = 8 * 1024;
/// The least and the most places of one token that are examined.
const EQUALS: (usize, usize) = (6, 64);

/// Finds the heaviest chain of equal tokens, less the cost of its gaps. Both ends are free on both
/// sides (after Smith and Waterman 1981, without substitutions).
///
/// `equals` returns the places, in order, in a window of `width` tokens that equal a token of the
/// pattern. Only these are examined (after Hunt and Szymanski 1977); a Fenwick tree holds the best
/// chain that ends before a place. The number of steps is about that of the equal pairs.
pub fn align<'a>(
    pattern: Range<usize>,
    width: usize,
    equals: impl Fn(usize) -> Equals<'a>,
    weight: impl Fn(usize) -> f32,
    costs: &Weights,
) -> Matches {
    let most = (EQUAL_PAIRS / pattern.len().max(1)).clamp(EQUALS.0, EQUALS.1);
    let mut chains: Vec<Chain> = Vec::new();
    let mut best_before = BestBefore::new(width);
    // The chains that end in the previous token, by place.
    let mut last_row = 0..0;
    let mut best: Option<usize> = None;
    for at in pattern {
        let places = equals(at);
        let common = places.len() > most;
        let row = chains.len();
        let mut before = last_row.clone();
        for to in places {
            while before.start < before.end && chains[before.start].to + 1 < to {
                before.start += 1;
            }
            let straight = (before.start < before.end && chains[before.start].to + 1 == to)
                .then_some(before.start);
            if common && straight.is_none() {
                continue;
            }
            let mut chain = Chain {
                at,
                to,
                score: 0.0,
                before: None,
            };
            if let Some(index) = straight {
                chain.follow(index, chains[index].score);
            }
            if let Some((index, reach)) = best_before.get(to) {
                chain.follow(
                    index,
                    reach - costs.gap_token * (at + to) as f32 - costs.gap_open,
                );
            }
            chain.score += weight(at);
            if best.is_none_or(|best| chain.score > chains[best].score) {
                best = Some(chains.len());
            }
            chains.push(chain);
        }
        last_row = row..chains.len();
        for index in last_row.clone() {
            let Chain { at, to, score, .. } = chains[index];
            best_before.put(to, index, score + costs.gap_token * (at + to) as f32);
        }
    }
    trace(&chains, best)
}

/// Places in a window, in order.
#[derive(Debug, Clone)]
pub struct Equals<'a> {
    places: std::slice::Iter<'a, u32>,
    from: u32,
}

impl<'a> Equals<'a> {
    /// Selects those of some places that are in a window.
    pub fn within(places: &'a [u32], window: &Range<usize>) -> Self {
        let (from, to) = (window.start as u32, window.end as u32);
        let first = places.partition_point(|&place| place < from);
        let last = places.partition_point(|&place| place < to);
        Self {
            places: places[first..last.max(first)].iter(),
            from,
        }
    }

    fn len(&self) -> usize {
        self.places.len()
    }
}

impl Iterator for Equals<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.places
            .next()
            .map(|&place| (place - self.from) as usize)
    }
}

/// A chain of equal tokens, represented by its last pair.
struct Chain {
    at: usize,
    to: usize,
    score: f32,
    before: Option<usize>,
}

impl Chain {
    fn follow(&mut self, before: usize, score: f32) {
        if score > self.score {
            self.score = score;
            self.before = Some(before);
        }
    }
}

/// The best chain that ends before each place: a Fenwick tree of maxima.
struct BestBefore(Vec<(f32, u32)>);

impl BestBefore {
    fn new(width: usize) -> Self {
        Self(vec![(f32::NEG_INFINITY, 0); width + 1])
    }

    fn get(&self, to: usize) -> Option<(usize, f32)> {
        let mut best = (f32::NEG_INFINITY, 0);
        let mut node = to;
        while node > 0 {
            if self.0[node].0 > best.0 {
                best = self.0[node];
            }
            node &= node - 1;
        }
        best.0.is_finite().then_some((best.1 as usize, best.0))
    }

    fn put(&mut self, to: usize, index: usize, reach: f32) {
        let mut node = to + 1;
        while node < self.0.len() {
            if reach > self.0[node].0 {
                self.0[node] = (reach, index as u32);
            }
            node += node & node.wrapping_neg();
        }
    }
}

fn trace(chains: &[Chain], end: Option<usize>) -> Matches {
    let mut matches = Matches::new();
    let mut at = end;
    while let Some(index) = at {
        matches.push((chains[index].at, chains[index].to));
        at = chains[index].before;
    }
    matches.reverse();
    matches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(pattern: &[u32], text: &[u32], weights: &[f32]) -> Matches {
        let places = |id: u32| -> Vec<u32> {
            (0..text.len() as u32)
                .filter(|&at| text[at as usize] == id)
                .collect()
        };
        let places: Vec<Vec<u32>> = pattern.iter().map(|&id| places(id)).collect();
        let equals = |at: usize| Equals::within(&places[at], &(0..text.len()));
        align(
            0..pattern.len(),
            text.len(),
            equals,
            |at| weights[at],
            &Weights::default(),
        )
    }

    #[test]
    fn what_was_put_in_is_stepped_over() {
        let matches = aligned(&[1, 2, 3, 4], &[9, 1, 2, 8, 8, 3, 4, 9], &[5.0; 4]);
        assert_eq!(matches, [(0, 1), (1, 2), (2, 5), (3, 6)]);
    }

    #[test]
    fn a_stray_token_is_not_worth_a_gap() {
        let matches = aligned(&[1, 2, 3], &[1, 2, 8, 8, 8, 3], &[5.0, 5.0, 1.0]);
        assert_eq!(matches, [(0, 0), (1, 1)]);
    }
}
