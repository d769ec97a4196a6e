//! Benchmarks: of the release site in a real browser, of finding passages again, and of the words
//! that survive the import of a page.

use std::fs;

use crate::project::{Project, Result, run};
use crate::{browsers, couch, site};

/// The benchmark of finding passages again, which needs no browser.
const ANCHORING: &str = "anchoring";

/// The benchmark of lost words, which needs folders of pages and no browser.
const WORDS: &str = "words";

/// The file to which every benchmark adds its figures.
const RESULTS: &str = "bench-results.json";

/// Runs `benches/anchoring.rs` and `benches/page`, or whatever `passed_on` names: the first or
/// `benches/words` with its own arguments, or single measurements of the page.
pub fn bench(project: &Project, passed_on: &[String]) -> Result<()> {
    // New figures must not stand beside those of an earlier run.
    let _ = fs::remove_file(project.path(RESULTS));
    match passed_on {
        [] => native(project, ANCHORING, &[]).and_then(|()| page(project, &[])),
        // Once the page measures anchoring in WebAssembly, this belongs here as well:
        // `page(project, &[ANCHORING])`.
        [first, rest @ ..] if first == ANCHORING => native(project, ANCHORING, rest),
        [first, rest @ ..] if first == WORDS => native(project, WORDS, rest),
        names => page(project, names),
    }
}

/// Runs a native benchmark.
fn native(project: &Project, name: &str, passed_on: &[String]) -> Result<()> {
    let mut command = project.cargo("bench");
    command
        .args(["--package", "postil", "--bench", name, "--"])
        .args(passed_on);
    run(&mut command)
}

/// Builds the release site and runs its benchmark.
fn page(project: &Project, passed_on: &[String]) -> Result<()> {
    browsers::chromium(project)?;
    site::build_dist(project)?;
    let mut command = project.cargo("bench");
    command
        .args(["--package", "postil", "--bench", "page", "--"])
        .args(passed_on)
        .env(couch::PROGRAM, couch::program(project)?)
        .env("POSTIL_DIST", project.path(site::DIST))
        .env("POSTIL_LATER", site::LATER.join(" "));
    run(&mut command)
}
