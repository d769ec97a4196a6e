//! Laws of tags and of edits of many notes.

use std::rc::Rc;

use postil::model::annotation::{Annotation, Colour, Timestamp};
use postil::model::folding::Native;
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::notice::Message;
use postil::model::session::Action;
use postil::model::tagging::{self, Counted, counted, offered};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;

use super::notebook::{Reader, note_on};
use super::strategies::{id, laws, notebook_of, of_paragraphs, stamp};

fn key(tag: &str) -> String {
    tagging::key_of(tag, &Native)
}

/// Tags of which some are forms of each other.
const TAGS: [&str; 12] = [
    "law",
    "Law",
    "LAW",
    "law school",
    "Café",
    "cafe\u{301}",
    "CAFÉ",
    "Straße",
    "STRASSE",
    "字典",
    "Moss, Ida",
    "",
];

fn now() -> Timestamp {
    stamp(7).at
}

fn notes() -> impl Strategy<Value = Vec<Rc<Annotation>>> {
    let tags = vec(vec(select(&TAGS[..]), 0..5), 0..8);
    tags.prop_map(|all| {
        let note = note_on(&of_paragraphs(&["words"]), "words");
        let tagged = |(number, tags): (usize, Vec<&str>)| {
            Rc::new(Annotation {
                id: id(number as u128),
                tags: tags.into_iter().map(str::to_owned).collect(),
                ..note.clone()
            })
        };
        all.into_iter().enumerate().map(tagged).collect()
    })
}

fn book(notes: &[Rc<Annotation>]) -> Notebook {
    notebook_of(notes.iter().map(|note| (**note).clone()))
}

fn made(before: &Notebook, changes: &[Change]) -> (Notebook, Transaction) {
    let edit = Transaction {
        intent: Intent::RenameTag,
        changes: changes.to_vec(),
    };
    (before.apply(&edit).expect("it fits"), edit)
}

fn has(note: &Annotation, tag: &str) -> bool {
    note.tags.iter().any(|other| key(other) == key(tag))
}

/// The tags of a note apart from all forms of some.
fn others<'a>(note: &'a Annotation, but: &[&str]) -> Vec<&'a String> {
    let tags = note.tags.iter();
    tags.filter(|tag| but.iter().all(|but| key(but) != key(tag)))
        .collect()
}

proptest! {
    #![proptest_config(laws(96))]

    #[test]
    fn a_renamed_tag_is_nowhere_left_and_nothing_else_changes(
        notes in notes(), from in select(&TAGS[..]), to in select(&TAGS[..]),
    ) {
        let before = book(&notes);
        let changes = tagging::rename(&notes, from, to, &now(), &key);
        let (after, edit) = made(&before, &changes);
        prop_assert_eq!(after.apply(&edit.invert()), Ok(before.clone()));
        prop_assert_eq!(after.len(), before.len());
        for (one, other) in before.iter().zip(after.iter()) {
            prop_assert_eq!(&one.id, &other.id);
            prop_assert!(key(from) == key(to) || !has(other, from));
            prop_assert_eq!(others(one, &[from, to]), others(other, &[from, to]));
            if has(one, from) {
                let put: Vec<&String> = other.tags.iter().filter(|tag| key(tag) == key(to)).collect();
                prop_assert_eq!(put, [to]);
            } else {
                prop_assert_eq!(one, other);
            }
        }
    }

    #[test]
    fn a_tag_is_taken_off_in_every_form(notes in notes(), tag in select(&TAGS[..])) {
        let before = book(&notes);
        let (after, edit) = made(&before, &tagging::remove_tag(&notes, tag, &now(), &key));
        prop_assert_eq!(after.apply(&edit.invert()), Ok(before.clone()));
        for (one, other) in before.iter().zip(after.iter()) {
            prop_assert!(!has(other, tag));
            prop_assert_eq!(others(one, &[tag]), others(other, &[]));
        }
    }

    #[test]
    fn tags_are_added_once_and_after_the_others(notes in notes(), tag in select(&TAGS[..])) {
        let before = book(&notes);
        let (after, _) = made(&before, &tagging::add_tags(&notes, &[tag.to_owned()], &now(), &key));
        for (one, other) in before.iter().zip(after.iter()) {
            prop_assert!(has(other, tag) && other.tags.starts_with(&one.tags));
            prop_assert_eq!(other.tags.len() - one.tags.len(), usize::from(!has(one, tag)));
        }
    }

    #[test]
    fn counts_are_right_and_in_order(notes in notes()) {
        let is_here = |note: &Annotation| note.id.as_str().ends_with(['0', '2', '4', '6']);
        let tags = counted(&notes, &is_here, &key);
        for tag in &tags {
            let with: Vec<_> = notes.iter().filter(|note| has(note, &tag.tag)).collect();
            prop_assert_eq!(tag.notes, with.len());
            prop_assert_eq!(tag.here, with.iter().filter(|note| is_here(note)).count());
            prop_assert!(with.iter().any(|note| note.tags.contains(&tag.tag)));
            prop_assert_eq!(&tag.key, &key(&tag.tag));
        }
        let listed = |tag: &String| tags.iter().filter(|known| known.key == key(tag)).count() == 1;
        prop_assert!(notes.iter().flat_map(|note| &note.tags).all(listed));
        let order = |tag: &Counted| (std::cmp::Reverse(tag.notes), tag.key.clone());
        prop_assert!(tags.is_sorted_by_key(order));
    }

    #[test]
    fn many_notes_are_recoloured_by_one_edit(notes in notes(), colour in select(&Colour::ALL[..])) {
        let before = book(&notes);
        let changes = tagging::recolour(&notes, colour, &now());
        let (after, edit) = made(&before, &changes);
        prop_assert!(after.iter().all(|note| note.colour == colour));
        prop_assert_eq!(after.apply(&edit.invert()), Ok(before.clone()));
        let (none, _) = made(&before, &tagging::remove(&notes));
        prop_assert!(none.is_empty());
    }
}

fn known(tags: &[(&str, usize)]) -> Vec<Counted> {
    let known = |(tag, notes): &(&str, usize)| Counted {
        tag: (*tag).to_owned(),
        key: key(tag),
        notes: *notes,
        here: 0,
    };
    tags.iter().map(known).collect()
}

#[test]
fn what_is_typed_is_completed_by_known_tags() {
    let known = known(&[
        ("law", 9),
        ("to read", 7),
        ("Café", 5),
        ("Law school", 3),
        ("claw", 1),
    ]);
    let fold = |words: &str| key(words).nfd().filter(char::is_ascii).collect::<String>();
    let offer = |words: &str, present: &[&str]| {
        let present: Vec<String> = present.iter().map(|tag| (*tag).to_owned()).collect();
        let offered = offered(&known, words, &present, &key, &fold);
        let tags = offered.into_iter().map(|index| known[index].tag.clone());
        tags.collect::<Vec<_>>()
    };
    assert_eq!(offer("la", &[]), ["law", "Law school"]);
    assert_eq!(offer("la", &["LAW"]), ["Law school"]);
    assert_eq!(offer("CAFE", &[]), ["Café"]);
    assert_eq!(offer("rea", &[]), ["to read"]);
    // What is a tag already comes first, and alone it is nothing to complete.
    assert_eq!(offer("law school", &[]), ["Law school"]);
    assert_eq!(offer("law", &[]), ["law", "Law school"]);
    assert_eq!(offer("claw", &[]), [""; 0]);
    assert_eq!(offer("", &[]).len(), known.len());
}

#[test]
fn notes_are_copied_as_plain_text() {
    let article = of_paragraphs(&["words stand here"]);
    let with = |words: &str, note: &str| {
        Rc::new(Annotation {
            note: note.to_owned(),
            ..note_on(&article, words)
        })
    };
    let notes = [with("words", "First."), with("here", "")];
    assert_eq!(tagging::as_text(&notes), "“words”\nFirst.\n\n“here”");
    assert_eq!(tagging::as_text(&[]), "");
}

#[test]
fn an_edit_of_notes_elsewhere_is_one_step_of_the_history() {
    let article = of_paragraphs(&["words stand here"]);
    let there = of_paragraphs(&["other words"]);
    let tagged = |article, words, number| Annotation {
        id: id(number),
        tags: vec!["Law".to_owned()],
        ..note_on(article, words)
    };
    let (here, elsewhere) = (tagged(&article, "words", 1), tagged(&there, "other", 2));
    let notes = vec![here.clone(), elsewhere.clone()];
    let mut reader = Reader::open(article, notes);
    let all = [Rc::new(here.clone()), Rc::new(elsewhere.clone())];
    let changes = tagging::rename(&all, "law", "Rechte", &now(), &key);
    let edit = tagging::edit(Intent::RenameTag, changes).expect("both have it");
    reader.send(Action::Edit {
        edit,
        known: vec![elsewhere.clone()],
        part_of: None,
    });
    assert_eq!(reader.note(&here.id).tags, ["Rechte"]);
    assert_eq!(reader.note(&elsewhere.id).tags, ["Rechte"]);
    let told = reader.session.notices.status().expect("it is told");
    let intent = Intent::RenameTag;
    assert_eq!(told.message, Message::Changed { intent, notes: 2 });
    reader.send(Action::Undo);
    assert_eq!(*reader.note(&here.id), here);
    assert_eq!(*reader.note(&elsewhere.id), elsewhere);
}

#[test]
fn parts_of_an_edit_are_taken_back_together() {
    let article = of_paragraphs(&["words stand here"]);
    let numbered = |words, number| Annotation {
        id: id(number),
        ..note_on(&article, words)
    };
    let notes = vec![
        numbered("words", 1),
        numbered("stand", 2),
        numbered("here", 3),
    ];
    let mut reader = Reader::open(article.clone(), notes.clone());
    let before = reader.session.notebook.clone();
    let part = |reader: &mut Reader, note: &Annotation, part_of| {
        let changes = tagging::recolour(&[Rc::new(note.clone())], Colour::Blue, &now());
        reader.send(Action::Edit {
            edit: tagging::edit(Intent::Recolour, changes).expect("it was yellow"),
            known: Vec::new(),
            part_of,
        });
        reader.session.history.to_undo().cloned()
    };
    let whole = part(&mut reader, &notes[0], None);
    let whole = part(&mut reader, &notes[1], whole);
    let told = reader.session.notices.status().expect("it is told");
    let intent = Intent::Recolour;
    assert_eq!(told.message, Message::Changed { intent, notes: 2 });
    reader.send(Action::Undo);
    assert_eq!(reader.session.notebook, before);
    // What was taken back goes on no more.
    part(&mut reader, &notes[2], whole);
    assert_eq!(reader.session.notebook, before);
}
