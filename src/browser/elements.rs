//! Makes the elements that an article is drawn with.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

use super::system::document;
use crate::app::protocol::Unshown;
use crate::model::article::Tag;

/// The language of formulas (<https://www.w3.org/TR/mathml-core/>).
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// Words that are shown beside an article's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// Names the mark of a footnote, before its number.
    pub footnote: &'static str,
    /// Names the way back from a footnote.
    pub back: &'static str,
    /// Names the footnotes.
    pub footnotes: &'static str,
    /// Names a picture that says nothing of itself.
    pub picture: &'static str,
    /// Why a picture cannot be shown, by [`Unshown`].
    pub unshown: &'static [&'static str; 3],
    /// Names a table that can be scrolled.
    pub table: &'static str,
    /// Names the place of words that are gone, before the words.
    pub gap: &'static str,
}

thread_local! {
    /// One empty element of each kind: to copy one is cheaper than to name it again.
    static BLANKS: RefCell<Vec<(&'static str, Element)>> = RefCell::default();
}

/// A new element.
pub fn element(document: &Document, name: &'static str) -> Option<Element> {
    element_by(name, || document.create_element(name).ok())
}

/// A new element of a tag. No name of MathML is one of HTML as well.
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
    // Refused only for names that are none; ours are constants.
    let _ = element.set_attribute(name, value);
}

/// What stands where a picture is not shown: its words, and why not if it was asked for.
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
