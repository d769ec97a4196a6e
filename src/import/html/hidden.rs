//! What of a page is not part of its words: elements that show none, and elements that are hidden.

use dom_query::{Element, NodeRef};
use html5ever::ns;

use super::attributes::attribute;
use super::style::declared;

/// Elements that are dropped with all that is in them: what runs, what is fetched, what is
/// filled in, what is drawn, and what a page says of itself.
const DROPPED: [&str; 43] = [
    "annotation",
    "annotation-xml",
    "applet",
    "area",
    "audio",
    "base",
    "basefont",
    "bgsound",
    "button",
    "canvas",
    "col",
    "colgroup",
    "datalist",
    "embed",
    "fencedframe",
    "frame",
    "frameset",
    "head",
    "iframe",
    "input",
    "link",
    "meta",
    "meter",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "param",
    "portal",
    "progress",
    "rp",
    "script",
    "select",
    "source",
    "style",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "wbr",
];

/// The element of a drawing that holds a part of the page, which browsers show
/// (<https://www.w3.org/TR/SVG2/embedded.html#ForeignObjectElement>).
pub(super) const FOREIGN: &str = "foreignObject";
/// Elements of a drawing that such a part may stand in; all others are drawn or only described.
const WAYS_THROUGH_DRAWINGS: [&str; 5] = ["a", "foreignObject", "g", "svg", "switch"];

/// Whether an element is left out with all that is in it.
///
/// What is hidden and nevertheless words was shown when the page was made ready.
pub(super) fn is_left_out(name: &str, element: &Element) -> bool {
    is_dropped(name, element) || is_hidden(name, element)
}

/// Whether an element shows no words by its name alone.
pub(super) fn is_dropped(name: &str, element: &Element) -> bool {
    match is_drawn(element) {
        true => !WAYS_THROUGH_DRAWINGS.contains(&name),
        false => DROPPED.contains(&name),
    }
}

/// Whether an element belongs to a drawing, which shows words only within a `foreignObject`.
pub(super) fn is_drawn(element: &Element) -> bool {
    element.name.ns == ns!(svg)
}

/// Whether words that stand directly in an element are no words of the page but a drawing's.
pub(super) fn swallows_words(parent: &NodeRef<'_>) -> bool {
    parent
        .element_ref()
        .is_some_and(|element| is_drawn(&element) && &*element.name.local != FOREIGN)
}

/// Whether a browser would not show an element, as far as the element itself says so.
pub(super) fn is_hidden(name: &str, element: &Element) -> bool {
    if element.attrs.is_empty() {
        return name == "dialog";
    }
    // What is hidden until it is found can be found.
    let hidden = attribute(element, "hidden")
        .is_some_and(|value| !value.eq_ignore_ascii_case("until-found"));
    hidden
        || attribute(element, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || (name == "dialog" && attribute(element, "open").is_none())
        || declared(element, "display").is_some_and(|value| value == "none")
        || declared(element, "visibility")
            .is_some_and(|value| matches!(value.as_str(), "hidden" | "collapse"))
        || declared(element, "mso-hide").is_some_and(|value| value == "all")
}
