//! Yew: draws a [`Session`](crate::model::session::Session) and dispatches actions.

mod articles;
#[cfg(feature = "chaos")]
mod automation;
mod hooks;
mod lazy;
mod loading;
mod notes;
mod printing;
mod reader;
mod root;
mod shell;
mod words;

use crate::browser::system::document;

/// Draws the app into the page, in place of the skeleton.
pub fn start() {
    if let Some(root) = document().get_element_by_id("postil") {
        loading::register(lazy::load);
        root.set_text_content(None);
        yew::Renderer::<root::Root>::with_root(root).render();
    }
}
