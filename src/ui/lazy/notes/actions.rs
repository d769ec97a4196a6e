//! The actions for any note and for a draft on it.

use std::rc::Rc;

use yew::prelude::*;

use super::answers::answer;
use crate::app::navigation;
use crate::app::sync::circle::{self, Circle};
use crate::browser::system::now;
use crate::browser::{dates, preferences};
use crate::model::annotation::{Annotation, AnnotationId, Colour};
use crate::model::session::{Action, Draft};
use crate::model::text::shortened;
use crate::ui::hooks::{AppHandle, use_window_event};
use crate::ui::lazy::colours::name_colours;
use crate::ui::reader::colour_face;
use crate::ui::{say, strings};

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
    let is_others = Circle::of(app).is_some_and(|circle| circle.is_others(annotation));
    let write = app.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Write { id: id.clone() }
    });
    let remove = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| navigation::remove(&app, &id))
    };
    let label = if annotation.note.is_empty() {
        say!(card.write)
    } else {
        say!(card.edit)
    };
    html! {
        <div class="actions">
            <div class="row">
                if is_others {
                    { quiet(say!(together.copy), copy(app, &id)) }
                } else {
                    { quiet(label, write) }
                    { quiet(say!(card.remove), remove) }
                }
                // Not in the middle of the card, where one clicks who means the card.
                <div class="row push">
                    if let Some(touched) = annotation.last_touched() {
                        <time title={dates::said_in_full(&touched.0)} datetime={touched.0.to_string()}>{ dates::said(&touched.0) }</time>
                    }
                    { answer(app, &id) }
                </div>
            </div>
            if !is_others {
                <Picker app={app.clone()} {id} chosen={annotation.colour} />
            }
        </div>
    }
}

/// Copies another's note to the reader's own.
fn copy(app: &AppHandle, id: &AnnotationId) -> Callback<MouseEvent> {
    let (app, id) = (app.clone(), id.clone());
    Callback::from(move |_: MouseEvent| {
        if let Some(edit) = circle::copy(&app.session(), &id, app.platform().stamp()) {
            let (known, part_of) = (Vec::new(), None);
            app.send(Action::Edit {
                edit,
                known,
                part_of,
            });
        }
    })
}

#[derive(Properties, PartialEq)]
struct PickerProps {
    app: AppHandle,
    id: AnnotationId,
    chosen: Colour,
}

/// Draws the colours of a note.
#[component]
fn Picker(props: &PickerProps) -> Html {
    let names = use_state_eq(preferences::colour_names);
    // They are given elsewhere, or in another tab.
    use_window_event("storage", {
        let names = names.setter();
        Rc::new(move |_| names.set(preferences::colour_names()))
    });
    let words = strings().card;
    let swatch = |colour: Colour| {
        let name = names.of(colour);
        let label = match name {
            Some(name) => (words.recolour_named)(name),
            None => (words.recolour)(colour),
        };
        let id = props.id.clone();
        let recolour = props.app.callback(move |_: MouseEvent| Action::Recolour {
            id: id.clone(),
            colour,
            at: now(),
        });
        html! {
            <button class="swatch-button" aria-label={label.clone()} title={label}
                aria-pressed={(colour == props.chosen).to_string()} onclick={recolour}>
                { colour_face(colour, name) }
            </button>
        }
    };
    html! {
        <div class="colours" role="group" aria-label={words.colour}>
            { for Colour::ALL.into_iter().map(swatch) }
            { name_colours("0") }
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
            <p dir="auto"><strong>{ say!(card.draft) }</strong>{ " " }{ shortened(&draft.note, SHOWN_DRAFT) }</p>
            <div class="row">
                { quiet(say!(card.continue_draft), go_on) }
                { quiet(say!(card.discard_draft), discard) }
            </div>
        </div>
    }
}
