//! What the pieces of an article become: elements, attributes and words, given to a [`Canvas`].
//!
//! Only what [`Tag`] and [`Attribute`] can express is drawn, and every value was checked on import,
//! so the output is safe by construction. The page draws on its own elements, the build on
//! [markup](super::markup); both look the same, since both are drawn here.

use super::layout::{Chunk, Labels, Layout};
use super::protocol::Unshown;
use crate::model::address;
use crate::model::article::{Article, Attribute, Attributes, Piece, Tag};
use crate::model::placements::{Gap, Mark, Run};
use crate::model::text::{TextRange, shortened};

/// Prefix of the ids of an article's own elements, so that none is mistaken for the app's.
const ID_PREFIX: &str = "a-";
/// Maximum number of code points of the lost words in a gap's label.
const GAP_WORDS: usize = 80;

/// What an article is drawn on: elements are opened, get their attributes, then their content, and
/// are closed.
pub trait Canvas {
    /// Opens an element inside the one that is open.
    fn open(&mut self, name: &'static str, is_mathematical: bool);
    /// Sets an attribute of the element opened last, before it has content.
    fn set(&mut self, name: &str, value: &str);
    /// Appends words to the open element.
    fn text(&mut self, words: &str);
    /// Closes the open element.
    fn close(&mut self);

    /// True if a picture of another host may be shown.
    fn may_show(&self, _address: &str) -> bool {
        false
    }

    /// The reason why a picture of another host is missing, if known.
    fn missing(&self, _address: &str) -> Option<Unshown> {
        None
    }

    /// Shows a picture of another host in the element opened last.
    fn show(&mut self, _address: &str) {}
}

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
    /// The words shown beside the article's own.
    pub labels: Labels,
    /// Number of the first leaf; with `None` leaves get no number.
    pub first_leaf: Option<usize>,
}

/// Returns the brush for a chunk of an article.
fn brush_of<'a>(layout: &'a Layout, chunk: &Chunk, labels: Labels) -> Brush<'a> {
    Brush {
        text: layout.text(),
        labels,
        first_leaf: Some(chunk.leaves.start),
    }
}

/// Draws a stretch of an article as an element that holds those of its chunks.
pub fn draw_stretch(canvas: &mut impl Canvas, layout: &Layout, number: usize, labels: Labels) {
    canvas.open("div", false);
    canvas.set("class", "stretch");
    canvas.set("data-stretch", &number.to_string());
    for index in layout.stretches()[number].clone() {
        draw_chunk(canvas, layout, index, labels);
    }
    canvas.close();
}

fn draw_chunk(canvas: &mut impl Canvas, layout: &Layout, index: usize, labels: Labels) {
    canvas.open("div", false);
    canvas.set("class", "chunk");
    canvas.set("data-chunk", &index.to_string());
    let next = layout.chunks().get(index + 1);
    if next.is_some_and(|next| !next.around.is_empty()) {
        canvas.set("data-goes-on", "");
    }
    draw_content(canvas, layout, index, labels);
    canvas.close();
}

/// Draws what is in a chunk into the open element.
pub fn draw_content(canvas: &mut impl Canvas, layout: &Layout, index: usize, labels: Labels) {
    let chunk = &layout.chunks()[index];
    brush_of(layout, chunk, labels).draw_part(canvas, layout, chunk);
}

/// Opens a picture's placeholder: its alternative text and, if it was fetched, why that failed.
pub fn open_placeholder(canvas: &mut impl Canvas, alt: &str, labels: Labels, why: Option<Unshown>) {
    let mut label = if alt.is_empty() { labels.picture } else { alt }.to_owned();
    if let Some(why) = why {
        label = [&label, " – ", labels.unshown[why as usize]].concat();
    }
    canvas.open("span", false);
    canvas.set("class", "picture");
    canvas.set("role", "img");
    canvas.set("aria-label", &label);
    canvas.set("data-label", &label);
}

impl Brush<'_> {
    /// Draws pieces into the open element. `offset` is where they begin in the text; `dressing`
    /// applies if they are the content of a leaf with notes.
    pub fn draw(
        &self,
        canvas: &mut impl Canvas,
        pieces: &[Piece],
        mut offset: u32,
        dressing: Dressing,
    ) {
        // For each open piece the number of its elements.
        let mut open: Vec<u8> = Vec::new();
        let mut leaf = self.first_leaf.unwrap_or_default();
        for piece in pieces {
            match piece {
                Piece::Open {
                    tag,
                    leaf: is_leaf,
                    attributes,
                } => {
                    open.push(self.open(canvas, *tag, attributes, None));
                    if *is_leaf && self.first_leaf.is_some() {
                        canvas.set("data-b", &leaf.to_string());
                        leaf += 1;
                    }
                }
                Piece::Text(length) => {
                    let range = TextRange::new(offset, offset + length);
                    self.words(canvas, range, dressing);
                    offset = range.end();
                }
                Piece::Separator(separator) => {
                    canvas.text(separator.encode_utf8(&mut [0; 4]));
                    offset += 1;
                }
                Piece::Break => {
                    // The line feed is part of the text; the element breaks the line.
                    let range = TextRange::new(offset, offset + 1);
                    self.words(canvas, range, dressing);
                    canvas.open("br", false);
                    canvas.close();
                    offset += 1;
                }
                Piece::Close => close(canvas, open.pop().unwrap_or_default()),
            }
        }
        for elements in open.into_iter().rev() {
            close(canvas, elements);
        }
        for gap in dressing.gaps.iter().filter(|gap| gap.byte >= offset) {
            self.gap(canvas, gap);
        }
    }

    /// Draws a chunk, within elements that continue those around it.
    fn draw_part(&self, canvas: &mut impl Canvas, article: &Article, chunk: &Chunk) {
        let mut open: Vec<u8> = Vec::new();
        for around in &chunk.around {
            if let Piece::Open {
                tag, attributes, ..
            } = &article.pieces()[around.piece]
            {
                open.push(self.open(canvas, *tag, attributes, Some(around.items)));
            }
        }
        let pieces = &article.pieces()[chunk.pieces.clone()];
        self.draw(canvas, pieces, chunk.text.start(), Dressing::default());
        for elements in open.into_iter().rev() {
            close(canvas, elements);
        }
    }

    /// Draws words, in a `mark` where notes are on them, and the gaps between them.
    fn words(&self, canvas: &mut impl Canvas, range: TextRange, dressing: Dressing) {
        if dressing.runs.is_empty() {
            canvas.text(range.slice(self.text).unwrap_or_default());
            return;
        }
        // One run covers a leaf whose words all have the same notes.
        let is_whole = dressing.runs.len() == 1;
        for run in dressing.runs {
            let Some(part) = run.range.intersection(range) else {
                continue;
            };
            let mut from = part.start();
            // Nothing is inserted into a mark: it is split at a gap.
            let is_within = |gap: &&Gap| (part.start()..part.end()).contains(&gap.byte);
            for gap in dressing.gaps.iter().filter(is_within) {
                self.run(canvas, TextRange::new(from, gap.byte), run, is_whole);
                self.gap(canvas, gap);
                from = gap.byte;
            }
            self.run(canvas, TextRange::new(from, part.end()), run, is_whole);
        }
    }

    fn run(&self, canvas: &mut impl Canvas, range: TextRange, run: &Run, is_whole: bool) {
        let words = range.slice(self.text).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        let is_marked = open_mark(canvas, run);
        if is_marked && is_whole {
            canvas.set("data-whole", "");
        }
        canvas.text(words);
        if is_marked {
            canvas.close();
        }
    }

    /// Draws a gap as an empty element. Not a button: it may be inside a link, and keys move from
    /// note to note.
    fn gap(&self, canvas: &mut impl Canvas, gap: &Gap) {
        let lost = shortened(gap.annotation.quoted().unwrap_or_default(), GAP_WORDS);
        let label = [self.labels.gap, ": ", &lost].concat();
        canvas.open("span", false);
        canvas.set("class", "gone");
        canvas.set("role", "img");
        canvas.set("aria-label", &label);
        canvas.set("title", &label);
        canvas.set("data-gap", gap.annotation.id.as_str());
        canvas.set("data-colour", gap.annotation.colour.name());
        canvas.close();
    }

    /// Opens the elements of a tag, the last of which holds its content, and returns their number.
    /// If they continue those of an earlier chunk, `continued` is the number of its list items.
    fn open(
        &self,
        canvas: &mut impl Canvas,
        tag: Tag,
        attributes: &Attributes,
        continued: Option<u32>,
    ) -> u8 {
        if tag == Tag::Img {
            self.picture(canvas, attributes);
            return 1;
        }
        let mut elements = 1;
        match tag {
            Tag::Table => {
                canvas.open("div", false);
                canvas.set("class", "table");
                canvas.set("role", "group");
                canvas.set("aria-label", self.labels.table);
                canvas.set("tabindex", "0");
                if continued.is_some() {
                    canvas.set("data-part", "");
                }
                elements += 1;
            }
            Tag::NoteReference => {
                canvas.open("sup", false);
                canvas.set("class", "noteref");
                elements += 1;
            }
            _ => {}
        }
        canvas.open(tag.element(), tag.is_mathematical());
        for (attribute, value) in attributes.iter() {
            // Links lead to the first part.
            if continued.is_none() || !matches!(attribute, Attribute::Id | Attribute::Start) {
                set_attribute(canvas, tag, attribute, value);
            }
        }
        if let Some(items) = continued {
            canvas.set("data-part", "");
            if tag == Tag::Ol {
                let start = attributes.get(Attribute::Start);
                let start: i32 = start.and_then(|start| start.parse().ok()).unwrap_or(1);
                let start = start.saturating_add_unsigned(items);
                canvas.set("start", &start.to_string());
            }
        }
        self.say_kind(canvas, tag, attributes);
        elements
    }

    fn say_kind(&self, canvas: &mut impl Canvas, tag: Tag, attributes: &Attributes) {
        match tag {
            Tag::NoteReference => {
                let number = attributes.get(Attribute::Label).unwrap_or_default();
                canvas.set("role", "doc-noteref");
                let label = [self.labels.footnote, " ", number].concat();
                canvas.set("aria-label", &label);
            }
            Tag::NoteReturn => {
                canvas.set("class", "noteback");
                canvas.set("role", "doc-backlink");
                canvas.set("aria-label", self.labels.back);
            }
            Tag::Footnotes => {
                canvas.set("class", "footnotes");
                canvas.set("role", "doc-endnotes");
                canvas.set("aria-label", self.labels.footnotes);
            }
            Tag::Footnote => canvas.set("class", "footnote"),
            Tag::Tex => canvas.set("class", "tex"),
            Tag::Callout => {
                canvas.set("class", "callout");
                canvas.set("role", "note");
            }
            _ => {}
        }
    }

    /// Opens a picture that may be fetched, or else a placeholder with its alternative text.
    fn picture(&self, canvas: &mut impl Canvas, attributes: &Attributes) {
        let alt = attributes.get(Attribute::Alt).unwrap_or_default();
        let source = attributes.get(Attribute::Src);
        let shown = |address: &&str| !address::is_remote(address) || canvas.may_show(address);
        let source = source.filter(shown);
        let missing = source.and_then(|address| canvas.missing(address));
        let Some(address) = source.filter(|_| missing.is_none()) else {
            return open_placeholder(canvas, alt, self.labels, missing);
        };
        canvas.open("img", false);
        canvas.set("alt", alt);
        canvas.set("decoding", "async");
        for attribute in [Attribute::Width, Attribute::Height, Attribute::Title] {
            if let Some(value) = attributes.get(attribute) {
                canvas.set(attribute.code(), value);
            }
        }
        match address::is_remote(address) {
            true => canvas.show(address),
            false => canvas.set("src", address),
        }
    }
}

fn close(canvas: &mut impl Canvas, elements: u8) {
    for _ in 0..elements {
        canvas.close();
    }
}

fn set_attribute(canvas: &mut impl Canvas, tag: Tag, attribute: Attribute, value: &str) {
    match attribute {
        Attribute::Href => match value.strip_prefix('#') {
            Some(fragment) => canvas.set("href", &["#", ID_PREFIX, fragment].concat()),
            None => {
                canvas.set("href", value);
                canvas.set("rel", "noopener noreferrer");
                canvas.set("target", "_blank");
            }
        },
        Attribute::Id => canvas.set("id", &[ID_PREFIX, value].concat()),
        Attribute::Open | Attribute::Reversed => {
            if value == "true" {
                canvas.set(attribute.code(), "");
            }
        }
        Attribute::Label | Attribute::Kind | Attribute::Align | Attribute::Checked => {
            canvas.set(&["data-", attribute.code()].concat(), value);
        }
        Attribute::Code => canvas.set("data-code", value),
        Attribute::Space => canvas.set("width", value),
        // Only pictures have these, and `scope` is only valid on a header cell.
        Attribute::Src | Attribute::Alt | Attribute::Width | Attribute::Height => {}
        Attribute::Scope if tag != Tag::Th => {}
        other => canvas.set(other.code(), value),
    }
}

/// Opens the `mark` of a run with notes: in the colour of the last one, with another's beneath. A
/// note whose words have changed never covers one that is certain. False if there are no notes.
fn open_mark(canvas: &mut impl Canvas, run: &Run) -> bool {
    let last = |fits: &dyn Fn(&Mark) -> bool| run.notes.iter().rev().find(|mark| fits(mark));
    let Some(top) = last(&|mark| !mark.changed).or(run.notes.last()) else {
        return false;
    };
    let ids: Vec<&str> = run.notes.iter().map(|note| note.id.as_str()).collect();
    canvas.open("mark", false);
    canvas.set("data-note", &ids.join(" "));
    canvas.set("data-colour", top.colour.name());
    if let Some(under) = last(&|mark| mark.id != top.id) {
        canvas.set("data-under", under.colour.name());
        if under.changed {
            canvas.set("data-under-state", "changed");
        }
    }
    if top.changed {
        canvas.set("data-state", "changed");
    }
    true
}
