//! Laws of links to passages: a browser finds by their terms what they were made of.

use std::ops::Range;

use postil::model::article::Article;
use postil::model::folding::{Native, Places, folded};
use postil::model::text::{TextRange, trim};
use postil::model::text_fragment::{Fragments, ends_by_letters};
use proptest::prelude::*;
use proptest::sample::Index;

use super::strategies::{article, laws, of_paragraphs, passage};

const PAGE: &str = "https://example.org/a?b=c";

fn link(article: &Article, range: TextRange) -> Option<String> {
    Fragments::of(article, &Native, &ends_by_letters).link(PAGE, range)
}

/// Reads the terms of a link: prefix, start, end, suffix.
fn terms(link: &str) -> [Option<String>; 4] {
    let directive = link
        .strip_prefix(PAGE)
        .and_then(|rest| rest.strip_prefix("#:~:text="))
        .expect("the address stays, and the terms follow");
    let mut parts: Vec<&str> = directive.split(',').collect();
    let prefix = parts.first().and_then(|part| part.strip_suffix('-'));
    if prefix.is_some() {
        parts.remove(0);
    }
    let suffix = parts.last().and_then(|part| part.strip_prefix('-'));
    if suffix.is_some() {
        parts.pop();
    }
    assert!((1..=2).contains(&parts.len()), "{link}");
    [prefix, Some(parts[0]), parts.get(1).copied(), suffix].map(|term| term.map(decoded))
}

fn decoded(term: &str) -> String {
    assert!(
        term.chars()
            .all(|c| c.is_ascii_alphanumeric() || "%_.".contains(c)),
        "{term}"
    );
    let mut bytes = Vec::new();
    let mut rest = term.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| digit.expect("two digits"));
            let digits = std::str::from_utf8(&digits).expect("digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("the term is UTF-8")
}

/// The first place that a browser comes to by the terms.
fn found(text: &str, [prefix, start, end, suffix]: &[Option<String>; 4]) -> Option<Range<usize>> {
    let places = Places::of(text, &Native);
    let of =
        |term: &str| -> Vec<Range<usize>> { places.of_words(&folded(term, &Native)).collect() };
    let touches = |one: usize, other: usize| {
        one <= other && text[one..other].chars().all(char::is_whitespace)
    };
    let start = of(start.as_deref()?);
    let starts = start.into_iter().filter(|start| match prefix {
        None => true,
        Some(prefix) => of(prefix).iter().any(|it| touches(it.end, start.start)),
    });
    let mut all = starts.filter_map(|start| {
        let mut ends = match end {
            None => vec![start.clone()],
            Some(end) => of(end)
                .into_iter()
                .filter(|it| it.start >= start.end)
                .collect(),
        };
        if let Some(suffix) = suffix {
            let after = of(suffix);
            ends.retain(|end| after.iter().any(|it| touches(end.end, it.start)));
        }
        ends.first().map(|end| start.start..end.end)
    });
    all.next()
}

proptest! {
    #![proptest_config(laws(384))]

    #[test]
    fn terms_are_words_of_one_line_and_not_long(article in article(), one: Index, other: Index) {
        let text = article.text();
        let range = passage(text, &one, &other);
        let has_words = !trim(text, range).is_empty();
        let link = link(&article, range);
        prop_assert_eq!(link.is_some(), has_words);
        let Some(link) = link else { return Ok(()) };
        let lines: Vec<String> = text.split(['\n', '\t', '\r']).map(|line| folded(line, &Native)).collect();
        let terms = terms(&link);
        for (term, most) in terms.iter().zip([100, 300, 100, 100]) {
            let Some(term) = term else { continue };
            prop_assert!(!term.trim().is_empty(), "{}", link);
            prop_assert!(term.chars().count() <= most, "{}", link);
            let term = folded(term, &Native);
            prop_assert!(lines.iter().any(|line| line.contains(&term)), "{} in {:?}", term, lines);
        }
    }

    #[test]
    fn a_short_passage_is_quoted_whole(article in article(), one: Index, other: Index) {
        let text = article.text();
        let range = passage(text, &one, &other);
        let words = trim(text, range).slice(text).unwrap_or_default();
        let is_short = !words.contains(['\n', '\t', '\r']) && words.chars().count() < 250;
        if words.is_empty() || !is_short { return Ok(()) }
        let link = link(&article, range).expect("it has words");
        let [_, start, end, _] = terms(&link);
        let start = start.expect("there is a start");
        // Whole words, which may be longer than what is selected of them.
        prop_assert!(folded(&start, &Native).contains(&folded(words, &Native)) || end.is_some());
    }
}

proptest! {
    #![proptest_config(laws(384))]

    #[test]
    fn a_link_is_the_same_among_many(article in article(), one: Index, other: Index) {
        let range = passage(article.text(), &one, &other);
        let many = Fragments::of(&article, &Native, &ends_by_letters).for_many();
        prop_assert_eq!(many.link(PAGE, range), link(&article, range));
    }

    #[test]
    fn words_are_found_in_the_same_places_if_they_are_looked_up(
        text in "[ab]{20,60}|[ab é日]{0,60}",
        words in "[ab]{4,5}|[ab é日]{0,8}",
    ) {
        let words = folded(&words, &Native);
        let places = Places::of(&text, &Native);
        let found: Vec<Range<usize>> = places.of_words(&words).collect();
        let places = places.indexed();
        let looked_up: Vec<Range<usize>> = places.of_words(&words).collect();
        prop_assert_eq!(looked_up, found);
    }
}

/// The link to the passage between two signs in paragraphs, and the place that it leads to.
fn linked(paragraphs: &[&str]) -> (String, String) {
    let marked = of_paragraphs(paragraphs);
    let at: Vec<usize> = marked.text().match_indices('|').map(|(at, _)| at).collect();
    let plain: Vec<String> = paragraphs
        .iter()
        .map(|words| words.replace('|', ""))
        .collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let article = of_paragraphs(&plain);
    let range = TextRange::from_usize(at[0], at[1] - 1);
    let link = link(&article, range).expect("it has words");
    let place = found(article.text(), &terms(&link)).expect("a browser finds it");
    let wanted = range.start() as usize..range.end() as usize;
    assert!(
        place.start <= wanted.start && wanted.end <= place.end && place.len() < wanted.len() + 20,
        "{link} leads to {:?}",
        &article.text()[place]
    );
    (
        link.split_once("text=").expect("a directive").1.to_owned(),
        article.text().to_owned(),
    )
}

#[test]
fn only_what_stands_twice_has_words_around_it() {
    let of = |paragraphs: &[&str]| linked(paragraphs).0;
    assert_eq!(of(&["The |ferry leaves| at six."]), "ferry%20leaves");
    assert_eq!(of(&["The fe|rry lea|ves at six."]), "ferry%20leaves");
    assert_eq!(
        of(&["The ferry leaves.", "Then |the ferry| leaves, late"]),
        "Then-,the%20ferry,-leaves%2C%20late"
    );
    assert_eq!(
        of(&["so so so one", "so so so |two|", "so so so two", "end"]),
        "so%20so%20so-,two,-so%20so%20so"
    );
    assert_eq!(of(&["a, b-c & |d-e, f|"]), "d%2De%2C%20f");
    // Case and accents set nothing apart.
    assert_eq!(of(&["A |cafe| here", "a CAFÉ there"]), "A-,cafe,-here");
    assert_eq!(of(&["日本|語の|本"]), "%E8%AA%9E%E3%81%AE");
}

#[test]
fn a_passage_over_blocks_is_named_by_its_ends() {
    let long = "one two three four five six seven eight nine ten. ".repeat(12);
    let of = |paragraphs: &[&str]| linked(paragraphs).0;
    assert_eq!(
        of(&["It begins |here and now.", "And it| ends there."]),
        "here%20and%20now.,And%20it"
    );
    let article = of(&[&format!(
        "The |first words of it. {long} And its last words.| More."
    )]);
    assert_eq!(article, "first%20words%20of,its%20last%20words.");
    // The end occurs before, within the passage: what follows it sets it apart.
    let twice = of(&[
        "Go |on and on here.",
        "It ends so.",
        "It ends so.| Then more.",
    ]);
    assert_eq!(twice, "on%20and%20on,It%20ends%20so.,-Then%20more.");
}

#[test]
fn an_own_fragment_is_kept() {
    let article = of_paragraphs(&["some words"]);
    let fragments = Fragments::of(&article, &Native, &ends_by_letters);
    let link = fragments.link("https://example.org/#part", TextRange::new(0, 4));
    assert_eq!(
        link.as_deref(),
        Some("https://example.org/#part:~:text=some")
    );
    assert_eq!(
        fragments.link("https://example.org/", TextRange::new(4, 5)),
        None
    );
}
