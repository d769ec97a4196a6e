//! Where the ends of a passage are in the window.

use web_sys::Element;

use super::Page;
use crate::browser::system::document;
use crate::model::ends::End;
use crate::model::graphemes::{boundary_after, boundary_before};
use crate::model::text::TextRange;

/// Where a passage begins or ends, in pixels of the window: a line at a letter's side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Distance from the window's left.
    pub x: f64,
    /// Distance of the line's upper end from the window's top.
    pub top: f64,
    /// Distance of its lower end.
    pub bottom: f64,
}

impl Page {
    /// Where one end of a passage is; `None` if it cannot be seen.
    pub fn edge(&self, range: TextRange, end: End) -> Option<Edge> {
        let letter = self.letter_at(range, end)?;
        let (start, stop) = self.inner.points(letter)?;
        let around = document().create_range().ok()?;
        around.set_start(&start.0, start.1).ok()?;
        around.set_end(&stop.0, stop.1).ok()?;
        let rects = around.get_client_rects()?;
        let rect = match end {
            End::Start => rects.get(0),
            End::End => rects.get(rects.length().checked_sub(1)?),
        }?;
        let around = self.frame_of(letter);
        let is_left = (end == End::Start) != self.is_backward(range, end);
        let x = if is_left { rect.left() } else { rect.right() };
        // A wide table or a long line of code may be scrolled so that it is not there to be seen.
        let is_seen = around.is_none_or(|around| {
            let frame = around.get_bounding_client_rect();
            (frame.left() - 1.0..=frame.right() + 1.0).contains(&x)
        });
        is_seen.then(|| Edge {
            x,
            top: rect.top(),
            bottom: rect.bottom(),
        })
    }

    /// What words scroll in to the side: a wide table, a block of code.
    fn frame_of(&self, words: TextRange) -> Option<Element> {
        let leaf = self.article().leaf_at(words.start());
        let mut around = leaf.and_then(|leaf| self.element_of(leaf));
        while let Some(element) = around {
            if element.scroll_width() > element.client_width() + 1 && element.client_width() > 0 {
                return Some(element);
            }
            around = element
                .parent_element()
                .filter(|parent| *parent != *self.root());
        }
        None
    }

    /// Scrolls what a passage scrolls in to the side until it is seen.
    pub fn show_across(&self, range: TextRange) {
        let letter = self.letter_at(range, End::Start);
        let Some((letter, frame)) = letter.and_then(|at| Some((at, self.frame_of(at)?))) else {
            return;
        };
        let Some(words) = self.range_of(letter) else {
            return;
        };
        let (words, seen) = (
            words.get_bounding_client_rect(),
            frame.get_bounding_client_rect(),
        );
        let is_seen = words.left() >= seen.left() && words.right() <= seen.right();
        if !is_seen {
            let by = words.left() - seen.left() - seen.width() / 4.0;
            frame.set_scroll_left(frame.scroll_left() + by as i32);
        }
    }

    /// True if the words at one end of a passage run from right to left.
    pub fn is_backward(&self, range: TextRange, end: End) -> bool {
        let letter = self.letter_at(range, end);
        let letter = letter.and_then(|letter| letter.slice(self.article().text()));
        letter.is_some_and(|letter| letter.chars().any(is_backward))
    }

    /// The first or the last letter of a passage.
    pub fn letter_at(&self, range: TextRange, end: End) -> Option<TextRange> {
        let text = self.article().text();
        let (from, to) = match end {
            End::Start => {
                let from = range.start() as usize;
                (from, boundary_after(text, from)?)
            }
            End::End => {
                let to = range.end() as usize;
                (boundary_before(text, to)?, to)
            }
        };
        Some(TextRange::from_usize(from, to))
    }
}

/// True for letters of scripts that run from right to left
/// (<https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types>).
fn is_backward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
