//! Writing Markdown: lists that go on, formulas, and what is pasted into a note.

use postil::ui::strings::EN;

use postil_testing::journey::in_both_browsers;
use postil_testing::reader::Reader;

in_both_browsers!(a_list_goes_on_and_ends_by_keys,);

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
