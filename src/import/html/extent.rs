//! Which nodes of a page are read: a part of it, and the elements around that part.

use dom_query::{NodeId, NodeRef};
use rustc_hash::FxHashSet;

/// A part of a page, made of that page's nodes; it is meaningless for any other page.
///
/// Words belong to it if their parent element does.
#[derive(Debug, Clone, Default)]
pub struct Extent {
    kept: FxHashSet<NodeId>,
    /// The elements around the kept ones; only their language, direction and nesting are read.
    /// Invariant: all ancestors of a kept element are here or kept.
    around: FxHashSet<NodeId>,
}

impl Extent {
    /// Adds an element without its content.
    pub(super) fn keep(&mut self, node: &NodeRef<'_>) {
        self.kept.insert(node.id);
        if let Some(parent) = node.parent() {
            self.go_through(&parent);
        }
    }

    /// Adds an element only as an ancestor of others.
    pub(super) fn go_through(&mut self, node: &NodeRef<'_>) {
        let mut above = Some(*node);
        while let Some(parent) = above.filter(|parent| self.around.insert(parent.id)) {
            above = parent.parent();
        }
    }

    /// True if the words directly in an element are read.
    pub(super) fn keeps(&self, node: &NodeRef<'_>) -> bool {
        self.kept.contains(&node.id)
    }

    /// True if anything in an element is read, or may be.
    pub(super) fn reaches(&self, node: &NodeRef<'_>) -> bool {
        self.keeps(node) || self.around.contains(&node.id)
    }
}
