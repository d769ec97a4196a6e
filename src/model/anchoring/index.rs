//! Where the tokens of a text are: postings of single tokens and of pairs, and their weights.

use super::tokens::{Tokens, UNKNOWN};

/// Most bits of a pair's bucket. Pairs that share a bucket are told apart by comparing the text.
const MOST_PAIR_BITS: u32 = 18;
/// Weight of a sign, relative to an equally rare word.
const SIGN_WEIGHT: f32 = 0.25;

/// The postings of a text, and the weight of each token of the vocabulary.
#[derive(Debug, Default)]
pub struct Index {
    single: Postings,
    pairs: Postings,
    pair_bits: u32,
    /// Information in nats, by token id.
    weights: Vec<f32>,
    /// The weight of a token that is not in the text.
    unknown: f32,
}

/// Positions by key: those of key `k` are `places[heads[k]..heads[k + 1]]`.
#[derive(Debug, Default)]
struct Postings {
    heads: Vec<u32>,
    places: Vec<u32>,
}

impl Postings {
    fn of(keys: impl Iterator<Item = u32> + Clone, count: usize) -> Self {
        let mut heads = vec![0_u32; count + 2];
        for key in keys.clone() {
            heads[key as usize + 2] += 1;
        }
        for key in 2..heads.len() {
            heads[key] += heads[key - 1];
        }
        let mut places = vec![0_u32; heads.last().copied().unwrap_or(0) as usize];
        for (place, key) in keys.enumerate() {
            let head = &mut heads[key as usize + 1];
            places[*head as usize] = place as u32;
            *head += 1;
        }
        Self { heads, places }
    }

    fn of_key(&self, key: u32) -> &[u32] {
        match (
            self.heads.get(key as usize),
            self.heads.get(key as usize + 1),
        ) {
            (Some(&from), Some(&to)) => &self.places[from as usize..to as usize],
            _ => &[],
        }
    }
}

impl Index {
    /// Creates the index of a text. `signs` tells by id which tokens are signs.
    pub fn of(tokens: &Tokens, vocabulary: usize, signs: &[bool]) -> Self {
        let ids = &tokens.ids;
        let single = Postings::of(ids.iter().copied(), vocabulary);
        let pair_bits = (ids.len().max(2).ilog2() + 1).min(MOST_PAIR_BITS);
        let pairs = ids
            .windows(2)
            .map(|pair| bucket(pair[0], pair[1], pair_bits));
        let pairs = Postings::of(pairs, 1 << pair_bits);
        let total = ids.len() as f32;
        let weight = |count: usize, sign: bool| {
            let information = (1.0 + total / count.max(1) as f32).ln();
            if sign {
                information * SIGN_WEIGHT
            } else {
                information
            }
        };
        let weights = (0..vocabulary)
            .map(|id| {
                weight(
                    single.of_key(id as u32).len(),
                    signs.get(id).copied().unwrap_or(false),
                )
            })
            .collect();
        Self {
            single,
            pairs,
            pair_bits,
            weights,
            unknown: weight(1, false),
        }
    }

    /// Returns the weight of a token: its information in nats.
    pub fn weight(&self, id: u32) -> f32 {
        self.weights
            .get(id as usize)
            .copied()
            .unwrap_or(self.unknown)
    }

    /// Returns the places of a token, in order.
    pub fn places(&self, id: u32) -> &[u32] {
        if id == UNKNOWN {
            &[]
        } else {
            self.single.of_key(id)
        }
    }

    /// Returns the places where a pair of tokens may be, those of its whole bucket, in order.
    pub fn pair_places(&self, one: u32, other: u32) -> &[u32] {
        if one == UNKNOWN || other == UNKNOWN {
            return &[];
        }
        self.pairs.of_key(bucket(one, other, self.pair_bits))
    }
}

fn bucket(one: u32, other: u32, bits: u32) -> u32 {
    let mixed = one.wrapping_mul(0x9e37_79b1).rotate_left(15) ^ other.wrapping_mul(0x85eb_ca77);
    mixed.wrapping_mul(0xc2b2_ae3d) >> (32 - bits)
}
