//! The card as every list draws it, and the length of a list's page.

use std::rc::Rc;

use yew::prelude::*;

use super::answers::Answered;
use super::card::NoteCard;
use super::card_state::CardState;
use super::picked;
use crate::model::annotation::Annotation;
use crate::model::tagging::Counted;
use crate::ui::lazy::links::sources;
use crate::ui::notes::PanelProps;

/// Number of cards on one page of a list.
pub const PAGE: usize = 100;

/// Returns what a list says of its cards, for [`number_cards`](crate::browser::cards::number_cards):
/// the count of all notes, then the number of each note that has a card. A card is not drawn anew
/// because these change, as they do with every note.
pub fn numbers(total: usize, cards: impl Iterator<Item = usize>) -> String {
    let numbers = std::iter::once(total).chain(cards);
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    numbers.join(" ")
}

pub fn card(
    props: &PanelProps,
    annotation: &Rc<Annotation>,
    state: CardState,
    also: Option<AttrValue>,
    known_tags: &Rc<[Counted]>,
) -> Html {
    let session = &props.session;
    let writing = session
        .writing
        .clone()
        .filter(|writing| writing.base.id == annotation.id);
    let chosen = session.chosen.as_ref() == Some(&annotation.id);
    let selected = chosen && session.selection.is_some();
    let overlap = chosen.then(|| session.placements.overlaps(&annotation.id));
    let sources = match chosen && writing.is_none() {
        true => sources(&props.app, session, &annotation.id),
        false => Vec::new(),
    };
    let missing = session.placements.missing(annotation);
    let answered = Answered::of(session, annotation);
    html! {
        <NoteCard key={annotation.id.to_string()} app={props.app.clone()} annotation={annotation.clone()}
            {state} {chosen} {selected} {writing} overlap={overlap.flatten()} {also} {missing} {sources} {answered}
            picked={picked::state_of(&annotation.id)}
            draft={session.draft_of(&annotation.id).cloned()} known_tags={known_tags.clone()}
            on_drawn={props.on_move.clone()} />
    }
}
