//! Ways in: what is opened, and what was opened before.

mod open_dialog;
mod room;
mod versions;

pub use open_dialog::{OpenDialog, Pasted};
pub use room::Library;
