//! Draws on the page's elements. Nothing is ever parsed as HTML.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node};

use super::elements::{element, mathematical, set};
use super::pictures::Pictures;
use super::system::document;
use crate::app::drawing::Canvas;
use crate::app::protocol::Unshown;

/// An element of the page that is drawn into.
pub struct Elements<'a> {
    document: Document,
    /// The open elements, outermost first: the first is the one drawn into.
    open: Vec<Node>,
    /// The pictures of other hosts; without them only placeholders are drawn.
    pictures: Option<&'a Rc<Pictures>>,
}

impl<'a> Elements<'a> {
    /// Draws into an element.
    pub fn within(parent: &Node, pictures: Option<&'a Rc<Pictures>>) -> Self {
        Self {
            document: document(),
            open: vec![parent.clone()],
            pictures,
        }
    }

    /// Draws nowhere yet: [`Self::into_first`] returns what was drawn.
    pub fn apart(pictures: Option<&'a Rc<Pictures>>) -> Self {
        let document = document();
        Self {
            open: vec![document.create_document_fragment().into()],
            document,
            pictures,
        }
    }

    /// Returns the first element that was drawn.
    pub fn into_first(self) -> Option<Element> {
        self.open.first()?.first_child()?.dyn_into().ok()
    }

    /// The element opened last; what is drawn into is none of ours.
    fn last(&self) -> Option<&Element> {
        let opened = self.open.get(1..)?;
        opened.last().map(Node::unchecked_ref)
    }
}

impl Canvas for Elements<'_> {
    fn open(&mut self, name: &'static str, is_mathematical: bool) {
        let Some(parent) = self.open.last() else {
            return;
        };
        let element = match is_mathematical {
            true => mathematical(&self.document, name),
            false => element(&self.document, name),
        };
        // This fails only for invalid names; ours are constants.
        let node = element.map_or_else(|| parent.clone(), Node::from);
        let _ = parent.append_child(&node);
        self.open.push(node);
    }

    fn set(&mut self, name: &str, value: &str) {
        if let Some(element) = self.last() {
            set(element, name, value);
        }
    }

    fn text(&mut self, words: &str) {
        if let Some(parent) = self.open.last() {
            let _ = parent.append_child(&self.document.create_text_node(words));
        }
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn may_show(&self, address: &str) -> bool {
        self.pictures
            .is_some_and(|pictures| pictures.may_show(address))
    }

    fn missing(&self, address: &str) -> Option<Unshown> {
        self.pictures?.missing(address)
    }

    fn show(&mut self, address: &str) {
        if let (Some(pictures), Some(image)) = (self.pictures, self.last()) {
            pictures.show(address, image);
        }
    }
}
