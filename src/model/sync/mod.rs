//! Sync: everything that keeps notes from being lost, whatever a tab, a browser or a disk does.
//!
//! Every record is written to two stores: to localStorage at once, and to a journal that survives a
//! crash. [`merge`] combines what both stores and other tabs have; [`replica`] ensures that each
//! store has everything. A store is a trait ([`store`]), so all of this is tested without a
//! browser.

pub mod agreement;
pub(crate) mod base36;
mod compact;
mod index;
pub mod iri_shorthand;
pub mod merge;
pub mod record;
pub mod replica;
pub mod store;
pub mod trouble;
pub mod unknown;
pub mod usage_days;
pub mod version;

use super::annotation::Annotation;
use record::{Path, Record};

/// The prefix of every key in localStorage, with the current version of the format.
pub const PREFIX: &str = "postil/2/";
/// The current version of the format.
pub const VERSION: u32 = 2;

/// What a store has under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordRead {
    /// A record.
    Record(Record),
    /// A damaged record of ours.
    Damaged,
    /// Something else, not one of these records.
    Other,
}

/// Reads the text under a path, which is a key without its prefix or without the name of its edit.
pub fn read(path: &str, text: &str) -> RecordRead {
    let Some(path) = Path::parse(path) else {
        return RecordRead::Other;
    };
    match Record::parse(path, text) {
        Ok(record) if record.path().note().is_none() => RecordRead::Record(record),
        Ok(record) if record.is_tombstone() || record.holds_note() => RecordRead::Record(record),
        _ => RecordRead::Damaged,
    }
}

/// Returns the notes in records found anywhere, under any key: those that were not removed, each
/// merged as in every tab.
pub fn salvage(found: &[(String, String)]) -> Vec<Annotation> {
    let replica = replica::Replica::of_nothing();
    for (key, text) in found {
        let path = key.strip_prefix(PREFIX).unwrap_or(key);
        let shorter = path.rsplit_once('/').map_or(path, |(path, _edit)| path);
        // A key of the journal ends with the name of the edit.
        let record = [path, shorter]
            .into_iter()
            .find_map(|path| match read(path, text) {
                RecordRead::Record(record) => Some(record),
                _ => None,
            });
        replica.take(replica::Origin::Tab, record.into_iter().collect());
    }
    let notes = replica.folder(record::RecordKind::Note.folder());
    let live = notes.iter().filter(|record| record.is_live());
    let note = |record: &std::rc::Rc<Record>| {
        let note = record.note()?;
        let article = replica.get(&Path::of_article(&note.article));
        let named = article.and_then(|article| serde_json::from_str::<Named>(&article.body()).ok());
        Some(iri_shorthand::with_source(
            note,
            named.as_ref().map(|named| &*named.iri),
        ))
    };
    live.filter_map(note).collect()
}

/// The part of an article's record that is needed here.
#[derive(serde::Deserialize)]
struct Named {
    iri: String,
}
