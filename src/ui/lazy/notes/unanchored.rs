//! The lists of the notes that have no place beside the article; empty lists are not drawn.

use std::rc::Rc;

use yew::prelude::*;

use super::card_state::CardState;
use super::listed::{PAGE, card, numbers};
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::placements::Unanchored;
use crate::model::session::Action;
use crate::model::tagging::Counted;
use crate::ui::notes::{PanelProps, is_searching};
use crate::ui::{say, strings};

/// A list: its heading, and why its notes are in it.
struct List {
    class: &'static str,
    heading: &'static str,
    why: &'static str,
}

type ListedNote<'a> = (&'a Rc<Annotation>, Option<&'a Unanchored>);

/// Draws the lists of a panel; of the unanchored notes, those with the indices `listed`.
pub fn unanchored(props: &PanelProps, listed: &[usize], known_tags: &Rc<[Counted]>) -> Html {
    let placements = &props.session.placements;
    let listed = || {
        listed
            .iter()
            .map(|&number| &placements.unanchored()[number])
    };
    let chosen = props.session.chosen.as_ref();
    // Beside the article the lists stay in sight while one of their notes is chosen.
    let held = chosen.is_some_and(|id| placements.unanchored_of(id).is_some());
    let say = strings().notes;
    let list = |class, heading, why| List {
        class,
        heading,
        why,
    };
    let of = |list: List, belongs: fn(&Unanchored) -> bool| {
        let items = listed().filter(|unanchored| belongs(unanchored));
        let items = items.map(|unanchored| (&unanchored.annotation, Some(unanchored)));
        section(
            props,
            &list,
            &items.collect::<Vec<ListedNote>>(),
            known_tags,
        )
    };
    let searching = is_searching(&props.session);
    let pending = placements.pending().iter().filter(|_| !searching);
    let pending: Vec<ListedNote> = pending.map(|annotation| (annotation, None)).collect();
    if listed().next().is_none() && pending.is_empty() {
        return Html::default();
    }
    html! {
        <div class={classes!("unanchored", held.then_some("held"))}>
            { of(list("ambiguous", say.in_several_places, say.in_several_places_why), |unanchored| matches!(unanchored.anchor, Anchor::Ambiguous(_))) }
            { of(list("lost", say.not_found, say.not_found_why), |unanchored| !unanchored.beside && matches!(unanchored.anchor, Anchor::Orphan { .. })) }
            { of(list("beside-article", say.beside_article, say.beside_article_why), |unanchored| unanchored.beside) }
            { of(list("whole", say.whole_article, ""), |unanchored| unanchored.anchor == Anchor::Whole) }
            { section(props, &list("pending", say.pending, ""), &pending, known_tags) }
        </div>
    }
}

fn section(
    props: &PanelProps,
    list: &List,
    items: &[ListedNote],
    known_tags: &Rc<[Counted]>,
) -> Html {
    if items.is_empty() {
        return Html::default();
    }
    let session = &props.session;
    let chosen = session.chosen.as_ref();
    // A long list shows the page with the chosen note.
    let at = items.iter().position(|(note, _)| Some(&note.id) == chosen);
    let from = at.map_or(0, |at| at / PAGE * PAGE);
    let to = (from + PAGE).min(items.len());
    let item = |(index, (note, unanchored)): (usize, &ListedNote)| {
        let state = match (&session.article, unanchored) {
            (Some(article), Some(unanchored)) => {
                let place = if at == Some(from + index) {
                    session.place
                } else {
                    0
                };
                CardState::of_unanchored(article, unanchored, place)
            }
            _ => CardState::PLAIN,
        };
        card(props, note, state, None, known_tags)
    };
    html! {
        <section class={list.class} aria-label={list.heading}>
            <h2>{ list.heading }</h2>
            if !list.why.is_empty() {
                <p class="hint">{ list.why }</p>
            }
            if from > 0 {
                { turn(props, say!(notes.earlier), from, &items[from - 1].0.id) }
            }
            <ul class="cards" role="list" data-numbers={numbers(items.len(), from + 1..to + 1)}>
                { for items[from..to].iter().enumerate().map(item) }
            </ul>
            if to < items.len() {
                { turn(props, say!(notes.later), items.len() - to, &items[to].0.id) }
            }
        </section>
    }
}

fn turn(props: &PanelProps, label: &str, count: usize, to: &AnnotationId) -> Html {
    let to = to.clone();
    let turn = props.app.callback(move |_: MouseEvent| Action::Choose {
        id: Some(to.clone()),
    });
    html! { <button class="quiet turn" onclick={turn}>{ say!(notes.more)(label, count) }</button> }
}
