//! The language of the interface: the browser's or the reader's choice, in everything that is said.

use postil::model::annotation::Colour;
use postil::model::exchange::Format;
use postil::model::notice::Message;
use postil::ui::strings::page::{DE as PAGE_TEXTS, EN as ENGLISH_PAGE_TEXTS};
use postil::ui::strings::{DE, EN};
use serde_json::{Value, json};

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, SITE};
use postil_testing::steps::items;

in_both_browsers!(
    Setup { languages: "de-CH,de,en", ..Setup::default() } =>
    who_reads_german_annotates_in_german,
    screens_are_german,
    without_the_lazy_part_the_interface_is_english,
    english_is_chosen_by_hand_and_given_up_again,
);

in_both_browsers!(
    Setup { languages: "de", size: (450, 844), ..Setup::default() } =>
    german_words_fit_a_phone,
);

in_both_browsers!(
    Setup { languages: "fr,de", ..Setup::default() } =>
    the_first_language_that_there_is_is_taken,
);

in_both_browsers!(
    german_is_chosen_by_hand_and_nothing_is_lost,
    from_right_to_left_everything_changes_sides,
);

const ROADS: &str = "public roads";

/// Waits until the interface has this language.
async fn speaks(reader: &Reader, tag: &str) {
    let look = async || match reader
        .run("return document.documentElement.lang", vec![])
        .await
    {
        Value::String(said) if said == tag => Ok(()),
        other => Err(format!("the page is in {other} and not in {tag}")),
    };
    reader.wait_for(look).await;
}

/// Selects words with the mouse, and returns the toolbar.
async fn select<'a>(reader: &'a Reader, words: &str) -> Locator<'a> {
    reader.select_text(words, words).await;
    let toolbar = reader.toolbar(DE.selection.label);
    toolbar.button(DE.selection.highlight).wait().await;
    toolbar
}

/// Chooses in the box "Language", whatever it is called.
async fn choose_language(dialog: &Locator<'_>, name: &str, language: &str) {
    let choose = format!(
        "element.selectedIndex = [...element.options].findIndex((one) => one.text === {}); \
         element.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(language)
    );
    dialog.combobox(name).wait().await;
    dialog.combobox(name).evaluate(&choose).await;
}

async fn is_as_wide_as_the_window(reader: &Reader) {
    let script = "const { scrollWidth, clientWidth } = document.documentElement;
        const dialog = document.querySelector('dialog[open]');
        const cut = [...document.querySelectorAll('#bar button')].filter((one) => one.scrollWidth > one.clientWidth + 1);
        return [scrollWidth <= clientWidth, !dialog || dialog.scrollWidth <= dialog.clientWidth, cut.map((one) => one.ariaLabel)]";
    assert_eq!(reader.run(script, vec![]).await, json!([true, true, []]));
}

async fn who_reads_german_annotates_in_german(reader: &Reader) {
    reader.open_site().await;
    speaks(reader, "de").await;
    for tool in [DE.bar.open_article, DE.bar.undo, DE.bar.reading_settings] {
        reader.button(tool).wait().await;
    }
    assert!(!reader.button(EN.bar.open_article).is_there().await);
    // The texts of the page's own file too.
    reader.link(PAGE_TEXTS.skip).wait().await;
    let bar = "return [document.querySelector('#bar').ariaLabel, document.querySelector('#panicked h1').textContent]";
    let own = json!([PAGE_TEXTS.tools, PAGE_TEXTS.stopped]);
    assert_eq!(reader.run(bar, vec![]).await, own);
    // The article keeps its own language.
    let article = reader.article(Name::Any);
    article.wait_attribute("lang", "en").await;
    let toolbar = select(reader, ROADS).await;
    toolbar
        .button((DE.selection.colour)(Colour::Yellow))
        .wait()
        .await;
    toolbar.button(DE.selection.add_note).click().await;
    let note = reader.textbox(DE.editor.note);
    note.type_text("Genau gelesen").await;
    reader.combobox(DE.editor.tags).type_text("Verkehr").await;
    reader.button(DE.buttons.save).click().await;
    note.wait_gone().await;
    let card = reader.complementary(DE.notes.label).listitem(ROADS);
    card.button(DE.card.edit).wait().await;
    reader
        .hear(&(DE.notices.message)(&Message::NoteSaved))
        .await;
    reader.wait_until_saved().await;
    reader.button(DE.bar.export).click().await;
    let json = (DE.bar.format)(Format::WebAnnotation);
    reader.menu(DE.bar.export).menuitem(json).click().await;
    let file = reader.wait_for_download("*.json").await;
    let collection: Value = serde_json::from_str(&file.text()).expect("the file is JSON");
    assert_eq!(items(&collection).len(), 1);
    reader
        .hear(&(DE.notices.message)(&Message::Exported { notes: 1 }))
        .await;
}

async fn screens_are_german(reader: &Reader) {
    reader.open_site().await;
    select(reader, ROADS)
        .await
        .button(DE.selection.highlight)
        .click()
        .await;
    reader
        .complementary(DE.notes.label)
        .listitem(ROADS)
        .wait()
        .await;
    reader.wait_until_saved().await;
    reader.expect_accessible().await;
    reader.button(DE.bar.reading_settings).click().await;
    let dialog = reader.dialog(DE.bar.reading_settings);
    dialog.combobox(DE.look.language).wait().await;
    reader.expect_accessible().await;
    dialog.button(DE.buttons.close).click().await;
    dialog.wait_gone().await;
    // Days are said in German.
    reader.button(DE.bar.library).click().await;
    let dialog = reader.dialog(DE.bar.library);
    dialog.listitem(Name::Any).wait().await;
    let listed = dialog.text().await;
    assert!(listed.contains("geöffnet: heute"), "{listed}");
    assert!(listed.contains((DE.notes.count)(1).as_str()), "{listed}");
    reader.expect_accessible().await;
    dialog.button(DE.buttons.close).click().await;
    dialog.wait_gone().await;
    // The keys have the names of a German keyboard.
    reader.press("?").await;
    let keys = reader.dialog(DE.bar.keys);
    keys.wait().await;
    assert!(keys.text().await.contains("Strg"));
}

async fn without_the_lazy_part_the_interface_is_english(reader: &Reader) {
    reader.serve_without_service_worker();
    let lazy = reader.server.built_name("lazy-", ".wasm");
    let missing = Answer::new("text/plain", "not here").with_status(404);
    reader.server.put(&format!("{SITE}{lazy}"), missing);
    reader.open_site().await;
    speaks(reader, ENGLISH_PAGE_TEXTS.language).await;
    reader.button(EN.bar.open_article).wait().await;
    assert!(reader.link(ENGLISH_PAGE_TEXTS.skip).is_there().await);
    assert!(
        !reader
            .alert(Name::Has(ENGLISH_PAGE_TEXTS.not_started))
            .is_there()
            .await
    );
}

async fn english_is_chosen_by_hand_and_given_up_again(reader: &Reader) {
    reader.open_site().await;
    reader.button(DE.bar.reading_settings).click().await;
    let dialog = reader.dialog(DE.bar.reading_settings);
    choose_language(&dialog, DE.look.language, "English").await;
    reader.button(EN.bar.reading_settings).wait().await;
    speaks(reader, "en").await;
    // It lasts.
    reader.reload().await;
    reader.button(EN.bar.reading_settings).click().await;
    let dialog = reader.dialog(EN.bar.reading_settings);
    choose_language(&dialog, EN.look.language, EN.look.browsers_language).await;
    reader.button(DE.bar.reading_settings).wait().await;
    speaks(reader, "de").await;
}

async fn german_words_fit_a_phone(reader: &Reader) {
    reader.open_site().await;
    speaks(reader, "de").await;
    is_as_wide_as_the_window(reader).await;
    select(reader, ROADS).await;
    is_as_wide_as_the_window(reader).await;
    reader.press("Escape").await;
    reader.button(DE.bar.reading_settings).click().await;
    reader.dialog(DE.bar.reading_settings).wait().await;
    is_as_wide_as_the_window(reader).await;
}

async fn the_first_language_that_there_is_is_taken(reader: &Reader) {
    reader.open_site().await;
    speaks(reader, "de").await;
    reader.button(DE.bar.more).wait().await;
}

async fn german_is_chosen_by_hand_and_nothing_is_lost(reader: &Reader) {
    reader.open_site().await;
    speaks(reader, "en").await;
    reader.highlight(ROADS).await;
    reader.button(EN.bar.reading_settings).click().await;
    let dialog = reader.dialog(EN.bar.reading_settings);
    // English by hand is the language that is spoken: nothing is loaded anew, and the dialog stays.
    choose_language(&dialog, EN.look.language, "English").await;
    assert!(dialog.is_there().await);
    choose_language(&dialog, EN.look.language, "Deutsch").await;
    reader.button(DE.bar.reading_settings).wait().await;
    speaks(reader, "de").await;
    reader
        .complementary(DE.notes.label)
        .listitem(ROADS)
        .wait()
        .await;
    // Undo reaches back to before.
    reader.button(DE.bar.undo).click().await;
    reader
        .complementary(DE.notes.label)
        .listitem(ROADS)
        .wait_gone()
        .await;
}

async fn from_right_to_left_everything_changes_sides(reader: &Reader) {
    reader.open_site().await;
    reader.highlight(ROADS).await;
    let sides = "const { left } = document.querySelector('#article').getBoundingClientRect();
        return document.querySelector('aside.notes').getBoundingClientRect().left < left";
    assert_eq!(reader.run(sides, vec![]).await, json!(false));
    let turn = "document.documentElement.dir = 'rtl'";
    reader.run(turn, vec![]).await;
    let look = async || match reader.run(sides, vec![]).await {
        Value::Bool(true) => Ok(()),
        _ => Err("the notes stand on the side where they stood".to_owned()),
    };
    reader.wait_for(look).await;
    is_as_wide_as_the_window(reader).await;
    reader.button(EN.bar.reading_settings).click().await;
    reader.dialog(EN.bar.reading_settings).wait().await;
    is_as_wide_as_the_window(reader).await;
}
