//! A row as it is found again when other rows are shown: more notes have come, or a group was folded.

use super::{AllNotes, Row, Rows};
use crate::model::annotation::AnnotationId;

/// What a row shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The key of its group.
    group: String,
    /// The note; `None` for the head.
    note: Option<AnnotationId>,
    /// The row when it was looked at.
    row: usize,
}

impl AllNotes {
    /// What a row shows; `None` if there is no such row.
    pub fn spot(&self, rows: &Rows, row: usize) -> Option<Spot> {
        let section = rows.section_of(row)?;
        let note = match rows.all().get(row)? {
            Row::Head(_) => None,
            Row::Note { entry, .. } => self.entries.get(*entry),
        };
        Some(Spot {
            group: self.key_of(section.group),
            note: note.map(|entry| entry.note().id.clone()),
            row,
        })
    }

    /// The row that shows the same: the note in its group, else the head of the group, else what is
    /// as far down. `None` if there are no rows.
    pub fn row_at(&self, rows: &Rows, spot: &Spot) -> Option<usize> {
        let last = rows.all().len().checked_sub(1)?;
        let mut sections = rows.sections().iter();
        let Some(section) = sections.find(|section| self.key_of(section.group) == spot.group)
        else {
            return Some(spot.row.min(last));
        };
        let is_it = |row: &usize| match rows.all()[*row] {
            Row::Head(_) => false,
            Row::Note { entry, .. } => Some(&self.entries[entry].note().id) == spot.note.as_ref(),
        };
        let near = spot
            .row
            .clamp(section.head, section.rows().end.max(section.head + 1) - 1);
        let gone = match spot.note.is_some() && !section.is_folded {
            true => near.max(section.head + 1),
            false => section.head,
        };
        Some(section.rows().find(is_it).unwrap_or(gone))
    }
}
