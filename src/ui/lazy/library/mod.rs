//! Ways in: what is opened, and what was opened before.

mod arrived;
mod bookmarklet;
mod open_dialog;
mod room;
mod versions;

pub use arrived::Arrived;
pub use open_dialog::OpenDialog;
pub use room::Library;
