//! Ways in: what is opened, and what was opened before.

mod listed;
mod open_dialog;

pub use open_dialog::{OpenDialog, Pasted};
