//! Pictures in short: the average colour of each small square, to compare what is seen with what
//! was seen before, and small enough to be kept as text.

use std::fmt::Write;

use crate::picture::{Picture, Rgb};

/// Edge of a square in pixels: text that moves by half of it changes the squares it covers.
const SQUARE: usize = 16;
/// Levels of a channel, as many as a character of [`ALPHABET`] tells apart.
const LEVELS: usize = 64;
const ALPHABET: &[u8; LEVELS] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// By how many levels a channel may differ: rounding, and the edges of letters.
pub const CHANNEL: u8 = 1;
/// Share of the squares that may differ by more: less than a small button has.
pub const SHARE: f64 = 0.0025;

/// The squares of a picture, row by row, as levels of red, green and blue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    rows: Vec<Vec<Rgb>>,
}

impl Grid {
    /// Averages the squares of a picture.
    pub fn of(picture: &Picture) -> Self {
        let row = |top: usize| {
            let lines = top..(top + SQUARE).min(picture.height);
            let lefts = (0..picture.width).step_by(SQUARE);
            lefts
                .map(move |left| average(picture, left, lines.clone()))
                .collect()
        };
        Self {
            rows: (0..picture.height).step_by(SQUARE).map(row).collect(),
        }
    }

    /// The share of squares that differ, or `None` if the pictures differ in size.
    pub fn difference(&self, other: &Self) -> Option<f64> {
        let size = |grid: &Self| (grid.rows.len(), grid.rows.first().map(Vec::len));
        if size(self) != size(other) {
            return None;
        }
        let differs = |(one, other): &(&Rgb, &Rgb)| {
            let mut channels = one.iter().zip(*other);
            channels.any(|(one, other)| one.abs_diff(*other) > CHANNEL)
        };
        let pairs = || self.rows.iter().flatten().zip(other.rows.iter().flatten());
        let differing = pairs().filter(differs).count();
        Some(differing as f64 / pairs().count().max(1) as f64)
    }

    /// True if it looks the same, but for the tolerance.
    pub fn looks_like(&self, other: &Self) -> bool {
        self.difference(other).is_some_and(|share| share <= SHARE)
    }

    /// Writes it as lines of text. Rows that `before` has at the same place are only counted.
    pub fn write(&self, before: &Self, text: &mut String) {
        let mut same = 0;
        for (index, row) in self.rows.iter().enumerate() {
            if before.rows.get(index) == Some(row) {
                same += 1;
                continue;
            }
            write_same(&mut same, text);
            for run in row.chunk_by(|one, other| one == other) {
                let letters = run[0].map(|level| char::from(ALPHABET[usize::from(level)]));
                text.extend(letters);
                // Letters are never digits of a count: counts are in brackets.
                if run.len() > 1 {
                    let _ = write!(text, "({})", run.len());
                }
            }
            text.push('\n');
        }
        write_same(&mut same, text);
    }

    /// Reads what [`write`](Self::write) wrote, up to an empty line. `None` if it is not that.
    pub fn read<'a>(lines: &mut impl Iterator<Item = &'a str>, before: &Self) -> Option<Self> {
        let mut rows: Vec<Vec<Rgb>> = Vec::new();
        for line in lines.take_while(|line| !line.is_empty()) {
            match line.strip_prefix('=') {
                Some(count) => {
                    let count: usize = count.parse().ok()?;
                    rows.extend_from_slice(before.rows.get(rows.len()..rows.len() + count)?);
                }
                None => rows.push(read_row(line.as_bytes())?),
            }
        }
        Some(Self { rows })
    }
}

fn write_same(same: &mut usize, text: &mut String) {
    if *same > 0 {
        let _ = writeln!(text, "={same}");
    }
    *same = 0;
}

fn read_row(mut line: &[u8]) -> Option<Vec<Rgb>> {
    let level = |letter: u8| ALPHABET.iter().position(|one| *one == letter);
    let mut row = Vec::new();
    while let [red, green, blue, rest @ ..] = line {
        let square = [
            level(*red)? as u8,
            level(*green)? as u8,
            level(*blue)? as u8,
        ];
        let (count, rest) = match rest {
            [b'(', rest @ ..] => {
                let end = rest.iter().position(|byte| *byte == b')')?;
                let count = std::str::from_utf8(&rest[..end]).ok()?;
                (count.parse().ok()?, &rest[end + 1..])
            }
            _ => (1, rest),
        };
        row.extend(std::iter::repeat_n(square, count));
        line = rest;
    }
    line.is_empty().then_some(row)
}

/// The levels of a square's average.
fn average(picture: &Picture, left: usize, lines: std::ops::Range<usize>) -> Rgb {
    let right = (left + SQUARE).min(picture.width);
    let count = lines.len() * (right - left);
    let mut sums = [0; 3];
    for y in lines {
        for pixel in &picture.row(y)[left..right] {
            for (sum, channel) in sums.iter_mut().zip(pixel) {
                *sum += usize::from(*channel);
            }
        }
    }
    sums.map(|sum| (sum * LEVELS / (256 * count.max(1))) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of words in a column that begins at `left`.
    fn page(left: usize) -> Picture {
        let ink = |x: usize, y: usize| {
            let within = (left..left + 200).contains(&x);
            within && y % 30 < 10 && (x - left) % 9 < 4
        };
        Picture::new(320, 240, |x, y| {
            if ink(x, y) {
                [30, 40, 50]
            } else {
                [250, 250, 245]
            }
        })
    }

    #[test]
    fn what_has_moved_by_half_a_square_is_seen() {
        let (here, there) = (Grid::of(&page(40)), Grid::of(&page(48)));
        assert!(here.looks_like(&Grid::of(&page(40))));
        assert!(!here.looks_like(&there), "{:?}", here.difference(&there));
        let wider = Grid::of(&Picture::new(336, 240, |_, _| [0; 3]));
        assert_eq!(here.difference(&wider), None);
        assert!(!here.looks_like(&wider));
    }

    #[test]
    fn a_grid_is_read_as_it_was_written() {
        let (first, second) = (Grid::of(&page(40)), Grid::of(&page(120)));
        let mut text = String::new();
        first.write(&Grid::default(), &mut text);
        text.push('\n');
        second.write(&first, &mut text);
        let mut lines = text.lines();
        let read = Grid::read(&mut lines, &Grid::default());
        assert_eq!(read.as_ref(), Some(&first));
        assert_eq!(Grid::read(&mut lines, &first), Some(second));
        for wrong in ["AB", "AAA(x)", "AAA(3", "=2", "?AA"] {
            assert_eq!(
                Grid::read(&mut wrong.lines(), &Grid::default()),
                None,
                "{wrong}"
            );
        }
    }

    #[test]
    fn rows_that_stay_take_no_room() {
        let grid = Grid::of(&page(40));
        let mut text = String::new();
        grid.write(&grid, &mut text);
        assert_eq!(text, "=15\n");
    }
}
