//! The page itself: where it can be served, what it requests, and its message where it cannot run.

use postil::ui::strings::EN;
use postil::ui::strings::page::EN as PAGE_TEXTS;
use serde_json::{Value, json};

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::SITE;

in_both_browsers!(
    a_first_visit_asks_for_the_apps_own_files_only,
    the_article_says_what_its_file_says,
    the_whole_visit_needs_the_network_no_more,
);

in_both_browsers!(
    Setup { firefox_prefs: vec![("javascript.options.wasm", json!(false))], ..Setup::default() } =>
        without_webassembly_the_page_says_what_it_needs
);

async fn a_first_visit_asks_for_the_apps_own_files_only(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.highlight("public roads").await;
    for path in reader.server.asked() {
        assert!(
            path.starts_with(SITE) || path == "/favicon.ico",
            "{path} is not in {SITE}"
        );
    }
    let script = "return performance.getEntriesByType('resource').map(({ name }) => name)";
    let loaded: Vec<String> =
        serde_json::from_value(reader.run(script, vec![]).await).expect("addresses");
    assert!(loaded.len() > 2, "{loaded:?}");
    for address in loaded {
        assert!(
            address.starts_with(&reader.server.site("")),
            "{address} is not the site's"
        );
    }
    assert_eq!(reader.console_errors().await, Vec::<String>::new());
}

async fn the_article_says_what_its_file_says(reader: &Reader) {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/static/articles/karpathy-anthropic.json"
    );
    let file: Value =
        serde_json::from_str(&std::fs::read_to_string(file).expect("the article")).expect("JSON");
    reader.open_site().await;
    let text = reader.article_text().await;
    assert_eq!(file["text"], text);
    let title = reader.run("return document.title", vec![]).await;
    assert!(
        title
            .as_str()
            .is_some_and(|title| title.contains("Karpathy")),
        "{title}"
    );
}

async fn the_whole_visit_needs_the_network_no_more(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.wait_until_kept().await;
    reader.server.forget();
    reader.take_hold("has joined", "has joined").await;
    reader.press("h").await;
    reader.card("has joined").wait().await;
    reader.searchbox(EN.notes.search).type_text("joined").await;
    reader.card("has joined").wait().await;
    reader.button(EN.bar.undo).click().await;
    reader.wait_painted(&[]).await;
    assert_eq!(reader.server.asked(), Vec::<String>::new());
}

async fn without_webassembly_the_page_says_what_it_needs(reader: &Reader) {
    if reader.engine == Engine::Chromium {
        let script = json!({ "source": "delete globalThis.WebAssembly" });
        reader
            .devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
    }
    reader.open(&reader.server.site("")).await;
    reader.alert(Name::Has(PAGE_TEXTS.needs_wasm)).wait().await;
    assert_eq!(
        reader.run("return typeof WebAssembly", vec![]).await,
        "undefined"
    );
    assert!(reader.article(Name::Any).is_there().await);
    assert!(
        !reader
            .alert(Name::Has(PAGE_TEXTS.not_started))
            .is_there()
            .await
    );
    assert!(!reader.status(PAGE_TEXTS.loading).is_there().await);
}
