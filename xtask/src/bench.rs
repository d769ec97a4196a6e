//! Measurements: of the release site in a real browser, of finding passages again, and of the words
//! that are kept when a page is read.

use std::fs;

use crate::workshop::{Result, Workshop, run};
use crate::{browsers, site};

/// The benchmark of finding passages again, which needs no browser.
const ANCHORING: &str = "anchoring";

/// The benchmark of lost words, which needs folders of pages and no browser.
const WORDS: &str = "words";

/// Where every benchmark adds its figures.
const RESULTS: &str = "bench-results.json";

/// Runs `benches/anchoring.rs` and `benches/page.rs`, or what `passed_on` names: the first or
/// `benches/words.rs` with its own arguments, or measurements of the page.
pub fn bench(workshop: &Workshop, passed_on: &[String]) -> Result<()> {
    // What is measured now must not stand beside what was measured some other time.
    let _ = fs::remove_file(workshop.path(RESULTS));
    match passed_on {
        [] => native(workshop, ANCHORING, &[]).and_then(|()| page(workshop, &[])),
        // When the page measures anchoring in WebAssembly, that belongs here as well:
        // `page(workshop, &[ANCHORING])`.
        [first, rest @ ..] if first == ANCHORING => native(workshop, ANCHORING, rest),
        [first, rest @ ..] if first == WORDS => native(workshop, WORDS, rest),
        names => page(workshop, names),
    }
}

/// Runs a benchmark that is native code.
fn native(workshop: &Workshop, name: &str, passed_on: &[String]) -> Result<()> {
    let mut command = workshop.cargo("bench");
    command
        .args(["--package", "postil", "--bench", name, "--"])
        .args(passed_on);
    run(&mut command)
}

/// Builds the release site, then measures it.
fn page(workshop: &Workshop, passed_on: &[String]) -> Result<()> {
    browsers::chromium(workshop)?;
    site::build(workshop)?;
    let mut command = workshop.cargo("bench");
    command
        .args([
            "--package",
            "postil",
            "--bench",
            "page",
            "--features",
            "e2e",
            "--",
        ])
        .args(passed_on)
        .env("POSTIL_DIST", workshop.path(site::DIST));
    run(&mut command)
}
