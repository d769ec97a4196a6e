//! Which groups of the room "All notes" are folded, whatever is searched for meanwhile.

use super::{AllNotes, Group};
use crate::model::order::sorted_once;

/// The groups that are folded, of every grouping.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folds {
    /// Their keys, in order, each once.
    keys: Vec<String>,
}

impl Folds {
    /// True if a group of these notes is folded.
    pub fn has(&self, all: &AllNotes, group: Group) -> bool {
        !self.keys.is_empty() && self.keys.binary_search(&all.key_of(group)).is_ok()
    }

    /// The same with some groups folded, or unfolded; what others are stays.
    pub fn with(
        &self,
        all: &AllNotes,
        groups: impl Iterator<Item = Group>,
        is_folded: bool,
    ) -> Self {
        let groups: Vec<String> = groups.map(|group| all.key_of(group)).collect();
        let groups = sorted_once(&groups);
        let others = self.keys.iter();
        let others = others.filter(|key| groups.binary_search(key).is_err());
        let mut keys: Vec<String> = others.cloned().collect();
        if is_folded {
            keys.extend(groups);
        }
        Self {
            keys: sorted_once(&keys),
        }
    }
}
