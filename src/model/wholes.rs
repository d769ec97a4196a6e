//! What can be marked as a whole: tables, figures, code and formulas.

use super::article::{Article, Piece, Tag};
use super::passages::Passage;
use super::text::TextRange;

/// A kind of thing that is marked as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// A table with its caption.
    Table,
    /// A figure: its words, such as the caption, stand for the picture too.
    Figure,
    /// Preformatted text.
    Code,
    /// A formula.
    Formula,
}

impl Whole {
    fn of(tag: Tag) -> Option<Self> {
        Some(match tag {
            Tag::Table => Self::Table,
            Tag::Figure => Self::Figure,
            Tag::Pre => Self::Code,
            Tag::Math | Tag::Tex => Self::Formula,
            _ => return None,
        })
    }
}

/// Returns the innermost whole around a range of the text that is more than the range itself, and
/// the passage with all its words.
pub fn whole_around(article: &Article, range: TextRange) -> Option<(Whole, TextRange)> {
    // For each open element its kind, and where its words begin.
    let mut open: Vec<(Option<Whole>, Option<u32>)> = Vec::new();
    let mut offset = 0;
    for piece in article.pieces() {
        match piece {
            Piece::Open { tag, .. } => open.push((Whole::of(*tag), None)),
            Piece::Text(_) | Piece::Break => {
                for (_, start) in &mut open {
                    start.get_or_insert(offset);
                }
            }
            Piece::Separator(_) => {}
            Piece::Close => {
                let Some((Some(whole), Some(start))) = open.pop() else {
                    continue;
                };
                if start > range.start() || offset < range.end() {
                    continue;
                }
                let passage = Passage::of(article, TextRange::new(start, offset));
                let words = passage.map(Passage::range);
                let words = words.filter(|words| {
                    *words != range && words.start() <= range.start() && range.end() <= words.end()
                });
                if let Some(words) = words {
                    return Some((whole, words));
                }
            }
        }
        offset += piece.length();
        // What begins later is not around the range: most of a long article is never walked.
        let may_be = |(whole, start): &(Option<Whole>, Option<u32>)| {
            whole.is_some() && start.is_some_and(|start| start <= range.start())
        };
        if offset > range.end() && !open.iter().any(may_be) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::builder::ArticleBuilder;
    use crate::model::article::{Attributes, Description, Source};

    /// A figure that holds a table of two cells and a caption, between paragraphs, then code and a
    /// paragraph with a formula.
    fn article() -> Article {
        let mut builder = ArticleBuilder::new();
        let mut leaf = |tags: &[Tag], words: &str, closed: usize| {
            for tag in tags {
                builder.open(*tag, Attributes::none());
            }
            builder.text(words);
            for _ in 0..closed {
                builder.close();
            }
        };
        leaf(&[Tag::P], "before", 1);
        leaf(
            &[Tag::Figure, Tag::Table, Tag::Tbody, Tag::Tr, Tag::Td],
            "clay",
            1,
        );
        leaf(&[Tag::Td], "ash", 4);
        leaf(&[Tag::Figcaption], "What it is made of", 2);
        leaf(&[Tag::Pre], "fire();\nwait();\n", 1);
        leaf(&[Tag::P], "where ", 0);
        leaf(&[Tag::Math, Tag::Mi], "x", 2);
        leaf(&[], " is heat", 1);
        let description = Description::new(Source::Pasted, "");
        builder.finish(description).expect("it is well formed")
    }

    /// What is around the first occurrence of some words.
    fn around(words: &str) -> Option<(Whole, String)> {
        let article = article();
        let start = article.text().find(words).expect("they are there");
        let range = TextRange::from_usize(start, start + words.len());
        let (whole, range) = whole_around(&article, range)?;
        let words = range.slice(article.text()).expect("whole characters");
        Some((whole, words.to_owned()))
    }

    #[test]
    fn the_innermost_whole_is_found_and_then_the_one_around_it() {
        for (words, whole) in [
            ("cla", Some((Whole::Table, "clay\tash"))),
            (
                "clay\tash",
                Some((Whole::Figure, "clay\tash\nWhat it is made of")),
            ),
            (
                "made",
                Some((Whole::Figure, "clay\tash\nWhat it is made of")),
            ),
            ("clay\tash\nWhat it is made of", None),
            ("wait", Some((Whole::Code, "fire();\nwait();"))),
            ("fire();\nwait();", None),
            ("x", None),
            ("before", None),
            ("where x is", None),
        ] {
            let expected = whole.map(|(whole, words)| (whole, words.to_owned()));
            assert_eq!(around(words), expected, "{words}");
        }
    }

    #[test]
    fn a_place_in_a_formula_means_the_formula() {
        let article = article();
        let at = article.text().find("x is").expect("it is there") as u32;
        let found = whole_around(&article, TextRange::new(at, at));
        assert_eq!(found, Some((Whole::Formula, TextRange::new(at, at + 1))));
    }
}
