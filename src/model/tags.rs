//! Tags as people type them, and as they are shown for editing; the two are inverse.
//!
//! Commas separate tags. A tag that contains one, or that would otherwise be read differently, is
//! put between quotation marks, in which two marks stand for one.

use std::ops::Range;

/// The characters that separate tags, including the commas of other scripts.
const SEPARATORS: [char; 5] = [',', '\n', '，', '、', '،'];
/// The mark around quoted tags.
const MARK: char = '"';

/// Reads tags, each once, without leading `#` and surrounding white space.
pub fn parse_tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let mut rest = typed;
    loop {
        let (tag, after) = first_tag(rest);
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
        match after {
            Some(after) => rest = after,
            None => return tags,
        }
    }
}

/// Writes tags so that [`parse_tags`] reads the same ones.
pub fn write_tags(tags: &[String]) -> String {
    let written: Vec<String> = tags.iter().map(|tag| write_tag(tag)).collect();
    written.join(", ")
}

/// Returns a note's tags after an edit: exactly the previous ones if nothing was typed.
pub fn tags_after(before: &[String], typed: &str) -> Vec<String> {
    match typed == write_tags(before) {
        true => before.to_vec(),
        false => parse_tags(typed),
    }
}

/// The tag that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedTag<'a> {
    /// Where it is, in bytes, with its marks.
    pub range: Range<usize>,
    /// The tag so far.
    pub words: &'a str,
}

/// Returns the tag at whose end the caret is, in bytes; `None` if more of it follows. While nobody
/// has closed a quotation mark, commas after it are part of the tag.
pub fn typed_at(typed: &str, caret: usize) -> Option<TypedTag<'_>> {
    let (mut start, mut rest) = (0, typed);
    loop {
        let is_open = is_open(rest);
        let (_, after) = first_tag(rest);
        let after = after.filter(|_| !is_open);
        let next = typed.len() - after.map_or(0, str::len);
        let separator = typed[start..next].chars().next_back();
        let separator = separator.filter(|_| after.is_some());
        let end = next - separator.map_or(0, char::len_utf8);
        if caret <= end {
            let blank = rest.len() - rest.trim_start().len();
            // Before the tag nothing is typed yet.
            let from = (start + blank).min(caret);
            let follows = typed.get(caret..end)?;
            let words = typed.get(from..caret)?.trim();
            let words = match is_open {
                true => words.trim_start_matches([MARK, '“', '„']),
                false => words.trim_start_matches('#').trim(),
            };
            let range = from..end;
            return follows
                .trim()
                .is_empty()
                .then_some(TypedTag { range, words });
        }
        (start, rest) = (next, after?);
    }
}

/// True if typed tags begin with a quotation mark that nobody has closed.
fn is_open(typed: &str) -> bool {
    let mut characters = typed.trim_start().chars();
    match characters.next() {
        Some(MARK) => !characters.as_str().contains(MARK),
        Some('“' | '„') => !characters.as_str().contains(['”', '“']),
        _ => false,
    }
}

/// Returns the first tag and the text after its separator.
fn first_tag(typed: &str) -> (String, Option<&str>) {
    if let Some(quoted) = quoted(typed.trim_start()) {
        return quoted;
    }
    let end = typed.find(SEPARATORS).unwrap_or(typed.len());
    let tag = typed[..end].trim().trim_start_matches('#').trim();
    let mut after = typed[end..].chars();
    (tag.to_owned(), after.next().map(|_| after.as_str()))
}

/// The same for a tag between quotation marks, straight or curly, that is followed by a separator
/// or nothing.
fn quoted(typed: &str) -> Option<(String, Option<&str>)> {
    let mut characters = typed.chars();
    let closing: &[char] = match characters.next()? {
        MARK => &[MARK],
        '“' | '„' => &['”', '“'],
        _ => return None,
    };
    let mut tag = String::new();
    loop {
        let next = characters.next()?;
        if !closing.contains(&next) {
            tag.push(next);
            continue;
        }
        let after = characters.as_str();
        if next == MARK && after.starts_with(MARK) {
            tag.push(MARK);
            characters.next();
            continue;
        }
        // A line feed is both a separator and white space.
        let blank = |c: char| c.is_whitespace() && !SEPARATORS.contains(&c);
        let mut after = after.trim_start_matches(blank).chars();
        return match after.next() {
            None => Some((tag, None)),
            Some(separator) if SEPARATORS.contains(&separator) => Some((tag, Some(after.as_str()))),
            Some(_) => None,
        };
    }
}

/// Writes one tag so that it is read as one.
pub fn write_tag(tag: &str) -> String {
    let ambiguous = tag.contains(SEPARATORS)
        || tag.starts_with(['#', MARK, '“', '„'])
        || tag.trim() != tag
        || tag.is_empty();
    match ambiguous {
        true => format!("{MARK}{}{MARK}", tag.replace(MARK, "\"\"")),
        false => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn tags_are_read_as_people_type_them() {
        assert_eq!(parse_tags(" #law,  to read ,law,,"), ["law", "to read"]);
        assert_eq!(parse_tags("法，海、,بحر، ظل"), ["法", "海", "بحر", "ظل"]);
        assert!(parse_tags(" , ").is_empty());
    }

    #[test]
    fn a_tag_with_a_comma_is_one_tag_between_marks() {
        let tags = ["Moss, Ida", "ports"];
        assert_eq!(parse_tags("\"Moss, Ida\", ports"), tags);
        assert_eq!(parse_tags("“Moss, Ida”, ports"), tags);
        assert_eq!(parse_tags("„Moss, Ida“ , ports"), tags);
        assert_eq!(write_tags(&owned(&tags)), "\"Moss, Ida\", ports");
    }

    #[test]
    fn a_mark_that_is_no_mark_is_a_letter() {
        assert_eq!(
            parse_tags("\"open, 5\" pipe, \"a\" b"),
            ["\"open", "5\" pipe", "\"a\" b"]
        );
        for tags in [
            &["5\" pipe"][..],
            &["\"a\", b", "#c"],
            &[" d ", "“e”", "f\ng"],
        ] {
            let tags = owned(tags);
            assert_eq!(parse_tags(&write_tags(&tags)), tags);
        }
    }

    #[test]
    fn the_tag_at_the_caret_is_the_one_being_typed() {
        // The caret is the bar, and the tag with its marks is what stands between brackets.
        for (shown, words) in [
            ("[la|]", "la"),
            ("law, [me|]", "me"),
            ("law,[|]", ""),
            ("law, [|]", ""),
            ("[la|], me", "la"),
            ("法，[海|]", "海"),
            ("a, [\"Moss, I|]", "Moss, I"),
            ("\"Moss, Ida\", [por|]", "por"),
            ("[#la|]", "la"),
            ("5\" pipe, [b|]", "b"),
        ] {
            let place = |sign: char| {
                let before = shown.split(sign).next().unwrap_or_default();
                before
                    .chars()
                    .filter(|c| !"[|]".contains(*c))
                    .map(char::len_utf8)
                    .sum::<usize>()
            };
            let typed: String = shown.chars().filter(|c| !"[|]".contains(*c)).collect();
            let range = place('[')..place(']');
            assert_eq!(
                typed_at(&typed, place('|')),
                Some(TypedTag { range, words }),
                "{shown}"
            );
        }
        for (typed, caret) in [("law", 1), ("one, two", 2), ("a, bcd", 4)] {
            assert_eq!(typed_at(typed, caret), None, "{typed} {caret}");
        }
    }

    #[test]
    fn what_nobody_touched_stays_to_the_letter() {
        let odd = owned(&["", "twice", "twice"]);
        assert_eq!(tags_after(&odd, &write_tags(&odd)), odd);
        assert_eq!(tags_after(&odd, "other"), ["other"]);
    }
}
