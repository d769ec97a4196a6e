//! The notes' cards, beside their passages or in a list.

mod actions;
mod adrift;
mod card;
mod case;
mod editor;
mod list;
mod note_body;
mod placing;
mod settle;

pub use list::draw;
