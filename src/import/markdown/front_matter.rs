//! The front matter of a Markdown file: what is said of it before it begins.

mod yaml;

use crate::model::address;
use crate::model::article::{Description, Source};

use yaml::Entries;

/// What each fact is called, the surest name first.
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
/// What the name of one of several authors is called.
const NAMES: [&str; 1] = ["name"];

/// The description that front matter gives, and the Markdown after it. Without front matter,
/// or with anything between the rules that does not look like it, all is Markdown.
pub(super) fn read(markdown: &str, source: Source) -> (Description, &str) {
    let mut description = Description::new(source, "");
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let Some((entries, body)) = Entries::of(markdown) else {
        return (description, markdown);
    };
    let first = |keys: &[&str]| entries.first(keys);
    description.title = first(&TITLES).unwrap_or_default();
    description.byline = authors(&entries);
    description.published = first(&DATES);
    description.language = first(&LANGUAGES)
        // Some write the locale of a program.
        .map(|language| language.replace('_', "-"))
        .filter(|language| is_language(language));
    description.direction = first(&DIRECTIONS).filter(|dir| matches!(dir.as_str(), "ltr" | "rtl"));
    // What a file says of its own origin is no more than a claim, so it does not become the
    // source, which names the article.
    let origins = ORIGINS.iter().filter_map(|key| entries.first(&[key]));
    let hosts = origins.filter_map(|origin| address::host(&origin).map(str::to_owned));
    description.site = first(&SITES).or_else(|| hosts.into_iter().next());
    (description, body)
}

/// Who wrote it: names in a list, or of things that have a name.
fn authors(entries: &Entries<'_>) -> Option<String> {
    let names = AUTHORS.iter().map(|key| entries.all(key, &NAMES));
    let names = names.into_iter().find(|names| !names.is_empty())?;
    Some(names.join(", "))
}

/// Whether a value looks like a language tag (BCP 47).
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
        ] {
            assert_eq!(read(text, Source::Pasted).1, text);
        }
    }

    /// The title and the authors that some lines of front matter give.
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

    #[test]
    fn hostile_front_matter_is_read() {
        for unit in [
            "a:\n",
            "title: [",
            "- ",
            "title: '",
            "title: >\n",
            "'",
            ":",
            "é: \"",
        ] {
            for count in [1, 150, 50_000] {
                let text = format!("---\n{}\n---\nx", unit.repeat(count));
                read(&text, Source::Pasted);
            }
        }
    }
}
