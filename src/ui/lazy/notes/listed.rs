//! The card as every list draws it, and the length of a list's page.

use std::rc::Rc;

use yew::prelude::*;

use super::card::NoteCard;
use super::card_state::CardState;
use crate::model::annotation::Annotation;
use crate::ui::notes::PanelProps;

/// Number of cards on one page of a list.
pub const PAGE: usize = 100;

pub fn card(
    props: &PanelProps,
    annotation: &Rc<Annotation>,
    state: CardState,
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
        <NoteCard key={annotation.id.to_string()} app={props.app.clone()} annotation={annotation.clone()}
            {state} {chosen} {selected} {writing}
            draft={session.draft_of(&annotation.id).cloned()} known_tags={known_tags.clone()} {place}
            on_drawn={props.on_move.clone()} />
    }
}
