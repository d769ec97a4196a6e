//! Importing notes: what files hold is told before anything changes, and comes in as one step.

use std::io::{Cursor, Write};

use postil::model::annotation::Colour;
use postil::model::failure::Failure;
use postil::model::notebook::Intent;
use postil::model::notice::Message;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use postil_testing::journey::in_both_languages;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::items;

in_both_languages!(
    what_a_file_holds_is_told_before_anything_changes,
    several_files_come_in_as_one_step,
    two_edits_of_one_note_stand_side_by_side,
    what_is_not_understood_is_told_with_the_reason,
    files_that_are_dropped_are_told_of_together,
    what_other_programs_wrote_comes_in_too,
);

const ROADS: &str = "public roads";
const ENGINEERS: &str = "many engineers";
const TEACHER: &str = "as a teacher";

/// A note of another reader on these words.
fn theirs(number: u32, words: &str, note: &str) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:example:theirs-{number}"),
        "type": "Annotation",
        "creator": { "type": "Person", "name": "Ida Moss" },
        "created": "2024-03-01T12:30:00Z",
        "body": { "type": "TextualBody", "value": note },
        "target": { "source": "https://harbour.example/ferry",
            "selector": { "type": "TextQuoteSelector", "exact": words } },
    })
}

/// Waits until an element says this.
async fn says(reader: &Reader, within: &Locator<'_>, words: &str) {
    let look = async || match within.text().await {
        text if text.contains(words) => Ok(()),
        text => Err(format!("{words:?} is not in {text:?}")),
    };
    reader.wait_for(look).await;
}

/// Edits the note on these words.
async fn edit(reader: &Reader, words: &str, add: &str) {
    let card = reader.card(words);
    card.focus().await;
    card.button(reader.words().card.edit).click().await;
    reader.note_box().type_text(add).await;
    reader.button(reader.words().buttons.save).click().await;
    reader.note_box().wait_gone().await;
    reader.wait_until_saved().await;
    reader.press("Escape").await;
}

async fn what_a_file_holds_is_told_before_anything_changes(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.write_note(ROADS, "mine", "").await;
    let mut file = reader.export().await;
    let mut newer = items(&file)[0].clone();
    newer["modified"] = json!("2099-01-01T00:00:00Z");
    newer["body"][0]["value"] = json!("theirs");
    let mut there = theirs(3, "A bell rings at noon", "");
    there["target"]["source"] = json!("https://bells.example/noon");
    let mut named = theirs(4, TEACHER, "named");
    named["body"] = json!([
        { "type": "TextualBody", "value": "named", "purpose": "commenting" },
        { "type": "TextualBody", "value": "green", "label": "Thesis", "purpose": "highlighting" },
    ]);
    named["target"]["styleClass"] = json!("postil-green");
    file["first"]["items"] = json!([newer, theirs(1, ENGINEERS, "new"), there, named]);
    let bytes = file.to_string().into_bytes();
    let (kept, colours) = (reader.note_records().await, colour_names(reader).await);
    reader.choose_notes("notes.json", &bytes).await;
    let dialog = reader.import_report();
    for told in [
        (words.import.new)(3),
        (words.import.newer_there)(1),
        (words.import.elsewhere)(1, 1),
        (words.import.outcome)(4, 0),
    ] {
        says(reader, &dialog, &told).await;
    }
    reader.expect_accessible().await;
    // Nothing has changed yet, and nothing does.
    let cancel = dialog.button(words.buttons.cancel);
    cancel.click().await;
    dialog.wait_gone().await;
    assert_eq!(reader.note_records().await, kept);
    assert_eq!(colour_names(reader).await, colours);
    reader.wait_painted(&[ROADS]).await;
    // The keyboard is at the button that imports.
    reader.choose_notes("again.json", &bytes).await;
    let focused = async || {
        let script = "return document.activeElement.textContent";
        match reader.run(script, vec![]).await {
            text if text == words.buttons.import => Ok(()),
            text => Err(format!("the focus is on {text}")),
        }
    };
    reader.wait_for(focused).await;
    reader.press("Enter").await;
    dialog.wait_gone().await;
    reader.card(ENGINEERS).wait().await;
    reader.card(ROADS).wait_count(2).await;
    reader.wait_until_saved().await;
    assert_ne!(colour_names(reader).await, colours);
    reader.card(TEACHER).click().await;
    let picker = reader.card(TEACHER).by_role("group", words.card.colour);
    let green = picker.button(&*(words.card.recolour_named)("Thesis"));
    green.wait_attribute("aria-pressed", "true").await;
    assert_ne!((words.selection.colour)(Colour::Green), "Thesis");
}

/// What the page keeps of the names of colours.
async fn colour_names(reader: &Reader) -> Value {
    let script = "return Object.entries(localStorage).filter(([key]) => key.endsWith('colours'))";
    reader.run(script, vec![]).await
}

async fn several_files_come_in_as_one_step(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.write_note(ROADS, "mine", "").await;
    let one = json!([theirs(1, ROADS, "on the same"), theirs(2, ENGINEERS, "one")]).to_string();
    let two = json!([theirs(3, TEACHER, "two")]).to_string();
    let files = [
        ("one.json", one.as_bytes()),
        ("broken.json", b"{\"type\": \"Annot".as_slice()),
        ("two.json", two.as_bytes()),
    ];
    reader
        .upload_all_bytes(words.bar.import_notes, &files)
        .await;
    let dialog = reader.import_report();
    says(reader, &dialog, "broken.json").await;
    says(reader, &dialog, &(words.import.new)(3)).await;
    says(reader, &dialog, &(words.import.twice)(1)).await;
    reader.agree_to_import().await;
    let painted = [ENGINEERS, TEACHER, ROADS, ROADS];
    reader.wait_painted(&painted).await;
    reader.card(ROADS).wait_count(2).await;
    // Each card says that the other reader has marked the passage too.
    let notes = reader.notes();
    says(reader, &notes, &(words.card.also_marked_by)("Ida Moss")).await;
    says(reader, &notes, words.card.marked_by_both).await;
    reader.wait_until_saved().await;
    reader.button(words.bar.undo).click().await;
    reader
        .hear_of(Message::Undone {
            intent: Intent::Import,
            elsewhere: false,
        })
        .await;
    reader.wait_painted(&[ROADS]).await;
    reader.card(ROADS).wait_count(1).await;
    reader.button(words.bar.redo).click().await;
    reader.wait_painted(&painted).await;
}

async fn two_edits_of_one_note_stand_side_by_side(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.write_note(ROADS, "begun", "").await;
    edit(reader, ROADS, " and mine").await;
    let mut file = reader.export().await;
    file["first"]["items"][0]["modified"] = json!("2099-01-01T00:00:00Z");
    file["first"]["items"][0]["body"][0]["value"] = json!("begun and theirs");
    let bytes = file.to_string().into_bytes();
    reader.choose_notes("theirs.json", &bytes).await;
    let dialog = reader.import_report();
    says(reader, &dialog, &(words.import.outcome)(1, 0)).await;
    let group = dialog.by_role("radiogroup", words.import.differing);
    let [both, newer, mine] = words
        .import
        .choices
        .map(|choice| group.by_role("radio", choice));
    assert_eq!(both.evaluate("return element.checked").await, true);
    newer.click().await;
    says(reader, &dialog, &(words.import.outcome)(0, 1)).await;
    mine.click().await;
    says(reader, &dialog, &(words.import.outcome)(0, 0)).await;
    both.click().await;
    says(reader, &dialog, &(words.import.outcome)(1, 0)).await;
    reader.agree_to_import().await;
    reader.card(ROADS).wait_count(2).await;
    let notes = reader.notes();
    says(reader, &notes, "begun and mine").await;
    says(reader, &notes, "begun and theirs").await;
    reader.wait_until_saved().await;
    // The same file again brings nothing that is not here.
    let kept = reader.note_records().await;
    reader.choose_notes("theirs.json", &bytes).await;
    says(reader, &dialog, &(words.import.already)(1)).await;
    says(reader, &dialog, &(words.import.outcome)(0, 0)).await;
    assert!(!group.is_there().await);
    reader.agree_to_import().await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await, kept);
    // Or the newer one takes the place of the other.
    reader.button(words.bar.undo).click().await;
    reader.card(ROADS).wait_count(1).await;
    reader.choose_notes("theirs.json", &bytes).await;
    newer.click().await;
    reader.agree_to_import().await;
    says(reader, &notes, "begun and theirs").await;
    reader.card(ROADS).wait_count(1).await;
}

async fn what_is_not_understood_is_told_with_the_reason(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    let mut entries = vec![theirs(1, ROADS, "fine")];
    entries.extend((0..7).map(|_| json!(17)));
    let file = json!(entries).to_string();
    reader.choose_notes("notes.json", file.as_bytes()).await;
    let dialog = reader.import_report();
    says(reader, &dialog, &(words.import.not_understood)(7)).await;
    says(reader, &dialog, &(words.import.more)(2)).await;
    let listed = dialog.listitem(Name::Any);
    // One count, five entries and how many more there are.
    listed.wait_count(7).await;
    reader.agree_to_import().await;
    reader.wait_painted(&[ROADS]).await;
    // A file in which there is nothing to report on is told at once.
    reader.choose_notes("none.json", b"{}").await;
    reader
        .be_warned_of(Message::ImportFailed {
            why: Failure::NoAnnotations,
        })
        .await;
    assert!(!dialog.is_there().await);
}

async fn files_that_are_dropped_are_told_of_together(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let drop = "const transfer = new DataTransfer();
        for (const [name, text] of arguments[0]) transfer.items.add(new File([text], name));
        for (const kind of ['dragover', 'drop'])
            document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));";
    let files = json!([
        ["one.json", theirs(1, ROADS, "one").to_string()],
        ["two.json", theirs(2, ENGINEERS, "two").to_string()],
    ]);
    reader.run(drop, vec![files]).await;
    let dialog = reader.import_report();
    says(reader, &dialog, &(words.import.new)(2)).await;
    // What is dropped meanwhile is told of with them.
    let another = json!([["three.json", theirs(3, TEACHER, "three").to_string()]]);
    reader.run(drop, vec![another]).await;
    says(reader, &dialog, &(words.import.new)(3)).await;
    reader.agree_to_import().await;
    reader.wait_painted(&[ENGINEERS, TEACHER, ROADS]).await;
    // What was given up does not come back with the next file.
    let again = json!([["four.json", theirs(4, ROADS, "four").to_string()]]);
    reader.run(drop, vec![again.clone()]).await;
    says(reader, &dialog, &(words.import.new)(1)).await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader.run(drop, vec![again]).await;
    says(reader, &dialog, &(words.import.outcome)(1, 0)).await;
    reader.agree_to_import().await;
    reader.card(ROADS).wait_count(2).await;
}

/// What Omnivore gave its readers when it closed: a list of pages, and for each its highlights.
fn archive_of_omnivore() -> Vec<u8> {
    let list = json!([{ "slug": "a-life", "title": "A life", "url": "https://lives.example/a-life",
        "savedAt": "2024-05-06T07:08:09.123Z", "labels": [] }]);
    let highlights = format!("> {ROADS} \n\n#early\n\nOn stilts\n\n> {ENGINEERS} \n\n");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("metadata_0_to_20.json", list.to_string()),
        ("highlights/a-life.md", highlights),
        ("content/a-life.html", "<p>Words</p>".to_owned()),
    ] {
        let started = archive.start_file(name, SimpleFileOptions::default());
        started.expect("memory can be written");
        archive
            .write_all(text.as_bytes())
            .expect("memory can be written");
    }
    let bytes = archive.finish().expect("memory can be written");
    bytes.into_inner()
}

/// What Readest writes for people.
fn sheet_of_readest() -> String {
    format!(
        "# A life\n\n**Exported from Readest**: 2024-05-06\n\n---\n\n## Highlights & Annotations\n\n\
        ### One\n> {ROADS}\n\n**Note**: On stilts\n\n*Page: 3*\n\n\n\n> {ENGINEERS}\n\n*Page: 4*\n\n\n"
    )
}

async fn what_other_programs_wrote_comes_in_too(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    for (name, bytes) in [
        ("omnivore.zip", archive_of_omnivore()),
        ("Annotations.md", sheet_of_readest().into_bytes()),
    ] {
        reader.choose_notes(name, &bytes).await;
        let dialog = reader.import_report();
        says(reader, &dialog, &(words.import.new)(2)).await;
        reader.agree_to_import().await;
        reader.wait_painted(&[ENGINEERS, ROADS]).await;
        says(reader, &reader.card(ROADS), "On stilts").await;
        // One step, as every import.
        reader.button(words.bar.undo).click().await;
        reader.wait_painted(&[]).await;
    }
}
