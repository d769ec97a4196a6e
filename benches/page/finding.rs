//! Searching and filtering ten thousand notes, as fast as one types.

use serde_json::json;

use crate::opening::{BYTES, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const NOTES: usize = 10_000;
/// What is typed, letter by letter.
pub const SEARCHES: [&str; 4] = [
    "patience letters",
    "tag:law note 1",
    "color:red sort:made",
    "Größe",
];
/// The part of the page with the search.
const PLACE: &str = ".notes";
/// Goal for a key, in milliseconds.
const GOAL: f64 = 16.0;

/// Types into the search box in a part of the page, and waits until the page is painted; milliseconds from the one to the
/// other, and how many of them the page's own thread was busy at a stretch.
pub const TYPE: &str = "const [place, typed, done] = arguments;
    const box = document.querySelector(`${place} input[type=search]`);
    box.value = typed;
    const start = performance.now();
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    // The page draws before the next frame; what a message has to wait for is what kept it busy.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        const busy = performance.now() - start;
        requestAnimationFrame(() => setTimeout(() => done([busy, performance.now() - start])));
    };
    channel.port2.postMessage(null);";

/// Goes to the search box; a second is left before the first key, as who goes there by mouse or key
/// needs.
const ENTER: &str = "const [place, done] = arguments;
    document.querySelector(`${place} input[type=search]`).focus();
    setTimeout(() => done(true), 1000);";

/// Measures each key of some searches.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let article = sample::article(BYTES);
    keep(reader, &article, NOTES).await;
    open_kept(reader, &article, NOTES).await;
    run_async(reader, ENTER, vec![json!(PLACE)]).await;
    // The first key has to wait for what is not ready; it is told apart.
    let (mut first, mut keys, mut painted) = (Vec::new(), Vec::new(), Vec::new());
    for search in SEARCHES {
        let ends = search.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends {
            let took = run_async(reader, TYPE, vec![json!(PLACE), json!(&search[..end])]).await;
            let number = |index: usize| took[index].as_f64().expect("milliseconds");
            let into = if first.is_empty() {
                &mut first
            } else {
                &mut keys
            };
            into.push(number(0));
            painted.push(number(1));
        }
        run_async(reader, TYPE, vec![json!(PLACE), json!("")]).await;
    }
    report.series("search in 10000 notes: the first key, busy", &first);
    report.series(
        &format!("search in 10000 notes: a key, busy (goal <= {GOAL} at p95)"),
        &keys,
    );
    report.series("search in 10000 notes: a key until it is painted", &painted);
    report.number(
        "search: a key among 10,000 notes, p95 / 16 ms",
        percentile(&keys, 0.95) / GOAL,
        "(goal <= 1)",
    );
}
