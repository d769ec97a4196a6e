//! Keeping: records, texts and the undo history in the browser's storage.

use std::rc::Rc;

use postil::app::App;
use postil::app::ports::Snapshot;
use postil::app::ports::{BoxFuture, Lazy, View, Work};
use postil::browser::backup;
use postil::browser::journal::Journal;
use postil::browser::lazy_stores::LazyStores;
use postil::browser::local::Local;
use postil::browser::platform::{Browser, name_of_run};
use postil::browser::{system, tab, texts};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Extra, Target};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, ArticleId, Description, Source, Tag};
use postil::model::digest::Digest;
use postil::model::history::History;
use postil::model::notebook::{Change, Intent, Transaction};
use postil::model::sync::record::{Path, State};
use postil::model::sync::replica::{Edit, Safety};
use postil::model::text::TextRange;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;

/// Draws nothing.
struct Blank;

impl View for Blank {
    fn redraw(&self) {}

    fn show_title(&self, _: &str) {}

    fn clear_selection(&self) {}

    fn show_safety(&self, _: Safety) {}

    fn first_visible(&self) -> u32 {
        0
    }

    fn visible(&self, _: &Article) -> Option<(u32, u32)> {
        None
    }

    fn show_place(&self, _: u32) {}

    fn scroll_to(&self, _: TextRange) {}

    fn outline(&self, _: TextRange) {}

    fn has_focus_in_notes(&self) -> bool {
        false
    }

    fn focus_card(&self, _: &AnnotationId) {}

    fn focus_card_or_notes(&self, _: Option<&AnnotationId>) {}

    fn bring_chosen_near(&self) {}

    fn neighbour_of(&self, _: &AnnotationId) -> Option<AnnotationId> {
        None
    }
}

impl Lazy for Blank {
    fn run(&self, _: &App, _: Work) -> BoxFuture<()> {
        Box::pin(async {})
    }
}

thread_local! {
    static APP: App = {
        let journal = Journal::default();
        let app = App::new(
            name_of_run(),
            [Rc::new(Local), Rc::new(journal.clone())],
            Rc::new(Browser::new(journal.clone())),
            Rc::new(Blank),
        );
        app.enable_reading(Rc::new(LazyStores::new(
            journal,
            Box::new(|_, _| ()),
            Box::new(|_| Box::pin(async { None })),
        )));
        app
    };
}

/// The program, on the browser's own stores.
fn app() -> App {
    APP.with(App::clone)
}

fn local_storage() -> Storage {
    let window = web_sys::window().expect("a window");
    window.local_storage().ok().flatten().expect("a storage")
}

fn article() -> Article {
    postil::browser::graphemes::install();
    let mut builder = ArticleBuilder::new();
    builder.element(Tag::P, "Words 👨‍👩‍👧 to keep");
    builder
        .finish(Description::new(Source::Pasted, "Kept"))
        .expect("an article")
}

fn note(article: &ArticleId, name: &str) -> Rc<Annotation> {
    Rc::new(Annotation {
        more: Vec::new(),
        id: AnnotationId::parse(name).expect("an id"),
        article: article.clone(),
        target: Target {
            source: "https://example.org/".to_owned(),
            ..Target::default()
        },
        attached: None,
        note: "A note".to_owned(),
        tags: vec!["tag".to_owned()],
        colour: Colour::Purple,
        created: None,
        modified: None,
        extra: Extra::default(),
    })
}

fn key_of(note: &Annotation) -> String {
    format!("postil/2/{}", Path::of_note(&note.article, &note.id))
}

fn stored(key: &str) -> Option<String> {
    local_storage().get_item(key).expect("storage can be read")
}

fn store(key: &str, value: &str) {
    local_storage()
        .set_item(key, value)
        .expect("storage takes it");
}

/// Reads an article's notes as opening does; returns also the number of records set aside.
async fn open(article: &ArticleId) -> (Vec<Annotation>, usize) {
    let folder = Path::notes_of(article);
    let mut reading = app().begin_reading(&folder);
    reading.take_all();
    let (_, unread) = app().read_journal(&folder).await.expect("a journal");
    let damaged = reading.set_aside() + unread;
    app().finish_reading(&folder);
    until_saved().await;
    let notes = app().replica().folder(&folder);
    (app().records().live_notes(&notes), damaged)
}

async fn until_saved() {
    while app().replica().safety() != (Safety::Saved { local: None }) {
        system::yield_now().await;
    }
}

/// The journal's keys below a folder.
async fn journal_keys(folder: &str) -> Vec<String> {
    let script = format!(
        "new Promise((done) => {{ indexedDB.open('postil').onsuccess = (opened) => {{
            const database = opened.target.result;
            const range = IDBKeyRange.bound('{folder}', '{folder}\\uffff');
            database.transaction('records').objectStore('records').getAllKeys(range).onsuccess = (found) => {{
                database.close();
                done(found.target.result);
            }};
        }} }})"
    );
    let keys = js_sys::Array::from(&run(&script).await);
    keys.iter().filter_map(|key| key.as_string()).collect()
}

#[wasm_bindgen_test]
async fn a_note_is_one_record_in_both_stores_and_goes_into_the_trash() {
    let article = ArticleId::of_iri("urn:test:records");
    let note = note(&article, "one");
    let add = Change::add(note.clone());
    app().records().write_changes(std::slice::from_ref(&add));
    assert!(stored(&key_of(&note)).is_some_and(|text| text.starts_with('=')));
    until_saved().await;
    assert_eq!(journal_keys(&Path::notes_of(&article)).await.len(), 1);
    assert_eq!(open(&article).await, (vec![(*note).clone()], 0));
    app().records().write_changes(&[add.invert()]);
    until_saved().await;
    assert!(stored(&key_of(&note)).is_some_and(|text| text.starts_with('-')));
    assert_eq!(journal_keys(&Path::notes_of(&article)).await.len(), 1);
    assert_eq!(open(&article).await, (Vec::new(), 0));
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_set_aside_byte_for_byte_and_the_journal_has_the_note() {
    let article = ArticleId::of_iri("urn:test:damaged");
    let good = note(&article, "good");
    app().records().write_changes(&[Change::add(good.clone())]);
    until_saved().await;
    let key = key_of(&good);
    let text = stored(&key).expect("it is kept");
    let cut = &text[..text.len() / 2];
    store(&key, cut);
    let (notes, damaged) = open(&article).await;
    assert_eq!((notes, damaged), (vec![(*good).clone()], 1));
    assert_eq!(stored(&key), Some(text.clone()));
    let aside = format!("postil/1/set-aside/{key}");
    assert_eq!(stored(&aside).as_deref(), Some(cut));
    // Damaged again, it is set aside again; the earlier copy is kept.
    store(&key, "{\"t\":1}");
    assert_eq!(open(&article).await.1, 1);
    assert_eq!(stored(&aside).as_deref(), Some(cut));
    assert_eq!(stored(&format!("{aside}~")).as_deref(), Some("{\"t\":1}"));
}

#[wasm_bindgen_test]
async fn a_lone_surrogate_in_a_damaged_record_is_kept_as_it_is() {
    let article = ArticleId::of_iri("urn:test:surrogate");
    let key = format!("postil/2/note/{}/bad", article.as_str());
    js_sys::eval(&format!("localStorage.setItem('{key}', '=\\ud800 x')")).expect("a script");
    assert_eq!(open(&article).await, (Vec::new(), 1));
    let aside = format!("localStorage.getItem('postil/1/set-aside/{key}') === '=\\ud800 x'");
    assert_eq!(
        js_sys::eval(&aside).expect("a script").as_bool(),
        Some(true)
    );
}

#[wasm_bindgen_test]
async fn either_store_gives_back_what_the_other_has_lost() {
    let article = ArticleId::of_iri("urn:test:lost");
    let note = note(&article, "kept");
    app().records().write_changes(&[Change::add(note.clone())]);
    until_saved().await;
    let (key, folder) = (key_of(&note), Path::notes_of(&article));
    let text = stored(&key);
    local_storage().remove_item(&key).expect("it goes");
    assert_eq!(open(&article).await.0.len(), 1);
    assert_eq!(stored(&key), text);
    let clear = "new Promise((done) => { indexedDB.open('postil').onsuccess = (opened) => {
        const clearing = opened.target.result.transaction('records', 'readwrite');
        clearing.objectStore('records').clear();
        clearing.oncomplete = () => { opened.target.result.close(); done(); };
    } })";
    run(clear).await;
    assert_eq!(journal_keys(&folder).await.len(), 0);
    assert_eq!(open(&article).await.0.len(), 1);
    assert_eq!(journal_keys(&folder).await.len(), 1);
}

#[wasm_bindgen_test]
async fn what_an_earlier_build_wrote_becomes_a_record_of_today() {
    let article = ArticleId::of_iri("urn:test:earlier");
    let note = note(&article, "old");
    let old = format!("postil/1/note/{}/old", article.as_str());
    store(&old, &note.to_record());
    let broken = format!("postil/1/note/{}/broken", article.as_str());
    store(&broken, "{\"n\": cut");
    let (notes, damaged) = open(&article).await;
    assert_eq!((notes, damaged), (vec![(*note).clone()], 1));
    assert_eq!((stored(&old), stored(&broken)), (None, None));
    let aside = stored(&format!("postil/1/set-aside/{broken}"));
    assert_eq!(aside.as_deref(), Some("{\"n\": cut"));
    assert!(stored(&key_of(&note)).is_some());
    assert_eq!(open(&article).await, (vec![(*note).clone()], 0));
}

#[wasm_bindgen_test]
async fn an_entry_of_another_type_is_put_aside_in_the_journal() {
    let article = ArticleId::of_iri("urn:test:types");
    let folder = Path::notes_of(&article);
    let script = format!(
        "new Promise((done) => {{ indexedDB.open('postil').onsuccess = (opened) => {{
            const writing = opened.target.result.transaction('records', 'readwrite');
            writing.objectStore('records').put({{ not: ['text'] }}, '{folder}n/1.a');
            writing.objectStore('records').put('neither', '{folder}n/2.a');
            writing.oncomplete = () => {{ opened.target.result.close(); done(); }};
        }} }})"
    );
    run(&script).await;
    assert_eq!(open(&article).await, (Vec::new(), 2));
    assert_eq!(journal_keys(&folder).await.len(), 0);
    assert_eq!(journal_keys(&format!("aside/{folder}")).await.len(), 2);
    assert_eq!(open(&article).await, (Vec::new(), 0));
}

#[wasm_bindgen_test]
async fn a_field_of_a_newer_build_outlives_an_edit() {
    let article = ArticleId::of_iri("urn:test:unknown");
    let before = note(&article, "n");
    let path = Path::of_note(&article, &before.id);
    let body = before.to_record().replacen('{', "{\"new\":{\"a\":[1]},", 1);
    app().replica().write(vec![Edit {
        path: path.clone(),
        state: State::Live,
        body,
    }]);
    let after = Rc::new(Annotation {
        note: "Another".to_owned(),
        ..(*before).clone()
    });
    app()
        .records()
        .write_changes(&[Change::replace(before, after).expect("the same note")]);
    let record = app().replica().get(&path).expect("a record");
    assert!(
        record.body().contains("\"new\":{\"a\":[1]}"),
        "{}",
        record.body()
    );
    assert_eq!(record.note().expect("a note").note, "Another");
    until_saved().await;
}

#[wasm_bindgen_test]
async fn a_text_is_kept_by_its_digest() {
    let article = article();
    let json = article.to_json();
    texts::put(article.digest(), &json.as_str().into())
        .await
        .expect("the text store takes it");
    assert_eq!(
        texts::get(article.digest()).await.as_deref(),
        Some(json.as_str())
    );
}

/// The stored form of a text in IndexedDB: whether it is a string, and its length.
async fn bytes_on_the_shelf(digest: &Digest) -> (bool, f64) {
    let script = format!(
        "new Promise((done) => {{ indexedDB.open('postil').onsuccess = (opened) => {{
            const database = opened.target.result;
            database.transaction('texts').objectStore('texts').get('{}').onsuccess = (found) => {{
                database.close();
                const text = found.target.result;
                done([typeof text === 'string', text?.length ?? 0]);
            }};
        }} }})",
        digest.as_str()
    );
    let pair = js_sys::Array::from(&run(&script).await);
    let length = pair.get(1).as_f64().expect("a length");
    (pair.get(0).is_truthy(), length)
}

async fn run(script: &str) -> wasm_bindgen::JsValue {
    let promise = js_sys::eval(script).expect("a script of the test's own");
    let promise: js_sys::Promise = promise.into();
    let done = wasm_bindgen_futures::JsFuture::from(promise).await;
    done.expect("the script does what it says")
}

fn long_article() -> Article {
    let mut builder = ArticleBuilder::new();
    for number in 0..500 {
        builder.element(
            Tag::P,
            &format!("Paragraph {number} says much the same, ç 👨‍👩‍👧."),
        );
    }
    builder
        .finish(Description::new(Source::Pasted, "Long"))
        .expect("an article")
}

#[wasm_bindgen_test]
async fn texts_are_kept_compressed_and_let_go() {
    let article = long_article();
    let (digest, json) = (article.digest(), article.to_json());
    texts::put(digest, &json.as_str().into())
        .await
        .expect("the text store takes it");
    let (is_string, length) = bytes_on_the_shelf(digest).await;
    assert!(
        !is_string && length * 4.0 < json.len() as f64,
        "{length} bytes"
    );
    assert_eq!(texts::text(digest).await.as_deref(), Some(json.as_str()));
    texts::remove(digest).await;
    assert_eq!(texts::get(digest).await, None);
}

#[wasm_bindgen_test]
async fn a_shelf_of_the_first_version_is_read_on() {
    let article = article();
    let (digest, json) = (article.digest(), article.to_json());
    let script = format!(
        "new Promise((done) => {{ indexedDB.deleteDatabase('postil').onsuccess = () => {{
            const opening = indexedDB.open('postil', 1);
            opening.onupgradeneeded = () => opening.result.createObjectStore('texts');
            opening.onsuccess = () => {{
                const writing = opening.result.transaction('texts', 'readwrite');
                writing.objectStore('texts').put({}, '{}');
                writing.oncomplete = () => {{ opening.result.close(); done(); }};
            }};
        }} }})",
        serde_json::to_string(&json).expect("a string"),
        digest.as_str()
    );
    run(&script).await;
    assert_eq!(texts::get(digest).await.as_deref(), Some(json.as_str()));
    assert_eq!(
        bytes_on_the_shelf(digest).await,
        (true, json.encode_utf16().count() as f64)
    );
    texts::put_findings(digest, &[], &[]).await;
    assert_eq!(
        texts::findings(digest).await,
        Some((Vec::new(), Vec::new()))
    );
}

#[wasm_bindgen_test]
async fn findings_are_read_back() {
    let digest = Digest::of("a text with findings");
    assert_eq!(texts::findings(&digest).await, None);
    let ids = ["one", "https://example.org/anno/2"];
    let ids = ids.map(|id| AnnotationId::parse(id).expect("an id"));
    let numbers = [7, 0, u32::MAX, 3];
    texts::put_findings(&digest, &ids, &numbers).await;
    let found = texts::findings(&digest).await;
    assert_eq!(found, Some((ids.to_vec(), numbers.to_vec())));
    texts::remove(&digest).await;
    assert_eq!(texts::findings(&digest).await, None);
}

/// A version of an article that is identified by its IRI, whatever its words.
fn version(iri: &str, words: &str) -> Article {
    let mut builder = ArticleBuilder::new();
    builder.element(Tag::P, words);
    let article = builder.finish(Description::new(
        Source::File("v.md".to_owned()),
        "Versions",
    ));
    article.expect("an article").as_version_of(iri)
}

#[wasm_bindgen_test]
fn an_article_has_one_record_for_all_its_texts() {
    let texts = ["one", "two", "three"].map(|words| version("urn:test:versions", words));
    let digests = texts.each_ref().map(|text| text.digest().clone());
    let id = texts[0].id();
    for text in texts.iter().chain([&texts[1]]) {
        app().records().write_article(text);
    }
    let record = app().records().article(&id).expect("a record");
    let [one, two, three] = digests;
    assert_eq!(record.texts(), [one.clone(), three.clone(), two.clone()]);
    assert_eq!(
        (record.digest, record.file.as_deref()),
        (Some(two.clone()), Some("v.md"))
    );
    assert_eq!(
        app()
            .records()
            .forget_texts(&id, std::slice::from_ref(&one)),
        [one]
    );
    let record = app().records().article(&id).expect("a record");
    assert_eq!(record.texts(), [three, two]);
}

#[wasm_bindgen_test]
fn an_article_that_is_a_version_of_another_is_listed_there() {
    let work = version("urn:test:work", "a work");
    let mut builder = ArticleBuilder::new();
    builder.element(Tag::P, "A later text of it");
    let alone = builder.finish(Description::new(Source::Pasted, "Alone"));
    let alone = alone.expect("an article");
    for article in [&work, &alone] {
        app().records().write_article(article);
    }
    let is_listed = || {
        let list = app().records().list_articles();
        list.iter().any(|listed| listed.id == alone.id())
    };
    assert!(is_listed());
    app().records().join_articles(&alone.id(), &work.id());
    assert!(!is_listed());
    let current = app().records().current(&alone.id()).expect("a record");
    assert_eq!(current.iri, work.iri());
    assert_eq!(current.digest.as_ref(), Some(alone.digest()));
    // With a note of its own, as after Undo, it is listed again.
    let add = Change::add(note(&alone.id(), "own"));
    app().records().write_changes(&[add]);
    assert!(is_listed());
    let current = app().records().current(&alone.id()).expect("a record");
    assert_eq!(current.iri, alone.iri());
}

#[wasm_bindgen_test]
fn a_note_that_moves_to_another_article_is_stored_once() {
    let [from, to] = ["urn:test:from", "urn:test:to"].map(ArticleId::of_iri);
    let before = note(&from, "moving");
    app()
        .records()
        .write_changes(&[Change::add(before.clone())]);
    let after = Rc::new(Annotation {
        article: to.clone(),
        ..(*before).clone()
    });
    let change = Change::replace(before, after.clone()).expect("the same note");
    app().records().write_changes(std::slice::from_ref(&change));
    assert_eq!(app().notes_of(&from).len(), 0);
    assert_eq!(app().notes_of(&to), [(*after).clone()]);
    app().records().write_changes(&[change.invert()]);
    assert_eq!(app().notes_of(&to).len(), 0);
    assert_eq!(app().notes_of(&from).len(), 1);
}

#[wasm_bindgen_test]
fn the_undo_history_outlives_a_reload() {
    let article = ArticleId::of_iri("urn:test:history");
    let mut history = History::default();
    for name in ["first", "second", "third"] {
        let change = Change::add(note(&article, name));
        history.push(Rc::new(Transaction::one(Intent::Highlight, change)));
    }
    history.undone();
    tab::write_history(&History::default(), &history);
    assert_eq!(tab::history(), history);
    let mut next = history.clone();
    next.push(Rc::new(Transaction::one(
        Intent::Remove,
        Change::remove(note(&article, "first")),
    )));
    tab::write_history(&history, &next);
    assert_eq!(tab::history(), next);
}

#[wasm_bindgen_test]
async fn snapshots_of_the_last_seven_days_of_use_are_kept() {
    for day in 1..=9 {
        let snapshot = Snapshot {
            day,
            date: format!("2026-11-{day:02}"),
            notes: day as usize,
        };
        let json = format!("[[\"a path\",\"record of day {day}\"]]");
        let kept = backup::keep_snapshot(&snapshot, &json).await;
        kept.expect("a snapshot is kept");
    }
    let days: Vec<u32> = backup::snapshots()
        .await
        .iter()
        .map(|snapshot| snapshot.day)
        .collect();
    assert_eq!(days, [9, 8, 7, 6, 5, 4, 3]);
    assert_eq!(backup::snapshot(2).await, None);
    let oldest = backup::snapshot(3).await;
    assert_eq!(
        oldest.as_deref(),
        Some("[[\"a path\",\"record of day 3\"]]")
    );
    // A second snapshot of a day replaces the first.
    let again = Snapshot {
        day: 9,
        date: "2026-11-09".to_owned(),
        notes: 90,
    };
    backup::keep_snapshot(&again, "[]")
        .await
        .expect("it is kept");
    let latest = backup::snapshots().await;
    assert_eq!((latest.len(), latest[0].notes), (7, 90));
}
