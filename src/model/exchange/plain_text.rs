//! Notes as text to read: the title, and below each heading its passages with what is on them.

use super::Export;
use super::dates::to_day;
use super::listed::{Listed, address_of, listed};
use crate::model::article::Article;
use crate::model::headings::{Heading, headings};
use crate::model::tags::write_tags;

/// Writes the notes of an article. Lines are as long as what is written in them.
pub fn encode(export: &Export) -> String {
    let article = export.article;
    let headings = headings(article);
    let (placed, others): (Vec<Listed>, Vec<Listed>) =
        listed(export).partition(|note| note.range.is_some());
    let (whole, lost): (Vec<Listed>, Vec<Listed>) = others
        .into_iter()
        .partition(|note| note.annotation.quoted().is_none());
    let mut text = Text(String::new());
    text.lines(&[article.title(), &byline(article), address_of(article)]);
    for note in &whole {
        text.note(export, note);
    }
    let mut above = None;
    for note in &placed {
        let index = note.heading_index(&headings);
        if let Some(heading) = index.filter(|_| index != above) {
            text.heading(words_of(article, &headings[heading]));
        }
        above = index;
        text.note(export, note);
    }
    if !lost.is_empty() {
        text.heading(&export.wording.unplaced);
    }
    for note in &lost {
        text.note(export, note);
    }
    text.0
}

fn byline(article: &Article) -> String {
    article.description().byline.clone().unwrap_or_default()
}

fn words_of<'a>(article: &'a Article, heading: &Heading) -> &'a str {
    heading.text.slice(article.text()).unwrap_or_default()
}

/// The marks around a quotation in the language of an article (BCP 47).
fn marks(language: Option<&str>) -> (&'static str, &'static str) {
    let language = language.unwrap_or_default().to_ascii_lowercase();
    match language.split('-').next().unwrap_or_default() {
        "de" | "cs" | "sk" | "sl" | "bg" | "is" | "lt" => ("„", "“"),
        "fr" => ("«\u{a0}", "\u{a0}»"),
        "es" | "it" | "pt" | "ru" | "uk" | "el" | "no" | "nb" | "nn" => ("«", "»"),
        "ja" => ("「", "」"),
        "pl" | "hu" | "ro" => ("„", "”"),
        "sv" | "fi" => ("”", "”"),
        _ => ("“", "”"),
    }
}

/// The text so far, in blocks with a blank line between them.
struct Text(String);

impl Text {
    /// Adds a block of the lines that are not empty.
    fn lines(&mut self, lines: &[&str]) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        for line in lines
            .iter()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty())
        {
            self.0.push_str(line);
            self.0.push('\n');
        }
    }

    /// Adds a heading, with one more blank line above it.
    fn heading(&mut self, words: &str) {
        self.0.push('\n');
        self.lines(&[&words.replace('\n', " ")]);
    }

    fn note(&mut self, export: &Export, note: &Listed) {
        let article = export.article;
        let (opening, closing) = marks(article.description().language.as_deref());
        let annotation = note.annotation;
        let quotes = note.passages(article);
        let quotes = quotes
            .iter()
            .map(|words| [opening, words.trim(), closing].concat());
        let quotes: Vec<String> = quotes.collect();
        let tags = match annotation.tags.is_empty() {
            true => String::new(),
            false => [&*export.wording.tags, ": ", &write_tags(&annotation.tags)].concat(),
        };
        let day = annotation.created.as_ref().and_then(to_day);
        self.lines(&[
            &quotes.join("\n"),
            &annotation.note,
            &tags,
            &day.unwrap_or_default(),
        ]);
    }
}
