//! What is given to an importer and what comes of it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Census;
use crate::model::article::{Article, Malformed, Source};

/// What a text is written in, or what holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Just words.
    Plain,
    /// Markdown, perhaps with HTML in it.
    Markdown,
    /// HTML.
    Html,
    /// A page with its parts in one file, as browsers save it.
    Mhtml,
    /// A book in the EPUB format.
    Epub,
}

impl Kind {
    /// The kinds of texts that can be pasted.
    pub const PASTED: [Self; 3] = [Self::Plain, Self::Markdown, Self::Html];

    /// Its name in forms.
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

/// What a reader wants to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The file, the answer of a server, or what was pasted (as UTF-8).
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// What it is written in, where that is known.
    pub kind: Option<Kind>,
    /// Its charset, where that is known (a label as in <https://encoding.spec.whatwg.org/>).
    pub charset: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// A title for it if it says none itself: a file's name, with or without its ending.
    pub title: Option<String>,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The article.
    pub article: Article,
    /// The whole page, where the article is only a part of it.
    pub page: Option<Article>,
    /// Whether it was beyond a limit, and something was left out.
    pub cut: bool,
    /// How much there was to read, and how much of it was read.
    pub census: Census,
}

/// An article that was read, and whether the text itself says its title.
#[derive(Debug, Clone)]
pub(super) struct Titled {
    pub article: Article,
    pub has_title: bool,
}

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// There are no words in it.
    #[error("there is nothing to read in it")]
    Empty,
    /// It is no text; with the name of what it is ("PDF").
    #[error("it is not text but {0} data")]
    Binary(&'static str),
    /// It is a book that only its seller's programs can open.
    #[error("this book is locked (DRM): only the programs of whoever sold it can open it")]
    Locked,
    /// There is no page in what should hold one; with the name of what it is ("EPUB").
    #[error("no page can be found in this {0} file: it is damaged or not complete")]
    Damaged(&'static str),
    /// What was read did not keep the rules of an article.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

/// How far reading has come, from 0 to 1: called now and then while it goes on.
pub type Watch<'a> = &'a dyn Fn(f32);
