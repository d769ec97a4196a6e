//! The notes' cards, beside their passages or in a list.

mod actions;
mod card;
mod case;
mod editor;
mod list;
mod note_body;
mod placing;
mod settle;
mod unanchored;

pub use list::draw;
