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
}
