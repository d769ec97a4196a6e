//! Files dropped anywhere on the window, so that a miss does not lead away from the page.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File};
use yew::prelude::*;

use super::use_window_event;

/// Calls back with a dropped file; says whether one is being dragged over the window.
#[hook]
pub fn use_drop(on_file: Callback<File>) -> bool {
    let over = use_state_eq(|| false);
    use_window_event("dragover", {
        let over = over.setter();
        move |event| {
            if has_files(event) {
                event.prevent_default();
                over.set(true);
            }
        }
    });
    use_window_event("dragleave", {
        let over = over.setter();
        move |event| {
            // Only where the pointer leaves the window there is nothing it goes to.
            let leaves = event
                .dyn_ref::<DragEvent>()
                .is_some_and(|e| e.related_target().is_none());
            if leaves {
                over.set(false);
            }
        }
    });
    use_window_event("drop", {
        let over = over.setter();
        move |event| {
            over.set(false);
            if !has_files(event) {
                return;
            }
            event.prevent_default();
            let files = transfer(event).and_then(|transfer| transfer.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                on_file.emit(file);
            }
        }
    });
    *over
}

fn transfer(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    event.dyn_ref::<DragEvent>()?.data_transfer()
}

fn has_files(event: &web_sys::Event) -> bool {
    let types = transfer(event).map(|transfer| transfer.types());
    types.is_some_and(|types| types.iter().any(|kind| kind == "Files"))
}
