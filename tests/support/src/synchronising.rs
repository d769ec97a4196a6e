//! Steps in "Your notes" that bring a device into step with a server.

use postil::ui::strings::Synchronise;

use crate::locator::Locator;
use crate::reader::Reader;

/// The passphrase of [`join`].
pub const PASSPHRASE: &str = "correct horse battery staple";

/// The words of "Synchronise".
pub fn words(reader: &Reader) -> &'static Synchronise {
    reader.words().synchronise
}

/// Opens "Your notes"; returns its section.
pub async fn open_section(reader: &Reader) -> Locator<'_> {
    open_section_called(reader, words(reader).label).await
}

/// Opens "Your notes"; returns one of its sections.
pub async fn open_section_called<'a>(reader: &'a Reader, name: &'a str) -> Locator<'a> {
    let label = reader.words().bar.your_notes;
    reader.choose_more(label).await;
    let section = reader.dialog(label).region(name);
    section.wait().await;
    section
}

/// Closes "Your notes".
pub async fn close(reader: &Reader) {
    let dialog = reader.dialog(reader.words().bar.your_notes);
    dialog.button(reader.words().buttons.close).click().await;
    dialog.wait_gone().await;
}

/// Enters a server in the form.
pub async fn enter(reader: &Reader, section: &Locator<'_>, address: &str, passphrase: &str) {
    let words = words(reader);
    section.textbox(words.address).fill(address).await;
    section.textbox(words.passphrase).fill(passphrase).await;
}

/// Waits until the section says something.
pub async fn says(reader: &Reader, section: &Locator<'_>, said: &str) {
    let look = async || match section.text().await {
        text if text.contains(said) => Ok(()),
        text => Err(format!("not {said:?} but {text}")),
    };
    reader.wait_for(look).await;
}

/// Synchronises with a database, sealed, and waits until everything is there.
pub async fn join(reader: &Reader, address: &str) {
    let words = words(reader);
    let section = open_section(reader).await;
    section.button(words.set_up).click().await;
    enter(reader, &section, address, PASSPHRASE).await;
    section.button(words.join).click().await;
    says(reader, &section, &(words.in_step)(0, 0)).await;
    says(reader, &section, words.sealed).await;
    close(reader).await;
}
