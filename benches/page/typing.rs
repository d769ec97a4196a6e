//! Typing in a note of a hundred thousand characters, among ten thousand notes.

use postil::ui::strings::EN;
use serde_json::json;

use crate::opening::{BYTES, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const NOTES: usize = 10_000;
/// Length of the note, in characters.
const LENGTH: usize = 100_000;
/// Number of keys.
const KEYS: usize = 60;
/// Goal for a key, in milliseconds.
const GOAL: f64 = 16.0;

/// Types a letter, and waits until the page is painted; milliseconds from the one to the other, and how
/// many of them the page's own thread was busy at a stretch.
const TYPE: &str = "const [letter, done] = arguments;
    const box = document.querySelector('.editor textarea');
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    const start = performance.now();
    document.execCommand('insertText', false, letter);
    // The page draws before the next frame; what a message has to wait for is what kept it busy.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        const busy = performance.now() - start;
        requestAnimationFrame(() => setTimeout(() => done([busy, performance.now() - start])));
    };
    channel.port2.postMessage(null);";

/// Puts a text into the note's box, as if it had been typed at once.
const FILL: &str = "const [text, done] = arguments;
    const box = document.querySelector('.editor textarea');
    box.value = text;
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done(box.value.length)))";

/// Measures each key of some words at the end of a long note.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let article = sample::article(BYTES);
    keep(reader, &article, NOTES).await;
    open_kept(reader, &article, NOTES).await;
    reader.button(EN.bar.more).click().await;
    let whole = reader.by_role("menuitem", EN.commands.write_whole);
    whole.click().await;
    reader.note_box().wait().await;
    let text = "- words of a *long* note, one line after the other\n";
    let text: String = text.chars().cycle().take(LENGTH).collect();
    run_async(reader, FILL, vec![json!(text)]).await;
    let (mut keys, mut painted) = (Vec::new(), Vec::new());
    for _ in 0..KEYS {
        let took = run_async(reader, TYPE, vec![json!("a")]).await;
        let number = |index: usize| took[index].as_f64().expect("milliseconds");
        keys.push(number(0));
        painted.push(number(1));
    }
    report.series(
        &format!("typing in a note of 100000 characters, 10000 notes: a key, busy (goal <= {GOAL} at p95)"),
        &keys,
    );
    report.series(
        "typing in a note of 100000 characters, 10000 notes: a key until it is painted",
        &painted,
    );
    report.number(
        "typing: a key in a long note, p95 / 16 ms",
        percentile(&keys, 0.95) / GOAL,
        "(goal <= 1)",
    );
}
