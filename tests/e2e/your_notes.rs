//! "Your notes": the backup and its reminder, what the browser promises, and keyboard access there
//! and back.

use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::json;

use postil_testing::driver::Engine;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items};

in_both_browsers!(
    a_backup_file_is_kept_up_to_date,
    after_many_edits_it_reminds_of_a_backup,
    what_the_browser_promises_is_said,
    your_notes_can_be_used_without_a_mouse,
    what_both_stores_have_lost_the_second_copy_has,
);

/// A test cannot use the browser's file dialog: the file is one of the origin's private file
/// system instead, whose handles are of the same kind.
const PICKER: &str = "window.showSaveFilePicker = async ({ suggestedName }) =>
    (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });";

const READ_BACKUP: &str = "return (async () => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('postil-notes.json');
    // It may just be being written.
    return (await handle.getFile()).text().catch(() => '');
})()";

async fn wait_for_backup(reader: &Reader, wanted: &[&str]) {
    let written = async || {
        let text = reader.run(READ_BACKUP, vec![]).await;
        let text = text.as_str().unwrap_or_default();
        let collection = serde_json::from_str(text).unwrap_or(json!({ "first": { "items": [] } }));
        let items = items(&collection).clone();
        let mut notes: Vec<&str> = items
            .iter()
            .flat_map(|item| bodies(item, "commenting"))
            .collect();
        notes.sort_unstable();
        match notes == wanted {
            true => Ok(()),
            false => Err(format!("the file has {notes:?}")),
        }
    };
    reader.wait_for(written).await;
}

async fn a_backup_file_is_kept_up_to_date(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "first", "").await;
    if reader.engine == Engine::Firefox {
        reader.choose_more(EN.bar.your_notes).await;
        let backup = reader
            .dialog(EN.bar.your_notes)
            .region(EN.your_notes.backup);
        backup.wait().await;
        assert!(backup.text().await.contains(EN.your_notes.no_backup_file));
        return;
    }
    reader.run(PICKER, vec![]).await;
    reader.choose_more(EN.bar.your_notes).await;
    let backup = reader
        .dialog(EN.bar.your_notes)
        .region(EN.your_notes.backup);
    backup.button(EN.your_notes.choose_backup).click().await;
    let kept = async || match backup.text().await {
        text if text.contains("“postil-notes.json” is kept up to date") => Ok(()),
        text => Err(text),
    };
    reader.wait_for(kept).await;
    wait_for_backup(reader, &["first"]).await;
    reader
        .dialog(EN.bar.your_notes)
        .button(EN.buttons.close)
        .click()
        .await;
    reader.write_note("Nick Joseph", "second", "").await;
    wait_for_backup(reader, &["first", "second"]).await;
    // On another day the browser has the file's handle, and Postil finds it.
    reader.reload().await;
    reader.run(PICKER, vec![]).await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    reader.write_note("many engineers", "third", "").await;
    wait_for_backup(reader, &["first", "second", "third"]).await;
    reader.choose_more(EN.bar.your_notes).await;
    backup.button(EN.buttons.stop).click().await;
    backup.button(EN.your_notes.choose_backup).wait().await;
    reader
        .dialog(EN.bar.your_notes)
        .button(EN.buttons.close)
        .click()
        .await;
    reader.card("many engineers").focus().await;
    reader
        .card("many engineers")
        .button(EN.card.remove)
        .click()
        .await;
    reader.wait_until_saved().await;
    wait_for_backup(reader, &["first", "second", "third"]).await;
}

async fn after_many_edits_it_reminds_of_a_backup(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("Nick Joseph").await;
    let edits = "postil/1/setting/edits-since-backup";
    let counted = async || match reader.local_storage(edits).await.as_deref() {
        Some("1") => Ok(()),
        other => Err(format!("{other:?} edits")),
    };
    reader.wait_for(counted).await;
    reader.set_local_storage(edits, "24").await;
    reader.reload().await;
    reader.highlight("public roads").await;
    let told = (EN.notices.message)(&Message::BackupDue { edits: 25 });
    let reminder = reader.status(Name::Has(&told));
    reminder.wait().await;
    reminder.button(EN.buttons.download_all).click().await;
    let file = reader.wait_for_download("*.json").await;
    let file = serde_json::from_str(&file.text()).expect("the file is JSON");
    assert_eq!(items(&file).len(), 2);
    reader.choose_more(EN.bar.your_notes).await;
    let backup = reader
        .dialog(EN.bar.your_notes)
        .region(EN.your_notes.backup);
    let none = async || match backup.text().await {
        text if text.contains(&(EN.your_notes.edits_since_backup)(0)) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(none).await;
    // What is done here is said here, where it can be heard.
    backup.button(EN.buttons.download_all).click().await;
    let said = reader
        .dialog(EN.bar.your_notes)
        .status(Name::Has(&(EN.notices.message)(&Message::Exported {
            notes: 2,
        })));
    said.wait().await;
}

async fn what_the_browser_promises_is_said(reader: &Reader) {
    reader.open_site().await;
    // Plain values: promises of a test's script do not belong to the page in Firefox.
    let answer = |persisted: bool| {
        format!(
            "StorageManager.prototype.persisted = () => window.promised ?? {persisted};
             StorageManager.prototype.persist = () => {{ window.asked = (window.asked ?? 0) + 1; return window.promised = window.asked > 1; }};"
        )
    };
    reader.run(&answer(false), vec![]).await;
    // After the first note persistence is requested, and refused.
    reader.highlight("public roads").await;
    let asked = async || match reader.run("return window.asked ?? 0", vec![]).await {
        asked if asked == 1 => Ok(()),
        asked => Err(format!("asked {asked} times")),
    };
    reader.wait_for(asked).await;
    reader.highlight("Nick Joseph").await;
    reader.choose_more(EN.bar.your_notes).await;
    let place = reader.dialog(EN.bar.your_notes).region(EN.your_notes.place);
    place.wait().await;
    let text = place.text().await;
    assert!(text.contains(EN.your_notes.not_promised), "{text}");
    assert_eq!(reader.run("return window.asked", vec![]).await, 1);
    place.button(EN.your_notes.ask_to_keep).click().await;
    let promised = async || match place.text().await {
        text if text.contains(EN.your_notes.promised) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(promised).await;
}

async fn your_notes_can_be_used_without_a_mouse(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("public roads").await;
    reader.button(EN.bar.more).focus().await;
    reader.press("Enter").await;
    let menu = reader.menu(EN.bar.more);
    menu.menuitem(EN.bar.your_notes).wait().await;
    // By the first letter of its name.
    reader.press("y").await;
    reader.press("Enter").await;
    menu.wait_gone().await;
    let dialog = reader.dialog(EN.bar.your_notes);
    dialog.region(EN.your_notes.backup).wait().await;
    let mut passed = Vec::new();
    while passed.last().map(String::as_str) != Some(EN.your_notes.delete_everything) {
        assert!(passed.len() < 12, "{passed:?}");
        let focused = "return document.activeElement.closest('dialog')
            ? document.activeElement.textContent : document.activeElement.tagName";
        reader.press("Tab").await;
        let name = reader.run(focused, vec![]).await;
        passed.push(name.as_str().unwrap_or_default().to_owned());
    }
    for wanted in [EN.your_notes.ask_to_keep, EN.buttons.download_all] {
        assert!(passed.iter().any(|name| name == wanted), "{passed:?}");
    }
    reader.press("Enter").await;
    dialog
        .alert(Name::Has(EN.your_notes.delete_sure))
        .wait()
        .await;
    dialog.button(EN.buttons.cancel).focus().await;
    reader.press("Enter").await;
    dialog
        .alert(Name::Has(EN.your_notes.delete_sure))
        .wait_gone()
        .await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.your_notes).wait_gone().await;
    let focused = "return document.activeElement.getAttribute('aria-label')
        ?? document.activeElement.textContent";
    assert_eq!(reader.run(focused, vec![]).await, EN.bar.more);
    reader.wait_painted(&["public roads"]).await;
}

async fn what_both_stores_have_lost_the_second_copy_has(reader: &Reader) {
    reader.open_site().await;
    let has_place = "return 'storageBuckets' in navigator";
    if reader.run(has_place, vec![]).await == json!(false) {
        // Firefox does not keep its databases in files that a kill can tear.
        assert_eq!(reader.engine, Engine::Firefox);
        return;
    }
    reader.write_note("public roads", "kept twice", "").await;
    reader.wait_until_saved().await;
    let lose = "return new Promise((done) => {
        localStorage.clear();
        const opening = indexedDB.open('postil');
        opening.onsuccess = () => {
            const losing = opening.result.transaction('records', 'readwrite');
            losing.objectStore('records').clear();
            losing.oncomplete = () => { opening.result.close(); done('lost'); };
        };
    })";
    for _ in 0..2 {
        assert_eq!(reader.run(lose, vec![]).await, "lost");
        reader.reload().await;
        reader.wait_painted(&["public roads"]).await;
        reader.wait_until_saved().await;
    }
    let count = "return new Promise((done) => {
        const opening = indexedDB.open('postil');
        opening.onsuccess = () => {
            const all = opening.result.transaction('records').objectStore('records').getAllKeys();
            all.onsuccess = () => { opening.result.close(); done(all.result.filter((key) => key.startsWith('note/')).length); };
        };
    })";
    let healed = async || match reader.run(count, vec![]).await {
        count if count == 1 => Ok(()),
        count => Err(format!("{count} notes in the database")),
    };
    reader.wait_for(healed).await;
}
