//! Takes files dropped anywhere on the window, so that a missed drop does not leave the page.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Event};
use yew::prelude::*;

use super::events::{Listener, use_window_event};

/// Calls back with dropped files; returns whether any are being dragged over the window.
#[hook]
pub fn use_drop(on_files: Callback<Array>) -> bool {
    let over = use_state_eq(|| false);
    let listener: Listener = {
        let over = over.setter();
        Rc::new(move |event| over.set(take(event, &on_files)))
    };
    use_window_event("dragover", listener.clone());
    use_window_event("dragleave", listener.clone());
    use_window_event("drop", listener);
    *over
}

/// Takes dropped files; returns whether something is still being dragged over the window.
fn take(event: &Event, on_files: &Callback<Array>) -> bool {
    let Some(event) = event.dyn_ref::<DragEvent>() else {
        return false;
    };
    let Some(transfer) = event.data_transfer().filter(has_files) else {
        return false;
    };
    event.prevent_default();
    if event.type_() == "drop" {
        if let Some(files) = transfer.files() {
            on_files.emit(Array::from(&files));
        }
        return false;
    }
    // Only when the pointer leaves the window does it enter no other element.
    event.type_() == "dragover" || event.related_target().is_some()
}

fn has_files(transfer: &DataTransfer) -> bool {
    transfer.types().iter().any(|kind| kind == "Files")
}
