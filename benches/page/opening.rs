//! Opening a long article, with no notes and with many, compared with plain pages of its words.

use serde_json::{Value, json};

use postil::model::article::Article;
use postil::model::sync::PREFIX;
use postil::model::sync::record::{Path, Record};

use crate::sample;
use postil_testing::figures::{Report, percentile};
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

/// One megabyte of text.
pub const BYTES: usize = 1_000_000;
/// Path of the plain page.
pub const PLAIN: &str = "/long.html";
/// Path of the plain page of which the browser skips what is far away.
const SKIPPED: &str = "/skipped.html";
const RUNS: usize = 7;

/// A record as both stores hold it: its key in localStorage, and its text.
pub fn stored(path: Path, body: &str) -> (String, String) {
    let record = Record::of_earlier(path, body);
    (
        format!("{PREFIX}{}", record.path()),
        record.text().to_string(),
    )
}

/// Measures plain pages, the app, and the app with notes in turn.
pub async fn measure(reader: &Reader, report: &mut Report) {
    reader.devtools("Performance.enable", json!({})).await;
    let article = sample::article(BYTES);
    put_plain_pages(reader);
    let mut series: Vec<(&str, Vec<f64>)> = Vec::new();
    for run in 0..RUNS {
        for (name, notes) in [
            ("plain", 0),
            ("plain, content-visibility", 0),
            ("app", 0),
            ("app, 1,000 notes", 1_000),
            ("app, 10,000 notes", 10_000),
        ] {
            let cpu = match name {
                "plain" => plain(reader, PLAIN).await,
                "plain, content-visibility" => plain(reader, SKIPPED).await,
                _ => app(reader, &article, notes).await,
            };
            if run == 0 {
                series.push((name, Vec::new()));
            }
            if let Some((_, values)) = series.iter_mut().find(|(other, _)| *other == name) {
                values.push(cpu);
            }
        }
    }
    for (name, values) in &series {
        report.series(
            &format!("opening 1 MB: {name}, page thread's CPU to all drawn"),
            values,
        );
    }
    let median = |index: usize| percentile(&series[index].1, 0.5);
    report.number(
        "opening 1 MB: app / plain page",
        median(2) / median(0),
        "(goal < 1)",
    );
    report.number(
        "opening 1 MB: app with 1,000 notes / plain page",
        median(3) / median(0),
        "",
    );
    report.number(
        "opening 1 MB: app with 10,000 notes / plain page",
        median(4) / median(0),
        "",
    );
}

/// Serves plain pages of the article's words, in the app's type.
pub fn put_plain_pages(reader: &Reader) {
    let style =
        "body{margin:0}main{max-width:38rem;margin:auto}article{font:19px/1.62 'Noto Serif',serif}";
    let page = sample::plain_page(BYTES, style);
    reader.server.put(PLAIN, Answer::html(&page));
    let skipped =
        format!("{style}p,h2{{content-visibility:auto;contain-intrinsic-block-size:auto 200px}}");
    reader
        .server
        .put(SKIPPED, Answer::html(&sample::plain_page(BYTES, &skipped)));
}

/// CPU time of the page's thread so far, in milliseconds.
pub async fn busy(reader: &Reader) -> f64 {
    let metrics = reader.devtools("Performance.getMetrics", json!({})).await;
    let metrics = metrics["metrics"].as_array().cloned().unwrap_or_default();
    let task = metrics
        .iter()
        .find(|metric| metric["name"] == "TaskDuration");
    task.and_then(|metric| metric["value"].as_f64())
        .expect("a metric")
        * 1000.0
}

async fn plain(reader: &Reader, path: &str) -> f64 {
    // Of the same origin, so that one process draws both.
    reader.open(&reader.server.address_of("/empty.html")).await;
    let before = busy(reader).await;
    reader.open(&reader.server.address_of(path)).await;
    frames(reader).await;
    busy(reader).await - before
}

async fn app(reader: &Reader, article: &Article, notes: usize) -> f64 {
    keep(reader, article, notes).await;
    reader.open(&reader.server.address_of("/empty.html")).await;
    let before = busy(reader).await;
    open_kept(reader, article, notes).await;
    busy(reader).await - before
}

/// Opens the stored article, and waits until all of it and every note is drawn.
pub async fn open_kept(reader: &Reader, article: &Article, notes: usize) {
    reader.open(&reader.server.site("")).await;
    let units = article.text().encode_utf16().count();
    let script = "const [units, notes, done] = arguments; const look = () => { \
        const article = document.querySelector('article'); \
        const count = document.querySelector('.notes .count'); \
        const counted = notes == 0 || (count && count.textContent.startsWith(notes + ' note')); \
        if (article && article.textContent.length == units && counted) \
          requestAnimationFrame(() => requestAnimationFrame(() => done(true))); \
        else setTimeout(look, 50); }; look();";
    run_async(reader, script, vec![json!(units), json!(notes)]).await;
}

async fn frames(reader: &Reader) {
    run_async(reader, "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))", vec![]).await;
}

/// Runs a script that calls its last argument when done.
pub async fn run_async(reader: &Reader, script: &str, arguments: Vec<Value>) -> Value {
    reader
        .browser
        .client
        .execute_async(script, arguments)
        .await
        .expect("the script ends")
}

/// Stores an article with notes where the app keeps them.
pub async fn keep(reader: &Reader, article: &Article, notes: usize) {
    reader.server.put(
        "/empty.html",
        Answer::html("<!doctype html><title>Empty</title>"),
    );
    reader.open(&reader.server.address_of("/empty.html")).await;
    let id = article.id();
    let mut records: Vec<(String, String)> = sample::notes(article, notes.max(1))
        .iter()
        .take(notes)
        .map(|note| stored(Path::of_note(&id, &note.id), &note.to_record()))
        .collect();
    let about =
        json!({ "iri": article.iri(), "title": article.title(), "digest": article.digest() });
    records.push(stored(Path::of_article(&id), &about.to_string()));
    records.push((
        "postil/1/setting/last-article".to_owned(),
        id.as_str().to_owned(),
    ));
    // Making the day's snapshot is not part of opening.
    let today = "1".to_owned();
    records.push(("postil/1/setting/snapshot".to_owned(), today));
    let script = "const [records, digest, json, done] = arguments; \
        localStorage.clear(); sessionStorage.clear(); \
        for (const [key, value] of records) localStorage.setItem(key, value); \
        const opening = indexedDB.open('postil', 3); \
        opening.onupgradeneeded = () => { \
          for (const name of ['texts', 'findings', 'records', 'snapshots', 'handles']) opening.result.createObjectStore(name); }; \
        opening.onsuccess = () => { const database = opening.result; \
          const writing = database.transaction(['texts', 'records'], 'readwrite'); \
          writing.objectStore('texts').put(json, digest); \
          const journal = writing.objectStore('records'); journal.clear(); \
          for (const [key, value] of records) if (key.startsWith('postil/2/')) \
            journal.put(value, key.slice('postil/2/'.length) + '/' + value.split(' ')[1]); \
          writing.oncomplete = () => { database.close(); done(true); }; };";
    let arguments = vec![
        json!(records),
        json!(article.digest()),
        json!(article.to_json()),
    ];
    run_async(reader, script, arguments).await;
}
