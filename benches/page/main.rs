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
mod synchronising;
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
    // Each has a browser of its own, so that no figure depends on what was measured before.
    macro_rules! measure {
        ($($scene:ident)*) => {$(
            if wants(stringify!($scene)) {
                runtime.block_on(async {
                    let reader = Reader::start(Engine::Chromium, Setup::default()).await;
                    reader.resize(1280, 800).await;
                    $scene::measure(&reader, &mut report).await;
                });
            }
        )*};
    }
    measure!(start opening dropping harm highlight importing exporting placing overview finding all_notes typing bulk synchronising);
    if wants("scrolling") {
        runtime.block_on(scrolling::measure(&mut report));
    }
    report.finish(RESULTS);
}
