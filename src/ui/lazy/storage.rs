//! Storage as the reader sees it: what there is, the trash, snapshots, the backup, and an end to it.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen_futures::spawn_local;

use crate::browser::backup::{self, Backup, Snapshot, Usage};
use crate::browser::records;
use crate::browser::system::BoxFuture;
use crate::browser::{files, local, system, texts, worker};
use crate::model::annotation::Annotation;
use crate::model::file_name::file_name;
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::model::sync::record::{Kind, Path, Record, State};
use crate::model::sync::replica::Safety;
use crate::model::sync::usage_days::{TRASH, UsageDays};
use crate::model::sync::{Found, read};
use crate::ui::hooks::Desk;
use crate::ui::{maintenance, words};

/// A note in the trash.
#[derive(Clone, PartialEq)]
pub struct Removed {
    /// As it was.
    pub note: Annotation,
    /// Days of use that it stays yet.
    pub days: u32,
}

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

/// Reads every note of every article, from both stores.
pub fn read_everything() -> BoxFuture<()> {
    Box::pin(read_everything_now())
}

async fn read_everything_now() {
    let folder = Kind::Note.folder();
    let mut stored = records::begin_reading(folder);
    let mut start = system::milliseconds();
    while stored.take_one().is_some() {
        if system::milliseconds() - start > 12.0 {
            system::yield_now().await;
            start = system::milliseconds();
        }
    }
    let read = records::read_journal(folder).await;
    stored.set_aside();
    if read.is_ok() {
        records::finish_reading(folder);
    }
}

/// Looks at everything there is.
pub async fn survey(desk: &Desk) -> Overview {
    if !desk.session().read_only {
        read_everything().await;
        purge();
    }
    let replica = records::replica();
    let notes = replica.folder(Kind::Note.folder());
    let mut articles: Vec<_> = notes
        .iter()
        .filter(|record| record.is_live())
        .filter_map(|record| Some(record.path().note()?.0))
        .collect();
    articles = crate::model::order::sorted_once(&articles);
    Overview {
        notes: notes.iter().filter(|record| record.is_live()).count(),
        articles: articles.len(),
        safety: replica.safety(),
        usage: backup::usage().await,
        small: local::used(),
        trash: trash_of(&notes),
        snapshots: backup::snapshots().await,
        aside: aside().await.length() as usize,
        backup: backup::state().await,
        edits: maintenance::edits(),
    }
}

fn today() -> UsageDays {
    UsageDays {
        day: records::today(),
        date: String::new(),
    }
}

fn trash_of(notes: &[Rc<Record>]) -> Vec<Removed> {
    let (today, mut known) = (today(), records::Known::default());
    let removed = notes.iter().filter_map(|record| match record.state() {
        State::Removed { day } => Some(Removed {
            note: known.note_of(record)?,
            days: today.stays(day),
        }),
        State::Live => None,
    });
    let removed: Vec<Removed> = removed.collect();
    let order = crate::model::order::sorted(removed.len(), &|one, other| {
        removed[other].days.cmp(&removed[one].days)
    });
    order
        .into_iter()
        .map(|index| removed[index].clone())
        .collect()
}

/// Lets go what has been in the trash for long enough.
fn purge() {
    let (replica, today) = (records::replica(), today());
    for record in replica.folder(Kind::Note.folder()) {
        if let State::Removed { day } = record.state()
            && today.stays(day) == 0
            && today.day > day + TRASH
        {
            replica.forget(record.path());
        }
    }
    let texts = records::purge_articles(|day| today.stays(day));
    spawn_local(async move {
        for text in texts {
            texts::remove(&text).await;
        }
    });
}

/// Brings notes back from the trash or a snapshot; Undo takes that back.
fn restore(desk: &Desk, notes: Vec<Annotation>) {
    let replica = records::replica();
    let known = notes
        .iter()
        .filter_map(|note| replica.get(&Path::of_note(&note.article, &note.id)));
    let known = records::live_notes(&known.collect::<Vec<_>>());
    desk.send(Action::Restore { notes, known });
}

/// Brings back the notes of a snapshot as they were on its day.
async fn restore_snapshot(desk: &Desk, day: u32) {
    read_everything().await;
    let notes = notes_of_snapshot(day).await;
    if day != records::today() {
        // So that today is a day to come back to as well.
        let _ = take_snapshot().await;
    }
    restore(desk, records::live_notes(&notes));
}

async fn notes_of_snapshot(day: u32) -> Vec<Rc<Record>> {
    let json = backup::snapshot(day).await.unwrap_or_default();
    let pairs: Vec<(String, String)> = serde_json::from_str(&json).unwrap_or_default();
    let records = pairs
        .iter()
        .filter_map(|(path, text)| match read(path, text) {
            Found::Record(record) => Some(Rc::new(record)),
            _ => None,
        });
    records.filter(|record| record.is_live()).collect()
}

/// Every live note, with what is known of the articles; and how many notes that is.
fn everything_live() -> (Vec<Rc<Record>>, usize) {
    let replica = records::replica();
    let mut all = replica.folder(Kind::Note.folder());
    all.retain(|record| record.is_live());
    let notes = all.len();
    all.extend(replica.folder(Kind::Article.folder()));
    (all, notes)
}

async fn take_snapshot() -> Result<(), wasm_bindgen::JsValue> {
    let (all, notes) = everything_live();
    if notes == 0 {
        return Ok(());
    }
    let snapshot = Snapshot {
        day: records::today(),
        date: system::today(),
        notes,
    };
    let pairs: Vec<(&str, &str)> = all
        .iter()
        .map(|record| (record.path().as_str(), &**record.text()))
        .collect();
    let json = serde_json::to_string(&pairs).unwrap_or_default();
    backup::keep_snapshot(&snapshot, &json).await
}

/// The day's snapshot; what has been in the trash for long enough goes.
pub fn run_daily() {
    spawn_local(async move {
        read_everything().await;
        purge();
        if take_snapshot().await.is_ok() {
            maintenance::daily_is_done();
        }
    });
}

/// After edits: writes the backup file where there is one, or reminds of a backup where it is time
/// for that, after so many `edits`.
pub fn back_up(desk: &Desk, edits: Option<u32>) {
    let desk = desk.clone();
    spawn_local(async move {
        if let Backup::Kept(_) = backup::state().await {
            write_backup_if(&desk, true).await;
        } else if let Some(edits) = edits {
            desk.tell(Message::BackupDue { edits });
        }
    });
}

/// Something went wrong that has no message of its own.
fn failed(what: &str) -> Message {
    Message::Failed {
        what: what.to_owned(),
    }
}

async fn all_notes() -> Result<(String, usize), worker::ReadError> {
    read_everything().await;
    let (all, notes) = everything_live();
    let file = worker::salvage(&all, &system::stamp()).await?;
    Ok((file, notes))
}

/// Writes every note into the backup file.
async fn write_backup() -> Result<(), ()> {
    let (file, _) = all_notes().await.map_err(drop)?;
    backup::write_backup(&file).await.map_err(drop)?;
    maintenance::backed_up();
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
pub async fn perform(desk: &Desk, operation: Operation) {
    match operation {
        Operation::AskToKeep => {
            backup::ask_to_keep().await;
        }
        Operation::DownloadAll => download_all(desk).await,
        Operation::ChooseBackup => {
            let chosen = backup::choose_backup("postil-notes.json").await;
            write_backup_if(desk, chosen.is_ok()).await;
        }
        Operation::ResumeBackup => {
            let allowed = backup::resume_backup().await;
            write_backup_if(desk, allowed).await;
        }
        Operation::StopBackup => {
            let _ = backup::stop_backup().await;
        }
        Operation::Restore(note) => restore(desk, vec![(*note).clone()]),
        Operation::DownloadSnapshot(snapshot) => download_snapshot(desk, &snapshot).await,
        Operation::RestoreSnapshot(day) => restore_snapshot(desk, day).await,
        Operation::DownloadAside => download_aside(desk).await,
        Operation::Delete => delete_everything().await,
    }
}

fn write_backup_if(desk: &Desk, wanted: bool) -> BoxFuture<()> {
    let desk = desk.clone();
    Box::pin(async move {
        if wanted && write_backup().await.is_err() {
            desk.tell(failed(words::BACKUP_FAILED));
        }
    })
}

/// Hands every note to the reader as a file.
async fn download_all(desk: &Desk) {
    desk.tell(match all_notes().await {
        Ok((file, notes)) => {
            let name = file_name(&format!("all notes {}", system::today()), "", "json");
            match files::download(&name, "application/ld+json", &file) {
                Ok(()) => {
                    maintenance::backed_up();
                    Message::Exported { notes }
                }
                Err(_) => failed(words::NOT_TAKEN),
            }
        }
        Err(error) => failed(&error.to_string()),
    });
}

/// The same, for a button.
pub fn begin_download(desk: &Desk) {
    let desk = desk.clone();
    spawn_local(async move { perform(&desk, Operation::DownloadAll).await });
}

/// Hands the notes of a snapshot to the reader as a file.
async fn download_snapshot(desk: &Desk, snapshot: &Snapshot) {
    let records = notes_of_snapshot(snapshot.day).await;
    let file = worker::salvage(&records, &system::stamp()).await;
    let name = file_name(&format!("notes of {}", snapshot.date), "", "json");
    let done = file.map(|file| files::download(&name, "application/ld+json", &file));
    desk.tell(match done {
        Ok(Ok(())) => Message::Exported {
            notes: snapshot.notes,
        },
        Ok(Err(_)) => failed(words::NOT_TAKEN),
        Err(error) => failed(&error.to_string()),
    });
}

/// What could not be read and was set aside in either store: keys and values, as the browser has
/// them.
async fn aside() -> Array {
    let all = Array::new();
    for key in local::keys_below(local::SET_ASIDE) {
        let value = local::units(&key);
        all.push(&Array::of2(&key.into(), &value.into()));
    }
    for (key, value) in records::journal().aside().await {
        all.push(&Array::of2(&key.into(), &value));
    }
    all
}

/// Hands what was set aside to the reader as a file.
async fn download_aside(desk: &Desk) {
    let records = js_sys::JSON::stringify(&aside().await.into()).map(String::from);
    let file = records.map(|json| ["{\"postil\":\"records\",\"records\":", &json, "}"].concat());
    let done =
        file.and_then(|file| files::download("postil-set-aside.json", "application/json", &file));
    if done.is_err() {
        desk.tell(failed(words::NOT_TAKEN));
    }
}

/// Deletes everything, and begins anew.
async fn delete_everything() {
    let mark = system::stamp().id;
    let _ = local::set_setting(maintenance::DELETED, mark.as_str());
    backup::delete_everything(&local::setting_key(maintenance::DELETED)).await;
    system::reload();
}
