//! §5: collections and pages, and the example that has a little of everything.

use postil::model::exchange::w3c::{DecodeError, decode};
use serde_json::{Value, json};

use super::{CONTEXT, Example, MUSTS, PAGE, example, notes};

/// The examples that hold no annotation or several.
pub(super) const NUMBERS: [u8; 3] = [38, 39, 40];

fn collection(fields: &Value) -> Value {
    let mut collection = json!({ "@context": CONTEXT, "id": "https://notes.example/all", "type": "AnnotationCollection",
        "label": "Notes on tides" });
    merge(&mut collection, fields);
    collection
}

fn page(fields: &Value) -> Value {
    let note = |number: u8| {
        json!({ "id": format!("https://notes.example/{number}"), "type": "Annotation",
            "body": format!("https://moss.example/{number}"), "target": format!("{PAGE}/{number}") })
    };
    let mut page = json!({ "id": "https://notes.example/all/1", "type": "AnnotationPage", "startIndex": 0,
        "items": [note(1), note(2)] });
    merge(&mut page, fields);
    page
}

fn merge(object: &mut Value, fields: &Value) {
    if let (Some(object), Some(fields)) = (object.as_object_mut(), fields.as_object()) {
        object.extend(fields.clone());
    }
}

/// The addresses that a document's notes are on.
fn sources(document: &Value) -> Vec<String> {
    assert_eq!(MUSTS.breach(document), None);
    notes(document)
        .into_iter()
        .map(|note| note.target.source)
        .collect()
}

#[test]
fn example_38_a_collection_with_its_pages_elsewhere_has_no_notes_here() {
    let document = collection(
        &json!({ "creator": "https://moss.example/ida", "total": 1820,
        "first": "https://notes.example/all/1", "last": "https://notes.example/all/19" }),
    );
    assert_eq!(MUSTS.breach(&document), None);
    assert_eq!(
        decode(&document.to_string()),
        Err(DecodeError::NoAnnotations)
    );
    // Nothing elsewhere hides what is here.
    let mut here = document.clone();
    merge(
        &mut here,
        &json!({ "items": [example(1, "", json!({})).document] }),
    );
    assert_eq!(sources(&here), [PAGE]);
}

#[test]
fn example_39_a_page_has_notes_in_their_order() {
    let document = page(
        &json!({ "@context": CONTEXT, "partOf": "https://notes.example/all",
        "next": "https://notes.example/all/2" }),
    );
    assert_eq!(
        sources(&document),
        [format!("{PAGE}/1"), format!("{PAGE}/2")]
    );
}

#[test]
fn example_40_a_collection_may_have_its_first_page_within() {
    let document = collection(&json!({ "total": 2, "first": page(&json!({})) }));
    assert_eq!(
        sources(&document),
        [format!("{PAGE}/1"), format!("{PAGE}/2")]
    );
}

/// Of one who wrote in English, with what another one said in German, and a tag.
pub(super) fn complete() -> Example {
    let words = "A tide waits for no reader, and this table for no tide.";
    example(41, "appendix: a complete example", json!({
        "motivation": "commenting",
        "creator": { "id": "https://moss.example/ida", "type": "Person", "name": "Ida Moss", "account": "ida" },
        "created": "2023-03-01T06:00:00Z",
        "generator": { "id": "https://reader.example/app", "type": "Software", "name": "A reader, version 3",
            "homepage": "https://reader.example/" },
        "generated": "2023-03-04T07:45:10Z",
        "stylesheet": { "id": "https://moss.example/marks.css", "type": "CssStylesheet" },
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "value": "almanac" },
            { "type": "Choice", "items": [
                { "type": "TextualBody", "purpose": "describing", "value": words, "format": "text/plain",
                    "language": "en", "creator": "https://moss.example/ida" },
                { "type": "SpecificResource", "purpose": "describing", "source": {
                    "id": "https://moss.example/spoken", "type": "Sound", "format": "audio/ogg", "language": "de",
                    "creator": { "id": "https://moss.example/ben", "type": "Person" } } },
            ] },
        ],
        "target": {
            "type": "SpecificResource",
            "styleClass": "sea",
            "source": PAGE,
            "state": [{ "type": "HttpRequestState", "value": "Accept: application/xml",
                "refinedBy": { "type": "TimeState", "sourceDate": "2023-02-25T12:00:00Z" } }],
            "selector": { "type": "FragmentSelector", "value": "xpointer(/almanac/month[3]/p[1])",
                "refinedBy": { "type": "TextPositionSelector", "start": 4, "end": 19 } },
        },
    }))
    .says(words)
    .tagged("almanac")
    .at(4, 19)
    .dated("2023-03-01T06:00:00Z", None)
    .keeps(&["/creator", "/generator", "/generated", "/stylesheet", "/body/0", "/body/1"])
    .keeps(&["/target/styleClass", "/target/state", "/target/selector"])
}
