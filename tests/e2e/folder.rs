//! The folder: each article's notes are kept there as a Markdown file, and what others wrote stays.

use postil::model::file_name::file_name;
use postil::model::folder::numbered;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::{in_both_browsers, in_chromium};
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::steps::BUNDLED;

in_both_browsers!(a_folder_has_the_notes_and_keeps_what_others_wrote);

in_chromium!(Setup::default() => what_is_refused_is_told_once_and_allowed_again);

/// A test cannot use the browser's dialog: the folder is one of the origin's private file system
/// instead, whose handles are of the same kind.
const PICKER: &str = "window.showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle('vault', { create: true });";

/// Writes at the end of a file.
const APPEND: &str = "const [name, words] = arguments;
    return (async () => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('vault', { create: true });
        const handle = await folder.getFileHandle(name, { create: true });
        const { size } = await handle.getFile();
        const writable = await handle.createWritable({ keepExistingData: true });
        await writable.write({ type: 'write', position: size, data: words });
        await writable.close();
    })()";

const READ: &str = "const [name] = arguments;
    return (async () => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('vault');
        const handle = await folder.getFileHandle(name);
        return (await handle.getFile()).text();
    })().catch(() => null)"; // It may just be being written.

const NAMES: &str = "return (async () => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('vault');
        const names = [];
        for await (const name of folder.keys()) names.push(name);
        return names.sort();
    })()";

/// The name of the bundled article's file, or the one that it has if that is taken.
fn name(number: usize) -> String {
    numbered(&file_name(BUNDLED, "", "md"), number)
}

async fn read(reader: &Reader, name: &str) -> Option<String> {
    let text = reader.run(READ, vec![json!(name)]).await;
    text.as_str().map(str::to_owned)
}

/// Waits until a file has these words, and returns what it holds.
async fn wait_for_words(reader: &Reader, name: &str, words: &str) -> String {
    let look = async || match read(reader, name).await {
        Some(text) if text.contains(words) => Ok(text),
        other => Err(format!("{name} holds {other:?}")),
    };
    reader.wait_for(look).await
}

async fn open_section(reader: &Reader) -> Locator<'_> {
    reader.choose_more(EN.bar.your_notes).await;
    let dialog = reader.dialog(EN.bar.your_notes);
    dialog.region(EN.your_notes.backup).wait().await;
    dialog.region(EN.folder.label)
}

async fn close(reader: &Reader) {
    let dialog = reader.dialog(EN.bar.your_notes);
    dialog.button(EN.buttons.close).click().await;
    dialog.wait_gone().await;
}

/// Chooses the folder, and waits until the notes of one article are there.
async fn choose(reader: &Reader) {
    reader.run(PICKER, vec![]).await;
    let section = open_section(reader).await;
    section.button(EN.folder.choose).click().await;
    section.button(EN.folder.stop).wait().await;
    let written = (EN.folder.written)(1, 0);
    let look = async || match section.text().await {
        text if text.contains("“vault”") && text.contains(&written) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(look).await;
}

async fn a_folder_has_the_notes_and_keeps_what_others_wrote(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "first", "").await;
    if reader.engine == Engine::Firefox {
        let section = open_section(reader).await;
        assert!(!section.is_there().await);
        return;
    }
    let foreign = "Mine, of the same name.\n";
    reader
        .run(APPEND, vec![json!(name(1)), json!(foreign)])
        .await;
    choose(reader).await;
    reader.expect_accessible().await;
    close(reader).await;
    let text = wait_for_words(reader, &name(2), "first").await;
    assert!(text.trim_end().ends_with("-->"), "{text}");
    assert!(text.contains(EN.folder.line), "{text}");
    // What is written below the marked line stays, whatever becomes of the note.
    let below = "\n- mine\u{a0}too\r\n<!-- postil:nothing -->";
    reader.run(APPEND, vec![json!(name(2)), json!(below)]).await;
    let card = reader.card("public roads");
    card.click().await;
    card.button(EN.card.edit).click().await;
    reader.note_box().type_text(" and second").await;
    reader.button(EN.buttons.save).click().await;
    reader.wait_until_saved().await;
    let text = wait_for_words(reader, &name(2), "first and second").await;
    assert!(text.ends_with(below), "{text}");
    // On another day the browser has the folder's handle, and Postil finds it.
    reader.reload().await;
    reader.write_note("many engineers", "third", "").await;
    let text = wait_for_words(reader, &name(2), "third").await;
    assert!(text.ends_with(below), "{text}");
    assert_eq!(read(reader, &name(1)).await.as_deref(), Some(foreign));
    let mut names = [name(1), name(2)];
    names.sort_unstable();
    assert_eq!(reader.run(NAMES, vec![]).await, json!(names));
    let section = open_section(reader).await;
    section.button(EN.folder.stop).click().await;
    section.button(EN.folder.choose).wait().await;
    assert!(section.text().await.contains(EN.folder.stopped));
    assert_eq!(reader.run(NAMES, vec![]).await, json!(names));
}

async fn what_is_refused_is_told_once_and_allowed_again(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "first", "").await;
    choose(reader).await;
    close(reader).await;
    let refuse = "const handles = FileSystemHandle.prototype;
        handles.queryPermission = async () => 'prompt';
        handles.requestPermission = async () => {
            handles.queryPermission = async () => 'granted';
            return 'granted';
        };";
    assert_eq!(reader.run(refuse, vec![]).await, Value::Null);
    reader.write_note("many engineers", "second", "").await;
    reader.be_warned_of(Message::FolderFailed).await;
    let text = read(reader, &name(1)).await.unwrap_or_default();
    assert!(text.contains("first") && !text.contains("second"), "{text}");
    reader.button(EN.folder.allow).click().await;
    wait_for_words(reader, &name(1), "second").await;
    let warning = (EN.notices.message)(&Message::FolderFailed);
    reader.alert(Name::Has(&warning)).wait_gone().await;
    // A folder that is gone is told of, too.
    let remove = "return (async () => {
        const root = await navigator.storage.getDirectory();
        await root.removeEntry('vault', { recursive: true });
    })()";
    reader.run(remove, vec![]).await;
    reader.write_note("Nick Joseph", "third", "").await;
    reader.be_warned_of(Message::FolderFailed).await;
}
