//! Weight: the size of ten thousand typical notes in localStorage, and the time a save blocks.

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use postil_testing::driver::{Engine, Setup};
use postil_testing::figures::percentile;
use postil_testing::reader::Reader;
use postil_testing::seed::Seed;
use postil_testing::steps::items;

/// UTF-16 units that a browser lets a site keep in localStorage, counting keys and values.
const QUOTA: f64 = 5_242_880.0;

/// How long a save may block the page, in milliseconds.
const HOLD: f64 = 8.0;

/// Numbers of letters in a passage and in a note.
const QUOTE: usize = 120;
const NOTE: usize = 60;

const WORDS: [&str; 16] = [
    "margin", "reader", "court", "letter", "evidence", "notes", "patience", "history", "passage",
    "claims", "draft", "record", "answer", "ruling", "scholar", "chance",
];

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    let (all, some) = (scope.of(10_000, 400), scope.of(5_000, 200));
    let setup = Setup {
        chaos: true,
        ..Setup::default()
    };
    let reader = Reader::start(Engine::Chromium, setup).await;
    reader.open_site().await;
    ready(&reader).await;
    let mut random = Seed(scope.seed);
    let text = article(&mut random, "A long article", scope.of(1_200_000, 60_000));
    reader.open_pasted(&text).await;
    reader.article("A long article").wait().await;
    let begin = "return postilRobot.add(arguments[0], arguments[1], 'begun')";
    reader.run(begin, vec![json!(40), json!(40 + QUOTE)]).await;
    reader.wait_until_saved().await;
    let file = reader.export().await;
    let text = reader.article_text().await;
    import(&reader, &file, &text, 0..some).await;
    hold_up(&reader, scope, some, &mut part).await;
    import(&reader, &file, &text, some..all).await;
    let units = used(&reader).await;
    let kept = "return Object.keys(localStorage).filter((key) => /^postil\\/\\d\\/note\\//.test(key)).length";
    let kept = reader.run(kept, vec![]).await.as_f64().unwrap_or_default();
    part.count("ordinary notes", all);
    part.count("notes in localStorage", kept as usize);
    part.must("every note is in localStorage", kept as usize > all);
    part.at_most("units of localStorage in use", units, QUOTA, "units");
    part.number("units for each note", units / kept, "units");
    part
}

fn words(random: &mut Seed, length: usize) -> String {
    let mut text = String::new();
    while text.len() < length {
        text += *random.pick(&WORDS);
        // Numbers make most passages unique, as in a real article.
        text += &format!(" {} ", random.next(10_000));
    }
    text.truncate(length);
    text.trim_end().to_owned()
}

/// An article in Markdown of about this many letters.
pub fn article(random: &mut Seed, title: &str, length: usize) -> String {
    let mut text = format!("# {title}\n\n");
    while text.len() < length {
        text += &words(random, 500);
        text += ".\n\n";
    }
    text
}

/// Imports typical notes; a note's number determines its place in the text.
async fn import(reader: &Reader, file: &Value, text: &str, numbers: std::ops::Range<usize>) {
    let template = &items(file)[0];
    let stride = (text.len() - 400) / 10_050;
    let notes = numbers.clone().map(|number| {
        let start = 150 + number * stride.max(2);
        note(template, text, start, number)
    });
    let notes: Vec<Value> = notes.collect();
    let count = notes.len();
    let mut whole = file.clone();
    whole["first"]["items"] = json!(notes);
    let bytes = whole.to_string().into_bytes();
    let before = noted(reader).await;
    reader
        .import_file(&format!("notes-{}.json", numbers.start), &bytes)
        .await;
    let start = std::time::Instant::now();
    while noted(reader).await < before + count {
        assert!(
            start.elapsed().as_secs() < 180,
            "the notes are not imported"
        );
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    reader.wait_until_saved().await;
}

async fn noted(reader: &Reader) -> usize {
    let count = reader
        .run("return postilRobot.notes().length", vec![])
        .await;
    count.as_u64().unwrap_or_default() as usize
}

fn note(template: &Value, text: &str, start: usize, number: usize) -> Value {
    let mut item = template.clone();
    item["id"] = json!(format!(
        "urn:uuid:{:08x}-0000-4000-8000-000000000000",
        number
    ));
    let mut seed = Seed(number as u64);
    let body = words(&mut seed, NOTE);
    item["body"] = json!([
        { "type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": body },
        { "type": "TextualBody", "purpose": "tagging", "value": "law" },
        { "type": "TextualBody", "purpose": "tagging", "value": "to read" },
    ]);
    for selector in item["target"]["selector"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        if selector["type"] == "TextQuoteSelector" {
            // As much context as the app stores.
            let length = |side: &Value| side.as_str().map_or(32, str::len).min(start);
            let (before, after) = (length(&selector["prefix"]), length(&selector["suffix"]));
            selector["prefix"] = json!(&text[start - before..start]);
            selector["exact"] = json!(&text[start..start + QUOTE]);
            selector["suffix"] = json!(&text[start + QUOTE..start + QUOTE + after]);
        }
        if selector["type"] == "TextPositionSelector" {
            selector["start"] = json!(start);
            selector["end"] = json!(start + QUOTE);
        }
    }
    item
}

async fn used(reader: &Reader) -> f64 {
    let script = "return Object.entries(localStorage).reduce((sum, [key, value]) => sum + key.length + value.length, 0)";
    let units = reader.run(script, vec![]).await;
    units.as_f64().unwrap_or(f64::NAN)
}

/// Saves many times, and reports how long each save blocked the page.
async fn hold_up(reader: &Reader, scope: Scope, notes: usize, part: &mut Part) {
    reader.reload().await;
    ready(reader).await;
    let start = std::time::Instant::now();
    while noted(reader).await < notes {
        assert!(
            start.elapsed().as_secs() < 60,
            "the notes do not come back: {} of {notes}; {}",
            noted(reader).await,
            reader
                .run(
                    "return document.title + document.querySelector('.notices')?.textContent",
                    vec![]
                )
                .await
        );
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let script = "const [times] = arguments;
        return (async () => {
            const longest = [];
            new PerformanceObserver((list) => { for (const entry of list.getEntries()) longest.push(entry.duration); })
                .observe({ type: 'longtask' });
            const ids = postilRobot.notes().map(([id]) => id);
            const saves = [], edits = [];
            for (let time = 0; time < times; time += 1) {
                const start = performance.now();
                postilRobot.edit(ids[(time * 37) % ids.length], `written again for the time number ${time}`);
                edits.push(performance.now() - start);
                saves.push(window.postilSaving);
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            }
            return { saves, edits, longest };
        })()";
    let times = scope.of(300, 40);
    let told = reader.run(script, vec![json!(times)]).await;
    let series = |name: &str| -> Vec<f64> {
        let all = told[name].as_array().into_iter().flatten();
        all.filter_map(Value::as_f64).collect()
    };
    let saves = series("saves");
    part.count("notes while saving", notes);
    part.series("a save holds up the page", &saves, "ms");
    part.series(
        "beginning, typing and saving together",
        &series("edits"),
        "ms",
    );
    let p99 = percentile(&saves, 0.99);
    part.at_most("a save holds up the page, p99", p99, HOLD, "ms");
    let longest = series("longest").into_iter().fold(0.0, f64::max);
    part.number("longest task meanwhile, drawing included", longest, "ms");
}
