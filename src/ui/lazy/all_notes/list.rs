//! The list of the room "All notes": only the rows in and near the window are drawn, whatever their
//! number, and keys lead through all of them.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::everything::Everything;
use super::row::{button_of, sections};
use super::scrolling::{Before, Context, GUESS};
use crate::app::all_notes::go_to;
use crate::browser::elements::matching;
use crate::browser::live::mark_found;
use crate::browser::system::{DIALOGS, before_next_frame, find_within, focus, focus_quietly};
use crate::model::all_notes::{Group, Grouping, Row, Rows};
use crate::ui::hooks::{AppHandle, is_composing};
use crate::ui::lazy::notes::hits_within;
use crate::ui::lazy::resting::use_rested;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub everything: Rc<Everything>,
    pub rows: Rc<Rows>,
    /// The folded words that are marked.
    pub words: Rc<[String]>,
    pub by: Grouping,
    /// The search: with another one the list begins at its top.
    pub typed: AttrValue,
    /// Folds a group, or unfolds it.
    pub turn: Callback<(Group, bool)>,
    pub on_close: Callback<()>,
}

#[component]
pub fn NoteList(props: &Props) -> Html {
    let scroller = use_node_ref();
    let (first, at) = (use_state_eq(|| 0_usize), use_state_eq(|| 0_usize));
    let sizes = use_state_eq(|| GUESS);
    // The row that is to have the focus once it is drawn.
    let wanted = use_mut_ref(|| None::<usize>);
    // What was shown before, to keep it in view.
    let before = use_mut_ref(|| None::<Before>);
    let is_typed = use_rested(&props.typed);
    let context = Context {
        everything: props.everything.clone(),
        rows: props.rows.clone(),
        asked: (props.typed.clone(), props.by),
        is_typed,
        scroller: scroller.clone(),
        sizes: *sizes,
        first: first.clone(),
        at: at.clone(),
    };
    use_effect_with((props.rows.clone(), context.asked.clone()), {
        let (context, before, wanted) = (context.clone(), before.clone(), wanted.clone());
        move |_| {
            let gone = context.change(before.borrow().as_ref());
            if gone.is_some() {
                wanted.replace(gone);
            }
            before.replace(Some(context.as_before()));
        }
    });
    let shown = (props.everything.clone(), props.rows.clone());
    use_effect_with((shown, context.asked.clone(), *sizes, *at), {
        let (context, before) = (context.clone(), before.clone());
        move |_| {
            let node = context.scroller.cast::<HtmlElement>();
            let listener = node.map(|node| {
                EventListener::new(&node, "scroll", move |_| {
                    context.follow_scrolling();
                    before.replace(Some(context.as_before()));
                })
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
    use_effect_with(
        (props.rows.clone(), context.drawn(), props.words.clone()),
        {
            let scroller = scroller.clone();
            move |(_, _, words)| {
                scroller
                    .cast::<Element>()
                    .iter()
                    .for_each(|list| mark(list, words));
            }
        },
    );
    use_effect_with((), |()| || mark_found(&[]));
    let keys = {
        let (context, turn) = (context.clone(), props.turn.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(row) = by_key(&context, &event, &turn) {
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

/// The row that a key leads to. Above the first one is the search.
fn by_key(
    context: &Context,
    event: &KeyboardEvent,
    turn: &Callback<(Group, bool)>,
) -> Option<usize> {
    if is_composing(event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let (rows, at) = (&context.rows, context.at()?);
    let scroller = context.scroller.cast::<Element>()?;
    let page = scroller.client_height().max(0) as u32 / context.sizes.note.max(1);
    let page = page.max(1) as usize;
    match event.key().as_str() {
        "ArrowDown" => rows.further(at, 1, true),
        "ArrowUp" if at == 0 => to_search(event),
        "ArrowUp" => rows.further(at, 1, false),
        "ArrowRight" => sideways(context, at, true, turn),
        "ArrowLeft" => sideways(context, at, false, turn),
        "PageDown" => rows.further(at, page, true),
        "PageUp" => rows.further(at, page, false),
        "Home" => rows.further(0, 0, false),
        "End" => rows.further(0, usize::MAX, true),
        "/" => to_search(event),
        _ => None,
    }
}

/// Does what an arrow to the side does in a tree: it unfolds a group and leads into it, or leads to its
/// head and folds it.
fn sideways(
    context: &Context,
    at: usize,
    forward: bool,
    turn: &Callback<(Group, bool)>,
) -> Option<usize> {
    let section = context.rows.section_of(at)?;
    match (at == section.head, section.is_folded, forward) {
        (true, true, true) => turn.emit((section.group, false)),
        (true, false, false) => turn.emit((section.group, true)),
        (true, false, true) => return Some(at + 1),
        (false, _, false) => return Some(section.head),
        _ => {}
    }
    None
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

/// The row at which something happens.
fn row_of(target: web_sys::EventTarget) -> Option<usize> {
    let element = target.dyn_into::<Element>().ok()?;
    let around = element.closest("[data-row]").ok().flatten()?;
    around.get_attribute("data-row")?.parse().ok()
}

/// Goes to the note that is clicked on, in its article; folds the group whose head it is.
fn open(props: &Props) -> Callback<MouseEvent> {
    let (app, on_close) = (props.app.clone(), props.on_close.clone());
    let (everything, rows) = (props.everything.clone(), props.rows.clone());
    let turn = props.turn.clone();
    Callback::from(move |event: MouseEvent| {
        let row = event.target().and_then(row_of);
        let entry = match row.and_then(|row| rows.all().get(row)) {
            Some(Row::Note { entry, .. }) => everything.all.entries().get(*entry),
            Some(Row::Head(section)) => {
                // Not every browser gives it the focus.
                row.and_then(button_of).iter().for_each(focus_quietly);
                let section = &rows.sections()[*section];
                return turn.emit((section.group, !section.is_folded));
            }
            None => None,
        };
        let Some(note) = entry.map(|entry| entry.note()) else {
            return;
        };
        let (article, id) = (note.article.clone(), note.id.clone());
        on_close.emit(());
        let app = app.clone();
        // The dialog returns the focus first.
        before_next_frame(move || go_to(&app, &article, &id));
    })
}
