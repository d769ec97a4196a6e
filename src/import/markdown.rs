//! Reads Markdown into an article (CommonMark with GitHub's tables, footnotes, tasks and callouts).

mod addresses;
mod admonitions;
mod asides;
mod attributes;
mod brackets;
mod breaks;
mod callouts;
mod captions;
mod flanking;
mod footnotes;
mod formulas;
mod front_matter;
mod headings;
mod lines;
mod markup;
mod masks;
mod mended;
mod prepared;
mod survey;
mod writer;

use pulldown_cmark::{Event, Options};

pub(super) use front_matter::{is_language, is_there as has_front_matter};

use super::types::Titled;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Description, Malformed, Source};

use footnotes::Footnotes;
use prepared::Prepared;
use writer::Writer;

/// Reads Markdown. Raw HTML in it is shown as it stands: see [`has_raw_html`].
///
/// The title is the front matter's, or else the first heading's.
pub fn read(markdown: &str, source: Source) -> Result<Article, Malformed> {
    let (description, body) = front_matter::read(markdown, source);
    let prepared = Prepared::article(body, article_options());
    Document::of(&prepared).into_article(description)
}

/// What Markdown comes to.
pub(super) enum Reading {
    /// An article.
    Article(Titled),
    /// HTML that says the same, under the front matter's description, for the HTML importer.
    Html {
        description: Description,
        html: String,
    },
}

/// Reads Markdown as it is read best: what has raw HTML in it, or relative addresses that are
/// relative to something, as HTML.
pub(super) fn read_best(markdown: &str, source: Source) -> Result<Reading, Malformed> {
    let has_base = matches!(source, Source::Address(_));
    let (description, body) = front_matter::read(markdown, source);
    let prepared = Prepared::article(body, article_options());
    let document = Document::of(&prepared);
    if has_base || document.has_raw_html {
        let html = document.into_html(body.len());
        return Ok(Reading::Html { description, html });
    }
    let has_title = !description.title.is_empty();
    let article = document.into_article(description)?;
    Ok(Reading::Article(Titled { article, has_title }))
}

/// Reads a reader's note. Nothing in it is fetched (pictures are links), nothing in it can be
/// linked to, and reading it never fails. Single line ends are kept if `keeps_lines`, else they are
/// spaces.
pub fn read_note(markdown: &str, keeps_lines: bool) -> Article {
    let description = || Description::new(Source::Pasted, "");
    let mut writer = Writer::of_note(keeps_lines);
    let prepared = Prepared::note(markdown, note_options(), keeps_lines);
    writer.write(&addresses::linked(prepared.events().into_iter()));
    let read = writer.finish(description()).or_else(|_| {
        let mut builder = ArticleBuilder::new();
        builder.text(markdown);
        builder.finish(description())
    });
    read.unwrap_or_else(|_| empty(description()))
}

/// True if a Markdown text contains HTML, so that it is better read by [`super::read`].
pub fn has_raw_html(markdown: &str) -> bool {
    let prepared = Prepared::article(markdown, article_options());
    prepared.events().iter().any(is_raw_html)
}

fn is_raw_html(event: &Event) -> bool {
    matches!(event, Event::Html(_) | Event::InlineHtml(_))
}

fn empty(description: Description) -> Article {
    Article::from_parts(description, String::new(), Vec::new())
        .expect("an article without blocks is well formed")
}

/// Smart punctuation is off: the characters are the author's.
fn note_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

fn article_options() -> Options {
    note_options() | Options::ENABLE_DEFINITION_LIST
}

/// A parsed Markdown text: its body in order, and its footnotes.
struct Document<'a> {
    body: Vec<Event<'a>>,
    footnotes: Footnotes<'a>,
    /// Whether there is HTML in it.
    has_raw_html: bool,
}

impl<'a> Document<'a> {
    fn of(prepared: &'a Prepared<'_>) -> Self {
        let events = prepared.events();
        let has_raw_html = events.iter().any(is_raw_html);
        let mut events = addresses::linked(events.into_iter());
        headings::name(&mut events);
        let (body, footnotes) = Footnotes::taken_from(events);
        Self {
            body,
            footnotes,
            has_raw_html,
        }
    }

    fn into_article(self, description: Description) -> Result<Article, Malformed> {
        let mut writer = Writer::of_article(&self);
        writer.write(&self.body);
        writer.write_footnotes(&self.footnotes);
        writer.finish(description)
    }
}

#[cfg(test)]
mod tests;
