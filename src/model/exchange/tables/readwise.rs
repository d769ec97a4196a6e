//! Readwise's tables: the one that it imports, and the one that it exports.
//!
//! <https://readwise.io/import_bulk>.
//! Tags are words behind full stops at the beginning of a note, dates are in UTC without an offset.

use super::{Row, write};
use crate::model::annotation::Annotation;
use crate::model::exchange::colours::nearest;
use crate::model::exchange::dates::{to_iso, to_plain};
use crate::model::exchange::foreign::Foreign;
use crate::model::exchange::listed::{Listed, address_of, listed};
use crate::model::exchange::{EntryFault, Export};
use crate::model::tags::parse_tags;

/// The heads of the table that it imports, to the letter.
pub const HEADS: [&str; 7] = [
    "Highlight",
    "Title",
    "Author",
    "URL",
    "Note",
    "Location",
    "Date",
];
/// The line between the passages of a note that is on several.
const BETWEEN: &str = "\n[…]\n";

/// Writes the notes of an article as it imports them: without a byte order mark, which would become
/// part of the first head.
pub fn encode(export: &Export) -> String {
    let heads = HEADS.map(str::to_owned).to_vec();
    let rows = listed(export).map(|note| cells(export, &note));
    write(std::iter::once(heads).chain(rows), b',')
}

fn cells(export: &Export, note: &Listed) -> Vec<String> {
    let (article, annotation) = (export.article, note.annotation);
    // Names every field, so that one which the form cannot hold is left out knowingly.
    let Annotation {
        id: _,
        article: _,
        target,
        more: _,
        attached: _,
        note: words,
        tags,
        colour: _,
        created,
        modified: _,
        extra: _,
    } = annotation;
    let passages = note.passages(article);
    // Every row must have words: a note on the whole article is on its title.
    let highlight = match passages.join(BETWEEN) {
        blank if blank.trim().is_empty() => article.title().to_owned(),
        words => words,
    };
    let place = target.position.map(|position| position.start().to_string());
    vec![
        highlight,
        article.title().to_owned(),
        article.description().byline.clone().unwrap_or_default(),
        address_of(article).to_owned(),
        with_tags(words, tags),
        place.unwrap_or_default(),
        created.as_ref().and_then(to_plain).unwrap_or_default(),
    ]
}

/// Writes the tags in a line of their own before the words. The line is there, too, if the words
/// could be taken for tags.
fn with_tags(words: &str, tags: &[String]) -> String {
    let tags: Vec<String> = tags.iter().filter_map(|tag| word_of(tag)).collect();
    let line = tags.join(" ");
    match (line.is_empty(), words.is_empty()) {
        (true, _) if !words.starts_with(['.', '\n']) => words.to_owned(),
        (false, true) => line,
        _ => [&line, "\n", words].concat(),
    }
}

/// Returns a tag as one word behind a full stop; `None` if nothing is left of it.
fn word_of(tag: &str) -> Option<String> {
    let words: Vec<&str> = tag.trim_start_matches('.').split_whitespace().collect();
    let word = words.join("-");
    (!word.is_empty()).then(|| [".", &word].concat())
}

/// Returns the tags at the beginning of a note, and the rest.
fn parted(note: &str) -> (Vec<String>, &str) {
    let (line, below) = note.split_once('\n').unwrap_or((note, ""));
    let (mut tags, mut rest): (Vec<String>, &str) = (Vec::new(), line);
    while let Some(tagged) = rest.strip_prefix('.') {
        let (tag, after) = tagged.split_once([' ', '\r']).unwrap_or((tagged, ""));
        if tag.is_empty() || tag.starts_with('.') {
            break;
        }
        if !tags.iter().any(|other| other == tag) {
            tags.push(tag.to_owned());
        }
        rest = after.trim_start_matches(' ');
    }
    match (rest.is_empty(), tags.is_empty()) {
        // A line of tags alone, or the empty one that stands for it.
        (true, _) => (tags, below),
        (false, true) => (tags, note),
        (false, false) => (tags, &note[line.len() - rest.len()..]),
    }
}

/// Reads a row of either table.
///
/// # Errors
/// If there is no highlight, which every row must have.
pub(super) fn annotation(row: &Row) -> Result<Annotation, EntryFault> {
    let highlight = row.cell("highlight");
    if highlight.trim().is_empty() {
        return Err(EntryFault::NoWords);
    }
    let title = row.first(&["title", "book title"]);
    let (mut tags, note) = parted(row.cell("note"));
    for tag in parse_tags(row.cell("tags")) {
        let tag = tag.trim_start_matches('.').to_owned();
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let is_of_whole = highlight == title && !(note.is_empty() && tags.is_empty());
    let passages = match is_of_whole {
        true => Vec::new(),
        false => highlight.split(BETWEEN).collect(),
    };
    let made = row.first(&["date", "highlighted at"]);
    Foreign {
        program: "Readwise",
        address: row.first(&["url", "source url"]),
        title,
        passages,
        note: note.to_owned(),
        tags,
        colour: nearest(row.cell("color")),
        made,
        created: to_iso(made),
        ..Foreign::default()
    }
    .into_annotation()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn tags_before_a_note_are_told_from_its_words() {
        for (note, tags, words) in [
            (".law .ports Words", &["law", "ports"][..], "Words"),
            (".law\nWords\nand more", &["law"], "Words\nand more"),
            (".law Words\nand more", &["law"], "Words\nand more"),
            (".law", &["law"], ""),
            (".law .law", &["law"], ""),
            ("... and so on", &[], "... and so on"),
            (". Words", &[], ". Words"),
            ("Words .law", &[], "Words .law"),
            ("", &[], ""),
            ("\n.5 of it", &[], ".5 of it"),
        ] {
            assert_eq!(parted(note), (owned(tags), words), "{note}");
        }
    }

    #[test]
    fn words_are_read_back_whatever_they_begin_with() {
        for words in ["Words", ".5", "\n\nx", "", "\r\n.x", ".", "a\n.b", " .c"] {
            for tags in [&[][..], &["law"], &["law", "2024", "👍"]] {
                let note = with_tags(words, &owned(tags));
                assert_eq!(parted(&note), (owned(tags), words), "{note:?}");
            }
        }
        assert_eq!(
            with_tags("x", &owned(&["to read", "..", " "])),
            ".to-read\nx"
        );
    }
}
