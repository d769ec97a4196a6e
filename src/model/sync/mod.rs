//! Keeping: what is needed for no note ever to be lost, whatever a tab, a browser or a disk does.
//!
//! Every record goes into two stores: a small one in the same moment, and a journal that survives a
//! crash. [`merge`] makes one of what both, and other tabs, have; [`replica`] sees that each of them
//! has everything. What a store is, is one trait ([`store`]), so that all of this is tried without
//! a browser.

pub mod agreement;
pub(crate) mod base36;
mod compact;
pub mod iri_shorthand;
pub mod merge;
pub mod record;
pub mod replica;
pub mod store;
pub mod unknown;
pub mod usage_days;
pub mod version;

use super::annotation::Annotation;
use record::{Path, Record};

/// The prefix of every key in localStorage, with the version of what is written now.
pub const PREFIX: &str = "postil/2/";
/// The version of what is written now.
pub const VERSION: u32 = 2;

/// What a store has under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A record.
    Record(Record),
    /// Ours, and damaged.
    Damaged,
    /// Somebody else's, or none of these records.
    Other,
}

/// Reads what stands under a path, which is a key without its prefix, or without the name of its
/// edit.
pub fn read(path: &str, text: &str) -> Found {
    let Some(path) = Path::parse(path) else {
        return Found::Other;
    };
    match Record::parse(path, text) {
        Ok(record) if record.path().note().is_none() => Found::Record(record),
        Ok(record) if record.note().is_some() || record.is_tombstone() => Found::Record(record),
        _ => Found::Damaged,
    }
}

/// The notes in records that were found anywhere, by whatever key: those that were not removed, each
/// as every tab would have it.
pub fn salvage(found: &[(String, String)]) -> Vec<Annotation> {
    let replica = replica::Replica::of_nothing();
    for (key, text) in found {
        let path = key.strip_prefix(PREFIX).unwrap_or(key);
        let shorter = path.rsplit_once('/').map_or(path, |(path, _edit)| path);
        // A key of the journal ends with the name of the edit.
        let record = [path, shorter]
            .into_iter()
            .find_map(|path| match read(path, text) {
                Found::Record(record) => Some(record),
                _ => None,
            });
        replica.take(replica::Origin::Tab, record.into_iter().collect());
    }
    let notes = replica.folder(record::Kind::Note.folder());
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

/// What is needed here of an article's record.
#[derive(serde::Deserialize)]
struct Named {
    iri: String,
}
