//! Grapheme clusters (UAX #29): what a reader takes for one character.
//!
//! Natively they are found by the tables of a crate. In a browser they are found by the browser,
//! which has such tables itself: a first visit need not load them again. Most places are certain
//! without any table, and for the others a short stretch of the text is enough.

/// Returns the offsets in bytes at which the clusters of a text end, in order.
pub type Segment = fn(&str) -> Vec<usize>;

/// Bytes before a place within which a certain boundary is looked for. Only in longer rows of flags
/// or marks may a cluster be split.
const REACH: usize = 512;

#[cfg(target_arch = "wasm32")]
static SEGMENT: std::sync::OnceLock<Segment> = std::sync::OnceLock::new();

/// Has clusters found by the browser; without that, each code point counts as one.
#[cfg(target_arch = "wasm32")]
pub fn find_with(segment: Segment) {
    let _ = SEGMENT.set(segment);
}

#[cfg(target_arch = "wasm32")]
fn ends(text: &str) -> Vec<usize> {
    let code_points = |text: &str| {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.collect()
    };
    SEGMENT
        .get()
        .map_or_else(|| code_points(text), |segment| segment(text))
}

#[cfg(not(target_arch = "wasm32"))]
fn ends(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    let clusters = text.grapheme_indices(true);
    clusters.map(|(at, cluster)| at + cluster.len()).collect()
}

/// True for letters and signs of common scripts that are a cluster of their own wherever two of
/// them meet: they neither extend what is before them nor lead over to what follows.
fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~'
        // Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic.
        | '\u{c0}'..='\u{24f}' | '\u{391}'..='\u{3c9}' | '\u{400}'..='\u{481}'
        | '\u{531}'..='\u{556}' | '\u{561}'..='\u{587}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        // Punctuation, kana, ideographs, Hangul.
        | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3020}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The code points before and after a place inside a text.
fn neighbours(text: &str, at: usize) -> Option<(char, char)> {
    let (before, after) = text.split_at_checked(at)?;
    Some((before.chars().next_back()?, after.chars().next()?))
}

/// True if a place between two code points is a boundary, as far as that is certain without tables.
fn is_certain((before, after): (char, char)) -> bool {
    is_plain(before) && is_plain(after)
}

/// True if a cluster ends or begins at an offset in bytes, which must not be inside a code point.
pub fn is_boundary(text: &str, at: usize) -> bool {
    let Some(meeting) = neighbours(text, at) else {
        return true;
    };
    if is_certain(meeting) {
        return true;
    }
    // What follows does not matter for this place.
    let to = at + meeting.1.len_utf8();
    let from = certain_before(text, at);
    ends(&text[from..to]).contains(&(at - from))
}

/// Returns the last certain boundary before a place, or where looking for one ends.
fn certain_before(text: &str, at: usize) -> usize {
    let least = text.floor_char_boundary(at.saturating_sub(REACH));
    let mut place = at;
    while place > least {
        place = text.floor_char_boundary(place - 1);
        if neighbours(text, place).is_none_or(is_certain) {
            break;
        }
    }
    place
}

/// Returns the last boundary before an offset in bytes; `None` at the beginning.
pub fn boundary_before(text: &str, at: usize) -> Option<usize> {
    let mut place = at;
    while place > 0 {
        place = text.floor_char_boundary(place - 1);
        if is_boundary(text, place) {
            return Some(place);
        }
    }
    None
}

/// Returns the first boundary after an offset in bytes; `None` at the end.
pub fn boundary_after(text: &str, at: usize) -> Option<usize> {
    let mut place = at;
    while place < text.len() {
        place = text.ceil_char_boundary(place + 1);
        if is_boundary(text, place) {
            return Some(place);
        }
    }
    None
}

/// Returns the clusters of a text with their offsets in bytes.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = (at, boundary_after(text, at)?);
        at = end;
        Some((start, &text[start..end]))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Letters, marks, joiners, flags, emoji, jamo and conjuncts that meet in every way.
    const MEETINGS: &str = "[a-c \\r\\né\u{301}\u{308}\u{200d}\u{fe0f}🇩🇪👩🚀❤क्षिणीநிกำ가각\u{1100}\u{1161}\u{11a8}漢かー\u{3099}عن\u{600}\u{64b}שׁ]{0,24}";

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn boundaries_are_those_of_the_whole_text(text in prop_oneof![MEETINGS, any::<String>()]) {
            let whole = ends(&text);
            for (at, _) in text.char_indices().skip(1) {
                prop_assert_eq!(is_boundary(&text, at), whole.contains(&at), "{} of {:?}", at, text);
            }
            let found: Vec<usize> = clusters(&text).map(|(at, cluster)| at + cluster.len()).collect();
            prop_assert_eq!(&found, &whole);
            let mut back = Vec::new();
            let mut at = text.len();
            while let Some(before) = boundary_before(&text, at) {
                back.push(at);
                at = before;
            }
            back.reverse();
            prop_assert_eq!(back, whole);
        }

        #[test]
        fn where_two_plain_ones_meet_is_a_boundary(one: char, other: char) {
            let text: String = [one, other].iter().collect();
            if is_certain((one, other)) {
                prop_assert_eq!(ends(&text).len(), 2);
            }
        }
    }

    #[test]
    fn every_plain_code_point_stands_alone_beside_others() {
        let plain: Vec<char> = (' '..='\u{ffff}').filter(|c| is_plain(*c)).collect();
        assert!(plain.len() > 30_000);
        for c in plain {
            for text in [
                format!("a{c}a"),
                format!("漢{c}漢"),
                format!("각{c}각"),
                format!("{c}{c}{c}"),
            ] {
                assert_eq!(ends(&text).len(), 3, "{c:?}");
            }
        }
    }
}
