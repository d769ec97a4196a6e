//! The part of a card by which a reader resolves where its note is.

use yew::prelude::*;

use super::card_state::{CardState, surroundings};
use crate::app::resolve::{self, Resolution};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::text::shortened;
use crate::model::word_diff::{Fate, abbreviated};
use crate::ui::hooks::AppHandle;
use crate::ui::words;

/// Longest part of a quote that a card shows, in code points.
const SHOWN_QUOTE: usize = 240;

/// What a card says first of how its note holds on, if there is anything to say.
pub fn state_line(state: &CardState, chosen: bool) -> Option<&'static str> {
    match state {
        CardState::Changed { .. } => Some(words::CHANGED),
        CardState::Replaced { .. } => Some(words::ARE_GONE),
        CardState::Certain { moved: true, .. } if chosen => Some(words::MOVED),
        _ => None,
    }
}

/// The quote, with what became of its words.
pub fn quote(state: &CardState, annotation: &Annotation) -> Html {
    let quote = annotation.quoted().unwrap_or(words::WHOLE_ARTICLE);
    let part = |(fate, words): (Fate, String)| match fate {
        Fate::Same => Html::from(words),
        Fate::Gone => changed("del", words::REMOVED_WORDS, words),
        Fate::New => changed("ins", words::ADDED_WORDS, words),
    };
    match state {
        CardState::Changed { now: Some(now) } => {
            abbreviated(quote, now).into_iter().map(part).collect()
        }
        CardState::Replaced { .. } => html! { <s>{ shortened(quote, SHOWN_QUOTE) }</s> },
        _ => Html::from(shortened(quote, SHOWN_QUOTE)),
    }
}

/// Words in an element whose meaning is said too: few screen readers know `del` and `ins`.
fn changed(element: &'static str, meaning: &'static str, words: String) -> Html {
    html! {
        <@{element}>
            <span class="said">{ meaning }</span>{ words }<span class="said">{ words::END_OF_CHANGE }</span>
        </@>
    }
}

/// What stands in the note's place, or stood around it.
pub fn context(state: &CardState, annotation: &Annotation, chosen: bool) -> Html {
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    match state {
        CardState::Certain { now: Some(now), .. } => lines.push((words::NOW, now.clone())),
        CardState::Replaced { now } if !now.is_empty() && chosen => {
            lines.push((words::STANDS_THERE, now.clone()));
        }
        CardState::Lost { suggestion, .. } => {
            if let Some((before, after)) = surroundings(annotation) {
                let around = ["…", before, "[…]", after, "…"].concat();
                lines.push((words::STOOD_IN, around));
            }
            if let Some(suggestion) = suggestion.as_ref().filter(|_| chosen) {
                lines.push((words::PERHAPS, suggestion.clone()));
            }
        }
        _ => {}
    }
    let line = |(label, words)| {
        html! { <p class="context" dir="auto"><b>{ label }</b>{ " " }{ words }</p> }
    };
    lines.into_iter().map(line).collect()
}

/// What a button does.
#[derive(Clone, Copy, PartialEq)]
enum CardAction {
    Resolve(Resolution),
    Look { forward: bool },
    Show,
}

/// The buttons of a state, in their order.
fn actions(state: &CardState) -> &'static [(&'static str, CardAction)] {
    const KEEP: (&str, CardAction) = (words::KEEP, CardAction::Resolve(Resolution::Keep));
    const CHOOSE: (&str, CardAction) = (words::CHOOSE_PLACE, CardAction::Resolve(Resolution::Keep));
    const HERE: (&str, CardAction) = (words::ATTACH_HERE, CardAction::Resolve(Resolution::Keep));
    const DETACH: (&str, CardAction) = (words::DETACH, CardAction::Resolve(Resolution::Detach));
    const ATTACH: (&str, CardAction) = (
        words::ATTACH_TO_SELECTION,
        CardAction::Resolve(Resolution::Attach),
    );
    const SHOW: (&str, CardAction) = (words::SHOW_PLACE, CardAction::Show);
    const PREVIOUS: (&str, CardAction) =
        (words::PREVIOUS_PLACE, CardAction::Look { forward: false });
    const NEXT: (&str, CardAction) = (words::NEXT_PLACE, CardAction::Look { forward: true });
    match state {
        CardState::Certain { detachable, .. } if *detachable => &[DETACH],
        CardState::Certain { .. } => &[],
        CardState::Changed { .. } => &[KEEP, DETACH],
        CardState::Replaced { .. } => &[ATTACH, DETACH],
        CardState::Ambiguous { .. } => &[PREVIOUS, NEXT, CHOOSE, ATTACH, DETACH],
        CardState::Lost { suggestion, open } => match (suggestion, open) {
            (Some(_), true) => &[SHOW, HERE, ATTACH, DETACH],
            (Some(_), false) => &[SHOW, HERE, ATTACH],
            (None, true) => &[ATTACH, DETACH],
            (None, false) => &[ATTACH],
        },
    }
}

/// The buttons that resolve a chosen note. `selected`: there is a passage to attach it to.
pub fn buttons(app: &AppHandle, id: &AnnotationId, state: &CardState, selected: bool) -> Html {
    let actions = actions(state);
    if actions.is_empty() {
        return Html::default();
    }
    let button = |&(label, action): &(&'static str, CardAction)| {
        let (app, id) = (app.clone(), id.clone());
        let run = move |_: MouseEvent| match action {
            CardAction::Resolve(resolution) => resolve::resolve(&app, &id, resolution),
            CardAction::Look { forward } => resolve::look(&app, forward),
            CardAction::Show => resolve::show_place(&app),
        };
        let idle = action == CardAction::Resolve(Resolution::Attach) && !selected;
        html! {
            <button class="quiet" aria-disabled={idle.then_some("true")}
                title={idle.then_some(words::SELECT_FIRST)} onclick={run}>{ label }</button>
        }
    };
    html! {
        <div class="row resolve">
            if let CardState::Ambiguous { place, count } = state {
                <span class="which">{ words::place_of(*place, *count) }</span>
            }
            { for actions.iter().map(button) }
        </div>
    }
}
