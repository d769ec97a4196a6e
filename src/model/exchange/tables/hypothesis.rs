//! Hypothesis' tables, of which there are two forms: the present one and an older one.
//!
//! Their dates have no offset and are taken for UTC.

use serde_json::json;

use super::Row;
use crate::model::annotation::Annotation;
use crate::model::exchange::dates::to_iso;
use crate::model::exchange::foreign::Foreign;
use crate::model::exchange::{EntryFault, w3c};
use crate::model::tags::parse_tags;

/// The heads of its table, in order.
pub const HEADS: [&str; 9] = [
    "Created at",
    "Author",
    "Page",
    "URL",
    "Group",
    "Type",
    "Quote/description",
    "Comment",
    "Tags",
];
/// The heads of the older form.
pub const OLDER_HEADS: [&str; 9] = [
    "Creation Date",
    "URL",
    "Group",
    "Annotation/Reply Type",
    "Quote",
    "User",
    "Body",
    "Tags",
    "Page",
];

/// Reads a row. A note on a page as a whole and a reply have no quote.
///
/// # Errors
/// If it says nothing.
pub(super) fn annotation(row: &Row) -> Result<Annotation, EntryFault> {
    let made = row.first(&["created at", "creation date"]);
    let author = row.first(&["author", "user"]);
    let extra = match author {
        "" => Default::default(),
        author => w3c::with_fields(&json!({ "creator": { "type": "Person", "name": author } })),
    };
    Foreign {
        program: "Hypothesis",
        address: row.cell("url"),
        passages: vec![row.first(&["quote/description", "quote"])],
        note: row.first(&["comment", "body"]).to_owned(),
        tags: parse_tags(row.cell("tags")),
        made,
        created: to_iso(made),
        extra,
        ..Foreign::default()
    }
    .into_annotation()
}
