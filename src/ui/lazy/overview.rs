//! "Overview": the whole article at a glance, on a strip between the text and the cards.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};
use yew::prelude::*;

use crate::app::navigation;
use crate::app::ports::Timer;
use crate::browser::elements::matching;
use crate::browser::system::{
    Resizes, document, focus_quietly, follows_scrolling, page_height, scroll_to_height,
    visible_height, window,
};
use crate::model::annotation::{AnnotationId, Colour};
use crate::model::headings::headings;
use crate::model::order::sorted_once;
use crate::model::overview::{bars, share_of};
use crate::model::placements::Placed;
use crate::model::session::Action;
use crate::ui::notes::{PanelProps, ShownNotes};
use crate::ui::say;

/// Milliseconds of rest before the strip is drawn: it is not in the way of a highlight.
const REST: u32 = 150;
/// Maximum number of notes that have a link; of more, those nearest to what is read.
const MOST_LINKS: usize = 120;
/// How near to a mark, in pixels, a press means its note.
const NEAR: f64 = 5.0;

/// Draws the strip of a panel.
pub fn draw(panel: &PanelProps, found: &ShownNotes) -> Html {
    html! { <Overview panel={panel.clone()} found={found.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct Props {
    panel: PanelProps,
    found: ShownNotes,
}

/// A note on the strip.
#[derive(Clone, PartialEq)]
struct Link {
    id: AnnotationId,
    quote: String,
}

/// The places of the links as shares of the strip's height, in their order. They are no part of
/// what is drawn: with every change of the page's height all of them move.
type Places = Rc<RefCell<Vec<f64>>>;
/// The bytes at which the headings begin.
type Ticks = Rc<Vec<u32>>;

#[component]
fn Overview(props: &Props) -> Html {
    let node = use_node_ref();
    let links = use_state_eq(|| Rc::<[Link]>::from([]));
    let places: Places = use_mut_ref(Vec::new);
    let due = use_mut_ref(|| None::<Timer>);
    let article = props.panel.session.article.clone();
    let ticks: Ticks = use_memo(article, |article| {
        let headings = article.iter().flat_map(|article| headings(article));
        headings.map(|heading| heading.text.start()).collect()
    });
    let redraw: Rc<dyn Fn()> = {
        let (node, links, due) = (node.clone(), links.setter(), due.clone());
        let (places, panel, found) = (places.clone(), props.panel.clone(), props.found.clone());
        Rc::new(move || {
            let (node, links, places) = (node.clone(), links.clone(), places.clone());
            let (panel, found, ticks) = (panel.clone(), found.clone(), ticks.clone());
            let app = panel.app.clone();
            let timer = app.after(REST, move || {
                if let Some(strip) = node.cast::<HtmlElement>() {
                    let (shown, at): (Vec<_>, Vec<_>) =
                        paint(&strip, &panel, &found, &ticks).into_iter().unzip();
                    places.replace(at);
                    links.set(shown.into());
                    put_focused(&strip, &places);
                }
            });
            due.replace(Some(timer));
        })
    };
    let shown = (
        props.panel.session.placements.clone(),
        props.panel.session.article.clone(),
        props.found.clone(),
    );
    use_effect_with(shown, {
        let redraw = redraw.clone();
        move |_| {
            redraw();
            // The page grows while it is laid out, and with its window.
            let main = document().query_selector("main").ok().flatten();
            let resizes = main.map(|main| Resizes::of(&main, move || redraw()));
            move || drop(resizes)
        }
    });
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            let listener = (!follows_scrolling()).then(|| {
                EventListener::new(&window(), "scroll", move |_| {
                    if let Some(strip) = node.cast::<HtmlElement>() {
                        WindowPlace::now(&strip).show(&strip);
                    }
                })
            });
            move || drop(listener)
        }
    });
    let chosen = props.panel.session.chosen.as_ref();
    let current = chosen.and_then(|id| links.iter().position(|link| link.id == *id));
    let link = |(index, link): (usize, &Link)| {
        let show = show(props, &link.id);
        let is_first = index == current.unwrap_or_default();
        html! {
            <li key={link.id.to_string()}>
                <a href="#article" dir="auto" tabindex={if is_first { "0" } else { "-1" }}
                    aria-current={(current == Some(index)).then_some("true")} onclick={show}>{ &link.quote }</a>
            </li>
        }
    };
    html! {
        <nav class="overview" aria-label={say!(notes.overview)} ref={node} onpointerdown={press(props, &links, &places)}
            onpointermove={Callback::from(|event: PointerEvent| if event.buttons() & 1 == 1 { go(&event) })}
            onkeydown={Callback::from(move_focus)} onfocusin={Callback::from(move |event: FocusEvent| {
                if let Some(strip) = strip_of(&event) {
                    put_focused(&strip, &places);
                }
            })}>
            <svg aria-hidden="true">
                <path />
                { for Colour::ALL.into_iter().map(|colour| html! { <path data-colour={colour.name()} /> }) }
            </svg>
            <div class="seen" aria-hidden="true"></div>
            <ul role="list">{ for links.iter().enumerate().map(link) }</ul>
        </nav>
    }
}

/// Paints the strip, and returns the notes that get a link, with their places.
fn paint(
    strip: &HtmlElement,
    panel: &PanelProps,
    found: &ShownNotes,
    ticks: &[u32],
) -> Vec<(Link, f64)> {
    let Some(page) = panel.app.page() else {
        return Vec::new();
    };
    // Everything is measured before anything is written.
    let (spans, first_visible) = (page.spans(), page.first_visible());
    let window = WindowPlace::now(strip);
    let placements = &panel.session.placements;
    let all = placements.placed();
    // They may be listed in another order than by place.
    let by_place = found.placed.as_ref().map(|found| sorted_once(found));
    let count = by_place.as_ref().map_or(all.len(), Vec::len);
    let nth = |at: usize| match &by_place {
        Some(found) => &all[found[at]],
        None => &all[at],
    };
    let rows = strip.client_height().clamp(0, i32::from(u16::MAX)) as u16;
    let further = match by_place {
        Some(_) => &[],
        None => placements.further(),
    };
    let marks = (0..count).map(nth).chain(further);
    let marks = marks.map(|placed| (placed.range, placed.annotation.colour));
    let bars = bars(&spans, marks, rows);
    let of_colour = |colour| {
        let bars = bars.iter().filter(|bar| bar.colour == colour);
        outline(bars.map(|bar| (bar.from, bar.to)))
    };
    let ticks = ticks.iter().map(|&byte| {
        let at = (share_of(&spans, byte) * f64::from(rows)) as u16;
        (at, at + 1)
    });
    let shapes = [outline(ticks)]
        .into_iter()
        .chain(Colour::ALL.into_iter().map(of_colour));
    for (path, shape) in matching(strip, "path").iter().zip(shapes) {
        let _ = path.set_attribute("d", &shape);
    }
    window.show(strip);
    let is_before = |placed: &Placed| placed.range.start() < first_visible;
    let middle = match &by_place {
        Some(found) => found.partition_point(|&number| is_before(&all[number])),
        None => all.partition_point(is_before),
    };
    let from = middle
        .saturating_sub(MOST_LINKS / 2)
        .min(count.saturating_sub(MOST_LINKS));
    let linked = (from..count).take(MOST_LINKS).map(nth);
    let at = |placed: &Placed| share_of(&spans, placed.range.start());
    linked.map(|placed| (link_to(placed), at(placed))).collect()
}

fn link_to(placed: &Placed) -> Link {
    let quote = placed.annotation.quoted();
    Link {
        id: placed.annotation.id.clone(),
        quote: quote.unwrap_or(say!(notes.whole_article)).to_owned(),
    }
}

/// Puts the link that has the focus, which is the one that shows, at its place.
fn put_focused(strip: &Element, places: &Places) {
    let Some((index, link)) = focused_link(strip) else {
        return;
    };
    // The page's policy allows no styles in attributes.
    if let (Some(link), Some(at)) = (link.dyn_ref::<HtmlElement>(), places.borrow().get(index)) {
        let _ = link.style().set_property("--at", &format!("{at:.4}"));
    }
}

fn focused_link(strip: &Element) -> Option<(usize, Element)> {
    let focused = document()
        .active_element()
        .filter(|it| strip.contains(Some(it)))?;
    let index = matching(strip, "a")
        .iter()
        .position(|link| *link == focused)?;
    Some((index, focused))
}

/// The outline of bars from row to row, in the syntax of an SVG path.
fn outline(bars: impl Iterator<Item = (u16, u16)>) -> String {
    let bars = bars.map(|(from, to)| format!("M0 {from}h8v{}h-8z", to - from));
    bars.collect()
}

/// Which part of the page the window shows, in pixels of the strip.
struct WindowPlace {
    seen: f64,
    strip: f64,
    top: f64,
}

impl WindowPlace {
    fn now(strip: &HtmlElement) -> Self {
        let (all, window_height) = (page_height().max(1.0), visible_height());
        let height = f64::from(strip.client_height());
        let seen = (window_height / all).min(1.0) * height;
        let scrolled = window().scroll_y().unwrap_or_default();
        Self {
            seen,
            strip: height,
            top: scrolled / (all - window_height).max(1.0) * (height - seen),
        }
    }

    fn show(&self, strip: &HtmlElement) {
        let style = strip.style();
        for (name, value) in [
            ("--seen", self.seen),
            ("--strip", self.strip),
            ("--top", self.top),
        ] {
            let _ = style.set_property(name, &format!("{value:.1}px"));
        }
    }
}

fn show(props: &Props, id: &AnnotationId) -> Callback<MouseEvent> {
    let (app, id) = (props.panel.app.clone(), id.clone());
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        app.send(Action::Choose {
            id: Some(id.clone()),
        });
        navigation::show_chosen(&app, false);
    })
}

/// A press on a mark shows its note; anywhere else it moves the window there.
fn press(props: &Props, links: &Rc<[Link]>, places: &Places) -> Callback<PointerEvent> {
    let (app, links, places) = (props.panel.app.clone(), links.clone(), places.clone());
    Callback::from(move |event: PointerEvent| {
        let Some((strip, y)) = place_on_strip(&event) else {
            return;
        };
        event.prevent_default();
        let _ = strip.set_pointer_capture(event.pointer_id());
        let height = f64::from(strip.client_height());
        let places = places.borrow();
        let distances = places.iter().map(|at| (at * height - y).abs());
        let nearest = links
            .iter()
            .zip(distances)
            .min_by(|one, other| one.1.total_cmp(&other.1));
        match nearest.filter(|(_, distance)| *distance <= NEAR) {
            Some((link, _)) => {
                app.send(Action::Choose {
                    id: Some(link.id.clone()),
                });
                navigation::show_chosen(&app, false);
            }
            None => go(&event),
        }
    })
}

/// Moves the window to where the pointer is.
fn go(event: &PointerEvent) {
    if let Some((strip, y)) = place_on_strip(event) {
        let share = y / f64::from(strip.client_height()).max(1.0);
        scroll_to_height(share * page_height() - visible_height() / 2.0);
    }
}

fn place_on_strip(event: &PointerEvent) -> Option<(Element, f64)> {
    let strip = strip_of(event)?;
    let y = f64::from(event.client_y()) - strip.get_bounding_client_rect().top();
    Some((strip, y))
}

/// The strip in which something occurred.
fn strip_of(event: &Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("nav").ok().flatten()
}

/// Moves the focus from note to note by keys.
fn move_focus(event: KeyboardEvent) {
    let Some(strip) = strip_of(&event) else {
        return;
    };
    let Some((at, _)) = focused_link(&strip) else {
        return;
    };
    let links = matching(&strip, "a");
    let to = match event.key().as_str() {
        "ArrowDown" => (at + 1).min(links.len() - 1),
        "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => links.len() - 1,
        _ => return,
    };
    event.prevent_default();
    focus_quietly(&links[to]);
}
