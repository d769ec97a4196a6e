//! Stars beside the letters and the punctuation of scripts that part words by no blanks.
//!
//! CommonMark asks for a blank or a mark on the other side of stars that stand beside a mark, and in
//! those scripts there is none (<https://github.com/commonmark/commonmark-spec/issues/650>). Here a
//! run of stars beside such a character may begin emphasis before anything but white space, and
//! end it after anything but that.

/// Whether a character belongs to a script that parts words by no blanks, or is its punctuation.
pub(super) fn is_without_blanks(c: char) -> bool {
    is_east_asian(c)
        || matches!(c,
            '\u{e00}'..='\u{eff}'      // Thai, Lao
            | '\u{f00}'..='\u{fff}'    // Tibetan
            | '\u{1000}'..='\u{109f}'  // Myanmar
            | '\u{1780}'..='\u{17ff}'  // Khmer
            | '\u{1100}'..='\u{11ff}'  // Hangul, where particles follow without a blank
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}')
}

/// Whether a character is one of Chinese or Japanese, or a mark as wide as these. Hangul is none.
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

/// Whether a character is punctuation of Chinese and Japanese as of other languages.
pub(super) fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '―' | '·' | '‥')
}
