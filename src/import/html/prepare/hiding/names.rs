//! Recognises what lies over a page or beside it by name: menus, dialogs, consent forms.

use dom_query::Element;

use super::super::super::attributes::attribute;

/// Elements that are not part of a text.
const ELEMENTS: [&str; 5] = ["dialog", "form", "menu", "nav", "search"];
/// Roles of such elements (<https://www.w3.org/TR/wai-aria-1.2/#role_definitions>).
const ROLES: [&str; 10] = [
    "alertdialog",
    "dialog",
    "listbox",
    "menu",
    "menubar",
    "navigation",
    "search",
    "status",
    "toolbar",
    "tooltip",
];
/// Words within the classes and ids of such elements.
const WITHIN: [&str; 22] = [
    "backdrop",
    "clone",
    "consent",
    "cookie",
    "drawer",
    "dropdown",
    "flyout",
    "gdpr",
    "lightbox",
    "loader",
    "loading",
    "login",
    "menu",
    "modal",
    "newsletter",
    "offcanvas",
    "overlay",
    "popover",
    "popup",
    "signup",
    "sidebar",
    "tooltip",
];
/// Words that occur within others, so that they count only by themselves.
const ALONE: [&str; 8] = [
    "ad", "ads", "dialog", "nav", "navbar", "search", "share", "toast",
];

/// True if an element is one of these.
pub(super) fn is_overlay(name: &str, element: &Element) -> bool {
    let role = attribute(element, "role").unwrap_or_default();
    if ELEMENTS.contains(&name) || ROLES.contains(&role) {
        return true;
    }
    ["class", "id"].into_iter().any(|said| {
        let said = attribute(element, said).unwrap_or_default();
        let said = said.to_ascii_lowercase();
        let mut parts = said.split(|c: char| !c.is_ascii_alphanumeric());
        WITHIN.iter().any(|word| said.contains(word)) || parts.any(|part| ALONE.contains(&part))
    })
}
