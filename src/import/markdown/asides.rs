//! Reads inline syntax of other dialects: highlighted words, links of a vault of notes, comments,
//! footnotes at their place.

use std::collections::HashMap;
use std::ops::Range;

use super::flanking::is_without_blanks;
use super::lines::{is_escaped, lead, without_leads};
use super::survey::{Survey, Words};

/// Maximum number of lines of a comment.
const MOST_LINES: usize = 500;

/// A piece of such syntax, as ranges of bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// Two marks around highlighted words.
    Highlight(Range<usize>, Range<usize>),
    /// What precedes and follows the words of a link, and the heading of the same text to which it
    /// leads, if any.
    Link(Range<usize>, Range<usize>, Option<Range<usize>>),
    /// A comment.
    Comment(Range<usize>),
}

/// A footnote written where it is referred to.
pub(super) struct Footnote {
    /// The whole of it.
    pub range: Range<usize>,
    /// Its words.
    pub words: String,
}

/// Two equal signs among words, or a double bracket.
struct Pair<'a> {
    at: usize,
    words: &'a Words,
}

/// Returns the asides of a text.
pub(super) fn of(text: &str, survey: &Survey, comments: bool) -> Vec<Aside> {
    let mut found = Vec::new();
    let pairs = |sign: &'static str| pairs_of(text, survey, sign);
    highlights(text, &pairs("=="), &mut found);
    links(text, &pairs("[["), &pairs("]]"), &mut found);
    if comments {
        comments_in(text, &pairs("%%"), &mut found);
    }
    found
}

/// Returns where a sign occurs twice, but not three times, among words.
fn pairs_of<'a>(text: &str, survey: &'a Survey, sign: &str) -> Vec<Pair<'a>> {
    let one = &sign[..1];
    let mut found = Vec::new();
    for words in &survey.words {
        let mut from = words.range.start;
        while let Some(at) = text[from..words.range.end].find(sign) {
            let at = from + at;
            let run = text[at..words.range.end].bytes();
            let run = run.take_while(|byte| *byte == one.as_bytes()[0]).count();
            if run == 2 && !is_escaped(text, at) {
                found.push(Pair { at, words });
            }
            from = at + run;
        }
    }
    found
}

/// Matches equal pairs that follow each other within one inline.
fn in_twos<'a>(
    pairs: &'a [Pair<'a>],
    opens: impl Fn(usize) -> bool,
    closes: impl Fn(usize) -> bool,
) -> Vec<(usize, usize)> {
    let (mut found, mut open) = (Vec::new(), None::<&Pair<'_>>);
    for pair in pairs {
        let begun = open.filter(|open| {
            open.words.block == pair.words.block && open.words.parent == pair.words.parent
        });
        match begun {
            Some(begun) if closes(pair.at) => {
                found.push((begun.at, pair.at));
                open = None;
            }
            _ => open = opens(pair.at).then_some(pair).or(begun),
        }
    }
    found
}

fn highlights(text: &str, pairs: &[Pair<'_>], found: &mut Vec<Aside>) {
    let is_beside =
        |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || is_without_blanks(c));
    let before = |at: usize| text[..at].chars().next_back();
    let after = |at: usize| text[at + 2..].chars().next();
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let opens = |at| is_beside(before(at)) && !is_blank(after(at));
    let closes = |at| is_beside(after(at)) && !is_blank(before(at));
    for (open, close) in in_twos(pairs, opens, closes) {
        found.push(Aside::Highlight(open..open + 2, close..close + 2));
    }
}

fn links(text: &str, opening: &[Pair<'_>], closing: &[Pair<'_>], found: &mut Vec<Aside>) {
    let mut closing = closing.iter().peekable();
    for (index, open) in opening.iter().enumerate() {
        while closing.next_if(|close| close.at < open.at).is_some() {}
        let Some(close) = closing.peek() else { return };
        let next = opening.get(index + 1);
        let is_next = next.is_some_and(|next| next.at < close.at);
        if is_next
            || open.words.block != close.words.block
            || open.words.parent != close.words.parent
        {
            continue;
        }
        let inside = &text[open.at + 2..close.at];
        let is_word =
            text[..open.at].ends_with(|c: char| c.is_alphanumeric() && !is_without_blanks(c));
        let is_page = !inside.starts_with(char::is_whitespace) && !inside.is_empty();
        if is_word || !is_page || inside.contains(['[', ']']) {
            continue;
        }
        let start = open.at - usize::from(text[..open.at].ends_with('!'));
        // In a table the bar is escaped to keep it from separating cells.
        let words = inside
            .rfind('|')
            .map_or(open.at + 2, |bar| open.at + 3 + bar);
        let is_named = words < close.at && !is_size(&text[words..close.at]);
        let (words, end) = match is_named {
            true => (words, close.at),
            false => {
                let name = inside.find(['|', '\\']).unwrap_or(inside.len());
                (open.at + 2, open.at + 2 + name)
            }
        };
        let (words, heading) = match heading_in(inside) {
            // The sign before a heading is not one of its words.
            Some(name) if words == open.at + 2 => (words + 1, Some(name)),
            name => (words, name),
        };
        let heading = heading.map(|name| open.at + 2 + name.start..open.at + 2 + name.end);
        found.push(Aside::Link(start..words, end..close.at + 2, heading));
    }
}

/// Returns the range of the heading that a vault link names in its own note, `#Heading` or
/// `#Part#Heading`; `#^block` names a paragraph.
fn heading_in(inside: &str) -> Option<Range<usize>> {
    let name = inside.split(['|', '\\']).next()?;
    let rest = name.strip_prefix('#')?;
    let start = rest.rfind('#').map_or(1, |at| at + 2);
    let is_heading = !name[start..].trim().is_empty() && !name[start..].starts_with('^');
    is_heading.then_some(start..name.len())
}

/// True if words are the size of a picture, `300` or `300x200`.
fn is_size(words: &str) -> bool {
    !words.is_empty()
        && words
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'x')
}

fn comments_in(text: &str, pairs: &[Pair<'_>], found: &mut Vec<Aside>) {
    let opens = |at: usize| at == 0 || text[..at].ends_with(char::is_whitespace);
    let closes = |at: usize| !text[at + 2..].starts_with(char::is_alphanumeric);
    for (open, close) in in_twos(pairs, opens, closes) {
        found.push(Aside::Comment(open..close + 2));
    }
}

/// Returns the comments that begin and end on lines of their own.
pub(super) fn comments_over_lines(text: &str, survey: &Survey) -> Vec<Range<usize>> {
    let (mut found, mut at, mut open) = (Vec::new(), 0, None::<(usize, usize)>);
    for line in text.split_inclusive('\n') {
        let before = lead(line, usize::MAX).length;
        let here = at + before;
        if line[before..].trim_end() == "%%" && !survey.is_verbatim(here) {
            open = match open.filter(|(_, lines)| *lines < MOST_LINES) {
                Some((start, _)) => {
                    found.push(start..here + 2);
                    None
                }
                None => Some((here, 0)),
            };
        }
        open = open.map(|(start, lines)| (start, lines + 1));
        at += line.len();
    }
    found
}

/// Returns the footnotes written at their place, in order, except those within others.
pub(super) fn footnotes(text: &str, survey: &Survey) -> Vec<Footnote> {
    let ends = ends_of_brackets(text, survey);
    let (mut found, mut after) = (Vec::new(), 0);
    for (at, _) in text.match_indices("^[") {
        let end = ends
            .get(&(at + 1))
            .filter(|_| at >= after && survey.is_word(at));
        let Some(end) = end.copied().filter(|_| !is_escaped(text, at)) else {
            continue;
        };
        let inside = &text[at + 2..end];
        // `x^[2 3]` and `f[x]^[a b]` are sums.
        let is_said = inside.contains(char::is_alphabetic)
            && (inside.trim().contains(char::is_whitespace) || inside.contains(is_without_blanks));
        let is_after_bracket = text[..at].ends_with(['[', ']']);
        if is_said && !is_after_bracket {
            let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
            let quotes = match inside.contains('\n') {
                true => lead(&text[start..at], usize::MAX).quotes,
                false => 0,
            };
            let words = without_leads(inside, quotes).replace(['\n', '\r'], " ");
            found.push(Footnote {
                range: at..end + 1,
                words,
            });
            after = end;
        }
    }
    found
}

/// Returns where each bracket among words is closed, within its block.
fn ends_of_brackets(text: &str, survey: &Survey) -> HashMap<usize, usize> {
    let (mut ends, mut open, mut block) = (HashMap::new(), Vec::new(), 0);
    for words in &survey.words {
        if words.block != block {
            block = words.block;
            open.clear();
        }
        for (at, byte) in text[words.range.clone()].bytes().enumerate() {
            let at = words.range.start + at;
            match byte {
                b'[' | b']' if is_escaped(text, at) => {}
                b'[' => open.push(at),
                b']' => {
                    if let Some(start) = open.pop() {
                        ends.insert(start, at);
                    }
                }
                _ => {}
            }
        }
    }
    ends
}
