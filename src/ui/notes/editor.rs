//! Writing on a note: its words, its tags, a preview.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::note_body::NoteBody;
use crate::browser::system::{before_next_frame, focus, stamp};
use crate::model::session::{Action, Writing};
use crate::ui::hooks::Desk;
use crate::ui::{errands, words};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub writing: Rc<Writing>,
    /// Tags that there are already.
    pub known_tags: Rc<[String]>,
    /// Called when the card has another size.
    pub on_drawn: Callback<()>,
}

#[component]
pub fn Editor(props: &Props) -> Html {
    let preview = use_state_eq(|| false);
    let note = use_node_ref();
    let tags = use_node_ref();
    use_effect_with((), {
        let note = note.clone();
        move |()| {
            if let Some(note) = note.cast::<HtmlTextAreaElement>() {
                focus(&note);
                let end = note.value().encode_utf16().count() as u32;
                let _ = note.set_selection_range(end, end);
            }
        }
    });
    let typed = {
        let (desk, note, tags) = (props.desk.clone(), note.clone(), tags.clone());
        Callback::from(move |_: InputEvent| {
            let note = note.cast::<HtmlTextAreaElement>().map(|note| note.value());
            let tags = tags.cast::<HtmlInputElement>().map(|tags| tags.value());
            desk.send(Action::Typed {
                note: note.unwrap_or_default(),
                tags: tags.unwrap_or_default(),
            });
        })
    };
    let end = {
        let desk = props.desk.clone();
        let id = props.writing.base.id.clone();
        Callback::from(move |save: bool| {
            desk.send(if save {
                Action::Save { stamp: stamp() }
            } else {
                Action::Leave
            });
            let id = desk.session().chosen.clone().unwrap_or_else(|| id.clone());
            before_next_frame(move || errands::focus_on_card(id.as_str()));
        })
    };
    let keys = {
        let end = end.clone();
        let typed = typed.clone();
        Callback::from(move |event: KeyboardEvent| on_key(&event, &end, &typed))
    };
    let toggle = {
        let preview = preview.clone();
        Callback::from(move |_: MouseEvent| preview.set(!*preview))
    };
    html! {
        <div class="editor" onkeydown={keys}>
            <textarea ref={note} aria-label={words::NOTE} placeholder={words::NOTE_HINT} rows="3" dir="auto"
                defaultvalue={props.writing.note.clone()} oninput={typed.clone()} />
            if *preview {
                <div class="preview" role="group" aria-label={words::PREVIEW}>
                    if props.writing.note.trim().is_empty() {
                        <p class="hint">{ words::NOTHING_TO_PREVIEW }</p>
                    } else {
                        <NoteBody text={props.writing.note.clone()} on_drawn={props.on_drawn.clone()} />
                    }
                </div>
            }
            <input ref={tags} type="text" aria-label={words::TAGS} placeholder={words::TAGS_HINT} dir="auto"
                list="known-tags" autocomplete="off" defaultvalue={props.writing.tags.clone()} oninput={typed} />
            <datalist id="known-tags">
                { for props.known_tags.iter().map(|tag| html! { <option value={tag.clone()}></option> }) }
            </datalist>
            <div class="row">
                <button class="primary" onclick={end.reform(|_: MouseEvent| true)}>{ words::SAVE }</button>
                <button class="quiet" onclick={end.reform(|_: MouseEvent| false)}>{ words::CANCEL }</button>
                <button class="quiet push" aria-pressed={preview.to_string()} onclick={toggle}>{ words::PREVIEW }</button>
            </div>
        </div>
    }
}

fn on_key(event: &KeyboardEvent, end: &Callback<bool>, typed: &Callback<InputEvent>) {
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        _ if event.is_composing() => return,
        "Enter" if command => end.emit(true),
        "Escape" => end.emit(false),
        key if command && !event.shift_key() && !event.alt_key() => {
            let Some((before, after)) = markdown_of(&key.to_ascii_lowercase()) else {
                return;
            };
            let area = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
            let Some(area) = area else { return };
            surround(&area, before, after);
            if let Ok(input) = InputEvent::new("input") {
                typed.emit(input);
            }
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// What a key puts before and after the selected words.
fn markdown_of(key: &str) -> Option<(&'static str, &'static str)> {
    match key {
        "b" => Some(("**", "**")),
        "i" => Some(("*", "*")),
        "l" => Some(("[", "](https://)")),
        "q" => Some(("\n> ", "\n")),
        _ => None,
    }
}

fn surround(area: &HtmlTextAreaElement, before: &str, after: &str) {
    let start = area.selection_start().ok().flatten().unwrap_or(0);
    let end = area.selection_end().ok().flatten().unwrap_or(start);
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let words = String::from_utf16_lossy(&units[start as usize..(end as usize).min(units.len())]);
    let _ = area.set_range_text(&format!("{before}{words}{after}"));
    let cursor = start + before.encode_utf16().count() as u32;
    let _ = area.set_selection_range(cursor, cursor + (end - start));
}
