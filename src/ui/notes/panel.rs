//! The landmark "Notes": the cards beside the article, or in a sheet, and the search.

use std::rc::Rc;

use yew::prelude::*;

use super::adrift::{adrift, listed};
use super::card::NoteCard;
use super::case::Case;
use super::head::head;
use super::placing::use_placing;
use crate::browser::system::folded;
use crate::model::annotation::Annotation;
use crate::model::marks::{Hold, Placed};
use crate::model::order::sorted_once;
use crate::model::session::Session;
use crate::ui::hooks::Desk;
use crate::ui::words;

/// Up to so many notes all have their card; of more, those near the window or a page of them.
const ALL_CARDS: usize = 120;
/// Most cards beside the article where the notes are more than [`ALL_CARDS`].
const MOST_BESIDE: usize = 24;
/// Cards on one page of a list.
pub const PAGE: usize = 100;

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
    let found = searching.then(|| found(session));
    let total = found.as_ref().map_or(marks.placed().len(), Vec::len);
    let shown = match &found {
        Some(found) => page(found.iter().copied(), *offset),
        None if beside => near(props),
        None => page(0..total, *offset),
    };
    let from = if beside { 0 } else { (*offset).min(total) };
    let lists = listed(session, searching);
    let known_tags = known_tags(session);
    let card = |(index, number): (usize, &usize)| {
        let place = if searching { from + index } else { *number };
        let placed = &marks.placed()[*number];
        let case = match &session.article {
            Some(article) => Case::of_placed(article, placed),
            None => Case::PLAIN,
        };
        let place = (place + 1, total);
        card(props, &placed.annotation, case, place, &known_tags)
    };
    // A sheet that is not opened still shows its first lines.
    let in_page = props.shown || !props.wide;
    let class = classes!(
        "notes",
        beside.then_some("beside"),
        is_settling(session).then_some("settling")
    );
    html! {
        <aside {class} tabindex="-1" aria-label={words::NOTES} data-covers={(!props.wide).then_some("")} hidden={!props.shown && props.wide}>
            { head(props, total + lists.len()) }
            if in_page {
                if session.marks.is_empty() {
                    <p class="hint">{ words::EMPTY }</p>
                } else if total + lists.len() == 0 && searching {
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
                { adrift(props, &lists, &known_tags) }
            }
        </aside>
    }
}

/// Whether the chosen note waits for a word of the reader's: its card needs room.
fn is_settling(session: &Session) -> bool {
    let marks = &session.marks;
    let waits = |id| {
        let placed = marks.placed_of(id);
        let is_doubtful = |placed: &Placed| matches!(placed.hold, Hold::Changed | Hold::Replaced);
        placed.is_some_and(is_doubtful) || marks.adrift_of(id).is_some()
    };
    session.chosen.as_ref().is_some_and(waits)
}

/// The placed notes that the search finds, by number.
fn found(session: &Session) -> Vec<usize> {
    let needle = folded(&session.query);
    let placed = session.marks.placed().iter().enumerate();
    placed
        .filter(|(_, placed)| is_found(session, &placed.annotation, &needle))
        .map(|(number, _)| number)
        .collect()
}

/// Whether a note is shown while its words are searched for a folded needle. One that is being
/// written is: nobody's box goes while they type.
pub fn is_found(session: &Session, annotation: &Annotation, needle: &str) -> bool {
    let writing = session.writing.as_ref();
    writing.is_some_and(|writing| writing.base.id == annotation.id)
        || annotation.mentions(needle, &folded)
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

pub fn card(
    props: &Props,
    annotation: &Rc<Annotation>,
    case: Case,
    place: (usize, usize),
    known_tags: &Rc<[String]>,
) -> Html {
    let session = &props.session;
    let writing = session
        .writing
        .clone()
        .filter(|writing| writing.base.id == annotation.id);
    let chosen = session.chosen.as_ref() == Some(&annotation.id);
    let selected = chosen && session.selection.is_some();
    html! {
        <NoteCard key={annotation.id.to_string()} desk={props.desk.clone()} annotation={annotation.clone()}
            {case} {chosen} {selected} {writing}
            draft={session.draft_of(&annotation.id).cloned()} known_tags={known_tags.clone()} {place}
            on_drawn={props.on_move.clone()} />
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
