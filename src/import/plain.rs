//! Reads plain text into an article: paragraphs by blank lines, and careful about everything else.
//!
//! What is in doubt is a paragraph, and its lines stay lines.

mod blocks;
mod book;
mod drawn;
mod flowed;
mod headings;
mod lists;
mod pages;
#[cfg(test)]
mod tests;
mod wrapping;

use super::types::Titled;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Description, Malformed, Source};

pub(super) use book::is_book;
pub(super) use flowed::is_flowed;

use blocks::Style;

/// Minimum number of lines of a text without blank lines that is one hard-wrapped paragraph: in a
/// shorter text each line may as well be a paragraph.
const LEAST_WRAPPED: usize = 4;

/// Reads plain text.
///
/// A blank line or a form feed ends a paragraph; if there are none, every line is one. Lines of
/// hard-wrapped prose are joined, others (verse, addresses) stay lines; tables, diagrams and code
/// keep their columns. Lists and headings are recognised if they are certain; bare web addresses
/// become links. Flowed text (RFC 3676) and books of Project Gutenberg are recognised.
pub fn read(text: &str, source: Source) -> Result<Article, Malformed> {
    Ok(read_titled(text, source)?.article)
}

/// As [`read`], with whether the text says its title itself.
pub(super) fn read_titled(text: &str, source: Source) -> Result<Titled, Malformed> {
    let text = with_line_feeds(text);
    let text = pages::without_pages(&text);
    let mut builder = ArticleBuilder::new();
    let mut description = Description::new(source, "");
    if let Some(book) = book::read(&text) {
        book.describe(&mut description);
        blocks::add(&mut builder, &paragraphs(book.text), Style::Book);
    } else if is_flowed(&text) {
        flowed::add(&mut builder, &text);
    } else {
        blocks::add(&mut builder, &paragraphs(&text), Style::Any);
    }
    let has_title = !description.title.is_empty();
    let article = builder.finish(description)?;
    Ok(Titled { article, has_title })
}

fn with_line_feeds(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n")
}

/// Returns the lines of each paragraph.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut paragraphs: Vec<Vec<&str>> = Vec::new();
    let mut parts = 0;
    for part in without_blank_ends(text).split(['\u{c}', '\u{2029}']) {
        let mut lines = Vec::new();
        for line in part.lines() {
            if line.trim().is_empty() {
                parts += 1;
                paragraphs.push(std::mem::take(&mut lines));
            } else {
                lines.push(line.trim_end());
            }
        }
        parts += 1;
        paragraphs.push(lines);
    }
    paragraphs.retain(|lines| !lines.is_empty());
    if parts == 1 && !paragraphs.first().is_some_and(|lines| is_one(lines)) {
        paragraphs = paragraphs.concat().into_iter().map(|l| vec![l]).collect();
    }
    paragraphs
}

/// True if the lines of a text without blank lines belong together.
fn is_one(lines: &[&str]) -> bool {
    let is_wrapped = lines.len() >= LEAST_WRAPPED && wrapping::is_wrapped(lines);
    is_wrapped || lists::list(lines).is_some()
}

/// Removes the blank lines before and after a text; the first line keeps its indentation.
fn without_blank_ends(text: &str) -> &str {
    let text = text.trim_end();
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |feed| feed + 1);
    &text[start..]
}
