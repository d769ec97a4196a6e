//! Dialogs for opening articles, new ones and those opened before.

mod bookmarklet;
mod launch_dialog;
mod library_dialog;
mod open_dialog;
mod versions;

pub use launch_dialog::LaunchDialog;
pub use library_dialog::Library;
pub use open_dialog::OpenDialog;
