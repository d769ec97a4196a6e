//! Laws of placements: runs tile a leaf and name exactly the notes that cover them.

use std::collections::HashSet;
use std::rc::Rc;

use postil::model::anchoring::{Anchor, resolved};
use postil::model::annotation::{Annotation, AnnotationId, Colour};
use postil::model::article::Article;
use postil::model::digest::Digest;
use postil::model::findings::Findings;
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::placements::{AnchorStatus, Mark, Placed, Placements};
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::notebook::note_on;
use super::strategies::{annotated, between, findings_of, laws, search};

/// Notes whose passage shares a byte with a range, by linear search.
fn touching(placements: &Placements, range: TextRange) -> Vec<&Placed> {
    let touches = |placed: &&Placed| placed.touches(range);
    placements.placed().iter().filter(touches).collect()
}

fn has_words(placed: &&Placed) -> bool {
    placed.status != AnchorStatus::Replaced
}

fn ids<'a>(placed: impl IntoIterator<Item = &'a Placed>) -> Vec<AnnotationId> {
    placed
        .into_iter()
        .map(|placed| placed.annotation.id.clone())
        .collect()
}

fn found() -> impl Strategy<Value = (Article, Notebook, Findings)> {
    (annotated(), vec(search(), 0..8)).prop_map(|((article, notebook), searches)| {
        let findings = findings_of(&article, &notebook, &searches);
        (article, notebook, findings)
    })
}

fn marked() -> impl Strategy<Value = (Article, Notebook, Placements)> {
    found().prop_map(|(article, notebook, findings)| {
        let placements = Placements::of(&article, &notebook, &findings);
        (article, notebook, placements)
    })
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn runs_tile_each_leaf((article, _, placements) in marked()) {
        for leaf in article.leaves() {
            let mut at = leaf.text.start();
            for run in placements.runs(leaf.text) {
                prop_assert_eq!(run.range.start(), at);
                prop_assert!(!run.range.is_empty());
                at = run.range.end();
            }
            prop_assert_eq!(at, leaf.text.end());
        }
    }

    #[test]
    fn the_notes_of_a_run_are_those_on_all_of_it((article, _, placements) in marked()) {
        for leaf in article.leaves() {
            for run in placements.runs(leaf.text) {
                let whole = TextRange::from_usize(0, article.text().len());
                let mut on_it = placements.marked_within(whole);
                on_it.retain(|placed| placed.range.intersection(run.range).is_some());
                for placed in &on_it {
                    prop_assert_eq!(placed.range.intersection(run.range), Some(run.range));
                }
                let mut known = HashSet::new();
                on_it.retain(|placed| known.insert(&placed.annotation.id));
                let named = on_it.iter().map(|placed| Mark {
                    id: placed.annotation.id.clone(),
                    colour: placed.annotation.colour,
                    changed: placed.status == AnchorStatus::Changed,
                });
                prop_assert_eq!(run.is_changed(), !on_it.is_empty() && on_it.iter().all(|placed| placed.status == AnchorStatus::Changed));
                prop_assert_eq!(run.notes, named.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn runs_are_cut_only_where_a_note_begins_or_ends((article, _, placements) in marked()) {
        for leaf in article.leaves() {
            for pair in placements.runs(leaf.text).windows(2) {
                let at = pair[0].range.end();
                let ends = |placed: &Placed| placed.range.start() == at || placed.range.end() == at;
                let whole = TextRange::from_usize(0, article.text().len());
                prop_assert!(placements.marked_within(whole).into_iter().any(ends));
            }
        }
    }

    #[test]
    fn within_is_the_filter((article, _, placements) in marked(), one: Index, other: Index) {
        let range = between(article.text(), &one, &other);
        prop_assert_eq!(ids(placements.within(range)), ids(touching(&placements, range)));
    }

    #[test]
    fn every_note_of_the_article_is_placed_unanchored_or_pending((article, notebook, findings) in found()) {
        let placements = Placements::of(&article, &notebook, &findings);
        let mut all: Vec<AnnotationId> = placements.annotations().map(|note| note.id.clone()).collect();
        all.sort();
        prop_assert!(all.iter().eq(notebook.iter().map(|note| &note.id)), "each is there once");
        for placed in placements.placed() {
            prop_assert_eq!(placements.range_of(&placed.annotation.id), Some(placed.range));
        }
        for unanchored in placements.unanchored() {
            prop_assert_eq!(unanchored.anchor.range(), None);
            prop_assert_eq!(placements.index_of(&unanchored.annotation.id), None);
        }
        for pending in placements.pending() {
            prop_assert_eq!(resolved(&article, pending), None);
            prop_assert_eq!(findings.get(pending), None);
        }
        prop_assert!(placements.placed().is_sorted_by_key(|placed| placed.range));
    }

    #[test]
    fn what_the_reader_has_said_goes_before_what_was_found((article, notebook, findings) in found()) {
        let placements = Placements::of(&article, &notebook, &findings);
        for note in notebook.iter() {
            if note.is_detached_from(article.digest()) {
                let unanchored = placements.unanchored_of(&note.id).map(|unanchored| &unanchored.anchor);
                prop_assert!(matches!(unanchored, Some(Anchor::Orphan { .. })), "a detached note is never painted");
            } else if let Some(Anchor::Exact(range)) = resolved(&article, note) {
                let placed = placements.placed_of(&note.id).map(|placed| (placed.range, placed.status));
                prop_assert_eq!(placed, Some((range, AnchorStatus::Exact)));
            }
        }
    }

    #[test]
    fn every_gap_is_in_one_leaf((article, _, placements) in marked(), cut: Index) {
        let leaves = article.leaves().len();
        let cut = cut.index(leaves + 1);
        let gaps = [placements.gaps(&article, 0..cut), placements.gaps(&article, cut..leaves)].concat();
        let replaced = placements.placed().iter().filter(|placed| !has_words(placed));
        let replaced: Vec<&AnnotationId> = replaced.map(|placed| &placed.annotation.id).collect();
        prop_assert_eq!(gaps.iter().map(|gap| &gap.annotation.id).collect::<Vec<_>>(), replaced);
        for gap in gaps {
            let leaf = article.leaves()[gap.leaf].text;
            prop_assert!(leaf.start() <= gap.byte && gap.byte <= leaf.end());
            prop_assert!(placements.runs(leaf).iter().all(|run| run.notes.iter().all(|mark| mark.id != gap.annotation.id)));
        }
    }

    #[test]
    fn the_numbers_of_the_keys_are_the_placed_notes_and_those_unanchored((_, _, placements) in marked()) {
        let placed = placements.placed().iter().map(|placed| &placed.annotation);
        let listed: Vec<_> = placed.chain(placements.unanchored().iter().map(|unanchored| &unanchored.annotation)).collect();
        for (number, note) in listed.iter().enumerate() {
            prop_assert_eq!(placements.number_of(&note.id), Some(number));
            prop_assert_eq!(placements.numbered(number), Some(*note));
        }
        prop_assert_eq!(placements.numbered(usize::MAX), listed.last().copied());
        for pending in placements.pending() {
            prop_assert_eq!(placements.number_of(&pending.id), None);
        }
    }
}

/// A text of many words, and a note on each word.
fn crowded() -> (Article, Vec<Annotation>) {
    let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
    let article = Article::verbatim(&words.join(" "));
    let notes = words.iter().map(|word| Annotation {
        id: AnnotationId::of_content(word),
        ..note_on(&article, word)
    });
    (article.clone(), notes.collect())
}

#[test]
fn many_changes_at_once_place_every_note_as_if_all_were_placed_anew() {
    let (article, notes) = crowded();
    let add = |notes: &[Annotation]| {
        let notes = notes.iter().cloned().map(Rc::new);
        Transaction {
            intent: Intent::Import,
            changes: notes.map(Change::add).collect(),
        }
    };
    let findings = Findings::of(article.digest());
    let first = add(&notes[..30]);
    let notebook = Notebook::default().apply(&first).expect("new ids");
    let placements = Placements::default().after(&article, &findings, &first.changes);
    assert_eq!(placements, Placements::of(&article, &notebook, &findings));

    // Ten go, ten get another colour and an unknown place, thirty come; one changes twice.
    let present: Vec<Rc<Annotation>> = notebook.iter().cloned().collect();
    let mut changes: Vec<Change> = present[..10].iter().cloned().map(Change::remove).collect();
    for note in &present[10..20] {
        let mut other = (**note).clone();
        other.colour = Colour::Red;
        other.target.digest = Some(Digest::of("another text"));
        changes.extend(Change::replace(note.clone(), Rc::new(other)));
    }
    changes.extend(add(&notes[30..]).changes);
    let mut last = notes[59].clone();
    last.colour = Colour::Blue;
    changes.extend(Change::replace(Rc::new(notes[59].clone()), Rc::new(last)));
    let news = changes
        .iter()
        .map(|change| (change.id().clone(), change.after().cloned()));
    let (notebook, _) = notebook.received(news);
    let placements = placements.after(&article, &findings, &changes);
    assert_eq!(placements, Placements::of(&article, &notebook, &findings));
    assert_eq!(
        (placements.placed().len(), placements.pending().len()),
        (40, 10)
    );
    assert_eq!(
        notebook.get(&notes[59].id).map(|note| note.colour),
        Some(Colour::Blue)
    );
}
