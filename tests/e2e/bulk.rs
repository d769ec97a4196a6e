//! Several notes at once: picked from the list, changed by one edit, exported.

use postil::model::annotation::Colour;
use postil::model::notebook::Intent;
use postil::model::notice::Message;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::Locator;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items, kilns, quote_of};

in_both_languages!(
    notes_are_picked_and_changed_by_one_edit_each,
    keys_pick_what_a_search_shows,
    a_long_list_is_picked_as_a_whole,
);

in_both_languages!(
    Setup { size: (390, 844), ..Setup::default() } =>
    on_a_phone_presses_pick_after_a_command,
);

const ROADS: &str = "public roads";
const ENGINEERS: &str = "many engineers";
const TEACHER: &str = "as a teacher";

/// Three notes on the bundled article, in another order than that of their passages.
async fn three_notes(reader: &Reader) {
    reader.open_site().await;
    reader
        .write_note(ROADS, "first words", "law, to read")
        .await;
    reader.write_note(ENGINEERS, "second words", "Law").await;
    reader.highlight(TEACHER).await;
    reader.press("Escape").await;
}

fn toolbar(reader: &Reader) -> Locator<'_> {
    reader.toolbar(reader.words().picked.label)
}

/// Waits until the toolbar says that so many notes are picked, of which some are not shown.
async fn picked(reader: &Reader, count: usize, hidden: usize) {
    let said = (reader.words().picked.count)(count, hidden);
    toolbar(reader).status(&said).wait().await;
}

/// Clicks on a card's quote while a key is held.
async fn click_card(reader: &Reader, quote: &str, held: &str) {
    let card = reader.card(quote);
    card.evaluate("element.scrollIntoView({ block: 'nearest', behavior: 'instant' })")
        .await;
    card.wait_still().await;
    let place = "const { left, top } = element.querySelector('.quote').getBoundingClientRect();
        return [left + 20, top + 8]";
    let place = card.evaluate(place).await;
    let at = |index: usize| place[index].as_f64().unwrap_or_default();
    reader.click_at((at(0), at(1)), Some(held)).await;
}

/// Waits until exactly these notes are picked, and the boxes on the cards say so.
async fn are_picked(reader: &Reader, wanted: &[&str]) {
    let script = "return [...document.querySelectorAll('.notes [data-card]')]
        .filter((card) => card.querySelector('.pick-box input')?.checked)
        .map((card) => card.getAttribute('aria-label')).sort()";
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    let look = async || match reader.run(script, vec![]).await {
        found if found == json!(wanted) => Ok(()),
        found => Err(format!("{found} are picked and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

async fn hear_changed(reader: &Reader, intent: Intent, notes: usize) {
    reader.hear_of(Message::Changed { intent, notes }).await;
}

/// A tag on a card.
fn tag<'a>(reader: &'a Reader, quote: &str, tag: &str) -> Locator<'a> {
    reader
        .card(quote)
        .list(reader.words().editor.tags)
        .listitem(tag)
}

/// Waits until the cards of these notes have this colour.
async fn are_coloured(reader: &Reader, quotes: &[&str], colour: &str) {
    for quote in quotes {
        reader
            .card(quote)
            .wait_attribute("data-colour", colour)
            .await;
    }
}

async fn notes_are_picked_and_changed_by_one_edit_each(reader: &Reader) {
    let words = reader.words();
    three_notes(reader).await;
    // A click with Ctrl picks; it opens no note.
    click_card(reader, ROADS, "Control").await;
    picked(reader, 1, 0).await;
    click_card(reader, ENGINEERS, "Control").await;
    picked(reader, 2, 0).await;
    are_picked(reader, &[ROADS, ENGINEERS]).await;
    assert_eq!(reader.card(ENGINEERS).attribute("aria-current").await, None);
    reader.expect_accessible().await;
    // One colour for both, by one edit that one Undo takes back.
    let tools = toolbar(reader);
    tools.button(words.picked.colour).click().await;
    let colours = reader.by_role("group", words.picked.colour);
    let green = (words.selection.colour)(Colour::Green);
    colours.button(green).click().await;
    hear_changed(reader, Intent::Recolour, 2).await;
    are_coloured(reader, &[ROADS, ENGINEERS], "green").await;
    are_coloured(reader, &[TEACHER], "yellow").await;
    reader.press("Control+z").await;
    are_coloured(reader, &[ROADS, ENGINEERS], "yellow").await;
    picked(reader, 2, 0).await;
    // A range goes from the note that was picked last.
    click_card(reader, ROADS, "Shift").await;
    picked(reader, 3, 0).await;
    tools.button(words.picked.add_tag).click().await;
    let form = reader.by_role("group", words.picked.add_tag);
    form.by_role("combobox", words.picked.tag)
        .type_text("cars, LAW")
        .await;
    reader.press("Enter").await;
    hear_changed(reader, Intent::AddTag, 3).await;
    tag(reader, TEACHER, "LAW").wait().await;
    tag(reader, ENGINEERS, "cars").wait().await;
    // It has that tag already, in another form.
    tag(reader, ENGINEERS, "Law").wait().await;
    tag(reader, ENGINEERS, "LAW").wait_gone().await;
    tools.button(words.picked.remove_tag).click().await;
    let tags = reader.by_role("group", words.picked.remove_tag);
    tags.button((words.picked.remove_tag_from)("cars", 3).as_str())
        .wait()
        .await;
    tags.button((words.picked.remove_tag_from)("LAW", 3).as_str())
        .click()
        .await;
    hear_changed(reader, Intent::RemoveTag, 3).await;
    tag(reader, TEACHER, "LAW").wait_gone().await;
    tag(reader, ENGINEERS, "Law").wait_gone().await;
    // What is exported is what is picked.
    click_card(reader, TEACHER, "Control").await;
    picked(reader, 2, 0).await;
    tools.button(words.picked.export).click().await;
    let file = reader.wait_for_download("*.json").await;
    let file: serde_json::Value = serde_json::from_str(&file.text()).expect("the file is JSON");
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, [ENGINEERS, ROADS]);
    assert_eq!(bodies(&items(&file)[0], "tagging"), ["cars"]);
    // Removed together, and brought back together.
    tools.button(words.picked.remove).click().await;
    hear_changed(reader, Intent::Remove, 2).await;
    reader.card(ROADS).wait_gone().await;
    toolbar(reader).wait_gone().await;
    reader.button(words.notices.bring_back).click().await;
    for quote in [ROADS, ENGINEERS, TEACHER] {
        reader.card(quote).wait().await;
    }
    reader.wait_until_saved().await;
}

async fn keys_pick_what_a_search_shows(reader: &Reader) {
    let words = reader.words();
    three_notes(reader).await;
    let search = reader.searchbox(words.notes.search);
    search.type_text("words").await;
    reader.card(TEACHER).wait_gone().await;
    reader.card(ROADS).focus().await;
    reader.press("Control+a").await;
    picked(reader, 2, 0).await;
    are_picked(reader, &[ROADS, ENGINEERS]).await;
    // The space bar lets go of the card that has the focus, and picks it again.
    reader.card(ROADS).focus().await;
    reader.press("Space").await;
    picked(reader, 1, 0).await;
    reader.press("Space").await;
    picked(reader, 2, 0).await;
    // What a search no longer shows stays picked, and that is said.
    search.clear().await;
    search.type_text("first").await;
    picked(reader, 2, 1).await;
    search.focus().await;
    reader.press("Control+a").await;
    reader.press("Delete").await;
    reader.card(TEACHER).wait().await;
    reader
        .card(TEACHER)
        .checkbox(words.picked.pick)
        .click()
        .await;
    picked(reader, 3, 0).await;
    // The arrows lead through the toolbar.
    let tools = toolbar(reader);
    tools.button(words.picked.colour).focus().await;
    reader.press("ArrowRight").await;
    let focused = "return document.activeElement.textContent";
    assert_eq!(reader.run(focused, vec![]).await, words.picked.add_tag);
    reader.press("Enter").await;
    reader.by_role("group", words.picked.add_tag).wait().await;
    // First the choices are closed, then all are let go.
    reader.press("Escape").await;
    reader
        .by_role("group", words.picked.add_tag)
        .wait_gone()
        .await;
    picked(reader, 3, 0).await;
    reader.press("Escape").await;
    tools.wait_gone().await;
    reader.checkbox(words.picked.pick).wait_gone().await;
}

async fn a_long_list_is_picked_as_a_whole(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    // Notes that come before it are kept for an article of their own.
    reader.article("Kilns").wait().await;
    // More notes than there are cards.
    let notes = 125;
    import_many(reader, notes).await;
    reader.card("Number 3 stands").focus().await;
    reader.press("Control+a").await;
    picked(reader, notes, 0).await;
    let tools = toolbar(reader);
    tools.button(words.picked.colour).click().await;
    let colours = reader.by_role("group", words.picked.colour);
    let blue = (words.selection.colour)(Colour::Blue);
    colours.button(blue).click().await;
    hear_changed(reader, Intent::Recolour, notes).await;
    all_have(reader, "blue").await;
    reader.press("Control+z").await;
    all_have(reader, "yellow").await;
}

/// Waits until every note has a colour on the overview, also those without cards.
async fn all_have(reader: &Reader, colour: &str) {
    let script = "return [...document.querySelectorAll('nav.overview path[data-colour]')]
        .filter((path) => path.getAttribute('d')).map((path) => path.dataset.colour)";
    let look = async || match reader.run(script, vec![]).await {
        shown if shown == json!([colour]) => Ok(()),
        shown => Err(format!("the notes are {shown} and not {colour}")),
    };
    reader.wait_for(look).await;
}

/// Imports a file with so many notes on the first paragraphs of the open article.
async fn import_many(reader: &Reader, count: usize) {
    let note = |number: usize| {
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "Annotation",
            "id": format!("urn:example:{number}"),
            "target": {
                "source": "urn:example:kilns",
                "selector": { "type": "TextQuoteSelector", "exact": format!("Number {} stands", number % 120 + 1) },
            },
        })
    };
    let notes: Vec<_> = (0..count).map(note).collect();
    let file = serde_json::to_vec(&notes).expect("JSON");
    reader.import_file("many.json", &file).await;
    let said = (reader.words().notes.count)(count);
    let look = async || {
        let script = "return document.querySelector('.notes .count')?.textContent ?? ''";
        match reader.run(script, vec![]).await {
            now if now == json!(said) => Ok(()),
            now => Err(format!("the notes say {now} and not {said:?}")),
        }
    };
    reader.wait_for(look).await;
    reader.wait_until_saved().await;
}

async fn on_a_phone_presses_pick_after_a_command(reader: &Reader) {
    let words = reader.words();
    three_notes(reader).await;
    reader.choose_more(words.picked.begin).await;
    picked(reader, 0, 0).await;
    let tools = toolbar(reader);
    tools
        .button(words.picked.remove)
        .wait_attribute("aria-disabled", "true")
        .await;
    reader.card(ROADS).click().await;
    picked(reader, 1, 0).await;
    reader.card(ENGINEERS).click().await;
    picked(reader, 2, 0).await;
    reader.card(ROADS).click().await;
    are_picked(reader, &[ENGINEERS]).await;
    reader.expect_accessible().await;
    let wide = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(reader.run(wide, vec![]).await, json!(true));
    tools.button(words.picked.all).click().await;
    picked(reader, 3, 0).await;
    tools.button(words.picked.done).click().await;
    tools.wait_gone().await;
    // A press opens a note again.
    reader.card(ROADS).click().await;
    reader
        .card(ROADS)
        .wait_attribute("aria-current", "true")
        .await;
}
