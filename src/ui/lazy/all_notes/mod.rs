//! "All notes": a room of its own with the notes of all articles, found and grouped as one types.

mod everything;
mod list;
mod row;
mod tools;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::all_notes::{Grouping, Rows};
use crate::model::query::{Field, Sort};
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::strings;
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
    order: Sort,
    /// The field of the search whose value has no meaning, so that nothing is found.
    misread: Option<Field>,
    /// True if the search asks for states, which no note has here.
    asks_for_state: bool,
}

#[component]
pub fn AllNotes(props: &Props) -> Html {
    let everything = use_state_eq(|| None::<Rc<Everything>>);
    let typed = use_state_eq(|| props.query.clone());
    let by = use_state_eq(Grouping::default);
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
        everything
            .as_ref()
            .map(|everything| everything.find(typed, *by))
    });
    let order = (*found)
        .as_ref()
        .map(|found| found.order)
        .unwrap_or_default();
    let type_in = {
        let typed = typed.setter();
        Callback::from(move |query: AttrValue| typed.set(query))
    };
    let group = {
        let by = by.setter();
        Callback::from(move |chosen: Grouping| by.set(chosen))
    };
    let shown = match (&*everything, &*found) {
        (Some(everything), Some(found)) => {
            html! {
                <>
                    { said(everything, found) }
                    <NoteList app={props.app.clone()} everything={everything.clone()} rows={found.rows.clone()} by={*by}
                        on_close={props.on_close.clone()} />
                </>
            }
        }
        _ => html! { <p role="status">{ strings().all_notes.reading }</p> },
    };
    html! {
        <DialogFrame label={strings().all_notes.label} class="all-notes" on_close={props.on_close.clone()}>
            { tools::draw(&typed, *by, order, &type_in, &group) }
            { shown }
        </DialogFrame>
    }
}

/// Says what is shown, and what to do where nothing is.
fn said(everything: &Everything, found: &Found) -> Html {
    let words = strings().all_notes;
    let (rows, all) = (&found.rows, everything.all.entries().len());
    let hint = match (all, rows.notes()) {
        (0, _) => Some(words.none_yet),
        (_, 0) if found.misread.is_some() => found.misread.map(strings().filters.misread),
        (_, 0) if found.asks_for_state => Some(words.no_state),
        (_, 0) => Some(words.no_match),
        _ => None,
    };
    html! {
        <>
            <p class="count" role="status">{ (words.shown)(rows.notes(), all, rows.articles()) }</p>
            if let Some(hint) = hint {
                <p class="hint">{ hint }</p>
            }
        </>
    }
}
