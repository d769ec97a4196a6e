//! What is around the article: the bar, notices, dialogs.

mod dialog;
mod export_menu;
mod keys_dialog;
mod notice_board;
mod theme_choice;
mod top_bar;
mod your_notes;

pub use dialog::Dialog;
pub use keys_dialog::keys_dialog;
pub use notice_board::{notice_board, use_passing};
pub use top_bar::{BarTargets, top_bar};
pub use your_notes::YourNotes;
