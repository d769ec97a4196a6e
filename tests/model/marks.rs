//! Laws of marks: runs tile a leaf and name exactly the notes on them.

use postil::model::anchoring::locate;
use postil::model::annotation::AnnotationId;
use postil::model::article::Article;
use postil::model::marks::{Marks, Placed};
use postil::model::notebook::Notebook;
use postil::model::text::TextRange;
use proptest::prelude::*;
use proptest::sample::Index;

use super::strategies::{annotated, between, laws};

/// The notes whose passage has a byte in a range, found one by one.
fn touching(marks: &Marks, range: TextRange) -> Vec<&Placed> {
    let touches = |placed: &&Placed| placed.range.intersection(range).is_some();
    marks.placed().iter().filter(touches).collect()
}

fn ids<'a>(placed: impl IntoIterator<Item = &'a Placed>) -> Vec<AnnotationId> {
    placed
        .into_iter()
        .map(|placed| placed.annotation.id.clone())
        .collect()
}

fn marked() -> impl Strategy<Value = (Article, Notebook, Marks)> {
    annotated().prop_map(|(article, notebook)| {
        let marks = Marks::of(&article, &notebook);
        (article, notebook, marks)
    })
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn runs_tile_each_leaf((article, _, marks) in marked()) {
        for leaf in article.leaves() {
            let mut at = leaf.text.start();
            for run in marks.runs(leaf.text) {
                prop_assert_eq!(run.range.start(), at);
                prop_assert!(!run.range.is_empty());
                at = run.range.end();
            }
            prop_assert_eq!(at, leaf.text.end());
        }
    }

    #[test]
    fn the_notes_of_a_run_are_those_on_all_of_it((article, _, marks) in marked()) {
        for leaf in article.leaves() {
            for run in marks.runs(leaf.text) {
                let on_it = touching(&marks, run.range);
                for placed in &on_it {
                    prop_assert_eq!(placed.range.intersection(run.range), Some(run.range));
                }
                let named = on_it.iter().map(|placed| (placed.annotation.id.clone(), placed.annotation.colour));
                prop_assert_eq!(run.notes, named.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn runs_are_cut_only_where_a_note_begins_or_ends((article, _, marks) in marked()) {
        for leaf in article.leaves() {
            for pair in marks.runs(leaf.text).windows(2) {
                let at = pair[0].range.end();
                let ends = |placed: &Placed| placed.range.start() == at || placed.range.end() == at;
                prop_assert!(marks.placed().iter().any(ends));
            }
        }
    }

    #[test]
    fn within_is_the_filter((article, _, marks) in marked(), one: Index, other: Index) {
        let range = between(article.text(), &one, &other);
        prop_assert_eq!(ids(marks.within(range)), ids(touching(&marks, range)));
    }

    #[test]
    fn every_note_of_the_article_is_placed_or_adrift((article, notebook, marks) in marked()) {
        prop_assert_eq!(marks.len(), notebook.len());
        for placed in marks.placed() {
            prop_assert_eq!(locate(&article, &placed.annotation.target).range(), Some(placed.range));
            prop_assert_eq!(marks.range_of(&placed.annotation.id), Some(placed.range));
        }
        for adrift in marks.adrift() {
            prop_assert_eq!(adrift.anchor.range(), None);
            prop_assert_eq!(marks.index_of(&adrift.annotation.id), None);
        }
        prop_assert!(marks.placed().is_sorted_by_key(|placed| placed.range));
    }
}
