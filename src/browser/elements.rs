//! Finds and measures elements, and creates those that an article is drawn with.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomRect, Element, Range};

use crate::model::margin::Area;

/// The namespace of MathML (<https://www.w3.org/TR/mathml-core/>).
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

thread_local! {
    /// One empty element of each kind, as cloning is cheaper than creating by name.
    static BLANKS: RefCell<Vec<(&'static str, Element)>> = RefCell::default();
}

/// Creates an element.
pub fn element(document: &Document, name: &'static str) -> Option<Element> {
    element_by(name, || document.create_element(name).ok())
}

/// Creates an element of a formula. No name of MathML is also one of HTML.
pub fn mathematical(document: &Document, name: &'static str) -> Option<Element> {
    element_by(name, || document.create_element_ns(Some(MATHML), name).ok())
}

fn element_by(name: &'static str, make: impl FnOnce() -> Option<Element>) -> Option<Element> {
    BLANKS.with_borrow_mut(|blanks| {
        let known = blanks.iter().position(|(other, _)| *other == name);
        if known.is_none() {
            blanks.push((name, make()?));
        }
        let blank = known.map_or_else(|| blanks.last(), |index| blanks.get(index));
        Some(blank?.1.clone_node().ok()?.unchecked_into())
    })
}

/// Sets an attribute.
pub fn set(element: &Element, name: &str, value: &str) {
    // This fails only for invalid names; ours are constants.
    let _ = element.set_attribute(name, value);
}

/// The descendants of an element that match a selector.
pub fn matching(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index))
        .filter_map(|node| JsValue::from(node).dyn_into().ok())
        .collect()
}

/// Converts a rectangle.
pub fn area(rect: &DomRect) -> Area {
    Area {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    }
}

/// Returns the rectangles of a range of the page.
pub fn areas(range: &Range) -> Vec<Area> {
    let Some(rects) = range.get_client_rects() else {
        return Vec::new();
    };
    let rects = (0..rects.length()).filter_map(|index| rects.get(index));
    rects.map(|rect| area(&rect)).collect()
}
