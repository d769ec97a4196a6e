//! The rules by which an answer is judged: those of `judge-anchoring.py`, with which the goals of
//! anchoring were set.

use std::collections::HashSet;
use std::ops::Range;

use super::document::is_word;
use super::truth::Fate;

/// Code points other than white space by which an end may be off and still count as right.
const SLACK: u32 = 2;
/// Code points around a gap in which an answer to a deleted quote is harmless.
const AROUND_GAP: u32 = 6;

/// Three consecutive words in lower case.
type Trigram = [String; 3];

/// The new text, prepared for judging.
pub struct Ground {
    /// Number of characters other than white space before each code point.
    ink: Vec<u32>,
    trigrams: HashSet<Trigram>,
}

/// The judgement of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A surviving quote whose answer shares at least half with the true place.
    Found {
        /// True if both ends are right.
        precise: bool,
    },
    /// A surviving quote whose answer overlaps the true place by less.
    Grazed,
    /// A surviving quote whose answer does not overlap the true place.
    Wrong,
    /// A surviving quote without an answer.
    Missed,
    /// A deleted quote.
    Deleted {
        /// True if the answer is not in the gap.
        misplaced: bool,
        /// True if none of its trigrams occurs in the new text.
        gone: bool,
    },
    /// Not scored.
    Unclear,
}

impl Ground {
    /// Prepares the judging of answers in a new text.
    pub fn of(new: &str) -> Self {
        let mut ink = vec![0];
        let mut count = 0;
        for character in new.chars() {
            count += u32::from(!character.is_whitespace());
            ink.push(count);
        }
        let trigrams = trigrams(new).into_iter().collect();
        Self { ink, trigrams }
    }

    /// Judges the answer for a quote, in code points.
    pub fn judge(&self, quote: &str, fate: &Fate, answer: Option<&Range<u32>>) -> Verdict {
        match fate {
            Fate::Unclear => Verdict::Unclear,
            Fate::Survives(place) => {
                answer.map_or(Verdict::Missed, |answer| self.survivor(answer, place))
            }
            Fate::Deleted(gap) => {
                let grams = trigrams(quote);
                let gone =
                    !grams.is_empty() && grams.iter().all(|gram| !self.trigrams.contains(gram));
                let misplaced = answer.is_some_and(|answer| self.is_beside(answer, gap));
                Verdict::Deleted { misplaced, gone }
            }
        }
    }

    fn survivor(&self, answer: &Range<u32>, place: &Range<u32>) -> Verdict {
        let both = self.shared(answer, place);
        let union = self.length(answer) + self.length(place) - both;
        if both == 0 {
            return Verdict::Wrong;
        }
        if both * 2 < union {
            return Verdict::Grazed;
        }
        let near = |one, other| self.ink(one).abs_diff(self.ink(other)) <= SLACK;
        let precise = near(answer.start, place.start) && near(answer.end, place.end);
        Verdict::Found { precise }
    }

    /// True if less than half of an answer lies in a gap or near it.
    fn is_beside(&self, answer: &Range<u32>, gap: &Range<u32>) -> bool {
        let last = self.ink.len() as u32 - 1;
        let wide = gap.start.saturating_sub(AROUND_GAP)..(gap.end + AROUND_GAP).min(last);
        self.shared(answer, &wide) * 2 < self.length(answer).max(1)
    }

    fn ink(&self, at: u32) -> u32 {
        self.ink[(at as usize).min(self.ink.len() - 1)]
    }

    fn length(&self, range: &Range<u32>) -> u32 {
        self.ink(range.end) - self.ink(range.start)
    }

    fn shared(&self, one: &Range<u32>, other: &Range<u32>) -> u32 {
        let common = one.start.max(other.start)..one.end.min(other.end);
        if common.is_empty() {
            0
        } else {
            self.length(&common)
        }
    }
}

/// All trigrams; a punctuation mark counts as a word.
fn trigrams(text: &str) -> Vec<Trigram> {
    let mut words: Vec<String> = Vec::new();
    let mut in_word = false;
    for character in text.chars() {
        let joins = is_word(character);
        match words.last_mut().filter(|_| joins && in_word) {
            Some(word) => word.extend(character.to_lowercase()),
            None if character.is_whitespace() => {}
            None => words.push(character.to_lowercase().collect()),
        }
        in_word = joins;
    }
    let rows = words.windows(3);
    rows.map(|row| [row[0].clone(), row[1].clone(), row[2].clone()])
        .collect()
}

/// Counts of verdicts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub survives: usize,
    pub found: usize,
    pub precise: usize,
    pub wrong: usize,
    pub missed: usize,
    pub deleted: usize,
    pub misplaced: usize,
    pub gone: usize,
    pub gone_placed: usize,
}

impl Tally {
    /// Counts a verdict.
    pub fn add(&mut self, verdict: Verdict) {
        let deleted = matches!(verdict, Verdict::Deleted { .. });
        self.deleted += usize::from(deleted);
        self.survives += usize::from(!deleted && verdict != Verdict::Unclear);
        match verdict {
            Verdict::Found { precise } => {
                self.found += 1;
                self.precise += usize::from(precise);
            }
            Verdict::Wrong => self.wrong += 1,
            Verdict::Missed => self.missed += 1,
            Verdict::Deleted { misplaced, gone } => {
                self.misplaced += usize::from(misplaced);
                self.gone += usize::from(gone);
                self.gone_placed += usize::from(gone && misplaced);
            }
            Verdict::Grazed | Verdict::Unclear => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: &str = "The old bridge stands.\nNobody paints the new one any more.";

    fn judge(quote: &str, fate: Fate, answer: Option<Range<u32>>) -> Verdict {
        Ground::of(NEW).judge(quote, &fate, answer.as_ref())
    }

    #[test]
    fn a_survivor_is_found_where_it_shares_half_with_the_truth() {
        let quote = |answer| judge("old bridge", Fate::Survives(4..14), answer);
        assert_eq!(quote(Some(4..14)), Verdict::Found { precise: true });
        // White space at an end does not count, and an error of two letters is accepted.
        assert_eq!(quote(Some(3..15)), Verdict::Found { precise: true });
        assert_eq!(quote(Some(4..12)), Verdict::Found { precise: true });
        assert_eq!(quote(Some(4..11)), Verdict::Found { precise: false });
        assert_eq!(quote(Some(4..7)), Verdict::Grazed);
        assert_eq!(quote(Some(0..3)), Verdict::Wrong);
        assert_eq!(quote(Some(14..14)), Verdict::Wrong);
        assert_eq!(quote(None), Verdict::Missed);
    }

    #[test]
    fn a_deleted_quote_may_be_given_the_gap_and_no_other_place() {
        let quote = |words, answer| judge(words, Fate::Deleted(22..23), answer);
        let placed = |misplaced, gone| Verdict::Deleted { misplaced, gone };
        assert_eq!(quote("It hums at night.", None), placed(false, true));
        assert_eq!(
            quote("It hums at night.", Some(20..27)),
            placed(false, true)
        );
        assert_eq!(quote("It hums at night.", Some(0..14)), placed(true, true));
    }

    #[test]
    fn a_quote_is_gone_when_no_three_words_in_a_row_are_left() {
        let gone = |words| match judge(words, Fate::Deleted(22..23), None) {
            Verdict::Deleted { gone, .. } => gone,
            other => panic!("{other:?}"),
        };
        assert!(gone("the new two any less"));
        assert!(!gone("PAINTS THE NEW"));
        // Punctuation marks count as words, and two words make no trigram.
        assert!(!gone("stands. Nobody"));
        assert!(!gone("no words"));
    }

    #[test]
    fn verdicts_are_counted() {
        let mut tally = Tally::default();
        let deleted = Verdict::Deleted {
            misplaced: true,
            gone: true,
        };
        for verdict in [
            Verdict::Found { precise: false },
            Verdict::Grazed,
            Verdict::Unclear,
            deleted,
        ] {
            tally.add(verdict);
        }
        let expected = Tally {
            survives: 2,
            found: 1,
            deleted: 1,
            misplaced: 1,
            gone: 1,
            gone_placed: 1,
            ..Tally::default()
        };
        assert_eq!(tally, expected);
    }
}
