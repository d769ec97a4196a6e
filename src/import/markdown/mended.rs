//! Reassembles events: expresses what the parser does not know in terms that it does.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, MetadataBlockKind, Tag, TagEnd};

/// The block with a callout's label, after its beginning. The parser is never asked for metadata,
/// so these tags are free.
pub(super) const LABEL: MetadataBlockKind = MetadataBlockKind::PlusesStyle;
/// The block with a table's caption, after its beginning.
pub(super) const CAPTION: MetadataBlockKind = MetadataBlockKind::YamlStyle;

/// Mended events, and what is open at their end.
#[derive(Default)]
pub(super) struct Mended<'a> {
    pub events: Vec<Event<'a>>,
    /// True if code is open.
    pub in_code: bool,
    /// The open inlines; `true` for highlighted words.
    inlines: Vec<bool>,
    /// The start of the open heading.
    heading: Option<usize>,
    /// The start of each open quotation, and the kind found for it.
    quotes: Vec<(usize, Option<BlockQuoteKind>)>,
    /// The start of the open title of a callout.
    title: Option<usize>,
}

impl<'a> Mended<'a> {
    /// Adds an event of the parser.
    pub(super) fn push(&mut self, event: Event<'a>) {
        match &event {
            Event::Start(tag) if is_inline(tag) => self.inlines.push(false),
            Event::End(tag) if is_inline_end(*tag) => {
                self.end_highlights();
                self.inlines.pop();
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => return self.end(*tag),
            Event::SoftBreak | Event::HardBreak if self.inlines.is_empty() && self.end_title() => {
                return self.events.push(Event::Start(Tag::Paragraph));
            }
            _ => {}
        }
        self.events.push(event);
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let at = self.events.len();
        match tag {
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::Heading { .. } => self.heading = Some(at),
            Tag::BlockQuote(kind) => self.quotes.push((at, *kind)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.end_highlights();
        match tag {
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::BlockQuote(_) => {
                let kind = self.quotes.pop().and_then(|(_, kind)| kind);
                return self.events.push(Event::End(TagEnd::BlockQuote(kind)));
            }
            TagEnd::Paragraph if self.end_title() => return,
            _ => {}
        }
        self.events.push(Event::End(tag));
    }

    /// Gives the open heading an id; returns whether one is open.
    pub(super) fn name(&mut self, name: Option<&str>) -> bool {
        let heading = self.heading.and_then(|at| self.events.get_mut(at));
        let Some(Event::Start(Tag::Heading { id, .. })) = heading else {
            return false;
        };
        if let Some(name) = name {
            *id = Some(CowStr::from(name.to_owned()));
        }
        true
    }

    /// Makes a callout of the quotation that has just begun, and a title of the present line;
    /// returns whether that was possible.
    pub(super) fn box_in(&mut self, kind: BlockQuoteKind, label: Option<&str>) -> bool {
        let Some((at, found)) = self.quotes.last_mut() else {
            return false;
        };
        let begun = [
            Event::Start(Tag::BlockQuote(None)),
            Event::Start(Tag::Paragraph),
        ];
        if self.events[*at..] != begun {
            return false;
        }
        *found = Some(kind);
        self.events.truncate(*at);
        self.events.push(Event::Start(Tag::BlockQuote(Some(kind))));
        if let Some(label) = label {
            self.events.push(Event::Start(Tag::MetadataBlock(LABEL)));
            self.events
                .push(Event::Text(CowStr::from(label.to_owned())));
            self.events.push(Event::End(TagEnd::MetadataBlock(LABEL)));
        }
        self.title = Some(self.events.len());
        self.events.push(Event::Start(Tag::Paragraph));
        self.events.push(Event::Start(Tag::Strong));
        true
    }

    /// Ends the open title; returns whether there was one.
    fn end_title(&mut self) -> bool {
        let Some(start) = self.title.take() else {
            return false;
        };
        self.end_highlights();
        let is_blank =
            |event: &Event<'_>| matches!(event, Event::Text(words) if words.trim().is_empty());
        if self.events[start + 2..].iter().all(is_blank) {
            self.events.truncate(start);
        } else {
            self.events.push(Event::End(TagEnd::Strong));
            self.events.push(Event::End(TagEnd::Paragraph));
        }
        true
    }

    /// Begins or ends highlighted words; returns whether that is possible here.
    pub(super) fn highlight(&mut self, begins: bool) -> bool {
        if begins {
            self.inlines.push(true);
            self.events.push(Event::Start(Tag::Emphasis));
            return true;
        }
        let is_open = self.inlines.last() == Some(&true);
        if is_open {
            self.inlines.pop();
            self.events.push(Event::End(TagEnd::Emphasis));
        }
        is_open
    }

    /// Ends highlighted words inside what is ending.
    fn end_highlights(&mut self) {
        while self.highlight(false) {}
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
