//! The fate of a passage, by the definitions of the corpora on which the goals were set: a quote
//! survives if at least 70 % of its tokens form one cluster, and is deleted if at most 20 % of them
//! are left anywhere; cases in between are unclear and not scored.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::document::{Placed, Rendered};

/// Percentage of a quote's tokens that must form one cluster.
const SURVIVES: usize = 70;
/// Maximum percentage of a deleted quote's tokens that are left.
const DELETED: usize = 20;
/// Maximum number of tokens between two neighbours of a cluster, or half of the quote's if that is
/// more. Of those between, at most so many may come from outside the quote without having moved:
/// a token beyond more of them was taken out of the quote.
const REACH: usize = 6;

/// The fate of a passage; places are in code points of the new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Here, from the first to the last of its tokens.
    Survives(Range<u32>),
    /// Gone; the range is the gap between its nearest neighbours.
    Deleted(Range<u32>),
    /// Too much is left for a deletion, too little for a survival.
    Unclear,
}

/// The new text, with the places in it of the old text's tokens.
pub struct Truth<'a> {
    new: &'a Rendered,
    /// Index in the new text by index in the old text.
    places: HashMap<usize, usize>,
    /// Tokens of the old text that were copied.
    copied: HashSet<usize>,
    end: u32,
}

impl<'a> Truth<'a> {
    /// Reads the truth from the origins of a new text's tokens.
    pub fn of(new: &'a Rendered) -> Self {
        let origins = new.tokens.iter().enumerate();
        Self {
            new,
            places: origins
                .filter_map(|(at, token)| Some((token.origin?, at)))
                .collect(),
            copied: new
                .tokens
                .iter()
                .filter_map(|token| token.copy_of)
                .collect(),
            end: new.tokens.last().map_or(0, |token| token.end),
        }
    }

    /// The fate of these tokens of the old text.
    pub fn fate(&self, quote: &Range<usize>) -> Fate {
        let mut left: Vec<usize> = quote
            .clone()
            .filter_map(|token| self.places.get(&token).copied())
            .collect();
        left.sort_unstable();
        let reach = REACH.max(quote.len() / 2);
        let near = |one: &usize, next: &usize| {
            next - one <= reach + 1 && self.passed(quote, one + 1..*next) <= REACH
        };
        let parts = left.chunk_by(near);
        let cluster = parts.max_by_key(|part| part.len()).unwrap_or_default();
        if cluster.len() * 100 >= quote.len() * SURVIVES {
            let place = |at: usize| self.new.tokens[at];
            let (first, last) = (cluster[0], cluster[cluster.len() - 1]);
            Fate::Survives(place(first).start..place(last).end)
        } else if left.len() * 100 <= quote.len() * DELETED && !self.is_copied(quote) {
            self.gap(quote).map_or(Fate::Unclear, Fate::Deleted)
        } else {
            Fate::Unclear
        }
    }

    /// True if so much of a quote was copied that deletion and move are indistinguishable.
    fn is_copied(&self, quote: &Range<usize>) -> bool {
        let copied = quote.clone().filter(|token| self.copied.contains(token));
        copied.count() * 100 > quote.len() * DELETED
    }

    /// Number of these tokens of the new text that come from outside the quote and did not move.
    fn passed(&self, quote: &Range<usize>, tokens: Range<usize>) -> usize {
        let outside = |token: &&Placed| {
            let origin = token.origin.filter(|_| !token.moved);
            origin.is_some_and(|origin| !quote.contains(&origin))
        };
        self.new.tokens[tokens].iter().filter(outside).count()
    }

    /// The gap between the nearest neighbours that are left; `None` if they are no longer together,
    /// so that the place of the passage cannot be told.
    fn gap(&self, quote: &Range<usize>) -> Option<Range<u32>> {
        let all = self.neighbours(quote, |_| true);
        if !self.is_filled(quote, &all) {
            return Some(self.between(&all));
        }
        let unmoved = self.neighbours(quote, |token| !token.moved);
        let apart = unmoved.0.zip(unmoved.1).is_some_and(|(a, b)| a >= b);
        (!apart).then(|| self.between(&unmoved))
    }

    fn neighbours(
        &self,
        quote: &Range<usize>,
        counts: impl Fn(&Placed) -> bool,
    ) -> (Option<usize>, Option<usize>) {
        let place = |token: usize| {
            let at = *self.places.get(&token)?;
            counts(&self.new.tokens[at]).then_some(at)
        };
        let last = self.places.keys().max().map_or(0, |last| last + 1);
        let before = (0..quote.start).rev().find_map(place);
        (before, (quote.end..last).find_map(place))
    }

    /// True if other tokens of the old text stand between the neighbours, or if these are in the
    /// wrong order.
    fn is_filled(
        &self,
        quote: &Range<usize>,
        (before, after): &(Option<usize>, Option<usize>),
    ) -> bool {
        let from = before.map_or(0, |at| at + 1);
        let to = after.unwrap_or(self.new.tokens.len());
        let other = |token: &Placed| token.origin.is_some_and(|origin| !quote.contains(&origin));
        from > to || self.new.tokens[from..to].iter().any(other)
    }

    fn between(&self, (before, after): &(Option<usize>, Option<usize>)) -> Range<u32> {
        let from = before.map_or(0, |at| self.new.tokens[at].end);
        from..after.map_or(self.end, |at| self.new.tokens[at].start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::document::{Document, Token, tokens};

    /// Renders words; `3:word` is the fourth word of the old text, `=3:word` a copy of it.
    fn rendered(words: &str) -> Rendered {
        let token = |word: &str| {
            let (origin, text) = word.split_once(':').unwrap_or(("", word));
            let copy_of = origin.strip_prefix('=').and_then(|copy| copy.parse().ok());
            let origin = origin.parse().ok();
            Token {
                origin,
                copy_of,
                ..tokens(text, " ")[0].clone()
            }
        };
        let paragraphs = vec![words.split(' ').map(token).collect()];
        Document { paragraphs }.render()
    }

    fn fate(new: &str, quote: Range<usize>) -> Fate {
        Truth::of(&rendered(new)).fate(&quote)
    }

    #[test]
    fn a_quote_survives_with_most_of_its_words_and_stands_from_the_first_to_the_last() {
        assert_eq!(fate("0:a 1:b 2:c", 1..3), Fate::Survives(2..5));
        assert_eq!(fate("0:a x 2:c 3:d 4:e", 1..5), Fate::Survives(4..9));
        assert_eq!(fate("2:c 0:a 1:b", 2..3), Fate::Survives(0..1));
    }

    #[test]
    fn a_quote_is_deleted_with_nearly_all_of_its_words_and_leaves_a_gap() {
        assert_eq!(fate("0:a 2:c", 1..2), Fate::Deleted(1..2));
        assert_eq!(fate("0:a xyz 2:c", 1..2), Fate::Deleted(1..6));
        assert_eq!(fate("2:c", 0..2), Fate::Deleted(0..0));
        assert_eq!(fate("0:a 3:d", 1..3), Fate::Deleted(1..2));
    }

    #[test]
    fn what_lies_between_is_unclear() {
        assert_eq!(fate("0:a x 3:d", 0..2), Fate::Unclear);
        let apart = "0:a 1:b x x x x x x x x 2:c 3:d";
        assert_eq!(fate(apart, 0..4), Fate::Unclear);
    }

    #[test]
    fn a_passage_that_was_copied_and_deleted_is_unclear() {
        assert_eq!(fate("0:a 2:c =1:b", 1..2), Fate::Unclear);
        assert_eq!(fate("0:a 1:b 2:c =1:b", 1..2), Fate::Survives(2..3));
    }

    #[test]
    fn what_was_taken_past_other_words_is_no_longer_of_the_quote() {
        let kept = "0:a 1:b 2:c 3:d 4:e 5:f 6:g 7:h 8:i 9:j 10:k 11:l 12:m 13:n";
        let past = format!("{kept} 20:o 21:p 22:q 23:r 24:s 25:t 26:u 14:v");
        assert_eq!(fate(&past, 0..15), Fate::Survives(0..kept_length(kept)));
        let inserted = format!("{kept} o p q r s t u 14:v");
        assert_eq!(
            fate(&inserted, 0..15),
            Fate::Survives(0..kept_length(kept) + 16)
        );
    }

    /// Length in code points of words of one letter each, with spaces between them.
    fn kept_length(words: &str) -> u32 {
        words.split(' ').count() as u32 * 2 - 1
    }

    #[test]
    fn a_gap_whose_neighbours_were_split_is_unclear() {
        assert_eq!(fate("2:c 3:d 0:a", 1..2), Fate::Unclear);
    }
}
