//! The article is there before the app is: it can be read and selected meanwhile, and nothing
//! moves when the app takes it over.

use postil::ui::strings::EN;
use postil::ui::strings::page::EN as PAGE_TEXTS;
use serde_json::{Value, json};

use postil_testing::driver::Engine;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, SITE};

in_both_browsers!(
    what_is_selected_before_the_app_is_ready_can_be_highlighted,
    nothing_moves_when_the_app_takes_over,
    without_the_program_the_article_is_readable_and_the_notes_are_safe,
    who_comes_back_to_another_article_never_sees_the_bundled_one,
);

/// Opens the site while its program does not come yet.
async fn open_early(reader: &Reader) {
    reader.serve_without_service_worker();
    let program = reader.server.built_name("postil-", ".wasm");
    reader.server.hold(&format!("{SITE}{program}"));
    go(reader).await;
}

/// Goes to the site, or loads it again; does not wait for the program.
async fn go(reader: &Reader) {
    let script = "if (location.href === arguments[0]) location.reload(); else location.assign(arguments[0]);";
    let address = reader.server.site("");
    reader.run(script, vec![json!(address)]).await;
    reader
        .wait_for(async || {
            let script = "return document.readyState !== 'loading' && !!document.querySelector('.app.still')";
            let early = reader.run(script, vec![]).await;
            early.as_bool().filter(|early| *early).ok_or_else(|| "not there".to_owned())
        })
        .await;
    reader.run(TWO_FRAMES, vec![]).await;
}

const TWO_FRAMES: &str = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

/// Selects words of the article without the app's help, and remembers where they are.
const SELECT: &str = "
    const [words] = arguments;
    const walk = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode() && !walk.currentNode.data.includes(words));
    window.found = walk.currentNode;
    const start = window.found.data.indexOf(words);
    getSelection().setBaseAndExtent(window.found, start, window.found, start + words.length);
    return window.found.isConnected";

async fn what_is_selected_before_the_app_is_ready_can_be_highlighted(reader: &Reader) {
    open_early(reader).await;
    reader
        .article("Andrej Karpathy joins Anthropic's pretraining team")
        .wait()
        .await;
    reader.expect_accessible().await;
    assert_eq!(reader.run(SELECT, vec![json!("public roads")]).await, true);
    reader.run("scrollTo(0, 40)", vec![]).await;
    reader.server.release();
    reader.wait_until_started().await;
    reader.selection_toolbar().wait().await;
    let script = "return [window.found.isConnected, scrollY, String(getSelection())]";
    let kept = reader.run(script, vec![]).await;
    assert_eq!(kept, json!([true, 40, "public roads"]));
    reader.press("h").await;
    reader.wait_painted(&["public roads"]).await;
    reader.card("public roads").wait().await;
    assert_eq!(reader.console_errors().await, Vec::<String>::new());
}

/// Where the bar and each block of the article are in the window.
const PLACES: &str = "
    const all = [...document.querySelectorAll('.bar, #article, #article [data-b]')];
    return all.map((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; })";

/// Adds up the layout shifts of the page (<https://wicg.github.io/layout-instability/>).
const WATCH_SHIFTS: &str = "
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifts += value; })
        .observe({ type: 'layout-shift', buffered: true });";

async fn nothing_moves_when_the_app_takes_over(reader: &Reader) {
    for (width, height) in [(1280, 800), (820, 1180), (390, 844)] {
        reader.resize(width, height).await;
        open_early(reader).await;
        if reader.engine == Engine::Chromium {
            reader.run(WATCH_SHIFTS, vec![]).await;
        }
        let before = reader.run(PLACES, vec![]).await;
        assert!(before.as_array().is_some_and(|places| places.len() > 20));
        reader.server.release();
        reader.wait_until_started().await;
        reader.notes().wait().await;
        reader.run(TWO_FRAMES, vec![]).await;
        assert_eq!(reader.run(PLACES, vec![]).await, before, "{width} px");
        let shifts = reader.run("return window.shifts ?? 0", vec![]).await;
        assert_eq!(shifts.as_f64(), Some(0.0), "{width} px");
        reader.forget_everything().await;
    }
}

async fn without_the_program_the_article_is_readable_and_the_notes_are_safe(reader: &Reader) {
    reader.serve_without_service_worker();
    reader.open_site().await;
    reader.highlight("public roads").await;
    reader.wait_until_saved().await;
    let stored = reader.note_records().await;
    let program = reader.server.built_name("postil-", ".wasm");
    let missing = Answer::new("text/plain", "not here").with_status(404);
    reader.server.put(&format!("{SITE}{program}"), missing);
    reader.reload().await;
    reader.alert(Name::Has(PAGE_TEXTS.not_started)).wait().await;
    reader.article(Name::Any).wait().await;
    assert!(
        reader
            .article_text()
            .await
            .contains("drives on public roads")
    );
    assert_eq!(reader.note_records().await, stored);
}

async fn who_comes_back_to_another_article_never_sees_the_bundled_one(reader: &Reader) {
    open_early(reader).await;
    reader.server.release();
    reader.wait_until_started().await;
    reader
        .open_pasted("# Tides\n\nThe ferry leaves at six.")
        .await;
    reader.article("Tides").wait().await;
    reader.wait_until_saved().await;
    open_early(reader).await;
    let visible = "return document.querySelector('#article').checkVisibility()";
    assert_eq!(reader.run(visible, vec![]).await, Value::Bool(false));
    reader.status(PAGE_TEXTS.loading).wait().await;
    reader.expect_accessible().await;
    reader.server.release();
    reader.wait_until_started().await;
    reader.article("Tides").wait().await;
    assert!(!reader.status(PAGE_TEXTS.loading).is_there().await);
    assert!(reader.button(EN.bar.open_article).is_there().await);
}
