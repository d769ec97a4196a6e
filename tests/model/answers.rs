//! Laws of answers: notes on the passage of another note, which they name.

use postil::model::annotation::{Annotation, AnnotationId, Colour};
use postil::model::article::{Article, ArticleId};
use postil::model::commands;
use postil::model::exchange::{Differing, Format, answered};
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::session::{Action, Session};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::exchange_json::{exported, imported, read};
use super::exchange_losses::as_held;
use super::exchange_schema::MUSTS;
use super::notebook::Reader;
use super::strategies::{annotated, laws, notebook_of, of_paragraphs, seed, stamp};

/// The formats that keep which note is answered.
const FORMATS: [Format; 5] = [
    Format::WebAnnotation,
    Format::AnnotationList,
    Format::Hypothesis,
    Format::Readium,
    Format::Csv,
];
const PAGE: &str = "https://pages.example/tides";

/// The notebook with an answer to each of its notes, and an answer to each answer.
fn answered_twice(article: &Article, notebook: &Notebook) -> Notebook {
    let mut session = Session {
        article: Some(article.clone().into()),
        notebook: notebook.clone().into(),
        ..Session::default()
    };
    for round in 0..2 {
        let ids: Vec<AnnotationId> = session
            .notebook
            .iter()
            .map(|note| note.id.clone())
            .collect();
        for (number, id) in ids.iter().enumerate() {
            let number = u32::try_from(round * 1000 + number).expect("they are few");
            let stamp = stamp(900_000 + number);
            let answer = commands::answer(&session, id, stamp).expect("the note is there");
            let notebook = session.notebook.apply(&answer).expect("its id is fresh");
            session.notebook = notebook.into();
        }
    }
    (*session.notebook).clone()
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn answers_go_out_and_come_back_as_answers((article, notebook) in annotated()) {
        prop_assume!(!notebook.is_empty());
        let notebook = answered_twice(&article, &notebook);
        for format in FORMATS {
            let file = exported(format, &article, &notebook);
            let expected = notebook_of(notebook.iter().map(|note| as_held(format, note)));
            let read = imported(&file);
            prop_assert_eq!(&read, &expected);
            prop_assert_eq!(exported(format, &article, &read), file);
        }
        MUSTS.hold(&exported(Format::WebAnnotation, &article, &notebook));
        let list = exported(Format::AnnotationList, &article, &notebook);
        for annotation in serde_json::from_str::<Vec<Value>>(&list).expect("it is a list") {
            prop_assert_eq!(MUSTS.breach(&annotation), None, "{:#}", annotation);
        }
    }

    #[test]
    fn an_answer_is_where_the_other_note_is((article, notebook) in annotated()) {
        let both = answered_twice(&article, &notebook);
        for note in both.iter() {
            let Some(other) = answered(&note.extra) else {
                prop_assert!(notebook.get(&note.id).is_some());
                continue;
            };
            let other = both.get(&other).expect("it is there");
            prop_assert_eq!(&note.article, &other.article);
            prop_assert_eq!(&note.target, &other.target);
            prop_assert_eq!(&note.attached, &other.attached);
            prop_assert_eq!(note.colour, Colour::Grey);
            prop_assert!(note.is_bare() && note.more.is_empty());
        }
    }

    #[test]
    fn a_reply_that_names_only_a_note_is_on_its_passage(seed in seed()) {
        let article = of_paragraphs(&["Of the tides at night", "and of those by day"]);
        let note = Annotation { more: Vec::new(), ..seed.plant(&article) };
        prop_assume!(article.id() == note.article);
        let id = note.id.clone();
        let file = exported(Format::AnnotationList, &article, &notebook_of([note]));
        let mut entries: Vec<Value> = serde_json::from_str(&file).expect("it is a list");
        let target = entries[0]["id"].clone();
        // In any order, and with a reply to the reply.
        entries.insert(0, reply("urn:x:second", &json!("urn:x:first")));
        entries.insert(0, reply("urn:x:first", &target));
        let notes = imported(&Value::from(entries).to_string());
        let note = notes.get(&id).expect("the note");
        for (reply, other) in [("urn:x:first", id.as_str()), ("urn:x:second", "urn:x:first")] {
            let reply = found(&notes, reply);
            prop_assert_eq!(answered(&reply.extra), AnnotationId::parse(other).ok());
            prop_assert_eq!(&reply.article, &note.article);
            prop_assert_eq!(&reply.target, &note.target);
            prop_assert_eq!(&reply.attached, &note.attached);
            prop_assert_eq!(&reply.note, "Words");
        }
    }
}

/// A reply of another program.
fn reply(id: &str, target: &Value) -> Value {
    json!({ "id": id, "type": "Annotation", "motivation": "replying", "target": target,
        "body": { "type": "TextualBody", "value": "Words" } })
}

fn found<'a>(notes: &'a Notebook, id: &str) -> &'a Annotation {
    let id = AnnotationId::parse(id).expect("an id");
    notes.get(&id).expect("the note is there")
}

fn note_on_page() -> Value {
    json!({ "id": "https://notes.example/1", "type": "Annotation",
        "target": { "source": PAGE, "selector": { "type": "TextQuoteSelector", "exact": "the tides" } } })
}

#[test]
fn replies_of_others_are_on_the_passage_of_what_they_answer() {
    let (one, other) = ("https://notes.example/1", "urn:x:reply");
    let resource = json!({ "id": one, "type": "Annotation", "title": "The first" });
    let first = note_on_page();
    let passage = first["target"].clone();
    for target in [
        json!(one),
        json!([one]),
        resource,
        json!([one, passage]),
        json!([passage, one]),
    ] {
        let notes = imported(&json!([reply(other, &target), first]).to_string());
        let (note, reply) = (found(&notes, one), found(&notes, other));
        assert_eq!(answered(&reply.extra), Some(note.id.clone()), "{target}");
        assert_eq!(reply.target, note.target, "{target}");
        assert_eq!(reply.article, ArticleId::of_iri(PAGE), "{target}");
        // It is written with the passage first, and read as the same.
        let article = of_paragraphs(&["Of the tides at night"]);
        let file = exported(Format::WebAnnotation, &article, &notes);
        MUSTS.hold(&file);
        let again = imported(&file);
        assert_eq!(exported(Format::WebAnnotation, &article, &again), file);
        let reply = found(&again, other);
        assert_eq!(answered(&reply.extra), Some(note.id.clone()), "{target}");
        assert_eq!(reply.quoted(), Some("the tides"), "{target}");
        let kept = target
            .get("title")
            .is_none_or(|_| file.contains("The first"));
        assert!(kept, "{file}");
    }
}

#[test]
fn replies_to_what_is_not_in_the_file_stay_what_they_are() {
    let missing = reply("urn:x:1", &json!("urn:x:elsewhere"));
    let circle = [
        reply("urn:x:2", &json!("urn:x:3")),
        reply("urn:x:3", &json!("urn:x:2")),
        reply("urn:x:4", &json!("urn:x:4")),
        // Not a reply.
        json!({ "id": "urn:x:5", "type": "Annotation", "target": "urn:x:1" }),
    ];
    let file: Vec<Value> = circle.into_iter().chain([missing]).collect();
    let arrivals = read(&Value::from(file).to_string());
    let sources = arrivals.annotations.iter().map(|note| &*note.target.source);
    let sources: Vec<&str> = sources.collect();
    let expected = [
        "urn:x:3",
        "urn:x:2",
        "urn:x:4",
        "urn:x:1",
        "urn:x:elsewhere",
    ];
    assert_eq!(sources, expected);
    let answers = arrivals
        .annotations
        .iter()
        .any(|note| answered(&note.extra).is_some());
    assert!(!answers);
}

#[test]
fn a_long_chain_of_replies_takes_no_longer_for_each() {
    let id = |number: usize| format!("urn:x:{number}");
    let replies = (1..20_000)
        .rev()
        .map(|number| reply(&id(number), &json!(id(number - 1))));
    let mut file: Vec<Value> = replies.collect();
    let mut first = note_on_page();
    first["id"] = id(0).into();
    file.push(first);
    let notes = imported(&Value::from(file).to_string());
    assert!(notes.iter().all(|note| note.quoted() == Some("the tides")));
}

#[test]
fn answers_follow_a_note_that_becomes_a_copy() {
    let (one, other) = ("https://notes.example/1", "urn:x:reply");
    let file = json!([note_on_page(), reply(other, &json!(one))]).to_string();
    let mut arrivals = read(&file);
    let present = Annotation {
        note: "Other words".to_owned(),
        ..arrivals.annotations[0].clone()
    };
    arrivals.settle(None);
    let copies = arrivals
        .part_from_present(&|id| (*id == present.id).then_some((&present, Differing::Both)));
    let [(_, copy)] = &copies[..] else {
        panic!("{copies:?}")
    };
    let notes = notebook_of(arrivals.annotations);
    let reply = found(&notes, other);
    assert_eq!(answered(&reply.extra).as_ref(), Some(copy));
    assert_eq!(reply.target, notes.get(copy).expect("the copy").target);
}

/// A reader of an article with one note, and the note.
fn reader() -> (Reader, Annotation) {
    let article = of_paragraphs(&["Of the tides at night"]);
    let (mut notes, file) = (Vec::new(), json!([note_on_page()]).to_string());
    for mut note in read(&file).annotations {
        note.article = article.id();
        notes.push(note);
    }
    let note = notes[0].clone();
    (Reader::open(article, notes), note)
}

fn begin_answer(reader: &mut Reader, id: &AnnotationId) -> AnnotationId {
    let stamp = reader.stamp();
    let begun = stamp.id.clone();
    let edit = commands::answer(&reader.session, id, stamp).expect("the note is there");
    reader.send(Action::Edit {
        edit,
        known: Vec::new(),
        part_of: None,
    });
    let writing = reader.session.writing.as_ref();
    assert!(writing.is_some_and(|writing| writing.base.id == begun && writing.fresh));
    begun
}

#[test]
fn an_answer_without_words_is_taken_back_and_one_with_words_stays() {
    let (mut reader, note) = reader();
    let begun = begin_answer(&mut reader, &note.id);
    reader.send(Action::Leave);
    assert!(reader.session.notebook.get(&begun).is_none());
    assert!(reader.session.history.to_undo().is_none());
    let begun = begin_answer(&mut reader, &note.id);
    reader.send(Action::Typed {
        note: "Not at noon".to_owned(),
        tags: String::new(),
    });
    let stamp = reader.stamp();
    reader.send(Action::Save { stamp });
    assert_eq!(answered(&reader.note(&begun).extra), Some(note.id.clone()));
    // The answer stays where it is when the other note goes, and still says which it was.
    reader.send(Action::Remove {
        id: note.id.clone(),
    });
    assert_eq!(answered(&reader.note(&begun).extra), Some(note.id));
    for _ in 0..3 {
        reader.send(Action::Undo);
    }
    assert!(reader.session.notebook.get(&begun).is_none());
    assert_eq!(reader.session.notebook.len(), 1);
}

#[test]
fn there_is_no_answer_to_a_note_that_is_gone() {
    let (reader, note) = reader();
    let gone = Change::remove(note.into());
    let mut session = (*reader.session).clone();
    let edit = Transaction::one(Intent::Remove, gone.clone());
    session.notebook = session.notebook.apply(&edit).expect("it was there").into();
    assert!(commands::answer(&session, gone.id(), stamp(7)).is_none());
}
