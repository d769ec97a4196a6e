//! Tests of the builder.

use super::*;
use crate::model::article::Source;

fn build(make: impl FnOnce(&mut ArticleBuilder)) -> Article {
    let mut builder = ArticleBuilder::new();
    make(&mut builder);
    builder
        .finish(Description::new(Source::Pasted, "Test"))
        .expect("the builder keeps the invariants")
}

/// The walk in short form: `p*` is a leaf, `li` another element, words are in quotes.
fn walk(article: &Article) -> String {
    let (mut out, mut at) = (Vec::new(), 0);
    for piece in article.pieces() {
        out.push(match piece {
            Piece::Open { tag, leaf, .. } => {
                format!("{}{}", tag.code(), if *leaf { "*" } else { "" })
            }
            Piece::Text(length) => {
                let words = &article.text()[at..at + *length as usize];
                at += *length as usize;
                format!("'{words}'")
            }
            Piece::Separator(separator) => {
                at += 1;
                format!("{separator:?}").replace('\'', "")
            }
            Piece::Break => {
                at += 1;
                "br".to_owned()
            }
            Piece::Close => "/".to_owned(),
        });
    }
    out.join(" ")
}

fn none() -> Attributes {
    Attributes::none()
}

#[test]
fn white_space_collapses_once_and_is_trimmed() {
    let article = build(|b| {
        b.open(Tag::P, none());
        b.text("\n  one ");
        b.open(Tag::Em, none());
        b.text(" two\t");
        b.close();
        b.text(" \u{a0}three  ");
        b.close();
    });
    assert_eq!(article.text(), "one two \u{a0}three");
    assert_eq!(walk(&article), "p* 'one ' em 'two ' / '\u{a0}three' /");
}

#[test]
fn a_tight_item_is_a_leaf_and_a_lead_is_a_paragraph() {
    let article = build(|b| {
        b.open(Tag::Ul, none());
        b.element(Tag::Li, "a");
        b.open(Tag::Li, none());
        b.text("b");
        b.open(Tag::Ul, none());
        b.element(Tag::Li, "c");
        b.close();
        b.close();
        b.close();
    });
    assert_eq!(
        walk(&article),
        "ul li* 'a' / li \\n p* 'b' / ul \\n li* 'c' / / / /"
    );
    assert_eq!(article.text(), "a\nb\nc");
}

#[test]
fn cells_of_a_row_are_separated_by_a_tab() {
    let article = build(|b| {
        b.open(Tag::Table, none());
        for row in [["a", "b"], ["", "d"]] {
            b.open(Tag::Tr, none());
            for cell in row {
                b.element(Tag::Td, cell);
            }
            b.close();
        }
        b.close();
    });
    assert_eq!(article.text(), "a\tb\nd");
    assert_eq!(
        walk(&article),
        "table tr td* 'a' / \\t td* 'b' / / tr td / \\n td* 'd' / / /"
    );
}

#[test]
fn an_inline_that_crosses_blocks_is_opened_in_each() {
    let article = build(|b| {
        b.open(Tag::A, none());
        b.element(Tag::P, "one");
        b.element(Tag::P, "two");
        b.close();
        b.text("three");
    });
    assert_eq!(
        walk(&article),
        "p* a 'one' / / \\n p* a 'two' / / \\n p* 'three' /"
    );
}

#[test]
fn preformatted_text_stands_as_it_is() {
    let article = build(|b| {
        b.open(Tag::Pre, none());
        b.text("  a\r\n");
        b.text("\tb\n\n");
        b.close();
    });
    assert_eq!(article.text(), "  a\n\tb\n");
}

#[test]
fn breaks_lose_the_spaces_around_them() {
    let article = build(|b| {
        b.open(Tag::P, none());
        b.line_break();
        b.text("a ");
        b.line_break();
        b.text(" b ");
        b.line_break();
        b.close();
    });
    assert_eq!(article.text(), "a\nb");
    assert_eq!(walk(&article), "p* 'a' br 'b' /");
}

#[test]
fn a_picture_alone_is_no_leaf_and_parts_nothing() {
    let article = build(|b| {
        b.element(Tag::P, "a");
        b.open(Tag::P, none());
        b.void(Tag::Img, none().with(Attribute::Alt, "x"));
        b.close();
        b.element(Tag::P, " ");
        b.open(Tag::Li, none());
        b.void(Tag::Img, none());
        b.close();
        b.element(Tag::P, "b");
    });
    assert_eq!(
        walk(&article),
        "p* 'a' / p img / / li p img / / / \\n p* 'b' /"
    );
}

#[test]
fn a_mark_without_words_leaves_nothing_behind() {
    let article = build(|b| {
        b.element(Tag::P, "a");
        b.open(Tag::P, none());
        b.void(Tag::NoteReference, none().with(Attribute::Label, "1"));
        b.close();
        b.element(Tag::P, "b");
    });
    assert_eq!(article.text(), "a\nb");
    let article = build(|b| {
        b.open(Tag::Ul, none());
        b.open(Tag::Li, none());
        b.void(Tag::NoteReference, none().with(Attribute::Label, "1"));
        b.close();
        b.element(Tag::Li, "b");
        b.close();
    });
    assert_eq!(walk(&article), "ul li* 'b' / /");
}

#[test]
fn split_words_are_two_paragraphs() {
    let article = build(|b| {
        b.say_of_loose_words(none().with(Attribute::Dir, "rtl"));
        b.text("a ");
        b.part();
        b.text(" ");
        b.part();
        b.text("b");
        b.open(Tag::Ul, none());
        b.open(Tag::Li, none());
        b.part();
        b.text("c");
        b.part();
        b.close();
        b.close();
        b.open(Tag::H1, none());
        b.text("d");
        b.part();
        b.text("e");
    });
    assert_eq!(
        walk(&article),
        "p* 'a' / \\n p* 'b' / ul \\n li* 'c' / / \\n h1* 'd e' /"
    );
}

#[test]
fn what_is_too_deep_keeps_its_words() {
    let article = build(|b| {
        for _ in 0..10_000 {
            b.open(Tag::Blockquote, none());
        }
        b.text("deep");
        for _ in 0..10_000 {
            b.close();
        }
        b.element(Tag::P, "after");
    });
    assert_eq!(article.text(), "deep\nafter");
}
