//! Snapshots: every live note as it was on a day, with the records of the articles.

use std::rc::Rc;

use super::records::Records;
use crate::model::annotation::Annotation;
use crate::model::order::sorted_once;
use crate::model::sync::record::{Path, Record, RecordKind};
use crate::model::sync::{RecordRead, read};

/// Number of live notes, and of the articles that they are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Number of live notes.
    pub notes: usize,
    /// Number of articles with at least one live note.
    pub articles: usize,
}

impl Records {
    /// Counts the notes and their articles, as far as they were read.
    pub fn counts(&self) -> Counts {
        let notes = self.replica().folder(RecordKind::Note.folder());
        let live = notes.iter().filter(|record| record.is_live());
        let articles: Vec<_> = live
            .clone()
            .filter_map(|record| Some(record.path().note()?.0))
            .collect();
        Counts {
            notes: live.count(),
            articles: sorted_once(&articles).len(),
        }
    }

    /// Returns the records of every live note and of the articles, and the number of notes.
    pub fn everything_live(&self) -> (Vec<Rc<Record>>, usize) {
        let mut all = self.replica().folder(RecordKind::Note.folder());
        all.retain(|record| record.is_live());
        let notes = all.len();
        all.extend(self.replica().folder(RecordKind::Article.folder()));
        (all, notes)
    }

    /// Returns the stored live versions of these notes, so that restoring knows what is there.
    pub fn present(&self, notes: &[Annotation]) -> Vec<Annotation> {
        let known = notes
            .iter()
            .filter_map(|note| self.replica().get(&Path::of_note(&note.article, &note.id)))
            .collect::<Vec<_>>();
        self.live_notes(&known)
    }
}

/// Writes records as the JSON of a snapshot: pairs of a path and a record's text.
pub fn snapshot_of(records: &[Rc<Record>]) -> String {
    let pairs: Vec<(&str, &str)> = records
        .iter()
        .map(|record| (record.path().as_str(), &**record.text()))
        .collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// Reads the live records of a snapshot; leaves out whatever cannot be read.
pub fn records_of_snapshot(json: &str) -> Vec<Rc<Record>> {
    let pairs: Vec<(String, String)> = serde_json::from_str(json).unwrap_or_default();
    let records = pairs
        .iter()
        .filter_map(|(path, text)| match read(path, text) {
            RecordRead::Record(record) => Some(Rc::new(record)),
            _ => None,
        });
    records.filter(|record| record.is_live()).collect()
}
