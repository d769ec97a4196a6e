//! Between the page's selection and ranges of the text.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range, Selection};

use super::system::{document, window};
use crate::model::article::Article;
use crate::model::text::{TextRange, byte_of_utf16};

/// `NodeFilter.SHOW_TEXT` (<https://dom.spec.whatwg.org/#interface-nodefilter>).
const SHOW_TEXT: u32 = 4;

fn selection() -> Option<Selection> {
    window().get_selection().ok().flatten()
}

/// Whether there is anything between the selection's ends. Not by `isCollapsed`, for which
/// Chromium lays the page out.
fn spans(selection: &Selection) -> bool {
    let (anchor, focus) = (selection.anchor_node(), selection.focus_node());
    anchor.is_some() && (anchor != focus || selection.anchor_offset() != selection.focus_offset())
}

/// The passage that is selected; what is selected outside of the article does not count.
pub fn selected(root: &Element, article: &Article) -> Option<TextRange> {
    let selection = selection().filter(spans)?;
    let range = selection.get_range_at(0).ok()?;
    // Tables in Firefox are selected cell by cell, each a range of its own.
    let last = selection.get_range_at(selection.range_count() - 1).ok()?;
    if !touches(root, &range) && !touches(root, &last) {
        return None;
    }
    let start = byte_of_point(
        root,
        article,
        &range.start_container().ok()?,
        range.start_offset().ok()?,
    )?;
    let end = byte_of_point(
        root,
        article,
        &last.end_container().ok()?,
        last.end_offset().ok()?,
    )?;
    let range = crate::model::text::trim(article.text(), TextRange::new(start, end));
    (!range.is_empty()).then_some(range)
}

fn touches(root: &Element, range: &Range) -> bool {
    range.intersects_node(root).unwrap_or(false)
}

/// The byte of the text at a point of the page: by the leaf around it, else by the chunk.
fn byte_of_point(root: &Element, article: &Article, node: &Node, offset: u32) -> Option<u32> {
    if !root.contains(Some(node)) {
        let is_before =
            root.compare_document_position(node) & Node::DOCUMENT_POSITION_PRECEDING != 0;
        return Some(if is_before {
            0
        } else {
            article.text().len() as u32
        });
    }
    let element = node
        .dyn_ref::<Element>()
        .cloned()
        .or_else(|| node.parent_element())?;
    if let Some((leaf, number)) = numbered(&element, "data-b") {
        let text = article.leaves().get(number)?.text;
        return byte_within(article, &leaf, text, node, offset);
    }
    if let Some((chunk, number)) = numbered(&element, "data-chunk") {
        let text = article.chunks().get(number)?.text;
        return byte_within(article, &chunk, text, node, offset);
    }
    let chunk = article.chunks().get(offset as usize);
    Some(chunk.map_or(article.text().len() as u32, |chunk| chunk.text.start()))
}

/// The nearest element around that carries a number, and the number.
fn numbered(element: &Element, attribute: &str) -> Option<(Element, usize)> {
    let around = element.closest(&format!("[{attribute}]")).ok()??;
    let number = around.get_attribute(attribute)?.parse().ok()?;
    Some((around, number))
}

fn byte_within(
    article: &Article,
    element: &Element,
    text: TextRange,
    node: &Node,
    offset: u32,
) -> Option<u32> {
    let before = document().create_range().ok()?;
    before.set_start(element, 0).ok()?;
    before.set_end(node, offset).ok()?;
    let units = before.to_string().length();
    Some(text.start() + byte_of_utf16(text.slice(article.text())?, units))
}

/// The text node and the offset in it that are so many UTF-16 units into an element.
pub fn text_point(element: &Element, units: u32) -> Option<(Node, u32)> {
    let walker = document()
        .create_tree_walker_with_what_to_show(element, SHOW_TEXT)
        .ok()?;
    let mut left = units;
    let mut last = None;
    while let Ok(Some(node)) = walker.next_node() {
        let length = node
            .dyn_ref::<web_sys::CharacterData>()
            .map_or(0, |text| text.length());
        if left < length || (left == length && left > 0) {
            return Some((node, left));
        }
        left -= length;
        last = Some((node, length));
    }
    last
}

/// Where a byte of the text is, in pixels below the window's top.
pub fn top_of(leaf: &Element, byte: u32, point: impl Fn(u32) -> Option<(Node, u32)>) -> f64 {
    let rect = point(byte).and_then(|(node, offset)| {
        let range = document().create_range().ok()?;
        range.set_start(&node, offset).ok()?;
        range.set_end(&node, offset).ok()?;
        range.get_client_rects()?.get(0)
    });
    rect.map_or_else(|| leaf.get_bounding_client_rect().top(), |rect| rect.top())
}

/// A selection by the text, so that it outlives a redraw.
pub struct Kept {
    anchor: u32,
    focus: u32,
}

/// The selection as it stands, if its ends are in the article.
pub fn kept(root: &Element, article: &Article) -> Option<Kept> {
    let selection = selection().filter(spans)?;
    let (anchor, focus) = (selection.anchor_node()?, selection.focus_node()?);
    if !root.contains(Some(&anchor)) || !root.contains(Some(&focus)) {
        return None;
    }
    Some(Kept {
        anchor: byte_of_point(root, article, &anchor, selection.anchor_offset())?,
        focus: byte_of_point(root, article, &focus, selection.focus_offset())?,
    })
}

impl Kept {
    /// Selects the same again, the same end first.
    pub fn restore(&self, point: impl Fn(u32) -> Option<(Node, u32)>) {
        if let (Some(anchor), Some(focus)) = (point(self.anchor), point(self.focus)) {
            select(&anchor, &focus);
        }
    }
}

/// Selects from one point to another.
pub fn select(anchor: &(Node, u32), focus: &(Node, u32)) {
    if let Some(selection) = selection() {
        let _ = selection.set_base_and_extent(&anchor.0, anchor.1, &focus.0, focus.1);
    }
}

/// Selects nothing; a caret stays where it is.
pub fn clear() {
    if let Some(selection) = selection().filter(spans) {
        let _ = selection.remove_all_ranges();
    }
}

/// Moves the selection's end, or collapses it first, by a `character`, `word` or `line`.
pub fn modify(alter: &str, direction: &str, granularity: &str) {
    if let Some(selection) = selection() {
        let _ = selection.modify(alter, direction, granularity);
    }
}

/// Whether anything is selected, or a caret stands, in an element.
pub fn is_in(root: &Element) -> bool {
    let node = selection().and_then(|selection| selection.focus_node());
    node.is_some_and(|node| root.contains(Some(&node)))
}

/// The rectangle of the selection's last line, in pixels of the window: left, top, right, bottom.
pub fn last_line() -> Option<(f64, f64, f64, f64)> {
    let range = selection()?.get_range_at(0).ok()?;
    let rects = range.get_client_rects()?;
    let last = rects.get(rects.length().checked_sub(1)?)?;
    Some((last.left(), last.top(), last.right(), last.bottom()))
}
