//! Drawing the overview, the strip beside the article, with few notes and with many.

use serde_json::{Value, json};

use crate::opening::{BYTES, busy, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const RUNS: usize = 25;
/// Goal for the CPU of the page's thread with 10,000 notes, in milliseconds.
const GOAL: f64 = 8.0;

/// Makes the page higher, or does nothing, and waits until only the strip is left to be drawn, which
/// is drawn 150 milliseconds later.
///
/// The clock of the script runs while what was to wait so long runs.
const CHANGE: &str = "const [pixels, done] = arguments;
    window.usualTimeout ??= setTimeout;
    window.setTimeout = (run, wait, ...rest) => window.usualTimeout(wait !== 150 ? run : (...args) => {
        const start = performance.now();
        run(...args);
        window.took += performance.now() - start;
    }, wait, ...rest);
    window.took = 0;
    window.drawn ??= () => [...document.querySelectorAll('nav.overview path')].map((path) => path.getAttribute('d')).join();
    window.before = window.drawn();
    if (pixels) document.querySelector('main article').style.paddingBottom = `${pixels}px`;
    setTimeout(done, 80, true);";
/// Tells whether the strip is drawn anew.
const IS_DRAWN: &str = "return window.drawn() !== window.before";
/// Milliseconds that the script of the strip took.
const TOOK: &str = "return window.took";
/// Waits until it must be, and is painted.
const WAIT: &str = "const done = arguments[0]; setTimeout(done, 350, true);";

/// Measures each number of notes, and the overhead of measuring in turn with it.
pub async fn measure(reader: &Reader, report: &mut Report) {
    // Also where other programs take the processor's time: only what this thread gets counts.
    let own = json!({ "timeDomain": "threadTicks" });
    reader.devtools("Performance.enable", own).await;
    let article = sample::article(BYTES);
    for notes in [1_000, 10_000] {
        keep(reader, &article, notes).await;
        open_kept(reader, &article, notes).await;
        run_async(reader, WAIT, vec![]).await;
        let (mut idle, mut net, mut script) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..RUNS {
            let (nothing, was_drawn) = spent(reader, 0).await;
            // Other heights than before, in turn larger and smaller.
            let (drawing, is_drawn) = spent(reader, 1_000 + 5_000 * (run % 2)).await;
            // On a busy machine the strip may be drawn before it is measured, or after.
            if (was_drawn, is_drawn) != (Some(false), Some(true)) {
                continue;
            }
            let took = reader.run(TOOK, vec![]).await;
            script.push(took.as_f64().expect("a number"));
            idle.push(nothing);
            net.push(drawing - nothing);
        }
        assert!(net.len() * 2 > RUNS, "the strip is drawn at other times");
        let name = format!("overview with {notes} notes in 1 MB");
        report.series(&format!("{name}: as long without drawing, CPU"), &idle);
        report.series(&format!("{name}: drawing it, CPU (goal <= {GOAL})"), &net);
        report.series(&format!("{name}: its script alone, wall"), &script);
        if notes == 10_000 {
            report.number(
                "overview: drawing 10,000 notes / 8 ms",
                percentile(&net, 0.5) / GOAL,
                "(goal <= 1)",
            );
        }
    }
}

/// CPU of the page's thread while the strip is drawn, and whether it was; `None` if it was drawn too
/// early to be measured.
async fn spent(reader: &Reader, pixels: usize) -> (f64, Option<bool>) {
    let is_drawn = async || reader.run(IS_DRAWN, vec![]).await == Value::Bool(true);
    run_async(reader, CHANGE, vec![json!(pixels)]).await;
    let before = busy(reader).await;
    let was_early = is_drawn().await;
    run_async(reader, WAIT, vec![]).await;
    let spent = busy(reader).await - before;
    (spent, (!was_early).then_some(is_drawn().await))
}
