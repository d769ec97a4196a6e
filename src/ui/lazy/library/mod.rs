//! Ways in: what is opened, and what was opened before.

mod arrived;
mod bookmarklet;
mod library_dialog;
mod open_dialog;
mod versions;

pub use arrived::Arrived;
pub use library_dialog::Library;
pub use open_dialog::OpenDialog;
