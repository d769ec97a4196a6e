//! The article in the page: drawn in slices, painted where it is near the window, measured.
//!
//! The page is drawn chunk by chunk, the first ones at once, and the browser skips what is far
//! away (`content-visibility`). Marks are made only in chunks near the window, so that ten
//! thousand notes cost what the few in sight cost.

mod measure;
mod paint;
mod scroll;
mod select;
mod slices;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use self::paint::Painted;
use self::slices::Watch;
use super::elements::Labels;
use super::pictures::{FetchPicture, Pictures};
use super::system::Resizes;
use crate::model::annotation::AnnotationId;
use crate::model::article::Article;
use crate::model::placements::Placements;
use crate::model::text::TextRange;

/// What shows a note in the article.
pub const MARKS: &str = "mark[data-note], [data-gap]";

/// Says of a fold that it is open only for paper.
const UNFOLDED: &str = "data-unfolded";
/// The folds that are opened for paper, and those that are closed again.
const FOLDS: [&str; 2] = ["details:not([open])", "details[data-unfolded]"];

/// An article that is shown in an element. Dropping it ends its watching and drawing.
pub struct Page {
    inner: Rc<Inner>,
}

struct Inner {
    root: Element,
    article: Rc<Article>,
    labels: Labels,
    pictures: Rc<Pictures>,
    placements: RefCell<Rc<Placements>>,
    /// The elements of the chunks that are drawn: an element for each of tens of thousands at once
    /// would hold up the page.
    chunks: RefCell<Vec<Element>>,
    /// By number.
    near: RefCell<Vec<usize>>,
    /// Kept near wherever the window is: the chunk of the chosen note.
    held: Cell<Option<usize>>,
    /// By the number of the leaf.
    painted: RefCell<Vec<Painted>>,
    /// A place that is outlined, and is no mark.
    outlined: Cell<Option<TextRange>>,
    /// Its boxes.
    outline: RefCell<Vec<Element>>,
    active: RefCell<Vec<AnnotationId>>,
    /// On paper everything is near.
    printing: Cell<bool>,
    /// Counts what is brought into view, and when its reader ends that: what is of an earlier turn
    /// is brought no further.
    turn: Cell<u32>,
    slice: RefCell<Option<Timeout>>,
    observer: RefCell<Option<Watch>>,
    resizes: RefCell<Option<Resizes>>,
    /// Called when other notes come near the window, or the page has grown.
    on_change: Box<dyn Fn()>,
}

impl Page {
    /// Shows an article in an empty element; calls `on_change` when other notes come near.
    pub fn open(
        root: Element,
        article: Rc<Article>,
        labels: Labels,
        fetch: FetchPicture,
        on_change: impl Fn() + 'static,
    ) -> Self {
        root.set_text_content(None);
        let inner = Rc::new(Inner {
            root,
            article,
            labels,
            pictures: Pictures::new(labels, fetch),
            placements: RefCell::default(),
            chunks: RefCell::default(),
            near: RefCell::default(),
            held: Cell::new(None),
            painted: RefCell::default(),
            outlined: Cell::new(None),
            outline: RefCell::default(),
            active: RefCell::default(),
            printing: Cell::new(false),
            turn: Cell::new(0),
            slice: RefCell::default(),
            observer: RefCell::default(),
            resizes: RefCell::default(),
            on_change: Box::new(on_change),
        });
        inner.watch();
        inner.draw_first();
        Self { inner }
    }

    /// The article that is shown.
    pub fn article(&self) -> &Rc<Article> {
        &self.inner.article
    }

    /// The element it is shown in.
    pub fn root(&self) -> &Element {
        &self.inner.root
    }

    /// Paints other placements, and holds the chunk of a chosen note near.
    pub fn paint(&self, placements: &Rc<Placements>, chosen: Option<TextRange>) {
        *self.inner.placements.borrow_mut() = placements.clone();
        let held = chosen.and_then(|range| self.inner.article.chunk_at(range.start()));
        self.inner.held.set(held);
        if let Some(held) = held {
            self.inner.draw_up_to(held + 1);
        }
        self.inner.repaint();
    }

    /// Fetches the pictures of these hosts, and of no others.
    pub fn show_pictures(&self, hosts: &Rc<Vec<String>>) {
        if !self.inner.pictures.allow(hosts) {
            return;
        }
        for (index, chunk) in self.inner.drawn().iter().enumerate() {
            let has_picture = chunk.query_selector(".picture");
            if has_picture.is_ok_and(|picture| picture.is_some()) {
                self.inner.redraw_chunk(index, chunk);
            }
        }
        self.inner.repaint();
    }

    /// Gets ready for paper, or back: all of the article is drawn, every note has its marks, and what
    /// is folded is open.
    pub fn set_printing(&self, on: bool) {
        if self.inner.printing.replace(on) == on {
            return;
        }
        if on {
            self.inner.draw_up_to(usize::MAX);
        }
        for fold in elements(&self.inner.root, FOLDS[usize::from(!on)]) {
            let _ = match on {
                true => fold
                    .set_attribute("open", "")
                    .and_then(|()| fold.set_attribute(UNFOLDED, "")),
                false => fold
                    .remove_attribute("open")
                    .and_then(|()| fold.remove_attribute(UNFOLDED)),
            };
        }
        self.inner.repaint();
    }

    /// Shows which notes are pointed at or chosen.
    pub fn set_active(&self, ids: Vec<AnnotationId>) {
        if *self.inner.active.borrow() != ids {
            *self.inner.active.borrow_mut() = ids;
            self.inner.show_active();
        }
    }

    /// Outlines a place, or none: only to show it, no note is on it.
    pub fn outline(&self, place: Option<TextRange>) {
        if self.inner.outlined.replace(place) != place {
            self.inner.draw_outline();
        }
    }

    /// The text that is near the window.
    pub fn near(&self) -> Vec<TextRange> {
        let near = self.inner.near_chunks();
        near.iter()
            .map(|&index| self.inner.article.chunks()[index].text)
            .collect()
    }
}

/// The ids of the notes of a mark or a gap, separated by spaces.
pub fn notes_of(mark: &Element) -> String {
    let notes = mark.get_attribute("data-note");
    notes
        .or_else(|| mark.get_attribute("data-gap"))
        .unwrap_or_default()
}

/// The elements that a selector finds below another.
pub fn elements(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index))
        .filter_map(|node| JsValue::from(node).dyn_into().ok())
        .collect()
}
