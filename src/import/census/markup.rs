//! Counts letters in unparsed text with markup.

use super::Letters;

/// HTML elements whose content is not part of the text.
const SILENT: [&str; 7] = [
    "head", "script", "style", "title", "template", "svg", "math",
];
/// Names of HTML elements that may occur in Markdown: anything else in angle brackets is words.
const TAGS: [&str; 70] = [
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
];
/// More names for [`TAGS`].
const MORE_TAGS: [&str; 12] = [
    "path", "rp", "rt", "ruby", "samp", "script", "style", "thead", "title", "tt", "ul", "video",
];

/// Counts the letters and digits of a text.
pub(in crate::import) fn in_text(text: &str) -> usize {
    // Most text is ASCII, where the bytes are enough.
    let ascii = text.bytes().filter(u8::is_ascii_alphanumeric).count();
    if text.is_ascii() {
        return ascii;
    }
    let others = text.chars().filter(|c| !c.is_ascii());
    ascii + others.filter(|c| c.is_alphanumeric()).count()
}

/// Counts the letters of HTML outside its tags, without its tree; for a chapter or a frame.
pub(in crate::import) fn in_html(html: &str) -> usize {
    let (mut count, mut rest) = (0, html);
    while let Some((text, tag)) = rest.split_once('<') {
        count += in_plain(text);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default();
        rest = after_tag(tag);
        let is_closed = tag[..tag.len() - rest.len()].ends_with("/>");
        let silent = SILENT
            .iter()
            .find(|silent| name.eq_ignore_ascii_case(silent));
        if let Some(silent) = silent.filter(|_| !is_closed) {
            rest = after_end(rest, silent);
        }
    }
    count + in_plain(rest)
}

/// Counts the letters of Markdown outside its syntax, roughly: without tags, comments, addresses of
/// links and pictures, and front matter.
pub(in crate::import) fn in_markdown(text: &str) -> Letters {
    let (mut prose, mut rest) = (0, without_front_matter(text));
    while let Some(at) = rest.find(['<', ']', '&']) {
        prose += in_text(&rest[..at]);
        let sign = &rest[at..];
        let skipped = match sign.as_bytes()[0] {
            b'<' => tag(sign),
            b']' => address(sign),
            _ => entity(sign),
        };
        rest = &sign[skipped.max(1)..];
    }
    Letters {
        prose: prose + in_text(rest),
        ..Letters::default()
    }
}

/// As [`in_text`], without character references.
fn in_plain(text: &str) -> usize {
    if !text.contains('&') {
        return in_text(text);
    }
    let (mut count, mut rest) = (0, text);
    while let Some(at) = rest.find('&') {
        count += in_text(&rest[..at]);
        rest = &rest[at + entity(&rest[at..]).max(1)..];
    }
    count + in_text(rest)
}

/// Longest character reference, in bytes after the `&`.
const LONGEST_ENTITY: usize = 32;

/// Returns the length of the character reference (`&amp;`) at the beginning of a text, or 0.
fn entity(text: &str) -> usize {
    let name = text.bytes().skip(1).take(LONGEST_ENTITY);
    let name = name
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    match text.as_bytes().get(1 + name) {
        Some(b';') => name + 2,
        _ => 0,
    }
}

/// Returns what follows a tag, given without its opening bracket.
fn after_tag(tag: &str) -> &str {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return &tag[at + 1..],
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    ""
}

/// Returns what follows the end tag of an element.
fn after_end<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once("</") {
        let is_it = tag
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_it {
            return tag.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = tag;
    }
    ""
}

/// Longest tag or link address that is searched for in Markdown, in bytes: without a limit the
/// search for each unclosed bracket would run to the end of the text.
const LONGEST_TAG: usize = 2_000;

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_TAG)]
}

/// Returns the length of the tag or comment at the beginning of a Markdown text, or 0.
fn tag(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let name = text[1..].trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    if !TAGS.contains(&&*name) && !MORE_TAGS.contains(&&*name) {
        return 0;
    }
    // A tag ends where another begins: it is not a tag, or has a bracket in a quoted value.
    let text = beginning(text);
    let text = text[1..].find('<').map_or(text, |next| &text[..next + 1]);
    let rest = after_tag(&text[1..]);
    // An unclosed bracket is a character among words.
    let is_closed = !rest.is_empty() || text.ends_with('>');
    if is_closed {
        text.len() - rest.len()
    } else {
        0
    }
}

/// Returns the length of the address after the text of a link.
fn address(text: &str) -> usize {
    let text = beginning(text);
    let end = match text.as_bytes().get(1) {
        Some(b'(') => text.find(')'),
        Some(b'[') => text[1..].find(']').map(|end| end + 1),
        Some(b':') => text
            .get(3..)
            .and_then(|address| address.find(char::is_whitespace))
            .map(|end| end + 3),
        _ => None,
    };
    end.map_or(0, |end| end + 1)
}

/// Returns a text without its front matter.
fn without_front_matter(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    let matter = ["---", "+++"].iter().find_map(|mark| {
        let rest = text.strip_prefix(mark)?;
        rest.starts_with(['\n', '\r']).then_some(())?;
        let end = rest.find(&format!("\n{mark}"))?;
        Some(&rest[end + 1 + mark.len()..])
    });
    matter.unwrap_or(text)
}
