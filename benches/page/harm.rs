//! Dropped files of hostile size or shape: how soon something of them can be read, and how long the
//! page's thread is blocked at a time.

use serde_json::json;

use crate::dropping::{WORDS, begin_anew};
use crate::opening::run_async;
use postil_testing::figures::Report;
use postil_testing::hostile::bomb;
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

const RUNS: usize = 3;
/// File names, and the parts of each file as a JavaScript expression.
const FILES: [(&str, &str); 7] = [
    (
        "nested.html",
        "['<p>first</p>', '<div>'.repeat(1e5), 'deep']",
    ),
    ("million.html", "['<p>word'.repeat(1e6)]"),
    (
        "unclosed.html",
        "['<p>first <b>bold <table><tr><td>cell <ul><li>'.repeat(5e4)]",
    ),
    (
        "huge page.html",
        "Array(200).fill('<p>The reader goes on and on here.</p>\\n'.repeat(28000))",
    ),
    (
        "huge text.txt",
        "Array(200).fill('The reader goes on and on here.\\n\\n'.repeat(30000))",
    ),
    (
        "broken.html",
        "['<meta charset=utf-8>', ...Array(20000).fill(new Uint8Array([60, 112, 62, 102, 233, 32, 195, 119]))]",
    ),
    (
        "bomb.epub",
        "[await (await fetch(arguments[1])).arrayBuffer()]",
    ),
];

/// Measures each file in turn, with the worker warm.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let book = Answer::new("application/epub+zip", bomb());
    reader.server.put("/bomb.epub", book);
    let book = reader.server.address_of("/bomb.epub");
    for (name, parts) in FILES {
        let (title, _) = name.rsplit_once('.').expect("a name with an ending");
        let (mut readable, mut longest) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            begin_anew(reader).await;
            let script = format!(
                "{WORDS}
                const done = arguments[arguments.length - 1];
                (async () => {{
                    await warmed();
                    await pause(500);
                    const file = new File({parts}, arguments[0]);
                    done(await measured(file, arguments[2]));
                }})();"
            );
            let arguments = vec![json!(name), json!(book), json!(title)];
            let run = run_async(reader, &script, arguments).await;
            readable.extend(run["readable"].as_f64());
            longest.extend(run["longest"].as_f64());
        }
        report.series(
            &format!("{name}: drop to readable (goal ≤ 2,000)"),
            &readable,
        );
        report.series(
            &format!("{name}: longest task of the page's thread"),
            &longest,
        );
    }
}
