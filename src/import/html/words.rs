//! Gathers the first words of an element, to decide what it is.

use dom_query::{NodeData, NodeRef};

use super::hidden::{is_left_out, swallows_words};

/// Maximum number of nodes that are visited: elements in question contain few.
const MOST_NODES: usize = 64;
/// Maximum length of the words gathered, in bytes.
const LONGEST: usize = 2_000;

/// Returns the visible words of an element, trimmed; of a large element just the first ones.
pub(super) fn words_of(root: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut node = *root;
    for _ in 0..MOST_NODES {
        let is_drawing = node.parent().is_some_and(|parent| swallows_words(&parent));
        node.query(|data| match &data.data {
            NodeData::Text { contents } if !is_drawing => words.push_str(contents),
            _ => {}
        });
        let shown = node
            .element_ref()
            .is_none_or(|element| !is_left_out(&element.name.local, &element));
        let inside = node.first_child().filter(|_| shown);
        match inside.or_else(|| after(node, root)) {
            Some(next) if words.len() <= LONGEST => node = next,
            _ => break,
        }
    }
    words.truncate(words.floor_char_boundary(LONGEST));
    words.trim().to_owned()
}

/// Returns the node after another and all its content, within `root`.
pub(super) fn after<'a>(mut node: NodeRef<'a>, root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    while node.id != root.id {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
    None
}

/// Returns the words of a text node; empty for other nodes.
pub(super) fn words_at(node: &NodeRef<'_>) -> String {
    let words = node.query_or(None, |data| match &data.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    });
    words.unwrap_or_default()
}
