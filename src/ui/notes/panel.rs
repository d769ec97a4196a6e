//! The landmark "Notes": the cards beside the article, or in a sheet, and the search.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::card::NoteCard;
use super::placing::use_placing;
use crate::browser::system::lower_case;
use crate::model::annotation::Annotation;
use crate::model::marks::Marks;
use crate::model::order::sorted_once;
use crate::model::session::{Action, Session};
use crate::ui::hooks::Desk;
use crate::ui::words;

/// Up to so many notes all have their card; of more, those near the window or a page of them.
const ALL_CARDS: usize = 120;
/// Most cards beside the article where the notes are more than [`ALL_CARDS`].
const MOST_BESIDE: usize = 24;
/// Cards on one page of a list.
const PAGE: usize = 100;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub session: Rc<Session>,
    /// There is room beside the article.
    pub wide: bool,
    pub shown: bool,
    pub on_toggle: Callback<()>,
    /// Called when a card has another size.
    pub on_move: Callback<()>,
    /// Another number when cards have to be placed anew.
    pub moved: u32,
}

#[component]
pub fn NotesPanel(props: &Props) -> Html {
    let session = &props.session;
    let list = use_node_ref();
    let offset = use_state_eq(|| 0_usize);
    let searching = !session.query.trim().is_empty();
    let beside = props.wide && !searching;
    use_placing(&props.desk, &list, beside && props.shown);

    let marks = &session.marks;
    let found = searching.then(|| found(marks, &session.query));
    let total = found.as_ref().map_or(marks.placed().len(), Vec::len);
    let shown = match &found {
        Some(found) => page(found.iter().copied(), *offset),
        None if beside => near(props),
        None => page(0..total, *offset),
    };
    let from = if beside { 0 } else { (*offset).min(total) };
    let known_tags = known_tags(session);
    let card = |(index, number): (usize, &usize)| {
        let place = if searching { from + index } else { *number };
        card(
            props,
            &marks.placed()[*number].annotation,
            (place + 1, total),
            &known_tags,
        )
    };
    // A sheet that is not opened still shows its first lines.
    let in_page = props.shown || !props.wide;
    let class = classes!("notes", beside.then_some("beside"));
    html! {
        <aside {class} aria-label={words::NOTES} hidden={!props.shown && props.wide}>
            { head(props, total) }
            if in_page {
                if session.marks.is_empty() {
                    <p class="hint">{ words::EMPTY }</p>
                } else if total == 0 && searching {
                    <p class="hint">{ words::NO_MATCH }</p>
                }
                if !beside && from > 0 {
                    { turn(&offset, words::SHOW_EARLIER, from, from.saturating_sub(PAGE)) }
                }
                <ul class="cards" role="list" ref={list}>
                    { for shown.iter().enumerate().map(card) }
                </ul>
                if !beside && from + shown.len() < total {
                    { turn(&offset, words::SHOW_LATER, total - from - shown.len(), from + PAGE) }
                }
                { adrift(props, &known_tags) }
            }
        </aside>
    }
}

/// The placed notes that the search finds, by number.
fn found(marks: &Marks, query: &str) -> Vec<usize> {
    let needle = lower_case(query.trim());
    let placed = marks.placed().iter().enumerate();
    placed
        .filter(|(_, placed)| placed.annotation.mentions(&needle, &lower_case))
        .map(|(number, _)| number)
        .collect()
}

/// The notes near the window; all of them where there are few.
fn near(props: &Props) -> Vec<usize> {
    let marks = &props.session.marks;
    if marks.placed().len() <= ALL_CARDS {
        return (0..marks.placed().len()).collect();
    }
    let near = props
        .desk
        .page()
        .map(|page| page.near())
        .unwrap_or_default();
    let middle = near.get(near.len() / 2).map_or(0, |range| range.start());
    let shown: Vec<usize> = near
        .into_iter()
        .flat_map(|range| marks.indices_within(range))
        .collect();
    let shown = sorted_once(&shown);
    // More cards than fit beside the window would only push each other away from their passages.
    let before = shown.partition_point(|&number| marks.placed()[number].range.start() < middle);
    let most = shown.len().saturating_sub(MOST_BESIDE);
    let from = before.saturating_sub(MOST_BESIDE / 2).min(most);
    let within = &shown[from..shown.len().min(from + MOST_BESIDE)];
    let chosen = props
        .session
        .chosen
        .as_ref()
        .and_then(|id| marks.index_of(id));
    let with_chosen: Vec<usize> = within.iter().copied().chain(chosen).collect();
    sorted_once(&with_chosen)
}

/// One page of a long list.
fn page(all: impl Iterator<Item = usize>, offset: usize) -> Vec<usize> {
    all.skip(offset).take(PAGE).collect()
}

fn card(
    props: &Props,
    annotation: &Rc<Annotation>,
    place: (usize, usize),
    known_tags: &Rc<[String]>,
) -> Html {
    let session = &props.session;
    let writing = session
        .writing
        .clone()
        .filter(|writing| writing.base.id == annotation.id);
    html! {
        <NoteCard key={annotation.id.to_string()} desk={props.desk.clone()} annotation={annotation.clone()}
            chosen={session.chosen.as_ref() == Some(&annotation.id)} {writing}
            draft={session.draft_of(&annotation.id).cloned()} known_tags={known_tags.clone()} {place}
            on_drawn={props.on_move.clone()} />
    }
}

/// The notes whose passage is not known for certain: their own list, only when there are any.
fn adrift(props: &Props, known_tags: &Rc<[String]>) -> Html {
    let notes: Vec<&Rc<Annotation>> = props
        .session
        .marks
        .adrift()
        .iter()
        .map(|adrift| &adrift.annotation)
        .collect();
    if notes.is_empty() {
        return Html::default();
    }
    let total = notes.len();
    html! {
        <section class="adrift" aria-label={words::UNPLACED}>
            <h2>{ words::UNPLACED }</h2>
            <p class="hint">{ words::UNPLACED_WHY }</p>
            <ul class="cards" role="list">
                { for notes.into_iter().take(PAGE).enumerate().map(|(index, note)| {
                    card(props, note, (index + 1, total), known_tags)
                }) }
            </ul>
        </section>
    }
}

fn turn(offset: &UseStateHandle<usize>, label: &str, count: usize, to: usize) -> Html {
    let offset = offset.clone();
    let turn = Callback::from(move |_: MouseEvent| offset.set(to));
    html! { <button class="quiet turn" onclick={turn}>{ words::more(label, count) }</button> }
}

/// Tags to complete from, while one is writing.
fn known_tags(session: &Session) -> Rc<[String]> {
    if session.writing.is_none() {
        return Rc::new([]);
    }
    let tags: Vec<String> = session
        .notebook
        .iter()
        .flat_map(|note| &note.tags)
        .cloned()
        .collect();
    sorted_once(&tags).into()
}

fn head(props: &Props, found: usize) -> Html {
    let (query, all) = (&props.session.query, props.session.marks.len());
    let search = props.desk.callback(|event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        Action::Search {
            query: input.map(|input| input.value()).unwrap_or_default(),
        }
    });
    let leave = {
        let desk = props.desk.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !desk.session().query.is_empty() {
                desk.send(Action::Search {
                    query: String::new(),
                });
                event.prevent_default();
            }
        })
    };
    let toggle = props.on_toggle.reform(|_: MouseEvent| ());
    let count = match query.trim().is_empty() {
        true => words::notes(all),
        false => words::shown_of(found, all),
    };
    html! {
        <div class="notes-head">
            if !props.wide {
                <button class="handle" aria-expanded={props.shown.to_string()} onclick={toggle}>
                    { words::NOTES }<span class="count">{ format!(" · {count}") }</span>
                </button>
            }
            if props.shown || !props.wide {
                <input type="search" aria-label={words::SEARCH_NOTES} placeholder={words::SEARCH_NOTES} dir="auto"
                    value={query.to_string()} oninput={search} onkeydown={leave} />
            }
            if props.wide {
                <span class="count" role="presentation">{ count }</span>
            }
        </div>
    }
}
