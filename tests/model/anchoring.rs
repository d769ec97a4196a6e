//! Laws of anchoring: a passage is either found where it is or reported as not found.

use postil::model::anchoring::{Anchor, describe, locate};
use postil::model::annotation::{Quote, Target};
use postil::model::article::Article;
use postil::model::text::{CodePointRange, TextRange, snap_to_graphemes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use unicode_segmentation::UnicodeSegmentation;

use super::strategies::{WORDS, article, laws, of_paragraphs, passage, worded};

/// Minimum number of code points of context stored, where the text has that many.
const CONTEXT: usize = 64;

/// The passage between `[` and `]`, and the article without them.
fn marked(paragraphs: &[&str]) -> (Article, TextRange) {
    let article = of_paragraphs(paragraphs);
    let (start, end) = (article.text().find('['), article.text().find(']'));
    let (start, end) = (
        start.expect("a passage begins"),
        end.expect("a passage ends"),
    );
    let bare: Vec<String> = paragraphs
        .iter()
        .map(|words| words.replace(['[', ']'], ""))
        .collect();
    let bare: Vec<&str> = bare.iter().map(String::as_str).collect();
    (of_paragraphs(&bare), TextRange::from_usize(start, end - 1))
}

/// Anchor found in `new` for the passage marked in `old`, and the passage marked in `new`.
fn found(old: &[&str], new: &[&str]) -> (Anchor, TextRange) {
    let (old, range) = marked(old);
    let (new, answer) = marked(new);
    (locate(&new, &describe(&old, range)), answer)
}

/// Every occurrence of the words, including overlapping ones.
fn places(text: &str, words: &str) -> Vec<TextRange> {
    let starts = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| text[*at..].starts_with(words));
    starts
        .map(|start| TextRange::from_usize(start, start + words.len()))
        .collect()
}

/// True if all of the stored context surrounds a place; kinds of white space count as equal.
fn has_context(text: &str, target: &Target, place: TextRange) -> bool {
    let quote = target.quote.as_ref().expect("a passage has a quote");
    let text = text.replace('\n', " ");
    text[..place.start() as usize].ends_with(&quote.prefix.replace('\n', " "))
        && text[place.end() as usize..].starts_with(&quote.suffix.replace('\n', " "))
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn a_passage_is_found_where_it_was_made(article in worded(), one: Index, other: Index) {
        let range = passage(article.text(), &one, &other);
        prop_assume!(!range.is_empty());
        prop_assert_eq!(locate(&article, &describe(&article, range)), Anchor::Exact(range));
    }

    #[test]
    fn any_offsets_are_found_snapped(article in worded(), start in 0..200_u32, end in 0..200_u32) {
        let range = TextRange::new(start, end);
        let snapped = snap_to_graphemes(article.text(), range);
        let anchor = locate(&article, &describe(&article, range));
        let expected = if snapped.is_empty() { Anchor::orphan() } else { Anchor::Exact(snapped) };
        prop_assert_eq!(anchor, expected);
    }

    #[test]
    fn context_is_whole_graphemes_and_long_enough(article in article(), one: Index, other: Index) {
        let text = article.text();
        let range = passage(text, &one, &other);
        let quote = describe(&article, range).quote.expect("a passage has a quote");
        let (start, end) = (range.start() as usize, range.end() as usize);
        prop_assert!(range.slice(text).is_some_and(|words| quote.is_of(words)));
        prop_assert!(text[..start].ends_with(&quote.prefix));
        prop_assert!(text[end..].starts_with(&quote.suffix));
        let is_boundary = |at: usize| at == text.len() || text.grapheme_indices(true).any(|(begin, _)| begin == at);
        prop_assert!(is_boundary(start - quote.prefix.len()));
        prop_assert!(is_boundary(end + quote.suffix.len()));
        prop_assert!(quote.prefix.len() == start || quote.prefix.chars().count() >= CONTEXT);
        prop_assert!(quote.suffix.len() == text.len() - end || quote.suffix.chars().count() >= CONTEXT);
    }

    #[test]
    fn text_elsewhere_moves_a_unique_passage(
        before in "[א-ת0-9 ]{0,80}", after in "[א-ת0-9 ]{0,80}",
        head in "[א-ת0-9 😀]{0,60}", tail in "[א-ת0-9 😀]{0,60}",
    ) {
        let old = [before.as_str(), "where the [one and only] passage is", after.as_str()];
        let new = [head.as_str(), old[0], "where the [one and only] passage is", old[2], tail.as_str()];
        let (anchor, answer) = found(&old, &new);
        prop_assert_eq!(anchor.range(), Some(answer));
        prop_assert!(matches!(anchor, Anchor::Moved(_) | Anchor::Exact(_)));
    }

    #[test]
    fn a_repeated_word_is_told_apart_or_said_to_be_ambiguous(
        words in vec(select(&WORDS[..6]), 2..60), one: Index, other: Index, head in vec(select(&WORDS[..6]), 1..6),
    ) {
        let old = of_paragraphs(&[&words.join(" ")]);
        let new = of_paragraphs(&[&head.join(" "), &words.join(" ")]);
        let range = passage(old.text(), &one, &other);
        // Nobody annotates white space alone.
        prop_assume!(range.slice(old.text()).is_some_and(|words| !words.trim().is_empty()));
        let target = describe(&old, range);
        let by = (new.text().len() - old.text().len()) as u32;
        let answer = TextRange::new(range.start() + by, range.end() + by);
        let words = range.slice(old.text()).expect("a passage lies in the text");
        // White space is compared by its presence, not by its kind.
        let (seen, words) = (new.text().replace('\n', " "), words.replace('\n', " "));
        let equal: Vec<TextRange> = places(&seen, &words)
            .into_iter()
            .filter(|place| has_context(&seen, &target, *place))
            .collect();
        let anchor = locate(&new, &target);
        match (&anchor, anchor.range()) {
            (_, Some(place)) => prop_assert!(equal.contains(&place), "{place:?} is not {answer:?}"),
            (Anchor::Ambiguous(candidates), _) => {
                prop_assert!(candidates.iter().any(|place| place.range == answer));
            }
            _ => prop_assert!(false, "the words are there, and yet {anchor:?}"),
        }
        if let [only] = equal[..] {
            prop_assert_eq!(only, answer);
            prop_assert_eq!(anchor.range(), Some(answer));
        }
    }

    #[test]
    fn words_that_are_gone_are_not_found(article in worded(), one: Index, other: Index) {
        let target = describe(&article, passage(article.text(), &one, &other));
        let other = of_paragraphs(&["ΩΩΩ", "ΨΨΨ"]);
        prop_assert_eq!(locate(&other, &target).range(), None);
    }

    #[test]
    fn whatever_is_stored_has_an_answer(article in article(), elsewhere in article(), one: Index, other: Index) {
        let target = describe(&elsewhere, passage(elsewhere.text(), &one, &other));
        if let Some(range) = locate(&article, &target).range() {
            prop_assert!(range.slice(article.text()).is_some_and(|words| !words.is_empty()));
        }
    }
}

#[test]
fn overlapping_places_of_a_quote_are_all_seen() {
    let (anchor, answer) = found(
        &["so ha [ha ha] it went"],
        &["new", "so ha [ha ha] it went"],
    );
    assert_eq!(anchor.range(), Some(answer));
}

#[test]
fn of_places_that_overlap_the_one_with_its_surroundings_is_meant() {
    let (anchor, answer) = found(&["[naïve n]aïve the"], &["naïve", "[naïve n]aïve the"]);
    assert_eq!(anchor.range(), Some(answer));
}

#[test]
fn a_word_of_many_is_found_by_its_context() {
    let old = ["a rose is", "a [rose] was", "a rose will be"];
    let new = ["before", "a rose is", "a [rose] was", "a rose will be"];
    let (anchor, answer) = found(&old, &new);
    assert_eq!(anchor.range(), Some(answer));
}

#[test]
fn equal_words_without_context_are_ambiguous() {
    let (old, range) = marked(&["[rose]"]);
    let new = of_paragraphs(&["rose", "rose"]);
    let anchor = locate(&new, &describe(&old, range));
    assert!(matches!(anchor, Anchor::Ambiguous(candidates) if candidates.len() == 2));
}

/// A quote as other programs write it: only its words, sometimes with a position.
fn bare(words: &str, position: Option<u32>) -> Target {
    Target {
        quote: Some(Quote {
            exact: words.to_owned(),
            ..Quote::default()
        }),
        position: position
            .map(|start| CodePointRange::new(start, start + words.chars().count() as u32)),
        ..Target::default()
    }
}

#[test]
fn a_quote_without_surroundings_is_where_its_words_are() {
    let notice = "See the notice at the gate";
    let article = of_paragraphs(&[
        "Rules of the pier",
        "See the notice at the gate before you cast off.",
        "No fires. The “old” lamp is lit at dusk.",
        "Ask at the gatehouse, or at the barge.",
    ]);
    let words = |anchor: Anchor| {
        anchor
            .range()
            .and_then(|range| range.slice(article.text()))
            .map(str::to_owned)
    };
    let found = |quote: &str| words(locate(&article, &bare(quote, None)));
    assert_eq!(found(notice).as_deref(), Some(notice));
    assert_eq!(found("lamp").as_deref(), Some("lamp"));
    // The range has the article's spelling, whatever the quote's.
    assert_eq!(found("the \"OLD\" lamp").as_deref(), Some("The “old” lamp"));
    assert_eq!(found("no\u{a0}FIRES.").as_deref(), Some("No fires."));
    // Part of a word matches only where no whole word does.
    assert_eq!(found("gatehou").as_deref(), Some("gatehou"));
    assert_eq!(
        found("barge").as_deref(),
        Some("barge"),
        "and not within another word"
    );
    assert_eq!(found("Lanterns are lit at dusk by the watch"), None);
}

#[test]
fn a_quote_without_surroundings_may_be_in_each_place_of_its_words() {
    let article = of_paragraphs(&[
        "See the notice at the gate before you cast off.",
        "🌊 Held by the hand. See the notice at the gate before you cast off.",
        "No fires. See the notice at the gate before you cast off.",
    ]);
    let notice = "See the notice at the gate";
    let all = places(article.text(), notice);
    let Anchor::Ambiguous(candidates) = locate(&article, &bare(notice, None)) else {
        panic!("one of three is chosen");
    };
    let ranges: Vec<TextRange> = candidates.iter().map(|candidate| candidate.range).collect();
    assert_eq!(ranges, all);
    // A position is used only if the quote starts exactly there.
    let points = article.code_points().of_range(article.text(), all[1]);
    let there = locate(&article, &bare(notice, Some(points.start())));
    assert_eq!(there, Anchor::Exact(all[1]));
    let beside = locate(&article, &bare(notice, Some(points.start() + 1)));
    assert!(matches!(beside, Anchor::Ambiguous(_)), "{beside:?}");
}

#[test]
fn no_place_of_a_quote_without_surroundings_cuts_a_character() {
    let article = of_paragraphs(&["le cafe\u{301} et le cafe\u{301} noir"]);
    let Anchor::Ambiguous(candidates) = locate(&article, &bare("le cafe", None)) else {
        panic!("it stands twice");
    };
    for candidate in candidates {
        assert_eq!(
            candidate.range,
            snap_to_graphemes(article.text(), candidate.range)
        );
    }
}

#[test]
fn words_that_are_gone_are_an_orphan() {
    let (old, range) = marked(&["the [lost] words"]);
    assert_eq!(
        locate(&of_paragraphs(&["other"]), &describe(&old, range)),
        Anchor::orphan()
    );
}

#[test]
fn a_note_on_the_whole_needs_no_passage() {
    assert_eq!(
        locate(&of_paragraphs(&["words"]), &Target::default()),
        Anchor::Whole
    );
}

#[test]
fn a_position_without_words_is_believed_for_its_own_text_only() {
    let (article, range) = marked(&["a [😀 few] words"]);
    let target = Target {
        quote: None,
        ..describe(&article, range)
    };
    assert_eq!(locate(&article, &target), Anchor::Exact(range));
    assert_eq!(
        locate(&of_paragraphs(&["a 😀 few words", "more"]), &target),
        Anchor::orphan()
    );
}

#[test]
fn places_to_choose_from_have_the_white_space_of_the_quote() {
    let old = of_paragraphs(&["passage a"]);
    let new = of_paragraphs(&["the passage a", "passage a"]);
    let target = describe(&old, TextRange::new(0, 8));
    let Anchor::Ambiguous(candidates) = locate(&new, &target) else {
        panic!("nothing tells the two places apart");
    };
    let words = candidates.iter().map(|place| place.range.slice(new.text()));
    assert!(words.eq([Some("passage "), Some("passage ")]));
}

#[test]
fn a_first_word_is_told_apart_from_the_same_word_before_it() {
    let words = "words passage a a the passage a passage 42 passage naïve the";
    let old = of_paragraphs(&[words]);
    let new = of_paragraphs(&["words", words]);
    for (start, end) in [(0, 1), (1, 3), (0, 5)] {
        let target = describe(&old, TextRange::new(start, end));
        let moved = TextRange::new(start + 6, end + 6);
        assert_eq!(locate(&new, &target).range(), Some(moved));
    }
}
