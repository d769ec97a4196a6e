//! Resolves where a note is, for the buttons of its card and their keys.

use std::rc::Rc;

use super::App;
use super::navigation::{focus_chosen, show_chosen};
use crate::model::anchoring::Anchor;
use crate::model::annotation::{AnnotationId, Stamp};
use crate::model::commands;
use crate::model::notebook::Transaction;
use crate::model::notice::Message;
use crate::model::session::{Action, Session};

/// The reader's decision about a note's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The note is where it was found, or at the candidate place being shown.
    Keep,
    /// The note is not in this text.
    Detach,
    /// The note belongs to the selected passage.
    Attach,
}

/// Resolves a note; the focus stays on its card, wherever that is listed afterwards.
pub fn resolve(app: &App, id: &AnnotationId, resolution: Resolution) {
    let before = app.session();
    if resolution == Resolution::Attach && before.selection.is_none() {
        return app.tell(Message::NothingSelected);
    }
    let unanchored = before.placements.unanchored_of(id);
    if unanchored.is_some_and(|unanchored| unanchored.anchor == Anchor::Whole) {
        // It has no passage to resolve.
        return;
    }
    let at = app.platform().now();
    edit(app, |session| match resolution {
        Resolution::Keep if is_ambiguous(session, id) => {
            commands::choose_place(session, id, session.place, at)
        }
        Resolution::Keep => commands::keep(session, id, at),
        Resolution::Detach => commands::detach(session, id, at),
        Resolution::Attach => commands::attach_to_selection(session, id, at),
    });
    if !Rc::ptr_eq(&before.notebook, &app.session().notebook) {
        focus_chosen(app);
    }
}

/// Makes an edit of where a note's passages are.
pub fn edit(app: &App, by: impl FnOnce(&Session) -> Option<Transaction>) {
    if let Some(edit) = by(&app.session()) {
        app.send(Action::Edit {
            edit,
            known: Vec::new(),
            part_of: None,
        });
    }
}

fn is_ambiguous(session: &Session, id: &AnnotationId) -> bool {
    let unanchored = session.placements.unanchored_of(id);
    unanchored.is_some_and(|unanchored| matches!(unanchored.anchor, Anchor::Ambiguous(_)))
}

/// Resolves the chosen note by a key.
pub fn by_key(app: &App, key: char) {
    let Some(id) = app.session().chosen.clone() else {
        return;
    };
    match key {
        'y' => resolve(app, &id, Resolution::Keep),
        'x' => resolve(app, &id, Resolution::Detach),
        'A' => resolve(app, &id, Resolution::Attach),
        _ => look(app, key == ']'),
    }
}

/// Shows the next or the previous candidate place of the chosen note.
pub fn look(app: &App, forward: bool) {
    app.send(Action::Look { forward });
    show_place(app);
}

/// Brings the candidate place being looked at into view.
pub fn show_place(app: &App) {
    if let Some(place) = app.session().looked_at() {
        app.shell().outline(place);
    }
}

/// Called when a note is chosen; brings an unanchored note's card and candidate place into view.
pub fn follow_chosen(app: &App) {
    let session = app.session();
    let Some(id) = &session.chosen else { return };
    if session.placements.unanchored_of(id).is_some() {
        if is_ambiguous(&session, id) {
            show_place(app);
        }
        app.shell().bring_chosen_near();
    }
}

/// Goes to the first note that needs attention, or the next one after the chosen note.
pub fn show_next_to_look_at(app: &App) {
    let session = app.session();
    let next = session.placements.next_to_look_at(session.chosen.as_ref());
    let id = next.cloned();
    app.send(Action::Choose { id });
    show_chosen(app, true);
    follow_chosen(app);
}

/// Begins a note on the open article as a whole.
pub fn add_whole_note(app: &App, stamp: Stamp) {
    let edit = commands::annotate_whole(&app.session(), stamp);
    if let Some(edit) = edit {
        app.send(Action::Edit {
            edit,
            known: Vec::new(),
            part_of: None,
        });
    }
}
