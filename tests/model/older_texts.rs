//! Placing: which older texts help, which may go, which notes come first, and what is impossible.

use std::rc::Rc;

use postil::model::annotation::{Annotation, Attachment};
use postil::model::article::Article;
use postil::model::digest::Digest;
use postil::model::failure::Failure;
use postil::model::notice::Message;
use postil::model::older_texts::{helpful, nearest_first, needless, needs, wanted};
use postil::model::placements::PlacementCounts;
use postil::model::session::Action;
use proptest::collection::vec;
use proptest::prelude::*;

use super::notebook::{Reader, note_on};
use super::strategies::{laws, of_paragraphs, stamp};

const NONE: [usize; 0] = [];
/// The texts of an article, oldest first; the last one is open.
const TEXTS: [&str; 4] = ["A fox.", "A fox ran.", "A fox ran off.", "Off ran a fox."];

fn text(number: usize) -> Article {
    of_paragraphs(&[TEXTS[number]]).as_version_of("urn:test:fox")
}

fn digests() -> Vec<Digest> {
    (0..4).map(|number| text(number).digest().clone()).collect()
}

/// A note on "fox" in the text with this number.
fn note(number: usize) -> Annotation {
    Annotation {
        id: stamp(1_000 + number as u32).id,
        ..note_on(&text(number), "fox")
    }
}

fn numbers_of(some: &[Digest]) -> Vec<usize> {
    let all = digests();
    let number = |one: &Digest| all.iter().position(|other| other == one);
    some.iter().filter_map(number).collect()
}

/// Numbers of the texts that help to place notes made on these texts.
fn help(made_on: &[usize]) -> Vec<usize> {
    let notes: Vec<Rc<Annotation>> = made_on.iter().map(|n| Rc::new(note(*n))).collect();
    let all = digests();
    numbers_of(&helpful(&all, &all[3], &notes))
}

/// Numbers of the texts that can be deleted while these are needed.
fn go(needed: &[usize]) -> Vec<usize> {
    let all = digests();
    let is_needed = |text: &Digest| needed.iter().any(|number| all[*number] == *text);
    numbers_of(&needless(&all, &all[3], is_needed))
}

#[test]
fn texts_help_from_the_first_that_a_note_was_made_on() {
    assert_eq!(help(&[]), NONE);
    assert_eq!(help(&[2]), [2]);
    assert_eq!(help(&[1]), [1, 2]);
    assert_eq!(help(&[2, 0]), [0, 1, 2]);
    assert_eq!(help(&[3]), NONE);
}

#[test]
fn texts_before_the_first_that_is_needed_may_go() {
    assert_eq!(go(&[]), [0, 1, 2]);
    assert_eq!(go(&[1]), [0]);
    assert_eq!(go(&[2, 1]), [0]);
    assert_eq!(go(&[0]), NONE);
    assert_eq!(go(&[3]), [0, 1, 2]);
}

#[test]
fn of_many_texts_only_those_with_notes_help() {
    let versions: Vec<Digest> = (0..40).map(|n: u32| Digest::of(&n.to_string())).collect();
    let on = |number: usize| {
        let mut note = note(0);
        note.target.digest = Some(versions[number].clone());
        Rc::new(note)
    };
    let of = |notes: &[Rc<Annotation>]| helpful(&versions, &versions[39], notes);
    assert_eq!(
        of(&[on(3), on(30)]),
        [versions[3].clone(), versions[30].clone()]
    );
    let many: Vec<_> = (0..39).map(on).collect();
    assert_eq!(of(&many), versions[31..39]);
}

#[test]
fn a_note_that_was_put_elsewhere_is_looked_for_there_first() {
    let mut note = note(0);
    assert_eq!(wanted(&note), (&note.target, None));
    let put = note_on(&text(2), "off").target;
    note.attached = Some(Attachment::At(put.clone()));
    assert_eq!(wanted(&note), (&put, Some(&note.target)));
    let notes = [Rc::new(note)];
    let all = digests();
    assert_eq!(numbers_of(&helpful(&all, &all[3], &notes)), [0, 1, 2]);
}

#[test]
fn a_text_is_needed_as_long_as_an_edit_can_be_taken_back() {
    let mut reader = Reader::open(text(3), vec![note(0), note(1)]);
    let id = text(3).id();
    let needed = |reader: &Reader| {
        let all = digests();
        let texts = all.iter().filter(|text| needs(&reader.session, &id, text));
        numbers_of(&texts.cloned().collect::<Vec<_>>())
    };
    assert_eq!(needed(&reader), [0, 1]);
    reader.send(Action::Remove { id: note(0).id });
    assert_eq!(needed(&reader), [0, 1]);
    // Opened again, and the edit forgotten.
    let reader = Reader::open(text(3), vec![note(1)]);
    assert_eq!(needed(&reader), [1]);
}

#[test]
fn what_is_given_up_is_not_kept_and_can_be_looked_for_again() {
    let mut reader = Reader::open(text(3), vec![note(0), note(1)]);
    let digest = text(3).digest().clone();
    let why = || Failure::NotLoaded;
    let other = text(2).digest().clone();
    reader.send(Action::GiveUp {
        digest: other,
        why: why(),
    });
    assert_eq!(reader.session.placements.pending().len(), 2);
    reader.send(Action::GiveUp { digest, why: why() });
    let session = reader.session.clone();
    assert_eq!(
        (
            session.placements.pending().len(),
            session.placements.unanchored().len()
        ),
        (0, 2)
    );
    let kept = session.findings.to_numbers(&session.notebook);
    assert_eq!(kept, (Vec::new(), Vec::new()));
    let told = &session.notices.alerts()[0].message;
    assert_eq!(
        *told,
        Message::NotPlaced {
            notes: 2,
            why: why()
        }
    );
    reader.send(Action::LookAgain);
    assert_eq!(reader.session.placements.pending().len(), 2);
    assert!(reader.session.notices.alerts().is_empty());
}

#[test]
fn the_notes_of_an_article_that_is_a_version_move_and_go_back() {
    let alone = of_paragraphs(&[TEXTS[2]]);
    let mut reader = Reader::open(alone.clone(), vec![note_on(&alone, "fox")]);
    reader.send(Action::Open {
        article: Rc::new(text(2)),
        notes: vec![note(0)],
        message: None,
    });
    assert_eq!(reader.session.placements.len(), 1);
    reader.send(Action::MoveNotes { from: alone.id() });
    assert_eq!(reader.session.placements.len(), 2);
    let expected = PlacementCounts {
        in_place: 1,
        ..PlacementCounts::default()
    };
    assert_eq!(reader.session.placements.placement(), expected);
    reader.send(Action::Undo);
    assert_eq!(reader.session.placements.len(), 1);
    reader.send(Action::Redo);
    assert_eq!(reader.session.placements.len(), 2);
    // Nothing is left to move.
    let before = reader.session.history.clone();
    reader.send(Action::MoveNotes { from: alone.id() });
    assert_eq!(reader.session.history, before);
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn the_nearest_notes_come_first(starts in vec(0..1_000_u32, 0..20), from in 0..1_000_u32) {
        let notes: Vec<Rc<Annotation>> = starts.iter().map(|start| {
            let mut note = note(0);
            note.target.position = Some(postil::model::text::CodePointRange::new(*start, start + 1));
            Rc::new(note)
        }).collect();
        let distance = |note: &Rc<Annotation>| note.target.position.map(|at| at.start().abs_diff(from));
        let sorted = nearest_first(&notes, from);
        prop_assert!(sorted.is_sorted_by_key(distance));
        prop_assert_eq!(sorted.len(), notes.len());
    }
}
