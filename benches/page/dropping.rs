//! A dropped page, from the drop until it can be read: the time that takes, and how long the page's
//! thread is blocked at a time.

use serde_json::{Value, json};

use crate::opening::run_async;
use crate::sample;
use postil_testing::figures::Report;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

const RUNS: usize = 5;
/// Sizes of a typical page and of a very long one, in bytes of HTML.
const REAL: usize = 100_000;
const LONG: usize = 5_000_000;

/// Measures a page with the worker cold and warm, and a long page, in turn.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let cases = [
        ("100 KB of HTML, worker cold", REAL, false, "(goal ≤ 800)"),
        ("100 KB of HTML, worker warm", REAL, true, "(goal ≤ 300)"),
        ("5 MB of HTML, worker warm", LONG, true, "(goal ≤ 3,000)"),
    ];
    let mut measured = cases.map(|_| Vec::new());
    for _ in 0..RUNS {
        for (index, (_, bytes, warm, _)) in cases.iter().enumerate() {
            measured[index].push(drop_page(reader, *bytes, *warm).await);
        }
    }
    for ((name, _, _, goal), runs) in cases.iter().zip(&measured) {
        let series = |field: &str| -> Vec<f64> {
            runs.iter().filter_map(|run| run[field].as_f64()).collect()
        };
        report.series(
            &format!("{name}: drop to readable {goal}"),
            &series("readable"),
        );
        report.series(
            &format!("{name}: longest task of the page's thread (goal ≤ 50)"),
            &series("longest"),
        );
        let told = runs.iter().filter(|run| run["told"] == true).count();
        report.number(
            &format!("{name}: runs with progress shown"),
            told as f64,
            "",
        );
    }
}

/// A page of about this many bytes, with a menu before its article.
fn page(bytes: usize) -> String {
    let words = sample::plain_page(bytes, "");
    let body = words.split_once("<article>").map_or("", |(_, body)| body);
    format!(
        "<!doctype html><html lang=en><head><title>Dropped</title></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>Dropped</h1>{body}</body></html>"
    )
}

/// Opens the app as on a first visit, without stored data.
pub async fn begin_anew(reader: &Reader) {
    // Via another page, so that the program and its worker start anew.
    let empty = Answer::html("<!doctype html><title>Empty</title>");
    reader.server.put("/empty.html", empty);
    reader.open(&reader.server.address_of("/empty.html")).await;
    let forget = "const done = arguments[0]; localStorage.clear(); sessionStorage.clear();
        (async () => {
            await navigator.storageBuckets?.delete('mirror');
            const request = indexedDB.deleteDatabase('postil');
            request.onsuccess = request.onerror = () => done(true);
        })();";
    run_async(reader, forget, vec![]).await;
    reader.open(&reader.server.site("")).await;
    reader.by_role("main", Name::Any).wait().await;
}

/// Functions for scripts in the page: `drop` drops a file, `shown` waits for an article, and
/// `measured` drops a file and returns how soon it could be read and the page's longest task.
pub const WORDS: &str = "
    const drag = (type, file) => {
        const transfer = new DataTransfer();
        transfer.items.add(file);
        dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    };
    const drop = (file) => drag('drop', file);
    const pause = (time) => new Promise((go) => setTimeout(go, time));
    const shown = async (title) => {
        const label = () => document.querySelector('article')?.getAttribute('aria-label');
        while (label() !== title || !document.querySelector('article [data-b]')) await pause(4);
    };
    const warmed = async () => {
        while (!document.querySelector('article [data-b]')) await pause(4);
        drop(new File(['# Warm\\n\\nwords'], 'warm.md'));
        await shown('Warm');
    };
    const measured = async (file, title) => {
        let longest = 0, told = false;
        const observer = new PerformanceObserver((list) => {
            for (const { startTime, duration } of list.getEntries()) {
                if (startTime > start) longest = Math.max(longest, duration);
            }
        });
        await pause(200);
        const start = performance.now();
        observer.observe({ type: 'longtask' });
        const watch = setInterval(() => { told ||= document.querySelector('.notice progress[value]') !== null; }, 10);
        drop(file);
        await shown(title);
        const readable = performance.now() - start;
        await pause(3000);
        clearInterval(watch);
        return { readable, longest, told };
    };";

async fn drop_page(reader: &Reader, bytes: usize, warm: bool) -> Value {
    begin_anew(reader).await;
    let script = "const [html, warm, done] = arguments;
        (async () => {
            while (!document.querySelector('article [data-b]')) await pause(4);
            if (warm) await warmed();
            await pause(1500);
            done(await measured(new File([html], 'dropped.html'), 'Dropped'));
        })();";
    let script = [WORDS, script].concat();
    run_async(reader, &script, vec![json!(page(bytes)), json!(warm)]).await
}
