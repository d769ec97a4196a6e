//! The markers of lists and quotations at the beginning of a line.

use std::ops::Range;

/// Columns that a tab counts for
/// (<https://spec.commonmark.org/0.31.2/#tabs>, of which this is the largest).
const TAB: usize = 4;
/// Most digits of an item's number (<https://spec.commonmark.org/0.31.2/#ordered-list-marker>).
const MOST_DIGITS: usize = 9;

/// What a marker at the beginning of a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Quotation,
    Bullet,
    Number(u32),
}

/// One marker of a line, in bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) kind: Kind,
    /// Begin of the white space before it.
    pub(super) before: usize,
    /// The marker itself, without the space after it.
    pub(super) sign: Range<usize>,
    /// Where its words, or the next marker, begin.
    pub(super) end: usize,
    /// True if a box to tick follows the sign; `end` is after the box.
    pub(super) has_box: bool,
}

impl Marker {
    pub(super) fn is_item(&self) -> bool {
        self.kind != Kind::Quotation
    }
}

/// The column in which a marker stands.
pub(super) fn column(line: &str, marker: &Marker) -> usize {
    column_of(line, marker.sign.start)
}

pub(super) fn column_of(line: &str, byte: usize) -> usize {
    let tabs = line[..byte].matches('\t').count();
    byte + tabs * (TAB - 1)
}

pub(super) fn quotations(markers: &[Marker]) -> usize {
    markers.iter().filter(|marker| !marker.is_item()).count()
}

/// The markers at the beginning of a line, outermost first.
pub(super) fn markers(line: &str) -> Vec<Marker> {
    let mut markers = Vec::new();
    let mut at = 0;
    while let Some(marker) = marker_at(line, at) {
        at = marker.end;
        markers.push(marker);
    }
    markers
}

fn marker_at(line: &str, before: usize) -> Option<Marker> {
    let rest = line[before..].trim_start_matches([' ', '\t']);
    let start = line.len() - rest.len();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (kind, length) = match rest.as_bytes().first()? {
        b'>' => (Kind::Quotation, 1),
        b'-' | b'*' | b'+' => (Kind::Bullet, 1),
        _ if (1..=MOST_DIGITS).contains(&digits) && rest[digits..].starts_with(['.', ')']) => {
            (Kind::Number(rest[..digits].parse().ok()?), digits + 1)
        }
        _ => return None,
    };
    let sign = start..start + length;
    let has_space = line[sign.end..].starts_with(' ');
    if kind != Kind::Quotation && !has_space {
        return None;
    }
    let end = sign.end + usize::from(has_space);
    let tick = ["[ ] ", "[x] ", "[X] "];
    let has_box = kind != Kind::Quotation && tick.iter().any(|tick| line[end..].starts_with(tick));
    Some(Marker {
        kind,
        before,
        sign,
        end: if has_box { end + tick[0].len() } else { end },
        has_box,
    })
}

/// True if a line is a thematic break, which begins as a list does.
pub(super) fn is_rule(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.len() >= 3 && ['-', '*'].contains(&signs[0]) && signs.iter().all(|sign| *sign == signs[0])
}

/// True if a text ends within a fenced block of code, in which nothing is a list.
pub(super) fn in_code(before: &str) -> bool {
    let mut fence = None;
    for line in before.lines().map(str::trim_start) {
        let sign = ["```", "~~~"]
            .into_iter()
            .find(|sign| line.starts_with(sign));
        match (fence, sign) {
            (None, Some(_)) => fence = sign,
            (Some(open), Some(sign)) if open == sign => fence = None,
            _ => {}
        }
    }
    fence.is_some()
}
