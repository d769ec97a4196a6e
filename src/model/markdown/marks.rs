//! Highlights in an article that is written as Markdown: where words are marked, and after which a
//! footnote is referred to.

use crate::model::text::TextRange;

/// A passage that is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight {
    /// Its place in the text.
    pub range: TextRange,
    /// The number of its footnote, from 1, if it has one.
    pub footnote: Option<usize>,
}

/// A stretch of words within one piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch<'a> {
    pub words: &'a str,
    /// True if they are part of a passage.
    pub is_marked: bool,
    /// The footnotes of the passages that end with them.
    pub footnotes: Vec<usize>,
}

/// The passages of an article, those that overlap as one.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// In order, and no two of them touch.
    ranges: Vec<TextRange>,
    /// Where passages end, with their footnotes, in order.
    ends: Vec<(u32, usize)>,
}

impl Marks {
    pub fn of(highlights: &[Highlight]) -> Self {
        let mut all: Vec<TextRange> = highlights.iter().map(|one| one.range).collect();
        all.sort();
        let mut ranges: Vec<TextRange> = Vec::new();
        for range in all.into_iter().filter(|range| !range.is_empty()) {
            match ranges.last_mut() {
                Some(last) if range.start() <= last.end() => {
                    *last = TextRange::new(last.start(), last.end().max(range.end()));
                }
                _ => ranges.push(range),
            }
        }
        let ends = highlights.iter().filter(|one| !one.range.is_empty());
        let ends = ends.filter_map(|one| Some((one.range.end(), one.footnote?)));
        let mut ends: Vec<(u32, usize)> = ends.collect();
        ends.sort();
        ends.dedup();
        Self { ranges, ends }
    }

    /// Parts words that begin at a byte of the text where passages begin and end. What cannot be
    /// parted, as code cannot, is marked only if all of it is.
    pub fn part<'a>(&self, words: &'a str, at: usize, can_be_parted: bool) -> Vec<Stretch<'a>> {
        let whole = TextRange::from_usize(at, at + words.len());
        let first = self
            .ranges
            .partition_point(|range| range.end() <= whole.start());
        let within = self.ranges[first..].iter();
        let within = within.take_while(|range| range.start() < whole.end());
        let first = self.ends.partition_point(|(end, _)| *end <= whole.start());
        let ends = self.ends[first..].iter();
        let ends: Vec<(u32, usize)> = ends
            .take_while(|(end, _)| *end <= whole.end())
            .copied()
            .collect();
        let mut cuts = vec![whole.end()];
        if can_be_parted {
            cuts.extend(
                within
                    .clone()
                    .flat_map(|range| [range.start(), range.end()]),
            );
            cuts.extend(ends.iter().map(|(end, _)| *end));
            cuts.retain(|cut| (whole.start() + 1..=whole.end()).contains(cut));
            cuts.sort_unstable();
            cuts.dedup();
        }
        let mut start = whole.start();
        let stretch = |end: u32| {
            let range = TextRange::new(start, end);
            let words = words.get(range.start() as usize - at..range.end() as usize - at);
            let holds =
                |mark: &TextRange| mark.start() <= range.start() && range.end() <= mark.end();
            let is_of_it =
                |(place, _): &&(u32, usize)| (range.start() + 1..=range.end()).contains(place);
            start = end;
            Some(Stretch {
                words: words?,
                is_marked: within.clone().any(holds),
                footnotes: ends
                    .iter()
                    .filter(is_of_it)
                    .map(|(_, number)| *number)
                    .collect(),
            })
        };
        cuts.into_iter().filter_map(stretch).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(highlights: &[(u32, u32, usize)]) -> Marks {
        let of = |&(start, end, number): &(u32, u32, usize)| Highlight {
            range: TextRange::new(start, end),
            footnote: (number > 0).then_some(number),
        };
        Marks::of(&highlights.iter().map(of).collect::<Vec<_>>())
    }

    fn parted(marks: &Marks, words: &str, at: usize, can: bool) -> String {
        let stretches = marks.part(words, at, can).into_iter();
        let written = stretches.map(|stretch| {
            let sign = if stretch.is_marked { "=" } else { "" };
            let numbers: Vec<String> = stretch.footnotes.iter().map(usize::to_string).collect();
            [sign, stretch.words, sign, &numbers.join("")].concat()
        });
        written.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_are_parted_where_passages_begin_and_end() {
        let marks = marks(&[(2, 5, 1), (4, 8, 2), (10, 12, 0)]);
        assert_eq!(
            parted(&marks, "abcdefghijklmn", 0, true),
            "ab|=cde=1|=fgh=2|ij|=kl=|mn"
        );
        assert_eq!(parted(&marks, "defg", 3, true), "=de=1|=fg=");
        assert_eq!(parted(&marks, "fghij", 5, false), "fghij2");
        assert_eq!(parted(&marks, "cdefgh", 2, false), "=cdefgh=12");
        assert_eq!(parted(&Marks::default(), "ab", 7, true), "ab");
    }
}
