//! Folding for search: ignores case, accents, width, typography and invisible characters.
//!
//! The page uses the browser's Unicode tables, so that they need not be downloaded; hence the
//! trait.

mod grams;

use std::ops::Range;

use grams::Grams;
use unicode_normalization::UnicodeNormalization;

/// The Unicode tables of the page's browser.
pub trait Tables {
    /// Compatibility decomposition (NFKD, <https://www.unicode.org/reports/tr15/>).
    fn decomposed(&self, words: &str) -> String;
    /// Canonical composition (NFC).
    fn composed(&self, words: &str) -> String;
    /// The lower case of the upper case of the lower case, so that "ß" and "ẞ" become "ss".
    fn lower_case(&self, words: &str) -> String;
}

/// The program's own tables, for the worker and for native code. What uses them must not be in the
/// page, which would have to download them.
pub struct Native;

impl Tables for Native {
    fn decomposed(&self, words: &str) -> String {
        words.nfkd().collect()
    }

    fn composed(&self, words: &str) -> String {
        words.nfc().collect()
    }

    fn lower_case(&self, words: &str) -> String {
        words.to_lowercase().to_uppercase().to_lowercase()
    }
}

/// Returns the words as a search compares them. White space of any kind and length becomes one
/// space; there is none at the ends.
pub fn folded(words: &str, tables: &dyn Tables) -> String {
    if words.is_ascii() {
        return with_single_blanks(words.to_ascii_lowercase().chars());
    }
    let plain: String = words.chars().filter_map(typewritten).collect();
    let lower = tables.lower_case(&without_marks(&tables.decomposed(&plain)));
    // Lower-casing can add marks ("İ").
    let bare = without_marks(&lower);
    let spelt = bare.chars().filter_map(typewritten).map(base);
    tables.composed(&with_single_blanks(spelt))
}

/// A text folded character by character, so that it is known where in it folded words stand. Words
/// are not found whose letters consist of several characters other than accents.
#[derive(Debug, Default)]
pub struct Places {
    folded: String,
    /// Where in the folded text something begins, and where it stands in the text.
    pieces: Vec<(usize, Range<usize>)>,
    grams: Option<Grams>,
}

impl Places {
    /// Folds a text. Each character that is not of ASCII is looked up in the tables once.
    pub fn of(text: &str, tables: &dyn Tables) -> Self {
        let mut places = Self::default();
        let mut known: Vec<(char, String)> = Vec::new();
        for (at, character) in text.char_indices() {
            let range = at..at + character.len_utf8();
            if character.is_whitespace() {
                let is_first = places.folded.is_empty() || places.folded.ends_with(' ');
                places.push(if is_first { "" } else { " " }, range);
            } else if character.is_ascii() {
                let lower = character.to_ascii_lowercase();
                places.push(lower.encode_utf8(&mut [0; 4]), range);
            } else {
                let place = known.iter().position(|(other, _)| *other == character);
                let place = place.unwrap_or_else(|| {
                    let folded = folded(character.encode_utf8(&mut [0; 4]), tables);
                    known.push((character, folded));
                    known.len() - 1
                });
                places.push(&known[place].1, range);
            }
        }
        places
    }

    fn push(&mut self, piece: &str, range: Range<usize>) {
        match self.pieces.last_mut() {
            // An accent belongs to its letter.
            Some((_, last)) if piece.is_empty() => last.end = range.end,
            _ => self.pieces.push((self.folded.len(), range)),
        }
        self.folded.push_str(piece);
    }

    /// Prepares for many searches, which takes about as long as folding the text does.
    pub fn indexed(mut self) -> Self {
        self.grams = Some(Grams::of(&self.folded));
        self
    }

    /// Returns where folded words stand, in bytes of the text: each place is as long as all that
    /// folds to them.
    pub fn of_words<'a>(&'a self, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let pieces = &self.pieces;
        self.starts(words).filter_map(move |start| {
            let first = pieces.partition_point(|(at, _)| *at <= start);
            let last = pieces.partition_point(|(at, _)| *at < start + words.len());
            let (first, last) = (first.checked_sub(1)?, last.checked_sub(1)?);
            Some(pieces[first].1.start..pieces[last].1.end)
        })
    }

    /// Where words begin in the folded text, of which none overlaps the one before.
    fn starts<'a>(&'a self, words: &'a str) -> Box<dyn Iterator<Item = usize> + 'a> {
        if words.is_empty() {
            return Box::new(std::iter::empty());
        }
        let looked_up = self
            .grams
            .as_ref()
            .and_then(|grams| grams.candidates(words));
        let Some(candidates) = looked_up else {
            return Box::new(self.folded.match_indices(words).map(|(start, _)| start));
        };
        let mut end = 0;
        Box::new(candidates.filter(move |&start| {
            let rest = &self.folded.as_bytes()[start..];
            let is_one = start >= end && rest.starts_with(words.as_bytes());
            if is_one {
                end = start + words.len();
            }
            is_one
        }))
    }
}

fn with_single_blanks(characters: impl Iterator<Item = char>) -> String {
    let mut folded = String::new();
    for character in characters {
        match character.is_whitespace() {
            false => folded.push(character),
            true if folded.is_empty() || folded.ends_with(' ') => {}
            true => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Replaces typographic characters with those of a typewriter; `None` for an invisible character.
fn typewritten(character: char) -> Option<char> {
    Some(match character {
        // Soft hyphen, grapheme joiner, tatweel, joiners, directional marks, word joiner, variation
        // selectors, byte order mark.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{640}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => return None,
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－' => '-',
        other => other,
    })
}

/// Removes the marks that are accents. Marks that are vowels or letters in their script stay.
fn without_marks(decomposed: &str) -> String {
    let mut last = ' ';
    decomposed
        .chars()
        .filter(|&character| {
            // The short I is a separate letter.
            let short_i = character == '\u{306}' && matches!(last, 'и' | 'И');
            last = character;
            short_i || !is_accent(character)
        })
        .collect()
}

fn is_accent(character: char) -> bool {
    matches!(character,
        // Latin, Greek, Cyrillic
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        // Hebrew points and accents
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        // Arabic
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// The base letter of a letter with a stroke, which no decomposition removes.
fn base(character: char) -> char {
    match character {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'ς' => 'σ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(words: &str) -> String {
        folded(words, &Native)
    }

    #[test]
    fn what_reads_alike_folds_alike() {
        for (one, other) in [
            ("Fisch\u{ad}markt", "fischmarkt"),
            ("no\u{a0}break \u{2009} space", "No Break Space"),
            ("zero\u{200b}width", "zerowidth"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("CAFÉ", "cafe"),
            ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
            ("ｶﾞｷﾞ", "ガギ"),
            ("“It’s” – so", "\"it's\" - so"),
            ("Straße", "STRASSE"),
            ("İstanbul ılık", "istanbul ilik"),
            ("ΟΔΟΣ", "οδός"),
            ("ёлка", "елка"),
            ("ﬁn…", "fin..."),
            ("Łódź, Ørsted, Đà", "lodz, orsted, da"),
            ("كِتَاب", "كتاب"),
            ("شـــعر", "شعر"),
            ("שָׁלוֹם", "שלום"),
            ("  two\n\twords ", "two words"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_another_word_stays_another() {
        for (one, other) in [
            ("か", "が"),
            ("мой", "мои"),
            ("कि", "की"),
            ("กา", "กำ"),
            ("한", "하"),
            ("a-b", "ab"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
        assert!(!fold("한").contains(&fold("하")));
    }

    #[test]
    fn words_are_found_where_they_stand() {
        for (words, needle, wanted) in [
            (
                "A Café, a CAFE\u{301}!",
                "cafe",
                &["Café", "CAFE\u{301}"][..],
            ),
            ("Fisch\u{ad}markt", "fischmarkt", &["Fisch\u{ad}markt"]),
            ("die Straße lang", "sse l", &["ße l"]),
            ("one \n\t two", "one two", &["one \n\t two"]),
            (" ﬁne", "i", &["ﬁ"]),
            ("\u{301}x", "x", &["x"]),
            ("なが 長い", "長", &["長"]),
            ("aaa", "aa", &["aa"]),
            ("nothing", "", &[]),
            ("", "a", &[]),
        ] {
            let places = Places::of(words, &Native);
            let found: Vec<&str> = places.of_words(needle).map(|place| &words[place]).collect();
            assert_eq!(found, wanted, "{words} {needle}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for words in ["İĲ ß ﬁ ẞ", "e\u{301}\u{ad}\u{301}", "й ё", "ΑΣ Σ", "𝒳²"] {
            assert_eq!(fold(&fold(words)), fold(words));
        }
    }
}
