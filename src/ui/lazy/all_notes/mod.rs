//! "All notes": a room of its own with the notes of all articles, found and grouped as one types.

mod everything;
mod following;
mod list;
mod row;
mod scrolling;
mod tools;
mod year;

use std::rc::Rc;

use yew::prelude::*;

use crate::model::all_notes::{Folds, Group, Grouping, Groups, Rows};
use crate::model::query::{Field, Sort};
use crate::ui::hooks::AppHandle;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};
use everything::Everything;
use following::{Known, use_everything};
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
    groups: Rc<Groups>,
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

/// A search in what is known, and what is folded of what it finds.
#[derive(Clone)]
struct View {
    known: Known,
    found: Rc<Option<Found>>,
    folds: UseStateHandle<Folds>,
    shown: UseStateHandle<Shown>,
}

#[component]
pub fn AllNotes(props: &Props) -> Html {
    let known = use_everything(&props.app);
    let typed = use_state_eq(|| props.query.clone());
    let by = use_state_eq(Grouping::default);
    let shown = use_state_eq(|| Shown::Notes);
    let folds = use_state_eq(Folds::default);
    let question = (known.everything.clone(), known.is_folded);
    let found = use_memo((question, (*typed).clone(), *by), |(known, typed, by)| {
        let everything = known.0.as_ref()?;
        Some(everything.find(typed, *by))
    });
    let groups = found.as_ref().as_ref().map(|found| found.groups.clone());
    let rows = use_memo(
        (known.everything.clone(), groups, (*folds).clone()),
        |(everything, groups, folds)| {
            let (everything, groups) = everything.as_ref().zip(groups.as_ref())?;
            let is_folded = |group: Group| folds.has(&everything.all, group);
            Some(Rc::new(groups.rows(&is_folded)))
        },
    );
    let order = found.as_ref().as_ref().map(|found| found.order);
    let order = order.unwrap_or_default();
    use_effect_with((order, *shown), |(order, _)| tools::show_order(*order));
    let (type_in, group) = (typed.setter(), by.setter());
    let type_in = Callback::from(move |query: AttrValue| type_in.set(query));
    let group = Callback::from(move |chosen: Grouping| group.set(chosen));
    let view = View {
        known,
        found,
        folds,
        shown: shown.clone(),
    };
    html! {
        <DialogFrame label={say!(all_notes.label)} class="all-notes" on_close={props.on_close.clone()}>
            if *shown == Shown::Notes {
                { tools::draw(&typed, *by, order, &type_in, &group) }
            }
            { view.draw(props, (*rows).clone(), &typed, *by) }
        </DialogFrame>
    }
}

impl View {
    /// Draws what is said of what is shown, and what is shown.
    fn draw(&self, props: &Props, rows: Option<Rc<Rows>>, typed: &AttrValue, by: Grouping) -> Html {
        // Words are not found before they are folded.
        let may_find = self.known.is_folded || typed.trim().is_empty();
        let found = self.found.as_ref().as_ref().filter(|_| may_find);
        let parts = self.known.everything.as_ref().zip(found).zip(rows);
        let Some(((everything, found), rows)) = parts else {
            return head(say!(all_notes.reading).to_owned(), None, Html::default());
        };
        if let Shown::Year { as_table } = *self.shown {
            let year = year::count(everything);
            let drawn = year::draw(everything, &year, as_table);
            let head = head(year::summary(&year), Some(&self.shown), Html::default());
            return html! { <>{ head }{ drawn }</> };
        }
        let hint = (!self.known.is_reading)
            .then(|| hint(everything, found))
            .flatten();
        let fold_all = self.fold_all(everything, &found.groups, &rows);
        let head = head(said(everything, found), Some(&self.shown), fold_all);
        let notes = html! {
            <>
                if self.known.is_reading {
                    <p class="hint">{ say!(all_notes.reading) }</p>
                }
                { for hint.map(|hint| html! { <p class="hint">{ hint }</p> }) }
                <NoteList app={props.app.clone()} everything={everything.clone()} {rows} words={found.words.clone()} {by}
                    typed={typed.clone()} turn={self.turn(everything)} on_close={props.on_close.clone()} />
            </>
        };
        // The head stays what it is with the year and with the notes, and so does the focus in it.
        html! { <>{ head }{ notes }</> }
    }

    /// Folds a group, or unfolds it.
    fn turn(&self, everything: &Rc<Everything>) -> Callback<(Group, bool)> {
        let (folds, everything) = (self.folds.clone(), everything.clone());
        Callback::from(move |(group, is_folded)| {
            folds.set(folds.with(&everything.all, std::iter::once(group), is_folded));
        })
    }

    /// Draws the button that folds all groups, or unfolds them if they are.
    fn fold_all(&self, everything: &Rc<Everything>, groups: &Rc<Groups>, rows: &Rows) -> Html {
        let is_folded = rows.sections().iter().all(|section| section.is_folded);
        let fold = {
            let (folds, everything, groups) =
                (self.folds.clone(), everything.clone(), groups.clone());
            Callback::from(move |_: MouseEvent| {
                folds.set(folds.with(&everything.all, groups.all(), !is_folded));
            })
        };
        let label = match is_folded {
            true => say!(all_notes.unfold_all),
            false => say!(all_notes.fold_all),
        };
        html! {
            if !rows.sections().is_empty() {
                <button type="button" class="quiet" onclick={fold}>{ label }</button>
            }
        }
    }
}

/// Draws what is said of what is shown, and the buttons that show something else once there is
/// anything.
fn head(said: String, shown: Option<&UseStateHandle<Shown>>, fold_all: Html) -> Html {
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
            { fold_all }
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
    let (groups, all) = (&found.groups, everything.all.entries().len());
    say!(all_notes.shown)(groups.notes(), all, groups.articles())
}

/// Says what to do where nothing is shown.
fn hint(everything: &Everything, found: &Found) -> Option<&'static str> {
    let words = strings().all_notes;
    match (everything.all.entries().len(), found.groups.notes()) {
        (0, _) => Some(words.none_yet),
        (_, 0) if found.misread.is_some() => found.misread.map(say!(filters.misread)),
        (_, 0) if found.asks_for_state => Some(words.no_state),
        (_, 0) => Some(words.no_match),
        _ => None,
    }
}
