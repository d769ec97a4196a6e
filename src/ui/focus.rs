//! Where a reader is: the chosen note's passage and card are brought into view, and get the focus.

use super::hooks::AppHandle;
use crate::browser::system;
use crate::model::annotation::AnnotationId;
use crate::model::session::Action;

/// Chooses the next or the previous note, and shows it.
pub fn step(app: &AppHandle, forward: bool) {
    let from = app.page().map_or(0, |page| page.first_visible());
    app.send(Action::Step { forward, from });
    show_chosen(app, true);
}

/// Brings the chosen note's passage into view, and the focus to its card.
pub fn show_chosen(app: &AppHandle, focus_card: bool) {
    let session = app.session();
    let Some(id) = session.chosen.clone() else {
        return;
    };
    if let (Some(page), Some(range)) = (app.page(), session.placements.range_of(&id)) {
        page.scroll_to(range);
    }
    if focus_card {
        // The card may be drawn only now that its passage is near.
        system::before_next_frame(move || {
            show_chosen_card();
            focus_on_card(id.as_str());
        });
    }
}

/// Brings the chosen card into view where it stands in a list.
pub fn show_chosen_card() {
    let card = system::document().query_selector(".notes:not(.beside) .card.chosen");
    if let Ok(Some(card)) = card {
        system::scroll_to(&card, false);
    }
}

/// Puts the focus on the card of a note, where it is shown.
pub fn focus_on_card(id: &str) {
    if let Some(card) = card_of(id) {
        system::focus_quietly(&card);
    }
}

/// The same; without a card the focus goes to the notes, so that it is never lost to the page.
pub fn focus_on_card_or_notes(id: Option<&AnnotationId>) {
    let card = id.and_then(|id| card_of(id.as_str()));
    let notes = || system::document().query_selector(".notes").ok().flatten();
    if let Some(element) = card.or_else(notes) {
        system::focus_quietly(&element);
    }
}

/// Removes a note. Where the focus was among the notes it goes to the next card in the list as it is
/// shown, else to the one before, else to the notes themselves.
pub fn remove(app: &AppHandle, id: &AnnotationId) {
    let in_notes = system::has_focus(".notes");
    let card = card_of(id.as_str());
    let neighbour = card.and_then(|card| {
        let beside = card.next_element_sibling();
        let beside = beside.or_else(|| card.previous_element_sibling())?;
        AnnotationId::parse(&beside.get_attribute("data-card")?).ok()
    });
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
        system::before_next_frame(move || focus_on_card_or_notes(chosen.as_ref()));
    }
}

/// Shows which passage and which card belong together, for as long as one is pointed at.
pub fn point_at(app: &AppHandle, id: Option<AnnotationId>) {
    let Some(root) = system::root() else { return };
    for card in crate::browser::page::elements(&root, "[data-card][data-active]") {
        let _ = card.remove_attribute("data-active");
    }
    if let Some(id) = &id
        && let Some(card) = card_of(id.as_str())
    {
        let _ = card.set_attribute("data-active", "");
    }
    if let Some(page) = app.page() {
        let chosen = app.session().chosen.clone();
        page.set_active(id.into_iter().chain(chosen).collect());
    }
}

fn card_of(id: &str) -> Option<web_sys::Element> {
    let cards = crate::browser::page::elements(&system::root()?, "[data-card]");
    cards
        .into_iter()
        .find(|card| card.get_attribute("data-card").as_deref() == Some(id))
}
