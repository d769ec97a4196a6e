//! Passages that a reader might have highlighted, half of them near an edit.

use std::ops::Range;

use super::document::{Document, Rendered};
use super::editor::{Edit, Kind};
use super::truth::{Fate, Truth};
use crate::seed::Seed;

/// Maximum length of a long quote, in code points.
const LONGEST: u32 = 3_000;
/// Number of tokens beside a quote that count as its neighbourhood.
const NEAR: usize = 2;

/// Number of attempts to pick a passage that is not yet a quote.
const TRIES: usize = 5;

/// The extent of a highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Word,
    Phrase,
    Sentence,
    Paragraph,
    Long,
}

impl Class {
    /// Every class with its number of quotes in an article, in the proportions of the corpora.
    pub const ALL: [(Self, usize); 5] = [
        (Self::Word, 2),
        (Self::Phrase, 6),
        (Self::Sentence, 12),
        (Self::Paragraph, 6),
        (Self::Long, 2),
    ];

    /// The name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Phrase => "phrase",
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Long => "long",
        }
    }
}

/// A quote and its fate.
pub struct Quote {
    pub class: Class,
    /// Place in the old text, in code points.
    pub place: Range<u32>,
    pub fate: Fate,
    /// Kinds of the edits that touched it or its neighbourhood.
    pub kinds: Vec<Kind>,
}

/// An article to pick passages from.
pub struct Picker {
    tokens: Vec<TokenAt>,
    paragraphs: Vec<Range<usize>>,
}

/// The properties of a token that a picker uses.
struct TokenAt {
    place: Range<u32>,
    opens: bool,
    is_word: bool,
    is_spaceless: bool,
}

impl Picker {
    /// Prepares an article for picking.
    pub fn of(document: &Document, rendered: &Rendered) -> Self {
        let tokens = document.paragraphs.iter().flatten();
        let tokens = tokens.zip(&rendered.tokens);
        Self {
            tokens: tokens
                .map(|(token, placed)| TokenAt {
                    place: placed.start..placed.end,
                    opens: token.opens,
                    is_word: token.is_word(),
                    is_spaceless: token.is_spaceless(),
                })
                .collect(),
            paragraphs: document.paragraph_ranges(),
        }
    }

    /// Quotes of every class with their fates, every other one near an edit.
    pub fn quotes(&self, truth: &Truth, edits: &[Edit], seed: &mut Seed) -> Vec<Quote> {
        let mut quotes: Vec<Quote> = Vec::new();
        for (class, count) in Class::ALL {
            for number in 0..count {
                let mut candidate = || {
                    let edit = (!edits.is_empty() && number % 2 == 0).then(|| seed.pick(edits));
                    let anywhere = seed.index(self.tokens.len());
                    let near = edit.map_or(anywhere, |edit| *seed.pick(&edit.touched));
                    self.pick(class, near, seed)
                };
                let is_new = |tokens: &Range<usize>| {
                    let place = self.place(tokens);
                    quotes.iter().all(|quote| quote.place != place)
                };
                let tokens = (0..TRIES).map(|_| candidate()).find(is_new);
                quotes.extend(tokens.map(|tokens| Quote {
                    class,
                    place: self.place(&tokens),
                    fate: truth.fate(&tokens),
                    kinds: kinds(edits, &tokens),
                }));
            }
        }
        quotes
    }

    /// The place of some tokens, in code points.
    pub fn place(&self, tokens: &Range<usize>) -> Range<u32> {
        self.tokens[tokens.start].place.start..self.tokens[tokens.end - 1].place.end
    }

    /// A passage of a class that contains a token.
    pub fn pick(&self, class: Class, near: usize, seed: &mut Seed) -> Range<usize> {
        let paragraph = self.paragraphs.partition_point(|range| range.end <= near);
        let range = &self.paragraphs[paragraph];
        match class {
            Class::Word => self.word(near, range, seed),
            Class::Phrase => {
                let most = if self.tokens[near].is_spaceless {
                    16
                } else {
                    8
                };
                let sentence = self.sentence(near, range);
                within(&sentence, near, seed.between(2, most), seed)
            }
            Class::Sentence => {
                let sentence = self.sentence(near, range);
                let two = seed.percent(20) && sentence.end < range.end;
                let end = if two {
                    self.sentence(sentence.end, range).end
                } else {
                    sentence.end
                };
                sentence.start..end
            }
            // A heading is taken together with the paragraph below it.
            Class::Paragraph if self.sentence(near, range) == *range => {
                let next = (paragraph + 1).min(self.paragraphs.len() - 1);
                range.start..self.paragraphs[next].end
            }
            Class::Paragraph => range.clone(),
            Class::Long => self.long(paragraph, seed),
        }
    }

    /// A word, or two to four graphemes.
    fn word(&self, near: usize, paragraph: &Range<usize>, seed: &mut Seed) -> Range<usize> {
        if self.tokens[near].is_spaceless {
            return within(
                &self.sentence(near, paragraph),
                near,
                seed.between(2, 4),
                seed,
            );
        }
        let word = (near..paragraph.end).find(|&at| self.tokens[at].is_word);
        let at = word.unwrap_or(near);
        at..at + 1
    }

    fn sentence(&self, near: usize, paragraph: &Range<usize>) -> Range<usize> {
        let opens = |&at: &usize| self.tokens[at].opens;
        let start = (paragraph.start..near + 1).rev().find(opens);
        let end = (near + 1..paragraph.end).find(opens);
        start.unwrap_or(paragraph.start)..end.unwrap_or(paragraph.end)
    }

    /// Several paragraphs, as many as fit into the longest quote.
    fn long(&self, paragraph: usize, seed: &mut Seed) -> Range<usize> {
        let from = paragraph.saturating_sub(seed.index(3));
        let most = seed.between(3, 9);
        let start = self.paragraphs[from].start;
        let ends = self.paragraphs[from..]
            .iter()
            .take(most)
            .map(|range| range.end);
        let length = |end: usize| {
            let place = self.place(&(start..end));
            place.end - place.start
        };
        let end = ends.take_while(|&end| length(end) <= LONGEST).last();
        start..end.unwrap_or(self.paragraphs[from].end)
    }
}

/// `length` tokens of a sentence that include a certain one, or all if it has fewer.
fn within(sentence: &Range<usize>, near: usize, length: usize, seed: &mut Seed) -> Range<usize> {
    let length = length.min(sentence.len());
    let first = (near + 1).saturating_sub(length).max(sentence.start);
    let last = near.min(sentence.end - length);
    let start = seed.between(first, last);
    start..start + length
}

fn kinds(edits: &[Edit], quote: &Range<usize>) -> Vec<Kind> {
    let wide = quote.start.saturating_sub(NEAR)..quote.end + NEAR;
    let touches = |edit: &&Edit| edit.touched.iter().any(|token| wide.contains(token));
    let kind = |kind: &Kind| {
        let mut those = edits.iter().filter(|edit| edit.kind == *kind);
        those.any(|edit| touches(&edit))
    };
    Kind::ALL.into_iter().filter(kind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::document::tokens;

    #[test]
    fn passages_hold_the_token_that_was_asked_for() {
        let paragraph = [tokens("One two three.", ""), tokens("Four five.", " ")].concat();
        let paragraphs = vec![tokens("Title", ""), paragraph];
        let mut document = Document { paragraphs };
        let count = document.number();
        let picker = Picker::of(&document, &document.render());
        let mut seed = Seed(1);
        for near in 0..count {
            for (class, _) in Class::ALL {
                let picked = picker.pick(class, near, &mut seed);
                let word = class == Class::Word && picked.start == near + 1;
                assert!(picked.contains(&near) || word || class == Class::Long);
                assert!(picked.end <= count);
            }
        }
        assert_eq!(picker.pick(Class::Sentence, 0, &mut seed), 0..1);
        assert_eq!(picker.pick(Class::Paragraph, 0, &mut seed), 0..8);
        assert_eq!(picker.place(&(5..8)), 21..31);
    }
}
