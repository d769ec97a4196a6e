//! Holds the line that is read when the window gets another width, as when a phone is turned.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use super::AppHandle;
use crate::app::ports::Timer;
use crate::browser::page::HeldLine;
use crate::browser::system::{window, window_size};

/// Milliseconds without scrolling after which the page is read again. As for the reading place, a
/// timer in every frame of scrolling would cost too much.
const REST: u32 = 150;
/// Milliseconds after a change of width in which scrolling is not the reader's.
const SETTLING: f64 = 500.0;

struct Watch {
    app: AppHandle,
    line: Cell<Option<HeldLine>>,
    width: Cell<Option<f64>>,
    /// When the width changed last, in milliseconds of events.
    turned: Cell<f64>,
    scrolled: Cell<bool>,
    resting: RefCell<Option<Timer>>,
}

/// Holds the line from now on.
#[hook]
pub fn use_held_line(app: &AppHandle) {
    use_effect_with((), {
        let app = app.clone();
        move |()| {
            let watch = Rc::new(Watch {
                app,
                line: Cell::default(),
                width: Cell::new(width()),
                turned: Cell::new(f64::NEG_INFINITY),
                scrolled: Cell::default(),
                resting: RefCell::default(),
            });
            let turned = watch.clone();
            let listeners = [
                EventListener::new(&window(), "scroll", move |event| {
                    watch.scrolled(event.time_stamp());
                }),
                EventListener::new(&window(), "resize", move |event| {
                    turned.turned(event.time_stamp());
                }),
            ];
            move || drop(listeners)
        }
    });
}

fn width() -> Option<f64> {
    window_size().map(|(width, _)| width)
}

impl Watch {
    fn scrolled(self: &Rc<Self>, now: f64) {
        if now - self.turned.get() < SETTLING {
            return;
        }
        self.scrolled.set(true);
        if self.resting.borrow().is_none() {
            self.clone().rest();
        }
    }

    /// Reads the line once nothing has scrolled for a while.
    fn rest(self: Rc<Self>) {
        self.scrolled.set(false);
        let watch = self.clone();
        let timer = self.app.after(REST, move || {
            watch.resting.take();
            match watch.scrolled.get() {
                true => watch.rest(),
                false => watch
                    .line
                    .set(watch.app.page().and_then(|page| page.line_read())),
            }
        });
        self.resting.replace(Some(timer));
    }

    fn turned(&self, now: f64) {
        if self.width.replace(width()) == width() {
            return;
        }
        self.turned.set(now);
        if let (Some(page), Some(line)) = (self.app.page(), self.line.get()) {
            page.hold(line);
        }
    }
}
