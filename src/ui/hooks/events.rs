//! Listens to the window for as long as a component lives.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::prelude::*;

use crate::browser::system::window;

/// The function called for each event.
pub type Listener = Rc<dyn Fn(&Event)>;

/// Calls back for every event of a kind on the window, always with the latest callback.
#[hook]
pub fn use_window_event(kind: &'static str, callback: Listener) {
    let latest = use_mut_ref(|| callback.clone());
    *latest.borrow_mut() = callback;
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window(), kind, options, move |event| {
            let callback = latest.borrow().clone();
            callback(event);
        });
        move || drop(listener)
    });
}

/// True if an event comes from an element in which a person types.
pub fn is_typing(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        let writable = "input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select, [contenteditable]";
        element.matches(writable).unwrap_or(false)
    })
}

/// The key code of every key press that an input method consumes
/// (<https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode>).
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// True if a key press belongs to an input method. Some browsers send the press that ends a
/// composition only after they report that nothing is being composed.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD
}
