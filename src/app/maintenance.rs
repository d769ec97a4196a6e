//! Maintenance after edits and once a day: backup, snapshot, trash; and detection of a deletion of
//! everything.

use super::App;
use super::ports::Work;
use super::records::Records;

/// Milliseconds after an edit until the backup file is written, so that typing counts as one edit.
const BACKUP_AFTER: u32 = 3_000;
/// Milliseconds after an article was opened until the day's snapshot is taken.
const SNAPSHOT_AFTER: u32 = 8_000;
/// The setting written before everything is deleted; every other tab then restarts.
pub const DELETED: &str = "deleted";

/// Number of edits without a backup after which the reader is reminded to make one.
const REMIND: u32 = 25;
/// Names of the settings that maintenance stores.
const EDITS: &str = "edits-since-backup";
const SNAPSHOT_OF: &str = "snapshot";
const ASKED: &str = "asked-to-keep";

/// What is due after edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// True if the browser was never asked to keep this site's data.
    pub ask_to_keep: bool,
    /// Number of edits since the last backup, if it is time for a reminder.
    pub reminder: Option<u32>,
}

/// Once on each day of use: takes a snapshot, and purges notes after 30 days in the trash.
pub(super) fn schedule_daily(app: &App) {
    if !app.records().is_maintenance_due() || app.session().read_only {
        return;
    }
    begin_after(app, SNAPSHOT_AFTER, || Work::Daily);
}

fn begin_after(app: &App, milliseconds: u32, work: impl FnOnce() -> Work + 'static) {
    let there = app.clone();
    let run = move || there.run(work());
    app.platform().surely_after(milliseconds, Box::new(run));
}

/// After edits: asks the browser, once, to keep the notes; writes the backup file or reminds the
/// reader of a backup.
pub(super) fn after_edit(app: &App, changes: usize) {
    let due = app.records().count_edits(changes);
    if due.ask_to_keep {
        let ask = app.platform().ask_to_keep();
        app.spawn(async move {
            ask.await;
        });
    }
    if app.0.backup_due.replace(true) {
        return;
    }
    let there = app.clone();
    begin_after(app, BACKUP_AFTER, move || {
        there.0.backup_due.set(false);
        Work::BackUp {
            edits: due.reminder,
        }
    });
}

/// True if another tab is deleting everything: this one then restarts instead of storing anything.
pub fn is_cleared_elsewhere(app: &App) -> bool {
    let is_deleted = app.platform().setting(DELETED).is_some();
    if is_deleted {
        app.platform().restart();
    }
    is_deleted
}

/// What was to be deleted is deleted.
pub(super) fn begin(app: &App) {
    app.platform().remove_setting(DELETED);
}

impl Records {
    /// Number of edits since the last backup.
    pub fn edits_since_backup(&self) -> u32 {
        let edits = self.ports().setting(EDITS);
        edits.and_then(|edits| edits.parse().ok()).unwrap_or(0)
    }

    /// Counts edits and returns what is due.
    pub fn count_edits(&self, edits: usize) -> Due {
        let never_asked = self.ports().setting(ASKED).is_none();
        let ask_to_keep = never_asked && self.ports().set_setting(ASKED, "yes").is_ok();
        let before = self.edits_since_backup();
        let after = before.saturating_add(u32::try_from(edits).unwrap_or(u32::MAX));
        let _ = self.ports().set_setting(EDITS, &after.to_string());
        Due {
            ask_to_keep,
            reminder: (before / REMIND != after / REMIND).then_some(after),
        }
    }

    /// Resets the count of edits after a backup of everything.
    pub fn backed_up(&self) {
        let _ = self.ports().set_setting(EDITS, "0");
    }

    /// True until today's maintenance, the snapshot and the purge of the trash, is done.
    pub fn is_maintenance_due(&self) -> bool {
        self.ports().setting(SNAPSHOT_OF) != Some(self.today().to_string())
    }

    /// Records that today's maintenance is done.
    pub fn maintenance_is_done(&self) {
        let _ = self
            .ports()
            .set_setting(SNAPSHOT_OF, &self.today().to_string());
    }
}
