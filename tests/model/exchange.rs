//! Laws of exchange: exports can be read back, imports lose nothing, files are not trusted.

use std::rc::Rc;

use postil::model::anchoring::{describe, locate};
use postil::model::annotation::{Annotation, Attachment, Colour, Extra, Stamp, Target};
use postil::model::article::{Article, Source};
use postil::model::colour_names::ColourNames;
use postil::model::commands;
use postil::model::exchange::w3c::{DecodeError, decode, encode};
use postil::model::exchange::{Arrivals, EntryFault, Export, NotUnderstood, Report, Wording};
use postil::model::findings::Findings;
use postil::model::notebook::{Notebook, Transaction};
use postil::model::placements::Placements;
use postil::model::session::Session;
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use super::strategies::{annotated, laws, notebook_of, of_paragraphs, stamp};

/// Exports a notebook's notes on an article.
fn exported(article: &Article, notebook: &Notebook) -> String {
    exported_with(article, notebook, &Findings::default())
}

/// The same, where some of them were looked for.
fn exported_with(article: &Article, notebook: &Notebook, findings: &Findings) -> String {
    exported_under(article, notebook, findings, &ColourNames::default())
}

/// The same, by a reader who has given colours names.
fn exported_under(
    article: &Article,
    notebook: &Notebook,
    findings: &Findings,
    colour_names: &ColourNames,
) -> String {
    let placements = Placements::of(article, notebook, findings);
    encode(&Export {
        article,
        placements: &placements,
        colour_names,
        template: None,
        wording: &Wording::default(),
        read_note: &Article::verbatim,
        stamp: stamp(0),
    })
}

/// Imports a file into a notebook.
fn imported(file: &str, article: &Article, notebook: &Notebook) -> (Transaction, Report) {
    let mut arrivals = decode(file).expect("the file holds annotations");
    arrivals.settle(Some(article));
    arrivals.into_transaction(Some(article), notebook)
}

/// The notebook without what an export omits: how often a quote occurs in its text.
fn as_exported(notebook: &Notebook) -> Notebook {
    let bare = |target: &Target| Target {
        standing: None,
        ..target.clone()
    };
    let notes = notebook.iter().map(|note| Annotation {
        target: bare(&note.target),
        more: note.more.iter().map(bare).collect(),
        attached: match &note.attached {
            Some(Attachment::At(place)) => Some(Attachment::At(bare(place))),
            other => other.clone(),
        },
        ..(**note).clone()
    });
    super::strategies::notebook_of(notes)
}

fn after(notebook: &Notebook, transaction: &Transaction) -> Notebook {
    notebook
        .apply(transaction)
        .expect("an import fits the notebook it was made for")
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn what_is_exported_is_read_back((article, notebook) in annotated()) {
        prop_assume!(!notebook.is_empty());
        let empty = Notebook::default();
        let (transaction, report) = imported(&exported(&article, &notebook), &article, &empty);
        prop_assert_eq!(after(&empty, &transaction), as_exported(&notebook));
        prop_assert_eq!((report.added, report.not_understood), (notebook.len(), 0));
    }

    #[test]
    fn the_same_file_again_adds_nothing((article, notebook) in annotated()) {
        prop_assume!(!notebook.is_empty());
        let (transaction, report) = imported(&exported(&article, &notebook), &article, &notebook);
        prop_assert!(transaction.changes.is_empty());
        prop_assert_eq!((report.added, report.updated, report.already), (0, 0, notebook.len()));
    }

    #[test]
    fn an_import_is_taken_back_as_one((article, notebook) in annotated(), kept: Index) {
        prop_assume!(!notebook.is_empty());
        let some = notebook.iter().take(kept.index(notebook.len())).map(|note| Annotation {
            note: format!("an older {}", note.note),
            created: None,
            modified: None,
            ..(**note).clone()
        });
        let before = super::strategies::notebook_of(some);
        let (transaction, _) = imported(&exported(&article, &notebook), &article, &before);
        let imported = after(&before, &transaction);
        prop_assert!(imported.len() >= notebook.len());
        prop_assert_eq!(after(&imported, &transaction.invert()), before);
    }

    #[test]
    fn an_export_keeps_the_musts_of_the_model((article, notebook) in annotated()) {
        let file = serde_json::from_str(&exported(&article, &notebook)).expect("an export is JSON");
        let mut breaches = Breaches::default();
        breaches.of_collection(&file, notebook.len());
        for annotation in items(&file) {
            breaches.of_positions(annotation, &article);
        }
        prop_assert!(breaches.0.is_empty(), "{:#?}", breaches.0);
    }
}

fn items(file: &Value) -> &[Value] {
    file["first"]["items"].as_array().map_or(&[], Vec::as_slice)
}

/// The targets as a slice, whether the field holds one or many.
fn targets(annotation: &Value) -> &[Value] {
    match &annotation["target"] {
        Value::Array(targets) => targets,
        Value::Null => &[],
        target => std::slice::from_ref(target),
    }
}

/// Clauses of <https://www.w3.org/TR/annotation-model/> that a file violates.
#[derive(Debug, Default)]
struct Breaches(Vec<String>);

impl Breaches {
    fn must(&mut self, kept: bool, clause: &str) {
        if !kept {
            self.0.push(clause.to_owned());
        }
    }

    fn of_collection(&mut self, file: &Value, total: usize) {
        self.must(
            file["@context"] == "http://www.w3.org/ns/anno.jsonld",
            "§3.1: the context",
        );
        self.must(is_iri(&file["id"]), "§5.1: a collection has one IRI");
        self.must(
            file["type"] == "AnnotationCollection",
            "§5.1: the class of a collection",
        );
        self.must(
            file["label"].is_string(),
            "§5.1: a collection should have a label",
        );
        self.must(
            file["total"] == json!(total),
            "§5.1: the number of annotations",
        );
        let page = &file["first"];
        if total == 0 {
            return self.must(page.is_null(), "§5.2: a page has one annotation or more");
        }
        self.must(page.is_object(), "§5.1: a collection has a first page");
        self.must(is_iri(&page["id"]), "§5.2: a page has one IRI");
        self.must(
            page["type"] == "AnnotationPage",
            "§5.2: the class of a page",
        );
        self.must(
            page["startIndex"] == json!(0),
            "§5.2: the index of its first annotation",
        );
        self.must(page["items"].is_array(), "§5.2: a page has its annotations");
        self.must(
            items(file).len() == total,
            "§5.1: the total is that of the pages",
        );
        for annotation in items(file) {
            self.of_annotation(annotation);
        }
    }

    fn of_annotation(&mut self, annotation: &Value) {
        self.must(
            is_iri(&annotation["id"]),
            "§3.1: an annotation has exactly one IRI",
        );
        self.must(
            annotation["type"] == "Annotation",
            "§3.1: the class of an annotation",
        );
        self.must(!targets(annotation).is_empty(), "§3.1: there is a target");
        for target in targets(annotation) {
            self.of_target(target);
        }
        let date = |name: &str| annotation.get(name).is_none_or(is_date);
        self.must(
            date("created") && date("modified"),
            "§3.3.1: dates are xsd:dateTime with a zone",
        );
        let motivations = ["commenting", "tagging", "highlighting"];
        self.must(
            motivations
                .iter()
                .any(|name| annotation["motivation"] == *name),
            "§3.3.5: a motivation",
        );
        for body in annotation["body"].as_array().expect("bodies are a list") {
            self.must(
                body["type"] == "TextualBody",
                "§3.2.4: the class of a textual body",
            );
            self.must(
                body["value"].is_string(),
                "§3.2.4: a textual body has one value",
            );
            self.must(
                motivations.iter().any(|name| body["purpose"] == *name),
                "§3.3.5: a purpose",
            );
        }
    }

    fn of_target(&mut self, target: &Value) {
        self.must(
            target["type"] == "SpecificResource",
            "§4: the class of a specific resource",
        );
        self.must(is_iri(&target["source"]), "§4: exactly one source");
        for selector in target["selector"].as_array().unwrap_or(&Vec::new()) {
            self.of_selector(selector);
        }
        if let Some(state) = target.get("state") {
            self.must(state["type"] == "TimeState", "§4.3.1: the class of a state");
            let said = state.get("sourceDate").is_some_and(is_date) || is_iri(&state["cached"]);
            self.must(said, "§4.3.1: a state has a date or a copy");
        }
    }

    fn of_selector(&mut self, selector: &Value) {
        match selector["type"].as_str() {
            Some("TextQuoteSelector") => {
                let exact = selector["exact"].as_str();
                self.must(
                    exact.is_some_and(|exact| !exact.is_empty()),
                    "§4.2.4: exactly one exact",
                );
                let context = selector["prefix"].is_string() && selector["suffix"].is_string();
                self.must(context, "§4.2.4: a prefix and a suffix");
            }
            Some("TextPositionSelector") => {
                let (start, end) = (selector["start"].as_u64(), selector["end"].as_u64());
                let ordered = start.is_some() && start <= end;
                self.must(
                    ordered,
                    "§4.2.5: exactly one start and one end, not negative",
                );
            }
            _ => self.must(false, "§4.2: a selector of a known class"),
        }
    }

    /// §4.2.5: positions count code points of the text, the end is exclusive.
    fn of_positions(&mut self, annotation: &Value, article: &Article) {
        let digest = article.digest().iri();
        for target in targets(annotation) {
            self.of_position(target, article, &digest);
        }
    }

    fn of_position(&mut self, target: &Value, article: &Article, digest: &str) {
        let selectors = target["selector"].as_array().map_or(&[][..], Vec::as_slice);
        let of = |class: &str| selectors.iter().find(|selector| selector["type"] == class);
        let (Some(quote), Some(position)) = (of("TextQuoteSelector"), of("TextPositionSelector"))
        else {
            return self.must(selectors.is_empty(), "both selectors, or none");
        };
        if target["state"]["cached"] != json!(digest) {
            return;
        }
        let number = |name: &str| position[name].as_u64().unwrap_or_default() as usize;
        let (start, end) = (number("start"), number("end"));
        let words: String = article
            .text()
            .chars()
            .skip(start)
            .take(end - start)
            .collect();
        self.must(
            quote["exact"] == json!(words),
            "§4.2.5: positions in code points",
        );
        let before: String = article.text().chars().take(start).collect();
        let prefix = quote["prefix"].as_str().unwrap_or_default();
        self.must(before.ends_with(prefix), "§4.2.4: the prefix stands before");
    }
}

fn is_iri(value: &Value) -> bool {
    let scheme = |iri: &str| {
        iri.split_once(':')
            .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty())
    };
    value
        .as_str()
        .is_some_and(|iri| scheme(iri) && !iri.contains(char::is_whitespace))
}

fn is_date(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|date| date.contains('T') && date.ends_with('Z'))
}

#[test]
fn positions_count_code_points_after_astral_characters() {
    let article = of_paragraphs(&["😀👨‍👩‍👧 𝔘 then the words"]);
    let start = article
        .text()
        .find("the words")
        .expect("the words are there");
    let range = postil::model::text::TextRange::from_usize(start, article.text().len());
    let target = postil::model::anchoring::describe(&article, range);
    let note = foreign_note(&json!({ "id": "urn:x:1", "target": article.iri() }));
    let file = exported(
        &article,
        &super::strategies::notebook_of([Annotation { target, ..note }]),
    );
    let file: Value = serde_json::from_str(&file).expect("an export is JSON");
    let position = &items(&file)[0]["target"]["selector"][1];
    assert_eq!(
        (&position["start"], &position["end"]),
        (&json!(14), &json!(23))
    );
}

/// What the worker finds of every note in an article, as it comes to an export.
fn found_in(article: &Article, notebook: &Notebook) -> Findings {
    let notes = notebook.iter().cloned();
    let mut findings = Findings::of(article.digest());
    let found = notes.map(|note| (note.clone(), locate(article, note.sought())));
    findings.add(found.collect());
    let (ids, numbers) = findings.to_numbers(notebook);
    Findings::from_numbers(article.digest(), &ids, &numbers, article.text())
}

#[test]
fn notes_are_exported_where_they_are_now() {
    let ferry = "The ferry to the far island leaves at six in the evening.";
    let harbour = "In the old harbour three lanterns burn all night long.";
    let old = of_paragraphs(&[ferry, harbour, "The market opens on Fridays."]);
    let new = of_paragraphs(&["A new beginning.", harbour, ferry]).as_version_of(&old.iri());
    let note = |words: &str| {
        let start = old.text().find(words).expect("the words are there");
        let range = postil::model::text::TextRange::from_usize(start, start + words.len());
        let bare = foreign_note(&json!({ "id": format!("urn:x:{start}"), "target": old.iri() }));
        let target = describe(&old, range);
        let article = old.id();
        Annotation {
            target,
            article,
            ..bare
        }
    };
    let (first, second, gone) = (
        note("far island leaves"),
        note("three lanterns burn"),
        note("opens on Fridays"),
    );
    let notebook = notebook_of([first.clone(), second.clone(), gone.clone()]);
    let findings = found_in(&new, &notebook);
    let file = exported_with(&new, &notebook, &findings);
    let read: Value = serde_json::from_str(&file).expect("an export is JSON");
    let mut breaches = Breaches::default();
    breaches.of_collection(&read, notebook.len());
    let quotes = items(&read).iter().map(|item| {
        breaches.of_positions(item, &new);
        let quote = &targets(item)[0]["selector"][0]["exact"];
        quote.as_str().unwrap_or_default()
    });
    // In the order of their passages in this text; the one that is gone comes last.
    let order: Vec<&str> = quotes.collect();
    assert_eq!(
        order,
        [
            "three lanterns burn",
            "far island leaves",
            "opens on Fridays"
        ]
    );
    assert!(breaches.0.is_empty(), "{:#?}", breaches.0);
    for (item, note) in items(&read).iter().zip([&second, &first, &gone]) {
        let [original, now @ ..] = targets(item) else {
            panic!("there is a target")
        };
        assert_eq!(original["state"]["cached"], json!(old.digest().iri()));
        let position = note.target.position.expect("it has a position");
        assert_eq!(original["selector"][1]["start"], json!(position.start()));
        let is_gone = note.id == gone.id;
        assert_eq!(now.len(), usize::from(!is_gone));
        for now in now {
            assert_eq!(now["state"]["cached"], json!(new.digest().iri()));
            assert_eq!(
                now["selector"][0]["exact"],
                original["selector"][0]["exact"]
            );
            assert_eq!(now["urn:postil:found"], json!(true));
        }
    }
    // Where they were found is no decision of the reader's: it is not read back.
    let (transaction, report) = imported(&file, &new, &notebook);
    assert_eq!((transaction.changes.len(), report.already), (0, 3));
    let empty = Notebook::default();
    let (transaction, _) = imported(&file, &new, &empty);
    assert_eq!(after(&empty, &transaction), as_exported(&notebook));
}

#[test]
fn a_target_that_says_less_is_completed_by_what_was_found() {
    let article = of_paragraphs(&["The ferry leaves at six."]);
    let quote = json!({ "type": "TextQuoteSelector", "exact": "leaves", "prefix": "ferry ", "suffix": " at" });
    let target = json!({ "source": article.iri(), "selector": quote });
    let note = Annotation {
        article: article.id(),
        ..foreign_note(&json!({ "id": "urn:x:1", "target": target }))
    };
    let notebook = notebook_of([note]);
    let file = exported_with(&article, &notebook, &found_in(&article, &notebook));
    let file: Value = serde_json::from_str(&file).expect("an export is JSON");
    let [only] = targets(&items(&file)[0]) else {
        panic!("it is one passage")
    };
    assert_eq!(only["selector"][1]["start"], json!(10));
}

/// The one annotation of a file.
fn foreign_note(annotation: &Value) -> Annotation {
    let arrivals = decode(&annotation.to_string()).expect("the file holds an annotation");
    assert_eq!(arrivals.not_understood, []);
    let [note] = <[Annotation; 1]>::try_from(arrivals.annotations).expect("there is one");
    note
}

/// The text that the extra examples annotate.
fn foreign_article() -> Article {
    of_paragraphs(&["Some words, and the quoted words, and others after them."])
}

/// An extra annotation after an import and an export.
fn passed_through(annotation: &Value) -> Value {
    let article = foreign_article();
    let empty = Notebook::default();
    let (transaction, report) = imported(&annotation.to_string(), &article, &empty);
    assert_eq!(
        (report.added, report.not_understood),
        (1, 0),
        "{annotation}"
    );
    let file = exported(&article, &after(&empty, &transaction));
    let file: Value = serde_json::from_str(&file).expect("an export is JSON");
    items(&file)[0].clone()
}

/// Every scalar within a value, with the name of its field.
fn scalars<'a>(name: &'a str, value: &'a Value, found: &mut Vec<(&'a str, String)>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, value)| scalars(name, value, found)),
        Value::Array(values) => values.iter().for_each(|value| scalars(name, value, found)),
        Value::String(words) => found.push((name, words.trim_start_matches("oa:").to_owned())),
        other => found.push((name, other.to_string())),
    }
}

/// Names that the model knows; their values may move to another field of the same meaning.
const KNOWN: [&str; 12] = [
    "@context",
    "@id",
    "@type",
    "body",
    "bodyValue",
    "exact",
    "id",
    "motivation",
    "purpose",
    "source",
    "target",
    "type",
];

fn keeps_everything(annotation: &Value) {
    let out = passed_through(annotation);
    let lost = lost(annotation, &out);
    assert_eq!(lost, [""; 0], "of {annotation:#} in {out:#}");
}

/// Names the scalars of an annotation that are not in what is written of it.
pub fn lost(annotation: &Value, written: &Value) -> Vec<String> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    scalars("", annotation, &mut before);
    scalars("", written, &mut after);
    let is_lost = |(name, value): &(&str, String)| {
        let is_kept = after
            .iter()
            .any(|(other, words)| words.contains(value) && (other == name || KNOWN.contains(name)));
        let is_ours = *name == "@context" && value == "http://www.w3.org/ns/anno.jsonld";
        !is_kept && !is_ours
    };
    let lost = before.into_iter().filter(is_lost);
    lost.map(|(name, value)| format!("{name}: {value}"))
        .collect()
}

/// Annotations as other programs write them.
fn extra() -> Vec<Value> {
    let on = "https://example.org/a";
    let quote = json!({ "type": "TextQuoteSelector", "exact": "the quoted words" });
    vec![
        json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/anno1",
            "type": "Annotation", "body": "http://example.org/post1", "target": on }),
        json!({ "id": "http://example.org/anno2", "type": "Annotation", "bodyValue": "Comment text", "target": on }),
        json!({ "id": "http://example.org/anno3", "type": "Annotation",
            "bodyValue": "see https://example.org/more for it", "target": on }),
        json!({ "id": "http://example.org/anno4", "type": "Annotation", "body": "see https://example.org/ too",
            "target": on }),
        json!({ "id": "http://example.org/anno5", "type": "Annotation", "motivation": "oa:commenting",
            "creator": { "id": "http://example.org/user1", "type": "Person", "name": "A. Person", "nickname": "ap" },
            "generator": { "id": "http://example.org/client1", "type": "Software", "homepage": "http://example.org/c" },
            "created": "2015-10-13T13:00:00Z", "generated": "2015-10-14T15:13:28Z", "rights": "http://example.org/l",
            "canonical": "urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df", "via": "http://other.example.org/anno1",
            "body": { "type": "TextualBody", "value": "<p>I like it</p>", "format": "text/html", "language": "en",
                "creator": { "name": "Another" } },
            "target": { "source": on, "selector": quote, "styleClass": "red", "renderedVia": { "id": "http://x.y/" },
                "scope": "http://example.org/scope" } }),
        json!({ "id": "http://example.org/anno6", "type": "Annotation",
            "body": [
                { "type": "TextualBody", "purpose": "tagging", "value": "love", "created": "2016-01-01T00:00:00Z" },
                { "type": "TextualBody", "purpose": "tagging", "value": "love", "creator": "urn:x:second" },
                { "type": "TextualBody", "purpose": ["tagging", "ex:mine"], "value": "both" },
                { "type": "TextualBody", "purpose": "tagging", "value": "with, comma" },
                { "type": "TextualBody", "purpose": "describing", "value": "first words" },
                { "type": "TextualBody", "purpose": "replying", "value": "second words", "inReplyTo": "urn:x:y" },
                { "type": "TextualBody", "purpose": "highlighting", "value": "#ff0000" },
                { "type": "TextualBody", "purpose": "classifying", "value": "red" },
                { "type": "Video", "id": "http://example.org/video1", "format": "video/mp4" },
                { "type": "Choice", "items": [{ "type": "TextualBody", "value": "one" }, "http://example.org/two"] },
                { "type": "SpecificResource", "source": "http://example.org/cat", "purpose": "identifying" },
                "http://example.org/an-address"
            ],
            "target": [{ "source": on, "selector": [quote] }, "http://example.org/second",
                { "source": "http://example.org/third", "state": { "type": "HttpRequestState", "value": "Accept: x" } }] }),
        json!({ "id": "http://example.org/anno7", "type": "Annotation",
            "target": { "source": on, "selector": { "type": "FragmentSelector", "value": "para5",
                "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
                "refinedBy": { "type": "CssSelector", "value": "p > em", "refinedBy": {
                    "type": "TextQuoteSelector", "exact": "the quoted words", "prefix": "and ", "ex:weight": 3 } } } } }),
        json!({ "id": "http://example.org/anno8", "type": "Annotation",
            "target": { "source": { "id": on, "type": "Text", "format": "text/html" }, "selector": [
                { "type": "RangeSelector", "startSelector": { "type": "XPathSelector", "value": "//td[1]" },
                    "endSelector": { "type": "XPathSelector", "value": "//td[2]" } },
                { "type": "TextPositionSelector", "start": 412, "end": 795, "ex:unit": "utf-16" },
                { "type": "TextPositionSelector", "start": -1, "end": 7.5 },
                { "type": ["TextQuoteSelector", "ex:Special"], "exact": "the quoted words", "prefix": { "en": "odd" } },
                { "type": "TextQuoteSelector", "exact": "another quote", "suffix": "!" },
                { "type": "SvgSelector", "value": "<svg:svg> ... </svg:svg>" },
                "http://example.org/selector1"
            ] } }),
        json!({ "id": "http://example.org/anno9", "type": "Annotation", "created": "2015-07-20T13:30:00Z",
            "target": { "source": on, "state": { "type": "TimeState", "sourceDate": "2015-07-20T13:30:00Z" } } }),
        json!({ "id": "http://example.org/anno10", "type": "Annotation", "created": "2015-07-20T13:30:00Z",
            "target": { "source": on, "state": [{ "type": "TimeState", "sourceDate": ["2015-07-20T13:30:00Z"],
                "cached": "http://archive.example.org/1", "refinedBy": { "type": "HttpRequestState" } }] } }),
        json!({ "id": "http://example.org/anno11", "type": "Annotation", "created": "2015-07-20T13:30:00Z",
            "target": { "source": on, "state": { "type": "TimeState", "sourceDateStart": "2015-07-20T13:30:00Z",
                "sourceDateEnd": "2015-07-21T19:30:00Z", "cached": "http://archive.example.org/2" } } }),
        json!({ "@id": "http://example.org/anno12", "@type": "oa:Annotation", "motivation": "oa:highlighting",
            "target": { "source": on, "selector": { "@type": "oa:TextQuoteSelector", "exact": "the quoted words" } } }),
        json!({ "id": "two words", "type": ["Annotation", "ex:Mine"], "motivation": ["bookmarking", "ex:why"], "target": on }),
        json!({ "id": 12, "type": "Annotation", "created": 1700000000, "modified": { "@value": "yesterday" }, "target": on }),
        json!({ "type": "Annotation", "body": [], "target": [on] }),
        json!({ "type": "Annotation", "target": { "id": on, "type": "Text", "format": "text/plain", "language": "en" } }),
        json!({ "@context": ["http://www.w3.org/ns/anno.jsonld", { "ex": "http://example.org/ns#" }],
            "id": "urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df", "type": "Annotation", "ex:rating": 5, "ex:deep": [[null, true]],
            "audience": { "id": "http://example.org/edu", "type": "schema:EducationalAudience" }, "target": on }),
        json!({ "id": "http://example.org/anno14", "type": "Annotation",
            "body": { "type": "TextualBody", "value": "first words", "format": "text/plain", "color": "#f19837",
                "tags": ["love", "with, comma"], "language": "en" }, "target": on }),
        json!({ "id": "http://example.org/anno15", "type": "Annotation",
            "body": { "type": "TextualBody", "color": "pink", "tag": "both" }, "target": on }),
        json!({ "id": "http://example.org/anno16", "type": "Annotation",
            "body": [{ "type": "TextualBody", "purpose": "highlighting", "value": "#2ea8e5" },
                { "type": "TextualBody", "purpose": "commenting", "value": "first words", "color": "#2ea8e5" }],
            "target": on }),
        json!({ "id": "http://example.org/anno13", "type": "Annotation", "body": null, "stylesheet": { "type": "CssStylesheet",
            "value": ".red { color: red }" }, "target": { "source": on, "ex:empty": null } }),
    ]
}

#[test]
fn what_others_say_besides_is_kept_and_written_back() {
    for annotation in extra() {
        keeps_everything(&annotation);
    }
}

#[test]
fn what_others_wrote_and_went_out_comes_back_as_the_same() {
    let article = foreign_article();
    let empty = Notebook::default();
    for annotation in extra() {
        let (transaction, _) = imported(&annotation.to_string(), &article, &empty);
        let notebook = after(&empty, &transaction);
        let file = exported(&article, &notebook);
        let (again, report) = imported(&file, &article, &notebook);
        assert_eq!(again.changes, [], "{annotation:#} is another one in {file}");
        assert_eq!(report.already, 1);
        let (anew, _) = imported(&file, &article, &empty);
        assert_eq!(exported(&article, &after(&empty, &anew)), file);
    }
}

#[test]
fn bodies_become_a_note_tags_and_a_colour() {
    let note = foreign_note(&extra()[5]);
    assert_eq!(note.note, "first words");
    assert_eq!(note.tags, ["love", "both", "with, comma"]);
    assert_eq!(note.colour, Colour::Red);
}

#[test]
fn words_with_an_address_in_them_are_words() {
    assert_eq!(
        foreign_note(&extra()[2]).note,
        "see https://example.org/more for it"
    );
    assert_eq!(
        foreign_note(&extra()[3]).note,
        "see https://example.org/ too"
    );
    assert_eq!(foreign_note(&extra()[0]).note, "");
    let bare = json!({ "target": "urn:x:y", "bodyValue": "https://example.org/only" });
    assert_eq!(foreign_note(&bare).note, "https://example.org/only");
}

#[test]
fn a_quote_is_found_however_deep_it_stands() {
    for index in [4, 5, 6, 7, 11] {
        let note = foreign_note(&extra()[index]);
        assert_eq!(note.quoted(), Some("the quoted words"), "example {index}");
    }
}

#[test]
fn ids_are_kept_or_made_of_what_is_said() {
    let note = foreign_note(&extra()[16]);
    assert_eq!(note.id.as_str(), "dbfb1861-0ecf-41ad-be94-a584e5c4f1df");
    assert_eq!(
        foreign_note(&extra()[0]).id.as_str(),
        "http://example.org/anno1"
    );
    let nameless = &extra()[14];
    assert_eq!(foreign_note(nameless).id, foreign_note(nameless).id);
    assert_ne!(foreign_note(nameless).id, foreign_note(&extra()[15]).id);
}

#[test]
fn half_a_surrogate_pair_becomes_the_replacement_character() {
    let file = r#"{"type":"Annotation","id":"urn:x:1","target":"urn:x:y",
        "bodyValue":"a \ud800 b \udc00\ud83d\ude00 \\ud800 \ud83dx"}"#;
    let arrivals = decode(file).expect("half pairs are mended");
    assert_eq!(
        arrivals.annotations[0].note,
        "a \u{fffd} b \u{fffd}😀 \\ud800 \u{fffd}x"
    );
}

#[test]
fn collections_pages_graphs_and_lists_are_read() {
    let one = json!({ "id": "urn:x:1", "type": "Annotation", "target": "urn:x:y" });
    let two = json!({ "id": "urn:x:2", "target": "urn:x:y" });
    let page = json!({ "type": "AnnotationPage", "items": [one, two] });
    for file in [
        json!([one, two]),
        page.clone(),
        json!({ "type": "AnnotationCollection", "first": page }),
        json!({ "@context": {}, "@graph": [one, two] }),
        json!([[one], [[two]]]),
    ] {
        let arrivals = decode(&format!("\u{feff}{file}")).expect("the file holds annotations");
        assert_eq!(arrivals.annotations.len(), 2, "{file}");
    }
}

#[test]
fn a_file_without_annotations_says_which_way() {
    for file in ["", "{", "nothing", "{\"a\":1}x", "\u{0}", "[1,]"] {
        assert!(
            matches!(decode(file), Err(DecodeError::NotJson(_))),
            "{file:?}"
        );
    }
    let empty = [
        "{}",
        "[]",
        "null",
        "5",
        "\"words\"",
        "[1, \"two\", null]",
        "{\"first\":\"urn:x:page\"}",
        "[[], {}]",
    ];
    for file in empty {
        assert_eq!(decode(file), Err(DecodeError::NoAnnotations), "{file}");
    }
    let large = " ".repeat(50 * 1024 * 1024 + 1);
    assert_eq!(decode(&large), Err(DecodeError::TooLarge));
    let many = format!("[{}1]", "1,".repeat(200_000));
    assert!(matches!(
        decode(&many),
        Err(DecodeError::TooMany | DecodeError::NoAnnotations)
    ));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(decode(&deep), Err(DecodeError::NotJson(_))));
}

#[test]
fn entries_that_are_not_understood_are_counted_and_the_others_read() {
    let file = json!([
        { "type": "Annotation", "id": "urn:x:1" },
        { "type": "Annotation", "id": "urn:x:2", "target": 5 },
        { "type": "Annotation", "id": "urn:x:3", "target": [] },
        "words",
        { "type": "Annotation", "id": "urn:x:4", "target": "urn:x:y" },
    ]);
    let arrivals = decode(&file.to_string()).expect("one is an annotation");
    assert_eq!(
        (arrivals.annotations.len(), arrivals.not_understood.len()),
        (1, 4)
    );
    let (_, report) = arrivals.into_transaction(None, &Notebook::default());
    assert_eq!(
        (report.added, report.not_understood, report.elsewhere),
        (1, 4, 1)
    );
    assert_eq!(
        report.first_reason,
        Some(NotUnderstood {
            entry: 1,
            why: EntryFault::NoTarget
        })
    );
}

#[test]
fn a_newer_wording_replaces_and_an_older_does_not() {
    let article = foreign_article();
    let wording = |note: &str, at: &str| {
        foreign_note(
            &json!({ "id": "urn:x:1", "modified": at, "bodyValue": note, "target": article.iri() }),
        )
    };
    let merged = |present: Annotation, arrival: Annotation| {
        let notebook = super::strategies::notebook_of([present]);
        let arrivals = Arrivals {
            annotations: vec![arrival],
            ..Arrivals::default()
        };
        let (transaction, report) = arrivals.into_transaction(Some(&article), &notebook);
        let mut notes: Vec<String> = after(&notebook, &transaction)
            .iter()
            .map(|note| note.note.clone())
            .collect();
        notes.sort();
        (notes, (report.added, report.updated, report.already))
    };
    let (old, new) = (
        wording("old", "2024-01-01T00:00:00Z"),
        wording("new", "2025-01-01T00:00:00Z"),
    );
    let rival = wording("rival", "2024-01-01T00:00:00Z");
    assert_eq!(
        merged(old.clone(), new.clone()),
        (vec!["new".to_owned()], (0, 1, 0))
    );
    assert_eq!(
        merged(new, old.clone()),
        (vec!["new".to_owned()], (0, 0, 1))
    );
    assert_eq!(
        merged(old, rival),
        (vec!["old".to_owned(), "rival".to_owned()], (1, 0, 0))
    );
}

/// Another program's note on the extra article, with this selector.
fn note_of_others(selector: Value) -> Annotation {
    let on = "https://example.org/a";
    foreign_note(
        &json!({ "id": "urn:x:1", "type": "Annotation", "created": "2020-01-01T00:00:00Z",
        "target": { "source": on, "selector": selector } }),
    )
}

/// The targets of a note in an export, and the note as read back from it.
fn there_and_back(note: Annotation) -> (Vec<Value>, Annotation) {
    let notebook = super::strategies::notebook_of([note]);
    let file = exported(&foreign_article(), &notebook);
    let value: Value = serde_json::from_str(&file).expect("an export is JSON");
    let (transaction, _) = imported(&file, &foreign_article(), &Notebook::default());
    let read = after(&Notebook::default(), &transaction);
    let note = read.iter().next().expect("there is one");
    (targets(&items(&value)[0]).to_vec(), (**note).clone())
}

/// Target for the first occurrence of some words in the extra article.
fn place_of(words: &str) -> Target {
    let article = foreign_article();
    let start = article.text().find(words).expect("the words are there");
    let range = postil::model::text::TextRange::from_usize(start, start + words.len());
    Target {
        standing: None,
        ..describe(&article, range)
    }
}

#[test]
fn a_new_note_on_the_whole_article_comes_back_as_one() {
    let article = foreign_article();
    let session = Session {
        article: Some(article.clone().into()),
        ..Session::default()
    };
    let added = commands::annotate_whole(&session, stamp(1)).expect("an article is open");
    let notebook = after(&Notebook::default(), &added);
    let note = Annotation {
        note: "Thesis: words surround words.".to_owned(),
        ..(**notebook.iter().next().expect("it is there")).clone()
    };
    let (targets, read) = there_and_back(note.clone());
    let [target] = &targets[..] else {
        panic!("{targets:?}")
    };
    assert_eq!(target["source"], json!(article.iri()));
    assert_eq!(target.get("selector"), None);
    assert_eq!((&read.note, &read.article), (&note.note, &note.article));
    assert!(read.quoted().is_none() && read.target.position.is_none());
    assert_eq!(read.id, note.id);
}

#[test]
fn where_the_reader_has_put_a_note_is_a_second_target() {
    let quote =
        json!({ "type": "TextQuoteSelector", "exact": "lost words", "prefix": "", "suffix": "" });
    let note = Annotation {
        attached: Some(Attachment::At(place_of("quoted words"))),
        ..note_of_others(quote)
    };
    let (targets, read) = there_and_back(note.clone());
    assert_eq!(targets.len(), 2);
    assert_eq!(targets[0]["selector"][0]["exact"], json!("lost words"));
    assert_eq!(targets[1]["selector"][0]["exact"], json!("quoted words"));
    assert_eq!(targets[0]["source"], targets[1]["source"]);
    assert_eq!(read.attached, note.attached);
    assert_eq!(read.target, note.target);
    assert!(read.extra.is_empty(), "nothing is kept twice");
}

#[test]
fn a_second_target_that_says_anything_else_stays_as_it_came() {
    let place = postil_target("quoted words");
    let mut others = vec![place.clone(); 4];
    others[0]["source"] = json!("https://example.org/other");
    others[1]["styleClass"] = json!("red");
    others[2]["state"] = json!({ "type": "TimeState", "sourceDate": "2020-01-01T00:00:00Z" });
    others[3]["selector"] = json!([{ "type": "TextPositionSelector", "start": 0, "end": 4 }]);
    for other in others {
        let on = json!({ "source": "https://example.org/a" });
        let annotation =
            json!({ "id": "urn:x:1", "type": "Annotation", "target": [on, other, place] });
        assert_eq!(foreign_note(&annotation).attached, None);
        assert_eq!(
            targets(&passed_through(&annotation))[1..],
            [other, place.clone()]
        );
    }
}

/// The second target of a note as Postil exports it.
fn postil_target(words: &str) -> Value {
    let quote = json!({ "type": "TextQuoteSelector", "exact": "lost words" });
    let note = Annotation {
        attached: Some(Attachment::At(place_of(words))),
        ..note_of_others(quote)
    };
    there_and_back(note).0[1].clone()
}

#[test]
fn a_detached_note_says_from_which_text() {
    let digest = foreign_article().digest().clone();
    let quote = json!({ "type": "TextQuoteSelector", "exact": "lost words" });
    let note = Annotation {
        attached: Some(Attachment::Nowhere(digest)),
        ..note_of_others(quote)
    };
    let (targets, read) = there_and_back(note.clone());
    assert_eq!(targets.len(), 1);
    assert_eq!(read, note);
}

#[test]
fn a_very_long_quote_is_a_range_of_its_ends() {
    let words = "many words 😀 ".repeat(1_000);
    let article = of_paragraphs(&["Before them", words.trim(), "and after."]);
    let range = postil::model::text::TextRange::from_usize(12, 12 + words.trim().len());
    let target = Target {
        standing: None,
        ..describe(&article, range)
    };
    let quote = target.quote.as_ref().expect("a passage has a quote");
    assert!(quote.rest.is_some() && quote.exact.len() < words.len() / 2);
    let note = Annotation {
        target: target.clone(),
        ..note_of_others(json!([]))
    };
    let (targets, read) = there_and_back(note);
    let selector = &targets[0]["selector"][0];
    assert_eq!(selector["type"], json!("RangeSelector"));
    assert_eq!(selector["startSelector"]["exact"], json!(quote.exact));
    // §4.2.8: a range ends where its ending selector begins.
    assert_eq!(selector["endSelector"]["exact"], json!("\nand after."));
    assert_eq!(read.target, target);
}

#[test]
fn notes_of_another_address_are_taken_in_if_their_words_are_there() {
    let quote = |words: &str| json!({ "type": "TextQuoteSelector", "exact": words });
    let note = |words: &str| {
        json!({ "id": format!("urn:x:{words}"), "type": "Annotation",
            "target": { "source": "https://example.org/copy", "selector": quote(words) } })
    };
    let article = foreign_article();
    let elsewhere = |notes: &[Value]| {
        let file = json!(notes).to_string();
        imported(&file, &article, &Notebook::default()).1.elsewhere
    };
    assert_eq!(
        elsewhere(&[note("the quoted words"), note("lost words")]),
        0
    );
    assert_eq!(elsewhere(&[note("lost words"), note("more lost words")]), 2);
}

#[test]
fn tags_and_colours_that_others_write_into_the_words_are_known() {
    let of = |index: usize| {
        let note = foreign_note(&extra()[index]);
        (note.note, note.tags, note.colour)
    };
    let owned = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let first = "first words".to_owned();
    assert_eq!(
        of(17),
        (
            first.clone(),
            owned(&["love", "with, comma"]),
            Colour::Orange
        )
    );
    assert_eq!(of(18), (String::new(), owned(&["both"]), Colour::Magenta));
    assert_eq!(of(19), (first, owned(&[]), Colour::Blue));
}

#[test]
fn what_a_note_has_no_longer_is_not_said_by_a_field_of_others() {
    let mut note = foreign_note(&extra()[17]);
    note.tags = vec!["love".to_owned()];
    note.colour = Colour::Green;
    let file = exported(&foreign_article(), &notebook_of([note.clone()]));
    assert!(
        !file.contains("with, comma") && !file.contains("#f19837"),
        "{file}"
    );
    let read = decode(&file).expect("an export").annotations.remove(0);
    assert_eq!((&read.tags, read.colour), (&note.tags, note.colour));
    assert!(
        file.contains("\"language\": \"en\""),
        "what else it said stays: {file}"
    );
}

#[test]
fn notes_of_the_page_s_own_address_are_its_own_even_if_it_has_changed() {
    let note = |source: &str| {
        json!({ "id": format!("urn:x:{source}"), "type": "Annotation", "target": { "source": source,
            "selector": { "type": "TextQuoteSelector", "exact": "words that were edited away" } } })
    };
    let page = "<link rel=canonical href='https://example.org/a'><h1>A title</h1><p>Other words than then.";
    let input = postil::import::Input {
        bytes: page.as_bytes().to_vec(),
        kind: None,
        charset: None,
        source: Source::File("saved.html".to_owned()),
        title: None,
    };
    let article = postil::import::read(input).expect("a page").article;
    let elsewhere = |source: &str| {
        let file = json!([note(source)]).to_string();
        imported(&file, &article, &Notebook::default()).1.elsewhere
    };
    assert_eq!(elsewhere("https://example.org/a"), 0);
    assert_eq!(
        elsewhere("http://www.example.org/a/?utm_source=x#:~:text=y"),
        0
    );
    assert_eq!(elsewhere("https://example.org/b"), 1);
}

/// JSON that resembles annotations.
fn near_json() -> BoxedStrategy<Value> {
    let names = [
        "type",
        "@type",
        "id",
        "@id",
        "target",
        "body",
        "bodyValue",
        "value",
        "purpose",
        "motivation",
        "source",
        "selector",
        "refinedBy",
        "exact",
        "prefix",
        "suffix",
        "start",
        "end",
        "state",
        "sourceDate",
        "cached",
        "created",
        "modified",
        "items",
        "first",
        "@graph",
        "@context",
        "ex:other",
        "startSelector",
        "endSelector",
        "urn:postil:detached",
        "urn:postil:digest",
        "urn:postil:length",
    ];
    let words = [
        "Annotation",
        "oa:Annotation",
        "AnnotationPage",
        "TextualBody",
        "TextQuoteSelector",
        "TextPositionSelector",
        "SpecificResource",
        "TimeState",
        "RangeSelector",
        "tagging",
        "commenting",
        "highlighting",
        "replying",
        "oa:tagging",
        "red",
        "Yellow",
        "the quoted words",
        "words",
        "",
        " ",
        "a, b",
        "two words",
        "urn:x:1",
        "urn:uuid:1",
        "https://example.org/a",
        "urn:postil:annotation:x",
        "2024-01-01T00:00:00Z",
        "text/markdown",
        "ni:///sha-256-96;ungWv48Bz-pBQUDe",
    ];
    let scalar = prop_oneof![
        6 => select(words.to_vec()).prop_map(|words| json!(words)),
        1 => select(vec![json!(null), json!(true), json!(0), json!(7), json!(-1), json!(1.5), json!(u64::MAX)]),
    ];
    scalar
        .prop_recursive(5, 60, 6, move |inner| {
            let fields = vec((select(names.to_vec()), inner.clone()), 0..6);
            prop_oneof![
                3 => fields.prop_map(|fields| {
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
                }),
                1 => vec(inner, 0..4).prop_map(Value::Array),
            ]
        })
        .boxed()
}

/// An annotation with the right outline and arbitrary values in its fields.
fn near_annotation() -> impl Strategy<Value = Value> {
    let on = prop_oneof![2 => Just(json!("https://example.org/a")), 1 => near_json()];
    (near_json(), near_json(), near_json(), near_json(), on).prop_map(
        |(further, body, selector, state, source)| {
            let mut fields = further.as_object().cloned().unwrap_or_default();
            let target = json!({ "source": source, "selector": selector, "state": state });
            fields.insert("type".to_owned(), "Annotation".into());
            fields.insert("body".to_owned(), body);
            fields.insert("target".to_owned(), target);
            fields.into()
        },
    )
}

/// Checks that importing an export of the file's notes gives the same notes.
fn is_stable(file: &str) {
    let Ok(mut arrivals) = decode(file) else {
        return;
    };
    let (article, empty) = (foreign_article(), Notebook::default());
    for annotation in &mut arrivals.annotations {
        annotation.article = article.id();
    }
    arrivals.settle(Some(&article));
    let (transaction, report) = arrivals.into_transaction(Some(&article), &empty);
    let notebook = after(&empty, &transaction);
    assert_eq!(report.added, notebook.len());
    assert_eq!(after(&notebook, &transaction.invert()), empty);
    if notebook.is_empty() {
        return;
    }
    let file = exported(&article, &notebook);
    let mut arrivals = decode(&file).expect("an export holds annotations");
    assert_eq!(arrivals.not_understood, [], "{file}");
    for annotation in &mut arrivals.annotations {
        annotation.article = article.id();
    }
    arrivals.settle(Some(&article));
    let (again, _) = arrivals.into_transaction(Some(&article), &notebook);
    assert_eq!(again.changes, [], "{file}");
}

proptest! {
    #![proptest_config(laws(512))]

    #[test]
    fn any_json_is_read_or_refused(value in near_json()) {
        is_stable(&value.to_string());
    }

    #[test]
    fn anything_like_an_annotation_comes_back_as_it_went(value in near_annotation()) {
        is_stable(&value.to_string());
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text: String, escapes in "[\"{}\\[\\]:,\\\\ud8c0-9a-f]{0,40}") {
        let _ = decode(&text);
        let _ = decode(&escapes);
        let _ = decode(&format!("{{\"target\":\"x\",\"bodyValue\":\"{escapes}\"}}"));
    }
}

proptest! {
    #![proptest_config(laws(96))]

    #[test]
    fn a_damaged_export_is_read_or_refused((article, notebook) in annotated(), edits in vec(any::<(Index, u8)>(), 1..6)) {
        let mut bytes = exported(&article, &notebook).into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        is_stable(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_session_takes_an_import_back_as_one((article, notebook) in annotated()) {
        use postil::model::session::Action;
        prop_assume!(!notebook.is_empty());
        let arrivals = decode(&exported(&article, &notebook)).expect("an export holds annotations");
        let open = Action::Open { article: Rc::new(article), notes: Vec::new(), message: None };
        let session = Rc::new(Session::default()).after(open);
        let session = session.clone().after(Action::import(arrivals, &session, false));
        prop_assert_eq!(&*session.notebook, &as_exported(&notebook));
        let session = session.after(Action::Undo);
        prop_assert!(session.notebook.is_empty() && session.history.to_undo().is_none());
    }

    #[test]
    fn an_import_in_parts_is_one_import((article, notebook) in annotated(), size in 1_usize..4, stop in any::<Index>()) {
        use postil::model::session::Action;
        prop_assume!(!notebook.is_empty());
        let mut arrivals = decode(&exported(&article, &notebook)).expect("an export holds annotations");
        // One id twice, which counts once.
        arrivals.annotations.push(arrivals.annotations[0].clone());
        let open = Action::Open { article: Rc::new(article.clone()), notes: Vec::new(), message: None };
        let session = Rc::new(Session::default()).after(open);
        let import = |session: Rc<Session>, arrivals, more| session.clone().after(Action::import(arrivals, &session, more));
        arrivals.settle(Some(&article));
        let whole = import(session.clone(), arrivals.clone(), false);

        let notes = std::mem::take(&mut arrivals.annotations);
        let parts: Vec<Vec<Annotation>> = notes.chunks(size).map(<[_]>::to_vec).collect();
        let mut parted = session.clone();
        let mut stopped = session;
        let last = parts.len() - 1;
        for (number, annotations) in parts.into_iter().enumerate() {
            let part = Arrivals { annotations, ..arrivals };
            arrivals = Arrivals::default();
            parted = import(parted, part.clone(), number < last);
            // Undo in between takes back what has come, and ends the import.
            if stopped.importing.is_some() || number == 0 {
                stopped = import(stopped, part, true);
            }
            if number == stop.index(last + 1) {
                stopped = stopped.after(Action::Undo);
            }
        }
        prop_assert_eq!(&parted.notebook, &whole.notebook);
        prop_assert_eq!(&parted.placements, &whole.placements);
        prop_assert_eq!(parted.notices.status().map(|notice| &notice.message), whole.notices.status().map(|notice| &notice.message));
        prop_assert!(parted.importing.is_none());
        let undone = parted.after(Action::Undo);
        prop_assert!(undone.notebook.is_empty() && undone.history.to_undo().is_none());
        prop_assert!(stopped.notebook.is_empty());
    }
}

#[test]
fn names_of_colours_go_with_the_notes_and_leave_no_trace_in_them() {
    let article = of_paragraphs(&["The kiln is lit before dawn."]);
    let note = |colour: Colour, id: u32| {
        let Stamp { id, at } = stamp(id);
        Annotation {
            more: Vec::new(),
            id,
            article: article.id(),
            target: describe(&article, TextRange::new(4, 8)),
            attached: None,
            note: String::new(),
            tags: Vec::new(),
            colour,
            created: Some(at),
            modified: None,
            extra: Extra::default(),
        }
    };
    let notebook = notebook_of([
        note(Colour::Green, 1),
        note(Colour::Red, 2),
        note(Colour::Blue, 3),
    ]);
    let mut names = ColourNames::default();
    names.set(Colour::Green, "Claim");
    names.set(Colour::Red, "Doubt");
    names.set(Colour::Grey, "Unused");
    let file = exported_under(&article, &notebook, &Findings::default(), &names);
    let arrivals = decode(&file).expect("the file holds annotations");
    let kept = |colour| arrivals.colour_names.of(colour).map(str::to_owned);
    assert_eq!(kept(Colour::Green).as_deref(), Some("Claim"));
    assert_eq!(kept(Colour::Red).as_deref(), Some("Doubt"));
    assert_eq!((kept(Colour::Blue), kept(Colour::Grey)), (None, None));
    let (transaction, _) = imported(&file, &article, &Notebook::default());
    assert_eq!(
        as_exported(&after(&Notebook::default(), &transaction)),
        as_exported(&notebook)
    );
}

#[test]
fn a_label_of_another_program_is_an_extra() {
    let file = json!({
        "type": "Annotation",
        "id": "urn:other:1",
        "body": [{ "type": "TextualBody", "purpose": "highlighting", "value": "red", "label": "Theirs" }],
        "target": { "source": "https://example.org/", "selector": {
            "type": "TextQuoteSelector", "exact": "kiln" } },
    });
    let article = of_paragraphs(&["The kiln is lit before dawn."]);
    let arrivals = decode(&file.to_string()).expect("the file holds annotations");
    assert_eq!(arrivals.colour_names, ColourNames::default());
    let notebook = notebook_of([Annotation {
        article: article.id(),
        ..arrivals.annotations[0].clone()
    }]);
    let back: Value = serde_json::from_str(&exported(&article, &notebook)).expect("JSON");
    assert_eq!(back["first"]["items"][0]["body"][0]["label"], "Theirs");
}
