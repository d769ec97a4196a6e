//! The whole article as Markdown, its passages highlighted, each note as a footnote of its passage.

use std::collections::BTreeMap;

use super::chapters::{Document, Entry, Sorted, document};
use super::filters::{block, literal, quote, tag, yaml};
use crate::model::annotation::Annotation;
use crate::model::exchange::Export;
use crate::model::markdown::{Highlight, with_highlights};

/// How far the lines of a footnote are from the margin.
const INDENT: &str = "    ";

/// Writes the article with its highlights: `==passage==[^1]`
/// (<https://help.obsidian.md/syntax#Highlight>), then the notes, and those that are on the article
/// as a whole or on no passage of it.
pub fn encode(export: &Export) -> String {
    let document = document(export, false);
    let entries = document.notes().map(|note| (note.id.as_str(), note));
    let entries: BTreeMap<&str, &Entry> = entries.collect();
    let entry = |note: &Annotation| entries.get(note.id.as_str()).copied();
    let sorted = Sorted::of(export);
    let (numbers, highlights) = highlights(export, &sorted);
    let mut parts = vec![
        front_matter(&document),
        with_highlights(export.article, &highlights),
    ];
    let footnotes = numbers
        .iter()
        .filter_map(|(number, note)| Some((*number, entry(note)?)));
    parts.extend(footnotes.map(|(number, note)| footnote(number, note)));
    let unmarked = sorted.placed.iter().filter(|placed| placed.is_gap());
    let unmarked = unmarked.map(|placed| placed.note);
    let unplaced = unmarked.chain(sorted.unplaced.iter().copied());
    let words = export.wording;
    parts.extend(section(
        &words.whole,
        sorted.whole.iter().copied().filter_map(entry),
    ));
    parts.extend(section(&words.unplaced, unplaced.filter_map(entry)));
    parts.retain(|part| !part.is_empty());
    [&parts.join("\n\n"), "\n"].concat()
}

/// The notes that become footnotes, with their numbers, and what is marked in the article.
fn highlights<'a>(
    export: &Export<'a>,
    sorted: &Sorted<'a>,
) -> (Vec<(usize, &'a Annotation)>, Vec<Highlight>) {
    let mut numbers: Vec<(usize, &Annotation)> = Vec::new();
    let mut highlights = Vec::new();
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for placed in sorted.placed.iter().filter(|placed| !placed.is_gap()) {
        let number = numbers.len() + 1;
        // A mere highlight has nothing to say.
        let footnote = (!placed.note.is_bare()).then_some(number);
        if footnote.is_some() {
            numbers.push((number, placed.note));
            by_id.insert(placed.note.id.as_str(), number);
        }
        highlights.push(Highlight {
            range: placed.range,
            footnote,
        });
    }
    let further = export.placements.further().iter();
    highlights.extend(further.map(|placed| Highlight {
        range: placed.range,
        footnote: by_id.get(placed.annotation.id.as_str()).copied(),
    }));
    (numbers, highlights)
}

fn front_matter(document: &Document) -> String {
    let mut lines = vec!["---".to_owned()];
    let facts = [
        ("title", &document.title),
        ("author", &document.author),
        ("source", &document.source),
        ("date", &document.date),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    lines.extend(said.map(|(key, value)| [key, ": ", &yaml(value)].concat()));
    if !document.tags.is_empty() {
        lines.push("tags:".to_owned());
    }
    let tags = document.tags.iter();
    lines.extend(tags.map(|tag| ["  - ", &yaml(tag)].concat()));
    lines.push("---".to_owned());
    lines.join("\n")
}

/// Writes a note as a footnote, whatever blocks are in it.
fn footnote(number: usize, note: &Entry) -> String {
    let body = said(note).replace('\n', &["\n", INDENT].concat());
    let body = body.replace(&["\n", INDENT, "\n"].concat(), "\n\n");
    // Two blank lines in a row.
    let body = body.replace(&["\n", INDENT, "\n"].concat(), "\n\n");
    ["[^", &number.to_string(), "]: ", &body].concat()
}

/// The note, its tags and the id of its block.
fn said(note: &Entry) -> String {
    let tags = note.tags.iter().map(|name| tag(name));
    let tags = tags.filter(|tag| !tag.is_empty());
    let signs: Vec<String> = tags.chain([block(&note.id)]).collect();
    let parts = [note.note.clone(), signs.join(" ")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn section<'a>(heading: &str, notes: impl Iterator<Item = &'a Entry>) -> Vec<String> {
    let mut parts = vec![["## ", &literal(heading)].concat()];
    for note in notes {
        if !note.text.is_empty() {
            parts.push(quote(&literal(&note.text)));
        }
        parts.push(said(note));
    }
    if parts.len() == 1 {
        parts.clear();
    }
    parts
}
