//! Articles in many languages, and the expected result of importing each.

use std::fs;
use std::path::Path;

use postil::import::{Input, read};
use postil::model::article::{Article, Attribute, Piece, Source, Tag};

use super::written_out::{keeps_the_laws, read_again};

/// A file, its language, its direction, its leaves, and the readings that its text leaves out.
type Expected = (
    &'static str,
    &'static str,
    Option<&'static str>,
    usize,
    &'static [&'static str],
);

const FILES: [Expected; 10] = [
    ("ar", "ar", Some("rtl"), 19, &[]),
    ("de", "de", None, 19, &[]),
    ("fa", "fa", Some("rtl"), 19, &[]),
    ("he", "he", Some("rtl"), 19, &[]),
    ("hi", "hi", None, 19, &[]),
    (
        "ja",
        "ja",
        None,
        19,
        &["みなと", "えが", "りょうし", "とう", "だい", "はっか"],
    ),
    ("ko", "ko", None, 19, &[]),
    ("mixed", "en", Some("ltr"), 23, &["がんぺき"]),
    ("th", "th", None, 19, &[]),
    ("zh", "zh-Hans", None, 19, &[]),
];
/// Tags that each of these articles contains.
const CONSTRUCTS: [Tag; 11] = [
    Tag::H1,
    Tag::H2,
    Tag::P,
    Tag::Em,
    Tag::Strong,
    Tag::Ul,
    Tag::Table,
    Tag::Caption,
    Tag::Th,
    Tag::NoteReference,
    Tag::NoteReturn,
];

fn article(name: &str) -> Article {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(format!("tests/fixtures/languages/{name}.html"));
    let imported = read(Input {
        bytes: fs::read(path).expect("the file is there"),
        kind: None,
        charset: None,
        source: Source::File(format!("{name}.html")),
        title: None,
    });
    let imported = imported.expect("there are words in it");
    assert!(!imported.cut, "{name}");
    imported.article
}

/// The values of one attribute in an article.
fn said(article: &Article, wanted: Attribute) -> Vec<&str> {
    let said = article.pieces().iter().filter_map(|piece| match piece {
        Piece::Open { attributes, .. } => attributes.get(wanted),
        _ => None,
    });
    said.collect()
}

#[test]
fn every_language_is_read_as_it_is_written() {
    for (name, language, direction, leaves, readings) in FILES {
        let article = article(name);
        let about = article.description();
        assert_eq!(about.language.as_deref(), Some(language), "{name}");
        assert_eq!(about.direction.as_deref(), direction, "{name}");
        assert!(about.byline.is_some() && !about.title.is_empty(), "{name}");
        assert_eq!(article.leaves().len(), leaves, "{name}: {}", article.text());
        let labels = said(&article, Attribute::Label);
        for reading in readings {
            assert!(labels.contains(reading), "{reading} is shown");
            assert!(!article.text().contains(reading), "{reading} is no text");
        }
        for tag in CONSTRUCTS {
            let has = |piece: &Piece| matches!(piece, Piece::Open { tag: t, .. } if *t == tag);
            assert!(article.pieces().iter().any(has), "{name} has {tag:?}");
        }
    }
}

#[test]
fn every_language_keeps_the_laws() {
    for (name, ..) in FILES {
        let article = article(name);
        keeps_the_laws(&article);
        assert_eq!(read_again(&article).pieces(), article.pieces(), "{name}");
    }
}

#[test]
fn every_file_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/languages");
    let files = fs::read_dir(folder).expect("the folder is there");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".html")?.to_owned()))
        .collect();
    names.sort();
    assert_eq!(names, FILES.map(|(name, ..)| name));
}

#[test]
fn nothing_is_normalised_or_lost_on_the_way() {
    let mixed = article("mixed");
    for kept in [
        "\u{2067}עברית (abc) 123\u{2069}",
        "LRM\u{200e} and RLM\u{200f}",
        "\u{202d}abc\u{202c}",
        "hy\u{ad}phen",
        "no\u{2011}break",
        "word\u{2060}joiner",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦 and 👩🏽\u{200d}🚀",
        "1\u{fe0f}\u{20e3}",
        "e\u{301} and \u{e9}",
        "s\u{323}\u{307}",
        "\u{ac01} and \u{1100}\u{1161}\u{11a8}",
        "می\u{200c}خواهم",
        "let greeting = \"שלום\"; // rtl in ltr\nassert_eq!",
        "岸壁",
        "12, ۱۲, ١٢ and १२",
    ] {
        assert!(mixed.text().contains(kept), "{kept:?}");
    }
    assert_eq!(
        said(&mixed, Attribute::Dir)
            .iter()
            .filter(|dir| **dir == "auto")
            .count(),
        1
    );
    assert!(said(&mixed, Attribute::Lang).contains(&"fa"));
    let german = article("de");
    assert!(
        german
            .text()
            .contains("Winter\u{ad}fischerei\nPreise am Morgen")
    );
    assert!(
        german
            .text()
            .contains("Ein Kilo Fisch\t4,50\u{a0}€\nEin Laib Brot")
    );
}
