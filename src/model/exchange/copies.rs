//! Arrivals that stand beside a note with the same id: they are copies with ids of their own, and
//! the links of the same file to them follow.

use super::{Arrivals, says_the_same};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::links::redirected;
use crate::model::order::sorted;

/// The ids of arrivals that become copies, each with that of its copy, by id.
type Copies = Vec<(AnnotationId, AnnotationId)>;

impl Arrivals {
    /// Gives each arrival the id of a copy if the note with its id is as old and says something else,
    /// and has links to it lead to the copy. `present` returns the note that has an id.
    pub fn part_from_present(&mut self, present: &dyn Fn(&AnnotationId) -> Option<Annotation>) {
        let differing = self.annotations.iter().filter_map(|arrival| {
            let there = present(&arrival.id)?;
            let differs = !says_the_same(arrival, &there);
            (differs && arrival.last_touched() == there.last_touched()).then_some((arrival, there))
        });
        let differing: Vec<(&Annotation, Annotation)> = differing.collect();
        let copies = copies_of(&differing);
        if copies.is_empty() {
            return;
        }
        for arrival in &mut self.annotations {
            let id = copy_of(&copies, &arrival.id);
            let there = present(&arrival.id).filter(|_| id.is_none());
            // What is there already is not to be changed.
            if !there.is_some_and(|there| says_the_same(arrival, &there)) {
                arrival.note = following(arrival, &|id| copy_of(&copies, id));
            }
            if let Some(id) = id {
                arrival.id = id;
            }
        }
        self.keep_each_once();
    }
}

/// Returns the copies that these arrivals become, each given with the note that is there. One that
/// differs only because it links to a copy was imported before, and becomes none.
fn copies_of(differing: &[(&Annotation, Annotation)]) -> Copies {
    let order = sorted(differing.len(), &|one, other| {
        differing[one].0.id.cmp(&differing[other].0.id)
    });
    let mut left: Vec<(&Annotation, &Annotation)> = order
        .into_iter()
        .map(|index| (differing[index].0, &differing[index].1))
        .collect();
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
