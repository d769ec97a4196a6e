//! The archives that Omnivore exported: lists of pages, and for each page with highlights a file of
//! Markdown.
//!
//! <https://github.com/omnivore-app/omnivore>, `packages/api/src/jobs/export.ts` and
//! `highlightToMarkdown` beside it.

use serde_json::Value;

use super::dates::to_iso;
use super::foreign::Foreign;
use super::json::parse;
use super::{Arrivals, EntryFault, LONGEST_NOTE, MOST_NOTES};
use crate::model::annotation::Annotation;

/// What the name of a list of pages begins and ends with.
const LIST: (&str, &str) = ("metadata_", ".json");
/// Longest label, in characters. Labels are written like the first words of a note.
const LONGEST_LABEL: usize = 64;

/// A page that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    slug: String,
    title: String,
    /// Its address; empty if the list has none.
    address: String,
    labels: Vec<String>,
    /// When it was saved, as the file says it: of the highlights nothing is said.
    at: String,
}

/// Returns the folder of an entry of an archive, if its name is one of a list of pages.
pub fn folder_of_list(entry: &str) -> Option<&str> {
    let start = entry.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, name) = entry.split_at(start);
    let numbers = name.strip_prefix(LIST.0)?.strip_suffix(LIST.1)?;
    let (from, to) = numbers.split_once("_to_")?;
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number(from) && is_number(to)).then_some(folder)
}

/// Reads a list of pages; `None` if a file is none. What is no page in it is left out: it can have no
/// highlights, since they are found by its name.
pub fn list(file: &str) -> Option<Vec<Saved>> {
    let Value::Array(pages) = parse(file).ok()? else {
        return None;
    };
    Some(pages.iter().filter_map(saved).collect())
}

fn saved(page: &Value) -> Option<Saved> {
    let text = |name: &str| page[name].as_str().unwrap_or_default().to_owned();
    let labels = page["labels"].as_array().into_iter().flatten();
    let labels = labels.filter_map(|label| label.as_str().or_else(|| label["name"].as_str()));
    Some(Saved {
        slug: page["slug"]
            .as_str()
            .filter(|slug| !slug.is_empty())?
            .into(),
        title: text("title"),
        address: text("url"),
        labels: labels.map(str::to_owned).collect(),
        at: text("savedAt"),
    })
}

impl Saved {
    /// The name of the entry that has its highlights, beside the list in this folder.
    pub fn highlights(&self, folder: &str) -> String {
        format!("{folder}highlights/{}.md", self.slug)
    }

    /// Adds the highlights on this page, and the note on the whole page that may come first.
    pub fn read(&self, markdown: &str, arrivals: &mut Arrivals) {
        let mut noted: Option<Noted> = None;
        // A block at a time: there may be millions of them.
        let mut block = String::new();
        for line in markdown.lines().chain([""]).map(str::trim_end) {
            if !line.is_empty() {
                if !block.is_empty() {
                    block.push('\n');
                }
                block.push_str(line);
                continue;
            }
            let block = std::mem::take(&mut block);
            if block.starts_with('>') {
                let quote = Some(quoted(&block));
                self.add(noted.replace(Noted::of(quote)), arrivals);
            } else if !block.is_empty() {
                noted.get_or_insert_with(|| Noted::of(None)).take(block);
            }
        }
        self.add(noted, arrivals);
    }

    fn add(&self, noted: Option<Noted>, arrivals: &mut Arrivals) {
        let entry = arrivals.annotations.len() + arrivals.not_understood.len();
        // One more than may be is enough for the file to be refused.
        if let Some(noted) = noted.filter(|_| entry <= MOST_NOTES) {
            arrivals.take(entry, self.annotation(noted));
        }
    }

    fn annotation(&self, noted: Noted) -> Result<Annotation, EntryFault> {
        let quote = noted.quote.unwrap_or_default();
        if quote.len() > LONGEST_NOTE {
            return Err(EntryFault::NoteTooLong);
        }
        let mut tags = noted.labels;
        for label in &self.labels {
            if !tags.contains(label) {
                tags.push(label.clone());
            }
        }
        let note = noted.paragraphs.join("\n\n");
        if quote.is_empty() && note.is_empty() {
            return Err(EntryFault::NoWords);
        }
        Foreign {
            program: "Omnivore",
            address: &self.address,
            title: &self.title,
            passages: vec![&quote],
            note,
            tags,
            made: &self.at,
            created: to_iso(&self.at),
            ..Foreign::default()
        }
        .into_annotation()
    }
}

/// A highlight with what belongs to it, or what comes before any.
struct Noted {
    quote: Option<String>,
    labels: Vec<String>,
    paragraphs: Vec<String>,
}

impl Noted {
    fn of(quote: Option<String>) -> Self {
        Self {
            quote,
            labels: Vec::new(),
            paragraphs: Vec::new(),
        }
    }

    /// Takes a block that is no quotation.
    fn take(&mut self, block: String) {
        match labels_in(&block).filter(|_| self.quote.is_some()) {
            Some(labels) => self.labels.extend(labels),
            None => self.paragraphs.push(block),
        }
    }
}

/// The words of a quotation. Only its first line and its paragraphs have the sign.
pub(super) fn quoted(block: &str) -> String {
    let lines = block.lines().map(|line| {
        let bare = line.strip_prefix('>').unwrap_or(line);
        bare.strip_prefix(' ').unwrap_or(bare)
    });
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The labels that a block consists of: `#one #of several words`.
fn labels_in(block: &str) -> Option<Vec<String>> {
    let labels = block.strip_prefix('#')?.split(" #").map(str::trim);
    let labels: Vec<&str> = labels.collect();
    let is_label = |label: &&str| {
        let length = label.chars().count();
        (1..=LONGEST_LABEL).contains(&length) && !label.starts_with('#')
    };
    let is_line = !block.contains('\n') && !block.starts_with("# ");
    let all = is_line && labels.iter().all(is_label);
    all.then(|| labels.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_headings_and_hashes() {
        for (block, labels) in [
            ("#law", Some(vec!["law"])),
            ("#law #to read", Some(vec!["law", "to read"])),
            ("# Heading", None),
            ("## Heading", None),
            ("#law\nand order", None),
            ("#", None),
            ("law", None),
        ] {
            let found = labels_in(block);
            let found: Option<Vec<&str>> = found
                .as_ref()
                .map(|found| found.iter().map(String::as_str).collect());
            assert_eq!(found, labels, "{block}");
        }
        assert_eq!(labels_in(&format!("#{}", "x".repeat(65))), None);
    }

    #[test]
    fn a_list_is_told_by_its_name() {
        assert_eq!(folder_of_list("metadata_0_to_20.json"), Some(""));
        assert_eq!(folder_of_list("a/b/metadata_20_to_33.json"), Some("a/b/"));
        for other in [
            "metadata.json",
            "metadata_a_to_b.json",
            "metadata_1_to_.json",
            "",
        ] {
            assert_eq!(folder_of_list(other), None, "{other}");
        }
    }
}
