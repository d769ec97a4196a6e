//! Moving the ends of a passage, by characters or by words.

use super::article::Article;
use super::graphemes::{boundary_after, boundary_before};
use super::passages::Passage;
use super::text::TextRange;

/// Bytes to either side of an end in which a word is looked for; where there is none, as in a long
/// formula, the end moves by characters.
const REACH: usize = 600;

/// One of the ends of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// How far an end moves at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// By a grapheme cluster.
    Character,
    /// To the next word's edge on the same side.
    Word,
}

impl End {
    /// The byte of this end.
    pub fn of(self, range: TextRange) -> u32 {
        match self {
            Self::Start => range.start(),
            Self::End => range.end(),
        }
    }

    /// Returns a range with this end elsewhere; `None` if nothing would be between its ends.
    fn at(self, range: TextRange, byte: usize) -> Option<TextRange> {
        let (start, end) = match self {
            Self::Start => (byte, range.end() as usize),
            Self::End => (range.start() as usize, byte),
        };
        (start < end).then(|| TextRange::from_usize(start, end))
    }
}

/// Returns a passage with one end a step further; `None` if it cannot move so. `words` returns the
/// offsets in bytes at which the words of a text, and what is between them, end.
pub fn moved(
    article: &Article,
    range: TextRange,
    (end, step, forward): (End, Step, bool),
    words: &dyn Fn(&str) -> Vec<usize>,
) -> Option<TextRange> {
    let text = article.text();
    let mut at = end.of(range) as usize;
    loop {
        let by_word = (step == Step::Word)
            .then(|| edge(text, at, end, forward, words))
            .flatten();
        at = by_word.or_else(|| match forward {
            true => boundary_after(text, at),
            false => boundary_before(text, at),
        })?;
        let passage = Passage::of(article, end.at(range, at)?)?.range();
        // White space at its ends is no part of a passage.
        if passage != range {
            return Some(passage);
        }
    }
}

/// Returns a passage with one end at a byte, on the edge of the word there unless it is to be
/// `exact`; `None` if it would be empty.
pub fn placed(
    article: &Article,
    range: TextRange,
    (end, byte, exact): (End, u32, bool),
    words: &dyn Fn(&str) -> Vec<usize>,
) -> Option<TextRange> {
    let text = article.text();
    let at = byte as usize;
    let place = match (exact, end) {
        (true, _) => at,
        // An end inside a word, or at its edge, takes the word in.
        (_, End::Start) => {
            let after = text.ceil_char_boundary(at + 1);
            edge(text, after, end, false, words).unwrap_or(at)
        }
        (_, End::End) => {
            let before = text.floor_char_boundary(at.saturating_sub(1));
            edge(text, before, end, true, words).unwrap_or(at)
        }
    };
    Some(Passage::of(article, end.at(range, place)?)?.range())
}

/// Returns the next place in a direction where a word begins or ends.
fn edge(
    text: &str,
    at: usize,
    end: End,
    forward: bool,
    words: &dyn Fn(&str) -> Vec<usize>,
) -> Option<usize> {
    let from = white_space_before(text, text.floor_char_boundary(at.saturating_sub(REACH)));
    let to = text.ceil_char_boundary(at.saturating_add(REACH).min(text.len()));
    let part = text.get(from..to)?;
    let mut start = 0;
    let edges = words(part).into_iter().filter_map(|stop| {
        let (begin, word) = (start, part.get(start..stop)?);
        start = stop;
        let is_word = word.chars().any(char::is_alphanumeric);
        // The last one may go on.
        let is_whole = from + stop < to || to == text.len();
        let place = match end {
            End::Start => begin,
            End::End => stop,
        };
        (is_word && (is_whole || end == End::Start)).then_some(from + place)
    });
    match forward {
        true => edges.into_iter().find(|&place| place > at),
        false => edges.into_iter().filter(|&place| place < at).last(),
    }
}

/// Returns a place at or before another one at which no word goes on, unless it is long.
fn white_space_before(text: &str, at: usize) -> usize {
    let least = text.floor_char_boundary(at.saturating_sub(REACH));
    text[least..at]
        .rfind(char::is_whitespace)
        .map_or(at, |place| least + place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::model::article::builder::ArticleBuilder;
    use crate::model::article::{Description, Source, Tag};

    fn article(paragraphs: &[&str]) -> Article {
        let mut builder = ArticleBuilder::new();
        for words in paragraphs {
            builder.element(Tag::P, words);
        }
        let description = Description::new(Source::Pasted, "Ends");
        builder.finish(description).expect("it is an article")
    }

    fn words(text: &str) -> Vec<usize> {
        let words = text.split_word_bound_indices();
        words.map(|(at, word)| at + word.len()).collect()
    }

    /// The words of a passage after some steps of one end.
    fn after<'a>(
        article: &'a Article,
        quote: &str,
        end: End,
        step: Step,
        ways: &[bool],
    ) -> Option<&'a str> {
        let start = article.text().find(quote).expect("it is there");
        let mut range = TextRange::from_usize(start, start + quote.len());
        for &forward in ways {
            range = moved(article, range, (end, step, forward), &words)?;
        }
        range.slice(article.text())
    }

    #[test]
    fn an_end_moves_by_words_and_by_characters() {
        let article = article(&["One two, three “four” five.", "Six e\u{301}té seven."]);
        let by_word = |quote, end, ways: &[bool]| after(&article, quote, end, Step::Word, ways);
        assert_eq!(by_word("two", End::End, &[true]), Some("two, three"));
        assert_eq!(by_word("two, three", End::End, &[false]), Some("two"));
        assert_eq!(by_word("three", End::Start, &[false]), Some("two, three"));
        assert_eq!(by_word("two, three", End::Start, &[true]), Some("three"));
        assert_eq!(by_word("three", End::End, &[true]), Some("three “four"));
        // Over the end of a paragraph, and back.
        assert_eq!(by_word("five", End::End, &[true]), Some("five.\nSix"));
        assert_eq!(by_word("five", End::End, &[true, false]), Some("five"));
        // One word is the least.
        assert_eq!(by_word("two", End::End, &[false]), None);
        assert_eq!(by_word("One", End::Start, &[false]), None);
        let by_letter =
            |quote, end, ways: &[bool]| after(&article, quote, end, Step::Character, ways);
        assert_eq!(by_letter("One", End::End, &[true]), Some("One t"));
        assert_eq!(by_letter("Six", End::End, &[true]), Some("Six e\u{301}"));
        assert_eq!(by_letter("two", End::Start, &[true, true]), Some("o"));
        assert_eq!(by_letter("two", End::Start, &[true, true, true]), None);
        assert_eq!(by_letter("three", End::Start, &[false]), Some(", three"));
    }

    #[test]
    fn an_end_that_is_put_into_a_word_takes_the_word_in() {
        let article = article(&["One two, three four five."]);
        let at = |quote: &str, end, byte, exact| {
            let start = article.text().find(quote).expect("it is there");
            let range = TextRange::from_usize(start, start + quote.len());
            placed(&article, range, (end, byte, exact), &words)?.slice(article.text())
        };
        assert_eq!(at("two", End::End, 11, false), Some("two, three"));
        assert_eq!(at("two", End::End, 14, false), Some("two, three"));
        assert_eq!(at("two", End::End, 11, true), Some("two, th"));
        assert_eq!(at("four", End::Start, 10, false), Some("three four"));
        assert_eq!(at("four", End::Start, 9, false), Some("three four"));
        assert_eq!(at("four", End::Start, 5, true), Some("wo, three four"));
        // The other end stays where it is.
        assert_eq!(at("three", End::End, 2, false), None);
        assert_eq!(at("three", End::Start, 24, false), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn every_step_moves_one_end_on(
            words_of_it in "[a-c漢かकि\u{301}é🇩🇪 ,.“”\u{5d0}\u{5d1}]{2,40}",
            from in 0_usize..40,
            steps in proptest::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 1..12),
        ) {
            prop_assume!(words_of_it.chars().any(char::is_alphanumeric));
            let article = article(&[&words_of_it, "The end."]);
            let from = article.text().floor_char_boundary(from.min(article.text().len()));
            let all = TextRange::from_usize(from, article.text().len());
            let passage = Passage::of(&article, all);
            prop_assume!(passage.is_some());
            let mut range = passage.expect("assumed").range();
            for (is_start, by_word, forward) in steps {
                let end = if is_start { End::Start } else { End::End };
                let step = if by_word { Step::Word } else { Step::Character };
                let Some(next) = moved(&article, range, (end, step, forward), &words) else { continue };
                prop_assert_eq!(Passage::of(&article, next).expect("a passage").range(), next);
                let (other, was) = match end {
                    End::Start => (next.end(), range.end()),
                    End::End => (next.start(), range.start()),
                };
                prop_assert_eq!(other, was);
                prop_assert_eq!(end.of(next) > end.of(range), forward);
                range = next;
            }
        }
    }
}
