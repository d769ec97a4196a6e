//! The words of a Markdown text outside its syntax, by an independent scanner.

use super::count::{Place, Word, words_of};

/// Names of elements that are HTML within Markdown; other names in angle brackets are words.
const ELEMENTS: [&str; 92] = [
    "a",
    "abbr",
    "address",
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
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
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
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "math",
    "meta",
    "nav",
    "object",
    "ol",
    "p",
    "param",
    "path",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// More elements, for media and forms.
const OTHER_ELEMENTS: [&str; 8] = [
    "video", "var", "tt", "title", "time", "g", "textarea", "select",
];

/// The words of a Markdown text in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut scan = Scan::default();
    let text = scan.front_matter(text);
    let mut lines = text.lines().peekable();
    let mut paragraph = String::new();
    let (mut was_blank, mut in_list) = (true, false);
    while let Some(line) = lines.next() {
        let bare = without_quote(line);
        if let Some((before, after)) = bare.split_once("<!--")
            && !before.contains('`')
            && !after.contains("-->")
        {
            paragraph.push_str(before);
            lines.by_ref().find(|line| line.contains("-->"));
            continue;
        }
        if let Some(fence) = fence_of(bare) {
            scan.inline(&std::mem::take(&mut paragraph));
            for line in lines.by_ref() {
                if fence_of(without_quote(line)).is_some_and(|end| end.starts_with(fence)) {
                    break;
                }
                scan.add(line, Place::Text);
            }
            was_blank = true;
            continue;
        }
        if bare.trim().is_empty() {
            scan.inline(&std::mem::take(&mut paragraph));
            was_blank = true;
            continue;
        }
        let is_indented = bare.starts_with("    ") || bare.starts_with('\t');
        if is_indented && !in_list && was_blank {
            scan.add(bare, Place::Text);
            continue;
        }
        if !bare.starts_with([' ', '\t']) {
            in_list = without_marker(bare).len() < bare.len();
        }
        was_blank = false;
        if is_definition(bare) {
            continue;
        }
        paragraph.push_str(without_attributes(without_marker(bare)));
        paragraph.push('\n');
    }
    scan.inline(&paragraph);
    scan.words
}

#[derive(Default)]
struct Scan {
    words: Vec<Word>,
}

impl Scan {
    fn add(&mut self, text: &str, place: Place) {
        words_of(text, |word| {
            self.words.push(Word {
                text: word.to_owned(),
                place,
            });
        });
    }

    /// Reads the front matter, and returns the rest.
    fn front_matter<'a>(&mut self, text: &'a str) -> &'a str {
        let text = text.trim_start_matches('\u{feff}');
        for mark in ["---", "+++"] {
            let Some(rest) = text.strip_prefix(mark) else {
                continue;
            };
            let Some(rest) = rest.strip_prefix('\n') else {
                continue;
            };
            if let Some((matter, rest)) = rest.split_once(&format!("\n{mark}\n")) {
                self.add(matter, Place::FrontMatter);
                return rest;
            }
        }
        text
    }

    /// Reads the words of a paragraph.
    fn inline(&mut self, text: &str) {
        let mut plain = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (place, words, length) = match skipped(rest) {
                Some(found) => found,
                None => {
                    plain.push(c);
                    rest = &rest[c.len_utf8()..];
                    continue;
                }
            };
            if !words.is_empty() {
                self.add(&std::mem::take(&mut plain), Place::Text);
                self.add(words, place);
            }
            rest = &rest[length..];
        }
        self.add(&plain, Place::Text);
    }
}

/// Syntax at the start of a text: the place of the words in it, those words, and the length of the
/// syntax in bytes.
fn skipped(rest: &str) -> Option<(Place, &str, usize)> {
    let nothing = |length| Some((Place::Text, "", length));
    match rest.as_bytes()[0] {
        b'\\' => nothing(1),
        b'`' => {
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let inside = &rest[ticks..];
            match inside.find(&rest[..ticks]) {
                Some(end) => Some((Place::Text, &inside[..end], end + 2 * ticks)),
                None => nothing(ticks),
            }
        }
        b'<' => bracketed(rest),
        b'!' if rest.starts_with("![") => {
            let words = closed(&rest[1..], b'[', b']')? + 1;
            let address = match rest.as_bytes().get(words) {
                Some(b'(') => closed(&rest[words..], b'(', b')')?,
                Some(b'[') => closed(&rest[words..], b'[', b']')?,
                _ => 0,
            };
            nothing(words + address)
        }
        b'[' if rest.starts_with("[^") => nothing(rest.find(']')? + 1),
        b']' if rest.starts_with("](") => nothing(closed(&rest[1..], b'(', b')')? + 1),
        b']' if rest.starts_with("][") => nothing(closed(&rest[1..], b'[', b']')? + 1),
        b'&' => {
            let end = rest.find(';').filter(|end| (2..10).contains(end))?;
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
            let is_entity = rest[1..end].bytes().all(is_name);
            is_entity.then_some((Place::Text, "", end + 1))
        }
        b'$' => {
            let marks = if rest.starts_with("$$") { 2 } else { 1 };
            let inside = &rest[marks..];
            let end = inside.find(&rest[..marks])?;
            let formula = &inside[..end];
            let is_tight = !formula.is_empty() && formula.trim() == formula;
            (marks == 2 || is_tight).then_some((Place::Formula, formula, end + 2 * marks))
        }
        _ => None,
    }
}

/// A tag, a comment, an address, or words in angle brackets.
fn bracketed(rest: &str) -> Option<(Place, &str, usize)> {
    if rest.starts_with("<!--") {
        let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
        return Some((Place::Text, "", end));
    }
    let end = rest.find('>')?;
    let inside = &rest[1..end];
    if inside.contains("://") && !inside.contains(' ') || inside.starts_with("mailto:") {
        return Some((Place::Text, inside, end + 1));
    }
    let name = inside.trim_start_matches(['/', '!', '?']);
    let name = name.split([' ', '\n', '\t', '/']).next()?.to_lowercase();
    if ELEMENTS.contains(&&*name) || OTHER_ELEMENTS.contains(&&*name) || inside.starts_with('!') {
        return Some((Place::Text, "", end + 1));
    }
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && !inside.contains('<')).then_some((Place::Brackets, inside, end + 1))
}

/// Length of the bracketed text at the start, including both brackets.
fn closed(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        depth += i32::from(byte == open) - i32::from(byte == close);
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

fn fence_of(line: &str) -> Option<&str> {
    let line = without_marker(line).trim_start();
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(first).len();
    let is_code = first == '`' && line[length..].contains('`');
    (length >= 3 && !is_code).then(|| &line[..length])
}

fn without_quote(line: &str) -> &str {
    let mut line = line;
    while let Some(rest) = line.trim_start().strip_prefix('>') {
        line = rest.strip_prefix(' ').unwrap_or(rest);
    }
    line
}

/// A line without the marker of a list item; the number of an item is not a word.
pub fn without_marker(line: &str) -> &str {
    let bare = line.trim_start();
    let after_number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_short = bare.len() - after_number.len() <= 9;
    let rest = match bare.as_bytes().first() {
        Some(b'-' | b'*' | b'+') => Some(&bare[1..]),
        Some(b'0'..=b'9') if is_short => after_number.strip_prefix(['.', ')']),
        _ => None,
    };
    let rest = rest.filter(|rest| rest.starts_with([' ', '\t']));
    let rest = rest.unwrap_or(line);
    let task = rest.trim_start();
    ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|mark| task.strip_prefix(mark))
        .unwrap_or(rest)
}

/// A heading without the attributes in braces at its end.
fn without_attributes(line: &str) -> &str {
    match line.rsplit_once('{') {
        Some((before, after)) if line.starts_with('#') && after.starts_with(['#', '.']) => before,
        _ => line,
    }
}

/// True if a line defines a link reference.
fn is_definition(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('[') && !line.starts_with("[^") && line.contains("]:")
}
