//! Recognises what is not part of a page's words: elements without words, and hidden elements.

use dom_query::{Element, NodeRef};
use html5ever::ns;

use super::attributes::attribute;
use super::attributes::declared;

/// Elements that are dropped with all their content: scripts, fetched content, form fields,
/// drawings, and the page's description of itself.
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

/// The element of a drawing that contains a part of the page, which browsers show
/// (<https://www.w3.org/TR/SVG2/embedded.html#ForeignObjectElement>).
pub(super) const FOREIGN: &str = "foreignObject";
/// Elements of a drawing that may contain such a part; all others are only drawn or described.
const WAYS_THROUGH_DRAWINGS: [&str; 5] = ["a", "foreignObject", "g", "svg", "switch"];

/// True if an element is left out with all its content.
///
/// Hidden elements whose words count were already made visible when the page was prepared.
pub(super) fn is_left_out(name: &str, element: &Element) -> bool {
    is_dropped(name, element) || is_hidden(name, element)
}

/// True if an element shows no words because of its name alone.
pub(super) fn is_dropped(name: &str, element: &Element) -> bool {
    match is_drawn(element) {
        true => !WAYS_THROUGH_DRAWINGS.contains(&name),
        false => DROPPED.contains(&name),
    }
}

/// True if an element belongs to a drawing, which shows words only within a `foreignObject`.
pub(super) fn is_drawn(element: &Element) -> bool {
    element.name.ns == ns!(svg)
}

/// True if the words directly in an element belong to a drawing and not to the page.
pub(super) fn swallows_words(parent: &NodeRef<'_>) -> bool {
    parent
        .element_ref()
        .is_some_and(|element| is_drawn(&element) && &*element.name.local != FOREIGN)
}

/// True if a browser would not show an element, judging by the element alone.
pub(super) fn is_hidden(name: &str, element: &Element) -> bool {
    if element.attrs.is_empty() {
        return name == "dialog";
    }
    // Content hidden with `until-found` can be found by a search.
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
