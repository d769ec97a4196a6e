//! The rows of the room "All notes", of which only those in and near the window are drawn.

use std::ops::Range;

use super::Group;

/// Maximum number of rows that are drawn: two windows of them, since each costs time at each key.
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

/// A group with its notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// What they have in common.
    pub group: Group,
    /// The row of its head; its notes follow.
    pub head: usize,
    /// Number of its notes.
    pub notes: usize,
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
    notes: usize,
    articles: usize,
}

impl Rows {
    /// The rows of groups with the indices of their notes; counts how many notes and articles there
    /// are, since a note may stand in several groups.
    pub(super) fn of(
        groups: impl Iterator<Item = (Group, Vec<usize>)>,
        notes: usize,
        articles: usize,
    ) -> Self {
        let (mut sections, mut rows) = (Vec::new(), Vec::new());
        for (section, (group, of_it)) in groups.enumerate() {
            sections.push(Section {
                group,
                head: rows.len(),
                notes: of_it.len(),
            });
            rows.push(Row::Head(section));
            rows.extend(of_it.into_iter().map(|entry| Row::Note { section, entry }));
        }
        Self {
            sections,
            rows,
            notes,
            articles,
        }
    }

    /// All rows.
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// The groups.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Number of notes, each counted once.
    pub fn notes(&self) -> usize {
        self.notes
    }

    /// Number of articles that they are on.
    pub fn articles(&self) -> usize {
        self.articles
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
        first..self.rows.len().min(first + MOST_DRAWN)
    }

    /// The row of the note that is so many notes further, or before; the last one in that direction
    /// if there are fewer.
    pub fn further(&self, row: usize, notes: usize, forward: bool) -> Option<usize> {
        let is_note = |row: &usize| matches!(self.rows.get(*row), Some(Row::Note { .. }));
        let (mut after, mut before) = (
            row + 1..self.rows.len(),
            (0..row.min(self.rows.len())).rev(),
        );
        let others: &mut dyn Iterator<Item = usize> = match forward {
            true => &mut after,
            false => &mut before,
        };
        let reached = others.filter(is_note).take(notes).last();
        reached.or(Some(row).filter(is_note))
    }

    /// The row of the first note, or the last one.
    pub fn end(&self, last: bool) -> Option<usize> {
        let is_note = |row: &Row| matches!(row, Row::Note { .. });
        match last {
            true => self.rows.iter().rposition(is_note),
            false => self.rows.iter().position(is_note),
        }
    }
}
