//! Edits typed text as if by the person typing, so that the browser's own undo can revert them.

use std::ops::Range;

use js_sys::{JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlInputElement, HtmlTextAreaElement};

use super::system::{document, focus_quietly};
use crate::model::markup::{Edit, Markup, toggled};
use crate::model::text::{byte_of_utf16, utf16_len};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Document)]
    type Commands;
    /// Deprecated, but the only way to make an edit that undo knows of
    /// (<https://w3c.github.io/editing/docs/execCommand/>).
    #[wasm_bindgen(method, catch, js_name = execCommand)]
    fn exec_command(this: &Commands, name: &str, ui: bool, value: &str) -> Result<bool, JsValue>;

    /// A box whose value stays the browser's string: a long one is not copied at each key.
    type TextBox;
    #[wasm_bindgen(method, getter)]
    fn value(this: &TextBox) -> JsString;

    type TextEncoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;
    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;
}

/// Returns the text of a box. The browser encodes a long one in a fraction of the time that the
/// bindings take, which look at one unit after the other.
pub fn text_of(area: &HtmlTextAreaElement) -> String {
    let text = area.unchecked_ref::<TextBox>().value();
    String::from_utf8(TextEncoder::new().encode(&text).to_vec()).unwrap_or_default()
}

/// What stands before the caret of a box.
pub struct Before {
    /// Its last words.
    pub words: String,
    /// Where the caret is, in UTF-16 units.
    pub caret: u32,
}

/// Returns at most so many UTF-16 units of what stands before the caret; `None` if something is
/// selected, or if `mark` stands nowhere in the box, which is found out before the caret is looked
/// for: in a long text that takes longer than typing.
pub fn before_caret(input: &HtmlInputElement, mark: &str, most: u32) -> Option<Before> {
    let text = input.unchecked_ref::<TextBox>().value();
    let caret = text.includes(mark, 0).then(|| caret_units(input))??;
    let words = text.slice(caret.saturating_sub(most), caret).into();
    Some(Before { words, caret })
}

/// Puts words in the place of the selection; false if the browser does not.
fn put(words: &str) -> bool {
    let commands: Commands = document().unchecked_into();
    let done = match words {
        "" => commands.exec_command("delete", false, ""),
        words => commands.exec_command("insertText", false, words),
    };
    done == Ok(true)
}

/// Returns where the caret of a box is, in bytes; `None` if something is selected.
pub fn caret(input: &HtmlInputElement) -> Option<usize> {
    let units = caret_units(input)?;
    Some(byte_of_utf16(&input.value(), units) as usize)
}

/// The same in UTF-16 units.
fn caret_units(input: &HtmlInputElement) -> Option<u32> {
    let place = |place: Result<Option<u32>, JsValue>| place.ok().flatten();
    let (start, end) = (
        place(input.selection_start())?,
        place(input.selection_end())?,
    );
    (start == end).then_some(start)
}

/// Puts words in the place of a range of bytes in a box. The box fires an `input` event as after any
/// edit.
pub fn replace(input: &HtmlInputElement, range: Range<usize>, words: &str) {
    let text = input.value();
    let units = |byte: usize| utf16_len(&text[..byte]);
    let (from, to) = (units(range.start), units(range.end));
    let _ = input.set_selection_range(from, to);
    if !put(words) {
        // The last resort, which undo does not know of.
        let _ = input.set_range_text_with_start_and_end(words, from, to);
        if let Ok(event) = web_sys::Event::new("input") {
            let _ = input.dispatch_event(&event);
        }
        let end = from + utf16_len(words);
        let _ = input.set_selection_range(end, end);
    }
}

/// Adds a markup to the selection in a text box, or removes it. The box fires an `input` event as
/// after any edit.
pub fn toggle(area: &HtmlTextAreaElement, markup: Markup) {
    let text = area.value();
    let selection = selected(area, &text);
    apply(area, &text, &toggled(&text, selection, markup));
}

/// Edits at the caret of a text box; false if something is selected, or there is nothing to edit.
/// The box fires an `input` event as after any edit.
pub fn edit_at_caret(
    area: &HtmlTextAreaElement,
    edit: impl FnOnce(&str, usize) -> Option<Edit>,
) -> bool {
    let text = area.value();
    let selection = selected(area, &text);
    let edit = match selection.is_empty() {
        true => edit(&text, selection.start),
        false => None,
    };
    edit.iter().for_each(|edit| apply(area, &text, edit));
    edit.is_some()
}

/// Returns what is selected in a text box with this text, in bytes.
pub fn selected(area: &HtmlTextAreaElement, text: &str) -> Range<usize> {
    let start = area.selection_start().ok().flatten().unwrap_or(0);
    let end = area.selection_end().ok().flatten().unwrap_or(start);
    let byte = |units: u32| byte_of_utf16(text, units) as usize;
    byte(start)..byte(end)
}

/// Puts words in the place of a range of bytes in a text box, which need not have the focus: where
/// that is, it stays.
pub fn insert(area: &HtmlTextAreaElement, range: Range<usize>, words: &str) {
    let focused = document().active_element();
    focus_quietly(area);
    let words = words.replace("\r\n", "\n");
    let end = range.start + words.len();
    let edit = Edit {
        range,
        words,
        selection: end..end,
    };
    apply(area, &area.value(), &edit);
    if let Some(focused) = focused.filter(|focused| focused != area.unchecked_ref::<Element>()) {
        focus_quietly(&focused);
    }
}

/// Makes an edit in a text box with this text. The box fires an `input` event as after any edit.
pub fn apply(area: &HtmlTextAreaElement, text: &str, edit: &Edit) {
    let units = |byte: usize| utf16_len(&text[..byte]);
    let (from, to) = (units(edit.range.start), units(edit.range.end));
    let _ = area.set_selection_range(from, to);
    if !put(&edit.words) {
        // The last resort, which undo does not know of.
        let _ = area.set_range_text_with_start_and_end(&edit.words, from, to);
        if let Ok(event) = web_sys::Event::new("input") {
            let _ = area.dispatch_event(&event);
        }
    }
    let text = area.value();
    let units = |byte: usize| utf16_len(&text[..byte.min(text.len())]);
    let _ = area.set_selection_range(units(edit.selection.start), units(edit.selection.end));
}
