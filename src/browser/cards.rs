//! The cards of the notes in the page: finds them by note, focuses them, scrolls to them.

use web_sys::Element;

use super::elements::matching;
use super::system::{self, before_next_frame, document, find_within};
use crate::model::annotation::AnnotationId;

/// Selector of the notes' area.
const NOTES: &str = ".notes";

/// Returns every match of a selector among the notes.
fn find_all(selector: &str) -> Vec<Element> {
    let around = document().get_element_by_id(system::NOTES);
    around.map_or_else(Vec::new, |around| matching(&around, selector))
}

/// Returns the card of a note, if it is drawn.
fn card_of(id: &str) -> Option<Element> {
    let cards = find_all("[data-card]");
    cards
        .into_iter()
        .find(|card| card.get_attribute("data-card").as_deref() == Some(id))
}

/// True if the focus is among the notes.
pub fn have_focus() -> bool {
    system::has_focus(NOTES)
}

/// Scrolls to the chosen card if it is in a list: to its top in a low sheet, which shows no more.
pub fn show_chosen() {
    if let Some(card) = find_within(system::NOTES, ".notes:not(.beside) .card.chosen") {
        let is_low = card.closest(".notes-hidden").is_ok_and(|low| low.is_some());
        system::scroll_to(&card, is_low);
    }
}

/// Scrolls near the chosen card, before the next frame.
pub fn bring_chosen_near() {
    before_next_frame(|| {
        if let Some(card) = find_within(system::NOTES, ".card.chosen") {
            system::bring_near(&card);
        }
    });
}

/// Scrolls to the chosen card and focuses the card of a note, before the next frame, as the card
/// may only be drawn then.
pub fn focus_on(id: &AnnotationId) {
    let id = id.clone();
    before_next_frame(move || {
        show_chosen();
        if let Some(card) = card_of(id.as_str()) {
            system::focus_quietly(&card);
        }
    });
}

/// Focuses the card of a note before the next frame, or the notes' area if it has no card, so that
/// the focus is never lost to the page.
pub fn focus_on_it_or_notes(id: Option<&AnnotationId>) {
    let id = id.cloned();
    before_next_frame(move || {
        let card = id.and_then(|id| card_of(id.as_str()));
        if let Some(element) = card.or_else(|| find_within(system::NOTES, NOTES)) {
            system::focus_quietly(&element);
        }
    });
}

/// Returns the note whose card follows another's in the list, else the one before it.
pub fn neighbour_of(id: &AnnotationId) -> Option<AnnotationId> {
    let card = card_of(id.as_str())?;
    let beside = card.next_element_sibling();
    let beside = beside.or_else(|| card.previous_element_sibling())?;
    AnnotationId::parse(&beside.get_attribute("data-card")?).ok()
}

/// Highlights the card of the hovered note, and no other.
pub fn mark_active(id: Option<&AnnotationId>) {
    for card in find_all("[data-card][data-active]") {
        let _ = card.remove_attribute("data-active");
    }
    if let Some(card) = id.and_then(|id| card_of(id.as_str())) {
        let _ = card.set_attribute("data-active", "");
    }
}

/// Tells screen readers which of all notes each card is, where a list shows only some: as the list
/// says in `data-numbers`, their count and then each card's number.
pub fn number_cards() {
    for list in find_all("[data-numbers]") {
        let numbers = list.get_attribute("data-numbers").unwrap_or_default();
        let mut numbers = numbers.split(' ');
        let total = numbers.next().unwrap_or_default();
        let mut card = list.first_element_child();
        while let (Some(shown), Some(number)) = (&card, numbers.next()) {
            set_number(shown, "aria-posinset", number);
            set_number(shown, "aria-setsize", total);
            card = shown.next_element_sibling();
        }
    }
}

fn set_number(card: &Element, attribute: &str, number: &str) {
    if card.get_attribute(attribute).as_deref() != Some(number) {
        let _ = card.set_attribute(attribute, number);
    }
}
