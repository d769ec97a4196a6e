//! Adds replacements for parts of a page that an article cannot contain as they are.

use dom_query::{Element, NodeRef};

use crate::model::article::{Attribute, Attributes, Tag};

use super::super::drawings;
use super::super::media::{self, Card};
use super::Walker;

impl Walker<'_> {
    /// Adds something embedded: as the picture that it is, or as a link in its own paragraph.
    pub(super) fn medium(&mut self, node: &NodeRef<'_>, element: &Element) {
        let is_read = self.part.is_none_or(|part| part.keeps(node));
        let Some(card) = media::card(node, element, &self.addresses).filter(|_| is_read) else {
            return;
        };
        if card.kind == media::PICTURE {
            let said = Attributes::none().with(Attribute::Src, &card.address);
            let alt = card.title.as_deref().unwrap_or_default();
            return self.builder.void(Tag::Img, said.with(Attribute::Alt, alt));
        }
        let mut paragraph = Attributes::none();
        self.said.add_to(&mut paragraph);
        if let Some(id) = self.id_for(Tag::P, element) {
            paragraph.set(Attribute::Id, &id);
        }
        let label = card.label();
        // A link within a link cannot be followed.
        let is_linked = node.ancestors_it(None).any(|above| above.has_name("a"));
        let (tag, link) = match is_linked {
            true => (Tag::Span, Attributes::none()),
            false => (Tag::A, link_to(&card, &label)),
        };
        // Within a leaf no paragraph can be opened: there these separate it from the words.
        self.builder.part();
        self.builder.open(Tag::P, paragraph);
        self.builder.open(tag, link);
        self.builder.text(card.title.as_deref().unwrap_or(&label));
        self.builder.close();
        self.builder.close();
        self.builder.part();
    }

    /// Adds a drawing as a picture; one that is not (`false`) may contain parts of the page.
    pub(super) fn drawing(&mut self, node: &NodeRef<'_>, element: &Element) -> bool {
        let is_read = self.part.is_none_or(|part| part.keeps(node));
        let Some(said) = drawings::picture(node, element).filter(|_| is_read) else {
            return false;
        };
        self.drawn += said.get(Attribute::Src).map_or(0, str::len);
        if self.drawn <= drawings::MOST_BYTES {
            self.builder.void(Tag::Img, said);
        }
        true
    }
}

fn link_to(card: &Card, label: &str) -> Attributes {
    let link = Attributes::none()
        .with(Attribute::Href, &card.address)
        .with(Attribute::Kind, card.kind);
    match card.title {
        Some(_) => link.with(Attribute::Title, label),
        None => link,
    }
}
