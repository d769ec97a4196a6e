//! Tests of hostile pages: they are read to the end, and nothing in the result runs.
//!
//! Nothing here is timed. Without the limits the worst of these pages take minutes, which whoever
//! waits for the tests will notice.

use super::*;
use crate::model::address::{is_link, is_picture};
use crate::model::article::{Attribute, Piece};

/// Reads a page; its beginning is told where that fails.
fn read_all(markup: &str) -> Article {
    let head: String = markup.chars().take(40).collect();
    println!("{} bytes of {head}", markup.len());
    read(markup, Source::Pasted).expect("HTML can be read")
}

#[test]
fn deep_and_unclosed_pages_keep_their_words() {
    for unit in [
        "<div>",
        "<b>",
        "<p>",
        "<ul><li>",
        "<table><tr><td>",
        "<span>",
        "<a href=x>",
        "<blockquote>",
        "<b><div></b>",
        "<table><b>",
        "<a><table>",
        "<p><b x>",
        "<ruby>",
        "<svg>",
        "<details>",
        "<em><p>",
        "<font size=1><p>",
        "<button>",
        "<select>",
        "</div><div>",
        "</p>",
        "<form><div></form>",
        "<math><mtext>",
        "<div></b></i>",
        "<i><b><div>",
        "</br>",
        "<h1>",
        "<dd><div>",
    ] {
        let article = read_all(&format!("<p>first</p>{}", unit.repeat(100_000)));
        assert!(article.text().starts_with("first"), "{unit}");
    }
}

#[test]
fn formatting_that_is_opened_again_and_again_is_bounded() {
    let tags: String = (0..2_000).map(|n| format!("<b x={n}>")).collect();
    read_all(&(tags.clone() + &"<p>x".repeat(100_000)));
    read_all(
        &(0..50_000)
            .map(|n| format!("<p><i x={n}>y"))
            .collect::<String>(),
    );
    let wraps: String = (0..500).map(|n| format!("<span lang=x-{n}>")).collect();
    read_all(&(wraps + &"<p>x</p>".repeat(50_000)));
}

#[test]
fn large_and_many_attributes_are_read_to_the_end() {
    read_all(&format!("<p title='{}'>x", "a ".repeat(1 << 20)));
    read_all(&format!("<a href='https://x.y/{}'>x", "a".repeat(1 << 20)));
    let names: String = (0..200_000).map(|n| format!(" a{n}")).collect();
    read_all(&format!("<p{names}>x"));
    read_all(&"<!--".repeat(250_000));
    read_all(&"<".repeat(1 << 20));
    read_all(&"&".repeat(1 << 20));
    read_all(&"\0".repeat(1 << 20));
    read_all(&"a<br>".repeat(100_000));
    read_all(&"<a href=#x id=x>1</a>".repeat(50_000));
    read_all(&"<sup>".repeat(50_000));
    read_all(&"<td id=a>x".repeat(100_000));
}

#[test]
fn what_stands_for_something_else_is_read_to_the_end() {
    let frames = "<div><iframe src=https://a.b></iframe>".repeat(30_000);
    read_all(&frames);
    let whole = format!("<!doctype html><p>{}{frames}", "word ".repeat(200));
    article_of(&parse(&whole));
    let paths = "<path d=M0,0 class='a b' style='fill:url(#a)' />".repeat(50_000);
    read_all(&("<svg width=99><foreignObject>".repeat(200) + &paths));
    let rules = ".a{fill:red}".repeat(20_000);
    read_all(&format!("<svg width=99><style>{rules}</style>{paths}"));
    read_all(&("<svg width=99><path d=M0,0 /></svg>".repeat(40_000)));
    read_all(&("<span class=katex>".repeat(400) + &"<b></b>".repeat(80_000)));
    read_all(&"<span class=MathJax><b>x</b></span>".repeat(40_000));
    read_all(&("<math>".to_owned() + &"<mfenced><mi>a<mi>b</mfenced>".repeat(20_000)));
    read_all(&("<math><mtext>".to_owned() + &"a<b>b</b>".repeat(50_000)));
    read_all(&format!("<math alttext='{}'>", "{".repeat(1 << 20)));
    read_all(&format!("<script type=math/tex>{}", "$".repeat(1 << 20)));
}

#[test]
fn nothing_that_runs_survives() {
    let page = "<svg onload=alert(1)><a xlink:href='javascript:x'>y</a></svg><p onclick=x>a\
        <img src=x onerror=alert(1)><img src='javascript:x' alt=b><math href='javascript:x'>c</math>\
        <a href='javascript:x'>d</a><a href=' jAvA\nscript&colon;x'>e</a><a href='&#1;javascript:x'>f</a>\
        <a href='data:text/html,x'>g</a><a href='vbscript:x'>h</a><a href='file:///x'>i</a>\
        <base href='javascript:x'><a href='y'>j</a><form action='javascript:x'>k</form>\
        <iframe src='javascript:x'></iframe><style>@import 'x'</style><a href='blob:x'>l</a>\
        <img srcset='javascript:x 1w' alt=m><img src='data:text/html,x' alt=n>";
    let article = read(page, Source::Pasted).expect("HTML can be read");
    for piece in article.pieces() {
        let Piece::Open { attributes, .. } = piece else {
            continue;
        };
        for (attribute, value) in attributes.iter() {
            let fine = match attribute {
                Attribute::Href => is_link(value),
                Attribute::Src => is_picture(value),
                Attribute::Alt => true,
                other => panic!("{other:?} was never asked for"),
            };
            assert!(fine, "{value}");
            assert!(!value.contains("script"), "{value}");
        }
    }
    let words: String = article.text().split_whitespace().collect();
    assert_eq!(words, "acdefghijkl");
}

#[test]
fn zeros_are_shown_as_browsers_show_them() {
    assert!(!html("<p>a\0b").contains('\0'));
    assert_eq!(html("<p>a&#0;b"), "p*[a\u{fffd}b]");
}
