//! Writes an article as an entry of BibTeX, in UTF-8.
//!
//! <https://ctan.org/pkg/btxdoc>: `@misc` and `annote`, which BibTeX and biblatex both know.

use super::{Day, authors, doi, key, notes};
use crate::model::exchange::Export;
use crate::model::exchange::described::address;

/// Writes the entry, with the notes as its annotation, which is not printed.
pub fn encode(export: &Export) -> String {
    let article = export.article;
    let about = article.description();
    let day = Day::of(article);
    let authors: Vec<String> = authors(article).iter().map(|name| author(name)).collect();
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let is_dated = day.is_some_and(|day| day.month.is_some());
    // Braces within those of the field keep capital letters in every style.
    let title = format!("{{{}}}", escaped(article.title()));
    let fields = [
        ("author", Some(authors.join(" and "))),
        ("title", Some(title)),
        ("year", day.and_then(|day| number(Some(day.year)))),
        ("month", day.and_then(|day| number(day.month))),
        ("date", day.filter(|_| is_dated).map(Day::iso)),
        ("howpublished", about.site.as_deref().map(escaped)),
        ("url", address(article).map(verbatim)),
        ("urldate", Day::parse(&export.stamp.at.0).map(Day::iso)),
        ("doi", doi(article).map(verbatim)),
        ("language", about.language.as_deref().map(escaped)),
        ("annote", Some(escaped(&notes(export)))),
    ];
    let mut entry = format!("@misc{{{},\n", key(article));
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            entry.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    }
    entry.push_str("}\n");
    entry
}

/// A name. BibTeX takes it apart, which it cannot where there are many commas.
fn author(name: &str) -> String {
    match name.matches(',').count() {
        0 | 1 => escaped(name),
        _ => format!("{{{}}}", escaped(name)),
    }
}

/// Escapes what TeX would not print. Braces become commands, since BibTeX counts them even behind a
/// backslash.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '%' | '&' | '#' | '_' | '$' => out.extend(['\\', c]),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes an address, whose fields are read as they are: what would end them is percent-encoded
/// (RFC 3986, §2.1).
fn verbatim(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '{' | '}' | '\\' | ' ' | '"' | '<' | '>' | '^' | '`' | '|' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
