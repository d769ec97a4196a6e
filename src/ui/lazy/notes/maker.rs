//! Says on a card who made the note, if that is stated.

use yew::prelude::*;

use crate::model::annotation::Annotation;
use crate::model::exchange::author;
use crate::model::makers::{colour_of, initial};
use crate::ui::say;

/// Draws the line with the maker's name, and returns its id too.
pub fn maker(annotation: &Annotation) -> Option<(String, Html)> {
    let name = author(&annotation.extra)?;
    let id = format!("maker-{}", annotation.id);
    let line = html! {
        <p class="maker" id={id.clone()}>
            <span class="ring" data-colour={colour_of(&name).name()} aria-hidden="true">{ initial(&name).to_owned() }</span>
            <span class="said">{ say!(card.by) }{ " " }</span>
            <span class="name" dir="auto">{ name }</span>
        </p>
    };
    Some((id, line))
}
