//! The list of the room "All notes": only the rows in and near the window are drawn, whatever their
//! number, and keys lead through all of them.

use std::ops::Range;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::everything::Everything;
use super::row::{button_of, sections};
use crate::app::all_notes::go_to;
use crate::browser::elements::matching;
use crate::browser::live::mark_found;
use crate::browser::system::{
    DIALOGS, before_next_frame, find_within, focus, focus_quietly, has_focus,
};
use crate::model::all_notes::{Grouping, Row, Rows, Sizes};
use crate::ui::hooks::{AppHandle, is_composing};
use crate::ui::lazy::notes::hits_within;

/// The heights of rows until they are measured, in pixels.
const GUESS: Sizes = Sizes {
    head: 44,
    note: 120,
};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub everything: Rc<Everything>,
    pub rows: Rc<Rows>,
    /// The folded words that are marked.
    pub words: Rc<[String]>,
    pub by: Grouping,
    pub on_close: Callback<()>,
}

/// What the parts of the list share.
#[derive(Clone)]
struct Context {
    rows: Rc<Rows>,
    scroller: NodeRef,
    sizes: Sizes,
    /// The first row that is drawn.
    first: UseStateHandle<usize>,
    /// The row of the note that keys start from.
    at: UseStateHandle<usize>,
}

#[component]
pub fn NoteList(props: &Props) -> Html {
    let scroller = use_node_ref();
    let (first, at) = (use_state_eq(|| 0_usize), use_state_eq(|| 0_usize));
    let sizes = use_state_eq(|| GUESS);
    // The row that is to have the focus once it is drawn.
    let wanted = use_mut_ref(|| None::<usize>);
    let context = Context {
        rows: props.rows.clone(),
        scroller: scroller.clone(),
        sizes: *sizes,
        first: first.clone(),
        at: at.clone(),
    };
    use_effect_with(props.rows.clone(), {
        let context = context.clone();
        move |_| context.begin()
    });
    use_effect_with((props.rows.clone(), *sizes, *at), {
        let context = context.clone();
        move |_| {
            let node = context.scroller.cast::<HtmlElement>();
            let listener = node.map(|node| {
                EventListener::new(&node, "scroll", move |_| context.follow_scrolling())
            });
            move || drop(listener)
        }
    });
    use_effect({
        let (context, sizes, wanted) = (context.clone(), sizes.setter(), wanted.clone());
        move || {
            context.lay_out(&sizes);
            let row = *wanted.borrow();
            if let Some(button) = row.and_then(button_of) {
                wanted.replace(None);
                focus_quietly(&button);
                // While rows came and went, the list may have been too low to be scrolled so far.
                let context = context.clone();
                before_next_frame(move || {
                    row.and_then(|row| context.scroll_to(row));
                });
            }
        }
    });
    use_effect_with((props.rows.clone(), *first, props.words.clone()), {
        let scroller = scroller.clone();
        move |(_, _, words)| {
            scroller
                .cast::<Element>()
                .iter()
                .for_each(|list| mark(list, words));
        }
    });
    use_effect_with((), |()| || mark_found(&[]));
    let keys = {
        let context = context.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(row) = context.by_key(&event) {
                event.prevent_default();
                // Where nothing is drawn anew, nothing else would take the wish back.
                let is_redrawn = context.show(row);
                wanted.replace(is_redrawn.then_some(row));
                if let Some(button) = button_of(row) {
                    focus_quietly(&button);
                }
            }
        })
    };
    let come = {
        let at = at.setter();
        Callback::from(move |event: FocusEvent| {
            if let Some(row) = event.target().and_then(row_of) {
                at.set(row);
            }
        })
    };
    let open = open(props);
    html! {
        <div class="scroller" ref={scroller} tabindex="-1" onkeydown={keys} onfocusin={come} onclick={open}>
            <div class="spacer" aria-hidden="true"></div>
            { for sections(&props.everything, &props.rows, props.by, context.drawn(), context.current()) }
            <div class="spacer" aria-hidden="true"></div>
        </div>
    }
}

impl Context {
    fn drawn(&self) -> Range<usize> {
        self.rows.drawn(*self.first)
    }

    /// The row of the note that keys start from.
    fn at(&self) -> Option<usize> {
        let is_note = matches!(self.rows.all().get(*self.at), Some(Row::Note { .. }));
        Some(*self.at)
            .filter(|_| is_note)
            .or_else(|| self.rows.end(false))
    }

    /// The row that Tab comes to: if that of the keys is not drawn, the first note that is.
    fn current(&self) -> Option<usize> {
        let drawn = self.drawn();
        let at = self.at().filter(|row| drawn.contains(row));
        at.or_else(|| self.rows.further(drawn.start, 1, true))
    }

    /// Begins at the top: other notes are shown.
    fn begin(&self) {
        if let Some(scroller) = self.scroller.cast::<Element>() {
            scroller.set_scroll_top(0);
        }
        self.first.set(0);
        self.at.set(0);
    }

    /// Draws the rows that have come near.
    fn follow_scrolling(&self) {
        let Some(scroller) = self.scroller.cast::<Element>() else {
            return;
        };
        let top = scroller.scroll_top().max(0) as u32;
        let next = self.rows.first_drawn(top, self.sizes);
        // The row with the focus may leave; keys go on from it all the same.
        let stays = self.rows.drawn(next).contains(&*self.at);
        if !stays && has_focus(".all-notes [data-row]") {
            focus_quietly(&scroller);
        }
        self.first.set(next);
    }

    /// Measures the rows, and makes room for those that are not drawn.
    fn lay_out(&self, sizes: &UseStateSetter<Sizes>) {
        let Some(scroller) = self.scroller.cast::<Element>() else {
            return;
        };
        // First of all: while the list is lower, the browser would scroll up as it is measured.
        self.make_room(&scroller, self.sizes);
        let height = |selector: &str, guess: u32| {
            let row = scroller.query_selector(selector).ok().flatten();
            let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
            let height = row.map(|row| row.offset_height().max(1) as u32);
            height.unwrap_or(guess)
        };
        let measured = Sizes {
            head: height(".head-row", self.sizes.head),
            note: height(".note-row", self.sizes.note),
        };
        if measured != self.sizes {
            self.make_room(&scroller, measured);
        }
        sizes.set(measured);
    }

    /// Makes room for the rows that are not drawn.
    fn make_room(&self, scroller: &Element, sizes: Sizes) {
        let drawn = self.drawn();
        let top = self.rows.top_of(drawn.start, sizes);
        let all = self.rows.top_of(self.rows.all().len(), sizes);
        let rest = all - self.rows.top_of(drawn.end, sizes);
        for (spacer, pixels) in matching(scroller, ".spacer").into_iter().zip([top, rest]) {
            if let Ok(spacer) = spacer.dyn_into::<HtmlElement>() {
                let style = spacer.style();
                // The page's policy allows no styles in attributes.
                let _ = style.set_property("block-size", &format!("{pixels}px"));
            }
        }
    }

    /// Scrolls to a row by the shortest way; returns the pixels that are above the window then.
    fn scroll_to(&self, row: usize) -> Option<i32> {
        let scroller = self.scroller.cast::<Element>()?;
        let (top, height) = (scroller.scroll_top(), scroller.client_height());
        // With the head of its group, if that is above it.
        let from = match self.rows.all().get(row.wrapping_sub(1)) {
            Some(Row::Head(_)) => row - 1,
            _ => row,
        };
        let above = self.rows.top_of(from, self.sizes) as i32;
        let below = self.rows.top_of(row + 1, self.sizes) as i32;
        let next = top.min(above).max(below - height);
        if next != top {
            scroller.set_scroll_top(next);
        }
        Some(next)
    }

    /// Scrolls to a row and draws it; true if anything is drawn anew.
    fn show(&self, row: usize) -> bool {
        let Some(next) = self.scroll_to(row) else {
            return false;
        };
        let first = self.rows.first_drawn(next.max(0) as u32, self.sizes);
        let is_redrawn = first != *self.first || row != *self.at;
        self.first.set(first);
        self.at.set(row);
        is_redrawn
    }

    /// The row that a key leads to. Above the first note is the search.
    fn by_key(&self, event: &KeyboardEvent) -> Option<usize> {
        if is_composing(event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return None;
        }
        let at = self.at()?;
        let scroller = self.scroller.cast::<Element>()?;
        let page = scroller.client_height().max(0) as u32 / self.sizes.note.max(1);
        let page = page.max(1) as usize;
        match event.key().as_str() {
            "ArrowDown" => self.rows.further(at, 1, true),
            "ArrowUp" if self.rows.end(false) == Some(at) => to_search(event),
            "ArrowUp" => self.rows.further(at, 1, false),
            "PageDown" => self.rows.further(at, page, true),
            "PageUp" => self.rows.further(at, page, false),
            "Home" => self.rows.end(false),
            "End" => self.rows.end(true),
            "/" => to_search(event),
            _ => None,
        }
    }
}

/// Marks words where a search looks for them.
fn mark(list: &Element, words: &[String]) {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let searched = match words.is_empty() {
        true => Vec::new(),
        false => matching(list, "strong, .words, .tagged"),
    };
    let hits = searched.iter().flat_map(|one| hits_within(one, &words));
    mark_found(&hits.collect::<Vec<_>>());
}

/// Moves the focus to the search.
fn to_search(event: &KeyboardEvent) -> Option<usize> {
    event.prevent_default();
    let search = find_within(DIALOGS, ".all-notes input[type=search]");
    search.iter().for_each(focus);
    None
}

/// The row of the note at which something happens.
fn row_of(target: web_sys::EventTarget) -> Option<usize> {
    let element = target.dyn_into::<Element>().ok()?;
    let around = element.closest("[data-row]").ok().flatten()?;
    around.get_attribute("data-row")?.parse().ok()
}

/// Goes to the note that is clicked on, in its article.
fn open(props: &Props) -> Callback<MouseEvent> {
    let (app, on_close) = (props.app.clone(), props.on_close.clone());
    let (everything, rows) = (props.everything.clone(), props.rows.clone());
    Callback::from(move |event: MouseEvent| {
        let row = event.target().and_then(row_of);
        let entry = match row.and_then(|row| rows.all().get(row)) {
            Some(Row::Note { entry, .. }) => everything.all.entries().get(*entry),
            _ => None,
        };
        let Some(entry) = entry else { return };
        let (article, id) = (entry.note.article.clone(), entry.note.id.clone());
        on_close.emit(());
        let app = app.clone();
        // The dialog returns the focus first.
        before_next_frame(move || go_to(&app, &article, &id));
    })
}
