//! Reads a heading's attributes in braces (<https://pandoc.org/MANUAL.html#heading-identifiers>).

use std::ops::Range;

/// Attributes of a heading.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GivenAttributes {
    /// Their range in bytes, including what follows them.
    pub range: Range<usize>,
    /// The id among them.
    pub id: Option<String>,
    /// The text that replaces them: the marks that close the heading.
    pub after: String,
}

/// Returns the attributes at the end of a heading, which is `range` of a text.
pub(super) fn of_heading(text: &str, range: &Range<usize>) -> Option<GivenAttributes> {
    let heading = text[range.clone()].trim_end();
    let (line, unmarked) = match heading.rsplit_once('\n') {
        None => (heading, heading.trim_end_matches('#')),
        // The underline is not a word, and only a heading of one line is closed by marks.
        Some((line, _)) => (line.trim_end(), line.trim_end()),
    };
    let (line, after) = match unmarked.ends_with([' ', '\t']) {
        true => (unmarked.trim_end(), line.len() - unmarked.len()),
        false => (line, 0),
    };
    let inside = line.strip_suffix('}')?;
    let (before, inside) = inside.rsplit_once('{')?;
    if before.ends_with('\\') || before.ends_with(['{', '$', '`']) {
        return None;
    }
    let id = attributes(inside)?;
    let before = before.trim_end();
    let bare = before.trim_end_matches('#');
    // Attributes after the marks that close a heading.
    let is_closed =
        bare.len() < before.len() && bare.ends_with([' ', '\t']) && !bare.trim().is_empty();
    let (start, closing) = match is_closed {
        true => (bare.trim_end().len(), before.len() - bare.len()),
        false => (before.len(), after),
    };
    let end = match after {
        0 => line.len(),
        _ => line.len() + (heading.len() - line.len()).min(text.len()),
    };
    Some(GivenAttributes {
        range: range.start + start..range.start + end,
        id: id.filter(|id| !id.is_empty()).map(str::to_owned),
        after: match closing {
            0 => String::new(),
            marks => format!(" {}", "#".repeat(marks)),
        },
    })
}

/// Returns the id in attributes, if the text consists of attributes only.
fn attributes(inside: &str) -> Option<Option<&str>> {
    let inside = inside.trim();
    let mut rest = inside.strip_prefix(':').unwrap_or(inside).trim_start();
    let mut id = None;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = end_of_part(rest)?;
        let part = &rest[..end];
        match part.as_bytes() {
            b"-" | b".-" => {}
            [b'#', _, ..] => id = Some(&part[1..]),
            [b'.', _, ..] if is_name(&part[1..]) => {}
            _ => {
                let (name, value) = part.split_once('=')?;
                if !is_name(name) || value.is_empty() {
                    return None;
                }
            }
        }
        rest = rest[end..].trim_start();
    }
    Some(id)
}

/// Returns where the first attribute ends; a quoted value may contain spaces.
fn end_of_part(rest: &str) -> Option<usize> {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let quoted = rest[..end].find('=').and_then(|at| {
        let quote = rest[at + 1..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))?;
        Some((at + 2, quote))
    });
    match quoted {
        Some((start, quote)) => rest[start..].find(quote).map(|end| start + end + 1),
        None => Some(end),
    }
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    !name.is_empty() && name.chars().all(is_part) && !name.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_attributes_or_words() {
        for (inside, id) in [
            ("#mast", Some("mast")),
            ("#who .unlisted", Some("who")),
            (".a #b key=val", Some("b")),
            ("key=\"a b\" #c", Some("c")),
            (": #d", Some("d")),
            ("#über-uns", Some("über-uns")),
            ("-", None),
            (".unnumbered .unlisted", None),
        ] {
            assert_eq!(attributes(inside), Some(id), "{inside}");
        }
        for inside in ["", "a, b", "a", "#", ".", "x y", "a=", ".5", "=x", "k=\"v"] {
            assert_eq!(attributes(inside), None, "{inside}");
        }
    }

    #[test]
    fn attributes_stand_at_the_end_of_a_heading() {
        let taken = |text: &str| {
            let said = of_heading(text, &(0..text.len()))?;
            Some(format!(
                "{}|{}{}",
                &text[..said.range.start],
                said.after,
                &text[said.range.end..]
            ))
        };
        for (text, left) in [
            ("# A {#b}\n", "# A|\n"),
            ("# A{#b}", "# A|"),
            ("# A {#b} ##\n", "# A| ##\n"),
            ("# A ## {#b}\n", "# A| ##\n"),
            ("A {#b}\n===\n", "A|\n===\n"),
            ("A\nB {-}\n---", "A\nB|\n---"),
            ("#A {#b}\n---", "#A|\n---"),
            ("## A {#b} #", "## A| #"),
        ] {
            assert_eq!(taken(text).as_deref(), Some(left), "{text}");
        }
        for text in [
            "# A {b}",
            "A {#b} ##\n---",
            "# A {#b}#",
            "# A \\{#b}",
            "# A {#b} c",
            "# A {{#b}}",
            "# A ${#b}",
        ] {
            assert_eq!(taken(text), None, "{text}");
        }
    }
}
