//! Writing: colours, notes, drafts, and everything that keys do.

use postil::model::annotation::Colour;
use postil::model::notice::Message;

use postil_testing::journey::in_both_languages;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items, quote_of};

in_both_languages!(
    colours_come_by_button_and_by_key,
    overlapping_notes_share_their_words,
    the_same_swatch_again_removes,
    a_draft_outlives_escape_and_reload,
    a_note_is_written_with_a_preview_that_runs_nothing,
    a_note_is_edited_recoloured_removed_and_brought_back,
    notes_are_searched,
    a_selection_beside_the_article_is_let_be,
);

/// Words of the article's second paragraph, none within another.
const BY_BUTTON: [&str; 8] = [
    "many engineers",
    "as a teacher",
    "a university",
    "a product",
    "public roads",
    "in 2015",
    "instead",
    "expects progress",
];
/// Words of its first paragraph.
const BY_KEY: [&str; 8] = [
    "has joined",
    "works on",
    "in the team",
    "Nick Joseph",
    "announced",
    "the next few",
    "especially",
    "looks forward",
];

async fn colours_come_by_button_and_by_key(reader: &Reader) {
    reader.open_site().await;
    for (&colour, words) in Colour::ALL.iter().zip(BY_BUTTON) {
        reader.take_hold(words, words).await;
        reader
            .selection_toolbar()
            .button((reader.words().selection.colour)(colour))
            .click()
            .await;
        reader
            .card(words)
            .button(&(reader.words().card.recolour)(colour))
            .wait_attribute("aria-pressed", "true")
            .await;
    }
    for (index, words) in BY_KEY.iter().enumerate() {
        reader.take_hold(words, words).await;
        reader.press(&(index + 1).to_string()).await;
        reader.card(words).wait().await;
    }
    let file = reader.export().await;
    let colour_of = |words: &str| {
        let item = items(&file).iter().find(|item| quote_of(item) == words);
        item.map(|item| bodies(item, "highlighting").join(" "))
    };
    for (index, colour) in Colour::ALL.iter().enumerate() {
        let wanted = Some(colour.name().to_owned());
        assert_eq!(
            colour_of(BY_BUTTON[index]),
            wanted,
            "by button: {}",
            BY_BUTTON[index]
        );
        assert_eq!(
            colour_of(BY_KEY[index]),
            wanted,
            "by key: {}",
            BY_KEY[index]
        );
    }
}

async fn overlapping_notes_share_their_words(reader: &Reader) {
    reader.open_site().await;
    let text = reader.article_text().await;
    reader.highlight("a teacher, and he has worked").await;
    reader.take_hold("he has worked", "in a university").await;
    reader.press("4").await;
    let wanted = [
        "a teacher, and he has worked",
        "he has worked in a university",
    ];
    reader.wait_painted(&wanted).await;
    let marks = reader.marks().await;
    let shared = marks
        .iter()
        .find(|mark| mark.ids.len() == 2)
        .expect("words of two notes");
    assert_eq!(shared.text, "he has worked");
    assert_eq!(reader.article_text().await, text);
    // A click on the shared words selects one of the two notes; each can be removed separately.
    reader.card(wanted[0]).click().await;
    reader
        .card(wanted[0])
        .button(reader.words().card.remove)
        .click()
        .await;
    reader.wait_painted(&wanted[1..]).await;
    assert_eq!(reader.article_text().await, text);
}

async fn the_same_swatch_again_removes(reader: &Reader) {
    reader.open_site().await;
    for _ in 0..2 {
        reader.take_hold("many engineers", "many engineers").await;
        reader
            .selection_toolbar()
            .button((reader.words().selection.colour)(Colour::Blue))
            .click()
            .await;
        reader.wait_painted(&["many engineers"]).await;
        reader.take_hold("many engineers", "many engineers").await;
        reader
            .selection_toolbar()
            .button((reader.words().selection.colour)(Colour::Blue))
            .click()
            .await;
        reader.wait_painted(&[]).await;
    }
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await, []);
}

async fn a_draft_outlives_escape_and_reload(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(words.selection.add_note)
        .click()
        .await;
    reader.note_box().type_text("half a thou").await;
    reader.press("Escape").await;
    reader.note_box().wait_gone().await;
    reader.hear_of(Message::DraftKept).await;
    reader.reload().await;
    reader
        .card("public roads")
        .button(words.card.continue_draft)
        .click()
        .await;
    assert_eq!(reader.note_box().value().await, "half a thou");
    reader.note_box().type_text("ght").await;
    // Not even Esc: the tab is simply gone.
    reader.reload().await;
    reader
        .card("public roads")
        .button(words.card.continue_draft)
        .click()
        .await;
    assert_eq!(reader.note_box().value().await, "half a thought");
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.card("public roads").wait().await;
    assert!(
        reader
            .card("public roads")
            .text()
            .await
            .contains("half a thought")
    );
    assert!(!reader.button(words.card.continue_draft).is_there().await);
}

async fn a_note_is_written_with_a_preview_that_runs_nothing(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("a").await;
    let note = reader.note_box();
    note.wait().await;
    note.type_text(
        "so **bold** <img src=x onerror=\"window.ran = 1\"> [here](javascript:window.ran=2)",
    )
    .await;
    reader.button(reader.words().editor.preview).click().await;
    let preview = reader.by_role("group", reader.words().editor.preview);
    let bold = async || match preview
        .evaluate("return element.querySelector('strong')?.textContent ?? ''")
        .await
    {
        text if text == "bold" => Ok(()),
        text => Err(format!("bold is {text} in the preview")),
    };
    reader.wait_for(bold).await;
    assert!(!preview.link(Name::Has("here")).is_there().await);
    note.focus().await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    let card = reader.card("public roads");
    let bold = async || match card
        .evaluate("return element.querySelector('strong')?.textContent ?? ''")
        .await
    {
        text if text == "bold" => Ok(()),
        text => Err(format!("bold is {text} on the card")),
    };
    reader.wait_for(bold).await;
    assert_eq!(
        reader.run("return window.ran ?? null", vec![]).await,
        serde_json::Value::Null
    );
}

async fn a_note_is_edited_recoloured_removed_and_brought_back(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.write_note("public roads", "first words", "").await;
    let card = reader.card("public roads");
    card.button(words.card.edit).click().await;
    let note = reader.note_box();
    assert_eq!(note.value().await, "first words");
    note.clear().await;
    note.type_text("second words").await;
    reader.combobox(words.editor.tags).type_text("cars").await;
    reader.button(words.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    card.button(&(words.card.recolour)(Colour::Purple))
        .click()
        .await;
    card.button(&(words.card.recolour)(Colour::Purple))
        .wait_attribute("aria-pressed", "true")
        .await;
    let item = items(&reader.export().await)[0].clone();
    assert_eq!(bodies(&item, "commenting"), ["second words"]);
    assert_eq!(bodies(&item, "tagging"), ["cars"]);
    assert_eq!(bodies(&item, "highlighting"), ["purple"]);
    card.button(words.card.remove).click().await;
    card.wait_gone().await;
    reader.wait_painted(&[]).await;
    reader
        .status(Name::Any)
        .button(words.notices.bring_back)
        .click()
        .await;
    reader.wait_painted(&["public roads"]).await;
    reader.wait_until_saved().await;
    assert_eq!(items(&reader.export().await)[0], item);
}

async fn notes_are_searched(reader: &Reader) {
    reader.open_site().await;
    reader
        .write_note("public roads", "Straße und Weg", "cars")
        .await;
    reader
        .write_note("Nick Joseph", "who leads", "people")
        .await;
    reader.highlight("many engineers").await;
    let search = reader.searchbox(reader.words().notes.search);
    let found = async |words: &str, quotes: &[&str]| {
        search.clear().await;
        search.type_text(words).await;
        for quote in ["public roads", "Nick Joseph", "many engineers"] {
            match quotes.contains(&quote) {
                true => drop(reader.card(quote).wait().await),
                false => reader.card(quote).wait_gone().await,
            }
        }
    };
    found("LEADS", &["Nick Joseph"]).await;
    found("cars", &["public roads"]).await;
    found("engin", &["many engineers"]).await;
    found("straße", &["public roads"]).await;
    found("zebra", &[]).await;
    search.focus().await;
    reader.press("Escape").await;
    for quote in ["public roads", "Nick Joseph", "many engineers"] {
        reader.card(quote).wait().await;
    }
    assert_eq!(search.value().await, "");
    reader
        .wait_painted(&["Nick Joseph", "many engineers", "public roads"])
        .await;
}

async fn a_selection_beside_the_article_is_let_be(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    let hint = "const hint = document.querySelector('aside p'); getSelection().selectAllChildren(hint); return hint.textContent";
    let hint = reader.run(hint, vec![]).await;
    reader.selection_toolbar().wait_gone().await;
    assert_eq!(hint, reader.selected_text().await);
}
