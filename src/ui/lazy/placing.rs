//! Completes what a hand has selected, places its toolbar, beside the selected words or at an edge of
//! the window, and moves the focus in it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::browser::elements::matching;
use crate::browser::page::PassageAreas;
use crate::browser::preferences;
use crate::browser::system::{document, find_within, focus, visible_height, window, window_size};
use crate::model::toolbar::{Room, Spot, Words, spot};
use crate::ui::hooks::AppHandle;

/// Pixels kept free at the window's edges.
const EDGE: f64 = 8.0;
/// Media query for windows in which the toolbar is docked: the thumb is at the bottom edge, and the
/// system's own menu above what a finger has selected.
const DOCKED: &str = "(max-width: 40rem), (pointer: coarse)";
/// Id of the element around the toolbar.
const TOOLS: &str = "tools";
/// The attribute by which the style sheet knows the place.
const PLACE: &str = "data-at";

/// Grows the selection to whole words, unless the reader does not want that.
pub fn complete_words(app: &AppHandle) {
    if let Some(page) = app.page().filter(|_| preferences::whole_words()) {
        page.take_selection_in();
        page.select_whole_words();
    }
}

/// Places the toolbar of the session's selection.
pub fn place(app: &AppHandle) {
    let session = app.session();
    let toolbar = find_within(TOOLS, "[role=toolbar]");
    let toolbar = toolbar.and_then(|toolbar| toolbar.dyn_into::<HtmlElement>().ok());
    let (Some(page), Some(selection), Some(toolbar)) = (app.page(), &session.selection, toolbar)
    else {
        return;
    };
    let Some((width, height)) = window_size() else {
        return;
    };
    // Docked at the bottom edge, as without any place.
    let style = toolbar.style();
    let _ = (
        toolbar.remove_attribute("hidden"),
        style.remove_property("translate"),
        toolbar.set_attribute(PLACE, "bottom"),
    );
    let size = toolbar.get_bounding_client_rect();
    let extended = page.selection_ends().map(|(_, focus)| focus);
    let (mut areas, mut last) = (Vec::new(), 0);
    for passage in selection.all() {
        let range = passage.range();
        if let Some(found) = page.areas_of(range) {
            if extended.is_some_and(|end| range.start() <= end && end <= range.end()) {
                last = areas.len();
            }
            areas.push(found);
        }
    }
    let words = areas.iter().map(|areas| Words {
        top: areas.first.top,
        bottom: areas.next,
    });
    let words: Vec<Words> = words.collect();
    let room = Room {
        top: below_bar() + EDGE,
        bottom: visible_height().min(height) - EDGE,
        height: size.height(),
        docked: size.top(),
        near: !matches(DOCKED),
    };
    let at = match spot(&words, last, &room) {
        Spot::Near(top) => {
            let centre = areas.get(last).map_or(width / 2.0, centre_of);
            let left = (centre - size.width() / 2.0)
                .min(width - size.width() - EDGE)
                .max(EDGE);
            let scrolled = |by: Result<f64, _>| by.unwrap_or_default();
            let (left, top) = (
                left + scrolled(window().scroll_x()),
                top + scrolled(window().scroll_y()),
            );
            let place = format!("{}px {}px", left.round(), top.round());
            // What is only translated does not count as moved.
            let _ = style.set_property("translate", &place);
            "near"
        }
        Spot::Top => "top",
        Spot::Bottom => return,
    };
    let _ = toolbar.set_attribute(PLACE, at);
}

/// The middle of the words of one line, or of the block in which more begin.
fn centre_of(areas: &PassageAreas) -> f64 {
    let middle = (areas.block.left + areas.block.right) / 2.0;
    let last = areas.last.filter(|last| last.top < areas.first.bottom);
    last.map_or(middle, |last| {
        let left = areas.first.left.min(last.left);
        (left + areas.first.right.max(last.right)) / 2.0
    })
}

/// The bottom of the bar, if that is at the top of the window.
fn below_bar() -> f64 {
    let bar = document().get_element_by_id("bar");
    let bar = bar.map(|bar| bar.get_bounding_client_rect());
    bar.filter(|bar| bar.top() <= 0.0)
        .map_or(0.0, |bar| bar.bottom())
}

fn matches(query: &str) -> bool {
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// Moves the focus from button to button by arrow keys, as in every toolbar
/// (<https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/>).
pub fn move_focus(event: &KeyboardEvent) {
    let forward = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return,
    };
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let Ok(Some(toolbar)) = target.closest("[role=toolbar]") else {
        return;
    };
    let buttons = matching(&toolbar, "button");
    let Some(at) = buttons.iter().position(|button| *button == target) else {
        return;
    };
    let next = if forward {
        at + 1
    } else {
        at + buttons.len() - 1
    };
    focus(&buttons[next % buttons.len()]);
    event.prevent_default();
}
