//! Turns the drawings of a page (inline SVG) into pictures that cannot run anything.
//!
//! A drawing is written anew, with only the few elements and attributes that draw, and becomes the
//! `data:` address of an `img`, which runs no scripts and fetches nothing
//! (<https://www.w3.org/TR/SVG2/conform.html#secure-static-mode>).

mod pen;
mod values;
mod vocabulary;

use dom_query::{Element, NodeRef};

use crate::model::article::{Attribute, Attributes};

use super::attributes::{attribute, classes};
use super::hidden::{FOREIGN, is_drawn};
use super::words::words_of;

/// Largest side of an icon, in pixels: icons stand for a word that is there too.
const LARGEST_ICON: f32 = 32.0;
/// Largest side, in pixels, of drawings that count visits and show nothing, whatever they say.
const SMALLEST_SIDE: f32 = 2.0;
/// Longest address of a drawing, in bytes; larger drawings are maps too wide for any column.
const LONGEST_ADDRESS: usize = 200 * 1024;
/// Maximum total length of the addresses of an article's drawings, in bytes: they are stored.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Longest alternative text of a drawing, in bytes.
const LONGEST_WORDS: usize = 1_000;
/// Elements in which a drawing is an icon for their function.
const SIGNPOSTS: [&str; 4] = ["a", "button", "label", "summary"];
/// Prefixes of the classes of icons.
const ICONS: [&str; 6] = ["icon", "fa-", "svg-inline", "octicon", "bi-", "feather"];
/// The units that a side may be given in, with their sizes in pixels.
const UNITS: [(&str, f32); 6] = [
    ("px", 1.0),
    ("pt", 4.0 / 3.0),
    ("rem", 16.0),
    ("em", 16.0),
    ("ex", 8.0),
    ("mm", 3.78),
];

/// Returns the attributes of the picture made from a drawing; `None` if it is an icon, empty or too
/// large, or contains words of the page.
pub(super) fn picture(svg: &NodeRef<'_>, element: &Element) -> Option<Attributes> {
    if !is_outermost(svg) {
        return None;
    }
    let words = words_for(svg, element);
    if !is_worth_showing(svg, element, !words.is_empty()) || holds_words(svg) {
        return None;
    }
    let address = pen::address_of(svg, LONGEST_ADDRESS)?;
    let mut said = Attributes::none();
    said.set(Attribute::Src, &address);
    said.set(Attribute::Alt, &words);
    let sides = (side(element, "width"), side(element, "height"));
    if let (Some(width), Some(height)) = sides {
        said.set(Attribute::Width, &width.round().to_string());
        said.set(Attribute::Height, &height.round().to_string());
    }
    Some(said)
}

/// True if an element is a drawing, and not a part of one.
pub(super) fn is_outermost(node: &NodeRef<'_>) -> bool {
    let is_svg = |element: &Element| is_drawn(element) && &*element.name.local == "svg";
    let above = node.parent();
    let is_part = above.is_some_and(|parent| {
        let drawn = parent.element_ref().is_some_and(|above| is_drawn(&above));
        drawn && !parent.has_name(FOREIGN)
    });
    !is_part && node.element_ref().is_some_and(|element| is_svg(&element))
}

/// True if a drawing contains a part of the page, whose words are worth more than the picture.
fn holds_words(svg: &NodeRef<'_>) -> bool {
    let mut all = svg.descendants_it();
    all.any(|node| node.has_name(FOREIGN) && !words_of(&node).is_empty())
}

fn is_worth_showing(svg: &NodeRef<'_>, element: &Element, is_named: bool) -> bool {
    let role = attribute(element, "role").unwrap_or_default();
    let is_icon = |class: &str| ICONS.iter().any(|icon| class.starts_with(icon));
    let is_sign = || {
        let mut above = svg.ancestors_it(None);
        above.any(|above| SIGNPOSTS.iter().any(|name| above.has_name(name)))
    };
    let sides = sides(element);
    let is_dot = sides.iter().any(|side| *side <= SMALLEST_SIDE);
    if is_dot || matches!(role, "presentation" | "none") || is_sign() {
        return false;
    }
    let is_large = sides.iter().any(|side| *side > LARGEST_ICON);
    is_named || role == "img" || (is_large && !classes(element).any(is_icon))
}

/// Returns the words for a drawing: its `aria-label`, `title` or `desc`
/// (<https://www.w3.org/TR/svg-aam-1.0/#mapping_additional_nd>).
fn words_for(svg: &NodeRef<'_>, element: &Element) -> String {
    let child = |name: &str| {
        let found = svg.children_it(false).find(|child| child.has_name(name));
        found.map(|child| child.immediate_text().to_string())
    };
    let label = || attribute(element, "aria-label").map(str::to_owned);
    let words = label().or_else(|| child("title")).or_else(|| child("desc"));
    let words = words.unwrap_or_default();
    let words = &words[..words.floor_char_boundary(LONGEST_WORDS)];
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the sides of a drawing in pixels, or else in its own units.
fn sides(element: &Element) -> Vec<f32> {
    let given = ["width", "height"].map(|name| side(element, name));
    let given: Vec<f32> = given.into_iter().flatten().collect();
    if !given.is_empty() {
        return given;
    }
    let view = attribute(element, "viewBox").unwrap_or_default();
    let numbers = view.split([' ', ',']).filter(|number| !number.is_empty());
    let numbers = numbers.skip(2).filter_map(|number| number.parse().ok());
    numbers.collect()
}

fn side(element: &Element, name: &str) -> Option<f32> {
    let value = attribute(element, name)?.trim();
    let in_unit = |(unit, pixels): &(&str, f32)| Some((value.strip_suffix(*unit)?, *pixels));
    let (number, pixels) = UNITS.iter().find_map(in_unit).unwrap_or((value, 1.0));
    let side = number.trim().parse::<f32>().ok()? * pixels;
    (side.is_finite() && side >= 0.0).then_some(side)
}
