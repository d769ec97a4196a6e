//! Storage as the reader sees it: what there is, the trash, snapshots, the backup, and an end to it.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::app::maintenance;
use crate::app::ports::BoxFuture;
use crate::app::snapshots::{Counts, records_of_snapshot, snapshot_of};
use crate::app::trash::Removed;
use crate::browser::backup::{self, Backup, Snapshot, Usage};
use crate::browser::{files, local, system, texts, worker};
use crate::model::annotation::Annotation;
use crate::model::file_name::file_name;
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::model::sync::record::Record;
use crate::model::sync::replica::Safety;
use crate::ui::hooks::AppHandle;
use crate::ui::strings;

/// Everything that the page "Your notes" shows.
#[derive(Clone, PartialEq)]
pub struct Overview {
    pub notes: usize,
    pub articles: usize,
    pub safety: Safety,
    pub usage: Usage,
    /// Units (UTF-16) of localStorage in use.
    pub small: usize,
    pub trash: Vec<Removed>,
    pub snapshots: Vec<Snapshot>,
    /// Records that could not be read.
    pub aside: usize,
    pub backup: Backup,
    pub edits: u32,
}

/// Looks at everything there is.
pub async fn survey(app: &AppHandle) -> Overview {
    if !app.session().read_only {
        app.read_everything().await;
        purge(app);
    }
    let records = app.records();
    let Counts { notes, articles } = records.counts();
    Overview {
        notes,
        articles,
        safety: records.replica().safety(),
        usage: backup::usage().await,
        small: local::used(),
        trash: records.trash(),
        snapshots: backup::snapshots().await,
        aside: aside(app).await.length() as usize,
        backup: backup::state().await,
        edits: records.edits_since_backup(),
    }
}

/// Lets go what has been in the trash for long enough.
fn purge(app: &App) {
    let texts = app.records().purge_trash();
    spawn_local(async move {
        for text in texts {
            texts::remove(&text).await;
        }
    });
}

/// Brings notes back from the trash or a snapshot; Undo takes that back.
fn restore(app: &App, notes: Vec<Annotation>) {
    let known = app.records().present(&notes);
    app.send(Action::Restore { notes, known });
}

/// Brings back the notes of a snapshot as they were on its day.
async fn restore_snapshot(app: &AppHandle, day: u32) {
    app.read_everything().await;
    let notes = notes_of_snapshot(day).await;
    if day != app.records().today() {
        // So that today is a day to come back to as well.
        let _ = take_snapshot(app).await;
    }
    restore(app, app.records().live_notes(&notes));
}

async fn notes_of_snapshot(day: u32) -> Vec<Rc<Record>> {
    records_of_snapshot(&backup::snapshot(day).await.unwrap_or_default())
}

async fn take_snapshot(app: &App) -> Result<(), wasm_bindgen::JsValue> {
    let (all, notes) = app.records().everything_live();
    if notes == 0 {
        return Ok(());
    }
    let snapshot = Snapshot {
        day: app.records().today(),
        date: system::today(),
        notes,
    };
    backup::keep_snapshot(&snapshot, &snapshot_of(&all)).await
}

/// The day's snapshot; what has been in the trash for long enough goes.
pub async fn run_daily(app: &App) {
    app.read_everything().await;
    purge(app);
    if take_snapshot(app).await.is_ok() {
        app.records().maintenance_is_done();
    }
}

/// After edits: writes the backup file where there is one, or reminds of a backup where it is time
/// for that, after so many `edits`.
pub async fn back_up(app: &App, edits: Option<u32>) {
    if let Backup::Kept(_) = backup::state().await {
        write_backup_if(app, true).await;
    } else if let Some(edits) = edits {
        app.tell(Message::BackupDue { edits });
    }
}

async fn all_notes(app: &App) -> Result<(String, usize), worker::ReadError> {
    app.read_everything().await;
    let (all, notes) = app.records().everything_live();
    let file = worker::salvage(&all, &system::stamp()).await?;
    Ok((file, notes))
}

/// Writes every note into the backup file.
async fn write_backup(app: &App) -> Result<(), ()> {
    let (file, _) = all_notes(app).await.map_err(drop)?;
    backup::write_backup(&file).await.map_err(drop)?;
    app.records().backed_up();
    Ok(())
}

/// What a reader can do on the page "Your notes".
#[derive(Clone, PartialEq)]
pub enum Operation {
    /// The browser is asked to promise that it keeps the notes.
    AskToKeep,
    /// Every note as a file.
    DownloadAll,
    /// A file on disk that is kept up to date.
    ChooseBackup,
    /// It may be written again.
    ResumeBackup,
    /// It is no longer kept up to date.
    StopBackup,
    /// A note comes back from the trash.
    Restore(Rc<Annotation>),
    /// The notes of a day as a file.
    DownloadSnapshot(Snapshot),
    /// The notes come back as they were on a day.
    RestoreSnapshot(u32),
    /// What could not be read as a file.
    DownloadAside,
    /// Everything goes.
    Delete,
}

/// Does it.
pub async fn perform(app: &AppHandle, operation: Operation) {
    match operation {
        Operation::AskToKeep => {
            backup::ask_to_keep().await;
        }
        Operation::DownloadAll => download_all(app).await,
        Operation::ChooseBackup => {
            let chosen = backup::choose_backup(&[strings().files.backup, ".json"].concat()).await;
            write_backup_if(app, chosen.is_ok()).await;
        }
        Operation::ResumeBackup => {
            let allowed = backup::resume_backup().await;
            write_backup_if(app, allowed).await;
        }
        Operation::StopBackup => {
            let _ = backup::stop_backup().await;
        }
        Operation::Restore(note) => restore(app, vec![(*note).clone()]),
        Operation::DownloadSnapshot(snapshot) => download_snapshot(app, &snapshot).await,
        Operation::RestoreSnapshot(day) => restore_snapshot(app, day).await,
        Operation::DownloadAside => download_aside(app).await,
        Operation::Delete => delete_everything().await,
    }
}

fn write_backup_if(app: &App, wanted: bool) -> BoxFuture<()> {
    let app = app.clone();
    Box::pin(async move {
        if wanted && write_backup(&app).await.is_err() {
            app.tell(Message::BackupFailed);
        }
    })
}

/// Hands every note to the reader as a file.
async fn download_all(app: &AppHandle) {
    app.tell(match all_notes(app).await {
        Ok((file, notes)) => {
            let name = file_name(&(strings().files.all_notes)(&system::today()), "", "json");
            match files::download(&name, "application/ld+json", &file) {
                Ok(()) => {
                    app.records().backed_up();
                    Message::Exported { notes }
                }
                Err(_) => Message::FileRefused,
            }
        }
        Err(error) => Message::ExportFailed { why: error.into() },
    });
}

/// The same, for a button.
pub fn begin_download(app: &AppHandle) {
    let app = app.clone();
    spawn_local(async move { perform(&app, Operation::DownloadAll).await });
}

/// Hands the notes of a snapshot to the reader as a file.
async fn download_snapshot(app: &AppHandle, snapshot: &Snapshot) {
    let records = notes_of_snapshot(snapshot.day).await;
    let file = worker::salvage(&records, &system::stamp()).await;
    let name = file_name(&(strings().files.notes_of_day)(&snapshot.date), "", "json");
    let done = file.map(|file| files::download(&name, "application/ld+json", &file));
    app.tell(match done {
        Ok(Ok(())) => Message::Exported {
            notes: snapshot.notes,
        },
        Ok(Err(_)) => Message::FileRefused,
        Err(error) => Message::ExportFailed { why: error.into() },
    });
}

/// What could not be read and was set aside in either store: keys and values, as the browser has
/// them.
async fn aside(app: &AppHandle) -> Array {
    let all = Array::new();
    for key in local::keys_below(local::SET_ASIDE) {
        let value = local::units(&key);
        all.push(&Array::of2(&key.into(), &value.into()));
    }
    for (key, value) in app.journal().aside().await {
        all.push(&Array::of2(&key.into(), &value));
    }
    all
}

/// Hands what was set aside to the reader as a file.
async fn download_aside(app: &AppHandle) {
    let records = js_sys::JSON::stringify(&aside(app).await.into()).map(String::from);
    let name = [strings().files.set_aside, ".json"].concat();
    let file = records.map(|json| ["{\"postil\":\"records\",\"records\":", &json, "}"].concat());
    let done = file.and_then(|file| files::download(&name, "application/json", &file));
    if done.is_err() {
        app.tell(Message::FileRefused);
    }
}

/// Deletes everything, and begins anew.
async fn delete_everything() {
    let mark = system::stamp().id;
    let _ = local::set_setting(maintenance::DELETED, mark.as_str());
    backup::delete_everything(&local::setting_key(maintenance::DELETED)).await;
    system::reload();
}
