//! The notes: cards beside their passages, or a list.

mod card;
mod editor;
mod note_body;
mod panel;
mod placing;

pub use panel::NotesPanel;
