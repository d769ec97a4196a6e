//! The inputs and outputs of the importers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Census;
use crate::model::article::{Article, Malformed, Source};

/// The format of a text, or of its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Plain text.
    Plain,
    /// Markdown, possibly with HTML in it.
    Markdown,
    /// HTML.
    Html,
    /// A saved page with its parts in one file, as browsers write it.
    Mhtml,
    /// A book in the EPUB format.
    Epub,
}

impl Kind {
    /// The kinds of text that can be pasted.
    pub const PASTED: [Self; 3] = [Self::Plain, Self::Markdown, Self::Html];

    /// The kind's name in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Epub => "epub",
        }
    }

    /// Returns the kind of pasted text with a [`Kind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::PASTED.into_iter().find(|kind| kind.code() == code)
    }
}

/// Something to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The bytes of the file, the server's response, or the pasted text (as UTF-8).
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// The format, if known.
    pub kind: Option<Kind>,
    /// The charset, if known (a label as in <https://encoding.spec.whatwg.org/>).
    pub charset: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// A title to use if the text has none: a file's name, with or without its extension.
    pub title: Option<String>,
}

/// The result of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The article.
    pub article: Article,
    /// The whole page, if the article is only a part of it.
    pub page: Option<Article>,
    /// True if a limit was exceeded and something was left out.
    pub cut: bool,
    /// How much text there was, and how much of it was read.
    pub census: Census,
    /// The notes in it, as a file of the W3C's form, if Postil has written it.
    pub notes: Option<String>,
}

/// An article that was read, and whether the text itself contains its title.
#[derive(Debug, Clone)]
pub(super) struct Titled {
    pub article: Article,
    pub has_title: bool,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// It contains no words.
    #[error("there is nothing to read in it")]
    Empty,
    /// It is binary data; with the name of its format ("PDF").
    #[error("it is not text but {0} data")]
    Binary(&'static str),
    /// The book can only be opened with its seller's programs.
    #[error("this book is locked (DRM): only the programs of whoever sold it can open it")]
    Locked,
    /// The container holds no page; with the name of its format ("EPUB").
    #[error("no page can be found in this {0} file: it is damaged or not complete")]
    Damaged(&'static str),
    /// The result violates the rules of an article.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

/// Receives progress from 0 to 1, now and then while reading.
pub type Watch<'a> = &'a dyn Fn(f32);
