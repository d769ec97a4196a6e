//! Chooses the address of an `img` that is the picture's.

mod blanks;

use dom_query::Element;

use crate::model::article::{Attribute, Attributes};

pub(super) use blanks::is_blank;

use super::addresses::Addresses;
use super::attributes::declared;
use super::attributes::{attribute, classes, title};

/// Attributes in which pages keep the address of a picture for later loading, whatever the address
/// looks like.
const LATER: [&str; 22] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-hi-res-src",
    "data-lazyload",
    "data-lazy",
    "data-srv",
    "data-native-src",
    "data-original-src",
    "data-img-src",
    "data-image-src",
    "data-real-src",
    "data-full-src",
    "data-large-src",
    "data-orig-src",
    "data-ll-src",
    "data-echo",
    "data-image",
    "lazy-src",
    "real_src",
    "file",
];
/// Parts of the names of attributes with the address of something else: a page, or the placeholder
/// that is shown until the real picture comes.
const OTHERS: [&str; 11] = [
    "avatar",
    "blur",
    "error",
    "fallback",
    "href",
    "icon",
    "link",
    "lqip",
    "placeholder",
    "pin-url",
    "poster",
];
/// File name endings of pictures.
const ENDINGS: [&str; 9] = [
    ".avif", ".bmp", ".gif", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".webp",
];
/// The preferred width of a picture, in pixels: the column's, on a screen of double density.
const WANTED_WIDTH: f32 = 1_600.0;
/// Largest side, in pixels, of pictures that count visits and show nothing.
const SMALLEST_SIDE: u32 = 2;
/// Longest `data:` address that may be a mere placeholder, in bytes.
const LONGEST_PLACEHOLDER: usize = 1_000;
/// Longest address that is considered, in bytes, except for `data:` addresses of pictures.
const LONGEST_ADDRESS: usize = 4_000;
/// Largest side, in pixels, of a picture that stands in a line of words.
const LARGEST_IN_LINE: u32 = 40;

/// Returns the attributes of a picture; `None` if it cannot be shown and has no alternative text.
pub(super) fn picture(element: &Element, addresses: &Addresses) -> Option<Attributes> {
    if counts_visits(element) {
        return None;
    }
    let (width, height) = (side(element, "width"), side(element, "height"));
    let mut said = Attributes::none();
    let candidates = candidates(element).into_iter();
    let address = candidates
        .filter_map(|address| addresses.picture(address))
        .next();
    if let Some(address) = address {
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

/// Returns a side in pixels, as given by the attribute.
fn side(element: &Element, name: &str) -> Option<u32> {
    let pixels = |value: &str| {
        let value = value.trim();
        let number = value.strip_suffix("px").unwrap_or(value);
        number.parse::<u32>().ok()
    };
    attribute(element, name).and_then(pixels)
}

/// True if a picture shows nothing and reports to somebody that the page was opened.
pub(super) fn counts_visits(element: &Element) -> bool {
    ["width", "height"].into_iter().any(|name| {
        let styled = || {
            let value = declared(element, name)?;
            value.strip_suffix("px").unwrap_or(&value).parse().ok()
        };
        let side = side(element, name).or_else(styled);
        side.is_some_and(|side| side <= SMALLEST_SIDE)
    })
}

/// True if a picture is as small as a character.
pub(super) fn is_small(element: &Element) -> bool {
    let sides = ["width", "height"].map(|name| side(element, name));
    let is_small = |side: &u32| *side <= LARGEST_IN_LINE;
    sides.iter().flatten().any(is_small)
        || declared(element, "height").is_some_and(|height| height == "1em")
}

/// True if an element has the address of a picture that is not blank.
pub(super) fn has_address(element: &Element) -> bool {
    !candidates(element).is_empty()
}

/// Returns the addresses of a picture, the likelier ones first. Blanks are left out.
pub(super) fn candidates(element: &Element) -> Vec<&str> {
    let own = attribute(element, "src").unwrap_or_default().trim();
    let is_own = !own.is_empty() && !blanks::is_blank(own);
    let mut found: Vec<&str> = later(element).collect();
    let is_held = !is_own
        || blanks::stands_in(own)
        || (own.starts_with("data:") && own.len() <= LONGEST_PLACEHOLDER)
        || (!found.is_empty() && is_lazy(element));
    if is_own {
        found.insert(if is_held { found.len() } else { 0 }, own);
    }
    found
}

/// True if a picture waits to be loaded until it is scrolled to.
pub(super) fn is_lazy(element: &Element) -> bool {
    classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        class.contains("lazy") && !class.contains("loaded")
    })
}

/// Returns the addresses of what replaces a placeholder.
fn later(element: &Element) -> impl Iterator<Item = &str> {
    let named = LATER.iter().filter_map(|name| attribute(element, name));
    let named = named.filter(|value| is_address(value.trim()));
    let others = || {
        element.attrs.iter().filter(|attribute| {
            let name = &*attribute.name.local;
            name.starts_with("data-") && !OTHERS.iter().any(|other| name.contains(other))
        })
    };
    let plain = others().map(|attribute| &*attribute.value);
    let plain = plain.filter(|value| is_address(value.trim()) && names_picture(value));
    let sizes = element.attrs.iter().filter(|attribute| {
        let name = &*attribute.name.local;
        name.ends_with("srcset") && !OTHERS.iter().any(|other| name.contains(other))
    });
    let sizes = sizes.filter_map(|attribute| best(&attribute.value));
    let listed = others().map(|attribute| &*attribute.value);
    let listed = listed.filter(|value| value.contains("w,") || value.contains("x,"));
    let listed = listed.filter_map(best).filter(|value| names_picture(value));
    let all = named.chain(plain).chain(sizes).chain(listed);
    all.map(str::trim)
        .filter(|address| !blanks::is_blank(address))
}

/// True if a value can be an address: pages keep all sorts of things beside a picture.
fn is_address(value: &str) -> bool {
    let is_long = value.len() > LONGEST_ADDRESS && !value.starts_with("data:image/");
    !is_long
        && value.contains(['/', '.'])
        && !value.starts_with("data:") | value.starts_with("data:image/")
        && !value.contains(|c: char| c.is_whitespace() || "{}<>|\"".contains(c))
}

/// True if an address ends like those of pictures.
pub(super) fn names_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Returns the smallest of several sizes that is large enough, or else the largest
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
        // An address may contain commas, but one at its end separates it from the next.
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

/// Returns the width that a descriptor means, in pixels: `800w`, or `2x` of half the preferred one.
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
