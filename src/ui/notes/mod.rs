//! The landmark "Notes" and its head. The cards are in the lazy part.

mod head;
mod panel;
mod shown;

pub use panel::NotesPanel;
pub use shown::{PanelProps, ShownNotes, is_searching};
