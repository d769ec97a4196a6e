//! The reader's preferences: how the article and the notes look, single-letter keys, whole words.

use super::system::{root, window};
use super::{js, local};
use crate::model::colour_names::ColourNames;
use crate::model::look::{Look, Theme};

/// Name of the theme setting; `static/theme.js` reads it before the first frame.
const THEME: &str = "theme";
/// Name of the setting that holds the rest of the look; `static/theme.js` reads it too.
const LOOK: &str = "look";
/// Name of the setting with the language of the interface; `static/theme.js` reads it too.
const LANGUAGE: &str = "language";
/// Name of the setting that says what is printed.
const PRINTED: &str = "print";
/// Name of the setting with the reader's own keys.
const KEYS: &str = "keys";
/// Name of the setting with the names of the colours.
const COLOUR_NAMES: &str = "colours";
/// Name of the setting with the templates of notes.
const TEMPLATES: &str = "templates";
/// Name of the setting with the template of exported Markdown.
const MARKDOWN: &str = "markdown";
/// The event on which `static/theme.js` applies what is stored.
const APPLY: &str = "storage";

/// Returns the theme in use, as applied before the first frame.
pub fn theme() -> Theme {
    Theme::from_name(&stored(THEME).unwrap_or_default())
}

/// Applies a theme in every tab, and stores the choice if possible.
pub fn choose_theme(theme: Theme) {
    store(THEME, theme.name());
    if let Some(root) = root() {
        let _ = root.set_attribute("data-theme", theme.name());
    }
}

/// Returns the look in use.
pub fn look() -> Look {
    Look::from_text(&stored(LOOK).unwrap_or_default())
}

/// Applies a look in every tab, and stores the choice if possible.
pub fn choose_look(look: &Look) {
    store(LOOK, &look.to_text());
    announce();
}

/// Returns the tag of the language that the reader has chosen; empty if it is the browser's.
pub fn language() -> String {
    stored(LANGUAGE).unwrap_or_default()
}

/// Stores the tag of a language, or an empty one, for the next time that the page is loaded.
pub fn choose_language(tag: &str) {
    store(LANGUAGE, tag);
}

/// Returns the tags of the languages that the reader wants, the most wanted first: the chosen one,
/// then those of the browser.
pub fn wanted_languages() -> Vec<String> {
    let browsers = js::texts(&window().navigator().languages());
    std::iter::once(language()).chain(browsers).collect()
}

/// Returns the name of what is printed; empty if the reader has not chosen.
pub fn printed() -> String {
    stored(PRINTED).unwrap_or_default()
}

/// Stores what is printed from now on.
pub fn choose_printed(parts: &str) {
    store(PRINTED, parts);
}

/// Returns what the colours mean to the reader.
pub fn colour_names() -> ColourNames {
    ColourNames::from_text(stored(COLOUR_NAMES).unwrap_or_default())
}

/// Gives the colours these names, in every tab.
pub fn name_colours(names: &ColourNames) {
    store(COLOUR_NAMES, &names.to_text());
    announce();
}

/// Returns the reader's templates as they are stored; `None` if the reader has changed none.
pub fn templates() -> Option<String> {
    stored(TEMPLATES)
}

/// Stores the reader's templates.
pub fn keep_templates(templates: &str) {
    store(TEMPLATES, templates);
}

/// Returns the reader's template of exported Markdown; `None` if the usual one is in use.
pub fn markdown_template() -> Option<String> {
    stored(MARKDOWN).filter(|template| !template.is_empty())
}

/// Stores the template of exported Markdown; an empty one stands for the usual.
pub fn keep_markdown_template(template: &str) {
    store(MARKDOWN, template);
}

/// The settings that make up how a reader reads and writes, by name.
const CHOSEN: [&str; 11] = [
    THEME,
    LOOK,
    LANGUAGE,
    PRINTED,
    KEYS,
    LETTER_KEYS,
    COLOUR_NAMES,
    TEMPLATES,
    MARKDOWN,
    WHOLE_WORDS,
    LINE_ENDS,
];

/// Returns the settings that the reader has chosen.
pub fn chosen() -> Vec<(String, String)> {
    let chosen = CHOSEN.into_iter();
    chosen
        .filter_map(|name| Some((name.to_owned(), stored(name)?)))
        .collect()
}

/// Takes over the settings that there are, in every tab.
pub fn adopt(settings: &[(String, String)]) {
    for (name, value) in settings {
        if CHOSEN.contains(&name.as_str()) {
            store(name, value);
        }
    }
    announce();
}

/// Has this tab apply what is stored; other tabs hear of it by the event of the same name.
fn announce() {
    if let Ok(event) = web_sys::Event::new(APPLY) {
        let _ = window().dispatch_event(&event);
    }
}

fn stored(name: &str) -> Option<String> {
    let key = local::setting_key(name);
    let storage = window().session_storage().ok().flatten();
    let of_tab = storage.and_then(|storage| storage.get_item(&key).ok().flatten());
    of_tab.or_else(|| local::setting(name))
}

fn store(name: &str, value: &str) {
    match local::set_setting(name, value) {
        Ok(()) => forget_for_tab(name),
        // Without room in localStorage, the tab's own storage holds the choice; if that is
        // forbidden too, the choice lasts for this visit.
        Err(_) => keep_for_tab(name, value),
    }
}

/// Stores a setting for as long as the tab lives. That storage has a quota of its own.
fn keep_for_tab(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(&local::setting_key(name), value);
    }
}

/// Removes what this tab has stored, as the setting now applies to all tabs.
fn forget_for_tab(name: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(&local::setting_key(name));
    }
}

/// True if single letters are shortcuts (WCAG 2.1.4 requires a way to switch them off).
pub fn letter_keys() -> bool {
    local::setting(LETTER_KEYS).as_deref() != Some("off")
}

/// The reader's own keys as they are stored: see `model/own_keys.rs`. Other tabs have the same at once,
/// as it is read at each press.
pub fn own_keys() -> String {
    local::setting(KEYS).unwrap_or_default()
}

/// Stores the reader's own keys.
pub fn set_own_keys(keys: &str) {
    // If they cannot be stored, they still hold for this visit.
    let _ = local::set_setting(KEYS, keys);
}

/// Switches single-letter shortcuts on or off.
pub fn set_letter_keys(on: bool) {
    // If it cannot be stored, the choice still holds for this visit.
    let _ = local::set_setting(LETTER_KEYS, if on { "on" } else { "off" });
}

/// Name of the setting that says whether a first visit's hints are shown.
const HINTS: &str = "hints";

/// True until the reader has skipped the hints of a first visit.
pub fn hints() -> bool {
    stored(HINTS).is_none()
}

/// Shows no hints from now on.
pub fn skip_hints() {
    store(HINTS, "off");
}

/// Name of the setting that says whether a drag selects whole words.
const WHOLE_WORDS: &str = "whole-words";

/// True if what is selected by hand grows to whole words.
pub fn whole_words() -> bool {
    stored(WHOLE_WORDS).as_deref() != Some("off")
}

/// Has selections grow to whole words, or stay as they are made.
pub fn set_whole_words(on: bool) {
    store(WHOLE_WORDS, if on { "on" } else { "off" });
}

/// Name of the setting that says whether single line ends of notes are kept.
const LINE_ENDS: &str = "line-ends";
const LETTER_KEYS: &str = "letter-keys";

/// True if a single line end in a note is drawn as one, and not as a space.
pub fn line_ends() -> bool {
    stored(LINE_ENDS).as_deref() != Some("off")
}

/// Has single line ends of notes drawn as such or as spaces, in every tab.
pub fn set_line_ends(on: bool) {
    store(LINE_ENDS, if on { "on" } else { "off" });
    announce();
}
