//! The front matter of a Markdown file: what is said of it before it begins.

use crate::model::address;
use crate::model::article::{Description, Source};

/// Most lines that front matter may have: a rule far down is no end of it.
const MOST_LINES: usize = 200;

/// The description that front matter gives, and the Markdown after it. Without front matter,
/// or with anything between the rules that does not look like it, all is Markdown.
pub(super) fn read(markdown: &str, source: Source) -> (Description, &str) {
    let mut description = Description::new(source, "");
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let Some((entries, body)) = split(markdown) else {
        return (description, markdown);
    };
    let value = |keys: &[&str]| {
        let entry = entries
            .iter()
            .find(|(key, value)| keys.contains(&key.as_str()) && !value.is_empty());
        entry.map(|(_, value)| (*value).to_owned())
    };
    description.title = value(&["title"]).unwrap_or_default();
    description.byline = value(&["author", "authors", "byline", "by"]);
    description.published = value(&["date", "published"]);
    description.language = value(&["lang", "language"]).filter(|lang| is_language(lang));
    description.direction =
        value(&["dir", "direction"]).filter(|dir| matches!(dir.as_str(), "ltr" | "rtl"));
    // What a file says of its own origin is no more than a claim, so it does not become the
    // source, which names the article.
    let origin = value(&["source", "url", "link"]);
    let host = origin.as_deref().and_then(address::host).map(str::to_owned);
    description.site = value(&["site"]).or(host);
    (description, body)
}

/// Whether a value looks like a language tag (BCP 47).
pub(in super::super) fn is_language(tag: &str) -> bool {
    !tag.is_empty()
        && tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

type Entries<'a> = Vec<(String, &'a str)>;

fn split(markdown: &str) -> Option<(Entries<'_>, &str)> {
    let mut lines = markdown.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let (mut entries, mut at) = (Vec::new(), first.len());
    for line in lines.take(MOST_LINES) {
        at += line.len();
        match line.trim_end() {
            "---" | "..." if !entries.is_empty() => return Some((entries, &markdown[at..])),
            line => entries.extend(entry(line)?),
        }
    }
    None
}

/// The entry of a line: `Some(None)` where it belongs to front matter but is no simple entry,
/// `None` where it cannot be part of front matter.
fn entry(line: &str) -> Option<Option<(String, &str)>> {
    let continues = line.is_empty() || line.starts_with([' ', '\t', '#', '-']);
    if continues {
        return Some(None);
    }
    let (key, value) = line.split_once(':')?;
    let is_key = key
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && apart).then(|| Some((key.trim().to_ascii_lowercase(), unquoted(value.trim()))))
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|value| value.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_a_description_and_is_not_shown() {
        let text = "---\ntitle: \"One: two\"\nauthor: A. Writer\ntags:\n  - x\nlang: de-AT\n\
                    date: 2024-05-01\nurl: https://example.org/x\n---\n# Body\n";
        let (description, body) = read(text, Source::Pasted);
        assert_eq!(body, "# Body\n");
        assert_eq!(description.title, "One: two");
        assert_eq!(description.byline.as_deref(), Some("A. Writer"));
        assert_eq!(description.language.as_deref(), Some("de-AT"));
        assert_eq!(description.published.as_deref(), Some("2024-05-01"));
        assert_eq!(description.site.as_deref(), Some("example.org"));
        assert_eq!(description.source, Source::Pasted);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in [
            "---\n\nWords.\n\n---\n",
            "---\n---\n",
            "---\ntitle: x\n",
            "--- \nnot an entry\n---\n",
            "---\nhttps://example.org\n---\n",
        ] {
            assert_eq!(read(text, Source::Pasted).1, text);
        }
    }
}
