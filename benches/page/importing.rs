//! An import of foreign notes onto a megabyte, and the start with them afterwards.

use serde_json::{Value, json};

use postil::model::article::Article;

use crate::dropping::{WORDS, begin_anew};
use crate::opening::{busy, keep, open_kept, run_async};
use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;

const BYTES: usize = 1_000_000;
const RUNS: usize = 5;

/// Notes as another program exports them: the quote with its surroundings, and a position that
/// counts from the beginning of a page.
pub fn foreign(article: &Article, count: usize) -> String {
    let notes = sample::notes(article, count);
    let items = notes.iter().enumerate().map(|(index, note)| {
        let quote = note.target.quote.as_ref().expect("a quote");
        let position = note.target.position.expect("a position");
        json!({
            "id": format!("urn:example:{index}"),
            "type": "Annotation",
            "created": "2026-01-01T00:00:00Z",
            "motivation": "highlighting",
            "target": {
                "source": "https://example.org/long",
                "selector": [
                    { "type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix },
                    { "type": "TextPositionSelector", "start": position.start() + 57, "end": position.end() + 57 },
                ],
            },
        })
    });
    let items: Vec<Value> = items.collect();
    json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items }).to_string()
}

/// Drags a file of notes over the page, drops it, agrees at once to what is said of it, and waits until all are counted and none is looked for any more.
const IMPORT: &str = "const [text, count, done] = arguments;
    (async () => {
        let longest = 0;
        const file = new File([text], 'notes.json');
        await pause(500);
        // The way to the page takes a hand longer than this.
        drag('dragover', file);
        await pause(500);
        const start = performance.now();
        const observer = new PerformanceObserver((list) => {
            for (const { startTime, duration } of list.getEntries()) if (startTime > start) longest = Math.max(longest, duration);
        });
        observer.observe({ type: 'longtask' });
        drop(file);
        const agree = () => document.querySelector('.import-dialog[open] .primary');
        while (!agree()) await pause(4);
        agree().click();
        const here = () => document.querySelector('.notes .count')?.textContent.replaceAll(',', '').startsWith(count + ' note');
        while (!here() || document.querySelector('.unanchored .pending')) await pause(4);
        const took = performance.now() - start;
        await pause(1000);
        done([took, longest]);
    })();";

/// Measures the import and the start of a thousand and ten thousand notes.
pub async fn measure(reader: &Reader, report: &mut Report) {
    reader.devtools("Performance.enable", json!({})).await;
    let article = sample::article(BYTES);
    let mut none = Vec::new();
    for (count, goal) in [(1_000, 300.0), (10_000, 1_500.0)] {
        let file = foreign(&article, count);
        let (mut wall, mut longest, mut cpu, mut start) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            begin_anew(reader).await;
            keep(reader, &article, 0).await;
            none.push(started(reader, &article, 0).await);
            let before = busy(reader).await;
            let script = format!("{WORDS}{IMPORT}");
            let answer = run_async(reader, &script, vec![json!(file), json!(count)]).await;
            cpu.push(busy(reader).await - before);
            wall.extend(answer[0].as_f64());
            longest.extend(answer[1].as_f64());
            reader.wait_until_saved().await;
            start.push(started(reader, &article, count).await);
        }
        let name = format!("import of {count} foreign notes");
        report.series(&format!("{name}: drop to all placed, wall"), &wall);
        report.series(&format!("{name}: CPU of the page's thread"), &cpu);
        report.series(&format!("{name}: longest task (goal <= 50)"), &longest);
        report.number(
            &format!("{name}: wall / goal"),
            percentile(&wall, 0.5) / goal,
            "(goal <= 1)",
        );
        let beyond = percentile(&start, 0.5) - percentile(&none, 0.5);
        report.series(&format!("start with {count} foreign notes: CPU"), &start);
        report.number(
            &format!("start with {count} foreign notes: CPU beyond none"),
            beyond,
            "ms",
        );
    }
    report.series("start with no notes: CPU", &none);
}

/// CPU time of opening the stored article, to a second after everything is drawn.
async fn started(reader: &Reader, article: &Article, notes: usize) -> f64 {
    reader.open(&reader.server.address_of("/empty.html")).await;
    let before = busy(reader).await;
    open_kept(reader, article, notes).await;
    run_async(reader, "setTimeout(arguments[0], 1000, true)", vec![]).await;
    busy(reader).await - before
}
