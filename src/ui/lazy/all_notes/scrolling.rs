//! Where the list of the room "All notes" is: which rows are drawn, and what stays in view.

use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::everything::Everything;
use crate::browser::elements::matching;
use crate::browser::system::{focus_quietly, has_focus};
use crate::model::all_notes::{Grouping, Row, Rows, Sizes};

/// The heights of rows until they are measured, in pixels.
pub const GUESS: Sizes = Sizes {
    head: 44,
    note: 120,
};

/// Number of rows that are drawn with each key of a search: about as many as there is room for.
const AT_ONCE: usize = 10;

/// What the parts of the list share.
#[derive(Clone)]
pub struct Context {
    pub everything: Rc<Everything>,
    pub rows: Rc<Rows>,
    /// What was asked for.
    pub asked: (AttrValue, Grouping),
    pub scroller: NodeRef,
    pub sizes: Sizes,
    /// The first row that is drawn.
    pub first: UseStateHandle<usize>,
    /// The row that keys start from.
    pub at: UseStateHandle<usize>,
    /// True once nothing more is typed.
    pub is_typed: bool,
}

/// The rows that were shown last, and how far they were scrolled, in pixels.
pub struct Before {
    everything: Rc<Everything>,
    rows: Rc<Rows>,
    asked: (AttrValue, Grouping),
    top: u32,
}

impl Context {
    /// The rows that are drawn.
    pub fn drawn(&self) -> Range<usize> {
        let drawn = self.rows.drawn(*self.first);
        match self.is_typed {
            true => drawn,
            false => drawn.start..drawn.end.min(drawn.start + AT_ONCE),
        }
    }

    /// The row that keys start from.
    pub fn at(&self) -> Option<usize> {
        let is_there = *self.at < self.rows.all().len();
        let at = is_there.then_some(*self.at);
        at.or_else(|| self.rows.first_note())
    }

    /// The row that Tab comes to: if that of the keys is not drawn, the first note that is.
    pub fn current(&self) -> Option<usize> {
        let drawn = self.drawn();
        let at = self.at().filter(|row| drawn.contains(row));
        let is_note = |row: &usize| matches!(self.rows.all()[*row], Row::Note { .. });
        at.or_else(|| drawn.clone().find(is_note))
            .or_else(|| drawn.clone().next())
    }

    /// The pixels above the window of the list.
    pub fn top(&self) -> u32 {
        let scroller = self.scroller.cast::<Element>();
        scroller.map_or(0, |scroller| scroller.scroll_top().max(0) as u32)
    }

    /// What is shown, to be kept when there are other rows.
    pub fn as_before(&self) -> Before {
        Before {
            everything: self.everything.clone(),
            rows: self.rows.clone(),
            asked: self.asked.clone(),
            top: self.top(),
        }
    }

    /// Shows other rows: those of another search from the top, others where they were. Returns the row
    /// that should have the focus, if the one that had it has gone.
    pub fn change(&self, before: Option<&Before>) -> Option<usize> {
        match before.filter(|before| before.asked == self.asked) {
            Some(before) => self.keep(before),
            None => {
                self.begin();
                None
            }
        }
    }

    /// Begins at the top: something else is searched for.
    fn begin(&self) {
        if let Some(scroller) = self.scroller.cast::<Element>() {
            scroller.set_scroll_top(0);
        }
        self.first.set(0);
        self.at.set(self.rows.first_note().unwrap_or(0));
    }

    /// Keeps in view what is there, though there are other rows now.
    fn keep(&self, before: &Before) -> Option<usize> {
        let scroller = self.scroller.cast::<Element>()?;
        let now_at = |row: usize| {
            let spot = before.everything.all.spot(&before.rows, row)?;
            self.everything.all.row_at(&self.rows, &spot)
        };
        let first_seen = before.rows.row_at(before.top, self.sizes);
        let within = before.top - before.rows.top_of(first_seen, self.sizes).min(before.top);
        self.make_room(&scroller, self.sizes);
        let top = now_at(first_seen).map_or(0, |row| {
            let end = self.rows.top_of(row + 1, self.sizes);
            let top = self.rows.top_of(row, self.sizes);
            top + within.min(end - top)
        });
        scroller.set_scroll_top(top as i32);
        self.first.set(self.rows.first_drawn(top, self.sizes));
        let at = now_at(*self.at).or_else(|| self.rows.first_note());
        self.at.set(at.unwrap_or(0));
        // What had the focus is not in the page any more, or it was moved there.
        at.filter(|_| !has_focus("dialog *"))
    }

    /// Draws the rows that have come near.
    pub fn follow_scrolling(&self) {
        let Some(scroller) = self.scroller.cast::<Element>() else {
            return;
        };
        let next = self.rows.first_drawn(self.top(), self.sizes);
        // The row with the focus may leave; keys go on from it all the same.
        let stays = self.rows.drawn(next).contains(&*self.at);
        if !stays && has_focus(".all-notes [data-row]") {
            focus_quietly(&scroller);
        }
        self.first.set(next);
    }

    /// Measures the rows, and makes room for those that are not drawn.
    pub fn lay_out(&self, sizes: &UseStateSetter<Sizes>) {
        let Some(scroller) = self.scroller.cast::<Element>() else {
            return;
        };
        // First of all: while the list is lower, the browser would scroll up as it is measured.
        self.make_room(&scroller, self.sizes);
        let height = |selector: &str, guess: u32| {
            let row = scroller.query_selector(selector).ok().flatten();
            let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
            let height = row.map(|row| row.offset_height().max(1) as u32);
            height.unwrap_or(guess)
        };
        let measured = Sizes {
            head: height(".head-row", self.sizes.head),
            note: height(".note-row", self.sizes.note),
        };
        if measured != self.sizes {
            self.make_room(&scroller, measured);
        }
        sizes.set(measured);
    }

    /// Makes room for the rows that are not drawn.
    fn make_room(&self, scroller: &Element, sizes: Sizes) {
        let drawn = self.drawn();
        let top = self.rows.top_of(drawn.start, sizes);
        let all = self.rows.top_of(self.rows.all().len(), sizes);
        let rest = all - self.rows.top_of(drawn.end, sizes);
        for (spacer, pixels) in matching(scroller, ".spacer").into_iter().zip([top, rest]) {
            if let Ok(spacer) = spacer.dyn_into::<HtmlElement>() {
                let style = spacer.style();
                // The page's policy allows no styles in attributes.
                let _ = style.set_property("block-size", &format!("{pixels}px"));
            }
        }
    }

    /// Scrolls to a row by the shortest way; returns the pixels that are above the window then.
    pub fn scroll_to(&self, row: usize) -> Option<i32> {
        let scroller = self.scroller.cast::<Element>()?;
        let (top, height) = (scroller.scroll_top(), scroller.client_height());
        // With the head of its group, if that is above it.
        let from = match self.rows.all().get(row.wrapping_sub(1)) {
            Some(Row::Head(section)) if self.rows.sections()[*section].rows().contains(&row) => {
                row - 1
            }
            _ => row,
        };
        let above = self.rows.top_of(from, self.sizes) as i32;
        let below = self.rows.top_of(row + 1, self.sizes) as i32;
        let next = top.min(above).max(below - height);
        if next != top {
            scroller.set_scroll_top(next);
        }
        Some(next)
    }

    /// Scrolls to a row and draws it; true if anything is drawn anew.
    pub fn show(&self, row: usize) -> bool {
        let Some(next) = self.scroll_to(row) else {
            return false;
        };
        let first = self.rows.first_drawn(next.max(0) as u32, self.sizes);
        let is_redrawn = first != *self.first || row != *self.at;
        self.first.set(first);
        self.at.set(row);
        is_redrawn
    }
}
