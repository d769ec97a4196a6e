//! The page's own benchmarks: the built site in a real headless Chromium, next to a plain page.
//!
//! `cargo xtask bench` runs them. Compared variants alternate within one run, so that ratios are
//! meaningful on a busy machine; CPU time is that of the page's thread (`TaskDuration` of
//! `Performance.getMetrics`), and painted means two animation frames later.
#![allow(
    dead_code,
    reason = "the harness of the end-to-end tests has words that no benchmark uses"
)]

#[path = "../tests/e2e/assertions.rs"]
mod assertions;
#[path = "../tests/e2e/axe.rs"]
mod axe;
#[path = "../tests/e2e/driver.rs"]
mod driver;
#[path = "../tests/e2e/files.rs"]
mod files;
#[path = "../tests/e2e/input.rs"]
mod input;
#[path = "../tests/e2e/locator.rs"]
mod locator;
#[path = "../tests/e2e/reader.rs"]
mod reader;
#[path = "../tests/e2e/server.rs"]
mod server;

#[path = "page/dropping.rs"]
mod dropping;
#[path = "page/figures.rs"]
mod figures;
#[path = "page/harm.rs"]
mod harm;
#[path = "page/highlight.rs"]
mod highlight;
#[path = "page/opening.rs"]
mod opening;
#[path = "page/placing.rs"]
mod placing;
#[path = "page/sample.rs"]
mod sample;
#[path = "page/seed.rs"]
mod seed;
#[path = "page/start.rs"]
mod start;
#[path = "page/wire.rs"]
mod wire;

use driver::{Engine, Setup};
use figures::Report;
use reader::Reader;

/// The file of figures.
const RESULTS: &str = "bench-results.json";

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let wants =
        |name: &str| wanted.is_empty() || wanted.iter().any(|other| name.contains(other.as_str()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut report = Report::default();
    if wants("wire") {
        wire::weigh(&mut report);
    }
    let scenes = [
        "start",
        "opening",
        "dropping",
        "harm",
        "highlight",
        "placing",
    ];
    if scenes.iter().any(|scene| wants(scene)) {
        runtime.block_on(async {
            let reader = Reader::start(Engine::Chromium, Setup::default()).await;
            reader.resize(1280, 800).await;
            if wants("start") {
                start::measure(&reader, &mut report).await;
            }
            if wants("opening") {
                opening::measure(&reader, &mut report).await;
            }
            if wants("dropping") {
                dropping::measure(&reader, &mut report).await;
            }
            if wants("harm") {
                harm::measure(&reader, &mut report).await;
            }
            if wants("highlight") {
                highlight::measure(&reader, &mut report).await;
            }
            if wants("placing") {
                placing::measure(&reader, &mut report).await;
            }
        });
    }
    report.finish(RESULTS);
}
