//! Laws of word_diff: no word is lost, neither old nor new.

use postil::model::word_diff::{Fate, word_diff};
use proptest::prelude::*;

use super::strategies::{laws, text};

/// The words of all parts except those of one fate.
fn without(fate: Fate, parts: &[(Fate, String)]) -> String {
    let kept = parts.iter().filter(|(other, _)| *other != fate);
    kept.map(|(_, words)| words.as_str()).collect()
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn the_parts_are_the_old_words_and_the_new(old in text(), new in text()) {
        let parts = word_diff(&old, &new);
        prop_assert_eq!(without(Fate::New, &parts), old);
        prop_assert_eq!(without(Fate::Gone, &parts), new);
        prop_assert!(parts.iter().all(|(_, words)| !words.is_empty()));
        prop_assert!(parts.windows(2).all(|pair| pair[0].0 != pair[1].0));
    }

    #[test]
    fn the_same_words_stay(words in text()) {
        let expected = Some((Fate::Same, words.clone())).filter(|_| !words.is_empty());
        prop_assert_eq!(word_diff(&words, &words), Vec::from_iter(expected));
    }
}
