//! Hostile files, opened as any file is: what is shown of them, and whether the rest is reported.
//!
//! Nothing here is timed; the tests assert the limits that bound the work.

use postil::import::{ImportError, Imported, Input, Kind, read};
use postil::model::article::Source;
use postil_testing::hostile::bomb;

/// Opens a file with this name.
fn open(name: &str, bytes: Vec<u8>) -> Result<Imported, ImportError> {
    println!("{} bytes of {name}", bytes.len());
    read(Input {
        bytes,
        kind: None,
        charset: None,
        source: Source::File(name.to_owned()),
        title: None,
    })
}

fn opened(name: &str, text: String) -> Imported {
    open(name, text.into_bytes()).expect("there are words in it")
}

/// The text of HTML bytes declared to be in a charset.
fn in_charset(bytes: &[u8], charset: &str) -> String {
    let input = Input {
        bytes: bytes.to_vec(),
        kind: Some(Kind::Html),
        charset: Some(charset.to_owned()),
        source: Source::Pasted,
        title: None,
    };
    let imported = read(input).expect("there are words in it");
    imported.article.text().to_owned()
}

#[test]
fn a_hundred_thousand_nested_elements_are_cut_with_a_notice() {
    for unit in [
        "<div>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<section><p>",
    ] {
        let page = format!("<p>first</p>{}deep</p>", unit.repeat(100_000));
        let imported = opened("nested.html", page);
        assert!(imported.article.text().starts_with("first"), "{unit}");
        assert!(imported.article.text().contains("deep"), "{unit}");
        assert!(imported.cut, "{unit}");
    }
}

#[test]
fn a_million_paragraphs_of_one_word_are_shown_up_to_a_limit() {
    for (name, unit) in [
        ("million.html", "<p>word"),
        ("million.html", "<p>word</p>\n"),
        ("million.md", "word\n\n"),
        ("million.txt", "word\n\n"),
    ] {
        let imported = opened(name, unit.repeat(1_000_000));
        let shown = imported.article.leaves().len();
        assert!((50_000..=200_000).contains(&shown), "{shown} of {name}");
        assert!(imported.cut, "{name}");
    }
}

#[test]
fn what_is_never_closed_keeps_its_words() {
    let tags = [
        "a href=#x",
        "b",
        "blockquote",
        "button",
        "caption",
        "code",
        "details",
        "dl",
        "em",
        "figure",
        "form",
        "h1",
        "i",
        "label",
        "li",
        "math",
        "mtext",
        "ol",
        "pre",
        "ruby",
        "section",
        "select",
        "span lang=fr",
        "sup",
        "svg",
        "table",
        "td",
        "tr",
        "u",
        "ul",
    ];
    let mut page = "<p>first".to_owned();
    for tag in tags {
        page += &format!("<{tag}>{tag} ");
    }
    let imported = opened("unclosed.html", page + "<!-- <p>last");
    assert!(imported.article.text().starts_with("first"));
    for (page, shown) in [
        ("<p>first<script>never closed <p>x", "first"),
        ("<p>first<style>", "first"),
        ("<p>first<textarea><p>x", "first"),
        ("<p>first<p title='never closed", "first"),
        ("<p>first<!--", "first"),
        ("<p>first<![CDATA[", "first"),
        ("<p>first<iframe src=x>", "first"),
        ("<p>first<noscript>", "first"),
    ] {
        assert_eq!(
            opened("a.html", page.to_owned()).article.text(),
            shown,
            "{page}"
        );
    }
    for text in [
        "```\nfirst",
        "> first",
        "<div>first",
        "**first",
        "[first](",
        "| first\n|-",
    ] {
        let imported = opened("a.md", text.to_owned());
        assert!(imported.article.text().contains("first"), "{text}");
    }
}

#[test]
fn broken_charsets_keep_what_can_be_read() {
    // Bytes invalid in their charset, and a sequence cut off at the end.
    assert_eq!(
        in_charset(b"<p>a\xffb\xe2\x82", "utf-8"),
        "a\u{fffd}b\u{fffd}"
    );
    assert_eq!(in_charset(b"<\0p\0>\0a\0b", "utf-16le"), "a\u{fffd}");
    assert_eq!(in_charset(b"<p>a\x81\xffb", "shift_jis"), "a\u{fffd}b");
    // An unknown label, and labels that are wrong.
    assert_eq!(in_charset("<p>é".as_bytes(), "no-such-charset"), "é");
    assert_eq!(in_charset("<meta charset=utf-7><p>é".as_bytes(), ""), "é");
    let lies = [
        &b"\xef\xbb\xbf<meta charset=latin1><p>"[..],
        "é字".as_bytes(),
    ]
    .concat();
    let imported = open("a.html", lies).expect("there are words in it");
    assert_eq!(imported.article.text(), "é字");
    // Every byte value, in each kind of file.
    let all: Vec<u8> = (0..=255).collect();
    for name in ["a.html", "a.md", "a.txt"] {
        let text = [
            &b"first words, many of them, before what is none: "[..],
            &all,
        ]
        .concat();
        if let Ok(imported) = open(name, text) {
            assert!(imported.article.text().starts_with("first"), "{name}");
        }
    }
}

#[test]
fn a_book_that_swells_is_cut_with_a_notice() {
    let imported = open("bomb.epub", bomb()).expect("there are words in it");
    assert!(imported.article.text().starts_with("first"));
    assert!(imported.cut);
}
