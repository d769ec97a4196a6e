//! Shows the reader's place in the article and says where it is, without changing the article's text.
//!
//! Everything here is reached by name (see [`js::call`]): only readers who use the cursor need it.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Range};

use super::js;
use super::system::document;

/// Names of the highlights, as the style sheet has them: `::highlight(cursor)`
/// (<https://drafts.csswg.org/css-highlight-api-1/>).
const CURSOR: &str = "cursor";
const HITS: &str = "hits";
/// Name of the highlight of the words that are found in all notes.
const FOUND: &str = "found";
/// Attribute and value of the element with the place.
const PLACE: (&str, &str) = ("aria-current", "location");
/// Milliseconds of rest after which something is said: of rapid steps only the last is.
const REST: u32 = 150;

/// A live region: what is written into it is read out by screen readers.
pub struct Region {
    element: Element,
    due: RefCell<Option<Timeout>>,
}

impl Region {
    /// Adds a region to the page, as far as anybody sees an empty one.
    pub fn add() -> Option<Self> {
        let element = document().create_element("div").ok()?;
        for (name, value) in [
            ("class", "said"),
            ("role", "status"),
            ("aria-live", "polite"),
        ] {
            let _ = element.set_attribute(name, value);
        }
        document().body()?.append_child(&element).ok()?;
        Some(Self {
            element,
            due: RefCell::default(),
        })
    }

    /// Says something soon, instead of what was to be said.
    pub fn say(&self, words: &str) {
        // The same words again would be no change, and would not be read out.
        self.hush();
        let (element, words) = (self.element.clone(), words.to_owned());
        let due = Timeout::new(REST, move || element.set_text_content(Some(&words)));
        self.due.replace(Some(due));
    }

    /// Says nothing.
    pub fn hush(&self) {
        self.due.take();
        self.element.set_text_content(None);
    }
}

/// The place, shown until it is dropped.
pub struct Shown {
    element: Option<Element>,
}

impl Shown {
    /// Shows a range of the page as the place, and marks the element that it is in.
    pub fn at(range: Option<Range>, element: Option<Element>) -> Self {
        paint(CURSOR, range.as_slice());
        if let Some(element) = &element {
            let _ = element.set_attribute(PLACE.0, PLACE.1);
        }
        Self { element }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        paint(CURSOR, &[]);
        if let Some(element) = &self.element {
            let _ = element.remove_attribute(PLACE.0);
        }
    }
}

/// Marks the words that a search has found, instead of those that are marked.
pub fn mark_hits(hits: &[Range]) {
    paint(HITS, hits);
}

/// Marks the words that a search in all notes has found, instead of those that are marked.
pub fn mark_found(hits: &[Range]) {
    paint(FOUND, hits);
}

/// Paints a highlight on these ranges only. Browsers without highlights paint none.
fn paint(name: &str, ranges: &[Range]) {
    let highlights = js::get(&js::get(&js_sys::global(), "CSS"), "highlights");
    let ranges: Vec<&JsValue> = ranges.iter().map(AsRef::as_ref).collect();
    let highlight = match ranges.is_empty() {
        true => None,
        false => js::make("Highlight", &ranges),
    };
    let _ = match highlight {
        Some(highlight) => js::call(&highlights, "set", &[&name.into(), &highlight]),
        None => js::call(&highlights, "delete", &[&name.into()]),
    };
}

/// Calls back after elements in an element were drawn anew, until it is dropped.
pub struct Redraws {
    observer: Option<JsValue>,
    _callback: Closure<dyn FnMut()>,
}

impl Redraws {
    /// Observes an element.
    pub fn of(element: &Element, run: impl Fn() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(run);
        let observer = js::make("MutationObserver", &[callback.as_ref()]);
        if let Some(observer) = &observer {
            let options = js_sys::Object::new();
            js::put(&options, "childList", &true.into());
            js::put(&options, "subtree", &true.into());
            let _ = js::call(observer, "observe", &[element.as_ref(), options.as_ref()]);
        }
        Self {
            observer,
            _callback: callback,
        }
    }
}

impl Drop for Redraws {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            let _ = js::call(observer, "disconnect", &[]);
        }
    }
}

/// True if the words of an element run from right to left.
pub fn runs_left(element: &Element) -> bool {
    let global = js_sys::global();
    let style = js::call(&global, "getComputedStyle", &[element.as_ref()]);
    let direction = style.and_then(|style| js::get(&style, "direction").as_string());
    direction.as_deref() == Some("rtl")
}

/// The language of an element (BCP 47), or of what is around it; empty if nothing says.
pub fn language_of(element: &Element) -> String {
    let around = element.closest("[lang]").ok().flatten();
    around
        .and_then(|around| around.get_attribute("lang"))
        .unwrap_or_default()
}
