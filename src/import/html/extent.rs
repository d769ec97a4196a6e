//! Which nodes of a page are read: a part of it, with the elements around that part.

use dom_query::{NodeId, NodeRef};
use rustc_hash::FxHashSet;

/// A part of a page, of the very nodes of that page; it means nothing for another.
///
/// Words belong to it where the element that they stand in directly does.
#[derive(Debug, Clone, Default)]
pub struct Extent {
    kept: FxHashSet<NodeId>,
    /// The elements around what is kept: of these only language, direction and nesting are read.
    /// Invariant: with a kept element all that are around it are here or kept.
    around: FxHashSet<NodeId>,
}

impl Extent {
    /// Adds an element, without what is in it.
    pub(super) fn keep(&mut self, node: &NodeRef<'_>) {
        self.kept.insert(node.id);
        if let Some(parent) = node.parent() {
            self.go_through(&parent);
        }
    }

    /// Adds an element only as one that is around others.
    pub(super) fn go_through(&mut self, node: &NodeRef<'_>) {
        let mut above = Some(*node);
        while let Some(parent) = above.filter(|parent| self.around.insert(parent.id)) {
            above = parent.parent();
        }
    }

    /// Whether the words are read that stand in an element directly.
    pub(super) fn keeps(&self, node: &NodeRef<'_>) -> bool {
        self.kept.contains(&node.id)
    }

    /// Whether anything in an element is read, or may be.
    pub(super) fn reaches(&self, node: &NodeRef<'_>) -> bool {
        self.keeps(node) || self.around.contains(&node.id)
    }
}
