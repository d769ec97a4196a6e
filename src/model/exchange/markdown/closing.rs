//! Ends what a note leaves open, so that it takes in nothing of what follows it in a file: fenced code
//! (CommonMark 0.31, §4.5), and blocks of HTML that no empty line ends (§4.6, kinds 1 to 5).

use std::borrow::Cow;

/// Fewest characters of a fence.
const FENCE: usize = 3;
/// Most spaces before what begins a block.
const INDENT: usize = 3;
/// What begins blocks of HTML, in lower case, and what ends them.
const MARKUP: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<![cdata[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// What is open.
enum Open<'a> {
    Fence(&'a str),
    Markup(&'static str),
    /// A tag alone in its line, up to an empty one (§4.6, kind 7).
    Tag,
}

/// Returns the Markdown of a note, with what ends its last block if that is open.
pub fn closed(note: &str) -> Cow<'_, str> {
    let (mut open, mut is_first) = (None, true);
    for line in note.lines() {
        let is_empty = line.trim().is_empty();
        open = match open {
            None => unindented(line).and_then(|line| begun(line, is_first)),
            Some(Open::Tag) if is_empty => None,
            Some(Open::Fence(fence)) if unindented(line).is_some_and(|line| ends(line, fence)) => {
                None
            }
            Some(Open::Markup(end)) if has(line, end) => None,
            other => other,
        };
        is_first = is_empty;
    }
    match open {
        None | Some(Open::Tag) => note.into(),
        Some(Open::Fence(end) | Open::Markup(end)) => [note, "\n", end].concat().into(),
    }
}

/// A line without the spaces before it, unless they are too many for anything to begin in it.
fn unindented(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches(' ');
    (line.len() - bare.len() <= INDENT).then_some(bare)
}

/// What begins with a line, which may be the first of a block, and does not end with it.
fn begun(line: &str, is_first: bool) -> Option<Open<'_>> {
    let fence = fence_of(line);
    if fence.len() >= FENCE {
        // Between backticks it is code within a line.
        let is_code = fence.starts_with('`') && line[fence.len()..].contains('`');
        return (!is_code).then_some(Open::Fence(fence));
    }
    match MARKUP.into_iter().find(|(begin, _)| begins(line, begin)) {
        Some((_, end)) => (!has(line, end)).then_some(Open::Markup(end)),
        None => (is_first && is_tag(line.trim_end())).then_some(Open::Tag),
    }
}

/// True for a tag and nothing else.
fn is_tag(line: &str) -> bool {
    let inner = line
        .strip_prefix('<')
        .and_then(|line| line.strip_suffix('>'));
    inner.is_some_and(|inner| {
        let name = inner.strip_prefix('/').unwrap_or(inner);
        name.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && !inner.contains(['<', '>', ':'])
    })
}

/// The equal characters of a fence at the beginning of a line; may be too few.
fn fence_of(line: &str) -> &str {
    let sign = line.chars().next().filter(|sign| ['`', '~'].contains(sign));
    let rest = sign.map_or(line, |sign| line.trim_start_matches(sign));
    &line[..line.len() - rest.len()]
}

/// True if a line ends what this fence began.
fn ends(line: &str, fence: &str) -> bool {
    let own = fence_of(line);
    own.starts_with(fence) && line[own.len()..].trim_matches([' ', '\t']).is_empty()
}

/// True if a line begins a block of HTML so; a name ends there.
fn begins(line: &str, begin: &str) -> bool {
    let is_begun = line
        .get(..begin.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(begin));
    let next = line.chars().nth(begin.len());
    let is_name = begin.ends_with(|sign: char| sign.is_ascii_alphabetic());
    is_begun
        && match begin {
            "<!" => next.is_some_and(|next| next.is_ascii_alphabetic()),
            _ => !is_name || next.is_none_or(|next| next == '>' || next.is_whitespace()),
        }
}

/// True if a line has what ends a block of HTML, in any case of its letters.
fn has(line: &str, end: &str) -> bool {
    line.to_ascii_lowercase().contains(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_ended_and_nothing_else() {
        for (note, end) in [
            ("```\ncode", Some("```")),
            ("~~~~ rust\n```\n~~~", Some("~~~~")),
            ("```\ncode\n````  ", None),
            ("``` a`b\nwords", None),
            ("    ```\nwords", None),
            ("<b>\n```\n\nwords", None),
            ("<!-- away\n\n```", Some("-->")),
            ("<!-- away\n    -->\nwords", None),
            ("<SCRIPT>\n1", Some("</script>")),
            ("<pre>\n1</PRE>", None),
            ("<previous", None),
            ("<!important", Some(">")),
            ("<!", None),
            ("", None),
            ("<é", None),
        ] {
            let wanted = end.map_or(note.to_owned(), |end| [note, "\n", end].concat());
            assert_eq!(closed(note), wanted);
        }
    }
}
