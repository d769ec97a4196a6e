//! The notes: cards beside their passages, or a list.

mod actions;
mod adrift;
mod card;
mod case;
mod editor;
mod head;
mod note_body;
mod panel;
mod placing;
mod settle;

pub use panel::NotesPanel;
