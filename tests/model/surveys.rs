//! Laws of what is said of an import before it is done: it does just that, once, and loses nothing.

use std::rc::Rc;

use postil::model::anchoring::describe;
use postil::model::annotation::{Annotation, Colour, Extra, Timestamp};
use postil::model::article::{Article, ArticleId};
use postil::model::exchange::{Arrivals, Differing, Report, Survey, survey};
use postil::model::notebook::{Notebook, Transaction};
use postil::model::session::{Action, Session};
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::strategies::{annotated, id, laws, notebook_of, of_paragraphs};

/// What has become of a note in somebody's file.
#[derive(Debug, Clone)]
struct Fate {
    /// True if it is here.
    is_here: bool,
    /// For each of two files, `None` if the note is not in it, and otherwise its last words there and
    /// the hour of the edit; no words stand for the note as it was made.
    files: [Option<(Option<String>, u8)>; 2],
    /// True if it was edited here, in the middle of the day.
    is_edited: bool,
    is_elsewhere: bool,
}

fn fate() -> impl Strategy<Value = Fate> {
    let words = proptest::option::of(select(vec!["ebb", "flood"]).prop_map(str::to_owned));
    let file = proptest::option::of((words, 8_u8..16));
    (
        any::<bool>(),
        [file.clone(), file],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(is_here, files, is_edited, is_elsewhere)| Fate {
            is_here,
            files,
            is_edited,
            is_elsewhere,
        })
}

fn time(hour: u8) -> Option<Timestamp> {
    Some(Timestamp(Rc::from(format!("2026-03-01T{hour:02}:00:00Z"))))
}

fn version(note: &Annotation, words: Option<&str>, hour: u8) -> Annotation {
    Annotation {
        created: time(1),
        modified: words.and_then(|_| time(hour)),
        note: words.unwrap_or("as made").to_owned(),
        ..note.clone()
    }
}

/// The notes that are here, and two files.
fn cast(notebook: &Notebook, fates: &[Fate]) -> (Notebook, Vec<Arrivals>) {
    let elsewhere = ArticleId::of_iri("https://far.example/a");
    let notes: Vec<Annotation> = notebook
        .iter()
        .zip(fates)
        .map(|(note, fate)| Annotation {
            article: match fate.is_elsewhere {
                true => elsewhere.clone(),
                false => note.article.clone(),
            },
            ..(**note).clone()
        })
        .collect();
    let pairs = || notes.iter().zip(fates);
    let here = pairs().filter(|(_, fate)| fate.is_here);
    let here = here.map(|(note, fate)| version(note, fate.is_edited.then_some("mine"), 12));
    let file = |index: usize| {
        let there = pairs().filter_map(|(note, fate)| {
            let (words, hour) = fate.files[index].as_ref()?;
            Some(version(note, words.as_deref(), *hour))
        });
        let mut arrivals = Arrivals {
            annotations: there.collect(),
            ..Arrivals::default()
        };
        arrivals.settle(None);
        arrivals
    };
    (notebook_of(here), vec![file(0), file(1)])
}

fn surveyed(
    files: &[Arrivals],
    here: &Notebook,
    article: &Article,
    differing: Differing,
) -> (Arrivals, Survey) {
    let notes: Vec<&Annotation> = here.iter().map(|note| &**note).collect();
    survey(files.to_vec(), &notes, Some(&article.id()), differing)
}

/// The notes after the import that the survey tells of, and what is told of it.
fn imported(
    files: &[Arrivals],
    here: &Notebook,
    article: &Article,
    differing: Differing,
) -> (Notebook, Transaction, Report) {
    let (arrivals, _) = surveyed(files, here, article, differing);
    let (transaction, report) = arrivals.into_transaction(Some(article), here);
    let after = here.apply(&transaction).expect("it fits the notebook");
    (after, transaction, report)
}

fn words_in(notebook: &Notebook) -> Vec<&str> {
    notebook.iter().map(|note| &*note.note).collect()
}

fn choices() -> impl Strategy<Value = Differing> {
    select(Differing::ALL.to_vec())
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn an_import_does_what_was_said_of_it((article, notebook) in annotated(), fates in vec(fate(), 8), differing in choices()) {
        let (here, files) = cast(&notebook, &fates);
        let (_, told) = surveyed(&files, &here, &article, differing);
        let all: usize = files.iter().map(|file| file.annotations.len()).sum();
        prop_assert_eq!(told.new + told.already + told.differing(), all);
        let (after, transaction, report) = imported(&files, &here, &article, differing);
        prop_assert_eq!((report.added, report.updated), (told.added, told.updated));
        prop_assert_eq!(report.already, all - told.added - told.updated);
        prop_assert_eq!(report.elsewhere, told.elsewhere);
        prop_assert_eq!(after.len(), here.len() + told.added);
        prop_assert_eq!(transaction.changes.len(), told.added + told.updated);
        prop_assert!(told.twice <= told.new && told.articles <= told.elsewhere);
        // All of it is one step.
        prop_assert_eq!(after.apply(&transaction.invert()).expect("it is taken back"), here);
    }

    #[test]
    fn the_same_files_again_change_nothing((article, notebook) in annotated(), fates in vec(fate(), 8), differing in choices()) {
        let (here, files) = cast(&notebook, &fates);
        let (after, _, _) = imported(&files, &here, &article, differing);
        let (again, told) = surveyed(&files, &after, &article, differing);
        prop_assert_eq!((told.added, told.updated, told.new), (0, 0, 0));
        prop_assert!(again.annotations.is_empty());
        if differing == Differing::Both {
            // What both had written is here, so that only what a note began as is another version.
            prop_assert_eq!(told.newer_there + told.as_old, 0);
        }
    }

    #[test]
    fn side_by_side_nothing_that_was_written_is_lost((article, notebook) in annotated(), fates in vec(fate(), 8)) {
        let (here, files) = cast(&notebook, &fates);
        let (after, _, _) = imported(&files, &here, &article, Differing::Both);
        for note in here.iter().filter(|note| note.modified.is_some()) {
            prop_assert_eq!(after.get(&note.id), Some(note), "an edited note stays");
        }
        let words = words_in(&after);
        for written in files.iter().flat_map(|file| &file.annotations).filter(|note| note.modified.is_some()) {
            prop_assert!(words.contains(&&*written.note));
            let is_there = after.iter().any(|note| note.target == written.target && note.note == written.note);
            prop_assert!(is_there, "{:?} is lost", written);
        }
    }

    #[test]
    fn ones_own_stay_if_they_are_to((article, notebook) in annotated(), fates in vec(fate(), 8)) {
        let (here, files) = cast(&notebook, &fates);
        let (after, _, report) = imported(&files, &here, &article, Differing::Mine);
        prop_assert_eq!(report.updated, 0);
        for note in here.iter() {
            prop_assert_eq!(after.get(&note.id), Some(note));
        }
        // If all were here, nothing comes in beside them.
        let all = fates.iter().take(notebook.len()).all(|fate| fate.is_here);
        prop_assert!(!all || report.added == 0);
    }

    #[test]
    fn the_newer_stays_if_it_is_to((article, notebook) in annotated(), fates in vec(fate(), 8)) {
        let (here, files) = cast(&notebook, &fates);
        let (after, _, _) = imported(&files, &here, &article, Differing::Newer);
        for note in files.iter().flat_map(|file| &file.annotations) {
            let there = after.get(&note.id).expect("each id is there");
            // A new date alone is no edit.
            let is_same = there.note == note.note;
            prop_assert!(is_same || there.last_touched() >= note.last_touched());
        }
    }

    #[test]
    fn a_session_takes_several_files_back_as_one((article, notebook) in annotated(), fates in vec(fate(), 8), differing in choices()) {
        let (here, files) = cast(&notebook, &fates);
        let (arrivals, told) = surveyed(&files, &here, &article, differing);
        let notes = here.iter().map(|note| (**note).clone()).collect();
        let open = Action::Open { article: Rc::new(article), notes, message: None };
        let session = Rc::new(Session::default()).after(open);
        let before = session.notebook.clone();
        let session = session.clone().after(Action::import(arrivals, &session, false));
        prop_assert_eq!(session.history.to_undo().is_some(), told.added + told.updated > 0);
        prop_assert_eq!(session.after(Action::Undo).notebook.clone(), before);
    }
}

/// An article with a note on it.
fn noted() -> (Article, Annotation) {
    let article = of_paragraphs(&["The ferry leaves at six."]);
    let note = Annotation {
        id: id(1),
        article: article.id(),
        target: describe(&article, TextRange::from_usize(4, 9)),
        more: Vec::new(),
        attached: None,
        note: "mine".to_owned(),
        tags: Vec::new(),
        colour: Colour::Yellow,
        created: time(1),
        modified: time(2),
        extra: Extra::default(),
    };
    (article, note)
}

#[test]
fn a_passage_that_both_have_marked_is_told() {
    let (article, note) = noted();
    let here = notebook_of([note.clone()]);
    let other = Annotation {
        id: id(77),
        note: "theirs".to_owned(),
        ..note.clone()
    };
    let file = |notes: Vec<Annotation>| Arrivals {
        annotations: notes,
        ..Arrivals::default()
    };
    let twice = |files: &[Arrivals], here: &Notebook| {
        surveyed(files, here, &article, Differing::Both).1.twice
    };
    assert_eq!(twice(&[file(vec![other.clone()])], &here), 1);
    // A further version of one note is no second mark, and neither are two marks in one file.
    let version = version(&note, Some("other"), 9);
    assert_eq!(twice(&[file(vec![version])], &here), 0);
    let none = Notebook::default();
    assert_eq!(twice(&[file(vec![note.clone(), other.clone()])], &none), 0);
    assert_eq!(twice(&[file(vec![note]), file(vec![other])], &none), 2);
}
