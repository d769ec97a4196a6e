//! The bar at the top: open, undo and redo, notes in and out, theme, keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::export_menu::ExportMenu;
use super::theme_choice::ThemeChoice;
use crate::model::session::Action;
use crate::ui::hooks::Desk;
use crate::ui::{errands, words};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub can_undo: bool,
    pub can_redo: bool,
    pub notes: usize,
    pub notes_shown: bool,
    pub on_open: Callback<()>,
    pub on_keys: Callback<()>,
    pub on_notes: Callback<()>,
}

#[component]
pub fn TopBar(props: &Props) -> Html {
    let undo = props.desk.callback(|_: MouseEvent| Action::Undo);
    let redo = props.desk.callback(|_: MouseEvent| Action::Redo);
    let notes_label = if props.notes_shown { words::HIDE_NOTES } else { words::SHOW_NOTES };
    html! {
        <header class="bar" aria-label={words::TOOLS}>
            <span class="brand" aria-hidden="true">{ words::APP }</span>
            { tool(words::OPEN_ARTICLE, "open", false, props.on_open.reform(|_: MouseEvent| ())) }
            <span class="gap"></span>
            { tool(words::UNDO, "undo", !props.can_undo, undo) }
            { tool(words::REDO, "redo", !props.can_redo, redo) }
            <span class="gap"></span>
            <ImportNotes desk={props.desk.clone()} />
            <ExportMenu desk={props.desk.clone()} />
            <span class="gap wide-only"></span>
            <span class="wide-only">
                { tool(notes_label, "notes", false, props.on_notes.reform(|_: MouseEvent| ())) }
            </span>
            <ThemeChoice />
            { tool(words::KEYS, "keys", false, props.on_keys.reform(|_: MouseEvent| ())) }
        </header>
    }
}

fn tool(label: &'static str, icon: &'static str, disabled: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button class="tool" aria-label={label} title={label} {onclick} aria-disabled={disabled.then_some("true")}>
            <span class="icon" data-icon={icon} aria-hidden="true"></span><span class="label">{ label }</span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct ImportProps {
    desk: Desk,
}

#[component]
fn ImportNotes(props: &ImportProps) -> Html {
    let input = use_node_ref();
    let choose = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let take = {
        let desk = props.desk.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                errands::import_notes(&desk, file);
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    html! {
        <>
            { tool(words::IMPORT_NOTES, "import", false, choose) }
            <input ref={input} type="file" hidden=true aria-label={words::IMPORT_NOTES}
                accept=".json,.jsonld,application/json,application/ld+json" onchange={take} />
        </>
    }
}
