//! Answers to notes: begun on a card, led back from, and said in files.

use postil_testing::journey::in_both_languages;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items};

in_both_languages!(
    an_answer_is_written_and_leads_to_the_note,
    an_answer_without_words_goes_and_one_without_its_note_stays,
);

const ROADS: &str = "public roads";

/// Begins an answer to the chosen note.
async fn begin(reader: &Reader) {
    let button = reader.notes().button(reader.words().card.answer);
    button.click().await;
    reader.note_box().wait().await;
}

/// A note and an answer to it, which is chosen.
async fn answered(reader: &Reader) {
    reader.open_site().await;
    reader.write_note(ROADS, "Of **law**", "").await;
    reader.card(ROADS).focus().await;
    begin(reader).await;
    reader.note_box().type_text("Not there").await;
    reader.press("Control+Enter").await;
    reader.note_box().wait_gone().await;
    reader.card(ROADS).wait_count(2).await;
    reader.wait_until_saved().await;
}

/// What the button to the note says.
fn line(reader: &Reader) -> String {
    (reader.words().card.answers)("Of law")
}

/// Goes from the answer to the note, and waits until its card has the focus.
pub async fn go_to_note(reader: &Reader) {
    reader.notes().button(&line(reader)).click().await;
    let look = async || {
        let focused = "return document.activeElement.textContent";
        let text = reader.run(focused, vec![]).await;
        let text = text.as_str().unwrap_or_default();
        match text.contains("Of law") && !text.contains(&line(reader)) {
            true => Ok(()),
            false => Err(format!("{text} has the focus")),
        }
    };
    reader.wait_for(look).await;
}

async fn an_answer_is_written_and_leads_to_the_note(reader: &Reader) {
    answered(reader).await;
    reader.notes().button(&line(reader)).wait().await;
    reader.expect_accessible().await;
    go_to_note(reader).await;
    let file = reader.export().await;
    let of = |words: &str| {
        let has = |item: &&serde_json::Value| bodies(item, "commenting") == [words];
        items(&file).iter().find(has).expect("the note").clone()
    };
    let (note, answer) = (of("Of **law**"), of("Not there"));
    assert_eq!(answer["motivation"], "replying");
    assert_eq!(answer["target"][0]["selector"], note["target"]["selector"]);
    assert_eq!(answer["target"][1], note["id"]);
    // It is an answer after a reload too.
    reader.reload().await;
    reader.notes().button(&line(reader)).wait().await;
}

async fn an_answer_without_words_goes_and_one_without_its_note_stays(reader: &Reader) {
    answered(reader).await;
    // The answer can be answered.
    begin(reader).await;
    reader.card(ROADS).wait_count(3).await;
    reader.press("Escape").await;
    reader.note_box().wait_gone().await;
    reader.card(ROADS).wait_count(2).await;
    go_to_note(reader).await;
    reader.press("Delete").await;
    reader.card(ROADS).wait_count(1).await;
    let look = async || match reader.card(ROADS).text().await {
        text if text.contains(reader.words().card.answers_missing) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(look).await;
    reader.expect_accessible().await;
    // Undo brings the note back, and the answer names it again.
    reader.press("Control+z").await;
    reader.notes().button(&line(reader)).wait().await;
}
