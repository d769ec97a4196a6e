//! The port of a server that keeps records: Apache CouchDB, or whatever else speaks its protocol
//! (<https://docs.couchdb.org/en/stable/api/>).
//!
//! A record is a document. The server numbers the versions of each (`_rev`) and knows nothing of what
//! is in it: which of two records stands is decided by [`merge`](crate::model::sync::merge), here and
//! on every other device alike.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::app::ports::BoxFuture;
use crate::model::digest::Digest;
use crate::model::sync::record::{Path, Record};
pub use crate::model::sync::trouble::Trouble;

/// The server's name of one version of a document (`_rev`). It says nothing of what came before.
pub type Revision = Rc<str>;

/// How far the list of changes was read (`last_seq`), in the server's own words.
pub type Sequence = Rc<str>;

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its name.
    pub revision: Revision,
    /// The record in it; `None` if it cannot be read: it is damaged, or a newer build has written it.
    pub record: Option<Record>,
}

/// A document as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// The path of its record.
    pub path: Path,
    /// The version that the server shows; `None` if the document was deleted.
    pub shown: Option<Kept>,
    /// Versions that were written beside it on another node of the server (`_conflicts`).
    pub others: Vec<Revision>,
}

/// A part of the list of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The documents that have changed, in any order, some perhaps more than once.
    pub documents: Vec<Current>,
    /// Where the next part begins.
    pub last: Sequence,
    /// True if there is a next part by now.
    pub more: bool,
}

/// A document to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The path of its record.
    pub path: Path,
    /// The version that it takes the place of; `None` for the first one.
    pub before: Option<Revision>,
    /// The record; `None` deletes that version.
    pub record: Option<Rc<Record>>,
}

/// What became of a document that was to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Put {
    /// It is kept, under this name.
    Kept(Revision),
    /// Somebody else has written it meanwhile.
    Conflict,
    /// The server does not let this reader write it.
    Refused,
}

/// The answer of a server.
pub type Answer<T> = BoxFuture<Result<T, Trouble>>;

/// A database on a server. Any request may be lost before or after it was carried out, or be carried
/// out twice.
pub trait Server {
    /// The name of this life of the database, which begins with `fresh` if it has none: a database that
    /// was deleted and made again has another. Empty if it has none and this reader may not write.
    fn identity(&self, fresh: String) -> Answer<String>;

    /// Lists documents that have changed since the last part of the list: at most so many, from the
    /// first change without a last part.
    fn changes(&self, since: Option<Sequence>, most: usize) -> Answer<Changes>;

    /// Done once something has changed since a part of the list, or when the server tires of waiting.
    fn wait(&self, since: Option<Sequence>) -> Answer<()>;

    /// Returns documents as they are now; those that are not there are left out.
    fn current(&self, paths: Vec<Path>) -> Answer<Vec<Current>>;

    /// Returns versions of documents; those that are not there any more are left out.
    fn versions(&self, wanted: Vec<(Path, Revision)>) -> Answer<Vec<(Path, Kept)>>;

    /// Writes documents; answers for each, in their order.
    fn put(&self, documents: Vec<Document>) -> Answer<Vec<Put>>;
}

/// The texts of articles on a server. A text never changes, so that it is there or it is not.
pub trait TextServer {
    /// Returns an article's JSON by the digest of its text; `None` if it is not there whole. It is not
    /// checked.
    fn text(&self, digest: Digest) -> Answer<Option<String>>;

    /// Stores an article's JSON, unless it is there.
    fn put_text(&self, digest: Digest, json: String) -> Answer<()>;
}

impl<S: Server + ?Sized> Server for Rc<S> {
    fn identity(&self, fresh: String) -> Answer<String> {
        (**self).identity(fresh)
    }

    fn changes(&self, since: Option<Sequence>, most: usize) -> Answer<Changes> {
        (**self).changes(since, most)
    }

    fn wait(&self, since: Option<Sequence>) -> Answer<()> {
        (**self).wait(since)
    }

    fn current(&self, paths: Vec<Path>) -> Answer<Vec<Current>> {
        (**self).current(paths)
    }

    fn versions(&self, wanted: Vec<(Path, Revision)>) -> Answer<Vec<(Path, Kept)>> {
        (**self).versions(wanted)
    }

    fn put(&self, documents: Vec<Document>) -> Answer<Vec<Put>> {
        (**self).put(documents)
    }
}
