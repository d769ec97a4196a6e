//! How many notes of an article have which colour, tag, state and kind: what filters offer.

use super::annotation::{Annotation, Colour};
use super::order::sorted;
use super::placements::Placements;
use super::query::{Kind, State};

/// A note, and the state of its anchor if it is known.
type Noted<'a> = (&'a Annotation, Option<State>);

/// Numbers of notes by what a filter can choose; what no note has is not listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// In the order of [`Colour::ALL`].
    pub colours: Vec<(Colour, usize)>,
    /// The most frequent first, then by name.
    pub tags: Vec<(String, usize)>,
    /// In the order of [`State::ALL`].
    pub states: Vec<(State, usize)>,
    /// In the order of [`Kind::ALL`].
    pub kinds: Vec<(Kind, usize)>,
}

impl Tally {
    /// Counts the notes of an article; those that are still looked for have no state.
    pub fn of(placements: &Placements) -> Self {
        let placed = placements.placed().iter();
        let placed = placed.map(|placed| (&*placed.annotation, Some(State::of_placed(placed))));
        let unanchored = placements.unanchored().iter().map(|unanchored| {
            let state = State::of_unanchored(unanchored);
            (&*unanchored.annotation, Some(state))
        });
        let pending = placements.pending().iter().map(|note| (&**note, None));
        let notes: Vec<Noted<'_>> = placed.chain(unanchored).chain(pending).collect();
        let count =
            |has: &dyn Fn(&Noted<'_>) -> bool| notes.iter().filter(|note| has(note)).count();
        let colours = Colour::ALL.map(|one| (one, count(&|(note, _)| note.colour == one)));
        let states = State::ALL.map(|one| (one, count(&|(_, state)| *state == Some(one))));
        let kinds = Kind::ALL.map(|one| (one, count(&|(note, _)| Kind::of(note) == one)));
        Self {
            colours: those_there(&colours),
            tags: tags(notes.iter().flat_map(|(note, _)| &note.tags)),
            states: those_there(&states),
            kinds: those_there(&kinds),
        }
    }
}

fn those_there<T: Copy>(counted: &[(T, usize)]) -> Vec<(T, usize)> {
    let there = counted.iter().filter(|(_, count)| *count > 0);
    there.copied().collect()
}

/// Counts tags.
fn tags<'a>(all: impl Iterator<Item = &'a String>) -> Vec<(String, usize)> {
    let all: Vec<&String> = all.collect();
    let mut counted: Vec<(&String, usize)> = Vec::new();
    for index in sorted(all.len(), &|one, other| all[one].cmp(all[other])) {
        match counted.last_mut() {
            Some((tag, count)) if *tag == all[index] => *count += 1,
            _ => counted.push((all[index], 1)),
        }
    }
    let by_frequency = sorted(counted.len(), &|one, other| {
        counted[other].1.cmp(&counted[one].1)
    });
    let tags = by_frequency.into_iter().map(|index| counted[index]);
    tags.map(|(tag, count)| (tag.clone(), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_tags_come_first_then_by_name() {
        let all = ["b", "a", "c", "c", "a", "d"].map(str::to_owned);
        let counted = tags(all.iter());
        let wanted = [("a", 2), ("c", 2), ("b", 1), ("d", 1)];
        assert_eq!(counted, wanted.map(|(tag, count)| (tag.to_owned(), count)));
        assert_eq!(tags([].iter()), []);
    }
}
