//! Moves from note to note: brings the passage and the card of the chosen note into view, and keeps
//! the focus among the notes.

use super::App;
use crate::model::annotation::AnnotationId;
use crate::model::session::Action;

/// Chooses the next or the previous note, and shows it.
pub fn step(app: &App, forward: bool) {
    let from = app.shell().first_visible();
    app.send(Action::Step { forward, from });
    show_chosen(app, true);
}

/// Brings the passage of the chosen note into view, and moves the focus to its card if asked to.
pub fn show_chosen(app: &App, focus_card: bool) {
    let session = app.session();
    let Some(id) = &session.chosen else { return };
    if let Some(range) = session.placements.range_of(id) {
        app.shell().scroll_to(range);
    }
    if focus_card {
        app.shell().focus_card(id);
    }
}

/// Removes a note. If the focus was among the notes, it moves to the next card in the list as
/// shown, else to the previous one, else to the notes themselves.
pub fn remove(app: &App, id: &AnnotationId) {
    let in_notes = app.shell().has_focus_in_notes();
    let neighbour = app.shell().neighbour_of(id);
    app.send(Action::Remove { id: id.clone() });
    let session = app.session();
    if session.notebook.get(id).is_some() {
        return;
    }
    if neighbour.is_some() || !session.query.trim().is_empty() {
        app.send(Action::Choose { id: neighbour });
    }
    if in_notes {
        let chosen = app.session().chosen.clone();
        app.shell().focus_card_or_notes(chosen.as_ref());
    }
}

/// Undoes or redoes; the focus stays among the notes if it was there.
pub fn go_through_history(app: &App, action: Action) {
    let in_notes = app.shell().has_focus_in_notes();
    app.send(action);
    if in_notes {
        focus_chosen(app);
    }
}

/// Puts the focus on the card of the chosen note, wherever that is listed by then.
pub(super) fn focus_chosen(app: &App) {
    let chosen = app.session().chosen.clone();
    app.shell().focus_card_or_notes(chosen.as_ref());
    app.shell().bring_chosen_near();
}
