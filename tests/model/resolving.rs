//! Notes on a text other than their own: found, reported, resolved by the reader, undone.

use std::rc::Rc;

use postil::model::anchoring::{Anchor, Candidate, Confidence};
use postil::model::annotation::{Annotation, AnnotationId, Attachment};
use postil::model::article::{Article, Counterpart};
use postil::model::commands;
use postil::model::exchange::Arrivals;
use postil::model::findings::Findings;
use postil::model::notice::Message;
use postil::model::placements::{AnchorStatus, PlacementCounts};
use postil::model::session::{Action, Session};
use postil::model::text::TextRange;

use super::notebook::{Reader, note_on};
use super::strategies::{of_page, of_paragraphs, stamp};

/// The text that the notes were made on, and two later versions of the article.
const OLD: &str = "A quick fox, a lazy dog and a hen.";
const NEW: &str = "A slow fox, a lazy cat, a cat and a hen.";
const NEWEST: &str = "A quick fox, a slow fox, a lazy cat, and no hen.";

fn text(words: &str) -> Article {
    of_paragraphs(&[words])
}

/// Notes on these words of the old text.
fn notes_on(words: &[&str]) -> Vec<Annotation> {
    let old = text(OLD);
    let notes = words.iter().enumerate();
    notes
        .map(|(number, words)| Annotation {
            id: stamp(1_000 + number as u32).id,
            ..note_on(&old, words)
        })
        .collect()
}

/// A reader on the new text with one note, on words of the old one.
fn desk_with(words: &str) -> (Reader, AnnotationId) {
    let notes = notes_on(&[words]);
    let id = notes[0].id.clone();
    (Reader::open(text(NEW), notes), id)
}

/// The number-th place of some words in the open text.
fn place(reader: &Reader, words: &str, number: usize) -> Candidate {
    let mut places = reader.article().text().match_indices(words);
    let (start, _) = places.nth(number).expect("the words are there");
    Candidate {
        range: TextRange::from_usize(start, start + words.len()),
        confidence: Confidence::of_thousandths(700),
    }
}

/// The worker answers with what it found, all of it.
fn find(reader: &mut Reader, found: &[(&AnnotationId, Anchor)]) {
    let found = found.iter();
    let found = found.map(|(id, anchor)| ((*id).clone(), anchor.clone()));
    reader.send(Action::Found {
        digest: reader.article().digest().clone(),
        found: found.collect(),
    });
    reader.is_in_step();
}

/// How a note is shown: its hold and its words, or nothing where it has no place.
fn shown(reader: &Reader, id: &AnnotationId) -> Option<(AnchorStatus, String)> {
    let placed = reader.session.placements.placed_of(id)?;
    let words = placed.range.slice(reader.article().text());
    Some((placed.status, words.unwrap_or_default().to_owned()))
}

fn held(hold: AnchorStatus, words: &str) -> Option<(AnchorStatus, String)> {
    Some((hold, words.to_owned()))
}

/// What was found of a note that has no place.
fn unanchored(reader: &Reader, id: &AnnotationId) -> Option<Anchor> {
    let unanchored = reader.session.placements.unanchored_of(id)?;
    Some(unanchored.anchor.clone())
}

fn is_pending(reader: &Reader, id: &AnnotationId) -> bool {
    let mut pending = reader.session.placements.pending().iter();
    pending.any(|note| note.id == *id)
}

fn keep(reader: &mut Reader, id: &AnnotationId) {
    let (id, at) = (id.clone(), reader.stamp().at);
    let edit = commands::keep(&reader.session, &id, at);
    reader.resolve(edit);
    reader.is_in_step();
}

fn detach(reader: &mut Reader, id: &AnnotationId) {
    let (id, at) = (id.clone(), reader.stamp().at);
    let edit = commands::detach(&reader.session, &id, at);
    reader.resolve(edit);
    reader.is_in_step();
}

#[test]
fn what_stands_beside_an_article_is_not_gone_from_it() {
    let page = text(OLD);
    let notes = notes_on(&["lazy dog"]);
    let id = notes[0].id.clone();
    // The place of the missing words is known: between the fox and the hen.
    for (other, is_beside) in [
        (Counterpart::Page(page.digest().clone()), true),
        (Counterpart::Article(page.digest().clone()), false),
        (Counterpart::Page(text(NEWEST).digest().clone()), false),
    ] {
        let mut reader = Reader::open(
            of_page(&["A quick fox, a hen."], Some(other)),
            notes.clone(),
        );
        let gap = Anchor::Replaced(place(&reader, ", ", 0));
        find(&mut reader, &[(&id, gap)]);
        assert_eq!(unanchored(&reader, &id), is_beside.then(Anchor::orphan));
        let look = reader.session.placements.placement().look;
        assert_eq!(look, usize::from(!is_beside));
    }
}

/// A reader with one note whose words have changed.
fn desk_with_changed() -> (Reader, AnnotationId) {
    let (mut reader, id) = desk_with("quick fox");
    let changed = Anchor::Changed(place(&reader, "slow fox", 0));
    find(&mut reader, &[(&id, changed)]);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Changed, "slow fox"));
    (reader, id)
}

#[test]
fn a_note_is_neither_painted_nor_lost_until_it_was_looked_for() {
    let (reader, id) = desk_with("lazy dog");
    assert!(is_pending(&reader, &id));
    assert_eq!(
        (shown(&reader, &id), unanchored(&reader, &id)),
        (None, None)
    );
    assert_eq!(reader.session.placements.len(), 1);
}

#[test]
fn what_was_found_in_another_text_is_not_heeded() {
    let (mut reader, id) = desk_with("a hen");
    reader.send(Action::Found {
        digest: text(NEWEST).digest().clone(),
        found: vec![(id.clone(), Anchor::orphan())],
    });
    assert!(is_pending(&reader, &id));
    assert!(reader.session.findings.is_empty());
}

/// A finding about a note as it comes back from storage.
fn stored(reader: &Reader, id: &AnnotationId, anchor: &Anchor) -> Findings {
    let (article, note) = (reader.article(), reader.note(id).clone());
    let mut findings = Findings::of(article.digest());
    findings.add(vec![(Rc::new(note), anchor.clone())]);
    let (ids, numbers) = findings.to_numbers(&reader.session.notebook);
    Findings::from_numbers(article.digest(), &ids, &numbers, article.text())
}

#[test]
fn a_note_comes_to_the_place_where_it_was_found_before() {
    let (reader, id) = desk_with("a hen");
    let moved = Anchor::Moved(place(&reader, "a hen", 0));
    let findings = stored(&reader, &id, &moved);
    let note = reader.note(&id).clone();
    // In a new tab the findings come before the note.
    let mut session = Rc::new(Session::default());
    for action in [
        Action::Open {
            article: reader.article().clone().into(),
            notes: Vec::new(),
            message: None,
        },
        Action::Recalled { findings },
        Action::Loaded { notes: vec![note] },
    ] {
        session = session.after(action);
    }
    let placed = session
        .placements
        .placed_of(&id)
        .map(|placed| placed.status);
    assert_eq!(placed, Some(AnchorStatus::Moved));
    assert!(session.placements.pending().is_empty());
}

#[test]
fn a_place_outside_the_text_is_not_believed() {
    let (mut reader, id) = desk_with("a hen");
    let beyond = Anchor::Exact(TextRange::new(10, 10_000));
    let findings = stored(&reader, &id, &beyond);
    reader.send(Action::Recalled { findings });
    assert!(
        is_pending(&reader, &id),
        "what was stored is looked for anew"
    );
    find(&mut reader, &[(&id, beyond)]);
    assert_eq!(unanchored(&reader, &id), Some(Anchor::orphan()));
}

#[test]
fn a_changed_passage_that_is_kept_is_certain_until_that_is_undone() {
    let (mut reader, id) = desk_with_changed();
    let original = reader.note(&id).target.clone();
    keep(&mut reader, &id);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "slow fox"));
    assert_eq!(reader.status(), Some(&Message::Kept));
    assert_eq!(reader.session.chosen.as_ref(), Some(&id));
    reader.send(Action::Undo);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Changed, "slow fox"));
    reader.send(Action::Redo);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "slow fox"));
    assert_eq!(reader.note(&id).target, original);
    reader.is_in_step();
}

#[test]
fn only_what_is_in_doubt_can_be_kept() {
    let (mut reader, id) = desk_with("a hen");
    let moved = Anchor::Moved(place(&reader, "a hen", 0));
    find(&mut reader, &[(&id, moved)]);
    keep(&mut reader, &id);
    assert_eq!(reader.note(&id).attached, None);
    assert_eq!(reader.session.history.to_undo(), None);
}

#[test]
fn a_detached_note_is_listed_with_its_place_as_a_suggestion() {
    let (mut reader, id) = desk_with_changed();
    let suggested = place(&reader, "slow fox", 0);
    let listed = Anchor::Orphan {
        suggestion: Some(suggested),
    };
    detach(&mut reader, &id);
    assert_eq!(unanchored(&reader, &id), Some(listed.clone()));
    assert_eq!(reader.status(), Some(&Message::Detached));
    assert_eq!(reader.session.chosen.as_ref(), Some(&id));
    reader.send(Action::Undo);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Changed, "slow fox"));
    reader.send(Action::Redo);
    assert_eq!(unanchored(&reader, &id), Some(listed));
    keep(&mut reader, &id);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "slow fox"));
    assert_eq!(reader.status(), Some(&Message::Attached));
}

#[test]
fn a_kept_note_can_be_detached() {
    let (mut reader, id) = desk_with_changed();
    keep(&mut reader, &id);
    detach(&mut reader, &id);
    assert_eq!(shown(&reader, &id), None);
    reader.send(Action::Undo);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "slow fox"));
}

#[test]
fn a_note_on_the_very_text_it_was_made_on_cannot_be_detached() {
    let notes = notes_on(&["lazy dog"]);
    let id = notes[0].id.clone();
    let mut reader = Reader::open(text(OLD), notes);
    detach(&mut reader, &id);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "lazy dog"));
    assert_eq!(reader.session.history.to_undo(), None);
}

#[test]
fn a_detached_note_comes_back_only_by_its_own_words() {
    let (mut reader, id) = desk_with_changed();
    detach(&mut reader, &id);
    let notes = vec![reader.note(&id).clone()];
    let mut later = Reader::open(text(NEWEST), notes);
    assert!(is_pending(&later, &id));
    let changed = place(&later, "slow fox", 0);
    find(&mut later, &[(&id, Anchor::Changed(changed))]);
    let suggestion = Some(changed);
    assert_eq!(unanchored(&later, &id), Some(Anchor::Orphan { suggestion }));
    let moved = Anchor::Moved(place(&later, "quick fox", 0));
    find(&mut later, &[(&id, moved)]);
    assert_eq!(shown(&later, &id), held(AnchorStatus::Moved, "quick fox"));
}

#[test]
fn one_of_several_places_can_be_chosen() {
    let (mut reader, id) = desk_with("lazy dog");
    let places = vec![place(&reader, "cat", 0), place(&reader, "cat", 1)];
    find(&mut reader, &[(&id, Anchor::Ambiguous(places.clone()))]);
    assert_eq!(shown(&reader, &id), None);
    let choose = |reader: &mut Reader, index: usize| {
        let (id, at) = (id.clone(), reader.stamp().at);
        let edit = commands::choose_place(&reader.session, &id, index, at);
        reader.resolve(edit);
    };
    choose(&mut reader, 2);
    assert_eq!(shown(&reader, &id), None);
    choose(&mut reader, 1);
    assert_eq!(
        reader.session.placements.range_of(&id),
        Some(places[1].range)
    );
    assert_eq!(reader.session.chosen.as_ref(), Some(&id));
    reader.send(Action::Undo);
    assert_eq!(unanchored(&reader, &id), Some(Anchor::Ambiguous(places)));
    reader.is_in_step();
}

fn attach(reader: &mut Reader, id: &AnnotationId, words: &str) {
    reader.select(words);
    let (id, at) = (id.clone(), reader.stamp().at);
    let edit = commands::attach_to_selection(&reader.session, &id, at);
    reader.resolve(edit);
    reader.is_in_step();
}

#[test]
fn any_note_can_be_attached_to_the_selection() {
    let (mut reader, id) = desk_with("lazy dog");
    attach(&mut reader, &id, "lazy cat");
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "lazy cat"));
    assert_eq!(reader.session.selection, None);
    attach(&mut reader, &id, "slow fox");
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Exact, "slow fox"));
    reader.send(Action::Undo);
    reader.send(Action::Undo);
    assert!(is_pending(&reader, &id), "it has still to be looked for");
}

#[test]
fn a_note_that_is_put_back_on_its_own_passage_has_nothing_beside_it() {
    let notes = notes_on(&["lazy dog"]);
    let (id, original) = (notes[0].id.clone(), notes[0].target.clone());
    let mut reader = Reader::open(text(OLD), notes);
    attach(&mut reader, &id, "a hen");
    assert!(matches!(reader.note(&id).attached, Some(Attachment::At(_))));
    attach(&mut reader, &id, "lazy dog");
    assert_eq!(reader.note(&id).attached, None);
    assert_eq!(reader.note(&id).target, original);
}

#[test]
fn resolving_the_note_that_is_written_is_no_conflict() {
    let (mut reader, id) = desk_with_changed();
    reader.send(Action::Write { id: id.clone() });
    reader.type_words("mine");
    keep(&mut reader, &id);
    reader.save();
    assert_eq!(reader.note(&id).note, "mine");
    assert!(reader.session.notices.alerts().is_empty());
}

#[test]
fn what_was_found_is_kept_while_the_text_is_open() {
    let (mut reader, id) = desk_with_changed();
    reader.send(Action::Remove { id: id.clone() });
    reader.send(Action::Undo);
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Changed, "slow fox"));
    let notes = vec![reader.note(&id).clone()];
    let open = |words: &str| Action::Open {
        article: Rc::new(text(words)),
        notes: notes.clone(),
        message: None,
    };
    reader.send(open(NEW));
    assert_eq!(shown(&reader, &id), held(AnchorStatus::Changed, "slow fox"));
    reader.send(open(NEWEST));
    assert!(is_pending(&reader, &id) && reader.session.findings.is_empty());
}

#[test]
fn the_keys_go_on_from_the_placed_notes_to_those_unanchored() {
    let notes = notes_on(&["a hen", "quick fox", "lazy dog"]);
    let ids: Vec<AnnotationId> = notes.iter().map(|note| note.id.clone()).collect();
    let mut reader = Reader::open(text(NEW), notes);
    let hen = Anchor::Moved(place(&reader, "a hen", 0));
    let found = [(&ids[0], hen), (&ids[1], Anchor::orphan())];
    find(&mut reader, &found);
    let mut step = |forward: bool| {
        reader.send(Action::Step { forward, from: 0 });
        reader.session.chosen.clone()
    };
    assert_eq!(step(true).as_ref(), Some(&ids[0]));
    assert_eq!(step(true).as_ref(), Some(&ids[1]));
    // The third note is still pending and not shown.
    assert_eq!(step(true).as_ref(), Some(&ids[1]));
    assert_eq!(step(false).as_ref(), Some(&ids[0]));
}

/// What the reader tells once everything is found; `stored` is what storage had of it.
fn told(stored: &[bool]) -> (Reader, Option<PlacementCounts>) {
    let notes = notes_on(&["quick fox", "lazy dog", "a hen"]);
    let ids: Vec<AnnotationId> = notes.iter().map(|note| note.id.clone()).collect();
    let mut reader = Reader::open(text(NEW), notes);
    let anchors = [
        Anchor::Changed(place(&reader, "slow fox", 0)),
        Anchor::orphan(),
        Anchor::Moved(place(&reader, "a hen", 0)),
    ];
    for (index, (id, anchor)) in ids.into_iter().zip(anchors).enumerate() {
        assert_eq!(reader.status(), None, "nothing is told before the last one");
        let digest = reader.article().digest().clone();
        let findings = self::stored(&reader, &id, &anchor);
        reader.send(match stored[index] {
            true => Action::Recalled { findings },
            false => Action::Found {
                digest,
                found: vec![(id, anchor)],
            },
        });
    }
    let placement = match reader.status() {
        Some(Message::Placed(placement)) => Some(*placement),
        _ => None,
    };
    (reader, placement)
}

const PLACEMENT: PlacementCounts = PlacementCounts {
    in_place: 0,
    moved: 1,
    changed: 1,
    look: 1,
};

#[test]
fn the_reader_is_told_once_where_the_notes_are() {
    let (mut reader, placement) = told(&[true, false, true]);
    assert_eq!(placement, Some(PLACEMENT));
    let number = reader.session.notices.status().map(|notice| notice.number);
    let id = reader.session.placements.placed()[0].annotation.id.clone();
    find(&mut reader, &[(&id, Anchor::orphan())]);
    let again = reader.session.notices.status().map(|notice| notice.number);
    assert_eq!(again, number, "what comes later is seen, and not told");
}

#[test]
fn the_reader_is_not_told_what_storage_knew() {
    let (reader, placement) = told(&[true, true, true]);
    assert_eq!((placement, reader.status()), (None, None));
}

#[test]
fn a_detached_note_needs_no_second_look() {
    let (mut reader, id) = desk_with_changed();
    detach(&mut reader, &id);
    assert_eq!(
        reader.session.placements.placement(),
        PlacementCounts::default()
    );
}

#[test]
fn what_is_told_of_an_import_goes_on_with_where_its_notes_are() {
    let mut reader = Reader::open(text(NEW), Vec::new());
    let notes = notes_on(&["quick fox"]);
    let id = notes[0].id.clone();
    let arrivals = Arrivals {
        annotations: notes,
        ..Arrivals::default()
    };
    reader.send(Action::import(arrivals, &reader.session, false));
    let changed = Anchor::Changed(place(&reader, "slow fox", 0));
    find(&mut reader, &[(&id, changed)]);
    let Some(Message::Imported(report)) = reader.status() else {
        panic!("the import is still told of");
    };
    let expected = PlacementCounts {
        changed: 1,
        ..PlacementCounts::default()
    };
    assert_eq!((report.added, report.placement), (1, Some(expected)));
    reader.send(Action::Undo);
    reader.is_in_step();
}

#[test]
fn the_places_of_an_ambiguous_note_are_looked_at_one_after_the_other() {
    let (mut reader, id) = desk_with("a lazy dog");
    let places = [place(&reader, "cat", 0), place(&reader, "cat", 1)];
    find(&mut reader, &[(&id, Anchor::Ambiguous(places.to_vec()))]);
    assert_eq!(reader.session.offered(), None, "it is not chosen");
    reader.send(Action::Choose {
        id: Some(id.clone()),
    });
    assert_eq!(reader.session.offered(), Some(places[0].range));
    reader.send(Action::Look { forward: false });
    assert_eq!(reader.session.offered(), Some(places[1].range));
    assert_eq!(reader.status(), Some(&Message::Looking { place: 2, of: 2 }));
    let (index, at) = (reader.session.place, reader.stamp().at);
    let edit = commands::choose_place(&reader.session, &id, index, at);
    reader.resolve(edit);
    assert_eq!(reader.session.offered(), None, "it is resolved");
    assert_eq!(
        reader.session.placements.range_of(&id),
        Some(places[1].range)
    );
    reader.send(Action::Look { forward: true });
    assert_eq!(
        reader.session.offered(),
        None,
        "there is nothing to look at"
    );
}

#[test]
fn a_suggestion_is_not_offered_before_it_is_asked_for() {
    let (mut reader, id) = desk_with("a lazy dog");
    let place = place(&reader, "lazy cat", 0);
    let orphan = Anchor::Orphan {
        suggestion: Some(place),
    };
    find(&mut reader, &[(&id, orphan)]);
    reader.send(Action::Choose { id: Some(id) });
    assert_eq!(reader.session.offered(), None);
    assert_eq!(reader.session.looked_at(), Some(place.range));
}

#[test]
fn the_notes_that_need_a_look_come_one_after_the_other() {
    let notes = notes_on(&["quick", "fox", "lazy dog", "a hen"]);
    let ids: Vec<AnnotationId> = notes.iter().map(|note| note.id.clone()).collect();
    let mut reader = Reader::open(text(NEW), notes);
    let gap = place(&reader, "slow", 0);
    let sure = place(&reader, "fox", 0);
    let found = [
        (&ids[0], Anchor::Replaced(gap)),
        (&ids[1], Anchor::Moved(sure)),
        (&ids[2], Anchor::orphan()),
        (&ids[3], Anchor::orphan()),
    ];
    find(&mut reader, &found);
    detach(&mut reader, &ids[3]);
    let next =
        |after: Option<&AnnotationId>| reader.session.placements.next_to_look_at(after).cloned();
    assert_eq!(next(None), Some(ids[0].clone()));
    assert_eq!(next(Some(&ids[0])), Some(ids[2].clone()));
    assert_eq!(next(Some(&ids[2])), Some(ids[0].clone()));
    assert_eq!(
        next(Some(&ids[1])),
        Some(ids[0].clone()),
        "that one is certain"
    );
}
