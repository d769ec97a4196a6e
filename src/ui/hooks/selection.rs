//! Follows the selection in the page once the pointer rests, and makes a drag select the text level
//! with the pointer, however far beside the text the pointer is (`browser/aim.rs`). What a hand has
//! selected grows to whole words when it lets go.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::AppHandle;
use crate::app::ports::Timer;
use crate::browser::aim::look_through;
use crate::browser::page::Page;
use crate::browser::system::{before_next_frame, document, later, window};
use crate::model::passages::Passages;
use crate::model::session::Action;
use crate::ui::loading;

/// Elements on which a press does not begin a selection.
const CONTROLS: &str = "button, input, textarea, select, dialog, [role=toolbar], [role=menu], [role=slider], [contenteditable]";
/// Elements with words of their own, which can be selected to copy them.
const OTHER_WORDS: &str = ".card, .notes-head, .unanchored, .head, .notice, .bar";
/// Milliseconds for which a selection must rest before a finger has let go of its ends: browsers
/// report no touch on them. Less would move an end under a finger that hesitates.
const AT_REST: u32 = 400;
/// The keys that move the ends of a selection.
const MOVING_KEYS: [&str; 8] = [
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "End",
    "PageUp",
    "PageDown",
];

/// A press of the mouse that may become a selection.
struct Drag {
    /// The position of the pointer.
    at: (f64, f64),
    /// What the press alone selected: a place, or a word after a double click. `None` until the
    /// pointer has moved, where the browser knows better.
    pressed: Option<(u32, u32)>,
    /// True if the press was on the words of the article.
    on_text: bool,
    /// True if the press was on words outside of the article.
    elsewhere: bool,
    /// The scroll position of the page at the press.
    scroll: f64,
    /// True once a correction has moved the selection's start from where the browser assumes it.
    corrected: bool,
    /// True if the press selects something: the pointer has moved, or Shift extends a selection.
    selects: bool,
    /// True if a check before the next frame is due.
    scheduled: bool,
    /// True if a key that was held at the end asks for the very letters.
    exact: bool,
}

type Held = Rc<RefCell<Option<Drag>>>;

/// Keeps the session's selection equal to the page's. A drag counts when it ends: a toolbar that
/// followed the pointer would be in its way.
#[hook]
pub fn use_selection(app: &AppHandle) {
    // A drag may have begun before the app was ready.
    let pressed = use_mut_ref(is_pressed);
    use_effect_with((), {
        let app = app.clone();
        move |()| {
            let drag = Held::default();
            let listen = |kind: &'static str, run: Box<dyn Fn(&Event)>| {
                EventListener::new(&document(), kind, move |event| run(event))
            };
            let scheduled = Rc::new(Cell::new(false));
            // True if the last press was a finger's.
            let touched = Rc::new(Cell::new(false));
            let changed = {
                let (pressed, app) = (pressed.clone(), app.clone());
                let (touched, resting) = (touched.clone(), RefCell::new(None::<Timer>));
                move |_: &Event| {
                    if let Some(page) = app.page() {
                        page.heed_selection();
                    }
                    if !*pressed.borrow() && !scheduled.replace(true) {
                        let (scheduled, app) = (scheduled.clone(), app.clone());
                        later({
                            let app = app.clone();
                            move || {
                                scheduled.set(false);
                                follow(&app);
                            }
                        });
                        if touched.get() && !app.selects_by_keys() {
                            let there = app.clone();
                            let rested = move || loading::complete_words(&there);
                            resting.replace(Some(app.after(AT_REST, rested)));
                        }
                    }
                }
            };
            let down = {
                let (pressed, drag, app) = (pressed.clone(), drag.clone(), app.clone());
                move |event: &Event| {
                    *pressed.borrow_mut() = true;
                    app.select_by_keys(false);
                    if let Some(page) = app.page() {
                        page.heed_selection();
                    }
                    look_through(false);
                    touched.set(is_touch(event));
                    drag.replace(begin(&app, event));
                }
            };
            let moved = {
                let (drag, app) = (drag.clone(), app.clone());
                move |event: &Event| move_to(&app, &drag, event)
            };
            let released = {
                let (pressed, drag, app) = (pressed.clone(), drag.clone(), app.clone());
                move |event: &Event| {
                    *pressed.borrow_mut() = false;
                    let mut last = drag.take();
                    if let (Some(drag), Some(event)) = (&mut last, event.dyn_ref::<PointerEvent>())
                    {
                        drag.exact = event.alt_key();
                    }
                    let app = app.clone();
                    settle(&app, last.as_ref());
                    // A click that clears the selection does so only after this event.
                    later(move || {
                        settle(&app, last.as_ref());
                        follow(&app);
                        // The page may have scrolled under the pointer again.
                        before_next_frame(move || {
                            settle(&app, last.as_ref());
                            look_through(false);
                        });
                    });
                }
            };
            let given_up = {
                let drag = drag.clone();
                // The selected words, or a link, are being dragged elsewhere.
                move |_: &Event| {
                    drag.take();
                    look_through(false);
                }
            };
            let listeners = [
                listen("selectionchange", Box::new(changed)),
                listen("keydown", Box::new(move |event| heed_key(&app, event))),
                listen("pointerdown", Box::new(down)),
                listen("pointermove", Box::new(moved)),
                listen("pointerup", Box::new(released.clone())),
                listen("dragstart", Box::new(given_up)),
                listen("pointercancel", Box::new(released)),
            ];
            move || drop(listeners)
        }
    });
}

fn is_pressed() -> bool {
    let pressed = document().query_selector("#article:active");
    pressed.is_ok_and(|pressed| pressed.is_some())
}

/// Makes the session's selection equal to the page's now: a key press may arrive before the
/// browser has reported that the selection changed.
pub fn follow(app: &AppHandle) {
    let Some(page) = app.page() else { return };
    if !app.selects_by_keys() {
        page.take_selection_in();
    }
    let ranges = page.selected();
    let selected = Passages::of(page.article(), &ranges);
    if app.session().selection != selected {
        app.send(match ranges[..] {
            [] => Action::Select { range: None },
            [range] => Action::Select { range: Some(range) },
            _ => Action::SelectSeveral { ranges },
        });
    }
}

/// Takes in what was selected before the app was ready, unless the selection still goes on.
pub fn follow_earlier(app: &AppHandle) {
    if !is_pressed() {
        follow(app);
    }
}

fn heed_key(app: &AppHandle, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    let all = (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("a");
    if all || MOVING_KEYS.contains(&event.key().as_str()) {
        app.select_by_keys(true);
    }
}

fn element_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn is_within(event: &Event, selector: &str) -> bool {
    let around = element_of(event).and_then(|element| element.closest(selector).ok().flatten());
    around.is_some()
}

fn is_touch(event: &Event) -> bool {
    let event = event.dyn_ref::<PointerEvent>();
    event.is_some_and(|event| event.pointer_type() == "touch")
}

/// Begins a drag at a press of the primary mouse button or of a pen; fingers scroll.
fn begin(app: &AppHandle, event: &Event) -> Option<Drag> {
    let event = event.dyn_ref::<PointerEvent>()?;
    if event.button() != 0 || is_touch(event) || is_within(event, CONTROLS) {
        return None;
    }
    let page = app.page()?;
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let on_text = page.is_on_text(at);
    let begun = page.selection_ends().filter(|_| event.shift_key());
    let pressed = match begun {
        Some((anchor, _)) => Some((anchor, anchor)),
        None if on_text => None,
        None => page.byte_at(at).map(|byte| (byte, byte)),
    };
    let elsewhere = !on_text && is_within(event, OTHER_WORDS);
    Some(Drag {
        at,
        pressed,
        on_text: on_text || begun.is_some(),
        elsewhere,
        scroll: scroll(),
        corrected: false,
        selects: begun.is_some(),
        scheduled: false,
        exact: false,
    })
}

/// Follows the pointer. The browser updates its own selection after this and before the next frame.
fn move_to(app: &AppHandle, held: &Held, event: &Event) {
    let (Some(event), Some(page)) = (event.dyn_ref::<PointerEvent>(), app.page()) else {
        return;
    };
    let mut held_now = held.borrow_mut();
    let Some(drag) = held_now.as_mut() else {
        return;
    };
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    if at == drag.at {
        return;
    }
    let pressed = || {
        page.selection_ends().or_else(|| {
            let byte = page.byte_at(drag.at)?;
            Some((byte, byte))
        })
    };
    if !drag.selects {
        // It knows whole words and places the toolbar.
        loading::fetch(app);
    }
    drag.pressed = drag.pressed.or_else(pressed);
    drag.at = at;
    drag.selects = true;
    // Not at the press: a selection cannot begin in elements that cannot be selected.
    if !drag.elsewhere {
        look_through(true);
    }
    if !std::mem::replace(&mut drag.scheduled, true) {
        watch(app, held);
    }
}

/// Checks before each frame for as long as the pointer is beside the text, since the page may
/// scroll meanwhile.
fn watch(app: &AppHandle, held: &Held) {
    let (app, held) = (app.clone(), held.clone());
    before_next_frame(move || {
        let goes_on = match (held.borrow_mut().as_mut(), app.page()) {
            (Some(drag), Some(page)) => {
                let corrects = aim(&page, drag, false);
                drag.corrected |= corrects;
                drag.scheduled = corrects;
                corrects
            }
            _ => false,
        };
        if goes_on {
            watch(&app, &held);
        }
    });
}

/// Selects what a drag meant, now that it has ended.
fn settle(app: &AppHandle, drag: Option<&Drag>) {
    if let (Some(drag), Some(page)) = (drag, app.page()) {
        aim(&page, drag, drag.has_scrolled());
        if drag.selects && !drag.exact {
            loading::complete_words(app);
        }
    }
}

impl Drag {
    /// True if the page moved under the pointer, which browsers notice only when the pointer moves
    /// again. Where a press selects whole words, browsers know better.
    fn has_scrolled(&self) -> bool {
        let is_place = self.pressed.is_some_and(|(one, other)| one == other);
        is_place && self.scroll != scroll()
    }
}

fn scroll() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Selects up to the place that the pointer means, if the browser would not or `in_any_case`;
/// returns whether it is in charge of the selection.
fn aim(page: &Page, drag: &Drag, in_any_case: bool) -> bool {
    let Some((one, other)) = drag.pressed.filter(|_| drag.selects) else {
        return false;
    };
    let is_native = drag.on_text && !drag.corrected && !in_any_case;
    if is_native && page.is_on_text(drag.at) {
        return false;
    }
    // The press may leave the article's selection alone, as a press on some cards does.
    if drag.elsewhere && !drag.corrected && page.selection_ends().is_some() {
        return false;
    }
    if let Some(focus) = page.byte_at(drag.at) {
        // A double-clicked word stays selected as a whole.
        let (first, last) = (one.min(other), one.max(other));
        let anchor = if focus < first { last } else { first };
        page.select_from(anchor, focus);
    }
    true
}
