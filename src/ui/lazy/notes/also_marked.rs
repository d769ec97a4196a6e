//! Says on a card that another reader has marked the same passage.

use yew::prelude::*;

use crate::model::annotation::Annotation;
use crate::model::exchange::{answered, author};
use crate::model::placements::Placed;
use crate::ui::say;

/// Most notes on one passage that are looked at, on each side of a note.
const LOOKED_AT: usize = 8;

/// Returns what is said on the card of the note with this index among those that have a place, in
/// order: notes on the same passage are beside it.
pub fn also_marked(placed: &[Placed], index: usize) -> Option<AttrValue> {
    let own = placed.get(index)?;
    let is_beside = |other: &&Placed| other.range == own.range;
    let before = placed[..index].iter().rev().take_while(is_beside);
    let after = placed[index + 1..].iter().take_while(is_beside);
    let others = before.take(LOOKED_AT).chain(after.take(LOOKED_AT));
    let others: Vec<&Annotation> = others.map(|other| &*other.annotation).collect();
    // Most notes are alone on their passages, and nothing is read for them.
    if others.is_empty() || answered(&own.annotation.extra).is_some() {
        return None;
    }
    // An answer is on the passage of what it answers, and says that itself.
    let others = others.into_iter();
    let others = others.filter(|other| answered(&other.extra).is_none());
    let own = author(&own.annotation.extra);
    let mut others = others.map(|other| author(&other.extra));
    let other = others.find(|other| *other != own)?;
    Some(match other {
        Some(name) => say!(card.also_marked_by)(&name).into(),
        None => say!(card.marked_by_both).into(),
    })
}
