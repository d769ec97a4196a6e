//! The reader's selection: one passage or, where the browser allows it, several.

use std::rc::Rc;

use super::article::Article;
use super::order::sorted_once;
use super::text::{TextRange, snap_to_graphemes, trim};

/// Words of an article that a note can be on: whole characters (extended grapheme clusters), no white
/// space at the ends, at least one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage(TextRange);

impl Passage {
    /// The passage that a range means; `None` if it holds nothing but white space.
    pub fn of(article: &Article, range: TextRange) -> Option<Self> {
        let text = article.text();
        let range = snap_to_graphemes(text, trim(text, range));
        (!range.is_empty()).then_some(Self(range))
    }

    /// Its range in the text.
    pub fn range(self) -> TextRange {
        self.0
    }
}

/// One or more passages in text order, of which no two share a byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passages(Rc<[Passage]>);

impl Passages {
    /// Creates a selection from ranges in any order and merges those that overlap; `None` if there is
    /// no passage among them.
    pub fn of(article: &Article, ranges: &[TextRange]) -> Option<Self> {
        let passage = |range: &TextRange| Passage::of(article, *range);
        let all: Vec<Passage> = ranges.iter().filter_map(passage).collect();
        let mut passages: Vec<Passage> = Vec::new();
        for Passage(range) in sorted_once(&all) {
            match passages.last_mut() {
                Some(Passage(last)) if range.start() < last.end() => {
                    *last = TextRange::new(last.start(), last.end().max(range.end()));
                }
                _ => passages.push(Passage(range)),
            }
        }
        (!passages.is_empty()).then(|| Self(passages.into()))
    }

    /// The first passage in the text.
    pub fn first(&self) -> Passage {
        self.0[0]
    }

    /// All passages.
    pub fn all(&self) -> &[Passage] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::builder::ArticleBuilder;
    use crate::model::article::{Description, Source, Tag};

    fn article(words: &str) -> Article {
        let mut builder = ArticleBuilder::new();
        builder.element(Tag::P, words);
        let description = Description::new(Source::Pasted, "Passages");
        builder.finish(description).expect("it is an article")
    }

    #[test]
    fn passages_are_in_order_and_share_nothing() {
        let range = TextRange::new;
        let article = article("one two three 👨‍👩‍👧 end");
        let of = |ranges: &[TextRange]| {
            let passages = Passages::of(&article, ranges)?;
            let ranges = passages.all().iter().map(|passage| passage.range());
            Some(ranges.collect::<Vec<TextRange>>())
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[range(3, 4)]), None);
        let three = [range(8, 13), range(0, 5), range(4, 8)];
        assert_eq!(of(&three), Some(vec![range(0, 7), range(8, 13)]));
        let beside = [range(0, 2), range(2, 3)];
        assert_eq!(of(&beside), Some(beside.to_vec()));
        let inside_family = of(&[range(18, 21)]).expect("a character");
        assert_eq!(inside_family[0].slice(article.text()), Some("👨‍👩‍👧"));
    }
}
