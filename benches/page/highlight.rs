//! A new highlight, from the key to the paint, with no notes, a thousand and ten thousand.

use serde_json::json;

use crate::opening::{busy, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const BYTES: usize = 1_000_000;
const RUNS: usize = 40;
/// Selects unannotated words in the first paragraphs of the window, waits for the toolbar, and lets
/// the page come to rest.
const SELECT: &str = r#"
    const [number, done] = arguments;
    const rest = () => requestAnimationFrame(() => setTimeout(() => done(true), 30));
    scrollTo(0, 400 + number * 700);
    setTimeout(() => {
      const inWindow = (p) => { const r = p.getBoundingClientRect(); return r.top > 120 && r.top < innerHeight - 120; };
      const texts = [...document.querySelectorAll("article p")].filter(inWindow).flatMap((p) => [...p.childNodes])
        .filter((node) => node.nodeType === 3);
      // Where notes are many no words between two of them are as long as that.
      const node = texts.find((node) => node.length > 60) ?? texts.reduce((one, other) => other.length > one.length ? other : one);
      getSelection().setBaseAndExtent(node, Math.min(5, node.length - 2), node, Math.min(45, node.length - 1));
      const look = () => document.querySelector("[role=toolbar]") ? rest() : setTimeout(look, 10);
      look();
    }, 150);
"#;
/// Presses `h`, and waits for one more painted passage and two frames.
const PRESS: &str = r#"
    const [key, done] = arguments;
    const count = () => document.querySelectorAll("[role=toolbar]").length;
    const start = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    requestAnimationFrame(() => requestAnimationFrame(() => done([performance.now() - start, count()])));
"#;

/// Measures each number of notes, and the overhead of measuring in turn with it.
pub async fn measure(reader: &Reader, report: &mut Report) {
    reader.devtools("Performance.enable", json!({})).await;
    let article = sample::article(BYTES);
    let mut p95 = Vec::new();
    for notes in [0, 1_000, 10_000] {
        keep(reader, &article, notes).await;
        open_kept(reader, &article, notes).await;
        let (mut cpu, mut wall, mut idle) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..RUNS {
            run_async(reader, SELECT, vec![json!(number)]).await;
            // A key without effect measures the overhead.
            idle.push(pressed(reader, "x").await.0);
            let (spent, took) = pressed(reader, "h").await;
            cpu.push(spent);
            wall.push(took);
        }
        let name = format!("highlight with {notes} notes in 1 MB");
        report.series(&format!("{name}: a key that does nothing, CPU"), &idle);
        report.series(&format!("{name}: CPU"), &cpu);
        let net: Vec<f64> = cpu
            .iter()
            .zip(&idle)
            .map(|(spent, asking)| spent - asking)
            .collect();
        report.series(&format!("{name}: CPU less the key that does nothing"), &net);
        report.series(&format!("{name}: to painted, wall"), &wall);
        p95.push(percentile(&cpu, 0.95));
    }
    report.number(
        "highlight: p95 with 1,000 notes / 16 ms",
        p95[1] / 16.0,
        "(goal <= 1)",
    );
    report.number(
        "highlight: p95 with 10,000 notes / 16 ms",
        p95[2] / 16.0,
        "(goal <= 1)",
    );
}

async fn pressed(reader: &Reader, key: &str) -> (f64, f64) {
    let before = busy(reader).await;
    let answer = run_async(reader, PRESS, vec![json!(key)]).await;
    let spent = busy(reader).await - before;
    let left = answer[1].as_f64();
    assert_eq!(
        left,
        Some(if key == "h" { 0.0 } else { 1.0 }),
        "the toolbar goes with the highlight"
    );
    (spent, answer[0].as_f64().expect("a number"))
}
