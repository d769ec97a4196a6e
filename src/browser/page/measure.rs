//! Measures what the window shows of the article, and where passages are in it.

use web_sys::Element;

use super::slices::PIXELS_PER_BYTE;
use super::{Inner, Page, notes_of};
use crate::browser::elements::area;
use crate::browser::{selection, system};
use crate::model::annotation::AnnotationId;
use crate::model::margin::Area;
use crate::model::overview::Span;
use crate::model::text::TextRange;

impl Page {
    /// The last byte of text at or above the bottom of the window.
    pub fn last_visible(&self) -> u32 {
        let height = system::visible_height();
        let is_above = |element: &Element| element.get_bounding_client_rect().top() < height;
        let near = self.inner.near_chunks().into_iter().rev();
        let mut near = near.filter(|&index| {
            self.inner
                .chunk(index)
                .is_some_and(|chunk| is_above(&chunk))
        });
        let Some(chunk) = near.next() else { return 0 };
        let leaves = self.inner.article.chunks()[chunk].leaves.clone().rev();
        leaves
            .filter_map(|leaf| Some((leaf, self.inner.leaf_element(leaf)?)))
            .find(|(_, element)| is_above(element))
            .map_or(0, |(leaf, _)| self.inner.leaf_text(leaf).end())
    }

    /// The first byte of text at or below the top of the window.
    pub fn first_visible(&self) -> u32 {
        self.first_below(0.0)
    }

    /// The heights in the window between which the article can be read: below the bar, if that is
    /// above, and above what covers the rest, in pixels.
    pub fn legible(&self) -> (f64, f64) {
        let bar = system::document().get_element_by_id("bar");
        let bottom = bar.map_or(0.0, |bar| bar.get_bounding_client_rect().bottom());
        let height = system::visible_height();
        let top = if bottom < height / 2.0 { bottom } else { 0.0 };
        (top.max(0.0), height)
    }

    /// The first byte of the first block of which something can be read.
    pub fn first_legible(&self) -> u32 {
        self.first_below(self.legible().0)
    }

    /// How far below the window's top the line with a byte begins, in pixels; `None` if it is not
    /// drawn.
    pub fn top_of(&self, byte: u32) -> Option<f64> {
        self.inner.top_of(byte)
    }

    /// The first byte of the first block that ends below a height in the window, in pixels.
    pub(super) fn first_below(&self, height: f64) -> u32 {
        let is_below = |element: &Element| element.get_bounding_client_rect().bottom() > height;
        let chunks = self.inner.article.chunks();
        let visible = self.inner.near_chunks().into_iter().find(|&index| {
            self.inner
                .chunk(index)
                .is_some_and(|chunk| is_below(&chunk))
        });
        let Some(index) = visible else { return 0 };
        let leaves = chunks[index].leaves.clone();
        leaves
            .filter_map(|leaf| Some((leaf, self.inner.leaf_element(leaf)?)))
            .find(|(_, element)| is_below(element))
            .map_or(chunks[index].text.start(), |(leaf, _)| {
                self.inner.article.leaves()[leaf].text.start()
            })
    }

    /// Where the stretches of the text that are drawn stand on the page, in order.
    pub fn spans(&self) -> Vec<Span> {
        let page = system::page_height().max(1.0);
        let scrolled = system::window().scroll_y().unwrap_or_default();
        let article = &self.inner.article;
        let stretches = article.stretches().iter().enumerate();
        let spans = stretches.filter_map(|(number, chunks)| {
            let text = article.text_of_stretch(number);
            let drawn = self.inner.chunk(chunks.start)?.parent_element()?;
            let rect = drawn.get_bounding_client_rect();
            Some(Span {
                text,
                top: (rect.top() + scrolled) / page,
                height: rect.height() / page,
            })
        });
        spans.collect()
    }

    /// How far each note's passage begins below an element's top, in pixels. Notes that are far
    /// away are placed by their stretch.
    pub fn tops(&self, column: &Element, notes: &[(AnnotationId, TextRange)]) -> Vec<f64> {
        let origin = column.get_bounding_client_rect().top();
        let painted = self.inner.mark_tops(notes);
        let notes = notes.iter().zip(painted);
        notes
            .map(|((_, range), top)| top.unwrap_or_else(|| self.inner.rough_top(*range)) - origin)
            .collect()
    }
}

/// Bytes after a passage among which the next line begins: more than a line has.
const LINE: u32 = 600;
/// Number of blocks after a passage's own that are looked at for its next line: the cells of a row
/// are beside each other.
const BLOCKS: usize = 12;

/// Where a passage is in the window, in pixels.
pub struct PassageAreas {
    /// Its first letter.
    pub first: Area,
    /// Its last letter; `None` if that is not drawn yet.
    pub last: Option<Area>,
    /// The bottom of the line after its last one.
    pub next: f64,
    /// The block in which it begins.
    pub block: Area,
}

impl Page {
    /// Measures a passage; `None` if nothing of it is drawn. Draws nothing itself.
    pub fn areas_of(&self, passage: TextRange) -> Option<PassageAreas> {
        let inner = &self.inner;
        let text = inner.article.text();
        let (start, end) = (passage.start() as usize, passage.end() as usize);
        let one_more = text.ceil_char_boundary(start + 1);
        let one_less = text.floor_char_boundary(end.checked_sub(1)?);
        let letter = |from, to| inner.rects_of(TextRange::from_usize(from, to))?.pop();
        let first = letter(start, one_more)?;
        let last = letter(one_less, end);
        let leaf = inner.article.leaf_at(passage.start())?;
        Some(PassageAreas {
            first,
            last,
            next: last.map_or(f64::INFINITY, |last| inner.line_after(passage.end(), last)),
            block: area(&inner.leaf_element(leaf)?.get_bounding_client_rect()),
        })
    }
}

impl Inner {
    /// The rectangles of words of one block; `None` if they are not drawn.
    fn rects_of(&self, words: TextRange) -> Option<Vec<Area>> {
        let (start, end) = (
            self.drawn_point(words.start())?,
            self.drawn_point(words.end())?,
        );
        Some(selection::rects_between(&start, &end))
    }

    /// The bottom of the line after the one on which a passage ends.
    fn line_after(&self, end: u32, last: Area) -> f64 {
        let is_below = |area: &Area| area.top + area.bottom > 2.0 * last.bottom;
        let first_below = |words| self.rects_of(words)?.into_iter().find(is_below);
        let leaves = self.article.leaves();
        let leaf = self
            .article
            .leaf_at(end.saturating_sub(1))
            .unwrap_or_default();
        let stretch = |text: TextRange, from: u32| {
            let to = text.end().min(from + LINE);
            let to = self.article.text().floor_char_boundary(to as usize);
            TextRange::new(from.min(text.end()), to as u32)
        };
        let own = leaves.get(leaf).map(|leaf| stretch(leaf.text, end));
        let others = leaves.iter().skip(leaf + 1).take(BLOCKS);
        let others = others.map(|leaf| stretch(leaf.text, leaf.text.start()));
        let next = own.into_iter().chain(others).find_map(first_below);
        next.map_or(last.bottom, |next| next.bottom)
    }

    /// Distance from the window's top to each note's first mark, in pixels; `None` without a mark.
    fn mark_tops(&self, notes: &[(AnnotationId, TextRange)]) -> Vec<Option<f64>> {
        let mut tops = vec![None; notes.len()];
        for mark in self.marks() {
            let ids = notes_of(&mark);
            for id in ids.split(' ') {
                let index = notes.iter().position(|(note, _)| note.as_str() == id);
                if let Some(top) = index
                    .map(|index| &mut tops[index])
                    .filter(|top| top.is_none())
                {
                    let rects = mark.get_client_rects();
                    *top = rects.get(0).map(|rect| rect.top());
                }
            }
        }
        tops
    }

    fn rough_top(&self, range: TextRange) -> f64 {
        let Some(index) = self.article.chunk_at(range.start()) else {
            return 0.0;
        };
        // To ask for the chunk itself would lay out its stretch.
        let stretch = self.chunk(index).and_then(|chunk| chunk.parent_element());
        let Some(stretch) = stretch else {
            // It is not drawn yet and will be below everything that is.
            let bottom = self.root.get_bounding_client_rect().bottom();
            let drawn = self.chunks.borrow().len();
            let from = drawn
                .checked_sub(1)
                .map_or(0, |last| self.article.chunks()[last].text.end());
            let below = range.start().saturating_sub(from);
            return bottom + f64::from(below) * PIXELS_PER_BYTE;
        };
        let text = self.article.text_of_stretch(self.article.stretch_of(index));
        let rect = stretch.get_bounding_client_rect();
        let share = f64::from(range.start() - text.start()) / f64::from(text.len().max(1));
        rect.top() + share * rect.height()
    }
}
