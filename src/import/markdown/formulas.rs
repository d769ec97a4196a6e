//! Finds formulas in TeX.

use std::ops::Range;

use super::lines::{Lead, backslashes, is_escaped, lead, without_leads};
use super::survey::Survey;
use crate::model::markdown::{SIGNS_OF_TEX, are_prices};

/// A formula in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// Its range in bytes, with its delimiters.
    pub range: Range<usize>,
    /// TeX without the delimiters.
    pub tex: String,
    /// True if it has lines of its own.
    pub is_block: bool,
}

/// Maximum number of lines of a formula: stray dollars must not hide a chapter.
const MOST_LINES: usize = 100;
/// Environments that are formulas by themselves
/// (<https://docs.mathjax.org/en/latest/input/tex/macros/>).
const ENVIRONMENTS: [&str; 12] = [
    "align",
    "alignat",
    "displaymath",
    "eqnarray",
    "equation",
    "flalign",
    "gather",
    "math",
    "multline",
    "subequations",
    "dmath",
    "cases",
];
/// Words that people write in escaped brackets.
const ESCAPED_WORDS: [&str; 5] = ["c", "r", "p", "tm", "s"];

/// Returns the formulas that span several lines, in order.
pub(super) fn over_lines(text: &str, survey: &Survey) -> Vec<Formula> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let line = |number: usize| {
        let end = starts.get(number + 1).copied().unwrap_or(text.len());
        (starts[number], &text[starts[number]..end])
    };
    let (mut found, mut number) = (Vec::new(), 0);
    while number < starts.len() {
        let (start, words) = line(number);
        number += 1;
        let before = lead(words, usize::MAX);
        let at = start + before.length;
        let Some(opening) = Opening::of(&words[before.length..]) else {
            continue;
        };
        if survey.is_verbatim(at) || !survey.is_word(at + opening.mark.len() - 1) {
            continue;
        }
        let lines = (number..starts.len()).take(MOST_LINES).map(line);
        let Some((end, lines)) = opening.end(text, at, before, lines) else {
            continue;
        };
        let inside = match opening.keeps_marks {
            true => &text[at..end],
            false => &text[at + opening.mark.len()..end - opening.close.len()],
        };
        let tex = without_leads(inside, before.quotes).trim().to_owned();
        if is_balanced(&tex) && !tex.is_empty() && (opening.mark.starts_with('$') || is_tex(&tex)) {
            found.push(Formula {
                range: at..end,
                tex,
                is_block: true,
            });
            number += lines;
        }
    }
    found
}

/// The beginning of a formula over several lines.
struct Opening {
    mark: String,
    close: String,
    keeps_marks: bool,
    /// True if it is alone in its line, so that blank lines may follow.
    is_alone: bool,
}

impl Opening {
    fn of(line: &str) -> Option<Self> {
        let line = line.trim_end();
        let of = |mark: &str, close: &str, keeps_marks| {
            let rest = &line[mark.len()..];
            (!rest.contains(close)).then(|| Self {
                mark: mark.to_owned(),
                close: close.to_owned(),
                keeps_marks,
                is_alone: rest.is_empty() && !keeps_marks,
            })
        };
        if line.starts_with("$$") && !line.starts_with("$$$") {
            return of("$$", "$$", false);
        }
        for (mark, close) in [("\\[", "\\]"), ("\\\\[", "\\\\]")] {
            if line.starts_with(mark) {
                return of(mark, close, false);
            }
        }
        let name = line.strip_prefix("\\begin{")?.split_once('}')?.0;
        let is_one = ENVIRONMENTS.contains(&name.trim_end_matches('*'));
        let (mark, close) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
        if !is_one {
            return None;
        }
        if line.contains(&close) {
            // The whole formula is in one line.
            return Some(Self {
                mark,
                close,
                keeps_marks: true,
                is_alone: false,
            });
        }
        of(&mark, &close, true)
    }

    /// Returns the end of the formula that begins at `at`, and the number of further lines.
    fn end<'a>(
        &self,
        text: &str,
        at: usize,
        before: Lead,
        lines: impl Iterator<Item = (usize, &'a str)>,
    ) -> Option<(usize, usize)> {
        if self.keeps_marks {
            let line = text[at..].split('\n').next().unwrap_or_default();
            if let Some(end) = line.find(&self.close) {
                return Some((at + end + self.close.len(), 0));
            }
        }
        for (count, (start, line)) in lines.enumerate() {
            let ahead = lead(line, before.quotes);
            let words = &line[ahead.length..];
            let is_blank = words.trim().is_empty();
            if ahead.quotes < before.quotes
                || (is_blank && !self.is_alone)
                || words.starts_with("```")
            {
                return None;
            }
            // A list mark `-` is not one here.
            let own = &line[quoted_length(line, before.quotes)..];
            if let Some(end) = own.find(&self.close) {
                let end = start + (line.len() - own.len()) + end;
                let is_own_line = !self.is_alone || is_at_edge(text, end, &self.close, own);
                return is_own_line.then_some((end + self.close.len(), count + 1));
            }
        }
        None
    }
}

/// True if the end of a formula begins or ends its line.
fn is_at_edge(text: &str, end: usize, close: &str, own: &str) -> bool {
    let after = text[end + close.len()..]
        .split('\n')
        .next()
        .unwrap_or_default();
    own.trim_start().starts_with(close) || after.trim().is_empty()
}

/// Returns the number of bytes at the beginning of a line up to its last `>`.
fn quoted_length(line: &str, quotes: usize) -> usize {
    let (mut rest, mut seen) = (line, 0);
    while let Some(after) = rest.trim_start_matches([' ', '\t']).strip_prefix('>')
        && seen < quotes
    {
        (rest, seen) = (after, seen + 1);
    }
    line.len() - rest.len()
}

/// A delimiter with which a formula may begin or end.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    kind: Kind,
    part: usize,
    /// The link around it: a formula is either inside one link or outside all.
    link: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// This many dollars.
    Dollars(usize),
    /// A bracket after this many backslashes.
    Opens(u8, usize),
    Closes(u8, usize),
}

/// Returns the formulas within paragraphs, in order, except those inside `taken`.
pub(super) fn within_lines(text: &str, survey: &Survey, taken: &[Formula]) -> Vec<Formula> {
    let (mut found, mut marks, mut block) = (Vec::new(), Vec::new(), 0);
    for words in &survey.words {
        if words.block != block {
            block = words.block;
            of_block(text, &std::mem::take(&mut marks), &mut found);
        }
        let bytes = &text.as_bytes()[..words.range.end];
        let mut at = words.range.start;
        while at < words.range.end {
            let rest = &bytes[at..];
            let run = match rest[0] {
                b'$' => rest.iter().take_while(|byte| **byte == b'$').count(),
                _ => 1,
            };
            let slashes = match rest[0] {
                b'$' | b'(' | b'[' | b')' | b']' => backslashes(text, at),
                _ => 0,
            };
            let kind = match rest[0] {
                b'$' if slashes % 2 == 0 => Some(Kind::Dollars(run)),
                b'$' if run > 1 => {
                    at += 1;
                    continue;
                }
                open @ (b'(' | b'[') if matches!(slashes, 1 | 2) => {
                    Some(Kind::Opens(open, slashes))
                }
                b')' if matches!(slashes, 1 | 2) => Some(Kind::Closes(b'(', slashes)),
                b']' if matches!(slashes, 1 | 2) => Some(Kind::Closes(b'[', slashes)),
                _ => None,
            };
            if let Some(kind) = kind.filter(|_| !is_taken(taken, at)) {
                marks.push(Mark {
                    at,
                    kind,
                    part: words.part,
                    link: words.link,
                });
            }
            at += run;
        }
    }
    of_block(text, &marks, &mut found);
    found
}

fn is_taken(taken: &[Formula], at: usize) -> bool {
    let after = taken.partition_point(|formula| formula.range.start <= at);
    after > 0 && taken[after - 1].range.contains(&at)
}

/// Adds the formulas of one block, given its delimiters.
fn of_block(text: &str, marks: &[Mark], found: &mut Vec<Formula>) {
    // The next pair of dollars at or after each delimiter.
    let mut next_pair = vec![None; marks.len() + 1];
    for index in (0..marks.len()).rev() {
        let is_pair = marks[index].kind == Kind::Dollars(2);
        next_pair[index] = if is_pair {
            Some(index)
        } else {
            next_pair[index + 1]
        };
    }
    let mut index = 0;
    while let Some(mark) = marks.get(index) {
        index += 1;
        let close = match mark.kind {
            Kind::Dollars(1) => Some(index),
            Kind::Dollars(2) => next_pair[index],
            Kind::Opens(..) => Some(index),
            Kind::Dollars(_) | Kind::Closes(..) => None,
        };
        let Some((close, end)) = close.and_then(|close| Some((close, marks.get(close)?))) else {
            continue;
        };
        if let Some(formula) =
            between(text, mark, end).filter(|_| (mark.part, mark.link) == (end.part, end.link))
        {
            found.push(formula);
            index = close + 1;
        }
    }
}

/// Returns the formula between two delimiters, if they match.
fn between(text: &str, mark: &Mark, end: &Mark) -> Option<Formula> {
    let (open, is_block, is_one) = match (mark.kind, end.kind) {
        (Kind::Dollars(1), Kind::Dollars(1)) => {
            (1, false, are_dollars_of_tex(text, mark.at, end.at))
        }
        (Kind::Dollars(2), Kind::Dollars(2)) => (2, true, true),
        (Kind::Opens(open, slashes), Kind::Closes(close, same))
            if open == close && slashes == same =>
        {
            let inside = &text[mark.at + 1..end.at - slashes];
            let is_link = text[end.at + 1..].starts_with('(');
            (
                1,
                open == b'[',
                !is_link && are_brackets_of_tex(inside, open),
            )
        }
        _ => return None,
    };
    let slashes = match mark.kind {
        Kind::Opens(_, slashes) => slashes,
        _ => 0,
    };
    let inside = &text[mark.at + open..end.at.checked_sub(slashes)?];
    let line_start = text[..mark.at].rfind('\n').map_or(0, |at| at + 1);
    let quotes = match inside.contains('\n') {
        true => lead(&text[line_start..mark.at], usize::MAX).quotes,
        false => 0,
    };
    let tex = without_leads(inside, quotes).trim().to_owned();
    (is_one && !tex.is_empty() && is_balanced(&tex)).then(|| Formula {
        range: mark.at - slashes..end.at + open,
        tex,
        is_block,
    })
}

/// True if the text between two dollars is a formula, by Pandoc's rule
/// (<https://pandoc.org/MANUAL.html#extension-tex_math_dollars>) and a little more.
fn are_dollars_of_tex(text: &str, open: usize, close: usize) -> bool {
    let inside = &text[open + 1..close];
    let after = text[close + 1..].chars().next();
    let before = text[..open].chars().next_back();
    let is_tight =
        !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
    // `US$5`, and shell variables: `$HOME/$USER`.
    let is_glued = before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
    let is_cut = after.is_some_and(|c| c.is_ascii_digit() || c == '{' || c == '_')
        || (after.is_some_and(|c| c.is_ascii_alphabetic())
            && inside.ends_with(['/', '-', ':', '.', ',', '_']));
    is_tight && !is_glued && !is_cut && !are_prices(inside)
}

/// True if the text between two brackets with backslashes is a formula: backslashes also escape
/// ordinary brackets.
fn are_brackets_of_tex(inside: &str, open: u8) -> bool {
    let inside = inside.trim();
    match open {
        b'[' => is_tex(inside),
        _ if has_markup(inside) => false,
        _ => is_tex(inside) || (!inside.contains(' ') && !ESCAPED_WORDS.contains(&inside)),
    }
}

fn is_tex(inside: &str) -> bool {
    inside.contains(SIGNS_OF_TEX) && !has_markup(inside)
}

/// True if brackets contain a link or an HTML element, as in `\[[more](https://…)\]`.
fn has_markup(inside: &str) -> bool {
    let mut links = inside.split("](").skip(1);
    inside.contains("</")
        || links.any(|rest| rest.contains("://") || rest.starts_with(['#', '/', '.']))
}

/// True if all braces are balanced.
fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_i32;
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' | b'}' if is_escaped(tex, at) => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
