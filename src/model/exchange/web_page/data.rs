//! The data in a page: blocks that no browser runs and no text can end, and how they are found again.

use super::markup::Markup;

/// The element that says who wrote the page, by which it is recognised.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"Postil\">";
/// Number of bytes at the beginning of a page within which that element stands.
const HEAD: usize = 1024;
/// How the block begins that holds the notes: JSON-LD.
const NOTES: &str = "<script type=\"application/ld+json\" id=\"postil-notes\">";
/// How the block begins that holds the article, as it is stored.
const ARTICLE: &str = "<script type=\"application/json\" id=\"postil-article\">";
const END: &str = "</script>";

/// Writes both blocks, each given as JSON.
pub fn write(page: &mut Markup, notes: &str, article: &str) {
    for (begin, json) in [(NOTES, notes), (ARTICLE, article)] {
        page.raw("\n");
        page.raw(begin);
        let mut rest = json;
        // JSON has these only in strings. Without them nothing in a block can end it, or begin what
        // changes its end (<https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>).
        while let Some(at) = rest.find(['<', '>']) {
            page.raw(&rest[..at]);
            page.raw(match rest.as_bytes()[at] {
                b'<' => "\\u003c",
                _ => "\\u003e",
            });
            rest = &rest[at + 1..];
        }
        page.raw(rest);
        page.raw(END);
    }
    page.raw("\n");
}

/// What a page holds beside what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Data<'a> {
    /// The notes, as a file of the W3C's form.
    pub notes: &'a str,
    /// The article, as it is stored.
    pub article: &'a str,
}

impl Data<'_> {
    /// True if there are notes; a file of notes without any is no such file.
    pub fn has_notes(&self) -> bool {
        self.notes.contains("\"Annotation\"")
    }
}

/// Finds the data of a page; `None` if Postil has not written it, or something is missing.
pub fn of(page: &str) -> Option<Data<'_>> {
    let head = page.floor_char_boundary(HEAD);
    if !page[..head].contains(GENERATOR) {
        return None;
    }
    let block = |begin: &str| {
        let start = page.rfind(begin)? + begin.len();
        let length = page[start..].find(END)?;
        Some(&page[start..start + length])
    };
    Some(Data {
        notes: block(NOTES)?,
        article: block(ARTICLE)?,
    })
}

/// True if the beginning of a file shows that it is such a page.
pub fn is_page(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD)];
    let generator = GENERATOR.as_bytes();
    head.windows(generator.len()).any(|part| part == generator)
}
