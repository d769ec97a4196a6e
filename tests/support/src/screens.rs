//! Every screen of the app, one after the other: for tests that look at each of them.

use postil::model::annotation::Colour;
use postil::model::exchange::Format;
use postil::model::failure::Failure;
use postil::model::notice::Message;

use crate::locator::Name;
use crate::reader::Reader;

/// The dialog "Reading settings", in which looks can be tried.
pub const READING_SETTINGS: &str = "reading settings";

/// One passage for each colour, all near the beginning of the bundled article.
const PASSAGES: [&str; 8] = [
    "has joined",
    "works on",
    "in the team",
    "announced",
    "the next few",
    "especially",
    "looks forward",
    "doing research",
];

/// Visits all screens, the same at every width, and calls `look` with the name of each.
///
/// `look` must leave the screen as it found it.
pub async fn visit(reader: &Reader, mut look: impl AsyncFnMut(&'static str)) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    look("article").await;
    mark(reader, &mut look).await;
    write(reader, &mut look).await;
    search(reader, &mut look).await;
    open_dialogs(reader, &mut look).await;
    open_articles(reader, &mut look).await;
}

async fn mark(reader: &Reader, look: &mut impl AsyncFnMut(&'static str)) {
    for (index, words) in PASSAGES.iter().enumerate() {
        // In a low window a chosen note would cover the next passage.
        reader.press("Escape").await;
        reader.take_hold(words, words).await;
        if index == 0 {
            look("toolbar").await;
        }
        reader.press(&(index + 1).to_string()).await;
        reader.selection_toolbar().wait_gone().await;
        reader.card(words).wait().await;
    }
    look("highlights, one chosen").await;
    // Yellow is the lightest colour and so the hardest to read at night.
    reader.press("1").await;
    reader
        .hear_of(Message::Recoloured {
            colour: Colour::Yellow,
        })
        .await;
    look("yellow, chosen").await;
}

async fn write(reader: &Reader, look: &mut impl AsyncFnMut(&'static str)) {
    let words = reader.words();
    reader.press("Escape").await;
    reader.take_hold("frontier", "frontier").await;
    reader.press("a").await;
    reader
        .note_box()
        .type_text("with **bold**, a [link](https://example.org) and `code`")
        .await;
    reader
        .combobox(words.editor.tags)
        .type_text("one, two")
        .await;
    look("editor").await;
    reader.button(words.editor.preview).click().await;
    reader
        .by_role("group", words.editor.preview)
        .link("link")
        .wait()
        .await;
    look("preview").await;
    reader.note_box().focus().await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    reader.card("frontier").link("link").wait().await;
    look("note, chosen").await;
}

async fn search(reader: &Reader, look: &mut impl AsyncFnMut(&'static str)) {
    let words = reader.words();
    let sheet = reader.notes().button(Name::Begins(words.notes.label));
    if sheet.is_there().await {
        sheet.click().await;
        reader.card(PASSAGES[0]).wait().await;
        look("notes as a sheet").await;
        sheet.click().await;
    }
    reader.searchbox(words.notes.search).type_text("bold").await;
    reader.card(PASSAGES[0]).wait_gone().await;
    look("search").await;
    reader
        .searchbox(words.notes.search)
        .type_text("zebra")
        .await;
    reader.card("frontier").wait_gone().await;
    look("search without a result").await;
    reader.press("Escape").await;
    reader.choose_more(words.picked.begin).await;
    let tools = reader.toolbar(words.picked.label);
    tools.button(words.picked.all).click().await;
    tools.button(words.picked.colour).click().await;
    reader.by_role("group", words.picked.colour).wait().await;
    look("selected notes").await;
    tools.button(words.picked.done).click().await;
    tools.wait_gone().await;
}

async fn open_dialogs(reader: &Reader, look: &mut impl AsyncFnMut(&'static str)) {
    let words = reader.words();
    reader.button(words.bar.more).click().await;
    reader
        .menu(words.bar.more)
        .menuitem(words.bar.keys)
        .wait()
        .await;
    look("more").await;
    reader.press("Escape").await;
    reader.menu(words.bar.more).wait_gone().await;
    reader.button(words.bar.reading_settings).click().await;
    let settings = reader.dialog(words.bar.reading_settings);
    settings.wait().await;
    look(READING_SETTINGS).await;
    close(reader, words.bar.reading_settings).await;
    reader.use_tool(words.bar.export).await;
    let menu = reader.menu(words.bar.export);
    menu.menuitem((words.bar.format)(Format::WebAnnotation))
        .wait()
        .await;
    look("export").await;
    menu.menuitem(words.print.label).click().await;
    reader.dialog(words.print.label).wait().await;
    look("print").await;
    close(reader, words.print.label).await;
    reader.press("Control+k").await;
    let commands = reader.dialog(words.commands.label);
    commands.option(Name::Any).wait().await;
    look("commands").await;
    let name_colours = words.selection.name_colours;
    commands
        .combobox(words.commands.command)
        .type_text(name_colours)
        .await;
    commands.option(name_colours).click().await;
    reader.dialog(name_colours).wait().await;
    look("colours").await;
    close(reader, name_colours).await;
    for (name, screen) in [
        (words.bar.keys, "keys"),
        (words.bar.contents, "contents"),
        (words.bar.your_notes, "your notes"),
        (words.tags.label, "tags"),
    ] {
        reader.choose_more(name).await;
        reader.dialog(name).wait().await;
        look(screen).await;
        close(reader, name).await;
    }
    open_room(reader, look).await;
}

async fn open_room(reader: &Reader, look: &mut impl AsyncFnMut(&'static str)) {
    let words = reader.words();
    reader.choose_more(words.all_notes.label).await;
    let room = reader.dialog(words.all_notes.label);
    let notes = PASSAGES.len() + 1;
    let said = (words.all_notes.shown)(notes, notes, 1);
    room.status(&said).wait().await;
    look("all notes").await;
    room.button(words.year.label).click().await;
    room.by_role("img", Name::Any).wait().await;
    look("your year").await;
    room.button(words.year.as_table).click().await;
    room.by_role("table", Name::Any).wait().await;
    look("your year, as tables").await;
    close(reader, words.all_notes.label).await;
}

async fn open_articles(reader: &Reader, look: &mut impl AsyncFnMut(&'static str)) {
    let words = reader.words();
    let dialog = reader.open_dialog().await;
    look("open").await;
    dialog.button(words.buttons.open).click().await;
    dialog
        .alert(Name::Has(words.open.nothing_given))
        .wait()
        .await;
    look("open, nothing given").await;
    dialog
        .textbox(words.open.web_address)
        .type_text("nonsense")
        .await;
    dialog.button(words.buttons.open).click().await;
    let why = Failure::Empty;
    let said = (words.notices.message)(&Message::OpenFailed { why });
    // Whatever the reason, which follows after a colon.
    let said = said.split(':').next().unwrap_or_default();
    let alert = reader.alert(Name::Has(said));
    alert.wait().await;
    look("alert").await;
    alert.button(words.buttons.dismiss).click().await;
    alert.wait_gone().await;
    reader
        .open_pasted("# Zeta\n\nThe last of the letters.")
        .await;
    reader.article("Zeta").wait().await;
    let library = reader.open_library().await;
    look("library").await;
    library
        .button(&(words.library.remove)("Zeta"))
        .click()
        .await;
    library
        .by_role("button", words.library.removed)
        .wait()
        .await;
    look("library, something removed").await;
}

/// Closes the dialog by its key.
async fn close(reader: &Reader, dialog: &str) {
    reader.press("Escape").await;
    reader.dialog(dialog).wait_gone().await;
}
