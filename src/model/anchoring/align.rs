//! Aligns a quote and its surroundings with a stretch of a text, token by token.

use rustc_hash::FxHashMap;

use super::diff::{Run, equal_runs};
use super::weights::Weights;

/// Pairs of a pattern's token and the text's that are equal and belong together, in order.
pub type Matches = Vec<(usize, usize)>;

const NONE: u8 = 0;
const START: u8 = 1;
const DIAGONAL: u8 = 2;
const AFTER_GAP: u8 = 3;

/// The chain of equal tokens that weighs most, less what its gaps cost. Ends are free on both
/// sides (Smith and Waterman 1981, without substitutions). Takes `pattern.len() * text.len()`
/// steps: callers bound both.
pub fn align(pattern: &[u32], text: &[u32], weight: impl Fn(usize) -> f32, costs: &Weights) -> Matches {
    let width = text.len() + 1;
    // Row by row: the best chain that ends in (i, j), and the best that ends before it.
    let mut ended = vec![f32::NEG_INFINITY; width];
    let mut reach = vec![f32::NEG_INFINITY; width];
    let mut reach_from = vec![(0_u32, 0_u32); width];
    let mut steps = vec![NONE; pattern.len() * text.len()];
    let mut jumps = vec![(0_u32, 0_u32); pattern.len() * text.len()];
    let mut best = (0.0, None);
    for (i, &id) in pattern.iter().enumerate() {
        let worth = weight(i);
        let mut ended_diagonal = f32::NEG_INFINITY;
        let mut reach_diagonal = (f32::NEG_INFINITY, (0, 0));
        let mut left = (f32::NEG_INFINITY, (0, 0));
        for (j, &other) in text.iter().enumerate() {
            let (ended_here, reach_here) = (ended[j + 1], (reach[j + 1], reach_from[j + 1]));
            let mut chain = f32::NEG_INFINITY;
            if id == other {
                let cell = i * text.len() + j;
                let gap = reach_diagonal.0 - costs.gap_open;
                let (before, step) = if ended_diagonal >= gap && ended_diagonal > 0.0 {
                    (ended_diagonal, DIAGONAL)
                } else if gap > 0.0 {
                    jumps[cell] = reach_diagonal.1;
                    (gap, AFTER_GAP)
                } else {
                    (0.0, START)
                };
                steps[cell] = step;
                chain = before + worth;
                if chain > best.0 {
                    best = (chain, Some((i, j)));
                }
            }
            // The best that ended anywhere before, less what the tokens since then cost.
            let mut here = (reach_here.0 - costs.gap_token, reach_here.1);
            if left.0 - costs.gap_token > here.0 {
                here = (left.0 - costs.gap_token, left.1);
            }
            if chain > here.0 {
                here = (chain, (i as u32, j as u32));
            }
            ended_diagonal = ended_here;
            reach_diagonal = reach_here;
            ended[j + 1] = chain;
            (reach[j + 1], reach_from[j + 1]) = here;
            left = here;
        }
    }
    trace(best.1, &steps, &jumps, text.len())
}

fn trace(end: Option<(usize, usize)>, steps: &[u8], jumps: &[(u32, u32)], width: usize) -> Matches {
    let mut matches = Matches::new();
    let mut at = end;
    while let Some((i, j)) = at {
        matches.push((i, j));
        let cell = i * width + j;
        at = match steps[cell] {
            DIAGONAL => Some((i - 1, j - 1)),
            AFTER_GAP => Some((jumps[cell].0 as usize, jumps[cell].1 as usize)),
            _ => None,
        };
    }
    matches.reverse();
    matches
}

/// The same for long patterns, by a diff: linear, and blind to what a chain would weigh. Light runs
/// between large edits are let go as in a diff of whole texts.
pub fn align_long(pattern: &[u32], text: &[u32], weight: &impl Fn(usize) -> f32, costs: &Weights) -> Matches {
    // Numbered anew, so that what the diff keeps by token does not grow with the vocabulary.
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut renumbered = |ids: &[u32]| -> Vec<u32> {
        let mut number = |id: u32| {
            let next = numbers.len() as u32;
            *numbers.entry(id).or_insert(next)
        };
        ids.iter().map(|&id| number(id)).collect()
    };
    let (one, other) = (renumbered(pattern), renumbered(text));
    let runs = equal_runs(&one, &other, numbers.len());
    let mut matches = Matches::new();
    let light = |run: &Run| (run.old..run.old + run.length).map(weight).sum::<f32>() < costs.gap_open;
    for run in runs.iter().filter(|run| !light(run)) {
        matches.extend((0..run.length).map(|step| (run.old + step, run.new + step)));
    }
    matches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_stepped_over() {
        let matches = align(&[1, 2, 3, 4], &[9, 1, 2, 8, 8, 3, 4, 9], |_| 5.0, &Weights::default());
        assert_eq!(matches, [(0, 1), (1, 2), (2, 5), (3, 6)]);
    }

    #[test]
    fn a_stray_token_is_not_worth_a_gap() {
        let matches = align(&[1, 2, 3], &[1, 2, 8, 8, 8, 3], |i| [5.0, 5.0, 1.0][i], &Weights::default());
        assert_eq!(matches, [(0, 0), (1, 1)]);
    }
}
