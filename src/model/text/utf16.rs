//! Converts many ranges of one text to UTF-16 units, as other programs count them.

use super::{CodePointRange, TextRange};

/// Where a text has characters that are two UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utf16Offsets {
    /// The bytes at which they begin, in order.
    pairs: Vec<u32>,
}

impl Utf16Offsets {
    /// Looks through a text once.
    pub fn of(text: &str) -> Self {
        let pairs = text.char_indices();
        let pairs = pairs.filter(|(_, character)| *character > '\u{ffff}');
        Self {
            pairs: pairs.map(|(byte, _)| byte as u32).collect(),
        }
    }

    /// The start and the end, in UTF-16 units, of a range that is given in bytes and in code points.
    pub fn of_range(&self, bytes: TextRange, code_points: CodePointRange) -> (u32, u32) {
        let before = |byte: u32| self.pairs.partition_point(|pair| *pair < byte) as u32;
        (
            code_points.start() + before(bytes.start()),
            code_points.end() + before(bytes.end()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CodePoints, utf16_len};
    use super::*;

    #[test]
    fn every_range_is_as_long_as_its_units() {
        let text = "a😀é👨‍👩‍👧 𝔘x";
        let (units, points) = (Utf16Offsets::of(text), CodePoints::of(text));
        let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        for &start in &bytes {
            for &end in bytes.iter().filter(|end| **end >= start) {
                let range = TextRange::from_usize(start, end);
                let expected = (utf16_len(&text[..start]), utf16_len(&text[..end]));
                let found = units.of_range(range, points.of_range(text, range));
                assert_eq!(found, expected, "{range:?}");
            }
        }
    }
}
