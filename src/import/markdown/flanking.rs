//! Stars beside the letters and the punctuation of scripts that do not separate words by spaces.
//!
//! CommonMark wants a space or a mark on the other side of stars beside a mark, and those scripts
//! have none there (<https://github.com/commonmark/commonmark-spec/issues/650>). Here a run of
//! stars beside such a character may begin emphasis before anything but white space, and end it
//! after anything but that.

/// True for characters and punctuation of scripts that do not separate words by spaces.
pub(super) fn is_without_blanks(c: char) -> bool {
    is_east_asian(c)
        || matches!(c,
            '\u{e00}'..='\u{eff}'      // Thai, Lao
            | '\u{f00}'..='\u{fff}'    // Tibetan
            | '\u{1000}'..='\u{109f}'  // Myanmar
            | '\u{1780}'..='\u{17ff}'  // Khmer
            | '\u{1100}'..='\u{11ff}'  // Hangul, where particles follow without a space
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}')
}

/// True for characters of Chinese and Japanese, and marks as wide as these; false for Hangul.
pub(super) fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}'
        | '\u{3040}'..='\u{312f}'
        | '\u{3190}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9f}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{16fe0}'..='\u{18dff}'
        | '\u{1aff0}'..='\u{1b2ff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// True if a character is punctuation in both Chinese or Japanese and other languages.
pub(super) fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '―' | '·' | '‥')
}
