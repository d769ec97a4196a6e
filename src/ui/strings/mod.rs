//! Every string that a person reads: one [`Strings`] for each language.
//!
//! English comes with the program; any other language is a file beside `en.rs` and a line in
//! [`Language`], and comes with the lazy part. Texts that are read where the app does not run (the
//! page before it starts, the manifest, the service worker) are in `page.rs`, since the build writes
//! them into their files.

mod de;
mod en;
pub mod page;

pub use de::DE;
pub use en::EN;

use std::cell::Cell;

use page::PageTexts;

use crate::app::layout::Labels;
use crate::model::all_notes::Grouping;
use crate::model::annotation::Colour;
use crate::model::cursor::Unit;
use crate::model::exchange::markdown::Preset;
use crate::model::exchange::{Format, NotUnderstood};
use crate::model::failure::Failure;
use crate::model::library::{Entry, Order};
use crate::model::look::{Face, Measure, Theme};
use crate::model::notice::Message;
use crate::model::page_import::CapturedPage;
use crate::model::query::{Field, Kind, Sort, State};
use crate::model::sync::trouble::Trouble;
use crate::model::wholes::Whole;

/// The languages of the interface. `static/theme.js` has their tags too, and chooses one before the
/// first frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, which comes with the program.
    English,
    /// German.
    German,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Returns the strings of this language.
    pub fn strings(self) -> &'static Strings {
        match self {
            Self::English => &EN,
            Self::German => &DE,
        }
    }

    /// Returns the texts of the page's own files in this language.
    pub fn page_texts(self) -> &'static PageTexts {
        match self {
            Self::English => &page::EN,
            Self::German => &page::DE,
        }
    }

    /// Returns its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        self.page_texts().language
    }

    /// Returns its name, as those who speak it say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Returns the language of a tag, whatever the region; `None` if there is no such language.
    pub fn of(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// Returns the first language that there is, of tags in the order in which a reader prefers
    /// them; English if there is none.
    pub fn first_of(tags: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut known = tags.into_iter().filter_map(|tag| Self::of(tag.as_ref()));
        known.next().unwrap_or(Self::English)
    }
}

thread_local! {
    /// The strings of a language other than English, which only the lazy part brings.
    static OTHER: Cell<Option<&'static Strings>> = const { Cell::new(None) };
}

/// Sets the language of the interface, before anything is drawn.
pub fn speak(strings: &'static Strings) {
    OTHER.set(Some(strings));
}

/// Returns the strings of the interface's language if that is not English.
#[inline(always)]
pub fn other() -> Option<&'static Strings> {
    OTHER.get()
}

/// Returns a string of the interface's language by its field: `say!(bar.undo)`. The English one is
/// a constant, so that each is loaded with the part of the program that uses it, and no group as a
/// whole.
macro_rules! say {
    ($($field:ident).+) => {
        match $crate::ui::strings::other() {
            Some(other) => other.$($field).+,
            None => const { $crate::ui::strings::EN.$($field).+ },
        }
    };
}
// Whatever says something is compiled for pages only.
#[cfg(target_arch = "wasm32")]
pub(crate) use say;

/// Returns all strings of the interface's language. Only for the lazy part: whatever calls this is
/// loaded with all English strings.
pub fn strings() -> &'static Strings {
    other().unwrap_or(&EN)
}

/// Returns an article's title, or what stands for it if it has none.
pub fn title(title: &str) -> &str {
    match title.trim() {
        "" => say!(article.untitled),
        _ => title,
    }
}

/// The plural category of a number, named as by `Intl.PluralRules`: it selects the form of a word.
/// Each language determines it by its own function and uses the categories that it has.
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

/// The strings of one language, screen by screen. Each screen is a separate value, so that a part
/// of the program that refers to one loads no other.
pub struct Strings {
    /// The name of the program.
    pub app: &'static str,
    /// Returns the title of the window for the title of the open article.
    pub window_title: fn(&str) -> String,
    /// The bar above the article.
    pub bar: &'static Bar,
    /// Buttons that several screens have.
    pub buttons: &'static Buttons,
    /// Text around the article.
    pub reader: &'static Reader,
    /// Text within the article.
    pub article: &'static ArticleLabels,
    /// The toolbar of a selection.
    pub selection: &'static Selection,
    /// The ends of a chosen note's passage.
    pub ends: &'static Ends,
    /// The panel of notes.
    pub notes: &'static Notes,
    /// The filters of the notes.
    pub filters: &'static Filters,
    /// What is done with several notes at once.
    pub picked: &'static Picked,
    /// A note's card.
    pub card: &'static Card,
    /// The state of a note's passage, on its card.
    pub passage: &'static Passage,
    /// The editor of a note.
    pub editor: &'static Editor,
    /// Links between notes.
    pub links: &'static Links,
    /// The templates, in the editor.
    pub templates: &'static Templates,
    /// What exported Markdown says, and its template.
    pub markdown: &'static Markdown,
    /// The export before it is downloaded or copied.
    pub export: &'static Export,
    /// Links to passages and with notes.
    pub sharing: &'static Sharing,
    /// An exported page with an article and its notes.
    pub web_page: &'static WebPage,
    /// The whole library as an archive.
    pub library_file: &'static LibraryFile,
    /// The dialog "Open article".
    pub open: &'static Open,
    /// The bookmarklet, in that dialog.
    pub bookmarklet: &'static Bookmarklet,
    /// The dialog "Import notes".
    pub import: &'static Import,
    /// The dialog that asks before it opens a launch.
    pub launch: &'static Launch,
    /// The dialog "Library".
    pub library: &'static Library,
    /// The dialog "Tags".
    pub tags: &'static Tags,
    /// The dialog "All notes".
    pub all_notes: &'static AllNotes,
    /// "Your year", in that dialog.
    pub year: &'static Year,
    /// The dialog "Your notes".
    pub your_notes: &'static YourNotes,
    /// The reader's server, in that dialog.
    pub synchronise: &'static Synchronise,
    pub together: &'static Together,
    /// The folder in which notes are kept, in that dialog.
    pub folder: &'static Folder,
    /// The dialog "Keys".
    pub keys: &'static Keys,
    /// The dialog "Reading settings".
    pub look: &'static Look,
    /// The dialog "Print".
    pub print: &'static Print,
    /// The dialog "Commands".
    pub commands: &'static Commands,
    /// The reading cursor, and reading aloud.
    pub cursor: &'static Cursor,
    /// The notices.
    pub notices: &'static Notices,
    /// The names of files.
    pub files: &'static Files,
}

impl Strings {
    /// Returns an article's title, or what stands for it if it has none.
    pub fn title<'a>(&self, title: &'a str) -> &'a str {
        match title.trim() {
            "" => self.article.untitled,
            _ => title,
        }
    }
}

/// The bar above the article.
pub struct Bar {
    pub open_article: &'static str,
    pub library: &'static str,
    pub contents: &'static str,
    pub no_contents: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub import_notes: &'static str,
    pub export: &'static str,
    /// Returns the name of a format in the menu "Export".
    pub format: fn(Format) -> &'static str,
    pub your_notes: &'static str,
    pub keys: &'static str,
    pub search: &'static str,
    /// The menu of what has no button of its own.
    pub more: &'static str,
    pub reading_settings: &'static str,
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
    /// For notes in the trash or a snapshot.
    pub restore: &'static str,
}

/// Text around the article.
pub struct Reader {
    pub reading: &'static str,
    pub drop: &'static str,
    pub shown_part: &'static str,
    pub article: &'static str,
    pub whole_page: &'static str,
    /// Takes the host of the images.
    pub show_pictures: fn(&str) -> String,
}

/// Text within the article.
pub struct ArticleLabels {
    /// Stands for the title if an article has none.
    pub untitled: &'static str,
    /// The words beside the article's own.
    pub labels: Labels,
}

/// The toolbar of a selection.
pub struct Selection {
    pub label: &'static str,
    pub highlight: &'static str,
    pub add_note: &'static str,
    /// Adds the words to the chosen note.
    pub add_passage: &'static str,
    /// Returns the label of the button that selects a whole.
    pub whole: fn(Whole) -> &'static str,
    /// Returns the label of a colour's button.
    pub colour: fn(Colour) -> &'static str,
    /// The button, and the dialog, that gives colours names.
    pub name_colours: &'static str,
    pub name_colours_why: &'static str,
    /// Returns the label of the field for the name of a colour.
    pub name_of_colour: fn(Colour) -> String,
}

/// The ends of a chosen note's passage.
pub struct Ends {
    pub start: &'static str,
    pub end: &'static str,
}

/// The filters of the notes.
pub struct Filters {
    /// Takes the number of notes that a search shows.
    pub only_shown: fn(usize) -> String,
    /// The button that shows them.
    pub button: &'static str,
    /// All of them.
    pub label: &'static str,
    pub sort_by: &'static str,
    /// Returns an order as one chooses it.
    pub order: fn(Sort) -> &'static str,
    pub state: fn(State) -> &'static str,
    pub kind: fn(Kind) -> &'static str,
    /// Stands before the fields of the search.
    pub only_in: &'static str,
    /// Says what words after a field are.
    pub field: fn(Field) -> &'static str,
    /// Says which values a field takes.
    pub misread: fn(Field) -> &'static str,
    pub show_all: &'static str,
    /// "tagged law".
    pub tagged: fn(&str) -> String,
    /// The choices among those who made the notes.
    pub people: &'static str,
    /// The reader among them.
    pub you: &'static str,
    /// "by Ada or you".
    pub made_by: fn(&str) -> String,
    /// The reader in there.
    pub by_you: &'static str,
    /// Stands between values of which any will do.
    pub or: &'static str,
}

/// The panel of notes.
pub struct Notes {
    pub label: &'static str,
    pub search: &'static str,
    /// The strip with the whole article.
    pub overview: &'static str,
    /// "12 notes".
    pub count: fn(usize) -> String,
    /// "3 of 12 notes".
    pub shown_of: fn(usize, usize) -> String,
    /// "2 need a look".
    pub need_a_look: fn(usize) -> String,
    pub none_yet: &'static str,
    /// What a first visit is told besides, in lines.
    pub hints: &'static str,
    pub skip_hints: &'static str,
    pub no_match: &'static str,
    /// Label of a button that turns to the earlier or later notes, with their number.
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
    /// Heading of the list of notes without a place, on paper.
    pub without_place: &'static str,
}

/// What is done with several notes at once.
pub struct Picked {
    /// Begins to pick notes.
    pub begin: &'static str,
    /// The toolbar.
    pub label: &'static str,
    /// The box on a card.
    pub pick: &'static str,
    /// "12 notes selected"; takes how many of them a search does not show.
    pub count: fn(usize, usize) -> String,
    pub colour: &'static str,
    pub add_tag: &'static str,
    pub remove_tag: &'static str,
    pub remove: &'static str,
    pub copy: &'static str,
    pub export: &'static str,
    /// Picks all notes that are shown.
    pub all: &'static str,
    pub done: &'static str,
    /// The field for the tag to add.
    pub tag: &'static str,
    pub tag_hint: &'static str,
    pub add: &'static str,
    pub no_tags: &'static str,
    /// Takes a tag and the number of notes that have it.
    pub remove_tag_from: fn(&str, usize) -> String,
}

/// A note's card.
pub struct Card {
    pub edit: &'static str,
    pub write: &'static str,
    pub remove: &'static str,
    /// Begins an answer to the note.
    pub answer: &'static str,
    pub colour: &'static str,
    /// Returns the label of the button that recolours a note. Not the colour's bare name: that is
    /// the button on the selection's toolbar.
    pub recolour: fn(Colour) -> String,
    /// The same if the reader has given the colour a name.
    pub recolour_named: fn(&str) -> String,
    /// The list of a note's further passages.
    pub further: &'static str,
    pub remove_passage: &'static str,
    /// Says how many of a note's passages are found; takes their number too.
    pub found_of: fn(usize, usize) -> String,
    /// The button to the next of this many other notes on the same words.
    pub overlap: fn(usize) -> String,
    /// Said to screen readers before the name of who made the note.
    pub by: &'static str,
    /// Takes the name of another reader with a note on the same passage.
    pub also_marked_by: fn(&str) -> String,
    pub marked_by_both: &'static str,
    /// The button to the note that this one answers; takes that one's first words.
    pub answers: fn(&str) -> String,
    pub answers_missing: &'static str,
    pub draft: &'static str,
    pub continue_draft: &'static str,
    pub discard_draft: &'static str,
}

/// The state of a note's passage, on its card.
pub struct Passage {
    pub moved: &'static str,
    pub changed: &'static str,
    pub replaced: &'static str,
    pub now: &'static str,
    pub there_now: &'static str,
    pub stood_in: &'static str,
    pub perhaps: &'static str,
    /// Announce removed and added words, and their end, to readers who do not see the markings.
    pub removed_words: &'static str,
    pub added_words: &'static str,
    pub end_of_change: &'static str,
    pub keep: &'static str,
    pub detach: &'static str,
    pub previous_place: &'static str,
    pub next_place: &'static str,
    /// Takes the index of the place being looked at, from 0, and the number of places.
    pub place_of: fn(usize, usize) -> String,
    pub choose_place: &'static str,
    pub show_place: &'static str,
    pub attach_here: &'static str,
    pub attach_to_selection: &'static str,
    pub select_first: &'static str,
}

/// The editor of a note.
pub struct Editor {
    pub note: &'static str,
    pub note_hint: &'static str,
    pub tags: &'static str,
    pub tags_hint: &'static str,
    pub tags_after: &'static str,
    /// The list of tags that complete what is typed.
    pub tags_offered: &'static str,
    pub preview: &'static str,
    pub nothing_to_preview: &'static str,
}

/// The templates, in the editor of a note.
pub struct Templates {
    pub label: &'static str,
    /// Keeps what is in the box.
    pub keep: &'static str,
    /// Takes a template's name.
    pub remove: fn(&str) -> String,
    /// The template that there is until the reader changes them.
    pub usual: &'static str,
}

/// The whole library as an archive.
pub struct LibraryFile {
    /// What it is called in the menu "Export".
    pub label: &'static str,
    /// What the archive says of itself, in lines.
    pub readme: &'static str,
}

/// The words of an exported page with an article and its notes.
pub struct WebPage {
    /// The language of these words (BCP 47).
    pub language: &'static str,
    /// What a note is called, before its number.
    pub note: &'static str,
    /// What stands at the end of the page.
    pub made_by: &'static str,
}

/// What exported Markdown says, and the dialog "Markdown template".
pub struct Markdown {
    /// The heading of the notes on the article as a whole.
    pub whole: &'static str,
    /// The heading of the notes whose passages are not found.
    pub unplaced: &'static str,
    /// The words of a link to a passage.
    pub link: &'static str,
    /// The dialog, and what leads to it.
    pub label: &'static str,
    pub why: &'static str,
    /// The choice among the templates.
    pub style: &'static str,
    /// Returns the name of a template that comes with the program.
    pub preset: fn(Preset) -> &'static str,
    pub own: &'static str,
    /// The box with the template.
    pub template: &'static str,
    pub preview: &'static str,
    pub no_notes: &'static str,
    /// Says why a template cannot be used.
    pub problem: fn(&Failure) -> String,
    pub reset: &'static str,
    pub copy: &'static str,
    pub saved: &'static str,
    pub is_reset: &'static str,
    /// A template from before is in the box.
    pub unsaved: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
}

/// The dialog "Export", which shows a file before it is downloaded or copied.
pub struct Export {
    /// What leads to the dialog.
    pub label: &'static str,
    pub format: &'static str,
    /// The choice of what is exported.
    pub notes: &'static str,
    /// The notes of this article: how many.
    pub here: fn(usize) -> String,
    /// Those that a search shows: how many, and of how many.
    pub shown: fn(usize, usize) -> String,
    /// Those that are selected: how many.
    pub picked: fn(usize) -> String,
    pub everywhere: &'static str,
    pub preview: &'static str,
    /// A file's name and its bytes.
    pub file: fn(&str, usize) -> String,
    /// The preview is not the whole file, which has so many bytes.
    pub cut: fn(usize) -> String,
    /// So many notes are not in the file.
    pub left_out: fn(usize) -> String,
    pub working: &'static str,
    pub copy: &'static str,
    pub share: &'static str,
    pub copied: &'static str,
    pub copied_table: &'static str,
    pub not_copied: &'static str,
    pub shared: &'static str,
    pub not_shared: &'static str,
}

/// Links to passages and with notes: made, and followed.
pub struct Sharing {
    pub copy_passage: &'static str,
    pub copy_postil: &'static str,
    /// The dialog, and what leads to it.
    pub label: &'static str,
    pub why: &'static str,
    /// A link has so many characters.
    pub size: fn(usize) -> String,
    /// Some programs cut off what is longer than so many characters.
    pub may_be_cut: fn(usize) -> String,
    /// It has more than so many characters.
    pub too_long: fn(usize) -> String,
    pub copy: &'static str,
    pub file: &'static str,
    pub copied: &'static str,
    pub not_made: &'static str,
    pub shared: &'static str,
    pub not_shared: &'static str,
    /// A link brings so many notes on an article with this title and address.
    pub brings: fn(usize, &str, &str) -> String,
    pub no_text: &'static str,
    pub open_article: &'static str,
    /// A link leads to these words of an article at an address.
    pub leads_to: fn(&str, &str) -> String,
    pub broken: &'static str,
}

/// The dialog "Open article".
pub struct Open {
    pub paste: &'static str,
    pub paste_here: &'static str,
    pub not_pasted: &'static str,
    pub pasted_rich: &'static str,
    pub as_plain_text: &'static str,
    pub read_as: &'static str,
    /// Any kind, plain text, Markdown, HTML.
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

/// The dialog "Import notes": what is in files, before it is imported.
pub struct Import {
    pub new: fn(usize) -> String,
    pub already: fn(usize) -> String,
    pub newer_here: fn(usize) -> String,
    pub newer_there: fn(usize) -> String,
    /// Counts notes of which both versions are equally old.
    pub as_old: fn(usize) -> String,
    /// Counts new notes on passages that others have marked too.
    pub twice: fn(usize) -> String,
    /// Takes the number of notes for other articles, and of these articles.
    pub elsewhere: fn(usize, usize) -> String,
    pub not_understood: fn(usize) -> String,
    /// Says why an entry was not understood. Takes the file's name if there are several.
    pub entry: fn(Option<&str>, &NotUnderstood) -> String,
    /// Counts the entries that are not listed.
    pub more: fn(usize) -> String,
    /// Takes the name of a file that could not be read, and the reason.
    pub left_out: fn(&str, &Failure) -> String,
    /// The choice among what may become of notes that differ.
    pub differing: &'static str,
    /// To keep both, the newer, the reader's own.
    pub choices: &'static [&'static str; 3],
    /// Takes the number of notes that will be added, and of those that will be updated.
    pub outcome: fn(usize, usize) -> String,
}

/// The dialog that asks before it opens a launch.
pub struct Launch {
    pub heading: &'static str,
    /// Takes the address.
    pub open_address: fn(&str) -> String,
    /// Takes the title of a text, which may be empty, and its length in bytes.
    pub open_words: fn(&str, usize) -> String,
    /// Takes a file's name, its size in bytes, and the number of files of which it is the first.
    pub open_file: fn(&str, usize, u32) -> String,
    pub not_shared: &'static str,
    pub too_large: &'static str,
    /// Takes the page, and whether it is known to come from where it says.
    pub import_page: fn(&CapturedPage, bool) -> String,
    /// Takes the origin of the page.
    pub await_page: fn(&str) -> String,
    pub not_received: &'static str,
}

/// Links between notes, in the editor and on cards.
pub struct Links {
    /// The list of what can be linked to.
    pub offered: &'static str,
    /// Says of an option that it is a heading.
    pub heading: &'static str,
    /// The target of a link is being looked for.
    pub looking: &'static str,
    pub removed: &'static str,
    pub bring_back: &'static str,
    pub unknown: &'static str,
    pub article_unknown: &'static str,
    pub heading_gone: &'static str,
    /// "2 notes link here".
    pub linked_from: fn(usize) -> String,
}

/// The dialog "Library".
pub struct Library {
    pub search: &'static str,
    pub sort_by: &'static str,
    pub order: fn(Order) -> &'static str,
    /// "12 articles", or "3 of 12 articles".
    pub count: fn(usize, usize) -> String,
    /// "1.2 MB used in this browser"; takes bytes.
    pub used: fn(f64) -> String,
    pub articles: &'static str,
    /// Describes an article in a line; takes the day on which it was opened, if that is known.
    pub about: fn(&Entry, Option<String>) -> String,
    /// Takes the article's title.
    pub remove: fn(&str) -> String,
    pub removed: &'static str,
}

/// The dialog "Tags".
pub struct Tags {
    pub label: &'static str,
    pub search: &'static str,
    /// "12 tags", or "3 of 12 tags".
    pub count: fn(usize, usize) -> String,
    pub list: &'static str,
    pub none_yet: &'static str,
    /// "2 notes here, 12 in all"; takes both numbers.
    pub about: fn(usize, usize) -> String,
    pub rename: &'static str,
    /// Labels the field for another name of a tag.
    pub new_name: fn(&str) -> String,
    pub rename_in: fn(usize) -> String,
    /// Takes the other tag, the number of notes with the one, and of those with the other.
    pub join: fn(&str, usize, usize) -> String,
    pub remove_from: fn(usize) -> String,
    pub show: &'static str,
    /// Returns the full name of a button that is shown beside a tag.
    pub named: fn(&str, &str) -> String,
}

/// The dialog "All notes".
pub struct AllNotes {
    pub label: &'static str,
    /// The search, and the button that leads to it from the notes of an article.
    pub search: &'static str,
    pub group_by: &'static str,
    pub grouping: fn(Grouping) -> &'static str,
    pub reading: &'static str,
    pub fold_all: &'static str,
    pub unfold_all: &'static str,
    /// "12 of 240 notes, in 3 articles"; takes the notes found, all notes, and the articles.
    pub shown: fn(usize, usize, usize) -> String,
    pub none_yet: &'static str,
    pub no_match: &'static str,
    pub no_state: &'static str,
    pub no_tag: &'static str,
    pub no_day: &'static str,
}

/// "Your year", in the dialog "All notes".
pub struct Year {
    pub label: &'static str,
    pub as_table: &'static str,
    /// Takes the numbers of notes, of days with notes, and of articles.
    pub summary: fn(usize, usize, usize) -> String,
    pub by_day: &'static str,
    pub by_colour: &'static str,
    pub by_article: &'static str,
    pub notes_a_day: &'static str,
    /// "3 notes, 5 May"; takes the day as it is said.
    pub on_day: fn(usize, &str) -> String,
    /// Says how many other articles have notes.
    pub more_articles: fn(usize) -> String,
    pub week_of: &'static str,
    /// From Monday on.
    pub weekdays: &'static [&'static str; 7],
    pub total: &'static str,
    pub colour: &'static str,
    pub article: &'static str,
    pub notes: &'static str,
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
    /// "1.2 MB of 10.0 GB"; takes bytes.
    pub room: fn(f64, f64) -> String,
    pub promised: &'static str,
    pub not_promised: &'static str,
    pub ask_to_keep: &'static str,
    pub backup: &'static str,
    pub edits_since_backup: fn(u32) -> String,
    pub no_backup_file: &'static str,
    pub choose_backup: &'static str,
    /// Takes the name of the backup file.
    pub backup_waits: fn(&str) -> String,
    pub resume_backup: &'static str,
    /// Takes the name of the backup file.
    pub backup_kept: fn(&str) -> String,
    pub stop_backup: &'static str,
    pub trash: &'static str,
    pub trash_empty: &'static str,
    pub days_left: fn(u32) -> String,
    pub snapshots: &'static str,
    pub no_snapshots: &'static str,
    /// Takes the day and the number of notes.
    pub snapshot: fn(&str, usize) -> String,
    pub set_aside: &'static str,
    pub records_set_aside: fn(usize) -> String,
    pub delete_everything: &'static str,
    pub delete_why: &'static str,
    pub delete_sure: &'static str,
    pub delete_now: &'static str,
}

/// Reading together with others, in the dialog "Your notes" and beside an article's notes.
pub struct Together {
    pub label: &'static str,
    pub why: &'static str,
    pub set_up: &'static str,
    pub maker: &'static str,
    pub maker_why: &'static str,
    pub no_maker: &'static str,
    pub passphrase_why: &'static str,
    pub open_why: &'static str,
    pub join: &'static str,
    /// Takes the reader's name.
    pub as_reader: fn(&str) -> String,
    /// Takes the title of the open article.
    pub share: fn(&str) -> String,
    pub share_why: &'static str,
    pub invite: &'static str,
    pub invite_why: &'static str,
    pub link: &'static str,
    /// Takes the address of the database.
    pub invited: fn(&str) -> String,
    pub leave_why: &'static str,
    pub left: &'static str,
    /// Beside an article's notes.
    pub share_here: &'static str,
    pub hide_others: &'static str,
    pub show_others: &'static str,
    pub copy: &'static str,
}

/// The server that the reader's devices keep in step with, in the dialog "Your notes".
pub struct Synchronise {
    pub label: &'static str,
    pub why: &'static str,
    pub set_up: &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub seal: &'static str,
    pub passphrase: &'static str,
    pub passphrase_why: &'static str,
    pub open_why: &'static str,
    pub no_passphrase: &'static str,
    pub look: &'static str,
    pub join: &'static str,
    pub looking: &'static str,
    pub works_new: &'static str,
    /// Takes the number of documents in the database.
    pub works: fn(u64) -> String,
    /// Takes the address of the database, and the reader's name, which may be empty.
    pub place: fn(&str, &str) -> String,
    pub sealed: &'static str,
    pub open: &'static str,
    pub paused: &'static str,
    pub elsewhere: &'static str,
    /// Takes the number of records that are on their way.
    pub working: fn(usize) -> String,
    /// Takes the numbers of records that the server refuses, and of those that cannot be read.
    pub in_step: fn(usize, usize) -> String,
    /// Takes the number of records that wait.
    pub offline: fn(usize) -> String,
    /// Takes what is wrong, and the number of records that wait.
    pub stopped: fn(&str, usize) -> String,
    pub not_kept: &'static str,
    /// Takes a moment.
    pub last: fn(&str) -> String,
    pub now: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub change: &'static str,
    pub new_passphrase: &'static str,
    pub change_why: &'static str,
    pub change_now: &'static str,
    pub changed: &'static str,
    pub invite: &'static str,
    pub invite_why: &'static str,
    pub link: &'static str,
    pub copy_link: &'static str,
    pub code: &'static str,
    pub hide: &'static str,
    /// Takes the address of the database, and the reader's name, which may be empty.
    pub invited: fn(&str, &str) -> String,
    pub leave: &'static str,
    pub leave_why: &'static str,
    pub leave_only: &'static str,
    pub leave_and_delete: &'static str,
    pub left: &'static str,
    pub left_empty: &'static str,
    /// Says what is wrong, and what to do.
    pub trouble: fn(Trouble) -> &'static str,
    /// Introduces lines of the server's configuration.
    pub lines: &'static str,
}

/// The folder in which each article's notes are kept as a file, in the dialog "Your notes".
pub struct Folder {
    pub label: &'static str,
    pub why: &'static str,
    pub choose: &'static str,
    /// Takes the name of the folder.
    pub kept: fn(&str) -> String,
    /// Takes the name of the folder.
    pub waits: fn(&str) -> String,
    pub allow: &'static str,
    pub stop: &'static str,
    pub stopped: &'static str,
    /// Takes the numbers of articles that are written and of all.
    pub writing: fn(usize, usize) -> String,
    /// Takes the numbers of articles that were written and that were left out.
    pub written: fn(usize, usize) -> String,
    pub not_written: &'static str,
    /// What the marked line in each file says, in a comment.
    pub line: &'static str,
}

/// The dialog "Keys".
pub struct Keys {
    pub single_letters: &'static str,
    /// Says what a usual key does.
    pub effect: fn(char) -> String,
    pub change: &'static str,
    /// Takes what the key does.
    pub change_of: fn(&str) -> String,
    pub switch_off: &'static str,
    pub switch_off_of: fn(&str) -> String,
    /// Stands where a key is switched off.
    pub off: &'static str,
    /// Asks for the key of something.
    pub press: fn(&str) -> String,
    /// Says that a key is taken by something else.
    pub taken: fn(char, &str) -> String,
    pub swap: &'static str,
    pub keep: &'static str,
    pub reset: &'static str,
    /// Returns keys by the names that they have on a keyboard of the language; takes the English
    /// names.
    pub named: fn(&str) -> String,
    /// The keys and what they do.
    pub list: &'static [(&'static str, &'static str)],
}

/// The dialog "Print".
pub struct Print {
    pub label: &'static str,
    pub what: &'static str,
    /// The article with its notes, the article with its highlights, the notes.
    pub parts: &'static [&'static str; 3],
    pub hint: &'static str,
}

/// The dialog "Commands".
pub struct Commands {
    pub label: &'static str,
    pub command: &'static str,
    pub hint: &'static str,
    pub none: &'static str,
    pub next_note: &'static str,
    pub previous_note: &'static str,
    pub write_note: &'static str,
    pub write_whole: &'static str,
    pub remove_note: &'static str,
    /// Makes the sheet of notes as high as the window.
    pub full_sheet: &'static str,
    pub toggle_notes: &'static str,
    pub toggle_highlights: &'static str,
}

/// The reading cursor, and reading aloud.
pub struct Cursor {
    pub next_sentence: &'static str,
    pub previous_sentence: &'static str,
    pub next_paragraph: &'static str,
    pub previous_paragraph: &'static str,
    pub next_heading: &'static str,
    pub previous_heading: &'static str,
    pub highlight: &'static str,
    pub add_note: &'static str,
    /// Says the place: takes its words, the level of a heading, the colours of its notes, and whether
    /// one of them has words.
    pub place: fn(&str, Option<u8>, &[Colour], bool) -> String,
    /// Says that nothing of the kind lies ahead, or behind.
    pub no_more: fn(Unit, bool) -> &'static str,
    pub read_aloud: &'static str,
    pub rest: &'static str,
    pub go_on: &'static str,
    pub stop: &'static str,
    /// Said when the reading aloud rests.
    pub resting: &'static str,
}

/// The dialog "Reading settings".
pub struct Look {
    pub theme: &'static str,
    /// Returns the label of a theme.
    pub named_theme: fn(Theme) -> &'static str,
    pub typeface: &'static str,
    /// Returns the label of a typeface.
    pub named_face: fn(Face) -> &'static str,
    /// Returns the label of a measure's slider.
    pub measure: fn(Measure) -> &'static str,
    /// Says the value of a measure in words.
    pub value: fn(Measure, u16) -> String,
    pub justified: &'static str,
    pub strong: &'static str,
    pub patterns: &'static str,
    pub whole_words: &'static str,
    /// Label of the setting, and of the command that switches it on.
    pub line_ends: &'static str,
    /// The command that switches it off.
    pub no_line_ends: &'static str,
    pub reset: &'static str,
    /// The language of the interface.
    pub language: &'static str,
    /// The choice of no language.
    pub browsers_language: &'static str,
    /// Says how another language comes about.
    pub language_why: &'static str,
}

/// The notices.
pub struct Notices {
    /// Returns the text of a message.
    pub message: fn(&Message) -> String,
    /// Label for how much of an article has been read in.
    pub progress: &'static str,
    pub bring_back: &'static str,
    pub take_back: &'static str,
    pub export_notes: &'static str,
    pub update: &'static str,
    /// Said while the part of the program with the other messages is loaded.
    pub loading: &'static str,
    /// Said if the parts of the program that know more cannot be loaded.
    pub unsaved: &'static str,
    pub part_missing: &'static str,
}

/// The names of files, without their extensions.
pub struct Files {
    /// Takes the title of the article.
    pub notes_on: fn(&str) -> String,
    /// Takes the day in the form of ISO 8601.
    pub all_notes: fn(&str) -> String,
    /// Takes the day.
    pub notes_of_day: fn(&str) -> String,
    /// Takes the day.
    pub library: fn(&str) -> String,
    pub backup: &'static str,
    pub set_aside: &'static str,
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, German};

    #[test]
    fn a_language_is_known_by_its_tag_in_any_region() {
        for tag in ["en", "en-GB", "EN-us"] {
            assert_eq!(Language::of(tag), Some(English), "{tag}");
        }
        for tag in ["de", "de-AT", "DE-ch-1996"] {
            assert_eq!(Language::of(tag), Some(German), "{tag}");
        }
        for tag in ["tlh", "den", "e", ""] {
            assert_eq!(Language::of(tag), None, "{tag}");
        }
    }

    #[test]
    fn the_first_language_that_there_is_is_taken() {
        assert_eq!(Language::first_of(["fr-CH", "de-CH", "en"]), German);
        assert_eq!(Language::first_of(["en-GB", "de"]), English);
        // The first may be a reader's choice, which is empty if there is none.
        assert_eq!(Language::first_of(["", "de"]), German);
        assert_eq!(Language::first_of(["tlh"]), English);
        assert_eq!(Language::first_of([""; 0]), English);
    }
}
