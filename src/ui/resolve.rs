//! Resolving where a note is: what its buttons and its keys do.

use std::rc::Rc;

use super::focus;
use super::hooks::AppHandle;
use crate::browser::system::{before_next_frame, bring_near, document, has_focus, now};
use crate::model::anchoring::Anchor;
use crate::model::annotation::AnnotationId;
use crate::model::notice::Message;
use crate::model::session::{Action, Session};

/// What a reader says of a note's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// It is where it was found, or in the place that is looked at.
    Keep,
    /// It is not in this text.
    Detach,
    /// It is what is selected.
    Attach,
}

/// Settles a note; the focus stays on its card, wherever that is listed then.
pub fn resolve(app: &AppHandle, id: &AnnotationId, resolution: Resolution) {
    let before = app.session();
    if resolution == Resolution::Attach && before.selection.is_none() {
        return app.tell(Message::NothingSelected);
    }
    let unanchored = before.placements.unanchored_of(id);
    if unanchored.is_some_and(|unanchored| unanchored.anchor == Anchor::Whole) {
        // It has no passage, and misses none.
        return;
    }
    let (id, at) = (id.clone(), now());
    app.send(match resolution {
        Resolution::Keep if is_ambiguous(&before, &id) => Action::ChooseCandidate {
            id,
            index: before.place,
            at,
        },
        Resolution::Keep => Action::Keep { id, at },
        Resolution::Detach => Action::Detach { id, at },
        Resolution::Attach => Action::AttachToSelection { id, at },
    });
    if !Rc::ptr_eq(&before.notebook, &app.session().notebook) {
        focus_chosen(app);
    }
}

fn is_ambiguous(session: &Session, id: &AnnotationId) -> bool {
    let unanchored = session.placements.unanchored_of(id);
    unanchored.is_some_and(|unanchored| matches!(unanchored.anchor, Anchor::Ambiguous(_)))
}

/// Settles the chosen note by a key.
pub fn by_key(app: &AppHandle, key: char) -> bool {
    let Some(id) = app.session().chosen.clone() else {
        return false;
    };
    match key {
        'y' => resolve(app, &id, Resolution::Keep),
        'x' => resolve(app, &id, Resolution::Detach),
        'A' => resolve(app, &id, Resolution::Attach),
        _ => look(app, key == ']'),
    }
    true
}

/// Looks at the next or the previous of the places where the chosen note may be.
pub fn look(app: &AppHandle, forward: bool) {
    app.send(Action::Look { forward });
    show_place(app);
}

/// Brings the place into view that is looked at.
pub fn show_place(app: &AppHandle) {
    if let (Some(page), Some(place)) = (app.page(), app.session().looked_at()) {
        page.outline(Some(place));
        // The sheet with the notes is as high by then as it will be.
        before_next_frame(move || page.scroll_to(place));
    }
}

/// Once a note is chosen: shows what there is to see of one that is in a list of its own.
pub fn follow_chosen(app: &AppHandle) {
    let session = app.session();
    let Some(id) = &session.chosen else { return };
    if session.placements.unanchored_of(id).is_some() {
        if is_ambiguous(&session, id) {
            show_place(app);
        }
        before_next_frame(bring_chosen_near);
    }
}

/// Goes to the first note that needs a look, or to the next one after it.
pub fn show_next_to_look_at(app: &AppHandle) {
    let session = app.session();
    let next = session.placements.next_to_look_at(session.chosen.as_ref());
    let id = next.cloned();
    app.send(Action::Choose { id });
    focus::show_chosen(app, true);
    follow_chosen(app);
}

/// Takes back or does again; the focus stays among the notes if it was there.
pub fn go_through_history(app: &AppHandle, action: Action) {
    let in_notes = has_focus(".notes");
    app.send(action);
    if in_notes {
        focus_chosen(app);
    }
}

fn focus_chosen(app: &AppHandle) {
    let chosen = app.session().chosen.clone();
    before_next_frame(move || {
        focus::focus_on_card_or_notes(chosen.as_ref());
        bring_chosen_near();
    });
}

fn bring_chosen_near() {
    if let Ok(Some(card)) = document().query_selector(".card.chosen") {
        bring_near(&card);
    }
}
