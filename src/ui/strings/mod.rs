//! Every string that a person reads: one [`Strings`] for each language.
//!
//! A second language is a file beside `en.rs` and a line in [`Language`]. The texts that are read
//! where the app does not run (the page before it starts, the manifest, the service worker) are in
//! `page.rs`, since the build writes them into their files.

mod en;
pub mod page;

pub use en::EN;

use std::sync::OnceLock;

use crate::model::annotation::Colour;
use crate::model::exchange::format::Format;
use crate::model::library::{Entry, Order};
use crate::model::notice::Message;
use crate::model::page_import::CapturedPage;

/// The languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 1] = [Self::English];

    /// What is said in this language.
    pub fn strings(self) -> &'static Strings {
        match self {
            Self::English => &EN,
        }
    }

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// The language of a tag, whatever the region; English where there is no such one.
    pub fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|known| known.tag().eq_ignore_ascii_case(language))
            .unwrap_or(Self::English)
    }
}

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Chooses the language of [`strings`], once, when the app starts.
pub fn speak(language: Language) {
    let _ = LANGUAGE.set(language);
}

/// What is said in the page's language. With a single language this is a constant, so that each
/// string is loaded with the part of the program that says it.
#[inline(always)]
pub fn strings() -> &'static Strings {
    let language = LANGUAGE.get().copied();
    language.unwrap_or(Language::English).strings()
}

/// The category of a number, as `Intl.PluralRules` names them: which form of a word goes with it.
/// Each language decides by a function of its own and uses the categories that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plural {
    /// None, where a language has a form for that.
    Zero,
    /// One.
    One,
    /// Two.
    Two,
    /// A few.
    Few,
    /// Many.
    Many,
    /// Every other number.
    Other,
}

/// What is said in one language, screen by screen. Each screen is a value of its own: a part of the
/// program that holds on to one loads no other.
pub struct Strings {
    /// The name of the program.
    pub app: &'static str,
    /// The title of the window while an article is open, by the article's title.
    pub window_title: fn(&str) -> String,
    /// The bar above the article.
    pub bar: &'static Bar,
    /// Buttons that several screens have.
    pub buttons: &'static Buttons,
    /// Around the article.
    pub reader: &'static Reader,
    /// Within the article.
    pub article: &'static ArticleLabels,
    /// The toolbar of a selection.
    pub selection: &'static Selection,
    /// The panel of notes.
    pub notes: &'static Notes,
    /// A note's card.
    pub card: &'static Card,
    /// What became of a note's passage, on its card.
    pub passage: &'static Passage,
    /// Writing on a note.
    pub editor: &'static Editor,
    /// The dialog "Open article".
    pub open: &'static Open,
    /// The bookmarklet, in that dialog.
    pub bookmarklet: &'static Bookmarklet,
    /// The dialog that asks before it opens what came from outside.
    pub launch: &'static Launch,
    /// The dialog "Library".
    pub library: &'static Library,
    /// The dialog "Your notes".
    pub your_notes: &'static YourNotes,
    /// The dialog "Keys".
    pub keys: &'static Keys,
    /// The messages.
    pub notices: &'static Notices,
    /// What files are called.
    pub files: &'static Files,
}

impl Strings {
    /// An article's title, or what stands for it where it has none.
    pub fn title<'a>(&self, title: &'a str) -> &'a str {
        match title.trim() {
            "" => self.article.untitled,
            _ => title,
        }
    }
}

/// The bar above the article.
pub struct Bar {
    pub skip: &'static str,
    pub tools: &'static str,
    pub open_article: &'static str,
    pub library: &'static str,
    pub contents: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub import_notes: &'static str,
    pub export: &'static str,
    /// A format in the menu "Export".
    pub format: fn(Format) -> &'static str,
    pub your_notes: &'static str,
    pub theme: &'static str,
    /// By the system, light, dark.
    pub themes: &'static [&'static str; 3],
    pub keys: &'static str,
    pub hide_notes: &'static str,
    pub show_notes: &'static str,
}

/// Buttons that several screens have.
pub struct Buttons {
    pub open: &'static str,
    pub import: &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub dismiss: &'static str,
    pub stop: &'static str,
    pub try_again: &'static str,
    pub download: &'static str,
    pub download_all: &'static str,
    /// From the trash or a snapshot.
    pub restore: &'static str,
}

/// Around the article.
pub struct Reader {
    pub reading: &'static str,
    pub drop: &'static str,
    pub shown_part: &'static str,
    pub article: &'static str,
    pub whole_page: &'static str,
    /// By the host of the images.
    pub show_pictures: fn(&str) -> String,
}

/// Within the article.
pub struct ArticleLabels {
    /// Stands for the title that an article has not got.
    pub untitled: &'static str,
    pub footnote: &'static str,
    pub back: &'static str,
    pub footnotes: &'static str,
    pub picture: &'static str,
    /// Why a picture is not shown: it was refused, it is too large, it is no picture.
    pub unshown: &'static [&'static str; 3],
    pub table: &'static str,
    pub gap: &'static str,
}

/// The toolbar of a selection.
pub struct Selection {
    pub label: &'static str,
    pub highlight: &'static str,
    pub add_note: &'static str,
    /// The button of a colour.
    pub colour: fn(Colour) -> &'static str,
}

/// The panel of notes.
pub struct Notes {
    pub label: &'static str,
    pub search: &'static str,
    /// "12 notes".
    pub count: fn(usize) -> String,
    /// "3 of 12 notes".
    pub shown_of: fn(usize, usize) -> String,
    /// "2 need a look".
    pub need_a_look: fn(usize) -> String,
    pub none_yet: &'static str,
    pub no_match: &'static str,
    /// What turns to the earlier or later notes, with their number.
    pub more: fn(&str, usize) -> String,
    pub earlier: &'static str,
    pub later: &'static str,
    pub in_several_places: &'static str,
    pub in_several_places_why: &'static str,
    pub not_found: &'static str,
    pub not_found_why: &'static str,
    pub beside_article: &'static str,
    pub beside_article_why: &'static str,
    pub whole_article: &'static str,
    pub pending: &'static str,
    /// The list of notes without a place, on paper.
    pub without_place: &'static str,
}

/// A note's card.
pub struct Card {
    pub edit: &'static str,
    pub write: &'static str,
    pub remove: &'static str,
    pub colour: &'static str,
    /// The button that gives a note another colour. Not the colour's bare name: that is the button
    /// on the selection's toolbar.
    pub recolour: fn(Colour) -> String,
    pub draft: &'static str,
    pub continue_draft: &'static str,
    pub discard_draft: &'static str,
}

/// What became of a note's passage, on its card.
pub struct Passage {
    pub moved: &'static str,
    pub changed: &'static str,
    pub replaced: &'static str,
    pub now: &'static str,
    pub there_now: &'static str,
    pub stood_in: &'static str,
    pub perhaps: &'static str,
    /// Before words that were removed and added, and after them, for who does not see the strokes.
    pub removed_words: &'static str,
    pub added_words: &'static str,
    pub end_of_change: &'static str,
    pub keep: &'static str,
    pub detach: &'static str,
    pub previous_place: &'static str,
    pub next_place: &'static str,
    /// Which place of several is looked at, from 0.
    pub place_of: fn(usize, usize) -> String,
    pub choose_place: &'static str,
    pub show_place: &'static str,
    pub attach_here: &'static str,
    pub attach_to_selection: &'static str,
    pub select_first: &'static str,
}

/// Writing on a note.
pub struct Editor {
    pub note: &'static str,
    pub note_hint: &'static str,
    pub tags: &'static str,
    pub tags_hint: &'static str,
    pub tags_after: &'static str,
    pub preview: &'static str,
    pub nothing_to_preview: &'static str,
}

/// The dialog "Open article".
pub struct Open {
    pub paste: &'static str,
    pub paste_here: &'static str,
    pub not_pasted: &'static str,
    pub pasted_rich: &'static str,
    pub as_plain_text: &'static str,
    pub read_as: &'static str,
    /// Whatever it is, plain text, Markdown, HTML.
    pub kinds: &'static [&'static str; 4],
    pub choose_file: &'static str,
    pub web_address: &'static str,
    pub nothing_given: &'static str,
    pub new_version_of: &'static str,
    pub choose_article: &'static str,
    pub treat_as_version: &'static str,
}

/// The bookmarklet, in the dialog "Open article".
pub struct Bookmarklet {
    pub heading: &'static str,
    pub hint: &'static str,
    /// Its name among a reader's bookmarks.
    pub name: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
}

/// The dialog that asks before it opens what came from outside.
pub struct Launch {
    pub heading: &'static str,
    /// By the address.
    pub open_address: fn(&str) -> String,
    /// By the title of a text, if it has one, and its bytes.
    pub open_words: fn(&str, usize) -> String,
    /// By the name of a file, its bytes, and the number of files of which it is the first.
    pub open_file: fn(&str, usize, u32) -> String,
    pub not_shared: &'static str,
    pub too_large: &'static str,
    /// By the page, and whether it is known to be from where it says.
    pub import_page: fn(&CapturedPage, bool) -> String,
    /// By the origin of the page.
    pub await_page: fn(&str) -> String,
    pub not_received: &'static str,
}

/// The dialog "Library".
pub struct Library {
    pub search: &'static str,
    pub sort_by: &'static str,
    pub order: fn(Order) -> &'static str,
    /// "12 articles", or "3 of 12 articles".
    pub count: fn(usize, usize) -> String,
    /// "1.2 MB used in this browser", of bytes.
    pub used: fn(f64) -> String,
    pub articles: &'static str,
    /// What is known of an article in a line; with the day on which it was opened, where that is
    /// known.
    pub about: fn(&Entry, Option<String>) -> String,
    /// By the article's title.
    pub remove: fn(&str) -> String,
    pub removed: &'static str,
}

/// The dialog "Your notes".
pub struct YourNotes {
    pub looking: &'static str,
    pub place: &'static str,
    /// "212 notes on 14 articles, in this browser on this device."
    pub where_they_are: fn(usize, usize) -> String,
    pub saved: &'static str,
    pub saving: &'static str,
    pub not_saved: &'static str,
    pub small_storage: &'static str,
    pub database: &'static str,
    /// "1.2 MB of 10.0 GB", of bytes.
    pub room: fn(f64, f64) -> String,
    pub promised: &'static str,
    pub not_promised: &'static str,
    pub ask_to_keep: &'static str,
    pub backup: &'static str,
    pub edits_since_backup: fn(u32) -> String,
    pub no_backup_file: &'static str,
    pub choose_backup: &'static str,
    /// By the name of the backup file.
    pub backup_waits: fn(&str) -> String,
    pub resume_backup: &'static str,
    /// By the name of the backup file.
    pub backup_kept: fn(&str) -> String,
    pub stop_backup: &'static str,
    pub trash: &'static str,
    pub trash_empty: &'static str,
    pub days_left: fn(u32) -> String,
    pub snapshots: &'static str,
    pub no_snapshots: &'static str,
    /// By the day and the number of notes.
    pub snapshot: fn(&str, usize) -> String,
    pub set_aside: &'static str,
    pub records_set_aside: fn(usize) -> String,
    pub delete_everything: &'static str,
    pub delete_why: &'static str,
    pub delete_sure: &'static str,
    pub delete_now: &'static str,
}

/// The dialog "Keys".
pub struct Keys {
    pub single_letters: &'static str,
    /// The keys and what they do.
    pub list: &'static [(&'static str, &'static str)],
}

/// The messages.
pub struct Notices {
    /// What a message says.
    pub message: fn(&Message) -> String,
    /// How much of an article is read.
    pub progress: &'static str,
    pub bring_back: &'static str,
    pub take_back: &'static str,
    pub export_notes: &'static str,
    pub update: &'static str,
    pub part_missing: &'static str,
}

/// What files are called, without their endings.
pub struct Files {
    /// By the title of the article.
    pub notes_on: fn(&str) -> String,
    /// By the day, as ISO 8601 writes it.
    pub all_notes: fn(&str) -> String,
    /// By the day.
    pub notes_of_day: fn(&str) -> String,
    pub backup: &'static str,
    pub set_aside: &'static str,
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_language_is_known_by_its_tag_in_any_region() {
        for tag in ["en", "en-GB", "EN-us", "tlh", ""] {
            assert_eq!(Language::of(tag), Language::English, "{tag}");
        }
    }
}
