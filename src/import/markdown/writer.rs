//! Writes Markdown events as an article.

mod elements;
mod inlines;

use std::collections::HashSet;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{
    Article, Attribute, Attributes, Description, Malformed, Tag as Element,
};

use super::super::tex;
use super::Document;
use super::footnotes::{Footnotes, footnote_id, reference_id};
use super::mended::LABEL;
pub(super) use elements::kind_name;
use elements::{callout, element_of, language, start_number, task};
use inlines::Picture;

/// Writes events into an [`ArticleBuilder`].
pub(super) struct Writer<'a> {
    builder: ArticleBuilder,
    /// For an article: the targets of its links.
    document: Option<&'a Document<'a>>,
    targets: HashSet<&'a str>,
    /// Number of references to each footnote so far, by the footnote's number.
    referred: Vec<usize>,
    table: Table,
    /// For each open link, whether an element was opened for it.
    links: Vec<bool>,
    picture: Option<Picture>,
    /// The label of a note's footnote, to be put before its first words.
    label: Option<String>,
    /// True while the label of a callout is read.
    in_label: bool,
    /// True if single line ends are kept.
    keeps_lines: bool,
    /// Number of formulas that are still read as such.
    formulas: usize,
}

/// Most formulas of a note that are drawn as such, so that reading it has a bound.
const MOST_FORMULAS: usize = 500;

/// The table being written.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl<'a> Writer<'a> {
    /// Creates a writer for an article.
    pub(super) fn of_article(document: &'a Document<'a>) -> Self {
        let id = |event: &'a Event<'a>| match event {
            Event::Start(Tag::Heading { id, .. }) => id.as_deref(),
            _ => None,
        };
        let footnotes = &document.footnotes.in_order;
        let events = document
            .body
            .iter()
            .chain(footnotes.iter().flat_map(|f| &f.events));
        Self {
            targets: events.filter_map(id).collect(),
            referred: vec![0; footnotes.len()],
            document: Some(document),
            ..Self::of_note(false)
        }
    }

    /// Creates a writer for a reader's note, which keeps its single line ends or has spaces for them.
    pub(super) fn of_note(keeps_lines: bool) -> Self {
        Self {
            builder: ArticleBuilder::new(),
            document: None,
            targets: HashSet::new(),
            referred: Vec::new(),
            table: Table::default(),
            links: Vec::new(),
            picture: None,
            label: None,
            in_label: false,
            keeps_lines,
            formulas: MOST_FORMULAS,
        }
    }

    /// Writes events.
    pub(super) fn write(&mut self, events: &[Event<'a>]) {
        for (index, event) in events.iter().enumerate() {
            if self.picture.is_some() {
                self.gather(event);
                continue;
            }
            let inside = &events[index + 1..];
            match event {
                Event::Start(Tag::Item) => self.builder.open(Element::Li, task(inside)),
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    self.builder.open(Element::Callout, callout(*kind, inside));
                }
                // The label was set when its callout was opened.
                Event::Start(Tag::MetadataBlock(LABEL)) => self.in_label = true,
                Event::End(TagEnd::MetadataBlock(LABEL)) => self.in_label = false,
                event if !self.in_label => self.event(event),
                _ => {}
            }
        }
    }

    /// Writes the footnotes, each with a backlink to its first reference.
    pub(super) fn write_footnotes(&mut self, footnotes: &Footnotes<'a>) {
        if footnotes.in_order.is_empty() {
            return;
        }
        self.builder.open(Element::Footnotes, Attributes::none());
        for footnote in &footnotes.in_order {
            self.builder.open(
                Element::Footnote,
                Attributes::none()
                    .with(Attribute::Id, &footnote_id(footnote.number))
                    .with(Attribute::Label, &footnote.number.to_string()),
            );
            // The backlink is at the end of the last paragraph, if that comes last.
            let (last, before) = match footnote.events.split_last() {
                Some((last @ Event::End(TagEnd::Paragraph), before)) => (Some(last), before),
                _ => (None, &footnote.events[..]),
            };
            self.write(before);
            if footnote.references > 0 && last.is_some() {
                let back = format!("#{}", reference_id(footnote.number, 1));
                self.builder.void(
                    Element::NoteReturn,
                    Attributes::none()
                        .with(Attribute::Href, &back)
                        .with(Attribute::Label, super::super::NOTE_RETURN),
                );
            }
            self.write(last.map_or(&[], std::slice::from_ref));
            self.builder.close();
        }
        self.builder.close();
    }

    /// Finishes the article.
    pub(super) fn finish(self, description: Description) -> Result<Article, Malformed> {
        self.builder.finish(description)
    }

    fn event(&mut self, event: &Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(words) | Event::InlineHtml(words) => self.builder.text(words),
            Event::Code(words) => self.builder.element(Element::Code, words),
            Event::InlineMath(tex) => self.formula(tex, false),
            Event::DisplayMath(tex) => {
                self.builder.part();
                self.formula(tex, true);
                self.builder.part();
            }
            Event::Html(lines) => {
                for line in lines.lines() {
                    self.builder.text(line);
                    self.builder.line_break();
                }
            }
            Event::FootnoteReference(label) => self.reference(label),
            // Lines of a note end where their writer ended them.
            Event::SoftBreak if self.keeps_lines => self.builder.line_break(),
            Event::SoftBreak => self.builder.text(" "),
            Event::HardBreak => self.builder.line_break(),
            Event::Rule => self.builder.void(Element::Hr, Attributes::none()),
            // The marker was set on its item when that was opened.
            Event::TaskListMarker(_) => {}
        }
    }

    /// Writes TeX: as a formula in a note, where nothing is anchored, and if it is understood.
    fn formula(&mut self, tex: &str, is_block: bool) {
        let is_read = self.document.is_none() && self.formulas > 0;
        if is_read {
            self.formulas -= 1;
        }
        if !(is_read && tex::write(&mut self.builder, tex, is_block)) {
            self.builder.element(Element::Tex, tex);
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let (element, attributes) = match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.as_deref().filter(|_| self.document.is_some());
                let attributes = id.map_or_else(Attributes::none, |id| {
                    Attributes::none().with(Attribute::Id, id)
                });
                (Element::heading(*level as u8), attributes)
            }
            Tag::CodeBlock(kind) => (Element::Pre, language(kind)),
            Tag::List(Some(first)) => (Element::Ol, start_number(*first)),
            Tag::TableCell => self.cell(),
            Tag::Table(alignments) => return self.start_table(alignments),
            Tag::TableHead => return self.start_head(),
            Tag::TableRow => return self.start_row(),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => return self.link(*link_type, dest_url, title),
            Tag::Image {
                dest_url, title, ..
            } => return self.start_picture(dest_url, title),
            // Only notes have these: an article's footnotes were taken out of its events.
            Tag::FootnoteDefinition(label) => {
                self.label = Some(format!("[^{label}]: "));
                return;
            }
            tag => match element_of(tag) {
                Some(element) => (element, Attributes::none()),
                None => return,
            },
        };
        self.builder.open(element, attributes);
        if let Some(label) = self.label.take_if(|_| element == Element::P) {
            self.builder.text(&label);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link if self.links.pop() != Some(true) => {}
            TagEnd::FootnoteDefinition => {}
            TagEnd::TableHead => {
                self.builder.close();
                self.builder.close();
                self.table.in_head = false;
            }
            TagEnd::Table => {
                if self.table.has_body {
                    self.builder.close();
                }
                self.builder.close();
            }
            TagEnd::TableCell => {
                self.table.column += 1;
                self.builder.close();
            }
            _ => self.builder.close(),
        }
    }

    fn start_table(&mut self, alignments: &[Alignment]) {
        self.table.alignments = alignments.to_vec();
        self.table.has_body = false;
        self.builder.open(Element::Table, Attributes::none());
    }

    fn start_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.builder.open(Element::Thead, Attributes::none());
        self.builder.open(Element::Tr, Attributes::none());
    }

    fn start_row(&mut self) {
        if !self.table.has_body {
            self.table.has_body = true;
            self.builder.open(Element::Tbody, Attributes::none());
        }
        self.table.column = 0;
        self.builder.open(Element::Tr, Attributes::none());
    }

    fn cell(&self) -> (Element, Attributes) {
        let attributes = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => Attributes::none().with(Attribute::Align, "left"),
            Some(Alignment::Center) => Attributes::none().with(Attribute::Align, "center"),
            Some(Alignment::Right) => Attributes::none().with(Attribute::Align, "right"),
            Some(Alignment::None) | None => Attributes::none(),
        };
        if self.table.in_head {
            (Element::Th, attributes.with(Attribute::Scope, "col"))
        } else {
            (Element::Td, attributes)
        }
    }
}
