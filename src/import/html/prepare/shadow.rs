//! Lays declarative shadow roots into the page as browsers show them
//! (<https://html.spec.whatwg.org/#attr-template-shadowrootmode>): in place of their host's
//! content, which goes into their slots.

use dom_query::{Document, NodeId, NodeRef};
use rustc_hash::FxHashMap;

use super::super::attributes::attribute;
use super::super::words::{after, words_at};

/// The attribute of a template that is a shadow root, and its predecessor in browsers.
const MODES: [&str; 2] = ["shadowrootmode", "shadowroot"];
/// Elements that can have shadow roots (<https://dom.spec.whatwg.org/#valid-shadow-host-name>),
/// besides those with a hyphen in their names.
const HOSTS: [&str; 18] = [
    "article",
    "aside",
    "blockquote",
    "body",
    "div",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "main",
    "nav",
    "p",
    "section",
    "span",
];

/// Maximum number of nodes below each node that are counted to compare two parts.
const MOST_NODES: usize = 20_000;

/// Lays in all shadow roots, outer ones first: what goes into their slots may again be hosts.
pub(super) fn flatten(document: &Document) {
    let root = document.root();
    let mut next = Some(root);
    while let Some(node) = next {
        if let Some((template, contents)) = shadow_of(&node) {
            lay_in(&node, &template, &contents);
        }
        next = node.first_child().or_else(|| after(node, &root));
    }
}

/// Returns the template that is an element's shadow root, and the node with its contents.
fn shadow_of<'a>(host: &NodeRef<'a>) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
    let is_host = {
        let element = host.element_ref()?;
        let name = &*element.name.local;
        HOSTS.contains(&name) || name.contains('-')
    };
    let template = host.children_it(false).filter(|_| is_host).find(is_root)?;
    let contents = template.element_ref()?.template_contents?;
    Some((template, host.tree.get(&contents)?))
}

fn is_root(node: &NodeRef<'_>) -> bool {
    node.element_ref().is_some_and(|element| {
        let mode = MODES.iter().find_map(|mode| attribute(&element, mode));
        let is_mode = |mode: &str| matches!(mode.trim(), "open" | "closed");
        &*element.name.local == "template" && mode.is_some_and(is_mode)
    })
}

fn lay_in(host: &NodeRef<'_>, template: &NodeRef<'_>, contents: &NodeRef<'_>) {
    template.remove_from_parent();
    let light = host.children();
    let slots = slots_of(contents);
    let mut assigned: FxHashMap<NodeId, Vec<NodeRef<'_>>> = FxHashMap::default();
    let mut homeless = Vec::new();
    for node in light {
        node.remove_from_parent();
        let name = node.attr("slot").unwrap_or_default();
        match slots.get(&*name) {
            Some(slot) => assigned.entry(*slot).or_default().push(node),
            None => homeless.push(node),
        }
    }
    for (slot, nodes) in assigned {
        let Some(slot) = host.tree.get(&slot) else {
            continue;
        };
        // White space alone does not replace a slot's fallback content.
        if nodes.iter().any(shows) {
            slot.remove_children();
        }
        for node in nodes {
            slot.append_child(&node);
        }
    }
    let is_most = letters_in(&homeless) >= letters_in(&contents.children());
    for node in contents.children() {
        // A style sheet here is for this root and would be taken for the page's.
        if node.has_name("style") {
            continue;
        }
        host.append_child(&node);
    }
    if is_most {
        // Browsers do not show it, but the page's author meant it to be read.
        homeless.iter().for_each(|node| host.append_child(node));
    } else if homeless.iter().any(shows) {
        let hidden = host.tree.new_element("div");
        hidden.set_attr("hidden", "");
        for node in &homeless {
            hidden.append_child(node);
        }
        host.append_child(&hidden);
    }
}

/// Counts letters in nodes, except in scripts and style sheets.
fn letters_in(nodes: &[NodeRef<'_>]) -> usize {
    let is_read = |node: &NodeRef<'_>| {
        let parent = node.parent();
        parent.is_none_or(|parent| !parent.has_name("script") && !parent.has_name("style"))
    };
    let letters = |node: NodeRef<'_>| {
        let words = words_at(&node);
        words
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
    };
    let inside = nodes.iter().flat_map(|node| {
        let inside: Vec<NodeRef<'_>> = node.descendants_it().take(MOST_NODES).collect();
        std::iter::once(*node).chain(inside)
    });
    inside.filter(is_read).map(letters).sum()
}

/// Returns the first slot of each name.
fn slots_of(contents: &NodeRef<'_>) -> FxHashMap<String, NodeId> {
    let mut slots = FxHashMap::default();
    for node in contents.descendants_it() {
        if node.has_name("slot") {
            let name = node.attr("name").unwrap_or_default().to_string();
            slots.entry(name).or_insert(node.id);
        }
    }
    slots
}

/// True if a node is more than white space.
fn shows(node: &NodeRef<'_>) -> bool {
    node.is_element() || !words_at(node).trim().is_empty()
}
