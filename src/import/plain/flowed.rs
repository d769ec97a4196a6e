//! Reads flowed text, as messages are sent (RFC 3676,
//! <https://www.rfc-editor.org/rfc/rfc3676#section-4>): a space at a line's end means that the next
//! line continues it, and angle brackets quote.
//!
//! Nothing declares a text to be of this kind, so it is recognised by evidence.

use crate::import::links::add_words;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Attributes, Tag};

use super::blocks::{Style, add_paragraph};
use super::wrapping::{NARROWEST, columns, join};

/// Minimum number of long lines that end in a space: fewer may do so by chance.
const LEAST_SOFT: usize = 2;
/// Minimum share of long lines that end in a space, in percent.
const SOFT_PERCENT: usize = 80;
/// Maximum number of lines that are examined.
const MOST_LINES: usize = 2_000;
/// The separator between a message and its signature (RFC 3676, §4.3).
const SIGNATURE: &str = "-- ";
/// Maximum depth of nested quotes; deeper ones are shown at this depth.
const DEEPEST: usize = 20;

/// A line without its markup.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// The depth of its quotation.
    depth: usize,
    /// Its words, without the space that only protects them.
    words: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let words = line.trim_start_matches('>');
        Self {
            depth: line.len() - words.len(),
            words: words.strip_prefix(' ').unwrap_or(words),
        }
    }

    /// True if the next line continues it.
    fn is_soft(&self) -> bool {
        self.words.ends_with(' ') && !self.is_signature()
    }

    fn is_signature(&self) -> bool {
        self.words == SIGNATURE
    }

    fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }
}

/// True if nearly every long line is marked as continued.
pub(in super::super) fn is_flowed(text: &str) -> bool {
    let lines: Vec<Line<'_>> = text.lines().take(MOST_LINES).map(Line::of).collect();
    let (mut long, mut soft) = (0, 0);
    for pair in lines.windows(2) {
        let goes_on = pair[0].depth == pair[1].depth && !pair[1].is_blank();
        if goes_on && columns(pair[0].words) >= NARROWEST {
            long += 1;
            soft += usize::from(pair[0].is_soft() && !pair[0].words.ends_with("  "));
        }
    }
    soft >= LEAST_SOFT && soft * 100 >= long * SOFT_PERCENT
}

/// Writes flowed text.
pub(super) fn add(builder: &mut ArticleBuilder, text: &str) {
    let mut writer = Writer {
        builder,
        depth: 0,
        fixed: Vec::new(),
        flowing: String::new(),
    };
    for line in text.lines().map(Line::of) {
        writer.line(line);
    }
    writer.quote(0);
}

struct Writer<'a, 'b> {
    builder: &'b mut ArticleBuilder,
    /// Number of open quotes.
    depth: usize,
    /// Lines that are not flowed, up to a blank one.
    fixed: Vec<&'a str>,
    /// The paragraph being continued.
    flowing: String,
}

impl<'a> Writer<'a, '_> {
    fn line(&mut self, line: Line<'a>) {
        let depth = line.depth.min(DEEPEST);
        if depth != self.depth {
            self.quote(depth);
        }
        if line.is_signature() {
            self.end();
            self.builder.void(Tag::Hr, Attributes::none());
        } else if line.is_blank() {
            self.end();
        } else if line.is_soft() {
            self.end_fixed();
            join(&mut self.flowing, line.words);
        } else if self.flowing.is_empty() {
            self.fixed.push(line.words);
        } else {
            join(&mut self.flowing, line.words);
            self.end();
        }
    }

    /// Opens or closes quotes to reach a depth.
    fn quote(&mut self, depth: usize) {
        self.end();
        while self.depth > depth {
            self.builder.close();
            self.depth -= 1;
        }
        while self.depth < depth {
            self.builder.open(Tag::Blockquote, Attributes::none());
            self.depth += 1;
        }
    }

    fn end(&mut self) {
        self.end_fixed();
        let words = std::mem::take(&mut self.flowing);
        if !words.is_empty() {
            self.builder.open(Tag::P, Attributes::none());
            add_words(self.builder, &words);
            self.builder.close();
        }
    }

    fn end_fixed(&mut self) {
        let lines = std::mem::take(&mut self.fixed);
        if !lines.is_empty() {
            add_paragraph(self.builder, &lines, Style::Any);
        }
    }
}
