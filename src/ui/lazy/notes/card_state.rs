//! What a card says about its note's anchor.

use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, Attachment};
use crate::model::article::Article;
use crate::model::placements::{AnchorStatus, Placed, Unanchored};
use crate::model::text::{TextRange, shortened};

/// Maximum length of the words that are in a place now, in code points.
const SHOWN_WORDS: usize = 240;

/// The state of a note's anchor, with the words that its card shows.
#[derive(Clone, PartialEq)]
pub enum CardState {
    /// On a passage without doubt, or on none.
    Certain {
        /// True if it is in another place than before.
        moved: bool,
        /// The words where the reader attached the note, if they differ from its quote.
        now: Option<String>,
        /// True if the reader may say that the place is wrong.
        detachable: bool,
    },
    /// On changed words; `None` for a passage too long to compare.
    Changed { now: Option<String> },
    /// On a gap, with what is in it now.
    Replaced { now: String },
    /// In one of `count` places; `place` is the index of the one being looked at.
    Ambiguous { place: usize, count: usize },
    /// In no place.
    Lost {
        /// The words of a place that is somewhat similar.
        suggestion: Option<String>,
        /// True if the reader has not yet confirmed that it has no place.
        open: bool,
    },
}

impl CardState {
    /// The state about which a card says nothing.
    pub const PLAIN: Self = Self::Certain {
        moved: false,
        now: None,
        detachable: false,
    };

    /// Returns the state of a note that has a place.
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

    /// Returns the state of a note without a place; `place` is the one looked at, if it is chosen.
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

    /// True if a button on the card can make a selection the note's passage.
    pub fn wants_selection(&self) -> bool {
        matches!(
            self,
            Self::Replaced { .. } | Self::Ambiguous { .. } | Self::Lost { .. }
        )
    }
}

/// Returns what stood before and after a note's words.
pub fn surroundings(annotation: &Annotation) -> Option<(&str, &str)> {
    let quote = annotation.target.quote.as_ref()?;
    let (before, after) = (&*quote.prefix, &*quote.suffix);
    (!(before.is_empty() && after.is_empty())).then_some((before, after))
}
