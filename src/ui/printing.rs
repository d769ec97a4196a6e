//! Prints the whole article with all of its highlights, then the notes.
//!
//! Nothing can be awaited between the browser's `beforeprint` and the printing, so this is not in
//! the lazy part.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use super::hooks::{AppHandle, use_window_event};
use super::strings;
use crate::browser::print;
use crate::browser::system::window;
use crate::model::annotation::Annotation;

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
    let Some(page) = app.page() else { return };
    page.set_printing(on);
    if !on {
        return print::take_away();
    }
    let session = app.session();
    let placements = &session.placements;
    // A highlight without words is visible in the text.
    let placed = placements.placed().iter().map(|placed| &*placed.annotation);
    let written = placed.filter(|note| !note.is_bare());
    let unanchored = placements
        .unanchored()
        .iter()
        .map(|unanchored| &*unanchored.annotation);
    let pending = placements.pending().iter().map(|note| &**note);
    let lists = [
        print::List {
            heading: strings().notes.label,
            notes: written.collect(),
        },
        print::List {
            heading: strings().notes.without_place,
            notes: unanchored.chain(pending).collect::<Vec<&Annotation>>(),
        },
    ];
    print::put(&lists, strings().notes.whole_article);
}
