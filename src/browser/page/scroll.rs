//! Scrolls to places of the article.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::Element;

use super::{Inner, Page};
use crate::browser::{selection, system};
use crate::model::text::TextRange;

/// Number of frames in which the position is checked again: what comes into view on the way is laid
/// out only then and may have another height than estimated.
const TRIES: u32 = 5;
/// Events by which the reader takes over; scrolling into view then stops.
const HANDS: [&str; 5] = ["wheel", "touchstart", "touchmove", "keydown", "pointerdown"];

/// Where in the window a passage should come, as fractions of the window's height.
struct Aim {
    /// The passage comes here,
    at: f64,
    /// but no higher than this, in pixels: a low window has a bar of the same height.
    least: f64,
    /// So far above and below of that it may stay where it is.
    enough: (f64, f64),
}

impl Aim {
    fn top(&self, height: f64) -> f64 {
        (height * self.at).max(self.least)
    }
}

/// Leaves something to read before and after the passage.
const INTO_VIEW: Aim = Aim {
    at: 0.3,
    least: 0.0,
    enough: (-0.18, 0.32),
};
/// Puts a reading place or a heading below the bar.
const TO_TOP: Aim = Aim {
    at: 0.11,
    least: 56.0,
    enough: (-0.01, 0.001),
};

/// Distance from the article's edge at which the line that is read is looked for, in pixels: more than
/// half of a wide letter, before which the line above would end as well.
const INTO_LINE: f64 = 20.0;

/// Number of a passage's blocks in which folds are opened: more would block the page, and nobody
/// sees that many at once.
const MOST_UNFOLDED: usize = 200;

/// A line of the article and its place in the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldLine {
    /// A byte in it.
    byte: u32,
    /// Its distance from the window's top, in pixels.
    top: f64,
}

/// A passage being brought into view, with the listeners that stop it.
struct Bringing {
    range: TextRange,
    aim: &'static Aim,
    /// The turn in which it started.
    turn: u32,
    _hands: [EventListener; HANDS.len()],
}

impl Page {
    /// Brings a passage into view.
    pub fn scroll_to(&self, range: TextRange) {
        self.inner.bring(range, &INTO_VIEW);
    }

    /// Brings a byte of the text to the top of the window.
    pub fn scroll_to_top(&self, byte: u32) {
        let range = TextRange::new(byte, byte);
        self.inner.bring(range, &TO_TOP);
    }

    /// Like [`Page::scroll_to_top`], and focuses the block there.
    pub fn go_to(&self, byte: u32) {
        self.scroll_to_top(byte);
        let leaf = self.inner.article.leaf_at(byte);
        if let Some(element) = leaf.and_then(|leaf| self.inner.leaf_element(leaf)) {
            let _ = element.set_attribute("tabindex", "-1");
            system::focus_quietly(&element);
        }
    }

    /// The element with an id of the article's own.
    pub fn find_id(&self, id: &str) -> Option<Element> {
        self.inner.draw_up_to(usize::MAX);
        let element = system::document().get_element_by_id(id)?;
        self.inner.root.contains(Some(&element)).then_some(element)
    }

    /// Scrolls to an element of the article, and focuses it.
    pub fn go_to_element(&self, element: &Element) {
        open_details(element);
        element.scroll_into_view();
        if !element.has_attribute("href") {
            let _ = element.set_attribute("tabindex", "-1");
        }
        system::focus(element);
    }

    /// A byte of the line that is being read: the first one that the bar does not cover; `None` at
    /// the beginning of the page.
    pub fn byte_read(&self) -> Option<u32> {
        if system::window().scroll_y().unwrap_or_default() == 0.0 {
            return None;
        }
        let left = self.inner.root.get_bounding_client_rect().left();
        self.byte_at((left + INTO_LINE, TO_TOP.top(system::visible_height()) + 4.0))
    }

    /// The line that is being read, and where it is.
    pub fn line_read(&self) -> Option<HeldLine> {
        let byte = self.byte_read()?;
        Some(HeldLine {
            byte,
            top: self.inner.top_of(byte)?,
        })
    }

    /// Brings a line back to where it was after the article was laid out anew.
    pub fn hold(&self, line: HeldLine) {
        self.inner.next_turn();
        let turn = self.inner.turn.get();
        self.inner.clone().try_to_hold(line, turn, TRIES);
    }

    /// The first byte of the block that is now where [`Page::scroll_to_top`] would put it.
    pub fn place(&self) -> u32 {
        self.first_below(TO_TOP.top(system::visible_height()) + 1.0)
    }
}

impl Inner {
    /// Brings a passage into view, and checks again as layout on the way may move it, until
    /// something else is brought into view or the reader intervenes.
    fn bring(self: &Rc<Self>, range: TextRange, aim: &'static Aim) {
        self.next_turn();
        let bringing = Bringing {
            range,
            aim,
            turn: self.turn.get(),
            _hands: HANDS.map(|kind| {
                let weak = Rc::downgrade(self);
                // Runs before other listeners, which may bring something into view themselves.
                let options = EventListenerOptions::run_in_capture_phase();
                let window = system::window();
                EventListener::new_with_options(&window, kind, options, move |_| {
                    if let Some(inner) = weak.upgrade() {
                        inner.next_turn();
                    }
                })
            }),
        };
        self.clone().try_to_bring(bringing, TRIES);
    }

    fn try_to_hold(self: Rc<Self>, line: HeldLine, turn: u32, tries: u32) {
        if turn != self.turn.get() {
            return;
        }
        if let Some(top) = self.top_of(line.byte) {
            system::window().scroll_by_with_x_and_y(0.0, top - line.top);
        }
        if tries > 0 {
            system::before_next_frame(move || self.try_to_hold(line, turn, tries - 1));
        }
    }

    /// How far below the window's top the line with a byte begins, in pixels; `None` if it is not
    /// drawn.
    pub(super) fn top_of(&self, byte: u32) -> Option<f64> {
        let element = self.leaf_element(self.article.leaf_at(byte)?)?;
        Some(selection::top_of(&element, byte, |byte| self.point(byte)))
    }

    fn next_turn(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
    }

    fn try_to_bring(self: Rc<Self>, bringing: Bringing, tries: u32) {
        if bringing.turn != self.turn.get() {
            return;
        }
        let Bringing { range, aim, .. } = bringing;
        let Some(leaf) = self.article.leaf_at(range.start()) else {
            return;
        };
        if let Some(index) = self.article.chunk_at(range.start()) {
            self.draw_up_to(index + 1);
        }
        let Some(element) = self.leaf_element(leaf) else {
            return;
        };
        self.unfold(range);
        let height = system::visible_height();
        let top = selection::top_of(&element, range.start(), |byte| self.point(byte));
        let (above, below) = aim.enough;
        let at = aim.top(height);
        let off = (top - at) / height;
        if off <= above || off >= below {
            system::window().scroll_by_with_x_and_y(0.0, top - at);
        }
        if tries > 0 {
            system::before_next_frame(move || self.try_to_bring(bringing, tries - 1));
        }
    }

    /// Opens every fold that contains part of a passage, which may begin outside of it.
    fn unfold(&self, range: TextRange) {
        let last = self.article.leaf_at(range.end().max(range.start() + 1) - 1);
        let (Some(first), Some(last)) = (self.article.leaf_at(range.start()), last) else {
            return;
        };
        for leaf in (first..=last).take(MOST_UNFOLDED) {
            if let Some(element) = self.leaf_element(leaf) {
                open_details(&element);
            }
        }
    }
}

/// Opens closed `details` around an element, whose content would be hidden otherwise.
fn open_details(element: &Element) {
    let mut around = element.closest("details:not([open])").ok().flatten();
    while let Some(details) = around {
        let _ = details.set_attribute("open", "");
        around = details.closest("details:not([open])").ok().flatten();
    }
}
