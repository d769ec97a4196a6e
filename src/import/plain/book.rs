//! Reads books of Project Gutenberg (<https://www.gutenberg.org/help/file_formats.html>): the
//! file's description, the book itself, and its emphasis.

use crate::import::links::add_words;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Attributes, Description, Tag};

/// The lines before and after the book, in capitals and without their spaces.
const START: (&str, &str) = ("***START", "GUTENBERG");
const END: (&str, &str) = ("***END", "GUTENBERG");
/// The beginning of the last paragraph of some books, before the line that ends them.
const LAST_WORDS: &str = "End of ";
/// The publisher.
const SITE: &str = "Project Gutenberg";
/// The languages of most of its books, and their tags.
const LANGUAGES: [(&str, &str); 18] = [
    ("Chinese", "zh"),
    ("Danish", "da"),
    ("Dutch", "nl"),
    ("English", "en"),
    ("Esperanto", "eo"),
    ("Finnish", "fi"),
    ("French", "fr"),
    ("German", "de"),
    ("Greek", "el"),
    ("Hungarian", "hu"),
    ("Italian", "it"),
    ("Latin", "la"),
    ("Norwegian", "no"),
    ("Polish", "pl"),
    ("Portuguese", "pt"),
    ("Russian", "ru"),
    ("Spanish", "es"),
    ("Swedish", "sv"),
];

/// A book within its file.
pub(super) struct Book<'a> {
    header: &'a str,
    /// The book itself.
    pub(super) text: &'a str,
}

/// True if a text contains the line that begins such a book.
pub(in super::super) fn is_book(text: &str) -> bool {
    find(text, START).is_some()
}

/// Returns the book in a file; without an end line it extends to the end of the file.
pub(super) fn read(text: &str) -> Option<Book<'_>> {
    let (start, after) = find(text, START)?;
    let rest = &text[after..];
    let end = find(rest, END).map_or(rest.len(), |(end, _)| end);
    let book = rest[..end].trim_end();
    let last = book.rfind("\n\n").map_or(0, |blank| blank + 2);
    let says_end = book[last..].starts_with(LAST_WORDS) && book[last..].contains(SITE);
    Some(Book {
        header: &text[..start],
        text: if says_end { &book[..last] } else { book },
    })
}

impl Book<'_> {
    /// Fills in an article's description from the file.
    pub(super) fn describe(&self, description: &mut Description) {
        description.title = self.said("Title").unwrap_or_default();
        description.byline = self.said("Author");
        description.site = Some(SITE.to_owned());
        let language = self.said("Language").unwrap_or_default();
        let tag = LANGUAGES.iter().find(|(name, _)| *name == language);
        description.language = tag.map(|(_, tag)| (*tag).to_owned());
    }

    /// Returns the value of a field; indented lines continue it.
    fn said(&self, name: &str) -> Option<String> {
        let mut lines = self.header.lines();
        let is_it = |line: &str| {
            line.strip_prefix(name)?
                .strip_prefix(':')
                .map(str::to_owned)
        };
        let mut said = lines.by_ref().find_map(is_it)?.trim().to_owned();
        for line in
            lines.take_while(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty())
        {
            said.push(' ');
            said.push_str(line.trim());
        }
        (!said.is_empty()).then_some(said)
    }
}

/// Returns the start and end of the line with this beginning that contains `part`.
fn find(text: &str, (beginning, part): (&str, &str)) -> Option<(usize, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("***") {
            let folded = line.replace(' ', "").to_uppercase();
            if folded.starts_with(beginning) && folded.contains(part) {
                return Some((at, at + line.len()));
            }
        }
        at += line.len();
    }
    None
}

/// Adds words, emphasising those between underscores.
pub(super) fn add_emphasised(builder: &mut ArticleBuilder, words: &str) {
    let mut rest = words;
    while let Some((before, emphasised, after)) = emphasis(rest) {
        add_words(builder, before);
        builder.open(Tag::Em, Attributes::none());
        add_words(builder, emphasised);
        builder.close();
        rest = after;
    }
    add_words(builder, rest);
}

/// Returns the first emphasis of a text, with what precedes and follows it.
fn emphasis(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('_')?;
        let (before, rest) = (&text[..start], &text[start + 1..]);
        let (inside, after) = rest.split_once('_')?;
        let opens = !before.ends_with(char::is_alphanumeric)
            && inside.starts_with(|c: char| !c.is_whitespace());
        let closes =
            !inside.ends_with(char::is_whitespace) && !after.starts_with(char::is_alphanumeric);
        if opens && closes {
            return Some((before, inside, after));
        }
        from = start + 1;
    }
}
