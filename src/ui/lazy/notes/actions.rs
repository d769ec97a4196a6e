//! The actions for any note and for a draft on it.

use yew::prelude::*;

use crate::app::navigation;
use crate::browser::dates;
use crate::browser::system::now;
use crate::model::annotation::{Annotation, AnnotationId, Colour};
use crate::model::session::{Action, Draft};
use crate::model::text::shortened;
use crate::ui::hooks::AppHandle;
use crate::ui::strings;

/// Maximum length of a draft on a card, in code points.
const SHOWN_DRAFT: usize = 240;

/// Draws one of a card's buttons; not inlined, since each copy of an element adds to the bundle.
#[inline(never)]
pub fn quiet(label: &'static str, run: Callback<MouseEvent>) -> Html {
    html! { <button class="quiet" onclick={run}>{ label }</button> }
}

/// Draws the buttons of a chosen note.
pub fn actions(app: &AppHandle, annotation: &Annotation) -> Html {
    let id = annotation.id.clone();
    let write = app.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Write { id: id.clone() }
    });
    let remove = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| navigation::remove(&app, &id))
    };
    let label = if annotation.note.is_empty() {
        strings().card.write
    } else {
        strings().card.edit
    };
    html! {
        <div class="actions">
            <div class="row">
                { quiet(label, write) }
                { quiet(strings().card.remove, remove) }
                if let Some(touched) = annotation.last_touched() {
                    <time class="push" title={dates::said_in_full(&touched.0)} datetime={touched.0.to_string()}>{ dates::said(&touched.0) }</time>
                }
            </div>
            <div class="colours" role="group" aria-label={strings().card.colour}>
                { for Colour::ALL.into_iter().map(|colour| {
                    let id = id.clone();
                    let recolour = app.callback(move |_: MouseEvent| Action::Recolour {
                        id: id.clone(), colour, at: now(),
                    });
                    html! {
                        <button class="swatch-button" aria-label={(strings().card.recolour)(colour)} title={(strings().card.recolour)(colour)}
                            aria-pressed={(colour == annotation.colour).to_string()} onclick={recolour}>
                            <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
                        </button>
                    }
                }) }
            </div>
        </div>
    }
}

/// Draws what was written and not saved.
pub fn draft_line(app: &AppHandle, id: &AnnotationId, draft: &Draft) -> Html {
    let go_on = app.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Write { id: id.clone() }
    });
    let discard = app.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Discard { id: id.clone() }
    });
    html! {
        <div class="draft">
            <p dir="auto"><strong>{ strings().card.draft }</strong>{ " " }{ shortened(&draft.note, SHOWN_DRAFT) }</p>
            <div class="row">
                { quiet(strings().card.continue_draft, go_on) }
                { quiet(strings().card.discard_draft, discard) }
            </div>
        </div>
    }
}
