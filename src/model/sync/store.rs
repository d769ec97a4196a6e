//! The store of records: one trait for localStorage, IndexedDB, memory and any other.

use std::rc::Rc;

use thiserror::Error;

use super::record::{Path, Record};
use super::version::Dot;

/// Why a store did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The browser does not let this page store anything there.
    #[error("this browser does not let the page keep anything")]
    Forbidden,
    /// There is no room left.
    #[error("there is no room left")]
    Full,
    /// A newer version of Postil has written there.
    #[error("a newer version of Postil has written there")]
    Newer,
    /// Somebody has cleared everything that this site stored, in every store.
    #[error("what this site kept was cleared")]
    Cleared,
    /// It failed; it may work the next time.
    #[error("the browser's storage failed")]
    Failed,
}

/// What a store is to do in one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Records to store.
    pub put: Vec<Rc<Record>>,
    /// Edits to forget. A store with one record for each path forgets it only if it is that edit.
    pub forget: Vec<(Path, Dot)>,
}

impl Batch {
    /// True if there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.put.is_empty() && self.forget.is_empty()
    }
}

/// The outcome of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Paths whose records were not stored.
    pub refused: Vec<Path>,
    /// Why they were refused.
    pub why: Option<Refusal>,
}

impl Outcome {
    /// Creates the outcome of a batch that was refused as a whole.
    pub fn refused(batch: &Batch, why: Refusal) -> Self {
        Self {
            refused: batch
                .put
                .iter()
                .map(|record| record.path().clone())
                .collect(),
            why: Some(why),
        }
    }
}

/// Called once, when a batch is as safe as the store can make it or was refused.
pub type Done = Box<dyn FnOnce(Outcome)>;

/// A place that stores records.
///
/// It answers by a callback, at once or later, so it may be slow. A store has either one record for
/// each path, the last one put (localStorage), or one for each edit (the journal); merging what is
/// read makes both equivalent.
pub trait Store {
    /// Stores the records of a batch and forgets others.
    fn keep(&self, batch: Rc<Batch>, done: Done);
}
