//! Maintenance after edits and once a day: backup, snapshot, trash; and whether everything was deleted.

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::hooks::AppHandle;
use super::lazy::{self, Command};
use crate::browser::{backup, local, records, system};

/// Milliseconds after an edit until the backup file is written: typing is one edit.
const BACKUP_AFTER: u32 = 3_000;
/// Milliseconds after an article was opened until the day's snapshot is made.
const SNAPSHOT_AFTER: u32 = 8_000;
/// Written before everything is deleted: every other tab then begins anew.
pub const DELETED: &str = "deleted";

/// Once on each day of use: a snapshot, and what has been in the trash for 30 days goes.
pub fn schedule_daily(app: &AppHandle) {
    if !records::records().is_maintenance_due() || app.session().read_only {
        return;
    }
    let app = app.clone();
    Timeout::new(SNAPSHOT_AFTER, move || lazy::send(&app, Command::Daily)).forget();
}

thread_local! {
    /// A backup is to be written.
    static DUE: Cell<bool> = const { Cell::new(false) };
}

/// After an edit: asks the browser, once, to keep the notes; writes the backup file, or reminds of
/// a backup.
pub fn after_edit(app: &AppHandle, changes: usize) {
    let due = records::records().count_edits(changes);
    if due.ask_to_keep {
        spawn_local(async {
            backup::ask_to_keep().await;
        });
    }
    if DUE.replace(true) {
        return;
    }
    let app = app.clone();
    Timeout::new(BACKUP_AFTER, move || {
        DUE.set(false);
        lazy::send(
            &app,
            Command::BackUp {
                edits: due.reminder,
            },
        );
    })
    .forget();
}

/// Whether another tab is deleting everything, as what stands in localStorage or an event from
/// there (its key and value) says: then this one begins anew instead of keeping anything.
pub fn is_cleared_elsewhere(key: Option<&str>, value: Option<&str>) -> bool {
    let told = key == Some(&local::setting_key(DELETED)) && value.is_some();
    let deleted = told || local::setting(DELETED).is_some();
    if deleted {
        crate::browser::poison::poison();
        system::reload();
    }
    deleted
}

/// Begins: what was deleted is deleted.
pub fn begin() {
    local::remove(&local::setting_key(DELETED));
}
