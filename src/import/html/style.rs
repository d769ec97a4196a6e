//! What an element's inline style declares, as far as an article can say it.

use dom_query::Element;

use super::attributes::attribute;

/// The value that an element's inline style gives to a property, in lower case.
pub(super) fn declared(element: &Element, property: &str) -> Option<String> {
    let style = attribute(element, "style")?;
    let mut declarations = style.split(';').filter_map(|said| said.split_once(':'));
    let value = declarations
        .rfind(|(name, _)| name.trim().eq_ignore_ascii_case(property))
        .map(|(_, value)| value.trim().to_ascii_lowercase())?;
    let value = value.strip_suffix("!important").unwrap_or(&value);
    Some(value.trim().to_owned())
}

/// Whether the style makes the words bold (`Some(false)`: makes them not bold).
pub(super) fn bold(element: &Element) -> Option<bool> {
    let weight = declared(element, "font-weight")?;
    match weight.as_str() {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u32>().ok().map(|weight| weight >= 600),
    }
}

/// Whether the style makes the words italic (`Some(false)`: makes them upright).
pub(super) fn italic(element: &Element) -> Option<bool> {
    let style = declared(element, "font-style")?;
    Some(style == "italic" || style.starts_with("oblique"))
}
