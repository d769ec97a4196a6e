//! The notes on paper, and the dialog "Print".

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

use yew::prelude::*;

use super::notes::shown;
use crate::browser::preferences;
use crate::browser::print::{self, PrintedNote};
use crate::browser::system::{later, print_page};
use crate::model::annotation::Annotation;
use crate::ui::hooks::AppHandle;
use crate::ui::notes::is_searching;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// What can be printed, by the names of the setting: the article with its notes, the article with
/// its highlights, the notes.
const PARTS: [&str; 3] = [print::ALL, "article", "notes"];

thread_local! {
    /// True if only what a search shows is printed.
    static ONLY_SHOWN: Cell<bool> = const { Cell::new(false) };
}

/// Puts the notes of the open article into the page as they are printed.
pub fn print(app: &AppHandle) {
    let session = app.session();
    let placements = &session.placements;
    let only = (ONLY_SHOWN.get() && is_searching(&session)).then(|| shown(&session));
    let only: Option<HashSet<_>> = only.map(|only| only.iter().map(Rc::as_ptr).collect());
    let is_wanted = |note: &Rc<Annotation>| {
        let only = only.as_ref();
        only.is_none_or(|only| only.contains(&Rc::as_ptr(note)))
    };
    let mut count = 0;
    let placed = placements.placed().iter();
    let placed = placed.filter(|placed| is_wanted(&placed.annotation));
    let placed = placed.map(|placed| {
        let note = &*placed.annotation;
        // A highlight without words is visible in the text.
        let number = (!note.is_bare()).then(|| {
            count += 1;
            count
        });
        PrintedNote { note, number }
    });
    let placed = placed.collect();
    let unanchored = placements.unanchored().iter();
    let unanchored = unanchored.map(|unanchored| &unanchored.annotation);
    let without = unanchored.chain(placements.pending().iter());
    let lists = [
        print::List {
            heading: say!(notes.label),
            notes: placed,
        },
        print::List {
            heading: say!(notes.without_place),
            notes: without
                .filter(|note| is_wanted(note))
                .map(|note| PrintedNote { note, number: None })
                .collect(),
        },
    ];
    print::put(&lists, say!(notes.whole_article), parts());
}

/// The name of what is to be printed.
fn parts() -> &'static str {
    let chosen = preferences::printed();
    let known = PARTS.iter().find(|name| **name == chosen);
    known.copied().unwrap_or(PARTS[0])
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

/// Asks what to print.
#[component]
pub fn PrintDialog(props: &Props) -> Html {
    let chosen = use_state_eq(parts);
    let only = use_state_eq(|| ONLY_SHOWN.get());
    let go = {
        let (chosen, close) = (chosen.clone(), props.on_close.clone());
        let only = only.clone();
        Callback::from(move |_: MouseEvent| {
            ONLY_SHOWN.set(*only);
            preferences::choose_printed(*chosen);
            close.emit(());
            // The dialog is gone by then.
            later(print_page);
        })
    };
    let words = strings().print;
    let part = |(name, label): (&'static str, &&'static str)| {
        let choose = chosen.setter();
        let choose = Callback::from(move |_: Event| choose.set(name));
        html! {
            <label class="switch">
                <input type="radio" name="print" checked={*chosen == name} onchange={choose} />{ *label }
            </label>
        }
    };
    let session = props.app.session();
    let is_only = *only;
    let toggle = Callback::from(move |_: Event| only.set(!is_only));
    html! {
        <DialogFrame label={words.label} on_close={props.on_close.clone()}>
            <div class="print" role="radiogroup" aria-label={words.what}>{ for PARTS.into_iter().zip(words.parts).map(part) }</div>
            if is_searching(&session) {
                <label class="switch">
                    <input type="checkbox" checked={is_only} onchange={toggle} />{ say!(filters.only_shown)(shown(&session).len()) }
                </label>
            }
            <p class="hint">{ words.hint }</p>
            <button class="primary" onclick={go}>{ words.label }</button>
        </DialogFrame>
    }
}
