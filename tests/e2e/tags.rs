//! Tags: completed while they are typed, and renamed, joined and removed in all notes.

use postil::model::notebook::Intent;
use postil::model::notice::Message;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;

in_both_languages!(
    a_tag_is_completed_from_those_that_exist,
    enter_saves_what_is_typed,
    tags_are_renamed_joined_and_removed_in_every_article,
    without_tags_the_dialog_says_where_they_come_from,
);

in_both_languages!(
    Setup { size: (320, 568), ..Setup::default() } =>
    in_a_narrow_window_nothing_is_cut,
);

const ROADS: &str = "public roads";
const ENGINEERS: &str = "many engineers";
const TEACHER: &str = "as a teacher";
/// Words of another article.
const KILN: &str = "lit before dawn";

fn tags_box(reader: &Reader) -> Locator<'_> {
    reader.combobox(reader.words().editor.tags)
}

/// The list of the tags that are offered.
fn offers(reader: &Reader) -> Locator<'_> {
    reader.by_role("listbox", reader.words().editor.tags_offered)
}

/// Begins to write on these words.
async fn begin(reader: &Reader, words: &str) {
    reader.take_hold(words, words).await;
    reader.press("a").await;
    reader.note_box().wait().await;
}

/// Waits until exactly these tags are offered.
async fn are_offered(reader: &Reader, wanted: &[&str]) {
    let script = "return [...document.querySelectorAll('.completing [role=option]')].map((option) => option.textContent)";
    let look = async || match reader.run(script, vec![]).await {
        found if found == json!(wanted) => Ok(()),
        found => Err(format!("{found} are offered and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until the box of the tags has this content.
async fn box_has(reader: &Reader, wanted: &str) {
    let look = async || match tags_box(reader).value().await {
        value if value == wanted => Ok(()),
        value => Err(format!("the box has {value:?} and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

async fn two_notes(reader: &Reader) {
    reader.open_site().await;
    reader
        .write_note(ROADS, "first", "law, \"Moss, Ida\"")
        .await;
    reader
        .write_note(ENGINEERS, "second", "law, law school")
        .await;
    reader.press("Escape").await;
}

async fn a_tag_is_completed_from_those_that_exist(reader: &Reader) {
    two_notes(reader).await;
    begin(reader, TEACHER).await;
    let tags = tags_box(reader);
    // The most frequent first; Enter takes the current one, which a key has led to.
    tags.type_text("cars, la").await;
    are_offered(reader, &["law", "law school"]).await;
    tags.wait_attribute("aria-expanded", "true").await;
    reader.expect_accessible().await;
    reader.press("ArrowDown").await;
    reader.press("ArrowDown").await;
    offers(reader)
        .option("law school")
        .wait_attribute("aria-selected", "true")
        .await;
    reader.press("ArrowUp").await;
    offers(reader)
        .option("law")
        .wait_attribute("aria-selected", "true")
        .await;
    reader.press("Enter").await;
    box_has(reader, "cars, law").await;
    offers(reader).wait_gone().await;
    // The browser's own undo takes it back.
    reader.press("Control+z").await;
    box_has(reader, "cars, la").await;
    // A tag that is there already is not offered again, and one with a comma is put between marks.
    tags.clear().await;
    tags.type_text("LAW, la").await;
    are_offered(reader, &["law school"]).await;
    reader.press("ArrowDown").await;
    reader.press("Tab").await;
    box_has(reader, "LAW, law school").await;
    tags.type_text(", mo").await;
    are_offered(reader, &["Moss, Ida"]).await;
    offers(reader).option("Moss, Ida").click().await;
    box_has(reader, "LAW, law school, \"Moss, Ida\"").await;
    // Escape closes the list only, and then ends the writing as before.
    tags.type_text(", l").await;
    offers(reader).wait_gone().await;
    tags.clear().await;
    tags.type_text("l").await;
    are_offered(reader, &["law", "law school"]).await;
    reader.press("Escape").await;
    offers(reader).wait_gone().await;
    assert!(reader.note_box().is_there().await);
    reader.press("Escape").await;
    reader.note_box().wait_gone().await;
}

async fn enter_saves_what_is_typed(reader: &Reader) {
    reader.open_site().await;
    begin(reader, TEACHER).await;
    reader.note_box().type_text("words").await;
    tags_box(reader).type_text("cars, to read").await;
    reader.press("Enter").await;
    reader.note_box().wait_gone().await;
    reader.hear_of(Message::NoteSaved).await;
    let tags = reader.card(TEACHER).list(reader.words().editor.tags);
    tags.listitem("cars").wait().await;
    tags.listitem("to read").wait().await;
}

/// Opens the dialog, and waits until it lists something.
async fn open_tags(reader: &Reader) -> Locator<'_> {
    reader.choose_more(reader.words().tags.label).await;
    let dialog = reader.dialog(reader.words().tags.label);
    dialog.listitem(Name::Any).wait().await;
    dialog
}

/// Waits until the dialog lists exactly these tags, with what is said of each.
async fn are_listed(reader: &Reader, wanted: &[(&str, usize, usize)]) {
    let wanted: Vec<[String; 2]> = wanted
        .iter()
        .map(|&(tag, here, all)| [tag.to_owned(), (reader.words().tags.about)(here, all)])
        .collect();
    let script = "return [...document.querySelectorAll('dialog [data-tag]')]
        .map((row) => ['.tag-name', '.count'].map((part) => row.querySelector(part).textContent))";
    let look = async || match reader.run(script, vec![]).await {
        found if found == json!(wanted) => Ok(()),
        found => Err(format!("{found} are listed and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

/// The button of a tag in the dialog.
fn button<'a>(reader: &Reader, dialog: &Locator<'a>, label: &str, tag: &str) -> Locator<'a> {
    dialog.button((reader.words().tags.named)(label, tag).as_str())
}

/// Types another name for a tag.
async fn rename(reader: &Reader, dialog: &Locator<'_>, tag: &str, to: &str) {
    button(reader, dialog, reader.words().tags.rename, tag)
        .click()
        .await;
    let field = dialog.textbox((reader.words().tags.new_name)(tag).as_str());
    field.clear().await;
    field.type_text(to).await;
}

async fn hear_changed(reader: &Reader, intent: Intent, notes: usize) {
    reader.hear_of(Message::Changed { intent, notes }).await;
}

async fn tags_are_renamed_joined_and_removed_in_every_article(reader: &Reader) {
    let words = reader.words();
    two_notes(reader).await;
    reader
        .open_pasted("# Kilns\n\nThe kiln is lit before dawn, when the wind is low.")
        .await;
    reader.article("Kilns").wait().await;
    reader.write_note(KILN, "third", "Law, fire").await;
    let dialog = open_tags(reader).await;
    let at_first = [
        ("law", 1, 3),
        ("fire", 1, 1),
        ("law school", 0, 1),
        ("Moss, Ida", 0, 1),
    ];
    are_listed(reader, &at_first).await;
    reader.expect_accessible().await;
    // The button says what will happen before it does.
    rename(reader, &dialog, "law", "Rechte").await;
    dialog
        .button((words.tags.rename_in)(3).as_str())
        .click()
        .await;
    hear_changed(reader, Intent::RenameTag, 3).await;
    let renamed = [
        ("Rechte", 1, 3),
        ("fire", 1, 1),
        ("law school", 0, 1),
        ("Moss, Ida", 0, 1),
    ];
    are_listed(reader, &renamed).await;
    rename(reader, &dialog, "law school", "rechte").await;
    dialog
        .button((words.tags.join)("Rechte", 1, 3).as_str())
        .click()
        .await;
    hear_changed(reader, Intent::RenameTag, 1).await;
    are_listed(
        reader,
        &[("Rechte", 1, 3), ("fire", 1, 1), ("Moss, Ida", 0, 1)],
    )
    .await;
    // One press takes it back, also on the other article.
    dialog.button(words.notices.take_back).click().await;
    are_listed(reader, &renamed).await;
    let remove = (words.tags.remove_from)(3);
    button(reader, &dialog, &remove, "Rechte").click().await;
    hear_changed(reader, Intent::RemoveTag, 3).await;
    are_listed(reader, &renamed[1..]).await;
    dialog.button(words.notices.take_back).click().await;
    are_listed(reader, &renamed).await;
    // A search in the tags; Escape ends the renaming and not the dialog.
    dialog.searchbox(words.tags.search).type_text("fir").await;
    are_listed(reader, &renamed[1..2]).await;
    rename(reader, &dialog, "fire", "x").await;
    reader.press("Escape").await;
    button(reader, &dialog, words.tags.rename, "fire")
        .wait()
        .await;
    button(reader, &dialog, words.tags.show, "fire")
        .click()
        .await;
    dialog.wait_gone().await;
    assert_eq!(
        reader.searchbox(words.notes.search).value().await,
        "tag:\"fire\""
    );
    let tags = reader.card(KILN).list(words.editor.tags);
    tags.listitem("Rechte").wait().await;
    reader.wait_until_saved().await;
    let records = reader.note_records().await;
    let with = |tag: &str| {
        // What stands before a value is packed.
        let tag = format!("{tag}\"");
        records
            .iter()
            .filter(|(_, text)| text.contains(&tag))
            .count()
    };
    assert_eq!((with("Rechte"), with("law"), with("Law")), (3, 0, 0));
    renaming_is_taken_back_after_a_reload(reader).await;
}

async fn renaming_is_taken_back_after_a_reload(reader: &Reader) {
    reader.reload().await;
    reader.article("Kilns").wait().await;
    // It can once the other article's notes are read.
    reader.button(reader.words().bar.undo).wait_possible().await;
    reader.press("Control+z").await;
    let undone = Message::Undone {
        intent: Intent::RenameTag,
        elsewhere: false,
    };
    reader.hear_of(undone).await;
    reader.wait_until_saved().await;
    let records = reader.note_records().await;
    let with = |tag: &str| {
        let tags = records.iter();
        tags.filter(|(_, text)| text.contains(tag)).count()
    };
    assert_eq!((with("Rechte"), with("law\""), with("Law\"")), (0, 2, 1));
}

async fn without_tags_the_dialog_says_where_they_come_from(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.choose_more(words.tags.label).await;
    let dialog = reader.dialog(words.tags.label);
    let look = async || match dialog.text().await {
        text if text.contains(words.tags.none_yet) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(look).await;
}

async fn in_a_narrow_window_nothing_is_cut(reader: &Reader) {
    two_notes(reader).await;
    let dialog = open_tags(reader).await;
    rename(reader, &dialog, "law school", "LAW").await;
    dialog
        .button((reader.words().tags.join)("law", 1, 2).as_str())
        .wait()
        .await;
    let fits = "const dialog = document.querySelector('dialog[open]');
        return document.documentElement.scrollWidth <= innerWidth && dialog.scrollWidth <= dialog.clientWidth";
    assert_eq!(reader.run(fits, vec![]).await, json!(true));
    reader.expect_accessible().await;
}
