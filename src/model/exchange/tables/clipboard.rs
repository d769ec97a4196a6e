//! A table for the clipboard, to be pasted into a spreadsheet.

use super::write;
use crate::model::exchange::Export;
use crate::model::exchange::listed::{Listed, address_of, listed};
use crate::model::headings::headings;
use crate::model::tags::write_tags;

/// The heads, in order.
pub const HEADS: [&str; 9] = [
    "title", "address", "heading", "quote", "note", "tags", "colour", "created", "state",
];

/// Writes what a person wants to see of the notes, parted by tabs. Cells with tabs or line ends are
/// between quotation marks, as spreadsheets paste them.
pub fn tsv(export: &Export) -> String {
    let headings = headings(export.article);
    let heads = HEADS.map(str::to_owned).to_vec();
    let rows = listed(export).map(|note| {
        let heading = note.heading(export.article, &headings);
        cells(export, &note, heading)
    });
    write(std::iter::once(heads).chain(rows), b'\t')
}

fn cells(export: &Export, note: &Listed, heading: &str) -> Vec<String> {
    let annotation = note.annotation;
    let colour = export.colour_names.of(annotation.colour);
    let created = annotation.created.as_ref();
    vec![
        export.article.title().to_owned(),
        address_of(export.article).to_owned(),
        heading.to_owned(),
        note.passages(export.article).join("\n"),
        annotation.note.clone(),
        write_tags(&annotation.tags),
        colour.unwrap_or(annotation.colour.name()).to_owned(),
        created.map_or_else(String::new, |at| at.0.to_string()),
        note.state.to_owned(),
    ]
}
