//! Laws of exported Markdown: nothing of a note is missing, front matter is YAML whatever is in it,
//! and a template ends.

use postil::model::annotation::{Annotation, AnnotationId, Colour};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Description, Source, Tag};
use postil::model::colour_names::ColourNames;
use postil::model::exchange::markdown::Preset;
use postil::model::exchange::{Export, Format, Wording};
use postil::model::failure::Failure;
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::{AnchorStatus, Placements};
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{Event, TagEnd};
use saphyr::{LoadableYamlNode, Yaml};

use super::strategies::{annotated, laws, notebook_of, stamp, text};

/// What the interface says, in a language of its own.
pub fn wording() -> Wording {
    Wording {
        whole: "Of all".to_owned(),
        unplaced: "Not found".to_owned(),
        tags: "Words".to_owned(),
        link: "Place".to_owned(),
        colours: Colour::ALL
            .map(|colour| colour.name().to_uppercase())
            .to_vec(),
        ..Wording::default()
    }
}

/// Exports a notebook's notes on an article.
pub fn exported(
    article: &Article,
    notebook: &Notebook,
    format: Format,
    template: Option<&str>,
) -> Result<String, Failure> {
    let mut colour_names = ColourNames::default();
    colour_names.set(Colour::Red, "Doubt");
    let placements = Placements::of(article, notebook, &Findings::default());
    format.encode(&Export {
        article,
        placements: &placements,
        colour_names: &colour_names,
        template: template.map(str::to_owned),
        wording: &wording(),
        read_note: &Article::verbatim,
        stamp: stamp(0),
    })
}

/// A text without what Markdown puts between its letters.
pub fn letters(text: &str) -> String {
    let is_letter = |c: &char| !c.is_whitespace() && !c.is_control() && !"\\>".contains(*c);
    text.chars().filter(is_letter).collect()
}

/// The words that a note is on.
pub fn passage_of(article: &Article, placements: &Placements, note: &Annotation) -> String {
    let placed = placements.placed().iter();
    let mut certain = placed.filter(|placed| {
        let is_certain = matches!(placed.status, AnchorStatus::Exact | AnchorStatus::Moved);
        is_certain && placed.annotation.id == note.id
    });
    let found = certain.next();
    let found = found.and_then(|placed| placed.range.slice(article.text()));
    let words = found.or(note.sought().words());
    words.unwrap_or_default().to_owned()
}

/// Returns the front matter as a parser of YAML reads it, and what follows it.
fn parted(file: &str) -> (Yaml<'_>, &str) {
    let rest = file.strip_prefix("---\n").expect("front matter begins");
    let (matter, body) = rest.split_once("\n---\n").expect("front matter ends");
    let mut documents = Yaml::load_from_str(matter).expect("it is YAML");
    assert_eq!(documents.len(), 1);
    (documents.remove(0), body)
}

fn said<'a>(matter: &'a Yaml<'_>, key: &str) -> Option<&'a str> {
    matter.as_mapping_get(key).and_then(Yaml::as_str)
}

/// What has a meaning in YAML, or breaks lines.
const SIGNS: [&str; 16] = [
    "---", "\n---\n", ": ", "#", "\"", "'", "[", "{", "\\", "@", "`", "\u{85}", "\u{2028}",
    "\u{feff}", "😀", "שלום",
];

/// What leaves blocks open, or ends them.
const OPENINGS: [&str; 24] = [
    "```",
    "```rust",
    "  ````",
    "~~~",
    "~~~~ x",
    "    ```",
    "``` a`b",
    "``",
    "<!--",
    "<!-- a -->",
    "-->",
    "<pre>",
    "<b>",
    "<Script x",
    "<scripted",
    "<style>a</style>",
    "<textarea",
    "<?php",
    "?>",
    "<!DOCTYPE a",
    "<![CDATA[",
    "]]>",
    "",
    "words",
];

proptest! {
    #![proptest_config(laws(1024))]

    #[test]
    fn a_note_takes_in_nothing_of_what_follows(lines in vec(select(&OPENINGS[..]), 1..7)) {
        let (article, notebook) = sample();
        let mut notes: Vec<Annotation> = notebook.iter().map(|note| Annotation::clone(note)).collect();
        let whole = notes.iter_mut().find(|note| note.note == "on all of it");
        whole.expect("it is the first").note = lines.join("\n");
        let notebook = notebook_of(notes);
        let file = exported(&article, &notebook, Format::Markdown, None).expect("ours");
        let (_, body) = parted(&file);
        let events = pulldown_cmark::Parser::new(body);
        let headings = events.filter(|event| matches!(event, Event::End(TagEnd::Heading(_))));
        prop_assert_eq!(headings.count(), 3, "{}", body);
    }
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn every_passage_and_every_note_is_in_the_file((article, notebook) in annotated()) {
        let placements = Placements::of(&article, &notebook, &Findings::default());
        for preset in Preset::ALL {
            let file = exported(&article, &notebook, Format::Markdown, Some(preset.template()))
                .expect("the template is one of ours");
            let there = letters(&file);
            for note in notebook.iter() {
                let passage = letters(&passage_of(&article, &placements, note));
                prop_assert!(there.contains(&passage), "{passage} in {file}");
                prop_assert!(there.contains(&letters(&note.note)), "{} in {}", note.note, file);
                for target in &note.more {
                    let words = letters(target.words().unwrap_or_default());
                    prop_assert!(there.contains(&words), "{words} in {file}");
                }
                let id = format!("^{}", note.id);
                prop_assert!(preset == Preset::Plain || file.contains(&id), "{id} in {file}");
            }
        }
    }

    #[test]
    fn the_same_notes_are_the_same_file((article, notebook) in annotated()) {
        let export = || exported(&article, &notebook, Format::Markdown, None);
        prop_assert_eq!(export(), export());
    }

    #[test]
    fn front_matter_is_read_back(title in text(), author in text(), sign in select(&SIGNS[..])) {
        let title = [sign, &title, sign].concat();
        let description = Description {
            byline: Some(author.clone()).filter(|author| !author.is_empty()),
            ..Description::new(Source::Address("https://example.org/a".to_owned()), &title)
        };
        let mut builder = ArticleBuilder::new();
        builder.element(Tag::P, "some words");
        let article = builder.finish(description).expect("it is well formed");
        let file = exported(&article, &Notebook::default(), Format::Markdown, None).expect("ours");
        let (matter, body) = parted(&file);
        prop_assert_eq!(said(&matter, "title"), Some(article.title()));
        prop_assert_eq!(said(&matter, "author").unwrap_or_default(), author);
        prop_assert_eq!(said(&matter, "source"), Some("https://example.org/a"));
        prop_assert_eq!(said(&matter, "date"), Some("2025-01-01"));
        prop_assert_eq!(body.trim(), "");
    }
}

/// An article with headings, an address and a few notes.
fn sample() -> (Article, Notebook) {
    let mut builder = ArticleBuilder::new();
    for (tag, words) in [
        (Tag::P, "Before all."),
        (Tag::H2, "The *tides*"),
        (Tag::P, "The ferry leaves at six."),
        (Tag::H3, "At night"),
        (Tag::P, "Three lanterns burn. Three lanterns smoke."),
        (Tag::H2, "Nothing here"),
        (Tag::P, "Words."),
    ] {
        builder.element(tag, words);
    }
    let description = Description {
        byline: Some("Ida \"M\": Moss".to_owned()),
        ..Description::new(
            Source::Address("https://example.org/a_(b)".to_owned()),
            "Sea: a book",
        )
    };
    let article = builder.finish(description).expect("it is well formed");
    let note = |id: u128, words: &str, written: &str, tags: &[&str]| {
        let start = article.text().find(words);
        let target = start.map(|start| {
            let range = TextRange::from_usize(start, start + words.len());
            postil::model::anchoring::describe(&article, range)
        });
        Annotation {
            id: super::strategies::id(id),
            article: article.id(),
            target: target.unwrap_or_default(),
            more: Vec::new(),
            attached: None,
            note: written.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            colour: Colour::Red,
            created: None,
            modified: None,
            extra: Default::default(),
        }
    };
    let mut lost = note(4, "ferry", "lost", &[]);
    if let Some(quote) = &mut lost.target.quote {
        quote.exact = "gone".to_owned();
    }
    lost.target.digest = None;
    let notes = [
        note(1, "", "on all of it", &["law"]),
        note(2, "leaves at six", "**so**\n\n- it", &["to read", "law"]),
        note(3, "Three lanterns smoke", "", &[]),
    ];
    let whole = Annotation {
        target: postil::model::annotation::Target {
            source: article.iri(),
            digest: Some(article.digest().clone()),
            ..Default::default()
        },
        ..notes[0].clone()
    };
    let [_, second, third] = notes;
    let notebook = notebook_of([whole, second, third, lost]);
    (article, notebook)
}

#[test]
fn notes_stand_under_the_headings_of_the_article() {
    let (article, notebook) = sample();
    let file = exported(&article, &notebook, Format::Markdown, None).expect("ours");
    let id = |number| super::strategies::id(number).to_string();
    let wanted = format!(
        "---\ntitle: \"Sea: a book\"\nauthor: \"Ida \\\"M\\\": Moss\"\nsource: \"https://example.org/a_%28b%29\"\n\
         date: \"2025-01-01\"\ntags:\n  - \"law\"\n  - \"to-read\"\n---\n\n\
         on all of it\n\n#law ^{}\n\n\
         ## The \\*tides\\*\n\n> leaves at six\n\n**so**\n\n- it\n\n\
         #to-read #law [Place](https://example.org/a_%28b%29#:~:text=leaves%20at%20six) ^{}\n\n\
         ### At night\n\n> Three lanterns smoke\n\n\
         [Place](https://example.org/a_%28b%29#:~:text=Three%20lanterns%20smoke) ^{}\n\n\
         ## Not found\n\n> gone\n\nlost\n\n^{}\n",
        id(1),
        id(2),
        id(3),
        id(4)
    );
    assert_eq!(file, wanted);
    let callouts = exported(
        &article,
        &notebook,
        Format::Markdown,
        Some(Preset::Callout.template()),
    );
    let callouts = callouts.expect("ours");
    assert!(
        callouts.contains(&format!(
            "\n> [!quote] Doubt\n> leaves at six\n>\n> **so**\n>\n> - it\n>\n\
             > #to-read #law [Place](https://example.org/a_%28b%29#:~:text=leaves%20at%20six)\n\n^{}\n",
            id(2)
        )),
        "{callouts}"
    );
}

#[test]
fn ids_of_blocks_are_plain_and_unique() {
    let (article, notebook) = sample();
    let foreign = [
        "https://example.org/1",
        "https://example.org/2",
        "a_b",
        "a-b",
        "ä",
    ];
    let notes = notebook.iter().take(1).flat_map(|note| {
        let with_id = |id: &str| Annotation {
            id: AnnotationId::parse(id).expect("an id"),
            ..(**note).clone()
        };
        foreign.map(with_id)
    });
    let notebook = notebook_of(notes.collect::<Vec<_>>());
    let file = exported(&article, &notebook, Format::Markdown, None).expect("ours");
    let ids = file.lines().filter_map(|line| line.rsplit_once('^'));
    let mut ids: Vec<&str> = ids.map(|(_, id)| id).collect();
    assert_eq!(ids.len(), foreign.len());
    for id in &ids {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        assert!(id.bytes().all(is_plain), "{id}");
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), foreign.len());
}
