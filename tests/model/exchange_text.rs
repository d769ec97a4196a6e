//! Notes as text, and as a table for the clipboard.

use postil::model::anchoring::describe;
use postil::model::annotation::{Annotation, Attachment, Colour, Target, Timestamp};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Attributes, Description, Source, Tag};
use postil::model::colour_names::ColourNames;
use postil::model::exchange::joined::joined;
use postil::model::exchange::reading::decode;
use postil::model::exchange::tables::clipboard::tsv;
use postil::model::exchange::{Export, Format, Wording};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use postil::model::text::TextRange;
use proptest::prelude::*;

use super::exchange_tables::{exported, note_on};
use super::strategies::{annotated, id, laws, notebook_of, stamp};

fn article(language: Option<&str>) -> Article {
    let mut builder = ArticleBuilder::new();
    for (tag, words) in [
        (Tag::P, "Tide and time."),
        (Tag::H2, "Of salt"),
        (Tag::P, "Salt keeps, and salt eats."),
        (Tag::H2, "Of kilns"),
        (Tag::P, "Kilns burn."),
    ] {
        builder.open(tag, Attributes::none());
        builder.text(words);
        builder.close();
    }
    let source = Source::Address("https://a.example/tides".to_owned());
    let mut description = Description::new(source, "Tides");
    description.byline = Some("Ida Moss".to_owned());
    description.language = language.map(str::to_owned);
    builder.finish(description).expect("it is well formed")
}

/// A note on the first of these words, with a number that gives it its id.
fn on(article: &Article, words: &str, number: u128) -> Annotation {
    let start = article.text().find(words).expect("they are there");
    let range = TextRange::from_usize(start, start + words.len());
    Annotation {
        id: id(number),
        target: describe(article, range),
        note: String::new(),
        ..note_on(article)
    }
}

fn notes(article: &Article) -> Notebook {
    let salt = on(article, "Salt keeps", 1);
    notebook_of([
        Annotation {
            note: "A long line, which nobody wraps.\n\nAnd = another".to_owned(),
            tags: vec!["law".to_owned(), "Moss, Ida".to_owned()],
            created: Some(Timestamp("2024-05-06T23:30:00.000-02:00".into())),
            more: vec![describe(article, TextRange::new(0, 4))],
            ..salt
        },
        on(article, "salt eats", 2),
        on(article, "Tide", 3),
        Annotation {
            target: Target {
                source: article.iri(),
                ..Target::default()
            },
            note: "On all of it".to_owned(),
            ..on(article, "Tide", 4)
        },
        Annotation {
            attached: Some(Attachment::Nowhere(article.digest().clone())),
            note: "Lost".to_owned(),
            ..on(article, "Kilns", 5)
        },
    ])
}

#[test]
fn the_text_has_what_a_reader_wants_to_read() {
    let article = article(None);
    assert_eq!(
        exported(Format::Text, &article, &notes(&article)),
        "Tides\nIda Moss\nhttps://a.example/tides\n\n\
         On all of it\n\n\
         “Tide”\n\n\n\
         Of salt\n\n\
         “Salt keeps”\n“Tide”\nA long line, which nobody wraps.\n\nAnd = another\n\
         Words: law, \"Moss, Ida\"\n2024-05-07\n\n\
         “salt eats”\n\n\n\
         Not found\n\n\
         “Kilns”\nLost\n"
    );
}

#[test]
fn quotations_have_the_marks_of_the_article_s_language() {
    for (language, quoted) in [
        ("de-AT", "„Tide“"),
        ("fr", "«\u{a0}Tide\u{a0}»"),
        ("ja", "「Tide」"),
        ("und", "“Tide”"),
    ] {
        let article = article(Some(language));
        let text = exported(
            Format::Text,
            &article,
            &notebook_of([on(&article, "Tide", 1)]),
        );
        assert!(text.ends_with(&format!("\n\n{quoted}\n")), "{text}");
    }
}

fn pasted(article: &Article, notebook: &Notebook) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    let mut colour_names = ColourNames::default();
    colour_names.set(Colour::Red, "Doubt");
    tsv(&Export {
        article,
        placements: &placements,
        colour_names: &colour_names,
        stamp: stamp(0),
        template: None,
        wording: &Wording::default(),
        read_note: &Article::verbatim,
    })
}

#[test]
fn the_clipboard_has_a_row_for_each_note() {
    let article = article(None);
    let note = Annotation {
        note: "=1\t\"a\"\nb".to_owned(),
        ..on(&article, "salt eats", 2)
    };
    assert_eq!(
        pasted(&article, &notebook_of([note])),
        "title\taddress\theading\tquote\tnote\ttags\tcolour\tcreated\tstate\r\n\
         Tides\thttps://a.example/tides\tOf salt\tsalt eats\t\"'=1\t\"\"a\"\"\nb\"\t\tDoubt\t\tin place\r\n"
    );
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn every_note_has_a_row_and_its_words_in_the_text((article, notebook) in annotated()) {
        let text = exported(Format::Text, &article, &notebook);
        for note in notebook.iter() {
            prop_assert!(text.contains(note.note.trim()), "{}", note.note);
            prop_assert!(text.contains(note.quoted().unwrap_or_default().trim()));
        }
        let pasted = pasted(&article, &notebook);
        let mut reader = csv::ReaderBuilder::new();
        let rows = reader.delimiter(b'\t').from_reader(pasted.as_bytes()).into_records();
        // A row with more or fewer cells than the heads is an error.
        let rows = rows.filter(Result::is_ok).count();
        prop_assert_eq!(rows, notebook.len());
    }
}

/// The notes of one article in a format, as a file.
fn file_of(format: Format, article: &Article, notebook: &Notebook) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    let export = Export {
        article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        template: None,
        wording: &Wording::default(),
        read_note: &Article::verbatim,
        stamp: stamp(9),
    };
    format.encode(&export).expect("it is written")
}

proptest! {
    #![proptest_config(laws(40))]

    #[test]
    fn files_of_several_articles_are_read_as_all_their_notes(
        all in proptest::collection::vec(annotated(), 0..4),
    ) {
        for format in [Format::Hypothesis, Format::Csv, Format::Readwise] {
            let files: Vec<String> = all
                .iter()
                .map(|(article, notebook)| file_of(format, article, notebook))
                .collect();
            let read = |file: &str| match decode(file) {
                Ok(arrivals) => arrivals.annotations,
                Err(_) => Vec::new(),
            };
            let apart: Vec<Annotation> = files.iter().flat_map(|file| read(file)).collect();
            let together = joined(format, &files).expect("it holds several");
            let words = |notes: &[Annotation]| -> Vec<(String, String)> {
                notes.iter().map(|note| (note.note.clone(), note.quoted().unwrap_or_default().to_owned())).collect()
            };
            prop_assert_eq!(words(&read(&together)), words(&apart), "{:?}", format);
        }
    }
}
