//! Laws of the JSON formats: what they can hold comes back, and what they cannot is listed.

use postil::model::annotation::{Annotation, Extra};
use postil::model::article::Article;
use postil::model::colour_names::ColourNames;
use postil::model::exchange::{Arrivals, Export, Format, Wording, reading};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::exchange_losses::as_held;
use super::strategies::{annotated, laws, notebook_of, stamp};

/// The formats that are written as JSON and read.
const FORMATS: [Format; 4] = [
    Format::WebAnnotation,
    Format::AnnotationList,
    Format::Hypothesis,
    Format::Readium,
];

/// Exports a notebook's notes as notes on an article.
pub fn exported(format: Format, article: &Article, notebook: &Notebook) -> String {
    let on_it = notebook.iter().map(|note| Annotation {
        article: article.id(),
        ..(**note).clone()
    });
    let notebook = notebook_of(on_it);
    let placements = Placements::of(article, &notebook, &Findings::default());
    let file = format.encode(&Export {
        article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        stamp: stamp(0),
        template: None,
        wording: &Wording::default(),
        read_note: &Article::verbatim,
    });
    file.expect("there is no template that could be wrong")
}

/// Reads a file of notes.
pub fn read(file: &str) -> Arrivals {
    reading::decode(file).expect("the file holds notes")
}

/// The notebook that a file makes.
pub fn imported(file: &str) -> Notebook {
    let mut arrivals = read(file);
    assert_eq!(arrivals.not_understood, [], "{file}");
    arrivals.settle(None);
    notebook_of(arrivals.annotations)
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn what_a_format_holds_is_read_back((article, notebook) in annotated()) {
        prop_assume!(!notebook.is_empty());
        for format in FORMATS {
            let file = exported(format, &article, &notebook);
            let expected = notebook_of(notebook.iter().map(|note| as_held(format, note)));
            prop_assert_eq!(&imported(&file), &expected);
        }
    }

    #[test]
    fn a_second_export_is_the_first((article, notebook) in annotated()) {
        prop_assume!(!notebook.is_empty());
        for format in FORMATS {
            let file = exported(format, &article, &notebook);
            prop_assert_eq!(exported(format, &article, &imported(&file)), file);
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused((article, notebook) in annotated(), edits in proptest::collection::vec(any::<(Index, u8)>(), 1..6)) {
        for format in FORMATS {
            let mut bytes = exported(format, &article, &notebook).into_bytes();
            for (at, byte) in &edits {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = reading::decode(&String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_truncated_file_is_refused_as_a_whole((article, notebook) in annotated(), at: Index) {
        prop_assume!(!notebook.is_empty());
        for format in FORMATS {
            let file = exported(format, &article, &notebook);
            let mut end = at.index(file.len());
            while !file.is_char_boundary(end) {
                end -= 1;
            }
            prop_assert!(reading::decode(&file[..end]).is_err());
        }
    }
}

/// The entries of a file that is an object, under a name.
pub fn entries(file: &str, name: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).expect("an export is JSON");
    file[name].as_array().cloned().expect("entries are a list")
}

#[test]
fn what_other_contexts_say_goes_with_each_note_of_a_list() {
    let (model, other) = (
        "http://www.w3.org/ns/anno.jsonld",
        "https://notes.example/context",
    );
    let on = "https://pages.example/tides";
    for (came, goes) in [
        (json!(model), json!(model)),
        (json!([model]), json!(model)),
        (json!([model, other]), json!([model, other])),
        (json!(other), json!([model, other])),
        (
            json!([other, { "ex": other }]),
            json!([model, other, { "ex": other }]),
        ),
    ] {
        let note = json!([{ "@context": came, "id": "https://notes.example/1",
            "type": "Annotation", "bodyValue": "Is this so?", "target": on }]);
        let notebook = imported(&note.to_string());
        let list = exported(
            Format::AnnotationList,
            &Article::verbatim("Tides"),
            &notebook,
        );
        let read: Value = serde_json::from_str(&list).expect("it is JSON");
        assert_eq!(read[0]["@context"], goes);
        assert_eq!(extras(&imported(&list)), extras(&notebook));
    }
}

fn extras(notebook: &Notebook) -> Vec<Extra> {
    notebook.iter().map(|note| note.extra.clone()).collect()
}
