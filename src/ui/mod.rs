//! Yew: draws a [`Session`](crate::model::session::Session) and dispatches actions.

#[cfg(feature = "chaos")]
mod automation;
mod frame;
mod hooks;
mod lazy;
mod loading;
mod notes;
mod printing;
mod reader;
mod root;
mod shell;
pub mod strings;

use frame::Frame;
use root::{Props, Root};
use strings::{say, strings};

use crate::browser::graphemes;
use crate::browser::system::document;

/// Draws the app into the page, around the article that may be there already.
pub fn start() {
    graphemes::install();
    if let Some(frame) = Frame::of(&document()) {
        loading::register(lazy::load);
        let over = frame.over.clone();
        yew::Renderer::<Root>::with_root_and_props(over, Props { frame }).render();
    }
}
