//! The notes: their landmark and its head. The cards are in the lazy part.

mod found;
mod head;
mod panel;

pub use found::{Found, is_searching};
pub use panel::{NotesPanel, Props};
