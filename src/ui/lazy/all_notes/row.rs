//! The rows of the room "All notes": groups, each with its head and its notes.

use std::ops::Range;

use web_sys::Element;
use yew::prelude::*;

use super::everything::Everything;
use crate::browser::system::{DIALOGS, find_within, focus_quietly};
use crate::model::all_notes::{Grouping, Row, Rows, Section, Surrounded, plain};
use crate::model::query::Surroundings;
use crate::ui::lazy::notes::Here;
use crate::ui::say;

/// Most code points of a note's words.
const MOST_WORDS: usize = 220;
/// Most code points of a note's tags together; the search finds the others.
const MOST_TAGS: usize = 60;

/// Draws the groups of some rows: each with its head, if that is among them, and its notes.
pub fn sections(
    everything: &Everything,
    rows: &Rows,
    by: Grouping,
    drawn: Range<usize>,
    current: Option<usize>,
) -> Vec<Html> {
    let here = Here::now();
    let mut shown = Vec::new();
    let next = rows
        .sections()
        .partition_point(|section| section.head <= drawn.start);
    for section in &rows.sections()[next.saturating_sub(1)..] {
        let notes = section.rows();
        if section.head >= drawn.end {
            break;
        }
        let name = everything.name(section.group, &here);
        let seen = notes.start.max(drawn.start)..notes.end.min(drawn.end);
        let note_in = |row: usize| match rows.all()[row] {
            Row::Head(_) => Html::default(),
            Row::Note { entry, .. } => {
                let place = Place {
                    row,
                    entry,
                    number: row - section.head,
                    of: section.notes,
                    is_current: current == Some(row),
                };
                note(everything, &here, by, &place)
            }
        };
        let has_notes = !seen.is_empty();
        shown.push(html! {
            <div key={everything.all.key_of(section.group)}>
                if section.head >= drawn.start {
                    { head(&name, section, current == Some(section.head)) }
                }
                if has_notes {
                    <ul role="list" aria-label={name}>{ for seen.map(note_in) }</ul>
                }
            </div>
        });
    }
    shown
}

/// Where a note is drawn.
struct Place {
    /// Its row.
    row: usize,
    /// Its index among all notes.
    entry: usize,
    /// Its number in its group, from 1.
    number: usize,
    /// Number of notes in the group.
    of: usize,
    /// True if Tab comes to it, of all notes.
    is_current: bool,
}

/// Draws the head of a group: a button that folds it.
fn head(name: &str, section: &Section, is_current: bool) -> Html {
    html! {
        <h3 class="head-row">
            <button type="button" class="quiet" data-row={section.head.to_string()}
                aria-expanded={(!section.is_folded).to_string()} tabindex={tab(is_current)}>
                <span dir="auto">{ name.to_owned() }</span>{ " " }
                <span class="count">{ say!(notes.count)(section.notes) }</span>
            </button>
        </h3>
    }
}

fn tab(is_current: bool) -> &'static str {
    match is_current {
        true => "0",
        false => "-1",
    }
}

/// Draws a note.
fn note(everything: &Everything, here: &Here, by: Grouping, place: &Place) -> Html {
    let Some(entry) = everything.all.entries().get(place.entry) else {
        return Html::default();
    };
    let note = entry.note();
    let words = plain(&note.note, MOST_WORDS);
    html! {
        <li key={note.id.as_str()} class="note-row" data-colour={note.colour.name()}
            aria-setsize={place.of.to_string()} aria-posinset={place.number.to_string()}>
            <button type="button" class="entry" data-row={place.row.to_string()}
                tabindex={tab(place.is_current)}>
                { quote(everything, place) }
                if !words.is_empty() {
                    <span class="words" dir="auto">{ words }</span>
                }
                { about(everything, here, by, place) }
            </button>
        </li>
    }
}

/// Draws the quote of a note in its surroundings.
fn quote(everything: &Everything, place: &Place) -> Html {
    let note = everything.all.entries()[place.entry].note();
    match Surrounded::of(note) {
        Some(around) => html! {
            <span class="quote" dir="auto">
                if !around.before.is_empty() {
                    { "…" }{ around.before }
                }
                <strong>{ around.quote }</strong>
                if !around.after.is_empty() {
                    { around.after }{ "…" }
                }
            </span>
        },
        None => html! {
            <span class="quote"><strong>{ say!(notes.whole_article) }</strong></span>
        },
    }
}

/// Draws the colour, the day, the tags and the article of a note.
fn about(everything: &Everything, here: &Here, by: Grouping, place: &Place) -> Html {
    let entry = &everything.all.entries()[place.entry];
    let colour = here.colour_name(entry.note().colour).unwrap_or_default();
    let mut tags = String::new();
    for tag in &entry.note().tags {
        tags.push_str(" #");
        tags.push_str(tag);
    }
    let tags = crate::model::text::shortened(tags.trim(), MOST_TAGS);
    html! {
        <span class="about">
            <span class="swatch" aria-hidden="true"></span>
            <span class="said">{ colour }</span>
            <span>{ everything.said(entry) }</span>
            if !tags.is_empty() {
                <span class="tagged" dir="auto">{ tags }</span>
            }
            if by != Grouping::Article {
                <span class="of" dir="auto">{ everything.title_of(entry).to_owned() }</span>
            }
        </span>
    }
}

/// The button of a row, if it is drawn.
pub fn button_of(row: usize) -> Option<Element> {
    let selector = format!(".all-notes [data-row=\"{row}\"]");
    find_within(DIALOGS, &selector)
}

/// Moves the focus from the search to the rows: to the one that had it last.
pub fn focus_current() {
    let current = find_within(DIALOGS, ".all-notes [data-row][tabindex=\"0\"]");
    current.iter().for_each(focus_quietly);
}
