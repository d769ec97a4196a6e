//! Links from a note to another note or to a heading: their addresses, and where they stand in the
//! Markdown of a note.
//!
//! A note is named by its id, as in a file: `urn:uuid:…`. A heading is named by the article's IRI
//! and its own words, as a text fragment (<https://wicg.github.io/scroll-to-text-fragment/>), so
//! that it is found again in an edited article, and by browsers in the page itself.

mod index;
mod offered;

pub use index::Index;
pub use offered::{FARTHEST, Folded, MOST_OFFERED, OPEN, Typed, offered, typed_at};

use std::ops::Range;

use super::address::is_remote;
use super::annotation::AnnotationId;
use super::digest::Digest;

/// What a note's id is put behind if it is a UUID (RFC 9562, section 4).
const UUID: &str = "urn:uuid:";
/// What any other id is put behind.
const OWN: &str = "urn:postil:annotation:";
/// What the IRI of an article that ships begins with.
const SHIPPED: &str = "urn:postil:article:";
/// What stands between an article's IRI and the words of a heading.
const WORDS: &str = "#:~:text=";
/// What stands before an own address where a note is drawn: a fragment, which nothing follows but
/// what knows it.
pub const OWN_FRAGMENT: &str = "to:";
/// Marks of Markdown that could end a link's words or change them.
const MARKS: &str = r"\[]*_`<>~&|$^{}!#";

/// What a link in a note leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another note.
    Note(AnnotationId),
    /// A heading.
    Heading {
        /// The IRI of its article.
        article: String,
        /// Its words.
        words: String,
    },
}

impl Target {
    /// Returns the address of a link.
    pub fn address(&self) -> String {
        match self {
            Self::Note(id) if is_uuid(id.as_str()) => [UUID, id.as_str()].concat(),
            Self::Note(id) => [OWN, &encoded(id.as_str())].concat(),
            Self::Heading { article, words } => [article, WORDS, &encoded(words)].concat(),
        }
    }

    /// Reads an address; `None` if it leads neither to a note nor to a heading.
    pub fn parse(address: &str) -> Option<Self> {
        if let Some(id) = address.strip_prefix(UUID) {
            let id = AnnotationId::parse(id).ok()?;
            return is_uuid(id.as_str()).then_some(Self::Note(id));
        }
        if let Some(id) = address.strip_prefix(OWN) {
            return Some(Self::Note(AnnotationId::parse(&decoded(id)).ok()?));
        }
        let (article, fragment) = address.split_once(WORDS)?;
        let is_plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
        let words = decoded(words_of(fragment));
        let valid = is_plain && is_article(article) && !words.trim().is_empty();
        valid.then(|| Self::Heading {
            article: article.to_owned(),
            words,
        })
    }

    /// True if nothing but Postil can follow the address.
    pub fn is_own(&self) -> bool {
        match self {
            Self::Note(_) => true,
            Self::Heading { article, .. } => !is_remote(article),
        }
    }

    /// The note, if it is one.
    pub fn note(&self) -> Option<&AnnotationId> {
        match self {
            Self::Note(id) => Some(id),
            Self::Heading { .. } => None,
        }
    }

    /// Writes a link with these words as Markdown. White space in them becomes single spaces, and
    /// square brackets become round ones: escaped they would begin a formula of TeX.
    pub fn markdown(&self, words: &str) -> String {
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut link = "[".to_owned();
        let words = words.join(" ").replace('[', "(").replace(']', ")");
        for character in words.chars() {
            if MARKS.contains(character) {
                link.push('\\');
            }
            link.push(character);
        }
        let address = self.address();
        // A parenthesis in the address of an article would end the link.
        let (open, close) = match address.contains(['(', ')']) {
            true => ("](<", ">)"),
            false => ("](", ")"),
        };
        [&link, open, &address, close].concat()
    }
}

/// A link in the Markdown of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where its address is, in bytes.
    pub range: Range<usize>,
    /// What it leads to.
    pub target: Target,
}

/// Returns the links to notes and headings in the Markdown of a note, in order. Only the parser
/// knows for certain what is a link: here, what looks like one in code is one too.
pub fn links_in(markdown: &str) -> Vec<Link> {
    // Most notes have none, and a search for the beginnings is fast.
    if ![UUID, OWN, WORDS].iter().any(|it| markdown.contains(it)) {
        return Vec::new();
    }
    let mut links: Vec<Link> = Vec::new();
    for (at, open) in markdown.match_indices(['(', '<', ':']) {
        let before = &markdown[..at];
        let after = &markdown[at + 1..];
        let (is_one, ends): (bool, &[char]) = match open {
            "<" => (true, &['>']),
            _ => (before.ends_with(']'), &[')', '<', '>']),
        };
        let start = at + 1 + (after.len() - after.trim_start_matches([' ', '\t']).len());
        let rest = &markdown[start..];
        let end = rest.find(|c: char| c.is_whitespace() || ends.contains(&c));
        let end = start + end.unwrap_or(rest.len());
        if let Some(target) = Target::parse(&markdown[start..end]).filter(|_| is_one) {
            let range = start..end;
            links.push(Link { range, target });
        }
    }
    links
}

/// Returns the Markdown with its links to notes leading where `other` says; `None` if none changes.
pub fn redirected(
    markdown: &str,
    other: &dyn Fn(&AnnotationId) -> Option<AnnotationId>,
) -> Option<String> {
    let (mut out, mut from) = (String::new(), 0);
    for link in links_in(markdown) {
        if let Some(id) = link.target.note().and_then(other) {
            out.push_str(&markdown[from..link.range.start]);
            out.push_str(&Target::Note(id).address());
            from = link.range.end;
        }
    }
    out.push_str(&markdown[from..]);
    (from > 0).then_some(out)
}

/// Returns the Markdown with the words of its links to notes and headings in place of the links, for
/// where a note is shown in one line.
pub fn without_addresses(markdown: &str) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for link in links_in(markdown) {
        let open = markdown[from..link.range.start].trim_end_matches('<');
        let close = markdown[link.range.end..].trim_start_matches('>');
        let (Some(open), Some(close)) = (open.strip_suffix("]("), close.strip_prefix(')')) else {
            continue;
        };
        let Some(start) = start_of_words(open) else {
            continue;
        };
        out.push_str(&open[..start]);
        push_words(&mut out, &open[start + 1..]);
        from = markdown.len() - close.len();
    }
    out.push_str(&markdown[from..]);
    out
}

/// Where the bracket is that the words at the end of a text begin with.
fn start_of_words(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, bracket) in text.rmatch_indices(['[', ']']) {
        let escapes = text[..at].len() - text[..at].trim_end_matches('\\').len();
        match bracket {
            _ if escapes % 2 == 1 => {}
            "[" if depth == 0 => return Some(at),
            "[" => depth -= 1,
            _ => depth += 1,
        }
    }
    None
}

/// Appends words without the marks that keep Markdown from reading them otherwise.
fn push_words(out: &mut String, words: &str) {
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes = character == '\\' && characters.peek().is_some_and(|c| MARKS.contains(*c));
        out.extend(match escapes {
            true => characters.next(),
            false => Some(character),
        });
    }
}

fn is_uuid(name: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    name.len() == 36 && name.bytes().enumerate().all(fits)
}

/// True if an IRI can be that of an article.
fn is_article(iri: &str) -> bool {
    is_remote(iri) || iri.starts_with(SHIPPED) || Digest::from_iri(iri).is_some()
}

/// The words in a text fragment that stand where the passage begins: not what is before it or after
/// it, nor where it ends.
fn words_of(fragment: &str) -> &str {
    let directive = fragment.split('&').next().unwrap_or_default();
    let mut parts = directive.split(',');
    let is_passage = |part: &&str| !part.ends_with('-') && !part.starts_with('-');
    parts.find(is_passage).unwrap_or_default()
}

/// Encodes what is neither a letter nor a digit by its UTF-8 bytes (RFC 3986, section 2.1).
fn encoded(words: &str) -> String {
    let mut out = String::new();
    for character in words.chars() {
        match character {
            '.' | '_' => out.push(character),
            _ if character.is_alphanumeric() => out.push(character),
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    out.push('%');
                    out.extend([byte >> 4, byte & 15].map(digit));
                }
            }
        }
    }
    out
}

fn digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value & 15)])
}

/// Decodes percent signs with two digits; anything else stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    let value = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::new(), 0);
    while let Some(&byte) = bytes.get(at) {
        let pair = value(bytes.get(at + 1)).zip(value(bytes.get(at + 2)));
        match pair.filter(|_| byte == b'%') {
            Some((high, low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
