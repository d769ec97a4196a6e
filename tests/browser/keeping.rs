//! Keeping: records, texts and the undo history, where the browser keeps them.

use std::rc::Rc;

use postil::browser::{records, shelf, tab};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Foreign, Target};
use postil::model::article::{Article, ArticleId, Description, Source, Tag};
use postil::model::builder::ArticleBuilder;
use postil::model::history::History;
use postil::model::notebook::{Change, Intent, Transaction};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;

fn local_storage() -> Storage {
    let window = web_sys::window().expect("a window");
    window.local_storage().ok().flatten().expect("a storage")
}

fn article() -> Article {
    let mut builder = ArticleBuilder::new();
    builder.element(Tag::P, "Words 👨‍👩‍👧 to keep");
    builder
        .finish(Description::new(Source::Pasted, "Kept"))
        .expect("an article")
}

fn note(article: &ArticleId, name: &str) -> Rc<Annotation> {
    Rc::new(Annotation {
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
        foreign: Foreign::default(),
    })
}

#[wasm_bindgen_test]
fn a_note_is_one_record_that_is_read_back_and_goes() {
    let article = ArticleId::of_iri("urn:test:records");
    let note = note(&article, "one");
    let add = Change::add(note.clone());
    records::write_change(&add).expect("storage takes it");
    assert_eq!(
        records::notes_of(&article).collect::<Vec<_>>(),
        [(*note).clone()]
    );
    records::write_change(&add.invert()).expect("storage lets it go");
    assert_eq!(records::notes_of(&article).count(), 0);
}

#[wasm_bindgen_test]
fn a_damaged_record_is_set_aside_byte_for_byte_and_the_others_load() {
    let article = ArticleId::of_iri("urn:test:damaged");
    let good = note(&article, "good");
    records::write_change(&Change::add(good.clone())).expect("storage takes it");
    let key = format!("postil/1/note/{}/bad", article.as_str());
    let damaged = "{\"t\":{\"s\":\"x\"},\"n\":\"cut off \u{1f600}";
    local_storage()
        .set_item(&key, damaged)
        .expect("storage takes it");
    let mut stored = records::notes_of(&article);
    assert_eq!(stored.by_ref().collect::<Vec<_>>(), [(*good).clone()]);
    assert_eq!(stored.set_aside, 1);
    assert_eq!(local_storage().get_item(&key), Ok(None));
    let aside = local_storage().get_item(&format!("postil/1/set-aside/{key}"));
    assert_eq!(aside, Ok(Some(damaged.to_owned())));
}

#[wasm_bindgen_test]
async fn a_text_is_kept_by_its_digest() {
    let article = article();
    let json = article.to_json();
    shelf::put(article.digest(), &json)
        .await
        .expect("the shelf takes it");
    assert_eq!(
        shelf::get(article.digest()).await.as_deref(),
        Some(json.as_str())
    );
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
