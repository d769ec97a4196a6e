//! "Commands": everything that can be done, found by typing, each with its key.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::notes::{begin_picking, turn_full};
use super::{aloud, cursor, cursor_keys, export, keys, sharing, wholes};
use crate::app::navigation;
use crate::app::resolve;
use crate::browser::preferences;
use crate::browser::system::{
    NOTES, before_next_frame, document, find_within, folded, scroll_to, stamp,
};
use crate::model::cursor::{Step, Unit};
use crate::model::exchange::Format;
use crate::model::look::Theme;
use crate::model::session::Action;
use crate::ui::hooks::{AppHandle, KeyTargets, is_composing};
use crate::ui::loading::{Dialog, Pasted};
use crate::ui::shell::{DialogFrame, choose_notes_file};
use crate::ui::{say, strings};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub targets: KeyTargets,
    pub on_close: Callback<()>,
}

/// Something that can be done.
struct Entry {
    label: String,
    /// Its usual key; empty if it has none.
    key: &'static str,
    run: Callback<()>,
}

#[component]
pub fn Commands(props: &Props) -> Html {
    let query = use_state_eq(String::new);
    let at = use_state_eq(|| 0_usize);
    let entries = use_memo((), |()| entries(&props.app, &props.targets));
    let needle = folded(&query);
    let found: Vec<usize> = found(&entries, &needle);
    let at_now = (*at).min(found.len().saturating_sub(1));
    use_effect_with((at_now, found.len()), |_| {
        let option = document().query_selector("[role=option][aria-selected=true]");
        option
            .ok()
            .flatten()
            .iter()
            .for_each(|option| scroll_to(option, false));
    });
    let run = {
        let (entries, on_close) = (entries.clone(), props.on_close.clone());
        Callback::from(move |number: usize| {
            let run = entries[number].run.clone();
            on_close.emit(());
            // The dialog returns the focus first.
            before_next_frame(move || run.emit(()));
        })
    };
    let typed = {
        let (query, at) = (query.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value());
                at.set(0);
            }
        })
    };
    let by_key = {
        let (at, run, found) = (at.clone(), run.clone(), found.clone());
        Callback::from(move |event: KeyboardEvent| {
            if is_composing(&event) || found.is_empty() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => at.set((at_now + 1) % found.len()),
                "ArrowUp" => at.set((at_now + found.len() - 1) % found.len()),
                "Enter" => run.emit(found[at_now]),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let option = |(index, &number): (usize, &usize)| {
        let (entry, run) = (&entries[number], run.clone());
        let is_at = index == at_now;
        html! {
            <li id={format!("command-{number}")} role="option" aria-selected={is_at.to_string()}
                onclick={Callback::from(move |_: MouseEvent| run.emit(number))}>
                <span>{ &entry.label }</span>
                if let Some(key) = keys::shown(entry.key) {
                    <kbd>{ key }</kbd>
                }
            </li>
        }
    };
    let words = strings().commands;
    html! {
        <DialogFrame label={words.label} class="commands" on_close={props.on_close.clone()}>
            <input type="text" role="combobox" autocomplete="off" spellcheck="false" aria-label={words.command}
                placeholder={words.hint} aria-expanded="true" aria-controls="command-list" aria-autocomplete="list"
                aria-activedescendant={found.get(at_now).map(|number| format!("command-{number}"))}
                value={(*query).clone()} oninput={typed} onkeydown={by_key} autofocus=true />
            <ul id="command-list" role="listbox" aria-label={words.label}>{ for found.iter().enumerate().map(option) }</ul>
            if found.is_empty() {
                <p class="hint" role="status">{ words.none }</p>
            }
        </DialogFrame>
    }
}

/// The numbers of the commands that have every word of a folded needle; those that begin with it come
/// first.
fn found(entries: &[Entry], needle: &str) -> Vec<usize> {
    let mut found: Vec<(bool, usize)> = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let label = folded(&entry.label);
        if needle.split_whitespace().all(|word| label.contains(word)) {
            found.push((!label.starts_with(needle), number));
        }
    }
    found.sort();
    found.into_iter().map(|(_, number)| number).collect()
}

/// Everything that can be done now.
fn entries(app: &AppHandle, targets: &KeyTargets) -> Vec<Entry> {
    let bar = strings().bar;
    let entry = |label: &str, key: &'static str, run: Callback<()>| Entry {
        label: label.to_owned(),
        key,
        run,
    };
    let dialog = |dialog: Dialog| {
        let enter = targets.enter.clone();
        Callback::from(move |()| enter.emit(dialog.clone()))
    };
    let with = |run: fn(&AppHandle)| {
        let app = app.clone();
        Callback::from(move |()| run(&app))
    };
    let words = strings().commands;
    let mut entries = of_selection(app);
    if let Some((whole, range)) = wholes::around(app) {
        let app = app.clone();
        let select = move |()| app.page().iter().for_each(|page| page.select(range));
        let label = say!(selection.whole)(whole);
        entries.push(entry(label, "w", Callback::from(select)));
    }
    entries.extend([
        entry(
            bar.open_article,
            "",
            dialog(Dialog::Open(Pasted::default())),
        ),
        entry(bar.library, "l", dialog(Dialog::Library)),
        entry(
            say!(all_notes.label),
            "",
            dialog(Dialog::AllNotes("".into())),
        ),
        entry(bar.contents, "c", dialog(Dialog::Contents)),
        entry(say!(notes.search), "/", targets.search.clone()),
        entry(
            words.next_note,
            "j",
            with(|app| super::notes::step(app, true)),
        ),
        entry(
            words.previous_note,
            "k",
            with(|app| super::notes::step(app, false)),
        ),
        entry(
            bar.undo,
            "Ctrl Z",
            with(|app| navigation::go_through_history(app, Action::Undo)),
        ),
        entry(
            bar.redo,
            "Ctrl Shift Z",
            with(|app| navigation::go_through_history(app, Action::Redo)),
        ),
        entry(
            words.write_whole,
            "",
            with(|app| resolve::add_whole_note(app, stamp())),
        ),
        entry(say!(picked.begin), "", with(begin_picking)),
        entry(words.toggle_notes, "t", targets.toggle_notes.clone()),
        entry(
            words.toggle_highlights,
            "Ctrl Shift H",
            targets.toggle_highlights.clone(),
        ),
    ]);
    if find_within(NOTES, "aside[data-covers]").is_some() {
        entries.push(entry(
            words.full_sheet,
            "",
            Callback::from(|()| turn_full()),
        ));
    }
    let line_ends = preferences::line_ends();
    let turn_lines = match line_ends {
        true => say!(look.no_line_ends),
        false => say!(look.line_ends),
    };
    entries.extend([
        entry(bar.reading_settings, "", dialog(Dialog::ReadingSettings)),
        entry(
            turn_lines,
            "",
            Callback::from(move |()| preferences::set_line_ends(!line_ends)),
        ),
        entry(say!(selection.name_colours), "", dialog(Dialog::Colours)),
        entry(bar.import_notes, "", with(choose_notes_file)),
    ]);
    for format in Format::ALL {
        let app = app.clone();
        let export = Callback::from(move |()| export::at_once(&app, format));
        entries.push(entry(
            &format!("{}: {}", bar.export, (bar.format)(format)),
            "",
            export,
        ));
    }
    for (label, copy) in sharing::links(app) {
        entries.push(entry(label, "", with(copy)));
    }
    entries.extend(of_cursor(app));
    entries.extend([
        entry(say!(export.label), "", dialog(Dialog::Export)),
        entry(say!(sharing.label), "", dialog(Dialog::Sharing)),
        entry(say!(markdown.label), "", dialog(Dialog::MarkdownTemplate)),
        entry(say!(print.label), "Ctrl P", dialog(Dialog::Print)),
        entry(say!(tags.label), "", dialog(Dialog::Tags)),
        entry(bar.your_notes, "", dialog(Dialog::YourNotes)),
        entry(bar.keys, "?", dialog(Dialog::Keys)),
    ]);
    for theme in Theme::ALL {
        let label = format!("{}: {}", say!(look.theme), say!(look.named_theme)(theme));
        let choose = Callback::from(move |()| preferences::choose_theme(theme));
        entries.push(entry(&label, "", choose));
    }
    entries
}

/// What can be done with the selected passage and with the chosen note.
fn of_selection(app: &AppHandle) -> Vec<Entry> {
    let session = app.session();
    // Typing in the dialog takes the page's selection away.
    let selected = session.selection.clone();
    let entry = |label: &str, key: &'static str, action: Rc<dyn Fn() -> Action>| {
        let (app, selected) = (app.clone(), selected.clone());
        Entry {
            label: label.to_owned(),
            key,
            run: Callback::from(move |()| {
                if let Some(selected) = &selected {
                    let ranges = selected.all().iter().map(|passage| passage.range());
                    app.send(Action::SelectSeveral {
                        ranges: ranges.collect(),
                    });
                }
                app.send(action());
            }),
        }
    };
    let mut entries = Vec::new();
    if session.selection.is_some() {
        let highlight = || Action::Highlight {
            colour: None,
            stamp: stamp(),
        };
        let add = || Action::AddNote { stamp: stamp() };
        entries.push(entry(say!(selection.highlight), "h", Rc::new(highlight)));
        entries.push(entry(say!(selection.add_note), "a", Rc::new(add)));
    }
    if let Some(id) = session.chosen.clone() {
        let (written, removed) = (id.clone(), id);
        let write = move || Action::Write {
            id: written.clone(),
        };
        let remove = move || Action::Remove {
            id: removed.clone(),
        };
        entries.push(entry(say!(commands.write_note), "Enter", Rc::new(write)));
        entries.push(entry(say!(commands.remove_note), "Delete", Rc::new(remove)));
    }
    entries
}

/// What moves the reading cursor, and what can be done where it is.
fn of_cursor(app: &AppHandle) -> Vec<Entry> {
    let words = strings().cursor;
    let entry = |label: &'static str, key: &'static str, run: Rc<dyn Fn(&AppHandle)>| {
        let app = app.clone();
        Entry {
            label: label.to_owned(),
            key,
            run: Callback::from(move |()| run(&app)),
        }
    };
    let step = |label: &'static str, key: &'static str, unit: Unit, forward: bool| {
        let step = Step {
            unit,
            forward,
            extends: false,
        };
        entry(label, key, Rc::new(move |app| cursor_keys::go(app, step)))
    };
    let mut entries = Vec::new();
    if cursor::is_active(app) {
        let highlight = |app: &AppHandle| cursor_keys::highlight(app, None);
        entries.push(entry(words.highlight, "h", Rc::new(highlight)));
        entries.push(entry(words.add_note, "a", Rc::new(cursor_keys::write)));
    }
    entries.extend([
        step(words.next_sentence, "→", Unit::Sentence, true),
        step(words.previous_sentence, "←", Unit::Sentence, false),
        step(words.next_paragraph, "↓", Unit::Paragraph, true),
        step(words.previous_paragraph, "↑", Unit::Paragraph, false),
        step(words.next_heading, "Ctrl ↓", Unit::Heading, true),
        step(words.previous_heading, "Ctrl ↑", Unit::Heading, false),
    ]);
    let toggle = match aloud::is_on() {
        true if aloud::is_speaking() => words.rest,
        true => words.go_on,
        false => words.read_aloud,
    };
    entries.push(entry(toggle, "r", Rc::new(aloud::toggle)));
    if aloud::is_on() {
        entries.push(entry(
            words.stop,
            "Esc",
            Rc::new(|_| {
                aloud::stop();
            }),
        ));
    }
    entries
}
