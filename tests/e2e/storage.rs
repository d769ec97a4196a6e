//! Storage: two tabs at once, no room, no permission, damaged records.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::deeds::{items, quote_of};
use crate::driver::Setup;
use crate::journey::in_both_browsers;
use crate::reader::Reader;
use crate::thing::Name;

in_both_browsers!(
    two_tabs_share_their_notes,
    a_note_written_in_two_tabs_keeps_both_texts,
    when_storage_is_full_nothing_is_lost,
    damaged_records_are_set_aside,
);

in_both_browsers!(
    Setup { site_data_blocked: true, ..Setup::default() } => without_storage_the_page_works_all_the_same
);

/// How soon the other tab shows a change.
const SOON: Duration = Duration::from_secs(1);

async fn two_tabs_share_their_notes(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("Nick Joseph").await;
    let first = reader.this_tab().await;
    let second = reader.new_tab().await;
    reader.open_site().await;
    reader.wait_painted(&["Nick Joseph"]).await;
    reader
        .write_note("public roads", "from the second tab", "")
        .await;

    reader.switch_to(&first).await;
    let start = Instant::now();
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
    let written = async || match reader.card("public roads").text().await {
        text if text.contains("from the second tab") => Ok(()),
        text => Err(text),
    };
    reader.wait_for(written).await;
    reader.highlight("many engineers").await;
    reader.card("Nick Joseph").click().await;
    reader.card("Nick Joseph").button("Remove").click().await;
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;

    reader.switch_to(&second).await;
    let start = Instant::now();
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
    for tab in [&first, &second] {
        reader.switch_to(tab).await;
        reader.reload().await;
        reader
            .wait_painted(&["many engineers", "public roads"])
            .await;
    }
}

async fn a_note_written_in_two_tabs_keeps_both_texts(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "at first", "").await;
    let first = reader.this_tab().await;
    reader.card("public roads").click().await;
    reader.card("public roads").button("Edit").click().await;
    reader
        .textbox("Note")
        .type_text(", said the first tab")
        .await;
    reader.new_tab().await;
    reader.open_site().await;
    // Another tab's draft of the note may be offered here; the note itself is as it was.
    let card = reader.card("public roads");
    card.click().await;
    card.button("Edit").click().await;
    let note = reader.textbox("Note");
    note.clear().await;
    note.type_text("otherwise, said the second tab").await;
    reader.button("Save").click().await;
    reader.hear("Note saved").await;
    reader.wait_until_saved().await;

    reader.switch_to(&first).await;
    assert_eq!(
        reader.textbox("Note").value().await,
        "at first, said the first tab"
    );
    reader.button("Save").click().await;
    reader.be_warned("Both texts are kept").await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.card("public roads").wait_count(2).await;
    let file = reader.export().await;
    let mut texts: Vec<&str> = items(&file)
        .iter()
        .flat_map(|item| crate::deeds::bodies(item, "commenting"))
        .collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            "at first, said the first tab",
            "otherwise, said the second tab"
        ]
    );
}

/// Fills localStorage to the last unit.
const FILL: &str = "let size = 1 << 20;
    for (let count = 0; size >= 1; count += 1) {
        try { localStorage.setItem(`filler/${count}`, 'x'.repeat(size)); } catch { size >>= 1; }
    }
    try { localStorage.setItem('f', ''); } catch { }";

const MAKE_ROOM: &str = "for (const key of Object.keys(localStorage)) {
        if (key.startsWith('filler/') || key === 'f') localStorage.removeItem(key);
    }";

async fn when_storage_is_full_nothing_is_lost(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("Nick Joseph").await;
    reader.run(FILL, vec![]).await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .toolbar("Selection")
        .button("Highlight")
        .click()
        .await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    reader.wait_for_save_state("failed").await;
    reader.be_warned("no room left").await;
    let kept = reader.note_records().await;
    assert_eq!(kept.len(), 1, "{kept:?}");

    reader.alert(Name::Any).button("Export notes").click().await;
    let file = reader.wait_for_download("*.json").await;
    let file: serde_json::Value = serde_json::from_str(&file.text()).expect("the file is JSON");
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, ["Nick Joseph", "public roads"]);

    reader.alert(Name::Any).button("Try again").click().await;
    reader.wait_for_save_state("failed").await;
    reader.run(MAKE_ROOM, vec![]).await;
    reader.alert(Name::Any).button("Try again").click().await;
    reader.wait_until_saved().await;
    reader.alert(Name::Has("no room left")).wait_gone().await;
    reader.reload().await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
}

async fn without_storage_the_page_works_all_the_same(reader: &Reader) {
    reader.open_site().await;
    reader.be_warned("keep anything").await;
    reader.take_hold("public roads", "public roads").await;
    reader.toolbar("Selection").button("Add note").click().await;
    reader.textbox("Note").type_text("only in memory").await;
    reader.button("Save").click().await;
    reader.card("public roads").wait().await;
    reader.wait_painted(&["public roads"]).await;
    reader.wait_for_save_state("failed").await;
    reader.button("Undo").click().await;
    reader.button("Redo").click().await;
    let file = reader.export().await;
    assert_eq!(
        crate::deeds::bodies(&items(&file)[0], "commenting"),
        ["only in memory"]
    );
    // Another article can still be read.
    reader
        .open_pasted("# Another one\n\nWith words of its own.")
        .await;
    reader.article("Another one").wait().await;
}

async fn damaged_records_are_set_aside(reader: &Reader) {
    reader.open_site().await;
    for words in ["Nick Joseph", "many engineers", "public roads"] {
        reader.highlight(words).await;
    }
    let records = reader.note_records().await;
    let (first_key, _) = &records[0];
    let (second_key, second) = &records[1];
    let third: serde_json::Value = serde_json::from_str(&records[2].1).expect("a record is JSON");
    let half: String = second.chars().take(second.chars().count() / 2).collect();
    let folder = first_key
        .rsplit_once('/')
        .expect("a key has an article and an id")
        .0;
    let stranger = format!("{folder}/00000000-0000-4000-8000-000000000000");
    let damaged = [
        (
            first_key.clone(),
            "\u{1}\u{0} gar\u{7f}bage 😀 \"}{".to_owned(),
        ),
        (second_key.clone(), half),
        (stranger, "[1, 2, 3]".to_owned()),
    ];
    for (key, bytes) in &damaged {
        reader.set_local_storage(key, bytes).await;
    }
    reader.reload().await;
    reader.be_warned("3 stored notes could not be read").await;
    let painted = reader.painted().await;
    assert_eq!(painted.len(), 1, "{painted:?}");
    assert!(
        third.to_string().contains(&painted[0]),
        "{painted:?} of {third}"
    );
    for (key, bytes) in &damaged {
        let script = "return Object.keys(localStorage).filter((key) => key.endsWith(arguments[0])
            && localStorage.getItem(key) === arguments[1])";
        let keys = reader.run(script, vec![json!(key), json!(bytes)]).await;
        let keys = keys.as_array().map(Vec::len);
        assert_eq!(keys, Some(1), "the bytes of {key} are somewhere, once");
    }
    // What is set aside is not found again, and the page goes on.
    reader.reload().await;
    reader.wait_painted(&[&painted[0]]).await;
    assert!(
        !reader
            .alert(Name::Has("could not be read"))
            .is_there()
            .await
    );
    reader.highlight("looks forward").await;
}
