//! Creates the elements that an article is drawn with.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

use super::system::document;
use crate::app::layout::Labels;
use crate::app::protocol::Unshown;
use crate::model::article::Tag;

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

/// Creates the element of a tag. No MathML name is also an HTML name.
pub fn element_of(document: &Document, tag: Tag) -> Option<Element> {
    let name = tag.element();
    match tag.is_mathematical() {
        true => element_by(name, || document.create_element_ns(Some(MATHML), name).ok()),
        false => element(document, name),
    }
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

/// Creates a picture's placeholder: its alternative text and, if it was fetched, why that failed.
pub fn placeholder(alt: &str, labels: Labels, why: Option<Unshown>) -> Option<Element> {
    let placeholder = element(&document(), "span")?;
    let mut label = if alt.is_empty() { labels.picture } else { alt }.to_owned();
    if let Some(why) = why {
        label = [&label, " – ", labels.unshown[why as usize]].concat();
    }
    set(&placeholder, "class", "picture");
    set(&placeholder, "role", "img");
    set(&placeholder, "aria-label", &label);
    set(&placeholder, "data-label", &label);
    Some(placeholder)
}
