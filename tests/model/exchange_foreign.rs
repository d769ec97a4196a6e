//! Fixtures of what other programs export, written by ourselves in the shape of each.

use postil::model::annotation::{Annotation, Colour, Timestamp};
use postil::model::article::ArticleId;
use postil::model::exchange::tables::hypothesis::{HEADS, OLDER_HEADS};
use postil::model::exchange::w3c::DecodeError;
use postil::model::exchange::{Arrivals, EntryFault, Format, file, reading};

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

#[test]
fn the_notes_on_a_book_of_readest_are_read() {
    let note = |id: &str, text: &str, rest: serde_json::Value| {
        let mut note = serde_json::json!({
            "bookHash": "b1", "id": id, "type": "annotation", "cfi": "epubcfi(/6/4!/4/2,/1:0,/1:9)",
            "text": text, "style": "squiggly", "color": "yellow", "note": "",
            "createdAt": 1_714_979_289_123_i64, "updatedAt": 1_714_979_289_123_i64, "deletedAt": null,
        });
        for (name, value) in rest.as_object().expect("an object") {
            note[name] = value.clone();
        }
        note
    };
    let mut file = serde_json::json!({ "bookHash": "b1", "progress": [1, 9], "booknotes": [
        note("a", "Salt keeps", serde_json::json!({ "note": "A note", "color": "violet", "updatedAt": 1_714_979_300_000_i64 })),
        note("b", "Gone", serde_json::json!({ "deletedAt": 1_714_979_300_000_i64 })),
        note("c", "", serde_json::json!({ "type": "bookmark" })),
        note("d", "Tide", serde_json::json!({ "type": "excerpt", "color": "#ff6666" })),
        note("e", "", serde_json::json!({})),
        note("f", "Tide", serde_json::json!({ "createdAt": "soon" })),
        7,
        note("d", "Tide", serde_json::json!({})),
    ] });
    assert!(file::is_of_notes(&file.to_string()));
    let arrivals = read(&file.to_string());
    assert_eq!(
        faults(&arrivals),
        [
            (5, EntryFault::NoWords),
            (6, EntryFault::Garbled),
            (7, EntryFault::NotAnObject),
        ]
    );
    let tide = (Some("Tide"), "");
    assert_eq!(
        said(&arrivals),
        [(Some("Salt keeps"), "A note"), tide, tide]
    );
    let [first, second, again] = &arrivals.annotations[..] else {
        panic!("there are three notes");
    };
    assert_eq!((first.colour, second.colour), (Colour::Purple, Colour::Red));
    assert_eq!(first.created, at("2024-05-06T07:08:09.123Z"));
    assert_eq!(first.modified, at("2024-05-06T07:08:20.000Z"));
    assert_eq!(second.modified, None);
    assert_eq!(second.id, again.id);
    assert_eq!(first.target.source, "urn:postil:title:b1");
    let kept = first.extra.json().unwrap_or_default();
    assert!(kept.contains("epubcfi(/6/4!/4/2,/1:0,/1:9)") && kept.contains("squiggly"));
    // The same note, edited since, in a file that names the book.
    file["title"] = "Tides".into();
    file["booknotes"][0]["note"] = "Another".into();
    let later = read(&file.to_string());
    assert_eq!(later.annotations[0].id, first.id);
    assert_eq!(later.annotations[0].target.source, "urn:postil:title:Tides");
}

/// A sheet with a day, in the words of two languages.
fn sheet(origin: &str, note: &str) -> String {
    format!(
        "# Ebb & flow

**Author**: Ida Moss

**{origin}**: 2026-05-06

---

## Highlights & Annotations

### The first **tide**
> Salt keeps
> in two lines

**{note}**: A *note*

> that quotes

*as it ends in 3*
and goes on

*[Page: 12](https://web.readest.com/o/b1/a?cfi=x) · Time: 5/6/2026, 7:08:09 AM*


> 海は広い

*Page: 13*


### Last
> No more

**{note}**: Read on



> Next to last

Words by hand
---
"
    )
}

#[test]
fn the_sheet_of_a_book_of_readest_is_read() {
    for (origin, note) in [
        ("Exported from Readest", "Note"),
        ("导出自 Readest", "笔记"),
    ] {
        let sheet = sheet(origin, note);
        assert!(file::is_of_notes(&sheet));
        let arrivals = read(&sheet.replace('\n', "\r\n"));
        assert_eq!(faults(&arrivals), []);
        assert_eq!(
            said(&arrivals),
            [
                (
                    Some("Salt keeps\nin two lines"),
                    "A *note*\n\n> that quotes\n\n*as it ends in 3*\nand goes on"
                ),
                (Some("海は広い"), ""),
                (Some("No more"), "Read on"),
                (Some("Next to last"), "Words by hand"),
            ]
        );
        let source = "urn:postil:title:Ebb%20%26%20flow";
        assert!(
            arrivals
                .annotations
                .iter()
                .all(|note| note.target.source == source)
        );
        let kept = arrivals.annotations[1].extra.json().unwrap_or_default();
        assert!(kept.contains("Page: 13"), "{kept}");
        // Read again, nothing is new.
        let again = read(&sheet);
        let ids = |arrivals: &Arrivals| -> Vec<String> {
            let ids = arrivals.annotations.iter().map(|note| note.id.to_string());
            ids.collect()
        };
        assert_eq!(ids(&again), ids(&arrivals));
    }
    // What begins as no JSON does is not told that it is broken JSON.
    for other in ["---\ntitle: Ebb\n---\n\n==Salt== keeps\n", "Salt keeps", ""] {
        assert_eq!(reading::decode(other), Err(DecodeError::NoAnnotations));
    }
    // An article that only speaks of it is an article.
    for other in [
        "# Readest\n\n**What Readest is**: a reader\n\n> Salt keeps\n",
        "Words\n\n**Exported from Readest**: 2026-05-06\n",
        "# Ebb\n\n**Author**: Readest\n",
    ] {
        assert!(!file::is_of_notes(other), "{other}");
    }
}

#[test]
fn links_with_descriptions_are_notes_on_their_pages() {
    let link = |url: serde_json::Value, description: &str| {
        serde_json::json!({
            "id": 1, "name": "Tides", "type": "url", "url": url, "description": description,
            "tags": [{ "id": 3, "name": "law" }, { "id": 4, "name": "to read" }],
            "createdAt": "2024-05-06T07:08:09.123Z", "textContent": null,
        })
    };
    let json = serde_json::json!({
        "name": "Ida", "username": "ida", "collections": [
            { "id": 1, "name": "Sea", "rssSubscriptions": [], "links": [
                link(PAGE.into(), "Read it again"),
                link("https://b.example/".into(), " "),
                link(serde_json::Value::Null, "A picture"),
            ] },
            { "id": 2, "name": "Land", "links": [link(7.into(), "x"), "words"] },
            { "id": 3, "name": "Air", "links": "none" },
        ],
        "pinnedLinks": [link(PAGE.into(), "Read it again")],
    });
    let arrivals = read(&json.to_string());
    let wrong = [(4, EntryFault::Garbled), (5, EntryFault::NotAnObject)];
    assert_eq!(faults(&arrivals), wrong);
    assert_eq!(said(&arrivals), [(None, "Read it again")]);
    let note = &arrivals.annotations[0];
    assert_eq!(note.tags, ["law", "to read"]);
    assert_eq!(note.created, at("2024-05-06T07:08:09.123Z"));
    assert_eq!(note.article, ArticleId::of_iri(PAGE));
    assert_eq!(read(&json.to_string()), arrivals);
}
