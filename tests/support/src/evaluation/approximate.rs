//! Approximate search of a whole text: the places of a pattern with the fewest errors.
//!
//! G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
//! programming", J. ACM 46 (1999), in blocks of 64 with the cut-off of its section 4.

use std::collections::HashMap;
use std::ops::Range;

/// Number of a pattern's characters that are compared at once.
const BLOCK: usize = 64;

/// An occurrence of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub place: Range<usize>,
    pub errors: usize,
}

/// Matches with the fewest errors, if these are at most `most`. Each end is paired with the start
/// that makes the match longest.
pub fn best_matches(text: &[char], pattern: &[char], most: usize) -> Vec<Match> {
    let backwards: Vec<char> = pattern.iter().rev().copied().collect();
    let ends = best_ends(text.iter(), pattern, most);
    let place = |(end, errors): (usize, usize)| {
        let from = end.saturating_sub(pattern.len() + errors);
        let starts = best_ends(text[from..end].iter().rev(), &backwards, errors);
        let longest = starts.into_iter().map(|(length, _)| length).max();
        Match {
            place: end - longest.unwrap_or_default()..end,
            errors,
        }
    };
    ends.into_iter().map(place).collect()
}

/// The least number of errors of any match.
pub fn fewest_errors(text: &[char], pattern: &[char]) -> usize {
    let ends = best_ends(text.iter(), pattern, pattern.len());
    ends.first().map_or(pattern.len(), |&(_, errors)| errors)
}

/// Ends of the best matches with their number of errors, which is the same for all.
fn best_ends<'a>(
    text: impl Iterator<Item = &'a char>,
    pattern: &[char],
    most: usize,
) -> Vec<(usize, usize)> {
    let (mut ends, mut most) = (Vec::new(), most);
    let Some(mut column) = Column::of(pattern, most) else {
        return ends;
    };
    for (at, character) in text.enumerate() {
        let Some(errors) = column
            .advance(*character, most)
            .filter(|errors| *errors <= most)
        else {
            continue;
        };
        // From here on only equally good matches count, which also shortens the search.
        if errors < most {
            ends.clear();
            most = errors;
        }
        ends.push((at + 1, errors));
    }
    ends
}

/// A column of the table of edit distances, as differences between rows.
struct Column {
    /// A bit mask of positions for each character of the pattern and block; row 0 is for others.
    letters: Vec<u64>,
    rows: HashMap<char, usize>,
    blocks: Vec<Block>,
    /// The last block that may still lead to a match.
    last: usize,
    length: usize,
}

#[derive(Clone, Copy)]
struct Block {
    /// Rows whose distance is one more than in the row above.
    more: u64,
    /// Rows whose distance is one less.
    less: u64,
    /// Distance in the last row.
    score: usize,
    /// Bit of the last row.
    high: u64,
}

impl Column {
    fn of(pattern: &[char], most: usize) -> Option<Self> {
        let count = pattern.len().div_ceil(BLOCK);
        let mut rows = HashMap::new();
        let mut letters = vec![0; count];
        for (at, &letter) in pattern.iter().enumerate() {
            let row = *rows.entry(letter).or_insert_with(|| {
                letters.resize(letters.len() + count, 0);
                letters.len() / count - 1
            });
            letters[row * count + at / BLOCK] |= 1 << (at % BLOCK);
        }
        let block = |number: usize| {
            let score = ((number + 1) * BLOCK).min(pattern.len());
            Block::new(score, (score - 1) % BLOCK)
        };
        let blocks: Vec<Block> = (0..count).map(block).collect();
        let last = most.clamp(1, pattern.len().max(1)).div_ceil(BLOCK) - 1;
        (!pattern.is_empty()).then_some(Self {
            letters,
            rows,
            blocks,
            last,
            length: pattern.len(),
        })
    }

    /// Advances by a character of the text; returns the distance of the whole pattern, unless it
    /// certainly exceeds `most`.
    fn advance(&mut self, character: char, most: usize) -> Option<usize> {
        let row = self.rows.get(&character).copied().unwrap_or(0);
        let letters = &self.letters[row * self.blocks.len()..][..self.blocks.len()];
        let mut carry = 0;
        for (block, &letters) in self.blocks[..=self.last].iter_mut().zip(letters) {
            carry = block.advance(letters, carry);
        }
        let above = self.blocks[self.last].score;
        let next = self.last + 1;
        let opens = next < self.blocks.len() && above.saturating_add_signed(-carry) <= most;
        if opens && (letters[next] & 1 == 1 || carry < 0) {
            let rows = (self.length - next * BLOCK).min(BLOCK);
            let score = above.saturating_add_signed(-carry) + rows;
            self.blocks[next] = Block::new(score, rows - 1);
            self.blocks[next].advance(letters[next], carry);
            self.last = next;
        } else {
            while self.last > 0 && self.blocks[self.last].score >= most + BLOCK {
                self.last -= 1;
            }
        }
        let whole = self.last + 1 == self.blocks.len();
        whole.then(|| self.blocks[self.last].score)
    }
}

impl Block {
    fn new(score: usize, last_row: usize) -> Self {
        Self {
            more: u64::MAX,
            less: 0,
            score,
            high: 1 << last_row,
        }
    }

    /// One step of the algorithm: `carry` is the horizontal difference in the row above, the result
    /// that in the last row.
    fn advance(&mut self, letters: u64, carry: isize) -> isize {
        let down = letters | self.less;
        let letters = letters | u64::from(carry < 0);
        let across = ((letters & self.more).wrapping_add(self.more) ^ self.more) | letters;
        let mut more = self.less | !(across | self.more);
        let mut less = self.more & across;
        let along = isize::from(more & self.high != 0) - isize::from(less & self.high != 0);
        more = more << 1 | u64::from(carry > 0);
        less = less << 1 | u64::from(carry < 0);
        self.more = less | !(down | more);
        self.less = more & down;
        self.score = self.score.saturating_add_signed(along);
        along
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    /// The same from the table of edit distances itself (Sellers, 1980).
    fn sellers(text: &[char], pattern: &[char], most: usize) -> Vec<(usize, usize)> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut ends = Vec::new();
        for (at, character) in text.iter().enumerate() {
            let mut diagonal = column[0];
            for row in 1..column.len() {
                let swap = diagonal + usize::from(pattern[row - 1] != *character);
                diagonal = column[row];
                column[row] = swap.min(diagonal + 1).min(column[row - 1] + 1);
            }
            ends.push((at + 1, column[pattern.len()]));
        }
        let fewest = ends.iter().map(|end| end.1).min().unwrap_or(usize::MAX);
        ends.retain(|end| end.1 == fewest && fewest <= most);
        ends
    }

    #[test]
    fn it_finds_what_the_table_finds() {
        let mut seed = Seed(3);
        for _ in 0..400 {
            let letters = *seed.pick(&[2, 4, 26]);
            let length = seed.between(1, 400);
            let letter = |seed: &mut Seed| char::from(b'a' + seed.next(letters) as u8);
            let text: Vec<char> = (0..length).map(|_| letter(&mut seed)).collect();
            let from = seed.index(length);
            let mut pattern = text[from..seed.between(from, length)].to_vec();
            for _ in 0..seed.index(pattern.len() / 3 + 2) {
                pattern.insert(seed.index(pattern.len() + 1), letter(&mut seed));
            }
            if pattern.is_empty() {
                continue;
            }
            let most = seed.index(pattern.len() + 1);
            let found = best_ends(text.iter(), &pattern, most);
            assert_eq!(
                found,
                sellers(&text, &pattern, most),
                "{text:?} {pattern:?} {most}"
            );
        }
    }

    #[test]
    fn a_place_is_as_long_as_it_may_be() {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        let found = best_matches(&letters("on the old bripge now"), &letters("old bridge"), 5);
        assert_eq!(
            found,
            [Match {
                place: 7..17,
                errors: 1
            }]
        );
        assert_eq!(fewest_errors(&letters("abc"), &letters("xbz")), 2);
        assert_eq!(best_matches(&letters("abc"), &letters("xyz"), 1), []);
    }
}
