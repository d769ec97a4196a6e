//! Tables of notes, a row for each: recognised by their heads, read liberally, written by RFC 4180.
//!
//! <https://www.rfc-editor.org/rfc/rfc4180>. Only the worker reads and writes them; the heads alone
//! say what a table is.

pub mod all_fields;
mod cells;
pub mod clipboard;
pub mod heads;
pub mod hypothesis;
mod passages;
pub mod readwise;

use ::csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use self::heads::{Form, Heads};
use super::{Arrivals, EntryFault, LONGEST_NOTE, MOST_NOTES, NotUnderstood};
use crate::model::annotation::Annotation;
use crate::model::colour_names::ColourNames;

/// The mark at the beginning of a file without which spreadsheets take its bytes for another
/// encoding than UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A row of a table.
pub(super) struct Row<'a> {
    heads: &'a Heads<'a>,
    cells: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The words below a head, given in lower case; empty if there are none.
    fn cell(&self, name: &str) -> &'a str {
        let column = self.heads.names.iter().position(|head| head == name);
        let cell = column.and_then(|column| self.cells.get(column));
        cells::unguarded(cell.unwrap_or_default())
    }

    /// The words below the first of these heads that has any.
    fn first(&self, names: &[&str]) -> &'a str {
        let cells = names.iter().map(|name| self.cell(name));
        cells
            .into_iter()
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// True if there is nothing in it, as in the last rows of many spreadsheets.
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// True if it has words below no head: then a separator is missing or too much.
    fn overflows(&self) -> bool {
        let mut beyond = self.cells.iter().skip(self.heads.names.len());
        beyond.any(|cell| !cell.trim().is_empty())
    }
}

/// Reads a table of notes; `None` if it is another kind of file.
pub fn decode(file: &str) -> Option<Arrivals> {
    let heads = heads::of(file)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(heads.delimiter)
        .flexible(true)
        .from_reader(heads.table.as_bytes());
    let mut arrivals = Arrivals::default();
    let mut cells = StringRecord::new();
    let mut entry = 0;
    // One more than may be, which tells that there are too many.
    while entry <= MOST_NOTES && matches!(reader.read_record(&mut cells), Ok(true)) {
        entry += 1;
        let row = Row {
            heads: &heads,
            cells: &cells,
        };
        if row.is_blank() {
            continue;
        }
        let start = cells.position().map_or(0, ::csv::Position::byte) as usize;
        let is_last = reader.position().byte() as usize >= heads.table.len();
        let is_open = is_last && is_unclosed(&heads.table[start..], heads.delimiter);
        match annotation(&row, is_open, &mut arrivals.colour_names) {
            Ok(annotation) => arrivals.annotations.push(annotation),
            Err(why) => arrivals.not_understood.push(NotUnderstood { entry, why }),
        }
    }
    Some(arrivals)
}

fn annotation(
    row: &Row,
    is_open: bool,
    colour_names: &mut ColourNames,
) -> Result<Annotation, EntryFault> {
    if is_open || row.overflows() {
        return Err(EntryFault::Garbled);
    }
    let annotation = match row.heads.form {
        Form::AllFields => all_fields::annotation(row, colour_names),
        Form::Readwise => readwise::annotation(row),
        Form::Hypothesis => hypothesis::annotation(row),
    }?;
    match annotation.note.len() {
        0..=LONGEST_NOTE => Ok(annotation),
        _ => Err(EntryFault::NoteTooLong),
    }
}

/// True if a quotation mark that begins a cell of the last row is never closed: the cell has
/// swallowed the rest of the file.
fn is_unclosed(row: &str, delimiter: u8) -> bool {
    let (mut is_start, mut is_quoted) = (true, false);
    for byte in row.bytes() {
        match byte {
            b'"' if is_quoted => is_quoted = false,
            // The second of two marks in a quoted cell opens it again.
            b'"' if is_start => is_quoted = true,
            _ if is_quoted => continue,
            _ => {}
        }
        is_start = byte == delimiter || byte == b'"' || byte == b'\n' || byte == b'\r';
    }
    is_quoted
}

/// Writes a table: a row for each list of cells, the first one its heads. Cells that a spreadsheet
/// would take for formulas are guarded.
fn write<C: AsRef<str>>(rows: impl Iterator<Item = Vec<C>>, delimiter: u8) -> String {
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| cells::guarded(cell.as_ref()));
        let cells: Vec<_> = cells.collect();
        // Nothing can fail in memory.
        let _ = writer.write_record(cells.iter().map(|cell| cell.as_bytes()));
    }
    let written = writer.into_inner().unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_is_never_closed_is_told_from_marks_within_one() {
        for (row, is_open) in [
            ("a,\"b", true),
            ("\"a,\r\nb,c\r\n", true),
            ("a,\"b \"\"", true),
            ("a,5\" pipe\r\n", false),
            ("a,\"b \"\"\"\r\n", false),
            ("\"\",\"a\nb\"", false),
            ("", false),
        ] {
            assert_eq!(is_unclosed(row, b','), is_open, "{row}");
        }
    }
}
