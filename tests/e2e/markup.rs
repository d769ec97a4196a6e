//! Writing Markdown: lists that go on, formulas, and what is pasted into a note.

use postil::ui::strings::EN;

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Locator;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items};
use serde_json::Value;

in_both_browsers!(
    a_list_goes_on_and_ends_by_keys,
    what_is_pasted_keeps_its_form,
    formulas_of_a_note_are_drawn,
    a_note_on_the_whole_article_begins_with_a_template,
    single_line_ends_are_a_choice,
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
    // Who types the mark all the same has it once.
    reader.note_box().type_text("- three").await;
    wait_written(reader, "- one\n- two\n- three").await;
    for _ in "three".chars() {
        reader.press("Backspace").await;
    }
    wait_written(reader, "- one\n- two\n- ").await;
    reader.press("Backspace").await;
    reader.press("Backspace").await;
    reader.press("Backspace").await;
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
    // Firefox has names of its own for what the event is made of.
    Object.defineProperty(event, 'clipboardData', { value: data });
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

async fn formulas_of_a_note_are_drawn(reader: &Reader) {
    write_on(reader, "public roads").await;
    let words = "so $a^2$ and $$\\frac{1}{b}$$ not $\\nosuch{x}$";
    reader.note_box().type_text(words).await;
    let top = "return Math.round(element.getBoundingClientRect().top)";
    let save = reader.button(EN.buttons.save);
    let before = save.evaluate(top).await;
    reader.button(EN.editor.preview).click().await;
    let preview = reader.by_role("group", EN.editor.preview);
    let drawn = "return [element.querySelectorAll('math msup, math[display=block] mfrac').length,
        element.querySelector('code')?.textContent ?? ''].join(' ')";
    let formulas = async || match preview.evaluate(drawn).await {
        drawn if drawn == "2 \\nosuch{x}" => Ok(()),
        drawn => Err(format!("drawn: {drawn}")),
    };
    reader.wait_for(formulas).await;
    assert_eq!(save.evaluate(top).await, before, "Save stays where it is");
}

async fn a_note_on_the_whole_article_begins_with_a_template(reader: &Reader) {
    reader.open_site().await;
    reader.button(EN.bar.more).click().await;
    let whole = reader.by_role("menuitem", EN.commands.write_whole);
    whole.click().await;
    reader.note_box().wait().await;
    reader.button(EN.templates.label).click().await;
    reader.button("Summary: Question:").click().await;
    wait_written(reader, EN.templates.usual).await;
    reader.press("Control+z").await;
    wait_written(reader, "").await;
    reader.note_box().type_text("Thesis: ").await;
    reader.button(EN.templates.label).click().await;
    reader.button(EN.templates.keep).click().await;
    reader.button("Thesis:").wait().await;
    let usual = (EN.templates.remove)("Summary: Question:");
    reader.button(&usual).click().await;
    reader.button(&usual).wait_gone().await;
    reader.note_box().focus().await;
    reader.press("Control+Enter").await;
    let card = reader.card(EN.notes.whole_article);
    card.wait().await;
    assert!(card.text().await.contains("Thesis:"));
    // In a file it is on the article and on no passage of it, beside one that is on a passage.
    reader.highlight("public roads").await;
    let file = reader.export().await;
    let of_words = |item: &&Value| !bodies(item, "commenting").is_empty();
    let [on_passage, whole] = [false, true].map(|has_words| {
        let mut of_kind = items(&file)
            .iter()
            .filter(|item| of_words(item) == has_words);
        of_kind.next().expect("both are in the file")
    });
    assert_eq!(whole["target"]["source"], on_passage["target"]["source"]);
    assert_eq!(whole["target"].get("selector"), None);
    assert!(on_passage["target"].get("selector").is_some());
    reader.button(EN.bar.undo).click().await;
    reader.card("public roads").wait_gone().await;
    // As of any new note, Undo takes the words back and then the note.
    reader.button(EN.bar.undo).click().await;
    let has_words = async || match card.text().await.contains("Thesis:") {
        false => Ok(()),
        true => Err("the words are still there".to_owned()),
    };
    reader.wait_for(has_words).await;
    reader.button(EN.bar.undo).click().await;
    card.wait_gone().await;
}

/// What of a note is drawn within an element.
const DRAWN: &str = "return element.querySelector('.note-body')?.innerText.trim() ?? 'nothing'";

async fn wait_drawn(reader: &Reader, around: &Locator<'_>, wanted: &str) {
    let drawn = async || match around.evaluate(DRAWN).await {
        drawn if drawn == wanted => Ok(()),
        drawn => Err(format!("{drawn} is drawn, and not {wanted:?}")),
    };
    reader.wait_for(drawn).await;
}

async fn single_line_ends_are_a_choice(reader: &Reader) {
    write_on(reader, "public roads").await;
    // With markup it is read by the parser, without it is not.
    reader.note_box().type_text("so *it*\nis").await;
    reader.button(EN.buttons.save).click().await;
    reader.note_box().wait_gone().await;
    let card = reader.card("public roads");
    wait_drawn(reader, &card, "so it\nis").await;
    reader.button(EN.bar.reading_settings).click().await;
    let dialog = reader.dialog(EN.bar.reading_settings);
    let choice = dialog.by_role("checkbox", EN.look.line_ends);
    assert_eq!(choice.evaluate("return element.checked").await, true);
    choice.click().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    wait_drawn(reader, &card, "so it is").await;
    // It is kept, and other notes and the preview follow it.
    reader.reload().await;
    wait_drawn(reader, &card, "so it is").await;
    card.click().await;
    reader.press("Enter").await;
    reader.note_box().wait().await;
    reader.note_box().clear().await;
    reader.note_box().type_text("plain\nwords").await;
    reader.button(EN.editor.preview).click().await;
    let preview = reader.by_role("group", EN.editor.preview);
    wait_drawn(reader, &preview, "plain words").await;
    reader.note_box().focus().await;
    reader.press("Control+Enter").await;
    reader.note_box().wait_gone().await;
    wait_drawn(reader, &card, "plain words").await;
    // The command takes it back.
    reader.press("Control+k").await;
    let command = reader.combobox(EN.commands.command);
    command.type_text(EN.look.line_ends).await;
    reader.by_role("option", EN.look.line_ends).wait().await;
    reader.press("Enter").await;
    command.wait_gone().await;
    wait_drawn(reader, &card, "plain\nwords").await;
    reader.press("Control+k").await;
    command.type_text(EN.look.no_line_ends).await;
    reader.by_role("option", EN.look.no_line_ends).wait().await;
}
