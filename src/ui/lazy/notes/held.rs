//! Holds the line that is read when the window gets another width, as when a phone is turned.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use crate::app::ports::Timer;
use crate::browser::page::HeldLine;
use crate::browser::system::{milliseconds, window, window_size};
use crate::ui::hooks::AppHandle;

/// Milliseconds after which a scrolled page is read again.
const REST: u32 = 150;
/// Milliseconds after a change of width in which scrolling is not the reader's.
const SETTLING: f64 = 500.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
}

/// Draws nothing.
#[component]
pub fn Held(props: &Props) -> Html {
    use_effect_with((), {
        let app = props.app.clone();
        move |()| {
            let line = Rc::new(Cell::new(None::<HeldLine>));
            let turned = Rc::new(Cell::new(f64::NEG_INFINITY));
            let scrolled = {
                let (app, line, turned) = (app.clone(), line.clone(), turned.clone());
                let due = RefCell::new(None::<Timer>);
                EventListener::new(&window(), "scroll", move |_| {
                    if milliseconds() - turned.get() < SETTLING {
                        return;
                    }
                    let (there, line) = (app.clone(), line.clone());
                    let read = move || line.set(there.page().and_then(|page| page.line_read()));
                    due.replace(Some(app.after(REST, read)));
                })
            };
            let width = || window_size().map(|(width, _)| width);
            let last = Cell::new(width());
            let resized = EventListener::new(&window(), "resize", move |_| {
                if last.replace(width()) == width() {
                    return;
                }
                turned.set(milliseconds());
                if let (Some(page), Some(line)) = (app.page(), line.get()) {
                    page.hold(line);
                }
            });
            move || drop((scrolled, resized))
        }
    });
    Html::default()
}
