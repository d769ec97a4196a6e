//! What "Your notes" shows and does: the trash, snapshots, the backup, and deleting everything.

use std::rc::Rc;

use super::App;
use super::maintenance::DELETED;
use super::ports::{BackupFile, Download, Failed, LazyPlatform, Snapshot, Usage};
use super::snapshots::{Counts, records_of_snapshot, snapshot_of};
use super::trash::Removed;
use crate::model::annotation::Annotation;
use crate::model::exchange::Format;
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::model::sync::record::Record;
use crate::model::sync::replica::Safety;

/// Everything that the page "Your notes" shows.
#[derive(Clone, PartialEq)]
pub struct Overview {
    /// Number of notes.
    pub notes: usize,
    /// Number of articles with notes.
    pub articles: usize,
    /// Whether everything is safely stored.
    pub safety: Safety,
    /// Storage in use and available.
    pub usage: Usage,
    /// Units (UTF-16) of localStorage in use.
    pub local_usage: usize,
    /// The removed notes.
    pub trash: Vec<Removed>,
    /// The snapshots, the latest first.
    pub snapshots: Vec<Snapshot>,
    /// Number of records that could not be read.
    pub set_aside: usize,
    /// The state of the backup file.
    pub backup_file: BackupFile,
    /// Number of edits since the last backup.
    pub edits: u32,
}

/// Collects everything that "Your notes" shows.
pub async fn survey(app: &App, platform: &Rc<dyn LazyPlatform>) -> Overview {
    if !app.session().read_only {
        app.read_everything().await;
        purge(app, platform);
    }
    let records = app.records();
    let Counts { notes, articles } = records.counts();
    Overview {
        notes,
        articles,
        safety: records.replica().safety(),
        usage: platform.usage().await,
        local_usage: platform.local_usage(),
        trash: records.trash(),
        snapshots: platform.snapshots().await,
        set_aside: platform.set_aside().await,
        backup_file: platform.backup_file().await,
        edits: records.edits_since_backup(),
    }
}

/// Purges what has been in the trash for long enough.
fn purge(app: &App, platform: &Rc<dyn LazyPlatform>) {
    let (texts, platform) = (app.records().purge_trash(), platform.clone());
    app.spawn(async move {
        for text in texts {
            platform.remove_text(&text).await;
        }
    });
}

/// Restores notes from the trash or a snapshot; this can be undone.
fn restore(app: &App, notes: Vec<Annotation>) {
    let known = app.records().present(&notes);
    app.send(Action::Restore { notes, known });
}

/// Restores the notes of a snapshot as they were on its day.
async fn restore_snapshot(app: &App, platform: &Rc<dyn LazyPlatform>, day: u32) {
    app.read_everything().await;
    let notes = notes_of_snapshot(platform, day).await;
    if day != app.records().today() {
        // So that the reader can come back to today as well.
        let _ = take_snapshot(app, platform).await;
    }
    restore(app, app.records().live_notes(&notes));
}

async fn notes_of_snapshot(platform: &Rc<dyn LazyPlatform>, day: u32) -> Vec<Rc<Record>> {
    records_of_snapshot(&platform.snapshot(day).await.unwrap_or_default())
}

async fn take_snapshot(app: &App, platform: &Rc<dyn LazyPlatform>) -> Result<(), Failed> {
    let (all, notes) = app.records().everything_live();
    if notes == 0 {
        return Ok(());
    }
    let snapshot = Snapshot {
        day: app.records().today(),
        date: app.platform().today(),
        notes,
    };
    let records = snapshot_of(&all);
    platform.keep_snapshot(&snapshot, &records).await
}

/// Takes the day's snapshot and purges the trash.
pub async fn run_daily(app: &App, platform: &Rc<dyn LazyPlatform>) {
    app.read_everything().await;
    purge(app, platform);
    if take_snapshot(app, platform).await.is_ok() {
        app.records().maintenance_is_done();
    }
}

/// After edits: writes the backup file if there is one; otherwise reminds the reader to back up if
/// a reminder is due, after `edits` edits.
pub async fn back_up(app: &App, platform: &Rc<dyn LazyPlatform>, edits: Option<u32>) {
    if let BackupFile::Kept(_) = platform.backup_file().await {
        write_backup_if(app, platform, true).await;
    } else if let Some(edits) = edits {
        app.tell(Message::BackupDue { edits });
    }
}

/// Returns a file with every note, and the number of notes.
pub async fn all_notes(app: &App, platform: &dyn LazyPlatform) -> Result<(String, usize), Failure> {
    app.read_everything().await;
    let (all, notes) = app.records().everything_live();
    let file = platform
        .engine()
        .salvage(&all, &platform.colour_names(), &app.platform().stamp())
        .await?;
    Ok((file, notes))
}

/// Writes every note to the backup file; false if that fails.
async fn write_backup(app: &App, platform: &Rc<dyn LazyPlatform>) -> bool {
    let is_written = match all_notes(app, &**platform).await {
        Ok((file, _)) => platform.write_backup(&file).await.is_ok(),
        Err(_) => false,
    };
    if is_written {
        app.records().backed_up();
    }
    is_written
}

/// An operation on the page "Your notes".
#[derive(Clone, PartialEq)]
pub enum Operation {
    /// Asks the browser to promise to keep the notes.
    AskToKeep,
    /// Downloads every note as a file.
    DownloadAll,
    /// Chooses a file on disk to be kept up to date.
    ChooseBackup,
    /// Asks for permission to write the backup file again.
    ResumeBackup,
    /// Stops updating the backup file.
    StopBackup,
    /// Restores a note from the trash.
    Restore(Rc<Annotation>),
    /// Downloads the notes of a day as a file.
    DownloadSnapshot(Snapshot),
    /// Restores the notes as they were on a day.
    RestoreSnapshot(u32),
    /// Downloads the unreadable records as a file.
    DownloadAside,
    /// Deletes everything.
    Delete,
}

/// Performs an operation of the page "Your notes".
pub async fn perform(app: &App, platform: &Rc<dyn LazyPlatform>, operation: Operation) {
    match operation {
        Operation::AskToKeep => {
            app.platform().ask_to_keep().await;
        }
        Operation::DownloadAll => download_all(app, platform).await,
        Operation::ChooseBackup => {
            let is_chosen = platform.choose_backup().await;
            write_backup_if(app, platform, is_chosen).await;
        }
        Operation::ResumeBackup => {
            let is_allowed = platform.resume_backup().await;
            write_backup_if(app, platform, is_allowed).await;
        }
        Operation::StopBackup => platform.stop_backup().await,
        Operation::Restore(note) => restore(app, vec![(*note).clone()]),
        Operation::DownloadSnapshot(snapshot) => download_snapshot(app, platform, &snapshot).await,
        Operation::RestoreSnapshot(day) => restore_snapshot(app, platform, day).await,
        Operation::DownloadAside => {
            if !platform.download_set_aside().await {
                app.tell(Message::FileRefused);
            }
        }
        Operation::Delete => delete_everything(app, platform).await,
    }
}

async fn write_backup_if(app: &App, platform: &Rc<dyn LazyPlatform>, is_wanted: bool) {
    if is_wanted && !write_backup(app, platform).await {
        app.tell(Message::BackupFailed);
    }
}

/// Downloads every note as a file.
pub async fn download_all(app: &App, platform: &Rc<dyn LazyPlatform>) {
    let file = all_notes(app, &**platform).await;
    let download = Download::AllNotes {
        date: app.platform().today(),
        format: Format::WebAnnotation,
    };
    app.tell(match file {
        Ok((file, notes)) if platform.download(&download, &file) => {
            app.records().backed_up();
            Message::Exported { notes }
        }
        Ok(_) => Message::FileRefused,
        Err(why) => Message::ExportFailed { why },
    });
}

/// Downloads the notes of a snapshot as a file.
async fn download_snapshot(app: &App, platform: &Rc<dyn LazyPlatform>, snapshot: &Snapshot) {
    let records = notes_of_snapshot(platform, snapshot.day).await;
    let file = platform
        .engine()
        .salvage(&records, &platform.colour_names(), &app.platform().stamp())
        .await;
    let download = Download::NotesOf {
        date: snapshot.date.clone(),
    };
    app.tell(match file {
        Ok(file) if platform.download(&download, &file) => Message::Exported {
            notes: snapshot.notes,
        },
        Ok(_) => Message::FileRefused,
        Err(why) => Message::ExportFailed { why },
    });
}

/// Deletes everything and restarts.
async fn delete_everything(app: &App, platform: &Rc<dyn LazyPlatform>) {
    let mark = app.platform().stamp().id;
    let _ = app.platform().set_setting(DELETED, mark.as_str());
    platform.delete_everything(DELETED).await;
    app.platform().restart();
}
