//! Books of Project Gutenberg as plain text (<https://www.gutenberg.org/help/file_formats.html>):
//! what the file says of the book, the book without what stands around it, and its emphasis.

use crate::import::links::add_words;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Attributes, Description, Tag};

/// The lines between which the book stands, in capitals and without their spaces.
const START: (&str, &str) = ("***START", "GUTENBERG");
const END: (&str, &str) = ("***END", "GUTENBERG");
/// How the last paragraph of some books begins, before the line that ends them.
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

/// A book, as a part of its file.
pub(super) struct Book<'a> {
    header: &'a str,
    /// The book itself.
    pub(super) text: &'a str,
}

/// Whether a text begins as a file of such a book does.
pub(in super::super) fn is_book(text: &str) -> bool {
    find(text, START).is_some()
}

/// The book in a file; where its end is missing it goes on to the file's.
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
    /// Whether the file says the book's title.
    pub(super) fn has_title(&self) -> bool {
        self.said("Title").is_some()
    }

    /// Says of an article what the file says of the book.
    pub(super) fn describe(&self, description: &mut Description) {
        description.title = self.said("Title").unwrap_or_default();
        description.byline = self.said("Author");
        description.site = Some(SITE.to_owned());
        let language = self.said("Language").unwrap_or_default();
        let tag = LANGUAGES.iter().find(|(name, _)| *name == language);
        description.language = tag.map(|(_, tag)| (*tag).to_owned());
    }

    /// What is said under a name; lines further in go on with it.
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

/// Where the line stands that begins and contains something, and where it ends.
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

/// Adds words of which those between underscores are emphasised.
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

/// The first emphasis of a text, with what stands before and after it.
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
