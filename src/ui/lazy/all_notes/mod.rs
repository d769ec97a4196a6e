//! "All notes": a room of its own with the notes of all articles, found and grouped as one types.

mod everything;
mod list;
mod row;
mod tools;
mod year;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::all_notes::{Grouping, Rows};
use crate::model::query::{Field, Sort};
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};
use everything::Everything;
use list::NoteList;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    /// The search to begin with.
    pub query: AttrValue,
    pub on_close: Callback<()>,
}

/// What a search finds.
#[derive(Clone, PartialEq)]
struct Found {
    rows: Rc<Rows>,
    /// The folded words that are looked for, to mark them.
    words: Rc<[String]>,
    order: Sort,
    /// The field of the search whose value has no meaning, so that nothing is found.
    misread: Option<Field>,
    /// True if the search asks for states, which no note has here.
    asks_for_state: bool,
}

/// What the room shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Notes,
    Year { as_table: bool },
}

#[component]
pub fn AllNotes(props: &Props) -> Html {
    let everything = use_state_eq(|| None::<Rc<Everything>>);
    let typed = use_state_eq(|| props.query.clone());
    let by = use_state_eq(Grouping::default);
    let shown = use_state_eq(|| Shown::Notes);
    use_effect_with((), {
        let (app, everything) = (props.app.clone(), everything.setter());
        move |()| {
            spawn_local(async move {
                everything.set(Some(Rc::new(Everything::gather(&app).await)));
            });
        }
    });
    let question = ((*everything).clone(), (*typed).clone(), *by);
    let found = use_memo(question, |(everything, typed, by)| {
        let everything = everything.as_ref()?;
        Some(everything.find(typed, *by))
    });
    let (said, content) = match (&*everything, &*found, *shown) {
        (Some(everything), Some(_), Shown::Year { as_table }) => {
            let year = year::count(everything);
            let drawn = year::draw(everything, &year, as_table);
            (year::summary(&year), drawn)
        }
        (Some(everything), Some(found), Shown::Notes) => {
            let list = html! {
                <>
                    { for hint(everything, found).map(|hint| html! { <p class="hint">{ hint }</p> }) }
                    <NoteList app={props.app.clone()} everything={everything.clone()} rows={found.rows.clone()} words={found.words.clone()} by={*by}
                        on_close={props.on_close.clone()} />
                </>
            };
            (said(everything, found), list)
        }
        _ => (say!(all_notes.reading).to_owned(), Html::default()),
    };
    let order = found.as_ref().as_ref().map(|found| found.order);
    let order = order.unwrap_or_default();
    use_effect_with((order, *shown), |(order, _)| tools::show_order(*order));
    let (type_in, group) = (typed.setter(), by.setter());
    let type_in = Callback::from(move |query: AttrValue| type_in.set(query));
    let group = Callback::from(move |chosen: Grouping| group.set(chosen));
    html! {
        <DialogFrame label={say!(all_notes.label)} class="all-notes" on_close={props.on_close.clone()}>
            if *shown == Shown::Notes {
                { tools::draw(&typed, *by, order, &type_in, &group) }
            }
            { head(said, found.is_some().then_some(&shown)) }
            { content }
        </DialogFrame>
    }
}

/// Draws what is said of what is shown, and the buttons that show something else once there is
/// anything.
fn head(said: String, shown: Option<&UseStateHandle<Shown>>) -> Html {
    let toggle = |label: &'static str, is_on: bool, next: Shown| {
        let shown = shown.map(|shown| shown.setter());
        let turn = Callback::from(move |_: MouseEvent| shown.iter().for_each(|it| it.set(next)));
        html! { <button type="button" class="quiet" aria-pressed={is_on.to_string()} onclick={turn}>{ label }</button> }
    };
    let (is_year, as_table) = match shown.map(|shown| **shown) {
        Some(Shown::Year { as_table }) => (true, as_table),
        _ => (false, false),
    };
    let other = match is_year {
        true => Shown::Notes,
        false => Shown::Year { as_table },
    };
    html! {
        <div class="row told">
            <p class="count" role="status">{ said }</p>
            if shown.is_some() {
                { toggle(say!(year.label), is_year, other) }
            }
            if is_year {
                { toggle(say!(year.as_table), as_table, Shown::Year { as_table: !as_table }) }
            }
        </div>
    }
}

/// Says how much of everything is shown.
fn said(everything: &Everything, found: &Found) -> String {
    let (rows, all) = (&found.rows, everything.all.entries().len());
    say!(all_notes.shown)(rows.notes(), all, rows.articles())
}

/// Says what to do where nothing is shown.
fn hint(everything: &Everything, found: &Found) -> Option<&'static str> {
    let words = strings().all_notes;
    match (everything.all.entries().len(), found.rows.notes()) {
        (0, _) => Some(words.none_yet),
        (_, 0) if found.misread.is_some() => found.misread.map(say!(filters.misread)),
        (_, 0) if found.asks_for_state => Some(words.no_state),
        (_, 0) => Some(words.no_match),
        _ => None,
    }
}
