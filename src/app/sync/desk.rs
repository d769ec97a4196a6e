//! The port of this device: its records, and what it knows of a server's.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::server::{Revision, Sequence};
use crate::app::ports::BoxFuture;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::store::Refusal;
use crate::model::sync::version::Dot;

/// A document of a server as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its version; `None` if it was deleted there.
    pub revision: Option<Revision>,
    /// The record in it; `None` if it could not be read: such a document is never written over.
    pub record: Option<Digest>,
}

/// A record in a few bytes. Two that have the same are the same, almost surely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Its edit.
    pub dot: Dot,
    /// Its [checksum](Record::check).
    pub check: u32,
}

impl Digest {
    /// Returns the digest of a record.
    pub fn of(record: &Record) -> Self {
        Self {
            dot: record.version().dot().clone(),
            check: record.check(),
        }
    }
}

/// What a device knows of a server. All of it can be lost: then everything is compared anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The name of the life of the database that all this is about.
    pub life: Option<String>,
    /// How far the list of changes was read and taken in.
    pub since: Option<Sequence>,
    /// The documents that were seen.
    pub documents: BTreeMap<Path, Seen>,
}

impl Known {
    /// Adds documents that were seen, and how far the list of changes was read if that is given.
    pub fn learn(&mut self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) {
        self.documents.extend(seen);
        self.since = since.or(self.since.take());
    }
}

/// A record from a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The record.
    pub record: Record,
    /// The edit that it follows, if it is certain to follow one: its author had that before.
    pub follows: Option<Dot>,
}

/// This device.
pub trait Desk {
    /// Every note and every article, live or removed.
    fn records(&self) -> Vec<Rc<Record>>;

    /// True if this device may write a record there; `is_new` if there is none under its path yet.
    fn sends(&self, record: &Record, is_new: bool) -> bool;

    /// The record under a path.
    fn get(&self, path: &Path) -> Option<Rc<Record>>;

    /// Merges records; done once they are stored where they survive a crash, or were refused.
    fn take(&self, found: Vec<Found>) -> BoxFuture<Result<(), Refusal>>;

    /// A name that nobody has had.
    fn fresh_name(&self) -> String;

    /// Forgets what is known of the server, and remembers the name of another life of the database.
    fn begin_anew(&self, life: String) -> BoxFuture<()>;

    /// Remembers documents that were seen, and how far the list of changes was read if that is given.
    fn remember(&self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) -> BoxFuture<()>;
}
