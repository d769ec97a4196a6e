//! Laws of the tables of notes: what is written is read back, and nothing is half read.

use postil::model::annotation::{Annotation, Colour};
use postil::model::article::{Article, ArticleId};
use postil::model::colour_names::ColourNames;
use postil::model::exchange::tables::all_fields::HEADS;
use postil::model::exchange::w3c::DecodeError;
use postil::model::exchange::{Arrivals, EntryFault, Export, Format, file, reading};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use proptest::prelude::*;

use super::exchange_losses::as_held;
use super::markdown_export::wording;
use super::strategies::{annotated, laws, notebook_of, of_paragraphs, seed, stamp};

/// Exports a notebook's notes on an article.
pub fn exported(format: Format, article: &Article, notebook: &Notebook) -> String {
    exported_under(format, article, notebook, &ColourNames::default())
}

/// The same, by a reader who has given colours names.
fn exported_under(
    format: Format,
    article: &Article,
    notebook: &Notebook,
    colour_names: &ColourNames,
) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    let file = format.encode(&Export {
        article,
        placements: &placements,
        colour_names,
        stamp: stamp(0),
        template: None,
        wording: &wording(),
        read_note: &Article::verbatim,
    });
    file.expect("there is no template that could be wrong")
}

/// Reads a file as the import does, from its bytes.
pub fn read(content: &str) -> Arrivals {
    let text = file::text_of(content.as_bytes()).expect("it is no archive");
    reading::decode(&text).expect("it is a file of notes")
}

/// The numbers and reasons of the entries that were not understood.
pub fn faults(arrivals: &Arrivals) -> Vec<(usize, EntryFault)> {
    let faults = arrivals.not_understood.iter();
    faults.map(|fault| (fault.entry, fault.why)).collect()
}

/// The words of the passages, of the note, and the tags of each note.
fn said(arrivals: &Arrivals) -> Vec<(Option<&str>, &str, Vec<&str>)> {
    let said = arrivals.annotations.iter().map(|note| {
        let tags = note.tags.iter().map(String::as_str).collect();
        (note.quoted(), &*note.note, tags)
    });
    said.collect()
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn a_table_of_all_fields_is_read_back((article, notebook) in annotated()) {
        let arrivals = read(&exported(Format::Csv, &article, &notebook));
        prop_assert_eq!(faults(&arrivals), []);
        let held = notebook.iter().map(|note| as_held(Format::Csv, note));
        prop_assert_eq!(notebook_of(arrivals.annotations), notebook_of(held));
    }

    #[test]
    fn no_words_of_a_note_become_a_formula(
        sign in "['=+@\t\r\n＝-]{1,3}",
        rest in any::<String>(),
        seed in seed(),
    ) {
        let article = of_paragraphs(&["some words"]);
        let note = format!("{sign}{rest}");
        let note = Annotation { note, ..seed.plant(&article) };
        let notebook = notebook_of([note.clone()]);
        let table = exported(Format::Csv, &article, &notebook);
        for cell in cells(&table) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']), "{}", cell);
        }
        prop_assert_eq!(&read(&table).annotations[0].note, &note.note);
    }

    #[test]
    fn any_file_with_heads_of_notes_is_read_without_harm(
        heads in proptest::sample::select(&[
            "id,quote,note,article",
            "note;address;quote",
            "quote\tnote\taddress\ttags\tfurther passages",
        ][..]),
        rest in any::<String>(),
    ) {
        let arrivals = read(&format!("{heads}\n{rest}"));
        for note in &arrivals.annotations {
            prop_assert!(!note.id.as_str().is_empty());
        }
    }
}

/// The cells of a table, as any reader of RFC 4180 takes them.
pub fn cells(table: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut characters = table.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' | '\n' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            other => cell.push(other),
        }
    }
    cells
}

#[test]
fn a_table_begins_with_its_mark_and_heads() {
    let article = of_paragraphs(&["some words"]);
    let table = exported(Format::Csv, &article, &Notebook::default());
    assert_eq!(table, format!("\u{feff}{}\r\n", HEADS.join(",")));
    assert_eq!(read(&table), Arrivals::default());
    assert!(file::is_of_notes(&table));
}

#[test]
fn the_names_of_colours_go_with_a_table() {
    let (article, mut names) = (of_paragraphs(&["some words"]), ColourNames::default());
    names.set(Colour::Yellow, "=Claim");
    let note = Annotation {
        colour: Colour::Yellow,
        ..note_on(&article)
    };
    let table = exported_under(Format::Csv, &article, &notebook_of([note]), &names);
    assert_eq!(read(&table).colour_names, names);
}

/// A note on an article's beginning.
pub fn note_on(article: &Article) -> Annotation {
    let range = postil::model::text::TextRange::new(0, 4);
    Annotation {
        id: super::strategies::id(7),
        article: article.id(),
        target: postil::model::anchoring::describe(article, range),
        more: Vec::new(),
        attached: None,
        note: "A note".to_owned(),
        tags: Vec::new(),
        colour: Colour::Red,
        created: None,
        modified: None,
        extra: postil::model::annotation::Extra::default(),
    }
}

#[test]
fn a_table_that_a_person_or_a_spreadsheet_made_is_read() {
    let arrivals = read(
        "sep=;\r\nNote;Mine;Quote;TAGS;Address;Color\r\n\
         'tis so;x;the sea;\"\"\"Moss, Ida\"\", tide\";https://a.example/#top;pink\r\n\
         ;;;;;\r\n\
         '=1+1;;;;https://a.example/\r\n",
    );
    assert_eq!(faults(&arrivals), []);
    assert_eq!(
        said(&arrivals),
        [
            (Some("the sea"), "'tis so", vec!["Moss, Ida", "tide"]),
            (None, "=1+1", vec![]),
        ]
    );
    let note = &arrivals.annotations[0];
    assert_eq!(note.colour, Colour::Magenta);
    assert_eq!(note.article, ArticleId::of_iri("https://a.example/"));
    assert_ne!(note.id, arrivals.annotations[1].id);
}

#[test]
fn rows_without_ids_have_the_same_ones_again() {
    let table =
        "article,quote,note\r\nhttps://a.example/,sea,one\r\nhttps://a.example/,sea,two\r\n";
    let (first, again) = (read(table), read(table));
    assert_eq!(first, again);
    assert_ne!(first.annotations[0].id, first.annotations[1].id);
}

#[test]
fn rows_that_cannot_be_read_are_reported_and_not_half_read() {
    let heads = "id,article,quote,note,start,end,text,further passages,attached,other";
    let long = "x".repeat(1024 * 1024 + 1);
    for (row, why) in [
        (",https://a.example/,,,,,,,,", EntryFault::NoWords),
        ("a,u,sea,note,1,,,,,", EntryFault::Garbled),
        ("a,u,sea,note,9,1,,,,", EntryFault::Garbled),
        ("a,u,sea,note,one,two,,,,", EntryFault::Garbled),
        ("a,u,sea,note,,,a text,,,", EntryFault::Garbled),
        ("a,u,sea,note,,,,and more,,", EntryFault::Garbled),
        ("a,u,sea,note,,,,,[],", EntryFault::Garbled),
        ("a,u,sea,note,,,,,,[1]", EntryFault::Garbled),
        ("a,u,sea,one, two, three,,,,,,,,", EntryFault::Garbled),
        ("a,u,sea,not,,,,,,,escaped", EntryFault::Garbled),
        (&format!("a,u,sea,{long}"), EntryFault::NoteTooLong),
    ] {
        let arrivals = read(&format!("{heads}\r\n{row}\r\nb,u,sea,fine\r\n"));
        assert_eq!(
            faults(&arrivals),
            [(1, why)],
            "{}",
            &row[..row.len().min(80)]
        );
        assert_eq!(said(&arrivals), [(Some("sea"), "fine", vec![])]);
    }
    let arrivals = read(&format!(
        "{heads}\r\nb,u,sea,fine\r\na,u,\"sea,note\r\nc,u,sea,x\r\n"
    ));
    assert_eq!(faults(&arrivals), [(2, EntryFault::Garbled)]);
    assert_eq!(arrivals.annotations.len(), 1);
}

#[test]
fn a_table_of_any_size_is_read_or_refused() {
    let rows = |count: usize| {
        let mut table = "id,quote,note,article\r\n".to_owned();
        for number in 0..count {
            table.push_str(&format!("{number},sea,\"a \"\"note\"\"\",u\r\n"));
        }
        table
    };
    assert_eq!(read(&rows(100_000)).annotations.len(), 100_000);
    let many = rows(0) + &"a,b,c,d,e\r\n".repeat(200_001);
    assert_eq!(reading::decode(&many), Err(DecodeError::TooMany));
    let large = rows(1) + &" ".repeat(50 * 1024 * 1024);
    assert_eq!(reading::decode(&large), Err(DecodeError::TooLarge));
    let words = "sea ".repeat(250_000);
    let arrivals = read(&format!("id,quote,note,article\r\na,{words},\0,u\r\n"));
    let note = &arrivals.annotations[0];
    let quote = note.target.quote.as_ref().expect("it is on a passage");
    assert!(quote.exact.len() < 10_000 && quote.is_of(&words));
    assert_eq!(note.note, "\0");
}
