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

use wasm_bindgen_futures::spawn_local;

use frame::Frame;
use root::{Props, Root};
use strings::{say, strings};

use crate::browser::graphemes;
use crate::browser::system::{document, wanted_language};

/// Draws the app into the page, around the article that may be there already: at once in English,
/// else once the lazy part has brought the language.
pub fn start() {
    graphemes::install();
    let Some(frame) = Frame::of(&document()) else {
        return;
    };
    loading::register(lazy::load);
    match wanted_language() {
        None => draw(frame),
        Some(language) => spawn_local(async move {
            loading::speak(&language).await;
            draw(frame);
        }),
    }
}

fn draw(frame: Frame) {
    let over = frame.over.clone();
    yew::Renderer::<Root>::with_root_and_props(over, Props { frame }).render();
}
