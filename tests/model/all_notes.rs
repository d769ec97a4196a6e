//! The room "All notes": every note stands in each grouping, and what is drawn covers the window.

use std::collections::HashSet;

use postil::model::all_notes::{AllNotes, Group, Grouping, MOST_DRAWN, Row, Rows, Sizes};
use postil::model::annotation::{
    Annotation, AnnotationId, Colour, Extra, Quote, Target, Timestamp,
};
use postil::model::article::ArticleId;
use postil::model::query::{FoldedNote, Query, Sort, Surroundings};
use postil::model::text::CodePointRange;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::strategies::laws;

const TITLES: [&str; 4] = ["of tides", "Of Kilns", "Zeta", "Über Ränder"];
const TAGS: [&str; 3] = ["law", "to read", "Law"];

/// Folding without a browser, for words in Latin letters.
struct Plain;

impl Surroundings for Plain {
    fn folded(&self, words: &str) -> String {
        words.trim().to_lowercase()
    }
    fn colour_name(&self, _: Colour) -> Option<String> {
        None
    }
    fn now(&self) -> f64 {
        0.0
    }
    fn today(&self) -> f64 {
        0.0
    }
    fn moment(&self, _: &str) -> Option<f64> {
        None
    }
}

fn article(index: usize) -> ArticleId {
    ArticleId::of_iri(TITLES[index])
}

/// A note: its article, place, tags, colour and day.
type Drawn = (usize, u32, Vec<&'static str>, Colour, Option<i32>);

fn note(number: usize, (of, place, tags, colour, day): &Drawn) -> Annotation {
    let target = Target {
        quote: Some(Quote {
            exact: format!("quote {number}"),
            ..Quote::default()
        }),
        position: Some(CodePointRange::new(*place, place + 5)),
        ..Target::default()
    };
    Annotation {
        id: AnnotationId::parse(&format!("note-{number:03}")).expect("an id"),
        article: article(*of),
        target,
        more: Vec::new(),
        attached: None,
        note: format!("words {}", number % 5),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        colour: *colour,
        created: day.map(|day| Timestamp(format!("2026-11-{:02}T10:00:00.000Z", day + 1).into())),
        modified: None,
        extra: Extra::default(),
    }
}

fn some_notes() -> impl Strategy<Value = Vec<Drawn>> {
    let one = (
        0..TITLES.len(),
        0..50_u32,
        subsequence(&TAGS[..], 0..=TAGS.len()),
        select(&Colour::ALL[..]),
        option::of(0..9_i32),
    );
    vec(one, 0..60)
}

/// Everything, and the words of each note as a search compares them.
fn collected(notes: &[Drawn]) -> (AllNotes, Vec<FoldedNote>, Vec<String>) {
    let titles: Vec<(ArticleId, String)> = (0..TITLES.len())
        .map(|index| (article(index), TITLES[index].to_owned()))
        .collect();
    let with_days = notes
        .iter()
        .enumerate()
        .map(|(number, drawn)| (note(number, drawn), drawn.4));
    let all = AllNotes::of(&titles, with_days.collect());
    let mut fold = |words: &str| Plain.folded(words);
    let entries = all.entries().iter();
    let folded = entries
        .map(|entry| FoldedNote::of(&entry.note, &mut fold))
        .collect();
    let titles = all
        .articles()
        .iter()
        .map(|(_, title)| Plain.folded(title))
        .collect();
    (all, folded, titles)
}

fn found(notes: &[Drawn], typed: &str) -> (AllNotes, Vec<bool>, Query) {
    let (all, folded, titles) = collected(notes);
    let query = Query::read(typed, &Plain);
    let found = all.find(&query, &folded, &titles, &|_| None);
    (all, found, query)
}

/// True if a note belongs to a group.
fn belongs(all: &AllNotes, entry: usize, group: Group) -> bool {
    let entry = &all.entries()[entry];
    match group {
        Group::Article(index) => entry.article == index,
        Group::Tag(Some(index)) => entry.note.tags.iter().any(|tag| tag == all.tag(index)),
        Group::Tag(None) => entry.note.tags.is_empty(),
        Group::Colour(colour) => entry.note.colour == colour,
        Group::Day(day) => entry.day == day,
    }
}

/// The notes of each section.
fn in_sections(rows: &Rows) -> Vec<Vec<usize>> {
    let mut sections = vec![Vec::new(); rows.sections().len()];
    for row in rows.all() {
        if let Row::Note { section, entry } = row {
            sections[*section].push(*entry);
        }
    }
    sections
}

proptest! {
    #![proptest_config(laws(200))]

    #[test]
    fn every_note_that_is_found_stands_where_it_belongs_and_no_other_does(
        notes in some_notes(),
        typed in select(&["", "words 1", "tag:law", "color:red,blue", "in:tides", "-tag:read quote:1"][..]),
        by in select(&Grouping::ALL[..]),
        order in select(&Sort::ALL[..]),
    ) {
        let (all, found, _) = found(&notes, typed);
        prop_assert_eq!(all.entries().len(), notes.len());
        let rows = all.arrange(&found, order, by);
        let shown: HashSet<usize> = in_sections(&rows).into_iter().flatten().collect();
        let wanted: HashSet<usize> = (0..found.len()).filter(|&index| found[index]).collect();
        prop_assert_eq!(&shown, &wanted);
        prop_assert_eq!(rows.notes(), wanted.len());
        let articles: HashSet<usize> = wanted.iter().map(|&index| all.entries()[index].article).collect();
        prop_assert_eq!(rows.articles(), articles.len());
        for (section, of_it) in rows.sections().iter().zip(in_sections(&rows)) {
            prop_assert_eq!(section.notes, of_it.len());
            prop_assert!(!of_it.is_empty());
            prop_assert!(of_it.iter().all(|&entry| belongs(&all, entry, section.group)));
            // Nothing stands twice in a group, and whatever belongs to it is in it.
            let once: HashSet<usize> = of_it.iter().copied().collect();
            prop_assert_eq!(once.len(), of_it.len());
            let belonging = wanted.iter().filter(|&&entry| belongs(&all, entry, section.group));
            prop_assert_eq!(belonging.count(), of_it.len());
        }
    }

    #[test]
    fn the_notes_of_a_group_are_in_the_order_that_is_wanted(
        notes in some_notes(),
        by in select(&Grouping::ALL[..]),
    ) {
        let (all, found, _) = found(&notes, "");
        let place = |entry: usize| {
            let entry = &all.entries()[entry];
            (entry.article, entry.note.target.position.map(|place| place.start()))
        };
        for of_it in in_sections(&all.arrange(&found, Sort::Place, by)) {
            prop_assert!(of_it.is_sorted_by_key(|&entry| place(entry)));
        }
        for of_it in in_sections(&all.arrange(&found, Sort::Made, by)) {
            let made = |entry: &usize| std::cmp::Reverse(all.entries()[*entry].note.created.clone());
            prop_assert!(of_it.is_sorted_by_key(made));
        }
    }

    #[test]
    fn what_is_drawn_covers_the_window(
        notes in some_notes(),
        by in select(&Grouping::ALL[..]),
        sizes in (30..60_u32, 90..160_u32),
        at in 0..9_000_u32,
    ) {
        let (all, found, _) = found(&notes, "");
        let rows = all.arrange(&found, Sort::Place, by);
        let sizes = Sizes { head: sizes.0, note: sizes.1 };
        let height = rows.top_of(rows.all().len(), sizes);
        let drawn = rows.drawn(rows.first_drawn(at.min(height), sizes));
        prop_assert!(drawn.len() <= MOST_DRAWN);
        if !rows.all().is_empty() {
            let row = rows.row_at(at, sizes);
            prop_assert!(rows.top_of(row, sizes) <= at);
            prop_assert!(at < rows.top_of(row + 1, sizes) || row + 1 == rows.all().len());
            // A window of 1,000 pixels shows drawn rows only.
            let top = at.min(height);
            prop_assert!(rows.top_of(drawn.start, sizes) <= top);
            let bottom = rows.top_of(drawn.end, sizes);
            prop_assert!(bottom >= (top + 1_000).min(height));
        }
    }

    #[test]
    fn keys_go_to_notes_only(notes in some_notes(), by in select(&Grouping::ALL[..]), steps in 1..7_usize) {
        let (all, found, _) = found(&notes, "");
        let rows = all.arrange(&found, Sort::Place, by);
        let is_note = |row: usize| matches!(rows.all()[row], Row::Note { .. });
        let ends = (rows.end(false), rows.end(true));
        prop_assert_eq!(ends.0.is_none(), notes.is_empty());
        let (Some(first), Some(last)) = ends else { return Ok(()) };
        let mut at = first;
        for _ in 0..rows.all().len() {
            let next = rows.further(at, steps, true).expect("a note");
            prop_assert!(is_note(next) && (next > at || at == last));
            at = next;
        }
        prop_assert_eq!(at, last);
        let back = rows.further(last, rows.all().len(), false);
        prop_assert_eq!(back, Some(first));
    }
}

#[test]
fn the_groups_come_in_their_order() {
    let notes: Vec<Drawn> = vec![
        (2, 1, vec![], Colour::Blue, Some(1)),
        (0, 9, vec!["to read", "law"], Colour::Red, Some(7)),
        (0, 3, vec!["law"], Colour::Yellow, None),
        (1, 4, vec!["Law"], Colour::Blue, Some(3)),
    ];
    let (all, found, _) = found(&notes, "");
    let groups = |order, by| {
        let rows = all.arrange(&found, order, by);
        let said = |group: Group| match group {
            Group::Article(index) => all.articles()[index].1.clone(),
            Group::Tag(tag) => tag.map_or("no tag", |tag| all.tag(tag)).to_owned(),
            Group::Colour(colour) => colour.name().to_owned(),
            Group::Day(day) => format!("{day:?}"),
        };
        let said = rows.sections().iter().map(|section| said(section.group));
        said.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        groups(Sort::Place, Grouping::Article),
        "Of Kilns, of tides, Zeta"
    );
    // The article with the latest note comes first.
    assert_eq!(
        groups(Sort::Made, Grouping::Article),
        "of tides, Of Kilns, Zeta"
    );
    assert_eq!(
        groups(Sort::Made, Grouping::Tag),
        "Law, law, to read, no tag"
    );
    assert_eq!(groups(Sort::Place, Grouping::Colour), "yellow, red, blue");
    assert_eq!(
        groups(Sort::Place, Grouping::Day),
        "Some(7), Some(3), Some(1), None"
    );
}

#[test]
fn a_state_is_known_only_in_the_open_article() {
    let notes: Vec<Drawn> = vec![(0, 1, vec![], Colour::Blue, None)];
    assert_eq!(found(&notes, "state:exact").1, [false]);
    assert_eq!(found(&notes, "in:tides").1, [true]);
    assert_eq!(found(&notes, "in:kilns").1, [false]);
}
