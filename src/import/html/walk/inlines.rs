//! Adds words, links, pictures and everything else within a block.

use std::cell::Ref;

use dom_query::{Element, NodeRef};

use crate::model::article::{Attribute, Attributes, Tag};

use super::super::attributes::{attribute, both, title, with_language};
use super::super::words::words_of;
use super::super::{attributes, footnotes, pictures};
use super::{Level, Walker};

impl Walker<'_> {
    /// Adds words. An id waiting from just before them is put on them.
    pub(super) fn text(&mut self, words: &str) {
        let id = match words.trim().is_empty() {
            true => None,
            false => self.ids.pop(),
        };
        let Some(id) = id else {
            return self.builder.text(words);
        };
        self.builder
            .open(Tag::Span, Attributes::none().with(Attribute::Id, &id));
        self.builder.text(words);
        self.builder.close();
    }

    pub(super) fn picture(&mut self, element: &Element) -> Option<Level> {
        if let Some(said) = pictures::picture(element, &self.addresses) {
            self.builder.void(Tag::Img, said);
        }
        None
    }

    pub(super) fn reading(&mut self, node: &NodeRef<'_>) -> Option<Level> {
        let words = words_of(node);
        if !words.is_empty() {
            self.builder.reading(&words);
        }
        None
    }

    pub(super) fn link(&mut self, node: &NodeRef<'_>, element: &Ref<'_, Element>) -> Option<Level> {
        if let Some(said) = footnotes::way_back(node, element, &self.addresses) {
            self.builder.void(Tag::NoteReturn, said);
            return None;
        }
        if let Some(said) = footnotes::reference(node, element, &self.addresses) {
            self.builder.void(Tag::NoteReference, said);
            return None;
        }
        if footnotes::is_permalink(node, element, &self.addresses) {
            return None;
        }
        let mut said = with_language(Attributes::none(), element);
        let address = attribute(element, "href").and_then(|href| self.addresses.link(href));
        let Some(address) = address else {
            return Some(self.styled(element));
        };
        let mut link = Attributes::none().with(Attribute::Href, &address);
        if let Some(title) = title(element) {
            link.set(Attribute::Title, title);
        }
        if let Some(id) = self.id_for(Tag::A, element) {
            said.set(Attribute::Id, &id);
        }
        self.builder.open(Tag::A, both(link, &said));
        Some(Level {
            closes: 1,
            ..Level::default()
        })
    }

    /// Adds a raised element: a footnote's mark, or just raised words.
    pub(super) fn raised(
        &mut self,
        node: &NodeRef<'_>,
        element: &Ref<'_, Element>,
    ) -> Option<Level> {
        if footnotes::is_footnote_label(element) {
            return None;
        }
        let reference = footnotes::lone_link(node).and_then(|link| {
            let element = link.element_ref()?;
            footnotes::reference(&link, &element, &self.addresses)
        });
        match reference {
            Some(said) => {
                self.builder.void(Tag::NoteReference, said);
                None
            }
            None => self.keep(node, element, Tag::Sup),
        }
    }

    /// Enters an inline without its own tag: it may still have a language, or be bold by style.
    pub(super) fn styled(&mut self, element: &Element) -> Level {
        let mut closes = 0;
        let mut open = |tag: Tag, said: Attributes| {
            self.builder.open(tag, said);
            closes += 1;
        };
        let said = with_language(Attributes::none(), element);
        if !said.is_empty() {
            open(Tag::Span, said);
        }
        if &*element.name.local == "span" {
            if attributes::bold(element) == Some(true) {
                open(Tag::Strong, Attributes::none());
            }
            if attributes::italic(element) == Some(true) {
                open(Tag::Em, Attributes::none());
            }
            match attributes::declared(element, "vertical-align").as_deref() {
                Some("super") => open(Tag::Sup, Attributes::none()),
                Some("sub") => open(Tag::Sub, Attributes::none()),
                _ => {}
            }
        }
        self.note_id(element);
        Level {
            closes,
            ..Level::default()
        }
    }

    /// Keeps the id of an element that is not kept itself, if something points to it.
    pub(super) fn note_id(&mut self, element: &Element) {
        if element.attrs.is_empty() {
            return;
        }
        let ids = self.ids_of(element);
        self.ids.extend(ids);
    }

    /// Returns the id for an element that is kept: its own, or one that came just before it.
    pub(super) fn id_for(&mut self, tag: Tag, element: &Element) -> Option<String> {
        let is_named = tag.heading_level().is_some() || tag == Tag::Footnote;
        let own = attribute(element, "id")
            .filter(|id| is_named && Attribute::Id.admits(id) && !self.given.contains(*id))
            .map(str::to_owned);
        let id = own.or_else(|| self.ids_of(element).into_iter().next());
        let id = id.or_else(|| self.ids.pop());
        self.given.extend(id.clone());
        id
    }

    /// Returns the ids of an element that something points to and that no other element has.
    fn ids_of(&mut self, element: &Element) -> Vec<String> {
        let is_link = &*element.name.local == "a";
        let anchor = attribute(element, "name").filter(|_| is_link);
        let mut ids = Vec::new();
        for id in [attribute(element, "id"), anchor].into_iter().flatten() {
            let wanted = self.addresses.is_target(id) && Attribute::Id.admits(id);
            if wanted && self.given.insert(id.to_owned()) {
                ids.push(id.to_owned());
            }
        }
        ids
    }
}
