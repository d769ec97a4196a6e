//! Ways in: what is opened, and what was opened before.

mod listed;
mod open_dialog;
mod versions;

pub use open_dialog::{OpenDialog, Pasted};
