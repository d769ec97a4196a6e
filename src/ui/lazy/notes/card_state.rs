//! What a card tells of how its note holds on to the text.

use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, Attachment};
use crate::model::article::Article;
use crate::model::placements::{AnchorStatus, Placed, Unanchored};
use crate::model::text::{TextRange, shortened};

/// Longest part of the words that stand somewhere now, in code points.
const SHOWN_WORDS: usize = 240;

/// How a note holds on to the text, with the words that a card tells of it.
#[derive(Clone, PartialEq)]
pub enum CardState {
    /// On a passage of which nobody doubts, or on none.
    Certain {
        /// In another place than it was.
        moved: bool,
        /// The reader has put it there: the words, where they are others.
        now: Option<String>,
        /// The reader may say that it is wrong.
        detachable: bool,
    },
    /// On other words; none are told of a passage too long to compare.
    Changed { now: Option<String> },
    /// On a gap, and what stands in it.
    Replaced { now: String },
    /// In one of several places: the number of the one that is looked at, from 0, and how many.
    Ambiguous { place: usize, count: usize },
    /// In none.
    Lost {
        /// The words of a place that is somewhat like it.
        suggestion: Option<String>,
        /// The reader has not said that it is in none.
        open: bool,
    },
}

impl CardState {
    /// Nothing is to be told.
    pub const PLAIN: Self = Self::Certain {
        moved: false,
        now: None,
        detachable: false,
    };

    /// The state of a note that has a place.
    pub fn of_placed(article: &Article, placed: &Placed) -> Self {
        let words = || placed.range.slice(article.text()).unwrap_or_default();
        let quote = placed.annotation.target.quote.as_ref();
        match placed.status {
            AnchorStatus::Changed => Self::Changed {
                now: quote
                    .filter(|quote| quote.rest.is_none())
                    .map(|_| words().to_owned()),
            },
            AnchorStatus::Replaced => Self::Replaced {
                now: shortened(words().trim(), SHOWN_WORDS),
            },
            AnchorStatus::Exact | AnchorStatus::Moved => {
                let put = matches!(placed.annotation.attached, Some(Attachment::At(_)));
                let other = put && quote.is_some_and(|quote| !quote.is_of(words()));
                Self::Certain {
                    moved: placed.status == AnchorStatus::Moved,
                    now: other.then(|| shortened(words(), SHOWN_WORDS)),
                    detachable: put || placed.status == AnchorStatus::Moved,
                }
            }
        }
    }

    /// The state of a note that has none; `place` is the one looked at, if the note is chosen.
    pub fn of_unanchored(article: &Article, unanchored: &Unanchored, place: usize) -> Self {
        let words = |range: TextRange| range.slice(article.text()).unwrap_or_default();
        match &unanchored.anchor {
            Anchor::Ambiguous(places) => Self::Ambiguous {
                place,
                count: places.len(),
            },
            Anchor::Orphan { suggestion } => Self::Lost {
                suggestion: suggestion
                    .filter(|place| !place.range.is_empty())
                    .map(|place| shortened(words(place.range), SHOWN_WORDS)),
                open: unanchored.is_open(),
            },
            _ => Self::PLAIN,
        }
    }

    /// Whether a selection can be made the note's passage by a button on its card.
    pub fn wants_selection(&self) -> bool {
        matches!(
            self,
            Self::Replaced { .. } | Self::Ambiguous { .. } | Self::Lost { .. }
        )
    }
}

/// What stood around a note's words.
pub fn surroundings(annotation: &Annotation) -> Option<(&str, &str)> {
    let quote = annotation.target.quote.as_ref()?;
    let (before, after) = (&*quote.prefix, &*quote.suffix);
    (!(before.is_empty() && after.is_empty())).then_some((before, after))
}
