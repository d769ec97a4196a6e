//! One note: its quote, its words, its tags, and what can be done with it.

use std::rc::Rc;

use yew::prelude::*;

use super::editor::Editor;
use super::note_body::NoteBody;
use crate::browser::system::now;
use crate::model::annotation::{Annotation, AnnotationId, Colour};
use crate::model::session::{Action, Draft, Writing};
use crate::ui::hooks::Desk;
use crate::ui::{errands, words};

/// Longest part of a quote that a card shows, in characters.
const SHOWN_QUOTE: usize = 240;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub annotation: Rc<Annotation>,
    pub chosen: bool,
    pub writing: Option<Rc<Writing>>,
    pub draft: Option<Draft>,
    pub known_tags: Rc<[String]>,
    /// Called when the card has another size.
    pub on_drawn: Callback<()>,
    /// Its number among all notes, from 1, and how many there are: the list may show a part.
    pub place: (usize, usize),
}

#[component]
pub fn NoteCard(props: &Props) -> Html {
    let annotation = &props.annotation;
    let id = annotation.id.clone();
    let quote = annotation.quoted().unwrap_or(words::WHOLE_ARTICLE);
    let choose = choose(&props.desk, &id, false);
    let show = choose_on_click(&props.desk, &id);
    html! {
        <li class={classes!("card", annotation.is_bare().then_some("bare"), props.chosen.then_some("chosen"))}
            data-card={id.to_string()} data-colour={annotation.colour.name()} tabindex="0"
            aria-label={quote.to_owned()} aria-current={props.chosen.then_some("true")}
            aria-posinset={props.place.0.to_string()} aria-setsize={props.place.1.to_string()}
            onfocus={choose} onclick={show}
            onmouseenter={point(&props.desk, Some(id.clone()))} onmouseleave={point(&props.desk, None)}>
            <blockquote class="quote" dir="auto">{ shortened(quote) }</blockquote>
            if let Some(writing) = &props.writing {
                <Editor desk={props.desk.clone()} writing={writing.clone()} known_tags={props.known_tags.clone()}
                    on_drawn={props.on_drawn.clone()} />
            } else {
                if !annotation.note.is_empty() {
                    <NoteBody text={annotation.note.clone()} on_drawn={props.on_drawn.clone()} />
                }
                if !annotation.tags.is_empty() {
                    <ul class="tags" role="list" aria-label={words::TAGS}>
                        { for annotation.tags.iter().map(|tag| html! { <li dir="auto">{ tag }</li> }) }
                    </ul>
                }
                if let Some(draft) = &props.draft {
                    { draft_line(&props.desk, &id, draft) }
                }
                if props.chosen {
                    { actions(&props.desk, annotation) }
                }
            }
        </li>
    }
}

fn shortened(quote: &str) -> String {
    let mut shown: String = quote.chars().take(SHOWN_QUOTE).collect();
    if shown.len() < quote.len() {
        shown.push('…');
    }
    shown
}

fn choose<E: 'static>(desk: &Desk, id: &AnnotationId, show: bool) -> Callback<E> {
    let (desk, id) = (desk.clone(), id.clone());
    Callback::from(move |_: E| {
        if desk.session().chosen.as_ref() != Some(&id) {
            desk.send(Action::Choose {
                id: Some(id.clone()),
            });
        }
        if show {
            errands::show_chosen(&desk, false);
        }
    })
}

/// A click on a card, not on a control in it, brings its passage into view.
fn choose_on_click(desk: &Desk, id: &AnnotationId) -> Callback<MouseEvent> {
    let show = choose(desk, id, true);
    Callback::from(move |event: MouseEvent| {
        use wasm_bindgen::JsCast;
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let control =
            target.and_then(|target| target.closest("button, a, input, textarea").ok().flatten());
        if control.is_none() {
            show.emit(event);
        }
    })
}

fn point(desk: &Desk, id: Option<AnnotationId>) -> Callback<MouseEvent> {
    let desk = desk.clone();
    Callback::from(move |_: MouseEvent| errands::point_at(&desk, id.clone()))
}

fn actions(desk: &Desk, annotation: &Annotation) -> Html {
    let id = annotation.id.clone();
    let write = desk.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Write { id: id.clone() }
    });
    let remove = desk.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Remove { id: id.clone() }
    });
    let label = if annotation.note.is_empty() {
        words::WRITE
    } else {
        words::EDIT
    };
    html! {
        <div class="actions">
            <div class="row">
                <button class="quiet" onclick={write}>{ label }</button>
                <button class="quiet" onclick={remove}>{ words::REMOVE }</button>
                if let Some(touched) = annotation.last_touched() {
                    <time class="push" datetime={touched.0.to_string()}>{ touched.day().to_owned() }</time>
                }
            </div>
            <div class="colours" role="group" aria-label={words::COLOUR}>
                { for Colour::ALL.into_iter().map(|colour| {
                    let id = id.clone();
                    let recolour = desk.callback(move |_: MouseEvent| Action::Recolour {
                        id: id.clone(), colour, at: now(),
                    });
                    html! {
                        <button class="swatch-button" aria-label={words::make_it(colour)} title={words::make_it(colour)}
                            aria-pressed={(colour == annotation.colour).to_string()} onclick={recolour}>
                            <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
                        </button>
                    }
                }) }
            </div>
        </div>
    }
}

fn draft_line(desk: &Desk, id: &AnnotationId, draft: &Draft) -> Html {
    let go_on = desk.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Write { id: id.clone() }
    });
    let discard = desk.callback({
        let id = id.clone();
        move |_: MouseEvent| Action::Discard { id: id.clone() }
    });
    html! {
        <div class="draft">
            <p dir="auto"><strong>{ words::DRAFT }</strong>{ " " }{ shortened(&draft.note) }</p>
            <div class="row">
                <button class="quiet" onclick={go_on}>{ words::CONTINUE_DRAFT }</button>
                <button class="quiet" onclick={discard}>{ words::DISCARD_DRAFT }</button>
            </div>
        </div>
    }
}
