//! Which notes are on which words: passages in order, of which those at a place are open.

use crate::model::annotation::Annotation;
use crate::model::text::TextRange;

/// A passage to be marked.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    pub range: TextRange,
    pub note: &'a Annotation,
    /// True if its words are not those that the note was made on.
    pub changed: bool,
    /// The number of the note, if it says anything.
    pub number: Option<usize>,
    /// True if it is the first passage of its note, which the note leads back to.
    pub is_first: bool,
}

/// The passages of an article while its text is written from the beginning to the end.
#[derive(Default)]
pub struct Marks<'a> {
    /// By place; those before `next` have begun.
    passages: Vec<Passage<'a>>,
    next: usize,
    open: Vec<Passage<'a>>,
    /// The numbers of notes whose passages have ended and that are not referred to yet.
    pub ended: Vec<usize>,
}

impl<'a> Marks<'a> {
    /// Takes passages in any order.
    pub fn of(mut passages: Vec<Passage<'a>>) -> Self {
        passages.sort_by_key(|passage| passage.range);
        Self {
            passages,
            ..Self::default()
        }
    }

    /// Begins the passages that begin at a byte or before; returns the numbers of those notes whose
    /// first passage that is.
    pub fn begin(&mut self, byte: u32) -> Vec<usize> {
        let mut begun = Vec::new();
        while let Some(passage) = self.passages.get(self.next)
            && passage.range.start() <= byte
        {
            self.next += 1;
            begun.extend(passage.number.filter(|_| passage.is_first));
            match passage.range.end() > byte {
                true => self.open.push(*passage),
                false => self.ended.extend(passage.number),
            }
        }
        begun
    }

    /// The byte up to which the same passages are open, at most `end`.
    pub fn same_until(&self, end: u32) -> u32 {
        let next = self.passages.get(self.next);
        let next = next.map(|passage| passage.range.start());
        let ends = self.open.iter().map(|passage| passage.range.end());
        ends.chain(next).fold(end, u32::min)
    }

    /// The passages that are open, those that began first first.
    pub fn open(&self) -> &[Passage<'a>] {
        &self.open
    }

    /// Ends the passages that end at a byte or before.
    pub fn end(&mut self, byte: u32) {
        let ended = &mut self.ended;
        self.open.retain(|passage| {
            let goes_on = passage.range.end() > byte;
            if !goes_on {
                ended.extend(passage.number);
            }
            goes_on
        });
    }
}
