//! Fixtures of what other programs export, written by ourselves in the shape of each.

use postil::model::annotation::{Annotation, Timestamp};
use postil::model::article::ArticleId;
use postil::model::exchange::tables::hypothesis::{HEADS, OLDER_HEADS};
use postil::model::exchange::{Arrivals, EntryFault, Format, file};

use super::exchange_tables::{exported, faults, read};
use super::strategies::{notebook_of, of_paragraphs};

const PAGE: &str = "https://a.example/tides";

fn at(iso: &str) -> Option<Timestamp> {
    Some(Timestamp(iso.into()))
}

/// The words of the passage and of the note of each.
fn said(arrivals: &Arrivals) -> Vec<(Option<&str>, &str)> {
    let notes = arrivals.annotations.iter();
    notes.map(|note| (note.quoted(), &*note.note)).collect()
}

#[test]
fn a_table_of_hypothesis_is_read() {
    let table = format!(
        "{}\n\
         2024-05-06 07:08,ida,,{PAGE},Public,Annotation,\"Salt keeps, salt eats\",\"A \"\"note\"\"\",\"law,ports\"\n\
         2024-05-06 07:09,ida,12,{PAGE},Public,Highlight,Tide,,\n\
         2024-05-06 07:10,ida,,{PAGE},Public,Page note,,On all of it,\n\
         soon,,,{PAGE},Public,Reply,,I agree,\n\
         2024-05-06 07:11,ida,,{PAGE},Public,Highlight,,,\n",
        HEADS.join(",")
    );
    assert!(file::is_of_notes(&table));
    let arrivals = read(&table);
    assert_eq!(faults(&arrivals), [(5, EntryFault::NoWords)]);
    assert_eq!(
        said(&arrivals),
        [
            (Some("Salt keeps, salt eats"), "A \"note\""),
            (Some("Tide"), ""),
            (None, "On all of it"),
            (None, "I agree"),
        ]
    );
    let note = &arrivals.annotations[0];
    assert_eq!(note.tags, ["law", "ports"]);
    assert_eq!(note.created, at("2024-05-06T07:08:00.000Z"));
    assert_eq!(note.article, ArticleId::of_iri(PAGE));
    assert_eq!(arrivals.annotations[3].created, None);
    assert!(arrivals.annotations[3].extra.is_empty());
    assert_eq!(read(&table), arrivals);
}

#[test]
fn the_author_of_a_foreign_note_is_written_back() {
    let table = format!(
        "{}\n2024-05-06 07:08,ida,,{PAGE},,Annotation,Tide,x,\n",
        HEADS.join(",")
    );
    let article = of_paragraphs(&["Tide and time"]);
    let note = Annotation {
        article: article.id(),
        ..read(&table).annotations[0].clone()
    };
    let json = exported(Format::WebAnnotation, &article, &notebook_of([note]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("an export is JSON");
    assert_eq!(json["first"]["items"][0]["creator"]["name"], "ida");
}

#[test]
fn an_older_table_of_hypothesis_is_read() {
    let arrivals = read(&format!(
        "{}\n\"Monday, May 6, 2024 7:08 AM\",{PAGE},Public,Annotation,Tide,ida,Words,law,\n",
        OLDER_HEADS.join(",")
    ));
    assert_eq!(said(&arrivals), [(Some("Tide"), "Words")]);
    assert_eq!(arrivals.annotations[0].created, None);
}

#[test]
fn highlights_of_the_web_clipper_are_read() {
    let json = serde_json::json!([
        {
            "url": format!("{PAGE}#:~:text=salt"),
            "title": "Tides",
            "highlights": [
                {
                    "text": "<p>Salt <em>keeps</em>&nbsp;&amp; eats.</p>\n\n<p>Tide.</p>",
                    "timestamp": "2024-05-06T07:08:09.123Z",
                    "notes": ["One", " ", "Two"],
                },
                { "text": "plain words", "timestamp": "2024-05-06T07:08:10.000Z" },
                { "text": "<img src=\"x\">", "timestamp": "2024-05-06T07:08:11.000Z" },
                { "text": 7 },
                "words",
            ],
            "data": [{ "type": "text", "xpath": "/html", "id": "1" }],
        },
        { "url": "https://b.example/", "highlights": [{ "text": "Tide", "timestamp": "soon" }] },
    ]);
    let arrivals = read(&json.to_string());
    assert!(file::is_of_notes(&json.to_string()));
    assert_eq!(
        faults(&arrivals),
        [
            (3, EntryFault::NoWords),
            (4, EntryFault::Garbled),
            (5, EntryFault::NotAnObject),
        ]
    );
    assert_eq!(
        said(&arrivals),
        [
            (Some("Salt keeps\u{a0}& eats.\nTide."), "One\n\nTwo"),
            (Some("plain words"), ""),
            (Some("Tide"), ""),
        ]
    );
    let [first, second, third] = &arrivals.annotations[..] else {
        panic!("there are three notes");
    };
    assert_eq!(first.created, at("2024-05-06T07:08:09.123Z"));
    assert_eq!(first.article, ArticleId::of_iri(PAGE));
    assert_eq!(second.article, first.article);
    assert_eq!(third.created, None);
    assert_eq!(read(&json.to_string()), arrivals);
}

#[test]
fn annotations_are_no_highlights_of_the_web_clipper() {
    let json = format!(
        "[{{\"type\":\"Annotation\",\"target\":\"{PAGE}\",\"url\":\"{PAGE}\",\"highlights\":[]}}]"
    );
    let arrivals = read(&json);
    assert_eq!(said(&arrivals), [(None, "")]);
}

#[test]
fn bookmarks_with_notes_are_notes_on_their_pages() {
    let json = serde_json::json!({
        "bookmarks": [
            {
                "createdAt": 1_714_979_289,
                "title": "Tides",
                "tags": ["law", "to read"],
                "lists": [],
                "content": { "type": "link", "url": PAGE },
                "note": "Read it again",
                "archived": false,
            },
            { "createdAt": 1, "title": null, "tags": [], "content": { "type": "link", "url": PAGE }, "note": null },
            { "createdAt": 1, "title": null, "tags": [], "content": { "type": "text", "text": "x" }, "note": "y" },
            { "createdAt": 1, "title": null, "tags": "law", "content": null, "note": "y" },
        ],
        "lists": [],
    });
    let arrivals = read(&json.to_string());
    assert_eq!(faults(&arrivals), [(4, EntryFault::Garbled)]);
    assert_eq!(said(&arrivals), [(None, "Read it again")]);
    let note = &arrivals.annotations[0];
    assert_eq!(note.tags, ["law", "to read"]);
    assert_eq!(note.created, at("2024-05-06T07:08:09.000Z"));
    assert_eq!(note.article, ArticleId::of_iri(PAGE));
}
