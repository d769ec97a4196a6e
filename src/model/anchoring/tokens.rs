//! Splits a text into tokens that ignore white space, case and typography.
//!
//! A token is a word, a single character of a script without spaces, or a sign. Its key is a hash
//! of its folded characters: compatibility decomposition (UAX #15), lower case, one kind of
//! quotation mark, of dash and of ellipsis. Only keys are folded, never the text itself.

use rustc_hash::FxHashMap;
use unicode_normalization::char::decompose_compatible;

/// The tokens of a text, by index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Their ids in the vocabulary.
    pub ids: Vec<u32>,
    /// The byte at which each token begins.
    pub starts: Vec<u32>,
    /// The byte after each token.
    pub ends: Vec<u32>,
}

impl Tokens {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns the first token that ends after a byte.
    pub fn first_after(&self, byte: u32) -> usize {
        self.ends.partition_point(|&end| end <= byte)
    }

    /// Returns one past the last token that begins before a byte.
    pub fn last_before(&self, byte: u32) -> usize {
        self.starts.partition_point(|&start| start < byte)
    }
}

/// The id of a token that is not in the vocabulary.
pub const UNKNOWN: u32 = u32::MAX;

/// Every distinct token of some texts, numbered.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<u64, u32>,
    /// By id: true if the token is a sign, not a word.
    signs: Vec<bool>,
}

impl Vocabulary {
    /// Number of distinct tokens.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// By id: true if the token is a sign, not a word.
    pub fn signs(&self) -> &[bool] {
        &self.signs
    }

    /// Returns the tokens of a text and gives new ones new ids.
    pub fn learn(&mut self, text: &str) -> Tokens {
        let mut tokens = Tokens::default();
        let expected = text.len() / 5;
        tokens.ids.reserve(expected);
        tokens.starts.reserve(expected);
        tokens.ends.reserve(expected);
        scan(text, |key, start, end| {
            let next = self.ids.len() as u32;
            let id = *self.ids.entry(key).or_insert(next);
            if id == next {
                self.signs.push(key & SIGN != 0);
            }
            tokens.ids.push(id);
            tokens.starts.push(start);
            tokens.ends.push(end);
        });
        tokens
    }

    /// Returns the tokens of a text, with new ones as [`UNKNOWN`].
    pub fn read(&self, text: &str) -> Tokens {
        let mut tokens = Tokens::default();
        scan(text, |key, start, end| {
            tokens
                .ids
                .push(self.ids.get(&key).copied().unwrap_or(UNKNOWN));
            tokens.starts.push(start);
            tokens.ends.push(end);
        });
        tokens
    }
}

/// The bit of a key that marks a sign.
const SIGN: u64 = 1;

/// How a character relates to the token at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    /// Part of a word.
    Word,
    /// A token of its own, in a script without spaces.
    Alone,
    /// Invisible: soft hyphens, joiners, direction marks. Belongs to the token at its place.
    Unseen,
    /// A combining mark: belongs to the token at its place, and changes it.
    Mark,
    Sign,
}

/// Other tables of scripts without spaces differ on purpose: this one tells what is looked for as one
/// token, and the weights are fitted to it. [`word_diff`](crate::model::word_diff) tells what is shown
/// as one thing, `import/plain/wrapping.rs` which characters are two columns wide, and
/// `import/html/letters.rs` which weigh as several letters, Hangul among them.
fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => Class::Word,
            c if c.is_ascii_whitespace() || c.is_ascii_control() => Class::Space,
            _ => Class::Sign,
        };
    }
    match u32::from(c) {
        0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x2069 | 0xFEFF
        | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF | 0x61C => Class::Unseen,
        0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5
        | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x6D6..=0x6DC | 0x6DF..=0x6E4
        | 0x6E7..=0x6E8 | 0x6EA..=0x6ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF | 0xFE20..=0xFE2F | 0x3099..=0x309A
        // Vowels and tones of Thai, Lao, Khmer and Myanmar above or below a letter.
        | 0xE31 | 0xE34..=0xE3A | 0xE47..=0xE4E | 0xEB1 | 0xEB4..=0xEBC | 0xEC8..=0xECE
        | 0x102B..=0x103E | 0x1056..=0x1059 | 0x105E..=0x1060 | 0x1062..=0x1064
        | 0x17B6..=0x17D3 | 0x1F3FB..=0x1F3FF => Class::Mark,
        0x640 => Class::Unseen, // The stroke that only lengthens an Arabic word.
        0x964 | 0x965 => Class::Sign,
        0x900..=0xDFF => Class::Word,
        0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF => Class::Alone,
        0x3005..=0x3007 | 0x3021..=0x3029 | 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9D | 0x20000..=0x3FFFF => Class::Alone,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Sign,
    }
}

/// Maps signs that typography interchanges to one of them.
fn folded_sign(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{2035}'
        | '\u{2039}' | '\u{203A}' | '\u{2BC}' | '\u{B4}' | '`' | '\u{FF07}' => '\'',
        '\u{201C}'
        | '\u{201D}'
        | '\u{201E}'
        | '\u{201F}'
        | '\u{AB}'
        | '\u{BB}'
        | '\u{2033}'
        | '\u{2036}'
        | '\u{301D}'..='\u{301F}'
        | '\u{FF02}' => '"',
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => '-',
        '\u{2026}' | '\u{22EF}' => ELLIPSIS,
        '\u{2022}' | '\u{2023}' | '\u{25E6}' | '\u{B7}' | '\u{2219}' => '\u{2022}',
        other => other,
    }
}

const ELLIPSIS: char = '\u{2026}';
/// The multiplier of FxHash, for distribution, not for secrecy.
const SPREAD: u64 = 0x517c_c1b7_2722_0a95;

/// A key to which folded characters are added.
#[derive(Clone, Copy)]
struct Key(u64);

impl Key {
    const EMPTY: Self = Self(0x9e37_79b9_7f4a_7c15);

    fn push(&mut self, character: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(character)).wrapping_mul(SPREAD);
    }

    fn push_folded(&mut self, character: char) {
        if character.is_ascii() {
            self.push(u32::from(character.to_ascii_lowercase()));
            return;
        }
        // Han has no case and, with few exceptions, no decomposition.
        if matches!(u32::from(character), 0x3400..=0x9FFF | 0x20000..=0x2F7FF) {
            self.push(u32::from(character));
            return;
        }
        decompose_compatible(character, |part| {
            for lower in part.to_lowercase() {
                self.push(u32::from(lower));
            }
        });
    }

    fn word(self) -> u64 {
        self.mixed() & !SIGN
    }

    fn sign(self) -> u64 {
        self.mixed() | SIGN
    }

    fn mixed(self) -> u64 {
        (self.0 ^ (self.0 >> 32)).wrapping_mul(SPREAD)
    }
}

/// Calls `found` with the key, the first byte and the end of each token, in order.
fn scan(text: &str, mut found: impl FnMut(u64, u32, u32)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let character = char_at(text, at);
        let class = class(character);
        at += character.len_utf8();
        let mut key = Key::EMPTY;
        match class {
            Class::Space | Class::Unseen => continue,
            Class::Word => {
                key.push_folded(character);
                at = word_from(text, at, &mut key);
                found(key.word(), start as u32, at as u32);
            }
            Class::Alone | Class::Mark => {
                key.push_folded(character);
                at = marks_from(text, at, &mut key);
                found(key.word(), start as u32, at as u32);
            }
            Class::Sign => {
                let sign = folded_sign(character);
                let (sign, end) = sign_run(text, at, sign);
                at = end;
                if sign.is_ascii() || sign == ELLIPSIS {
                    key.push(u32::from(sign));
                } else {
                    key.push_folded(sign);
                }
                at = marks_from(text, at, &mut key);
                found(key.sign(), start as u32, at as u32);
            }
        }
    }
}

fn char_at(text: &str, at: usize) -> char {
    let byte = text.as_bytes()[at];
    if byte.is_ascii() {
        char::from(byte)
    } else {
        text[at..].chars().next().unwrap_or(' ')
    }
}

/// Reads the rest of a word and returns its end.
fn word_from(text: &str, mut at: usize, key: &mut Key) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let character = char_at(text, at);
        match class(character) {
            Class::Word | Class::Mark => key.push_folded(character),
            Class::Unseen => {}
            _ => break,
        }
        at += character.len_utf8();
    }
    at
}

/// Reads the marks that belong to a character and returns their end.
fn marks_from(text: &str, mut at: usize, key: &mut Key) -> usize {
    while at < text.len() && !text.as_bytes()[at].is_ascii() {
        let character = char_at(text, at);
        match class(character) {
            Class::Mark => key.push_folded(character),
            Class::Unseen => {}
            _ => break,
        }
        at += character.len_utf8();
    }
    at
}

/// Reads a run of hyphens as one dash, and several full stops as an ellipsis.
fn sign_run(text: &str, mut at: usize, sign: char) -> (char, usize) {
    if sign != '-' && sign != '.' {
        return (sign, at);
    }
    let mut length = 1;
    while at < text.len() && text.as_bytes()[at] == sign as u8 {
        at += 1;
        length += 1;
    }
    match (sign, length) {
        ('.', 2..) => (ELLIPSIS, at),
        _ => (sign, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn(one).ids == vocabulary.learn(other).ids
    }

    fn words(text: &str) -> Vec<&str> {
        let tokens = Vocabulary::default().learn(text);
        let spans = tokens.starts.iter().zip(&tokens.ends);
        spans
            .map(|(&start, &end)| &text[start as usize..end as usize])
            .collect()
    }

    #[test]
    fn typography_and_case_are_not_seen() {
        assert!(same("“Don’t” — wait…", "\"don't\" -- WAIT..."));
        assert!(same("co\u{AD}operate", "cooperate"));
        assert!(same("caf\u{e9}", "Cafe\u{301}"));
        assert!(same("ﬁnd", "find"));
        assert!(same("a\u{a0}b", "a\n b"));
        assert!(!same("their", "there"));
    }

    #[test]
    fn scripts_without_spaces_are_read_by_the_character() {
        assert_eq!(words("読む。"), ["読", "む", "。"]);
        assert_eq!(words("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(words("Straße, ja"), ["Straße", ",", "ja"]);
    }
}
