//! The bar: where one is, and the tools that are always at hand. The others are in its menu "More".

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::app::ports::Work;
use crate::browser::system::document;
use crate::model::history::History;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Command, Dialog, Menu, Pasted};
use crate::ui::say;

/// What the bar does apart from editing.
pub struct BarTargets<'a> {
    /// Returns a callback that shows a dialog.
    pub enter: &'a dyn Fn(Dialog) -> Callback<()>,
    /// The menu that is open, and what opens and closes menus.
    pub menu: &'a UseStateHandle<Option<Menu>>,
    /// The open menu, drawn.
    pub list: Html,
    pub search: Callback<()>,
    pub notes: Callback<()>,
}

/// Id of the file input behind the menu item "Import notes".
const IMPORT_INPUT: &str = "import-notes";

/// Asks for files with notes to import, for which everything is prepared meanwhile.
pub fn choose_notes_file(app: &AppHandle) {
    app.run(Work::Prepare);
    let input = document().get_element_by_id(IMPORT_INPUT);
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
        input.click();
    }
}

pub fn top_bar(
    app: &AppHandle,
    history: &History,
    title: &str,
    notes_shown: bool,
    targets: BarTargets<'_>,
) -> Html {
    let enter = |dialog: Dialog| (targets.enter)(dialog).reform(|_: MouseEvent| ());
    let undo = app.callback(|_: MouseEvent| Action::Undo);
    let redo = app.callback(|_: MouseEvent| Action::Redo);
    let notes_label = if notes_shown {
        say!(bar.hide_notes)
    } else {
        say!(bar.show_notes)
    };
    let take = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(files) = input.files() {
                // Of its own, since the list is emptied below.
                loading::send(&app, Command::ImportNotes(Array::from(&files)));
            }
            // Allows the same file to be chosen again.
            input.set_value("");
        })
    };
    let settings = say!(bar.reading_settings);
    html! {
        <>
            // Shown once the article's own title has scrolled away.
            <span class="where" aria-hidden="true" dir="auto">{ title.to_owned() }</span>
            { tool(say!(bar.open_article), "open", "wordy", enter(Dialog::Open(Pasted::default()))) }
            { tool(say!(bar.library), "library", "wordy", enter(Dialog::Library)) }
            { tool(say!(bar.search), "search", "roomy", targets.search.reform(|_: MouseEvent| ())) }
            { undoing(say!(bar.undo), "undo", history.to_undo().is_none(), undo) }
            { undoing(say!(bar.redo), "redo", history.to_redo().is_none(), redo) }
            { tool(notes_label, "notes", "", targets.notes.reform(|_: MouseEvent| ())) }
            <button class="tool" aria-label={settings} title={settings} onclick={enter(Dialog::ReadingSettings)}>
                <span class="aa" aria-hidden="true">{ "Aa" }</span>
            </button>
            { menu(say!(bar.export), "export", "wordy", Menu::Export, &targets) }
            { menu(say!(bar.more), "more", "", Menu::More, &targets) }
            <input id={IMPORT_INPUT} type="file" multiple=true hidden=true aria-label={say!(bar.import_notes)}
                accept=".json,.jsonld,.annotation,.ann,.csv,.tsv,.html,.zip" onchange={take} />
        </>
    }
}

/// A button with its name as words where there is much room, if its class is `wordy`.
fn tool(
    label: &'static str,
    icon: &'static str,
    class: &'static str,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button class={classes!("tool", class)} aria-label={label} title={label} {onclick}>{ face(label, icon) }</button>
    }
}

fn face(label: &'static str, icon: &'static str) -> Html {
    html! {
        <><span class="icon" data-icon={icon} aria-hidden="true"></span><span class="label">{ label }</span></>
    }
}

fn undoing(
    label: &'static str,
    icon: &'static str,
    is_idle: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button class={classes!("tool", icon)} aria-label={label} title={label} {onclick} aria-disabled={is_idle.then_some("true")}>
            { face(label, icon) }
        </button>
    }
}

/// A button with a menu.
fn menu(
    label: &'static str,
    icon: &'static str,
    class: &'static str,
    menu: Menu,
    targets: &BarTargets<'_>,
) -> Html {
    let (is_open, state) = (**targets.menu == Some(menu), targets.menu.clone());
    let toggle = Callback::from(move |_: MouseEvent| state.set((!is_open).then_some(menu)));
    html! {
        <div class="menu-anchor">
            <button class={classes!("tool", class)} aria-label={label} title={label} aria-haspopup="menu"
                aria-expanded={is_open.to_string()} onclick={toggle}>{ face(label, icon) }</button>
            if is_open {
                { targets.list.clone() }
            }
        </div>
    }
}
