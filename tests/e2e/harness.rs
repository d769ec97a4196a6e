//! Tests of the test tools, on a small page made for them.

use postil::ui::strings::{DE, EN};

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::{in_both_browsers, in_both_languages};
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

const PAGE: &str = r#"<!doctype html>
<html lang="en" data-save-state="saving">
<title>A page for the harness</title>
<style>
  p { font: 18px/1.5 serif; width: 30em } .gap { height: 1500px } .hidden { display: none }
  html { color: black; background: white }
  @media (prefers-color-scheme: dark) { html { color: white; background: black } }
</style>
<main>
  <article aria-labelledby="title">
    <h1 id="title">Margins</h1>
    <div class="gap"></div>
    <p id="one">A gloss stands in the <a href="elsewhere">margin of
      a page</a> and speaks to its text.</p>
    <p id="two">A second paragraph follows the <mark data-note="n1 n2">first</mark> <mark data-note="n2">one</mark>.</p>
    <p dir="rtl">אמר שלום לכל</p>
    <div class="gap"></div>
  </article>
</main>
<aside aria-label="Notes"><ul><li aria-labelledby="q1"><q id="q1">first</q> <button>Delete</button></li></ul></aside>
<div class="hidden"><button>Undo</button></div>
<button aria-label="Undo">↶</button>
<button><i aria-hidden="true">!</i>Import <b>notes</b></button><input type="file" hidden>
<label>Choose a file <input type="file" class="hidden" id="chosen"></label>
<label for="note">Note</label><textarea id="note"></textarea>
<input type="search" aria-label="Search notes">
<div role="status"></div>
<dialog aria-label="Open article"><button>Open</button></dialog>
<script>
  const say = (text) => { document.querySelector("[role=status]").textContent = text; };
  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
  };
  document.querySelector("[aria-label=Undo]").onclick = () => setTimeout(say, 300, "Undone");
  for (const input of document.querySelectorAll("[type=file]")) {
    input.onchange = async () => say(`${input.files[0].name}: ${await input.files[0].text()}`);
  }
  document.onkeydown = (event) => {
    if (event.target.matches("textarea")) return;
    if (event.key === "s") save("notes.json", '{"notes":[]}');
    if (event.key === "H" && event.ctrlKey && event.shiftKey) say("All highlights");
    if (event.key === "o") document.querySelector("dialog").showModal();
  };
  setTimeout(() => { document.documentElement.dataset.saveState = "saved"; }, 200);
</script>
</html>"#;

async fn open(reader: &Reader) {
    reader.server.put("/page", Answer::html(PAGE));
    reader.open(&reader.server.address_of("/page")).await;
}

in_both_browsers!(
    a_drag_selects_the_very_words,
    things_are_found_by_role_and_name,
    keys_and_boxes_work_as_by_hand,
    files_go_in_and_out,
    promised_facts_are_read,
    axe_finds_a_planted_violation,
    tabs_share_what_the_browser_keeps,
);

async fn a_drag_selects_the_very_words(reader: &Reader) {
    open(reader).await;
    let selected = reader.select_text("stands in", "paragraph follows").await;
    let words: Vec<&str> = selected.split_whitespace().collect();
    let wanted =
        "stands in the margin of a page and speaks to its text. A second paragraph follows";
    assert_eq!(words.join(" "), wanted);
    // Starts in the current selection and ends in a link.
    assert_eq!(
        reader.select_text("gloss", "margin").await,
        "gloss stands in the margin"
    );
    assert_eq!(reader.select_text("שלום", "שלום").await, "שלום");
}

async fn things_are_found_by_role_and_name(reader: &Reader) {
    open(reader).await;
    assert_eq!(reader.button(EN.bar.undo).count().await, 1);
    reader.button(EN.bar.undo).click().await;
    reader.status("Undone").wait().await;
    assert!(
        reader
            .article("Margins")
            .link("margin of a page")
            .is_there()
            .await
    );
    assert!(
        reader
            .complementary(EN.notes.label)
            .listitem("first")
            .button("Delete")
            .is_there()
            .await
    );
    assert_eq!(
        reader.button(Name::Has("notes")).text().await,
        "!Import notes"
    );
    assert!(reader.button(EN.bar.import_notes).is_there().await);
    assert!(!reader.dialog(EN.bar.open_article).is_there().await);
    reader.press("o").await;
    reader
        .dialog(EN.bar.open_article)
        .button(EN.buttons.open)
        .wait()
        .await;
    reader.button(EN.bar.undo).wait_gone().await;
    reader.press("Escape").await;
    reader.button(EN.bar.undo).wait().await;
}

async fn keys_and_boxes_work_as_by_hand(reader: &Reader) {
    open(reader).await;
    let note = reader.note_box();
    note.type_text("oh, a note").await;
    reader.press("Control+a").await;
    reader.press("Delete").await;
    assert_eq!(note.value().await, "");
    note.type_text("another").await;
    assert_eq!(note.value().await, "another");
    note.clear().await;
    assert_eq!(note.value().await, "");
    reader.button(EN.bar.undo).focus().await;
    reader.press("Control+Shift+H").await;
    reader.status("All highlights").wait().await;
    assert!(reader.searchbox(EN.notes.search).is_there().await);
}

async fn files_go_in_and_out(reader: &Reader) {
    open(reader).await;
    reader
        .upload_bytes(EN.open.choose_file, "a.md", b"# One")
        .await;
    reader.status("a.md: # One").wait().await;
    reader
        .upload_bytes(EN.bar.import_notes, "b.json", b"{}")
        .await;
    reader.status("b.json: {}").wait().await;
    for _ in 0..2 {
        reader.press("s").await;
        let download = reader.wait_for_download("notes*.json").await;
        assert_eq!(download.text(), r#"{"notes":[]}"#);
    }
}

async fn promised_facts_are_read(reader: &Reader) {
    open(reader).await;
    reader.wait_until_saved().await;
    reader.wait_painted(&["first", "firstone"]).await;
    assert_eq!(reader.marks().await[0].ids, ["n1", "n2"]);
    assert_eq!(
        reader
            .server
            .asked()
            .iter()
            .filter(|path| *path == "/page")
            .count(),
        1
    );
    let size = reader.run("return [innerWidth, innerHeight]", vec![]).await;
    assert_eq!(size, serde_json::json!([1280, 800]));
    reader
        .run("setTimeout(() => { throw new Error('planted') })", vec![])
        .await;
    if reader.engine == Engine::Chromium {
        let look = async || match reader.console_errors().await {
            errors if errors.iter().any(|error| error.contains("planted")) => Ok(()),
            errors => Err(format!("the console has {errors:?}")),
        };
        reader.wait_for(look).await;
    }
}

async fn axe_finds_a_planted_violation(reader: &Reader) {
    open(reader).await;
    reader
        .run(
            "document.querySelector('[type=search]').removeAttribute('aria-label')",
            vec![],
        )
        .await;
    let violations = reader.violations().await;
    let label = violations
        .iter()
        .find(|violation| violation.id == "label")
        .expect("an input without a label");
    assert!(label.to_string().contains("type=\"search\""), "{label}");
}

async fn tabs_share_what_the_browser_keeps(reader: &Reader) {
    open(reader).await;
    let first = reader.this_tab().await;
    reader.set_local_storage("key", "value").await;
    reader.new_tab().await;
    open(reader).await;
    assert_eq!(reader.local_storage("key").await.as_deref(), Some("value"));
    reader.clear_local_storage().await;
    reader.switch_to(&first).await;
    assert_eq!(reader.local_storage("key").await, None);
}

in_both_browsers!(
    Setup { dark: true, site_data_blocked: true, ..Setup::default() } => the_dark_and_nothing_kept
);

async fn the_dark_and_nothing_kept(reader: &Reader) {
    open(reader).await;
    let dark = reader
        .run(
            "return matchMedia('(prefers-color-scheme: dark)').matches",
            vec![],
        )
        .await;
    assert_eq!(dark, true);
    let script = "try { localStorage.setItem('a', 'b'); return localStorage.getItem('a') } catch { return null }";
    assert_eq!(reader.run(script, vec![]).await, serde_json::Value::Null);
}

in_both_browsers!(
    Setup { german: true, ..Setup::default() } => who_has_chosen_german_finds_it_from_the_start
);

async fn who_has_chosen_german_finds_it_from_the_start(reader: &Reader) {
    assert_eq!(reader.words().bar.undo, DE.bar.undo);
    let spoken = async || {
        let tag = reader.run("return document.documentElement.lang", vec![]);
        tag.await
    };
    // Asked at once: whoever opens the site waits for the language.
    reader.open_site().await;
    assert_eq!(spoken().await, "de");
    reader.button(DE.bar.undo).wait().await;
    assert!(!reader.button(EN.bar.undo).is_there().await);
    reader.highlight("public roads").await;
    reader.reload().await;
    assert_eq!(spoken().await, "de");
    reader.card("public roads").wait().await;
    // Another tab speaks it too, and on a page that is not the app's nobody waits for it.
    reader.new_tab().await;
    reader.open_site().await;
    assert_eq!(spoken().await, "de");
    reader.button(DE.bar.undo).wait().await;
    open(reader).await;
    assert_eq!(spoken().await, "en");
}

in_both_languages!(the_first_browser_speaks_english_and_the_second_german);

async fn the_first_browser_speaks_english_and_the_second_german(reader: &Reader) {
    let tag = match reader.engine {
        Engine::Firefox => "de",
        _ => "en",
    };
    assert_eq!(reader.language().tag(), tag);
    reader.open_site().await;
    let spoken = "return document.documentElement.lang";
    assert_eq!(reader.run(spoken, vec![]).await, tag);
    reader.button(reader.words().bar.undo).wait().await;
}
