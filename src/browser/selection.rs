//! Converts between the page's selection and ranges of the text.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range, Selection};

use super::elements::areas;
use super::system::{document, window, window_size};
use crate::app::layout::Layout;
use crate::model::margin::Area;
use crate::model::passages::Passage;
use crate::model::text::{TextRange, byte_of_utf16};

/// `NodeFilter.SHOW_TEXT` (<https://dom.spec.whatwg.org/#interface-nodefilter>).
const SHOW_TEXT: u32 = 4;

fn selection() -> Option<Selection> {
    window().get_selection().ok().flatten()
}

/// True if there is anything between the selection's ends. Avoids `isCollapsed` and, without a
/// selection, the ends, for which Chromium performs a layout.
fn spans(selection: &Selection) -> bool {
    if selection.range_count() == 0 {
        return false;
    }
    let (anchor, focus) = (selection.anchor_node(), selection.focus_node());
    anchor.is_some() && (anchor != focus || selection.anchor_offset() != selection.focus_offset())
}

/// Returns the selected passages in order: most browsers select one at a time, some allow several
/// with a key held. Selections outside of the article do not count.
pub fn selected(root: &Element, article: &Layout) -> Vec<TextRange> {
    let Some(selection) = selection().filter(spans) else {
        return Vec::new();
    };
    let ranges = ranges(&selection);
    let mut passages: Vec<Selected> = Vec::new();
    for range in ranges.iter().filter(|range| touches(root, range)) {
        let Some(text) = passage(root, article, range) else {
            continue;
        };
        let is_cell = is_cell(range);
        // Firefox selects tables cell by cell, each as a range of its own.
        if let Some(last) = passages.last_mut()
            && last.is_cell
            && is_cell
            && is_beside(article, last.text, text)
        {
            last.text = TextRange::new(last.text.start(), text.end());
            continue;
        }
        passages.push(Selected { text, is_cell });
    }
    let passages = passages
        .into_iter()
        .filter_map(|selected| Passage::of(article, selected.text));
    passages.map(Passage::range).collect()
}

/// One of several selected parts of the article.
struct Selected {
    text: TextRange,
    /// True if it is a table cell.
    is_cell: bool,
}

fn ranges(selection: &Selection) -> Vec<Range> {
    (0..selection.range_count())
        .filter_map(|index| selection.get_range_at(index).ok())
        .collect()
}

/// True if a range is a whole table cell.
fn is_cell(range: &Range) -> bool {
    let row = range.start_container().ok();
    row.is_some_and(|row| row.node_name().eq_ignore_ascii_case("tr"))
}

/// True if only a separator is between two passages.
fn is_beside(article: &Layout, one: TextRange, next: TextRange) -> bool {
    let between = (one.end() <= next.start()).then(|| TextRange::new(one.end(), next.start()));
    between
        .and_then(|between| between.slice(article.text()))
        .is_some_and(|words| words.trim().is_empty())
}

fn passage(root: &Element, article: &Layout, range: &Range) -> Option<TextRange> {
    let at = |node: Node, offset| byte_of_point(root, article, &node, offset);
    let start = at(range.start_container().ok()?, range.start_offset().ok()?)?;
    let end = at(range.end_container().ok()?, range.end_offset().ok()?)?;
    Some(TextRange::new(start, end.max(start)))
}

fn touches(root: &Element, range: &Range) -> bool {
    range.intersects_node(root).unwrap_or(false)
}

/// True if any of the article is selected, even an empty part.
pub fn touches_article(root: &Element) -> bool {
    let ranges = selection().map(|selection| ranges(&selection));
    ranges.is_some_and(|ranges| ranges.iter().any(|range| touches(root, range)))
}

/// Returns the bytes where the selection begins and where it is extended, if both are in the
/// article. For a caret they are equal.
pub fn ends(root: &Element, article: &Layout) -> Option<(u32, u32)> {
    let selection = selection()?;
    let (anchor, focus) = (selection.anchor_node()?, selection.focus_node()?);
    if !root.contains(Some(&anchor)) || !root.contains(Some(&focus)) {
        return None;
    }
    Some((
        byte_of_point(root, article, &anchor, selection.anchor_offset())?,
        byte_of_point(root, article, &focus, selection.focus_offset())?,
    ))
}

/// If one end of the selection is in the text and the other beside the article, returns the byte of
/// the former, the latter's point in the window, and whether the selection begins with the former.
pub fn half_out(root: &Element, article: &Layout) -> Option<(u32, (f64, f64), bool)> {
    let selection = selection().filter(spans)?;
    let anchor = (selection.anchor_node()?, selection.anchor_offset());
    let focus = (selection.focus_node()?, selection.focus_offset());
    let is_in = |(node, _): &(Node, u32)| root.contains(Some(node));
    let (begins, inside, outside) = match (is_in(&anchor), is_in(&focus)) {
        (true, false) => (true, anchor, focus),
        (false, true) => (false, focus, anchor),
        _ => return None,
    };
    if outside.0.contains(Some(root)) {
        return None;
    }
    // A triple click on the last block selects up to the start of whatever follows.
    if !has_words_up_to(root, &outside) {
        return None;
    }
    let byte = byte_of_point(root, article, &inside.0, inside.1)?;
    Some((byte, place_of(&outside.0, outside.1)?, begins))
}

/// True if there are words between the article and a point outside of it.
fn has_words_up_to(root: &Element, (node, offset): &(Node, u32)) -> bool {
    let words = || {
        let between = document().create_range().ok()?;
        if is_before(root, node, *offset) {
            between.set_start(node, *offset).ok()?;
            between.set_end_before(root).ok()?;
        } else {
            between.set_start_after(root).ok()?;
            between.set_end(node, *offset).ok()?;
        }
        Some(between.to_string().trim().length() > 0)
    };
    words().unwrap_or(false)
}

/// Returns the byte of the text at a point of the page: by the enclosing leaf, else by the chunk
/// or the stretch.
pub fn byte_of_point(root: &Element, article: &Layout, node: &Node, offset: u32) -> Option<u32> {
    if !root.contains(Some(node)) {
        return Some(match is_before(root, node, offset) {
            true => 0,
            false => article.text().len() as u32,
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
    if let Some((stretch, number)) = numbered(&element, "data-stretch") {
        let text = article.text_of_stretch(number);
        return byte_within(article, &stretch, text, node, offset);
    }
    Some(article.text_of_stretch(offset as usize).start())
}

/// True if a point outside of an element is before it, false if after.
fn is_before(element: &Element, node: &Node, offset: u32) -> bool {
    // If the node contains the element, the point is before one of its children.
    let next = match node.contains(Some(element)) {
        true => node.child_nodes().get(offset),
        false => Some(node.clone()),
    };
    next.is_some_and(|next| {
        next.contains(Some(element))
            || element.compare_document_position(&next) & Node::DOCUMENT_POSITION_PRECEDING != 0
    })
}

/// Returns the nearest ancestor that carries a number, and the number.
fn numbered(element: &Element, attribute: &str) -> Option<(Element, usize)> {
    let around = element.closest(&format!("[{attribute}]")).ok()??;
    let number = around.get_attribute(attribute)?.parse().ok()?;
    Some((around, number))
}

fn byte_within(
    article: &Layout,
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

/// Returns the text node and the offset in it at a number of UTF-16 units into an element.
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

/// Returns the position of a byte of the text, in pixels below the window's top.
pub fn top_of(leaf: &Element, byte: u32, point: impl Fn(u32) -> Option<(Node, u32)>) -> f64 {
    let rect = point(byte).and_then(|(node, offset)| {
        let range = document().create_range().ok()?;
        range.set_start(&node, offset).ok()?;
        range.set_end(&node, offset).ok()?;
        range.get_client_rects()?.get(0)
    });
    rect.map_or_else(|| leaf.get_bounding_client_rect().top(), |rect| rect.top())
}

/// A selection in terms of the text, so that it survives a redraw.
pub struct Kept {
    anchor: u32,
    focus: u32,
    /// All passages, if there are several.
    several: Vec<TextRange>,
}

/// Returns the current selection, if its ends are in the article.
pub fn kept(root: &Element, article: &Layout) -> Option<Kept> {
    let selection = selection().filter(spans)?;
    let (anchor, focus) = ends(root, article)?;
    let ranges = match selection.range_count() {
        0 | 1 => Vec::new(),
        _ => ranges(&selection),
    };
    let several = ranges.iter().map(|range| passage(root, article, range));
    Some(Kept {
        anchor,
        focus,
        several: several.collect::<Option<_>>()?,
    })
}

impl Kept {
    /// Restores the selection in the same direction.
    pub fn restore(&self, point: impl Fn(u32) -> Option<(Node, u32)>) {
        let points = |range: &TextRange| Some((point(range.start())?, point(range.end())?));
        if !self.several.is_empty() {
            let several: Option<Vec<_>> = self.several.iter().map(points).collect();
            if let (Some(selection), Some(several)) = (selection(), several) {
                let _ = selection.remove_all_ranges();
                for (start, end) in &several {
                    add(&selection, start, end);
                }
            }
        } else if let (Some(anchor), Some(focus)) = (point(self.anchor), point(self.focus)) {
            select(&anchor, &focus);
        }
    }
}

fn between(start: &(Node, u32), end: &(Node, u32)) -> Option<Range> {
    let range = document().create_range().ok()?;
    range.set_start(&start.0, start.1).ok()?;
    range.set_end(&end.0, end.1).ok()?;
    Some(range)
}

/// Adds a passage to the selection.
fn add(selection: &Selection, start: &(Node, u32), end: &(Node, u32)) -> Option<()> {
    selection.add_range(&between(start, end)?).ok()
}

/// Selects from one point to another, replacing the passage selected last. Others stay selected if
/// the browser supports that.
pub fn reselect(anchor: &(Node, u32), focus: &(Node, u32)) {
    let Some(now) = selection() else { return };
    if now.range_count() < 2 {
        return select(anchor, focus);
    }
    if now.anchor_node().as_ref() == Some(&anchor.0) && now.anchor_offset() == anchor.1 {
        let _ = now.extend_with_offset(&focus.0, focus.1);
        return;
    }
    let is_last = |range: &Range| {
        let ends = [
            (range.start_container().ok(), range.start_offset().ok()),
            (range.end_container().ok(), range.end_offset().ok()),
        ];
        ends.contains(&(now.anchor_node(), Some(now.anchor_offset())))
    };
    if let Some(last) = ranges(&now).into_iter().find(is_last) {
        let _ = now.remove_range(&last);
    }
    let is_backward =
        anchor.0.compare_document_position(&focus.0) & Node::DOCUMENT_POSITION_PRECEDING != 0
            || (anchor.0 == focus.0 && anchor.1 > focus.1);
    match is_backward {
        true => add(&now, focus, anchor),
        false => add(&now, anchor, focus),
    };
}

/// Selects from one point to another.
pub fn select(anchor: &(Node, u32), focus: &(Node, u32)) {
    if let Some(selection) = selection() {
        let _ = selection.set_base_and_extent(&anchor.0, anchor.1, &focus.0, focus.1);
    }
}

/// Clears the selection; a caret stays.
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

/// True if a selection or caret is in an element.
pub fn is_in(root: &Element) -> bool {
    let node = selection().and_then(|selection| selection.focus_node());
    node.is_some_and(|node| root.contains(Some(&node)))
}

/// Returns the rectangles of what is between two points, from line to line.
pub fn rects_between(start: &(Node, u32), end: &(Node, u32)) -> Vec<Area> {
    let range = between(start, end);
    range.map_or_else(Vec::new, |range| areas(&range))
}

/// Returns the point of a selection end in the window; `None` if nobody could reach it by hand.
fn place_of(node: &Node, offset: u32) -> Option<(f64, f64)> {
    let range = document().create_range().ok()?;
    range.set_start(node, offset).ok()?;
    range.collapse_with_to_start(true);
    let rect = range.get_client_rects().and_then(|rects| rects.get(0));
    let rect = rect.or_else(|| {
        let element = node.dyn_ref::<Element>().cloned();
        let element = element.or_else(|| node.parent_element())?;
        Some(element.get_bounding_client_rect())
    })?;
    let (x, y) = (rect.left(), (rect.top() + rect.bottom()) / 2.0);
    let (width, height) = window_size()?;
    let is_seen = rect.height() > 0.0 && (0.0..=width).contains(&x) && (0.0..=height).contains(&y);
    is_seen.then_some((x, y))
}
