//! Maps the colours of other programs to the nearest of Postil's.

use crate::model::annotation::Colour;

/// Colour names of other programs, without prefixes such as "light" and "dark".
const NAMES: [(&str, Colour); 43] = [
    ("amber", Colour::Yellow),
    ("gold", Colour::Yellow),
    ("goldenrod", Colour::Yellow),
    ("khaki", Colour::Yellow),
    ("lemon", Colour::Yellow),
    ("crimson", Colour::Red),
    ("firebrick", Colour::Red),
    ("maroon", Colour::Red),
    ("salmon", Colour::Red),
    ("tomato", Colour::Red),
    ("emerald", Colour::Green),
    ("forestgreen", Colour::Green),
    ("greenyellow", Colour::Green),
    ("lime", Colour::Green),
    ("mint", Colour::Green),
    ("olive", Colour::Green),
    ("seagreen", Colour::Green),
    ("springgreen", Colour::Green),
    ("teal", Colour::Green),
    ("aqua", Colour::Blue),
    ("azure", Colour::Blue),
    ("cyan", Colour::Blue),
    ("navy", Colour::Blue),
    ("sky", Colour::Blue),
    ("skyblue", Colour::Blue),
    ("turquoise", Colour::Blue),
    ("indigo", Colour::Purple),
    ("lavender", Colour::Purple),
    ("lilac", Colour::Purple),
    ("plum", Colour::Purple),
    ("violet", Colour::Purple),
    ("fuchsia", Colour::Magenta),
    ("hotpink", Colour::Magenta),
    ("pink", Colour::Magenta),
    ("rose", Colour::Magenta),
    ("apricot", Colour::Orange),
    ("brown", Colour::Orange),
    ("coral", Colour::Orange),
    ("peach", Colour::Orange),
    ("black", Colour::Grey),
    ("gray", Colour::Grey),
    ("silver", Colour::Grey),
    ("white", Colour::Grey),
];
/// Prefixes of a colour name that do not change the mapping.
const SHADES: [&str; 6] = ["light", "dark", "medium", "pale", "deep", "bright"];
/// A colour less saturated than this is grey: between the greys of programs (0) and the palest
/// tints that reading apps use (0.2).
const LEAST_COLOUR: f32 = 0.12;
/// Upper ends, in degrees, of the hues of each colour, by the swatches of other reading apps: their
/// yellows are at 45–62, oranges at 25–40, magentas at 280–340.
const HUES: [(f32, Colour); 8] = [
    (18.0, Colour::Red),
    (42.0, Colour::Orange),
    (70.0, Colour::Yellow),
    (170.0, Colour::Green),
    (240.0, Colour::Blue),
    (288.0, Colour::Purple),
    (345.0, Colour::Magenta),
    (360.0, Colour::Red),
];

/// Returns the nearest colour to one written by another program: a name, `#rgb`, `#rrggbb` with or
/// without transparency, `rgb(…)`. `None` for anything else.
pub fn nearest(written: &str) -> Option<Colour> {
    let written = written.trim().to_ascii_lowercase();
    if let Some(digits) = written.strip_prefix('#') {
        return of_digits(digits);
    }
    if let Some(parts) = written.strip_prefix("rgb") {
        return of_parts(parts);
    }
    let words = written.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| !word.is_empty()).find_map(named)
}

fn named(word: &str) -> Option<Colour> {
    let bare = SHADES
        .iter()
        .find_map(|shade| word.strip_prefix(shade).filter(|rest| !rest.is_empty()))
        .unwrap_or(word);
    let known = |name: &str| {
        let ours = Colour::from_name(name);
        ours.or_else(|| {
            NAMES
                .iter()
                .find_map(|(other, colour)| (*other == name).then_some(*colour))
        })
    };
    known(word).or_else(|| known(bare))
}

fn of_digits(digits: &str) -> Option<Colour> {
    let value = |digits: &str| u8::from_str_radix(digits, 16).ok();
    if !digits.is_ascii() {
        return None;
    }
    let channel = |number: usize| match digits.len() {
        3 | 4 => value(&digits[number..=number]).map(|value| value * 17),
        6 | 8 => value(&digits[2 * number..2 * number + 2]),
        _ => None,
    };
    Some(of_channels([channel(0)?, channel(1)?, channel(2)?]))
}

fn of_parts(parts: &str) -> Option<Colour> {
    let inner = parts
        .trim_start_matches('a')
        .strip_prefix('(')?
        .strip_suffix(')')?;
    let mut numbers = inner
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse::<f32>()
                .ok()
                .map(|value| value.clamp(0.0, 255.0) as u8)
        });
    let mut next = || numbers.next().flatten();
    Some(of_channels([next()?, next()?, next()?]))
}

/// Maps by hue (<https://www.w3.org/TR/css-color-4/#rgb-to-hsl>).
fn of_channels(channels: [u8; 3]) -> Colour {
    let [red, green, blue] = channels.map(|channel| f32::from(channel) / 255.0);
    let most = red.max(green).max(blue);
    let spread = most - red.min(green).min(blue);
    if spread < LEAST_COLOUR {
        return Colour::Grey;
    }
    let sixths = if most == red {
        (green - blue) / spread
    } else if most == green {
        (blue - red) / spread + 2.0
    } else {
        (red - green) / spread + 4.0
    };
    let hue = (sixths * 60.0).rem_euclid(360.0);
    HUES.iter()
        .find_map(|(end, colour)| (hue < *end).then_some(*colour))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_swatches_of_others_are_the_nearest_of_ours() {
        for (written, colour) in [
            ("#ffd400", Colour::Yellow),
            ("#ff6666", Colour::Red),
            ("#5fb236", Colour::Green),
            ("#2ea8e5", Colour::Blue),
            ("#a28ae5", Colour::Purple),
            ("#e56eee", Colour::Magenta),
            ("#f19837", Colour::Orange),
            ("#aaaaaa", Colour::Grey),
            ("#FF0", Colour::Yellow),
            ("#ffee0080", Colour::Yellow),
            ("#fff3a3", Colour::Yellow),
            ("rgb(255, 102, 102)", Colour::Red),
            ("rgba(124 252 0 / 0.4)", Colour::Green),
            ("pink", Colour::Magenta),
            ("LightGreen", Colour::Green),
            ("dark_blue", Colour::Blue),
            ("highlight-orange", Colour::Orange),
            ("gray", Colour::Grey),
            ("Yellow", Colour::Yellow),
        ] {
            assert_eq!(nearest(written), Some(colour), "{written}");
        }
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for written in [
            "",
            "important",
            "#12",
            "#ggg",
            "#€€",
            "rgb()",
            "rgb(1,2)",
            "rgb(a,b,c)",
        ] {
            assert_eq!(nearest(written), None, "{written}");
        }
    }
}
