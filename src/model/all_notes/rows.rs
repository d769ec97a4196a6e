//! The rows of the room "All notes", of which only those in and near the window are drawn.

use std::ops::Range;

use super::Group;

/// Maximum number of notes that are drawn: two windows of them, since each costs time at each key. Of
/// heads, which are lower, twice as many are as much.
pub const MOST_DRAWN: usize = 40;
/// Number of rows that are drawn before the first one that is seen.
const BEFORE: usize = 6;
/// Rows are drawn anew when this many have been scrolled by, and not for each of them.
const STEP: usize = 6;

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The head of a group, by the index of its section.
    Head(usize),
    /// A note.
    Note {
        /// The index of its section.
        section: usize,
        /// The index of the note among all.
        entry: usize,
    },
}

/// The notes that are found, in groups.
///
/// No group is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// The groups with the indices of their notes.
    pub(super) groups: Vec<(Group, Vec<usize>)>,
    /// Number of notes, each counted once.
    pub(super) notes: usize,
    /// Number of articles that they are on.
    pub(super) articles: usize,
}

/// A group with its notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// What they have in common.
    pub group: Group,
    /// The row of its head; its notes follow, unless it is folded.
    pub head: usize,
    /// Number of its notes, shown or not.
    pub notes: usize,
    /// True if its notes are in no rows.
    pub is_folded: bool,
}

impl Section {
    /// The rows of its notes.
    pub fn rows(&self) -> Range<usize> {
        let shown = match self.is_folded {
            true => 0,
            false => self.notes,
        };
        self.head + 1..self.head + 1 + shown
    }
}

/// The heights of rows, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Of a head.
    pub head: u32,
    /// Of a note.
    pub note: u32,
}

/// What is shown, from the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    sections: Vec<Section>,
    rows: Vec<Row>,
}

impl Groups {
    /// Number of notes, each counted once though it may stand in several groups.
    pub fn notes(&self) -> usize {
        self.notes
    }

    /// Number of articles that they are on.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// What the notes of each group have in common.
    pub fn all(&self) -> impl Iterator<Item = Group> {
        self.groups.iter().map(|(group, _)| *group)
    }

    /// The rows of the groups, of which some are folded.
    pub fn rows(&self, is_folded: &dyn Fn(Group) -> bool) -> Rows {
        let mut shown = Rows::default();
        for (section, (group, of_it)) in self.groups.iter().enumerate() {
            let is_folded = is_folded(*group);
            shown.sections.push(Section {
                group: *group,
                head: shown.rows.len(),
                notes: of_it.len(),
                is_folded,
            });
            shown.rows.push(Row::Head(section));
            if !is_folded {
                let notes = of_it.iter().map(|&entry| Row::Note { section, entry });
                shown.rows.extend(notes);
            }
        }
        shown
    }
}

impl Rows {
    /// All rows.
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// The groups.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The pixels above a row, or above the end of the last one.
    pub fn top_of(&self, row: usize, sizes: Sizes) -> u32 {
        let row = row.min(self.rows.len());
        let heads = self.sections.partition_point(|section| section.head < row);
        heads as u32 * sizes.head + (row - heads) as u32 * sizes.note
    }

    /// The row at a pixel; the last one if there is none.
    pub fn row_at(&self, pixel: u32, sizes: Sizes) -> usize {
        let (mut from, mut to) = (0, self.rows.len().saturating_sub(1));
        while from < to {
            let middle = from.midpoint(to);
            match self.top_of(middle + 1, sizes) <= pixel {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        from
    }

    /// The first row to draw if the row at this pixel is the first one that is seen.
    pub fn first_drawn(&self, pixel: u32, sizes: Sizes) -> usize {
        let first = self.row_at(pixel, sizes).saturating_sub(BEFORE);
        first - first % STEP
    }

    /// The rows that are drawn from this one on.
    pub fn drawn(&self, first: usize) -> Range<usize> {
        let first = first.min(self.rows.len());
        let mut room = 2 * MOST_DRAWN;
        let fits = |row: &&Row| {
            let size = match row {
                Row::Head(_) => 1,
                Row::Note { .. } => 2,
            };
            let fits = size <= room;
            room = room.saturating_sub(size);
            fits
        };
        first..first + self.rows[first..].iter().take_while(fits).count()
    }

    /// The section of a row.
    pub fn section_of(&self, row: usize) -> Option<&Section> {
        let section = match self.rows.get(row)? {
            Row::Head(section) | Row::Note { section, .. } => *section,
        };
        self.sections.get(section)
    }

    /// The row of the first note, or of the first head if no note is shown.
    pub fn first_note(&self) -> Option<usize> {
        let is_note = |row: &Row| matches!(row, Row::Note { .. });
        let first = self.rows.iter().position(is_note);
        first.or((!self.rows.is_empty()).then_some(0))
    }

    /// The row that is so many rows further, or before; the last one in that direction if there are
    /// fewer.
    pub fn further(&self, row: usize, rows: usize, forward: bool) -> Option<usize> {
        let last = self.rows.len().checked_sub(1)?;
        Some(match forward {
            true => row.saturating_add(rows).min(last),
            false => row.min(last).saturating_sub(rows),
        })
    }
}
