//! Reads what a reader has (text, Markdown, HTML, a saved page, a book; pasted, in a file, at an
//! address) into an [`Article`](crate::model::article::Article).
//!
//! Pure and native, like the model: the browser runs it in a worker. Reading an article never fails
//! because of its content; what cannot be shown is left out. [`read()`] is the one entry.

pub mod address;
pub mod archive_of_notes;
mod census;
mod charset;
mod embedded;
mod entry;
mod epub;
mod failure;
pub mod html;
mod kind;
pub mod library;
mod links;
pub mod markdown;
mod mhtml;
mod own_page;
pub mod picture;
pub mod plain;
mod signature;
pub mod sites;
mod tex;
mod types;

pub use census::{Census, Letters};
pub use entry::{read, read_watched};
pub use kind::kind_of;
pub use types::{ImportError, Imported, Input, Kind, Watch};

/// The label of a footnote's backlink.
const NOTE_RETURN: &str = "↩";

#[cfg(test)]
mod notation;
