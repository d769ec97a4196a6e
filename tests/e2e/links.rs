//! Links between notes: written after `[[`, shown, followed, and counted where they lead.

use postil::model::notebook::Intent;
use postil::model::notice::Message;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::{BUNDLED, bodies, items, kilns, quote_of};

in_both_languages!(
    a_link_is_written_by_keys_and_leads_both_ways,
    a_link_says_that_its_note_was_removed,
    a_link_leads_into_another_article,
    a_link_leads_to_a_heading,
    what_is_no_link_stays_as_it_was_typed,
);

in_both_languages!(
    Setup { size: (320, 568), ..Setup::default() } =>
    in_a_narrow_window_the_list_fits,
);

const ROADS: &str = "public roads";
const TEACHER: &str = "as a teacher";
/// Words of another article.
const THIRD: &str = "Number 3 stands here";

/// The list of what can be linked to.
fn offers(reader: &Reader) -> Locator<'_> {
    reader.by_role("listbox", reader.words().links.offered)
}

/// What is shown of a link.
fn told(reader: &Reader) -> Locator<'_> {
    reader.by_role("tooltip", Name::Any)
}

/// Waits until what is shown of a link contains this.
async fn tells(reader: &Reader, words: &str) {
    let look = async || match told(reader).is_there().await {
        true => match told(reader).text().await {
            text if text.contains(words) => Ok(()),
            text => Err(format!("{text:?} is shown and not {words:?}")),
        },
        false => Err("nothing is shown of the link".to_owned()),
    };
    reader.wait_for(look).await;
}

/// Begins to write on these words, and types this.
async fn write(reader: &Reader, words: &str, note: &str) {
    reader.take_hold(words, words).await;
    reader.press("a").await;
    reader.note_box().wait().await;
    reader.note_box().type_text(note).await;
}

async fn save(reader: &Reader) {
    reader.press("Control+Enter").await;
    reader.note_box().wait_gone().await;
    reader.wait_until_saved().await;
}

async fn is_chosen(reader: &Reader, words: &str) {
    let card = reader.card(words);
    card.wait_attribute("aria-current", "true").await;
}

/// Two notes on the bundled article, of which the second links to the first.
async fn two_notes(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "Of **law**", "").await;
    reader.press("Escape").await;
    write(reader, TEACHER, "see [[law").await;
    offers(reader).option(Name::Begins("Of law")).wait().await;
    reader.press("Enter").await;
    offers(reader).wait_gone().await;
    save(reader).await;
    reader.card(TEACHER).link("Of law").wait().await;
}

async fn a_link_is_written_by_keys_and_leads_both_ways(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "Of **law**", "").await;
    reader.press("Escape").await;
    write(reader, TEACHER, "see [[").await;
    // Everything is offered at first, and less with each letter.
    let first = offers(reader).option(Name::Any).nth(0);
    first.wait_attribute("aria-selected", "true").await;
    reader.press("ArrowDown").await;
    first.wait_attribute("aria-selected", "false").await;
    // What keys have led to stays the current option while more arrives.
    let current = "return element.querySelector('[aria-selected=true]').textContent";
    let led_to = offers(reader).evaluate(current).await;
    let heading = offers(reader).option(Name::Has(reader.words().links.heading));
    heading.nth(0).wait().await;
    assert_eq!(offers(reader).evaluate(current).await, led_to);
    reader.note_box().type_text("LÁW").await;
    let law = offers(reader).option(Name::Begins("Of law"));
    law.wait_attribute("aria-selected", "true").await;
    let active = reader.note_box().attribute("aria-activedescendant").await;
    assert_eq!(active, law.attribute("id").await);
    reader.expect_accessible().await;
    reader.press("Enter").await;
    offers(reader).wait_gone().await;
    let written = reader.note_box().value().await;
    assert!(written.starts_with("see [Of law](urn:uuid:"), "{written}");
    // The browser's own undo takes it back.
    reader.press("Control+z").await;
    assert_eq!(reader.note_box().value().await, "see [[LÁW");
    reader.press("End").await;
    reader.press("Backspace").await;
    reader.note_box().type_text("W").await;
    law.wait().await;
    reader.press("Tab").await;
    assert_eq!(reader.note_box().value().await, written);
    save(reader).await;

    let link = reader.card(TEACHER).link("Of law");
    link.focus().await;
    tells(reader, ROADS).await;
    tells(reader, "Of law").await;
    let described = link.attribute("aria-describedby").await;
    assert_eq!(described, told(reader).attribute("id").await);
    reader.expect_accessible().await;
    // It can be sent away without the link losing the focus, or the note being left.
    reader.press("Escape").await;
    told(reader).wait_gone().await;
    is_chosen(reader, TEACHER).await;
    reader.press("Enter").await;
    is_chosen(reader, ROADS).await;

    let card = reader.card(ROADS);
    let count = (reader.words().links.linked_from)(1);
    card.button(count.as_str()).click().await;
    let source = card.button(Name::Begins("see Of law"));
    source.wait().await;
    reader.expect_accessible().await;
    source.click().await;
    is_chosen(reader, TEACHER).await;
    let none = reader.card(TEACHER).button(count.as_str());
    none.wait_gone().await;

    // In a file the link is what was written.
    let file = reader.export().await;
    let item = items(&file).iter().find(|item| quote_of(item) == TEACHER);
    let note = item.map(|item| bodies(item, "commenting").concat());
    assert_eq!(note.as_deref(), Some(&*written));
}

async fn a_link_says_that_its_note_was_removed(reader: &Reader) {
    let words = reader.words();
    two_notes(reader).await;
    let link = reader.card(TEACHER).link("Of law");
    let remove = async || {
        reader.card(ROADS).focus().await;
        is_chosen(reader, ROADS).await;
        reader.press("Delete").await;
        reader.card(ROADS).wait_gone().await;
        link.focus().await;
        tells(reader, words.links.removed).await;
    };
    remove().await;
    reader.press("Enter").await;
    let card = reader.card(TEACHER);
    card.status(Name::Has(words.links.removed)).wait().await;
    reader.expect_accessible().await;
    card.button(words.links.bring_back).click().await;
    reader.card(ROADS).wait().await;
    // Undo brings it back as well.
    remove().await;
    reader.card(TEACHER).focus().await;
    reader.press("Control+z").await;
    let intent = Intent::Remove;
    let undone = Message::Undone {
        intent,
        elsewhere: false,
    };
    reader.hear_of(undone).await;
    reader.card(ROADS).wait().await;
    link.focus().await;
    tells(reader, ROADS).await;
    reader.press("Enter").await;
    is_chosen(reader, ROADS).await;
}

async fn a_link_leads_into_another_article(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "Of law", "").await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    write(reader, THIRD, "[[of l").await;
    let option = offers(reader).option(Name::Begins("Of law"));
    option.wait().await;
    assert!(option.text().await.contains(BUNDLED));
    option.click().await;
    save(reader).await;
    // After a reload, nothing of the other article is in the page's memory.
    reader.reload().await;
    reader.article("Kilns").wait().await;
    let link = reader.card(THIRD).link("Of law");
    link.wait().await;
    reader.hover(&link).await;
    tells(reader, ROADS).await;
    tells(reader, BUNDLED).await;
    link.click().await;
    reader.article(BUNDLED).wait().await;
    is_chosen(reader, ROADS).await;
    let card = reader.card(ROADS);
    let count = (reader.words().links.linked_from)(1);
    card.button(count.as_str()).click().await;
    card.button(Name::Has("Kilns")).click().await;
    reader.article("Kilns").wait().await;
    is_chosen(reader, THIRD).await;
}

async fn a_link_leads_to_a_heading(reader: &Reader) {
    reader.open_site().await;
    let words = "\n\nThe marsh gives salt in summer.\n\n".repeat(40);
    let article = format!("# Salt\n\nFirst words.{words}## Of brine, and fire\n\nLast words.\n");
    reader.open_pasted(&article).await;
    reader.article("Salt").wait().await;
    write(reader, "First words", "[[brine").await;
    let option = offers(reader).option(Name::Has(reader.words().links.heading));
    option.wait_attribute("aria-selected", "true").await;
    reader.press("Enter").await;
    let written = reader.note_box().value().await;
    assert!(
        written.ends_with("#:~:text=Of%20brine%2C%20and%20fire)"),
        "{written}"
    );
    save(reader).await;
    let link = reader.card("First words").link("Of brine, and fire");
    link.focus().await;
    tells(reader, "Of brine, and fire").await;
    reader.press("Enter").await;
    let look = async || {
        let focused = "return document.activeElement.textContent";
        match reader.run(focused, vec![]).await {
            words if words == "Of brine, and fire" => Ok(()),
            words => Err(format!("{words} has the focus")),
        }
    };
    reader.wait_for(look).await;
}

async fn what_is_no_link_stays_as_it_was_typed(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "Of law", "").await;
    reader.press("Escape").await;
    write(reader, TEACHER, "[[la").await;
    offers(reader).option(Name::Begins("Of law")).wait().await;
    // Escape closes the list for this link, and not the box; what is typed on is only words.
    reader.press("Escape").await;
    offers(reader).wait_gone().await;
    reader.note_box().type_text("w]] and ").await;
    assert_eq!(reader.note_box().value().await, "[[law]] and ");
    let nobody = "[x](urn:uuid:00000000-0000-4000-8000-000000000000)";
    reader.note_box().type_text(nobody).await;
    save(reader).await;
    let link = reader.card(TEACHER).link("x");
    link.wait().await;
    link.focus().await;
    tells(reader, reader.words().links.unknown).await;
    reader.press("Enter").await;
    let card = reader.card(TEACHER);
    card.status(Name::Has(reader.words().links.unknown))
        .wait()
        .await;
    is_chosen(reader, TEACHER).await;
}

async fn in_a_narrow_window_the_list_fits(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "Of law", "").await;
    reader.press("Escape").await;
    write(reader, TEACHER, "[[").await;
    offers(reader).option(Name::Any).nth(0).wait().await;
    let fits = "const list = element.getBoundingClientRect();
        return list.left >= 0 && list.right <= innerWidth && document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(offers(reader).evaluate(fits).await, json!(true));
    reader.expect_accessible().await;
}
