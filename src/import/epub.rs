//! Reads an EPUB book, version 2 or 3, as one page: its chapters in the order of its spine, the
//! links between them as links within the page, and its pictures.
//!
//! The main chapters come first. Chapters that the spine sets aside (`linear="no"`, mostly notes)
//! follow, so that links to them still lead somewhere. The book's own table of contents is not part
//! of the text: the headings are the outline.

pub(super) mod archive;
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
use super::html::{self, MOST_BYTES, Page};
use super::picture::DRAWING;
use super::types::ImportError;
use super::{census, charset};

use archive::Archive;
use chapter::Surroundings;
use contents::Entry;
use package::{Item, Package};

/// The first bytes of an archive, and the entry that an EPUB begins with and its offset in bytes
/// (<https://www.w3.org/TR/epub-33/#sec-zip-container-mime>).
const ZIP: &[u8] = b"PK\x03\x04";
const MARK: &[u8] = b"mimetypeapplication/epub+zip";
const MARK_AT: usize = 30;

/// A book that was read.
pub(super) struct Book {
    /// The chapters as one page.
    pub(super) page: Page,
    /// The book's description of itself; the title may be empty.
    pub(super) description: Description,
    /// True if something was left out because it exceeded a limit or was damaged.
    pub(super) cut: bool,
    /// Number of letters in the chapters before they were read.
    pub(super) letters: usize,
}

/// True if bytes are an EPUB: an archive that says so or contains the parts of a book.
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
/// [`ImportError::Locked`] if anything but its fonts is encrypted, [`ImportError::Damaged`] if no
/// chapter can be found.
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

/// Joins the chapters: their text, whether it is complete, and the letters in their files.
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

/// Returns the declared media type of the picture at a path. The bytes decide, except for drawings.
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

/// Returns the entries of the book's table of contents.
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

/// Returns the text of an entry, decoded in the charset that it names.
fn text_of(archive: &Archive<'_>, name: &str) -> Option<String> {
    Some(charset::decode(&archive.read(name)?, None))
}
