//! Panics and worse: the reader is told at once, nothing more is written, the notes can be saved.

use std::path::{Path, PathBuf};

use postil::ui::strings::page::EN as PAGE_TEXTS;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items, quote_of};

fn chaos() -> Setup {
    Setup {
        chaos: true,
        ..Setup::default()
    }
}

fn dark_phone() -> Setup {
    Setup {
        size: (450, 700),
        dark: true,
        ..Setup::default()
    }
}

in_both_browsers!(chaos() => after_a_panic_the_notes_can_be_had, a_panic_while_drawing_is_told);
in_both_browsers!(
    a_program_that_was_ended_is_told_over_a_dialog,
    other_errors_stop_nothing
);
in_both_browsers!(dark_phone() => on_a_dark_phone_the_notice_can_be_read);

/// What the browser says of a program that ran over its stack or out of memory.
const END: &str = "// Firefox's driver has globals of its own.
    const page = window.wrappedJSObject ?? window;
    const error = new page.WebAssembly.RuntimeError('memory access out of bounds');
    window.dispatchEvent(new ErrorEvent('error', { error, message: error.message }))";

async fn panic_at(reader: &Reader, place: &str, after: u32) {
    let script =
        "window.postilChaos = { panicAt: arguments[0], after: arguments[1], struck: false }";
    reader.run(script, vec![json!(place), json!(after)]).await;
}

/// Waits for the notice.
async fn told(reader: &Reader) {
    reader.be_warned(PAGE_TEXTS.stopped).await;
}

async fn has_focus(reader: &Reader) {
    let inside = "return document.activeElement.closest('dialog')?.id ?? 'nowhere'";
    assert_eq!(reader.run(inside, vec![]).await, "panicked");
}

async fn records(reader: &Reader) -> serde_json::Value {
    let script = "return Object.entries(localStorage).sort()";
    reader.run(script, vec![]).await
}

async fn after_a_panic_the_notes_can_be_had(reader: &Reader) {
    reader.open_site().await;
    reader
        .write_note("public roads", "kept before the panic", "law")
        .await;
    panic_at(reader, "edit", 1).await;
    reader.press("j").await;
    told(reader).await;
    has_focus(reader).await;
    let before = records(reader).await;
    // The download button has the focus.
    reader.press("Enter").await;
    reader.hear(PAGE_TEXTS.rescued).await;
    let file = reader.wait_for_download("*.json").await.text();
    // An ordinary file of notes: its worker is not the program that broke.
    let file: serde_json::Value = serde_json::from_str(&file).expect("the file is JSON");
    let notes = items(&file);
    assert_eq!(notes.len(), 1, "{file}");
    assert_eq!(quote_of(&notes[0]), "public roads");
    assert_eq!(bodies(&notes[0], "commenting"), ["kept before the panic"]);
    assert_eq!(bodies(&notes[0], "tagging"), ["law"]);
    // The stopped app ignores its keys, and the notice stays.
    for key in ["Escape", "t", "Control+z", "Delete"] {
        reader.press(key).await;
    }
    assert_eq!(records(reader).await, before);
    reader.dialog(PAGE_TEXTS.stopped).wait().await;
    reader.button(PAGE_TEXTS.reload).click().await;
    reader.wait_painted(&["public roads"]).await;
    let card = reader.card("public roads");
    assert!(card.text().await.contains("kept before the panic"));
    reader.highlight("many engineers").await;
}

async fn a_panic_while_drawing_is_told(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("many engineers").await;
    panic_at(reader, "draw", 1).await;
    reader.press("j").await;
    told(reader).await;
    reader.reload().await;
    reader.wait_painted(&["many engineers"]).await;
}

async fn a_program_that_was_ended_is_told_over_a_dialog(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("many engineers").await;
    reader.open_dialog().await;
    reader.run(END, vec![]).await;
    told(reader).await;
    has_focus(reader).await;
    for button in [PAGE_TEXTS.reload, PAGE_TEXTS.rescue] {
        let struck = "const { left, right, top, bottom } = element.getBoundingClientRect();
            return element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))";
        assert_eq!(reader.button(button).evaluate(struck).await, true);
    }
    // Tab stays within the notice.
    for _ in 0..3 {
        reader.press("Tab").await;
    }
    let within = "return document.activeElement === document.body
        || document.activeElement.closest('#panicked') !== null";
    assert_eq!(reader.run(within, vec![]).await, true);
    reader.expect_accessible().await;
    reader.button("Download my notes").click().await;
    reader.hear("handed to the browser").await;
    let file = reader.wait_for_download("*.json").await.text();
    let file: serde_json::Value = serde_json::from_str(&file).expect("the file is JSON");
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, ["many engineers"]);
}

async fn on_a_dark_phone_the_notice_can_be_read(reader: &Reader) {
    reader.open_site().await;
    reader.run(END, vec![]).await;
    told(reader).await;
    reader.expect_accessible().await;
    let fits = "const box = document.getElementById('panicked').getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight";
    assert_eq!(reader.run(fits, vec![]).await, true);
}

async fn other_errors_stop_nothing(reader: &Reader) {
    reader.open_site().await;
    let others =
        "for (const error of [new Error('an extension'), new RangeError('stack'), null, 'text'])
            window.dispatchEvent(new ErrorEvent('error', { error }));
        Promise.reject(new TypeError('not ours')).catch(() => {});";
    reader.run(others, vec![]).await;
    reader.highlight("many engineers").await;
    assert!(!reader.alert(Name::Has(PAGE_TEXTS.stopped)).is_there().await);
}

fn modules(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the site can be read");
    let paths = entries.flatten().map(|entry| entry.path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "wasm"))
        .collect()
}

fn has_chaos(variable: &str) -> bool {
    let folder = std::env::var(variable).expect("the variable names a site");
    let modules = modules(Path::new(&folder));
    assert!(!modules.is_empty(), "{folder} has modules");
    modules.iter().any(|module| {
        let bytes = std::fs::read(module).expect("a module can be read");
        let name = b"postilChaos";
        bytes.windows(name.len()).any(|window| window == name)
    })
}

#[test]
fn what_is_shipped_cannot_be_made_to_fail() {
    assert!(!has_chaos("POSTIL_DIST"));
    assert!(has_chaos("POSTIL_CHAOS"));
}
