//! An article with its notes as an entry of a bibliography, in BibTeX and in CSL JSON.

use postil::model::annotation::Annotation;
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Attributes, Description, Source, Tag};
use postil::model::exchange::Format;
use postil::model::notebook::Notebook;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::exchange_json::exported;
use super::strategies::{annotated, laws, notebook_of, seed, text};

/// An article of a few words, of which this is known.
fn article(about: Description) -> Article {
    let mut builder = ArticleBuilder::new();
    builder.open(Tag::P, Attributes::none());
    builder.text("The tide turns at night.");
    builder.close();
    builder.finish(about).expect("it is well formed")
}

fn about(title: &str, byline: Option<&str>, published: Option<&str>) -> Description {
    let source = Source::Address("https://example.org/tides?a=1&b={2}#c".to_owned());
    Description {
        byline: byline.map(str::to_owned),
        published: published.map(str::to_owned),
        ..Description::new(source, title)
    }
}

/// The entry of an article without notes.
fn bibtex(about: Description) -> String {
    exported(Format::Bibtex, &article(about), &Notebook::default())
}

fn csl(about: Description) -> Value {
    let file = exported(Format::CslJson, &article(about), &Notebook::default());
    let items: Vec<Value> = serde_json::from_str(&file).expect("a list of items");
    items.into_iter().next().expect("one item")
}

/// Reads a field of an entry as BibTeX does: to the brace that closes it.
fn field(entry: &str, name: &str) -> Option<String> {
    let start = entry.find(&format!("\n  {name} = {{"))? + name.len() + 7;
    let mut depth = 0;
    let end = entry[start..].find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0
    })?;
    Some(entry[start..start + end].to_owned())
}

/// What TeX prints of a field.
fn printed(field: &str) -> String {
    let mut out = field.to_owned();
    for (command, sign) in [
        ("\\textasciitilde{}", "~"),
        ("\\textasciicircum{}", "^"),
        ("\\textbraceleft{}", "\u{1}"),
        ("\\textbraceright{}", "\u{2}"),
        ("\\textbackslash{}", "\u{3}"),
        ("\\%", "%"),
        ("\\&", "&"),
        ("\\#", "#"),
        ("\\_", "_"),
        ("\\$", "$"),
    ] {
        out = out.replace(command, sign);
    }
    assert!(!out.contains('\\'), "{out}");
    out.replace(['{', '}'], "")
        .replace('\u{1}', "{")
        .replace('\u{2}', "}")
        .replace('\u{3}', "\\")
}

#[test]
fn an_article_is_described_in_full() {
    let known = || Description {
        site: Some("Sea & Salt".to_owned()),
        language: Some("en".to_owned()),
        ..about(
            "On the Tides: 100% {True}",
            Some("By Ada Lovelace and Ch. Babbage"),
            Some("1843-09-05T00:00:00Z"),
        )
    };
    let entry = bibtex(known());
    assert!(entry.starts_with("@misc{lovelace1843tides,\n"), "{entry}");
    let of = |name: &str| field(&entry, name);
    assert_eq!(
        of("author").as_deref(),
        Some("Ada Lovelace and Ch. Babbage")
    );
    assert_eq!(
        of("title").as_deref(),
        Some("{On the Tides: 100\\% \\textbraceleft{}True\\textbraceright{}}")
    );
    assert_eq!(of("year").as_deref(), Some("1843"));
    assert_eq!(of("month").as_deref(), Some("9"));
    assert_eq!(of("date").as_deref(), Some("1843-09-05"));
    assert_eq!(of("urldate").as_deref(), Some("2025-01-01"));
    assert_eq!(of("howpublished").as_deref(), Some("Sea \\& Salt"));
    assert_eq!(
        of("url").as_deref(),
        Some("https://example.org/tides?a=1&b=%7B2%7D#c")
    );
    assert_eq!((of("doi"), of("annote")), (None, None));
    let item = csl(known());
    assert_eq!(item["id"], "lovelace1843tides");
    assert_eq!(item["type"], "webpage");
    assert_eq!(item["title"], "On the Tides: 100% {True}");
    assert_eq!(
        item["author"],
        json!([{ "literal": "Ada Lovelace" }, { "literal": "Ch. Babbage" }])
    );
    assert_eq!(item["issued"], json!({ "date-parts": [[1843, 9, 5]] }));
    assert_eq!(item["accessed"], json!({ "date-parts": [[2025, 1, 1]] }));
    assert_eq!(item["container-title"], "Sea & Salt");
    assert_eq!(
        (&item["language"], &item["DOI"]),
        (&json!("en"), &Value::Null)
    );
}

#[test]
fn names_are_told_apart() {
    for (byline, names) in [
        (
            "Ada Lovelace, Charles Babbage",
            "Ada Lovelace|Charles Babbage",
        ),
        ("Lovelace, Ada", "Lovelace, Ada"),
        (
            "Lovelace, Ada; Babbage, Charles",
            "Lovelace, Ada|Babbage, Charles",
        ),
        ("by A. B, C & D. E", "A. B|C|D. E"),
        ("von Humboldt", "von Humboldt"),
        ("Von Alexander von Humboldt", "Alexander von Humboldt"),
        ("字典", "字典"),
        ("", ""),
        (" ; , ", ""),
    ] {
        let item = csl(about("x", Some(byline), None));
        let authors = item["author"].as_array().cloned().unwrap_or_default();
        let literal = |name: &Value| name["literal"].as_str().unwrap_or_default().to_owned();
        let literals: Vec<String> = authors.iter().map(literal).collect();
        assert_eq!(literals.join("|"), names, "{byline}");
    }
}

#[test]
fn keys_are_stable_and_in_ascii() {
    let key = |title, byline, published| {
        let item = csl(about(title, byline, published));
        item["id"].as_str().expect("a key").to_owned()
    };
    assert_eq!(
        key("Über die Gezeiten", Some("Jörg Müller"), Some("2024")),
        "mueller2024ueber"
    );
    assert_eq!(key("An end", Some("Čapek, Karel"), None), "capekan");
    let nameless = key("字典", Some("漢"), Some("2024"));
    assert!(nameless.starts_with("a2024-") && nameless.is_ascii());
    assert_eq!(nameless, key("字典", Some("漢"), Some("2024")));
}

#[test]
fn an_identifier_is_taken_from_the_address() {
    for (address, doi) in [
        ("https://doi.org/10.1000/182", Some("10.1000/182")),
        ("http://dx.doi.org/10.1/a_b?x=y#z", Some("10.1/a_b")),
        ("https://doi.org/", None),
        ("https://example.org/doi.org/10.1/2", None),
    ] {
        let source = Source::Address(address.to_owned());
        let item = csl(Description::new(source, "x"));
        assert_eq!(item["DOI"].as_str(), doi, "{address}");
        let kind = if doi.is_some() { "article" } else { "webpage" };
        assert_eq!(item["type"], kind);
    }
    let file = Description {
        address: Some("https://doi.org/10.1/2".to_owned()),
        ..Description::new(Source::File("a.html".to_owned()), "x")
    };
    assert_eq!(
        csl(file)["DOI"],
        "10.1/2",
        "which the article states itself"
    );
    let pasted = csl(Description::new(Source::Pasted, "x"));
    assert_eq!(
        (&pasted["type"], &pasted["URL"]),
        (&json!("document"), &Value::Null)
    );
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn every_title_and_name_is_printed_as_it_is(title in text(), byline in text(), sign in "[{}\\\\%&#_$~^\"@]{0,9}") {
        let title = format!("x{title}{sign}");
        let article = article(about(&title, Some(&byline), None));
        let entry = exported(Format::Bibtex, &article, &Notebook::default());
        let inner = field(&entry, "title").expect("a title");
        let plain: String = article.title().chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect();
        prop_assert_eq!(printed(&inner), plain);
        // Braces are balanced, so that the entry ends where it ends.
        let depth = entry.chars().fold(0, |depth, c| depth + i32::from(c == '{') - i32::from(c == '}'));
        prop_assert_eq!(depth, 0);
        prop_assert!(entry.lines().next().is_some_and(str::is_ascii), "the key");
    }

    #[test]
    fn every_note_is_in_the_entry((article, notebook) in annotated(), further in seed()) {
        let notes = notebook.iter().map(|note| (**note).clone());
        let notebook = notebook_of(notes.chain([further.plant(&article)]));
        let entry = exported(Format::Bibtex, &article, &notebook);
        let items = exported(Format::CslJson, &article, &notebook);
        let items: Value = serde_json::from_str(&items).expect("JSON");
        let note = items[0]["note"].as_str().unwrap_or_default();
        let holds = |words: &str| note.contains(words);
        for said in notebook.iter() {
            let Annotation { note, tags, .. } = &**said;
            prop_assert!(note.trim().is_empty() || holds(note));
            let is_there = |tag: &String| holds(&["#", tag].concat());
            prop_assert!(tags.iter().all(is_there));
            // Where the reader has attached it, or else where it was made.
            let mut quotes = [said.sought().words(), said.quoted()].into_iter().flatten();
            prop_assert!(said.quoted().is_none() || quotes.any(holds));
        }
        let annote = field(&entry, "annote").unwrap_or_default();
        let visible: String = note.chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect();
        prop_assert_eq!(printed(&annote), visible);
    }
}
