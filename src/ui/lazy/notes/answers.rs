//! What a card says of the note that its own one answers, and the button that begins an answer.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::quiet;
use crate::app::{all_notes, resolve};
use crate::browser::system::stamp;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::commands;
use crate::model::exchange;
use crate::model::session::Session;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::links::words_of;
use crate::ui::say;

/// The note that another one answers.
#[derive(Clone, PartialEq)]
pub enum Answered {
    Here(Rc<Annotation>),
    /// It was removed, or never came here.
    Missing,
}

impl Answered {
    /// Returns the note that one answers; `None` if it is no answer.
    pub fn of(session: &Session, answer: &Annotation) -> Option<Self> {
        let id = exchange::answered(&answer.extra)?;
        let note = session.notebook.get(&id).cloned();
        Some(note.map_or(Self::Missing, Self::Here))
    }
}

/// Draws the line that names the note answered, a button that leads to it.
pub fn line(app: &AppHandle, answered: &Answered) -> Html {
    let Answered::Here(note) = answered else {
        return html! { <p class="also">{ say!(card.answers_missing) }</p> };
    };
    let label = say!(card.answers)(&words_of(note));
    let go = {
        let (app, note) = (app.clone(), note.clone());
        Callback::from(move |_: MouseEvent| all_notes::go_to(&app, &note.article, &note.id))
    };
    html! { <button type="button" class="quiet answers" onclick={go}>{ label }</button> }
}

/// Draws the button that begins an answer to a note.
pub fn answer(app: &AppHandle, id: &AnnotationId) -> Html {
    let (app, id) = (app.clone(), id.clone());
    let begin = Callback::from(move |_: MouseEvent| {
        resolve::edit(&app, |session| commands::answer(session, &id, stamp()));
    });
    quiet(say!(card.answer), begin)
}
