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
use strings::{Language, strings};

use crate::browser::graphemes;
use crate::browser::system::{document, root};

/// Draws the app into the page, around the article that may be there already.
pub fn start() {
    graphemes::install();
    let language = root().and_then(|root| root.get_attribute("lang"));
    strings::speak(Language::of(&language.unwrap_or_default()));
    if let Some(frame) = Frame::of(&document()) {
        loading::register(lazy::load);
        let over = frame.over.clone();
        yew::Renderer::<Root>::with_root_and_props(over, Props { frame }).render();
    }
}
