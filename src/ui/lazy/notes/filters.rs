//! "Filter": which notes are shown, and in what order. Every choice is a term of the search, so that
//! one text says what is shown.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::finding::{Here, query_of};
use super::kept::kept_search;
use super::look::look;
use super::pick_tools::pick_tools;
use crate::app::tagging::progress_of;
use crate::browser::system::{find_within, focus, folded};
use crate::model::annotation::Colour;
use crate::model::makers::colour_of;
use crate::model::placements::Placements;
use crate::model::query::{
    Field, Kind, Maker, Query, Sort, State, Surroundings, makers_of, values_of, with_makers,
    with_values,
};
use crate::model::session::{Action, Session};
use crate::model::tally::Tally;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::jumps;
use crate::ui::lazy::synchronise::beside_notes;
use crate::ui::notes::PanelProps;
use crate::ui::{say, strings};

/// Maximum number of tags, and of people, that are offered; the search takes any other.
const MOST_OFFERED: usize = 24;
/// The fields that are offered for words to be typed after them.
const TYPED: [Field; 4] = [Field::Tag, Field::Quote, Field::Note, Field::Since];

/// Draws what stands beside the search.
pub fn tools(panel: &PanelProps) -> Html {
    // The browser's Back may lead into the article that was read before a reload.
    jumps::listen(&panel.app);
    let has_notes = !panel.session.placements.is_empty();
    html! {
        <>
            if has_notes && (panel.shown || !panel.wide) {
                <Filters ..panel.clone() />
            }
            { look(panel) }
            if panel.shown {
                { for beside_notes(&panel.app, &panel.session) }
            }
            { pick_tools(panel) }
            { kept_search(&panel.app, &panel.session) }
        </>
    }
}

#[component]
fn Filters(panel: &PanelProps) -> Html {
    let is_open = use_state_eq(|| false);
    let toggle = {
        let is_open = is_open.clone();
        let raise = (!panel.shown).then(|| panel.on_toggle.clone());
        Callback::from(move |_: MouseEvent| {
            is_open.set(!*is_open);
            raise.iter().for_each(|raise| raise.emit(()));
        })
    };
    let session = &panel.session;
    let query = query_of(session);
    let words = strings().filters;
    let said = in_words(&session.query, &query);
    html! {
        <>
            <button class="quiet filter" aria-expanded={is_open.to_string()} aria-controls="filters" onclick={toggle}>{ words.button }</button>
            if *is_open {
                <div role="group" id="filters" class="filters" aria-label={words.label}>{ choices(panel, &query) }</div>
            } else if !said.is_empty() {
                <p class="hint filtered">{ said }</p>
            }
        </>
    }
}

/// Draws everything that can be chosen.
fn choices(panel: &PanelProps, query: &Query) -> Html {
    let (app, session) = (&panel.app, &panel.session);
    let words = strings().filters;
    let typed = &session.query;
    let tally = tally(session);
    let colours = {
        let chosen = query.colours();
        let names: Vec<&str> = chosen.iter().map(|colour| colour.name()).collect();
        let chip = |(colour, count): &(_, usize)| {
            let label = name_of(*colour);
            let next = toggled(typed, Field::Colour, &names, colour.name());
            chip(
                app,
                &label,
                *count,
                chosen.contains(colour),
                next,
                Some(colour.name()),
            )
        };
        tally.colours.iter().map(chip).collect::<Html>()
    };
    let tags = {
        let chosen = values_of(typed, Field::Tag);
        let chip = |(tag, count): &(String, usize)| {
            let is_chosen = |value: &&&str| folded(value) == folded(tag);
            let value = chosen.iter().find(is_chosen).copied();
            let next = toggled(typed, Field::Tag, &chosen, value.unwrap_or(tag));
            chip(app, tag, *count, value.is_some(), next, None)
        };
        tally
            .tags
            .iter()
            .take(MOST_OFFERED)
            .map(chip)
            .collect::<Html>()
    };
    let states = {
        let chosen = query.states();
        let names: Vec<&str> = chosen.iter().map(|state| state.name()).collect();
        let chip = |(state, count): &(State, usize)| {
            let next = toggled(typed, Field::State, &names, state.name());
            chip(
                app,
                (words.state)(*state),
                *count,
                chosen.contains(state),
                next,
                None,
            )
        };
        tally.states.iter().map(chip).collect::<Html>()
    };
    let kinds = {
        let chosen = query.kinds();
        let names: Vec<&str> = chosen.iter().map(|kind| kind.name()).collect();
        let chip = |(kind, count): &(Kind, usize)| {
            let next = toggled(typed, Field::Is, &names, kind.name());
            chip(
                app,
                (words.kind)(*kind),
                *count,
                chosen.contains(kind),
                next,
                None,
            )
        };
        tally.kinds.iter().map(chip).collect::<Html>()
    };
    // Where all are alike there is nothing to choose.
    let are_several = |count: usize| count > 1;
    html! {
        <>
            <div class="chips">{ colours }</div>
            if !tally.tags.is_empty() {
                <div class="chips">{ tags }</div>
            }
            if are_several(tally.states.len()) || !query.states().is_empty() {
                <div class="chips">{ states }</div>
            }
            if are_several(tally.kinds.len()) || !query.kinds().is_empty() {
                <div class="chips">{ kinds }</div>
            }
            { for people(app, typed, &tally.makers) }
            <div class="row">
                <label>{ words.sort_by }{ " " }{ order(app, typed, query.order()) }</label>
                if !typed.trim().is_empty() {
                    <button class="quiet push" onclick={app.callback(|_: MouseEvent| Action::Search { query: String::new() })}>{ words.show_all }</button>
                }
            </div>
            <div class="row only-in">
                <span class="hint">{ words.only_in }</span>
                { for TYPED.into_iter().map(|field| only_in(app, typed, field)) }
                if !tally.makers.is_empty() {
                    { only_in(app, typed, Field::By) }
                }
            </div>
        </>
    }
}

/// Draws the choice among those who made the notes, if some are by others.
fn people(app: &AppHandle, typed: &str, makers: &[(Option<String>, usize)]) -> Option<Html> {
    let words = strings().filters;
    let chosen = makers_of(typed);
    let chip = |(name, count): &(Option<String>, usize)| {
        let own = name.as_deref().map_or(Maker::Reader, Maker::Named);
        let is_own = |maker: &Maker<'_>| match (maker, name) {
            (Maker::Reader, None) => true,
            (Maker::Named(typed) | Maker::Like(typed), Some(name)) => folded(typed) == folded(name),
            _ => false,
        };
        let mut next: Vec<Maker<'_>> = chosen.clone();
        next.retain(|maker| !is_own(maker));
        let checked = next.len() < chosen.len();
        if !checked {
            next.push(own);
        }
        let label = name.as_deref().unwrap_or(words.you);
        let colour = name.as_deref().map(|name| colour_of(name).name());
        chip(
            app,
            label,
            *count,
            checked,
            with_makers(typed, &next),
            colour,
        )
    };
    let (others, reader): (Vec<_>, Vec<_>) = makers.iter().partition(|(name, _)| name.is_some());
    (!others.is_empty()).then(|| {
        // Two lists, since somebody may be called as the reader is here.
        html! {
            <div class="chips people" role="group" aria-labelledby="people">
                <span class="hint" id="people">{ words.people }</span>
                { reader.into_iter().map(chip).collect::<Html>() }
                { others.into_iter().take(MOST_OFFERED).map(chip).collect::<Html>() }
            </div>
        }
    })
}

thread_local! {
    static COUNTED: RefCell<Counted> = RefCell::default();
}

/// The notes that were counted last, and how many there are of each kind.
#[derive(Default)]
struct Counted {
    placements: Rc<Placements>,
    /// The folded name of the reader at the time.
    me: Option<String>,
    tally: Rc<Tally>,
}

/// Counts the notes for every choice, unless that is done, or an edit of many goes on.
fn tally(session: &Session) -> Rc<Tally> {
    let me = Here::now().me().map(|name| folded(&name));
    COUNTED.with_borrow_mut(|counted| {
        let is_same = Rc::ptr_eq(&counted.placements, &session.placements) && counted.me == me;
        if !is_same && progress_of(session).is_none() {
            let is_reader = |name: &str| me.as_ref().is_some_and(|me| *me == folded(name));
            counted.tally = Tally::of(&session.placements, &is_reader).into();
            counted.placements.clone_from(&session.placements);
            counted.me = me;
        }
        counted.tally.clone()
    })
}

/// The reader's name of a colour, else its own.
fn name_of(colour: Colour) -> String {
    Here::now().colour_name(colour).unwrap_or_default()
}

/// The search after one value of a field was chosen or no longer is.
fn toggled(typed: &str, field: Field, chosen: &[&str], value: &str) -> String {
    let mut values: Vec<&str> = chosen.to_vec();
    match values.iter().position(|other| *other == value) {
        Some(index) => drop(values.remove(index)),
        None => values.push(value),
    }
    with_values(typed, field, &values)
}

fn chip(
    app: &AppHandle,
    label: &str,
    count: usize,
    checked: bool,
    next: String,
    colour: Option<&'static str>,
) -> Html {
    let change = app.callback(move |_: Event| Action::Search {
        query: next.clone(),
    });
    html! {
        <label class="chip" key={label.to_owned()} data-colour={colour}>
            <input type="checkbox" {checked} onchange={change} />
            <span dir="auto">{ label.to_owned() }</span>{ " " }<span class="count">{ count }</span>
        </label>
    }
}

fn order(app: &AppHandle, typed: &str, chosen: Sort) -> Html {
    let typed = typed.to_owned();
    let change = app.callback(move |event: Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let value = select.map(|select| select.value()).unwrap_or_default();
        let values: &[&str] = match value == Sort::Place.name() {
            true => &[],
            false => &[&value],
        };
        Action::Search {
            query: with_values(&typed, Field::Sort, values),
        }
    });
    let option = |order: Sort| {
        html! { <option value={order.name()} selected={order == chosen}>{ say!(filters.order)(order) }</option> }
    };
    html! { <select aria-label={say!(filters.sort_by)} onchange={change}>{ for Sort::ALL.into_iter().map(option) }</select> }
}

/// Draws a button that puts a field into the search, for words to be typed after it.
fn only_in(app: &AppHandle, typed: &str, field: Field) -> Html {
    let name = format!("{}:", field.names()[0]);
    let next = [typed.trim_end(), &name].join(" ").trim_start().to_owned();
    let app = app.clone();
    let begin = Callback::from(move |_: MouseEvent| {
        app.send(Action::Search {
            query: next.clone(),
        });
        if let Some(search) = find_within(crate::browser::system::NOTES, "input[type=search]") {
            focus(&search);
        }
    });
    html! { <button class="quiet" title={say!(filters.field)(field)} onclick={begin}><code>{ name }</code></button> }
}

/// Says in words what is filtered, apart from words that are searched for; empty if nothing is.
fn in_words(typed: &str, query: &Query) -> String {
    let words = strings().filters;
    let colours: Vec<String> = query
        .colours()
        .iter()
        .map(|colour| name_of(*colour))
        .collect();
    let states: Vec<&str> = query
        .states()
        .iter()
        .map(|state| (words.state)(*state))
        .collect();
    let kinds: Vec<&str> = query
        .kinds()
        .iter()
        .map(|kind| (words.kind)(*kind))
        .collect();
    let tags = values_of(typed, Field::Tag);
    let mut said = vec![
        colours.join(words.or),
        states.join(words.or),
        kinds.join(words.or),
    ];
    if !tags.is_empty() {
        said.push((words.tagged)(&tags.join(words.or)));
    }
    let makers = makers_of(typed).into_iter().map(|maker| match maker {
        Maker::Reader => words.by_you,
        Maker::Named(name) | Maker::Like(name) => name,
    });
    let makers: Vec<&str> = makers.collect();
    if !makers.is_empty() {
        said.push((words.made_by)(&makers.join(words.or)));
    }
    if query.order() != Sort::Place {
        said.push((words.order)(query.order()).to_owned());
    }
    said.retain(|part| !part.is_empty());
    said.join(", ")
}
