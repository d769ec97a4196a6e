//! The bookmarks that Karakeep exports: those with a note become notes on the whole page.
//!
//! <https://github.com/karakeep-app/karakeep>, `packages/shared/import-export/exporters.ts`. Its
//! highlights are not in the file.

use serde::Deserialize;
use serde_json::Value;

use super::dates::of_unix;
use super::foreign::Foreign;
use super::{Arrivals, EntryFault, NotUnderstood};
use crate::model::annotation::Annotation;

#[derive(Deserialize)]
struct File {
    bookmarks: Vec<Value>,
}

#[derive(Deserialize)]
struct Bookmark {
    /// Seconds since 1970.
    #[serde(rename = "createdAt")]
    created_at: i64,
    title: Option<String>,
    tags: Vec<String>,
    content: Option<Content>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    url: Option<String>,
}

/// Returns the notes in such a file; `None` if it is another kind of file.
pub fn decode(file: &str) -> Option<Arrivals> {
    if !file.trim_start().starts_with('{') || !file.contains("\"bookmarks\"") {
        return None;
    }
    let file: File = serde_json::from_str(file).ok()?;
    let is_one = |bookmark: &Value| bookmark.get("createdAt").is_some_and(Value::is_number);
    if !file.bookmarks.iter().any(is_one) {
        return None;
    }
    let mut arrivals = Arrivals::default();
    for (index, bookmark) in file.bookmarks.into_iter().enumerate() {
        match annotation(bookmark) {
            Ok(annotation) => arrivals.annotations.extend(annotation),
            Err(why) => arrivals.not_understood.push(NotUnderstood {
                entry: index + 1,
                why,
            }),
        }
    }
    Some(arrivals)
}

/// Returns the note of a bookmark; `None` if it has none, or is no page.
fn annotation(bookmark: Value) -> Result<Option<Annotation>, EntryFault> {
    let bookmark: Bookmark = serde_json::from_value(bookmark).map_err(|_| EntryFault::Garbled)?;
    let address = bookmark.content.and_then(|content| content.url);
    let note = bookmark.note.filter(|note| !note.trim().is_empty());
    let (Some(address), Some(note)) = (address, note) else {
        return Ok(None);
    };
    let created = of_unix(bookmark.created_at);
    let made = created.as_ref().map_or("", |at| &*at.0);
    let foreign = Foreign {
        program: "Karakeep",
        address: &address,
        title: bookmark.title.as_deref().unwrap_or_default(),
        note,
        tags: bookmark.tags,
        made,
        created: created.clone(),
        ..Foreign::default()
    };
    foreign.into_annotation().map(Some)
}
