//! Whole words at the ends of a range. Where words end the browser says, asked for a short stretch
//! of the text, and only where white space and letters do not say it already.

use super::text::TextRange;

/// Bytes before and after a place within which its word is looked for: more than any word has, and
/// in scripts without spaces enough to tell words apart.
const REACH: usize = 256;

/// Grows a range to whole words. `ends` returns the offsets in bytes at which the words of a text,
/// and what is between them, end; nothing if that is not known.
pub fn whole(text: &str, range: TextRange, ends: &dyn Fn(&str) -> Vec<usize>) -> TextRange {
    let (start, _) = around(text, range.start() as usize, ends);
    let (_, end) = around(text, range.end() as usize, ends);
    TextRange::from_usize(start, end)
}

/// Returns where the word around a place starts and ends: there, if it is inside of none.
fn around(text: &str, at: usize, ends: &dyn Fn(&str) -> Vec<usize>) -> (usize, usize) {
    let at = text.floor_char_boundary(at);
    let before = &text[text.ceil_char_boundary(at.saturating_sub(REACH))..at];
    let after = &text[at..text.floor_char_boundary(at + REACH)];
    let before = before.rsplit(char::is_whitespace).next();
    let after = after.split(char::is_whitespace).next();
    let (Some(before @ 1..), Some(after @ 1..)) = (before.map(str::len), after.map(str::len))
    else {
        return (at, at);
    };
    let (from, to) = (at - before, at + after);
    let stretch = &text[from..to];
    if stretch.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return (from, to);
    }
    let ends = ends(stretch);
    let Some(end) = ends.iter().find(|end| **end >= before) else {
        return (at, at);
    };
    let start = ends.iter().rfind(|end| **end <= before).unwrap_or(&0);
    (from + start, from + end)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn ends(text: &str) -> Vec<usize> {
        let words = text.split_word_bound_indices();
        words.map(|(at, word)| at + word.len()).collect()
    }

    /// What `|…|` in a text grows to.
    fn grown(marked: &str) -> String {
        let text = marked.replace('|', "");
        let places: Vec<usize> = marked.match_indices('|').map(|(at, _)| at).collect();
        let range = TextRange::from_usize(places[0], places[1] - 1);
        let whole = whole(&text, range, &ends);
        whole.slice(&text).expect("whole characters").to_owned()
    }

    #[test]
    fn ends_inside_words_grow_and_others_stay() {
        for (marked, whole) in [
            ("the k|iln is l|it", "kiln is lit"),
            ("the ki|l|n is lit", "kiln"),
            ("the |kiln is| lit", "kiln is"),
            ("the| kiln is |lit", " kiln is "),
            ("|the kiln is lit|", "the kiln is lit"),
            ("th|e kiln (is l|it).", "the kiln (is lit"),
            ("they do|n’t, ye|t", "don’t, yet"),
            ("a well-kn|own mar|gin", "known margin"),
            (
                "mar\u{ad}g|i\u{ad}na\u{ad}lia a|re",
                "mar\u{ad}gi\u{ad}na\u{ad}lia are",
            ),
            ("caf|e\u{301} Zu|\u{308}rich", "cafe\u{301} Zu\u{308}rich"),
            ("3.|5 m, 1,0|00", "3.5 m, 1,000"),
            ("in one c|ell\tand the n|ext\nline", "cell\tand the next"),
            ("по|ле и ле|с.", "поле и лес"),
        ] {
            assert_eq!(grown(marked), whole, "{marked}");
        }
    }

    #[test]
    fn what_is_certain_is_not_asked_for_and_the_rest_for_a_short_stretch() {
        let (asked, longest) = (Cell::new(0), Cell::new(0));
        let counted = |stretch: &str| {
            asked.set(asked.get() + 1);
            longest.set(longest.get().max(stretch.len()));
            ends(stretch)
        };
        whole("the kiln is lit", TextRange::new(5, 13), &counted);
        assert_eq!(asked.get(), 0);
        let long = "漢".repeat(10_000);
        whole(&long, TextRange::new(3_000, 3_003), &counted);
        assert_eq!(asked.get(), 2);
        assert!(longest.get() <= 2 * REACH);
        // Where nobody knows words, nothing grows.
        let range = TextRange::new(3_000, 3_003);
        assert_eq!(whole(&long, range, &|_| Vec::new()), range);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn a_range_grows_once_and_to_the_words_of_the_text(
            text in "[a-c .,'’\\-1\u{301}\u{ad}漢かé👩\u{200d}]{0,30}", one: prop::sample::Index, other: prop::sample::Index,
        ) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let range = TextRange::from_usize(*one.get(&places), *other.get(&places));
            let grown = whole(&text, range, &ends);
            prop_assert!(grown.start() <= range.start() && range.end() <= grown.end());
            prop_assert_eq!(whole(&text, grown, &ends), grown);
            for at in [grown.start() as usize, grown.end() as usize] {
                let beside_space = text[at..].starts_with(char::is_whitespace) || text[..at].ends_with(char::is_whitespace);
                let is_end = at == 0 || ends(&text).contains(&at);
                prop_assert!(is_end || beside_space, "{} in {:?}", at, text);
            }
        }
    }
}
