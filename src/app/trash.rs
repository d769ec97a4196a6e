//! The trash: a removed note stays for a number of days of use before it goes for good.

use super::records::{KnownIris, Records};
use crate::model::annotation::Annotation;
use crate::model::digest::Digest;
use crate::model::order::sorted;
use crate::model::sync::record::{RecordKind, State};
use crate::model::sync::usage_days::{TRASH, UsageDays};

/// A note in the trash.
#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    /// The note as it was.
    pub note: Annotation,
    /// Number of days of use that it stays in the trash.
    pub days: u32,
}

impl Records {
    /// Returns the notes in the trash, last removed first, without tombstones that hold no note.
    pub fn trash(&self) -> Vec<Removed> {
        let (usage, mut known) = (self.usage(), KnownIris::new(self));
        let notes = self.replica().folder(RecordKind::Note.folder());
        let removed = notes.iter().filter_map(|record| match record.state() {
            State::Removed { day } => Some(Removed {
                note: known.note_of(record)?,
                days: usage.stays(day),
            }),
            State::Live => None,
        });
        let removed: Vec<Removed> = removed.collect();
        let order = sorted(removed.len(), &|one, other| {
            removed[other].days.cmp(&removed[one].days)
        });
        order
            .into_iter()
            .map(|index| removed[index].clone())
            .collect()
    }

    /// Forgets notes and articles that have been in the trash for [`TRASH`] days of use. Returns
    /// the digests of the texts that no article has any more.
    pub fn purge_trash(&self) -> Vec<Digest> {
        let usage = self.usage();
        for record in self.replica().folder(RecordKind::Note.folder()) {
            if let State::Removed { day } = record.state()
                && usage.stays(day) == 0
                && usage.day > day + TRASH
            {
                self.replica().forget(record.path());
            }
        }
        self.purge_articles(|day| usage.stays(day))
    }

    /// Today as a day of use; the date is not used here.
    fn usage(&self) -> UsageDays {
        UsageDays {
            day: self.today(),
            date: String::new(),
        }
    }
}
