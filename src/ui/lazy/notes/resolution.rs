//! The part of a card in which a reader resolves a note.

use yew::prelude::*;

use super::card_state::{CardState, surroundings};
use crate::app::resolve::{self, Resolution};
use crate::app::sync::circle::Circle;
use crate::model::annotation::Annotation;
use crate::model::text::shortened;
use crate::model::word_diff::{Fate, abbreviated};
use crate::ui::hooks::AppHandle;
use crate::ui::{say, strings};

/// Maximum length of a quote on a card, in code points.
const SHOWN_QUOTE: usize = 240;

/// Returns what a card says first about its note's anchor, if there is anything to say.
pub fn state_line(state: &CardState, chosen: bool) -> Option<&'static str> {
    match state {
        CardState::Changed { .. } => Some(say!(passage.changed)),
        CardState::Replaced { .. } => Some(say!(passage.replaced)),
        CardState::Certain { moved: true, .. } if chosen => Some(say!(passage.moved)),
        _ => None,
    }
}

/// Draws the quote, with the changes to its words.
pub fn quote(state: &CardState, annotation: &Annotation) -> Html {
    let quote = annotation.quoted().unwrap_or(say!(notes.whole_article));
    let part = |(fate, words): (Fate, String)| match fate {
        Fate::Same => Html::from(words),
        Fate::Gone => changed("del", say!(passage.removed_words), words),
        Fate::New => changed("ins", say!(passage.added_words), words),
    };
    match state {
        CardState::Changed { now: Some(now) } => {
            abbreviated(quote, now).into_iter().map(part).collect()
        }
        CardState::Replaced { .. } => html! { <s>{ shortened(quote, SHOWN_QUOTE) }</s> },
        _ => Html::from(shortened(quote, SHOWN_QUOTE)),
    }
}

/// Draws changed words and spells out the change: few screen readers announce `del` and `ins`.
fn changed(element: &'static str, meaning: &'static str, words: String) -> Html {
    html! {
        <@{element}>
            <span class="said">{ meaning }</span>{ words }<span class="said">{ say!(passage.end_of_change) }</span>
        </@>
    }
}

/// Draws what is in the note's place now, or what stood around it.
pub fn context(state: &CardState, annotation: &Annotation, chosen: bool) -> Html {
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    match state {
        CardState::Certain { now: Some(now), .. } => lines.push((say!(passage.now), now.clone())),
        CardState::Replaced { now } if !now.is_empty() && chosen => {
            lines.push((say!(passage.there_now), now.clone()));
        }
        CardState::Lost { suggestion, .. } => {
            if let Some((before, after)) = surroundings(annotation) {
                let around = ["…", before, "[…]", after, "…"].concat();
                lines.push((say!(passage.stood_in), around));
            }
            if let Some(suggestion) = suggestion.as_ref().filter(|_| chosen) {
                lines.push((say!(passage.perhaps), suggestion.clone()));
            }
        }
        _ => {}
    }
    let line = |(label, words)| {
        html! { <p class="context" dir="auto"><b>{ label }</b>{ " " }{ words }</p> }
    };
    lines.into_iter().map(line).collect()
}

/// The action of a button.
#[derive(Clone, Copy, PartialEq)]
enum CardAction {
    Resolve(Resolution),
    Look { forward: bool },
    Show,
}

/// Returns the buttons for a state, in their order.
fn actions(state: &CardState) -> Vec<(&'static str, CardAction)> {
    let say = strings().passage;
    let keep = |label| (label, CardAction::Resolve(Resolution::Keep));
    let detach = (say.detach, CardAction::Resolve(Resolution::Detach));
    let attach = CardAction::Resolve(Resolution::Attach);
    let attach = (say.attach_to_selection, attach);
    let look = |label, forward| (label, CardAction::Look { forward });
    match state {
        CardState::Certain { detachable, .. } if *detachable => vec![detach],
        CardState::Certain { .. } => Vec::new(),
        CardState::Changed { .. } => vec![keep(say.keep), detach],
        CardState::Replaced { .. } => vec![attach, detach],
        CardState::Ambiguous { .. } => vec![
            look(say.previous_place, false),
            look(say.next_place, true),
            keep(say.choose_place),
            attach,
            detach,
        ],
        CardState::Lost { suggestion, open } => {
            let suggested = [(say.show_place, CardAction::Show), keep(say.attach_here)];
            let mut actions = Vec::new();
            actions.extend(suggestion.iter().flat_map(|_| suggested));
            actions.push(attach);
            actions.extend(open.then_some(detach));
            actions
        }
    }
}

/// Draws the buttons that resolve a chosen note. `selected`: there is a passage to attach it to.
pub fn buttons(app: &AppHandle, note: &Annotation, state: &CardState, selected: bool) -> Html {
    let id = &note.id;
    let mut actions = actions(state);
    // Where another's note belongs is not this reader's to say.
    if Circle::of(app).is_some_and(|circle| circle.is_others(note)) {
        actions.retain(|(_, action)| !matches!(action, CardAction::Resolve(_)));
    }
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
                title={idle.then_some(say!(passage.select_first))} onclick={run}>{ label }</button>
        }
    };
    html! {
        <div class="row resolve">
            if let CardState::Ambiguous { place, count } = state {
                <span class="which">{ say!(passage.place_of)(*place, *count) }</span>
            }
            { for actions.iter().map(button) }
        </div>
    }
}
