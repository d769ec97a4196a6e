//! Storage: two tabs at once, a full disk, no permission, damaged records.

use postil::model::notice::Message;
use postil::model::sync::store::Refusal;
use postil::ui::strings::EN;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::seed::Seed;
use postil_testing::steps::{bodies, items, quote_of};

in_both_browsers!(
    two_tabs_share_their_notes,
    a_note_written_in_two_tabs_keeps_both_texts,
    when_storage_is_full_the_journal_carries_on,
    when_the_database_is_full_localstorage_carries_on,
    what_is_cleared_behind_its_back_comes_back,
    what_is_removed_waits_in_the_trash,
    a_snapshot_brings_back_a_day,
    everything_is_deleted_in_every_tab,
    beside_a_newer_version_it_only_reads,
    damaged_records_are_set_aside,
    a_long_text_is_there_again,
);

in_both_browsers!(
    Setup { site_data_blocked: true, ..Setup::default() } => without_storage_the_page_works_all_the_same
);

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
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    let written = async || match reader.card("public roads").text().await {
        text if text.contains("from the second tab") => Ok(()),
        text => Err(text),
    };
    reader.wait_for(written).await;
    reader.highlight("many engineers").await;
    reader.card("Nick Joseph").click().await;
    reader
        .card("Nick Joseph")
        .button(EN.card.remove)
        .click()
        .await;
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;

    reader.switch_to(&second).await;
    reader
        .wait_painted(&["many engineers", "public roads"])
        .await;
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
    reader
        .card("public roads")
        .button(EN.card.edit)
        .click()
        .await;
    reader.note_box().type_text(", said the first tab").await;
    reader.new_tab().await;
    reader.open_site().await;
    // The other tab's draft may be offered here; the note itself is unchanged.
    let card = reader.card("public roads");
    card.click().await;
    card.button(EN.card.edit).click().await;
    let note = reader.note_box();
    note.clear().await;
    note.type_text("otherwise, said the second tab").await;
    reader.button(EN.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    reader.wait_until_saved().await;

    reader.switch_to(&first).await;
    assert_eq!(
        reader.note_box().value().await,
        "at first, said the first tab"
    );
    reader.button(EN.buttons.save).click().await;
    reader.be_warned("Both texts are kept").await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.card("public roads").wait_count(2).await;
    let file = reader.export().await;
    let mut texts: Vec<&str> = items(&file)
        .iter()
        .flat_map(|item| bodies(item, "commenting"))
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

/// Fills localStorage to the last UTF-16 unit.
const FILL: &str = "let size = 1 << 20;
    for (let count = 0; size >= 1; count += 1) {
        try { localStorage.setItem(`filler/${count}`, 'x'.repeat(size)); } catch { size >>= 1; }
    }
    try { localStorage.setItem('f', ''); } catch { }";

const MAKE_ROOM: &str = "for (const key of Object.keys(localStorage)) {
        if (key.startsWith('filler/') || key === 'f') localStorage.removeItem(key);
    }";

async fn when_storage_is_full_the_journal_carries_on(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("Nick Joseph").await;
    reader.run(FILL, vec![]).await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    reader.be_warned_of(NO_ROOM).await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await.len(), 1);

    reader
        .alert(Name::Any)
        .button(EN.notices.export_notes)
        .click()
        .await;
    let file = reader.wait_for_download("*.json").await;
    let file: serde_json::Value = serde_json::from_str(&file.text()).expect("the file is JSON");
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, ["Nick Joseph", "public roads"]);
    // The journal has what did not fit into localStorage.
    reader.reload().await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    reader.be_warned_of(NO_ROOM).await;

    reader.run(MAKE_ROOM, vec![]).await;
    reader
        .alert(Name::Any)
        .button(EN.buttons.try_again)
        .click()
        .await;
    reader
        .alert(Name::Has(&(EN.notices.message)(&NO_ROOM)))
        .wait_gone()
        .await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await.len(), 2);
}

/// localStorage is full, and the database is not.
const NO_ROOM: Message = Message::Storage {
    local: Some(Refusal::Full),
    journal: None,
};

/// Everything that writes to the database fails, as on a full disk, from now on.
const BREAK_DATABASE: &str =
    "const refuse = () => { throw new DOMException('full', 'QuotaExceededError'); };
    IDBObjectStore.prototype.put = refuse; IDBObjectStore.prototype.add = refuse;";

async fn when_the_database_is_full_localstorage_carries_on(reader: &Reader) {
    reader.open_site().await;
    reader.wait_until_saved().await;
    reader.run(BREAK_DATABASE, vec![]).await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader
        .be_warned_of(Message::Storage {
            local: None,
            journal: Some(Refusal::Full),
        })
        .await;
    // The note is kept, but not where it survives a crash.
    reader.wait_for_save_state("failed").await;
    assert_eq!(reader.note_records().await.len(), 1);
    // The next page can write, and completes the journal.
    reader.reload().await;
    reader.wait_painted(&["public roads"]).await;
    reader.wait_until_saved().await;
    reader.run("localStorage.clear()", vec![]).await;
    reader.reload().await;
    reader.wait_painted(&["public roads"]).await;
}

async fn what_is_cleared_behind_its_back_comes_back(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "a note", "").await;
    reader.wait_until_saved().await;
    // Cleared in this very tab, which gets no event.
    reader.run("localStorage.clear()", vec![]).await;
    reader.reload().await;
    reader.wait_painted(&["public roads"]).await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await.len(), 1);
    // The same for the journal.
    let delete = "return new Promise((done) => {
        const request = indexedDB.deleteDatabase('postil');
        request.onsuccess = request.onerror = () => done(request.error?.name ?? 'gone'); })";
    assert_eq!(reader.run(delete, vec![]).await, "gone");
    reader.wait_until_saved().await;
    reader.run("localStorage.clear()", vec![]).await;
    reader.reload().await;
    reader.wait_painted(&["public roads"]).await;
    // Cleared from another tab, while this one is open.
    let first = reader.this_tab().await;
    reader.new_tab().await;
    reader.open(&reader.server.address_of("/")).await;
    reader.run("localStorage.clear()", vec![]).await;
    reader.switch_to(&first).await;
    let healed = async || match reader.note_records().await.len() {
        1 => Ok(()),
        other => Err(format!("{other} records")),
    };
    reader.wait_for(healed).await;
}

async fn what_is_removed_waits_in_the_trash(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("Nick Joseph", "Nick Joseph").await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    reader.button(EN.buttons.cancel).click().await;
    reader.wait_painted(&[]).await;
    reader.write_note("public roads", "worth keeping", "").await;
    reader.card("public roads").click().await;
    reader
        .card("public roads")
        .button(EN.card.remove)
        .click()
        .await;
    reader.wait_painted(&[]).await;
    reader.reload().await;
    reader.choose_more(EN.bar.your_notes).await;
    let trash = reader.dialog(EN.bar.your_notes).region(EN.your_notes.trash);
    let listed = async || match trash.text().await {
        text if text.contains("worth keeping") && text.contains(&(EN.your_notes.days_left)(30)) => {
            Ok(())
        }
        text => Err(text),
    };
    reader.wait_for(listed).await;
    // What was begun and given up is nothing to bring back.
    assert_eq!(trash.button(EN.buttons.restore).count().await, 1);
    trash.button(EN.buttons.restore).click().await;
    let empty = async || match trash.text().await {
        text if text.contains(EN.your_notes.trash_empty) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(empty).await;
    reader
        .dialog(EN.bar.your_notes)
        .button(EN.buttons.close)
        .click()
        .await;
    reader.wait_painted(&["public roads"]).await;
    reader.button(EN.bar.undo).click().await;
    reader.wait_painted(&[]).await;
}

async fn a_snapshot_brings_back_a_day(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "as it was", "").await;
    let snapshots = reader
        .dialog(EN.bar.your_notes)
        .region(EN.your_notes.snapshots);
    // It is made some seconds after the first start of a day.
    let made = async || {
        reader.choose_more(EN.bar.your_notes).await;
        reader.region(EN.your_notes.snapshots).wait().await;
        let text = snapshots.text().await;
        reader
            .dialog(EN.bar.your_notes)
            .button(EN.buttons.close)
            .click()
            .await;
        match text.contains("1 note") {
            true => Ok(()),
            false => Err(text),
        }
    };
    reader.wait_for(made).await;
    reader.card("public roads").click().await;
    reader
        .card("public roads")
        .button(EN.card.edit)
        .click()
        .await;
    reader.note_box().clear().await;
    reader.note_box().type_text("spoilt").await;
    reader.button(EN.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    reader.choose_more(EN.bar.your_notes).await;
    snapshots.button(EN.buttons.restore).click().await;
    reader.dialog(EN.bar.your_notes).wait_gone().await;
    reader.hear_of(Message::Restored { notes: 1 }).await;
    let back = async || match reader.card("public roads").text().await {
        text if text.contains("as it was") => Ok(()),
        text => Err(text),
    };
    reader.wait_for(back).await;
}

async fn everything_is_deleted_in_every_tab(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "private", "").await;
    let first = reader.this_tab().await;
    reader.new_tab().await;
    reader.open_site().await;
    reader.wait_painted(&["public roads"]).await;
    reader.choose_more(EN.bar.your_notes).await;
    let dialog = reader.dialog(EN.bar.your_notes);
    dialog.button(EN.your_notes.delete_everything).click().await;
    dialog
        .alert(Name::Has(EN.your_notes.delete_sure))
        .wait()
        .await;
    dialog.button(EN.your_notes.delete_now).click().await;
    reader.dialog(EN.bar.your_notes).wait_gone().await;
    reader.article(Name::Any).wait().await;
    reader.wait_painted(&[]).await;
    reader.switch_to(&first).await;
    reader.wait_painted(&[]).await;
    for _ in 0..2 {
        assert_eq!(reader.note_records().await, []);
        reader.reload().await;
        reader.article(Name::Any).wait().await;
        reader.wait_painted(&[]).await;
    }
}

async fn beside_a_newer_version_it_only_reads(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("public roads").await;
    reader.wait_until_saved().await;
    // The bookmark is written once scrolling has stopped: until then it is this version's.
    let bookmarked = async || {
        let script = "return Object.entries(localStorage)
            .some(([key, value]) => key.includes('bookmark/') && Number(value.split(' ')[2]) > 0)";
        match reader.run(script, vec![]).await {
            there if there == true => Ok(()),
            _ => Err("there is no bookmark yet".to_owned()),
        }
    };
    reader.wait_for(bookmarked).await;
    let newer = "postil/3/note/abcdefghijklmnop/one";
    reader.set_local_storage(newer, "from tomorrow").await;
    let before = reader.run("return {...localStorage}", vec![]).await;
    reader.reload().await;
    reader.be_warned_of(Message::ReadOnly).await;
    reader.wait_painted(&["public roads"]).await;
    reader.take_hold("Nick Joseph", "Nick Joseph").await;
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader.press("Escape").await;
    reader.wait_painted(&["public roads"]).await;
    assert_eq!(reader.run("return {...localStorage}", vec![]).await, before);
    assert_eq!(items(&reader.export().await).len(), 1);
}

async fn without_storage_the_page_works_all_the_same(reader: &Reader) {
    reader.open_site().await;
    reader
        .be_warned_of(Message::Storage {
            local: Some(Refusal::Forbidden),
            journal: Some(Refusal::Forbidden),
        })
        .await;
    reader.take_hold("public roads", "public roads").await;
    reader
        .selection_toolbar()
        .button(EN.selection.add_note)
        .click()
        .await;
    reader.note_box().type_text("only in memory").await;
    reader.button(EN.buttons.save).click().await;
    reader.card("public roads").wait().await;
    // Nobody is told that something is saved, or kept, where nothing is.
    reader.hear_of(Message::OnScreenOnly).await;
    assert!(!reader.status(Name::Has("saved")).is_there().await);
    reader.wait_painted(&["public roads"]).await;
    reader.wait_for_save_state("failed").await;
    reader.button(EN.bar.undo).click().await;
    reader.button(EN.bar.redo).click().await;
    let file = reader.export().await;
    assert_eq!(bodies(&items(&file)[0], "commenting"), ["only in memory"]);
    // Another article can still be read.
    reader
        .open_pasted("# Another one\n\nWith words of its own.")
        .await;
    reader.article("Another one").wait().await;
    reader.be_warned_of(Message::TextNotKept).await;
    let said = "return [...document.querySelectorAll('.notices > [role]')].map((said) => said.textContent).join(' ')";
    let said = reader.run(said, vec![]).await;
    let said = said.as_str().unwrap_or_default();
    assert!(
        !said.contains("notes are kept") && !said.contains("are safe"),
        "{said}"
    );
}

async fn damaged_records_are_set_aside(reader: &Reader) {
    reader.open_site().await;
    for words in ["Nick Joseph", "many engineers", "public roads"] {
        reader.highlight(words).await;
    }
    let records = reader.note_records().await;
    let (first_key, _) = &records[0];
    let (second_key, second) = &records[1];
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
    reader.be_warned_of(Message::SetAside { records: 3 }).await;
    // The journal has the notes.
    let all = ["Nick Joseph", "many engineers", "public roads"];
    reader.wait_painted(&all).await;
    for (key, bytes) in &damaged {
        let script = "return Object.keys(localStorage).filter((key) => key.endsWith(arguments[0])
            && localStorage.getItem(key) === arguments[1])";
        let keys = reader.run(script, vec![json!(key), json!(bytes)]).await;
        let keys = keys.as_array().map(Vec::len);
        assert_eq!(keys, Some(1), "the bytes of {key} are somewhere, once");
    }
    // What was set aside is not found again, and the page works on.
    reader.reload().await;
    reader.wait_painted(&all).await;
    assert!(
        !reader
            .alert(Name::Has("could not be read"))
            .is_there()
            .await
    );
    reader.highlight("looks forward").await;
}

/// Browsers store long values separately from short ones.
async fn a_long_text_is_there_again(reader: &Reader) {
    reader.open_site().await;
    // Random numbers, so that compression does not shorten it.
    let mut random = Seed(5);
    let mut text = "# A long text\n\nIt begins here.\n\n".to_owned();
    while text.len() < 600_000 {
        text += &format!("{}\n\n", random.next(u64::MAX));
    }
    reader.open_pasted(&text).await;
    reader.article("A long text").wait().await;
    reader.highlight("It begins here").await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.article("A long text").wait().await;
    reader.wait_painted(&["It begins here"]).await;
}
