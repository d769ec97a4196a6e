//! Storage that refuses or forgets: full, without quota, blocked, cleared behind the app's back.

use std::time::Instant;

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use postil_testing::driver::{Engine, Setup};
use postil_testing::reader::{GLANCE, Reader};
use postil_testing::steps::{bodies, items};

/// Time limit for the message to the reader, in milliseconds.
const SOON: f64 = 200.0;

/// A way for storage to fail.
struct Failure {
    name: &'static str,
    /// Applied before the edit.
    cause: Cause,
    /// True if the reader must be told.
    told: bool,
    /// True if the notes must survive a reload.
    outlives: bool,
}

enum Cause {
    /// A script to run in the page.
    Script(&'static str),
    /// Runs in another tab of the app, until the promise is kept that it may return. `listen` runs in
    /// this one before, and makes `heard` true when the tab has heard of it.
    Elsewhere {
        listen: &'static str,
        script: &'static str,
    },
    /// A method of the DevTools protocol; the origin is added.
    Devtools(&'static str, Value),
    /// Site data are blocked from the start.
    Forbidden,
}

/// Fills localStorage to the last UTF-16 unit, as another app might.
const FILL: &str = "let size = 1 << 20, number = 0;
    while (size >= 1) {
        try { localStorage.setItem(`another-app/${number}`, 'x'.repeat(size)); number += 1; } catch { size = Math.floor(size / 2); }
    }";
/// Makes the database throw or fail as for lack of room.
const NO_ROOM: &str =
    "const full = () => { throw new DOMException('no room', 'QuotaExceededError'); };
    IDBObjectStore.prototype.put = full; IDBObjectStore.prototype.add = full;";
const SLOW: &str = "const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        const request = put.apply(this, given);
        const hold = performance.now() + 400;
        while (performance.now() < hold);
        return request;
    };";
const NO_LOCAL: &str =
    "Storage.prototype.setItem = () => { throw new DOMException('refused', 'SecurityError'); };";

const DELETE: &str = "return new Promise((done) => {
    const request = indexedDB.deleteDatabase('postil');
    request.onsuccess = request.onerror = () => done(null);
});";

fn failures() -> Vec<Failure> {
    let failure = |name, cause, told, outlives| Failure {
        name,
        cause,
        told,
        outlives,
    };
    vec![
        failure("localStorage full", Cause::Script(FILL), true, true),
        failure("localStorage refuses", Cause::Script(NO_LOCAL), true, true),
        failure("IndexedDB full", Cause::Script(NO_ROOM), true, true),
        failure("a slow disk", Cause::Script(SLOW), false, true),
        failure(
            "IndexedDB without quota",
            Cause::Devtools("Storage.overrideQuotaForOrigin", json!({ "quotaSize": 1 })),
            true,
            true,
        ),
        failure("both forbidden", Cause::Forbidden, true, false),
        failure(
            "localStorage cleared in another tab",
            Cause::Elsewhere {
                listen: "window.heard = false;
                    addEventListener('storage', ({ key }) => { if (key === null) window.heard = true; })",
                script: "localStorage.clear()",
            },
            false,
            true,
        ),
        failure(
            "localStorage cleared",
            Cause::Devtools(
                "Storage.clearDataForOrigin",
                json!({ "storageTypes": "local_storage" }),
            ),
            false,
            true,
        ),
        failure(
            "IndexedDB cleared",
            Cause::Devtools(
                "Storage.clearDataForOrigin",
                json!({ "storageTypes": "indexeddb" }),
            ),
            false,
            true,
        ),
        failure(
            "IndexedDB deleted in another tab",
            Cause::Elsewhere {
                // The database is deleted only when every tab has heard of it, and closed it.
                listen: "window.heard = true",
                script: DELETE,
            },
            false,
            true,
        ),
    ]
}

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    for engine in [Engine::Chromium, Engine::Firefox] {
        if !scope.has(engine) || (scope.short && engine == Engine::Firefox) {
            continue;
        }
        let mut times = Vec::new();
        for failure in failures() {
            if engine == Engine::Firefox && matches!(failure.cause, Cause::Devtools(..)) {
                continue;
            }
            suffer(engine, &failure, &mut part, &mut times).await;
        }
        part.series(
            &format!("{engine:?}: time until the reader is told"),
            &times,
            "ms",
        );
        let longest = times.iter().copied().fold(0.0, f64::max);
        part.at_most(
            &format!("{engine:?}: longest time until the reader is told"),
            longest,
            SOON,
            "ms",
        );
    }
    part
}

async fn suffer(engine: Engine, failure: &Failure, part: &mut Part, times: &mut Vec<f64>) {
    let setup = Setup {
        chaos: true,
        site_data_blocked: matches!(failure.cause, Cause::Forbidden),
        ..Setup::default()
    };
    let reader = Reader::start(engine, setup).await;
    reader.open_site().await;
    ready(&reader).await;
    let mut faults = Vec::new();
    let before = "for (let note = 0; note < 3; note += 1) postilRobot.add(10 + note * 40, 30 + note * 40, `before ${note}`)";
    reader.run(before, vec![]).await;
    if !matches!(failure.cause, Cause::Forbidden) {
        reader.wait_until_saved().await;
    }
    cause(&reader, &failure.cause).await;
    let edit = reader.run(EDIT, vec![json!(failure.told)]).await;
    if failure.told {
        match edit["took"].as_f64() {
            Some(took) if !matches!(failure.cause, Cause::Forbidden) => times.push(took),
            Some(_) => {}
            // The browser has stored the edit nevertheless, so there is nothing to report.
            None if matches!(failure.cause, Cause::Devtools(..)) && edit["state"] == "saved" => {
                part.number(
                    &format!("{engine:?}, {}: taken all the same", failure.name),
                    1.0,
                    "edit",
                );
            }
            None => faults.push(format!("nothing was said of it: {edit}")),
        }
    }
    let wanted = ["before 0", "before 1", "before 2", "afterwards"];
    let shown = exported(&reader).await;
    for text in wanted
        .iter()
        .filter(|text| !shown.iter().any(|found| found == *text))
    {
        faults.push(format!("{text:?} is not in the export: {shown:?}"));
    }
    if failure.outlives {
        let start = Instant::now();
        // Repairs after the edit may take a moment.
        while reader.save_state().await.as_deref() == Some("saving")
            && start.elapsed().as_secs() < 10
        {
            tokio::time::sleep(GLANCE).await;
        }
        let state = reader.save_state().await;
        reader.reload().await;
        ready(&reader).await;
        let gone = lasting(&reader, &wanted).await;
        faults.extend(
            gone.iter()
                .map(|text| format!("{text:?} is gone after a reload ({state:?} before)")),
        );
    }
    part.none(&format!("{engine:?}, {}: faults", failure.name), &faults);
}

/// Makes an edit and, if asked to wait, measures the time until the reader is told.
const EDIT: &str = "const [wait] = arguments;
    return (async () => {
        const said = () => [...document.querySelectorAll('[role=status], [role=alert]')]
            .filter((part) => part.checkVisibility()).map((part) => part.textContent).join(' ');
        const tells = () => /room|keep|kept|storage|stored/i.test(said());
        const known = tells();
        const start = performance.now();
        const id = postilRobot.add(200, 230, 'afterwards');
        const state = () => document.documentElement.dataset.saveState;
        while (wait && !tells() && performance.now() - start < 5000) await new Promise((done) => setTimeout(done, 2));
        return { id, known, took: tells() ? performance.now() - start : null, said: said(), state: state() };
    })()";

async fn cause(reader: &Reader, cause: &Cause) {
    match cause {
        Cause::Script(script) => {
            reader.run(script, vec![]).await;
        }
        Cause::Elsewhere { listen, script } => {
            reader.run(listen, vec![]).await;
            let here = reader.this_tab().await;
            reader.new_tab().await;
            reader.open_site().await;
            ready(reader).await;
            reader.run(script, vec![]).await;
            reader.switch_to(&here).await;
            let heard = async || match reader.run("return window.heard", vec![]).await {
                heard if heard == true => Ok(()),
                _ => Err("this tab has not heard of it".to_owned()),
            };
            reader.wait_for(heard).await;
        }
        Cause::Devtools(method, params) => {
            let mut params = params.clone();
            params["origin"] = json!(reader.server.address_of(""));
            reader.devtools(method, params).await;
        }
        Cause::Forbidden => {}
    }
}

async fn exported(reader: &Reader) -> Vec<String> {
    let file = reader.export().await;
    let texts = items(&file)
        .iter()
        .flat_map(|item| bodies(item, "commenting"));
    texts.map(str::to_owned).collect()
}

/// The texts that are missing after a reload, once patience ends.
async fn lasting(reader: &Reader, wanted: &[&str]) -> Vec<String> {
    let start = Instant::now();
    loop {
        let notes = reader
            .run("return postilRobot.notes().map((note) => note[2])", vec![])
            .await;
        let notes: Vec<String> = serde_json::from_value(notes).expect("texts");
        let gone = wanted
            .iter()
            .filter(|text| !notes.iter().any(|note| note == *text));
        let gone: Vec<String> = gone.map(|text| (*text).to_owned()).collect();
        if gone.is_empty() || start.elapsed().as_secs() > 3 {
            return gone;
        }
        tokio::time::sleep(GLANCE).await;
    }
}
