//! Writes an article as an item of CSL JSON, the data of citation processors.
//!
//! <https://docs.citationstyles.org/en/stable/specification.html>, appendix IV (variables), and
//! `csl-data.json` of the schema.

use serde_json::{Map, Value, json};

use super::{Day, authors, doi, key, notes};
use crate::model::article::{Article, Source};
use crate::model::exchange::Export;
use crate::model::exchange::described::address;
use crate::model::exchange::json::written;

/// Writes a list of one item, with the notes as its note.
pub fn encode(export: &Export) -> String {
    let article = export.article;
    let about = article.description();
    let mut item = Map::new();
    let mut set = |name: &str, value: Value| item.insert(name.to_owned(), value);
    set("id", key(article).into());
    set("type", kind(article).into());
    set("title", article.title().into());
    let authors = authors(article).into_iter();
    let authors: Vec<Value> = authors.map(|name| json!({ "literal": name })).collect();
    if !authors.is_empty() {
        set("author", authors.into());
    }
    if let Some(said) = &about.published {
        let raw = || json!({ "raw": said });
        set("issued", Day::of(article).map_or_else(raw, date));
    }
    if let Some(accessed) = Day::parse(&export.stamp.at.0) {
        set("accessed", date(accessed));
    }
    let texts = [
        ("container-title", about.site.as_deref()),
        ("URL", address(article)),
        ("DOI", doi(article)),
        ("language", about.language.as_deref()),
        ("note", Some(&*notes(export))),
    ];
    for (name, value) in texts {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            set(name, value.into());
        }
    }
    written(&[item])
}

/// The type: what has an identifier is published in its own right.
fn kind(article: &Article) -> &'static str {
    match (doi(article), &article.description().source) {
        (Some(_), _) => "article",
        (None, Source::Address(_)) => "webpage",
        _ => "document",
    }
}

fn date(day: Day) -> Value {
    let parts = [Some(day.year), day.month, day.day];
    let parts: Vec<u32> = parts.into_iter().flatten().collect();
    json!({ "date-parts": [parts] })
}
