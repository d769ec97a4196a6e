//! The notes' cards, beside their passages or in a list.

mod actions;
mod card;
mod card_layout;
mod card_state;
mod editor;
mod list;
mod listed;
mod look;
mod note_body;
mod resolution;
mod sheet;
mod unanchored;

pub use list::draw;
pub use look::look;
pub use sheet::turn_full;
