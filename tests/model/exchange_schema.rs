//! The law that every export keeps the MUSTs of the Web Annotation Data Model, by a schema of them,
//! and the proof that the schema refuses what breaks one.

mod broken;

use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use postil::model::anchoring::locate;
use postil::model::annotation::{Annotation, Colour};
use postil::model::article::Article;
use postil::model::colour_names::ColourNames;
use postil::model::exchange::w3c::{encode, encode_stored};
use postil::model::exchange::{Export, Format, Wording};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::exchange_hypothesis;
use super::exchange_json::{exported, imported};
use super::strategies::{annotated, laws, notebook_of, of_paragraphs, stamp};

const SCHEMA: &str = include_str!("../schemas/web-annotation.json");
/// Where the schema says it is; nothing is fetched.
const PLACE: &str = "https://schemas.example/web-annotation.json";

/// The clauses that a document is held to.
pub struct Musts {
    schemas: Schemas,
    whole: SchemaIndex,
}

/// All clauses.
pub static MUSTS: LazyLock<Musts> = LazyLock::new(|| Musts::of(whole_schema()));

fn whole_schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

impl Musts {
    fn of(schema: Value) -> Self {
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        let mut schemas = Schemas::new();
        let is_there = compiler.add_resource(PLACE, schema).is_ok();
        assert!(is_there, "the place is an address");
        let whole = compiler.compile(PLACE, &mut schemas);
        let whole = whole.expect("the schema is a schema");
        Self { schemas, whole }
    }

    /// Says which clauses a document breaks; `None` if it keeps them all.
    pub fn breach(&self, document: &Value) -> Option<String> {
        let kept = self.schemas.validate(document, self.whole);
        kept.err().map(|broken| format!("{broken:#}"))
    }

    /// Checks a file.
    pub fn hold(&self, file: &str) {
        let document = serde_json::from_str(file).expect("an export is JSON");
        let breach = self.breach(&document);
        assert_eq!(breach, None, "{document:#}");
    }
}

/// Names for some colours, which go into an export as classes and labels.
fn colour_names() -> ColourNames {
    let mut names = ColourNames::default();
    names.set(Colour::Yellow, "Thesis");
    names.set(Colour::Blue, "字典");
    names
}

/// Both files that hold a notebook's notes: as notes on an article, and as notes on any.
fn files(article: &Article, notebook: &Notebook) -> [String; 2] {
    let on_it = notebook.iter().map(|note| Annotation {
        article: article.id(),
        ..(**note).clone()
    });
    let notebook = &notebook_of(on_it);
    let mut findings = Findings::of(article.digest());
    let notes = notebook.iter().cloned();
    let found = notes.map(|note| (note.clone(), locate(article, note.sought())));
    findings.add(found.collect());
    let placements = Placements::of(article, notebook, &findings);
    let colour_names = colour_names();
    let of_article = encode(&Export {
        article,
        placements: &placements,
        colour_names: &colour_names,
        template: None,
        wording: &Wording::default(),
        read_note: &Article::verbatim,
        stamp: stamp(0),
    });
    let stored: Vec<Annotation> = notebook.iter().map(|note| (**note).clone()).collect();
    [of_article, encode_stored(&stored, &colour_names, &stamp(1))]
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn every_export_keeps_the_musts((article, notebook) in annotated()) {
        for file in files(&article, &notebook) {
            MUSTS.hold(&file);
        }
        let list = exported(Format::AnnotationList, &article, &notebook);
        let list: Vec<Value> = serde_json::from_str(&list).expect("it is a JSON array");
        prop_assert_eq!(list.len(), notebook.iter().count());
        for annotation in list {
            prop_assert_eq!(MUSTS.breach(&annotation), None, "{:#}", annotation);
        }
    }

    #[test]
    fn so_do_notes_that_came_in_another_format((article, notebook) in annotated()) {
        prop_assume!(!notebook.is_empty());
        let formats = [Format::Hypothesis, Format::Readium, Format::Csv, Format::Readwise];
        for format in formats {
            let notebook = imported_from(format, &article, &notebook);
            for file in files(&article, &notebook) {
                MUSTS.hold(&file);
            }
        }
    }
}

/// The notes of a file in another format that are understood.
fn imported_from(format: Format, article: &Article, notebook: &Notebook) -> Notebook {
    let mut arrivals = super::exchange_json::read(&exported(format, article, notebook));
    arrivals.settle(Some(article));
    notebook_of(arrivals.annotations)
}

#[test]
fn what_hypothesis_says_in_its_own_way_is_written_in_that_of_the_model() {
    let dates = json!({ "created": "2024-05-06T09:08:09.123456+02:00",
        "updated": "2024-05-06T07:08:10.123456+00:00" });
    let came = exchange_hypothesis::annotation("AbC-_1", &dates);
    let notebook = imported(&exchange_hypothesis::file(&[came]));
    let article = of_paragraphs(&["Of the tides at night"]);
    for file in files(&article, &notebook) {
        MUSTS.hold(&file);
        let read: Value = serde_json::from_str(&file).expect("an export is JSON");
        let item = &read["first"]["items"][0];
        assert_eq!(item["created"], "2024-05-06T07:08:09.123Z");
        // Nothing of it is lost where only the name of the zone differs.
        assert_eq!(item["modified"], "2024-05-06T07:08:10.123456Z");
        // Its ranges lack what the model's have, and come back as they were.
        assert!(
            file.contains("\"urn:postil:RangeSelector\"") && !file.contains("\"RangeSelector\"")
        );
        let extras = |notebook: &Notebook| {
            let extras = notebook.iter().map(|note| note.extra.clone());
            extras.collect::<Vec<_>>()
        };
        assert_eq!(extras(&imported(&file)), extras(&notebook));
    }
}

#[test]
fn a_collection_without_notes_has_no_page() {
    let article = of_paragraphs(&["Of the tides at night"]);
    for file in files(&article, &Notebook::default()) {
        MUSTS.hold(&file);
        let file: Value = serde_json::from_str(&file).expect("an export is JSON");
        assert_eq!((&file["total"], file.get("first")), (&json!(0), None));
    }
}
