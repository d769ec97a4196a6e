//! Writes links, pictures and references to footnotes.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::model::article::{Attribute, Attributes, Tag as Element};
use crate::model::links::{OWN_FRAGMENT, Target};

use super::super::super::links::fragment_name;
use super::super::footnotes::{footnote_id, reference_id};
use super::Writer;

/// The picture whose alternative text is being gathered.
pub(super) struct Picture {
    attributes: Attributes,
    address: String,
    words: String,
    /// Number of pictures open within it.
    depth: usize,
}

fn is_own(address: &str) -> bool {
    Target::parse(address).is_some_and(|target| target.is_own())
}

impl<'a> Writer<'a> {
    /// Opens a link; one that may not be followed keeps only its words.
    pub(super) fn link(&mut self, kind: LinkType, address: &str, title: &str) {
        let address = match (kind, address.strip_prefix('#')) {
            (LinkType::Email, _) => format!("mailto:{address}"),
            (_, Some(fragment)) => {
                let name = fragment_name(fragment);
                let known = self.targets.contains(name.as_str());
                if known {
                    format!("#{name}")
                } else {
                    String::new()
                }
            }
            // Only the page can follow it, and only in a note: an article names no notes.
            _ if self.document.is_none() && is_own(address) => {
                ["#", OWN_FRAGMENT, address].concat()
            }
            _ => address.to_owned(),
        };
        let mut attributes = Attributes::none();
        let admitted = attributes.set(Attribute::Href, &address);
        self.links.push(admitted);
        if admitted {
            if !title.is_empty() {
                attributes.set(Attribute::Title, title);
            }
            self.builder.open(Element::A, attributes);
        }
    }

    pub(super) fn reference(&mut self, label: &str) {
        let footnotes = self.document.map(|document| &document.footnotes);
        let Some(number) = footnotes.and_then(|footnotes| footnotes.number_of(label)) else {
            return self.builder.text(&format!("[^{label}]"));
        };
        let nth = self.referred.get_mut(number - 1).map_or(1, |referred| {
            *referred += 1;
            *referred
        });
        self.builder.void(
            Element::NoteReference,
            Attributes::none()
                .with(Attribute::Href, &format!("#{}", footnote_id(number)))
                .with(Attribute::Id, &reference_id(number, nth))
                .with(Attribute::Label, &number.to_string()),
        );
    }

    pub(super) fn start_picture(&mut self, address: &str, title: &str) {
        let mut attributes = Attributes::none().with(Attribute::Src, address);
        if !title.is_empty() {
            attributes.set(Attribute::Title, title);
        }
        self.picture = Some(Picture {
            attributes,
            address: address.to_owned(),
            words: String::new(),
            depth: 0,
        });
    }

    /// Gathers the words of a picture up to its end.
    pub(super) fn gather(&mut self, event: &Event<'a>) {
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(Tag::Image { .. }) => picture.depth += 1,
            Event::End(TagEnd::Image) if picture.depth > 0 => picture.depth -= 1,
            Event::End(TagEnd::Image) => self.end_picture(),
            Event::Text(words) | Event::Code(words) => picture.words.push_str(words),
            Event::SoftBreak | Event::HardBreak => picture.words.push(' '),
            _ => {}
        }
    }

    pub(super) fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        if self.document.is_some() {
            let shown = picture.attributes.get(Attribute::Src).is_some();
            let attributes = picture.attributes.with(Attribute::Alt, &picture.words);
            if shown {
                self.builder.void(Element::Img, attributes);
            } else {
                self.builder.text(&picture.words);
            }
            return;
        }
        let words = match picture.words.trim() {
            "" => &picture.address,
            words => words,
        };
        self.link(LinkType::Inline, &picture.address, "");
        self.builder.text(words);
        self.end(TagEnd::Link);
    }
}
