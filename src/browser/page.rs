//! The article in the page: drawn in slices, painted where it is near the window, measured.
//!
//! The page is drawn chunk by chunk, the first ones at once, and the browser skips what is far
//! away (`content-visibility`). Marks are made only in chunks near the window, so that ten
//! thousand notes cost what the few in sight cost.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry};
use web_sys::{IntersectionObserverInit, Node};

use super::aim;
use super::draw::{Brush, Dressing, Labels};
use super::outline;
use super::pictures::Pictures;
use super::selection;
use super::system::{Resizes, document, milliseconds};
use crate::model::annotation::AnnotationId;
use crate::model::article::{Article, Chunk};
use crate::model::order::sorted_once;
use crate::model::placements::{AnchorStatus, Gap, Placed, Placements, Run};
use crate::model::text::TextRange;

/// Bytes of text that are drawn before the first frame: about three screens.
const FIRST_BYTES: u32 = 12 * 1024;
/// Milliseconds of drawing at a time after that: longer is done sooner, shorter answers sooner.
const SLICE: f64 = 12.0;
/// How far beyond the window, in windows, a chunk counts as near.
const NEAR: &str = "60% 0px";
/// Guessed height of a chunk that was never laid out, in pixels for each byte of its text.
const PIXELS_PER_BYTE: f64 = 0.5;

/// In how many frames a place is looked at again: what comes into view on the way may have another
/// height than was guessed, and is laid out only after it.
const TRIES: u32 = 5;
/// What a reader does to be somewhere else: nothing is brought into view against it.
const HANDS: [&str; 5] = ["wheel", "touchstart", "touchmove", "keydown", "pointerdown"];

/// Where in the window something is brought, in shares of its height.
struct Aim {
    /// Between these it is well enough where it is.
    enough: (f64, f64),
    /// Else it comes here.
    at: f64,
}

/// A passage is brought where there is something to read before and after it.
const INTO_VIEW: Aim = Aim {
    enough: (0.12, 0.62),
    at: 0.3,
};
/// A place of reading and a heading come below the bar.
const TO_TOP: Aim = Aim {
    enough: (0.1, 0.111),
    at: 0.11,
};

/// What shows a note in the article.
pub const MARKS: &str = "mark[data-note], [data-gap]";

/// In so many blocks of a passage folds are looked for: more would hold up the page, and nobody sees
/// so many at once.
const MOST_UNFOLDED: usize = 200;
/// Says of a fold that it is open only for paper.
const UNFOLDED: &str = "data-unfolded";
/// The folds that are opened for paper, and those that are closed again.
const FOLDS: [&str; 2] = ["details:not([open])", "details[data-unfolded]"];

/// A node of the page and an offset into it.
type Point = (Node, u32);

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

/// What a leaf shows of the notes on it.
#[derive(PartialEq)]
struct Painted {
    leaf: usize,
    runs: Vec<Run>,
    gaps: Vec<Gap>,
}

impl Painted {
    fn dressing(&self) -> Dressing<'_> {
        Dressing {
            runs: &self.runs,
            gaps: &self.gaps,
        }
    }
}

struct Watch {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// A passage on its way into view, and what ends that.
struct Bringing {
    range: TextRange,
    aim: &'static Aim,
    /// Which of the turns it is.
    turn: u32,
    _hands: [EventListener; HANDS.len()],
}

impl Page {
    /// Shows an article in an empty element; calls `on_change` when other notes come near.
    pub fn open(
        root: Element,
        article: Rc<Article>,
        labels: Labels,
        on_change: impl Fn() + 'static,
    ) -> Self {
        root.set_text_content(None);
        let inner = Rc::new(Inner {
            root,
            article,
            labels,
            pictures: Pictures::new(labels),
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

    /// The last byte of text at or above the bottom of the window.
    pub fn last_visible(&self) -> u32 {
        let height = super::system::visible_height();
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

    /// The first byte of the block that [`Page::scroll_to_top`] would bring there where it is.
    pub fn place(&self) -> u32 {
        self.first_below(super::system::visible_height() * TO_TOP.at + 1.0)
    }

    /// The first byte of the first block that ends below a height in the window, in pixels.
    fn first_below(&self, height: f64) -> u32 {
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

    /// How far below an element's top each note's passage begins, in pixels. Notes that are
    /// far away are placed by their chunk.
    pub fn tops(&self, column: &Element, notes: &[(AnnotationId, TextRange)]) -> Vec<f64> {
        let origin = column.get_bounding_client_rect().top();
        let painted = self.inner.mark_tops(notes);
        let notes = notes.iter().zip(painted);
        notes
            .map(|((_, range), top)| top.unwrap_or_else(|| self.inner.rough_top(*range)) - origin)
            .collect()
    }

    /// Brings a passage into view.
    pub fn scroll_to(&self, range: TextRange) {
        self.inner.bring(range, &INTO_VIEW);
    }

    /// Brings a byte of the text to the top of the window.
    pub fn scroll_to_top(&self, byte: u32) {
        let range = TextRange::new(byte, byte);
        self.inner.bring(range, &TO_TOP);
    }

    /// The same, and puts the focus on the block there.
    pub fn go_to(&self, byte: u32) {
        self.scroll_to_top(byte);
        let leaf = self.inner.article.leaf_at(byte);
        if let Some(element) = leaf.and_then(|leaf| self.inner.leaf_element(leaf)) {
            let _ = element.set_attribute("tabindex", "-1");
            super::system::focus_quietly(&element);
        }
    }

    /// The passages that are selected in the page.
    pub fn selected(&self) -> Vec<TextRange> {
        selection::selected(&self.inner.root, &self.inner.article)
    }

    /// The bytes where the selection begins and where it is extended, if both are in the article.
    pub fn selection_ends(&self) -> Option<(u32, u32)> {
        selection::ends(&self.inner.root, &self.inner.article)
    }

    /// The byte of the text that is meant by a place in the window.
    pub fn byte_at(&self, place: (f64, f64)) -> Option<u32> {
        let Inner { root, article, .. } = &*self.inner;
        aim::byte_at(root, article, &self.inner.drawn(), place)
    }

    /// Whether there are words of the article at a place in the window.
    pub fn is_on_text(&self, (x, y): (f64, f64)) -> bool {
        aim::is_on_text(&self.inner.root, x, y)
    }

    /// Makes the selection go from one byte to another, whatever the browser has made of it; one
    /// that has nothing of the article is left alone.
    pub fn select_from(&self, anchor: u32, focus: u32) {
        let is_so = || self.selection_ends() == Some((anchor, focus));
        if !selection::touches_article(&self.inner.root) || is_so() {
            return;
        }
        if let (Some(anchor), Some(focus)) = (self.inner.point(anchor), self.inner.point(focus)) {
            selection::reselect(&anchor, &focus);
        }
    }

    /// Where one end of the selection lies beside the article: puts it level with that into the
    /// text.
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

    /// Puts the caret at a byte of the text.
    pub fn place_caret(&self, byte: u32) {
        self.select(TextRange::new(byte, byte));
    }

    /// Selects a passage in the page.
    pub fn select(&self, range: TextRange) {
        self.inner.select(range);
    }

    /// Brings the element with an article's own id into view, and puts the focus there.
    pub fn go_to_id(&self, id: &str) {
        self.inner.draw_up_to(usize::MAX);
        if let Some(element) = document().get_element_by_id(id)
            && self.inner.root.contains(Some(&element))
        {
            open_details(&element);
            element.scroll_into_view();
            if !element.has_attribute("href") {
                let _ = element.set_attribute("tabindex", "-1");
            }
            super::system::focus(&element);
        }
    }
}

/// The element of a chunk, still empty, as high as its text lets guess.
fn chunk_element(index: usize, chunk: &Chunk) -> Option<Element> {
    let element = document().create_element("div").ok()?;
    let _ = element.set_attribute("class", "chunk");
    let _ = element.set_attribute("data-chunk", &index.to_string());
    let height = f64::from(chunk.text.len()) * PIXELS_PER_BYTE;
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let size = format!("auto {}px", height.max(40.0) as i32);
        let style = element.style();
        let _ = style.set_property("contain-intrinsic-block-size", &size);
    }
    Some(element)
}

impl Inner {
    fn brush(&self, first_leaf: usize) -> Brush<'_> {
        Brush {
            text: self.article.text(),
            pictures: Some(&self.pictures),
            labels: self.labels,
            first_leaf: Some(first_leaf),
        }
    }

    fn draw_first(self: &Rc<Self>) {
        let chunks = self.article.chunks();
        let enough = chunks
            .iter()
            .position(|chunk| chunk.text.end() >= FIRST_BYTES);
        self.draw_up_to(enough.map_or(chunks.len(), |index| index + 1));
        self.draw_later();
    }

    fn draw_up_to(&self, end: usize) {
        let (drawn, all) = (self.chunks.borrow().len(), self.article.chunks().len());
        for index in drawn..end.min(all) {
            let Some(element) = chunk_element(index, &self.article.chunks()[index]) else {
                return;
            };
            self.draw_chunk(index, &element);
            let _ = self.root.append_child(&element);
            if let Some(watch) = &*self.observer.borrow() {
                watch.observer.observe(&element);
            }
            self.chunks.borrow_mut().push(element);
        }
    }

    /// Draws the rest in slices, so that the page answers in between.
    fn draw_later(self: &Rc<Self>) {
        if self.is_drawn() {
            self.slice.take();
            return;
        }
        let weak = Rc::downgrade(self);
        let timeout = Timeout::new(0, move || {
            let Some(inner) = weak.upgrade() else { return };
            let start = milliseconds();
            while !inner.is_drawn() && milliseconds() - start < SLICE {
                let drawn = inner.chunks.borrow().len();
                inner.draw_up_to(drawn + 1);
            }
            inner.repaint();
            inner.draw_later();
        });
        if let Some(done) = self.slice.replace(Some(timeout)) {
            // It has just run: to cancel it would say so to the browser again.
            done.forget();
        }
    }

    fn is_drawn(&self) -> bool {
        self.chunks.borrow().len() >= self.article.chunks().len()
    }

    /// The elements of the chunks that are drawn.
    fn drawn(&self) -> Vec<Element> {
        self.chunks.borrow().clone()
    }

    /// The element of a chunk, once it is drawn.
    fn chunk(&self, index: usize) -> Option<Element> {
        self.chunks.borrow().get(index).cloned()
    }

    fn draw_chunk(&self, index: usize, element: &Element) {
        let chunk = &self.article.chunks()[index];
        self.brush(chunk.leaves.start)
            .draw_part(element, &self.article, chunk);
        let next = self.article.chunks().get(index + 1);
        if next.is_some_and(|next| !next.around.is_empty()) {
            let _ = element.set_attribute("data-goes-on", "");
        }
    }

    fn redraw_chunk(&self, index: usize, element: &Element) {
        element.set_text_content(None);
        self.painted
            .borrow_mut()
            .retain(|painted| !self.article.chunks()[index].leaves.contains(&painted.leaf));
        self.draw_chunk(index, element);
        self.draw_outline();
    }

    fn watch(self: &Rc<Self>) {
        let weak: Weak<Self> = Rc::downgrade(self);
        let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Some(inner) = weak.upgrade() {
                inner.seen(&entries);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(NEAR);
        let observer =
            IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options);
        let weak: Weak<Self> = Rc::downgrade(self);
        let resizes = Resizes::of(&self.root, move || {
            if let Some(inner) = weak
                .upgrade()
                .filter(|inner| inner.outlined.get().is_some())
            {
                inner.draw_outline();
            }
        });
        self.resizes.replace(Some(resizes));
        if let Ok(observer) = observer {
            self.observer.replace(Some(Watch {
                observer,
                _callback: callback,
            }));
        }
    }

    fn seen(&self, entries: &Array) {
        for entry in entries.iter() {
            let entry: IntersectionObserverEntry = entry.unchecked_into();
            let index = entry.target().get_attribute("data-chunk");
            let Some(index) = index.and_then(|index| index.parse().ok()) else {
                continue;
            };
            let mut near = self.near.borrow_mut();
            let at = near.partition_point(|&other| other < index);
            let known = near.get(at) == Some(&index);
            match entry.is_intersecting() {
                true if !known => near.insert(at, index),
                false if known => drop(near.remove(at)),
                _ => {}
            }
        }
        self.repaint();
        (self.on_change)();
    }

    fn near_chunks(&self) -> Vec<usize> {
        if self.printing.get() {
            return (0..self.article.chunks().len()).collect();
        }
        let mut near = self.near.borrow().clone();
        // Before the observer has spoken, the top of the article is what is near.
        if near.is_empty() && !self.article.chunks().is_empty() {
            near.push(0);
        }
        if let Some(held) = self.held.get()
            && !near.contains(&held)
        {
            near.insert(near.partition_point(|&other| other < held), held);
        }
        near
    }

    /// Makes every leaf near the window show its runs, and none far away.
    fn repaint(&self) {
        let near = self.near_chunks();
        let placements = self.placements.borrow().clone();
        let mut wanted: Vec<Painted> = Vec::new();
        let drawn = self.chunks.borrow().len();
        for &index in near.iter().filter(|&&index| index < drawn) {
            let chunk = &self.article.chunks()[index];
            let gaps = placements.gaps(&self.article, chunk.leaves.clone());
            let mut leaves: Vec<usize> = gaps.iter().map(|gap| gap.leaf).collect();
            // Notes come by their beginning, so that leaves up to here are wanted already.
            let mut leaf = chunk.leaves.start;
            let has_words = |placed: &&Placed| placed.status != AnchorStatus::Replaced;
            for placed in placements.within(chunk.text).filter(has_words) {
                let first = self.article.leaf_at(placed.range.start()).unwrap_or(0);
                leaf = leaf.max(first);
                while leaf < chunk.leaves.end && self.leaf_text(leaf).start() < placed.range.end() {
                    if self.leaf_text(leaf).intersection(placed.range).is_some() {
                        leaves.push(leaf);
                    }
                    leaf += 1;
                }
            }
            for leaf in sorted_once(&leaves) {
                wanted.push(Painted {
                    leaf,
                    runs: placements.runs(self.leaf_text(leaf)),
                    gaps: gaps
                        .iter()
                        .filter(|gap| gap.leaf == leaf)
                        .cloned()
                        .collect(),
                });
            }
        }
        self.repaint_leaves(wanted);
    }

    fn leaf_text(&self, leaf: usize) -> TextRange {
        self.article.leaves()[leaf].text
    }

    fn repaint_leaves(&self, wanted: Vec<Painted>) {
        let painted = self.painted.replace(Vec::new());
        let shown = |list: &[Painted], leaf: usize| {
            list.binary_search_by_key(&leaf, |painted| painted.leaf)
                .ok()
        };
        let stale = painted
            .iter()
            .filter(|old| shown(&wanted, old.leaf).is_none());
        let changed = wanted
            .iter()
            .filter(|new| shown(&painted, new.leaf).is_none_or(|index| painted[index] != **new));
        let redraw: Vec<(usize, Dressing)> = stale
            .map(|old| (old.leaf, Dressing::default()))
            .chain(changed.map(|new| (new.leaf, new.dressing())))
            .collect();
        if !redraw.is_empty() {
            // Drawing a leaf anew takes the selection's ends with it.
            let kept = selection::kept(&self.root, &self.article);
            for (leaf, dressing) in redraw {
                self.redraw_leaf(leaf, dressing);
            }
            if let Some(kept) = kept {
                kept.restore(|byte| self.point(byte));
            }
            self.show_active();
            if self.outlined.get().is_some() {
                self.draw_outline();
            }
        }
        self.painted.replace(wanted);
    }

    fn redraw_leaf(&self, index: usize, dressing: Dressing) {
        let Some(element) = self.leaf_element(index) else {
            return;
        };
        let leaf = &self.article.leaves()[index];
        element.set_text_content(None);
        let inside = leaf.pieces.start + 1..leaf.pieces.end - 1;
        self.brush(index).draw(
            &element,
            &self.article.pieces()[inside],
            leaf.text.start(),
            dressing,
        );
    }

    fn leaf_element(&self, leaf: usize) -> Option<Element> {
        let byte = self.article.leaves().get(leaf)?.text.start();
        let chunk = self.chunk(self.article.chunk_at(byte)?)?;
        chunk.query_selector(&format!("[data-b=\"{leaf}\"]")).ok()?
    }

    fn draw_outline(&self) {
        self.outline.take().iter().for_each(Element::remove);
        let Some(place) = self.outlined.get() else {
            return;
        };
        if let Some(last) = self.article.chunk_at(place.end()) {
            self.draw_up_to(last + 1);
        }
        let mut boxes = Vec::new();
        let first = self.article.leaf_at(place.start()).unwrap_or(0);
        for leaf in self.article.leaves().iter().skip(first) {
            if leaf.text.start() >= place.end() {
                break;
            }
            let part = leaf.text.intersection(place);
            let chunk = self.article.chunk_at(leaf.text.start());
            if let (Some(part), Some(chunk)) = (part, chunk)
                && let Some(points) = self.points(part)
                && let Some(chunk) = self.chunk(chunk)
            {
                boxes.extend(outline::around(&chunk, &points.0, &points.1));
            }
        }
        self.outline.replace(boxes);
    }

    fn show_active(&self) {
        let active = self.active.borrow();
        for mark in elements(&self.root, MARKS) {
            let notes = notes_of(&mark);
            let is_active = !active.is_empty()
                && notes
                    .split(' ')
                    .any(|note| active.iter().any(|id| id.as_str() == note));
            let shown = mark.has_attribute("data-active");
            if is_active && !shown {
                let _ = mark.set_attribute("data-active", "");
            } else if shown && !is_active {
                let _ = mark.remove_attribute("data-active");
            }
        }
    }

    /// Where the first mark of each note is, below the window's top; `None` where it has none.
    fn mark_tops(&self, notes: &[(AnnotationId, TextRange)]) -> Vec<Option<f64>> {
        let mut tops = vec![None; notes.len()];
        for mark in elements(&self.root, MARKS) {
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
        let text = self.article.chunks()[index].text;
        let Some(chunk) = self.chunk(index) else {
            // It is still to be drawn, below all that is.
            let bottom = self.root.get_bounding_client_rect().bottom();
            let drawn = self.chunks.borrow().len();
            let from = drawn
                .checked_sub(1)
                .map_or(0, |last| self.article.chunks()[last].text.end());
            let below = range.start().saturating_sub(from);
            return bottom + f64::from(below) * PIXELS_PER_BYTE;
        };
        let rect = chunk.get_bounding_client_rect();
        let share = f64::from(range.start() - text.start()) / f64::from(text.len().max(1));
        rect.top() + share * rect.height()
    }

    /// Brings a passage into view; what is laid out on the way may move it, so it looks again,
    /// unless something else is brought there or the reader goes elsewhere meanwhile.
    fn bring(self: &Rc<Self>, range: TextRange, aim: &'static Aim) {
        self.next_turn();
        let bringing = Bringing {
            range,
            aim,
            turn: self.turn.get(),
            _hands: HANDS.map(|kind| {
                let weak = Rc::downgrade(self);
                // Before anybody else hears of it, who may bring something into view for it.
                let options = EventListenerOptions::run_in_capture_phase();
                let window = super::system::window();
                EventListener::new_with_options(&window, kind, options, move |_| {
                    if let Some(inner) = weak.upgrade() {
                        inner.next_turn();
                    }
                })
            }),
        };
        self.clone().try_to_bring(bringing, TRIES);
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
        let height = super::system::visible_height();
        let top = selection::top_of(&element, range.start(), |byte| self.point(byte));
        let (from, to) = aim.enough;
        if top <= height * from || top >= height * to {
            super::system::window().scroll_by_with_x_and_y(0.0, top - height * aim.at);
        }
        if tries > 0 {
            super::system::before_next_frame(move || self.try_to_bring(bringing, tries - 1));
        }
    }

    /// Opens every fold that has some of a passage in it: it may begin outside of one.
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

    /// The node and offset of a byte of the text.
    fn point(&self, byte: u32) -> Option<Point> {
        let leaf = self.article.leaf_at(byte)?;
        let chunk = self
            .article
            .chunk_at(self.article.leaves()[leaf].text.start())?;
        self.draw_up_to(chunk + 1);
        let element = self.leaf_element(leaf)?;
        let text = self.article.leaves()[leaf].text;
        let before = TextRange::new(text.start(), byte.min(text.end()));
        let units = crate::model::text::utf16_len(before.slice(self.article.text())?);
        selection::text_point(&element, units)
    }

    fn points(&self, range: TextRange) -> Option<(Point, Point)> {
        Some((self.point(range.start())?, self.point(range.end())?))
    }

    fn select(&self, range: TextRange) {
        if let Some((start, end)) = self.points(range) {
            selection::select(&start, &end);
        }
    }
}

/// The ids of the notes of a mark or a gap, separated by spaces.
pub fn notes_of(mark: &Element) -> String {
    let notes = mark.get_attribute("data-note");
    notes
        .or_else(|| mark.get_attribute("data-gap"))
        .unwrap_or_default()
}

/// Closed details around an element are opened: what is in them could not be seen.
fn open_details(element: &Element) {
    let mut around = element.closest("details:not([open])").ok().flatten();
    while let Some(details) = around {
        let _ = details.set_attribute("open", "");
        around = details.closest("details:not([open])").ok().flatten();
    }
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
