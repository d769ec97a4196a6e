//! The main job: read the bundled article, highlight and write, export the notes and import them.

use postil::model::annotation::Colour;
use postil::model::notebook::Intent;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{FIRST, SECOND, bodies, items, quote_of, selector, solid};

in_both_browsers!(
    a_passage_across_a_link_and_two_paragraphs_is_highlighted,
    a_note_outlives_a_reload_and_so_does_undo,
    notes_leave_as_web_annotations_and_come_back,
    positions_count_code_points,
);

const LED_BY: &str = "led by Nick Joseph";
const FRONTIER: &str = "the frontier of language models";

pub async fn a_passage_across_a_link_and_two_paragraphs_is_highlighted(reader: &Reader) {
    reader.open_site().await;
    let before = reader.article_text().await;
    let selected = reader.take_hold(FIRST, SECOND).await;
    assert!(solid(&selected).starts_with(&solid("Andrej Karpathy has joined Anthropic, where")));
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader
        .hear_of(Message::Highlighted {
            colour: Colour::Yellow,
        })
        .await;
    reader.selection_toolbar().wait_gone().await;
    reader.wait_until_saved().await;

    let marks = reader.marks().await;
    let painted: String = marks.iter().map(|mark| mark.text.as_str()).collect();
    assert_eq!(solid(&painted), solid(&selected));
    // Before, in and behind the link and in the next paragraph: one note.
    assert!(marks.len() >= 4, "{marks:?}");
    assert_eq!(marks[0].ids.len(), 1);
    assert!(
        marks.iter().all(|mark| mark.ids == marks[0].ids),
        "{marks:?}"
    );
    let within = "return [...element.querySelectorAll('mark')].length
        && [...element.querySelectorAll('mark')].every((mark) => mark.textContent === 'Anthropic')";
    assert_eq!(
        reader
            .article(Name::Any)
            .link("Anthropic")
            .evaluate(within)
            .await,
        true
    );
    assert_eq!(reader.article_text().await, before);
    reader
        .notes()
        .listitem(Name::Has(FIRST))
        .wait_count(1)
        .await;

    reader.reload().await;
    reader
        .notes()
        .listitem(Name::Has(FIRST))
        .wait_count(1)
        .await;
    assert_eq!(reader.marks().await, marks);
    assert_eq!(reader.article_text().await, before);
}

pub async fn a_note_outlives_a_reload_and_so_does_undo(reader: &Reader) {
    reader.open_site().await;
    reader.highlight(FRONTIER).await;
    reader.take_hold(LED_BY, LED_BY).await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    reader.note_box().type_text("Who is he?").await;
    reader
        .combobox(EN.editor.tags)
        .type_text("people, to read")
        .await;
    reader.button(EN.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    reader.wait_until_saved().await;
    has_note(reader).await;

    reader.reload().await;
    reader.card(LED_BY).wait().await;
    has_note(reader).await;
    reader.wait_painted(&[LED_BY, FRONTIER]).await;

    // Its words first, then the note, then the highlight.
    reader.button(EN.bar.undo).click().await;
    reader
        .hear_of(Message::Undone {
            intent: Intent::Edit,
            elsewhere: false,
        })
        .await;
    assert!(!reader.card(LED_BY).text().await.contains("Who is he?"));
    reader.button(EN.bar.undo).click().await;
    reader.card(LED_BY).wait_gone().await;
    reader.button(EN.bar.undo).click().await;
    reader.wait_painted(&[]).await;
    reader.wait_until_saved().await;

    reader.reload().await;
    reader.article(Name::Any).wait().await;
    // It can once this tab's history is read.
    reader.button(EN.bar.redo).wait_possible().await;
    reader.button(EN.bar.redo).click().await;
    reader.wait_painted(&[FRONTIER]).await;
    reader.button(EN.bar.redo).click().await;
    reader.wait_painted(&[LED_BY, FRONTIER]).await;
    reader.button(EN.bar.redo).click().await;
    reader
        .hear_of(Message::Redone {
            intent: Intent::Edit,
            elsewhere: false,
        })
        .await;
    has_note(reader).await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.card(LED_BY).wait().await;
    has_note(reader).await;
}

async fn has_note(reader: &Reader) {
    let card = reader.card(LED_BY);
    let look = async || {
        let text = card.text().await;
        let missing = ["Who is he?", "people", "to read"]
            .into_iter()
            .find(|word| !text.contains(word));
        missing.map_or(Ok(()), |word| {
            Err(format!("{word:?} is not on the card {text:?}"))
        })
    };
    reader.wait_for(look).await;
}

pub async fn notes_leave_as_web_annotations_and_come_back(reader: &Reader) {
    reader.open_site().await;
    let text = reader.article_text().await;
    reader
        .write_note(
            LED_BY,
            "A **bold** question\n\n- one\n- two",
            "people, to read",
        )
        .await;
    reader.take_hold(FRONTIER, FRONTIER).await;
    reader
        .selection_toolbar()
        .button((EN.selection.colour)(Colour::Green))
        .click()
        .await;
    reader.card(FRONTIER).wait().await;
    let file = reader.export().await;
    reader.hear_of(Message::Exported { notes: 2 }).await;

    assert_eq!(file["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(file["type"], "AnnotationCollection");
    assert_eq!(file["total"], 2);
    assert_eq!(file["first"]["type"], "AnnotationPage");
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, [LED_BY, FRONTIER]);
    for item in items(&file) {
        assert_eq!(item["type"], "Annotation");
        expect_position_of_quote(item, &text);
    }
    assert_eq!(
        bodies(&items(&file)[0], "commenting"),
        ["A **bold** question\n\n- one\n- two"]
    );
    assert_eq!(bodies(&items(&file)[0], "tagging"), ["people", "to read"]);
    assert_eq!(bodies(&items(&file)[1], "highlighting"), ["green"]);
    let painted_ids: Vec<String> = reader
        .marks()
        .await
        .into_iter()
        .flat_map(|mark| mark.ids)
        .collect();
    for (item, id) in items(&file).iter().zip(&painted_ids) {
        assert!(
            item["id"]
                .as_str()
                .is_some_and(|iri| iri.ends_with(id.as_str())),
            "{id} in {item}"
        );
    }

    reader.forget_everything().await;
    reader.wait_painted(&[]).await;
    reader.notes().listitem(Name::Any).wait_count(0).await;

    let bytes = file.to_string().into_bytes();
    reader.import_file("notes.json", &bytes).await;
    reader.hear("2 notes added").await;
    reader.wait_painted(&[LED_BY, FRONTIER]).await;
    reader.wait_until_saved().await;
    assert_eq!(
        without_collection(reader.export().await),
        without_collection(file.clone())
    );

    reader.button(EN.bar.undo).click().await;
    reader
        .hear_of(Message::Undone {
            intent: Intent::Import,
            elsewhere: false,
        })
        .await;
    reader.wait_painted(&[]).await;
    reader.button(EN.bar.redo).click().await;
    reader.wait_painted(&[LED_BY, FRONTIER]).await;
    reader.import_file("again.json", &bytes).await;
    reader.hear("2 already there").await;
    reader.wait_painted(&[LED_BY, FRONTIER]).await;
    reader.wait_until_saved().await;

    reader.reload().await;
    reader.card(LED_BY).wait().await;
    assert_eq!(
        without_collection(reader.export().await),
        without_collection(file)
    );
}

/// Start and end count code points and enclose the quote.
fn expect_position_of_quote(item: &Value, text: &str) {
    let position = selector(item, "TextPositionSelector");
    let at = |field: &str| position[field].as_u64().expect("a number") as usize;
    let (start, end) = (at("start"), at("end"));
    let there: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(there, quote_of(item));
    let quote = selector(item, "TextQuoteSelector");
    let before: String = text.chars().take(start).collect();
    let after: String = text.chars().skip(end).collect();
    assert!(
        before.ends_with(quote["prefix"].as_str().unwrap_or_default()),
        "{quote}"
    );
    assert!(
        after.starts_with(quote["suffix"].as_str().unwrap_or_default()),
        "{quote}"
    );
}

/// Each export is a new collection; its notes are the same.
fn without_collection(mut file: Value) -> Value {
    for field in ["id", "created"] {
        file[field] = json!(null);
    }
    file["first"]["id"] = json!(null);
    file
}

pub async fn positions_count_code_points(reader: &Reader) {
    reader.open_site().await;
    let text = "# Faces 😀😀\n\nTwo 👩‍👩‍👧 families and a 𝄞 clef stand before these words.";
    reader.open_file("faces.md", text.as_bytes()).await;
    reader.article(Name::Has("Faces")).wait().await;
    reader.highlight("these words").await;
    let text = reader.article_text().await;
    let file = reader.export().await;
    let item = &items(&file)[0];
    assert_eq!(quote_of(item), "these words");
    expect_position_of_quote(item, &text);
    let units = text.encode_utf16().count();
    assert!(
        units > text.chars().count(),
        "the text has letters of two units"
    );
}
