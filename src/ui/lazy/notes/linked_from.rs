//! The notes that link to the chosen one: a line on its card that opens a list of them.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::{all_notes, linking};
use crate::model::annotation::Annotation;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::links::words_of;
use crate::ui::{say, strings};

/// Most notes in the list; more are found by a search.
const LISTED: usize = 50;

/// Draws the line with the list; nothing if no note links to the one on the card.
pub fn linked_from(app: &AppHandle, sources: &[Rc<Annotation>]) -> Html {
    if sources.is_empty() {
        return Html::default();
    }
    // To the card it is no press.
    let keep = Callback::from(|event: MouseEvent| event.stop_propagation());
    html! {
        <details class="linked-from" onclick={keep}>
            <summary>{ say!(links.linked_from)(sources.len()) }</summary>
            <ul role="list">{ for sources.iter().take(LISTED).map(|note| source(app, note)) }</ul>
        </details>
    }
}

fn source(app: &AppHandle, note: &Rc<Annotation>) -> Html {
    let is_here = app.shows(&note.article);
    let title = linking::title_of(app, &note.article).filter(|_| !is_here);
    let go = {
        let (app, note) = (app.clone(), note.clone());
        Callback::from(move |_: MouseEvent| all_notes::go_to(&app, &note.article, &note.id))
    };
    html! {
        <li>
            <button type="button" class="quiet" onclick={go}>
                <span dir="auto">{ words_of(note) }</span>
                { for title.map(|title| html! { <span class="count" dir="auto">{ strings().title(&title).to_owned() }</span> }) }
            </button>
        </li>
    }
}
