//! Laws of writing with keys: lists that go on, and what is taken back again.

use postil::import::markdown::read_note;
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Attributes, Description, Source, Tag};
use postil::model::markdown::as_markdown;
use postil::model::markup::Edit;
use postil::model::markup::lists::{entered, shifted};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::strategies::{article, laws, of_paragraphs, worded};

/// Lines of notes, in and out of lists.
fn note() -> impl Strategy<Value = String> {
    const INDENTATION: [&str; 6] = ["", "", "  ", "    ", "\t", "> "];
    const MARKERS: [&str; 9] = ["", "- ", "* ", "1. ", "9) ", "- [x] ", "> ", "> - ", "```"];
    const WORDS: [&str; 5] = ["", "words", "ö🌊 e\u{301}", "- so", " "];
    let line = (
        select(&INDENTATION[..]),
        select(&MARKERS[..]),
        select(&WORDS[..]),
    );
    vec(line.prop_map(|(a, b, c)| [a, b, c].concat()), 1..8).prop_map(|lines| lines.join("\n"))
}

fn applied(text: &str, edit: &Edit) -> (String, usize) {
    let mut after = text.to_owned();
    after.replace_range(edit.range.clone(), &edit.words);
    (after, edit.selection.start)
}

/// A place between two characters.
fn place(text: &str, at: &Index) -> usize {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    match places.is_empty() {
        true => 0,
        false => places[at.index(places.len())],
    }
}

/// The words of an article, blind to white space.
fn words(article: &Article) -> String {
    article.text().split_whitespace().collect()
}

/// Words full of signs that mean something in Markdown.
fn signs() -> impl Strategy<Value = String> {
    const SIGNS: [&str; 30] = [
        "*", "**", "_", "`", "``", "[", "](", ")", "<b>", "&amp;", "~~", "~", "==", "$", "$$", "#",
        "> ", "- ", "1. ", "|", "\\", "---", ":::", "!!! note", "{#a}", "%%", "^[", "a", " b ",
        "é",
    ];
    vec(select(&SIGNS[..]), 1..9).prop_map(|signs| signs.concat())
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn an_item_that_enter_began_ends_with_the_next_enter(text in note()) {
        let Some(edit) = entered(&text, text.len()) else { return Ok(()) };
        if edit.words.is_empty() { return Ok(()) }
        let (mut rest, mut caret) = applied(&text, &edit);
        prop_assert_eq!(caret, rest.len());
        // Each Enter takes one marker of a line without words away, until there is none.
        while let Some(edit) = entered(&rest, caret) {
            prop_assert!(edit.words.is_empty() && !edit.range.is_empty());
            (rest, caret) = applied(&rest, &edit);
        }
        let line = rest.strip_prefix(&text).and_then(|added| added.strip_prefix('\n'));
        prop_assert_eq!(line.map(str::trim), Some(""));
    }

    #[test]
    fn keys_add_only_markers(text in note(), at: Index) {
        let caret = place(&text, &at);
        let letters = |text: &str| text.matches(char::is_alphabetic).count();
        for edit in [entered(&text, caret), shifted(&text, caret, true), shifted(&text, caret, false)].into_iter().flatten() {
            let (after, caret) = applied(&text, &edit);
            prop_assert!(after.is_char_boundary(caret));
            let boxes = |text: &str| text.matches("[x]").count();
            prop_assert_eq!(letters(&after) - boxes(&after), letters(&text) - boxes(&text));
        }
    }

    #[test]
    fn tab_comes_to_an_end_and_is_taken_back(text in note(), at: Index) {
        let caret = place(&text, &at);
        let (mut inner, mut at_inner) = (text.clone(), caret);
        let mut steps = 0;
        while let Some(edit) = shifted(&inner, at_inner, true) {
            (inner, at_inner) = applied(&inner, &edit);
            steps += 1;
            prop_assert!(steps <= text.len(), "it leaves the box at last");
        }
        while let Some(edit) = shifted(&inner, at_inner, false) {
            (inner, at_inner) = applied(&inner, &edit);
            steps += 1;
            prop_assert!(steps <= 4 * text.len(), "it leaves the box at last");
        }
    }

    #[test]
    fn what_is_written_is_read_back(article in prop_oneof![article(), worded()]) {
        let read = read_note(&as_markdown(&article), true);
        prop_assert_eq!(words(&read), words(&article), "{}", as_markdown(&article));
    }

    #[test]
    fn signs_are_read_back(one in signs(), other in signs()) {
        let article = of_paragraphs(&[&one, &other]);
        let read = read_note(&as_markdown(&article), true);
        prop_assert_eq!(words(&read), words(&article), "{}", as_markdown(&article));
    }
}

#[test]
fn a_formula_that_looks_like_prices_keeps_its_words() {
    let mut builder = ArticleBuilder::new();
    for formula in ["42 the", "42"] {
        builder.open(Tag::P, Attributes::none());
        builder.open(Tag::Tex, Attributes::none());
        builder.text(formula);
        builder.close();
        builder.close();
    }
    let about = Description::new(Source::Pasted, "");
    let article = builder.finish(about).expect("it is well formed");
    let written = as_markdown(&article);
    assert_eq!(written.trim(), "`42 the`\n\n$42$");
    assert_eq!(words(&read_note(&written, true)), words(&article));
}
