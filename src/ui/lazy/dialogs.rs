//! The dialogs and the commands of the lazy part.

use yew::prelude::*;

use super::all_notes::AllNotes;
use super::colours::Colours;
use super::commands::Commands;
use super::contents::Contents;
use super::export::ExportDialog;
use super::given;
use super::import_dialog::ImportDialog;
use super::keys::Keys;
use super::library::{LaunchDialog, Library, OpenDialog};
use super::markdown_template::MarkdownTemplate;
use super::paper::PrintDialog;
use super::platform::platform;
use super::reading_settings::ReadingSettings;
use super::sharing::SharingDialog;
use super::tags::Tags;
use super::your_notes::YourNotes;
use super::{aloud, cursor_keys, jumps, notes, wholes};
use crate::app::ports::{BoxFuture, Work};
use crate::app::protocol::Unshown;
use crate::app::{
    App, agreeing, articles, backup, collection, counterpart, exchange, opening, placement, resolve,
};
use crate::browser::files::files_in;
use crate::browser::launch;
use crate::browser::system::later;
use crate::ui::hooks::{AppHandle, Backend};
use crate::ui::loading::{Command, Dialog};

/// Draws a dialog; one in which things are done shows the notices too, since anything outside of a
/// modal dialog can be neither seen nor heard.
pub fn draw(app: &AppHandle, dialog: &Dialog, leave: &Callback<()>, notices: Html) -> Html {
    let (app, on_close) = (app.clone(), leave.clone());
    match dialog {
        Dialog::Open(pasted) => html! { <OpenDialog {app} pasted={pasted.clone()} {on_close} /> },
        Dialog::Launch(launch) => {
            html! { <LaunchDialog {app} launch={launch.clone()} {on_close} /> }
        }
        Dialog::Keys => html! { <Keys {on_close} /> },
        Dialog::YourNotes => html! { <YourNotes {app} {on_close}>{ notices }</YourNotes> },
        Dialog::Library => html! { <Library {app} {on_close}>{ notices }</Library> },
        Dialog::Tags => html! { <Tags {app} {on_close}>{ notices }</Tags> },
        Dialog::AllNotes(query) => {
            html! { <AllNotes {app} query={query.clone()} {on_close} /> }
        }
        Dialog::Contents => match app.session().article.clone() {
            Some(article) => html! { <Contents {app} {article} {on_close} /> },
            None => Html::default(),
        },
        Dialog::Commands(targets) => {
            html! { <Commands {app} targets={targets.clone()} {on_close} /> }
        }
        Dialog::Colours => html! { <Colours {app} {on_close} /> },
        Dialog::Import(number) => html! { <ImportDialog key={*number} {app} {on_close} /> },
        Dialog::MarkdownTemplate => html! { <MarkdownTemplate {app} {on_close} /> },
        Dialog::Export => html! { <ExportDialog {app} {on_close} /> },
        Dialog::Sharing => html! { <SharingDialog {app} {on_close} /> },
        Dialog::Print => html! { <PrintDialog {app} {on_close} /> },
        Dialog::ReadingSettings => html! { <ReadingSettings {app} {on_close} /> },
    }
}

/// Runs a command.
pub fn perform(app: &AppHandle, command: Command) {
    let platform = platform(app.backend());
    match command {
        Command::TakeFiles(files) => given::take_files(app, files_in(&files)),
        Command::TakeLaunched(launch) => {
            let app = app.clone();
            launch::files_of(&launch, move |files| given::take_files(&app, files));
        }
        Command::ImportNotes(files) => given::import_notes(app, files_in(&files)),
        Command::DownloadAll => {
            let there = app.clone();
            app.spawn(async move { backup::download_all(&there, &platform).await });
        }
        Command::StopReading => opening::stop_reading(app, &*platform),
        Command::ShowOther => counterpart::show_other(app),
        Command::Press(event) => drop(cursor_keys::key(app, &event)),
        Command::Follow(link) => {
            // What else the click means comes first.
            let app = app.clone();
            later(move || jumps::follow(&app, &link));
        }
        Command::Resolve(key) => resolve::by_key(app, key),
        Command::SelectWhole => wholes::select(app),
        Command::Step(forward) => notes::step(app, forward),
        Command::ReadAloud => aloud::toggle(app),
        Command::PutBack(id, notes) => collection::put_back(app, &id, &notes),
    }
}

/// Does background work.
pub fn work(app: &App, backend: &Backend, work: Work) -> BoxFuture<()> {
    let (app, platform) = (app.clone(), platform(backend));
    Box::pin(async move {
        match work {
            Work::Read(to_read) => articles::read(&app, to_read),
            Work::Agree => agreeing::say(&app).await,
            Work::Place => placement::place(&app, &*platform).await,
            Work::Prepare => exchange::prepare(&app, &*platform).await,
            Work::Daily => backup::run_daily(&app, &platform).await,
            Work::BackUp { edits } => backup::back_up(&app, &platform, edits).await,
        }
    })
}

/// Fetches a picture.
pub fn picture(backend: &Backend, address: String) -> BoxFuture<Result<String, Unshown>> {
    let worker = backend.worker.clone();
    Box::pin(async move { worker.read_picture(&address).await })
}
