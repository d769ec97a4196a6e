//! The ends of the chosen note's passage, which are moved by hand or by keys.
//!
//! Each step is an edit: what is seen is what is kept, and Undo takes back all steps of one end in a row.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};
use yew::prelude::*;

use crate::app::resolve;
use crate::browser::aim::look_through;
use crate::browser::page::{Edge, Page};
use crate::browser::system::{Resizes, document, now};
use crate::browser::words::divider;
use crate::model::annotation::{AnnotationId, Colour};
use crate::model::commands;
use crate::model::ends::{self, End, Step};
use crate::model::placements::AnchorStatus;
use crate::model::session::Session;
use crate::model::text::{TextRange, shortened};
use crate::ui::hooks::AppHandle;
use crate::ui::notes::PanelProps;
use crate::ui::say;

/// Both ends, in the order of the text.
const BOTH: [End; 2] = [End::Start, End::End];
/// Code points of a passage that are said of where it begins or ends.
const SAID: usize = 40;

/// The chosen note, if it has a passage whose ends can be moved.
#[derive(Clone, PartialEq)]
struct Chosen {
    id: AnnotationId,
    range: TextRange,
    colour: Colour,
}

impl Chosen {
    fn of(session: &Session) -> Option<Self> {
        let placed = session.placements.placed_of(session.chosen.as_ref()?)?;
        let has_words = placed.status != AnchorStatus::Replaced;
        (has_words && !session.read_only).then(|| Self {
            id: placed.annotation.id.clone(),
            range: placed.range,
            colour: placed.annotation.colour,
        })
    }
}

/// Draws the ends of the chosen note's passage.
pub fn draw(panel: &PanelProps) -> Html {
    match Chosen::of(&panel.session) {
        Some(chosen) => {
            let (app, moved) = (panel.app.clone(), panel.moved);
            html! { <Ends {app} {chosen} {moved} /> }
        }
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    app: AppHandle,
    chosen: Chosen,
    /// Changes when the article is laid out anew.
    moved: u32,
}

/// A drag of one end.
#[derive(Clone, Copy)]
struct Drag {
    end: End,
    /// From the pointer to the middle of the line, in pixels.
    to_line: f64,
}

#[component]
fn Ends(props: &Props) -> Html {
    let node = use_node_ref();
    let drag = use_mut_ref(|| None::<Drag>);
    // The passage has to be painted first, and everything drawn.
    use_effect({
        let (app, node, range) = (props.app.clone(), node.clone(), props.chosen.range);
        move || {
            app.clone().spawn(async move { place(&app, &node, range) });
        }
    });
    use_effect_with(props.chosen.range, {
        let (app, node) = (props.app.clone(), node.clone());
        move |range| {
            let range = *range;
            if let Some(page) = app.page() {
                page.show_across(range);
            }
            let main = document().query_selector("main").ok().flatten();
            let place: Rc<dyn Fn()> = Rc::new(move || place(&app, &node, range));
            let resizes = main.as_ref().map(|main| {
                let place = place.clone();
                Resizes::of(main, move || place())
            });
            // The events of what scrolls in the article do not rise; they can only be met above it.
            let scrolls = main.map(|main| {
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&main, "scroll", options, move |_| place())
            });
            move || drop((resizes, scrolls))
        }
    });
    let begin = {
        let (app, drag, range) = (props.app.clone(), drag.clone(), props.chosen.range);
        Callback::from(move |event: PointerEvent| {
            let (Some((slider, end)), Some(page)) = (slider_of(&event), app.page()) else {
                return;
            };
            if event.button() != 0 {
                return;
            }
            event.prevent_default();
            let _ = slider.set_pointer_capture(event.pointer_id());
            let middle = page
                .edge(range, end)
                .map(|edge| (edge.top + edge.bottom) / 2.0);
            let at = f64::from(event.client_y());
            drag.replace(Some(Drag {
                end,
                to_line: middle.unwrap_or(at) - at,
            }));
            if let Some(slider) = slider.dyn_ref::<HtmlElement>() {
                let _ = slider.focus();
            }
        })
    };
    let go = {
        let (app, drag, chosen) = (props.app.clone(), drag.clone(), props.chosen.clone());
        Callback::from(move |event: PointerEvent| {
            let (Some(Drag { end, to_line }), Some(page)) = (*drag.borrow(), app.page()) else {
                return;
            };
            look_through(true);
            let at = (
                f64::from(event.client_x()),
                f64::from(event.client_y()) + to_line,
            );
            if let Some(byte) = page.byte_at(at) {
                let to = (end, byte, event.alt_key());
                let words = divider(page.article());
                let range = ends::placed(page.article(), chosen.range, to, &words);
                move_to(&app, &chosen.id, range);
            }
        })
    };
    let stop = Callback::from(move |_: PointerEvent| {
        if drag.take().is_some() {
            look_through(false);
        }
    });
    let key = {
        let app = props.app.clone();
        Callback::from(move |event: KeyboardEvent| {
            let forward = match event.key().as_str() {
                "ArrowRight" | "ArrowDown" => true,
                "ArrowLeft" | "ArrowUp" => false,
                _ => return,
            };
            let has_command = event.ctrl_key() || event.meta_key() || event.alt_key();
            if let Some((_, end)) = slider_of(&event).filter(|_| !has_command) {
                event.prevent_default();
                let step = match event.shift_key() {
                    true => Step::Character,
                    false => Step::Word,
                };
                let is_across = matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight");
                step_end(&app, (end, step, forward), is_across);
            }
        })
    };
    let slider = |end: End| slider(props, end);
    // They belong to the article: a reader looks for them in its landmark.
    let Some(tools) = document().get_element_by_id("tools") else {
        return Html::default();
    };
    let ends = html! {
        <div class="ends" ref={node} data-colour={props.chosen.colour.name()} onkeydown={key}
            onpointerdown={begin} onpointermove={go} onpointerup={&stop} onpointercancel={stop}>
            { for BOTH.into_iter().map(slider) }
        </div>
    };
    create_portal(ends, tools)
}

fn slider(props: &Props, end: End) -> Html {
    let Some(page) = props.app.page() else {
        return Html::default();
    };
    let text = page.article().text();
    let words = props.chosen.range.slice(text).unwrap_or_default();
    let (label, said, class) = match end {
        End::Start => (say!(ends.start), shortened(words, SAID), "end first"),
        End::End => (say!(ends.end), last_of(words), "end last"),
    };
    html! {
        <span {class} role="slider" tabindex="0" aria-label={label} aria-valuemin="0" aria-valuemax={text.len().to_string()}
            aria-valuenow={end.of(props.chosen.range).to_string()} aria-valuetext={said}></span>
    }
}

/// The last words of a passage.
fn last_of(words: &str) -> String {
    match words.char_indices().rev().nth(SAID) {
        Some((byte, c)) => ["…", words[byte + c.len_utf8()..].trim_start()].concat(),
        None => words.to_owned(),
    }
}

/// The slider on which something occurred.
fn slider_of(event: &Event) -> Option<(Element, End)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let slider = target.closest("[role=slider]").ok()??;
    let is_first = slider.class_list().contains("first");
    Some((slider, BOTH[usize::from(!is_first)]))
}

/// Puts the ends where they are in the window.
fn place(app: &AppHandle, node: &NodeRef, range: TextRange) {
    let (Some(page), Some(ends)) = (app.page(), node.cast::<HtmlElement>()) else {
        return;
    };
    let edges = BOTH.map(|end| page.edge(range, end));
    let origin = ends.get_bounding_client_rect();
    for (number, edge) in edges.iter().enumerate() {
        let slider = ends.children().get_with_index(number as u32);
        let Some(slider) = slider.and_then(|slider| slider.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let Some(Edge { x, top, bottom }) = edge else {
            let _ = slider.set_attribute("hidden", "");
            continue;
        };
        let _ = slider.remove_attribute("hidden");
        let style = slider.style();
        for (name, pixels) in [
            ("--x", x - origin.left()),
            ("--y", top - origin.top()),
            ("--height", bottom - top),
        ] {
            let _ = style.set_property(name, &format!("{pixels:.1}px"));
        }
    }
}

fn move_to(app: &AppHandle, id: &AnnotationId, range: Option<TextRange>) {
    let is_there = |range: &TextRange| app.session().placements.range_of(id) == Some(*range);
    if let Some(range) = range.filter(|range| !is_there(range)) {
        resolve::edit(app, |session| commands::move_to(session, id, range, now()));
    }
}

/// Moves an end of the chosen note's passage by a key: with Shift its end, with Ctrl its start, with
/// Alt by a word; false if the key is for something else.
pub fn key(app: &AppHandle, event: &KeyboardEvent) -> bool {
    let session = app.session();
    let forward = match event.key().as_str() {
        "ArrowRight" => true,
        "ArrowLeft" => false,
        _ => return false,
    };
    if !event.shift_key() || session.selection.is_some() || session.chosen.is_none() {
        return false;
    }
    let end = match event.ctrl_key() || event.meta_key() {
        true => End::Start,
        false => End::End,
    };
    let step = match event.alt_key() {
        true => Step::Word,
        false => Step::Character,
    };
    step_end(app, (end, step, forward), true);
    true
}

/// Moves one end of the chosen note's passage. `is_across`: to a side rather than in the order of
/// the text.
fn step_end(app: &AppHandle, (end, step, forward): (End, Step, bool), is_across: bool) {
    let (Some(page), Some(chosen)) = (app.page(), Chosen::of(&app.session())) else {
        return;
    };
    let is_turned = is_across && page.is_backward(chosen.range, end);
    let way = (end, step, forward != is_turned);
    let words = divider(page.article());
    let range = ends::moved(page.article(), chosen.range, way, &words);
    move_to(app, &chosen.id, range);
    show(&page, app, end);
}

/// Brings the end that has moved into view, if it is not.
fn show(page: &Page, app: &AppHandle, end: End) {
    let Some(chosen) = Chosen::of(&app.session()) else {
        return;
    };
    if let Some(letter) = page.letter_at(chosen.range, end) {
        page.scroll_to(letter);
    }
}
