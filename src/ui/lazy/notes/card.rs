//! The card of a note: its quote, its words, its tags, and its actions.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::actions::{actions, draft_line};
use super::answers::{self, Answered};
use super::card_state::CardState;
use super::editor::Editor;
use super::linked_from::linked_from;
use super::maker::maker;
use super::note_body::NoteBody;
use super::picked;
use super::resolution;
use crate::app::{navigation, resolve};
use crate::browser::cards;
use crate::browser::system::{before_next_frame, now};
use crate::model::annotation::{Annotation, AnnotationId, Target};
use crate::model::commands;
use crate::model::session::{Action, Draft, Session, Writing};
use crate::model::tagging::Counted;
use crate::ui::hooks::AppHandle;
use crate::ui::{say, strings};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub annotation: Rc<Annotation>,
    /// State of the note's anchor.
    pub state: CardState,
    pub chosen: bool,
    /// Whether it is picked with others; `None` while none are.
    pub picked: Option<bool>,
    /// True if it is chosen and there is a selected passage to attach it to.
    pub selected: bool,
    /// Number of further passages that are not found.
    pub missing: usize,
    /// If it is chosen: the number of other notes on its words, and the next of them.
    pub overlap: Option<(usize, AnnotationId)>,
    /// Says that another reader has marked its passage.
    pub also: Option<AttrValue>,
    /// The note that it answers, if it answers one.
    pub answered: Option<Answered>,
    /// If it is chosen: the notes that link to it.
    pub sources: Vec<Rc<Annotation>>,
    pub writing: Option<Rc<Writing>>,
    pub draft: Option<Draft>,
    pub known_tags: Rc<[Counted]>,
    /// Called when the card changes its size.
    pub on_drawn: Callback<()>,
}

#[component]
pub fn NoteCard(props: &Props) -> Html {
    let annotation = &props.annotation;
    let id = annotation.id.clone();
    let quote = annotation.quoted().unwrap_or(say!(notes.whole_article));
    let choose = choose(&props.app, &id, false);
    let show = choose_on_click(&props.app, &id);
    let state = &props.state;
    let line = resolution::state_line(state, props.chosen);
    let state_id = line.map(|_| format!("state-{id}"));
    let (maker_id, maker) = maker(annotation).unzip();
    let described_by: Vec<String> = state_id.iter().chain(&maker_id).cloned().collect();
    html! {
        <li class={classes!("card", annotation.is_bare().then_some("bare"), props.chosen.then_some("chosen"), (props.picked == Some(true)).then_some("picked-one"))}
            data-card={id.to_string()} data-colour={annotation.colour.name()} tabindex="0"
            aria-label={quote.to_owned()} aria-current={props.chosen.then_some("true")}
            aria-describedby={(!described_by.is_empty()).then(|| described_by.join(" "))} onfocus={choose} onclick={show}
            onfocusin={outline(&props.app, true)} onfocusout={outline(&props.app, false)}
            onmousedown={press(&props.app, state.wants_selection())}
            onmouseenter={point(&props.app, Some(id.clone()))} onmouseleave={point(&props.app, None)}>
            { for props.picked.map(|is_picked| pick_box(&props.app, &id, is_picked)) }
            if let Some(line) = line {
                <p class="state" id={state_id}>{ line }</p>
            }
            { for maker }
            <blockquote class="quote" dir="auto">{ resolution::quote(state, annotation) }</blockquote>
            { resolution::context(state, annotation, props.chosen) }
            { for further(props) }
            if let Some(also) = &props.also {
                <p class="also" dir="auto">{ also }</p>
            }
            { for props.answered.as_ref().map(|answered| answers::line(&props.app, answered)) }
            if let Some(writing) = &props.writing {
                <Editor app={props.app.clone()} writing={writing.clone()} known_tags={props.known_tags.clone()}
                    on_drawn={props.on_drawn.clone()} />
            } else {
                if !annotation.note.is_empty() {
                    <NoteBody app={props.app.clone()} text={annotation.note.clone()} id={format!("told-{id}")} on_drawn={props.on_drawn.clone()} />
                }
                if !annotation.tags.is_empty() {
                    <ul class="tags" role="list" aria-label={say!(editor.tags)}>
                        { for annotation.tags.iter().map(|tag| html! { <li dir="auto">{ tag }</li> }) }
                    </ul>
                }
                if let Some(draft) = &props.draft {
                    { draft_line(&props.app, &id, draft) }
                }
                if props.chosen && props.picked.is_none() {
                    { resolution::buttons(&props.app, annotation, state, props.selected) }
                    { for overlap(&props.app, props.overlap.as_ref()) }
                    { linked_from(&props.app, &props.sources) }
                    { actions(&props.app, annotation) }
                }
            }
        </li>
    }
}

/// Draws the further passages, and how many of all are found if some are not.
fn further(props: &Props) -> Option<Html> {
    let annotation = &props.annotation;
    if annotation.more.is_empty() {
        return None;
    }
    let words = strings().card;
    let remove = |index: usize| {
        let (app, id) = (props.app.clone(), annotation.id.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            let edit = |session: &Session| commands::remove_passage(session, &id, index, now());
            resolve::edit(&app, edit);
        });
        let label = words.remove_passage;
        html! { <button class="quiet" aria-label={label} title={label} onclick={remove}>{ "×" }</button> }
    };
    let passage = |(index, target): (usize, &Target)| {
        html! {
            <li>
                <blockquote class="quote" dir="auto">{ target.words().unwrap_or_default().to_owned() }</blockquote>
                if props.chosen && props.writing.is_none() {
                    { remove(index) }
                }
            </li>
        }
    };
    let of = annotation.more.len() + 1;
    let lost = !matches!(
        props.state,
        CardState::Certain { .. } | CardState::Changed { .. }
    );
    let found = of - props.missing - usize::from(lost);
    Some(html! {
        <>
            <ul class="further" role="list" aria-label={words.further}>{ for annotation.more.iter().enumerate().map(passage) }</ul>
            if found < of {
                <p class="state">{ (words.found_of)(found, of) }</p>
            }
        </>
    })
}

/// Draws the button that leads to the next note on the same words.
fn overlap(app: &AppHandle, overlap: Option<&(usize, AnnotationId)>) -> Option<Html> {
    let (count, next) = overlap?;
    let run = {
        let (app, next) = (app.clone(), next.clone());
        Callback::from(move |_: MouseEvent| {
            app.send(Action::Choose {
                id: Some(next.clone()),
            });
            navigation::show_chosen(&app, true);
        })
    };
    let label = say!(card.overlap)(*count);
    Some(html! { <button class="quiet" onclick={run}>{ label }</button> })
}

fn choose<E: 'static>(app: &AppHandle, id: &AnnotationId, show: bool) -> Callback<E> {
    let (app, id) = (app.clone(), id.clone());
    Callback::from(move |_: E| {
        // While notes are picked none is opened.
        if !picked::is_on() && app.session().chosen.as_ref() != Some(&id) {
            app.send(Action::Choose {
                id: Some(id.clone()),
            });
            // The card that was chosen before has become smaller, and this one larger.
            before_next_frame(cards::show_chosen);
        }
        if show {
            navigation::show_chosen(&app, false);
            resolve::follow_chosen(&app);
        }
    })
}

/// Outlines the place where a note may belong for as long as the focus is on its card.
fn outline(app: &AppHandle, shown: bool) -> Callback<FocusEvent> {
    let app = app.clone();
    Callback::from(move |event: FocusEvent| {
        let other = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let card = event.target().and_then(|target| {
            let element = target.dyn_into::<web_sys::Element>().ok()?;
            element.closest("[data-card]").ok().flatten()
        });
        let stays = card.is_some_and(|card| card.contains(other.as_ref()));
        if let Some(page) = app.page().filter(|_| !stays) {
            page.outline(app.session().offered().filter(|_| shown));
        }
    })
}

/// Keeps a press on the card from clearing the selection, to which the note may be attached, and one
/// that picks the card from choosing it and from selecting its words.
fn press(app: &AppHandle, wants_selection: bool) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |event: MouseEvent| {
        let keeps = wants_selection && app.session().selection.is_some();
        if keeps || picked::is_meant(&event) {
            event.prevent_default();
        }
    })
}

/// Draws the box that says whether the note is picked.
fn pick_box(app: &AppHandle, id: &AnnotationId, is_picked: bool) -> Html {
    let (app, id) = (app.clone(), id.clone());
    // What becomes of the box by itself is what becomes of the note.
    let pick = Callback::from(
        move |event: MouseEvent| match event.shift_key() && !is_picked {
            true => picked::pick_to(&app, &id),
            false => picked::toggle(&app, &id),
        },
    );
    html! {
        <label class="pick-box">
            <input type="checkbox" aria-label={say!(picked.pick)} checked={is_picked} onclick={pick} />
        </label>
    }
}

/// Brings the passage into view after a click on a card, but not on a control in it; or picks it.
fn choose_on_click(app: &AppHandle, id: &AnnotationId) -> Callback<MouseEvent> {
    let show = choose(app, id, true);
    let (app, id) = (app.clone(), id.clone());
    Callback::from(move |event: MouseEvent| {
        if picked::is_meant(&event) {
            return picked::click(&app, &id, &event);
        }
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

fn point(app: &AppHandle, id: Option<AnnotationId>) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_: MouseEvent| app.point_at(id.clone()))
}
