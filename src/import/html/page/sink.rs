//! A tree that measures the parser's work.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// A document, the parser's depth in it, and the work done so far.
#[derive(Default)]
pub(super) struct Measured {
    document: Document,
    depths: RefCell<HashMap<NodeId, usize>>,
    depth: Cell<usize>,
    steps: Cell<u64>,
}

impl Measured {
    /// Returns the document.
    pub(super) fn into_document(self) -> Document {
        self.document
    }

    /// Returns the number of nodes so far.
    pub(super) fn nodes(&self) -> usize {
        self.document.tree.len()
    }

    /// Returns the parser's depth; until the next text it may be a few too high.
    pub(super) fn depth(&self) -> usize {
        self.depth.get()
    }

    /// Returns the number of nodes looked at so far, which determines the parser's time.
    pub(super) fn steps(&self) -> u64 {
        self.steps.get()
    }

    fn step(&self) {
        self.steps.set(self.steps.get() + 1);
    }

    fn depth_of(&self, node: &NodeId) -> usize {
        self.depths.borrow().get(node).copied().unwrap_or_default()
    }

    /// Records that `child` is at a depth, and the parser with it.
    fn place(&self, child: &NodeOrText<NodeId>, depth: usize) {
        match child {
            NodeOrText::AppendText(_) => self.depth.set(depth.saturating_sub(1)),
            NodeOrText::AppendNode(node) => {
                self.depths.borrow_mut().insert(*node, depth);
                self.depth.set(depth);
            }
        }
    }
}

impl TreeSink for Measured {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.step();
        self.document.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(&child, self.depth_of(parent) + 1);
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        before: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.place(&child, self.depth_of(element));
        self.document
            .append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document
            .append_doctype_to_document(name, public, system);
    }

    fn pop(&self, node: &NodeId) {
        self.depth.set(self.depth_of(node).saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.document.get_template_contents(target);
        // The contents of a template are as deep as the template.
        let depth = self.depth_of(target);
        self.depths.borrow_mut().insert(contents, depth);
        contents
    }

    /// Shadow roots stay templates; they are laid into the page when it is prepared.
    fn allow_declarative_shadow_roots(&self, _: &NodeId) -> bool {
        false
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.step();
        self.document.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, node: NodeOrText<NodeId>) {
        self.place(&node, self.depth_of(sibling));
        self.document.append_before_sibling(sibling, node);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.document.reparent_children(node, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &NodeId) -> bool {
        self.document
            .is_mathml_annotation_xml_integration_point(node)
    }
}
