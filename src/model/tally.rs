//! How many notes of an article have which colour, tag, state, kind and maker: what filters offer.

use super::annotation::{Annotation, Colour};
use super::exchange::author;
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
    /// The reader (`None`), then the most frequent name first, then by name; nobody unless a note is
    /// by somebody else.
    pub makers: Vec<(Option<String>, usize)>,
}

impl Tally {
    /// Counts the notes of an article; those that are still looked for have no state. A stated author
    /// can be the reader by name.
    pub fn of(placements: &Placements, is_reader: &dyn Fn(&str) -> bool) -> Self {
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
            tags: counted(notes.iter().flat_map(|(note, _)| &note.tags)),
            states: those_there(&states),
            kinds: those_there(&kinds),
            makers: makers(notes.iter().map(|(note, _)| *note), is_reader),
        }
    }
}

fn those_there<T: Copy>(counted: &[(T, usize)]) -> Vec<(T, usize)> {
    let there = counted.iter().filter(|(_, count)| *count > 0);
    there.copied().collect()
}

/// Counts the notes of each maker.
fn makers<'a>(
    notes: impl Iterator<Item = &'a Annotation>,
    is_reader: &dyn Fn(&str) -> bool,
) -> Vec<(Option<String>, usize)> {
    let (mut own, mut stated) = (0, Vec::new());
    for note in notes {
        match author(&note.extra) {
            Some(name) => stated.push(name),
            None => own += 1,
        }
    }
    let mut makers = Vec::new();
    for (name, count) in counted(stated.iter()) {
        match is_reader(&name) {
            true => own += count,
            false => makers.push((Some(name), count)),
        }
    }
    if own > 0 && !makers.is_empty() {
        makers.insert(0, (None, own));
    }
    makers
}

/// Counts tags or names.
fn counted<'a>(all: impl Iterator<Item = &'a String>) -> Vec<(String, usize)> {
    let all: Vec<&String> = all.collect();
    let mut counted: Vec<(&String, usize)> = Vec::new();
    for index in sorted(all.len(), &|one, other| all[one].cmp(all[other])) {
        match counted.last_mut() {
            Some((name, count)) if *name == all[index] => *count += 1,
            _ => counted.push((all[index], 1)),
        }
    }
    let by_frequency = sorted(counted.len(), &|one, other| {
        counted[other].1.cmp(&counted[one].1)
    });
    let counted = by_frequency.into_iter().map(|index| counted[index]);
    counted.map(|(name, count)| (name.clone(), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::annotation::{AnnotationId, Extra, Target};
    use crate::model::article::ArticleId;

    #[test]
    fn the_most_frequent_tags_come_first_then_by_name() {
        let all = ["b", "a", "c", "c", "a", "d"].map(str::to_owned);
        let tags = counted(all.iter());
        let wanted = [("a", 2), ("c", 2), ("b", 1), ("d", 1)];
        assert_eq!(tags, wanted.map(|(tag, count)| (tag.to_owned(), count)));
        assert_eq!(counted([].iter()), []);
    }

    /// A note that came with this.
    fn note(extra: Extra) -> Annotation {
        Annotation {
            id: AnnotationId::parse("1").expect("an id"),
            article: ArticleId::of_iri("https://example.org/"),
            target: Target::default(),
            more: Vec::new(),
            attached: None,
            note: String::new(),
            tags: Vec::new(),
            colour: Colour::default(),
            created: None,
            modified: None,
            extra,
        }
    }

    fn by(name: &str) -> Annotation {
        note(Extra::of_json(&format!(
            r#"{{"a":{{"creator":"{name}"}}}}"#
        )))
    }

    #[test]
    fn the_reader_comes_before_the_others() {
        let own = || note(Extra::default());
        let counted = |notes: &[Annotation]| {
            let makers = makers(notes.iter(), &|name| name == "Meg");
            let said = |(name, count): (Option<String>, usize)| {
                [name.as_deref().unwrap_or("me"), &count.to_string()].join(" ")
            };
            makers.into_iter().map(said).collect::<Vec<_>>().join(", ")
        };
        let notes = [by("Bo"), own(), by("Ada"), by("Meg"), by("Bo"), by("meg")];
        assert_eq!(counted(&notes), "me 2, Bo 2, Ada 1, meg 1");
        assert_eq!(counted(&[by("Bo")]), "Bo 1");
        // There is nobody to choose among one.
        assert_eq!(counted(&[own(), by("Meg"), note(Extra::of_json("{}"))]), "");
    }
}
