//! The notes on a book that Readest keeps: a list `booknotes`, alone or beside other settings of the
//! book; or a sheet of them for people.
//!
//! <https://github.com/readest/readest>, `apps/readest-app/src/types/book.ts`.

mod sheet;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::colours::nearest;
use super::dates::of_milliseconds;
use super::foreign::Foreign;
use super::json::parse;
use super::{Arrivals, EntryFault, w3c};
use crate::model::annotation::{Annotation, AnnotationId};

pub use sheet::is_one as is_sheet;

/// The program, in the ids of its notes.
const NAME: &str = "Readest";
/// The field that holds the notes.
const NOTES: &str = "booknotes";
/// The fields that say where a passage is in a book and how it is marked, which are only kept.
const KEPT: [&str; 5] = ["cfi", "xpointer0", "xpointer1", "page", "style"];

/// The titles of books by their hashes.
pub type Titles = BTreeMap<String, String>;

#[derive(Deserialize)]
struct Note {
    id: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    text: Option<String>,
    note: Option<String>,
    color: Option<String>,
    /// Milliseconds since 1970.
    #[serde(rename = "createdAt")]
    created_at: Option<i64>,
    #[serde(rename = "updatedAt")]
    updated_at: Option<i64>,
}

/// The book that a list of notes is on, as far as it is known.
#[derive(Clone, Copy)]
struct Book<'a> {
    hash: &'a str,
    title: &'a str,
}

/// Returns the notes in such a file; `None` if it is another kind of file.
pub fn decode(file: &str) -> Option<Arrivals> {
    decode_titled(file, "", &Titles::new()).or_else(|| sheet::decode(file))
}

/// The same for a file that may not name its book: with its hash and the titles of books, as they are
/// known from other files.
pub fn decode_titled(file: &str, hash: &str, titles: &Titles) -> Option<Arrivals> {
    if !is_one(file) {
        return None;
    }
    let Value::Object(mut fields) = parse(file).ok()? else {
        return None;
    };
    let Some(Value::Array(notes)) = fields.remove(NOTES) else {
        return None;
    };
    let hash = said(&fields, "bookHash").unwrap_or(hash);
    let title = said(&fields, "title").unwrap_or_default();
    let mut arrivals = Arrivals::default();
    for (index, note) in notes.into_iter().enumerate() {
        let Value::Object(note) = note else {
            arrivals.take(index, Err(EntryFault::NotAnObject));
            continue;
        };
        if is_removed(&note) {
            continue;
        }
        let hash = said(&note, "bookHash").unwrap_or(hash).to_owned();
        let known = titles.get(&hash).map_or(title, String::as_str);
        let book = Book {
            hash: &hash,
            // A book of which nothing else is known is told from others by its hash.
            title: if known.is_empty() { &hash } else { known },
        };
        if let Some(read) = annotation(note, book).transpose() {
            arrivals.take(index, read);
        }
    }
    Some(arrivals)
}

/// True if a file may be one of notes, without reading all of it.
fn is_one(file: &str) -> bool {
    file.trim_start().starts_with('{') && file.contains("\"booknotes\"")
}

/// Reads the list of all books; `None` if a file is none.
pub fn titles(file: &str) -> Option<Titles> {
    if !file.trim_start().starts_with('[') || !file.contains("\"hash\"") {
        return None;
    }
    let Value::Array(books) = parse(file).ok()? else {
        return None;
    };
    let titled = books.iter().filter_map(|book| {
        let (hash, title) = (book["hash"].as_str()?, book["title"].as_str()?);
        Some((hash.to_owned(), title.to_owned()))
    });
    let titles: Titles = titled.collect();
    (!titles.is_empty()).then_some(titles)
}

/// Returns a field that says something.
fn said<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let said = fields.get(name).and_then(Value::as_str);
    said.filter(|said| !said.is_empty())
}

fn is_removed(note: &Map<String, Value>) -> bool {
    note.get("deletedAt").is_some_and(|at| !at.is_null())
}

/// Returns a note; `None` if it only marks a page.
fn annotation(
    mut fields: Map<String, Value>,
    book: Book,
) -> Result<Option<Annotation>, EntryFault> {
    let kept = KEPT.into_iter().filter_map(|name| {
        let value = fields.remove(name).filter(|value| !value.is_null())?;
        Some((name.to_owned(), value))
    });
    let kept: Map<String, Value> = kept.collect();
    let note: Note =
        serde_json::from_value(Value::Object(fields)).map_err(|_| EntryFault::Garbled)?;
    let text = note.text.as_deref().map_or("", str::trim);
    let words = note.note.as_deref().map_or("", str::trim);
    if note.kind.as_deref() == Some("bookmark") && text.is_empty() && words.is_empty() {
        return Ok(None);
    }
    let created = note.created_at.and_then(of_milliseconds);
    let modified = note.updated_at.and_then(of_milliseconds);
    let foreign = Foreign {
        program: NAME,
        title: book.title,
        passages: vec![text],
        note: words.to_owned(),
        colour: note.color.as_deref().and_then(nearest),
        created: created.clone(),
        extra: w3c::with_fields(&json!(kept)),
        ..Foreign::default()
    };
    let annotation = foreign.into_annotation()?;
    Ok(Some(Annotation {
        // A note that was edited since is the same one.
        id: AnnotationId::of_content(&[NAME, book.hash, &note.id].join("\u{1f}")),
        modified: modified.filter(|modified| created.is_none_or(|created| *modified > created)),
        ..annotation
    }))
}
