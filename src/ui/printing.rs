//! Prints the whole article with all of its highlights, then the notes.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use super::hooks::{AppHandle, use_window_event};
use super::loading;
use crate::browser::print;
use crate::browser::system::window;

/// Prepares the page for paper, and restores it afterwards.
#[hook]
pub fn use_printing(app: &AppHandle) {
    let listener = |on: bool| {
        let app = app.clone();
        Rc::new(move |_: &web_sys::Event| set(&app, on))
    };
    use_window_event("beforeprint", listener(true));
    use_window_event("afterprint", listener(false));
    // Some browsers only change the medium and send no event before.
    use_effect_with((), {
        let app = app.clone();
        move |()| {
            let medium = window().match_media("print").ok().flatten();
            let listener = medium.map(|medium| {
                EventListener::new(&medium.clone(), "change", move |_| {
                    set(&app, medium.matches());
                })
            });
            move || drop(listener)
        }
    });
}

fn set(app: &AppHandle, on: bool) {
    if let Some(page) = app.page() {
        page.set_printing(on);
        match on {
            true => loading::print(app),
            false => print::take_away(),
        }
    }
}
