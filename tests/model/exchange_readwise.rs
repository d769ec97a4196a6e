//! Laws and fixtures of Readwise's tables.

use postil::model::annotation::{Annotation, Colour, Quote, Target, Timestamp};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, ArticleId, Attributes, Description, Source, Tag};
use postil::model::exchange::tables::readwise::HEADS;
use postil::model::exchange::{EntryFault, Format, file};
use proptest::prelude::*;

use super::exchange_losses::as_held;
use super::exchange_tables::{cells, exported, faults, note_on, read};
use super::strategies::{annotated, laws, notebook_of};

/// The note as it comes back: one without a passage is on the title, unless it says something.
fn as_read_back(article: &Article, note: &Annotation) -> Annotation {
    let note = as_held(Format::Readwise, note);
    let words: Vec<&str> = note
        .quoted()
        .into_iter()
        .chain(note.more.iter().filter_map(Target::words))
        .collect();
    let is_blank = words.join("").trim().is_empty();
    let is_title = words == [article.title()];
    let says = !(note.note.is_empty() && note.tags.is_empty());
    let quote = |exact: &str| Quote {
        exact: exact.to_owned(),
        ..Quote::default()
    };
    let target = match (is_blank || is_title, says) {
        (true, true) => None,
        (true, false) => Some(quote(article.title())),
        (false, _) => note.target.quote.clone(),
    };
    Annotation {
        target: Target {
            quote: target,
            ..note.target.clone()
        },
        more: if is_blank {
            Vec::new()
        } else {
            note.more.clone()
        },
        ..note
    }
}

/// The notes, in an order that only their content decides.
fn sorted(notes: impl Iterator<Item = Annotation>) -> Vec<Annotation> {
    let mut notes: Vec<Annotation> = notes.collect();
    notes.sort_by_cached_key(Annotation::to_record);
    notes
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn what_the_table_holds_is_read_back((article, notebook) in annotated()) {
        let arrivals = read(&exported(Format::Readwise, &article, &notebook));
        prop_assert_eq!(faults(&arrivals), []);
        let back = arrivals.annotations.iter().map(|note| as_held(Format::Readwise, note));
        let held = notebook.iter().map(|note| as_read_back(&article, note));
        prop_assert_eq!(sorted(back), sorted(held));
    }

    #[test]
    fn the_same_table_again_has_the_same_notes((article, notebook) in annotated()) {
        let table = exported(Format::Readwise, &article, &notebook);
        prop_assert_eq!(read(&table), read(&table));
    }
}

/// An article from the web.
fn fetched() -> Article {
    let mut builder = ArticleBuilder::new();
    builder.open(Tag::P, Attributes::none());
    builder.text("Tide and time");
    builder.close();
    let source = Source::Address("https://a.example/tides".to_owned());
    let mut description = Description::new(source, "=Tides");
    description.byline = Some("Moss, Ida".to_owned());
    builder.finish(description).expect("it is well formed")
}

#[test]
fn a_table_has_the_heads_dates_and_tags_that_readwise_reads() {
    let article = fetched();
    let note = Annotation {
        note: "It\nturns".to_owned(),
        tags: vec!["law".to_owned(), "to read".to_owned()],
        created: Some(Timestamp("2024-05-06T01:08:09.500+02:00".into())),
        ..note_on(&article)
    };
    let table = exported(Format::Readwise, &article, &notebook_of([note]));
    assert!(table.starts_with("Highlight,Title,Author,URL,Note,Location,Date\r\n"));
    assert_eq!(
        cells(&table)[HEADS.len()..],
        [
            "Tide",
            "'=Tides",
            "Moss, Ida",
            "https://a.example/tides",
            ".law .to-read\nIt\nturns",
            "0",
            "2024-05-05 23:08:09",
        ]
    );
    assert!(file::is_of_notes(&table));
    let arrivals = read(&table);
    assert_eq!(arrivals.annotations[0].article, article.id());
    assert_eq!(arrivals.annotations[0].tags, ["law", "to-read"]);
}

#[test]
fn the_table_that_readwise_exports_is_read() {
    let arrivals = read(
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\
         \"Salt keeps,\nand salt eats.\",The Salt Road,Ida Moss,B00X,\".law Key idea\",blue,\"ports, Deep Work\",page,12,2020-10-05 10:15:30+00:00,\n\
         Tide,The Salt Road,Ida Moss,,,,,location,345,,favorites\n\
         ,The Salt Road,Ida Moss,,a note,,,,,,\n",
    );
    assert_eq!(faults(&arrivals), [(3, EntryFault::NoWords)]);
    let note = &arrivals.annotations[0];
    assert_eq!(note.quoted(), Some("Salt keeps,\nand salt eats."));
    assert_eq!((&*note.note, note.colour), ("Key idea", Colour::Blue));
    assert_eq!(note.tags, ["law", "ports", "Deep Work"]);
    let created = Timestamp("2020-10-05T10:15:30.000Z".into());
    assert_eq!(note.created, Some(created));
    assert_eq!(note.target.source, "urn:postil:title:The%20Salt%20Road");
    assert_eq!(note.article, arrivals.annotations[1].article);
    assert_ne!(note.article, ArticleId::of_iri(""));
    assert_eq!(arrivals.annotations[1].created, None);
}

#[test]
fn a_single_column_of_highlights_is_enough() {
    let arrivals = read("Highlight\nTide and time\n\"Salt\"\n");
    assert_eq!(arrivals.annotations.len(), 2);
    assert_eq!(arrivals.annotations[1].quoted(), Some("Salt"));
}
