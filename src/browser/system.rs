//! The page's globals, the clock and random ids.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Date, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Window};

use super::js::{get, put};
use crate::model::annotation::{AnnotationId, Stamp, Timestamp};
use crate::model::folding::{self, Places, Tables};
use crate::model::tagging;

/// The window.
///
/// # Panics
/// Outside a page; the app runs nowhere else.
#[allow(clippy::expect_used)] // Without a page there is nobody to tell.
pub fn window() -> Window {
    web_sys::window().expect("the app runs in a page")
}

/// The document.
///
/// # Panics
/// Outside a page; the app runs nowhere else.
#[allow(clippy::expect_used)] // Without a page there is nobody to tell.
pub fn document() -> Document {
    window()
        .document()
        .expect("a window in a page has a document")
}

/// The root element of the page.
pub fn root() -> Option<Element> {
    document().document_element()
}

/// The language that the reader wants, by its tag, if there is such a language and it is not
/// English: `static/theme.js` has found out.
pub fn wanted_language() -> Option<String> {
    root()?.get_attribute("data-language")
}

/// Ids of the elements around the notes and around what is shown over the page.
pub const NOTES: &str = "beside";
/// See [`NOTES`].
pub const DIALOGS: &str = "over";

/// Returns the first match of a selector inside the element with an id. A search of the whole page
/// would go through the article.
pub fn find_within(id: &str, selector: &str) -> Option<Element> {
    let around = document().get_element_by_id(id)?;
    around.query_selector(selector).ok()?
}

/// The current time, as ISO 8601 with milliseconds in UTC.
pub fn now() -> Timestamp {
    Timestamp(String::from(Date::new_0().to_iso_string()).into())
}

/// Milliseconds since the page was opened.
pub fn milliseconds() -> f64 {
    // The worker has no window.
    let performance = get(&js_sys::global(), "performance");
    let now = get(&performance, "now");
    let now = now.dyn_ref::<Function>();
    let now = now.and_then(|now| now.call0(&performance).ok()?.as_f64());
    now.unwrap_or_else(Date::now)
}

#[wasm_bindgen]
extern "C" {
    /// Caught, as not every browser and not every origin has it.
    #[wasm_bindgen(js_namespace = crypto, js_name = randomUUID, catch)]
    fn random_uuid() -> Result<String, JsValue>;
}

/// Returns a fresh id and the current time.
pub fn stamp() -> Stamp {
    let uuid = random_uuid().unwrap_or_else(|_| uuid_from_dice());
    let id = AnnotationId::parse(&uuid).unwrap_or_else(|_| AnnotationId::of_content(&uuid));
    Stamp { id, at: now() }
}

/// Makes a version 4 UUID (RFC 9562, section 5.4), for a page that is no secure context.
fn uuid_from_dice() -> String {
    let digit = |place: usize| match place {
        14 => '4',
        19 => "89ab".as_bytes()[(js_sys::Math::random() * 4.0) as usize & 3].into(),
        8 | 13 | 18 | 23 => '-',
        _ => char::from_digit((js_sys::Math::random() * 16.0) as u32 & 15, 16).unwrap_or('0'),
    };
    (0..36).map(digit).collect()
}

/// Reloads the page.
pub fn reload() {
    let _ = window().location().reload();
}

/// Focuses an element, if it is focusable.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = HtmlElement)]
    type Focusable;
    #[wasm_bindgen(method, catch, js_name = focus)]
    fn focus_with(this: &Focusable, options: &JsValue) -> Result<(), JsValue>;
}

/// Focuses an element without scrolling.
pub fn focus_quietly(element: &Element) {
    let options = js_sys::Object::new();
    put(&options, "preventScroll", &true.into());
    let _ = element.unchecked_ref::<Focusable>().focus_with(&options);
}

/// Folds words for comparison by a search, in any script.
pub fn folded(words: &str) -> String {
    folding::folded(words, &Browser)
}

/// Folds many texts at once, which is faster than one by one.
pub fn all_folded(texts: &[&str]) -> Vec<String> {
    /// Stands in no words that people write, and nothing folds it.
    const PART: char = '\u{1}';
    if texts.iter().all(|text| text.is_ascii()) || texts.iter().any(|text| text.contains(PART)) {
        return texts.iter().map(|text| folded(text)).collect();
    }
    let joined = texts.join("\u{1}");
    let parts = folded(&joined);
    // White space at the ends of a text is that of words in the middle here.
    parts
        .split(PART)
        .map(|part| part.trim().to_owned())
        .collect()
}

/// Folds a text so that it can be told where folded words stand in it.
pub fn places_in(text: &str) -> Places {
    Places::of(text, &Browser)
}

/// Returns what makes the key of a tag; asks the browser only once for each.
pub fn tag_keys() -> impl Fn(&str) -> String {
    let known = RefCell::new(HashMap::<String, String>::new());
    move |tag| {
        if let Some(key) = known.borrow().get(tag) {
            return key.clone();
        }
        let key = tagging::key_of(tag, &Browser);
        known.borrow_mut().insert(tag.to_owned(), key.clone());
        key
    }
}

/// Normalises words to NFC, so that those that look alike are equal.
pub fn composed(words: &str) -> String {
    Browser.composed(words)
}

/// Returns the browser's Unicode tables.
pub fn unicode_tables() -> &'static dyn Tables {
    &Browser
}

/// The browser's Unicode tables, which need not be downloaded.
struct Browser;

impl Browser {
    fn normalised(words: &str, form: &str) -> String {
        js_sys::JsString::from(words).normalize(form).into()
    }
}

impl Tables for Browser {
    fn decomposed(&self, words: &str) -> String {
        Self::normalised(words, "NFKD")
    }

    fn composed(&self, words: &str) -> String {
        match words.is_ascii() {
            true => words.to_owned(),
            false => Self::normalised(words, "NFC"),
        }
    }

    fn lower_case(&self, words: &str) -> String {
        let words = js_sys::JsString::from(words);
        words.to_lower_case().to_upper_case().to_lower_case().into()
    }
}

/// Returns the reader's local day at a moment in ISO 8601, the same in every language. Anything
/// that is not a moment is returned as it is.
pub fn local_day(moment: &str) -> String {
    let date = Date::new(&moment.into());
    // A date without a time has no zone to convert from.
    if date.get_time().is_nan() || !moment.contains('T') {
        return moment.split('T').next().unwrap_or_default().to_owned();
    }
    let two = |number: u32| match number {
        0..10 => ["0", &number.to_string()].concat(),
        _ => number.to_string(),
    };
    [
        &date.get_full_year().to_string(),
        "-",
        &two(date.get_month() + 1),
        "-",
        &two(date.get_date()),
    ]
    .concat()
}

/// Returns the reader's local day at a moment in ISO 8601, in days since 1970; `None` if that is no
/// moment.
pub fn day_of(moment: &str) -> Option<i32> {
    const MINUTE: f64 = 60_000.0;
    let date = Date::new(&moment.into());
    // A date without a time has no zone to convert from.
    let offset = match moment.contains('T') {
        true => date.get_timezone_offset() * MINUTE,
        false => 0.0,
    };
    let days = ((date.get_time() - offset) / (24.0 * 60.0 * MINUTE)).floor();
    (!days.is_nan()).then_some(days as i32)
}

/// Returns the reader's current local day.
pub fn today() -> String {
    local_day(&now().0)
}

#[wasm_bindgen]
extern "C" {
    /// Not the window's, which the worker lacks.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &JsValue, milliseconds: u32);
    /// Runs something as a task of its own; not in every browser.
    #[wasm_bindgen(js_namespace = scheduler, js_name = postTask, catch)]
    fn post_task(run: &JsValue) -> Result<JsValue, JsValue>;
}

/// Runs something after this many milliseconds, for certain. A forgotten `Timeout` would do that too,
/// but stay in memory afterwards.
pub fn after(milliseconds: u32, run: impl FnOnce() + 'static) {
    set_timeout(&Closure::once_into_js(run), milliseconds);
}

/// Runs something once the page has had time to draw and respond.
pub fn later(run: impl FnOnce() + 'static) {
    after(0, run);
}

/// The height of the whole page, in pixels.
pub fn page_height() -> f64 {
    root().map_or(0.0, |root| f64::from(root.scroll_height()))
}

/// Asks the browser to print the page.
pub fn print_page() {
    let _ = window().print();
}

/// Scrolls at once until this many pixels of the page are above the window.
pub fn scroll_to_height(height: f64) {
    window().scroll_to_with_x_and_y(0.0, height);
}

/// True if the style sheet itself follows scrolling in this browser.
pub fn follows_scrolling() -> bool {
    web_sys::css::supports("animation-timeline: scroll()").unwrap_or(false)
}

/// Yields, so that the page can draw and respond. A timer within timers would wait for 4 ms at least.
pub async fn yield_now() {
    let promise = js_sys::Promise::new(&mut |done, _| {
        if post_task(&done).is_err() {
            set_timeout(&done, 0);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// True if the page is visible; always false in a worker.
pub fn is_seen() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| !document.hidden())
}

/// Runs something before the next frame.
pub fn before_next_frame(run: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(move |_time: f64| run());
    let _ = window().request_animation_frame(callback.unchecked_ref());
}

/// Calls back when an element's size changes, until it is dropped.
pub struct Resizes {
    observer: Option<web_sys::ResizeObserver>,
    _callback: Closure<dyn FnMut()>,
}

impl Resizes {
    /// Observes an element.
    pub fn of(element: &Element, run: impl Fn() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(run);
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            observer,
            _callback: callback,
        }
    }
}

impl Drop for Resizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// True if the focus is in an element that matches a selector.
pub fn has_focus(selector: &str) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Scrolls an element into view by the shortest way; in a sheet over the page, to its top.
pub fn bring_near(element: &Element) {
    let in_sheet = element.closest("[data-covers]");
    scroll_to(element, matches!(in_sheet, Ok(Some(_))));
}

/// Scrolls an element into view by the shortest way, or to its top.
pub fn scroll_to(element: &Element, to_top: bool) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(match to_top {
        true => web_sys::ScrollLogicalPosition::Start,
        false => web_sys::ScrollLogicalPosition::Nearest,
    });
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Keeps the browser from restoring the scroll position after a reload: it knows only pixels, and
/// what is not drawn yet has none.
pub fn restore_no_scrolling() {
    if let Ok(history) = window().history() {
        put(&history, "scrollRestoration", &"manual".into());
    }
}

/// The width and height of the window, in pixels.
pub fn window_size() -> Option<(f64, f64)> {
    let size = |size: Result<JsValue, JsValue>| size.ok()?.as_f64();
    Some((
        size(window().inner_width())?,
        size(window().inner_height())?,
    ))
}

/// The height of the part of the window that no sheet covers, in pixels.
pub fn visible_height() -> f64 {
    let sheet = find_within(NOTES, "[data-covers]");
    let height = window().inner_height().ok().and_then(|h| h.as_f64());
    sheet.map_or_else(
        || height.unwrap_or(800.0),
        |sheet| sheet.get_bounding_client_rect().top(),
    )
}
