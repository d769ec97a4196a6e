//! The bar at the top: open, undo and redo, export and import of notes, theme, keys.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::export_menu::ExportMenu;
use super::theme_choice::theme_choice;
use crate::app::ports::Work;
use crate::browser::system::document;
use crate::model::history::History;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Command, Dialog, Pasted};
use crate::ui::strings;

/// What the bar does apart from editing.
pub struct BarTargets<'a> {
    /// Returns a callback that shows a dialog.
    pub enter: &'a dyn Fn(Dialog) -> Callback<()>,
    /// True if the article has enough headings for "Contents".
    pub has_contents: bool,
    pub notes: Callback<()>,
}

pub fn top_bar(
    app: &AppHandle,
    history: &History,
    notes_shown: bool,
    targets: BarTargets<'_>,
) -> Html {
    let enter = |dialog: Dialog| (targets.enter)(dialog).reform(|_: MouseEvent| ());
    let undo = app.callback(|_: MouseEvent| Action::Undo);
    let redo = app.callback(|_: MouseEvent| Action::Redo);
    let notes_label = if notes_shown {
        strings().bar.hide_notes
    } else {
        strings().bar.show_notes
    };
    html! {
        <>
            { tool(strings().bar.open_article, "open", false, enter(Dialog::Open(Pasted::default()))) }
            { tool(strings().bar.library, "library", false, enter(Dialog::Library)) }
            // Always one node: otherwise the buttons before it would change places, and the
            // focus with them.
            { if targets.has_contents { tool(strings().bar.contents, "contents", false, enter(Dialog::Contents)) } else { Html::default() } }
            <span class="gap"></span>
            { tool(strings().bar.undo, "undo", history.to_undo().is_none(), undo) }
            { tool(strings().bar.redo, "redo", history.to_redo().is_none(), redo) }
            <span class="gap"></span>
            { import_notes(app) }
            <ExportMenu app={app.clone()} />
            { tool(strings().bar.your_notes, "storage", false, enter(Dialog::YourNotes)) }
            <span class="gap wide-only"></span>
            <span class="wide-only">
                { tool(notes_label, "notes", false, targets.notes.reform(|_: MouseEvent| ())) }
            </span>
            { theme_choice() }
            { tool(strings().bar.keys, "keys", false, enter(Dialog::Keys)) }
        </>
    }
}

fn tool(
    label: &'static str,
    icon: &'static str,
    disabled: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button class="tool" aria-label={label} title={label} {onclick} aria-disabled={disabled.then_some("true")}>
            <span class="icon" data-icon={icon} aria-hidden="true"></span><span class="label">{ label }</span>
        </button>
    }
}

/// Id of the file input behind the button "Import notes".
const IMPORT_INPUT: &str = "import-notes";

fn import_notes(app: &AppHandle) -> Html {
    let there = app.clone();
    let choose = Callback::from(move |_: MouseEvent| {
        there.run(Work::Prepare);
        let input = document().get_element_by_id(IMPORT_INPUT);
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.click();
        }
    });
    let take = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                loading::send(&app, Command::ImportNotes(file));
            }
            // Allows the same file to be chosen again.
            input.set_value("");
        })
    };
    html! {
        <>
            { tool(strings().bar.import_notes, "import", false, choose) }
            <input id={IMPORT_INPUT} type="file" hidden=true aria-label={strings().bar.import_notes}
                accept=".json,.jsonld,.annotation,application/json,application/ld+json" onchange={take} />
        </>
    }
}
