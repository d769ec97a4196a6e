//! Guards cells that a spreadsheet would run as formulas, so that the words can be restored.
//!
//! <https://owasp.org/www-community/attacks/CSV_Injection>: a cell that begins like a formula is
//! given an apostrophe. One that begins with apostrophes before such a sign gets one more, so that
//! each is read back as it was.

use std::borrow::Cow;

/// What is put before a cell.
const GUARD: char = '\'';
/// What begins a formula, also in the full width of East Asian keyboards, or leads a spreadsheet to
/// look for one behind it.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches(GUARD).starts_with(SIGNS)
}

/// Returns the words as they may stand in a cell.
pub(super) fn guarded(words: &str) -> Cow<'_, str> {
    match is_dangerous(words) {
        true => Cow::Owned(format!("{GUARD}{words}")),
        false => Cow::Borrowed(words),
    }
}

/// Restores the words that [`guarded`] wrote.
pub(super) fn unguarded(cell: &str) -> &str {
    let words = cell.strip_prefix(GUARD);
    words.filter(|words| is_dangerous(words)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula_and_each_is_restored() {
        for words in [
            "", "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", "\n=x", "＝1", "'=1", "''-", "'",
            "it's", "'tis", "a=b", "''",
        ] {
            let cell = guarded(words);
            assert!(!cell.starts_with(SIGNS), "{cell}");
            assert_eq!(unguarded(&cell), words);
        }
        assert_eq!(guarded("'tis"), "'tis");
        assert_eq!(guarded("=1"), "'=1");
    }
}
