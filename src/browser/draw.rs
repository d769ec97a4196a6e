//! Draws the pieces of an article as elements of the page.
//!
//! Only what [`Tag`] and [`Attribute`] can say is drawn, and every value was checked when it came
//! in, so what is drawn is safe by construction. Nothing is ever parsed as HTML.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node};

use super::system::document;
use crate::model::address;
use crate::model::article::{Attribute, Attributes, Piece, Tag};
use crate::model::marks::Run;
use crate::model::text::TextRange;

/// Before the ids of an article's own elements, so that none is taken for the app's.
pub const ID_PREFIX: &str = "a-";

/// Words that are shown beside an article's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// Names the mark of a footnote, before its number.
    pub footnote: &'static str,
    /// Names the way back from a footnote.
    pub back: &'static str,
    /// Names the footnotes.
    pub footnotes: &'static str,
    /// Names a picture that says nothing of itself.
    pub picture: &'static str,
    /// Names a table that can be scrolled.
    pub table: &'static str,
}

/// What pieces are drawn with.
pub struct Brush<'a> {
    /// The text the pieces are of.
    pub text: &'a str,
    /// Hosts whose pictures are fetched.
    pub hosts: &'a [String],
    /// The words beside the article's own.
    pub labels: Labels,
    /// The number of the first leaf; `None` leaves leaves without a number.
    pub first_leaf: Option<usize>,
}

thread_local! {
    /// One empty element of each kind: to copy one is cheaper than to name it again.
    static BLANKS: RefCell<Vec<(&'static str, Element)>> = RefCell::default();
}

/// A new element.
fn element(document: &Document, name: &'static str) -> Option<Element> {
    BLANKS.with_borrow_mut(|blanks| {
        let known = blanks.iter().position(|(other, _)| *other == name);
        if known.is_none() {
            blanks.push((name, document.create_element(name).ok()?));
        }
        let blank = known.map_or_else(|| blanks.last(), |index| blanks.get(index));
        Some(blank?.1.clone_node().ok()?.unchecked_into())
    })
}

fn set(element: &Element, name: &str, value: &str) {
    // Refused only for names that are none; ours are constants.
    let _ = element.set_attribute(name, value);
}

impl Brush<'_> {
    /// Draws pieces into a parent. `offset` is where they begin in the text; `runs` are the runs
    /// of the leaf, where they are the inside of a marked one.
    pub fn draw(&self, parent: &Node, pieces: &[Piece], mut offset: u32, runs: &[Run]) {
        let document = document();
        let mut open: Vec<Node> = vec![parent.clone()];
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
                    self.words(&document, here, range, runs);
                    offset = range.end();
                }
                Piece::Separator(separator) => {
                    append_text(&document, here, separator.encode_utf8(&mut [0; 4]));
                    offset += 1;
                }
                Piece::Break => {
                    // The line feed is the text's; the element is what breaks the line.
                    self.words(&document, here, TextRange::new(offset, offset + 1), runs);
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
    }

    /// Words, in a `mark` wherever notes are on them.
    fn words(&self, document: &Document, parent: &Node, range: TextRange, runs: &[Run]) {
        if runs.is_empty() {
            append_text(document, parent, range.slice(self.text).unwrap_or_default());
            return;
        }
        for run in runs {
            let Some(part) = run.range.intersection(range) else {
                continue;
            };
            let words = part.slice(self.text).unwrap_or_default();
            match mark(document, run) {
                Some(mark) => {
                    append_text(document, &mark, words);
                    let _ = parent.append_child(&mark);
                }
                None => append_text(document, parent, words),
            }
        }
    }

    /// The element of a tag, and the one within it that holds its content.
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
        let inner = element(document, tag.element())?;
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
            // Only pictures have these, and only a cell may say what it is the header of.
            Attribute::Src | Attribute::Alt | Attribute::Width | Attribute::Height => {}
            Attribute::Scope if tag != Tag::Th => {}
            other => set(element, other.code(), value),
        }
    }

    /// A picture that may be fetched, or a placeholder with its words.
    fn picture(&self, document: &Document, attributes: &Attributes) -> Option<Element> {
        let alt = attributes.get(Attribute::Alt).unwrap_or_default();
        let may_show = |address: &&str| match address::host(address) {
            Some(host) => self.hosts.iter().any(|shown| shown == host),
            None => !address::is_remote(address),
        };
        let Some(address) = attributes.get(Attribute::Src).filter(may_show) else {
            let placeholder = element(document, "span")?;
            let label = if alt.is_empty() {
                self.labels.picture
            } else {
                alt
            };
            set(&placeholder, "class", "picture");
            set(&placeholder, "role", "img");
            set(&placeholder, "aria-label", label);
            set(&placeholder, "data-label", label);
            return Some(placeholder);
        };
        let picture = element(document, "img")?;
        set(&picture, "alt", alt);
        set(&picture, "loading", "lazy");
        set(&picture, "decoding", "async");
        set(&picture, "referrerpolicy", "no-referrer");
        for attribute in [Attribute::Width, Attribute::Height, Attribute::Title] {
            if let Some(value) = attributes.get(attribute) {
                set(&picture, attribute.code(), value);
            }
        }
        set(&picture, "src", address);
        Some(picture)
    }
}

fn append_text(document: &Document, parent: &Node, words: &str) {
    let _ = parent.append_child(&document.create_text_node(words));
}

/// The `mark` of a run that has notes: the last one's colour on top, the one before it under it.
fn mark(document: &Document, run: &Run) -> Option<Element> {
    let top = run.notes.last()?;
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
    if let [.., under, _] = &run.notes[..] {
        set(&mark, "data-under", under.colour.name());
    }
    if run.is_changed() {
        set(&mark, "data-state", "changed");
    }
    Some(mark)
}
