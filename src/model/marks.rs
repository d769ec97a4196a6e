//! From anchors to paint: where every note of an article is, and the runs that a leaf is made of.

use std::rc::Rc;

use super::anchoring::{Anchor, settled};
use super::annotation::{Annotation, AnnotationId, Colour};
use super::article::Article;
use super::notebook::{Change, Notebook};
use super::order::{sorted, sorted_once};
use super::text::TextRange;

/// A note whose passage is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The passage.
    pub range: TextRange,
    /// The note.
    pub annotation: Rc<Annotation>,
}

impl Placed {
    /// The order of notes beside the article: by place, then by age.
    fn key(&self) -> (TextRange, Option<&str>, &AnnotationId) {
        let created = self.annotation.created.as_ref().map(|at| &*at.0);
        (self.range, created, &self.annotation.id)
    }
}

/// A note whose passage is not known for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adrift {
    /// What was found.
    pub anchor: Anchor,
    /// The note.
    pub annotation: Rc<Annotation>,
}

enum Found {
    Placed(Placed),
    Adrift(Adrift),
}

impl Found {
    fn of(article: &Article, annotation: &Rc<Annotation>) -> Self {
        let anchor = settled(article, annotation).unwrap_or_else(Anchor::orphan);
        let annotation = annotation.clone();
        match anchor.range() {
            Some(range) => Self::Placed(Placed { range, annotation }),
            None => Self::Adrift(Adrift { anchor, annotation }),
        }
    }
}

/// A part of a leaf with the same notes on all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The part.
    pub range: TextRange,
    /// The notes on it, in the order of the list of notes; none where it is bare.
    pub notes: Vec<(AnnotationId, Colour)>,
}

/// Every note of one article with its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// In the order of their passages.
    placed: Vec<Placed>,
    /// For each of `placed`, the furthest end of it and all before it.
    reach: Vec<u32>,
    /// By id.
    adrift: Vec<Adrift>,
}

impl Marks {
    /// Places every note of the notebook that is kept with the article.
    pub fn of(article: &Article, notebook: &Notebook) -> Self {
        let id = article.id();
        let mut marks = Self::default();
        let mut placed_by_id = Vec::new();
        for annotation in notebook
            .iter()
            .filter(|annotation| annotation.article == id)
        {
            match Found::of(article, annotation) {
                Found::Placed(placed) => placed_by_id.push(placed),
                Found::Adrift(adrift) => marks.adrift.push(adrift),
            }
        }
        let key = |index: usize| placed_by_id[index].key();
        let order = sorted(placed_by_id.len(), &|one, other| key(one).cmp(&key(other)));
        marks.placed = order
            .into_iter()
            .map(|index| placed_by_id[index].clone())
            .collect();
        marks.measure();
        marks
    }

    /// The marks after some changes, for what did not change as it was.
    pub fn after(&self, article: &Article, changes: &[Change]) -> Self {
        let id = article.id();
        let mut next = self.clone();
        for change in changes {
            next.take_out(change.id());
            if let Some(annotation) = change.after().filter(|a| a.article == id) {
                next.put(Found::of(article, annotation));
            }
        }
        next.measure();
        next
    }

    /// The notes whose passage is known, in order.
    pub fn placed(&self) -> &[Placed] {
        &self.placed
    }

    /// The notes whose passage is not known for certain, by id.
    pub fn adrift(&self) -> impl Iterator<Item = &Adrift> {
        self.adrift.iter()
    }

    /// How many notes the article has.
    pub fn len(&self) -> usize {
        self.placed.len() + self.adrift.len()
    }

    /// Whether the article has no notes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The index of a note among the placed ones.
    pub fn index_of(&self, id: &AnnotationId) -> Option<usize> {
        self.placed
            .iter()
            .position(|placed| placed.annotation.id == *id)
    }

    /// The passage of a note.
    pub fn range_of(&self, id: &AnnotationId) -> Option<TextRange> {
        self.index_of(id).map(|index| self.placed[index].range)
    }

    /// The notes that have at least one byte in a range, in order.
    pub fn within(&self, range: TextRange) -> impl Iterator<Item = &Placed> {
        self.indices_within(range).map(|index| &self.placed[index])
    }

    /// Their indices among the placed ones.
    pub fn indices_within(&self, range: TextRange) -> impl Iterator<Item = usize> {
        let from = self.reach.partition_point(|&reach| reach <= range.start());
        let to = self
            .placed
            .partition_point(|placed| placed.range.start() < range.end());
        (from..to).filter(move |&index| self.placed[index].range.intersection(range).is_some())
    }

    /// Flat, non-overlapping runs that tile a leaf from end to end.
    pub fn runs(&self, leaf: TextRange) -> Vec<Run> {
        let notes: Vec<&Placed> = self.within(leaf).collect();
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
                notes: names(&notes, range),
            })
            .collect()
    }

    fn put(&mut self, found: Found) {
        match found {
            Found::Placed(placed) => {
                let at = self
                    .placed
                    .partition_point(|other| other.key() < placed.key());
                self.placed.insert(at, placed);
            }
            Found::Adrift(adrift) => {
                let id = &adrift.annotation.id;
                let at = self
                    .adrift
                    .partition_point(|other| other.annotation.id < *id);
                self.adrift.insert(at, adrift);
            }
        }
    }

    fn take_out(&mut self, id: &AnnotationId) {
        if let Some(index) = self.index_of(id) {
            self.placed.remove(index);
        }
        self.adrift.retain(|adrift| adrift.annotation.id != *id);
    }

    fn measure(&mut self) {
        let mut furthest = 0;
        self.reach.clear();
        for placed in &self.placed {
            furthest = furthest.max(placed.range.end());
            self.reach.push(furthest);
        }
    }
}

fn names(notes: &[&Placed], range: TextRange) -> Vec<(AnnotationId, Colour)> {
    notes
        .iter()
        .filter(|note| note.range.intersection(range).is_some())
        .map(|note| (note.annotation.id.clone(), note.annotation.colour))
        .collect()
}
