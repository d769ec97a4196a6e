//! Notes on one article as a link carries them: the least that finds their passages and says what is
//! on them. It is compressed and put into the address by whoever makes the link.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::foreign::without_fragment;
use super::listed::listed;
use super::{Arrivals, EntryFault, Export, LONGEST_NOTE, own, w3c};
use crate::model::annotation::{Annotation, AnnotationId, Colour, Quote, Target, Timestamp};
use crate::model::article::ArticleId;

/// Most characters of a link: browsers take more, but hardly any program hands more on.
pub const MOST: usize = 32_000;
/// Characters from which on some programs cut links off.
pub const SURE: usize = 2_000;
/// Most bytes that the notes of a link may inflate to.
pub const MOST_INFLATED: usize = 1024 * 1024;

/// What the field `postil` says in such a file, and how the file begins.
const KIND: &str = "link";
const BEGIN: &str = "{\"postil\":\"link\",";
/// Most characters before and after a passage: with them it is found among a few that are alike.
const CONTEXT: usize = 32;
/// The field of an annotation that names who made it.
const CREATOR: &str = "creator";

/// What a link says of its notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The title of the article; may be empty.
    pub title: String,
    /// The IRI of the article.
    pub source: String,
    /// Number of notes.
    pub notes: usize,
}

#[derive(Serialize, Deserialize)]
struct File<N> {
    postil: String,
    title: String,
    source: String,
    notes: Vec<N>,
}

/// A note, with short names.
#[derive(Serialize, Deserialize)]
struct Note {
    i: AnnotationId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    q: Option<Quote>,
    /// The further passages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    m: Vec<Quote>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    n: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    t: Vec<String>,
    #[serde(default)]
    c: Colour,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    d: Option<Timestamp>,
    /// When it was edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    e: Option<Timestamp>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    b: Value,
}

/// Writes the notes of an article.
pub fn encode(export: &Export) -> String {
    let notes = listed(export).map(|note| short(export, note.annotation));
    let file = File {
        postil: KIND.to_owned(),
        title: export.article.title().to_owned(),
        source: export.article.iri(),
        notes: notes.collect(),
    };
    serde_json::to_string(&file).unwrap_or_default()
}

fn short(export: &Export, annotation: &Annotation) -> Note {
    // Names every field, so that one which a link does not hold is left out knowingly.
    let Annotation {
        id,
        article: _,
        target,
        more,
        attached: _,
        note,
        tags,
        colour,
        created,
        modified,
        extra,
    } = annotation;
    let creator = match extra.is_empty() {
        true => Value::Null,
        false => own::written(annotation, export.colour_names)[CREATOR].take(),
    };
    let more = more.iter().filter_map(|target| target.quote.as_ref());
    Note {
        i: id.clone(),
        q: target.quote.as_ref().map(shortened),
        m: more.map(shortened).collect(),
        n: note.clone(),
        t: tags.clone(),
        c: *colour,
        d: created.clone(),
        e: modified.clone(),
        b: creator,
    }
}

fn shortened(quote: &Quote) -> Quote {
    let skipped = quote.prefix.chars().count().saturating_sub(CONTEXT);
    Quote {
        prefix: quote.prefix.chars().skip(skipped).collect(),
        suffix: quote.suffix.chars().take(CONTEXT).collect(),
        ..quote.clone()
    }
}

/// Returns what a link says of its notes; `None` if this is no such file.
pub fn head(file: &str) -> Option<Head> {
    let file = read::<IgnoredAny>(file)?;
    Some(Head {
        title: file.title,
        source: file.source,
        notes: file.notes.len(),
    })
}

/// Returns the notes in such a file; `None` if it is another kind of file.
pub fn decode(file: &str) -> Option<Arrivals> {
    let File { source, notes, .. } = read::<Value>(file)?;
    let mut arrivals = Arrivals::default();
    for (index, note) in notes.into_iter().enumerate() {
        arrivals.take(index, annotation(&source, note));
    }
    Some(arrivals)
}

fn read<'a, N: Deserialize<'a>>(file: &'a str) -> Option<File<N>> {
    // Spares others from being parsed in vain.
    let file = file.starts_with(BEGIN).then_some(file)?;
    serde_json::from_str(file).ok()
}

fn annotation(source: &str, note: Value) -> Result<Annotation, EntryFault> {
    if !note.is_object() {
        return Err(EntryFault::NotAnObject);
    }
    let note: Note = serde_json::from_value(note).map_err(|_| EntryFault::Garbled)?;
    if note.n.len() > LONGEST_NOTE {
        return Err(EntryFault::NoteTooLong);
    }
    let target = |quote: Quote| Target {
        source: source.to_owned(),
        quote: Some(quote).filter(|quote| !quote.exact.is_empty()),
        ..Target::default()
    };
    let original = target(note.q.unwrap_or_default());
    let mut tags: Vec<String> = Vec::new();
    for tag in note.t.iter().map(|tag| tag.trim()) {
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    if original.quote.is_none() && note.n.is_empty() && tags.is_empty() {
        return Err(EntryFault::NoWords);
    }
    let more = note.m.into_iter().map(target);
    let extra = match note.b {
        Value::Null => json!({}),
        creator => json!({ CREATOR: creator }),
    };
    Ok(Annotation {
        id: note.i,
        article: ArticleId::of_iri(without_fragment(source)),
        target: original,
        more: more.filter(|target| target.quote.is_some()).collect(),
        attached: None,
        note: note.n,
        tags,
        colour: note.c,
        created: note.d,
        modified: note.e,
        extra: w3c::with_fields(&extra),
    })
}
