//! Makes an article's description from a page's facts.

use crate::model::article::{Description, Source};

use super::facts::facts_of;
use super::page::Page;

/// Returns the description of a page from a source. The title may be empty.
///
/// The address that the page claims (see [`Facts::canonical`](super::Facts::canonical)) does not
/// identify it: an article is kept under the address it came from.
pub(super) fn of(page: &Page, source: Source) -> Description {
    let facts = facts_of(page, &source);
    Description {
        source,
        title: facts.title.unwrap_or_default(),
        byline: facts.byline,
        site: facts.site,
        published: facts.date,
        language: facts.language,
        direction: facts.direction,
        address: facts.canonical,
        work: None,
        other: None,
    }
}
