//! How well and how fast passages are found again in edited articles, in native code.
//!
//! `cargo xtask bench anchoring` runs both parts, `… anchoring quality` and `… anchoring cost` one
//! of them; `--seed=N` chooses other articles, edits and quotes, and `--export=FILE` writes the
//! cases of `quality` with the truth about them. The articles consist of the prose in
//! `anchoring/prose/`, edited by a seeded editor that knows where every word went.

use postil_testing::evaluation::{cost, export, quality};
use postil_testing::figures::Report;

/// The file of figures, shared with the page's benchmarks.
const RESULTS: &str = "bench-results.json";
/// The default seed.
const SEED: u64 = 2_026;
/// The parts that can be run alone.
const PARTS: [&str; 2] = ["quality", "cost"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().find_map(|word| word.strip_prefix(name));
    let named = |part: &&str| arguments.iter().any(|word| word == part);
    let wants = |part| named(&part) || !PARTS.iter().any(named);
    let seed = option("--seed=").map_or(SEED, |seed| seed.parse().expect("the seed is a number"));
    let mut report = Report::default();
    println!("Seed {seed}; `--seed=N` chooses another one.");
    if wants("quality") {
        let pairs = quality::pairs(seed);
        if let Some(file) = option("--export=") {
            export::write(&pairs, file).expect("the cases are written");
        }
        quality::measure(&pairs, &mut report);
    }
    if wants("cost") {
        // The cost in WebAssembly is measured in the page, through the worker, with
        // `cost::material`, in benches/page/: its rows belong beside these.
        cost::measure(seed, &mut report);
    }
    report.finish(RESULTS);
}
