//! The part of a card by which a reader settles where its note is.

use yew::prelude::*;

use super::actions::quiet;
use super::case::{Case, surroundings};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::text::shortened;
use crate::model::wording::{Fate, told};
use crate::ui::hooks::Desk;
use crate::ui::settling::{self, Verdict};
use crate::ui::words;

/// Longest part of a quote that a card shows, in code points.
const SHOWN_QUOTE: usize = 240;

/// What a card says first of how its note holds on, if there is anything to say.
pub fn state(case: &Case, chosen: bool) -> Option<&'static str> {
    match case {
        Case::Changed { .. } => Some(words::CHANGED),
        Case::Replaced { .. } => Some(words::ARE_GONE),
        Case::Certain { moved: true, .. } if chosen => Some(words::MOVED),
        _ => None,
    }
}

/// The quote, with what became of its words.
pub fn quote(case: &Case, annotation: &Annotation) -> Html {
    let quote = annotation.quoted().unwrap_or(words::WHOLE_ARTICLE);
    match case {
        Case::Changed { now: Some(now) } => told(quote, now).into_iter().map(fate).collect(),
        Case::Replaced { .. } => html! { <s>{ shortened(quote, SHOWN_QUOTE) }</s> },
        _ => html! { { shortened(quote, SHOWN_QUOTE) } },
    }
}

fn fate((fate, words): (Fate, String)) -> Html {
    // Few screen readers say what `del` and `ins` mean.
    let said = |what: &'static str| html! { <span class="said">{ " " }{ what }{ " " }</span> };
    match fate {
        Fate::Same => html! { { words } },
        Fate::Gone => {
            html! { <del>{ said(words::REMOVED_WORDS) }{ words }{ said(words::END_OF_CHANGE) }</del> }
        }
        Fate::New => {
            html! { <ins>{ said(words::ADDED_WORDS) }{ words }{ said(words::END_OF_CHANGE) }</ins> }
        }
    }
}

/// What stands in the note's place, or stood around it.
pub fn context(case: &Case, annotation: &Annotation, chosen: bool) -> Html {
    match case {
        Case::Certain { now: Some(now), .. } => line(words::NOW, now),
        Case::Replaced { now } if !now.is_empty() && chosen => line(words::STANDS_THERE, now),
        Case::Lost { suggestion, .. } => html! {
            <>
                if let Some((before, after)) = surroundings(annotation) {
                    { line(words::STOOD_IN, &["…", before, "[…]", after, "…"].concat()) }
                }
                if let Some(suggestion) = suggestion.as_ref().filter(|_| chosen) {
                    { line(words::PERHAPS, suggestion) }
                }
            </>
        },
        _ => Html::default(),
    }
}

fn line(label: &'static str, words: &str) -> Html {
    html! { <p class="context" dir="auto"><b>{ label }</b>{ " " }{ words.to_owned() }</p> }
}

/// The buttons that settle a chosen note. `selected`: there is a passage to attach it to.
pub fn buttons(desk: &Desk, id: &AnnotationId, case: &Case, selected: bool) -> Html {
    let verdict = |label, verdict| {
        let (desk, id) = (desk.clone(), id.clone());
        let settle = move |_: MouseEvent| settling::settle(&desk, &id, verdict);
        quiet(label, settle.into())
    };
    let look = |label, forward| {
        let desk = desk.clone();
        let look = move |_: MouseEvent| settling::look(&desk, forward);
        quiet(label, look.into())
    };
    let show = || {
        let desk = desk.clone();
        let show = move |_: MouseEvent| settling::show_place(&desk);
        quiet(words::SHOW_PLACE, show.into())
    };
    let keep = |label| verdict(label, Verdict::Keep);
    let detach = || verdict(words::DETACH, Verdict::Detach);
    let first = match case {
        Case::Certain { detachable, .. } if !detachable => return Html::default(),
        Case::Certain { .. } | Case::Replaced { .. } => Html::default(),
        Case::Changed { .. } => keep(words::KEEP),
        Case::Ambiguous { place, count } => html! {
            <>
                <span class="which">{ words::place_of(*place, *count) }</span>
                { look(words::PREVIOUS_PLACE, false) }
                { look(words::NEXT_PLACE, true) }
                { keep(words::CHOOSE_PLACE) }
            </>
        },
        Case::Lost {
            suggestion: Some(_),
            ..
        } => html! { <>{ show() }{ keep(words::ATTACH_HERE) }</> },
        Case::Lost { .. } => Html::default(),
    };
    let settled = matches!(case, Case::Lost { open: false, .. });
    html! {
        <div class="row settle">
            { first }
            if case.wants_selection() {
                { attach(desk, id, selected) }
            }
            if !settled {
                { detach() }
            }
        </div>
    }
}

fn attach(desk: &Desk, id: &AnnotationId, selected: bool) -> Html {
    let (desk, id) = (desk.clone(), id.clone());
    let attach = move |_: MouseEvent| settling::settle(&desk, &id, Verdict::Attach);
    html! {
        <button class="quiet" aria-disabled={(!selected).then_some("true")}
            title={(!selected).then_some(words::SELECT_FIRST)} onclick={attach}>
            { words::ATTACH_TO_SELECTION }
        </button>
    }
}
