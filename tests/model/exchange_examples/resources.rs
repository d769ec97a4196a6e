//! §3.1 and §3.2: annotations, bodies and targets.

use postil::model::annotation::Annotation;
use serde_json::json;

use super::{Example, PAGE, example, notes, written};

pub(super) fn examples() -> Vec<Example> {
    let picture = "https://harbour.example/pier.jpg#xywh=20,30,200,80";
    let chart = "https://harbour.example/chart.pdf";
    vec![
        example(1, "§3.1: a body and a target", json!({ "body": "https://moss.example/reply" })).keeps(&["/body"]),
        example(2, "§3.2.1: external web resources", json!({
            "body": { "id": "https://moss.example/talk.ogg", "format": "audio/ogg", "language": "nl" },
            "target": { "id": chart, "format": "application/pdf", "language": ["nl", "he"],
                "textDirection": "rtl", "processingLanguage": "nl" },
        }))
        .on(chart)
        .keeps(&["/body", "/target"]),
        example(3, "§3.2.2: classes", json!({
            "body": { "id": "https://moss.example/film", "type": "Video" },
            "target": { "id": PAGE, "type": "Text" },
        }))
        .keeps(&["/body", "/target"]),
        example(4, "§3.2.3: a segment named by its IRI", json!({
            "body": "https://moss.example/pier",
            "target": { "id": picture, "type": "Image", "format": "image/jpeg" },
        }))
        .on(picture)
        .keeps(&["/body", "/target"]),
        example(5, "§3.2.4: an embedded textual body", json!({
            "body": { "type": "TextualBody", "value": "<p>Wat een storm!</p>", "format": "text/html", "language": "nl" },
        }))
        .says("<p>Wat een storm!</p>")
        .keeps(&["/body/format", "/body/language"]),
        string_body(),
        equivalent_textual_body(),
        example(8, "§3.2.6: no body", json!({})),
        example(9, "§3.2.6: several bodies and targets", json!({
            "body": ["https://moss.example/list", { "type": "TextualBody", "value": "ebb" }],
            "target": [PAGE, "https://harbour.example/moon"],
        }))
        .says("ebb")
        .keeps(&["/body/0", "/target/1"]),
        example(10, "§3.2.7: a choice", json!({
            "body": { "type": "Choice", "items": [
                { "id": "https://moss.example/note.nl", "language": "nl" },
                { "id": "https://moss.example/note.he", "language": "he" },
            ] },
        }))
        .keeps(&["/body"]),
    ]
}

fn string_body() -> Example {
    example(
        6,
        "§3.2.5: a string body",
        json!({ "bodyValue": "High water at *six*" }),
    )
    .says("High water at *six*")
}

fn equivalent_textual_body() -> Example {
    example(7, "§3.2.5: the textual body that it stands for", json!({
        "body": { "type": "TextualBody", "value": "High water at *six*", "format": "text/plain", "purpose": "commenting" },
    }))
    .says("High water at *six*")
    .keeps(&["/body"])
}

#[test]
fn a_string_body_is_the_textual_body_that_it_stands_for() {
    let [short, long] = [string_body(), equivalent_textual_body()]
        .map(|example| notes(&example.document).remove(0));
    assert_eq!(
        Annotation {
            id: long.id.clone(),
            ..short
        },
        long
    );
}

#[test]
fn the_preferred_words_of_a_choice_are_the_note() {
    let choice = json!({ "type": "Choice", "items": [
        { "type": "TextualBody", "value": "Springtij", "language": "nl" },
        { "type": "TextualBody", "value": "Spring tide", "language": "en" },
    ] });
    let fields = json!({ "body": [choice, { "type": "TextualBody", "purpose": "tagging", "value": "moon" }] });
    let note = notes(&example(10, "", fields).document).remove(0);
    assert_eq!(
        (&*note.note, &note.tags[..]),
        ("Springtij", &["moon".to_owned()][..])
    );
    // What the reader writes instead takes their place in it.
    let edited = Annotation {
        note: "Doodtij".to_owned(),
        ..note.clone()
    };
    let file = written(std::slice::from_ref(&edited));
    let body = &file["first"]["items"][0]["body"][0];
    assert_eq!(body["type"], "Choice");
    assert_eq!(
        (&body["items"][0]["value"], &body["items"][0]["language"]),
        (&json!("Doodtij"), &json!("nl"))
    );
    assert_eq!(body["items"][1], choice["items"][1]);
    assert_eq!(notes(&file), [edited]);
    // A note without words says none of them.
    let cleared = Annotation {
        note: String::new(),
        ..note
    };
    let back = notes(&written(&[cleared])).remove(0);
    assert_eq!(
        (&*back.note, &back.tags[..]),
        ("", &["moon".to_owned()][..])
    );
}

#[test]
fn words_that_are_no_choice_are_the_note_before_those_that_are_one() {
    let choice =
        json!({ "type": "Choice", "items": [{ "type": "TextualBody", "value": "Springtij" }] });
    let place = json!({ "type": "Choice", "items": [{ "type": "TextualBody", "purpose": "tagging", "value": "pier" }] });
    let fields = json!({ "body": [choice, { "type": "TextualBody", "value": "Seen from the pier" }, place] });
    let read = notes(&example(10, "", fields).document);
    assert_eq!(
        (&*read[0].note, read[0].tags.len()),
        ("Seen from the pier", 0)
    );
    let file = written(&read);
    for kept in [choice, place] {
        assert!(super::holds(&file, &kept), "{file:#}");
    }
}
