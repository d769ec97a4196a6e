//! Maps a point in the window to a place in the text: inside the text, the browser's own answer;
//! beside it, the nearest place on the line at that height; above or below it, the start or end of
//! the nearest block.
//!
//! Browsers go by the order of the elements instead, which beside the text mostly yields the end of
//! everything.

use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

use super::elements::{area, areas, matching};
use super::selection::byte_of_point;
use super::system::{document, root as root_element, window_size};
use crate::app::layout::Layout;
use crate::model::margin::{Area, lines};

/// While the root element has this attribute, whatever covers or adjoins the article lets the
/// pointer through and cannot be selected (`static/style.css`).
const SELECTING: &str = "data-selecting";
/// Distance inside a line's edge at which its first or last letter is hit, in pixels: less than
/// half of any letter.
const WITHIN: f64 = 0.5;

#[wasm_bindgen]
extern "C" {
    /// Caught, as not every browser has both methods.
    type Carets;
    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    fn caret_position(this: &Carets, x: f64, y: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = caretRangeFromPoint)]
    fn caret_range(this: &Carets, x: f64, y: f64) -> Result<JsValue, JsValue>;
}

/// Returns where the browser would put a caret.
fn caret_at(x: f64, y: f64) -> Option<(Node, u32)> {
    let document = document();
    let carets = document.unchecked_ref::<Carets>();
    let position = carets.caret_position(x, y).ok();
    if let Some(position) = position.filter(JsValue::is_object) {
        let position = position.unchecked_into::<web_sys::CaretPosition>();
        return Some((position.offset_node()?, position.offset()));
    }
    let range = carets.caret_range(x, y).ok().filter(JsValue::is_object)?;
    let range = range.unchecked_into::<web_sys::Range>();
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

/// Lets the pointer through to the article, or stops doing so.
pub fn look_through(on: bool) {
    let Some(root) = root_element() else { return };
    if root.has_attribute(SELECTING) == on {
        return;
    }
    let _ = match on {
        true => root.set_attribute(SELECTING, ""),
        false => root.remove_attribute(SELECTING),
    };
}

/// True if the element that the pointer hits at a point in the window is in a block of the article.
pub fn is_on_text(root: &Element, x: f64, y: f64) -> bool {
    let found = document().element_from_point(x as f32, y as f32);
    let leaf = found.and_then(|element| element.closest("[data-b]").ok().flatten());
    leaf.is_some_and(|leaf| root.contains(Some(&leaf)))
}

/// Returns the byte of the text that a point in the window means.
pub fn byte_at(root: &Element, article: &Layout, (x, y): (f64, f64)) -> Option<u32> {
    let known = root_element()?.has_attribute(SELECTING);
    if !known {
        look_through(true);
    }
    let (_, height) = window_size()?;
    // Outside the window, its edge counts: the page is scrolling there meanwhile.
    let y = y.min(height - 1.0).max(0.0);
    let byte = if is_on_text(root, x, y) {
        caret_at(x, y).and_then(|(node, offset)| byte_of_point(root, article, &node, offset))
    } else {
        nearest(root, article, (x, y))
    };
    if !known {
        look_through(false);
    }
    byte
}

/// Returns the distance between a number and an interval.
fn distance(from: f64, to: f64, at: f64) -> f64 {
    (from - at).max(at - to).max(0.0)
}

/// Returns the nearest area by height, then by width.
fn nearest_of<T>((x, y): (f64, f64), areas: impl Iterator<Item = (Area, T)>) -> Option<(Area, T)> {
    let far = |area: &Area| {
        let high = distance(area.top, area.bottom, y);
        (high, distance(area.left, area.right, x))
    };
    areas.min_by(|(one, _), (other, _)| {
        far(one)
            .partial_cmp(&far(other))
            .unwrap_or(std::cmp::Ordering::Equal)
    })
}

fn nearest(root: &Element, article: &Layout, (x, y): (f64, f64)) -> Option<u32> {
    // Stretches are stacked, and in each its chunks; what is skipped is not asked about, since that
    // would lay it out. The nearest block is in the chunk at that height or in the one before.
    let is_above = |element: &Element| element.get_bounding_client_rect().bottom() <= y;
    let beside = |stacked: &[Element]| {
        let below = stacked.partition_point(is_above);
        stacked[below.saturating_sub(1)..(below + 1).min(stacked.len())].to_vec()
    };
    let within = |all: Vec<Element>, selector: &str| {
        let found = all.iter().map(|one| matching(one, selector));
        found.flatten().collect::<Vec<Element>>()
    };
    let stretches = beside(&matching(root, ".stretch"));
    let chunks = beside(&within(stretches, ".chunk"));
    let leaves = within(chunks, "[data-b]").into_iter();
    let shown = leaves.map(|leaf| (area(&leaf.get_bounding_client_rect()), leaf));
    // Content of a closed fold has no area.
    let shown = shown.filter(|(area, _)| area.bottom > area.top);
    let (area, leaf) = nearest_of((x, y), shown)?;
    let number: usize = leaf.get_attribute("data-b")?.parse().ok()?;
    let text = article.leaves().get(number)?.text;
    if y < area.top {
        return Some(text.start());
    }
    if y > area.bottom {
        return Some(text.end());
    }
    on_line(root, article, &leaf, (x, y)).or(Some(match y > (area.top + area.bottom) / 2.0 {
        true => text.end(),
        false => text.start(),
    }))
}

/// Returns the nearest place on the line of a block at a height.
fn on_line(root: &Element, article: &Layout, leaf: &Element, (x, y): (f64, f64)) -> Option<u32> {
    let words = document().create_range().ok()?;
    words.select_node_contents(leaf).ok()?;
    let areas = areas(&words);
    let lines = lines(&areas).into_iter().map(|line| (line, ()));
    let (line, ()) = nearest_of((x, y), lines)?;
    let x = x.min(line.right - WITHIN).max(line.left + WITHIN);
    let (node, offset) = caret_at(x, (line.top + line.bottom) / 2.0)?;
    if !leaf.contains(Some(&node)) {
        return None;
    }
    byte_of_point(root, article, &node, offset)
}
