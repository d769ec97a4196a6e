//! The menus of the bar: "Export", and "More" with what has no button of its own.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::aloud;
use super::export;
use super::notes::{begin_picking, shown};
use super::platform::platform;
use super::sharing;
use crate::app::exporting::export_these;
use crate::app::{library_file, resolve};
use crate::browser::elements::matching;
use crate::browser::system::{document, focus, stamp};
use crate::model::exchange::Format;
use crate::model::headings::{LEAST, headings};

use crate::ui::hooks::AppHandle;
use crate::ui::loading::{Dialog, Menu, MenuTargets, Pasted};
use crate::ui::notes::is_searching;
use crate::ui::shell::choose_notes_file;
use crate::ui::{say, strings};

/// Around a menu's button and the menu.
const AROUND: &str = ".menu-anchor";

/// Draws a menu.
pub fn draw(app: &AppHandle, menu: Menu, targets: &MenuTargets) -> Html {
    // Another menu is another element, so that its first item gets the focus.
    html! { <MenuList key={format!("{menu:?}")} app={app.clone()} {menu} targets={targets.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct Props {
    app: AppHandle,
    menu: Menu,
    targets: MenuTargets,
}

#[component]
fn MenuList(props: &Props) -> Html {
    let node = use_node_ref();
    let only = use_state_eq(|| false);
    let turn = props.targets.turn.clone();
    use_effect_with((), {
        let (node, turn) = (node.clone(), turn.clone());
        move |()| {
            if let Some(first) = node
                .cast::<Element>()
                .and_then(|menu| items(&menu).into_iter().next())
            {
                focus(&first);
            }
            // A press elsewhere closes the menu; one on its button does so itself.
            let listener = EventListener::new(&document(), "pointerdown", move |event| {
                let target = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok());
                let around = target.and_then(|target| target.closest(AROUND).ok().flatten());
                let own = node
                    .cast::<Element>()
                    .and_then(|menu| menu.closest(AROUND).ok().flatten());
                if around.is_none() || around != own {
                    turn.emit(None);
                }
            });
            move || drop(listener)
        }
    });
    let leave = {
        let (node, turn) = (node.clone(), turn.clone());
        Callback::from(move |()| {
            node.cast::<Element>().iter().for_each(focus_button);
            turn.emit(None);
        })
    };
    let keys = {
        let (node, leave) = (node.clone(), leave.clone());
        Callback::from(move |event: KeyboardEvent| {
            // Keys of the APG's menu button: <https://www.w3.org/WAI/ARIA/apg/patterns/menubar/>.
            if let Some(item) = node
                .cast::<Element>()
                .and_then(|menu| item_by_key(&menu, &event.key()))
            {
                focus(&item);
                event.prevent_default();
            }
            match event.key().as_str() {
                "Escape" => {
                    event.prevent_default();
                    leave.emit(());
                }
                "Tab" => leave.emit(()),
                _ => {}
            }
        })
    };
    let label = match props.menu {
        Menu::Export => say!(bar.export),
        Menu::More => say!(bar.more),
    };
    html! {
        <div class="menu" role="menu" aria-label={label} ref={node} onkeydown={keys}>
            { match props.menu {
                Menu::Export => formats(props, &leave, &only),
                Menu::More => tools(props, &leave),
            } }
        </div>
    }
}

fn formats(props: &Props, leave: &Callback<()>, only: &UseStateHandle<bool>) -> Html {
    let item = |format: Format| {
        let (app, leave, only) = (props.app.clone(), leave.clone(), **only);
        let export = Callback::from(move |_: MouseEvent| {
            leave.emit(());
            match only {
                true => export_shown(&app, format),
                false => export::at_once(&app, format),
            }
        });
        html! { <button role="menuitem" onclick={export}>{ say!(bar.format)(format) }</button> }
    };
    let dialog = |label: &'static str, dialog: Dialog| {
        let (enter, leave) = (props.targets.enter.clone(), leave.clone());
        let show = Callback::from(move |_: MouseEvent| {
            leave.emit(());
            enter.emit(dialog.clone());
        });
        html! { <button role="menuitem" onclick={show}>{ label }</button> }
    };
    let link = |(label, copy): (&'static str, fn(&AppHandle))| {
        let (app, leave) = (props.app.clone(), leave.clone());
        let copy = Callback::from(move |_: MouseEvent| {
            leave.emit(());
            copy(&app);
        });
        html! { <button role="menuitem" onclick={copy}>{ label }</button> }
    };
    let whole = {
        let (app, leave) = (props.app.clone(), leave.clone());
        Callback::from(move |_: MouseEvent| {
            leave.emit(());
            library_file::export(&app, platform(app.backend()));
        })
    };
    let session = props.app.session();
    let toggle = {
        let only = only.clone();
        Callback::from(move |_: MouseEvent| only.set(!*only))
    };
    html! {
        <>
            { for Format::ALL.into_iter().map(item) }
            <button role="menuitem" onclick={whole}>{ say!(library_file.label) }</button>
            { dialog(say!(export.label), Dialog::Export) }
            { for sharing::links(&props.app).into_iter().map(link) }
            { dialog(say!(sharing.label), Dialog::Sharing) }
            { dialog(say!(markdown.label), Dialog::MarkdownTemplate) }
            if is_searching(&session) {
                <button role="menuitemcheckbox" aria-checked={only.to_string()} onclick={toggle}>{ say!(filters.only_shown)(shown(&session).len()) }</button>
            }
            { dialog(say!(print.label), Dialog::Print) }
        </>
    }
}

/// Exports the notes that a search shows.
fn export_shown(app: &AppHandle, format: Format) {
    let notes = shown(&app.session());
    export_these(app, platform(app.backend()), format, notes);
}

/// The items of "More". Those of the class `elsewhere` have buttons of their own where there is
/// room.
fn tools(props: &Props, leave: &Callback<()>) -> Html {
    let article = props.app.session().article.clone();
    let has_contents = article.is_some_and(|article| headings(&article).len() >= LEAST);
    let dialog = |label: &'static str, icon: &'static str, dialog: Dialog| {
        let (enter, leave) = (props.targets.enter.clone(), leave.clone());
        item(label, icon, false, move || {
            leave.emit(());
            enter.emit(dialog.clone());
        })
    };
    let import = {
        let (app, leave) = (props.app.clone(), leave.clone());
        move || {
            leave.emit(());
            choose_notes_file(&app);
        }
    };
    let pick = {
        let (app, leave) = (props.app.clone(), leave.clone());
        move || {
            leave.emit(());
            begin_picking(&app);
        }
    };
    let whole = {
        let (app, leave) = (props.app.clone(), leave.clone());
        move || {
            leave.emit(());
            resolve::add_whole_note(&app, stamp());
        }
    };
    let export = {
        let turn = props.targets.turn.clone();
        move || turn.emit(Some(Menu::Export))
    };
    let bar = strings().bar;
    html! {
        <>
            if has_contents {
                { dialog(bar.contents, "contents", Dialog::Contents) }
            }
            <span class="elsewhere">
                { dialog(bar.open_article, "open", Dialog::Open(Pasted::default())) }
                { dialog(bar.library, "library", Dialog::Library) }
            </span>
            { dialog(say!(all_notes.label), "all-notes", Dialog::AllNotes("".into())) }
            { item(bar.import_notes, "import", false, import) }
            <span class="elsewhere">{ item(bar.export, "export", true, export) }</span>
            if !props.app.session().placements.is_empty() {
                { item(say!(picked.begin), "pick", false, pick) }
            }
            { item(say!(commands.write_whole), "whole-note", false, whole) }
            { for listening(props, leave) }
            { dialog(say!(tags.label), "tags", Dialog::Tags) }
            { dialog(bar.your_notes, "storage", Dialog::YourNotes) }
            { dialog(bar.keys, "keys", Dialog::Keys) }
        </>
    }
}

/// What begins, rests and ends reading aloud.
fn listening(props: &Props, leave: &Callback<()>) -> Vec<Html> {
    let words = strings().cursor;
    let entry = |label: &'static str, icon: &'static str, run: fn(&AppHandle)| {
        let (app, leave) = (props.app.clone(), leave.clone());
        item(label, icon, false, move || {
            leave.emit(());
            run(&app);
        })
    };
    let toggle = match (aloud::is_on(), aloud::is_speaking()) {
        (true, true) => entry(words.rest, "aloud", aloud::toggle),
        (true, false) => entry(words.go_on, "aloud", aloud::toggle),
        (false, _) => entry(words.read_aloud, "aloud", aloud::toggle),
    };
    let stop = aloud::is_on().then(|| {
        entry(words.stop, "stop", |_| {
            aloud::stop();
        })
    });
    [toggle].into_iter().chain(stop).collect()
}

fn item(label: &'static str, icon: &'static str, has_more: bool, run: impl Fn() + 'static) -> Html {
    let run = Callback::from(move |_: MouseEvent| run());
    html! {
        <button role="menuitem" aria-haspopup={has_more.then_some("menu")} onclick={run}>
            <span class="icon" data-icon={icon} aria-hidden="true"></span>{ label }
        </button>
    }
}

/// The items that are shown.
fn items(menu: &Element) -> Vec<Element> {
    let mut items = matching(menu, "[role^=menuitem]");
    items.retain(|item| item.get_client_rects().length() > 0);
    items
}

/// Focuses the button of a menu, or another one of the bar if that is not shown.
fn focus_button(menu: &Element) {
    let around = menu.closest(AROUND).ok().flatten();
    let own = around
        .into_iter()
        .flat_map(|around| matching(&around, "[aria-haspopup]"));
    let bar = menu.closest(".bar").ok().flatten();
    let others = bar
        .into_iter()
        .flat_map(|bar| matching(&bar, "[aria-haspopup]"));
    let mut shown = own
        .chain(others)
        .filter(|button| button.get_client_rects().length() > 0);
    shown.next().iter().for_each(focus);
}

/// Returns the item to which a key moves the focus: arrows, the ends, or the first letter of its
/// name.
fn item_by_key(menu: &Element, key: &str) -> Option<Element> {
    let items = items(menu);
    let focused = document().active_element();
    let at = items
        .iter()
        .position(|item| Some(item) == focused.as_ref())?;
    let to = match key {
        "ArrowDown" => (at + 1) % items.len(),
        "ArrowUp" => (at + items.len() - 1) % items.len(),
        "Home" => 0,
        "End" => items.len() - 1,
        _ if key.chars().count() == 1 => by_letter(&items, at, key)?,
        _ => return None,
    };
    items.get(to).cloned()
}

/// The next item, in turn, whose name begins with a letter.
fn by_letter(items: &[Element], at: usize, letter: &str) -> Option<usize> {
    let letter = letter.to_lowercase();
    let mut others = (1..=items.len()).map(|step| (at + step) % items.len());
    others.find(|&other| {
        let name = items[other].text_content().unwrap_or_default();
        name.trim().to_lowercase().starts_with(&letter)
    })
}
