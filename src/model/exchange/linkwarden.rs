//! The links that Linkwarden exports: those with a description become notes on the whole page.
//!
//! <https://github.com/linkwarden/linkwarden>, `apps/web/lib/api/controllers/migration`. Its
//! highlights are not in the file.

use serde::Deserialize;
use serde_json::Value;

use super::dates::to_iso;
use super::foreign::Foreign;
use super::json::parse;
use super::{Arrivals, EntryFault};
use crate::model::annotation::Annotation;

#[derive(Deserialize)]
struct Link {
    url: Option<String>,
    name: Option<String>,
    description: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(rename = "createdAt", default)]
    created_at: String,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
}

/// Returns the notes in such a file; `None` if it is another kind of file. Each link is an entry,
/// counted through all collections.
pub fn decode(file: &str) -> Option<Arrivals> {
    // Told without reading all of another file, as far as that is possible.
    if !file.trim_start().starts_with('{') || !file.contains("\"collections\"") {
        return None;
    }
    let mut file = parse(file).ok()?;
    let Value::Array(collections) = file["collections"].take() else {
        return None;
    };
    if !collections.iter().any(is_collection) {
        return None;
    }
    let links = collections.into_iter().flat_map(links_of);
    let mut arrivals = Arrivals::default();
    for (index, link) in links.enumerate() {
        if let Some(read) = annotation(link).transpose() {
            arrivals.take(index, read);
        }
    }
    Some(arrivals)
}

/// True if this has what every collection has.
fn is_collection(collection: &Value) -> bool {
    collection["name"].is_string() && collection["links"].is_array()
}

fn links_of(mut collection: Value) -> Vec<Value> {
    match collection.get_mut("links").map(Value::take) {
        Some(Value::Array(links)) => links,
        _ => Vec::new(),
    }
}

/// Returns the note of a link; `None` if it has none, or is no page.
fn annotation(link: Value) -> Result<Option<Annotation>, EntryFault> {
    if !link.is_object() {
        return Err(EntryFault::NotAnObject);
    }
    let link: Link = serde_json::from_value(link).map_err(|_| EntryFault::Garbled)?;
    let note = link.description.filter(|note| !note.trim().is_empty());
    let (Some(address), Some(note)) = (link.url, note) else {
        return Ok(None);
    };
    let foreign = Foreign {
        program: "Linkwarden",
        address: &address,
        title: link.name.as_deref().unwrap_or_default(),
        note,
        tags: link.tags.into_iter().map(|tag| tag.name).collect(),
        made: &link.created_at,
        created: to_iso(&link.created_at),
        ..Foreign::default()
    };
    foreign.into_annotation().map(Some)
}
