//! The front matter of a Markdown file: the description before its text.

mod facts;
mod yaml;

use crate::model::address;
use crate::model::article::{Description, Source};

use facts::Facts;

/// The keys of each fact, the most reliable first.
const TITLES: [&str; 1] = ["title"];
const AUTHORS: [&str; 6] = ["author", "authors", "byline", "by", "creator", "creators"];
const DATES: [&str; 6] = [
    "date",
    "published",
    "publishdate",
    "date_published",
    "pubdate",
    "created",
];
const LANGUAGES: [&str; 3] = ["lang", "language", "locale"];
const DIRECTIONS: [&str; 2] = ["dir", "direction"];
const ORIGINS: [&str; 5] = ["source", "url", "link", "canonical_url", "canonical"];
const SITES: [&str; 4] = ["site", "site_name", "publication", "publisher"];
/// The key of the name of one of several authors.
const NAMES: [&str; 1] = ["name"];

/// Length of a day in ISO 8601, in bytes.
const LENGTH_OF_DAY: usize = 10;
/// Maximum number of lines of front matter: a rule far down does not end it.
const MOST_LINES: usize = 500;
/// Maximum length of front matter, in bytes, so that reading it twice costs nothing.
const MOST_BYTES: usize = 64 * 1024;

/// The language that front matter is written in.
#[derive(Clone, Copy)]
enum Language {
    Yaml,
    Toml,
    Json,
}

/// The line before front matter, the possible lines after it, and its language.
const FENCES: [(&str, &[&str], Language); 7] = [
    ("---", &["---", "..."], Language::Yaml),
    ("---yaml", &["---"], Language::Yaml),
    ("+++", &["+++"], Language::Toml),
    ("---toml", &["---"], Language::Toml),
    ("---json", &["---"], Language::Json),
    (";;;", &[";;;"], Language::Json),
    ("{", &["}"], Language::Json),
];

/// True if a text begins with front matter and more follows.
pub(in super::super) fn is_there(markdown: &str) -> bool {
    parted(markdown).is_some_and(|(_, body)| !body.trim().is_empty())
}

/// Returns the facts at the beginning of a text, and the text after them.
fn parted(markdown: &str) -> Option<(Facts<'_>, &str)> {
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let head = &markdown[..markdown.floor_char_boundary(MOST_BYTES)];
    let mut lines = head.split_inclusive('\n');
    let first = lines.next()?;
    let fence = FENCES.iter().find(|(open, ..)| *open == first.trim_end());
    let Some((open, ends, language)) = fence else {
        return parted_json(markdown);
    };
    let mut at = first.len();
    for line in lines.take(MOST_LINES) {
        let (start, end) = (at, at + line.len());
        at = end;
        // An indented line closes something inside.
        if !ends.contains(&line.trim_end()) {
            continue;
        }
        let within = match *open {
            "{" => &markdown[..end],
            _ => &markdown[first.len()..start],
        };
        let facts = match language {
            Language::Yaml => Facts::of_yaml(within),
            Language::Toml => Facts::of_toml(within),
            Language::Json => Facts::of_json(within),
        };
        let body = &markdown[end..];
        let is_document = *open != "{" || !body.trim().is_empty();
        return facts.filter(|_| is_document).map(|facts| (facts, body));
    }
    None
}

/// The same for JSON whose braces share their lines with the content, as in `{"title": "x"}`.
fn parted_json(markdown: &str) -> Option<(Facts<'_>, &str)> {
    let head = &markdown[..markdown.floor_char_boundary(MOST_BYTES)];
    if !head.trim_start().starts_with("{") {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<serde_json::Value>();
    let Some(Ok(serde_json::Value::Object(table))) = values.next() else {
        return None;
    };
    let body = &markdown[values.byte_offset()..];
    let is_document = body.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    let is_document = is_document && !body.trim().is_empty() && !table.is_empty();
    is_document.then_some((Facts::Table(table), body))
}

/// Returns the description from the front matter, and the Markdown after it. Without front matter,
/// or with anything between the rules that does not look like it, everything is Markdown.
pub(super) fn read(markdown: &str, source: Source) -> (Description, &str) {
    let mut description = Description::new(source, "");
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let Some((entries, body)) = parted(markdown) else {
        return (description, markdown);
    };
    let first = |keys: &[&str]| entries.first(keys);
    description.title = first(&TITLES).unwrap_or_default();
    description.byline = authors(&entries);
    description.published = first(&DATES).map(|date| without_time(&date).to_owned());
    description.language = first(&LANGUAGES)
        // Some write the locale of a program.
        .map(|language| language.replace('_', "-"))
        .filter(|language| is_language(language));
    description.direction = first(&DIRECTIONS).filter(|dir| matches!(dir.as_str(), "ltr" | "rtl"));
    // A file's statement of its origin is only a claim, so it does not become the source, which
    // identifies the article.
    let origins = ORIGINS.iter().filter_map(|key| entries.first(&[key]));
    let hosts = origins.filter_map(|origin| address::host(&origin).map(str::to_owned));
    description.site = first(&SITES).or_else(|| hosts.into_iter().next());
    (description, body)
}

/// Returns the authors: names in a list, or of entries that have a name.
fn authors(entries: &Facts<'_>) -> Option<String> {
    let names = AUTHORS.iter().map(|key| entries.all(key, &NAMES));
    let names = names.into_iter().find(|names| !names.is_empty())?;
    Some(names.join(", "))
}

/// Removes the time after a day.
fn without_time(date: &str) -> &str {
    let is_day = |day: &str| {
        let fits = |(at, byte): (usize, u8)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        day.bytes().enumerate().all(fits)
    };
    match date.split_at_checked(LENGTH_OF_DAY) {
        Some((day, time)) if is_day(day) && time.starts_with(['T', 't', ' ']) => day,
        _ => date,
    }
}

/// True if a value looks like a language tag (BCP 47).
pub(in super::super) fn is_language(tag: &str) -> bool {
    !tag.is_empty()
        && tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
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
            "---\nNote: this is\na line of prose\n---\nwords",
            "+++\n\nwords and +++ words\n",
            "+++ more +++\nwords",
            "+++\nJust a line.\n+++\nwords",
            "{a} is a set\n",
            "{\n  \"title\": \"all of it\"\n}\n",
            "{% include x %}\n\nwords",
            ";;;\nwords\n;;;\n",
        ] {
            assert_eq!(read(text, Source::Pasted).1, text);
        }
    }

    /// Returns the title and the authors given by some lines of front matter.
    fn said(lines: &str) -> (String, Option<String>) {
        let text = format!("---\n{lines}\n---\n");
        let description = read(&text, Source::Pasted).0;
        (description.title, description.byline)
    }

    #[test]
    fn authors_stand_in_lists_of_many_kinds() {
        for lines in [
            "author: A. B, C",
            "author: 'A. B, C' # who",
            "authors: [A. B, C]",
            "authors: [ \"A. B\", 'C' ] # both",
            "authors:\n  - A. B\n  - \"C\"",
            "authors:\n- A. B # first\n- C",
            "authors:\n  - name: A. B\n    url: https://x.y\n  - name: C",
            "author:\nauthors: [A. B, C]",
            "author: null\nbyline: A. B, C",
        ] {
            assert_eq!(said(lines).1.as_deref(), Some("A. B, C"), "{lines}");
        }
        assert_eq!(
            said("author:\n  name: A\n  email: b@c").1.as_deref(),
            Some("A")
        );
        assert_eq!(said("authors: ['A, B', C]").1.as_deref(), Some("A, B, C"));
        for lines in [
            "author:",
            "author: ''",
            "authors: []",
            "authors:\n  - ",
            "author: ~",
        ] {
            assert_eq!(said(lines).1, None, "{lines}");
        }
    }

    #[test]
    fn titles_may_go_over_lines() {
        for lines in [
            "title: One two",
            "title: One\n  two",
            "title: >-\n  One\n  two",
            "title: |\n  One\n\n  two",
            "title: \"One two\" # a title",
            "# The title\ntitle: 'One two'",
            "TITLE: One two # three",
        ] {
            assert_eq!(said(lines).0, "One two", "{lines}");
        }
        assert_eq!(said("title: \"a # b\"").0, "a # b");
        assert_eq!(said("title: C# in a day").0, "C# in a day");
    }

    #[test]
    fn other_facts_have_several_names() {
        let about = |lines: &str| read(&format!("---\n{lines}\n---\n"), Source::Pasted).0;
        for lines in ["published: 2024", "publishDate: 2024", "date: '2024'"] {
            assert_eq!(about(lines).published.as_deref(), Some("2024"), "{lines}");
        }
        for lines in ["lang: pt-BR", "locale: pt_BR", "language: \"pt-BR\" # x"] {
            assert_eq!(about(lines).language.as_deref(), Some("pt-BR"), "{lines}");
        }
        for lines in [
            "source: https://a.b/c",
            "source: a book\ncanonical_url: https://a.b/c",
            "link:\n  - https://a.b/c",
            "url: https://x.y\nsite: a.b",
        ] {
            assert_eq!(about(lines).site.as_deref(), Some("a.b"), "{lines}");
        }
        assert_eq!(about("language: of the sea").language, None);
    }

    /// Returns the title, authors and date of a text, and the rest of it.
    fn told(text: &str) -> (String, Option<String>, Option<String>, &str) {
        let (said, body) = read(text, Source::Pasted);
        (said.title, said.byline, said.published, body)
    }

    #[test]
    fn front_matter_is_written_in_three_languages() {
        let toml = "title = \"The last lamp\"\ndate = 2024-04-09T08:00:00+02:00\n\
                    authors = [\n  \"A. Writer\",\n  \"B. Reader\",\n]\ndraft = false\n\
                    [params]\n  math = true\n[[params.links]]\nname = \"x\"\n";
        let json = "\"title\": \"The last lamp\",\n\"date\": \"2024-04-09 08:00:00\",\n\
                    \"authors\": [\n  {\"name\": \"A. Writer\"},\n  \"B. Reader\"\n]";
        let yaml = "\"title\": 'The last lamp'\n'date': 2024-04-09T08:00:00Z\nauthors: [\n\
                    \"A. Writer\", # first\nB. Reader,\n]\n";
        for text in [
            format!("+++\n{toml}+++\n# Body\n"),
            format!("\u{feff}---toml\r\n{toml}---\n# Body\n"),
            format!("+++\n{toml}an odd line\n+++\n# Body\n"),
            format!("{{\n{json}\n}}\n# Body\n"),
            format!("{{{json}}}\n# Body\n"),
            format!("---json\n{{\n{json}\n}}\n---\n# Body\n"),
            format!(";;;\n{json}\n;;;\n# Body\n"),
            format!("---\n{yaml}---\n# Body\n"),
            format!("---\nan odd line\n{yaml}<<<\n...\n# Body\n"),
        ] {
            let (title, byline, published, body) = told(&text);
            assert_eq!(title, "The last lamp", "{text}");
            assert_eq!(byline.as_deref(), Some("A. Writer, B. Reader"), "{text}");
            assert_eq!(published.as_deref(), Some("2024-04-09"), "{text}");
            assert_eq!(body.trim_start(), "# Body\n", "{text}");
        }
    }

    #[test]
    fn what_is_not_quite_json_is_read_by_lines() {
        let text = "{\n  \"title\": \"T\",\n  \"author\": \"A\",\n  oops\n}\n\nBody";
        let (title, byline, _, body) = told(text);
        assert_eq!(
            (&*title, byline.as_deref(), body.trim()),
            ("T", Some("A"), "Body")
        );
    }

    #[test]
    fn what_a_generator_does_not_know_is_in_a_table() {
        let text = "+++\ntitle = \"T\"\n[extra]\nauthor = \"A\"\n+++\nBody";
        assert_eq!(told(text).1.as_deref(), Some("A"));
    }

    #[test]
    fn hostile_front_matter_is_read_without_a_panic() {
        for unit in [
            "a:\n",
            "title: [",
            "- ",
            "title: '",
            "title: >\n",
            "'",
            ":",
            "é: \"",
            "{\"a\":",
            "[[a]]\n",
            "a = [",
            "a.",
        ] {
            for count in [1, 150, 50_000] {
                for (open, close) in [("---", "---"), ("+++", "+++"), ("{", "}"), (";;;", ";;;")] {
                    let text = format!("{open}\n{}\n{close}\nx", unit.repeat(count));
                    read(&text, Source::Pasted);
                }
            }
        }
    }
}
