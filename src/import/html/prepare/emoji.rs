//! Replaces pictures of emoji, which pages use in case the reader's machine lacks them, by the
//! characters themselves.

use dom_query::{Document, Element, NodeRef};

use super::super::attributes::{attribute, classes};
use super::super::pictures;

/// Classes of such pictures.
const CLASSES: [&str; 8] = [
    "emoji",
    "emojione",
    "emoticon",
    "joypixels",
    "smiley",
    "smilie",
    "twemoji",
    "wp-smiley",
];
/// Parts of the addresses of such pictures.
const PLACES: [&str; 6] = [
    "emoji", "emoticon", "twemoji", "smilies", "smiley", "emotes",
];
/// Longest word for an emoji, in bytes: a code (`:compass:`) may be long.
const LONGEST_WORD: usize = 40;
/// Maximum number of characters per picture: a family of four has seven, with joiners.
const MOST_SIGNS: usize = 16;

/// Replaces the pictures by their characters.
pub(super) fn prepare(document: &Document) {
    let root = document.root();
    let found: Vec<(NodeRef<'_>, String)> = root
        .descendants_it()
        .filter(|node| node.has_name("img"))
        .filter_map(|node| {
            let sign = sign_of(&*node.element_ref()?)?;
            Some((node, sign))
        })
        .collect();
    for (node, sign) in found {
        let words = document.tree.new_text(sign);
        node.replace_with(&words);
    }
}

fn sign_of(element: &Element) -> Option<String> {
    let sources = ["src", "data-src"];
    let address = sources.iter().find_map(|name| attribute(element, name));
    let address = address.unwrap_or_default();
    let is_marked = classes(element).any(|class| {
        let class = class.to_ascii_lowercase();
        CLASSES.iter().any(|name| class == *name) || class.ends_with("-emoji")
    }) || attribute(element, "data-emoji").is_some();
    let path = address.to_ascii_lowercase();
    let is_placed = !path.starts_with("data:") && PLACES.iter().any(|place| path.contains(place));
    let said = attribute(element, "alt").map(str::trim).unwrap_or_default();
    let written = signs_in_name(address);
    if is_sign(said) {
        let is_small = pictures::is_small(element);
        return (is_marked || is_placed || written.is_some() || is_small).then(|| said.to_owned());
    }
    if let Some(signs) = written.filter(|_| is_marked || is_placed) {
        return Some(signs);
    }
    let is_word =
        !said.is_empty() && said.len() <= LONGEST_WORD && !said.contains(char::is_whitespace);
    (is_marked && is_word).then(|| said.to_owned())
}

/// True if words are a single emoji, or a few.
fn is_sign(words: &str) -> bool {
    let count = words.chars().count();
    let has_picture = words.chars().any(is_pictured) || words.contains('\u{20e3}');
    (1..=MOST_SIGNS).contains(&count) && has_picture && !words.chars().any(is_letter)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_pictured(c)
}

/// True if a character may be drawn as a picture (<https://www.unicode.org/reports/tr51/>).
fn is_pictured(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{24ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Returns the characters whose code points name a picture's file: `1f1e9-1f1ea.png`.
fn signs_in_name(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.strip_prefix("emoji_u").unwrap_or(stem);
    let stem = stem.strip_prefix("u").unwrap_or(stem);
    let numbers = stem.split(['-', '_']).map(|number| {
        let is_number = (2..=6).contains(&number.len());
        let code = u32::from_str_radix(number, 16).ok().filter(|_| is_number)?;
        char::from_u32(code)
    });
    let signs: Option<String> = numbers.take(MOST_SIGNS).collect();
    signs.filter(|signs| is_sign(signs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_known_by_the_names_of_their_files() {
        let of = |address: &str| signs_in_name(address);
        assert_eq!(of("https://a.b/72x72/1f9ed.png"), Some("🧭".to_owned()));
        assert_eq!(
            of("https://a.b/svg/1F1E9-1F1EA.svg?v=2"),
            Some("🇩🇪".to_owned())
        );
        assert_eq!(of("https://a.b/emoji_u1f389.png"), Some("🎉".to_owned()));
        assert_eq!(of("https://a.b/cafe.png"), None);
        assert_eq!(of("https://a.b/2024.png"), None);
        assert_eq!(of("https://a.b/party.png"), None);
    }
}
