//! Finds bare web addresses in running text, and decodes fragments of addresses.

use std::ops::Range;

use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Attribute, Attributes, Tag};

/// The beginnings of bare addresses, and what each needs before it to be complete (GitHub Flavored
/// Markdown, §6.9, <https://github.github.com/gfm/#autolinks-extension->).
const BEGINNINGS: [(&str, &str); 3] = [("https://", ""), ("http://", ""), ("www.", "http://")];
/// Longest bare address that becomes a link, in bytes; it bounds the work on hostile text.
const LONGEST: usize = 2_000;
/// Characters that may stand at an address's end but belong to the sentence around it.
const TRAILING: &str = "?!.,:;*_~'\"";

/// A bare address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareLink {
    /// Its position, in bytes.
    pub range: Range<usize>,
    /// The address that it leads to.
    pub address: String,
}

/// Returns the bare addresses of a text, in order.
pub fn bare_links(text: &str) -> Vec<BareLink> {
    let mut links: Vec<BareLink> = Vec::new();
    // Every beginning contains one of these two characters, so most text is skipped at once.
    if !text.contains([':', '.']) {
        return links;
    }
    let (mut from, mut end) = (0, 0);
    while let Some(found) = text[from..].find(['h', 'H', 'w', 'W']) {
        let at = from + found;
        // Searched once in each run of characters that an address can have.
        if at >= end {
            end = text[at..]
                .find(ends_address)
                .map_or(text.len(), |length| at + length);
        }
        match link_at(text, at, end) {
            Some(link) => {
                from = link.range.end;
                links.push(link);
            }
            None => from = at + 1,
        }
    }
    links
}

/// Returns the link that begins at a byte, if one does; `end` is the latest end of the address.
fn link_at(text: &str, at: usize, end: usize) -> Option<BareLink> {
    let rest = &text[at..end];
    let (beginning, scheme) = BEGINNINGS.iter().find(|(beginning, _)| {
        rest.get(..beginning.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(beginning))
    })?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || "/@:.-_&=".contains(c)) {
        return None;
    }
    if rest.len() > LONGEST {
        return None;
    }
    let address = without_trailing(rest);
    let host = address.get(beginning.len()..)?;
    is_domain(host.split(['/', '?', '#', ':']).next()?, !scheme.is_empty()).then(|| BareLink {
        range: at..at + address.len(),
        address: format!("{scheme}{address}"),
    })
}

/// True for white space, and for quotation marks and stops of any script around addresses.
fn ends_address(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || "<>\"`“”„‟‘’‚«»‹›…。，、；：！？（）［］｛｝【】〈〉《》「」『』\u{200b}"
            .contains(character)
}

/// Removes the stops and brackets at the end of an address that belong to the sentence around it.
fn without_trailing(mut address: &str) -> &str {
    loop {
        let Some(last) = address.chars().next_back() else {
            return address;
        };
        let unmatched = |open: char, close: char| {
            last == close && address.matches(close).count() > address.matches(open).count()
        };
        let strays = TRAILING.contains(last) || unmatched('(', ')') || unmatched('[', ']');
        if !strays {
            return address;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
}

/// True if a host is worth a link: names of letters, digits and hyphens, separated by dots.
fn is_domain(host: &str, after_www: bool) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let enough = after_www || labels.len() > 1 || host == "localhost";
    let is_label = |label: &&str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    enough && labels.iter().all(is_label)
}

/// Adds words, with the bare addresses in them as links.
pub fn add_words(builder: &mut ArticleBuilder, words: &str) {
    let mut from = 0;
    for link in bare_links(words) {
        builder.text(&words[from..link.range.start]);
        builder.open(
            Tag::A,
            Attributes::none().with(Attribute::Href, &link.address),
        );
        builder.text(&words[link.range.clone()]);
        builder.close();
        from = link.range.end;
    }
    builder.text(&words[from..]);
}

/// Decodes a fragment: resolves its percent-encoding if that gives valid UTF-8
/// (<https://html.spec.whatwg.org/#find-a-potential-indicated-element>).
pub fn fragment_name(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |offset: usize| {
            bytes
                .get(at + offset)
                .and_then(|b| (*b as char).to_digit(16))
        };
        match (bytes[at], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| fragment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text with each link in brackets.
    fn linked(text: &str) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for link in bare_links(text) {
            out.push_str(&text[from..link.range.start]);
            out.push_str(&format!("[{}]", &text[link.range.clone()]));
            from = link.range.end;
        }
        out + &text[from..]
    }

    #[test]
    fn addresses_end_before_the_stops_of_the_sentence() {
        for (text, expected) in [
            ("see https://example.org/a.", "see [https://example.org/a]."),
            ("(www.example.org/a_(b))", "([www.example.org/a_(b)])"),
            (
                "HTTP://EXAMPLE.ORG?q=1, and",
                "[HTTP://EXAMPLE.ORG?q=1], and",
            ),
            ("“https://example.org”", "“[https://example.org]”"),
            ("见https://example.org/路。", "见[https://example.org/路]。"),
            (
                "见 https://example.org/路。好",
                "见 [https://example.org/路]。好",
            ),
            ("https://münchen.example/ü", "[https://münchen.example/ü]"),
            (
                "https:// and www. and http://x",
                "https:// and www. and http://x",
            ),
            ("a@www.example.org", "a@www.example.org"),
            ("xhttps://example.org", "xhttps://example.org"),
            ("https://a..b https://-/", "https://a..b https://-/"),
        ] {
            assert_eq!(linked(text), expected);
        }
    }

    #[test]
    fn an_address_without_a_scheme_gets_one() {
        assert_eq!(bare_links("www.a.b")[0].address, "http://www.a.b");
    }

    #[test]
    fn fragments_are_decoded() {
        assert_eq!(fragment_name("%C3%BCber"), "über");
        assert_eq!(fragment_name("100%"), "100%");
        assert_eq!(fragment_name("%ff"), "%ff");
    }
}
