//! Cold start: from nothing to a readable article, compared with the same article as static HTML.

use serde_json::json;

use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

const RUNS: usize = 15;
/// Runs in every page from its start: records when an article has words and two frames have passed,
/// and when the app accepts input.
const WATCH: &str = r#"
    window.figures = {};
    const twice = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
    const look = () => {
      const article = document.querySelector("article");
      const readable = article && article.querySelector("p");
      if (readable && !window.figures.seen) {
        window.figures.seen = true;
        twice(() => { window.figures.readable = performance.now(); });
      }
      const ready = document.querySelector("[aria-label='Search notes']") || document.querySelector("meta[name=plain]");
      if (readable && ready && window.figures.readable) { window.figures.ready = performance.now(); return; }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"#;

/// Measures app and static page in turn.
pub async fn measure(reader: &Reader, report: &mut Report) {
    reader.devtools("Page.enable", json!({})).await;
    let added = reader
        .devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WATCH }),
        )
        .await;
    reader.devtools("Network.enable", json!({})).await;
    reader
        .devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await;
    let plain = static_page(reader).await;
    let (mut app, mut ready, mut page) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (readable, _) = cold(reader, &plain).await;
        page.push(readable);
        let (readable, input) = cold(reader, &reader.server.site("")).await;
        app.push(readable);
        ready.push(input);
    }
    report.series("start: static page, readable", &page);
    report.series("start: app, bundled article readable", &app);
    report.series("start: app, ready for input", &ready);
    let limit = 1.5 * percentile(&page, 0.5) + 150.0;
    report.number(
        "start: app readable / (1.5 x static page + 150 ms)",
        percentile(&app, 0.5) / limit,
        "(goal <= 1)",
    );
    reader
        .devtools("Page.removeScriptToEvaluateOnNewDocument", added)
        .await;
    reader
        .devtools(
            "Network.setCacheDisabled",
            json!({ "cacheDisabled": false }),
        )
        .await;
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

async fn cold(reader: &Reader, address: &str) -> (f64, f64) {
    reader.open("about:blank").await;
    let origin = reader.server.address_of("");
    reader
        .devtools(
            "Storage.clearDataForOrigin",
            json!({ "origin": origin, "storageTypes": "all" }),
        )
        .await;
    reader.open(address).await;
    reader
        .wait_for(async || {
            let figures = reader.run("return window.figures", vec![]).await;
            let number = |name: &str| figures.get(name).and_then(|value| value.as_f64());
            number("readable")
                .zip(number("ready"))
                .ok_or_else(|| "not ready yet".to_owned())
        })
        .await
}
