//! Events as they are put together again: what the parser does not know is said in what it does.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, MetadataBlockKind, Tag, TagEnd};

/// What the label of a boxed remark stands in, after its beginning. The parser is never asked for
/// metadata, so that its tags are free.
pub(super) const LABEL: MetadataBlockKind = MetadataBlockKind::PlusesStyle;
/// What the caption of a table stands in, after its beginning.
pub(super) const CAPTION: MetadataBlockKind = MetadataBlockKind::YamlStyle;

/// Events that were mended, and what is open at their end.
#[derive(Default)]
pub(super) struct Mended<'a> {
    pub events: Vec<Event<'a>>,
    /// Whether code is open.
    pub in_code: bool,
    /// Inlines that are open; `true` for highlighted words.
    inlines: Vec<bool>,
    /// Where the heading begins that is open.
    heading: Option<usize>,
    /// The quotations that are open: where each begins, and what it was found to be.
    quotes: Vec<(usize, Option<BlockQuoteKind>)>,
    /// Where the title of a boxed remark begins that is open.
    title: Option<usize>,
}

impl<'a> Mended<'a> {
    /// Adds an event of the parser's.
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

    /// Gives the heading that is open an id; says whether one is open.
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

    /// Makes a boxed remark of the quotation that was just begun, and a title of the line that is
    /// read; says whether one was.
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

    /// Ends the title that is open, if one is.
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

    /// Begins or ends highlighted words; says whether that can be here.
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

    /// Ends highlighted words that are within what ends.
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
