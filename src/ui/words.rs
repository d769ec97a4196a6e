//! Every string that a person reads.

use crate::browser::elements::Labels;
use crate::browser::system::local_day;
use crate::model::annotation::Colour;
use crate::model::exchange::Report;
use crate::model::exchange::format::Format;
use crate::model::library::{Entry, Order};
use crate::model::notebook::Intent;
use crate::model::notice::{Fewer, Message};
use crate::model::page_import::CapturedPage;
use crate::model::placements::PlacementCounts;
use crate::model::sync::store::Refusal;
use crate::model::text::shortened;

pub const APP: &str = "Postil";
pub const SKIP: &str = "Skip to the article";
pub const TOOLS: &str = "Tools";
pub const OPEN_ARTICLE: &str = "Open article";
pub const IMPORT_NOTES: &str = "Import notes";
pub const EXPORT: &str = "Export";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const THEME: &str = "Theme";
pub const KEYS: &str = "Keys";
pub const SELECTION: &str = "Selection";
pub const HIGHLIGHT: &str = "Highlight";
pub const ADD_NOTE: &str = "Add note";
pub const NOTES: &str = "Notes";
pub const SEARCH_NOTES: &str = "Search notes";
pub const NOTE: &str = "Note";
pub const TAGS: &str = "Tags";
pub const TAGS_HINT: &str = "Tags, separated by commas";
pub const TAGS_AFTER: &str = "Tags after saving";
pub const NOTE_HINT: &str = "Write a note. Markdown works.";
pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const PREVIEW: &str = "Preview";
pub const NOTHING_TO_PREVIEW: &str = "Nothing written yet.";
pub const EDIT: &str = "Edit";
pub const WRITE: &str = "Write";
pub const REMOVE: &str = "Remove";
pub const COLOUR: &str = "Colour";
pub const DRAFT: &str = "Draft";
pub const CONTINUE_DRAFT: &str = "Continue writing";
pub const DISCARD_DRAFT: &str = "Discard draft";
pub const DISMISS: &str = "Dismiss";
pub const CLOSE: &str = "Close";
pub const OPEN: &str = "Open";
pub const PASTE: &str = "Paste text, Markdown or HTML";
pub const PASTED_RICH: &str = "Pasted with its formatting.";
pub const AS_PLAIN_TEXT: &str = "Use the plain text instead";
pub const READ_AS: &str = "Read as";
pub const CHOOSE_FILE: &str = "Choose a file";
pub const WEB_ADDRESS: &str = "Web address";
pub const YOUR_ARTICLES: &str = "Your articles";
pub const LIBRARY: &str = "Library";
pub const SEARCH_LIBRARY: &str = "Search articles and notes";
pub const SORT_BY: &str = "Sort by";
pub const REMOVED_ARTICLES: &str = "Recently removed";
pub const READ_SO_FAR: &str = "Read so far";
pub const CONTENTS: &str = "Contents";
pub const SHOWN_PART: &str = "What is shown of the page";
pub const ARTICLE: &str = "Article";
pub const WHOLE_PAGE: &str = "Whole page";
pub const STOP: &str = "Stop";
pub const ARRIVED: &str = "Open this?";
pub const IMPORT: &str = "Import";
pub const NOTHING_HANDED: &str = "The page could not be received: it cannot be read, or it is isolated from other windows. Go back to it and click “Annotate in Postil” again, or save it as a file and open that here.";
pub const NOTHING_SHARED: &str = "What was shared with Postil cannot be read. Share it again, or save it as a file and open that here.";
pub const TOO_LARGE_TO_SHARE: &str = "What was shared with Postil is too large to receive from another app. Save it as a file and open that here.";
pub const FROM_ANY_PAGE: &str = "From any page";
pub const BOOKMARKLET: &str = "Annotate in Postil";
pub const DRAG_IT: &str = "Drag this to your bookmarks, then click it on any page that you want to read here. Only that page is sent to Postil, and you are asked first.";
pub const COPY: &str = "Copy its address";
pub const COPIED: &str = "Copied. Make a bookmark with it.";
pub const NOT_COPIED: &str = "The browser did not allow copying.";
pub const PASTE_HERE: &str = "Paste from the clipboard";
pub const NOT_PASTED: &str = "The browser did not give access to the clipboard, or there is no text on it. Allow access, or paste by hand.";
pub const LOADING: &str = "Loading …";
pub const PART_MISSING: &str = "This part of Postil did not load. Check the connection and try again; if that does not help, reload the page.";
pub const DROP: &str = "Drop a file to open it";
pub const NOTHING_GIVEN: &str = "Paste something, choose a file or type an address first.";
pub const NEED_A_LOOK: &str = "In several places";
pub const NEED_A_LOOK_WHY: &str = "Their words are in more than one place now.";
pub const NOT_FOUND: &str = "Not found";
pub const BESIDE_ARTICLE: &str = "Elsewhere on the page";
pub const BESIDE_ARTICLE_WHY: &str = "They are outside the article; “Whole page” shows them.";
pub const NOT_FOUND_WHY: &str = "Their words are not in the article as it is now.";
pub const WITHOUT_PLACE: &str = "Notes without a place in this text";
pub const LOOKING_FOR: &str = "Being searched for";
pub const WORDS_GONE: &str = "Words that are gone";
pub const MOVED: &str = "Moved";
pub const CHANGED: &str = "Changed";
pub const ARE_GONE: &str = "The words are gone";
pub const NOW: &str = "Now:";
pub const STANDS_THERE: &str = "There now:";
pub const STOOD_IN: &str = "Stood in:";
pub const PERHAPS: &str = "Perhaps:";
pub const REMOVED_WORDS: &str = " removed: ";
pub const ADDED_WORDS: &str = " added: ";
pub const END_OF_CHANGE: &str = "; ";
pub const KEEP: &str = "Keep";
pub const DETACH: &str = "Detach";
pub const PREVIOUS_PLACE: &str = "Previous place";
pub const NEXT_PLACE: &str = "Next place";
pub const CHOOSE_PLACE: &str = "Choose this place";
pub const SHOW_PLACE: &str = "Show";
pub const ATTACH_HERE: &str = "Attach here";
pub const ATTACH_TO_SELECTION: &str = "Attach to selection";
pub const SELECT_FIRST: &str = "Select a passage in the article first.";
pub const WHOLE_ARTICLE: &str = "On the article as a whole";
pub const SHOW_EARLIER: &str = "Earlier notes";
pub const SHOW_LATER: &str = "Later notes";
pub const EXPORT_NOTES: &str = "Export notes";
pub const TRY_AGAIN: &str = "Try again";
pub const UPDATE: &str = "Reload to update";
pub const TAKE_BACK: &str = "Bring it back";
pub const TAKE_BACK_IMPORT: &str = "Take it back";
pub const LETTER_KEYS: &str = "Single-letter keys";
pub const HIDE_NOTES: &str = "Hide notes";
pub const SHOW_NOTES: &str = "Show notes";
pub const NO_MATCH: &str = "No note has these words.";
pub const EMPTY: &str = "Select a passage to highlight it or to write a note.";
pub const READING: &str = "Reading the article …";
pub const FETCHING: &str = "Fetching the page …";
pub const READING_NOTES: &str = "Reading the notes …";
pub const NEW_VERSION_OF: &str = "This is a new version of";
pub const TREAT_AS_VERSION: &str = "Treat as new version";
pub const YOUR_NOTES: &str = "Your notes";
pub const WHERE: &str = "Where they are";
pub const LOOKING: &str = "Looking …";
pub const SMALL_STORAGE: &str = "Small storage";
pub const DATABASE: &str = "Database";
pub const PROMISED: &str = "The browser has promised not to clear them by itself.";
pub const NOT_PROMISED: &str = "The browser may clear them when the disk is full.";
pub const ASK_TO_KEEP: &str = "Ask it to keep them";
pub const ALL_SAVED: &str = "Everything is saved.";
pub const BEING_SAVED: &str = "Your last edits are being saved.";
pub const NOT_SAVED: &str = "Not everything is saved on disk.";
pub const BACKUP: &str = "Backup";
pub const DOWNLOAD_ALL: &str = "Download all notes";
pub const CHOOSE_BACKUP: &str = "Keep a backup file up to date";
pub const RESUME_BACKUP: &str = "Allow it again";
pub const STOP_BACKUP: &str = "Stop";
pub const BACKUP_FAILED: &str =
    "The backup file could not be written. Your notes are kept here all the same.";
pub const NO_BACKUP_FILE: &str =
    "This browser cannot keep a file on disk up to date; download your notes now and then.";
pub const TRASH: &str = "Trash";
pub const TRASH_EMPTY: &str =
    "Nothing was removed recently. What you remove stays here for 30 days of use.";
pub const RESTORE: &str = "Bring back";
pub const SNAPSHOTS: &str = "Snapshots";
pub const NO_SNAPSHOTS: &str =
    "No snapshots yet. One is made on each day that you use Postil; the last seven are kept.";
pub const DOWNLOAD: &str = "Download";
pub const SET_ASIDE: &str = "Set aside";
pub const DELETE_EVERYTHING: &str = "Delete everything";
pub const DELETE_WHY: &str =
    "Removes every note, article and setting of Postil from this browser. This cannot be undone.";
pub const DELETE_SURE: &str = "Download your notes first: there is no way back.";
pub const DELETE_NOW: &str = "Delete everything now";
pub const NOT_TAKEN: &str = "The browser did not accept the file.";
pub const TEXT_NOT_KEPT: &str = "This article's text could not be kept: it you can read it now, and must open it again after a reload.";
pub const CHOOSE_ARTICLE: &str = "Choose an article";

pub const LABELS: Labels = Labels {
    footnote: "Footnote",
    back: "Back to the text",
    footnotes: "Footnotes",
    picture: "Picture",
    unshown: [
        "not shown: its site does not let other sites use it, or you are offline",
        "not shown: it is larger than 10 MB",
        "not shown: what was received is not a picture",
    ],
    table: "Table",
    gap: WORDS_GONE,
};

/// What `read as` can be, with the value the importer knows it by.
pub const KINDS: [(&str, &str); 4] = [
    ("", "Detect automatically"),
    ("plain", "Plain text"),
    ("markdown", "Markdown"),
    ("html", "HTML"),
];

pub const THEMES: [&str; 3] = ["Match system", "Light", "Dark"];

/// The keys and what they do.
pub const KEY_LIST: [(&str, &str); 27] = [
    ("h", "Highlight the selected passage"),
    ("a or n", "Add a note to the selected passage"),
    (
        "1 – 8",
        "Highlight it in a colour, or recolour the chosen note",
    ),
    ("← →", "In the article: select the word before or after"),
    (
        "Shift ← →",
        "In the article: extend the selection by a character",
    ),
    (
        "Ctrl Shift ← →",
        "In the article: extend the selection by a word",
    ),
    (
        "Shift ↑ ↓",
        "In the article: extend the selection by a line",
    ),
    ("j, k", "Next, previous note"),
    ("Enter", "Write on the chosen note"),
    ("Delete", "Remove the chosen note"),
    ("y", "Keep the chosen note where it was found"),
    ("x", "Detach it: its passage is not there"),
    ("[, ]", "Previous, next place where it may be"),
    ("Shift A", "Attach it to the selected passage"),
    ("Ctrl Enter", "Save while writing"),
    (
        "Ctrl B, I, L, Q",
        "Bold, italic, link, quotation while writing",
    ),
    ("Esc", "Close, leave, clear the selection"),
    ("/", "Search notes"),
    ("t", "Show or hide the notes"),
    ("c", "Contents of the article"),
    ("l", "Library"),
    ("Ctrl Shift H", "Show or hide the highlights"),
    ("Ctrl Z", "Undo"),
    ("Ctrl Shift Z", "Redo"),
    ("Ctrl V", "Open what is on the clipboard"),
    ("?", "This list"),
    ("Tab", "From one control to the next"),
];

/// A format in the menu "Export".
pub fn format(format: Format) -> &'static str {
    match format {
        Format::WebAnnotation => "JSON (Web Annotation)",
    }
}

pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "Yellow",
        Colour::Red => "Red",
        Colour::Green => "Green",
        Colour::Blue => "Blue",
        Colour::Purple => "Purple",
        Colour::Magenta => "Magenta",
        Colour::Orange => "Orange",
        Colour::Grey => "Grey",
    }
}

/// A colour within a sentence.
fn colour_in_words(of: Colour) -> String {
    colour(of).to_ascii_lowercase()
}

/// The button that gives a note another colour. Not the colour's bare name: that is the button
/// on the selection's toolbar.
pub fn make_it(other: Colour) -> String {
    format!("Make it {}", colour_in_words(other))
}

pub fn show_pictures(host: &str) -> String {
    format!("Show images from {host}")
}

pub fn notes(count: usize) -> String {
    match count {
        0 => "no notes".to_owned(),
        1 => "1 note".to_owned(),
        count => format!("{count} notes"),
    }
}

pub fn open_address(address: &str) -> String {
    format!("Fetch {address} and open it?")
}

/// Code points of a title, and of a file's name, that a question has room for.
const MOST_TITLE: usize = 200;

pub fn open_words(title: &str, bytes: usize) -> String {
    match &*shortened(title, MOST_TITLE) {
        "" => format!(
            "Open the text that was shared with Postil, {}?",
            kilobytes(bytes)
        ),
        title => format!(
            "Open “{title}”, {}, which was shared with Postil?",
            kilobytes(bytes)
        ),
    }
}

/// A file that was shared, the first of so many.
pub fn open_file(name: &str, bytes: usize, of: u32) -> String {
    let (name, size) = (shortened(name, MOST_TITLE), kilobytes(bytes));
    match of {
        1 => format!("Open “{name}”, {size}, which was shared with Postil?"),
        of => format!(
            "Open “{name}”, {size}? It is the first of {of} files that were shared with Postil; share the others one by one."
        ),
    }
}

/// "Import “Title”, 62 kB, from example.org?"
pub fn import_page(page: &CapturedPage, is_known: bool) -> String {
    let from = if is_known {
        "from"
    } else {
        "which claims to be from"
    };
    let size = kilobytes(page.html.len());
    format!("Import “{}”, {size}, {from} {}?", page.title, page.host())
}

pub fn await_page(origin: &str) -> String {
    format!("Waiting for the page from {origin} …")
}

fn kilobytes(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(1_000))
}

/// "12 articles", or "3 of 12 articles".
pub fn articles_of(shown: usize, all: usize) -> String {
    let articles = match all {
        1 => "1 article".to_owned(),
        all => format!("{all} articles"),
    };
    match shown == all {
        true => articles,
        false => format!("{shown} of {articles}"),
    }
}

/// "1.2 MB used in this browser", of bytes.
pub fn used(bytes: f64) -> String {
    format!("{} used in this browser", size(bytes))
}

pub fn remove_article(title: &str) -> String {
    format!("Remove “{title}”")
}

pub fn order(order: Order) -> &'static str {
    match order {
        Order::Opened => "last opened",
        Order::Title => "title",
        Order::Notes => "most notes",
        Order::Read => "least read",
    }
}

/// What is known of an article of the library, in a line.
pub fn about(entry: &Entry) -> String {
    // It was published on the day that it says, wherever it is read.
    let day = |moment: &str| moment.split('T').next().unwrap_or_default().to_owned();
    let mut parts: Vec<String> = entry.site.iter().cloned().collect();
    parts.extend(entry.published.as_deref().map(day));
    parts.push(notes(entry.notes));
    parts.push(format!("{}% read", entry.read));
    if !entry.opened.is_empty() {
        parts.push(format!("opened {}", local_day(&entry.opened)));
    }
    parts.join(" · ")
}

/// What is said of looking for notes where it takes a while.
pub fn finding(count: usize) -> String {
    format!("Finding {} in the new text …", notes(count))
}

/// "2 need a look".
pub fn need_a_look(count: usize) -> String {
    let needs = if count == 1 { "needs" } else { "need" };
    format!("{count} {needs} a look")
}

/// Which place of several is looked at, from 0.
pub fn place_of(place: usize, count: usize) -> String {
    format!("{} of {count}", place + 1)
}

/// "212 notes on 14 articles, in this browser on this device."
pub fn where_they_are(count: usize, articles: usize) -> String {
    let articles = match articles {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    format!(
        "{} on {articles}, in this browser on this device and nowhere else.",
        capital(&notes(count))
    )
}

/// "1.2 MB of 10.0 GB", of bytes.
pub fn room(used: f64, all: f64) -> String {
    format!("{} of {}", size(used), size(all))
}

/// With one digit after the point. By whole numbers: what writes fractions is large.
fn size(bytes: f64) -> String {
    let tenths = (bytes / 104_857.6) as u64;
    let (tenths, unit) = match tenths {
        0..10_240 => (tenths, "MB"),
        _ => (tenths / 1_024, "GB"),
    };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

pub fn since_backup(edits: u32) -> String {
    match edits {
        0 => "Nothing has changed since the last backup.".to_owned(),
        1 => "1 edit since the last backup.".to_owned(),
        edits => format!("{edits} edits since the last backup."),
    }
}

pub fn backup_kept(name: &str) -> String {
    format!("“{name}” is kept up to date while Postil is open.")
}

pub fn backup_waits(name: &str) -> String {
    format!(
        "“{name}” is your backup file. The browser needs your permission before it is written again."
    )
}

pub fn days_left(days: u32) -> String {
    match days {
        1 => "1 more day".to_owned(),
        days => format!("{days} more days"),
    }
}

pub fn snapshot(date: &str, count: usize) -> String {
    format!("{date}: {}", notes(count))
}

pub fn set_aside(count: usize) -> String {
    match count {
        1 => "1 record could not be read. It is kept as it was.".to_owned(),
        count => format!("{count} records could not be read. They are kept as they were."),
    }
}

pub fn shown_of(shown: usize, all: usize) -> String {
    format!("{shown} of {}", notes(all))
}

pub fn more(label: &str, count: usize) -> String {
    format!("{label} ({count})")
}

pub fn page_title(article: &str) -> String {
    format!("{article} · {APP}")
}

fn name_of(intent: Intent) -> &'static str {
    match intent {
        Intent::Highlight => "the highlight",
        Intent::AddNote => "the new note",
        Intent::Edit => "the edit",
        Intent::Recolour => "the colour",
        Intent::Remove => "the removal",
        Intent::Import => "the import",
        Intent::Keep => "keeping the passage",
        Intent::Detach => "detaching the note",
        Intent::Attach => "attaching the note",
        Intent::Join => "making it a new version",
        Intent::Restore => "bringing notes back",
        Intent::RemoveArticle => "removing the article’s notes",
    }
}

fn elsewhere(elsewhere: bool) -> &'static str {
    if elsewhere {
        ", in another article"
    } else {
        ""
    }
}

/// What a message says.
pub fn message(message: &Message) -> String {
    match message {
        Message::Highlighted { colour: c } => format!("Highlighted in {}.", colour_in_words(*c)),
        Message::Recoloured { colour: c } => format!("Now {}.", colour_in_words(*c)),
        Message::NoteSaved => "Note saved.".to_owned(),
        Message::DraftKept => "What you wrote is kept as a draft.".to_owned(),
        Message::OnScreenOnly => "What you wrote is only on this screen.".to_owned(),
        Message::Removed => "Note removed.".to_owned(),
        Message::Kept => "Kept: the note is on the words as they are now.".to_owned(),
        Message::Detached => "Detached: the note is in the list of those not found.".to_owned(),
        Message::UpdateReady => "There is a new version of Postil.".to_owned(),
        Message::NothingSelected => SELECT_FIRST.to_owned(),
        Message::Looking { place, of } => format!("Place {place} of {of}."),
        Message::Attached => "The note is on this passage now.".to_owned(),
        Message::Placed(placement) => format!("{}.", placed(placement)),
        Message::Undone { intent, elsewhere: e } => format!("Undone: {}{}.", name_of(*intent), elsewhere(*e)),
        Message::Redone { intent, elsewhere: e } => format!("Redone: {}{}.", name_of(*intent), elsewhere(*e)),
        Message::NothingToUndo => "There is nothing to undo.".to_owned(),
        Message::NothingToRedo => "There is nothing to redo.".to_owned(),
        Message::UndoConflict => {
            "That edit cannot be undone: the note was changed in another tab since. Nothing was changed.".to_owned()
        }
        Message::RedoConflict => {
            "That edit cannot be redone: the note was changed in another tab since. Nothing was changed.".to_owned()
        }
        Message::KeptBoth => {
            "This note was changed in another tab while you wrote. Both texts are kept, yours as a note of its own.".to_owned()
        }
        Message::Imported(report) => imported(report),
        Message::Exported { notes: count } => format!("{} exported.", capital(&notes(*count))),
        Message::Restored { notes: 0 } => "Everything is as it was then.".to_owned(),
        Message::Restored { notes: count } => format!("{} brought back.", capital(&notes(*count))),
        Message::BackupDue { edits } => {
            format!("{edits} edits since your last backup. Your notes are only in this browser.")
        }
        Message::NothingToExport => "There are no notes to export yet.".to_owned(),
        Message::Opened { title } => format!("Opened “{title}”."),
        Message::OpenedCut { title } => {
            format!("Opened “{title}”, without its end: it is longer than Postil can read.")
        }
        Message::Fewer(Fewer::InArticle(percent)) => format!("This article has {percent}% of the page’s words."),
        Message::Fewer(Fewer::InAll(percent)) => {
            format!("Only {percent}% of this page’s words could be shown: the page hides the rest.")
        }
        Message::Busy { what } | Message::Reading { what, .. } => what.clone(),
        Message::Loading => LOADING.to_owned(),
        Message::Stopped => "Stopped. Nothing was changed.".to_owned(),
        Message::ArticleRemoved { title, notes: went, .. } => match went.len() {
            0 => format!("“{title}” is removed."),
            count => format!("“{title}” is removed, with {}.", notes(count)),
        },
        Message::Storage { local, journal } => storage(*local, *journal).to_owned(),
        Message::ReadOnly => {
            "A newer version of Postil has saved data here. This version changes nothing: reload the page to continue.".to_owned()
        }
        Message::KeptBothHeard => {
            "A note was changed in two tabs at the same time. Both texts are kept, one as a note of its own.".to_owned()
        }
        Message::SetAside { records: 1 } => {
            "One stored note could not be read. It is set aside unchanged; the others are here.".to_owned()
        }
        Message::SetAside { records } => {
            format!("{records} stored notes could not be read. They are set aside unchanged; the others are here.")
        }
        Message::ImportFailed { why } => format!("No notes were imported: {why}."),
        Message::OpenFailed { why } => format!("The article was not opened: {why}."),
        Message::TextMissing { title } => {
            format!("The text of “{title}” is not in this browser any more. Its notes are kept: open the article again, and they come back.")
        }
        Message::Failed { what } => what.clone(),
        Message::NotPlaced { notes: count, why } => format!(
            "{} could not be looked for in this text: {why}. Until then they are listed as not found.",
            capital(&notes(*count))
        ),
    }
}

/// What is said where one store refuses, or both do.
fn storage(local: Option<Refusal>, journal: Option<Refusal>) -> &'static str {
    match (local, journal) {
        (Some(Refusal::Full), None) => {
            "There is no room left in this browser's small storage. Your notes are safe in its database; make room, so that they are in both again."
        }
        (_, None) => {
            "This browser's small storage cannot be written. Your notes are safe in its database."
        }
        (_, Some(Refusal::Newer)) => {
            "A newer version of Postil is open in another tab. Reload this page, so that it can continue to keep your notes."
        }
        (Some(Refusal::Cleared), Some(Refusal::Cleared)) => {
            "The data that this site kept in this browser was cleared. Your notes are still on this screen: try again to keep them here, or export them."
        }
        (None, Some(Refusal::Full)) => {
            "There is no room left in this browser's database. Your notes are in its small storage, where a crash may lose the last minute of edits. Export your notes, make room, then try again."
        }
        (None, Some(_)) => {
            "This browser's database cannot be written. Your notes are in its small storage, where a crash may lose the last minute of edits. Export them now and then."
        }
        (Some(Refusal::Full), Some(_)) | (Some(_), Some(Refusal::Full)) => {
            "There is no room left in this browser's storage, so your last edits are only on this screen. Export your notes, make room, then try again."
        }
        (Some(_), Some(_)) => {
            "This browser does not let the page keep anything, so your notes last only as long as this tab. Export them before you close it."
        }
    }
}

fn imported(report: &Report) -> String {
    let mut parts = vec![format!("{} added", capital(&notes(report.added)))];
    let mut part = |count: usize, one: &str, many: &str| match count {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        count => parts.push(format!("{count} {many}")),
    };
    part(report.updated, "updated", "updated");
    part(report.already, "already there", "already there");
    part(
        report.elsewhere,
        "of them on another article",
        "of them on other articles",
    );
    part(report.not_understood, "not understood", "not understood");
    let reason = report
        .first_reason
        .as_ref()
        .map(|why| format!(" ({why})"))
        .unwrap_or_default();
    let placed = report.placement.as_ref().map(placed);
    let placed = placed.map_or_else(String::new, |placed| format!(" In this article {placed}."));
    format!("{}{reason}.{placed}", parts.join(", "))
}

/// Where notes are in a text they were not made on: "212 in place, 9 moved, 2 need a look".
fn placed(placement: &PlacementCounts) -> String {
    let needs = if placement.look == 1 { "needs" } else { "need" };
    let parts = [
        (placement.in_place, "in place"),
        (placement.moved, "moved"),
        (placement.changed, "changed"),
        (placement.look, &format!("{needs} a look")),
    ];
    let told = parts.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    told.join(", ")
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_uppercase())
            .chain(characters)
            .collect()
    })
}
