//! Counts letters, so that scripts without spaces weigh as much as others.

/// Number of letters that a character of a script without spaces counts as: half a word.
pub(super) const LETTERS_OF_A_SIGN: usize = 3;
/// The characters of such scripts: Hangul letters, then ideographs and kana.
const SIGNS: [std::ops::RangeInclusive<char>; 2] =
    ['\u{1100}'..='\u{11ff}', '\u{2e80}'..='\u{3fffd}'];

/// Returns the number of letters that an alphanumeric character counts as.
pub(super) fn weight_of(c: char) -> usize {
    match SIGNS.iter().any(|signs| signs.contains(&c)) {
        true => LETTERS_OF_A_SIGN,
        false => 1,
    }
}

/// Returns the weighted number of letters of some words, and the number of characters of scripts
/// without spaces among them.
pub(super) fn letters_of(words: &str) -> (usize, usize) {
    let letters = words.chars().filter(|c| c.is_alphanumeric());
    letters.fold((0, 0), |(sum, signs), c| {
        let weight = weight_of(c);
        (sum + weight, signs + usize::from(weight > 1))
    })
}
