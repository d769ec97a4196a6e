//! Damaged stores: nothing panics, nothing is destroyed, and everything intact is shown.

use std::time::Instant;

use postil::model::sync::{RecordRead, read, salvage};
use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use postil_testing::driver::{Engine, Setup};
use postil_testing::reader::{GLANCE, Reader};
use postil_testing::seed::Seed;

const DAMAGE: &str = include_str!("damage.js");

/// Number of notes in the good store.
const NOTES: usize = 8;

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    for engine in [Engine::Chromium, Engine::Firefox] {
        if !scope.has(engine) || (scope.short && engine == Engine::Firefox) {
            continue;
        }
        let stores = if engine == Engine::Chromium {
            scope.of(200, 8)
        } else {
            40
        };
        in_browser(engine, stores, scope, &mut part).await;
    }
    part
}

/// The records of the good store in localStorage and in the journal, and the notes' ids.
const GOOD: &str = "return (async () => {
    const request = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const database = await request(indexedDB.open('postil'));
    const store = database.transaction('records').objectStore('records');
    const [keys, values] = await Promise.all([request(store.getAllKeys()), request(store.getAll())]);
    database.close();
    return {
        local: Object.entries(localStorage).filter(([key]) => key.startsWith('postil/')),
        journal: keys.map((key, index) => [key, values[index]]),
        ids: postilRobot.notes().map(([id]) => id),
    };
})()";

/// Every value of every store, written as by `damage.js`.
const EVERYTHING: &str = "return (async () => {
    const request = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const is = (value, kind) => Object.prototype.toString.call(value) === `[object ${kind}]`;
    const written = (value) => typeof value === 'string' ? value
        : is(value, 'Uint8Array') ? `bytes ${value}` : is(value, 'Map') ? `map ${JSON.stringify([...value])}` : `value ${JSON.stringify(value)}`;
    const database = await request(indexedDB.open('postil'));
    // Not by `Object.values`: it leaves out keys that are names of the storage's own.
    const all = Array.from({ length: Storage.prototype.__lookupGetter__('length').call(localStorage) },
        (_, index) => localStorage.getItem(Storage.prototype.key.call(localStorage, index)));
    for (const name of database.objectStoreNames) {
        const values = await request(database.transaction(name).objectStore(name).getAll());
        all.push(...values.map(written));
    }
    database.close();
    const there = new Set(all);
    const inner = all.join('\\n');
    return JSON.parse(arguments[0])
        .filter((value) => !there.has(value) && !(value.length > 40 && inner.includes(value)))
        .map((value) => JSON.stringify(value));
})()";

async fn in_browser(engine: Engine, stores: usize, scope: Scope, part: &mut Part) {
    let setup = Setup {
        chaos: true,
        ..Setup::default()
    };
    let reader = Reader::start(engine, setup).await;
    reader.open_site().await;
    ready(&reader).await;
    let write = "for (let note = 0; note < arguments[0]; note += 1)
            postilRobot.add(10 + note * 40, 34 + note * 40, `note number ${note}, written before anything was damaged`)";
    reader.run(write, vec![json!(NOTES)]).await;
    reader.wait_until_saved().await;
    let good = reader.run(GOOD, vec![]).await;
    let (mut panics, mut destroyed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    let mut damaged = 0;
    for store in 0..stores {
        let seed = scope.seed * 100_000 + store as u64;
        // From a page without the app, which would otherwise write at the same time.
        reader.open(&reader.server.site("icon.svg")).await;
        let done = reader.run(DAMAGE, vec![good.clone(), json!(seed)]).await;
        damaged += done["count"].as_u64().unwrap_or_default() as usize;
        reader.open(&reader.server.site("")).await;
        if !begins(&reader).await {
            panics.push(format!("store {seed}: the app does not begin"));
            continue;
        }
        for id in missing(&reader, &done["good"]).await {
            gone.push(format!("store {seed}: the good note {id} is not shown"));
        }
        let lost = reader.run(EVERYTHING, vec![done["damaged"].clone()]).await;
        for value in lost.as_array().into_iter().flatten() {
            let value: String = value
                .as_str()
                .unwrap_or_default()
                .chars()
                .take(120)
                .collect();
            destroyed.push(format!("store {seed}: {value}"));
        }
    }
    let name = |what: &str| format!("{engine:?}: {what}");
    part.count(&name("damaged stores in the browser"), stores);
    part.count(&name("damaged values in them"), damaged);
    part.none(&name("panics"), &panics);
    part.none(&name("values that were destroyed"), &destroyed);
    part.none(&name("good notes that were not shown"), &gone);
    if engine == Engine::Chromium {
        natively(&good, scope, part);
    }
}

async fn begins(reader: &Reader) -> bool {
    let start = Instant::now();
    let script = "if (document.getElementById('panicked')?.open) return 'panicked';
        return globalThis.postilRobot && postilRobot.length() !== null && document.querySelector('article p') ? 'ready' : ''";
    while start.elapsed().as_secs() < 10 {
        match reader.run(script, vec![]).await.as_str() {
            Some("ready") => return true,
            Some("panicked") => return false,
            _ => tokio::time::sleep(GLANCE).await,
        }
    }
    false
}

async fn missing(reader: &Reader, good: &Value) -> Vec<String> {
    let start = Instant::now();
    let script = "const there = new Set(postilRobot.notes().map(([id]) => id));
        return document.getElementById('panicked')?.open ? ['panicked'] : arguments[0].filter((id) => !there.has(id))";
    loop {
        let missing = reader.run(script, vec![good.clone()]).await;
        let missing: Vec<String> = serde_json::from_value(missing).expect("ids");
        if missing.is_empty() || start.elapsed().as_secs() > 3 {
            until_everything_is_read(reader).await;
            return missing;
        }
        tokio::time::sleep(GLANCE).await;
    }
}

/// Records are set aside only after everything has been read, unless the program has ended before.
async fn until_everything_is_read(reader: &Reader) {
    let start = Instant::now();
    let script = "const passed = globalThis.postilPassed ?? {};
        const isRead = passed['notes-read'] && passed['everything-read'];
        return Boolean(isRead || document.getElementById('panicked')?.open)";
    while reader.run(script, vec![]).await != true && start.elapsed().as_secs() < 10 {
        tokio::time::sleep(GLANCE).await;
    }
}

/// The same without a browser, a thousand times: damage never passes for a record with other words.
fn natively(good: &Value, scope: Scope, part: &mut Part) {
    let journal: Vec<(String, String)> =
        serde_json::from_value(good["journal"].clone()).unwrap_or_default();
    let notes: Vec<&(String, String)> = journal
        .iter()
        .filter(|(key, _)| key.starts_with("note/"))
        .collect();
    let mut random = Seed(scope.seed);
    let stores = scope.of(1_000, 50);
    let (mut changed, mut fewer) = (Vec::new(), Vec::new());
    for store in 0..stores {
        let hurt = random.index(notes.len().max(1));
        let mut found: Vec<(String, String)> = notes.iter().map(|note| (*note).clone()).collect();
        let Some((key, text)) = found.get_mut(hurt) else {
            break;
        };
        let whole = text.clone();
        *text = damaged(text, &mut random);
        let path = key.rsplit_once('/').map_or(key.as_str(), |(path, _)| path);
        if *text != whole && matches!(read(path, text), RecordRead::Record(_)) {
            changed.push(format!("store {store}: {text:?}"));
        }
        let least = notes.len() - usize::from(*text != whole);
        let saved = salvage(&found).len();
        // Several edits of a note count as one note.
        if saved + 1 < least.min(NOTES) {
            fewer.push(format!("store {store}: {saved} of {least} notes"));
        }
    }
    part.count(
        "damaged stores without a browser",
        if notes.is_empty() { 0 } else { stores },
    );
    part.none("damaged records that were taken for whole ones", &changed);
    part.none("stores of which a whole note was not saved", &fewer);
    part.must("there were records to damage", !notes.is_empty());
}

fn damaged(text: &str, random: &mut Seed) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.index(letters.len());
    match random.next(5) {
        0 => letters.truncate(at),
        1 => drop(letters.drain(..at)),
        2 => letters[at] = char::from_u32(letters[at] as u32 ^ 1).unwrap_or('?'),
        3 => letters.swap(at, 0),
        _ => letters.insert(at, '\u{fffd}'),
    }
    letters.into_iter().collect()
}
