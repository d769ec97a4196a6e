//! Laws of finding passages in edited articles: a mere change of style loses nothing, ranges end
//! on character boundaries, and the more plausible place comes first.

use postil::model::anchoring::{Anchor, Candidate, Locator, OlderText, describe};
use postil::model::annotation::Target;
use postil::model::article::Article;
use postil::model::text::TextRange;
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_segmentation::UnicodeSegmentation;

use super::strategies::{laws, passage, worded};

/// An older version of an article, with the passage between `[` and `]`.
struct Old {
    article: Article,
    range: TextRange,
}

fn old(marked: &str) -> Old {
    let (start, end) = (marked.find('['), marked.find(']'));
    let (start, end) = (start.expect("it begins"), end.expect("it ends") - 1);
    Old {
        article: Article::verbatim(&marked.replace(['[', ']'], "")),
        range: TextRange::from_usize(start, end),
    }
}

impl Old {
    fn target(&self) -> Target {
        describe(&self.article, self.range)
    }

    fn version(&self) -> OlderText {
        version(&self.article)
    }

    /// Anchors of the passage in a new text, with the old text at hand and without it.
    fn anchors(&self, new: &str) -> [Anchor; 2] {
        let with = Locator::with_versions(new, &[self.version()]);
        [
            with.locate(&self.target()),
            Locator::new(new).locate(&self.target()),
        ]
    }
}

fn version(article: &Article) -> OlderText {
    OlderText {
        digest: article.digest().clone(),
        text: article.text().to_owned(),
    }
}

/// The kind of an anchor in a word, and the words at its place.
fn told<'a>(anchor: &Anchor, text: &'a str) -> (&'static str, &'a str) {
    let words = |range: TextRange| range.slice(text).expect("a place lies in the text");
    match anchor {
        Anchor::Exact(range) => ("exact", words(*range)),
        Anchor::Moved(place) => ("moved", words(place.range)),
        Anchor::Changed(place) => ("changed", words(place.range)),
        Anchor::Ambiguous(places) => ("ambiguous", words(places[0].range)),
        Anchor::Replaced(gap) => ("replaced", words(gap.range)),
        Anchor::Orphan { .. } => ("orphan", ""),
        Anchor::Whole => ("whole", ""),
    }
}

fn assert_told(old: &Old, new: &str, expected: (&str, &str)) {
    for (anchor, how) in old
        .anchors(new)
        .iter()
        .zip(["with the old text", "without it"])
    {
        assert_eq!(told(anchor, new), expected, "{how}");
    }
}

const GARDEN: &str = "The garden lay behind the mill, and nobody had tended it for years.\n\
    In the spring the hedges grew so high that the gate could not be opened.\n\
    [Only the old pear tree was pruned every winter], by whom no one ever saw.\n\
    Then a family from the coast moved in and began to clear the paths.\n\
    They found a well, two benches of stone and a bed of wild garlic.";

#[test]
fn words_that_stay_where_they_were_are_exact() {
    let new = GARDEN
        .replace(['[', ']'], "")
        .replace("for years", "for a long time");
    assert_told(
        &old(GARDEN),
        &new,
        ("exact", "Only the old pear tree was pruned every winter"),
    );
}

#[test]
fn words_that_went_elsewhere_are_moved() {
    let bare = GARDEN.replace(['[', ']'], "");
    let passage = "Only the old pear tree was pruned every winter";
    let new = format!("{passage}.\n{}", bare.replace(passage, "The well was dry"));
    assert_told(&old(GARDEN), &new, ("moved", passage));
}

#[test]
fn words_that_were_reworded_are_changed() {
    let new = GARDEN
        .replace(['[', ']'], "")
        .replace("old pear tree was pruned", "old pear tree was cut back");
    assert_told(
        &old(GARDEN),
        &new,
        (
            "changed",
            "Only the old pear tree was cut back every winter",
        ),
    );
}

#[test]
fn words_that_were_cut_leave_a_gap() {
    let new = GARDEN.replace(
        "[Only the old pear tree was pruned every winter]",
        "Smoke rose",
    );
    assert_told(&old(GARDEN), &new, ("replaced", "Smoke rose"));
}

#[test]
fn words_that_are_nowhere_are_an_orphan() {
    assert_told(
        &old(GARDEN),
        "Rivers carry more than water: sand, seeds and news.",
        ("orphan", ""),
    );
}

#[test]
fn one_word_with_nothing_left_around_it_is_no_guess() {
    let old = old("He asked about the [river] and about the price of the boats.");
    assert_told(
        &old,
        "Of all that was said that evening only the word river remained.",
        ("orphan", ""),
    );
}

#[test]
fn equal_places_are_said_to_be_equal() {
    let old =
        old("Chapter one.\nSee the [table below] for the figures of the year.\nNothing else.");
    let line = "See the table below for the figures of the year.";
    let new = format!("{line}\nAnd once more, so that nobody may miss it.\n{line}\n");
    let anchor = Locator::new(&new).locate(&old.target());
    let Anchor::Ambiguous(places) = anchor else {
        panic!("two places are equal, and yet {anchor:?}");
    };
    assert_eq!(places.len(), 2);
    assert!(
        places
            .iter()
            .all(|place| place.range.slice(&new) == Some("table below"))
    );
}

#[test]
fn a_changed_original_is_not_beaten_by_a_look_alike() {
    let old = old(
        "Boil the water first. Then [add the salt and stir well], and wait for a minute before you taste it.\n\
         The bread needs less care: it bakes by itself while the soup cools down in the pot.",
    );
    let new = "Boil the water first. Then add the coarse salt and stir it well, and wait for a minute before you taste it.\n\
         The bread needs less care: it bakes by itself while the soup cools down in the pot.\n\
         For the sauce: add the salt and stir well.";
    let places = Locator::new(new).candidates(&old.target());
    assert_eq!(
        places[0].0.range.slice(new),
        Some("add the coarse salt and stir it well")
    );
}

#[test]
fn plausible_places_come_first_and_odds_fall() {
    let old = old(
        "At noon the ferry leaves the northern pier, and [the last one back goes at nine] in summer, at seven in winter.\n\
         Tickets are sold on board; children travel free.",
    );
    let new = "For the islands there is another line, and the last one back goes at nine as well.\n\
         It does not run in winter, so ask at the harbour office before you plan a day trip to them.\n\
         On holidays the last one goes at eight, whatever the season.\n\
         At noon the ferry leaves the northern pier, and the last one back goes at nine in summer, at seven in winter.\n\
         Tickets are sold on board; children travel free.";
    let places = Locator::new(new).candidates(&old.target());
    assert!(places.len() >= 2, "{places:?}");
    let original = new.rfind("the last one back").expect("it stands there");
    assert_eq!(places[0].0.range.start() as usize, original);
    let falls = places
        .windows(2)
        .all(|pair| pair[0].0.confidence >= pair[1].0.confidence);
    assert!(falls, "{places:?}");
    let locator = Locator::new(new);
    let best: Candidate = locator.candidates(&old.target())[0].0;
    assert_eq!(locator.locate(&old.target()).range(), Some(best.range));
}

#[test]
fn a_note_goes_through_every_version() {
    let first = old(GARDEN);
    let second = Article::verbatim(&GARDEN.replace(['[', ']'], "").replace(
        "Only the old pear tree was pruned",
        "Only the ancient pear tree was pruned",
    ));
    let third = second.text().replace(
        "every winter, by whom",
        "each winter by a stranger, by whom",
    );
    let third = third.replace("by whom no one ever saw", "whom no one ever saw");
    let versions = [first.version(), version(&second)];
    let anchor = Locator::with_versions(&third, &versions).locate(&first.target());
    let (state, words) = told(&anchor, &third);
    assert_eq!(state, "changed");
    assert!(
        words.starts_with("Only the ancient pear tree was pruned"),
        "{words}"
    );
}

#[test]
fn a_very_long_quote_is_found_by_its_ends() {
    let sentences: Vec<String> = (0..900)
        .map(|n| format!("Sentence number {n} speaks of matter {}.", n * 7 % 901))
        .collect();
    let text = sentences.join(" ");
    let article = Article::verbatim(&text);
    let range = TextRange::from_usize(40, text.len() - 60);
    let target = describe(&article, range);
    let quote = target.quote.as_ref().expect("a passage has a quote");
    assert!(quote.rest.is_some() && quote.exact.len() < 3_000);
    let new = format!("A new beginning. {text} A new end.");
    let place = told(&Locator::new(&new).locate(&target), &new).1.to_owned();
    assert!(place == text[40..text.len() - 60], "another place");
}

/// The same words with other case, typography or white space.
fn restyled(text: &str, by: u8) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            ' ' if by & 1 != 0 => out.push_str(" \u{a0}"),
            '\'' | '’' if by & 2 != 0 => out.push(if letter == '’' { '\'' } else { '’' }),
            '"' if by & 2 != 0 => out.push('“'),
            '-' if by & 2 != 0 => out.push('–'),
            letter if by & 4 != 0 && letter.is_ascii() => out.push(letter.to_ascii_uppercase()),
            letter => out.push(letter),
        }
        if by & 8 != 0 && letter.is_ascii_punctuation() && out.ends_with(['.', ',']) {
            out.push('\n');
        }
    }
    out
}

fn is_on_graphemes(text: &str, range: TextRange) -> bool {
    let is = |at: u32| {
        at as usize == text.len()
            || text
                .grapheme_indices(true)
                .any(|(start, _)| start == at as usize)
    };
    range.slice(text).is_some() && is(range.start()) && is(range.end())
}

fn ranges(anchor: &Anchor) -> Vec<TextRange> {
    match anchor {
        Anchor::Exact(range) => vec![*range],
        Anchor::Moved(place) | Anchor::Changed(place) | Anchor::Replaced(place) => {
            vec![place.range]
        }
        Anchor::Ambiguous(places) => places.iter().map(|place| place.range).collect(),
        Anchor::Orphan { suggestion } => suggestion.iter().map(|place| place.range).collect(),
        Anchor::Whole => Vec::new(),
    }
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn what_only_looks_different_is_the_same(by in 0..16_u8) {
        let old = old(GARDEN);
        let new = restyled(old.article.text(), by);
        for anchor in old.anchors(&new) {
            prop_assert!(matches!(anchor, Anchor::Exact(_) | Anchor::Moved(_)), "{anchor:?}");
        }
    }

    #[test]
    fn what_only_looks_different_is_the_same_for_any_passage(article in worded(), one: Index, other: Index, by in 0..16_u8) {
        let range = passage(article.text(), &one, &other);
        let words = range.slice(article.text()).unwrap_or_default();
        prop_assume!(words.chars().any(char::is_alphanumeric));
        let new = restyled(article.text(), by);
        let locator = Locator::with_versions(&new, &[version(&article)]);
        let anchor = locator.locate(&describe(&article, range));
        prop_assert!(matches!(anchor, Anchor::Exact(_) | Anchor::Moved(_)), "{anchor:?}");
    }

    #[test]
    fn places_lie_on_graphemes_of_the_text(before in worded(), after in worded(), one: Index, other: Index, at_hand: bool) {
        let target = describe(&before, passage(before.text(), &one, &other));
        let versions = if at_hand { vec![version(&before)] } else { Vec::new() };
        let anchor = Locator::with_versions(after.text(), &versions).locate(&target);
        for range in ranges(&anchor) {
            prop_assert!(is_on_graphemes(after.text(), range), "{anchor:?}");
        }
        if let Anchor::Ambiguous(places) = &anchor {
            prop_assert!(places.len() > 1);
            prop_assert!(places.windows(2).all(|pair| pair[0].confidence >= pair[1].confidence));
        }
    }

    #[test]
    fn hostile_targets_have_an_answer(
        text in "\\PC{0,200}", prefix in "\\PC{0,20}", exact in "\\PC{0,40}", suffix in "\\PC{0,20}",
    ) {
        let mut target = describe(&Article::verbatim("something else"), TextRange::new(0, 9));
        let quote = target.quote.as_mut().expect("a passage has a quote");
        quote.prefix = prefix;
        quote.exact = exact;
        quote.suffix = suffix;
        for range in ranges(&Locator::new(&text).locate(&target)) {
            prop_assert!(is_on_graphemes(&text, range));
        }
    }
}
