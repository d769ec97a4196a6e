//! The whole article at a glance: which notes stand where on a strip as high as the window.

use super::annotation::Colour;
use super::text::TextRange;

/// A stretch of the text and its place on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its text.
    pub text: TextRange,
    /// Where it begins, as a share of the page's height.
    pub top: f64,
    /// How high it is, as a share of the page's height.
    pub height: f64,
}

/// Returns where a byte of the text stands on the page, as a share of its height; within a stretch
/// by its share of the text. `spans` are in the order of the text.
pub fn share_of(spans: &[Span], byte: u32) -> f64 {
    let after = spans.partition_point(|span| span.text.start() <= byte);
    let span = spans.get(after.saturating_sub(1));
    span.map_or(0.0, |span| span.share_of(byte))
}

impl Span {
    fn share_of(&self, byte: u32) -> f64 {
        let within = f64::from(byte.saturating_sub(self.text.start()));
        let share = within / f64::from(self.text.len().max(1));
        (self.top + share.min(1.0) * self.height).clamp(0.0, 1.0)
    }
}

/// The rows of bytes, fast where each is asked for near the one before.
struct Rows<'a> {
    spans: &'a [Span],
    /// The stretch of the byte that was asked for last.
    at: usize,
    rows: f64,
}

impl Rows<'_> {
    fn of(&mut self, byte: u32) -> u16 {
        let Rows { spans, at, rows } = self;
        while *at > 0 && spans[*at].text.start() > byte {
            *at -= 1;
        }
        while spans
            .get(*at + 1)
            .is_some_and(|next| next.text.start() <= byte)
        {
            *at += 1;
        }
        let span = spans.get(*at);
        (span.map_or(0.0, |span| span.share_of(byte)) * *rows) as u16
    }
}

/// A mark on the strip: from one row up to another, counted from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// The first row.
    pub from: u16,
    /// The row after the last one.
    pub to: u16,
    /// The colour of the notes there; of several in one row, that of the last.
    pub colour: Colour,
}

/// Least height of a mark in rows: fewer are hard to see.
const LEAST: u16 = 3;

/// Returns the marks of notes on a strip with so many rows, from the top and without overlaps.
/// Takes time in proportion to the notes and the rows.
pub fn bars(
    spans: &[Span],
    notes: impl Iterator<Item = (TextRange, Colour)>,
    rows: u16,
) -> Vec<Bar> {
    let mut colours: Vec<Option<Colour>> = vec![None; rows.into()];
    let mut places = Rows {
        spans,
        at: 0,
        rows: f64::from(rows),
    };
    for (range, colour) in notes {
        let from = places.of(range.start()).min(rows.saturating_sub(LEAST));
        let to = places.of(range.end()).max(from + LEAST).min(rows);
        colours[from.into()..to.into()].fill(Some(colour));
    }
    let mut bars: Vec<Bar> = Vec::new();
    for (row, colour) in (0..rows).zip(colours) {
        match (bars.last_mut(), colour) {
            (Some(bar), Some(colour)) if bar.to == row && bar.colour == colour => bar.to = row + 1,
            (_, Some(colour)) => bars.push(Bar {
                from: row,
                to: row + 1,
                colour,
            }),
            (_, None) => {}
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two stretches: the first is a quarter of the text and half of the page.
    fn spans() -> [Span; 2] {
        [
            Span {
                text: TextRange::new(0, 100),
                top: 0.1,
                height: 0.4,
            },
            Span {
                text: TextRange::new(100, 400),
                top: 0.5,
                height: 0.4,
            },
        ]
    }

    #[test]
    fn a_place_on_the_page_follows_the_stretch_it_is_in() {
        let near = |byte: u32, share: f64| (share_of(&spans(), byte) - share).abs() < 1e-9;
        assert!(near(0, 0.1) && near(50, 0.3) && near(100, 0.5) && near(250, 0.7));
        assert!(near(400, 0.9) && near(9_999, 0.9));
        assert_eq!(share_of(&[], 7), 0.0);
    }

    #[test]
    fn marks_are_seen_and_do_not_overlap() {
        let note = |from, to, colour| (TextRange::new(from, to), colour);
        let notes = [
            note(0, 1, Colour::Yellow),
            note(100, 250, Colour::Blue),
            note(200, 260, Colour::Green),
            note(399, 400, Colour::Red),
        ];
        let bars = bars(&spans(), notes.into_iter(), 100);
        let bar = |from, to, colour| Bar { from, to, colour };
        assert_eq!(
            bars,
            [
                bar(10, 13, Colour::Yellow),
                bar(50, 63, Colour::Blue),
                bar(63, 71, Colour::Green),
                bar(89, 92, Colour::Red),
            ]
        );
    }

    #[test]
    fn a_strip_without_room_shows_what_it_can() {
        let all = || std::iter::once((TextRange::new(0, 400), Colour::Grey));
        assert_eq!(bars(&spans(), all(), 0), []);
        assert_eq!(bars(&spans(), all(), 2).len(), 1);
    }
}
