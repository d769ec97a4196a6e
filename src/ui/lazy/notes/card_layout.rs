//! Places the cards level with their passages, after each drawing and whenever sizes change.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser::page::elements;
use crate::browser::system::{Resizes, document};
use crate::model::annotation::AnnotationId;
use crate::model::margin::{self, Card};
use crate::model::text::TextRange;
use crate::ui::hooks::AppHandle;

/// Places the cards of a list, now and when the window or a card changes its size.
#[hook]
pub fn use_card_layout(app: &AppHandle, list: &NodeRef, active: bool) {
    // Every drawing may change heights, so this effect has no dependencies.
    use_effect({
        let (app, list) = (app.clone(), list.clone());
        move || {
            if active {
                place(&app, &list);
            }
        }
    });
    use_effect_with(active, {
        let (app, list) = (app.clone(), list.clone());
        move |active| {
            let active = *active;
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
    let session = app.session();
    let mut notes: Vec<(AnnotationId, TextRange)> = Vec::new();
    let mut cards: Vec<HtmlElement> = Vec::new();
    // The cards are in the order of the placements, so each search continues where the last ended.
    let mut placements = session.placements.placed().iter();
    for card in elements(&list, ":scope > [data-card]") {
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
        let _ = card
            .style()
            .set_property("top", &format!("{}px", top.round() as i32));
    }
    let _ = list
        .style()
        .set_property("min-height", &format!("{}px", bottom.ceil() as i32));
}
