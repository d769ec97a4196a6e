//! What keeps records: one trait for localStorage, IndexedDB, memory, and whatever comes.

use std::rc::Rc;

use thiserror::Error;

use super::record::{Path, Record};
use super::version::Dot;

/// Why a store did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The browser lets this page keep nothing there.
    #[error("this browser does not let the page keep anything")]
    Forbidden,
    /// There is no room left.
    #[error("there is no room left")]
    Full,
    /// A newer Postil has written there.
    #[error("a newer version of Postil has written there")]
    Newer,
    /// Somebody has cleared everything that this site kept, in every store.
    #[error("what this site kept was cleared")]
    Cleared,
    /// It failed; it may work the next time.
    #[error("the browser's storage failed")]
    Failed,
}

/// What a store is to do at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Records to keep.
    pub put: Vec<Rc<Record>>,
    /// Records to let go: a store that has only one record for a path lets it go if it is that one.
    pub forget: Vec<(Path, Dot)>,
}

impl Batch {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.put.is_empty() && self.forget.is_empty()
    }
}

/// What came of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Paths whose records were not kept.
    pub refused: Vec<Path>,
    /// Why.
    pub why: Option<Refusal>,
}

impl Outcome {
    /// Nothing of it was kept.
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

/// Called once, when a batch is as safe as the store can make it, or refused.
pub type Done = Box<dyn FnOnce(Outcome)>;

/// A place where records are kept.
///
/// It answers by a call back, at once or later: a store may be as slow as it is. A store either
/// keeps one record for a path, the last one that was put (localStorage), or one for each edit
/// (the journal); merging what is read makes both the same.
pub trait Store {
    /// Keeps records and lets others go.
    fn keep(&self, batch: Rc<Batch>, done: Done);
}
