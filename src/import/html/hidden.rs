//! What of a page is not part of its words: elements that show none, and elements that are hidden.

use dom_query::Element;

use super::attributes::attribute;
use super::style::declared;

/// Elements that are dropped with all that is in them: what runs, what is fetched, what is
/// filled in, what is drawn, and what a page says of itself.
const DROPPED: [&str; 44] = [
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
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "wbr",
];

/// Whether an element is left out with all that is in it.
pub(super) fn is_left_out(name: &str, element: &Element) -> bool {
    DROPPED.contains(&name) || is_hidden(name, element)
}

/// Whether a browser would not show an element, as far as the element itself says so.
fn is_hidden(name: &str, element: &Element) -> bool {
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
