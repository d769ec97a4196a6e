//! Laws of the article with its highlights: its words stay, and each note is a footnote.

use postil::model::article::{Article, Source};
use postil::model::exchange::Format;
use postil::model::findings::Findings;
use postil::model::markdown::{Highlight, as_markdown, with_highlights};
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::markdown_export::{exported, letters, passage_of};
use super::strategies::{annotated, article, laws, of_paragraphs, passage, worded};

fn marked(article: &Article, notebook: &Notebook) -> String {
    exported(article, notebook, Format::MarkedArticle, None).expect("it has no template")
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
}

/// The words of an article as Markdown, without highlights and footnotes, and the labels of what is
/// referred to.
fn read(markdown: &str) -> (String, Vec<String>) {
    let (mut words, mut labels, mut notes) = (String::new(), Vec::new(), 0);
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => notes -= 1,
            _ if notes > 0 => {}
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::InlineHtml(text)
            | Event::Html(text) => words.push_str(&text),
            Event::FootnoteReference(label) => labels.push(label.to_string()),
            _ => {}
        }
    }
    (bare(&words), labels)
}

fn bare(words: &str) -> String {
    letters(words).replace('=', "")
}

/// A definition for each of some footnotes, without which a reference is none.
fn defined(count: usize) -> String {
    let all = (1..=count).map(|number| format!("\n\n[^{number}]: so"));
    all.collect()
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn highlights_change_no_words(article in prop_oneof![article(), worded()], places in vec((any::<Index>(), any::<Index>()), 0..5)) {
        let plain = read(&as_markdown(&article)).0;
        let highlights: Vec<Highlight> = places.iter().enumerate().map(|(index, (one, other))| Highlight {
            range: passage(article.text(), one, other),
            footnote: (index > 0).then_some(index),
        }).collect();
        let written = with_highlights(&article, &highlights);
        let (words, mut labels) = read(&(written.clone() + &defined(5)));
        prop_assert_eq!(&words, &plain, "{}", written);
        let mut wanted: Vec<String> = highlights
            .iter()
            .filter(|one| !one.range.is_empty())
            .filter(|one| one.range.slice(article.text()).is_some_and(|words| words.ends_with(|c: char| !c.is_whitespace())))
            .filter_map(|one| one.footnote.map(|number| number.to_string()))
            .collect();
        labels.retain(|label| wanted.contains(label));
        labels.sort();
        wanted.sort();
        prop_assert_eq!(labels, wanted, "{}", written);
    }

    #[test]
    fn every_note_is_in_the_file((article, notebook) in annotated()) {
        let file = marked(&article, &notebook);
        let there = letters(&file);
        let placements = Placements::of(&article, &notebook, &Findings::default());
        for note in notebook.iter() {
            prop_assert!(there.contains(&letters(&note.note)), "{} in {}", note.note, file);
            let is_highlight = note.is_bare() && placements.index_of(&note.id).is_some();
            let id = format!("^{}", note.id);
            prop_assert!(is_highlight || file.contains(&id), "{id} in {file}");
            if placements.index_of(&note.id).is_none() {
                let passage = letters(&passage_of(&article, &placements, note));
                prop_assert!(there.contains(&passage), "{passage} in {file}");
            }
        }
    }
}

/// Marks what is between `|` in paragraphs, each with a footnote.
fn highlighted(paragraphs: &[&str]) -> String {
    let with = of_paragraphs(paragraphs);
    let places: Vec<usize> = with.text().match_indices('|').map(|(at, _)| at).collect();
    let plain: Vec<String> = paragraphs
        .iter()
        .map(|words| words.replace('|', ""))
        .collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let pairs = places.chunks(2).enumerate();
    let highlights = pairs.map(|(index, pair)| Highlight {
        range: TextRange::from_usize(pair[0] - 2 * index, pair[1] - 2 * index - 1),
        footnote: Some(index + 1),
    });
    with_highlights(&of_paragraphs(&plain), &highlights.collect::<Vec<_>>())
}

#[test]
fn passages_are_marked_within_each_block() {
    assert_eq!(highlighted(&["so |it is|, and"]), "so ==it is==[^1], and");
    assert_eq!(
        highlighted(&["so |it is", "and| was"]),
        "so ==it is==\n\n==and==[^1] was"
    );
    assert_eq!(
        highlighted(&["|so|(it) |is!| x"]),
        "==so==[^1]\\(it) ==is!==[^2] x"
    );
}

#[test]
fn emphasis_links_and_code_stay_valid() {
    let read = |markdown: &str| {
        postil::import::markdown::read(markdown, postil::model::article::Source::Pasted)
            .expect("it is an article")
    };
    for (markdown, words, wanted) in [
        (
            "one **two three** four",
            "one two",
            "==one **two**==[^1] **three** four",
        ),
        ("one *two* three", "two", "one ==*two*==[^1] three"),
        (
            "one [two three](https://a.b/) four",
            "three four",
            "one [two](https://a.b/) ==[three](https://a.b/) four==[^1]",
        ),
        (
            "one `two three` four",
            "one two",
            "==one== `two three`[^1] four",
        ),
        (
            "one `two` three",
            "one two three",
            "==one `two` three==[^1]",
        ),
        ("## one two", "two", "## one ==two==[^1]"),
        (
            "```\none\ntwo\n```",
            "one\ntwo",
            "```\none\ntwo\n```\n\n[^1]",
        ),
    ] {
        let article = read(markdown);
        let start = article.text().find(words).expect("the words are there");
        let highlight = Highlight {
            range: TextRange::from_usize(start, start + words.len()),
            footnote: Some(1),
        };
        assert_eq!(with_highlights(&article, &[highlight]), wanted);
    }
}

#[test]
fn a_highlight_ends_at_a_no_break_space_within_emphasis() {
    let text = "one *two\u{a0}three* four";
    let article = postil::import::markdown::read(text, Source::Pasted).expect("it is an article");
    let at = article.text().find("two").expect("it is there");
    let highlight = Highlight {
        range: TextRange::from_usize(at, at + "two".len()),
        footnote: None,
    };
    let written = with_highlights(&article, &[highlight]);
    assert_eq!(written.trim(), "one ==*two*==\u{a0}*three* four");
}
