//! The headings of an article: its outline, and the reader's place in it.

use super::article::{Article, Piece};
use super::text::TextRange;

/// Fewest headings of an outline; a single heading leads nowhere.
pub const LEAST: usize = 2;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its depth below the highest heading in the article, from 0.
    pub depth: u8,
    /// Its words.
    pub text: TextRange,
}

/// Returns the headings of an article, in order.
pub fn headings(article: &Article) -> Vec<Heading> {
    let leaves = article.leaves().iter();
    let levels = leaves.filter_map(|leaf| match &article.pieces()[leaf.pieces.start] {
        Piece::Open { tag, .. } => Some((tag.heading_level()?, leaf.text)),
        _ => None,
    });
    let mut headings: Vec<Heading> = levels
        .map(|(depth, text)| Heading { depth, text })
        .collect();
    let top = headings.iter().map(|heading| heading.depth).min();
    for heading in &mut headings {
        heading.depth -= top.unwrap_or_default();
    }
    headings
}

/// Returns the index of the heading that precedes a byte of the text; `None` above the first one.
pub fn heading_at(headings: &[Heading], byte: u32) -> Option<usize> {
    let after = headings.partition_point(|heading| heading.text.start() <= byte);
    after.checked_sub(1)
}

/// Returns the index of the heading with these words, or else of the one that shares most words with
/// them, at least half of all: a heading is found again after it was edited.
pub fn heading_named(headings: &[&str], words: &str) -> Option<usize> {
    let wanted = words_of(words);
    let shares = headings.iter().map(|heading| {
        let there = words_of(heading);
        let shared = there.iter().filter(|word| wanted.contains(word)).count();
        let (twice, all) = (shared * 2, there.len() + wanted.len());
        // In whole numbers, and so that only the same words in the same order are everything.
        match there == wanted {
            true => SAME,
            false => (twice * (SAME - 1)).checked_div(all).unwrap_or_default(),
        }
    });
    let shares: Vec<usize> = shares.collect();
    let most = shares.iter().copied().max()?;
    let first = shares.iter().position(|share| *share == most);
    first.filter(|_| most >= SAME / 2)
}

/// What equal words come to, in parts of a thousand.
const SAME: usize = 1_000;

/// The words of a heading in lower case, without punctuation.
fn words_of(heading: &str) -> Vec<String> {
    let parts = heading.split(|c: char| !c.is_alphanumeric());
    let words = parts.filter(|part| !part.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::builder::ArticleBuilder;
    use crate::model::article::{Attributes, Description, Source, Tag};

    fn article(blocks: &[(Tag, &str)]) -> Article {
        let mut builder = ArticleBuilder::new();
        for (tag, words) in blocks {
            builder.open(*tag, Attributes::none());
            builder.text(words);
            builder.close();
        }
        let description = Description::new(Source::Pasted, "");
        builder.finish(description).expect("it is well formed")
    }

    #[test]
    fn headings_are_as_deep_as_they_stand_below_the_highest() {
        let article = article(&[
            (Tag::P, "before"),
            (Tag::H2, "one"),
            (Tag::H4, "deep"),
            (Tag::P, "words"),
            (Tag::H3, "two"),
        ]);
        let headings = headings(&article);
        let of = |heading: &Heading| {
            (
                heading.depth,
                heading.text.slice(article.text()).unwrap_or_default(),
            )
        };
        let read: Vec<(u8, &str)> = headings.iter().map(of).collect();
        assert_eq!(read, [(0, "one"), (2, "deep"), (1, "two")]);
        let at = |words: &str| {
            let byte = article.text().find(words).expect("it is there");
            heading_at(&headings, byte as u32)
        };
        assert_eq!(
            (at("before"), at("words"), at("two")),
            (None, Some(1), Some(2))
        );
    }

    #[test]
    fn a_heading_is_found_again_by_its_words() {
        let headings = ["1. Of tides", "Salt", "Of the tides at night", "Salt", "—"];
        let found = |words: &str| heading_named(&headings, words);
        assert_eq!(found("Of the tides at night"), Some(2));
        assert_eq!(found("of THE tides, at night!"), Some(2));
        assert_eq!(found("The tides at night, and the moon"), Some(2));
        assert_eq!(found("Of tides"), Some(0));
        assert_eq!(found("Salt"), Some(1), "the first of several");
        assert_eq!(found("Of kilns"), None);
        assert_eq!(found(""), Some(4));
        assert_eq!(heading_named(&[], "Salt"), None);
    }
}
