//! Postil's own table: all fields of a note, for spreadsheets and for reading back.
//!
//! What has a form of its own (further passages, the place of an attachment, fields of other
//! programs) is JSON in its cell.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::passages::{Attached, Passage, timestamp};
use super::{BYTE_ORDER_MARK, Row, write};
use crate::model::annotation::{Annotation, AnnotationId, Colour, Extra, Timestamp};
use crate::model::article::ArticleId;
use crate::model::colour_names::ColourNames;
use crate::model::exchange::colours::nearest;
use crate::model::exchange::foreign::without_fragment;
use crate::model::exchange::listed::{Listed, address_of, listed};
use crate::model::exchange::{EntryFault, Export, LONGEST_NOTE};
use crate::model::headings::headings;
use crate::model::tags::{parse_tags, write_tags};

/// The heads, in order. Those of the article, the heading and the state are for readers: an import
/// leaves them out, since they are derived.
pub const HEADS: [&str; 23] = [
    "id",
    "article",
    "title",
    "address",
    "heading",
    "quote",
    "prefix",
    "suffix",
    "start",
    "end",
    "note",
    "tags",
    "colour",
    "colour name",
    "created",
    "modified",
    "state",
    "further passages",
    "attached",
    "text",
    "text date",
    "rest of quote",
    "other",
];

/// Writes the notes of an article, with a byte order mark: the file is for spreadsheets.
pub fn encode(export: &Export) -> String {
    let headings = headings(export.article);
    let rows = listed(export).map(|note| {
        let heading = note.heading(export.article, &headings);
        cells(export, &note, heading)
    });
    let heads = HEADS.map(str::to_owned).to_vec();
    let table = write(std::iter::once(heads).chain(rows), b',');
    format!("{BYTE_ORDER_MARK}{table}")
}

fn cells(export: &Export, note: &Listed, heading: &str) -> Vec<String> {
    // Names every field, so that none is left out of the file unnoticed. The article is that of the
    // target's source.
    let Annotation {
        id,
        article: _,
        target,
        more,
        attached,
        note: words,
        tags,
        colour,
        created,
        modified,
        extra,
    } = note.annotation;
    let passage = Passage::of(target, "");
    let date = |at: &Option<Timestamp>| at.as_ref().map_or_else(String::new, |at| at.0.to_string());
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let further: Vec<Passage> = more
        .iter()
        .map(|more| Passage::of(more, &target.source))
        .collect();
    vec![
        id.to_string(),
        passage.article,
        export.article.title().to_owned(),
        address_of(export.article).to_owned(),
        heading.to_owned(),
        passage.quote,
        passage.prefix,
        passage.suffix,
        number(passage.start),
        number(passage.end),
        words.clone(),
        write_tags(tags),
        colour.name().to_owned(),
        export
            .colour_names
            .of(*colour)
            .unwrap_or_default()
            .to_owned(),
        date(created),
        date(modified),
        note.state.to_owned(),
        if further.is_empty() {
            String::new()
        } else {
            json(&further)
        },
        attached
            .as_ref()
            .map_or_else(String::new, |at| json(&Attached::of(at, &target.source))),
        passage.text,
        passage.text_date,
        passage.rest.as_ref().map_or_else(String::new, json),
        extra.json().unwrap_or_default().to_owned(),
    ]
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Reads a row.
///
/// # Errors
/// If it says nothing, or if a cell that has a form does not have it: half a note would be wrong.
pub(super) fn annotation(
    row: &Row,
    colour_names: &mut ColourNames,
) -> Result<Annotation, EntryFault> {
    let source = row.first(&["article", "address"]);
    let target = original(row)?.into_target(source)?;
    let further: Option<Vec<Passage>> = of_json(row.cell("further passages"))?;
    let more = further.unwrap_or_default().into_iter();
    let more = more.map(|passage| passage.into_target(source));
    let attached: Option<Attached> = of_json(row.cell("attached"))?;
    let attached = attached.map(|attached| attached.into_attachment(source));
    let tags = parse_tags(row.cell("tags"));
    let (id, note) = (row.cell("id").trim(), row.cell("note"));
    if id.is_empty() && note.is_empty() && tags.is_empty() && target.quote.is_none() {
        return Err(EntryFault::NoWords);
    }
    let colour = row.first(&["colour", "color"]);
    let colour = Colour::from_name(colour)
        .or_else(|| nearest(colour))
        .unwrap_or_default();
    let mut named = ColourNames::default();
    named.set(colour, row.first(&["colour name", "color name"]));
    let annotation = Annotation {
        id: id_of(row, id),
        article: ArticleId::of_iri(without_fragment(&target.source)),
        target,
        more: more.collect::<Result<_, _>>()?,
        attached: attached.transpose()?,
        note: note.to_owned(),
        tags,
        colour,
        created: timestamp(row.cell("created")),
        modified: timestamp(row.cell("modified")),
        extra: extra(row.cell("other"))?,
    };
    colour_names.adopt(&named);
    Ok(annotation)
}

fn original(row: &Row) -> Result<Passage, EntryFault> {
    let number = |name: &str| match row.cell(name).trim() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| EntryFault::Garbled),
    };
    Ok(Passage {
        article: String::new(),
        quote: row.cell("quote").to_owned(),
        prefix: row.cell("prefix").to_owned(),
        suffix: row.cell("suffix").to_owned(),
        start: number("start")?,
        end: number("end")?,
        text: row.cell("text").to_owned(),
        text_date: row.cell("text date").to_owned(),
        rest: of_json(row.cell("rest of quote"))?,
    })
}

/// Reads a cell of JSON; `None` if it is empty.
fn of_json<T: DeserializeOwned>(cell: &str) -> Result<Option<T>, EntryFault> {
    match cell {
        "" => Ok(None),
        json => serde_json::from_str(json)
            .map(Some)
            .map_err(|_| EntryFault::Garbled),
    }
}

fn extra(cell: &str) -> Result<Extra, EntryFault> {
    if cell.len() > LONGEST_NOTE {
        return Err(EntryFault::NoteTooLong);
    }
    let fields: Option<serde_json::Map<String, serde_json::Value>> = of_json(cell)?;
    Ok(fields.map_or_else(Extra::default, |_| Extra::of_json(cell)))
}

/// The id of a row; of one without any it follows from what stands in it.
fn id_of(row: &Row, id: &str) -> AnnotationId {
    if id.is_empty() {
        let said = [
            "article",
            "address",
            "quote",
            "prefix",
            "suffix",
            "start",
            "further passages",
            "note",
            "tags",
            "colour",
            "created",
        ];
        let said = said.map(|name| row.cell(name));
        return AnnotationId::of_content(&said.join("\u{1f}"));
    }
    AnnotationId::parse(id).unwrap_or_else(|_| AnnotationId::of_content(id))
}
