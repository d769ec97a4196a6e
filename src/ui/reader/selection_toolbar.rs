//! The toolbar of a selection: highlight, note, colours.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::browser::elements::matching;
use crate::browser::selection;
use crate::browser::system::{focus, stamp, window};
use crate::model::annotation::Colour;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::strings;

/// Pixels between the selection and the toolbar.
const DISTANCE: f64 = 10.0;
/// Pixels kept free at the window's edges.
const EDGE: f64 = 8.0;

pub fn selection_toolbar(app: &AppHandle, colour: Colour, node: &NodeRef) -> Html {
    let send = |action: fn() -> Action| app.callback(move |_: MouseEvent| action());
    // A press on the toolbar must not clear the selection.
    let keep = Callback::from(|event: PointerEvent| event.prevent_default());
    let keep_mouse = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div class="selection" role="toolbar" aria-label={strings().selection.label} ref={node.clone()}
            onpointerdown={keep} onmousedown={keep_mouse} onkeydown={Callback::from(move_focus)}>
            <button onclick={send(|| Action::Highlight { colour: None, stamp: stamp() })}>
                <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
                { strings().selection.highlight }
            </button>
            <button tabindex="-1" onclick={send(|| Action::AddNote { stamp: stamp() })}>
                { strings().selection.add_note }
            </button>
            <span class="colours">
                { for Colour::ALL.into_iter().map(|colour| swatch(app, colour)) }
            </span>
        </div>
    }
}

fn swatch(app: &AppHandle, colour: Colour) -> Html {
    let highlight = app.callback(move |_: MouseEvent| Action::Highlight {
        colour: Some(colour),
        stamp: stamp(),
    });
    html! {
        <button class="swatch-button" tabindex="-1" aria-label={(strings().selection.colour)(colour)}
            title={(strings().selection.colour)(colour)} onclick={highlight}>
            <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
        </button>
    }
}

/// Places the toolbar below the selection's last line, or above it where there is no room below;
/// on narrow screens the style sheet puts it at the bottom edge.
pub fn place(toolbar: &HtmlElement) {
    let Some((left, top, right, bottom)) = selection::last_line() else {
        return;
    };
    let number = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (
        number(window().inner_width()),
        number(window().inner_height()),
    );
    let size = toolbar.get_bounding_client_rect();
    let x = ((left + right - size.width()) / 2.0)
        .min(width - size.width() - EDGE)
        .max(EDGE);
    let below = bottom + DISTANCE;
    let y = if below + size.height() + EDGE > height && top > size.height() + DISTANCE {
        top - size.height() - DISTANCE
    } else {
        below
    };
    let (scroll_x, scroll_y) = (
        number(window().scroll_x().map(Into::into)),
        number(window().scroll_y().map(Into::into)),
    );
    let style = toolbar.style();
    let _ = style.set_property("left", &format!("{}px", (x + scroll_x) as i32));
    let _ = style.set_property("top", &format!("{}px", (y + scroll_y) as i32));
}

/// Moves the focus from button to button by arrow keys, as in every toolbar
/// (<https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/>).
fn move_focus(event: KeyboardEvent) {
    let forward = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return,
    };
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let Ok(Some(toolbar)) = target.closest("[role=toolbar]") else {
        return;
    };
    let buttons = matching(&toolbar, "button");
    let Some(at) = buttons.iter().position(|button| *button == target) else {
        return;
    };
    let next = if forward {
        at + 1
    } else {
        at + buttons.len() - 1
    };
    focus(&buttons[next % buttons.len()]);
    event.prevent_default();
}
