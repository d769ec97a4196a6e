//! Tests of JSON-LD as pages write it, well and badly.

use super::*;

fn said(script: &str) -> StructuredFacts {
    said_by(&read(script))
}

fn title(script: &str) -> Option<String> {
    said(script).titles.into_iter().next()
}

#[test]
fn an_article_is_found_wherever_it_stands() {
    for script in [
        r#"{"@type":"NewsArticle","headline":"T"}"#,
        r#"[{"@type":"WebSite","name":"S"},{"@type":["Thing","BlogPosting"],"headline":"T"}]"#,
        r#"{"@graph":[{"@type":"Person","name":"P"},{"@type":"ScholarlyArticle","name":"T"}]}"#,
        r#"{"@type":"https://schema.org/Article","headline":["T","U"]}"#,
        r#"{"@type":"WebPage","name":"W","mainEntity":{"@type":"schema:Article","headline":"T"}}"#,
        r#"{"@type":"Article","headline":"T"}{"@type":"Article","headline":"U"}"#,
    ] {
        assert_eq!(title(script).as_deref(), Some("T"), "{script}");
    }
    for none in [
        r#"{"@type":"WebPage","headline":"T"}"#,
        r#"{"headline":"T"}"#,
        "[]",
        "3",
        "",
    ] {
        assert_eq!(said(none), StructuredFacts::default(), "{none}");
    }
}

#[test]
fn authors_are_strings_objects_and_lists() {
    for (author, expected) in [
        (r#""Ann Lee""#, Some("Ann Lee")),
        (r#"{"@type":"Person","name":"Ann Lee"}"#, Some("Ann Lee")),
        (
            r#"[{"name":"Ann"},"Bo",{"name":["Cy"]}]"#,
            Some("Ann, Bo, Cy"),
        ),
        (r##"{"@id":"#p"}"##, Some("Pat")),
        (r#""https://example.org/ann""#, None),
        ("7", None),
    ] {
        let script = format!(
            r##"{{"@graph":[{{"@type":"Article","author":{author}}},{{"@id":"#p","name":"Pat"}}]}}"##
        );
        assert_eq!(said(&script).byline.as_deref(), expected, "{author}");
    }
}

#[test]
fn the_rest_is_read() {
    let said = said(
        r#"{"@type":"Article","name":"N","publisher":{"name":"S"},"datePublished":"2024-01-02",
            "inLanguage":"fr","mainEntityOfPage":{"@id":"https://example.org/a"}}"#,
    );
    let expected = StructuredFacts {
        titles: vec!["N".to_owned()],
        byline: None,
        site: Some("S".to_owned()),
        date: Some("2024-01-02".to_owned()),
        language: Some("fr".to_owned()),
        address: Some("https://example.org/a".to_owned()),
    };
    assert_eq!(said, expected);
}

#[test]
fn mistakes_are_mended() {
    for script in [
        r#"{"@type":"Article","headline":"T",}"#,
        r#"[{"@type":"Article","headline":"T" , } , ]"#,
        r#"<!-- {"@type":"Article","headline":"T"} -->"#,
        "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"T\"}\n//]]>",
        "/*<![CDATA[*/{\"@type\":\"Article\",\"headline\":\"T\"};/*]]>*/",
        "\u{feff}{\"@type\":\"Article\",\"headline\":\"T\"}",
        r#"{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;T&quot;}"#,
        r#"{"@type":"Article","headline":"T"} {"broken"#,
        r#"{"@type":"Article","x":"\x \ud800 a","headline":"T"}"#,
        "{\"@type\":\"Article\",\"x\":\"a\nb\tc\",\"headline\":\"T\"}",
    ] {
        assert_eq!(title(script).as_deref(), Some("T"), "{script}");
    }
}

#[test]
fn what_cannot_be_read_is_skipped() {
    for script in [
        "{",
        r#"{"@type":"Article","headline":"T""#,
        "\\u",
        r#"{"\u"#,
        r#"{"\ud83d\u"#,
        "<!--",
        "//",
        "]}",
        &"[".repeat(100_000),
        "{\"a\":\"\\u00é",
    ] {
        assert_eq!(title(script), None, "{script:.40}");
    }
}

#[test]
fn surrogates_are_kept_in_pairs_only() {
    let of = |words: &str| title(&format!(r#"{{"@type":"Article","headline":"{words}",}}"#));
    assert_eq!(of(r"\ud83d\ude00").as_deref(), Some("😀"));
    assert_eq!(of(r"a\ud83d").as_deref(), Some("a\u{fffd}"));
    assert_eq!(of(r"\ude00\ud83db").as_deref(), Some("\u{fffd}\u{fffd}b"));
    assert_eq!(of(r"\ud83d\u0041").as_deref(), Some("\u{fffd}A"));
}

#[test]
fn references_are_resolved_once() {
    let of = |words: &str| title(&format!(r#"{{"@type":"Article","headline":"{words}"}}"#));
    assert_eq!(of("a &amp; b &#39;c&#039;").as_deref(), Some("a & b 'c'"));
    assert_eq!(of("&amp;lt;").as_deref(), Some("&lt;"));
}
