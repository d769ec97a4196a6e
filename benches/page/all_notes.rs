//! The room "All notes" with ten thousand notes: how long it takes to open, and a key in its search.

use serde_json::json;

use crate::finding::SEARCHES;
use crate::finding::TYPE;
use crate::opening::{BYTES, keep, open_kept, run_async};
use crate::sample;
use postil::ui::strings::EN;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const NOTES: usize = 10_000;
/// Goal for a key, in milliseconds.
const GOAL: f64 = 16.0;

/// Opens the room by its entry in the menu, and waits until it lists notes; milliseconds, and the
/// longest that the page's own thread was busy meanwhile.
const OPEN: &str = "const [label, done] = arguments;
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    document.querySelector('.bar [aria-haspopup][aria-label=More], .bar [aria-haspopup][title=More]').click();
    const choose = () => {
        const item = [...document.querySelectorAll('[role=menuitem]')].find((one) => one.textContent.trim() === label);
        if (!item) return setTimeout(choose, 10);
        const start = performance.now();
        item.click();
        const look = () => document.querySelector('.all-notes [data-row]')
            ? requestAnimationFrame(() => setTimeout(() => done([performance.now() - start, longest]), 100))
            : setTimeout(look, 4);
        look();
    };
    choose();";

/// The part of the page with the search.
const PLACE: &str = ".all-notes";

/// Measures the opening of the room, and each key of some searches.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let article = sample::article(BYTES);
    keep(reader, &article, NOTES).await;
    open_kept(reader, &article, NOTES).await;
    let number =
        |took: &serde_json::Value, index: usize| took[index].as_f64().expect("milliseconds");
    let opened = run_async(reader, OPEN, vec![json!(EN.all_notes.label)]).await;
    report.series(
        "all notes, 10000: until the room lists them",
        &[number(&opened, 0)],
    );
    report.series(
        "all notes, 10000: the longest task meanwhile",
        &[number(&opened, 1)],
    );
    let (mut keys, mut painted) = (Vec::new(), Vec::new());
    for search in SEARCHES {
        let ends = search.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends {
            let took = run_async(reader, TYPE, vec![json!(PLACE), json!(&search[..end])]).await;
            keys.push(number(&took, 0));
            painted.push(number(&took, 1));
        }
        run_async(reader, TYPE, vec![json!(PLACE), json!("")]).await;
    }
    report.series(
        &format!("all notes, 10000: a key, busy (goal <= {GOAL} at p95)"),
        &keys,
    );
    report.series("all notes, 10000: a key until it is painted", &painted);
    report.number(
        "all notes: a key among 10,000 notes, p95 / 16 ms",
        percentile(&keys, 0.95) / GOAL,
        "(goal <= 1)",
    );
}
