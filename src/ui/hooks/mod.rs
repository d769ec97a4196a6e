//! Effects that mirror the session outward, and events that come in.

mod desk;
mod drop;
mod events;
mod keys;
mod media;
mod selection;

pub use desk::{Desk, use_desk};
pub use drop::use_drop;
pub use events::{is_composing, is_typing, use_window_event};
pub use keys::{KeyTargets, use_keys};
pub use media::use_media;
pub use selection::use_selection;
