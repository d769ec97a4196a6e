//! The sheet of notes under a hand: pulled by its head to one of three heights, and its cards swiped
//! to the next note and the one before.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, PointerEvent};
use yew::prelude::*;

use super::finding::step;
use crate::browser::live::runs_left;
use crate::browser::system::{NOTES, document, find_within, window_size};
use crate::model::sheet::{Height, rest};
use crate::ui::hooks::AppHandle;
use crate::ui::notes::PanelProps;

/// Pixels of a pull that is more than an unsteady press.
const STEADY: f64 = 8.0;
/// Pixels of a swipe that leads to another note.
const SWIPE: f64 = 56.0;
/// Pixels of the sheet's head alone, and of the window that a full sheet leaves free.
const HEAD: f64 = 56.0;
const FREE: f64 = 64.0;
/// Share of the window that half a sheet takes, and its most pixels (`.notes` in the style sheet).
const HALF: (f64, f64) = (0.6, 544.0);
/// The sheet is as high as the window.
const FULL: &str = "data-full";
/// The sheet is being pulled.
const PULLED: &str = "data-pulled";

/// A hand on the sheet.
struct Hand {
    pointer: i32,
    /// Where it began.
    from: (f64, f64),
    /// What it moves: the sheet, of this height in pixels, or a card.
    holds: Holds,
    /// True once it has moved.
    moved: bool,
    /// Where it was last, when, and how fast the sheet grew, in pixels per millisecond.
    last: (f64, f64),
    speed: f64,
}

enum Holds {
    Sheet(f64),
    Card(HtmlElement),
}

/// Lets hands pull the sheet around `list` and swipe its cards.
#[hook]
pub fn use_sheet(panel: &PanelProps, list: &NodeRef) {
    let (app, list, toggle) = (panel.app.clone(), list.clone(), panel.on_toggle.clone());
    use_effect_with((panel.wide, panel.shown), move |&(wide, shown)| {
        let sheet = list.cast::<Element>().filter(|_| !wide);
        let sheet = sheet.and_then(|list| list.closest("aside").ok()?);
        let sheet = sheet.and_then(|sheet| sheet.dyn_into::<HtmlElement>().ok());
        if let Some(sheet) = sheet.as_ref().filter(|_| !shown) {
            let _ = sheet.remove_attribute(FULL);
        }
        let listeners = sheet.map(|sheet| listen(&app, sheet, shown, toggle));
        move || drop(listeners)
    });
}

/// Makes an open sheet as high as the window, or no more.
pub fn turn_full() {
    if let Some(sheet) = find_within(NOTES, "aside") {
        let _ = sheet.toggle_attribute(FULL);
    }
}

fn listen(
    app: &AppHandle,
    sheet: HtmlElement,
    shown: bool,
    toggle: Callback<()>,
) -> [EventListener; 5] {
    let hand = Rc::new(RefCell::new(None::<Hand>));
    // A pull that began on a button is no press of it.
    let swallows = Rc::new(Cell::new(false));
    let listen = |on: &EventTarget, kind: &'static str, run: Box<dyn Fn(&Event)>| {
        let options = EventListenerOptions {
            passive: false,
            ..EventListenerOptions::run_in_capture_phase()
        };
        EventListener::new_with_options(on, kind, options, move |event| run(event))
    };
    let pointer = |run: Box<dyn Fn(&PointerEvent)>| -> Box<dyn Fn(&Event)> {
        Box::new(move |event| event.dyn_ref::<PointerEvent>().into_iter().for_each(&run))
    };
    let down = {
        let (hand, sheet, swallows) = (hand.clone(), sheet.clone(), swallows.clone());
        pointer(Box::new(move |event| {
            swallows.set(false);
            hand.replace(take(&sheet, event));
        }))
    };
    let moved = {
        let (hand, sheet, swallows) = (hand.clone(), sheet.clone(), swallows.clone());
        pointer(Box::new(move |event| {
            if let Some(hand) = hand
                .borrow_mut()
                .as_mut()
                .filter(|hand| hand.pointer == event.pointer_id())
            {
                pull(&sheet, hand, event);
                swallows.set(hand.moved);
            }
        }))
    };
    let up = {
        let (hand, sheet, app) = (hand.clone(), sheet.clone(), app.clone());
        pointer(Box::new(move |event| {
            let hand = hand.take();
            if let Some(hand) = hand.filter(|hand| hand.moved) {
                release(&app, &sheet, &hand, event, shown, &toggle);
            }
        }))
    };
    let given_up = {
        let sheet = sheet.clone();
        pointer(Box::new(move |_| {
            if let Some(hand) = hand.take() {
                let_go(&sheet, &hand);
            }
        }))
    };
    let click = Box::new(move |event: &Event| {
        if swallows.take() {
            event.stop_propagation();
            event.prevent_default();
        }
    });
    // A mouse may leave the sheet before it is known that it pulls.
    let everywhere = document();
    [
        listen(&sheet, "pointerdown", down),
        listen(&everywhere, "pointermove", moved),
        listen(&everywhere, "pointerup", up),
        listen(&everywhere, "pointercancel", given_up),
        listen(&sheet, "click", click),
    ]
}

/// What a press takes hold of: the sheet by its head, or with a finger a card.
fn take(sheet: &HtmlElement, event: &PointerEvent) -> Option<Hand> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let within = |selector: &str| target.closest(selector).ok().flatten();
    if !event.is_primary() || event.button() != 0 || within(".editor").is_some() {
        return None;
    }
    let holds = match within(".notes-head") {
        Some(_) => Holds::Sheet(sheet.get_bounding_client_rect().height()),
        None if event.pointer_type() == "touch" => {
            Holds::Card(within(".card")?.dyn_into::<HtmlElement>().ok()?)
        }
        None => return None,
    };
    let at = place(event);
    Some(Hand {
        pointer: event.pointer_id(),
        from: at,
        holds,
        moved: false,
        last: (at.1, event.time_stamp()),
        speed: 0.0,
    })
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn pull(sheet: &HtmlElement, hand: &mut Hand, event: &PointerEvent) {
    let (x, y) = place(event);
    let (across, down) = (x - hand.from.0, y - hand.from.1);
    let begins = match hand.holds {
        // Across, a hand selects in the search box.
        Holds::Sheet(_) => down.abs() > STEADY && down.abs() > across.abs(),
        Holds::Card(_) => across.abs() > STEADY && across.abs() > 2.0 * down.abs(),
    };
    if !hand.moved && !begins {
        return;
    }
    if !std::mem::replace(&mut hand.moved, true) {
        let _ = sheet.set_pointer_capture(hand.pointer);
    }
    let height = match &hand.holds {
        Holds::Sheet(height) => pulled(*height, down),
        Holds::Card(card) => {
            let place = format!("{across:.0}px");
            let _ = card.style().set_property("translate", &place);
            return;
        }
    };
    let _ = sheet.set_attribute(PULLED, "");
    let _ = sheet
        .style()
        .set_property("--pulled", &format!("{height:.0}px"));
    let (last, then) = hand.last;
    let now = event.time_stamp();
    if now > then {
        hand.speed = (last - y) / (now - then);
        hand.last = (y, now);
    }
}

/// The height of a sheet that was pulled down by some pixels.
fn pulled(height: f64, down: f64) -> f64 {
    (height - down).clamp(HEAD, stops()[2])
}

/// The pixels of the sheet's heights.
fn stops() -> [f64; 3] {
    let (_, window) = window_size().unwrap_or_default();
    [HEAD, (window * HALF.0).min(HALF.1), window - FREE]
}

fn release(
    app: &AppHandle,
    sheet: &HtmlElement,
    hand: &Hand,
    event: &PointerEvent,
    shown: bool,
    toggle: &Callback<()>,
) {
    let_go(sheet, hand);
    let (x, y) = place(event);
    match &hand.holds {
        Holds::Sheet(height) => {
            // A hand that rests before it lets go means the place.
            let rests = event.time_stamp() - hand.last.1 > 100.0;
            let speed = if rests { 0.0 } else { hand.speed };
            let height = rest(*height, pulled(*height, y - hand.from.1), speed, stops());
            let _ = match height {
                Height::Full => sheet.set_attribute(FULL, ""),
                Height::Low | Height::Half => sheet.remove_attribute(FULL),
            };
            // While somebody writes, the sheet is open whatever its handle says.
            let is_free = app.session().writing.is_none();
            if is_free && shown != (height != Height::Low) {
                toggle.emit(());
            }
        }
        Holds::Card(card) => {
            let across = x - hand.from.0;
            if across.abs() > SWIPE {
                step(app, (across < 0.0) != runs_left(card));
            }
        }
    }
}

/// Shows the sheet as if no hand were on it.
fn let_go(sheet: &HtmlElement, hand: &Hand) {
    let _ = sheet.remove_attribute(PULLED);
    if let Holds::Card(card) = &hand.holds {
        let _ = card.style().remove_property("translate");
    }
}
