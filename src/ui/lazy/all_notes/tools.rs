//! The search of the room "All notes", and what the notes are grouped and sorted by.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::row::focus_current;
use crate::browser::system::{DIALOGS, find_within};
use crate::model::all_notes::Grouping;
use crate::model::query::{Field, Sort, with_values};
use crate::ui::hooks::is_composing;
use crate::ui::{say, strings};

/// Draws them. The order is a term of the search, so that one text says what is shown.
pub fn draw(
    typed: &AttrValue,
    by: Grouping,
    order: Sort,
    type_in: &Callback<AttrValue>,
    group: &Callback<Grouping>,
) -> Html {
    let words = strings().all_notes;
    let search = type_in.reform(|event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        AttrValue::from(input.map(|input| input.value()).unwrap_or_default())
    });
    let keys = Callback::from(|event: KeyboardEvent| {
        if event.key() == "ArrowDown" && !is_composing(&event) {
            event.prevent_default();
            focus_current();
        }
    });
    let group = group.reform(|event: Event| chosen(&event, &Grouping::ALL));
    let sort = {
        let typed = typed.clone();
        type_in.reform(move |event: Event| {
            let order = chosen(&event, &Sort::ALL);
            let values: &[&str] = match order {
                Sort::Place => &[],
                _ => &[order.name()],
            };
            with_values(&typed, Field::Sort, values).into()
        })
    };
    let grouping =
        |one: Grouping| html! { <option selected={one == by}>{ (words.grouping)(one) }</option> };
    let ordering =
        |one: Sort| html! { <option selected={one == order}>{ say!(filters.order)(one) }</option> };
    html! {
        <div class="row">
            <input type="search" aria-label={words.search} placeholder={words.search} dir="auto" autofocus=true
                value={typed.clone()} oninput={search} onkeydown={keys} />
            <label>{ words.group_by }{ " " }<select aria-label={words.group_by} onchange={group}>
                { for Grouping::ALL.into_iter().map(grouping) }
            </select></label>
            <label>{ say!(filters.sort_by) }{ " " }<select class="order" aria-label={say!(filters.sort_by)} onchange={sort}>
                { for Sort::ALL.into_iter().map(ordering) }
            </select></label>
        </div>
    }
}

/// Shows the order that the search has by now: once somebody has chosen one, a box no longer follows
/// the attributes of its options.
pub fn show_order(order: Sort) {
    let place = Sort::ALL.iter().position(|other| *other == order);
    let select = find_within(DIALOGS, ".all-notes .order");
    let select = select.and_then(|select| select.dyn_into::<HtmlSelectElement>().ok());
    if let (Some(select), Some(place)) = (select, place) {
        select.set_selected_index(place as i32);
    }
}

/// What was chosen in a box that offers all of these; the first one if nothing was.
fn chosen<T: Copy + Default>(event: &Event, all: &[T]) -> T {
    let target = event.target();
    let select = target.and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
    let chosen = index.and_then(|index| all.get(index).copied());
    chosen.unwrap_or_default()
}
