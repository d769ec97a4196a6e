//! Postil: read closely, keep your notes.
//!
//! A single-page app that loads an article, lets a reader highlight passages and write notes on
//! them, and keeps everything in the reader's own browser. Text first: an article is read once into
//! a value, everything on the screen is computed from values, and the page never has the only copy
//! of anything.
//!
//! The layers depend on each other in one direction: `ui → app → model`, and `browser →` the ports
//! of `app` and `model`; `model` depends on nothing.
//!
//! - [`model`]: texts, articles, annotations, the notebook, the session. Pure: no clock, no
//!   randomness, no input or output.
//! - [`import`]: turns bytes or text into an article. As pure as the model, used only by the
//!   worker.
//! - [`app`]: the use cases. They run natively and have side effects only through ports.
//! - `browser` (wasm only): the only code that touches the page's globals; it implements the ports.
//! - `ui` (wasm only): Yew components; they draw a session and dispatch actions.
//!
//! The central values:
//!
//! - [`Article`](model::article::Article): a flat text with the pieces of its structure.
//! - [`TextRange`](model::text::TextRange): a passage, in bytes of that text. The page's UTF-16 and
//!   the code points of Web Annotation are converted in [`model::text`] and nowhere else.
//! - [`Target`](model::annotation::Target): what is stored of a passage, enough to find it again in
//!   another version of the article.
//! - [`Anchor`](model::anchoring::Anchor): where a target is in the article at hand. Derived, never
//!   stored; "not found" is one of its values, not an error.
//! - [`Change`](model::notebook::Change): an edit, with the annotation before and after it; undo
//!   swaps the two sides.
//! - [`Session`](model::session::Session): everything the page shows; only
//!   [`Session::after`](model::session::Session::after) makes the next one.
//!
//! ```
//! use postil::import::markdown;
//! use postil::model::anchoring::{Anchor, describe, locate};
//! use postil::model::article::Source;
//! use postil::model::text::TextRange;
//!
//! // An article, and a passage in it.
//! let article = markdown::read("# Tides\n\nThe ferry leaves at six.", Source::Pasted)?;
//! let start = article.text().find("leaves at six").expect("it is there") as u32;
//! let passage = TextRange::new(start, start + "leaves at six".len() as u32);
//!
//! // What is stored of the passage.
//! let target = describe(&article, passage);
//! assert_eq!(target.words(), Some("leaves at six"));
//!
//! // It is found again where the text was edited.
//! let edited = "# Tides\n\nSince May the ferry leaves at six, in winter too.";
//! let edited = markdown::read(edited, Source::Pasted)?;
//! let Anchor::Exact(found) = locate(&edited, &target) else {
//!     panic!("the words are there")
//! };
//! assert_eq!(found.slice(edited.text()), Some("leaves at six"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ARCHITECTURE.md covers the rest: the journeys, the invariants and what keeps them, a glossary.

pub mod app;
pub mod import;
pub mod model;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
/// Of the interface, what it says is native.
#[cfg(not(target_arch = "wasm32"))]
pub mod ui {
    pub mod strings;
}
