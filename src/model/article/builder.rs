//! Builds an article from the events of an importer: open, text, close.
//!
//! It implements the rule of the text (version 1): leaves with white space collapsed and trimmed
//! (except in preformatted text), joined by one separator, a tab between the cells of a row and a
//! line feed elsewhere. It also repairs what importers find: words outside a paragraph get one, an
//! inline that crosses blocks is reopened in each, empty elements are left out.

use super::{Article, Attribute, Attributes, Description, Malformed, Piece, Role, Tag};

/// Most elements open at once; of deeper ones only the words are kept.
const DEEPEST: usize = 200;
/// Most inlines open at once. Each block within them reopens them all, so this bounds how much
/// larger an article can become than its source.
const MOST_INLINES: usize = 16;
/// The same for parts of formulas, which nest deeper. A formula holds no blocks, so they are hardly
/// ever reopened.
const MOST_INLINES_IN_FORMULAS: usize = 64;

/// Builds an [`Article`].
#[derive(Debug, Default)]
pub struct ArticleBuilder {
    text: String,
    pieces: Vec<Piece>,
    frames: Vec<Frame>,
    /// Indices of the frames of the inlines open in the current leaf, innermost last.
    inlines: Vec<usize>,
    leaf: Option<OpenLeaf>,
    /// Number of inlines that the importer has opened, in a leaf or not.
    inline_frames: usize,
    /// The attributes of paragraphs made for words outside a leaf.
    loose: Attributes,
    /// True if the next words begin a new paragraph.
    parted: bool,
    /// The cells around the last leaf with words, outermost first.
    last_cells: Option<Vec<Cell>>,
    rows: u32,
    cells: u32,
}

/// An element that the importer has opened.
#[derive(Debug)]
struct Frame {
    tag: Tag,
    attributes: Attributes,
    kind: FrameKind,
    cell: Cell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    /// The index of its `Open` piece.
    Block {
        open: usize,
    },
    Inline,
    /// Too deep, or not allowed at its place: only its words are kept.
    Ignored,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Cell {
    row: u32,
    cell: u32,
}

#[derive(Debug)]
struct OpenLeaf {
    /// The index of its `Open` piece.
    open: usize,
    /// True if it was made for words outside a leaf.
    implied: bool,
    preformatted: bool,
    /// Byte offset at which its words begin; `None` until it has some.
    start: Option<usize>,
    /// The cells around the previous leaf, to restore if this one stays without words.
    cells_before: Option<Vec<Cell>>,
    has_picture: bool,
}

impl ArticleBuilder {
    /// Creates a builder of an empty article.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens an element, which one [`ArticleBuilder::close`] closes.
    pub fn open(&mut self, tag: Tag, attributes: Attributes) {
        let kind = match tag.role() {
            _ if self.frames.len() >= DEEPEST => FrameKind::Ignored,
            Role::Inline if self.inline_frames >= most_inlines(tag) => FrameKind::Ignored,
            Role::Inline => FrameKind::Inline,
            Role::Void => {
                self.void(tag, attributes);
                self.push_frame(tag, Attributes::none(), FrameKind::Ignored);
                return;
            }
            // A leaf holds no blocks: of a block within one only the words are kept.
            Role::Leaf | Role::Container | Role::Item if self.in_explicit_leaf() => {
                self.soft_break();
                FrameKind::Ignored
            }
            Role::Leaf | Role::Container | Role::Item => self.open_block(tag, &attributes),
        };
        self.inline_frames += usize::from(kind == FrameKind::Inline);
        self.push_frame(tag, attributes, kind);
        if kind == FrameKind::Inline && tag.is_in_formula() {
            self.reach_leaf();
        }
    }

    /// Closes the innermost open element.
    pub fn close(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        match frame.kind {
            FrameKind::Ignored => {}
            FrameKind::Inline => {
                self.inline_frames -= 1;
                if self.inlines.last() == Some(&self.frames.len()) {
                    self.inlines.pop();
                    self.pieces.push(Piece::Close);
                }
            }
            FrameKind::Block { open } => self.close_block(frame.tag, open),
        }
    }

    /// Adds words.
    pub fn text(&mut self, words: &str) {
        if self.is_preformatted() {
            self.preformatted(words);
            return;
        }
        for (index, word) in words.split(is_collapsible).enumerate() {
            if index > 0 {
                self.space();
            }
            if !word.is_empty() {
                self.words(word);
            }
        }
    }

    /// Separates the previous words from the next where no element of the article does: at the edge
    /// of a block that is not kept itself.
    pub fn part(&mut self) {
        if self.in_explicit_leaf() {
            self.soft_break();
        } else {
            self.parted = self.leaf.is_some();
        }
    }

    /// Sets the attributes of paragraphs made from now on for words outside a leaf.
    pub fn say_of_loose_words(&mut self, attributes: Attributes) {
        self.loose = attributes;
    }

    /// Adds a line break within a leaf.
    pub fn line_break(&mut self) {
        if self.parted || self.leaf.as_ref().is_none_or(|leaf| leaf.start.is_none()) {
            return;
        }
        if self.is_preformatted() {
            self.words("\n");
            return;
        }
        self.trim_end();
        self.reach_leaf();
        self.text.push('\n');
        self.pieces.push(Piece::Break);
    }

    /// Adds an element without content.
    pub fn void(&mut self, tag: Tag, attributes: Attributes) {
        match tag {
            Tag::Hr => {
                if self.in_explicit_leaf() {
                    return;
                }
                self.end_leaf();
            }
            Tag::Img => {
                self.reach_leaf();
                if let Some(leaf) = &mut self.leaf {
                    leaf.has_picture = true;
                }
            }
            // Footnote marks and readings belong to the words beside them.
            _ => {
                self.reach_leaf();
                self.start_words();
            }
        }
        self.pieces.push(Piece::Open {
            tag,
            leaf: false,
            attributes,
        });
        self.pieces.push(Piece::Close);
    }

    /// True if no words were added yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Closes every open element and returns the article.
    pub fn finish(mut self, description: Description) -> Result<Article, Malformed> {
        while !self.frames.is_empty() {
            self.close();
        }
        self.end_leaf();
        Article::from_parts(description, self.text, self.pieces)
    }

    fn push_frame(&mut self, tag: Tag, attributes: Attributes, kind: FrameKind) {
        let mut cell = self
            .frames
            .last()
            .map_or(Cell::default(), |frame| frame.cell);
        if tag == Tag::Tr {
            self.rows += 1;
            cell = Cell {
                row: self.rows,
                cell: 0,
            };
        } else if tag.is_cell() {
            self.cells += 1;
            cell.cell = self.cells;
        }
        self.frames.push(Frame {
            tag,
            attributes,
            kind,
            cell,
        });
    }

    fn in_explicit_leaf(&self) -> bool {
        self.leaf.as_ref().is_some_and(|leaf| !leaf.implied)
    }

    fn is_preformatted(&self) -> bool {
        self.leaf.as_ref().is_some_and(|leaf| leaf.preformatted)
    }

    fn open_block(&mut self, tag: Tag, attributes: &Attributes) -> FrameKind {
        self.end_leaf();
        let open = self.pieces.len();
        let leaf = tag.role() == Role::Leaf;
        self.pieces.push(Piece::Open {
            tag,
            leaf,
            attributes: attributes.clone(),
        });
        if leaf {
            self.leaf = Some(OpenLeaf {
                open,
                implied: false,
                preformatted: tag == Tag::Pre,
                start: None,
                cells_before: None,
                has_picture: false,
            });
        }
        FrameKind::Block { open }
    }

    fn close_block(&mut self, tag: Tag, open: usize) {
        if tag.role() == Role::Leaf {
            self.end_leaf();
            return;
        }
        let paragraph = self
            .leaf
            .as_ref()
            .filter(|leaf| tag.role() == Role::Item && leaf.implied)
            .map(|leaf| leaf.open)
            .filter(|paragraph| self.is_first_within(open, *paragraph));
        self.end_leaf();
        // A picture alone, or a footnote mark without words, has left no leaf.
        let is_leaf =
            |at: &usize| matches!(self.pieces.get(*at), Some(Piece::Open { leaf, .. }) if *leaf);
        if let Some(paragraph) = paragraph.filter(is_leaf) {
            self.make_leaf_of(open, paragraph);
        } else if self.pieces.len() == open + 1 && !tag.is_cell() {
            self.pieces.truncate(open);
        } else {
            self.pieces.push(Piece::Close);
        }
    }

    /// True if there are only separators between two `Open` pieces.
    fn is_first_within(&self, outer: usize, inner: usize) -> bool {
        self.pieces[outer + 1..inner]
            .iter()
            .all(|piece| matches!(piece, Piece::Separator(_)))
    }

    /// Makes an item the leaf itself if it holds only one implied paragraph.
    fn make_leaf_of(&mut self, item: usize, paragraph: usize) {
        self.pieces.remove(paragraph);
        if let Piece::Open { leaf, .. } = &mut self.pieces[item] {
            *leaf = true;
        }
        if paragraph > item + 1 {
            self.pieces.swap(item, item + 1);
        }
    }

    /// Ensures that a leaf is open, with every inline in it that the importer has opened.
    fn reach_leaf(&mut self) {
        if self.parted {
            self.end_leaf();
        }
        if self.leaf.is_none() {
            self.leaf = Some(OpenLeaf {
                open: self.pieces.len(),
                implied: true,
                preformatted: false,
                start: None,
                cells_before: None,
                has_picture: false,
            });
            self.pieces.push(Piece::Open {
                tag: Tag::P,
                leaf: true,
                attributes: self.loose.clone(),
            });
        }
        let from = self.inlines.last().map_or(0, |last| last + 1);
        for index in from..self.frames.len() {
            let frame = &self.frames[index];
            if frame.kind == FrameKind::Inline {
                self.pieces.push(Piece::Open {
                    tag: frame.tag,
                    leaf: false,
                    attributes: frame.attributes.clone(),
                });
                self.inlines.push(index);
            }
        }
    }

    /// Separates the current leaf from the previous one when it gets its first words.
    fn start_words(&mut self) {
        let cells = self.cells_around();
        let Some(leaf) = &mut self.leaf else { return };
        if leaf.start.is_some() {
            return;
        }
        if let Some(before) = &self.last_cells {
            let separator = if in_one_row(before, &cells) {
                '\t'
            } else {
                '\n'
            };
            self.pieces.insert(leaf.open, Piece::Separator(separator));
            leaf.open += 1;
            self.text.push(separator);
        }
        leaf.start = Some(self.text.len());
        leaf.cells_before = self.last_cells.replace(cells);
    }

    fn cells_around(&self) -> Vec<Cell> {
        let cells = self.frames.iter().filter(|frame| frame.tag.is_cell());
        cells.map(|frame| frame.cell).collect()
    }

    fn words(&mut self, words: &str) {
        self.reach_leaf();
        self.start_words();
        let before = self.text.len();
        // A page's text cannot contain NUL; browsers show U+FFFD instead.
        for part in words.split_inclusive('\0') {
            match part.strip_suffix('\0') {
                Some(part) => self.text.extend([part, "\u{fffd}"]),
                None => self.text.push_str(part),
            }
        }
        self.push_length(self.text.len() - before);
    }

    fn push_length(&mut self, added: usize) {
        let added = added as u32;
        match self.pieces.last_mut() {
            Some(Piece::Text(length)) => *length += added,
            _ => self.pieces.push(Piece::Text(added)),
        }
    }

    /// Adds one space between words, and none at the ends of a leaf or a line.
    fn space(&mut self) {
        if self.parted {
            return;
        }
        let Some(start) = self.leaf.as_ref().and_then(|leaf| leaf.start) else {
            return;
        };
        let at_start = self.text.len() == start;
        if !at_start && !self.text.ends_with([' ', '\n']) {
            self.reach_leaf();
            self.text.push(' ');
            self.push_length(1);
        }
    }

    /// Separates a leaf's own words from those of a block that it cannot hold.
    fn soft_break(&mut self) {
        if !self.is_preformatted() {
            self.space();
        } else if !self.text.ends_with('\n') {
            self.line_break();
        }
    }

    fn preformatted(&mut self, words: &str) {
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        if !words.is_empty() {
            self.words(&words);
        }
    }

    /// Removes the last collapsed space (if preformatted, line feed) of the current leaf, if any.
    fn trim_end(&mut self) {
        let Some(leaf) = &self.leaf else { return };
        let last = if leaf.preformatted { '\n' } else { ' ' };
        let Some(start) = leaf.start else { return };
        if self.text.len() == start || !self.text.ends_with(last) {
            return;
        }
        let Some(at) = self
            .pieces
            .iter()
            .rposition(|piece| matches!(piece, Piece::Text(_)))
        else {
            return;
        };
        self.text.pop();
        if let Piece::Text(length) = &mut self.pieces[at] {
            *length -= 1;
            if *length == 0 {
                self.pieces.remove(at);
            }
        }
    }

    /// Removes breaks at the end of a leaf, which would show nothing.
    fn drop_trailing_breaks(&mut self) {
        while self.pieces.last() == Some(&Piece::Break) {
            self.pieces.pop();
            self.text.pop();
            self.trim_end();
        }
    }

    fn end_leaf(&mut self) {
        self.parted = false;
        if self.leaf.is_none() {
            return;
        }
        if !self.is_preformatted() {
            self.drop_trailing_breaks();
        }
        self.trim_end();
        for _ in self.inlines.drain(..) {
            self.pieces.push(Piece::Close);
        }
        let Some(leaf) = self.leaf.take() else { return };
        let words = leaf.start.map_or(0, |start| self.text.len() - start);
        if words > 0 {
            self.pieces.push(Piece::Close);
        } else {
            self.end_wordless(leaf);
        }
    }

    /// Ends a leaf without words, which is no leaf: keeps it for its picture, or removes it.
    fn end_wordless(&mut self, mut leaf: OpenLeaf) {
        if leaf.start.is_some() {
            self.last_cells = leaf.cells_before.take();
            // Its separator goes too, since there is nothing to separate.
            if self.last_cells.is_some() {
                self.text.pop();
                leaf.open -= 1;
                self.pieces.remove(leaf.open);
            }
        }
        if !leaf.has_picture {
            self.pieces.truncate(leaf.open);
            return;
        }
        if let Piece::Open { leaf, .. } = &mut self.pieces[leaf.open] {
            *leaf = false;
        }
        self.pieces.push(Piece::Close);
    }
}

fn most_inlines(tag: Tag) -> usize {
    match tag.is_mathematical() {
        true => MOST_INLINES_IN_FORMULAS,
        false => MOST_INLINES,
    }
}

/// True for white space that HTML collapses, so that no-break and thin spaces are kept.
fn is_collapsible(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn in_one_row(before: &[Cell], now: &[Cell]) -> bool {
    let differs = |cell: &Cell| {
        now.iter()
            .any(|other| other.row == cell.row && other.cell != cell.cell)
    };
    before.iter().any(differs)
}

/// Shorthands.
impl ArticleBuilder {
    /// Adds an element that contains only these words.
    pub fn element(&mut self, tag: Tag, words: &str) {
        self.open(tag, Attributes::none());
        self.text(words);
        self.close();
    }

    /// Adds a reading over the words before it (ruby).
    pub fn reading(&mut self, reading: &str) {
        let label = reading.split_whitespace().collect::<Vec<_>>().join(" ");
        self.void(
            Tag::Reading,
            Attributes::none().with(Attribute::Label, &label),
        );
    }
}

#[cfg(test)]
mod tests;
