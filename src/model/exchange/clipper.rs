//! The highlights that Obsidian's Web Clipper exports: a list of pages, each with its highlights.

use serde_json::Value;

use super::dates::to_iso;
use super::foreign::Foreign;
use super::markup_words::words_of;
use super::{Arrivals, EntryFault, LONGEST_NOTE, NotUnderstood};
use crate::model::annotation::Annotation;

/// Returns the highlights in such a file; `None` if it is another kind of file. Each highlight is an
/// entry, counted through all pages.
pub fn decode(file: &str) -> Option<Arrivals> {
    // Told without reading all of another file, as far as that is possible.
    if !file.trim_start().starts_with('[') || !file.contains("\"highlights\"") {
        return None;
    }
    let pages: Vec<Value> = serde_json::from_str(file).ok()?;
    if pages.is_empty() || !pages.iter().all(is_page) {
        return None;
    }
    let mut arrivals = Arrivals::default();
    let mut entry = 0;
    for page in &pages {
        let highlights = page["highlights"].as_array().into_iter().flatten();
        for highlight in highlights {
            entry += 1;
            match annotation(page, highlight) {
                Ok(annotation) => arrivals.annotations.push(annotation),
                Err(why) => arrivals.not_understood.push(NotUnderstood { entry, why }),
            }
        }
    }
    Some(arrivals)
}

/// True if this has what every page of the list has, and nothing of an annotation.
fn is_page(page: &Value) -> bool {
    page["url"].is_string() && page["highlights"].is_array() && page.get("target").is_none()
}

fn annotation(page: &Value, highlight: &Value) -> Result<Annotation, EntryFault> {
    if !highlight.is_object() {
        return Err(EntryFault::NotAnObject);
    }
    let text = &highlight["text"];
    let markup = text.as_str().or_else(|| text.is_null().then_some(""));
    let markup = markup.ok_or(EntryFault::Garbled)?;
    if markup.len() > LONGEST_NOTE {
        return Err(EntryFault::NoteTooLong);
    }
    let words = words_of(markup);
    let notes = highlight["notes"].as_array().into_iter().flatten();
    let notes = notes.filter_map(Value::as_str).map(str::trim);
    let notes: Vec<&str> = notes.filter(|note| !note.is_empty()).collect();
    let made = highlight["timestamp"].as_str().unwrap_or_default();
    Foreign {
        program: "Obsidian Web Clipper",
        address: page["url"].as_str().unwrap_or_default(),
        title: page["title"].as_str().unwrap_or_default(),
        passages: vec![&words],
        note: notes.join("\n\n"),
        made,
        created: to_iso(made),
        ..Foreign::default()
    }
    .into_annotation()
}
