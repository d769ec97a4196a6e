//! Pictures of the page as pixels: what can be seen of it, and not only what its styles say.

use std::collections::HashMap;

use serde::Deserialize;

use crate::locator::Locator;
use crate::reader::Reader;

/// A colour as red, green and blue.
pub type Rgb = [u8; 3];

/// A rectangle of pixels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    pixels: Vec<Rgb>,
}

/// A place in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// From the left edge to the right one.
    pub width: f64,
    /// From the top edge to the bottom one.
    pub height: f64,
}

impl Area {
    /// The same with so many pixels more on each side.
    pub fn grown(self, by: f64) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }
}

impl Picture {
    /// A picture with the pixels that a function gives for each column and row.
    pub fn new(width: usize, height: usize, pixel: impl Fn(usize, usize) -> Rgb) -> Self {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self {
            width,
            height,
            pixels: places.map(|(x, y)| pixel(x, y)).collect(),
        }
    }

    /// Reads a PNG as browsers write their screenshots: eight bits a channel, not interlaced
    /// (<https://www.w3.org/TR/png-3/>).
    pub fn of_png(bytes: &[u8]) -> Self {
        let mut rest = bytes.get(8..).expect("a PNG begins with its signature");
        let (mut head, mut packed) = (&[][..], Vec::new());
        while let [a, b, c, d, kind @ ..] = rest {
            let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
            let data = &kind[4..4 + length];
            match &kind[..4] {
                b"IHDR" => head = data,
                b"IDAT" => packed.extend_from_slice(data),
                _ => {}
            }
            rest = &kind[4 + length + 4..];
        }
        let number = |at: usize| {
            u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize
        };
        let (width, height) = (number(0), number(4));
        let channels = match head[8..] {
            [8, 2, _, _, 0] => 3,
            [8, 6, _, _, 0] => 4,
            _ => panic!("not the PNG of a screenshot: {head:?}"),
        };
        let lines = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("whole data");
        let bytes = unfiltered(&lines, width * channels, channels);
        let pixels = bytes.chunks_exact(channels);
        Self {
            width,
            height,
            pixels: pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
        }
    }

    /// The pixel in this column and row.
    pub fn at(&self, x: usize, y: usize) -> Rgb {
        self.pixels[y * self.width + x]
    }

    /// The pixels of a row.
    pub fn row(&self, y: usize) -> &[Rgb] {
        &self.pixels[y * self.width..][..self.width]
    }

    /// The part within an area, as far as the picture has it.
    pub fn part(&self, area: Area) -> Self {
        let edge = |at: f64, most: usize| (at.round().max(0.0) as usize).min(most);
        let (left, top) = (edge(area.x, self.width), edge(area.y, self.height));
        let right = edge(area.x + area.width, self.width).max(left);
        let bottom = edge(area.y + area.height, self.height).max(top);
        let pixels = (top..bottom).flat_map(|y| &self.row(y)[left..right]);
        Self {
            width: right - left,
            height: bottom - top,
            pixels: pixels.copied().collect(),
        }
    }

    /// The colour that most pixels have.
    pub fn ground(&self) -> Rgb {
        let mut counts: HashMap<Rgb, usize> = HashMap::new();
        for pixel in &self.pixels {
            *counts.entry(*pixel).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(rgb, count)| (*count, *rgb));
        most.map(|(rgb, _)| rgb).unwrap_or_default()
    }

    /// The highest contrast that any pixel has with the ground.
    pub fn contrast(&self) -> f64 {
        let ground = self.ground();
        let all = self.pixels.iter().map(|pixel| contrast(*pixel, ground));
        all.fold(1.0, f64::max)
    }
}

/// Undoes the filters of a PNG's lines, each of which begins with the number of its filter.
fn unfiltered(lines: &[u8], width: usize, channels: usize) -> Vec<u8> {
    let mut above = vec![0; width];
    let mut bytes = Vec::with_capacity(lines.len());
    for line in lines.chunks_exact(width + 1) {
        let mut row = line[1..].to_vec();
        for at in 0..width {
            let left = at.checked_sub(channels).map_or(0, |before| row[before]);
            let corner = at.checked_sub(channels).map_or(0, |before| above[before]);
            let guess = match line[0] {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => (u16::from(left) + u16::from(above[at])).div_euclid(2) as u8,
                4 => nearest(left, above[at], corner),
                filter => panic!("a PNG has no filter {filter}"),
            };
            row[at] = row[at].wrapping_add(guess);
        }
        bytes.extend_from_slice(&row);
        above = row;
    }
    bytes
}

/// Paeth's predictor (<https://www.w3.org/TR/png-3/#9Filter-type-4-Paeth>).
fn nearest(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |one: u8| (estimate - i16::from(one)).abs();
    // The first of several that are equally near.
    let all = [left, above, corner].into_iter();
    all.min_by_key(|one| distance(*one)).unwrap_or_default()
}

/// Contrast of two colours, from 1 to 21 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance from 0 to 1 (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
pub fn luminance(rgb: Rgb) -> f64 {
    let [red, green, blue] = rgb.map(|channel| {
        let share = f64::from(channel) / 255.0;
        match share <= 0.04045 {
            true => share / 12.92,
            false => ((share + 0.055) / 1.055).powf(2.4),
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

impl Reader {
    /// What the window shows.
    pub async fn picture(&self) -> Picture {
        let png = self.browser.client.screenshot().await;
        Picture::of_png(&png.expect("a picture of the page"))
    }
}

impl Locator<'_> {
    /// Its place in the window, once it stands still.
    pub async fn area(&self) -> Area {
        self.wait_still().await;
        let script = "const { x, y, width, height } = element.getBoundingClientRect();
            return { x, y, width, height }";
        serde_json::from_value(self.evaluate(script).await).expect("a place")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(kind: u8, width: u32, height: u32, lines: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut put = |name: &[u8], data: &[u8]| {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend([name, data, &[0; 4]].concat());
        };
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        put(b"IHDR", &[&size[..], &[8, kind, 0, 0, 0]].concat());
        put(
            b"IDAT",
            &miniz_oxide::deflate::compress_to_vec_zlib(lines, 6),
        );
        put(b"IEND", &[]);
        bytes
    }

    #[test]
    fn every_filter_of_a_png_is_undone() {
        let wanted = [[10, 20, 30], [40, 50, 60]];
        let first = [0, 10, 20, 30, 40, 50, 60];
        for second in [
            [0, 10, 20, 30, 40, 50, 60],
            [1, 10, 20, 30, 30, 30, 30],
            [2, 0, 0, 0, 0, 0, 0],
            [3, 5, 10, 15, 15, 15, 15],
            [4, 0, 0, 0, 0, 0, 0],
        ] {
            let picture = Picture::of_png(&png(2, 2, 2, &[first, second].concat()));
            assert_eq!(picture.row(0), wanted);
            assert_eq!(picture.row(1), wanted, "filter {}", second[0]);
        }
        let clear = Picture::of_png(&png(6, 1, 1, &[0, 1, 2, 3, 255]));
        assert_eq!(clear.at(0, 0), [1, 2, 3]);
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert_eq!(contrast([9, 9, 9], [9, 9, 9]), 1.0);
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_part_ends_where_the_picture_does() {
        let lines = [0, 0, 0, 0, 9, 9, 9, 0, 9, 9, 9, 9, 9, 9];
        let picture = Picture::of_png(&png(2, 2, 2, &lines));
        let area = |x, y, width, height| Area {
            x,
            y,
            width,
            height,
        };
        assert_eq!(picture.part(area(-5.0, 0.0, 6.0, 1.0)).row(0), [[0; 3]]);
        assert_eq!(picture.part(area(1.0, 1.0, 9.0, 9.0)).ground(), [9; 3]);
        assert_eq!(picture.ground(), [9; 3]);
        assert_eq!(picture.part(area(7.0, 7.0, 1.0, 1.0)).width, 0);
    }
}
