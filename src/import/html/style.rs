//! Reads an element's inline style, as far as an article can express it.

use dom_query::Element;

use super::attributes::attribute;

/// Returns the value of a property in an element's inline style, in lower case.
pub(super) fn declared(element: &Element, property: &str) -> Option<String> {
    let style = attribute(element, "style")?;
    let mut declarations = style.split(';').filter_map(|said| said.split_once(':'));
    let value = declarations
        .rfind(|(name, _)| name.trim().eq_ignore_ascii_case(property))
        .map(|(_, value)| value.trim().to_ascii_lowercase())?;
    let value = value.strip_suffix("!important").unwrap_or(&value);
    Some(value.trim().to_owned())
}

/// `Some(true)` if the style makes the words bold, `Some(false)` if it makes them not bold.
pub(super) fn bold(element: &Element) -> Option<bool> {
    let weight = declared(element, "font-weight")?;
    match weight.as_str() {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u32>().ok().map(|weight| weight >= 600),
    }
}

/// `Some(true)` if the style makes the words italic, `Some(false)` if it makes them upright.
pub(super) fn italic(element: &Element) -> Option<bool> {
    let style = declared(element, "font-style")?;
    Some(style == "italic" || style.starts_with("oblique"))
}
