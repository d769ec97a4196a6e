//! Tags as people type them, and as they are shown for editing; the two are inverse.
//!
//! Commas separate tags. A tag that contains one, or that would otherwise be read differently, is
//! put between quotation marks, in which two marks stand for one.

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

fn write_tag(tag: &str) -> String {
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
    fn what_nobody_touched_stays_to_the_letter() {
        let odd = owned(&["", "twice", "twice"]);
        assert_eq!(tags_after(&odd, &write_tags(&odd)), odd);
        assert_eq!(tags_after(&odd, "other"), ["other"]);
    }
}
