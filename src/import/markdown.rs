//! Markdown to an article (CommonMark with GitHub's tables, footnotes, tasks and boxed remarks).

mod addresses;
mod footnotes;
mod front_matter;
mod headings;
mod markup;
mod writer;

use pulldown_cmark::{Event, Options, Parser, TextMergeStream};

pub(super) use front_matter::{is_language, is_there as has_front_matter};
pub(super) use markup::to_html;

use crate::model::article::{Article, Description, Malformed, Source};
use crate::model::builder::ArticleBuilder;

use footnotes::Footnotes;
use writer::Writer;

/// Reads Markdown. Raw HTML in it is shown as it stands: see [`has_raw_html`].
///
/// The title is the front matter's, or else the first heading's.
pub fn read(markdown: &str, source: Source) -> Result<Article, Malformed> {
    let (description, body) = front_matter::read(markdown, source);
    let document = Document::of(body, article_options());
    let mut writer = Writer::of_article(&document);
    writer.write(&document.body);
    writer.write_footnotes(&document.footnotes);
    writer.finish(description)
}

/// Reads a reader's note. Nothing in it is fetched (pictures are links), nothing in it can be
/// pointed to, and it always can be read.
pub fn read_note(markdown: &str) -> Article {
    let description = || Description::new(Source::Pasted, "");
    let mut writer = Writer::of_note();
    writer.write(&events(markdown, note_options()));
    let read = writer.finish(description()).or_else(|_| {
        let mut builder = ArticleBuilder::new();
        builder.text(markdown);
        builder.finish(description())
    });
    read.unwrap_or_else(|_| empty(description()))
}

/// Whether there is HTML in a Markdown text, so that it is better read by [`super::read`].
pub fn has_raw_html(markdown: &str) -> bool {
    Parser::new_ext(markdown, article_options())
        .any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

/// Whether a text's front matter gives it a title.
pub(super) fn has_title(markdown: &str) -> bool {
    !front_matter::read(markdown, Source::Pasted)
        .0
        .title
        .is_empty()
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
        | Options::ENABLE_GFM
}

fn article_options() -> Options {
    note_options() | Options::ENABLE_DEFINITION_LIST
}

/// The events of a text, with each run of words in one piece.
fn events(markdown: &str, options: Options) -> Vec<Event<'_>> {
    addresses::linked(TextMergeStream::new(Parser::new_ext(markdown, options)))
}

/// A Markdown text taken apart: what is shown in order, and the footnotes.
struct Document<'a> {
    body: Vec<Event<'a>>,
    footnotes: Footnotes<'a>,
}

impl<'a> Document<'a> {
    fn of(markdown: &'a str, options: Options) -> Self {
        let mut events = events(markdown, options);
        headings::name(&mut events);
        let (body, footnotes) = Footnotes::taken_from(events);
        Self { body, footnotes }
    }
}

#[cfg(test)]
mod tests;
