//! The editor of a note: its words, its tags, a preview.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::note_body::NoteBody;
use super::note_box::use_note_box;
use super::pasting;
use super::tags_box::use_tags_box;
use super::templates::use_templates;
use crate::browser::system::{Resizes, composed, focus_quietly, stamp};
use crate::browser::typing;
use crate::model::key;
use crate::model::markup::Markup;
use crate::model::markup::lists::{self, Again, Begun};
use crate::model::session::{Action, Writing};
use crate::model::tagging::Counted;
use crate::model::tags::tags_after;
use crate::ui::hooks::{AppHandle, is_composing};
use crate::ui::{say, strings};

/// Marks a card to be brought into view once it is in its place.
pub const UNSEEN: &str = "data-unseen";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub writing: Rc<Writing>,
    /// Tags that exist already.
    pub known_tags: Rc<[Counted]>,
    /// Called when the card changes its size.
    pub on_drawn: Callback<()>,
}

#[component]
pub fn Editor(props: &Props) -> Html {
    let preview = use_state_eq(|| false);
    let editor = use_node_ref();
    let note = use_node_ref();
    let tags = use_node_ref();
    // The browser owns the content of the boxes, so that its undo works; it is set only once.
    let first_tags = use_memo((), |()| props.writing.tags.clone());
    use_effect_with((), {
        let (note, tags, first) = (note.clone(), tags.clone(), first_tags.clone());
        move |()| {
            if let Some(tags) = tags.cast::<HtmlInputElement>() {
                tags.set_value(&first);
            }
            if let Some(note) = note.cast::<HtmlTextAreaElement>() {
                // The focus must not scroll to where the card was drawn: it may not be in its place.
                focus_quietly(&note);
                if let Ok(Some(card)) = note.closest(".card") {
                    let _ = card.set_attribute(UNSEEN, "");
                }
                let end = note.value().encode_utf16().count() as u32;
                let _ = note.set_selection_range(end, end);
            }
        }
    });
    use_effect_with((), {
        let (editor, on_drawn) = (editor.clone(), props.on_drawn.clone());
        move |()| {
            let editor = editor.cast::<Element>();
            let resizes = editor.map(|editor| Resizes::of(&editor, move || on_drawn.emit(())));
            move || drop(resizes)
        }
    });
    let begun = use_mut_ref(|| None::<Begun>);
    let redraw = use_force_update();
    let typed = {
        let (app, note, tags) = (props.app.clone(), note.clone(), tags.clone());
        let (first, begun) = (first_tags.clone(), begun.clone());
        Callback::from(move |_: InputEvent| {
            if let Some(area) = note.cast::<HtmlTextAreaElement>()
                && take_again(&area, &begun)
            {
                // Which is an input of its own.
                return;
            }
            let note = note.cast::<HtmlTextAreaElement>();
            let note = note.map(|note| typing::text_of(&note));
            let tags = tags.cast::<HtmlInputElement>().map(|tags| tags.value());
            // One tag has one form however it is typed; tags that nobody edited stay verbatim.
            let tags = tags.map(|tags| match tags == *first {
                true => tags,
                false => composed(&tags),
            });
            // Nothing but the editor shows it: not all notes are drawn anew at each key.
            app.send_undrawn(Action::Typed {
                note: note.unwrap_or_default(),
                tags: tags.unwrap_or_default(),
            });
            redraw.force_update();
        })
    };
    let end = {
        let app = props.app.clone();
        let id = props.writing.base.id.clone();
        Callback::from(move |save: bool| {
            app.send(if save {
                Action::Save { stamp: stamp() }
            } else {
                Action::Leave
            });
            let id = app.session().chosen.clone().unwrap_or_else(|| id.clone());
            app.shell().focus_card_or_notes(Some(&id));
        })
    };
    let keys = {
        let end = end.clone();
        Callback::from(move |event: KeyboardEvent| on_key(&event, &end, &begun))
    };
    let paste = {
        let worker = props.app.backend().worker.clone();
        Callback::from(move |event: Event| pasting::paste(&event, &worker))
    };
    let writing = now(props);
    let note_box = use_note_box(&props.app, &note, &writing, &typed, paste);
    let tags_box = use_tags_box(&tags, &props.known_tags, &typed);
    let (template, templates) = use_templates(&note);
    let toggle = {
        let preview = preview.clone();
        Callback::from(move |_: MouseEvent| preview.set(!*preview))
    };
    html! {
        <div class="editor" onkeydown={keys} ref={editor}>
            { note_box }
            { tags_box }
            { tags_to_be(&writing) }
            <div class="row">
                <button class="primary" onclick={end.reform(|_: MouseEvent| true)}>{ say!(buttons.save) }</button>
                <button class="quiet" onclick={end.reform(|_: MouseEvent| false)}>{ say!(buttons.cancel) }</button>
                { template }
                <button class="quiet push" aria-pressed={preview.to_string()} onclick={toggle}>{ say!(editor.preview) }</button>
            </div>
            { templates }
            // Below the buttons, which stay where they are.
            if *preview {
                { preview_of(props, &writing) }
            }
        </div>
    }
}

/// The writing as it is now, which may be later than what was drawn last.
fn now(props: &Props) -> Rc<Writing> {
    let now = props.app.session().writing.clone();
    now.filter(|now| now.base.id == props.writing.base.id)
        .unwrap_or_else(|| props.writing.clone())
}

fn preview_of(props: &Props, writing: &Writing) -> Html {
    let words = strings().editor;
    html! {
        <div class="preview" role="group" aria-label={words.preview}>
            if writing.note.trim().is_empty() {
                <p class="hint">{ words.nothing_to_preview }</p>
            } else {
                <NoteBody app={props.app.clone()} text={writing.note.clone()} id="told-preview" on_drawn={props.on_drawn.clone()} />
            }
        </div>
    }
}

/// Draws the tags as they will be saved, if they change: each in the form it will have.
fn tags_to_be(writing: &Writing) -> Html {
    let before = &writing.base.tags;
    let after = tags_after(before, &writing.tags);
    if after == *before {
        return Html::default();
    }
    let item = |tag: &String| match before.contains(tag) {
        true => html! { <li dir="auto">{ tag }</li> },
        false => {
            html! { <li class="new"><span class="said">{ say!(passage.added_words) }</span><ins dir="auto">{ tag }</ins></li> }
        }
    };
    let gone = before.iter().filter(|tag| !after.contains(tag));
    html! {
        <ul class="tags" role="list" aria-label={say!(editor.tags_after)}>
            { for after.iter().map(item) }
            { for gone.map(|tag| html! {
                <li class="gone-tag"><span class="said">{ say!(passage.removed_words) }</span><del dir="auto">{ tag }</del></li>
            }) }
        </ul>
    }
}

/// True if a key was pressed in the box of the tags, which has a single line.
fn in_tags(event: &KeyboardEvent) -> bool {
    let input = event.target_dyn_into::<HtmlInputElement>();
    input.is_some()
}

/// The box of the note, if a key was pressed in it.
fn area_of(event: &KeyboardEvent) -> Option<HtmlTextAreaElement> {
    event.target()?.dyn_into().ok()
}

/// Takes away the marks of a line that are typed although Enter has put them; true if it does.
fn take_again(area: &HtmlTextAreaElement, begun: &RefCell<Option<Begun>>) -> bool {
    let Some(last) = begun.take() else {
        return false;
    };
    typing::edit_at_caret(area, |text, caret| {
        match last.typed(text, caret) {
            Again::Typed(edit) => return Some(edit),
            Again::Open => drop(begun.replace(Some(last))),
            Again::Over => {}
        }
        None
    })
}

fn on_key(event: &KeyboardEvent, end: &Callback<bool>, begun: &RefCell<Option<Begun>>) {
    if is_composing(event) {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    let is_plain = !command && !event.alt_key();
    match event.key().as_str() {
        "Enter" if command || in_tags(event) => end.emit(true),
        "Escape" => end.emit(false),
        key @ ("Enter" | "Tab") if is_plain => {
            let shift = event.shift_key();
            let mut last = None;
            let done = area_of(event).is_some_and(|area| match key {
                "Tab" => typing::edit_at_caret(&area, |text, at| lists::shifted(text, at, !shift)),
                _ if shift => false,
                _ => typing::edit_at_caret(&area, |text, at| {
                    let edit = lists::entered(text, at)?;
                    last = Begun::by(&edit);
                    Some(edit)
                }),
            });
            begun.replace(last);
            if !done {
                return;
            }
        }
        key if command && !event.shift_key() && !event.alt_key() => {
            let markup = key::meant(key, &event.code()).and_then(Markup::of_key);
            let (Some(area), Some(markup)) = (area_of(event), markup) else {
                return;
            };
            typing::toggle(&area, markup);
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
