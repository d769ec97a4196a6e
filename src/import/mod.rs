//! From what a reader has (text, Markdown, HTML; pasted, in a file, at an address) to an
//! [`Article`](crate::model::article::Article).
//!
//! Pure and native, like the model: the browser runs it in a worker. Reading an article never
//! fails for what is in it; what cannot be shown is left out. [`read()`] is the one entry;
//! [`markdown`] and [`plain`] are small enough for the page itself.

pub mod address;
mod charset;
mod entry;
pub mod html;
mod kind;
mod links;
pub mod markdown;
pub mod plain;
mod signature;

pub use entry::{ImportError, Imported, Input, read};
pub use kind::{Kind, kind_of};

use crate::model::article::{Description, Source};

/// What is shown for the way back from a footnote.
const NOTE_RETURN: &str = "↩";

/// A description that says nothing but where the article came from.
fn undescribed(source: Source) -> Description {
    Description {
        source,
        title: String::new(),
        byline: None,
        site: None,
        published: None,
        language: None,
        direction: None,
    }
}

#[cfg(test)]
mod notation;
