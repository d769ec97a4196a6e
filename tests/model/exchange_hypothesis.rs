//! Files of the Hypothesis client and answers of its API, in their exact shape.

use postil::model::annotation::{Annotation, AnnotationId, Colour, Timestamp};
use postil::model::article::ArticleId;
use postil::model::exchange::Format;
use postil::model::text::utf16_len;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::exchange_json::{entries, exported, imported, read};
use super::strategies::{annotated, laws, notebook_of, of_paragraphs};

/// The address of the page that they are on.
pub const PAGE: &str = "https://example.org/tides";

/// An annotation as the API gives it, with these fields instead of its own.
pub fn annotation(id: &str, fields: &Value) -> Value {
    let mut annotation = json!({
        "id": id,
        "created": "2024-05-06T07:08:09.123456+00:00",
        "updated": "2024-05-06T07:08:09.123456+00:00",
        "user": "acct:ada_b@hypothes.is",
        "user_info": { "display_name": null },
        "uri": PAGE,
        "text": "A *note*",
        "tags": ["sea", "to read"],
        "group": "__world__",
        "hidden": false,
        "flagged": false,
        "permissions": {
            "read": ["group:__world__"],
            "admin": ["acct:ada_b@hypothes.is"],
            "update": ["acct:ada_b@hypothes.is"],
            "delete": ["acct:ada_b@hypothes.is"],
        },
        "document": { "title": ["Of tides"] },
        "links": {
            "html": "https://hypothes.is/a/x",
            "incontext": "https://hyp.is/x/example.org/tides",
            "json": "https://hypothes.is/api/annotations/x",
        },
        "target": [{
            "source": PAGE,
            "selector": [
                {
                    "type": "RangeSelector",
                    "startContainer": "/div[1]/p[2]",
                    "startOffset": 3,
                    "endContainer": "/div[1]/p[2]",
                    "endOffset": 12,
                },
                { "type": "TextPositionSelector", "start": 1203, "end": 1212 },
                { "type": "TextQuoteSelector", "exact": "the tides", "prefix": "Of ", "suffix": " at night" },
            ],
        }],
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        annotation[name] = value.clone();
    }
    annotation
}

/// A file of the client.
pub fn file(annotations: &[Value]) -> String {
    let file = json!({
        "export_date": "2024-06-01T10:11:12.000Z",
        "export_userid": "acct:ada_b@hypothes.is",
        "client_version": "1.1423.0",
        "annotations": annotations,
    });
    file.to_string()
}

#[test]
fn an_annotation_comes_with_its_author_and_dates() {
    let edited = json!({ "updated": "2024-05-07T00:00:00.000000+00:00" });
    let arrivals = read(&file(&[
        annotation("AbC-_1", &json!({})),
        annotation("AbC-_2", &edited),
    ]));
    let note = &arrivals.annotations[0];
    assert_eq!(note.id, AnnotationId::parse("AbC-_1").expect("an id"));
    assert_eq!(note.article, ArticleId::of_iri(PAGE));
    assert_eq!(note.note, "A *note*");
    assert_eq!(note.tags, ["sea", "to read"]);
    assert_eq!(note.colour, Colour::Yellow);
    let at = note.created.as_ref().map(|at| &*at.0);
    assert_eq!(at, Some("2024-05-06T07:08:09.123456+00:00"));
    assert_eq!(note.modified, None, "it was never edited");
    assert!(arrivals.annotations[1].modified.is_some());
    let quote = note.target.quote.as_ref().expect("a passage");
    assert_eq!(
        (&*quote.prefix, &*quote.exact, &*quote.suffix),
        ("Of ", "the tides", " at night")
    );
    assert_eq!(note.target.digest, None, "its position is in no known text");
    let extra = note.extra.json().expect("what only its own program knows");
    for kept in [
        "acct:ada_b@hypothes.is",
        "group:__world__",
        "/div[1]/p[2]",
        "hyp.is",
    ] {
        assert!(extra.contains(kept), "{kept}");
    }
}

#[test]
fn everything_that_came_is_written_back() {
    let group = json!({
        "group": "ab12",
        "hidden": true,
        "permissions": { "read": ["group:ab12"], "update": [], "delete": [] },
        "new_field": { "a": [1, null] },
    });
    let came = annotation("AbC-_1", &group);
    let notebook = imported(&file(std::slice::from_ref(&came)));
    let article = of_paragraphs(&["Of the tides at night"]);
    let written = exported(Format::Hypothesis, &article, &notebook);
    let mut back = entries(&written, "annotations").remove(0);
    let fields = back.as_object_mut().expect("an object");
    assert!(fields.remove("postil").is_some());
    let selectors = |entry: &Value| {
        let selectors = entry["target"][0]["selector"].as_array().cloned();
        selectors.expect("selectors").len()
    };
    assert_eq!(selectors(&back), selectors(&came));
    let by_kind = |entry: &Value, kind: &str| {
        let selectors = entry["target"][0]["selector"].as_array().cloned();
        let mut selectors = selectors.into_iter().flatten();
        selectors.find(|selector| selector["type"] == kind)
    };
    for kind in ["RangeSelector", "TextPositionSelector", "TextQuoteSelector"] {
        assert_eq!(by_kind(&back, kind), by_kind(&came, kind));
    }
    back["target"] = came["target"].clone();
    assert_eq!(back, came);
    let file: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(file["export_userid"], "acct:ada_b@hypothes.is");
    // Through the native format, too.
    let native = exported(Format::WebAnnotation, &article, &notebook);
    assert!(native.contains("\"creator\": \"acct:ada_b@hypothes.is\""));
    // There dates are in UTC (§3.3.1 of the model), to the same microsecond.
    let in_utc = notebook_of(notebook.iter().map(|note| Annotation {
        created: Some(Timestamp("2024-05-06T07:08:09.123456Z".into())),
        ..(**note).clone()
    }));
    assert_eq!(imported(&native), in_utc);
}

#[test]
fn page_notes_have_no_passage_and_highlights_no_words() {
    let arrivals = read(&file(&[
        annotation("page", &json!({ "target": [{ "source": PAGE }] })),
        annotation("light", &json!({ "text": "", "tags": [] })),
        annotation("bare", &json!({ "target": [] })),
    ]));
    let [page, light, bare] = &arrivals.annotations[..] else {
        panic!("three notes: {arrivals:?}");
    };
    for page in [page, bare] {
        assert_eq!((&page.target.quote, page.target.position), (&None, None));
        assert_eq!(page.article, ArticleId::of_iri(PAGE));
    }
    assert!(light.is_bare() && light.target.quote.is_some());
}

#[test]
fn a_file_is_known_by_what_is_in_it() {
    let one = annotation("1", &json!({}));
    let two = annotation("2", &json!({}));
    for file in [
        json!({ "export_date": "", "export_userid": "", "client_version": "", "annotations": [one, two] }),
        json!({ "total": 2, "rows": [one, two] }),
        json!({ "rows": [one], "replies": [two] }),
        json!([one, two]),
    ] {
        let arrivals = read(&file.to_string());
        assert_eq!(arrivals.annotations.len(), 2, "{file}");
        assert!(postil::model::exchange::file::is_of_notes(
            &file.to_string()
        ));
    }
    assert_eq!(read(&one.to_string()).annotations.len(), 1);
    let native = json!([{ "type": "Annotation", "target": PAGE, "body": "words", "uri": PAGE }]);
    assert_eq!(read(&native.to_string()).annotations[0].note, "words");
}

#[test]
fn words_that_were_changed_in_the_file_are_taken() {
    let came = imported(&file(&[annotation("1", &json!({}))]));
    let mut note = came.iter().next().expect("a note").as_ref().clone();
    note.colour = Colour::Blue;
    let article = of_paragraphs(&["Of the tides at night"]);
    let written = exported(Format::Hypothesis, &article, &notebook_of([note.clone()]));
    let changed = written.replacen("\"text\": \"A *note*\"", "\"text\": \"Changed\"", 1);
    assert_ne!(written, changed);
    let back = imported(&changed);
    let back = back.iter().next().expect("a note");
    assert_eq!((&*back.note, back.colour), ("Changed", Colour::Blue));
    assert_eq!((&back.tags, &back.target), (&note.tags, &note.target));
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn an_export_is_what_the_client_reads((article, notebook) in annotated()) {
        let written = exported(Format::Hypothesis, &article, &notebook);
        let file: Value = serde_json::from_str(&written).expect("JSON");
        for field in ["export_date", "export_userid", "client_version"] {
            prop_assert!(file[field].is_string(), "{field}");
        }
        let found = entries(&written, "annotations");
        prop_assert_eq!(found.len(), notebook.len());
        for entry in found {
            let user = entry["user"].as_str().expect("an author");
            prop_assert!(user.starts_with("acct:") && user.contains('@'));
            for field in ["id", "uri", "text", "group", "created", "updated"] {
                prop_assert!(entry[field].is_string(), "{field}");
            }
            let lists = [&entry["tags"], &entry["target"], &entry["permissions"]["read"]];
            prop_assert!(lists.iter().all(|list| list.is_array()));
            let target = &entry["target"][0];
            prop_assert_eq!(&target["source"], &entry["uri"]);
            let selectors = target["selector"].as_array().cloned().unwrap_or_default();
            let of = |kind: &str| selectors.iter().find(|selector| selector["type"] == kind);
            // Positions are UTF-16 units of the text (API reference, annotation).
            if let (Some(position), Some(quote)) = (of("TextPositionSelector"), of("TextQuoteSelector")) {
                let number = |name: &str| position[name].as_u64().expect("a number") as usize;
                let units: Vec<u16> = article.text().encode_utf16().collect();
                let exact = quote["exact"].as_str().expect("words");
                if number("end") <= units.len() && !exact.contains('⁂') {
                    let words = String::from_utf16_lossy(&units[number("start")..number("end")]);
                    prop_assert_eq!(&words, exact);
                    prop_assert_eq!(number("end") - number("start"), utf16_len(exact) as usize);
                }
            }
        }
    }
}
