//! Annotation sets of Readium, as Thorium writes them and requires them.

use postil::model::anchoring::describe;
use postil::model::annotation::{Annotation, Colour, Extra, Stamp};
use postil::model::article::{Article, Source};
use postil::model::exchange::{EntryFault, Format, NotUnderstood, reading};
use postil::model::text::TextRange;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::exchange_json::{entries, exported, imported, read};
use super::strategies::{annotated, laws, notebook_of, stamp};

/// An article in Markdown.
fn article(markdown: &str) -> Article {
    let input = postil::import::Input {
        bytes: markdown.as_bytes().to_vec(),
        kind: Some(postil::import::Kind::Markdown),
        charset: None,
        source: Source::Address("https://example.org/tides".to_owned()),
        title: None,
    };
    postil::import::read(input).expect("it has words").article
}

/// A note on the first occurrence of words.
fn note_on(article: &Article, words: &str, number: u32) -> Annotation {
    let start = article.text().find(words).expect("the words are there");
    let Stamp { id, at } = stamp(number);
    Annotation {
        id,
        article: article.id(),
        target: describe(article, TextRange::from_usize(start, start + words.len())),
        more: Vec::new(),
        attached: None,
        note: "So".to_owned(),
        tags: vec!["sea".to_owned(), "night".to_owned()],
        colour: Colour::Red,
        created: Some(at),
        modified: None,
        extra: Extra::default(),
    }
}

/// A set as Thorium writes it.
fn set(items: &[Value]) -> String {
    let set = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:0c7e3a52-0f5c-4c1b-a8b7-3c1e0f7b0001",
        "type": "AnnotationSet",
        "generator": {
            "id": "https://github.com/edrlab/thorium-reader/releases/tag/v3.1.0",
            "type": "Software",
            "name": "Thorium 3.1.0",
            "homepage": "https://thorium.edrlab.org",
        },
        "generated": "2024-09-01T10:00:00.000Z",
        "title": "Annotations set",
        "about": {
            "dc:identifier": ["urn:thorium:x", ""],
            "dc:format": "application/epub+zip",
            "dc:title": "Of tides",
            "dc:publisher": [],
            "dc:creator": ["A. Writer"],
            "dc:date": "1865",
        },
        "items": items,
    });
    set.to_string()
}

fn item(number: u8, body: &Value) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:uuid:0c7e3a52-0f5c-4c1b-a8b7-3c1e0f7b10{number:02}"),
        "created": "2024-08-01T10:00:00.000Z",
        "modified": "2024-08-02T10:00:00.000Z",
        "type": "Annotation",
        "body": body,
        "creator": { "id": "urn:uuid:1", "type": "Person", "name": "Ada" },
        "target": {
            "source": "OEBPS/text/chapter1.html",
            "meta": { "headings": [{ "level": 1, "txt": "One" }], "page": "XI" },
            "selector": [
                { "type": "TextQuoteSelector", "exact": "the tides", "prefix": "Of ", "suffix": " at" },
                { "type": "ProgressionSelector", "value": 0.25 },
                { "type": "FragmentSelector", "conformsTo": "http://www.idpf.org/epub/linking/cfi/epub-cfi.html",
                    "value": "epubcfi(/6/4!/4,/2/1:1,/3:4)" },
                { "type": "CssSelector", "value": "#intro", "refinedBy": { "type": "TextPositionSelector", "start": 4, "end": 19 } },
            ],
        },
        "motivation": "highlighting",
    })
}

#[test]
fn a_set_of_thorium_is_read() {
    let body = |value: &str, further: &Value| {
        let mut body = json!({ "type": "TextualBody", "value": value, "format": "text/plain",
            "highlight": "solid" });
        for (name, value) in further.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        body
    };
    let arrivals = read(&set(&[
        item(
            1,
            &body(
                "J’adore !",
                &json!({ "color": "#eb9694", "tag": "teacher" }),
            ),
        ),
        item(2, &body("", &json!({ "color": "blue", "tag": "" }))),
        item(
            3,
            &body("x", &json!({ "color": "pink", "tags": ["a", "b"] })),
        ),
        item(4, &body("x", &json!({ "keyword": "c" }))),
    ]));
    let said = |note: &Annotation| (note.note.clone(), note.tags.join("|"), note.colour);
    let said: Vec<_> = arrivals.annotations.iter().map(said).collect();
    let of = |note: &str, tags: &str, colour| (note.to_owned(), tags.to_owned(), colour);
    assert_eq!(
        said,
        [
            of("J’adore !", "teacher", Colour::Red),
            of("", "", Colour::Blue),
            of("x", "a|b", Colour::Magenta),
            of("x", "c", Colour::Yellow),
        ]
    );
    let first = &arrivals.annotations[0];
    assert_eq!(first.target.words(), Some("the tides"));
    assert_eq!(first.target.source, "OEBPS/text/chapter1.html");
    let modified = first.modified.as_ref().map(|at| &*at.0);
    assert_eq!(modified, Some("2024-08-02T10:00:00.000Z"));
    let extra = first.extra.json().expect("what only Readium knows");
    for kept in ["epubcfi", "\"Ada\"", "\"XI\"", "text/plain", "#intro"] {
        assert!(extra.contains(kept), "{kept}");
    }
    assert!(postil::app::exchange::holds_notes("notes.ann", b""));
    assert!(postil::app::exchange::holds_notes(
        "set",
        set(&[]).as_bytes()
    ));
}

#[test]
fn a_passage_stands_below_its_headings() {
    let article =
        article("# Tides\n\nBefore.\n\n## At day\n\nSun.\n\n## At night\n\n#### Salt\n\nMoon.\n");
    let notes = [note_on(&article, "Before", 1), note_on(&article, "Moon", 2)];
    let written = exported(Format::Readium, &article, &notebook_of(notes));
    let items = entries(&written, "items");
    let headings = |item: &Value| {
        let headings = item["target"]["meta"]["headings"].as_array().cloned();
        let headings = headings.into_iter().flatten();
        let named = headings.map(|heading| format!("{} {}", heading["level"], heading["txt"]));
        named.collect::<Vec<String>>().join(", ")
    };
    assert_eq!(headings(&items[0]), "1 \"Tides\"");
    assert_eq!(
        headings(&items[1]),
        "1 \"Tides\", 2 \"At night\", 4 \"Salt\""
    );
    let body = &items[1]["body"];
    assert_eq!(body["color"], "pink", "there are six colours");
    assert_eq!(body["tags"], json!(["sea", "night"]));
    assert_eq!(body["tag"], "sea");
    let file: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(
        file["about"]["dc:identifier"],
        json!(["https://example.org/tides"])
    );
}

#[test]
fn what_somebody_changed_in_the_file_is_taken() {
    let article = article("# Tides\n\nMoon.\n");
    let note = note_on(&article, "Moon", 1);
    let written = exported(Format::Readium, &article, &notebook_of([note.clone()]));
    let changed = written.replacen("\"color\": \"pink\"", "\"color\": \"blue\"", 1);
    let changed = changed.replacen("\"value\": \"So\"", "\"value\": \"Not so\"", 1);
    let back = imported(&changed);
    let back = back.iter().next().expect("a note");
    assert_eq!((&*back.note, back.colour), ("Not so", Colour::Blue));
    assert_eq!(back.target.digest, note.target.digest);
}

#[test]
fn hostile_sets_are_told_and_the_rest_is_read() {
    let arrivals = read(&set(&[
        json!(5),
        json!({ "type": "Annotation" }),
        item(1, &json!([5, null])),
        item(
            1,
            &json!({ "type": "TextualBody", "value": "later", "postil": 5 }),
        ),
    ]));
    assert_eq!(arrivals.annotations.len(), 2);
    let fault = |entry, why| NotUnderstood { entry, why };
    assert_eq!(
        arrivals.not_understood,
        [
            fault(1, EntryFault::NotAnObject),
            fault(2, EntryFault::NoTarget)
        ]
    );
    for file in [
        set(&[]),
        "{\"type\":\"AnnotationSet\",\"items\":5}".to_owned(),
    ] {
        assert!(reading::decode(&file).is_err(), "{file}");
    }
}

proptest! {
    #![proptest_config(laws(96))]

    /// What the schema of Thorium requires (`annotationModel.type.ts`).
    #[test]
    fn an_export_is_what_thorium_reads((article, notebook) in annotated()) {
        let written = exported(Format::Readium, &article, &notebook);
        let file: Value = serde_json::from_str(&written).expect("JSON");
        prop_assert!(file["id"].as_str().is_some_and(|id| id.starts_with("urn:uuid:")));
        prop_assert_eq!(&file["type"], "AnnotationSet");
        for field in ["id", "type", "name"] {
            prop_assert!(file["generator"][field].is_string());
        }
        prop_assert!(file["about"]["dc:identifier"].is_array() && file["about"]["dc:creator"].is_array());
        for item in entries(&written, "items") {
            prop_assert_eq!(&item["@context"], "http://www.w3.org/ns/anno.jsonld");
            prop_assert_eq!(&item["type"], "Annotation");
            prop_assert!(item["id"].is_string() && item["created"].is_string());
            prop_assert_eq!(&item["body"]["type"], "TextualBody");
            prop_assert!(item["body"]["value"].is_string());
            prop_assert!(item["target"]["source"].is_string() && item["target"]["selector"].is_array());
        }
    }
}
