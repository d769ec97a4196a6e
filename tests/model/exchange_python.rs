//! The law that Python's own `json` and `csv` read every export as the libraries of Rust do.

use std::io::Write;
use std::process::{Command, Stdio};

use postil::model::exchange::Format;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::exchange_json::exported;
use super::strategies::annotated;

/// Number of notebooks that are tried.
const TRIED: usize = 48;
const JSON: [Format; 5] = [
    Format::WebAnnotation,
    Format::AnnotationList,
    Format::Hypothesis,
    Format::Readium,
    Format::CslJson,
];
const TABLES: [(Format, &str); 3] = [
    (Format::Csv, "excel"),
    (Format::Readwise, "excel"),
    (Format::Table, "excel-tab"),
];
/// Reads documents and tables, and writes what it has read.
const SCRIPT: &str = r#"
import csv, io, json, sys
files = json.load(sys.stdin)
documents = [json.loads(text) for text in files["documents"]]
tables = [
    list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), dialect, strict=True))
    for text, dialect in files["tables"]
]
json.dump({"documents": documents, "tables": tables}, sys.stdout)
"#;

#[test]
fn python_reads_every_export() {
    let mut runner = TestRunner::deterministic();
    let (mut documents, mut tables) = (Vec::new(), Vec::new());
    for _ in 0..TRIED {
        let tree = annotated().new_tree(&mut runner);
        let (article, notebook) = tree.expect("nothing is rejected").current();
        documents.extend(JSON.map(|format| exported(format, &article, &notebook)));
        let table = |(format, dialect)| (exported(format, &article, &notebook), dialect);
        tables.extend(TABLES.map(table));
    }
    let read = python(&json!({ "documents": documents, "tables": tables }));
    for (file, read) in documents.iter().zip(items(&read["documents"])) {
        let expected: Value = serde_json::from_str(file).expect("an export is JSON");
        assert_eq!(*read, expected);
    }
    for ((file, dialect), read) in tables.iter().zip(items(&read["tables"])) {
        let rows: Vec<Vec<String>> = serde_json::from_value(read.clone()).expect("it has rows");
        assert_eq!(rows, rows_of(file, dialect));
    }
}

fn items(list: &Value) -> &[Value] {
    list.as_array().expect("it is a list")
}

/// The rows of a table, as the crate `csv` reads them.
fn rows_of(file: &str, dialect: &str) -> Vec<Vec<String>> {
    let delimiter = if dialect == "excel" { b',' } else { b'\t' };
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).delimiter(delimiter);
    let mut reader = reader.from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("it is a row"))
        .collect()
}

/// Runs the script with this input, and returns what it says.
fn python(input: &Value) -> Value {
    let child = Command::new("python3")
        .args(["-X", "utf8", "-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut child = child.expect("python3 is installed and on PATH");
    let mut stdin = child.stdin.take().expect("it is piped");
    let written = stdin.write_all(input.to_string().as_bytes());
    written.expect("Python reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "Python has refused an export");
    serde_json::from_slice(&output.stdout).expect("it says JSON")
}
