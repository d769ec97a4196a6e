//! From what a reader has (text, Markdown, HTML, a saved page, a book; pasted, in a file, at an address) to an
//! [`Article`](crate::model::article::Article).
//!
//! Pure and native, like the model: the browser runs it in a worker. Reading an article never
//! fails for what is in it; what cannot be shown is left out. [`read()`] is the one entry.

pub mod address;
mod census;
mod charset;
mod embedded;
mod entry;
mod epub;
mod failure;
pub mod html;
mod kind;
mod links;
pub mod markdown;
mod mhtml;
pub mod picture;
pub mod plain;
mod signature;
pub mod sites;

pub use census::{Census, Letters};
pub use entry::{ImportError, Imported, Input, Watch, read, read_watched};
pub use kind::{Kind, kind_of};

/// What is shown for the way back from a footnote.
const NOTE_RETURN: &str = "↩";

#[cfg(test)]
mod notation;
