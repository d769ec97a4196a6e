//! Why what a reader asked for could not be done. The interface says it in words.

use serde::{Deserialize, Serialize};

use super::article::Malformed;
use super::exchange::file::FileError;
use super::exchange::markdown::TemplateError;
use super::exchange::w3c::DecodeError;

/// Why an article was not opened, notes were not imported, exported or looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The part of the program that does it did not load.
    NotLoaded,
    /// It took too long.
    TooSlow,
    /// The reader stopped it.
    Stopped,

    /// What was typed is no web address.
    NotAnAddress,
    /// A site lets no other site read its pages, or there is no network: a page cannot tell.
    SiteRefused,
    /// A site did not answer in time.
    SiteSilent,
    /// A site answered with this status.
    SiteStatus(u16),
    /// A page is larger than an article can be.
    PageTooLarge,

    /// A file is larger than what is read.
    FileTooLarge,
    /// The browser could not read a file.
    FileUnreadable,

    /// There are no words in it.
    Empty,
    /// It is no text; with the name of what it is ("PDF").
    Binary(String),
    /// It is a book that only its seller's programs can open.
    Locked,
    /// There is no page in what should hold one; with the name of what it is ("EPUB").
    Damaged(String),
    /// What was read or stored is not an article by its rules.
    Malformed,
    /// An article was written by another version of the program.
    OtherVersion,

    /// There are no notes in an archive.
    Archive,
    /// A file of notes is larger than any.
    NotesTooLarge,
    /// A file of notes is not JSON; with what the parser says.
    NotJson(String),
    /// There is no annotation in a file.
    NoAnnotations,
    /// There are more notes in a file than can be kept.
    TooManyNotes,
    /// The reader's template cannot be used.
    Template(TemplateError),
}

impl From<Malformed> for Failure {
    fn from(error: Malformed) -> Self {
        match error {
            Malformed::Version => Self::OtherVersion,
            Malformed::Nesting | Malformed::Length | Malformed::Attribute | Malformed::Json(_) => {
                Self::Malformed
            }
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Archive => Self::Archive,
        }
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::TooLarge => Self::NotesTooLarge,
            DecodeError::NotJson(why) => Self::NotJson(why),
            DecodeError::NoAnnotations => Self::NoAnnotations,
            DecodeError::TooMany => Self::TooManyNotes,
        }
    }
}
