//! Laws of writing: the parts of a note that a reader did not touch stay unchanged.

use postil::model::anchoring::Anchor;
use postil::model::annotation::{Annotation, AnnotationId, Extra};
use postil::model::commands;
use postil::model::notebook::Notebook;
use postil::model::session::Action;
use postil::model::tags::{parse_tags, write_tags};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::notebook::Reader;
use super::strategies::{annotated, laws, phrase};

/// Tags as other programs write them, unlike any that a person would type.
fn odd_tags() -> impl Strategy<Value = Vec<String>> {
    const ODD: [&str; 10] = [
        "Moss, Ida",
        "\"",
        "\"a\"\", b",
        "#law",
        " spaced ",
        "line\nfeed",
        "“so”",
        "字、典",
        "e\u{301}",
        "",
    ];
    vec(select(&ODD[..]).prop_map(str::to_owned), 0..4)
}

/// A note of the notebook, with these tags and another program's fields.
fn note_of(notebook: &Notebook, index: &Index, tags: Vec<String>) -> Option<Annotation> {
    let notes: Vec<_> = notebook.iter().collect();
    let note = notes.get(index.index(notes.len().max(1)))?;
    Some(Annotation {
        tags,
        extra: Extra::of_json("{\"a\":{\"ex:rating\":5}}"),
        ..(***note).clone()
    })
}

/// The note after its words and tags were edited as `typed` says and saved.
fn saved(
    article: postil::model::article::Article,
    note: &Annotation,
    typed: impl FnOnce(String, String) -> (String, String),
) -> Annotation {
    let mut reader = Reader::open(article, vec![note.clone()]);
    reader.send(Action::Write {
        id: note.id.clone(),
    });
    let writing = reader.session.writing.clone().expect("it is written on");
    let (words, tags) = typed(writing.note.clone(), writing.tags.clone());
    reader.send(Action::Typed { note: words, tags });
    let stamp = reader.stamp();
    reader.send(Action::Save { stamp });
    reader.note(&note.id).clone()
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn opening_and_saving_changes_nothing((article, notebook) in annotated(), at: Index, tags in odd_tags()) {
        let Some(note) = note_of(&notebook, &at, tags) else { return Ok(()) };
        prop_assert_eq!(saved(article, &note, |words, tags| (words, tags)), note);
    }

    #[test]
    fn other_words_leave_everything_else((article, notebook) in annotated(), at: Index, tags in odd_tags(), more in phrase()) {
        let Some(note) = note_of(&notebook, &at, tags) else { return Ok(()) };
        let after = saved(article, &note, |words, tags| (words + &more, tags));
        let expected = Annotation {
            note: after.note.clone(),
            modified: after.modified.clone(),
            ..note.clone()
        };
        prop_assert_eq!(&after, &expected);
        let typed = note.note.clone() + &more;
        prop_assert_eq!(after.note.trim_end(), typed.trim_end());
    }

    #[test]
    fn another_tag_leaves_everything_else((article, notebook) in annotated(), at: Index, tags in odd_tags()) {
        let Some(note) = note_of(&notebook, &at, tags) else { return Ok(()) };
        let after = saved(article, &note, |words, tags| (words, tags + ", one more"));
        let expected = Annotation {
            tags: after.tags.clone(),
            modified: after.modified.clone(),
            ..note.clone()
        };
        prop_assert_eq!(&after, &expected);
        for tag in note.tags.iter().filter(|tag| !tag.is_empty()) {
            prop_assert!(after.tags.contains(tag), "{:?} is lost in {:?}", tag, after.tags);
        }
        prop_assert!(after.tags.iter().any(|tag| tag == "one more"));
    }

    #[test]
    fn tags_are_read_as_they_are_written(tags in vec(".{1,8}", 0..4)) {
        let mut once: Vec<String> = Vec::new();
        for tag in tags {
            if !once.contains(&tag) {
                once.push(tag);
            }
        }
        prop_assert_eq!(parse_tags(&write_tags(&once)), once);
    }
}

/// A reader who has begun a note on the article as a whole, and its id.
fn on_whole_article() -> (Reader, AnnotationId) {
    let article = super::strategies::of_paragraphs(&["one two three"]);
    let mut reader = Reader::open(article, Vec::new());
    let stamp = reader.stamp();
    let id = stamp.id.clone();
    let edit = commands::annotate_whole(&reader.session, stamp).expect("an article");
    reader.send(Action::Edit {
        edit,
        known: Vec::new(),
        part_of: None,
    });
    (reader, id)
}

#[test]
fn a_note_on_the_whole_article_is_written_and_taken_back() {
    let (mut reader, id) = on_whole_article();
    assert!(
        reader
            .session
            .writing
            .as_ref()
            .is_some_and(|writing| writing.base.id == id)
    );
    reader.send(Action::Typed {
        note: "a summary".to_owned(),
        tags: String::new(),
    });
    let stamp = reader.stamp();
    reader.send(Action::Save { stamp });
    let unanchored = reader.session.placements.unanchored_of(&id);
    assert_eq!(unanchored.map(|note| &note.anchor), Some(&Anchor::Whole));
    assert_eq!(reader.note(&id).note, "a summary");
    // As any new note: first the words are taken back, then the note.
    reader.send(Action::Undo);
    assert_eq!(reader.note(&id).note, "");
    reader.send(Action::Undo);
    assert!(reader.session.notebook.get(&id).is_none());
}

#[test]
fn a_note_on_the_whole_article_goes_if_nothing_is_written() {
    let (mut reader, id) = on_whole_article();
    reader.send(Action::Leave);
    assert!(reader.session.notebook.get(&id).is_none());
}
