//! What the notes look like in the article: runs of words under the same notes, and gaps.

use std::ops::Range;
use std::rc::Rc;

use super::{AnchorStatus, Placed, Placements};
use crate::model::annotation::{Annotation, AnnotationId, Colour};
use crate::model::article::Article;
use crate::model::order::sorted_once;
use crate::model::text::TextRange;

/// A note on a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The id of the note.
    pub id: AnnotationId,
    /// Its colour.
    pub colour: Colour,
    /// True if the words differ from those it was made on.
    pub changed: bool,
}

/// A part of a leaf with the same notes on all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The range of the part.
    pub range: TextRange,
    /// The notes on it, in the order of the list of notes; empty if there are none.
    pub notes: Vec<Mark>,
}

impl Run {
    /// True if there are notes on it and all were made on other words.
    pub fn is_changed(&self) -> bool {
        !self.notes.is_empty() && self.notes.iter().all(|mark| mark.changed)
    }
}

/// A place in a leaf from which a note's words are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The index of the leaf.
    pub leaf: usize,
    /// The byte of the text that follows the gap, within the leaf or at its end.
    pub byte: u32,
    /// The note.
    pub annotation: Rc<Annotation>,
}

impl Placements {
    /// Returns runs that cover a leaf from end to end without overlap.
    pub fn runs(&self, leaf: TextRange) -> Vec<Run> {
        let notes = self.marked_within(leaf);
        let mut cuts = vec![leaf.start(), leaf.end()];
        for part in notes
            .iter()
            .filter_map(|note| note.range.intersection(leaf))
        {
            cuts.extend([part.start(), part.end()]);
        }
        let cuts = sorted_once(&cuts);
        cuts.windows(2)
            .map(|cut| TextRange::new(cut[0], cut[1]))
            .map(|range| Run {
                range,
                notes: marks_on(&notes, range),
            })
            .collect()
    }

    /// Returns the gaps in some leaves of the article, in order. A gap between two leaves is at the
    /// end of the first.
    pub fn gaps(&self, article: &Article, leaves: Range<usize>) -> Vec<Gap> {
        let all = article.leaves();
        let start = |leaf: usize| all.get(leaf).map_or(u32::MAX, |leaf| leaf.text.start());
        let before = |byte: u32| {
            self.placed
                .partition_point(|placed| placed.range.start() < byte)
        };
        let (from, to) = (before(start(leaves.start)), before(start(leaves.end)));
        let replaced = self.placed[from..to.max(from)]
            .iter()
            .filter(|placed| placed.status == AnchorStatus::Replaced);
        let gap = |placed: &Placed| {
            let leaf = article.leaf_at(placed.range.start())?;
            Some(Gap {
                leaf,
                byte: placed.range.start().min(all[leaf].text.end()),
                annotation: placed.annotation.clone(),
            })
        };
        replaced.filter_map(gap).collect()
    }
}

fn marks_on(notes: &[&Placed], range: TextRange) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for note in notes {
        let id = &note.annotation.id;
        // Two passages of one note may share words.
        let is_there = marks.iter().any(|mark| mark.id == *id);
        if !is_there && note.range.intersection(range).is_some() {
            marks.push(Mark {
                id: id.clone(),
                colour: note.annotation.colour,
                changed: note.status == AnchorStatus::Changed,
            });
        }
    }
    marks
}
