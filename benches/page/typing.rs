//! Typing in a note of a hundred thousand characters, among ten thousand notes, compared with typing in
//! a bare box with the same text.

use postil::ui::strings::EN;
use serde_json::json;

use crate::opening::{BYTES, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const NOTES: usize = 10_000;
/// Length of the note, in characters.
const LENGTH: usize = 100_000;
/// Number of keys in a row in either box, and how often they are typed in turn: so both boxes meet the
/// same machine, however busy it is.
const KEYS: usize = 10;
const ROUNDS: usize = 6;
/// Goal for a key, in milliseconds.
const GOAL: f64 = 16.0;

/// The note's box, and the bare one.
const BOX: &str = ".editor textarea";
const BARE: &str = "html > textarea";

/// Puts a box with a text on the page, as large as the note's and outside of all that the app draws
/// and listens to.
const PUT_BARE: &str = "const [like, text, done] = arguments;
    const { width, height } = document.querySelector(like).getBoundingClientRect();
    const box = document.createElement('textarea');
    box.setAttribute('aria-label', 'Bare');
    for (const [property, value] of Object.entries({ position: 'fixed', top: '0', left: '0', 'field-sizing': 'fixed',
        width: `${width}px`, height: `${Math.min(height, innerHeight / 2)}px` })) box.style.setProperty(property, value);
    box.value = text;
    document.documentElement.append(box);
    done(true)";

/// Puts the caret at the end of a box, and waits until the page rests.
const ENTER: &str = "const [place, done] = arguments;
    const box = document.querySelector(place);
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
    requestAnimationFrame(() => setTimeout(() => done(document.activeElement === box), 200));";

/// Types a letter, and waits until the page is painted; milliseconds from the one to the other, and how
/// many of them the page's own thread was busy at a stretch.
const TYPE: &str = "const [letter, done] = arguments;
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

/// Types some letters in a box, and adds how long each kept the page busy, and how long it was until
/// it was painted.
async fn type_in(reader: &Reader, place: &str, busy: &mut Vec<f64>, painted: &mut Vec<f64>) {
    let entered = run_async(reader, ENTER, vec![json!(place)]).await;
    assert_eq!(entered, json!(true), "{place} has no focus");
    for _ in 0..KEYS {
        let took = run_async(reader, TYPE, vec![json!("a")]).await;
        let number = |index: usize| took[index].as_f64().expect("milliseconds");
        busy.push(number(0));
        painted.push(number(1));
    }
}

/// Measures each key of some words at the end of a long note and of a bare box.
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
    run_async(reader, PUT_BARE, vec![json!(BOX), json!(text)]).await;
    let (mut keys, mut painted) = (Vec::new(), Vec::new());
    let (mut bare_keys, mut bare_painted) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        type_in(reader, BARE, &mut bare_keys, &mut bare_painted).await;
        type_in(reader, BOX, &mut keys, &mut painted).await;
    }
    report.series(
        &format!("typing in a note of 100000 characters, 10000 notes: a key, busy (goal <= {GOAL} at p95)"),
        &keys,
    );
    report.series(
        "typing in a note of 100000 characters, 10000 notes: a key until it is painted",
        &painted,
    );
    report.series(
        "typing in a bare box of 100000 characters: a key, busy",
        &bare_keys,
    );
    report.series(
        "typing in a bare box of 100000 characters: a key until it is painted",
        &bare_painted,
    );
    let ratio = |share: f64| percentile(&keys, share) / percentile(&bare_keys, share);
    report.number(
        "typing: a key in the note / in a bare box, busy, median",
        ratio(0.5),
        "",
    );
    report.number(
        "typing: a key in the note / in a bare box, busy, p95",
        ratio(0.95),
        "",
    );
    report.number(
        "typing: a key in the note / in a bare box, until it is painted, median",
        percentile(&painted, 0.5) / percentile(&bare_painted, 0.5),
        "",
    );
    report.number(
        "typing: a key in a long note, p95 / 16 ms",
        percentile(&keys, 0.95) / GOAL,
        "(goal <= 1)",
    );
}
