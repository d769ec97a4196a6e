//! Maintenance: counts the edits since the last backup, and knows whether today's snapshot is made.

use super::records::Records;

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
