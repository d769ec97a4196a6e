//! Which of the addresses of an `img` is the picture's.

use dom_query::Element;

use crate::model::article::{Attribute, Attributes};

use super::addresses::Addresses;
use super::attributes::{attribute, title};

/// Attributes in which pages keep the address of a picture that they load later.
const LATER: [&str; 5] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-hi-res-src",
];
/// Attributes with several sizes of a picture.
const SIZES: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];
/// The width a picture is wanted in, in pixels: the column's, on a screen of double density.
const WANTED_WIDTH: f32 = 1_600.0;
/// Pictures of this side or less, in pixels, count visits and show nothing.
const SMALLEST_SIDE: u32 = 2;
/// Longest `data:` address that may be a mere placeholder, in bytes.
const LONGEST_PLACEHOLDER: usize = 1_000;

/// What is said of a picture; `None` where it cannot be shown and nothing says what it shows.
pub(super) fn picture(element: &Element, addresses: &Addresses) -> Option<Attributes> {
    let side = |name: &str| {
        let value = attribute(element, name)?.trim();
        value
            .strip_suffix("px")
            .unwrap_or(value)
            .parse::<u32>()
            .ok()
    };
    let (width, height) = (side("width"), side("height"));
    if [width, height]
        .into_iter()
        .flatten()
        .any(|side| side <= SMALLEST_SIDE)
    {
        return None;
    }
    let mut said = Attributes::none();
    if let Some(address) = address(element, addresses) {
        said.set(Attribute::Src, &address);
    }
    if let Some(title) = title(element) {
        said.set(Attribute::Title, title);
    }
    let alt = attribute(element, "alt").map(str::trim).unwrap_or_default();
    let is_shown = said.get(Attribute::Src).is_some();
    if !is_shown && alt.is_empty() {
        return None;
    }
    said.set(Attribute::Alt, alt);
    if let (Some(width), Some(height)) = (width, height) {
        said.set(Attribute::Width, &width.to_string());
        said.set(Attribute::Height, &height.to_string());
    }
    Some(said)
}

fn address(element: &Element, addresses: &Addresses) -> Option<String> {
    let src = attribute(element, "src").unwrap_or_default().trim();
    let is_placeholder =
        src.is_empty() || (src.starts_with("data:") && src.len() <= LONGEST_PLACEHOLDER);
    let later = || {
        let single = LATER.iter().find_map(|name| attribute(element, name));
        single.and_then(|address| addresses.picture(address))
    };
    let sized = || {
        let sizes = SIZES.iter().find_map(|name| attribute(element, name));
        sizes
            .and_then(best)
            .and_then(|address| addresses.picture(address))
    };
    let own = || addresses.picture(src);
    if is_placeholder {
        later().or_else(sized).or_else(own)
    } else {
        own().or_else(later).or_else(sized)
    }
}

/// Of several sizes the smallest that is large enough, or else the largest
/// (<https://html.spec.whatwg.org/#srcset-attributes>).
fn best(sizes: &str) -> Option<&str> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = sizes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let (address, after) = rest
            .split_once(|c: char| c.is_ascii_whitespace())
            .unwrap_or((rest, ""));
        // An address may have commas in it, but one at its end parts it from the next.
        let (descriptor, after) = match address.ends_with(',') {
            true => ("", after),
            false => after.split_once(',').unwrap_or((after, "")),
        };
        rest = after;
        let address = address.trim_end_matches(',');
        let width = width(descriptor.trim());
        let better = best.is_none_or(|(before, _)| {
            let enough = (before >= WANTED_WIDTH, width >= WANTED_WIDTH);
            match enough {
                (true, true) => width < before,
                _ => width > before,
            }
        });
        if better {
            best = Some((width, address));
        }
    }
    best.map(|(_, address)| address)
}

/// The width that a descriptor stands for, in pixels: `800w`, or `2x` of half the wanted one.
fn width(descriptor: &str) -> f32 {
    let descriptor = if descriptor.is_empty() {
        "1x"
    } else {
        descriptor
    };
    let number = |suffix: char| descriptor.strip_suffix(suffix)?.parse::<f32>().ok();
    let density = || number('x').map(|density| density * WANTED_WIDTH / 2.0);
    number('w').or_else(density).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_picture_that_is_large_enough_is_taken() {
        assert_eq!(best("a 400w, b 2000w, c 1700w"), Some("c"));
        assert_eq!(best("a 400w, b 800w,c,d 900w"), Some("c,d"));
        assert_eq!(best("a, b 2x, c 3x"), Some("b"));
        assert_eq!(best(" , "), None);
    }
}
