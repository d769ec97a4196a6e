//! Writing Markdown: lists that go on, formulas, and what is pasted into a note.

use postil::ui::strings::EN;

use postil_testing::journey::in_both_browsers;
use postil_testing::reader::Reader;

in_both_browsers!(
    a_list_goes_on_and_ends_by_keys,
    what_is_pasted_keeps_its_form,
);

/// Opens the box of a new note on some words of the article.
async fn write_on(reader: &Reader, words: &str) {
    reader.open_site().await;
    reader.take_hold(words, words).await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    reader.note_box().wait().await;
}

async fn wait_written(reader: &Reader, wanted: &str) {
    let written = async || match reader.note_box().value().await {
        written if written == wanted => Ok(()),
        written => Err(format!("{written:?} is written, and not {wanted:?}")),
    };
    reader.wait_for(written).await;
}

async fn a_list_goes_on_and_ends_by_keys(reader: &Reader) {
    write_on(reader, "public roads").await;
    reader.note_box().type_text("- one").await;
    reader.press("Enter").await;
    reader.note_box().type_text("two").await;
    reader.press("Tab").await;
    wait_written(reader, "- one\n  - two").await;
    reader.press("Shift+Tab").await;
    wait_written(reader, "- one\n- two").await;
    reader.press("Enter").await;
    wait_written(reader, "- one\n- two\n- ").await;
    // The browser's own undo takes back what the key has put.
    reader.press("Control+z").await;
    wait_written(reader, "- one\n- two").await;
    reader.press("Enter").await;
    wait_written(reader, "- one\n- two\n- ").await;
    reader.press("Enter").await;
    wait_written(reader, "- one\n- two\n").await;
    // Outside of a list, the key leaves the box.
    reader.press("Tab").await;
    let tags = reader.by_role("combobox", EN.editor.tags);
    let has_focus = async || match tags
        .evaluate("return element === document.activeElement")
        .await
    {
        there if there == true => Ok(()),
        _ => Err("Tab has not reached the tags".to_owned()),
    };
    reader.wait_for(has_focus).await;
    wait_written(reader, "- one\n- two\n").await;
}

/// Pastes into the box that has the focus, as the clipboard would; true if the browser is left to do
/// it. A script's own event inserts nothing by itself.
const PASTE: &str = "
    const [text, html] = arguments;
    const data = new DataTransfer();
    data.setData('text/plain', text);
    if (html) data.setData('text/html', html);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    return document.activeElement.dispatchEvent(event)";

async fn paste(reader: &Reader, text: &str, html: &str) -> bool {
    let left = reader.run(PASTE, vec![text.into(), html.into()]).await;
    left == true
}

async fn what_is_pasted_keeps_its_form(reader: &Reader) {
    write_on(reader, "public roads").await;
    reader.note_box().type_text("see words").await;
    let select = "document.activeElement.setSelectionRange(4, 9)";
    reader.run(select, vec![]).await;
    assert!(!paste(reader, "https://example.org/a", "").await);
    wait_written(reader, "see [words](https://example.org/a)").await;
    reader.press("Control+z").await;
    wait_written(reader, "see words").await;
    let end = "document.activeElement.setSelectionRange(3, 9)";
    reader.run(end, vec![]).await;
    let html = "<p>so <b>bold</b><ul><li>one<li><a href='https://example.org/'>two</a></ul>";
    assert!(!paste(reader, "so bold one two", html).await);
    let written = "seeso **bold**\n\n- one\n- [two](https://example.org/)";
    wait_written(reader, written).await;
    reader.press("Control+z").await;
    wait_written(reader, "see words").await;
    // Words without a form are the browser's to paste.
    assert!(paste(reader, "plain", "<meta charset=utf-8><span>plain</span>").await);
    assert!(paste(reader, "plain", "").await);
}
