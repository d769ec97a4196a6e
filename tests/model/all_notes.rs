//! The room "All notes": every note stands in each grouping, and what is drawn covers the window.

use std::collections::HashSet;
use std::rc::Rc;

use postil::model::all_notes::{
    AllNotes, Folds, Group, Grouping, Listed, MOST_DRAWN, Row, Rows, Sizes,
};
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
    fn me(&self) -> Option<String> {
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

/// Everything, and the titles as a search compares them.
fn collected(notes: &[Drawn]) -> (AllNotes, Vec<String>) {
    let titles: Vec<(ArticleId, String)> = (0..TITLES.len())
        .map(|index| (article(index), TITLES[index].to_owned()))
        .collect();
    let listed = notes.iter().enumerate().map(|(number, drawn)| {
        let listed = Listed::new(Rc::new(note(number, drawn)), drawn.4);
        let mut fold = |words: &str| Plain.folded(words);
        let folded = FoldedNote::of(&listed.note, &mut fold);
        listed.folded.set(folded).expect("it is folded once");
        Rc::new(listed)
    });
    let all = AllNotes::of(&titles, &listed.collect::<Vec<_>>());
    let titles = all
        .articles()
        .iter()
        .map(|(_, title)| Plain.folded(title))
        .collect();
    (all, titles)
}

fn found(notes: &[Drawn], typed: &str) -> (AllNotes, Vec<bool>, Query) {
    let (all, titles) = collected(notes);
    let query = Query::read(typed, &Plain);
    let found = all.find(&query, &titles, None, &Plain);
    (all, found, query)
}

/// True if a note belongs to a group.
fn belongs(all: &AllNotes, entry: usize, group: Group) -> bool {
    let entry = &all.entries()[entry];
    match group {
        Group::Article(index) => entry.article == index,
        Group::Tag(Some(index)) => entry.note().tags.iter().any(|tag| tag == all.tag(index)),
        Group::Tag(None) => entry.note().tags.is_empty(),
        Group::Colour(colour) => entry.note().colour == colour,
        Group::Day(day) => entry.day() == day,
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
        let groups = all.arrange(&found, order, by);
        let rows = groups.rows(&|_| false);
        let shown: HashSet<usize> = in_sections(&rows).into_iter().flatten().collect();
        let wanted: HashSet<usize> = (0..found.len()).filter(|&index| found[index]).collect();
        prop_assert_eq!(&shown, &wanted);
        prop_assert_eq!(groups.notes(), wanted.len());
        let articles: HashSet<usize> = wanted.iter().map(|&index| all.entries()[index].article).collect();
        prop_assert_eq!(groups.articles(), articles.len());
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
            (entry.article, entry.note().target.position.map(|place| place.start()))
        };
        for of_it in in_sections(&all.arrange(&found, Sort::Place, by).rows(&|_| false)) {
            prop_assert!(of_it.is_sorted_by_key(|&entry| place(entry)));
        }
        for of_it in in_sections(&all.arrange(&found, Sort::Made, by).rows(&|_| false)) {
            let made = |entry: &usize| std::cmp::Reverse(all.entries()[*entry].note().created.clone());
            prop_assert!(of_it.is_sorted_by_key(made));
        }
    }

    #[test]
    fn what_is_drawn_covers_the_window(
        notes in some_notes(),
        by in select(&Grouping::ALL[..]),
        sizes in (30..60_u32, 90..160_u32),
        at in 0..9_000_u32,
        fold in any::<u8>(),
    ) {
        let (all, found, _) = found(&notes, "");
        let folds = folded(&all, by, fold, &found);
        let rows = all.arrange(&found, Sort::Place, by).rows(&|group| folds.has(&all, group));
        let sizes = Sizes { head: sizes.0, note: sizes.1 };
        let height = rows.top_of(rows.all().len(), sizes);
        let drawn = rows.drawn(rows.first_drawn(at.min(height), sizes));
        let heads = rows.all()[drawn.clone()].iter().filter(|row| matches!(row, Row::Head(_)));
        prop_assert!(2 * drawn.len() - heads.count() <= 2 * MOST_DRAWN);
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
    fn keys_go_through_all_rows(notes in some_notes(), by in select(&Grouping::ALL[..]), steps in 1..7_usize, fold in any::<u8>()) {
        let (all, found, _) = found(&notes, "");
        let folds = folded(&all, by, fold, &found);
        let rows = all.arrange(&found, Sort::Place, by).rows(&|group| folds.has(&all, group));
        prop_assert_eq!(rows.further(0, 1, true).is_none(), notes.is_empty());
        let Some(first) = rows.first_note() else { return Ok(()) };
        let is_note = matches!(rows.all()[first], Row::Note { .. });
        prop_assert!(is_note || rows.all().iter().all(|row| matches!(row, Row::Head(_))));
        let mut at = 0;
        let mut seen = 1;
        while at + 1 < rows.all().len() {
            let next = rows.further(at, steps, true).expect("a row");
            prop_assert!(next > at && next - at <= steps);
            seen += next - at;
            at = next;
        }
        prop_assert_eq!(seen, rows.all().len());
        prop_assert_eq!(rows.further(at, rows.all().len(), false), Some(0));
    }

    #[test]
    fn a_folded_group_keeps_its_head_and_its_count(
        notes in some_notes(),
        typed in select(&["", "words 1", "tag:law", "in:tides"][..]),
        by in select(&Grouping::ALL[..]),
        fold in any::<u8>(),
    ) {
        let (all, found, _) = found(&notes, typed);
        let groups = all.arrange(&found, Sort::Place, by);
        let whole = groups.rows(&|_| false);
        let folds = folded(&all, by, fold, &found);
        let rows = groups.rows(&|group| folds.has(&all, group));
        prop_assert_eq!(rows.sections().len(), whole.sections().len());
        let (before, after) = (in_sections(&whole), in_sections(&rows));
        for (index, (section, unfolded)) in rows.sections().iter().zip(whole.sections()).enumerate() {
            prop_assert_eq!((section.group, section.notes), (unfolded.group, unfolded.notes));
            prop_assert_eq!(rows.all()[section.head], Row::Head(index));
            prop_assert_eq!(section.is_folded, folds.has(&all, section.group));
            let wanted: &[usize] = if section.is_folded { &[] } else { &before[index] };
            prop_assert_eq!(&*after[index], wanted);
            prop_assert_eq!(section.rows().len(), wanted.len());
            for row in section.rows().chain([section.head]) {
                prop_assert_eq!(rows.section_of(row), Some(section));
            }
        }
        // To unfold is to undo it, and what was folded otherwise stays so.
        let again = folds.with(&all, groups.all(), false);
        prop_assert_eq!(groups.rows(&|group| again.has(&all, group)), whole);
        let one = groups.all().next();
        let twice = folds.with(&all, one.into_iter(), true).with(&all, one.into_iter(), false);
        let shown = groups.rows(&|group| twice.has(&all, group));
        for section in shown.sections() {
            let is_folded = Some(section.group) != one && folds.has(&all, section.group);
            prop_assert_eq!(section.is_folded, is_folded);
        }
    }

    #[test]
    fn a_row_is_found_again_though_groups_fold_and_notes_come(
        notes in some_notes(),
        more in some_notes(),
        by in select(&Grouping::ALL[..]),
        fold in any::<u8>(),
    ) {
        let (all, before, _) = found(&notes, "");
        let rows = all.arrange(&before, Sort::Place, by).rows(&|_| false);
        let later: Vec<Drawn> = notes.iter().chain(&more).cloned().collect();
        let (later, after, _) = found(&later, "");
        let folds = folded(&later, by, fold, &after);
        let shown = later.arrange(&after, Sort::Place, by).rows(&|group| folds.has(&later, group));
        prop_assert_eq!(all.spot(&rows, rows.all().len()), None);
        for row in 0..rows.all().len() {
            let spot = all.spot(&rows, row).expect("a row");
            prop_assert_eq!(all.row_at(&rows, &spot), Some(row));
            let at = later.row_at(&shown, &spot).expect("it is among those that came");
            let section = shown.section_of(at).expect("a row");
            let again = later.spot(&shown, at).expect("a row");
            let is_hidden = section.is_folded || matches!(rows.all()[row], Row::Head(_));
            prop_assert_eq!(at == section.head, is_hidden);
            if let (Row::Note { entry: one, .. }, Row::Note { entry: other, .. }) = (rows.all()[row], shown.all()[at]) {
                prop_assert_eq!(all.entries()[one].note(), later.entries()[other].note());
            }
            prop_assert_eq!(later.row_at(&shown, &again), Some(at));
        }
    }

    #[test]
    fn typing_on_looks_only_among_what_was_found(
        notes in some_notes(),
        earlier in select(&QUERIES[..]),
        typed in select(&QUERIES[..]),
    ) {
        let (all, before, first) = found(&notes, earlier);
        let (_, wanted, query) = found(&notes, typed);
        if query.narrows(&first) {
            let titles = collected(&notes).1;
            prop_assert_eq!(all.find(&query, &titles, Some(&before), &Plain), wanted);
        }
        prop_assert!(query.narrows(&query) || query.misread().is_some());
    }
}

/// Searches of which some follow from others.
const QUERIES: [&str; 14] = [
    "",
    "wo",
    "words",
    "words 1",
    "-words",
    "-words 1",
    "tag:la",
    "tag:law",
    "tag:\"law\"",
    "tag:law,read",
    "color:re",
    "color:x",
    "in:ti quote:1",
    "sort:made quote:10",
];

/// Some groups that are folded, as the bits of a number have it.
fn folded(all: &AllNotes, by: Grouping, bits: u8, found: &[bool]) -> Folds {
    let groups = all.arrange(found, Sort::Place, by);
    let chosen = groups.all().enumerate();
    let chosen = chosen.filter(|(index, _)| bits >> (index % 8) & 1 == 1);
    Folds::default().with(all, chosen.map(|(_, group)| group), true)
}

#[test]
fn what_is_folded_is_remembered_though_other_notes_come() {
    let mut notes: Vec<Drawn> = vec![
        (2, 1, vec!["law"], Colour::Blue, Some(1)),
        (0, 9, vec![], Colour::Red, None),
    ];
    let (all, found_first, _) = found(&notes, "");
    let by = [Grouping::Article, Grouping::Tag, Grouping::Day];
    let heads = |all: &AllNotes, found: &[bool], folds: &Folds| {
        by.map(|by| {
            let groups = all.arrange(found, Sort::Place, by);
            let folded = groups.all().filter(|&group| folds.has(all, group));
            folded.map(|group| all.key_of(group)).collect::<Vec<_>>()
        })
    };
    let mut folds = Folds::default();
    for by in by {
        let groups = all.arrange(&found_first, Sort::Place, by);
        folds = folds.with(&all, groups.all().take(1), true);
    }
    let before = heads(&all, &found_first, &folds);
    assert!(before.iter().all(|folded| folded.len() == 1), "{before:?}");
    // Before each group another one comes, so that all indices are others.
    notes.push((1, 1, vec!["Law"], Colour::Blue, Some(5)));
    let (all, found_later, _) = found(&notes, "");
    assert_eq!(heads(&all, &found_later, &folds), before);
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
        let arranged = all.arrange(&found, order, by);
        let said = |group: Group| match group {
            Group::Article(index) => all.articles()[index].1.clone(),
            Group::Tag(tag) => tag.map_or("no tag", |tag| all.tag(tag)).to_owned(),
            Group::Colour(colour) => colour.name().to_owned(),
            Group::Day(day) => format!("{day:?}"),
        };
        let said = arranged.all().map(said);
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
