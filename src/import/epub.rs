//! A book in the EPUB format, second or third version, as one page: its chapters in the order of
//! its spine, the links between them led within the page, its pictures with it.
//!
//! What is on the main way comes first, and what the spine sets beside it (`linear="no"`: notes,
//! mostly) after it, so that links to it still lead somewhere. The book's own list of contents is
//! no part of the text: the headings are the outline.

mod archive;
mod chapter;
mod contents;
mod headings;
mod locks;
mod markup;
mod package;
mod paths;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::model::article::{Description, Source};

use super::embedded::Pictures;
use super::entry::ImportError;
use super::html::{self, MOST_BYTES, Page};
use super::picture::DRAWING;
use super::{census, charset};

use archive::Archive;
use chapter::Surroundings;
use contents::Entry;
use package::{Item, Package};

/// How an archive begins, and the entry that an EPUB has first, from which byte on
/// (<https://www.w3.org/TR/epub-33/#sec-zip-container-mime>).
const ZIP: &[u8] = b"PK\x03\x04";
const MARK: &[u8] = b"mimetypeapplication/epub+zip";
const MARK_AT: usize = 30;

/// A book that is read.
pub(super) struct Book {
    /// Its chapters as one page.
    pub(super) page: Page,
    /// What it says of itself; the title may be empty.
    pub(super) description: Description,
    /// Whether something was beyond a limit or broken, and was left out.
    pub(super) cut: bool,
    /// Letters in its chapters as they came.
    pub(super) letters: usize,
}

/// Whether bytes are an EPUB: an archive that says so, or that has a book's parts in it.
pub(super) fn is_epub(bytes: &[u8]) -> bool {
    if !bytes.starts_with(ZIP) {
        return false;
    }
    let is_marked = bytes
        .get(MARK_AT..)
        .is_some_and(|rest| rest.starts_with(MARK));
    is_marked || {
        let archive = Archive::open(bytes);
        archive
            .names()
            .any(|name| name == "META-INF/container.xml" || name.ends_with(".opf"))
    }
}

/// Reads a book.
///
/// # Errors
/// [`ImportError::Locked`] where more than its fonts is encrypted, [`ImportError::Damaged`] where
/// no chapter can be found.
pub(super) fn read(bytes: &[u8], source: Source) -> Result<Book, ImportError> {
    let archive = Archive::open(bytes);
    let package = Package::of(&archive);
    let chapters = package.chapters();
    if locks::is_locked(&archive, &chapters) {
        return Err(ImportError::Locked);
    }
    if chapters.is_empty() {
        return Err(ImportError::Damaged("EPUB"));
    }
    let numbered = chapters.iter().zip(1..);
    let numbers = numbered
        .map(|(item, number)| (item.path.clone(), number))
        .collect();
    let description = package.description(source);
    let mut pictures = Pictures::new();
    let (text, whole, letters) = {
        let surroundings = Surroundings {
            numbers: &numbers,
            language: description.language.as_deref(),
            direction: description.direction.as_deref(),
        };
        joined(&archive, &package, &chapters, &surroundings, &mut pictures)
    };
    let page = html::parse(&text);
    headings::add(&page, &entries(&archive, &package), &numbers);
    Ok(Book {
        cut: !whole || archive.is_cut() || pictures.is_cut() || page.is_cut(),
        page,
        description,
        letters,
    })
}

/// The chapters as one text, whether it is all of them, and the letters in them as they came.
fn joined(
    archive: &Archive<'_>,
    package: &Package,
    chapters: &[&Item],
    surroundings: &Surroundings<'_>,
    pictures: &mut Pictures,
) -> (String, bool, usize) {
    let mut out = String::from("<!doctype html><body>");
    let mut letters = 0;
    for item in chapters {
        if out.len() > MOST_BYTES {
            return (out, false, letters);
        }
        let mut picture = |path: &str| {
            pictures.address(path, || {
                let kind = picture_kind(package, path);
                Some((kind, Cow::Owned(archive.read(path)?)))
            })
        };
        if item.kind.starts_with("image/") {
            let page = format!("<p><img src=\"{}\"></p>", paths::address_of(&item.path));
            chapter::write(&mut out, &page, &item.path, surroundings, &mut picture);
        } else if let Some(text) = text_of(archive, &item.path) {
            letters += census::in_html(&text);
            chapter::write(&mut out, &text, &item.path, surroundings, &mut picture);
        }
    }
    (out, true, letters)
}

/// What the picture at a path is said to be: what it is is seen in its bytes, but for drawings.
fn picture_kind(package: &Package, path: &str) -> String {
    let said = package
        .kind_of(path)
        .filter(|kind| kind.starts_with("image/"));
    match said {
        Some(kind) => kind.to_owned(),
        None if path.ends_with(".svg") => DRAWING.to_owned(),
        None => "image/*".to_owned(),
    }
}

/// The book's list of contents.
fn entries(archive: &Archive<'_>, package: &Package) -> Vec<Entry> {
    let Some((path, is_ncx)) = package.contents() else {
        return Vec::new();
    };
    let text = text_of(archive, path).unwrap_or_default();
    match is_ncx {
        true => contents::of_ncx(path, &text),
        false => contents::of_navigation(path, &text),
    }
}

/// The text of an entry, in the charset that it says.
fn text_of(archive: &Archive<'_>, name: &str) -> Option<String> {
    Some(charset::decode(&archive.read(name)?, None))
}
