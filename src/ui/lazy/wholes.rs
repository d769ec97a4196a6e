//! Selects a table, a figure, code or a formula as a whole.

use web_sys::Element;
use yew::prelude::*;

use super::cursor;
use crate::browser::elements::matching;
use crate::browser::page::Page;
use crate::model::text::TextRange;
use crate::model::wholes::{Whole, whole_around};
use crate::ui::hooks::AppHandle;
use crate::ui::say;

/// The whole around what is selected, else around what the reading cursor is at.
pub fn around(app: &AppHandle) -> Option<(Whole, TextRange)> {
    let selection = app.session().selection.clone();
    let range = match &selection {
        Some(selection) => match selection.all() {
            [passage] => passage.range(),
            _ => return None,
        },
        None => cursor::range(app)?,
    };
    whole_around(app.page()?.article(), range)
}

/// Selects the whole around what is selected, or around the reading cursor.
pub fn select(app: &AppHandle) {
    if let (Some((_, range)), Some(page)) = (around(app), app.page()) {
        page.select(range);
    }
}

/// Selects the whole that an element shows.
pub fn select_at(app: &AppHandle, element: &Element) {
    if let Some(page) = app.page()
        && let Some(range) = place_of(&page, element)
        && let Some((_, range)) = whole_around(page.article(), range)
    {
        page.select(range);
    }
}

/// The place of a figure's first words, or of a formula.
fn place_of(page: &Page, element: &Element) -> Option<TextRange> {
    let Ok(Some(figure)) = element.closest("figure") else {
        let byte = page.byte_of(element)?;
        return Some(TextRange::new(byte, byte));
    };
    let leaf = matching(&figure, "[data-b]").into_iter().next()?;
    let leaf = leaf.get_attribute("data-b")?.parse::<usize>().ok()?;
    let start = page.article().leaves().get(leaf)?.text.start();
    Some(TextRange::new(start, start))
}

/// Draws the toolbar's button that selects the whole.
pub fn tool(app: &AppHandle) -> Option<Html> {
    let (whole, _) = around(app)?;
    let app = app.clone();
    let select = Callback::from(move |_: MouseEvent| select(&app));
    Some(html! { <button tabindex="-1" onclick={select}>{ say!(selection.whole)(whole) }</button> })
}
