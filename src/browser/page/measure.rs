//! Measures what the window shows of the article, and where passages are in it.

use web_sys::Element;

use super::slices::PIXELS_PER_BYTE;
use super::{Inner, Page, notes_of};
use crate::browser::system;
use crate::model::annotation::AnnotationId;
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

impl Inner {
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
