//! Documents of our own in the shape of each of the 41 examples of the Web Annotation Data Model
//! (<https://www.w3.org/TR/annotation-model/>), and what is read of them.

mod collections;
mod properties;
mod resources;
mod selectors;
mod specific;

use postil::model::annotation::{Annotation, AnnotationId};
use postil::model::article::ArticleId;
use postil::model::colour_names::ColourNames;
use postil::model::exchange::w3c::{decode, encode_stored};
use serde_json::{Value, json};

use super::exchange::lost;
use super::exchange_schema::MUSTS;
use super::strategies::stamp;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What a note is on unless its example says otherwise.
const PAGE: &str = "https://harbour.example/tides";

/// A document in the shape of an example, and what is read of it.
struct Example {
    number: u8,
    section: &'static str,
    document: Value,
    read: Read,
    kept: Vec<&'static str>,
}

/// What is read of an annotation. A note without words, tags and passage is a highlight of the whole.
#[derive(Debug, PartialEq, Default)]
struct Read {
    on: String,
    note: String,
    tags: Vec<String>,
    /// The words of the passage with those before and after it.
    quote: Option<[String; 3]>,
    position: Option<(u32, u32)>,
    created: Option<String>,
    modified: Option<String>,
    version: Option<String>,
}

impl Read {
    fn of(note: &Annotation) -> Self {
        let date = |at: &postil::model::annotation::Timestamp| at.0.to_string();
        let quote = note.target.quote.as_ref();
        Self {
            on: note.target.source.clone(),
            note: note.note.clone(),
            tags: note.tags.clone(),
            quote: quote
                .map(|quote| [&quote.prefix, &quote.exact, &quote.suffix].map(Clone::clone)),
            position: note.target.position.map(|at| (at.start(), at.end())),
            created: note.created.as_ref().map(date),
            modified: note.modified.as_ref().map(date),
            version: note.target.version.as_ref().map(date),
        }
    }
}

/// The example with this number, in this section, with these fields beside the usual ones.
fn example(number: u8, section: &'static str, fields: Value) -> Example {
    let mut document = json!({ "@context": CONTEXT, "id": format!("https://notes.example/{number}"),
        "type": "Annotation", "target": PAGE });
    if let (Some(document), Value::Object(fields)) = (document.as_object_mut(), fields) {
        document.extend(fields);
    }
    let on = PAGE.to_owned();
    Example {
        number,
        section,
        document,
        read: Read {
            on,
            ..Read::default()
        },
        kept: Vec::new(),
    }
}

impl Example {
    fn on(mut self, source: &str) -> Self {
        self.read.on = source.to_owned();
        self
    }

    fn says(mut self, words: &str) -> Self {
        self.read.note = words.to_owned();
        self
    }

    fn tagged(mut self, tag: &str) -> Self {
        self.read.tags.push(tag.to_owned());
        self
    }

    fn quotes(mut self, before: &str, exact: &str, after: &str) -> Self {
        self.read.quote = Some([before, exact, after].map(str::to_owned));
        self
    }

    fn at(mut self, start: u32, end: u32) -> Self {
        self.read.position = Some((start, end));
        self
    }

    fn dated(mut self, created: &str, modified: Option<&str>) -> Self {
        self.read.created = Some(created.to_owned());
        self.read.modified = modified.map(str::to_owned);
        self
    }

    fn of_version(mut self, date: &str) -> Self {
        self.read.version = Some(date.to_owned());
        self
    }

    /// What Postil does not use and writes back as it came, by pointers into the document.
    fn keeps(mut self, parts: &[&'static str]) -> Self {
        self.kept.extend(parts);
        self
    }
}

/// The notes that a document holds.
fn notes(document: &Value) -> Vec<Annotation> {
    let arrivals = decode(&document.to_string()).expect("the document holds annotations");
    assert_eq!(arrivals.not_understood, [], "{document:#}");
    arrivals.annotations
}

/// The collection in which notes are written.
fn written(notes: &[Annotation]) -> Value {
    let file = encode_stored(notes, &ColourNames::default(), &stamp(0));
    serde_json::from_str(&file).expect("an export is JSON")
}

/// True if a value is somewhere within another one.
fn holds(whole: &Value, part: &Value) -> bool {
    let within = match whole {
        Value::Object(fields) => fields.values().any(|field| holds(field, part)),
        Value::Array(values) => values.iter().any(|value| holds(value, part)),
        _ => false,
    };
    within || whole == part
}

fn check(example: &Example) {
    let Example {
        number,
        section,
        document,
        read,
        kept,
    } = example;
    let name = format!("example {number}, {section}");
    assert_eq!(MUSTS.breach(document), None, "{name} is no example");
    let notes = notes(document);
    let [note] = &notes[..] else {
        panic!("{name} is one note: {notes:?}")
    };
    assert_eq!(&Read::of(note), read, "{name}");
    let id = document["id"].as_str().expect("it has an id");
    assert_eq!(note.id, AnnotationId::parse(id).expect("an id"), "{name}");
    let page = read.on.split('#').next().unwrap_or_default();
    assert_eq!(note.article, ArticleId::of_iri(page), "{name}");
    let file = written(&notes);
    assert_eq!(MUSTS.breach(&file), None, "{name} as written");
    let item = &file["first"]["items"][0];
    for pointer in kept {
        let part = document.pointer(pointer).expect("the example has it");
        assert!(holds(item, part), "{pointer} of {name} is lost in {item:#}");
    }
    assert_eq!(lost(document, item), [""; 0], "{name}");
    assert_eq!(super::exchange_examples::notes(&file), notes, "{name}");
}

#[test]
fn all_examples_are_read_and_written_back() {
    let parts = [
        resources::examples(),
        properties::examples(),
        specific::examples(),
        selectors::examples(),
        vec![collections::complete()],
    ];
    let mut numbers = Vec::new();
    for example in parts.iter().flatten() {
        check(example);
        numbers.push(example.number);
    }
    numbers.extend(collections::NUMBERS);
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=41).collect::<Vec<u8>>());
}
