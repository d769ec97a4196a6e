//! What a pointer in the article means: notes under it, and figures and formulas that are selected as
//! a whole.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

use super::{cursor, wholes};
use crate::browser::cards;
use crate::browser::page::{MARKS, notes_of};
use crate::browser::system::before_next_frame;
use crate::model::annotation::AnnotationId;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;

/// What a click selects as a whole: no words of it can be selected, or none by an unsteady hand.
const WHOLES: &str = "figure :is(img, .picture), math, .tex";

/// Chooses the note that was clicked, or selects the whole; not after a drag that selects words.
pub fn click(app: &AppHandle, event: &Event) {
    if app.page().is_none_or(|page| !page.selected().is_empty()) {
        return;
    }
    let at = event.dyn_ref::<MouseEvent>();
    let at = at.map(|at| (f64::from(at.client_x()), f64::from(at.client_y())));
    let byte = at.and_then(|at| app.page()?.byte_at(at));
    cursor::point(app, byte);
    let id = note_at(event, app.session().chosen.as_ref());
    if around(event, "[data-gap]").is_some() {
        // The gap may be inside a link.
        event.prevent_default();
    }
    if let Some(whole) = around(event, WHOLES).filter(|_| id.is_none()) {
        wholes::select_at(app, &whole);
    }
    // A click outside of all notes deselects the chosen one.
    if id != app.session().chosen {
        app.send(Action::Choose { id });
        before_next_frame(cards::show_chosen);
    }
}

/// Shows which note the pointer is over, or has left.
pub fn hover(app: &AppHandle, event: &Event, over: bool) {
    if let Some(id) = note_at(event, None) {
        app.point_at(over.then_some(id));
    }
}

fn around(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

/// Returns the note of the mark or gap where an event occurred; of overlapping notes the one below
/// `chosen`, in turn, or the top one.
fn note_at(event: &Event, chosen: Option<&AnnotationId>) -> Option<AnnotationId> {
    let notes = notes_of(&around(event, MARKS)?);
    let mut below = notes.rsplit(' ');
    let next = chosen.and_then(|chosen| {
        below.find(|id| *id == chosen.as_str())?;
        below.next()
    });
    AnnotationId::parse(next.or(notes.rsplit(' ').next())?).ok()
}
