//! The layout of an article: the runs of blocks that are drawn one at a time, and the stretches of
//! them that the browser shows or skips.

use std::ops::{Deref, Range};
use std::rc::Rc;

use crate::model::article::{Article, Leaf, Piece, Tag};
use crate::model::text::TextRange;

/// Blocks drawn, skipped and painted together: more means fewer elements to watch, fewer means less
/// to lay out, and fewer cards at a time where notes are many.
const BLOCKS_PER_CHUNK: usize = 12;
/// Bytes of text after which a chunk ends, for articles of few, long blocks.
const BYTES_PER_CHUNK: u32 = 4 * 1024;
/// Blocks after which a chunk ends within a list, a quotation or a table: drawing all of a very
/// long one at once would block the page.
const BLOCKS_PER_PART: usize = 150;
/// The same for cells of a table: its parts have columns of equal width, which suits few tables.
const CELLS_PER_PART: usize = 1_200;
/// Most chunks in a stretch: the browser decides for each stretch in every frame whether to skip it,
/// and lays out all of one that comes near. A stretch has at most `BLOCKS_PER_PART` blocks unless
/// its only chunk has more.
const CHUNKS_PER_STRETCH: usize = 4;
/// Most elements around a part; each part repeats all of them.
const MOST_AROUND: usize = 16;

/// A run of blocks that are drawn together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The elements open at its beginning, outermost first, of which it is a part. Empty except
    /// within a very long element.
    pub around: Vec<Around>,
    /// The indices of its pieces, including the separators before its blocks.
    pub pieces: Range<usize>,
    /// The indices of its leaves.
    pub leaves: Range<usize>,
    /// The range of its text, including the separators.
    pub text: TextRange,
}

/// An element that a chunk continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// The index of the piece that opens it.
    pub piece: usize,
    /// Number of its list items before the chunk.
    pub items: u32,
}

/// An article, divided into chunks and stretches of them.
pub struct Layout {
    article: Rc<Article>,
    chunks: Vec<Chunk>,
    /// The indices of the chunks of each stretch.
    stretches: Vec<Range<usize>>,
}

impl Deref for Layout {
    type Target = Article;

    fn deref(&self) -> &Article {
        &self.article
    }
}

impl Layout {
    /// Divides an article.
    pub fn of(article: Rc<Article>) -> Self {
        let chunks = chunks_of(article.pieces(), article.leaves());
        let stretches = stretches_of(&chunks);
        Self {
            article,
            chunks,
            stretches,
        }
    }

    /// The article.
    pub fn article(&self) -> &Rc<Article> {
        &self.article
    }

    /// The chunks, in order.
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// The indices of the chunks of each stretch, in order.
    pub fn stretches(&self) -> &[Range<usize>] {
        &self.stretches
    }

    /// Returns the number of the stretch that holds a chunk, or of the last one.
    pub fn stretch_of(&self, chunk: usize) -> usize {
        let is_before = |stretch: &Range<usize>| stretch.end <= chunk;
        let number = self.stretches.partition_point(is_before);
        number.min(self.stretches.len().saturating_sub(1))
    }

    /// Returns the range of the text of a stretch; empty and at the end if there is no such stretch.
    pub fn text_of_stretch(&self, number: usize) -> TextRange {
        let end = self.text().len() as u32;
        let stretch = self.stretches.get(number).cloned().unwrap_or_default();
        match &self.chunks[stretch] {
            [first, .., last] => TextRange::new(first.text.start(), last.text.end()),
            [only] => only.text,
            [] => TextRange::new(end, end),
        }
    }

    /// Returns the index of the chunk that holds a byte of the text.
    pub fn chunk_at(&self, byte: u32) -> Option<usize> {
        let begun = |chunk: &Chunk| chunk.text.start() <= byte;
        self.chunks.partition_point(begun).checked_sub(1)
    }
}

/// Divides well-nested pieces with these leaves into chunks, in order.
fn chunks_of(pieces: &[Piece], leaves: &[Leaf]) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut open: Vec<Around> = Vec::new();
    let mut chunk = Chunk {
        around: Vec::new(),
        pieces: 0..0,
        leaves: 0..0,
        text: TextRange::new(0, 0),
    };
    // Number of leaves that are closed, and of blocks in the chunk.
    let (mut offset, mut leaf, mut blocks) = (0_u32, 0_usize, 0_usize);
    for (index, piece) in pieces.iter().enumerate() {
        let is_in_leaf = leaves
            .get(leaf)
            .is_some_and(|leaf| leaf.pieces.start < index);
        // Once a chunk is full, the next separator or block begins a new one.
        let is_end = match open.len() {
            0 => is_full(&chunk, blocks, offset),
            _ => blocks >= BLOCKS_PER_PART && !is_in_leaf && may_be_split(pieces, &open, blocks),
        };
        if is_end && leads_to_block(piece) {
            close_chunk(&mut chunk, &mut chunks, index, leaf, offset);
            chunk.around.clone_from(&open);
            blocks = 0;
        }
        match piece {
            Piece::Open {
                leaf: is_leaf, tag, ..
            } => {
                if let Some(list) = open.last_mut().filter(|_| *tag == Tag::Li) {
                    list.items += 1;
                }
                open.push(Around {
                    piece: index,
                    items: 0,
                });
                blocks += usize::from(*is_leaf);
            }
            Piece::Close => {
                open.pop();
                let is_end = |leaf: &Leaf| leaf.pieces.end == index + 1;
                leaf += usize::from(leaves.get(leaf).is_some_and(is_end));
            }
            words => offset += words.length(),
        }
    }
    close_chunk(&mut chunk, &mut chunks, pieces.len(), leaf, offset);
    chunks
}

fn stretches_of(chunks: &[Chunk]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let blocks = |range: Range<usize>| -> usize {
        let chunks = chunks[range].iter();
        chunks.map(|chunk| chunk.leaves.len()).sum()
    };
    for index in 0..chunks.len() {
        match stretches.last_mut() {
            Some(last)
                if last.len() < CHUNKS_PER_STRETCH
                    && blocks(last.start..index + 1) <= BLOCKS_PER_PART =>
            {
                last.end = index + 1;
            }
            _ => stretches.push(index..index + 1),
        }
    }
    stretches
}

fn is_full(chunk: &Chunk, blocks: usize, offset: u32) -> bool {
    blocks >= BLOCKS_PER_CHUNK || offset - chunk.text.start() >= BYTES_PER_CHUNK
}

/// True if the open elements can continue in further elements of the same kinds: a list between
/// items, a table between rows, a quotation between blocks.
fn may_be_split(pieces: &[Piece], open: &[Around], blocks: usize) -> bool {
    let tag = |around: &Around| match &pieces[around.piece] {
        Piece::Open { tag, .. } => Some(*tag),
        _ => None,
    };
    let is_whole = |around: &Around| tag(around).is_none_or(|tag| !tag.goes_on());
    let is_table = |around: &Around| tag(around) == Some(Tag::Table);
    let is_enough = blocks >= CELLS_PER_PART || !open.iter().any(is_table);
    is_enough && open.len() <= MOST_AROUND && !open.iter().any(is_whole)
}

fn leads_to_block(piece: &Piece) -> bool {
    matches!(piece, Piece::Open { .. } | Piece::Separator(_))
}

fn close_chunk(chunk: &mut Chunk, chunks: &mut Vec<Chunk>, piece: usize, leaf: usize, offset: u32) {
    chunk.pieces.end = piece;
    chunk.leaves.end = leaf;
    chunk.text = TextRange::new(chunk.text.start(), offset);
    let next = Chunk {
        around: Vec::new(),
        pieces: piece..piece,
        leaves: leaf..leaf,
        text: TextRange::new(offset, offset),
    };
    let done = std::mem::replace(chunk, next);
    if !done.pieces.is_empty() {
        chunks.push(done);
    }
}

/// The words that are shown beside an article's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// Label of a footnote reference, before its number.
    pub footnote: &'static str,
    /// Label of the link back from a footnote.
    pub back: &'static str,
    /// Label of the footnotes.
    pub footnotes: &'static str,
    /// Label of a picture without an alternative text.
    pub picture: &'static str,
    /// Reasons why a picture cannot be shown, by [`Unshown`](super::protocol::Unshown).
    pub unshown: &'static [&'static str; 3],
    /// Label of a scrollable table.
    pub table: &'static str,
    /// Label of a gap, before the lost words.
    pub gap: &'static str,
}
