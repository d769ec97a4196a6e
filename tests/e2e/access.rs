//! Accessibility: axe-core finds no fault on any screen, at any width, in light and in dark.

use postil::model::annotation::Colour;
use postil::model::exchange::Format;
use postil::model::look::Theme;
use postil::model::notice::Message;
use postil::ui::strings::EN;

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;

in_both_browsers!(every_screen_in_the_light);
in_both_browsers!(Setup { dark: true, ..Setup::default() } => every_screen_in_the_dark);
in_both_browsers!(Setup { size: (390, 844), ..Setup::default() } => every_screen_of_a_phone);
in_both_browsers!(Setup { size: (390, 844), dark: true, ..Setup::default() } => every_screen_of_a_phone_in_the_dark);
in_both_browsers!(Setup { size: (820, 1180), ..Setup::default() } => every_screen_of_a_tablet);
in_both_browsers!(Setup { size: (820, 1180), dark: true, ..Setup::default() } => every_screen_of_a_tablet_in_the_dark);
in_both_browsers!(nothing_is_wider_than_the_window);

async fn every_screen_in_the_light(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_in_the_dark(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_phone(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_phone_in_the_dark(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_tablet(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_tablet_in_the_dark(reader: &Reader) {
    every_screen(reader).await;
}

/// Collects axe-core's violations on a screen, prefixed with the screen's name.
async fn look_at(reader: &Reader, screen: &str, faults: &mut Vec<String>) {
    for violation in reader.violations().await {
        faults.push(format!("{screen}: {violation}"));
    }
}

/// Visits all screens by keys, which are the same at every width.
async fn every_screen(reader: &Reader) {
    let mut faults = Vec::new();
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    look_at(reader, "article", &mut faults).await;
    // One highlight of each colour.
    let words = [
        "has joined",
        "works on",
        "in the team",
        "announced",
        "the next few",
        "especially",
        "looks forward",
        "doing research",
    ];
    for (index, words) in words.iter().enumerate() {
        reader.take_hold(words, words).await;
        if index == 0 {
            look_at(reader, "toolbar", &mut faults).await;
        }
        reader.press(&(index + 1).to_string()).await;
        reader.selection_toolbar().wait_gone().await;
    }
    look_at(reader, "highlights, one chosen", &mut faults).await;
    // Yellow is the lightest colour and so the hardest to read at night.
    reader.press("1").await;
    reader
        .hear_of(Message::Recoloured {
            colour: Colour::Yellow,
        })
        .await;
    look_at(reader, "yellow, chosen", &mut faults).await;
    reader.take_hold("frontier", "frontier").await;
    reader.press("a").await;
    reader
        .note_box()
        .type_text("with **bold**, a [link](https://example.org) and `code`")
        .await;
    reader.combobox(EN.editor.tags).type_text("one, two").await;
    look_at(reader, "editor", &mut faults).await;
    reader.button(EN.editor.preview).click().await;
    reader
        .by_role("group", EN.editor.preview)
        .link("link")
        .wait()
        .await;
    look_at(reader, "preview", &mut faults).await;
    reader.note_box().focus().await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    look_at(reader, "note, chosen", &mut faults).await;
    reader.searchbox(EN.notes.search).type_text("bold").await;
    look_at(reader, "search", &mut faults).await;
    reader.searchbox(EN.notes.search).type_text("zebra").await;
    look_at(reader, "search without a result", &mut faults).await;
    reader.press("Escape").await;
    reader.button(EN.bar.more).click().await;
    reader.menu(EN.bar.more).menuitem(EN.bar.keys).wait().await;
    look_at(reader, "more", &mut faults).await;
    reader.press("Escape").await;
    reader.button(EN.bar.reading_settings).click().await;
    let settings = reader.dialog(EN.bar.reading_settings);
    for theme in Theme::ALL {
        let name = (EN.look.named_theme)(theme);
        settings.by_role("radio", name).click().await;
        look_at(reader, name, &mut faults).await;
    }
    settings.by_role("checkbox", EN.look.strong).click().await;
    look_at(reader, "more contrast", &mut faults).await;
    settings.by_role("checkbox", EN.look.strong).click().await;
    reader.press("Escape").await;
    settings.wait_gone().await;
    reader.use_tool(EN.bar.export).await;
    reader
        .menu(EN.bar.export)
        .menuitem((EN.bar.format)(Format::WebAnnotation))
        .wait()
        .await;
    look_at(reader, "menu", &mut faults).await;
    reader.press("Escape").await;
    reader.menu(EN.bar.export).wait_gone().await;
    let dialog = reader.open_dialog().await;
    dialog.button(EN.buttons.open).click().await;
    dialog.alert(Name::Has(EN.open.nothing_given)).wait().await;
    look_at(reader, "dialog", &mut faults).await;
    dialog
        .textbox(EN.open.web_address)
        .type_text("nonsense")
        .await;
    dialog.button(EN.buttons.open).click().await;
    reader.be_warned("not opened").await;
    look_at(reader, "alert", &mut faults).await;
    reader.choose_more(EN.bar.keys).await;
    reader.dialog(EN.bar.keys).wait().await;
    look_at(reader, "keys", &mut faults).await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.keys).wait_gone().await;
    reader.choose_more(EN.bar.contents).await;
    reader.dialog(EN.bar.contents).wait().await;
    look_at(reader, "contents", &mut faults).await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.contents).wait_gone().await;
    reader
        .open_pasted("# Zeta\n\nThe last of the letters.")
        .await;
    reader.article("Zeta").wait().await;
    let dialog = reader.open_library().await;
    look_at(reader, "library", &mut faults).await;
    dialog.button(&(EN.library.remove)("Zeta")).click().await;
    dialog.by_role("button", EN.library.removed).wait().await;
    look_at(reader, "library, something removed", &mut faults).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

async fn nothing_is_wider_than_the_window(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("has joined", "a note", "tag").await;
    for width in [1280, 1088, 1000, 820, 600, 470, 390, 320] {
        if width < 450 && reader.engine == Engine::Firefox {
            continue;
        }
        reader.resize(width, 800).await;
        let fits = async || {
            let script = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]";
            let widths: (u64, u64) =
                serde_json::from_value(reader.run(script, vec![]).await).expect("two numbers");
            match widths {
                (scroll, client) if scroll <= client => Ok(()),
                (scroll, client) => Err(format!("{scroll} in a window of {client}")),
            }
        };
        reader.wait_for(fits).await;
    }
}
