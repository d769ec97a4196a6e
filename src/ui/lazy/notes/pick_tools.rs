//! The toolbar "Selected notes": what can be done with all picked notes at once.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::finding::Here;
use super::picked;
use crate::app::exporting;
use crate::app::tagging::{Many, edit_many};
use crate::browser::files;
use crate::browser::system::{NOTES, before_next_frame, find_within, focus, now, tag_keys};
use crate::model::annotation::{Annotation, Colour};
use crate::model::exchange::Format;
use crate::model::notebook::{Change, Intent};
use crate::model::notice::Message;
use crate::model::query::Surroundings;
use crate::model::tagging;
use crate::model::tags::parse_tags;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::placing::move_focus;
use crate::ui::lazy::platform::platform;
use crate::ui::notes::PanelProps;
use crate::ui::reader::colour_face;
use crate::ui::strings;

/// A tool with choices of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// "Colour".
    Colour,
    /// "Add tag".
    AddTag,
    /// "Remove tag".
    RemoveTag,
}

/// Most tags that are offered to be removed.
const MOST_TAGS: usize = 40;

/// Draws the toolbar while notes are picked.
pub fn pick_tools(panel: &PanelProps) -> Html {
    picked::follow(panel);
    if !picked::is_on() {
        return Html::default();
    }
    let (app, words) = (&panel.app, strings().picked);
    let (count, hidden) = picked::count(&panel.session);
    let run = |label: &'static str, run: fn(&AppHandle)| {
        let app = app.clone();
        let run = Callback::from(move |_: MouseEvent| run(&app));
        html! { <button tabindex="-1" aria-disabled={(count == 0).then_some("true")} onclick={run}>{ label }</button> }
    };
    let always = |label: &'static str, run: fn(&AppHandle)| {
        let app = app.clone();
        let run = Callback::from(move |_: MouseEvent| run(&app));
        html! { <button tabindex="-1" onclick={run}>{ label }</button> }
    };
    html! {
        <div class="picked">
            <div role="toolbar" aria-label={words.label} onkeydown={Callback::from(|event: KeyboardEvent| move_focus(&event))}>
                <span class="count" role="status">{ (words.count)(count, hidden) }</span>
                { opener(words.colour, Tool::Colour, "0", count) }
                { opener(words.add_tag, Tool::AddTag, "-1", count) }
                { opener(words.remove_tag, Tool::RemoveTag, "-1", count) }
                { run(words.remove, remove) }
                { run(words.copy, copy) }
                { run(words.export, export) }
                { always(words.all, picked::pick_all) }
                { always(words.done, picked::end) }
            </div>
            { for picked::tool().filter(|_| count > 0).map(|tool| choices(panel, tool)) }
        </div>
    }
}

/// Draws the button of a tool with choices.
fn opener(label: &'static str, tool: Tool, tab: &'static str, count: usize) -> Html {
    let is_open = picked::tool() == Some(tool) && count > 0;
    let turn = Callback::from(move |_: MouseEvent| {
        picked::turn((!is_open && count > 0).then_some(tool));
        before_next_frame(|| {
            let first = find_within(NOTES, ".picked .choices :is(input, button)");
            first.iter().for_each(focus);
        });
    });
    html! {
        <button tabindex={tab} aria-expanded={is_open.to_string()} aria-disabled={(count == 0).then_some("true")} onclick={turn}>{ label }</button>
    }
}

fn choices(panel: &PanelProps, tool: Tool) -> Html {
    let words = strings().picked;
    let (label, content) = match tool {
        Tool::Colour => (words.colour, swatches(&panel.app)),
        Tool::AddTag => (words.add_tag, tag_form(panel)),
        Tool::RemoveTag => (words.remove_tag, tags(panel)),
    };
    let keys = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Escape" && !crate::ui::hooks::is_composing(&event) {
            event.prevent_default();
            picked::close_tool();
        }
    });
    html! { <div class="choices" role="group" aria-label={label} onkeydown={keys}>{ content }</div> }
}

fn swatches(app: &AppHandle) -> Html {
    let here = Here::now();
    let swatch = |colour: Colour| {
        let app = app.clone();
        let label = here.colour_name(colour);
        let recolour = Callback::from(move |_: MouseEvent| {
            let at = now();
            edit(&app, Intent::Recolour, move |notes| {
                tagging::recolour(notes, colour, &at)
            });
        });
        html! {
            <button class="swatch-button" aria-label={label.clone()} title={label} onclick={recolour}>{ colour_face(colour, None) }</button>
        }
    };
    html! { <span class="colours">{ for Colour::ALL.into_iter().map(swatch) }</span> }
}

fn tag_form(panel: &PanelProps) -> Html {
    let words = strings().picked;
    let app = panel.app.clone();
    let add = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event
            .target()
            .and_then(|form| form.dyn_into::<Element>().ok());
        let input = form.and_then(|form| form.query_selector("input").ok().flatten());
        let input = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let tags = parse_tags(&input.map(|input| input.value()).unwrap_or_default());
        if !tags.is_empty() {
            let (at, keys) = (now(), tag_keys());
            edit(&app, Intent::AddTag, move |notes| {
                tagging::add_tags(notes, &tags, &at, &keys)
            });
        }
    });
    let all: Vec<Rc<Annotation>> = panel.session.notebook.iter().cloned().collect();
    let known = tagging::counted(&all, &|_| true, &tag_keys());
    html! {
        <form class="row" onsubmit={add}>
            <input type="text" dir="auto" autocomplete="off" list="tags-to-add" aria-label={words.tag} placeholder={words.tag_hint} />
            <datalist id="tags-to-add">
                { for known.iter().map(|known| html! { <option value={known.tag.clone()}></option> }) }
            </datalist>
            <button class="primary">{ words.add }</button>
        </form>
    }
}

/// Draws the tags that picked notes have, each as the button that removes it.
fn tags(panel: &PanelProps) -> Html {
    let words = strings().picked;
    let notes = picked::notes(&panel.session);
    let known = tagging::counted(&notes, &|_| true, &tag_keys());
    if known.is_empty() {
        return html! { <p class="hint" role="status">{ words.no_tags }</p> };
    }
    let button = |known: &tagging::Counted| {
        let (app, tag) = (panel.app.clone(), known.tag.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            let (tag, at, keys) = (tag.clone(), now(), tag_keys());
            edit(&app, Intent::RemoveTag, move |notes| {
                tagging::remove_tag(notes, &tag, &at, &keys)
            });
        });
        html! {
            <button class="tag" aria-label={(words.remove_tag_from)(&known.tag, known.notes)} onclick={remove}>
                <span dir="auto">{ &known.tag }</span>{ " " }<span class="count">{ known.notes }</span>
            </button>
        }
    };
    html! { <div class="chips">{ for known.iter().take(MOST_TAGS).map(button) }</div> }
}

/// Edits the picked notes together.
fn edit(
    app: &AppHandle,
    intent: Intent,
    changes: impl Fn(&[Rc<Annotation>]) -> Vec<Change> + 'static,
) {
    picked::close_tool();
    let notes = picked::notes(&app.session());
    if !notes.is_empty() {
        let many = Many {
            intent,
            ids: notes.iter().map(|note| note.id.clone()).collect(),
            changes: Box::new(changes),
        };
        edit_many(app, many);
    }
}

/// Removes the picked notes.
pub fn remove(app: &AppHandle) {
    edit(app, Intent::Remove, tagging::remove);
    // The toolbar goes with the last of them.
    if !app.session().read_only {
        app.shell().focus_card_or_notes(None);
    }
}

/// Puts the words of the picked notes on the clipboard.
fn copy(app: &AppHandle) {
    let notes = picked::notes(&app.session());
    if notes.is_empty() {
        return;
    }
    let there = app.clone();
    app.spawn(async move {
        let copied = files::copy(&tagging::as_text(&notes)).await;
        there.tell(match copied {
            true => Message::Copied { notes: notes.len() },
            false => Message::NotCopied,
        });
    });
}

/// Exports the picked notes.
fn export(app: &AppHandle) {
    let notes = picked::notes(&app.session());
    if !notes.is_empty() {
        let platform = platform(app.backend());
        exporting::export_these(app, platform, Format::WebAnnotation, notes);
    }
}
