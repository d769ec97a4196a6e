//! Scrolling through a long article, with no notes and with many, compared with a plain page of its
//! words: CPU of the page's thread for each frame, and frames that are missed.

use serde_json::{Value, json};

use crate::opening::{BYTES, PLAIN, busy, keep, open_kept, put_plain_pages, run_async};
use crate::sample;
use postil_testing::driver::{Engine, Setup};
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const RUNS: usize = 15;
/// Frames of one run: two and a half seconds of scrolling.
const FRAMES: usize = 150;
/// Pixels for each frame: one notch of a wheel, so the wheel turns as fast as it is drawn.
const STEP: usize = 120;
/// Pixels between the beginnings of two runs; less than a run scrolls, as readers go back as well.
const STRIDE: usize = 12_000;
/// Frames in a second of the display that wheels are turned for.
const RATE: usize = 60;
/// Goal for the CPU of one frame, in milliseconds.
const GOAL: f64 = 1.7;

/// What is scrolled: the plain page, or the app with a number of notes.
const VARIANTS: [(&str, Option<usize>); 4] = [
    ("plain page", None),
    ("app, 0 notes", Some(0)),
    ("app, 1,000 notes", Some(1_000)),
    ("app, 10,000 notes", Some(10_000)),
];

/// Goes to a place, and lets the page come to rest.
const GO: &str = "const [top, done] = arguments; scrollTo(0, top); setTimeout(done, 700, true);";

/// Scrolls in each frame, and returns the times of the frames once the page has come to rest again.
const BY_SCRIPT: &str = "const [frames, step, done] = arguments;
    const times = [];
    const next = (time) => {
        times.push(time);
        if (times.length > frames) return setTimeout(done, 600, times);
        scrollBy(0, step);
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);";

/// Records the time of each frame in which something has scrolled.
const WATCH: &str = "window.times = [];
    let before = scrollY;
    const next = (time) => {
        if (scrollY !== before) window.times.push(time);
        before = scrollY;
        window.watching = requestAnimationFrame(next);
    };
    next(0);";
/// Returns those times once the page has come to rest.
const WATCHED: &str = "const done = arguments[0];
    cancelAnimationFrame(window.watching);
    setTimeout(done, 600, window.times);";

/// How a page is scrolled.
#[derive(Clone, Copy)]
enum Hand {
    Script,
    Wheel,
}

/// The measurements of one variant, a value for each run.
#[derive(Default)]
struct Series {
    /// CPU of the page's thread for each frame, in milliseconds.
    cpu: Vec<f64>,
    /// Frames that were missed.
    missed: Vec<f64>,
}

/// Measures all variants in turn, each in a browser of its own that opens it once.
pub async fn measure(report: &mut Report) {
    let mut readers = Vec::new();
    for (_, notes) in VARIANTS {
        readers.push(opened(notes).await);
    }
    for (name, hand) in [("script", Hand::Script), ("wheel", Hand::Wheel)] {
        let mut series = VARIANTS.map(|_| Series::default());
        for run in 0..RUNS {
            for (reader, series) in readers.iter().zip(&mut series) {
                scroll(reader, hand, run * STRIDE, series).await;
            }
        }
        tell(report, name, &series);
    }
}

async fn opened(notes: Option<usize>) -> Reader {
    let reader = Reader::start(Engine::Chromium, Setup::default()).await;
    reader.resize(1280, 800).await;
    // Also where other programs take the processor's time: only what this thread gets counts.
    let own = json!({ "timeDomain": "threadTicks" });
    reader.devtools("Performance.enable", own).await;
    match notes {
        None => {
            put_plain_pages(&reader);
            reader.open(&reader.server.address_of(PLAIN)).await;
        }
        Some(notes) => {
            let article = sample::article(BYTES);
            keep(&reader, &article, notes).await;
            open_kept(&reader, &article, notes).await;
        }
    }
    reader
}

async fn scroll(reader: &Reader, hand: Hand, top: usize, series: &mut Series) {
    run_async(reader, GO, vec![json!(top)]).await;
    let before = busy(reader).await;
    let times = match hand {
        Hand::Script => run_async(reader, BY_SCRIPT, vec![json!(FRAMES), json!(STEP)]).await,
        Hand::Wheel => turn_wheel(reader).await,
    };
    let spent = busy(reader).await - before;
    let times: Vec<f64> = serde_json::from_value(times).expect("times");
    series.cpu.push(spent / times.len() as f64);
    series.missed.push(missed(&times));
}

/// Scrolls as far as the script does, by wheel events of the browser itself.
async fn turn_wheel(reader: &Reader) -> Value {
    reader.run(WATCH, vec![]).await;
    let gesture = json!({ "x": 500, "y": 400, "yDistance": -((FRAMES * STEP) as f64),
        "speed": STEP * RATE, "gestureSourceType": "mouse", "preventFling": true });
    reader
        .devtools("Input.synthesizeScrollGesture", gesture)
        .await;
    run_async(reader, WATCHED, vec![]).await
}

/// Number of frames that were not drawn: an interval between two that is half as long again as the
/// median has room for one more.
fn missed(times: &[f64]) -> f64 {
    let intervals: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let usual = percentile(&intervals, 0.5);
    let missed = intervals.iter().map(|one| (one / usual).round() - 1.0);
    missed.map(|missed| missed.max(0.0)).sum()
}

fn tell(report: &mut Report, hand: &str, series: &[Series]) {
    let median = |series: &Series| percentile(&series.cpu, 0.5);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    for ((name, _), one) in VARIANTS.iter().zip(series) {
        let name = format!("scrolling by {hand}: {name}");
        report.series(&format!("{name}, CPU a frame (goal <= {GOAL})"), &one.cpu);
        report.number(
            &format!("{name}, CPU a frame / plain page"),
            median(one) / median(&series[0]),
            "(goal <= 1)",
        );
        report.number(
            &format!("{name}, frames missed of {FRAMES}"),
            mean(&one.missed),
            "",
        );
    }
}
