//! Draws the article in slices, and tracks which of its chunks are near the window.

use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use super::Inner;
use crate::app::drawing::{draw_content, draw_stretch};
use crate::app::markup::DIGEST;
use crate::browser::draw::Elements;
use crate::browser::elements::matching;
use crate::browser::system::{Resizes, milliseconds};
use crate::model::text::TextRange;

/// Bytes of text drawn before the first frame: about three screens.
const FIRST_BYTES: u32 = 12 * 1024;
/// Milliseconds of drawing at a time after that: longer finishes sooner, shorter responds sooner.
const SLICE: f64 = 12.0;
/// How far beyond the window a chunk counts as near, relative to the window's height.
const NEAR: &str = "60% 0px";
/// Estimated height of what is not laid out yet, in pixels for each byte of its text.
pub(super) const PIXELS_PER_BYTE: f64 = 0.5;

pub(super) struct Watch {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Gives a stretch that is not laid out yet a height estimated from its text.
fn estimate_height(element: &Element, text: TextRange) {
    let height = f64::from(text.len()) * PIXELS_PER_BYTE;
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let size = format!("auto {}px", height.max(40.0) as i32);
        let style = element.style();
        let _ = style.set_property("contain-intrinsic-block-size", &size);
    }
}

impl Inner {
    /// Takes over the stretches of this article that are in the page already, as the build wrote
    /// them; anything else is removed.
    pub(super) fn take_over(&self) {
        let is_it =
            self.root.get_attribute(DIGEST).as_deref() == Some(self.article.digest().as_str());
        let _ = self.root.remove_attribute(DIGEST);
        let there = matching(&self.root, ":scope > .stretch");
        if !is_it || there.len() != self.article.stretches().len() {
            return self.root.set_text_content(None);
        }
        for (number, element) in there.iter().enumerate() {
            self.add_stretch(number, element);
        }
        self.was_there.set(true);
    }

    fn add_stretch(&self, number: usize, element: &Element) {
        estimate_height(element, self.article.text_of_stretch(number));
        let chunks = matching(element, ":scope > .chunk");
        self.chunks.borrow_mut().extend(chunks);
        if let Some(watch) = &*self.observer.borrow() {
            watch.observer.observe(element);
        }
    }

    pub(super) fn draw_first(self: &Rc<Self>) {
        let chunks = self.article.chunks();
        let enough = chunks
            .iter()
            .position(|chunk| chunk.text.end() >= FIRST_BYTES);
        self.draw_up_to(enough.map_or(chunks.len(), |index| index + 1));
        self.draw_later();
    }

    /// Draws whole stretches until this many chunks are there, or all.
    pub(super) fn draw_up_to(&self, end: usize) {
        let end = end.min(self.article.chunks().len());
        while self.chunks.borrow().len() < end {
            let number = self.article.stretch_of(self.chunks.borrow().len());
            let mut canvas = Elements::apart(Some(&self.pictures));
            draw_stretch(&mut canvas, &self.article, number, self.labels);
            let Some(element) = canvas.into_first() else {
                return;
            };
            let _ = self.root.append_child(&element);
            self.add_stretch(number, &element);
        }
    }

    /// Draws the rest in slices, so that the page stays responsive.
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
        self.slice.replace(Some(timeout));
    }

    fn is_drawn(&self) -> bool {
        self.chunks.borrow().len() >= self.article.chunks().len()
    }

    /// The elements of the chunks drawn so far.
    pub(super) fn drawn(&self) -> Vec<Element> {
        self.chunks.borrow().clone()
    }

    /// The element of a chunk, if it is drawn.
    pub(super) fn chunk(&self, index: usize) -> Option<Element> {
        self.chunks.borrow().get(index).cloned()
    }

    pub(super) fn redraw_chunk(&self, index: usize, element: &Element) {
        element.set_text_content(None);
        self.painted
            .borrow_mut()
            .retain(|painted| !self.article.chunks()[index].leaves.contains(&painted.leaf));
        let mut canvas = Elements::within(element, Some(&self.pictures));
        draw_content(&mut canvas, &self.article, index, self.labels);
        self.draw_outline();
    }

    pub(super) fn watch(self: &Rc<Self>) {
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
            let element = entry.target();
            let number = |name: &str| element.get_attribute(name)?.parse().ok();
            if let Some(stretch) = number("data-stretch") {
                self.watch_chunks(stretch, entry.is_intersecting());
            } else if let Some(chunk) = number("data-chunk") {
                self.set_near(chunk, entry.is_intersecting());
            }
        }
        self.repaint();
        (self.on_change)();
    }

    /// Watches the chunks of a stretch while it is near: each costs something in every frame.
    fn watch_chunks(&self, stretch: usize, is_near: bool) {
        let Some(chunks) = self.article.stretches().get(stretch).cloned() else {
            return;
        };
        for index in chunks {
            if let (Some(watch), Some(element)) = (&*self.observer.borrow(), self.chunk(index)) {
                match is_near {
                    true => watch.observer.observe(&element),
                    false => watch.observer.unobserve(&element),
                }
            }
            if !is_near {
                self.set_near(index, false);
            }
        }
    }

    fn set_near(&self, chunk: usize, is_near: bool) {
        let mut near = self.near.borrow_mut();
        match (near.binary_search(&chunk), is_near) {
            (Err(at), true) => near.insert(at, chunk),
            (Ok(at), false) => drop(near.remove(at)),
            _ => {}
        }
    }

    pub(super) fn near_chunks(&self) -> Vec<usize> {
        if self.printing.get() {
            return (0..self.article.chunks().len()).collect();
        }
        let mut near = self.near.borrow().clone();
        // Until the observer has reported, the top of the article counts as near.
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
}
