//! Paints the marks of the notes near the window, the outline of a place, and the active notes.

use web_sys::Element;

use super::{Inner, MARKS, notes_of};
use crate::app::drawing::{Brush, Dressing};
use crate::browser::draw::Elements;
use crate::browser::elements::matching;
use crate::browser::{outline, selection};
use crate::model::order::sorted_once;
use crate::model::placements::{Gap, Run};
use crate::model::text::TextRange;

/// What a leaf shows of its notes.
#[derive(PartialEq)]
pub(super) struct Painted {
    pub(super) leaf: usize,
    runs: Vec<Run>,
    gaps: Vec<Gap>,
}

impl Painted {
    fn dressing(&self) -> Dressing<'_> {
        Dressing {
            runs: &self.runs,
            gaps: &self.gaps,
        }
    }
}

impl Inner {
    /// Paints the runs of every leaf near the window, and removes those of leaves far away.
    pub(super) fn repaint(&self) {
        let near = self.near_chunks();
        let placements = self.placements.borrow().clone();
        let mut wanted: Vec<Painted> = Vec::new();
        let drawn = self.chunks.borrow().len();
        for &index in near.iter().filter(|&&index| index < drawn) {
            let chunk = &self.article.chunks()[index];
            let gaps = placements.gaps(&self.article, chunk.leaves.clone());
            let mut leaves: Vec<usize> = gaps.iter().map(|gap| gap.leaf).collect();
            // Notes are sorted by start, so leaves up to this one are already included.
            let mut leaf = chunk.leaves.start;
            for placed in placements.marked_within(chunk.text) {
                let first = self.article.leaf_at(placed.range.start()).unwrap_or(0);
                leaf = leaf.max(first);
                while leaf < chunk.leaves.end && self.leaf_text(leaf).start() < placed.range.end() {
                    if self.leaf_text(leaf).intersection(placed.range).is_some() {
                        leaves.push(leaf);
                    }
                    leaf += 1;
                }
            }
            for leaf in sorted_once(&leaves) {
                wanted.push(Painted {
                    leaf,
                    runs: placements.runs(self.leaf_text(leaf)),
                    gaps: gaps
                        .iter()
                        .filter(|gap| gap.leaf == leaf)
                        .cloned()
                        .collect(),
                });
            }
        }
        self.repaint_leaves(wanted);
    }

    pub(super) fn leaf_text(&self, leaf: usize) -> TextRange {
        self.article.leaves()[leaf].text
    }

    fn repaint_leaves(&self, wanted: Vec<Painted>) {
        let painted = self.painted.replace(Vec::new());
        let shown = |list: &[Painted], leaf: usize| {
            list.binary_search_by_key(&leaf, |painted| painted.leaf)
                .ok()
        };
        let stale = painted
            .iter()
            .filter(|old| shown(&wanted, old.leaf).is_none());
        let changed = wanted
            .iter()
            .filter(|new| shown(&painted, new.leaf).is_none_or(|index| painted[index] != **new));
        let redraw: Vec<(usize, Dressing)> = stale
            .map(|old| (old.leaf, Dressing::default()))
            .chain(changed.map(|new| (new.leaf, new.dressing())))
            .collect();
        let is_changed = !redraw.is_empty();
        if is_changed {
            // Redrawing a leaf discards selection ends inside it.
            let kept = match self.unselected.get() {
                true => None,
                false => selection::kept(&self.root, &self.article),
            };
            for (leaf, dressing) in redraw {
                self.redraw_leaf(leaf, dressing);
            }
            if let Some(kept) = kept {
                kept.restore(|byte| self.point(byte));
            }
        }
        self.painted.replace(wanted);
        if is_changed {
            self.show_active();
            if self.outlined.get().is_some() {
                self.draw_outline();
            }
        }
    }

    /// The marks and gaps, in order. They are looked for only in chunks that have some.
    pub(super) fn marks(&self) -> Vec<Element> {
        let painted = self.painted.borrow();
        let chunk_of = |painted: &Painted| {
            let start = self.leaf_text(painted.leaf).start();
            self.article.chunk_at(start)
        };
        let mut chunks: Vec<usize> = painted.iter().filter_map(chunk_of).collect();
        chunks.dedup();
        let chunks = chunks.into_iter().filter_map(|index| self.chunk(index));
        chunks.flat_map(|chunk| matching(&chunk, MARKS)).collect()
    }

    fn redraw_leaf(&self, index: usize, dressing: Dressing) {
        let Some(element) = self.leaf_element(index) else {
            return;
        };
        let leaf = &self.article.leaves()[index];
        element.set_text_content(None);
        let inside = leaf.pieces.start + 1..leaf.pieces.end - 1;
        let brush = Brush {
            text: self.article.text(),
            labels: self.labels,
            first_leaf: Some(index),
        };
        brush.draw(
            &mut Elements::within(&element, Some(&self.pictures)),
            &self.article.pieces()[inside],
            leaf.text.start(),
            dressing,
        );
    }

    pub(super) fn leaf_element(&self, leaf: usize) -> Option<Element> {
        let byte = self.article.leaves().get(leaf)?.text.start();
        let chunk = self.chunk(self.article.chunk_at(byte)?)?;
        chunk.query_selector(&format!("[data-b=\"{leaf}\"]")).ok()?
    }

    pub(super) fn draw_outline(&self) {
        self.outline.take().iter().for_each(Element::remove);
        let Some(place) = self.outlined.get() else {
            return;
        };
        if let Some(last) = self.article.chunk_at(place.end()) {
            self.draw_up_to(last + 1);
        }
        let mut boxes = Vec::new();
        let first = self.article.leaf_at(place.start()).unwrap_or(0);
        for leaf in self.article.leaves().iter().skip(first) {
            if leaf.text.start() >= place.end() {
                break;
            }
            let part = leaf.text.intersection(place);
            let chunk = self.article.chunk_at(leaf.text.start());
            if let (Some(part), Some(chunk)) = (part, chunk)
                && let Some(points) = self.points(part)
                && let Some(chunk) = self.chunk(chunk)
            {
                boxes.extend(outline::around(&chunk, &points.0, &points.1));
            }
        }
        self.outline.replace(boxes);
    }

    pub(super) fn show_active(&self) {
        let active = self.active.borrow();
        for mark in self.marks() {
            let notes = notes_of(&mark);
            let is_active = !active.is_empty()
                && notes
                    .split(' ')
                    .any(|note| active.iter().any(|id| id.as_str() == note));
            let shown = mark.has_attribute("data-active");
            if is_active && !shown {
                let _ = mark.set_attribute("data-active", "");
            } else if shown && !is_active {
                let _ = mark.remove_attribute("data-active");
            }
        }
    }
}
