//! Follows what is selected in the page, once the pointer rests.

use std::cell::Cell;

use gloo::events::EventListener;
use yew::prelude::*;

use super::Desk;
use crate::browser::system::{document, later};
use crate::model::session::Action;

/// Keeps the session's selection the page's. A drag counts when it ends: a toolbar that followed
/// the pointer would be in its way.
#[hook]
pub fn use_selection(desk: &Desk) {
    let pressed = use_mut_ref(|| false);
    use_effect_with((), {
        let desk = desk.clone();
        move |()| {
            let listen = |kind: &'static str, run: Box<dyn Fn()>| {
                EventListener::new(&document(), kind, move |_| run())
            };
            let read = {
                let desk = desk.clone();
                std::rc::Rc::new(move || follow(&desk))
            };
            let scheduled = std::rc::Rc::new(Cell::new(false));
            let changed = {
                let (pressed, read) = (pressed.clone(), read.clone());
                move || {
                    if !*pressed.borrow() && !scheduled.replace(true) {
                        let (scheduled, read) = (scheduled.clone(), read.clone());
                        later(move || {
                            scheduled.set(false);
                            read();
                        });
                    }
                }
            };
            let released = {
                let pressed = pressed.clone();
                move || {
                    *pressed.borrow_mut() = false;
                    // A click that clears the selection has done so only after this event.
                    let read = read.clone();
                    later(move || read());
                }
            };
            let down = pressed.clone();
            let listeners = [
                listen("selectionchange", Box::new(changed)),
                listen("pointerdown", Box::new(move || *down.borrow_mut() = true)),
                listen("pointerup", Box::new(released.clone())),
                listen("pointercancel", Box::new(released)),
            ];
            move || drop(listeners)
        }
    });
}

/// Makes the session's selection the page's now: a key may come before the browser has told that
/// the selection is another one.
pub fn follow(desk: &Desk) {
    let range = desk.page().and_then(|page| page.selected());
    if desk.session().selection != range {
        desk.send(Action::Select { range });
    }
}
