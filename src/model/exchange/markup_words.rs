//! The words of a piece of HTML as a page shows them.
//!
//! Tags are only skipped, in one pass: a parser takes very long for markup of great depth, and a
//! file may hold any number of pieces.

use std::borrow::Cow;

use dom_query::Document;

/// Elements whose content is not shown.
const UNSHOWN: [&str; 8] = [
    "script", "style", "template", "noscript", "head", "title", "textarea", "iframe",
];
/// Elements that do not begin a line of their own.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "math", "meter", "q", "ruby",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

/// Returns the words, with one line end between blocks and lines, and without further white space
/// than a page shows.
pub(super) fn words_of(markup: &str) -> String {
    let mut words = Words::default();
    let mut rest = markup;
    while !rest.is_empty() {
        if let Some((tag, after)) = Tag::at(rest) {
            rest = words.take(&tag, after);
            continue;
        }
        // The first character may be a sign that begins no tag.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find('<').map_or(rest.len(), |at| first + at);
        let (piece, after) = rest.split_at(end);
        words.add(&decoded(piece));
        rest = after;
    }
    words.text
}

/// Returns text with its character references resolved.
fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('&') {
        true => Cow::Owned(Document::fragment(text).text().to_string()),
        false => Cow::Borrowed(text),
    }
}

/// A tag, or what else is not shown between angle brackets.
struct Tag {
    /// The name in lower case; empty for a comment.
    name: String,
    is_end: bool,
}

impl Tag {
    /// Returns the tag that the markup begins with, and what follows it.
    fn at(markup: &str) -> Option<(Self, &str)> {
        let inner = markup.strip_prefix('<')?;
        if let Some(comment) = inner.strip_prefix("!--") {
            let after = comment.split_once("-->").map_or("", |(_, after)| after);
            return Some((Self::without_name(), after));
        }
        let bare = inner.strip_prefix('/').unwrap_or(inner);
        let is_named = bare.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_named && !inner.starts_with(['!', '?']) {
            return None;
        }
        let ends_name = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/';
        let name = bare.split(ends_name).next().filter(|_| is_named);
        let tag = Self {
            name: name.unwrap_or_default().to_ascii_lowercase(),
            is_end: inner.starts_with('/'),
        };
        Some((tag, after_tag(bare)))
    }

    fn without_name() -> Self {
        Self {
            name: String::new(),
            is_end: false,
        }
    }
}

/// Returns what follows a tag; a sign within the quotation marks of an attribute does not end it.
fn after_tag(inner: &str) -> &str {
    let mut mark = None;
    for (at, sign) in inner.bytes().enumerate() {
        match (mark, sign) {
            (None, b'>') => return &inner[at + 1..],
            (None, b'"' | b'\'') => mark = Some(sign),
            (Some(open), _) if open == sign => mark = None,
            _ => {}
        }
    }
    ""
}

/// Returns what follows the content of an element that is not shown.
fn after_content<'a>(markup: &'a str, name: &str) -> &'a str {
    let ends = markup.match_indices("</");
    let mut ends = ends.filter(|(at, sign)| {
        let named = markup.get(at + sign.len()..at + sign.len() + name.len());
        named.is_some_and(|named| named.eq_ignore_ascii_case(name))
    });
    ends.next()
        .map_or("", |(at, sign)| after_tag(&markup[at + sign.len()..]))
}

/// The words so far, and the white space that follows if more words do.
#[derive(Default)]
struct Words {
    text: String,
    space: Option<char>,
    /// Number of open elements that keep white space as it is.
    verbatim: usize,
}

impl Words {
    /// Takes a tag, and returns what is to be read after it.
    fn take<'a>(&mut self, tag: &Tag, after: &'a str) -> &'a str {
        if UNSHOWN.contains(&&*tag.name) {
            return match tag.is_end {
                true => after,
                false => after_content(after, &tag.name),
            };
        }
        match (&*tag.name, tag.is_end) {
            ("", _) => return after,
            ("pre", false) => self.verbatim += 1,
            ("pre", true) => self.verbatim = self.verbatim.saturating_sub(1),
            _ => {}
        }
        self.part(&tag.name);
        after
    }

    /// Begins a line at the edge of a block; cells of a row stand in one.
    fn part(&mut self, name: &str) {
        match name {
            "td" | "th" => self.space = self.space.or(Some(' ')),
            // Elements that a page makes up are in the line unless its styles say otherwise.
            name if INLINE.contains(&name) || name.contains('-') => {}
            _ => self.space = Some('\n'),
        }
    }

    fn add(&mut self, text: &str) {
        // Blocks that were selected together are parted by a blank line.
        for (index, block) in text.split("\n\n").enumerate() {
            if index > 0 {
                self.space = Some('\n');
            }
            for character in block.chars() {
                match character {
                    '\n' if self.verbatim > 0 => self.space = Some('\n'),
                    ' ' | '\t' | '\n' | '\r' | '\u{c}' if self.verbatim == 0 => {
                        self.space = self.space.or(Some(' '));
                    }
                    shown => {
                        let space = self.space.take().filter(|_| !self.text.is_empty());
                        self.text.extend(space);
                        self.text.push(shown);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn the_words_are_those_that_a_page_shows() {
        for (markup, words) in [
            (
                "<p>The <em>sea</em>&nbsp;&amp; I &lt;3 &eacute;&#x2014;</p>",
                "The sea\u{a0}& I <3 é—",
            ),
            ("  two\n words ", "two words"),
            ("<p>one</p>\n<p>two<br>three</p>", "one\ntwo\nthree"),
            ("<p>one</p>\n\n<p>two</p>", "one\ntwo"),
            ("one <b>bold</b>\n\ntwo", "one bold\ntwo"),
            ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
            (
                "a<script>alert(1)</script><!-- c --><style>b{}</style>b",
                "ab",
            ),
            ("<pre>a  b\n  c</pre>", "a  b\n  c"),
            ("<img src=x onerror=alert(1) alt='a picture'>", ""),
            ("a < b and <unclosed", "a < b and"),
            ("a<b>b</b> &amp; c <!-- > -->d", "ab & c d"),
            ("<a title='1 > 0' href=\"<p>\">x</a>y", "xy"),
            ("<SCRIPT>x</p></ScRiPt >y<?z?>", "y"),
            ("1 <2 & 3<", "1 <2 & 3<"),
            ("", ""),
        ] {
            assert_eq!(words_of(markup), words, "{markup}");
        }
    }

    #[test]
    fn markup_of_any_depth_is_read() {
        let deep = "<div>".repeat(200_000) + "words";
        assert_eq!(words_of(&deep), "words");
        let open = "<script>&amp;<".repeat(100_000);
        assert_eq!(words_of(&open), "");
    }
}
