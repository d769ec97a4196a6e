//! Keys on every keyboard layout, and the focus after a note is removed.

use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;

in_both_browsers!(
    caps_lock_changes_no_key,
    keys_are_found_by_their_place_on_other_alphabets,
    the_focus_stays_among_the_notes,
);

/// Presses a key given by the character it types, its physical key and its modifiers.
async fn press(reader: &Reader, key: &str, code: &str, held: &[&str]) -> bool {
    let script = "const [key, code, held] = arguments;
        const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true,
            ctrlKey: held.includes('Control'), shiftKey: held.includes('Shift'), modifierCapsLock: held.includes('CapsLock') });
        document.activeElement.dispatchEvent(event);
        return event.defaultPrevented";
    let arguments = vec![json!(key), json!(code), json!(held)];
    reader.run(script, arguments).await == true
}

async fn focused(reader: &Reader) -> Value {
    let script = "const focused = document.activeElement;
        return focused.getAttribute('aria-label') ?? focused.localName";
    reader.run(script, vec![]).await
}

async fn wait_focused(reader: &Reader, name: &str) {
    let is = async || match focused(reader).await {
        focused if focused == name => Ok(()),
        focused => Err(format!("{focused} has the focus and not {name}")),
    };
    reader.wait_for(is).await;
}

async fn caps_lock_changes_no_key(reader: &Reader) {
    reader.open_site().await;
    let locked = &["CapsLock"];
    reader.take_hold("public roads", "public roads").await;
    assert!(press(reader, "H", "KeyH", locked).await);
    reader.wait_painted(&["public roads"]).await;
    reader.take_hold("Nick Joseph", "Nick Joseph").await;
    assert!(press(reader, "A", "KeyA", locked).await);
    reader.note_box().wait().await;
    reader.note_box().type_text("leads").await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    assert!(press(reader, "J", "KeyJ", locked).await);
    wait_focused(reader, "public roads").await;
    assert!(press(reader, "K", "KeyK", locked).await);
    wait_focused(reader, "Nick Joseph").await;
    for (key, code, dialog) in [
        ("L", "KeyL", EN.bar.library),
        ("C", "KeyC", EN.bar.contents),
    ] {
        assert!(press(reader, key, code, locked).await);
        reader.dialog(dialog).wait().await;
        reader.press("Escape").await;
        reader.dialog(dialog).wait_gone().await;
    }
    assert!(press(reader, "T", "KeyT", locked).await);
    reader.notes().wait_gone().await;
    assert!(press(reader, "T", "KeyT", locked).await);
    reader.notes().wait().await;
    // With Shift it is Shift and the letter, whatever Caps Lock makes of it.
    reader.take_hold("many engineers", "many engineers").await;
    press(reader, "a", "KeyA", &["CapsLock", "Shift"]).await;
    assert!(!reader.note_box().is_there().await);
}

async fn keys_are_found_by_their_place_on_other_alphabets(reader: &Reader) {
    reader.open_site().await;
    for (words, key) in [
        ("public roads", "р"),
        ("Nick Joseph", "η"),
        ("many engineers", "ا"),
    ] {
        reader.take_hold(words, words).await;
        assert!(press(reader, key, "KeyH", &[]).await, "{key}");
        reader.card(words).wait().await;
    }
    assert!(press(reader, "о", "KeyJ", &[]).await);
    assert!(press(reader, "я", "KeyZ", &["Control"]).await);
    reader.card("many engineers").wait_gone().await;
    assert!(press(reader, "н", "KeyY", &["Control"]).await);
    reader.card("many engineers").wait().await;
    // On a Latin layout letters count, not physical keys.
    assert!(!press(reader, "w", "KeyZ", &["Control"]).await);
    assert!(press(reader, "z", "KeyW", &["Control"]).await);
    reader.card("many engineers").wait_gone().await;
    reader.take_hold("as a teacher", "as a teacher").await;
    assert!(press(reader, "ф", "KeyA", &[]).await);
    let note = reader.note_box();
    note.type_text("words").await;
    note.evaluate("element.select()").await;
    assert!(press(reader, "и", "KeyB", &["Control"]).await);
    assert_eq!(note.value().await, "**words**");
}

async fn the_focus_stays_among_the_notes(reader: &Reader) {
    reader.open_site().await;
    // In text order.
    for words in [
        "Nick Joseph",
        "many engineers",
        "as a teacher",
        "public roads",
    ] {
        reader.highlight(words).await;
    }
    reader.card("many engineers").click().await;
    wait_focused(reader, "many engineers").await;
    reader.press("Delete").await;
    wait_focused(reader, "as a teacher").await;
    reader.hear_of(Message::Removed).await;
    reader.press("j").await;
    wait_focused(reader, "public roads").await;
    // By the button, and the last of the list: the one before.
    reader
        .card("public roads")
        .button(EN.card.remove)
        .focus()
        .await;
    reader.press("Enter").await;
    wait_focused(reader, "as a teacher").await;
    // During a search the focus goes to the next card that the search shows.
    reader.press("Control+z").await;
    wait_focused(reader, "public roads").await;
    reader.searchbox(EN.notes.search).type_text("o").await;
    reader.card("as a teacher").wait_gone().await;
    reader.card("Nick Joseph").focus().await;
    reader.press("Delete").await;
    wait_focused(reader, "public roads").await;
    reader.press("Delete").await;
    wait_focused(reader, EN.notes.label).await;
    reader.searchbox(EN.notes.search).focus().await;
    reader.press("Escape").await;
    reader.card("as a teacher").focus().await;
    reader.press("Delete").await;
    wait_focused(reader, EN.notes.label).await;
    assert!(!reader.notes().listitem(Name::Any).is_there().await);
    reader.press("Control+z").await;
    wait_focused(reader, "as a teacher").await;
}
