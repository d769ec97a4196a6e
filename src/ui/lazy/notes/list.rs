//! The cards of the notes that have a place, and the lists of those that have none.

use std::rc::Rc;

use gloo::events::EventListener;
use yew::prelude::*;

use super::also_marked::also_marked;
use super::card_layout::use_card_layout;
use super::card_state::CardState;
use super::finding::prepare;
use super::hits::use_hits;
use super::listed::{PAGE, card, numbers};
use super::sheet::use_sheet;
use super::unanchored::unanchored;
use crate::app::tagging::progress_of;
use crate::browser::cards;
use crate::browser::system::{
    before_next_frame, document, has_focus, tag_keys, visible_height, window, window_size,
};
use crate::model::annotation::Annotation;
use crate::model::notebook::Notebook;
use crate::model::order::sorted_once;
use crate::model::session::Session;
use crate::model::tagging::{Counted, counted};
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::resting::use_rested;
use crate::ui::loading::{Dialog, enter};
use crate::ui::notes::{PanelProps, ShownNotes, is_searching};
use crate::ui::say;

/// Up to this many notes all have cards; of more, those near the window or on one page of a list.
const ALL_CARDS: usize = 120;
/// Number of cards on a page of what a search finds.
const FOUND: usize = 24;
/// Number of those that are drawn with each key, and with each part of an edit of many notes: about as
/// many as there is room for in a window.
const FOUND_AT_ONCE: usize = 8;
/// Height of a line of the article or so, in pixels.
const LINE: f64 = 32.0;
/// Maximum number of cards beside the article if there are more notes than [`ALL_CARDS`].
const MOST_BESIDE: usize = 24;

#[derive(Properties, PartialEq)]
struct Props {
    panel: PanelProps,
    found: ShownNotes,
}

/// Draws the cards in a panel.
pub fn draw(panel: &PanelProps, found: ShownNotes) -> Html {
    html! { <Cards panel={panel.clone()} {found} /> }
}

#[component]
fn Cards(props: &Props) -> Html {
    let Props { panel, found } = props;
    let session = &panel.session;
    let list = use_node_ref();
    let offset = use_state_eq(|| 0_usize);
    let beside = panel.is_beside();
    use_card_layout(&panel.app, &list, beside && panel.shown);
    use_sheet(panel, &list);
    use_hits(&panel.app, found, &list);
    use_effect_with((), {
        let app = panel.app.clone();
        move |()| {
            let listener = EventListener::new(&document(), "focusin", move |_| {
                if has_focus(".notes input[type=search]") {
                    prepare(&app);
                }
            });
            move || drop(listener)
        }
    });
    // Only who writes needs them, and they change with the notes.
    let is_writing = session.writing.is_some();
    let known_tags = use_memo(
        (is_writing, session.notebook.clone()),
        |(is_writing, notebook)| known_tags(notebook, *is_writing),
    );
    // Where the cards are in a list, the chosen one may have moved out of view by an edit.
    let chosen = session.chosen.clone();
    let chosen = chosen.and_then(|id| session.notebook.get(&id));
    let edited = chosen.map(|note| (note.id.clone(), note.last_touched().cloned()));
    let edited = (edited, session.writing.is_some());
    use_effect_with((beside, edited), {
        let app = panel.app.clone();
        move |(beside, _)| {
            if !beside {
                before_next_frame(move || {
                    cards::show_chosen();
                    uncover(&app);
                });
            }
        }
    });

    use_effect_with((beside, session.writing.is_some()), {
        let app = panel.app.clone();
        move |&(beside, writing)| {
            // The keyboard of a phone takes the lower half of the window.
            let listener = (writing && !beside).then(|| {
                EventListener::new(&window(), "resize", move |_| {
                    let app = app.clone();
                    before_next_frame(move || uncover(&app));
                })
            });
            move || drop(listener)
        }
    });

    // The cards of a search that is still being typed will not stay, nor those of an edit under way.
    let is_changing = progress_of(session).is_some();
    let is_rested = use_rested(&(session.query.clone(), is_changing)) && !is_changing;

    let placements = &session.placements;
    let total = found.placed(session);
    let length = match &found.placed {
        Some(_) => FOUND,
        None => PAGE,
    };
    // The page of a list is that of the chosen note.
    use_effect_with((beside, session.query.clone(), session.chosen.clone()), {
        let (offset, found, session) = (offset.clone(), found.clone(), session.clone());
        move |(beside, _, chosen)| {
            if *beside {
                return;
            }
            let number = chosen
                .as_ref()
                .and_then(|id| session.placements.index_of(id));
            let at = match &found.placed {
                Some(found) => found.iter().position(|&it| Some(it) == number),
                None => number,
            };
            match at {
                Some(at) if !(*offset..*offset + length).contains(&at) => {
                    offset.set(at - at % length)
                }
                None if !session.query.is_empty() => offset.set(0),
                _ => {}
            }
        }
    });
    let shown = match &found.placed {
        Some(found) if !is_rested => page(found.iter().copied(), *offset, FOUND_AT_ONCE),
        Some(found) => page(found.iter().copied(), *offset, length),
        None if beside => near(panel),
        None => page(0..total, *offset, length),
    };
    let from = if beside { 0 } else { (*offset).min(total) };
    let number_of = |(index, number): (usize, &usize)| match is_searching(session) {
        true => from + index + 1,
        false => number + 1,
    };
    let numbers = numbers(total, shown.iter().enumerate().map(number_of));
    use_effect(cards::number_cards);
    let card = |number: &usize| {
        let placed = &placements.placed()[*number];
        let state = match &session.article {
            Some(article) => CardState::of_placed(article, placed),
            None => CardState::PLAIN,
        };
        let also = also_marked(placements.placed(), *number);
        card(panel, &placed.annotation, state, also, &known_tags)
    };
    html! {
        <>
            if is_searching(session) && total + found.unanchored.len() == 0 {
                <p class="hint">{ found.misread.map_or(say!(notes.no_match), say!(filters.misread)) }</p>
                { everywhere(session) }
            }
            if !beside && from > 0 {
                { turn(&offset, say!(notes.earlier), from, from.saturating_sub(length)) }
            }
            <ul class="cards" role="list" data-numbers={numbers} ref={list}>
                { for shown.iter().map(card) }
            </ul>
            if !beside && from + length < total {
                { turn(&offset, say!(notes.later), total - from - length, from + length) }
            }
            { unanchored(panel, &found.unanchored, &known_tags) }
        </>
    }
}

/// Brings the chosen passage back into view if the sheet, grown for its card, covers it.
fn uncover(app: &AppHandle) {
    let session = app.session();
    let chosen = session.chosen.as_ref();
    let range = chosen.and_then(|id| session.placements.range_of(id));
    if let (Some(page), Some(range), Some((_, window))) = (app.page(), range, window_size())
        && let Some(top) = page.top_of(range.start())
        && (visible_height() - LINE..window).contains(&top)
    {
        page.scroll_to(range);
    }
}

/// Returns the indices of the notes near the window; of all notes if there are few.
fn near(props: &PanelProps) -> Vec<usize> {
    let placements = &props.session.placements;
    if placements.placed().len() <= ALL_CARDS {
        return (0..placements.placed().len()).collect();
    }
    let near = props.app.page().map(|page| page.near()).unwrap_or_default();
    let middle = near.get(near.len() / 2).map_or(0, |range| range.start());
    let shown: Vec<usize> = near
        .into_iter()
        .flat_map(|range| placements.indices_within(range))
        .collect();
    let shown = sorted_once(&shown);
    // More cards than fit beside the window would only push each other away from their passages.
    let before =
        shown.partition_point(|&number| placements.placed()[number].range.start() < middle);
    let most = shown.len().saturating_sub(MOST_BESIDE);
    let from = before.saturating_sub(MOST_BESIDE / 2).min(most);
    let within = &shown[from..shown.len().min(from + MOST_BESIDE)];
    let chosen = props
        .session
        .chosen
        .as_ref()
        .and_then(|id| placements.index_of(id));
    let with_chosen: Vec<usize> = within.iter().copied().chain(chosen).collect();
    sorted_once(&with_chosen)
}

/// Returns one page of a long list.
fn page(all: impl Iterator<Item = usize>, offset: usize, length: usize) -> Vec<usize> {
    all.skip(offset).take(length).collect()
}

/// Draws the button that searches the notes of all articles instead.
fn everywhere(session: &Session) -> Html {
    let query = AttrValue::from(session.query.clone());
    let search = Callback::from(move |_: MouseEvent| enter(Dialog::AllNotes(query.clone())));
    html! { <button type="button" class="quiet" onclick={search}>{ say!(all_notes.search) }</button> }
}

fn turn(offset: &UseStateHandle<usize>, label: &str, count: usize, to: usize) -> Html {
    let offset = offset.clone();
    let turn = Callback::from(move |_: MouseEvent| offset.set(to));
    html! { <button class="quiet turn" onclick={turn}>{ say!(notes.more)(label, count) }</button> }
}

/// Returns the tags to complete from while the reader is writing.
fn known_tags(notebook: &Notebook, is_writing: bool) -> Rc<[Counted]> {
    let notes: Vec<Rc<Annotation>> = match is_writing {
        true => notebook.iter().cloned().collect(),
        false => Vec::new(),
    };
    counted(&notes, &|_| true, &tag_keys()).into()
}
