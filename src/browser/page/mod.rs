//! The article in the page: draws it in slices, paints it near the window, measures it.
//!
//! The page is drawn stretch by stretch, the first ones at once, and the browser skips those that
//! are far away (`content-visibility`). Marks exist only in chunks near the window, so that the cost
//! depends on the notes in view and not on the total, be it ten thousand.

mod edges;
mod measure;
mod paint;
mod scroll;
mod select;
mod slices;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub use self::measure::PassageAreas;

use gloo::timers::callback::Timeout;
use web_sys::Element;

pub use self::edges::Edge;
use self::paint::Painted;
pub use self::scroll::HeldLine;
use self::slices::Watch;
use super::elements::matching;
use super::pictures::{FetchPicture, Pictures};
use super::system::Resizes;
use crate::app::layout::Labels;
use crate::app::layout::Layout;
use crate::model::annotation::AnnotationId;
use crate::model::article::Article;
use crate::model::placements::Placements;
use crate::model::text::TextRange;

/// Selector of the elements that show a note in the article.
pub const MARKS: &str = "mark[data-note], [data-gap]";

/// Attribute of a fold that is open only for printing.
const UNFOLDED: &str = "data-unfolded";
/// Selectors of the folds to open for printing, and of those to close afterwards.
const FOLDS: [&str; 2] = ["details:not([open])", "details[data-unfolded]"];

/// An article shown in an element. Dropping it ends drawing and observing.
pub struct Page {
    inner: Rc<Inner>,
}

struct Inner {
    root: Element,
    article: Layout,
    labels: Labels,
    /// True if the article was in the page before the app.
    was_there: Cell<bool>,
    pictures: Rc<Pictures>,
    placements: RefCell<Rc<Placements>>,
    /// Elements of the chunks drawn so far. Creating tens of thousands at once would block the
    /// page.
    chunks: RefCell<Vec<Element>>,
    /// Numbers of the chunks near the window.
    near: RefCell<Vec<usize>>,
    /// A chunk that counts as near wherever the window is: that of the chosen note.
    held: Cell<Option<usize>>,
    /// What is painted, by leaf number.
    painted: RefCell<Vec<Painted>>,
    /// A place that is outlined without having a mark.
    outlined: Cell<Option<TextRange>>,
    /// The boxes of the outline.
    outline: RefCell<Vec<Element>>,
    active: RefCell<Vec<AnnotationId>>,
    /// True while printing, when everything counts as near.
    printing: Cell<bool>,
    /// Incremented when something new is brought into view or the reader intervenes; work of an
    /// earlier turn then stops.
    turn: Cell<u32>,
    slice: RefCell<Option<Timeout>>,
    observer: RefCell<Option<Watch>>,
    resizes: RefCell<Option<Resizes>>,
    /// True if nothing is selected, for certain. To ask the browser makes it lay the page out.
    unselected: Cell<bool>,
    /// Called when other notes come near the window or the page has grown.
    on_change: Box<dyn Fn()>,
}

impl Page {
    /// Shows an article in an element; calls `on_change` when other notes come near. What is in the
    /// element is kept if it is this article, so that a selection in it stands, and else removed.
    pub fn open(
        root: Element,
        article: Rc<Article>,
        labels: Labels,
        fetch: FetchPicture,
        on_change: impl Fn() + 'static,
    ) -> Self {
        let inner = Rc::new(Inner {
            root,
            article: Layout::of(article),
            labels,
            was_there: Cell::new(false),
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
            unselected: Cell::new(false),
            on_change: Box::new(on_change),
        });
        inner.watch();
        inner.take_over();
        inner.draw_first();
        Self { inner }
    }

    /// The article shown.
    pub fn article(&self) -> &Rc<Article> {
        self.inner.article.article()
    }

    /// True if the article was in the page before the app, so that a reader may have scrolled it.
    pub fn was_there(&self) -> bool {
        self.inner.was_there.get()
    }

    /// The element that shows the article.
    pub fn root(&self) -> &Element {
        &self.inner.root
    }

    /// Paints new placements, and keeps the chunk of the chosen note near; true if other chunks are
    /// near now.
    pub fn paint(&self, placements: &Rc<Placements>, chosen: Option<TextRange>) -> bool {
        *self.inner.placements.borrow_mut() = placements.clone();
        let held = chosen.and_then(|range| self.inner.article.chunk_at(range.start()));
        let is_other = self.inner.held.replace(held) != held;
        if let Some(held) = held {
            self.inner.draw_up_to(held + 1);
        }
        self.inner.repaint();
        is_other
    }

    /// Fetches pictures from these hosts and no others.
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

    /// Prepares for printing, or ends it: draws the whole article, gives every note its marks, and
    /// opens what is folded.
    pub fn set_printing(&self, on: bool) {
        if self.inner.printing.replace(on) == on {
            return;
        }
        if on {
            self.inner.draw_up_to(usize::MAX);
        }
        for fold in matching(&self.inner.root, FOLDS[usize::from(!on)]) {
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

    /// Highlights the notes that are hovered or chosen.
    pub fn set_active(&self, ids: Vec<AnnotationId>) {
        if *self.inner.active.borrow() != ids {
            *self.inner.active.borrow_mut() = ids;
            self.inner.show_active();
        }
    }

    /// Outlines a place that has no note, or removes the outline.
    pub fn outline(&self, place: Option<TextRange>) {
        if self.inner.outlined.replace(place) != place {
            self.inner.draw_outline();
        }
    }

    /// The passages near the window.
    pub fn near(&self) -> Vec<TextRange> {
        let near = self.inner.near_chunks();
        near.iter()
            .map(|&index| self.inner.article.chunks()[index].text)
            .collect()
    }
}

/// The ids of the notes of a mark or gap, separated by spaces.
pub fn notes_of(mark: &Element) -> String {
    let notes = mark.get_attribute("data-note");
    notes
        .or_else(|| mark.get_attribute("data-gap"))
        .unwrap_or_default()
}
