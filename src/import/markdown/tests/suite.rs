//! Compares our reading with the examples of CommonMark and of GitHub's dialect, as the parser's
//! own source ships them.

use std::path::PathBuf;
use std::process::Command;

use super::*;

/// Files of examples, and the minimum number of examples in each.
const FILES: [(&str, usize); 4] = [
    ("spec.rs", 652),
    ("gfm_table.rs", 8),
    ("gfm_tasklist.rs", 2),
    ("gfm_strikethrough.rs", 3),
];

/// Examples that we read differently, and why.
const OTHERWISE: [(&str, usize, &str); 15] = [
    ("spec.rs", 150, UNKNOWN),
    ("spec.rs", 163, UNKNOWN),
    ("spec.rs", 524, UNKNOWN),
    ("spec.rs", 536, UNKNOWN),
    (
        "spec.rs",
        590,
        "a link of a vault of notes, whose brackets are none of its words",
    ),
    ("spec.rs", 602, BARE_ADDRESS),
    ("spec.rs", 608, BARE_ADDRESS),
    ("spec.rs", 611, BARE_ADDRESS),
    ("spec.rs", 613, UNKNOWN),
    ("spec.rs", 614, UNKNOWN),
    ("spec.rs", 615, UNKNOWN),
    (
        "spec.rs",
        616,
        "an element that is left open, with an attribute that no element has",
    ),
    ("spec.rs", 617, UNKNOWN),
    ("spec.rs", 623, UNKNOWN),
    ("gfm_strikethrough.rs", 1, "one tilde crosses nothing out"),
];
const UNKNOWN: &str = "an unknown name in angle brackets is words";
const BARE_ADDRESS: &str = "a bare address is a link, as GitHub has it";

/// Returns the folder of the parser's examples in the source that Cargo has downloaded.
fn folder() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| env!("CARGO").to_owned());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--manifest-path",
        ])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("Cargo can be asked");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("Cargo tells JSON");
    let packages = told["packages"].as_array().expect("there are packages");
    let parser = packages
        .iter()
        .find(|package| package["name"] == "pulldown-cmark");
    let manifest = parser.and_then(|parser| parser["manifest_path"].as_str());
    let manifest = PathBuf::from(manifest.expect("the parser is one of them"));
    manifest.with_file_name("tests").join("suite")
}

/// Returns the examples in a file: Markdown and its HTML.
fn examples(file: &str) -> Vec<(String, String)> {
    let source = std::fs::read_to_string(folder().join(file)).expect("the examples are there");
    let quoted: Vec<&str> = source
        .split("r##\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("\"##")?.0))
        .collect();
    let pairs = quoted.chunks_exact(2);
    pairs
        .map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
        .collect()
}

/// Returns what is shown, without the ids of headings, which the HTML does not have.
fn shown(article: &Article) -> String {
    let walked = walk(article);
    let mut parts = walked.split("(id=");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        out + part.split_once(')').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn examples_are_read_as_they_are_meant() {
    let mut wrong = Vec::new();
    for (file, least) in FILES {
        let examples = examples(file);
        assert!(
            examples.len() >= least,
            "{} examples in {file}",
            examples.len()
        );
        for (index, (text, expected)) in examples.iter().enumerate() {
            let number = index + 1;
            let expected = html::read(expected, Source::Pasted).expect("HTML can be read");
            let (description, markup) = to_html(text, Source::Pasted);
            let ours = html::read_described(&html::parse(&markup), description);
            let ours = ours.expect("HTML can be read");
            let is_same = shown(&ours) == shown(&expected);
            let is_listed = OTHERWISE
                .iter()
                .any(|(other, n, _)| (*other, *n) == (file, number));
            if is_same == is_listed {
                let listed = if is_listed {
                    "listed and the same"
                } else {
                    "not listed"
                };
                wrong.push(format!(
                    "{file} {number} ({listed})\n{text}\nours: {}\ntheirs: {}\n",
                    shown(&ours),
                    shown(&expected)
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} examples:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
