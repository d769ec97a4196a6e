//! Prepares a page for reading, in its own tree, so that everything that reads it (the article, the
//! whole page, the extractor's copy) sees the same.

mod code;
mod emoji;
mod hiding;
mod pictures;
mod shadow;
mod sheet;

use dom_query::Document;

pub(super) use hiding::is_set_aside;

/// Prepares a page. Each step walks the page once.
pub(super) fn make_ready(document: &Document) {
    shadow::flatten(document);
    sheet::apply(document);
    pictures::prepare(document);
    emoji::prepare(document);
    hiding::prepare(document);
    code::prepare(document);
}
