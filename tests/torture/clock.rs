//! A clock that jumps by ten years back and forth, and texts that are not valid Unicode.

use std::collections::HashMap;

use postil::ui::strings::EN;
use serde_json::json;

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use crate::robot::served;
use postil_testing::driver::{Engine, Setup};
use postil_testing::locator::Name;
use postil_testing::reader::{GLANCE, Reader};

/// The page's clock, shifted by tens of years as the test says.
const CLOCK: &str = "const TrueDate = Date;
const YEARS = 315_576_000_000;
const shift = () => YEARS * Number(sessionStorage.getItem('torture-shift') ?? 0);
globalThis.Date = class extends TrueDate {
  constructor(...parts) { parts.length ? super(...parts) : super(TrueDate.now() + shift()); }
  static now() { return TrueDate.now() + shift(); }
};
globalThis.tortureYear = () => new Date().getFullYear();";

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    for engine in [Engine::Chromium, Engine::Firefox] {
        if scope.has(engine) && !(scope.short && engine == Engine::Firefox) {
            back_and_forth(engine, scope, &mut part).await;
            surrogates(engine, &mut part).await;
        }
    }
    part
}

async fn start(engine: Engine, script: &str) -> Reader {
    let setup = Setup {
        chaos: true,
        ..Setup::default()
    };
    let mut reader = Reader::start(engine, setup).await;
    reader.server = served(script);
    reader.open_site().await;
    ready(&reader).await;
    reader
}

async fn notes(reader: &Reader) -> HashMap<String, String> {
    let notes = reader.run("return postilRobot.notes()", vec![]).await;
    let notes: Vec<(String, String, String)> = serde_json::from_value(notes).expect("notes");
    notes.into_iter().map(|(id, _, text)| (id, text)).collect()
}

/// Waits until the notes have these texts; returns the differences when patience ends.
async fn differences(reader: &Reader, wanted: &HashMap<String, String>) -> Vec<String> {
    let start = std::time::Instant::now();
    loop {
        let found = notes(reader).await;
        let differ = wanted
            .iter()
            .filter(|(id, text)| found.get(*id) != Some(text));
        let differ: Vec<String> = differ
            .map(|(id, text)| format!("{text:?} is {:?}", found.get(id)))
            .collect();
        if differ.is_empty() || start.elapsed().as_secs() > 3 {
            return differ;
        }
        tokio::time::sleep(GLANCE).await;
    }
}

async fn back_and_forth(engine: Engine, scope: Scope, part: &mut Part) {
    let reader = start(engine, CLOCK).await;
    let mut wanted: HashMap<String, String> = HashMap::new();
    let mut lost = Vec::new();
    let (times, mut years) = (scope.of(60, 9), Vec::new());
    let first = reader
        .run("return postilRobot.add(5, 30, 'begun')", vec![])
        .await;
    let first = first.as_str().unwrap_or_default().to_owned();
    for time in 0..times {
        let shift = [0, 1, -1][time % 3];
        let script = "sessionStorage.setItem('torture-shift', arguments[0]);
            postilRobot.edit(arguments[1], `edit ${arguments[2]}`);
            return [postilRobot.add(40 + arguments[2] * 9, 60 + arguments[2] * 9, `note ${arguments[2]}`), tortureYear()]";
        let added = reader
            .run(script, vec![json!(shift), json!(first), json!(time)])
            .await;
        reader.wait_until_saved().await;
        wanted.insert(first.clone(), format!("edit {time}"));
        wanted.insert(
            added[0].as_str().unwrap_or_default().to_owned(),
            format!("note {time}"),
        );
        years.push(added[1].as_u64().unwrap_or_default());
        if time % 5 == 4 {
            reader.reload().await;
            ready(&reader).await;
            lost.extend(differences(&reader, &wanted).await);
        }
    }
    lost.extend(differences(&reader, &wanted).await);
    let distinct = |years: &mut Vec<u64>| {
        years.sort_unstable();
        years.dedup();
        years.len()
    };
    part.must(
        &format!("{engine:?}: the page's clock was set"),
        distinct(&mut years) >= 3,
    );
    part.count(
        &format!("{engine:?}: edits with the clock set back and forth"),
        times * 2,
    );
    part.none(
        &format!("{engine:?}: edits lost or in a wrong order"),
        &lost,
    );
}

/// Lone surrogates: typed, pasted and imported.
async fn surrogates(engine: Engine, part: &mut Part) {
    let reader = start(engine, "").await;
    let mut faults = Vec::new();
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    let put = "element.value = 'before \\ud83d after \\udc00'; element.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    reader.note_box().evaluate(put).await;
    reader
        .combobox(EN.editor.tags)
        .evaluate(&put.replace("before", "tag"))
        .await;
    reader.button(EN.buttons.save).click().await;
    reader.note_box().wait_gone().await;
    reader.wait_until_saved().await;
    reader.write_note("many engineers", "harmless", "").await;
    let file = reader.export().await.to_string();
    reader.reload().await;
    ready(&reader).await;
    let wanted = ["before", "after", "harmless"];
    if !says(&reader, &wanted).await {
        faults.push(format!("typed: {:?}", notes(&reader).await));
    }
    // As in files of other programs: JSON can escape a lone surrogate.
    let halved = file
        .replace("harmless", "harm\\ud800less")
        .replace("urn:uuid:", "urn:uuid:f");
    reader.import_file("halved.json", halved.as_bytes()).await;
    if !more_than(&reader, 2).await || !says(&reader, &["harm\u{fffd}less", "before"]).await {
        let said = "return [...document.querySelectorAll('[role=status], [role=alert]')].map((part) => part.textContent).join(' ')";
        let said = reader.run(said, vec![]).await;
        faults.push(format!("imported: {said}: {:?}", notes(&reader).await));
    }
    let dialog = reader.open_dialog().await;
    let paste = dialog.textbox(EN.open.paste);
    paste.evaluate("element.value = '# Halves\\n\\nwords \\ud83d and words \\udc00.'; element.dispatchEvent(new InputEvent('input', { bubbles: true }))").await;
    dialog.button(EN.buttons.open).click().await;
    dialog.wait_gone().await;
    reader.article(Name::Any).wait().await;
    reader.article("Halves").wait().await;
    let text = reader.article_text().await;
    if !(text.contains("words") && text.contains("and words")) {
        faults.push(format!("pasted: {text:?}"));
    }
    reader.highlight("and words").await;
    reader.reload().await;
    reader.wait_painted(&["and words"]).await;
    part.none(
        &format!("{engine:?}: faults with halves of letters"),
        &faults,
    );
}

async fn says(reader: &Reader, wanted: &[&str]) -> bool {
    let start = std::time::Instant::now();
    loop {
        let all = notes(reader)
            .await
            .into_values()
            .collect::<Vec<_>>()
            .join(" ");
        if wanted.iter().all(|words| all.contains(words)) {
            return true;
        }
        if start.elapsed().as_secs() > 5 {
            return false;
        }
        tokio::time::sleep(GLANCE).await;
    }
}

async fn more_than(reader: &Reader, count: usize) -> bool {
    let start = std::time::Instant::now();
    while notes(reader).await.len() <= count {
        if start.elapsed().as_secs() > 10 {
            return false;
        }
        tokio::time::sleep(GLANCE).await;
    }
    true
}
