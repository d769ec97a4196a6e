//! An article's description, of what the page says of itself.

use crate::model::article::{Description, Source};

use super::facts::facts_of;
use super::page::Page;

/// The description of a page that came from a source. The title may be empty.
///
/// What the page says of its own address (see [`Facts::canonical`](super::Facts::canonical)) names
/// nothing: an article is kept under the address it came from.
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
