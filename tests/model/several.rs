//! Notes on several passages: what becomes of each of them.

use postil::model::anchoring::locate;
use postil::model::annotation::{Annotation, AnnotationId};
use postil::model::article::Article;
use postil::model::commands;
use postil::model::exchange::w3c::{decode, encode};
use postil::model::exchange::{Arrivals, Export};
use postil::model::notebook::Intent;
use postil::model::session::Action;
use postil::model::text::TextRange;
use serde_json::{Value, json};

use super::notebook::Reader;
use super::strategies::{of_paragraphs, stamp};

const WORDS: &str =
    "A quick fox is seen at dawn, a lazy dog lies by the gate, and one grey hen crosses the yard.";
const EDITED: &str =
    "Some say that a quick fox is seen at dawn, and one grey hen crosses the yard.";

fn reading() -> Reader {
    Reader::open(of_paragraphs(&[WORDS]), Vec::new())
}

fn add(reader: &mut Reader, id: &AnnotationId, words: &str) {
    reader.select(words);
    let at = reader.stamp().at;
    let edit = commands::add_passages(&reader.session, id, at);
    reader.resolve(edit);
    reader.is_in_step();
}

/// The words that are marked in the article for a note, in order.
fn marked(reader: &Reader, id: &AnnotationId) -> Vec<String> {
    let text = reader.article().text();
    let runs = reader
        .session
        .placements
        .runs(TextRange::from_usize(0, text.len()));
    let of_it = runs
        .iter()
        .filter(|run| run.notes.iter().any(|mark| mark.id == *id));
    let words = of_it.map(|run| run.range.slice(text).unwrap_or_default().to_owned());
    words.collect()
}

/// Finds what is sought, as the worker does.
fn find_all(reader: &mut Reader) {
    let sought = reader.session.placements.sought();
    let found = sought.iter();
    let found = found.map(|note| (note.id.clone(), locate(reader.article(), note.sought())));
    reader.send(Action::Found {
        digest: reader.article().digest().clone(),
        found: found.collect(),
    });
    reader.is_in_step();
}

#[test]
fn passages_are_added_once_each_and_taken_off() {
    let mut reader = reading();
    reader.select("quick fox");
    let id = reader.highlight();
    add(&mut reader, &id, "lazy dog");
    add(&mut reader, &id, "grey hen");
    assert_eq!(marked(&reader, &id), ["quick fox", "lazy dog", "grey hen"]);
    assert_eq!(reader.session.placements.len(), 1);
    assert_eq!(reader.session.chosen.as_ref(), Some(&id));
    let three = reader.note(&id).clone();
    for again in ["quick fox", "lazy dog"] {
        add(&mut reader, &id, again);
        assert_eq!(*reader.note(&id), three);
    }
    let at = reader.stamp().at;
    let edit = commands::remove_passage(&reader.session, &id, 0, at);
    reader.resolve(edit);
    assert_eq!(marked(&reader, &id), ["quick fox", "grey hen"]);
    for expected in [
        &["quick fox", "lazy dog", "grey hen"][..],
        &["quick fox", "lazy dog"],
        &["quick fox"],
    ] {
        reader.send(Action::Undo);
        reader.is_in_step();
        assert_eq!(marked(&reader, &id), expected);
    }
    assert_eq!(
        reader.session.history.to_redo().map(|edit| edit.intent),
        Some(Intent::AddPassage)
    );
    let nonsense = reader.stamp().at;
    let edit = commands::remove_passage(&reader.session, &id, 7, nonsense);
    reader.resolve(edit);
    assert_eq!(marked(&reader, &id), ["quick fox"]);
}

#[test]
fn a_note_on_several_selected_passages_is_one_note() {
    let mut reader = reading();
    let range = |words: &str| {
        let start = WORDS.find(words).expect("they are there");
        TextRange::from_usize(start, start + words.len())
    };
    let stamp = reader.stamp();
    reader.send(Action::SelectSeveral {
        ranges: vec![range("lazy dog"), range("quick fox")],
    });
    reader.send(Action::AddNote { stamp });
    let id = reader.session.chosen.clone().expect("it is chosen");
    reader.type_words("both animals");
    reader.save();
    assert_eq!(reader.session.notebook.len(), 1);
    assert_eq!(marked(&reader, &id), ["quick fox", "lazy dog"]);
    assert!(reader.note(&id).texts().any(|text| text.contains("lazy")));
    reader.send(Action::Remove { id: id.clone() });
    assert!(marked(&reader, &id).is_empty());
    reader.is_in_step();
}

/// A reader on the edited text, with a note on three passages of the old one.
fn reading_edited() -> (Reader, AnnotationId) {
    let mut reader = reading();
    reader.select("quick fox is seen");
    let id = reader.highlight();
    add(&mut reader, &id, "a lazy dog lies by the gate");
    add(&mut reader, &id, "one grey hen crosses");
    let note = reader.note(&id).clone();
    (Reader::open(of_paragraphs(&[EDITED]), vec![note]), id)
}

#[test]
fn each_passage_is_found_again_or_said_to_be_missing() {
    let (mut reader, id) = reading_edited();
    let missing = |reader: &Reader| {
        let placements = &reader.session.placements;
        placements.missing(reader.note(&id))
    };
    assert_eq!(reader.session.placements.sought().len(), 3);
    assert_eq!(missing(&reader), 0, "nobody has looked yet");
    find_all(&mut reader);
    assert!(reader.session.placements.is_complete());
    assert_eq!(
        marked(&reader, &id),
        ["quick fox is seen", "one grey hen crosses"]
    );
    assert_eq!(missing(&reader), 1);
    // What was found is not looked for again.
    let (ids, numbers) = reader.session.findings.to_numbers(&reader.session.notebook);
    assert_eq!(ids.len(), 3);
    let mut later = Reader::open(of_paragraphs(&[EDITED]), vec![reader.note(&id).clone()]);
    let article = later.article();
    let findings = postil::model::findings::Findings::from_numbers(
        article.digest(),
        &ids,
        &numbers,
        article.text(),
    );
    later.send(Action::Recalled { findings });
    assert!(later.session.placements.is_complete());
    assert_eq!(marked(&later, &id), marked(&reader, &id));
    // Nor after the search has failed, until a reader asks for it.
    let (mut failed, _) = reading_edited();
    failed.send(Action::GiveUp {
        digest: failed.article().digest().clone(),
        why: postil::model::failure::Failure::NotLoaded,
    });
    assert!(failed.session.placements.is_complete());
    assert_eq!(failed.session.placements.missing(failed.note(&id)), 2);
}

#[test]
fn a_passage_can_be_added_in_the_edited_text() {
    let (mut reader, id) = reading_edited();
    find_all(&mut reader);
    add(&mut reader, &id, "Some say");
    assert_eq!(
        marked(&reader, &id),
        ["Some say", "quick fox is seen", "one grey hen crosses"]
    );
    assert!(reader.session.placements.is_complete());
    let texts: Vec<bool> = reader
        .note(&id)
        .more
        .iter()
        .map(|target| target.digest.as_ref() == Some(reader.article().digest()))
        .collect();
    assert_eq!(texts, [false, false, true]);
}

fn exported(article: &Article, reader: &Reader) -> Value {
    let file = encode(&Export {
        article,
        placements: &reader.session.placements,
        colour_names: &Default::default(),
        template: None,
        wording: &Default::default(),
        read_note: &Article::verbatim,
        stamp: stamp(0),
    });
    serde_json::from_str(&file).expect("JSON")
}

fn imported(file: &Value) -> Annotation {
    let Arrivals { annotations, .. } = decode(&file.to_string()).expect("a file of notes");
    annotations.into_iter().next().expect("a note")
}

#[test]
fn a_file_has_a_target_for_each_passage() {
    let mut reader = reading();
    reader.select("quick fox");
    let id = reader.highlight();
    add(&mut reader, &id, "lazy dog");
    add(&mut reader, &id, "grey hen");
    let article = reader.article().clone();
    let file = exported(&article, &reader);
    let targets = file["first"]["items"][0]["target"]
        .as_array()
        .expect("targets")
        .clone();
    let exact = |target: &Value| target["selector"][0]["exact"].clone();
    let quotes: Vec<Value> = targets.iter().map(exact).collect();
    assert_eq!(quotes, ["quick fox", "lazy dog", "grey hen"]);
    let back = imported(&file);
    assert_eq!(back.more.len(), 2);
    let again = Reader::open(article.clone(), vec![back]);
    assert_eq!(marked(&again, &id), ["quick fox", "lazy dog", "grey hen"]);
    assert_eq!(exported(&article, &again), file);
}

#[test]
fn the_targets_of_other_programs_are_passages_and_stay_as_they_were() {
    let article = of_paragraphs(&[WORDS]);
    let target = |words: &str, further: Value| {
        let mut target = json!({
            "source": article.iri(),
            "selector": [
                { "type": "XPathSelector", "value": format!("//p[. = '{words}']") },
                { "type": "TextQuoteSelector", "exact": words },
            ],
        });
        if let Some(fields) = further.as_object() {
            target
                .as_object_mut()
                .expect("an object")
                .extend(fields.clone());
        }
        target
    };
    let second = target("lazy dog", json!({ "renderedVia": "urn:theirs" }));
    let elsewhere = json!({ "source": "https://example.org/other", "selector": { "type": "TextQuoteSelector", "exact": "x" } });
    let file = json!({
        "type": "Annotation",
        "id": "urn:other:1",
        "target": [target("quick fox", json!({})), second, elsewhere],
    });
    let note = imported(&file);
    let id = note.id.clone();
    let quotes = note
        .more
        .iter()
        .map(|target| target.words().unwrap_or_default());
    assert_eq!(quotes.collect::<Vec<_>>(), ["lazy dog"]);
    let mut reader = Reader::open(article.clone(), vec![note]);
    find_all(&mut reader);
    assert_eq!(marked(&reader, &id), ["quick fox", "lazy dog"]);
    let targets =
        |reader: &Reader| exported(&article, reader)["first"]["items"][0]["target"].clone();
    let written = targets(&reader);
    assert!(written.as_array().expect("targets").contains(&second));
    assert!(written.as_array().expect("targets").contains(&elsewhere));
    let count = |written: &Value, words: &str| {
        written
            .to_string()
            .matches(&format!("\"exact\":\"{words}\""))
            .count()
    };
    assert_eq!(count(&written, "lazy dog"), 1);
    // Once it is taken off, it is in no file.
    let at = reader.stamp().at;
    let edit = commands::remove_passage(&reader.session, &id, 0, at);
    reader.resolve(edit);
    assert_eq!(count(&targets(&reader), "lazy dog"), 0);
    assert_eq!(count(&targets(&reader), "x"), 1);
}

#[test]
fn more_targets_than_anybody_marks_are_only_kept() {
    let article = of_paragraphs(&[WORDS]);
    let target = |number: usize| json!({ "source": article.iri(), "selector": { "type": "TextQuoteSelector", "exact": format!("word {number}") } });
    for (count, taken) in [(500, 500), (501, 0)] {
        let file = json!({
            "type": "Annotation",
            "id": "urn:other:1",
            "target": (0..=count).map(target).collect::<Vec<Value>>(),
        });
        let note = imported(&file);
        assert_eq!(note.more.len(), taken);
        let mut reader = Reader::open(article.clone(), vec![note]);
        find_all(&mut reader);
        let back = exported(&article, &reader);
        let targets = back["first"]["items"][0]["target"].as_array().map(Vec::len);
        assert_eq!(targets, Some(count + 1));
    }
}
