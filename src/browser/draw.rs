//! Draws the pieces of an article as elements of the page.
//!
//! Only what [`Tag`] and [`Attribute`] can express is drawn, and every value was checked on import,
//! so the output is safe by construction. Nothing is ever parsed as HTML.

use std::rc::Rc;

use web_sys::{Document, Element, Node};

use super::elements::{element, element_of, placeholder, set};
use super::pictures::Pictures;
use super::system::document;
use crate::app::layout::Chunk;
use crate::app::layout::Labels;
use crate::model::address;
use crate::model::article::{Article, Attribute, Attributes, Piece, Tag};
use crate::model::placements::{Gap, Mark, Run};
use crate::model::text::{TextRange, shortened};

/// Prefix of the ids of an article's own elements, so that none is mistaken for the app's.
pub const ID_PREFIX: &str = "a-";
/// Maximum number of code points of the lost words in a gap's label.
const GAP_WORDS: usize = 80;

/// What the notes add to a leaf.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dressing<'a> {
    /// The leaf's runs, which tile it; empty without notes.
    pub runs: &'a [Run],
    /// The leaf's gaps.
    pub gaps: &'a [Gap],
}

/// The context for drawing pieces.
pub struct Brush<'a> {
    /// The text of the pieces.
    pub text: &'a str,
    /// The pictures of other hosts; without them only placeholders are drawn.
    pub pictures: Option<&'a Rc<Pictures>>,
    /// The words shown beside the article's own.
    pub labels: Labels,
    /// Number of the first leaf; with `None` leaves get no number.
    pub first_leaf: Option<usize>,
}

impl Brush<'_> {
    /// Draws pieces into a parent. `offset` is where they begin in the text; `dressing` applies if
    /// they are the content of a leaf with notes.
    pub fn draw(&self, parent: &Node, pieces: &[Piece], offset: u32, dressing: Dressing) {
        self.draw_within(vec![parent.clone()], pieces, offset, dressing);
    }

    /// Draws a chunk that continues its surrounding elements.
    pub fn draw_part(&self, parent: &Node, article: &Article, chunk: &Chunk) {
        let document = document();
        let mut open: Vec<Node> = vec![parent.clone()];
        for around in &chunk.around {
            let Some(here) = open.last() else { return };
            let Piece::Open {
                tag, attributes, ..
            } = &article.pieces()[around.piece]
            else {
                return;
            };
            let Some((outer, inner)) = self.element(&document, *tag, attributes) else {
                return;
            };
            // Links lead to the first part.
            let _ = inner.remove_attribute("id");
            set(&outer, "data-part", "");
            set(&inner, "data-part", "");
            if *tag == Tag::Ol {
                let start = attributes.get(Attribute::Start);
                let start: i32 = start.and_then(|start| start.parse().ok()).unwrap_or(1);
                let start = start.saturating_add_unsigned(around.items);
                set(&inner, "start", &start.to_string());
            }
            let _ = here.append_child(&outer);
            open.push(inner.into());
        }
        let pieces = &article.pieces()[chunk.pieces.clone()];
        self.draw_within(open, pieces, chunk.text.start(), Dressing::default());
    }

    /// Draws pieces into the innermost open element.
    fn draw_within(
        &self,
        mut open: Vec<Node>,
        pieces: &[Piece],
        mut offset: u32,
        dressing: Dressing,
    ) {
        let document = document();
        let Some(parent) = open.first().cloned() else {
            return;
        };
        let mut leaf = self.first_leaf.unwrap_or_default();
        for piece in pieces {
            let Some(here) = open.last() else { return };
            match piece {
                Piece::Open {
                    tag,
                    leaf: is_leaf,
                    attributes,
                } => {
                    let Some((outer, inner)) = self.element(&document, *tag, attributes) else {
                        open.push(here.clone());
                        continue;
                    };
                    if *is_leaf && self.first_leaf.is_some() {
                        set(&inner, "data-b", &leaf.to_string());
                        leaf += 1;
                    }
                    let _ = here.append_child(&outer);
                    open.push(inner.into());
                }
                Piece::Text(length) => {
                    let range = TextRange::new(offset, offset + length);
                    self.words(&document, here, range, dressing);
                    offset = range.end();
                }
                Piece::Separator(separator) => {
                    append_text(&document, here, separator.encode_utf8(&mut [0; 4]));
                    offset += 1;
                }
                Piece::Break => {
                    // The line feed is part of the text; the element breaks the line.
                    let range = TextRange::new(offset, offset + 1);
                    self.words(&document, here, range, dressing);
                    if let Some(line_break) = element(&document, "br") {
                        let _ = here.append_child(&line_break);
                    }
                    offset += 1;
                }
                Piece::Close => {
                    open.pop();
                }
            }
        }
        for gap in dressing.gaps.iter().filter(|gap| gap.byte >= offset) {
            self.gap(&document, &parent, gap);
        }
    }

    /// Draws words, in a `mark` where notes are on them, and the gaps between them.
    fn words(&self, document: &Document, parent: &Node, range: TextRange, dressing: Dressing) {
        if dressing.runs.is_empty() {
            append_text(document, parent, range.slice(self.text).unwrap_or_default());
            return;
        }
        for run in dressing.runs {
            let Some(part) = run.range.intersection(range) else {
                continue;
            };
            let mut from = part.start();
            // Nothing is inserted into a mark: it is split at a gap.
            let is_within = |gap: &&Gap| (part.start()..part.end()).contains(&gap.byte);
            for gap in dressing.gaps.iter().filter(is_within) {
                self.run(document, parent, TextRange::new(from, gap.byte), run);
                self.gap(document, parent, gap);
                from = gap.byte;
            }
            self.run(document, parent, TextRange::new(from, part.end()), run);
        }
    }

    fn run(&self, document: &Document, parent: &Node, range: TextRange, run: &Run) {
        let words = range.slice(self.text).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        match mark(document, run) {
            Some(mark) => {
                append_text(document, &mark, words);
                let _ = parent.append_child(&mark);
            }
            None => append_text(document, parent, words),
        }
    }

    /// Draws a gap as an empty element. Not a button: it may be inside a link, and keys move from
    /// note to note.
    fn gap(&self, document: &Document, parent: &Node, gap: &Gap) {
        let Some(mark) = element(document, "span") else {
            return;
        };
        let lost = shortened(gap.annotation.quoted().unwrap_or_default(), GAP_WORDS);
        let label = [self.labels.gap, ": ", &lost].concat();
        set(&mark, "class", "gone");
        set(&mark, "role", "img");
        set(&mark, "aria-label", &label);
        set(&mark, "title", &label);
        set(&mark, "data-gap", gap.annotation.id.as_str());
        set(&mark, "data-colour", gap.annotation.colour.name());
        let _ = parent.append_child(&mark);
    }

    /// Creates the element of a tag; returns it and the one inside it that holds its content.
    fn element(
        &self,
        document: &Document,
        tag: Tag,
        attributes: &Attributes,
    ) -> Option<(Element, Element)> {
        if tag == Tag::Img {
            let picture = self.picture(document, attributes)?;
            return Some((picture.clone(), picture));
        }
        let inner = element_of(document, tag)?;
        for (attribute, value) in attributes.iter() {
            self.attribute(&inner, tag, attribute, value);
        }
        let outer = match tag {
            Tag::Table => {
                let frame = element(document, "div")?;
                set(&frame, "class", "table");
                set(&frame, "role", "group");
                set(&frame, "aria-label", self.labels.table);
                set(&frame, "tabindex", "0");
                let _ = frame.append_child(&inner);
                frame
            }
            Tag::NoteReference => {
                set(&inner, "role", "doc-noteref");
                let number = attributes.get(Attribute::Label).unwrap_or_default();
                set(
                    &inner,
                    "aria-label",
                    &format!("{} {number}", self.labels.footnote),
                );
                let raised = element(document, "sup")?;
                set(&raised, "class", "noteref");
                let _ = raised.append_child(&inner);
                raised
            }
            _ => {
                self.say_kind(&inner, tag);
                inner.clone()
            }
        };
        Some((outer, inner))
    }

    fn say_kind(&self, element: &Element, tag: Tag) {
        match tag {
            Tag::NoteReturn => {
                set(element, "class", "noteback");
                set(element, "role", "doc-backlink");
                set(element, "aria-label", self.labels.back);
            }
            Tag::Footnotes => {
                set(element, "class", "footnotes");
                set(element, "role", "doc-endnotes");
                set(element, "aria-label", self.labels.footnotes);
            }
            Tag::Footnote => set(element, "class", "footnote"),
            Tag::Tex => set(element, "class", "tex"),
            Tag::Callout => {
                set(element, "class", "callout");
                set(element, "role", "note");
            }
            _ => {}
        }
    }

    fn attribute(&self, element: &Element, tag: Tag, attribute: Attribute, value: &str) {
        match attribute {
            Attribute::Href => match value.strip_prefix('#') {
                Some(fragment) => set(element, "href", &format!("#{ID_PREFIX}{fragment}")),
                None => {
                    set(element, "href", value);
                    set(element, "rel", "noopener noreferrer");
                    set(element, "target", "_blank");
                }
            },
            Attribute::Id => set(element, "id", &format!("{ID_PREFIX}{value}")),
            Attribute::Open | Attribute::Reversed => {
                if value == "true" {
                    set(element, attribute.code(), "");
                }
            }
            Attribute::Label | Attribute::Kind | Attribute::Align | Attribute::Checked => {
                set(element, &format!("data-{}", attribute.code()), value);
            }
            Attribute::Code => set(element, "data-code", value),
            Attribute::Space => set(element, "width", value),
            // Only pictures have these, and `scope` is only valid on a header cell.
            Attribute::Src | Attribute::Alt | Attribute::Width | Attribute::Height => {}
            Attribute::Scope if tag != Tag::Th => {}
            other => set(element, other.code(), value),
        }
    }

    /// Draws a picture that may be fetched, or else a placeholder with its alternative text.
    fn picture(&self, document: &Document, attributes: &Attributes) -> Option<Element> {
        let alt = attributes.get(Attribute::Alt).unwrap_or_default();
        let source = attributes.get(Attribute::Src);
        let Some(address) = source.filter(|address| self.may_show(address)) else {
            return placeholder(alt, self.labels, None);
        };
        let missing = self.pictures.and_then(|pictures| pictures.missing(address));
        if missing.is_some() {
            return placeholder(alt, self.labels, missing);
        }
        let picture = element(document, "img")?;
        set(&picture, "alt", alt);
        set(&picture, "decoding", "async");
        for attribute in [Attribute::Width, Attribute::Height, Attribute::Title] {
            if let Some(value) = attributes.get(attribute) {
                set(&picture, attribute.code(), value);
            }
        }
        match self.pictures.filter(|_| address::is_remote(address)) {
            Some(pictures) => pictures.show(address, &picture),
            None => set(&picture, "src", address),
        }
        Some(picture)
    }

    fn may_show(&self, address: &str) -> bool {
        let allowed = |pictures: &Rc<Pictures>| pictures.may_show(address);
        !address::is_remote(address) || self.pictures.is_some_and(allowed)
    }
}

fn append_text(document: &Document, parent: &Node, words: &str) {
    let _ = parent.append_child(&document.create_text_node(words));
}

/// Creates the `mark` of a run with notes: in the colour of the last one, with another's beneath. A
/// note whose words have changed never covers one that is certain.
fn mark(document: &Document, run: &Run) -> Option<Element> {
    let last = |fits: &dyn Fn(&Mark) -> bool| run.notes.iter().rev().find(|mark| fits(mark));
    let top = last(&|mark| !mark.changed).or(run.notes.last())?;
    let mark = element(document, "mark")?;
    let mut ids = String::new();
    for note in &run.notes {
        if !ids.is_empty() {
            ids.push(' ');
        }
        ids.push_str(note.id.as_str());
    }
    set(&mark, "data-note", &ids);
    set(&mark, "data-colour", top.colour.name());
    if let Some(under) = last(&|mark| mark.id != top.id) {
        set(&mark, "data-under", under.colour.name());
        if under.changed {
            set(&mark, "data-under-state", "changed");
        }
    }
    if top.changed {
        set(&mark, "data-state", "changed");
    }
    Some(mark)
}
