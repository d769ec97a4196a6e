//! Reads annotations of the Hypothesis API, as a file of its client, an answer or a bare list.

use serde_json::{Map, Value, json};

use super::replies::{self, Read};
use super::{CREATOR, KEPT};
use crate::model::annotation::Annotation;
use crate::model::colour_names::ColourNames;
use crate::model::exchange::json::{parse, take_string};
use crate::model::exchange::{Arrivals, EntryFault, own, w3c};

/// Fields that hold a list of annotations: in a file of the client, in an answer to a search, and
/// beside that the replies if they were asked for (API reference, search).
const LISTS: [&str; 3] = ["annotations", "rows", "replies"];

/// Reads such a file; `None` if it is another kind of file.
pub fn decode(file: &str) -> Option<Arrivals> {
    // Spares others from being parsed in vain: within a string, a quotation mark is escaped.
    if !file.contains("\"uri\"") {
        return None;
    }
    let entries = entries(parse(file).ok()?);
    if !entries.iter().any(is_of_api) {
        return None;
    }
    let mut arrivals = Arrivals::default();
    let read = |entry| Read {
        references: references(&entry),
        name: name(&entry),
        annotation: annotation(entry, &mut arrivals.colour_names),
    };
    let read: Vec<Read> = entries.into_iter().map(read).collect();
    replies::settle(read, &mut arrivals);
    Some(arrivals)
}

/// Returns the entries of a file, an answer, a list or a single annotation.
fn entries(file: Value) -> Vec<Value> {
    match file {
        Value::Array(entries) => entries,
        Value::Object(mut fields) => {
            let lists = LISTS.iter().filter_map(|name| match fields.remove(*name)? {
                Value::Array(entries) => Some(entries),
                _ => None,
            });
            let entries: Vec<Value> = lists.flatten().collect();
            match entries.is_empty() {
                true => vec![Value::Object(fields)],
                false => entries,
            }
        }
        _ => Vec::new(),
    }
}

/// True if an entry has the outline of an annotation of the API, and not of the W3C's model.
fn is_of_api(entry: &Value) -> bool {
    let has = |name: &str| entry.get(name).is_some();
    entry["uri"].is_string() && (has("target") || has("text")) && !has("body")
}

/// The ids of the annotations that a reply is below, the first one topmost.
fn references(entry: &Value) -> Vec<String> {
    let ids = entry["references"].as_array().into_iter().flatten();
    ids.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What an author is called.
fn name(entry: &Value) -> String {
    let shown = entry["user_info"]["display_name"].as_str();
    let shown = shown.map(str::trim).filter(|name| !name.is_empty());
    let user = entry["user"].as_str().unwrap_or_default();
    let name = super::account(user).map_or(user, |(name, _)| name);
    shown.unwrap_or(name).to_owned()
}

fn annotation(entry: Value, names: &mut ColourNames) -> Result<Annotation, EntryFault> {
    let Value::Object(mut fields) = entry else {
        return Err(EntryFault::NotAnObject);
    };
    let own = own::take(&mut fields);
    let said = w3c::annotation(in_the_model(fields)?, names)?;
    Ok(own::restored(said, own, names))
}

/// Rewrites an annotation in the W3C's model. What that has no place for is kept in a field.
fn in_the_model(mut fields: Map<String, Value>) -> Result<Value, EntryFault> {
    let mut model = Map::new();
    model.insert("type".to_owned(), "Annotation".into());
    model.insert("target".to_owned(), targets(&mut fields)?);
    model.insert("body".to_owned(), bodies(&mut fields).into());
    for (theirs, ours) in [
        ("id", "id"),
        ("user", CREATOR),
        ("created", "created"),
        ("updated", "modified"),
    ] {
        if let Some(value) = take_string(&mut fields, theirs) {
            model.insert(ours.to_owned(), value.into());
        }
    }
    // An annotation that was never edited was last updated when it was created.
    if model.get("modified") == model.get("created") {
        model.remove("modified");
    }
    if !fields.is_empty() {
        model.insert(KEPT.to_owned(), fields.into());
    }
    Ok(Value::Object(model))
}

/// Takes the targets: their addresses are `uri`, and their positions are never trusted, as they have
/// no text.
fn targets(fields: &mut Map<String, Value>) -> Result<Value, EntryFault> {
    let uri = take_string(fields, "uri");
    let targets = match fields.remove("target") {
        Some(Value::Array(targets)) => targets,
        Some(Value::Null) | None => Vec::new(),
        Some(target) => vec![target],
    };
    if targets.is_empty() && uri.is_none() {
        return Err(EntryFault::NoTarget);
    }
    let first = targets.is_empty().then(|| json!({}));
    let at_uri = |target: Value| match (target, &uri) {
        (Value::Object(mut target), Some(uri)) => {
            target.insert("source".to_owned(), uri.as_str().into());
            Ok(Value::Object(target))
        }
        (Value::Object(target), None) => Ok(Value::Object(target)),
        _ => Err(EntryFault::UnknownTarget),
    };
    first.into_iter().chain(targets).map(at_uri).collect()
}

/// Takes the words, in Markdown, and the tags.
fn bodies(fields: &mut Map<String, Value>) -> Vec<Value> {
    let text = take_string(fields, "text").filter(|text| !text.is_empty());
    let comment = text.map(|text| {
        json!({
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/markdown",
            "value": text,
        })
    });
    let tags = match fields.remove("tags") {
        Some(Value::Array(tags)) if tags.iter().all(Value::is_string) => tags,
        Some(other) => {
            fields.insert("tags".to_owned(), other);
            Vec::new()
        }
        None => Vec::new(),
    };
    let tags = tags.into_iter();
    let tags = tags.filter(|tag| tag.as_str().is_some_and(|tag| !tag.trim().is_empty()));
    let tags = tags.map(|tag| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag }));
    comment.into_iter().chain(tags).collect()
}
