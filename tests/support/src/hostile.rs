//! Files and documents that mean harm.

use std::io::Write;

use postil::app::start::bundled_id;
use postil::model::annotation::{
    Annotation, AnnotationId, Attachment, Colour, Extra, Quote, Target, Timestamp,
};
use postil::model::article::ArticleId;
use postil::model::sync::record::{Path, Record, State};
use postil::model::sync::version::{Dot, ReplicaId, Version};
use serde_json::{Value, json};

use crate::couch::Couch;

/// A book whose chapters are a thousand times as long as it is.
pub fn bomb() -> Vec<u8> {
    let chapter = "<p>word</p>".repeat(30_000_000 / 11);
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    let files = [
        ("mimetype", "application/epub+zip".to_owned()),
        (
            "b.opf",
            "<package><manifest><item id=\"a\" href=\"a.html\"/><item id=\"b\" href=\"b.html\"/>\
             </manifest><spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>"
                .to_owned(),
        ),
        ("a.html", format!("<p>first words</p>{chapter}")),
        ("b.html", chapter),
    ];
    for (name, text) in files {
        let is_first = name == "mimetype";
        let method = match is_first {
            true => rawzip::CompressionMethod::STORE,
            false => rawzip::CompressionMethod::DEFLATE,
        };
        let file = archive.new_file(name).compression_method(method);
        let (mut entry, config) = file.start().expect("memory can be written");
        let mut writer = config.wrap(&mut entry);
        let packed = match is_first {
            true => text.into_bytes(),
            false => miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 1),
        };
        writer.write_all(&packed).expect("memory can be written");
        let (_, sizes) = writer.finish().expect("memory can be written");
        entry.finish(sizes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written");
    bytes
}

/// The passages of the bundled article that notes of [`fill`] are on: a hostile one, and one that is very
/// long.
pub const HOSTILE_PASSAGES: [&str; 2] = ["many engineers", "frontier"];
/// What the hostile words end with, to look for them in the page.
pub const HOSTILE_END: &str = "the last hostile words";
/// Number of bytes of the longest note.
const HEAVY: usize = 2 << 20;
/// Numbers of arrays in arrays, of which a server takes one or the other.
const DEPTHS: [usize; 4] = [10_000, 4_000, 1_000, 200];
/// The edit that the records are.
const VERSION: &str = "3.evil";

/// Words that want to run, to call `origin`, to look like other words or to change every object.
fn hostile_words(origin: &str) -> String {
    let words = r##""><img src=x onerror="window.ran='img'"><img src="ORIGIN/pixel.gif"><script src="ORIGIN/script.js">window.ran='script'</script><svg onload=window.ran='svg'></svg><iframe srcdoc="<script>parent.ran='frame'</script>"></iframe> [one](javascript:window.ran='link') ![two](ORIGIN/image.gif) [three](data:text/html,<script>window.ran='data'</script>) <javascript:window.ran='auto'> `${window.ran='template'}` {{constructor.constructor('window.ran=1')()}} __proto__ constructor BIDI"##;
    let bidi = "\u{202e}gnp.ton\u{2066}\u{2067}\u{200f}\u{feff}";
    let words = words.replace("ORIGIN", origin).replace("BIDI", bidi);
    [&*words, " ", HOSTILE_END].concat()
}

/// Fills an unsealed database with documents that mean harm, none of which must make a page ask the server
/// at `origin`; returns how many of them have the name of a record and cannot be read.
pub fn fill(couch: &Couch, database: &str, origin: &str) -> usize {
    let words = hostile_words(origin);
    let article = bundled_id();
    let record_of = |id: &AnnotationId, note: &Annotation| {
        record(Path::of_note(&article, id), VERSION, &note.to_record())
    };
    let notes = notes(&words);
    let records = notes.iter().map(|note| record_of(&note.id, note));
    let records = records.chain(other_records(&words, &notes[0]));
    let mut documents: Vec<Value> = records.map(document).collect();
    // Of other programs.
    documents.push(json!({ "_id": "shopping", "postil": 7, "title": words, "items": [words] }));
    documents.push(json!({ "_id": "note:1", "postil": words, "type": "todo" }));
    documents.push(json!({ "_id": "_design/other", "language": "javascript", "views": {} }));
    let broken = broken(&record_of(&id("whole"), &notes[0]), &words);
    for document in documents.iter().chain(&broken) {
        let put = couch.put(database, &document.to_string());
        assert!(put, "the server does not take {}", document["_id"]);
    }
    let is_nested = DEPTHS
        .iter()
        .any(|depth| couch.put(database, &nested(*depth)));
    assert!(is_nested, "the server takes something nested");
    broken.len() + 1
}

/// Records of other things than notes.
fn other_records(words: &str, note: &Annotation) -> [Record; 4] {
    let article = |iri: &str| Path::of_article(&ArticleId::of_iri(iri));
    let said = json!({
        "iri": "javascript:window.ran='iri'", "title": words, "file": words, "site": words,
        "published": words, "__proto__": { "ran": 1 },
    });
    let mut version = said.clone();
    version["work"] = json!("javascript:window.ran='work'");
    let wrong = r#"{"iri":[],"title":{"__proto__":7}}"#;
    // A draft is a tab's own, and none of these is adopted.
    let run = ReplicaId::parse("evil").expect("a name");
    let draft = Path::of_draft(&run, &id("draft"));
    [
        record(
            article("https://hostile.example/"),
            VERSION,
            &said.to_string(),
        ),
        record(article("https://hostile.example/wrong"), VERSION, wrong),
        record(
            article("https://hostile.example/version"),
            VERSION,
            &version.to_string(),
        ),
        record(draft, VERSION, &note.to_record()),
    ]
}

fn id(number: &str) -> AnnotationId {
    AnnotationId::parse(number).expect("an id")
}

fn record(path: Path, version: &str, body: &str) -> Record {
    let version = Version::parse(version).expect("a version");
    Record::new(path, version, State::Live, body)
}

/// The name of a record's document, as if it were not sealed.
fn name_of(path: &Path) -> String {
    path.as_str().replacen('/', ":", 2)
}

fn document(record: Record) -> Value {
    json!({ "_id": name_of(record.path()), "type": "Annotation", "postil": &**record.text() })
}

/// Notes on the bundled article of which every text says something hostile.
fn notes(words: &str) -> [Annotation; 4] {
    let moment = || Some(Timestamp(words.into()));
    let target = |exact: &str, around: &str| Target {
        source: "javascript:window.ran='source'".to_owned(),
        quote: Some(Quote {
            prefix: around.to_owned(),
            exact: exact.to_owned(),
            suffix: around.to_owned(),
            rest: None,
        }),
        version: moment(),
        ..Target::default()
    };
    let extra = json!({ "a": {
        "creator": { "type": "Person", "name": words, "id": "javascript:window.ran='creator'", "__proto__": { "ran": 1 } },
        "author": words, "generator": words, "__proto__": { "ran": "proto" }, "constructor": { "prototype": { "ran": 1 } },
        "motivation": words, "_rev": words, "_deleted": true,
    } });
    let note = |number: &str, target: Target| Annotation {
        id: id(number),
        article: bundled_id(),
        target,
        more: vec![],
        attached: None,
        note: words.to_owned(),
        tags: ["__proto__", "constructor", words]
            .map(str::to_owned)
            .into(),
        colour: Colour::Red,
        created: moment(),
        modified: moment(),
        extra: Extra::of_json(&extra.to_string()),
    };
    let nowhere = Annotation {
        more: vec![target(words, words)],
        attached: Some(Attachment::At(target(words, words))),
        ..note("nowhere", target(words, words))
    };
    let heavy = Annotation {
        note: "heavy words ".repeat(HEAVY / "heavy words ".len()),
        tags: Vec::new(),
        ..note("heavy", target(HOSTILE_PASSAGES[1], ""))
    };
    let strange = Annotation {
        extra: Extra::of_json("[[not JSON"),
        ..note("strange", Target::default())
    };
    let here = note("here", target(HOSTILE_PASSAGES[0], ""));
    [here, nowhere, heavy, strange]
}

/// Documents that have the name of a note and cannot be read, made of the record of one.
fn broken(whole: &Record, words: &str) -> Vec<Value> {
    let text = &**whole.text();
    let mut middle = text.len() / 2;
    while !text.is_char_boundary(middle) {
        middle -= 1;
    }
    let of = |number: &str| Path::of_note(&bundled_id(), &id(number));
    let text_of =
        |number, version: &str, body| (number, json!(**record(of(number), version, body).text()));
    // No edit could follow one with the last counter that there is.
    let last = Dot {
        lamport: Dot::LAST,
        replica: ReplicaId::parse("evil").expect("a name"),
    };
    let texts = [
        ("number", json!(5)),
        ("nothing", Value::Null),
        ("list", json!([text])),
        ("fields", json!({ "__proto__": { "ran": 1 }, "text": text })),
        ("words", json!(words)),
        ("empty", json!("")),
        ("truncated", json!(text[..middle])),
        ("headless", json!(text[9..])),
        // Of another note: its checksum is over its own path.
        ("another", json!(text)),
        // Their checksums are right, and they are no notes.
        text_of("typed", VERSION, r#"{"t":[],"n":7,"g":"tags"}"#),
        text_of("deep", VERSION, &nested_text(DEPTHS[0])),
        text_of("last", &last.to_string(), &whole.body()),
    ];
    let document = |(number, text)| json!({ "_id": name_of(&of(number)), "postil": text });
    texts.into_iter().map(document).collect()
}

fn nested_text(depth: usize) -> String {
    ["[".repeat(depth), "]".repeat(depth)].concat()
}

/// As text, since nobody here can write or read such a value either.
fn nested(depth: usize) -> String {
    let name = name_of(&Path::of_note(&bundled_id(), &id("nested")));
    format!(r#"{{"_id":"{name}","postil":{}}}"#, nested_text(depth))
}
