//! The language of the interface: set before anything is drawn, and chosen by hand.

use gloo::timers::callback::Timeout;
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use crate::app::layout::Labels;
use crate::browser::elements::matching;
use crate::browser::preferences;
use crate::browser::system;
use crate::ui::say;
use crate::ui::strings::{self, EN, Language};

/// The elements of the page's own file that have texts and can be seen once the app runs.
const WITH_TEXTS: &str = ".skip, #bar, #skeleton, #skeleton *, #panicked *";
/// What is labelled in an article that the build wrote.
const LABELLED: &str = "#article [aria-label]";

/// Sets the language with a tag, and says in it what the page says without the app. English is there
/// already.
pub fn speak(tag: &str) {
    let language = Language::of(tag).unwrap_or(Language::English);
    if language == Language::English {
        return;
    }
    strings::speak(language.strings());
    let Some(root) = system::root() else {
        return;
    };
    let _ = root.set_attribute("lang", language.tag());
    let _ = root.set_attribute("dir", language.page_texts().direction);
    let texts = Translation::of_page(language);
    for element in matching(&root, WITH_TEXTS) {
        texts.name(&element);
        texts.say(&element);
    }
    let labels = Translation::of_labels(&language.strings().article.labels);
    for element in matching(&root, LABELLED) {
        labels.name(&element);
    }
}

/// English texts, each with the one that takes its place.
struct Translation(Vec<(&'static str, &'static str)>);

impl Translation {
    fn of_page(language: Language) -> Self {
        let english = Language::English.page_texts().named();
        let others = language.page_texts().named();
        let pairs = english.into_iter().zip(others);
        Self(
            pairs
                .map(|((_, english), (_, other))| (english, other))
                .collect(),
        )
    }

    fn of_labels(labels: &Labels) -> Self {
        let english = &EN.article.labels;
        Self(vec![
            (english.footnote, labels.footnote),
            (english.back, labels.back),
            (english.footnotes, labels.footnotes),
            (english.picture, labels.picture),
            (english.table, labels.table),
        ])
    }

    /// Returns what takes the place of a text; a number may follow it.
    fn of(&self, text: &str) -> Option<String> {
        let (words, number) = match text.rsplit_once(' ') {
            Some((words, number)) if number.parse::<u32>().is_ok() => (words, Some(number)),
            _ => (text, None),
        };
        let (_, other) = self.0.iter().find(|(english, _)| *english == words)?;
        Some(match number {
            Some(number) => [other, " ", number].concat(),
            None => (*other).to_owned(),
        })
    }

    /// Replaces the name of an element.
    fn name(&self, element: &Element) {
        if let Some(name) = element.get_attribute("aria-label")
            && let Some(other) = self.of(&name)
        {
            let _ = element.set_attribute("aria-label", &other);
        }
    }

    /// Replaces the words of an element that has nothing but words.
    fn say(&self, element: &Element) {
        if element.child_element_count() == 0
            && let Some(other) = self.of(&element.text_content().unwrap_or_default())
        {
            element.set_text_content(Some(&other));
        }
    }
}

/// Returns the script of the bookmarklet with its messages in the language of the interface.
pub fn of_bookmarklet(script: &str) -> String {
    let english = Language::English.page_texts();
    let own = spoken().page_texts();
    script
        .replace(english.page_too_large, own.page_too_large)
        .replace(english.page_kept_apart, own.page_kept_apart)
}

/// The language that the page speaks.
fn spoken() -> Language {
    let tag = system::root().and_then(|root| root.get_attribute("lang"));
    Language::first_of(tag)
}

/// Draws the choice of a language.
pub fn choice() -> Html {
    let kept = preferences::language();
    let choose = Callback::from(|event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            preferences::choose_language(&select.value());
            if Language::first_of(preferences::wanted_languages()) != spoken() {
                reload_once_saved();
            }
        }
    });
    let option = |language: Language| {
        let tag = language.tag();
        html! { <option value={tag} lang={tag} selected={kept == tag}>{ language.name() }</option> }
    };
    html! {
        <>
            <label class="line">
                <span>{ say!(look.language) }</span>
                <select aria-label={say!(look.language)} aria-describedby="language-why" onchange={choose}>
                    <option value="" selected={kept.is_empty()}>{ say!(look.browsers_language) }</option>
                    { for Language::ALL.into_iter().map(option) }
                </select>
            </label>
            <p class="hint" id="language-why">{ say!(look.language_why) }</p>
        </>
    }
}

/// Milliseconds between looks at whether everything is stored.
const PAUSE: u32 = 50;

/// Reloads the page when nothing is being stored any more. What could not be stored would be lost:
/// then the language changes when the reader next loads the page.
fn reload_once_saved() {
    let state = system::root().and_then(|root| root.get_attribute("data-save-state"));
    match state.as_deref() {
        Some("saving") => {
            Timeout::new(PAUSE, reload_once_saved).forget();
        }
        Some("failed") => {}
        _ => system::reload(),
    }
}
