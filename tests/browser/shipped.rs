//! The bundled article, as the browser reads its JSON.

use postil::browser::shipped::read;
use postil::model::article::Article;
use wasm_bindgen_test::wasm_bindgen_test;

const JSON: &str = include_str!("../../static/articles/karpathy-anthropic.json");

#[wasm_bindgen_test]
fn the_browser_reads_the_bundled_article_as_the_program_does() {
    assert_eq!(read(JSON), Article::from_json(JSON).ok());
    let full = r#"{"rule":1,"about":{"source":{"bundled":"a"},"title":"b","byline":"c","site":"d",
        "published":"e","language":"f","direction":"rtl","address":"g"},"text":"abc",
        "pieces":["h1*","@id=a-h",3,"/"]}"#;
    assert!(read(full).is_some());
    assert_eq!(read(full), Article::from_json(full).ok());
}

#[wasm_bindgen_test]
fn what_is_no_bundled_article_is_not_read() {
    for (good, bad) in [
        ("\"rule\":1", "\"rule\":2"),
        ("{\"rule\"", "\"rule\""),
        ("\"bundled\"", "\"address\""),
        ("\"h1*\"", "\"script*\""),
        ("\"pieces\"", "\"parts\""),
    ] {
        let json = JSON.replacen(good, bad, 1);
        assert_ne!(json, JSON);
        assert_eq!(read(&json), None, "{bad}");
    }
}
