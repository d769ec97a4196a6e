//! Reads HTML into an article: builds the same tree as a browser and keeps of it what the
//! vocabulary of articles can express.

mod addresses;
mod attributes;
mod dates;
mod description;
mod drawings;
mod elements;
mod extent;
mod extract;
mod facts;
mod footnotes;
mod formulas;
mod hidden;
mod json_ld;
mod letters;
mod media;
mod page;
mod pictures;
mod prepare;
#[cfg(test)]
mod tests;
mod walk;
mod words;

pub use extent::Extent;
pub use extract::article_of;
pub use facts::{Facts, facts_of};
pub use page::{MOST_BYTES, Page};

use std::borrow::Cow;

use crate::model::article::{Article, Description, Malformed, Source};

/// Comments that clipboards put around the copied part of a page.
const FRAGMENT: (&str, &str) = ("<!--StartFragment-->", "<!--EndFragment-->");
/// Parts of a table, as a spreadsheet copies them, that cannot be parsed outside of one.
const PARTS_OF_TABLES: [&str; 6] = ["<tr", "<td", "<th", "<tbody", "<thead", "<col"];

/// Reads HTML: a page, or a copied fragment of one.
pub fn read(html: &str, source: Source) -> Result<Article, Malformed> {
    read_page(&parse(html), source)
}

/// Parses HTML within the limits, and lays into the tree what scripts and styles would have shown.
pub fn parse(html: &str) -> Page {
    parse_watched(html, &|_| {})
}

/// As [`parse`], reporting the share that is done.
pub fn parse_watched(html: &str, watch: &dyn Fn(f32)) -> Page {
    let page = page::parse_watched(html, watch);
    prepare::make_ready(page.document());
    page
}

/// Reads a parsed page.
///
/// Relative addresses are resolved against the page's `base`, or else the source's address.
pub fn read_page(page: &Page, source: Source) -> Result<Article, Malformed> {
    let description = describe(page, source);
    read_described(page, description)
}

/// Reads the part of a page that is its article (see [`article_of`]), so that both the article and
/// the whole page can be made from one parsed page.
///
/// # Errors
/// As [`read_page`]: only if the importer itself is wrong.
pub fn read_part(page: &Page, part: &Extent, source: Source) -> Result<Article, Malformed> {
    let description = describe(page, source);
    read_part_described(page, part, description)
}

/// Reads a part of a page with a given description.
pub(super) fn read_part_described(
    page: &Page,
    part: &Extent,
    description: Description,
) -> Result<Article, Malformed> {
    walk::walk(page, Some(part), description)
}

/// Returns a page's description of itself; the title may be empty.
pub(super) fn describe(page: &Page, source: Source) -> Description {
    description::of(page, source)
}

/// Reads a page with a given description.
pub(super) fn read_described(page: &Page, description: Description) -> Result<Article, Malformed> {
    walk::walk(page, None, description)
}

/// Returns the text between a clipboard's comments, or all of it if there are none.
fn fragment(html: &str) -> Cow<'_, str> {
    let (start, end) = FRAGMENT;
    let copied = html
        .split_once(start)
        .and_then(|(_, rest)| rest.rsplit_once(end))
        .map(|(copied, _)| copied);
    let Some(copied) = copied else {
        return Cow::Borrowed(html);
    };
    let begins = |part: &str| {
        let head = copied.trim_start().get(..part.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(part))
    };
    if PARTS_OF_TABLES.iter().any(|part| begins(part)) {
        Cow::Owned(format!("<table>{copied}</table>"))
    } else {
        Cow::Borrowed(copied)
    }
}
