//! "All notes" while it is open: its groups are folded, and other tabs write and remove notes.

use postil::model::all_notes::Grouping;

use super::all_notes::{
    ROADS, SECOND, TEACHER, THIRD, choose, counts, group_by_colour, open_room, search, shows,
    two_articles, wait_focused, wait_on_head,
};
use postil_testing::journey::in_both_languages;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{BUNDLED, kilns};

in_both_languages!(
    groups_are_folded_by_mouse,
    groups_are_folded_by_keys,
    what_another_tab_writes_comes_into_the_open_room,
);

/// Everything that the room shows of [`two_articles`].
const ALL: [&str; 6] = [BUNDLED, TEACHER, ROADS, "Kilns", SECOND, THIRD];

async fn groups_are_folded_by_mouse(reader: &Reader) {
    let words = reader.words();
    two_articles(reader).await;
    let room = open_room(reader).await;
    shows(reader, &room, &ALL).await;
    let kilns = room.button(Name::Has("Kilns"));
    kilns.wait_attribute("aria-expanded", "true").await;
    kilns.click().await;
    let folded = [BUNDLED, TEACHER, ROADS, "Kilns"];
    shows(reader, &room, &folded).await;
    kilns.wait_attribute("aria-expanded", "false").await;
    let notes = words.notes.count;
    assert!(kilns.text().await.contains(&notes(2)));
    counts(reader, &room, [4, 4, 2]).await;
    wait_on_head(reader, "Kilns").await;
    reader.expect_accessible().await;

    // A search keeps what is folded, and counts what it finds there.
    search(reader, &room, "zweite").await;
    shows(reader, &room, &["Kilns"]).await;
    counts(reader, &room, [1, 4, 1]).await;
    assert!(kilns.text().await.contains(&notes(1)));
    search(reader, &room, "").await;
    shows(reader, &room, &folded).await;

    room.button(words.all_notes.fold_all).click().await;
    shows(reader, &room, &[BUNDLED, "Kilns"]).await;
    // Other groups are folded on their own.
    let grouping = words.all_notes.grouping;
    group_by_colour(reader, &room).await;
    choose(&room, words.all_notes.group_by, grouping(Grouping::Article)).await;
    shows(reader, &room, &[BUNDLED, "Kilns"]).await;
    room.button(words.all_notes.unfold_all).click().await;
    shows(reader, &room, &ALL).await;
    room.button(words.all_notes.fold_all).wait().await;
}

async fn groups_are_folded_by_keys(reader: &Reader) {
    two_articles(reader).await;
    let room = open_room(reader).await;
    shows(reader, &room, &ALL).await;
    reader.press("ArrowDown").await;
    wait_focused(reader, TEACHER).await;
    reader.press("ArrowDown").await;
    wait_focused(reader, ROADS).await;
    reader.press("ArrowLeft").await;
    wait_on_head(reader, BUNDLED).await;
    reader.press("ArrowLeft").await;
    shows(reader, &room, &[BUNDLED, "Kilns", SECOND, THIRD]).await;
    wait_on_head(reader, BUNDLED).await;
    reader.press("ArrowDown").await;
    wait_on_head(reader, "Kilns").await;
    reader.press("Enter").await;
    shows(reader, &room, &[BUNDLED, "Kilns"]).await;
    reader.press("ArrowRight").await;
    shows(reader, &room, &[BUNDLED, "Kilns", SECOND, THIRD]).await;
    reader.press("ArrowRight").await;
    wait_focused(reader, SECOND).await;
    reader.press("Home").await;
    wait_on_head(reader, BUNDLED).await;
    reader.press("ArrowRight").await;
    shows(reader, &room, &ALL).await;
    reader.expect_accessible().await;
}

async fn what_another_tab_writes_comes_into_the_open_room(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "first words", "").await;
    reader.wait_until_saved().await;
    reader.press("Escape").await;
    let first = reader.this_tab().await;
    let room = open_room(reader).await;
    shows(reader, &room, &[BUNDLED, ROADS]).await;
    reader.press("ArrowDown").await;
    wait_focused(reader, ROADS).await;

    // A note on the article that is open in the first tab, and one on an article that is not.
    let second = reader.new_tab().await;
    reader.open_site().await;
    reader.highlight("many engineers").await;
    reader.open_pasted(&kilns()).await;
    reader.article("Kilns").wait().await;
    reader.write_note(SECOND, "Zweite Wörter", "law").await;
    reader.wait_until_saved().await;
    reader.press("Escape").await;
    reader.switch_to(&first).await;
    counts(reader, &room, [3, 3, 2]).await;
    // The focus stays on its note.
    wait_focused(reader, ROADS).await;
    search(reader, &room, "zweite").await;
    shows(reader, &room, &["Kilns", SECOND]).await;
    search(reader, &room, "").await;

    // What is taken back there goes here too.
    reader.switch_to(&second).await;
    reader.highlight(THIRD).await;
    reader.wait_until_saved().await;
    reader.switch_to(&first).await;
    counts(reader, &room, [4, 4, 2]).await;
    reader.switch_to(&second).await;
    reader.button(reader.words().bar.undo).click().await;
    reader.wait_until_saved().await;
    reader.switch_to(&first).await;
    counts(reader, &room, [3, 3, 2]).await;
    shows(
        reader,
        &room,
        &[BUNDLED, "many engineers", ROADS, "Kilns", SECOND],
    )
    .await;
}
