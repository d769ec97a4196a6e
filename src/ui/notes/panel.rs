//! The landmark "Notes": the cards beside the article, or in a sheet, and the search.

use std::collections::BTreeSet;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::card::NoteCard;
use super::placing::use_placing;
use crate::model::annotation::Annotation;
use crate::model::marks::Marks;
use crate::model::session::{Action, Session};
use crate::ui::hooks::Desk;
use crate::ui::words;

/// Up to so many notes all have their card; of more, those near the window or a page of them.
const ALL_CARDS: usize = 120;
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

    let all = found(&session.marks, &session.query);
    let (from, shown) = if beside { near(props, &all) } else { page(&all, *offset) };
    let known_tags = known_tags(session);
    let total = all.len();
    let card = |(index, annotation): (usize, &Rc<Annotation>)| {
        card(props, annotation, (from + index + 1, total), &known_tags)
    };
    let class = classes!("notes", beside.then_some("beside"));
    html! {
        <aside {class} aria-label={words::NOTES} hidden={!props.shown && props.wide}>
            <Head desk={props.desk.clone()} query={session.query.clone()} found={total}
                all={session.marks.len()} shown={props.shown} wide={props.wide}
                on_toggle={props.on_toggle.clone()} />
            if props.shown {
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

/// The placed notes that the search finds; all of them where nothing is searched.
fn found(marks: &Marks, query: &str) -> Vec<Rc<Annotation>> {
    let needle = query.trim().to_lowercase();
    let placed = marks.placed().iter().map(|placed| &placed.annotation);
    placed.filter(|note| needle.is_empty() || note.mentions(&needle)).cloned().collect()
}

/// The notes near the window, and how many come before them.
fn near(props: &Props, all: &[Rc<Annotation>]) -> (usize, Vec<Rc<Annotation>>) {
    if all.len() <= ALL_CARDS {
        return (0, all.to_vec());
    }
    let marks = &props.session.marks;
    let near = props.desk.page().map(|page| page.near()).unwrap_or_default();
    let mut shown: Vec<usize> = near
        .into_iter()
        .flat_map(|range| marks.within(range))
        .filter_map(|placed| all.iter().position(|note| Rc::ptr_eq(note, &placed.annotation)))
        .take(ALL_CARDS)
        .collect();
    shown.sort_unstable();
    shown.dedup();
    let first = shown.first().copied().unwrap_or(0);
    (first, shown.into_iter().map(|index| all[index].clone()).collect())
}

/// One page of a long list.
fn page(all: &[Rc<Annotation>], offset: usize) -> (usize, Vec<Rc<Annotation>>) {
    let from = if offset < all.len() { offset } else { 0 };
    (from, all.iter().skip(from).take(PAGE).cloned().collect())
}

fn card(props: &Props, annotation: &Rc<Annotation>, place: (usize, usize), known_tags: &Rc<[String]>) -> Html {
    let session = &props.session;
    let writing = session.writing.clone().filter(|writing| writing.base.id == annotation.id);
    html! {
        <NoteCard key={annotation.id.to_string()} desk={props.desk.clone()} annotation={annotation.clone()}
            chosen={session.chosen.as_ref() == Some(&annotation.id)} {writing}
            draft={session.drafts.get(&annotation.id).cloned()} known_tags={known_tags.clone()} {place}
            on_drawn={props.on_move.clone()} />
    }
}

/// The notes whose passage is not known for certain: their own list, only when there are any.
fn adrift(props: &Props, known_tags: &Rc<[String]>) -> Html {
    let notes: Vec<&Rc<Annotation>> =
        props.session.marks.adrift().map(|adrift| &adrift.annotation).collect();
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
    let tags: BTreeSet<&String> = session.notebook.iter().flat_map(|note| &note.tags).collect();
    tags.into_iter().cloned().collect()
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    desk: Desk,
    query: Rc<str>,
    found: usize,
    all: usize,
    shown: bool,
    wide: bool,
    on_toggle: Callback<()>,
}

#[component]
fn Head(props: &HeadProps) -> Html {
    let search = props.desk.callback(|event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        Action::Search { query: input.map(|input| input.value()).unwrap_or_default() }
    });
    let leave = {
        let desk = props.desk.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !desk.session().query.is_empty() {
                desk.send(Action::Search { query: String::new() });
                event.prevent_default();
            }
        })
    };
    let toggle = props.on_toggle.reform(|_: MouseEvent| ());
    let count = match props.query.trim().is_empty() {
        true => words::notes(props.all),
        false => words::shown_of(props.found, props.all),
    };
    html! {
        <div class="notes-head">
            if !props.wide {
                <button class="handle" aria-expanded={props.shown.to_string()} onclick={toggle}>
                    { words::NOTES }<span class="count">{ format!(" · {count}") }</span>
                </button>
            }
            if props.shown {
                <input type="search" aria-label={words::SEARCH_NOTES} placeholder={words::SEARCH_NOTES} dir="auto"
                    value={props.query.to_string()} oninput={search} onkeydown={leave} />
            }
            if props.wide {
                <span class="count" role="presentation">{ count }</span>
            }
        </div>
    }
}
