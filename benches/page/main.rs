//! The page's own benchmarks: the built site in a real headless Chromium, next to a plain page.
//!
//! `cargo xtask bench` runs them. Compared variants alternate within one run, so that ratios are
//! meaningful on a busy machine; CPU time is that of the page's thread (`TaskDuration` of
//! `Performance.getMetrics`), and painted means two animation frames later.

mod all_notes;
mod bulk;
mod dropping;
mod exporting;
mod finding;
mod harm;
mod highlight;
mod importing;
mod opening;
mod overview;
mod placing;
mod sample;
mod scrolling;
mod start;
mod typing;
mod wire;

use postil_testing::driver::{Engine, Setup};
use postil_testing::figures::Report;
use postil_testing::reader::Reader;

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
        "importing",
        "exporting",
        "overview",
        "finding",
        "all_notes",
        "typing",
        "bulk",
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
            if wants("importing") {
                importing::measure(&reader, &mut report).await;
            }
            if wants("exporting") {
                exporting::measure(&reader, &mut report).await;
            }
            if wants("placing") {
                placing::measure(&reader, &mut report).await;
            }
            if wants("overview") {
                overview::measure(&reader, &mut report).await;
            }
            if wants("finding") {
                finding::measure(&reader, &mut report).await;
            }
            if wants("all_notes") {
                all_notes::measure(&reader, &mut report).await;
            }
            if wants("typing") {
                typing::measure(&reader, &mut report).await;
            }
            if wants("bulk") {
                bulk::measure(&reader, &mut report).await;
            }
        });
    }
    if wants("scrolling") {
        runtime.block_on(scrolling::measure(&mut report));
    }
    report.finish(RESULTS);
}
