//! The interface around the article: the bar, notices and dialogs.

mod dialog;
mod notice_board;
mod top_bar;

pub use dialog::DialogFrame;
pub use notice_board::{notice_board, use_update};
pub use top_bar::{BarTargets, choose_notes_file, top_bar};
