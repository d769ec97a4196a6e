//! Recognises addresses of blank pictures, which hold the place until the real picture comes.

use crate::model::base64;

/// Words in the file names of such pictures.
const BLANKS: [&str; 20] = [
    "blank",
    "clear",
    "cleardot",
    "dummy",
    "empty",
    "gray",
    "grey",
    "lazy",
    "lazyload",
    "loader",
    "loading",
    "pixel",
    "placeholder",
    "preloader",
    "shim",
    "spacer",
    "spinner",
    "trans",
    "transparent",
    "transparant",
];
/// Words that may accompany these.
const FILLERS: [&str; 12] = [
    "ajax", "bg", "gif", "icon", "image", "img", "photo", "pic", "picture", "png", "px", "svg",
];
/// Endings of files that may be blank; for photographs the name proves nothing.
const ENDINGS: [&str; 4] = ["gif", "png", "svg", "webp"];
/// Elements that draw.
const DRAWS: [&str; 12] = [
    "<path",
    "<circle",
    "<ellipse",
    "<image",
    "<line",
    "<poly",
    "<text",
    "<use",
    "<foreignobject",
    "<symbol",
    "<animate",
    "<style",
];
/// Longest drawing that is examined, in bytes.
const LONGEST_DRAWING: usize = 2_000;
/// Largest side of a blank, in pixels.
const LARGEST_SIDE: u32 = 2;
/// Number of bytes at the beginning of a picture that contain its size.
const HEAD: usize = 32;

/// True if an address leads to nothing visible.
pub(in super::super) fn is_blank(address: &str) -> bool {
    let address = address.trim();
    if let Some(data) = address.strip_prefix("data:") {
        return is_blank_data(data);
    }
    address.is_empty()
        || address.starts_with('#')
        || address.starts_with("about:")
        || (is_named_blank(address) && ends_with(address, &ENDINGS))
}

/// True if an address is named like a placeholder, to be used only if there is no other.
pub(super) fn stands_in(address: &str) -> bool {
    !address.starts_with("data:") && is_named_blank(address)
}

/// Returns the file name in an address without its ending, in lower case.
fn stem(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_ascii_lowercase()
}

fn ends_with(address: &str, endings: &[&str]) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('.').next().unwrap_or_default();
    endings
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_named_blank(address: &str) -> bool {
    let stem = stem(address);
    let parts = || {
        let parts = stem.split(|c: char| !c.is_ascii_alphanumeric());
        parts.filter(|part| !part.is_empty())
    };
    let is_size = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'x')
    };
    let is_dot = |part: &str| matches!(part, "1x1" | "1px" | "2x2");
    let is_known = |part: &str| {
        BLANKS.contains(&part) || FILLERS.contains(&part) || is_size(part) || is_dot(part)
    };
    parts().all(is_known) && parts().any(|part| BLANKS.contains(&part) || is_dot(part))
}

/// True if the picture in a `data:` address shows nothing.
fn is_blank_data(data: &str) -> bool {
    let Some((kind, body)) = data.split_once(',') else {
        return true;
    };
    let kind = kind.to_ascii_lowercase();
    let is_coded = kind.ends_with(";base64");
    if kind.starts_with("image/svg") {
        return body.len() <= LONGEST_DRAWING && is_blank_drawing(body, is_coded);
    }
    let head = match is_coded {
        true => base64::decode(body.as_bytes(), HEAD),
        false => return body.is_empty(),
    };
    let two = |at: usize| Some(u32::from(*head.get(at)?) | u32::from(*head.get(at + 1)?) << 8);
    let four = |at: usize| {
        let bytes = head.get(at..at + 4)?;
        Some(
            bytes
                .iter()
                .fold(0, |number, byte| number << 8 | u32::from(*byte)),
        )
    };
    let sides = if head.starts_with(b"GIF8") {
        (two(6), two(8))
    } else if head.starts_with(b"\x89PNG") {
        (four(16), four(20))
    } else {
        return false;
    };
    let is_little = |side: Option<u32>| side.is_some_and(|side| side <= LARGEST_SIDE);
    is_little(sides.0) && is_little(sides.1)
}

/// True if a drawing draws nothing, or a single plain area.
fn is_blank_drawing(body: &str, is_coded: bool) -> bool {
    let text = match is_coded {
        true => {
            String::from_utf8_lossy(&base64::decode(body.as_bytes(), LONGEST_DRAWING)).into_owned()
        }
        false => crate::import::links::fragment_name(body),
    };
    let text = text.to_ascii_lowercase();
    !DRAWS.iter().any(|draws| text.contains(draws)) && text.matches("<rect").count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_known_by_name_and_by_size() {
        for address in [
            "",
            "#",
            "#top",
            "/static/blank.gif",
            "https://a.b/1x1.png?x=1",
            "spacer.gif",
            "img/loading.svg",
            "https://a.b/c/pixel-transparent.png",
            "https://a.b/placeholder_400x300.png",
            "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'%3E%3C/svg%3E",
            "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=",
        ] {
            assert!(is_blank(address), "{address}");
        }
        for address in [
            "https://a.b/boat.jpg",
            "https://a.b/loading-the-boat.png",
            "https://a.b/placeholder.jpg",
            "https://a.b/12.png",
            "data:image/gif;base64,R0lGODlhEAAQAIAAAAAAAP",
            "data:image/svg+xml,%3Csvg%3E%3Cpath d='M0,0'/%3E%3C/svg%3E",
            "data:image/webp;base64,AAAA",
        ] {
            assert!(!is_blank(address), "{address}");
        }
        assert!(stands_in("https://a.b/placeholder.jpg"));
    }
}
