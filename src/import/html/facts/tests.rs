//! Tests of pages' facts, stated in many ways and in conflict with each other.

use super::super::parse;
use super::*;

fn facts(head: &str) -> Facts {
    facts_at("https://www.example.org/a/b", head)
}

fn facts_at(address: &str, head: &str) -> Facts {
    let page = parse(&format!("<!doctype html>{head}<p>words"));
    facts_of(&page, &Source::Address(address.to_owned()))
}

#[test]
fn the_more_reliable_place_is_believed() {
    let title = |head: &str| facts(head).title.expect("there is a title");
    let json = "<script type='application/ld+json; charset=utf-8'>\
        {\"@type\":\"Article\",\"headline\":\"J\"}</script>";
    let all = "<title>E</title><meta name=dc.title content=D>\
        <meta property=og:title content=O><meta name=citation_title content=C>";
    assert_eq!(title(&format!("{all}{json}")), "J");
    assert_eq!(title(all), "C");
    assert_eq!(
        title("<title>E</title><meta property=og:title content=O>"),
        "O"
    );
    assert_eq!(title("<title>E</title><meta name=DC.Title content=D>"), "D");
    assert_eq!(title("<title> E\n f</title>"), "E f");
    assert_eq!(facts("").title, None);
}

#[test]
fn the_sites_name_is_cut_where_it_is_known() {
    let title = |title: &str, site: &str| {
        facts(&format!(
            "<title>{title}</title><meta property=og:site_name content='{site}'>"
        ))
        .title
    };
    for (said, site, expected) in [
        ("Tea - The Herald", "The Herald", "Tea"),
        (
            "the herald | Tea - a history",
            "The Herald",
            "Tea - a history",
        ),
        ("The Herald: Tea", "The Herald", "Tea"),
        ("Tea – hot | The Herald", "The Herald", "Tea – hot"),
        ("Tea - The Herald", "", "Tea - The Herald"),
        ("Tea - The Herald", "Herald", "Tea - The Herald"),
        ("Tea-Herald", "Herald", "Tea-Herald"),
        ("The Herald", "The Herald", "The Herald"),
        ("- The Herald", "The Herald", "- The Herald"),
    ] {
        assert_eq!(title(said, site).as_deref(), Some(expected), "{said}");
    }
}

#[test]
fn authors_are_read_from_many_places() {
    for (head, byline) in [
        (
            "<meta name=citation_author content='Lee, A.'><meta name=citation_author content='Roe, B.'>",
            "Lee, A., Roe, B.",
        ),
        (
            "<meta property=article:author content=https://x.y/ann><meta name=author content=Ann>",
            "Ann",
        ),
        ("<meta name=DC.Creator content=Ann>", "Ann"),
        (
            "<body><a rel=author href=/ann>Ann <b>Lee</b></a>",
            "Ann Lee",
        ),
    ] {
        assert_eq!(facts(head).byline.as_deref(), Some(byline), "{head}");
    }
}

#[test]
fn dates_are_read_from_many_places() {
    for (head, date) in [
        (
            "<meta property=article:published_time content=2024-05-06T07:08:09Z>",
            "2024-05-06",
        ),
        (
            "<meta name=citation_publication_date content=2024/5/6>",
            "2024-05-06",
        ),
        ("<meta name=citation_date content=2024>", "2024"),
        ("<body><time datetime=2024-05-06>May</time>", "2024-05-06"),
        ("<body><time>6 May 2024</time>", "2024-05-06"),
        (
            "<body><time datetime=2020-01-01>x</time><time itemprop=datePublished datetime=2024-05-06>y</time>",
            "2024-05-06",
        ),
    ] {
        assert_eq!(facts(head).date.as_deref(), Some(date), "{head}");
    }
    let two = "<body><time datetime=2020-01-01>x</time><time datetime=2024-05-06>y</time>";
    assert_eq!(facts(two).date, None);
    assert_eq!(facts("<body><time>two hours ago</time>").date, None);
}

#[test]
fn language_and_direction_are_the_elements_first() {
    let said = facts("<html lang=de><meta property=og:locale content=fr_FR><body dir=RTL>");
    assert_eq!(said.language.as_deref(), Some("de"));
    assert_eq!(said.direction.as_deref(), Some("rtl"));
    let said = facts("<meta property=og:locale content=fr_FR><body dir=sideways>");
    assert_eq!(said.language.as_deref(), Some("fr-FR"));
    assert_eq!(said.direction, None);
    assert_eq!(facts("<html lang='not a language'>").language, None);
}

#[test]
fn a_page_can_claim_only_an_address_of_its_own_site() {
    for (claim, expected) in [
        ("https://example.org/a/b#c", Some("https://example.org/a/b")),
        ("/c?d", Some("https://www.example.org/c?d")),
        (
            "HTTP://WWW.Example.ORG./c",
            Some("http://www.example.org./c"),
        ),
        ("https://evil.test/a", None),
        ("//evil.test/a", None),
        ("https://example.org.evil.test/", None),
        ("https://sub.example.org/", None),
        ("https://example.org:8080/", None),
        ("https://example.org@evil.test/", None),
        ("https://user:word@example.org/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.org/", None),
        ("https://", None),
    ] {
        let head =
            format!("<base href='https://evil.test/'><link rel='x Canonical' href='{claim}'>");
        assert_eq!(facts(&head).canonical.as_deref(), expected, "{claim}");
    }
    let next = "<link rel=canonical href='https://evil.test/'><meta property=og:url content=/d>";
    assert_eq!(
        facts(next).canonical.as_deref(),
        Some("https://www.example.org/d")
    );
    let page = parse("<!doctype html><link rel=canonical href='https://example.org/'>");
    // A saved page has only its own word for it, and that identifies no article.
    let saved = facts_of(&page, &Source::Pasted).canonical;
    assert_eq!(saved.as_deref(), Some("https://example.org/"));
    assert_eq!(facts_at("not an address", next).canonical, None);
}

#[test]
fn what_is_said_is_one_line_and_not_too_long() {
    let said = facts("<meta name=author content='A\u{202e}&#1;&#10; \u{7}\u{9d} B'>");
    assert_eq!(said.byline.as_deref(), Some("A B"));
    let said = facts(&format!("<title>{}</title>", "é".repeat(5_000)));
    assert_eq!(said.title.map(|title| title.chars().count()), Some(LONGEST));
    assert_eq!(facts("<title> \n </title>").title, None);
}
