//! The reader's words in a document: what an export that is read by people says beside the notes.

use serde::{Deserialize, Serialize};

use crate::model::annotation::Colour;

/// Words in the reader's language, which only the interface knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    /// The heading of the notes on the article as a whole.
    pub whole: String,
    /// The heading of the notes whose passages are not in the article.
    pub unplaced: String,
    /// What stands before a note's tags.
    pub tags: String,
    /// What a link to a passage is called.
    pub link: String,
    /// The language of these words (BCP 47).
    pub language: String,
    /// What a note is called, before its number.
    pub note: String,
    /// What a picture without a description is called.
    pub picture: String,
    /// What stands at the end of a page with an article and its notes.
    pub made_by: String,
    /// The names of the colours, in the order of [`Colour::ALL`].
    pub colours: Vec<String>,
}

impl Wording {
    /// The name of a colour in the reader's language.
    pub fn colour(&self, colour: Colour) -> &str {
        let name = self.colours.get(colour as usize);
        name.map_or_else(|| colour.name(), String::as_str)
    }
}
