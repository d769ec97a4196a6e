//! The export of ten thousand notes in each format, from the press in the menu to the file.

use serde_json::json;

use crate::opening::{BYTES, keep, open_kept, run_async};
use crate::sample;
use postil::model::article::Source;
use postil::model::exchange::Format;
use postil::ui::strings::EN;
use postil_testing::figures::{Report, percentile};
use postil_testing::processes::{forget_peak, memory_and_peak, renderers};
use postil_testing::reader::Reader;

const NOTES: usize = 10_000;
/// How often each format is written: first all of them once, then all of them again.
const ROUNDS: usize = 3;
/// Goal for a file, in milliseconds.
const GOAL: f64 = 1_000.0;

/// Chooses an entry of the menu, and waits until there is a file; milliseconds from the press, the
/// longest that the page's own thread was busy meanwhile, and the file's bytes.
const EXPORT: &str = "const [menu, label, done] = arguments;
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    const make = URL.createObjectURL;
    let start;
    URL.createObjectURL = (blob) => {
        URL.createObjectURL = make;
        const took = performance.now() - start;
        setTimeout(() => { observer.disconnect(); done([took, longest, blob.size]); }, 100);
        return make.call(URL, blob);
    };
    document.querySelector(`.bar [aria-haspopup][aria-label=\"${menu}\"], .bar [aria-haspopup][title=\"${menu}\"]`).click();
    const choose = () => {
        const item = [...document.querySelectorAll('[role=menuitem]')].find((one) => one.textContent.trim() === label);
        if (!item) return setTimeout(choose, 10);
        start = performance.now();
        item.click();
    };
    choose();";

/// Measures each format of the menu.
pub async fn measure(reader: &Reader, report: &mut Report) {
    // One with an address, to whose passages there are links.
    let address = Source::Address("https://example.org/long".to_owned());
    let article = sample::article_from(BYTES, address);
    keep(reader, &article, NOTES).await;
    open_kept(reader, &article, NOTES).await;
    let mut took = vec![Vec::new(); Format::ALL.len()];
    let (mut longest, mut growth) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for (format, took) in Format::ALL.into_iter().zip(&mut took) {
            let label = (EN.bar.format)(format);
            let process = heaviest(reader);
            forget_peak(process);
            let [before, _] = memory_and_peak(process);
            let answer = run_async(reader, EXPORT, vec![json!(EN.bar.export), json!(label)]).await;
            let [_, peak] = memory_and_peak(process);
            growth.push(peak / before);
            took.extend(answer[0].as_f64());
            longest.extend(answer[1].as_f64());
            assert!(
                answer[2].as_u64() > Some(NOTES as u64),
                "{label} has no notes"
            );
        }
    }
    let mut worst = 0.0_f64;
    for (format, took) in Format::ALL.into_iter().zip(&took) {
        let label = (EN.bar.format)(format);
        report.series(&format!("export of {NOTES} notes: {label}"), took);
        worst = worst.max(percentile(took, 0.5));
    }
    report.series(
        &format!("export of {NOTES} notes: longest task (goal <= 100)"),
        &longest,
    );
    report.number(
        &format!("export of {NOTES} notes: most memory of page and worker / before"),
        growth.iter().copied().fold(0.0, f64::max),
        "(goal < 2)",
    );
    report.number(
        &format!("export of {NOTES} notes: the slowest format's median / 1 s"),
        worst / GOAL,
        "(goal <= 1)",
    );
}

/// The process that draws the page and runs its worker.
fn heaviest(reader: &Reader) -> u32 {
    let all = renderers(reader.browser.driver()).into_iter();
    let page = all.max_by_key(|process| memory_and_peak(*process)[0] as u64);
    page.expect("a process draws the page")
}
