//! Passages whose ends a reader moves: what becomes of the note, and what Undo takes back.

use std::rc::Rc;

use postil::model::annotation::{Annotation, AnnotationId, Attachment, Extra};
use postil::model::commands;
use postil::model::notebook::Intent;
use postil::model::session::Action;
use postil::model::text::TextRange;

use super::notebook::{Reader, note_on};
use super::strategies::of_paragraphs;

const WORDS: &str = "A quick fox, a lazy dog and a hen.";

fn reading() -> Reader {
    Reader::open(of_paragraphs(&[WORDS]), Vec::new())
}

fn move_to(reader: &mut Reader, id: &AnnotationId, words: &str) {
    let start = reader.article().text().find(words).expect("they are there");
    let range = TextRange::from_usize(start, start + words.len());
    let at = reader.stamp().at;
    let edit = commands::move_to(&reader.session, id, range, at);
    reader.resolve(edit);
    reader.is_in_step();
}

fn words(reader: &Reader, id: &AnnotationId) -> String {
    let range = reader.session.placements.range_of(id).expect("a place");
    range
        .slice(reader.article().text())
        .expect("words")
        .to_owned()
}

#[test]
fn a_moved_passage_is_described_anew() {
    let mut reader = reading();
    reader.select("fox");
    let id = reader.highlight();
    move_to(&mut reader, &id, "quick fox, a lazy");
    assert_eq!(words(&reader, &id), "quick fox, a lazy");
    let note = reader.note(&id).clone();
    let made_so = note_on(reader.article(), "quick fox, a lazy");
    assert_eq!(note.target, made_so.target);
    assert_eq!(note.attached, None);
    assert!(note.modified.is_some());
    assert_eq!(reader.session.chosen.as_ref(), Some(&id));
}

#[test]
fn one_undo_takes_back_all_steps_in_a_row() {
    let mut reader = reading();
    reader.select("fox");
    let id = reader.highlight();
    let before = reader.note(&id).clone();
    for passage in ["fox, a", "fox, a lazy", "fox, a lazy dog"] {
        move_to(&mut reader, &id, passage);
    }
    reader.send(Action::Undo);
    assert_eq!(reader.note(&id), &before);
    reader.send(Action::Redo);
    assert_eq!(words(&reader, &id), "fox, a lazy dog");
    reader.send(Action::Undo);
    reader.send(Action::Undo);
    assert!(reader.session.notebook.get(&id).is_none());
    reader.is_in_step();
}

#[test]
fn steps_of_another_note_or_after_another_edit_are_edits_of_their_own() {
    let mut reader = reading();
    reader.select("fox");
    let fox = reader.highlight();
    reader.select("hen");
    let hen = reader.highlight();
    move_to(&mut reader, &fox, "quick fox");
    move_to(&mut reader, &hen, "a hen");
    move_to(&mut reader, &fox, "A quick fox");
    reader.send(Action::Undo);
    assert_eq!(words(&reader, &fox), "quick fox");
    assert_eq!(words(&reader, &hen), "a hen");
    // A step after an Undo goes on from there, and is taken back alone.
    move_to(&mut reader, &hen, "and a hen");
    reader.send(Action::Undo);
    let intent = |reader: &Reader| reader.session.history.to_undo().map(|edit| edit.intent);
    assert_eq!(intent(&reader), Some(Intent::Move));
    assert_eq!(words(&reader, &hen), "hen");
    assert_eq!(words(&reader, &fox), "quick fox");
}

#[test]
fn to_where_it_is_nothing_moves() {
    let mut reader = reading();
    reader.select("fox");
    let id = reader.highlight();
    move_to(&mut reader, &id, "fox");
    let last = reader.session.history.to_undo().expect("the highlight");
    assert_eq!(last.intent, Intent::Highlight);
}

#[test]
fn what_another_program_wrote_of_the_passage_stays_true() {
    let article = of_paragraphs(&[WORDS]);
    let foreign = Annotation {
        extra: Extra::of_json(r#"{"selectors":[]}"#),
        ..note_on(&article, "fox")
    };
    let (id, target) = (foreign.id.clone(), foreign.target.clone());
    let mut reader = Reader::open(article, vec![foreign]);
    move_to(&mut reader, &id, "quick fox");
    assert_eq!(words(&reader, &id), "quick fox");
    let note = Rc::new(reader.note(&id).clone());
    assert_eq!(note.target, target);
    assert!(matches!(note.attached, Some(Attachment::At(_))));
    // Back where it was, it needs no attachment.
    move_to(&mut reader, &id, "fox");
    assert_eq!(reader.note(&id).attached, None);
}
