//! How many of a page's words survive the import, and which are lost, for any folder.
//!
//! `cargo xtask bench words FOLDER…` reads every page, book and text in the folders and compares
//! each with its words as counted independently: neither the importer's walk nor its parsers of
//! Markdown, books and saved pages are used. `--quiet` prints only the sums, `--json=FILE` writes
//! the result for each file, and `--against=FILE` lists the files with fewer words than in such an
//! earlier run.

mod count;
mod files;
mod markdown;
mod page;
mod tables;

use std::path::{Path, PathBuf};

use postil::import::{Census, Input, read};
use postil::model::article::Source;
use postil::model::notice::Fewer;
use serde_json::{Map, Value};

use count::{Word, compare};
use files::Format;
use postil_testing::figures::Report;
use tables::{Outcome, Tables};

/// The file of figures, shared with the other benchmarks.
const RESULTS: &str = "bench-results.json";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().find_map(|word| word.strip_prefix(name));
    let folders = arguments.iter().filter(|word| !word.starts_with("--"));
    let paths: Vec<PathBuf> = folders
        .flat_map(|folder| files::all_in(Path::new(folder)))
        .collect();
    if paths.is_empty() {
        println!("`cargo xtask bench words FOLDER…` takes folders of pages, books and texts.");
        return;
    }
    let is_quiet = arguments.iter().any(|word| word == "--quiet");
    let mut tables = Tables::default();
    println!(
        "Share of the words kept in the article and in the whole page, in percent; words; file"
    );
    for path in &paths {
        let Some(outcome) = outcome(path) else {
            continue;
        };
        if !is_quiet {
            outcome.print(path);
        }
        tables.add(path, outcome);
    }
    let mut report = Report::default();
    tables.print(&mut report);
    if let Some(file) = option("--against=") {
        tell_losses(file, tables.files());
    }
    if let Some(file) = option("--json=") {
        let json = Value::Object(tables.files().clone()).to_string();
        std::fs::write(file, json).expect("what became of each file is written");
    }
    report.finish(RESULTS);
}

/// The result for a file; `None` if it cannot be opened or has no words.
fn outcome(path: &Path) -> Option<Outcome> {
    let format = Format::of(path)?;
    let bytes = std::fs::read(path).ok()?;
    let page = files::words(format, &bytes);
    let own = |word: &Word| word.place.is_of_the_page();
    if !page.iter().any(own) {
        return None;
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    let read = read(Input {
        bytes,
        kind: None,
        charset: None,
        source: Source::File(name),
        title: None,
    });
    let (article, whole, cut, error) = match &read {
        Ok(read) => {
            let whole = read.page.as_ref().unwrap_or(&read.article);
            (read.article.text(), whole.text(), read.cut, None)
        }
        Err(error) => ("", "", false, Some(error.to_string())),
    };
    Some(Outcome {
        format,
        error,
        cut,
        broken: whole.contains('\u{fffd}'),
        told: read.as_ref().ok().and_then(|read| told(&read.census)),
        census: read.as_ref().map(|read| read.census).unwrap_or_default(),
        article: compare(&page, article),
        whole: compare(&page, whole),
    })
}

/// The message to the reader about lost words.
fn told(census: &Census) -> Option<String> {
    census.fewer().map(|fewer| match fewer {
        Fewer::InArticle(percent) => format!("[told: the article has {percent} %]"),
        Fewer::InAll(percent) => format!("[told: all that is shown has {percent} %]"),
    })
}

/// Lists the files that have fewer words than in an earlier run.
fn tell_losses(file: &str, files: &Map<String, Value>) {
    let earlier = std::fs::read(file).expect("the earlier run can be read");
    let earlier: Map<String, Value> = serde_json::from_slice(&earlier).expect("it is JSON");
    println!("\nFiles with fewer words than in {file}");
    for (path, now) in files {
        let Some(before) = earlier.get(path) else {
            continue;
        };
        for what in ["kept_article", "kept_whole"] {
            let (before, now) = (before[what].as_u64(), now[what].as_u64());
            if now < before {
                println!(
                    "  {what:13} {:8} → {:8}  {path}",
                    before.unwrap_or(0),
                    now.unwrap_or(0)
                );
            }
        }
    }
}
