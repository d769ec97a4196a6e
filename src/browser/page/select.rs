//! The selection in the article: converts between bytes of its text and places in the page.

use web_sys::{Element, Node, Range};

use super::{Inner, Page};
use crate::browser::{aim, selection, system, words};
use crate::model::text::{TextRange, utf16_len};

/// A node of the page and an offset into it.
type Point = (Node, u32);

impl Page {
    /// The passages selected in the page.
    pub fn selected(&self) -> Vec<TextRange> {
        selection::selected(&self.inner.root, &self.inner.article)
    }

    /// Removes the selection.
    pub fn unselect(&self) {
        selection::clear();
        self.inner.unselected.set(true);
    }

    /// Called when something may have been selected.
    pub fn heed_selection(&self) {
        self.inner.unselected.set(false);
    }

    /// The bytes where the selection begins and where it is extended, if both are in the article.
    pub fn selection_ends(&self) -> Option<(u32, u32)> {
        selection::ends(&self.inner.root, &self.inner.article)
    }

    /// The byte of the text that a point in the window means (see [`aim`]).
    pub fn byte_at(&self, place: (f64, f64)) -> Option<u32> {
        let Inner { root, article, .. } = &*self.inner;
        aim::byte_at(root, article, place)
    }

    /// The byte of the text at which an element of the article begins.
    pub fn byte_of(&self, element: &Element) -> Option<u32> {
        selection::byte_of_point(&self.inner.root, &self.inner.article, element, 0)
    }

    /// True if there are words of the article at a point in the window.
    pub fn is_on_text(&self, (x, y): (f64, f64)) -> bool {
        aim::is_on_text(&self.inner.root, x, y)
    }

    /// Makes the selection run from one byte to another, whatever the browser has made of it.
    /// Leaves a selection that does not touch the article alone.
    pub fn select_from(&self, anchor: u32, focus: u32) {
        let is_so = || self.selection_ends() == Some((anchor, focus));
        if !selection::touches_article(&self.inner.root) || is_so() {
            return;
        }
        if let (Some(anchor), Some(focus)) = (self.inner.point(anchor), self.inner.point(focus)) {
            self.heed_selection();
            selection::reselect(&anchor, &focus);
        }
    }

    /// Grows the selection, or the passage selected last, to whole words.
    pub fn select_whole_words(&self) {
        let Some((anchor, focus)) = self.selection_ends().filter(|(one, other)| one != other)
        else {
            return;
        };
        let whole = words::whole(&self.inner.article, TextRange::new(anchor, focus));
        match anchor < focus {
            true => self.select_from(whole.start(), whole.end()),
            false => self.select_from(whole.end(), whole.start()),
        }
    }

    /// Moves a selection end that lies beside the article into the text, at the same height.
    pub fn take_selection_in(&self) {
        let Inner { root, article, .. } = &*self.inner;
        let Some((inside, place, begins)) = selection::half_out(root, article) else {
            return;
        };
        if let Some(byte) = self.byte_at(place) {
            match begins {
                true => self.select_from(inside, byte),
                false => self.select_from(byte, inside),
            }
        }
    }

    /// The range of the page with a passage's words.
    pub fn range_of(&self, passage: TextRange) -> Option<Range> {
        let (start, end) = self.inner.points(passage)?;
        let range = system::document().create_range().ok()?;
        range.set_start(&start.0, start.1).ok()?;
        range.set_end(&end.0, end.1).ok()?;
        Some(range)
    }

    /// The element of a leaf, drawn by now.
    pub fn element_of(&self, leaf: usize) -> Option<Element> {
        let start = self.inner.article.leaves().get(leaf)?.text.start();
        let chunk = self.inner.article.chunk_at(start)?;
        self.inner.draw_up_to(chunk + 1);
        self.inner.leaf_element(leaf)
    }

    /// Puts the caret at a byte of the text.
    pub fn place_caret(&self, byte: u32) {
        self.select(TextRange::new(byte, byte));
    }

    /// Selects a passage in the page.
    pub fn select(&self, range: TextRange) {
        self.inner.select(range);
    }
}

impl Inner {
    /// The node and offset of a byte of the text.
    pub(super) fn point(&self, byte: u32) -> Option<Point> {
        let leaf = self.article.leaf_at(byte)?;
        let chunk = self
            .article
            .chunk_at(self.article.leaves()[leaf].text.start())?;
        self.draw_up_to(chunk + 1);
        self.drawn_point(byte)
    }

    /// The same, if it is drawn already.
    pub(super) fn drawn_point(&self, byte: u32) -> Option<Point> {
        let leaf = self.article.leaf_at(byte)?;
        let element = self.leaf_element(leaf)?;
        let text = self.article.leaves()[leaf].text;
        let before = TextRange::new(text.start(), byte.min(text.end()));
        let units = utf16_len(before.slice(self.article.text())?);
        selection::text_point(&element, units)
    }

    pub(super) fn points(&self, range: TextRange) -> Option<(Point, Point)> {
        Some((self.point(range.start())?, self.point(range.end())?))
    }

    fn select(&self, range: TextRange) {
        if let Some((start, end)) = self.points(range) {
            self.unselected.set(false);
            selection::select(&start, &end);
        }
    }
}
