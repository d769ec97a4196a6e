//! Clusters: what survived of a passage in one stretch of the new text.

use super::weights::Weights;

/// Tokens of a passage that belong together in the new text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// Index of the first matched token of the passage.
    pub first_old: usize,
    /// Index of the last matched token of the passage.
    pub last_old: usize,
    /// Index of the first matched token of the new text.
    pub first_new: usize,
    /// Index of the last matched token of the new text.
    pub last_new: usize,
    /// Number of matched tokens.
    pub count: usize,
    /// Weight of the matched tokens.
    pub weight: f32,
}

impl Cluster {
    /// Returns the heaviest cluster of matches, which pair old tokens with new ones, by old token.
    ///
    /// Splits matches where the new text jumps back, and where the lighter side is too light for
    /// what was inserted: a stray word at a quote's end does not pull in a paragraph.
    pub fn heaviest(
        matches: &[(usize, usize)],
        weight: &impl Fn(usize) -> f32,
        weights: &Weights,
    ) -> Option<Self> {
        let mut best: Option<Self> = None;
        for pieces in rising(matches).map(|rising| Self::pieces(rising, weight)) {
            let cluster = Self::of_pieces(&pieces, weights);
            if best.is_none_or(|best| cluster.weight > best.weight) {
                best = Some(cluster);
            }
        }
        best
    }

    /// Returns the runs of matches without insertions.
    fn pieces(matches: &[(usize, usize)], weight: &impl Fn(usize) -> f32) -> Vec<Self> {
        let mut pieces: Vec<Self> = Vec::new();
        for &(old, new) in matches {
            let one = Self {
                first_old: old,
                last_old: old,
                first_new: new,
                last_new: new,
                count: 1,
                weight: weight(old),
            };
            match pieces.last_mut() {
                Some(piece) if new == piece.last_new + 1 => *piece = piece.with(one),
                _ => pieces.push(one),
            }
        }
        pieces
    }

    fn with(self, later: Self) -> Self {
        Self {
            last_old: later.last_old,
            last_new: later.last_new,
            count: self.count + later.count,
            weight: self.weight + later.weight,
            ..self
        }
    }

    /// Splits at the widest gap that the lighter side does not support, and continues with the
    /// heavier side.
    fn of_pieces(pieces: &[Self], weights: &Weights) -> Self {
        let mut rest = pieces;
        loop {
            let all = rest
                .iter()
                .skip(1)
                .fold(rest[0], |all, piece| all.with(*piece));
            let mut left = (0, 0.0);
            let mut widest: Option<(f32, usize, f32)> = None;
            for at in 1..rest.len() {
                left = (left.0 + rest[at - 1].count, left.1 + rest[at - 1].weight);
                let fewer = left.0.min(all.count - left.0) as f32;
                let lighter = left.1.min(all.weight - left.1);
                let gap = (rest[at].first_new - rest[at - 1].last_new - 1) as f32;
                let free = weights.gap_free.min(weights.gap_by_weight * lighter);
                let excess = gap - free - weights.gap_vouched * fewer;
                if excess > 0.0 && widest.is_none_or(|(most, ..)| excess > most) {
                    widest = Some((excess, at, left.1));
                }
            }
            let Some((_, at, left)) = widest else {
                return all;
            };
            rest = if 2.0 * left > all.weight {
                &rest[..at]
            } else {
                &rest[at..]
            };
        }
    }
}

/// Splits matches into stretches that go forward in the new text.
fn rising(matches: &[(usize, usize)]) -> impl Iterator<Item = &[(usize, usize)]> {
    matches.chunk_by(|one, next| next.1 > one.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(matches: &[(usize, usize)]) -> Option<(usize, usize)> {
        Cluster::heaviest(matches, &|_| 1.0, &Weights::default())
            .map(|cluster| (cluster.first_new, cluster.last_new))
    }

    #[test]
    fn a_stray_word_does_not_drag_a_paragraph_in() {
        let body = (1..9).map(|at| (at, 200 + at));
        let matches: Vec<(usize, usize)> = std::iter::once((0, 10)).chain(body).collect();
        assert_eq!(range(&matches), Some((201, 208)));
    }

    #[test]
    fn a_few_words_may_be_put_in() {
        assert_eq!(range(&[(0, 10), (1, 11), (2, 14), (3, 15)]), Some((10, 15)));
        assert_eq!(range(&[]), None);
    }
}
