//! The start: from nothing or from a visit before to a readable article and to an app that takes
//! input, compared with the same article as static HTML.

use serde_json::json;

use crate::opening::busy;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

const RUNS: usize = 15;
/// Runs in every page from its start: records when an article has words and two frames have passed,
/// and when the app accepts input.
const WATCH: &str = r#"
    window.figures = {};
    // Awaited, not asked for again and again: questions would delay what is measured.
    window.all = new Promise((done) => { window.done = done; });
    const twice = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
    const look = () => {
      const article = document.querySelector("article");
      const readable = article && article.querySelector("p");
      if (readable && !window.figures.seen) {
        window.figures.seen = true;
        twice(() => { window.figures.readable = performance.now(); });
      }
      const ready = document.querySelector("[aria-label='Search notes']") || document.querySelector("meta[name=plain]");
      if (readable && ready && window.figures.readable) {
        window.figures.ready = performance.now();
        window.done(window.figures);
        return;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"#;

/// How far away the site is: a name, and the conditions as the DevTools protocol has them.
const NETWORKS: [(&str, f64, f64); 2] =
    [("no limit", 0.0, -1.0), ("10 Mbit/s, 40 ms", 40.0, 1.25e6)];

/// One opening of a page: milliseconds to readable and to ready, and the CPU time until then.
type Opening = (f64, f64, f64);

/// Measures app and static page in turn, on a first visit and when a reader comes back.
pub async fn measure(reader: &Reader, report: &mut Report) {
    for domain in ["Page", "Network", "Performance"] {
        reader
            .devtools(&format!("{domain}.enable"), json!({}))
            .await;
    }
    let added = reader
        .devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WATCH }),
        )
        .await;
    cache(reader, false).await;
    let plain = static_page(reader).await;
    reader.server.compress();
    let site = reader.server.site("");
    for network in NETWORKS {
        emulate(reader, network).await;
        let (mut page, mut app) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            page.push(cold(reader, &plain).await);
            app.push(cold(reader, &site).await);
        }
        compare(report, &format!("start, {}", network.0), &page, &app);
    }
    for network in NETWORKS {
        come_back(reader, report, network, [&plain, &site]).await;
    }
    emulate(reader, NETWORKS[0]).await;
    reader
        .devtools("Page.removeScriptToEvaluateOnNewDocument", added)
        .await;
}

async fn emulate(reader: &Reader, (_, latency, throughput): (&str, f64, f64)) {
    let conditions = json!({ "offline": false, "latency": latency,
        "downloadThroughput": throughput, "uploadThroughput": throughput });
    reader
        .devtools("Network.emulateNetworkConditions", conditions)
        .await;
}

/// Compares the app of a reader who comes back, which the service worker has, with a page that
/// comes from the network.
async fn come_back(
    reader: &Reader,
    report: &mut Report,
    network: (&str, f64, f64),
    [plain, site]: [&str; 2],
) {
    let (mut page, mut app) = (Vec::new(), Vec::new());
    emulate(reader, network).await;
    for _ in 0..RUNS {
        // Nothing is cleared in between: that would take the service worker.
        cache(reader, false).await;
        page.push(opened(reader, plain).await);
        cache(reader, true).await;
        if app.is_empty() {
            // The service worker keeps the files, and the browser the compiled program.
            for _ in 0..3 {
                reader.open(site).await;
                reader.wait_until_kept().await;
            }
        }
        app.push(opened(reader, site).await);
    }
    compare(report, &format!("coming back, {}", network.0), &page, &app);
}

async fn cache(reader: &Reader, on: bool) {
    reader
        .devtools("Network.setCacheDisabled", json!({ "cacheDisabled": !on }))
        .await;
}

fn compare(report: &mut Report, name: &str, page: &[Opening], app: &[Opening]) {
    let of = |openings: &[Opening], part: fn(&Opening) -> f64| -> Vec<f64> {
        openings.iter().map(part).collect()
    };
    let plain = of(page, |opening| opening.0);
    let (readable, ready) = (of(app, |opening| opening.0), of(app, |opening| opening.1));
    report.series(&format!("{name}: static page, readable"), &plain);
    report.series(&format!("{name}: app, bundled article readable"), &readable);
    report.series(&format!("{name}: app, ready for input"), &ready);
    report.series(
        &format!("{name}: static page, CPU"),
        &of(page, |opening| opening.2),
    );
    report.series(
        &format!("{name}: app, CPU to ready"),
        &of(app, |opening| opening.2),
    );
    let ratio = |values: &[f64]| percentile(values, 0.5) / percentile(&plain, 0.5);
    report.number(
        &format!("{name}: app readable / static page"),
        ratio(&readable),
        "",
    );
    report.number(
        &format!("{name}: app ready / static page"),
        ratio(&ready),
        "",
    );
}

/// The article as the app draws it, as a separate page with the app's style sheet.
async fn static_page(reader: &Reader) -> String {
    reader.open_site().await;
    reader
        .wait_for(async || {
            let there = reader
                .run("return !!document.querySelector('article p')", vec![])
                .await;
            there
                .as_bool()
                .filter(|there| *there)
                .map(drop)
                .ok_or_else(|| "no article yet".to_owned())
        })
        .await;
    let page = reader
        .run(
            "const style = [...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText).join('\\n'); \
             return '<!doctype html><html lang=en><meta charset=utf-8><meta name=plain><title>Plain</title><style>' + style + '</style>' \
               + document.querySelector('main').outerHTML",
            vec![],
        )
        .await;
    reader
        .server
        .put("/plain.html", Answer::html(page.as_str().expect("a page")));
    reader.server.address_of("/plain.html")
}

/// Opens a page without anything stored.
async fn cold(reader: &Reader, address: &str) -> Opening {
    reader.open("about:blank").await;
    let origin = reader.server.address_of("");
    reader
        .devtools(
            "Storage.clearDataForOrigin",
            json!({ "origin": origin, "storageTypes": "all" }),
        )
        .await;
    opened(reader, address).await
}

async fn opened(reader: &Reader, address: &str) -> Opening {
    // Of the same origin, so that one process draws both.
    let empty = Answer::html("<!doctype html><title>Empty</title>");
    reader.server.put("/empty.html", empty);
    reader.open(&reader.server.address_of("/empty.html")).await;
    let before = busy(reader).await;
    reader.open(address).await;
    let figures = reader.run("return window.all", vec![]).await;
    let number = |name: &str| figures[name].as_f64().expect("a time");
    (
        number("readable"),
        number("ready"),
        busy(reader).await - before,
    )
}
