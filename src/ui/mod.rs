//! Yew: draws a [`Session`](crate::model::session::Session) and dispatches actions.

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
pub mod strings;

use strings::{Language, strings};

use crate::browser::system::{document, root};

/// Draws the app into the page, in place of the skeleton.
pub fn start() {
    let language = root().and_then(|root| root.get_attribute("lang"));
    strings::speak(Language::of(&language.unwrap_or_default()));
    if let Some(root) = document().get_element_by_id("postil") {
        loading::register(lazy::load);
        root.set_text_content(None);
        yew::Renderer::<root::Root>::with_root(root).render();
    }
}
