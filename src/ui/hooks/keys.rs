//! The keyboard shortcuts, as the dialog "Keys" lists them.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::events::Listener;
use super::selection::follow;
use super::{AppHandle, is_composing, is_typing, use_window_event};
use crate::app::navigation;
use crate::browser::system::{DIALOGS, find_within, stamp};
use crate::browser::{preferences, selection};
use crate::model::annotation::Colour;
use crate::model::key;
use crate::model::session::Action;
use crate::ui::loading::{self, Command, Dialog};

/// What keys do apart from editing.
#[derive(Clone, PartialEq)]
pub struct KeyTargets {
    /// Shows a dialog.
    pub enter: Callback<Dialog>,
    /// Shows or hides the notes.
    pub toggle_notes: Callback<()>,
    /// Shows the notes' search box.
    pub search: Callback<()>,
    /// Shows or hides the highlights.
    pub toggle_highlights: Callback<()>,
}

/// Listens for keys on the whole page.
#[hook]
pub fn use_keys(app: &AppHandle, targets: &KeyTargets) {
    let (app, targets) = (app.clone(), targets.clone());
    let listener: Listener = Rc::new(move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let in_dialog = find_within(DIALOGS, "dialog[open]").is_some();
        if event.default_prevented() || is_composing(event) || in_dialog {
            return;
        }
        // On Windows AltGr, which types brackets in many layouts, is reported as Ctrl and Alt.
        let command = event.meta_key() || (event.ctrl_key() && !event.alt_key());
        let handled = match (command, is_typing(event)) {
            (_, false) if moves_cursor(&app, event) => true,
            (true, typing) => with_command(&app, &targets, event, typing),
            (false, false) => plain(&app, &targets, event),
            (false, true) => false,
        };
        if handled {
            event.prevent_default();
        }
    });
    use_window_event("keydown", listener);
}

/// Hands a key to the ends of the chosen passage or to the reading cursor, which the lazy part moves;
/// while that is still to be loaded, an arrow that places the cursor waits for it.
fn moves_cursor(app: &AppHandle, event: &KeyboardEvent) -> bool {
    loading::press(app, event).unwrap_or_else(|| {
        let key = event.key();
        let is_aside = key == "ArrowLeft" || key == "ArrowRight";
        let begins = key.starts_with("Arrow")
            && !(event.shift_key() || event.alt_key() || event.meta_key())
            && (in_article(event) || (is_aside != event.ctrl_key() && !on_control(event)));
        if begins {
            loading::send(app, Command::Press(event.clone()));
        }
        begins
    })
}

fn with_command(
    app: &AppHandle,
    targets: &KeyTargets,
    event: &KeyboardEvent,
    typing: bool,
) -> bool {
    let (key, shift) = (event.key(), event.shift_key());
    if shift && matches!(&*key, "ArrowLeft" | "ArrowRight") && in_article(event) {
        select(event, "extend", "word");
        return true;
    }
    match (key::meant(&key, &event.code()), shift) {
        // While typing, these keys mean the browser's own undo.
        (Some('z'), false) if !typing => navigation::go_through_history(app, Action::Undo),
        (Some('z'), true) if !typing => navigation::go_through_history(app, Action::Redo),
        (Some('y'), false) if !typing => navigation::go_through_history(app, Action::Redo),
        (Some('h'), true) => targets.toggle_highlights.emit(()),
        (Some('k'), false) if !typing => targets.enter.emit(Dialog::Commands(targets.clone())),
        _ => return false,
    }
    true
}

fn plain(app: &AppHandle, targets: &KeyTargets, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let shift = event.shift_key();
    match key.as_str() {
        "Escape" => return escape(app),
        "ArrowLeft" | "ArrowRight" if shift && in_article(event) => {
            place_caret(app);
            select(event, "extend", "character");
        }
        "ArrowUp" | "ArrowDown" if shift && in_article(event) => {
            place_caret(app);
            select(event, "extend", "line");
        }
        "Delete" | "Enter" if !on_control(event) => return act_on_chosen(app, &key),
        _ => {
            let Some(pressed) = key::meant(&key, &event.code()) else {
                return false;
            };
            let Some(letter) = key::own(&preferences::own_keys(), pressed) else {
                return false;
            };
            let bracket = matches!(letter, '[' | ']');
            if (event.alt_key() && !bracket) || !preferences::letter_keys() {
                return false;
            }
            // What is typed while the editor is still loading is no command.
            if app.session().writing.is_some() && !loading::is_here() {
                return false;
            }
            follow(app);
            return match letter {
                'y' | 'x' | '[' | ']' if !shift || bracket => resolve(app, letter),
                'a' if shift => resolve(app, 'A'),
                // Symbols and digits need Shift on some keyboards; letters mean nothing with it.
                _ if shift && pressed.is_ascii_alphabetic() => false,
                _ => letter_key(app, targets, letter),
            };
        }
    }
    true
}

/// Resolves the chosen note; false if none is chosen.
fn resolve(app: &AppHandle, key: char) -> bool {
    let is_chosen = app.session().chosen.is_some();
    if is_chosen {
        loading::send(app, Command::Resolve(key));
    }
    is_chosen
}

fn letter_key(app: &AppHandle, targets: &KeyTargets, letter: char) -> bool {
    let selected = app.session().selection.is_some();
    match letter {
        'h' if selected => app.send(Action::Highlight {
            colour: None,
            stamp: stamp(),
        }),
        'a' | 'n' if selected => app.send(Action::AddNote { stamp: stamp() }),
        'a' | 'n' => return act_on_chosen(app, "Enter"),
        '1'..='8' => return colour_key(app, letter),
        'j' | 'k' => loading::send(app, Command::Step(letter == 'j')),
        '/' => targets.search.emit(()),
        '?' => targets.enter.emit(Dialog::Keys),
        't' => targets.toggle_notes.emit(()),
        'c' => targets.enter.emit(Dialog::Contents),
        'l' => targets.enter.emit(Dialog::Library),
        'r' => loading::send(app, Command::ReadAloud),
        'w' => loading::send(app, Command::SelectWhole),
        _ => return false,
    }
    true
}

fn colour_key(app: &AppHandle, digit: char) -> bool {
    let number = digit.to_digit(10).unwrap_or(0) as usize;
    let Some(&colour) = Colour::ALL.get(number.wrapping_sub(1)) else {
        return false;
    };
    let session = app.session();
    let stamp = stamp();
    match &session.chosen {
        _ if session.selection.is_some() => {
            app.send(Action::Highlight {
                colour: Some(colour),
                stamp,
            });
        }
        Some(id) => app.send(Action::Recolour {
            id: id.clone(),
            colour,
            at: stamp.at,
        }),
        None => return false,
    }
    true
}

fn act_on_chosen(app: &AppHandle, key: &str) -> bool {
    let Some(id) = app.session().chosen.clone() else {
        return false;
    };
    match key {
        "Delete" => navigation::remove(app, &id),
        _ => app.send(Action::Write { id }),
    }
    true
}

fn escape(app: &AppHandle) -> bool {
    let session = app.session();
    if session.selection.is_some() {
        selection::clear();
        app.send(Action::Select { range: None });
    } else if session.chosen.is_some() {
        app.send(Action::Choose { id: None });
    } else {
        return false;
    }
    true
}

/// True if the key was pressed on a control that uses keys itself.
fn on_control(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        element
            .matches("button, a, summary, [role=menuitem]")
            .unwrap_or(false)
    })
}

fn in_article(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        element
            .closest("article")
            .is_ok_and(|found| found.is_some())
    })
}

fn direction(event: &KeyboardEvent) -> &'static str {
    match event.key().as_str() {
        "ArrowLeft" => "left",
        "ArrowRight" => "right",
        "ArrowUp" => "backward",
        _ => "forward",
    }
}

fn select(event: &KeyboardEvent, alter: &str, granularity: &str) {
    selection::modify(alter, direction(event), granularity);
}

/// Puts the caret at the first visible line if there is none in the article yet.
fn place_caret(app: &AppHandle) {
    if let Some(page) = app.page()
        && !selection::is_in(page.root())
    {
        page.place_caret(page.first_visible());
    }
}
