//! Places the cards level with their passages, after each drawing and whenever sizes change.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::editor::UNSEEN;
use crate::browser::elements::matching;
use crate::browser::system::{Resizes, bring_near, document};
use crate::model::annotation::AnnotationId;
use crate::model::margin::{self, Card};
use crate::model::text::TextRange;
use crate::ui::hooks::AppHandle;

/// Places the cards of a list, after each drawing and when the window or a card changes its size.
#[hook]
pub fn use_card_layout(app: &AppHandle, list: &NodeRef, active: bool) {
    // Every drawing may change heights, so this effect has no dependencies. Several may follow each
    // other before the next frame: they are placed once, when everything is drawn and painted.
    let is_due = use_mut_ref(|| false);
    use_effect({
        let (app, list) = (app.clone(), list.clone());
        move || {
            if active && !is_due.replace(true) {
                app.clone().spawn(async move {
                    is_due.replace(false);
                    place(&app, &list);
                });
            }
        }
    });
    use_effect_with(active, {
        let (app, list) = (app.clone(), list.clone());
        move |active| {
            let active = *active;
            if !active && let Some(list) = list.cast::<HtmlElement>() {
                put_back(&list);
            }
            let main = document().query_selector("main").ok().flatten();
            let resizes = main.map(|main| {
                Resizes::of(&main, move || {
                    if active {
                        place(&app, &list);
                    }
                })
            });
            move || drop(resizes)
        }
    });
}

fn place(app: &AppHandle, list: &NodeRef) {
    let (Some(page), Some(list)) = (app.page(), list.cast::<HtmlElement>()) else {
        return;
    };
    // It may have become a list since this was to be done.
    if !list.closest(".beside").is_ok_and(|around| around.is_some()) {
        return;
    }
    let session = app.session();
    let mut notes: Vec<(AnnotationId, TextRange)> = Vec::new();
    let mut cards: Vec<HtmlElement> = Vec::new();
    // The cards are in the order of the placements, so each search continues where the last ended.
    let mut placements = session.placements.placed().iter();
    for card in matching(&list, ":scope > [data-card]") {
        let id = card.get_attribute("data-card").unwrap_or_default();
        if let Some(placed) = placements.find(|placed| placed.annotation.id.as_str() == id) {
            notes.push((placed.annotation.id.clone(), placed.range));
            cards.push(card.unchecked_into());
        }
    }
    let tops = page.tops(&list, &notes);
    let wanted: Vec<Card> = cards
        .iter()
        .zip(&notes)
        .zip(tops)
        .map(|((card, (id, _)), wanted)| Card {
            wanted,
            height: f64::from(card.offset_height()),
            chosen: session.chosen.as_ref() == Some(id),
        })
        .collect();
    let placed = margin::tops(&wanted);
    let bottom = placed
        .last()
        .zip(wanted.last())
        .map_or(0.0, |(top, card)| top + card.height);
    for (card, top) in cards.iter().zip(&placed) {
        set_length(card, "top", top.round());
    }
    set_length(&list, "min-height", bottom.ceil());
    for card in cards.iter().filter(|card| card.has_attribute(UNSEEN)) {
        let _ = card.remove_attribute(UNSEEN);
        bring_near(card);
    }
}

/// Lets the cards follow each other, as in any list.
fn put_back(list: &HtmlElement) {
    let _ = list.style().remove_property("min-height");
    for card in matching(list, ":scope > [data-card]") {
        if let Some(card) = card.dyn_ref::<HtmlElement>() {
            let _ = card.style().remove_property("top");
        }
    }
}

/// Sets a length in pixels; the same again would cost the browser a layout.
fn set_length(element: &HtmlElement, property: &str, pixels: f64) {
    let (style, length) = (element.style(), format!("{}px", pixels as i32));
    if style.get_property_value(property).as_deref() != Ok(&length) {
        let _ = style.set_property(property, &length);
    }
}
