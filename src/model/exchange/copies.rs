//! Arrivals that stand beside a note with the same id: they are copies with ids of their own, and
//! the links of the same file to them follow, and its answers to them.

use std::cmp::Ordering;

use super::{Arrivals, Differing, answers, says_the_same};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::links::redirected;
use crate::model::order::sorted;

/// The ids of arrivals that become copies, each with that of its copy, by id.
pub type Copies = Vec<(AnnotationId, AnnotationId)>;

/// An arrival that says something else than the note that has its id.
type Pair<'a> = (&'a Annotation, &'a Annotation);

impl Arrivals {
    /// Gives each arrival the id of a copy if it is to stand beside the note with its id, and has
    /// links and answers to it lead to the copy. `present` returns the note that has an id, and what becomes of
    /// the two if they differ.
    pub fn part_from_present<'a>(
        &mut self,
        present: &dyn Fn(&AnnotationId) -> Option<(&'a Annotation, Differing)>,
    ) -> Copies {
        let differing = self.annotations.iter().filter_map(|arrival| {
            let (there, differing) = present(&arrival.id)?;
            stand_beside(arrival, there, differing).then_some((arrival, there))
        });
        let differing: Vec<Pair<'_>> = differing.collect();
        let copies = copies_of(&differing);
        if copies.is_empty() {
            return copies;
        }
        for arrival in &mut self.annotations {
            let id = copy_of(&copies, &arrival.id);
            let there = present(&arrival.id).filter(|_| id.is_none());
            // What is there already is not to be changed.
            if !there.is_some_and(|(there, _)| says_the_same(arrival, there)) {
                let copy = |id: &AnnotationId| copy_of(&copies, id);
                arrival.note = following(arrival, &copy);
                if let Some(extra) = answers::following(&arrival.extra, &copy) {
                    arrival.extra = extra;
                }
            }
            if let Some(id) = id {
                arrival.id = id;
            }
        }
        self.keep_each_once();
        copies
    }
}

/// True if an arrival and the note with its id both stay.
fn stand_beside(arrival: &Annotation, there: &Annotation, differing: Differing) -> bool {
    if says_the_same(arrival, there) {
        return false;
    }
    match (differing, arrival.last_touched().cmp(&there.last_touched())) {
        (Differing::Mine, _) => false,
        (_, Ordering::Equal) => true,
        (Differing::Newer, _) => false,
        (Differing::Both, Ordering::Less) => !is_origin_of(arrival, there),
        (Differing::Both, Ordering::Greater) => !is_origin_of(there, arrival),
    }
}

/// True if one is what the other began as: it was never edited, and both were made at the same time.
/// Then the other was edited on one side only, and nothing that anybody wrote is lost with it.
fn is_origin_of(one: &Annotation, other: &Annotation) -> bool {
    one.modified.is_none() && one.created.is_some() && one.created == other.created
}

/// Returns the copies that these arrivals become, each given with the note that is there. One that
/// differs only because it links to a copy was imported before, and becomes none.
fn copies_of(differing: &[Pair<'_>]) -> Copies {
    let order = sorted(differing.len(), &|one, other| {
        differing[one].0.id.cmp(&differing[other].0.id)
    });
    let mut left: Vec<Pair<'_>> = order.into_iter().map(|index| differing[index]).collect();
    let mut copies: Copies = left
        .iter()
        .map(|(arrival, _)| (arrival.id.clone(), arrival.id_beside()))
        .collect();
    loop {
        let count = left.len();
        left.retain(|(arrival, there)| {
            let to_another = |id: &AnnotationId| copy_of(&copies, id).filter(|_| *id != arrival.id);
            let note = following(arrival, &to_another);
            let followed = Annotation {
                note,
                ..(*arrival).clone()
            };
            !says_the_same(&followed, there)
        });
        if left.len() == count {
            return copies;
        }
        let is_left = |id: &AnnotationId| left.binary_search_by(|it| it.0.id.cmp(id)).is_ok();
        copies.retain(|(id, _)| is_left(id));
    }
}

fn copy_of(copies: &Copies, id: &AnnotationId) -> Option<AnnotationId> {
    let at = copies.binary_search_by(|(other, _)| other.cmp(id));
    Some(copies.get(at.ok()?)?.1.clone())
}

/// The words of an arrival with their links leading to copies.
fn following(arrival: &Annotation, copy: &dyn Fn(&AnnotationId) -> Option<AnnotationId>) -> String {
    redirected(&arrival.note, copy).unwrap_or_else(|| arrival.note.clone())
}

impl Annotation {
    /// The id of a copy beside a note with the same id. It follows from the content, so that the same
    /// file makes the same copy again.
    pub(super) fn id_beside(&self) -> AnnotationId {
        AnnotationId::of_content(&format!("{}\n{}", self.id, self.to_record()))
    }
}
