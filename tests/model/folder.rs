//! Laws of the files in a reader's folder: what is not ours is never written, what is below the
//! marked line stays, and nothing is written twice.

use std::collections::BTreeSet;
use std::rc::Rc;

use postil::model::article::ArticleId;
use postil::model::folder::{Rewriting, rewritten, touched};
use postil::model::history::History;
use postil::model::notebook::{Change, Intent, Transaction};
use proptest::prelude::*;
use proptest::sample::select;

use super::notebook::note_on;
use super::strategies::{laws, of_paragraphs};

const SAID: &str = "What is below this line is yours.";

fn article() -> ArticleId {
    ArticleId::of_iri("https://example.org/tides")
}

fn other() -> ArticleId {
    ArticleId::of_iri("https://example.org/ebb")
}

fn new_file(document: &str, article: &ArticleId) -> String {
    match rewritten(None, document, article, SAID) {
        Rewriting::Write(text) => text,
        other => panic!("a new file is written: {other:?}"),
    }
}

/// Lines of which some look like the marked one.
fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        any::<String>(),
        "[ -~]{0,20}",
        select(vec![
            String::new(),
            "---".to_owned(),
            "<!-- postil:".to_owned(),
            format!("<!-- postil:{} -->", article().as_str()),
            format!("<!-- postil:{} -->", other().as_str()),
            format!(" <!-- postil:{} -->", article().as_str()),
        ]),
    ];
    let end = select(vec!["\n", "\r\n", "\r", ""]);
    let lines = prop::collection::vec((line, end), 0..6);
    lines.prop_map(|lines| {
        let lines = lines.into_iter();
        lines.map(|(line, end)| [&line, end].concat()).collect()
    })
}

proptest! {
    #![proptest_config(laws(512))]

    #[test]
    fn what_is_below_the_line_stays_whatever_it_is(
        before in text(), after in text(), below in text(), said in "[a-z .]{0,20}",
    ) {
        let present = new_file(&before, &article()) + &below;
        let next = match rewritten(Some(present.as_bytes()), &after, &article(), &said) {
            Rewriting::Write(next) => next,
            Rewriting::Same => present,
            Rewriting::Foreign => panic!("the file is ours"),
        };
        let Rewriting::Write(alone) = rewritten(None, &after, &article(), &said) else {
            panic!("a new file is written");
        };
        prop_assert_eq!(next, alone + &below);
    }

    #[test]
    fn writing_twice_is_writing_once(document in text(), below in text()) {
        let present = new_file(&document, &article()) + &below;
        let again = rewritten(Some(present.as_bytes()), &document, &article(), SAID);
        prop_assert_eq!(again, Rewriting::Same);
    }

    #[test]
    fn a_foreign_file_is_never_written(
        foreign in "[^<]{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..40),
        document in text(),
    ) {
        let of_other = new_file(&document, &other()) + &foreign;
        let garbled = [new_file(&document, &article()).as_bytes(), &bytes, &[0xff]].concat();
        for present in [foreign.as_bytes(), of_other.as_bytes(), &bytes, &garbled] {
            let verdict = rewritten(Some(present), &document, &article(), SAID);
            prop_assert_eq!(verdict, Rewriting::Foreign);
        }
    }
}

proptest! {
    #![proptest_config(laws(16))]

    #[test]
    fn an_edit_touches_its_article_and_so_does_taking_it_back(
        steps in prop::collection::vec((0..8_u8, 0..2_usize), 0..450),
    ) {
        let articles = ["The tide rises.", "The tide falls."].map(|words| of_paragraphs(&[words]));
        let edits = articles.map(|article| {
            let note = Rc::new(note_on(&article, "tide"));
            Transaction::one(Intent::Highlight, Change::add(note))
        });
        let article_of = |edit: &Transaction| edit.changes[0].annotation().article.clone();
        let mut history = History::default();
        for (step, which) in steps {
            let before = history.clone();
            let edit = match step {
                0 => history.to_undo().cloned().inspect(|_| history.undone()),
                1 => history.to_redo().cloned().inspect(|_| history.redone()),
                _ => {
                    let edit = Rc::new(edits[which].clone());
                    history.push(edit.clone());
                    Some(edit)
                }
            };
            let wanted: BTreeSet<ArticleId> = edit.iter().map(|edit| article_of(edit)).collect();
            prop_assert_eq!(touched(&before, &history), wanted);
        }
    }
}
