//! Ranges of an article's text, and the only conversions between the three kinds of offset.
//!
//! Inside, offsets are UTF-8 bytes. At the boundary to the page they are UTF-16 units, at the
//! boundary to the W3C model Unicode code points.

mod utf16;

use super::graphemes::{boundary_after, boundary_before, is_boundary};
use serde::{Deserialize, Serialize};

pub use utf16::Utf16Offsets;

/// A range of an article's text, in bytes.
///
/// Invariant: `start <= end`. Ranges made by this crate lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// Creates the range between two byte offsets, in either order.
    pub fn new(one: u32, other: u32) -> Self {
        Self {
            start: one.min(other),
            end: one.max(other),
        }
    }

    /// Creates the range between two byte offsets into a string in memory, in either order.
    pub fn from_usize(one: usize, other: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self::new(narrow(one), narrow(other))
    }

    /// The first byte.
    pub fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> u32 {
        self.end
    }

    /// Number of bytes in the range.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True if the range is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The overlap of both ranges, if it is at least one byte.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start < end).then_some(Self { start, end })
    }

    /// The part of `text` in this range; `None` if the range exceeds the text or splits a
    /// character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}

impl From<(u32, u32)> for TextRange {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

impl From<TextRange> for (u32, u32) {
    fn from(range: TextRange) -> Self {
        (range.start, range.end)
    }
}

/// A range in Unicode code points, as the W3C's `TextPositionSelector` counts (§4.2.5,
/// <https://www.w3.org/TR/annotation-model/#text-position-selector>). Invariant: `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct CodePointRange {
    start: u32,
    end: u32,
}

impl CodePointRange {
    /// Creates the range between two code point offsets, in either order.
    pub fn new(one: u32, other: u32) -> Self {
        Self {
            start: one.min(other),
            end: one.max(other),
        }
    }

    /// The first code point.
    pub fn start(self) -> u32 {
        self.start
    }

    /// One past the last code point.
    pub fn end(self) -> u32 {
        self.end
    }
}

impl From<(u32, u32)> for CodePointRange {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

impl From<CodePointRange> for (u32, u32) {
    fn from(range: CodePointRange) -> Self {
        (range.start, range.end)
    }
}

/// Number of bytes before the `units`-th UTF-16 unit of `text`, rounded down to a whole character.
pub fn byte_of_utf16(text: &str, units: u32) -> u32 {
    let mut left = units;
    for (byte, character) in text.char_indices() {
        let width = character.len_utf16() as u32;
        if left < width {
            return byte as u32;
        }
        left -= width;
    }
    text.len() as u32
}

/// Number of UTF-16 units in `text`.
pub fn utf16_len(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// Converts between bytes and code points, in constant time for each look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePoints {
    /// Number of code points that begin before byte `i * STRIDE`.
    samples: Vec<u32>,
}

/// Bytes between two samples: smaller makes look-ups faster, larger saves memory.
const STRIDE: usize = 512;

impl CodePoints {
    /// Counts the code points of `text` once.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut samples = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut before = 0;
        for block in bytes.chunks(STRIDE) {
            samples.push(before);
            before += leading_bytes(block);
        }
        samples.push(before);
        Self { samples }
    }

    /// Converts a range to code points. `text` must be the text given to [`CodePoints::of`].
    pub fn of_range(&self, text: &str, range: TextRange) -> CodePointRange {
        CodePointRange::new(
            self.before_byte(text, range.start),
            self.before_byte(text, range.end),
        )
    }

    /// Converts a range to bytes; `None` if it exceeds the text.
    pub fn to_range(&self, text: &str, range: CodePointRange) -> Option<TextRange> {
        Some(TextRange::new(
            self.byte_of(text, range.start)?,
            self.byte_of(text, range.end)?,
        ))
    }

    fn before_byte(&self, text: &str, byte: u32) -> u32 {
        let byte = (byte as usize).min(text.len());
        let sample = (byte / STRIDE).min(self.samples.len() - 1);
        self.samples[sample] + leading_bytes(&text.as_bytes()[sample * STRIDE..byte])
    }

    fn byte_of(&self, text: &str, code_point: u32) -> Option<u32> {
        let sample = self.samples.partition_point(|&before| before <= code_point) - 1;
        let mut left = code_point - self.samples[sample];
        let from = (sample * STRIDE).min(text.len());
        for (index, &byte) in text.as_bytes()[from..].iter().enumerate() {
            if is_leading(byte) {
                if left == 0 {
                    return Some((from + index) as u32);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(text.len() as u32)
    }
}

fn leading_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| is_leading(byte)).count() as u32
}

/// True if a UTF-8 byte begins a character.
fn is_leading(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Widens the range so that it splits no grapheme cluster (UAX #29), as the W3C model requires
/// (§4.2.4). Offsets past the end or inside a character are first rounded down to a boundary.
pub fn snap_to_graphemes(text: &str, range: TextRange) -> TextRange {
    let start = floor_char(text, range.start as usize);
    let end = floor_char(text, range.end as usize);
    if start == end {
        return TextRange::from_usize(start, end);
    }
    TextRange::from_usize(grapheme_before(text, start), grapheme_after(text, end))
}

fn floor_char(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn grapheme_before(text: &str, offset: usize) -> usize {
    match is_boundary(text, offset) {
        true => offset,
        false => boundary_before(text, offset).unwrap_or(0),
    }
}

fn grapheme_after(text: &str, offset: usize) -> usize {
    match is_boundary(text, offset) {
        true => offset,
        false => boundary_after(text, offset).unwrap_or(text.len()),
    }
}

/// Removes white space from the ends of the range; empty at its end if there is nothing else.
pub fn trim(text: &str, range: TextRange) -> TextRange {
    let Some(words) = range.slice(text) else {
        return range;
    };
    let start = range.start as usize + (words.len() - words.trim_start().len());
    TextRange::from_usize(start, start + words.trim().len())
}

/// The first `most` code points of a text, with an ellipsis if more follow.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((byte, _)) => [text[..byte].trim_end(), "…"].concat(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_offsets_round_down_to_characters() {
        let text = "a\u{1f600}é";
        let bytes: Vec<u32> = (0..6).map(|units| byte_of_utf16(text, units)).collect();
        assert_eq!(bytes, [0, 1, 1, 5, 7, 7]);
        assert_eq!(utf16_len(text), 4);
    }

    #[test]
    fn a_family_emoji_is_not_split() {
        let text = "a👨‍👩‍👧b";
        let inside = TextRange::new(5, 8);
        assert_eq!(snap_to_graphemes(text, inside).slice(text), Some("👨‍👩‍👧"));
    }

    #[test]
    fn an_empty_range_stays_empty() {
        let text = "e\u{301}";
        assert!(snap_to_graphemes(text, TextRange::new(1, 1)).is_empty());
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = " \n two words\t";
        assert_eq!(
            trim(text, TextRange::new(0, 13)).slice(text),
            Some("two words")
        );
        assert!(trim("   ", TextRange::new(0, 3)).is_empty());
    }
}
