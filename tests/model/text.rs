//! Laws of offsets: conversions invert, snapping keeps graphemes whole, trimming keeps words.

use std::collections::BTreeSet;

use postil::model::text::{
    CodePointRange, CodePoints, TextRange, byte_of_utf16, snap_to_graphemes, trim, utf16_len,
};
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_segmentation::UnicodeSegmentation;

use super::strategies::{between, laws, text};

/// Every offset at which a character starts, and the text's end.
fn boundaries(text: &str) -> Vec<u32> {
    (0..=text.len())
        .filter(|byte| text.is_char_boundary(*byte))
        .map(|byte| byte as u32)
        .collect()
}

/// Every offset at which a grapheme starts, and the text's end.
fn grapheme_boundaries(text: &str) -> BTreeSet<u32> {
    let starts = text.grapheme_indices(true).map(|(byte, _)| byte as u32);
    starts.chain([text.len() as u32]).collect()
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn utf16_offsets_of_characters_are_read_back(text in text()) {
        for byte in boundaries(&text) {
            let units = utf16_len(&text[..byte as usize]);
            prop_assert_eq!(units as usize, text[..byte as usize].encode_utf16().count());
            prop_assert_eq!(byte_of_utf16(&text, units), byte);
        }
    }

    #[test]
    fn a_utf16_offset_within_a_pair_is_that_of_its_character(text in text()) {
        for units in 0..=utf16_len(&text) {
            let byte = byte_of_utf16(&text, units) as usize;
            let whole = utf16_len(&text[..byte]);
            prop_assert!(whole == units || whole + 1 == units, "{} is not {}", whole, units);
        }
        prop_assert_eq!(byte_of_utf16(&text, u32::MAX), text.len() as u32);
    }

    #[test]
    fn code_points_are_counted_and_read_back(text in text()) {
        let code_points = CodePoints::of(&text);
        let places = boundaries(&text);
        for (count, &byte) in places.iter().enumerate() {
            let (bytes, counted) = (TextRange::new(0, byte), CodePointRange::new(0, count as u32));
            prop_assert_eq!(code_points.of_range(&text, bytes), counted);
            prop_assert_eq!(code_points.to_range(&text, counted), Some(bytes));
        }
        let beyond = CodePointRange::new(0, places.len() as u32);
        prop_assert_eq!(code_points.to_range(&text, beyond), None);
    }

    #[test]
    fn a_range_in_code_points_has_the_same_words(text in text(), one: Index, other: Index) {
        let range = snap_to_graphemes(&text, between(&text, &one, &other));
        let counted = CodePoints::of(&text).of_range(&text, range);
        let width = (counted.end() - counted.start()) as usize;
        let words: String = text.chars().skip(counted.start() as usize).take(width).collect();
        prop_assert_eq!(range.slice(&text), Some(words.as_str()));
    }

    #[test]
    fn snapping_is_idempotent_and_splits_no_grapheme(text in text(), one: Index, other: Index) {
        let range = between(&text, &one, &other);
        let snapped = snap_to_graphemes(&text, range);
        prop_assert_eq!(snap_to_graphemes(&text, snapped), snapped);
        prop_assert!(snapped.slice(&text).is_some());
        if !snapped.is_empty() {
            let places = grapheme_boundaries(&text);
            prop_assert!(places.contains(&snapped.start()) && places.contains(&snapped.end()));
        }
    }

    #[test]
    fn snapping_gives_the_least_range_of_graphemes_around(text in text(), one: Index, other: Index) {
        let characters = boundaries(&text);
        let range = TextRange::new(*one.get(&characters), *other.get(&characters));
        let snapped = snap_to_graphemes(&text, range);
        prop_assert!(snapped.start() <= range.start() && range.end() <= snapped.end());
        if !range.is_empty() {
            let places = grapheme_boundaries(&text);
            prop_assert_eq!(places.range(..=range.start()).next_back(), Some(&snapped.start()));
            prop_assert_eq!(places.range(range.end()..).next(), Some(&snapped.end()));
        }
    }

    #[test]
    fn snapping_takes_any_offsets(text in text(), start: u32, end: u32) {
        let snapped = snap_to_graphemes(&text, TextRange::new(start, end));
        prop_assert!(snapped.slice(&text).is_some());
    }

    #[test]
    fn trimming_keeps_the_words_and_is_idempotent(text in text(), one: Index, other: Index) {
        let characters = boundaries(&text);
        let range = TextRange::new(*one.get(&characters), *other.get(&characters));
        let trimmed = trim(&text, range);
        prop_assert_eq!(trimmed.slice(&text), range.slice(&text).map(str::trim));
        prop_assert_eq!(trim(&text, trimmed), trimmed);
        prop_assert!(range.start() <= trimmed.start() && trimmed.end() <= range.end());
    }

    #[test]
    fn an_intersection_is_what_both_have(a in 0..40_u32, b in 0..40_u32, c in 0..40_u32, d in 0..40_u32) {
        let (one, other) = (TextRange::new(a, b), TextRange::new(c, d));
        let has = |range: TextRange, byte: &u32| range.start() <= *byte && *byte < range.end();
        let common: Vec<u32> = (0..40).filter(|byte| has(one, byte) && has(other, byte)).collect();
        let range = one.intersection(other);
        prop_assert_eq!(range, other.intersection(one));
        let bytes = range.map_or(Vec::new(), |range| (range.start()..range.end()).collect());
        prop_assert_eq!(bytes, common);
    }
}
