//! Approximate search in a short stretch of text, letter by letter.
//!
//! The bit-parallel algorithm of G. Myers, "A fast bit-vector algorithm for approximate string
//! matching based on dynamic programming" (Journal of the ACM 46, 1999), in H. Hyyrö's formulation
//! with several words of 64 letters (2003). It takes `pattern / 64 * window` steps, so it is
//! limited to windows of [`LONGEST_WINDOW`] bytes.

use rustc_hash::FxHashMap;

use crate::model::text::TextRange;

/// Longest pattern and longest window that are searched, in bytes.
pub const LONGEST_WINDOW: usize = 2 * 1024;

/// The best match, and how many letters differ in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// The range in the window, in bytes.
    pub range: TextRange,
    /// Number of letters inserted, deleted or substituted.
    pub distance: usize,
    /// Number of letters in the pattern.
    pub length: usize,
}

/// Finds the stretch of a window that is most similar to some words, ignoring case. `None` if
/// either is empty or too long.
pub fn most_like(words: &str, window: &str) -> Option<Likeness> {
    if words.len() > LONGEST_WINDOW || window.len() > LONGEST_WINDOW {
        return None;
    }
    let pattern: Vec<char> = words.chars().map(folded).collect();
    let letters: Vec<char> = window.chars().map(folded).collect();
    if pattern.is_empty() || letters.is_empty() {
        return None;
    }
    let (end, distance) = best_end(&pattern, letters.iter().copied(), false)?;
    // The same search backwards from that end gives the start.
    let backwards: Vec<char> = pattern.iter().rev().copied().collect();
    let before = letters[..end].iter().rev().copied();
    let (length, _) = best_end(&backwards, before, true)?;
    let byte = |letter: usize| {
        window
            .char_indices()
            .nth(letter)
            .map_or(window.len(), |(byte, _)| byte)
    };
    Some(Likeness {
        range: TextRange::from_usize(byte(end - length), byte(end)),
        distance,
        length: pattern.len(),
    })
}

fn folded(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Returns after how many letters of a text the best match of the pattern ends, and its distance.
/// `anchored`: the match must begin with the text.
fn best_end(
    pattern: &[char],
    text: impl Iterator<Item = char>,
    anchored: bool,
) -> Option<(usize, usize)> {
    let words = pattern.len().div_ceil(64);
    let mut places: FxHashMap<char, Vec<u64>> = FxHashMap::default();
    for (at, &letter) in pattern.iter().enumerate() {
        places.entry(letter).or_insert_with(|| vec![0; words])[at / 64] |= 1 << (at % 64);
    }
    let nowhere = vec![0; words];
    let mut positive = vec![u64::MAX; words];
    let mut negative = vec![0_u64; words];
    let last = 1_u64 << ((pattern.len() - 1) % 64);
    let mut distance = pattern.len();
    let mut best = None;
    for (at, letter) in text.enumerate() {
        let equal = places.get(&letter).unwrap_or(&nowhere);
        // The horizontal difference that comes in from above: zero, or one if the text before the
        // match counts.
        let mut carry = i8::from(anchored);
        for word in 0..words {
            let top = if word + 1 == words { last } else { 1 << 63 };
            carry = step(
                &mut positive[word],
                &mut negative[word],
                equal[word],
                carry,
                top,
            );
        }
        distance = distance.checked_add_signed(isize::from(carry))?;
        // Among equals, prefers the longest of the same match: whole words, not their beginnings.
        let better = |(end, least): (usize, usize)| {
            distance < least || (distance == least && at + 1 - end <= distance)
        };
        if best.is_none_or(better) {
            best = Some((at + 1, distance));
        }
    }
    best
}

/// Computes one column of one word: takes and returns the horizontal difference at its ends.
fn step(positive: &mut u64, negative: &mut u64, mut equal: u64, carry: i8, top: u64) -> i8 {
    let vertical = equal | *negative;
    if carry < 0 {
        equal |= 1;
    }
    let horizontal = (((equal & *positive).wrapping_add(*positive)) ^ *positive) | equal;
    let mut up = *negative | !(horizontal | *positive);
    let mut down = *positive & horizontal;
    let out = i8::from(up & top != 0) - i8::from(down & top != 0);
    up = (up << 1) | u64::from(carry > 0);
    down = (down << 1) | u64::from(carry < 0);
    *positive = down | !(vertical | up);
    *negative = up & vertical;
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The textbook algorithm with a full table.
    fn plainly(words: &str, window: &str) -> usize {
        let letters: Vec<char> = window.chars().map(folded).collect();
        let mut row = vec![0; letters.len() + 1];
        for (i, word) in words.chars().map(folded).enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, letter) in letters.iter().enumerate() {
                let exchanged = diagonal + usize::from(*letter != word);
                diagonal = row[j + 1];
                row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
            }
        }
        row.into_iter().min().unwrap_or(words.chars().count())
    }

    #[test]
    fn a_corrected_word_is_found() {
        let window = "one has to recieve it";
        let found = most_like("receive", window).expect("both have letters");
        assert_eq!(
            (found.range.slice(window), found.distance),
            (Some("recieve"), 2)
        );
        assert_eq!(found.distance, 2);
    }

    #[test]
    fn long_patterns_agree_with_the_full_table() {
        let text = "the quick brown fox jumps over the lazy dog, and then it sleeps for a while in the shade of an old tree by the river";
        let changed = text
            .replace("quick", "quiet")
            .replace("sleeps for", "slept");
        for from in [0, 4, 17] {
            for to in [40, 70, 100] {
                let found = most_like(&text[from..to], &changed).expect("both have letters");
                assert_eq!(found.distance, plainly(&text[from..to], &changed));
            }
        }
    }
}
