//! Adds style sheets to the page.

use web_sys::CssStyleSheet;

use super::system::document;

/// Adds a style sheet after those that the page has. Unlike an element with styles, one that is
/// made by a program is allowed by the page's policy.
pub fn adopt(css: &str) {
    let Ok(sheet) = CssStyleSheet::new() else {
        return;
    };
    if sheet.replace_sync(css).is_ok() {
        let sheets = document().adopted_style_sheets();
        // Some browsers do not allow it to be changed in place.
        document().set_adopted_style_sheets(&sheets.concat(&js_sys::Array::of1(&sheet)));
    }
}
