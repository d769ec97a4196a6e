//! Effects that mirror the session outward, and listeners for events that come in.

mod app;
mod drop;
mod events;
mod keys;
mod media;
mod selection;

pub use app::{AppHandle, Backend, use_app};
pub use drop::use_drop;
pub use events::{is_composing, is_typing, use_window_event};
pub use keys::{KeyTargets, use_keys};
pub use media::use_media;
pub use selection::{follow_earlier, use_selection};
