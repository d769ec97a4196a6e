//! Files of notes, in every form that is recognised: none does harm, what is read can be written in
//! each form, and in the native one it is read back as it was.

#![no_main]

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;

use postil::import::markdown;
use postil::model::annotation::{Annotation, AnnotationId, Stamp, Timestamp};
use postil::model::article::Article;
use postil::model::colour_names::ColourNames;
use postil::model::exchange::{Arrivals, Export, Format, Wording, file, reading};
use postil::model::findings::Findings;
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::placements::Placements;

/// The text that the notes are taken to be on.
const TEXT: &str = "Tide\n\nSalt keeps, salt eats. A note – “one” – of many.\n\nTide";

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = file::text_of(bytes) else {
        return;
    };
    let _ = file::is_of_notes(&text);
    let Some(notebook) = notebook_of(&text, &[]) else {
        return;
    };
    let article = Article::verbatim(TEXT);
    let on_it = notebook.iter().map(|note| Annotation {
        article: article.id(),
        ..(**note).clone()
    });
    let on_it = notebook_with(on_it.collect());
    for format in Format::ALL {
        let file = written(format, &article, &on_it);
        let is_native = matches!(format, Format::WebAnnotation | Format::AnnotationList);
        if is_native && !on_it.is_empty() {
            let back = notebook_of(&file, &[article.id()]).expect("it is a file of notes");
            let back = back.iter().map(|note| as_given(note, &on_it, &article));
            assert_eq!(notebook_with(back.collect()), on_it);
        }
    }
});

/// A note that was read back, without what the text has told of it: its article, and where its words
/// are if it did not say so itself.
fn as_given(note: &Annotation, given: &Notebook, article: &Article) -> Annotation {
    let mut note = note.clone();
    note.article = article.id();
    if let Some(given) = given.get(&note.id) {
        let target = &mut note.target;
        target.position = target.position.filter(|_| given.target.position.is_some());
        target.quote = target.quote.take().filter(|_| given.target.quote.is_some());
    }
    note
}

/// The notes of a file; `None` if it is none.
fn notebook_of(file: &str, shelved: &[postil::model::article::ArticleId]) -> Option<Notebook> {
    let mut arrivals: Arrivals = reading::decode(file).ok()?;
    arrivals.shelved = shelved.to_vec();
    arrivals.settle(None);
    Some(notebook_with(arrivals.annotations))
}

fn notebook_with(notes: Vec<Annotation>) -> Notebook {
    let changes = notes.into_iter().map(|note| Change::add(Rc::new(note)));
    let all = Transaction {
        intent: Intent::Import,
        changes: changes.collect(),
    };
    let notebook = Notebook::default().apply(&all);
    notebook.expect("settled notes have different ids")
}

fn written(format: Format, article: &Article, notebook: &Notebook) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    let id = AnnotationId::parse("00000000-0000-4000-8000-000000000000");
    let file = format.encode(&Export {
        article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        stamp: Stamp {
            id: id.expect("an id"),
            at: Timestamp("2025-01-01T00:00:00.000Z".into()),
        },
        template: None,
        wording: &Wording::default(),
        read_note: &|note| markdown::read_note(note, true),
    });
    file.expect("the built-in template can be used")
}
