//! Archives of files of notes, written by ourselves in the shape of each program.

use std::io::{Cursor, Write};

use postil::import::archive_of_notes::read;
use postil::model::anchoring::describe;
use postil::model::annotation::{Annotation, Colour, Extra, Stamp, Timestamp};
use postil::model::article::{Article, ArticleId};
use postil::model::exchange::{Arrivals, EntryFault, Format, file};
use postil::model::failure::Failure;
use postil::model::notebook::Notebook;
use postil::model::text::TextRange;
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::exchange_tables::{exported, faults};
use super::strategies::{notebook_of, of_paragraphs, stamp};

const PAGE: &str = "https://a.example/tides";

/// Makes an archive of files, deflated.
pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        archive
            .start_file(*name, deflated)
            .expect("memory can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    let bytes = archive.finish().expect("memory can be written");
    bytes.into_inner()
}

/// The words of the passage and of the note of each.
pub fn said(arrivals: &Arrivals) -> Vec<(Option<&str>, &str)> {
    let notes = arrivals.annotations.iter();
    notes.map(|note| (note.quoted(), &*note.note)).collect()
}

/// A list of pages as Omnivore wrote it.
pub fn list() -> String {
    let page = |slug: &str, url: &str| {
        json!({
            "id": "11111111-2222-4333-8444-555555555555",
            "slug": slug,
            "title": "Tides",
            "description": "On salt",
            "author": "Ida",
            "url": url,
            "state": "Archived",
            "readingProgress": 40,
            "thumbnail": null,
            "labels": ["sea"],
            "savedAt": "2024-05-06T07:08:09.123Z",
            "updatedAt": "2024-05-07T07:08:09.123Z",
            "publishedAt": null,
        })
    };
    let pages = [
        page("tides-1", PAGE),
        page("unmarked-2", "https://b.example/"),
        json!({ "slug": 7 }),
        json!("words"),
    ];
    json!(pages).to_string()
}

/// The highlights on the first page of the list.
pub const HIGHLIGHTS: &str = "On all of it\n\n\n\n> Salt keeps, salt eats. \n\n#law #to read\n\nA note\n\n\
    Of two paragraphs\n\n> Tide\n> and time \n\n> ";

#[test]
fn an_archive_of_omnivore_is_read() {
    let list = list();
    let files: [(&str, &[u8]); 4] = [
        ("metadata_0_to_20.json", list.as_bytes()),
        ("content/tides-1.html", b"<p>Salt keeps, salt eats.</p>"),
        ("highlights/tides-1.md", HIGHLIGHTS.as_bytes()),
        ("highlights/of-no-page-3.md", b"> Nothing"),
    ];
    let archive = packed(&files);
    assert!(file::is_archive_of_notes(&archive));
    let arrivals = read(&archive).expect("it holds notes");
    assert_eq!(
        said(&arrivals),
        [
            (None, "On all of it"),
            (
                Some("Salt keeps, salt eats."),
                "A note\n\nOf two paragraphs"
            ),
            (Some("Tide\nand time"), ""),
        ]
    );
    assert_eq!(faults(&arrivals), [(4, EntryFault::NoWords)]);
    let note = &arrivals.annotations[1];
    assert_eq!(note.tags, ["law", "to read", "sea"]);
    assert_eq!(note.article, ArticleId::of_iri(PAGE));
    let saved = Timestamp("2024-05-06T07:08:09.123Z".into());
    assert_eq!(note.created, Some(saved));
    assert_eq!(arrivals.annotations[2].tags, ["sea"]);
    assert_eq!(read(&archive), Ok(arrivals.clone()), "with the same ids");
    // Somebody has packed the folder anew.
    let within = files.map(|(name, bytes)| (format!("omnivore/{name}"), bytes));
    let within: Vec<(&str, &[u8])> = within
        .iter()
        .map(|(name, bytes)| (&**name, *bytes))
        .collect();
    assert_eq!(read(&packed(&within)), Ok(arrivals));
}

#[test]
fn the_books_of_an_archive_of_readest_have_their_titles() {
    let notes = |hash: &str| {
        json!({ "booknotes": [
            { "id": "a", "type": "annotation", "cfi": "epubcfi(/6/4!/4/2)", "text": hash,
              "style": "highlight", "color": "violet", "note": "", "createdAt": 1, "updatedAt": 1 },
        ] })
        .to_string()
    };
    let books = json!([{ "hash": "b1", "title": "Ebb & flow", "author": "Ida" }]).to_string();
    let archive = packed(&[
        ("library.json", books.as_bytes()),
        ("b1/config.json", notes("b1").as_bytes()),
        ("b1/cover.png", b"\x89PNG\r\n\x1a\n\0"),
        ("b2/config.json", notes("b2").as_bytes()),
    ]);
    let arrivals = read(&archive).expect("it holds notes");
    assert_eq!(said(&arrivals), [(Some("b1"), ""), (Some("b2"), "")]);
    let [one, other] = &arrivals.annotations[..] else {
        panic!("there are two notes");
    };
    assert_eq!(one.target.source, "urn:postil:title:Ebb%20%26%20flow");
    assert_eq!(other.target.source, "urn:postil:title:b2");
    assert_ne!(one.id, other.id);
    assert_eq!(one.colour, Colour::Purple);
}

/// An article with a note on its first word.
fn annotated() -> (Article, Notebook) {
    let article = of_paragraphs(&["Tide and time"]);
    let Stamp { id, at } = stamp(1);
    let note = Annotation {
        id,
        article: article.id(),
        target: describe(&article, TextRange::new(0, 4)),
        more: Vec::new(),
        attached: None,
        note: String::new(),
        tags: Vec::new(),
        colour: Colour::Green,
        created: Some(at),
        modified: None,
        extra: Extra::default(),
    };
    (article, notebook_of([note]))
}

#[test]
fn what_is_no_file_of_notes_is_left_out_of_any_archive() {
    let (article, notebook) = annotated();
    let own = exported(Format::WebAnnotation, &article, &notebook);
    let page = exported(Format::WebPage, &article, &notebook);
    let table = exported(Format::Csv, &article, &notebook);
    let inner = packed(&[("own.json", own.as_bytes())]);
    let with = |name: &str, bytes: &[u8]| {
        packed(&[
            ("package.json", b"{\"name\": \"x\", \"items\": [{}]}"),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0"),
            ("a.md", b"[a link](b)"),
            ("__MACOSX/._own.json", own.as_bytes()),
            (name, bytes),
            ("inner.zip", &inner),
        ])
    };
    for (name, bytes) in [("a", &own), ("b.htm", &page), ("c.json", &table)] {
        let arrivals = read(&with(name, bytes.as_bytes())).expect("it holds notes");
        assert_eq!(said(&arrivals), [(Some("Tide"), "")], "{name}");
        assert_eq!(faults(&arrivals), [], "{name}");
        assert_eq!(arrivals.own, name != "c.json", "{name}");
    }
    assert_eq!(read(&with("none.txt", b"Tide")), Err(Failure::Archive));
}

#[test]
fn one_broken_file_does_not_keep_the_others_out() {
    let (article, notebook) = annotated();
    let own = exported(Format::WebAnnotation, &article, &notebook);
    let half = &own.as_bytes()[..own.len() / 2];
    let deep = "[".repeat(100_000);
    let arrivals = read(&packed(&[
        ("deep.json", deep.as_bytes()),
        ("half.json", half),
        ("types.json", b"{\"booknotes\": [7, {\"id\": 7}]}"),
        ("whole.json", own.as_bytes()),
        ("again.json", own.as_bytes()),
    ]));
    let mut arrivals = arrivals.expect("it holds notes");
    assert_eq!(
        faults(&arrivals),
        [
            (1, EntryFault::Garbled),
            (2, EntryFault::NotAnObject),
            (3, EntryFault::Garbled),
        ]
    );
    assert!(!arrivals.own);
    arrivals.settle(None);
    assert_eq!(said(&arrivals), [(Some("Tide"), "")]);
    assert_eq!(arrivals.doubled, 1);
}

#[test]
fn a_dropped_book_or_document_is_no_archive_of_notes() {
    for files in [
        &[
            ("mimetype", &b"application/epub+zip"[..]),
            ("a.json", b"{}"),
        ][..],
        &[("META-INF/container.xml", b""), ("a.json", b"{}")],
        &[("[Content_Types].xml", b""), ("word/document.xml", b"")],
        &[("a.html", b"{}.json")],
    ] {
        assert!(!file::is_archive_of_notes(&packed(files)), "{files:?}");
    }
    for name in ["a.json", "Notes/A.JSON", "a.csv"] {
        assert!(file::is_archive_of_notes(&packed(&[(name, b"")])), "{name}");
    }
    assert!(!file::is_archive_of_notes(b"a.json"));
    assert!(!file::is_archive_of_notes(b"PK\x03\x04"));
}
