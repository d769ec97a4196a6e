//! The notes' cards, beside their passages or in a list.

mod actions;
mod also_marked;
mod answers;
mod card;
mod card_layout;
mod card_state;
mod completing;
mod editor;
mod filters;
mod finding;
mod hits;
mod kept;
mod link_told;
mod linked_from;
mod links_in_body;
mod list;
mod listed;
mod look;
mod maker;
mod note_body;
mod note_box;
mod pasting;
mod pick_tools;
mod picked;
mod resolution;
mod sheet;
mod tags_box;
mod templates;
mod unanchored;

pub use filters::tools;
pub use finding::{AT_ONCE, Here, find, fold, shown, step};
pub use hits::hits_within;
pub use list::draw;
pub use picked::{
    begin as begin_picking, notes as picked_notes, press as press_picked, show_panel,
};
pub use sheet::turn_full;
