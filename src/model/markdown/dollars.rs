//! What dollars mean in Markdown, for whoever writes formulas and whoever reads them.

/// Characters that prose does not contain, and formulas do.
pub const SIGNS_OF_TEX: [char; 8] = ['\\', '^', '_', '=', '{', '<', '+', '|'];

/// True if words between two dollars are about prices: a number, followed by words.
pub fn are_prices(words: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    words.starts_with(|c: char| c.is_ascii_digit())
        && !words.contains(SIGNS_OF_TEX)
        && words.split_whitespace().any(is_word)
}
