//! The dialogs and the commands of the lazy part.

use yew::prelude::*;

use super::contents::Contents;
use super::keys::keys_dialog;
use super::library::{LaunchDialog, Library, OpenDialog};
use super::your_notes::YourNotes;
use super::{Command, Dialog, collection, exchange, opening, placement, storage, texts};
use crate::browser::launch;
use crate::ui::hooks::Desk;

/// A dialog, with the messages where it is one that things are done in: what stands outside of a
/// modal dialog can be neither seen nor heard.
pub fn draw(desk: &Desk, dialog: &Dialog, leave: &Callback<()>, notices: Html) -> Html {
    let (desk, on_close) = (desk.clone(), leave.clone());
    match dialog {
        Dialog::Open(pasted) => html! { <OpenDialog {desk} pasted={pasted.clone()} {on_close} /> },
        Dialog::Launch(launch) => {
            html! { <LaunchDialog {desk} launch={launch.clone()} {on_close} /> }
        }
        Dialog::Keys => keys_dialog(on_close),
        Dialog::YourNotes => html! { <YourNotes {desk} {on_close}>{ notices }</YourNotes> },
        Dialog::Library => html! { <Library {desk} {on_close}>{ notices }</Library> },
        Dialog::Contents => match desk.session().article.clone() {
            Some(article) => html! { <Contents {desk} {article} {on_close} /> },
            None => Html::default(),
        },
    }
}

/// Runs a command.
pub fn perform(desk: &Desk, command: Command) {
    match command {
        Command::TakeFile(file) => exchange::take_file(desk, file),
        Command::TakeLaunched(launch) => {
            let desk = desk.clone();
            launch::files_of(&launch, move |file| exchange::take_file(&desk, file));
        }
        Command::ImportNotes(file) => exchange::import_notes(desk, file),
        Command::Export(format) => exchange::export(desk, format),
        Command::DownloadAll => storage::begin_download(desk),
        Command::StopReading => opening::stop_reading(desk),
        Command::ShowOther => texts::show_other(desk),
        Command::PutBack(id, notes) => collection::put_back(desk, &id, &notes),
        Command::Place(done) => placement::place(desk, done),
        Command::Daily => storage::run_daily(),
        Command::BackUp { edits } => storage::back_up(desk, edits),
    }
}
