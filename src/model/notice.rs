//! Notices: messages of success pass, messages of failure stay until they are dismissed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::annotation::{Annotation, Colour};
use super::article::ArticleId;
use super::exchange::Report;
use super::failure::Failure;
use super::notebook::Intent;
use super::placements::PlacementCounts;
use super::sync::store::Refusal;
use super::sync::trouble::Trouble;

/// How few of a page's words the open text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fewer {
    /// The article holds this percentage of the page's words; the whole page holds more.
    InArticle(u8),
    /// Even the whole page as shown holds only this percentage of the page's words.
    InAll(u8),
}

/// A message to the reader; the interface has its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A passage was highlighted.
    Highlighted {
        /// Its colour.
        colour: Colour,
    },
    /// A note got another colour.
    Recoloured {
        /// The new colour.
        colour: Colour,
    },
    /// Written words were saved.
    NoteSaved,
    /// Written words were kept as a draft.
    DraftKept,
    /// Written words are only on this screen, because no store has taken them.
    OnScreenOnly,
    /// A note was removed.
    Removed,
    /// Many notes were changed by one edit.
    Changed {
        /// What the edit was for.
        intent: Intent,
        /// Number of notes.
        notes: usize,
    },
    /// The words of notes were put on the clipboard.
    Copied {
        /// Number of notes.
        notes: usize,
    },
    /// The browser did not take them.
    NotCopied,
    /// A link was copied.
    LinkCopied,
    /// The open article has no web address to which a link could lead.
    NoAddress,
    /// The reader kept a note on its changed passage.
    Kept,
    /// The reader detached a note: its passage is not in this text.
    Detached,
    /// The reader attached a note to a passage.
    Attached,
    /// Passages were added to a note.
    PassageAdded,
    /// A passage was taken off a note.
    PassageRemoved,
    /// A note cannot be attached because nothing is selected.
    NothingSelected,
    /// Another place where a note may be is shown.
    Looking {
        /// Its number, from 1.
        place: usize,
        /// Number of places.
        of: usize,
    },
    /// The notes were placed in a text other than the one they were made on.
    Placed(PlacementCounts),
    /// An edit was undone.
    Undone {
        /// What the edit was for.
        intent: Intent,
        /// True if it was in an article other than the open one.
        elsewhere: bool,
    },
    /// An edit was redone.
    Redone {
        /// What the edit was for.
        intent: Intent,
        /// True if it was in an article other than the open one.
        elsewhere: bool,
    },
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
    /// The edit cannot be undone because another tab changed the note.
    UndoConflict,
    /// The edit cannot be redone because another tab changed the note.
    RedoConflict,
    /// Another tab changed the note while it was being written; both were kept.
    KeptBoth,
    /// Notes were read from a file.
    Imported(Report),
    /// Notes were written to a file.
    Exported {
        /// Number of notes.
        notes: usize,
    },
    /// Notes were restored from the trash or a snapshot.
    Restored {
        /// Number of notes.
        notes: usize,
    },
    /// It is time for a backup.
    BackupDue {
        /// Number of edits since the last one.
        edits: u32,
    },
    /// There are no notes to export.
    NothingToExport,
    /// An article was opened.
    Opened {
        /// Its title.
        title: String,
    },
    /// An article was opened with its end cut off.
    OpenedCut {
        /// Its title.
        title: String,
    },
    /// Words of the page are missing from the open article.
    Fewer(Fewer),
    /// A file of notes is being read.
    ReadingNotes {
        /// The share of its notes that have arrived, in percent; the reader can stop it from then on.
        percent: Option<u8>,
    },
    /// Many notes are being changed.
    Changing {
        /// The share of them that are, in percent.
        percent: u8,
    },
    /// Notes are being looked for in the text.
    Finding {
        /// So many.
        notes: usize,
    },
    /// An article is being read; the reader can stop it.
    Reading {
        /// True if it is fetched first.
        fetched: bool,
        /// The progress in percent, if it is known.
        percent: Option<u8>,
    },
    /// A part of the app is being loaded.
    Loading,
    /// The reader stopped the reading.
    Stopped,
    /// An article was taken out of the library; its notes are in the trash.
    ArticleRemoved {
        /// Its id.
        id: ArticleId,
        /// Its title.
        title: String,
        /// The notes on it.
        notes: Vec<Rc<Annotation>>,
    },
    /// There is a new version of the app.
    UpdateReady,
    /// One store refuses, or both do.
    Storage {
        /// Why localStorage refuses.
        local: Option<Refusal>,
        /// Why the journal refuses.
        journal: Option<Refusal>,
    },
    /// A newer version of the app has written here, so this one only reads.
    ReadOnly,
    /// Another tab changed a note at the same time as this one; both texts were kept.
    KeptBothHeard,
    /// Records could not be read and were set aside.
    SetAside {
        /// Number of records.
        records: usize,
    },
    /// Notes could not be looked for in the text.
    NotPlaced {
        /// Number of notes.
        notes: usize,
        /// Why.
        why: Failure,
    },
    /// A file could not be read as notes.
    ImportFailed {
        /// Why.
        why: Failure,
    },
    /// An article could not be opened.
    OpenFailed {
        /// Why.
        why: Failure,
    },
    /// The text of a listed article is not in this browser.
    TextMissing {
        /// The article's title or address.
        title: String,
    },
    /// Notes could not be written to a file.
    ExportFailed {
        /// Why.
        why: Failure,
    },
    /// The browser did not take a file.
    FileRefused,
    /// The backup file could not be written.
    BackupFailed,
    /// Notes could not be written to the reader's folder.
    FolderFailed,
    /// This device and the reader's server do not come into step.
    OutOfStep {
        /// Why.
        why: Trouble,
    },
    /// What another reader has written cannot be changed.
    NotYours,
    /// No store took the text of the open article.
    TextNotKept,
    /// A part of the interface did not load.
    PartMissing,
    /// The article cannot be read aloud.
    NotSpoken {
        /// True if the browser has nothing for that.
        absent: bool,
    },
}

impl Message {
    /// True if something went wrong.
    pub fn is_alert(&self) -> bool {
        matches!(
            self,
            Self::UndoConflict
                | Self::RedoConflict
                | Self::KeptBoth
                | Self::KeptBothHeard
                | Self::ReadOnly
                | Self::Storage { .. }
                | Self::SetAside { .. }
                | Self::NotPlaced { .. }
                | Self::ImportFailed { .. }
                | Self::OpenFailed { .. }
                | Self::OpenedCut { .. }
                | Self::TextMissing { .. }
                | Self::ExportFailed { .. }
                | Self::FileRefused
                | Self::NotCopied
                | Self::NoAddress
                | Self::BackupFailed
                | Self::FolderFailed
                | Self::OutOfStep { .. }
                | Self::TextNotKept
                | Self::PartMissing
                | Self::NotSpoken { .. }
        )
    }

    /// True if it is an offer, which stays until it is accepted or dismissed.
    fn is_offer(&self) -> bool {
        matches!(self, Self::UpdateReady | Self::BackupDue { .. })
    }

    /// True if it is about storage, and so obsolete once storage works again.
    fn is_storage(&self) -> bool {
        matches!(self, Self::Storage { .. })
    }

    /// True if it says that neither store takes anything.
    fn says_nothing_is_kept(&self) -> bool {
        matches!(
            self,
            Self::Storage {
                local: Some(_),
                journal: Some(_),
            }
        )
    }

    /// True if it says that something was saved or kept.
    fn says_kept(&self) -> bool {
        matches!(self, Self::NoteSaved | Self::DraftKept)
    }
}

/// A message with a number, so that it can be dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Unique number of the notice.
    pub number: u32,
    /// Its message.
    pub message: Message,
}

/// The notices on display.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    told: u32,
    status: Option<Rc<Notice>>,
    offer: Option<Rc<Notice>>,
    /// About missing words of the open article; stays beside an offer and all other messages.
    fewer: Option<Rc<Notice>>,
    alerts: Vec<Rc<Notice>>,
    /// True while both stores refuse, even if the notice about it was dismissed.
    nothing_is_kept: bool,
}

impl Notices {
    /// The last message of success.
    pub fn status(&self) -> Option<&Rc<Notice>> {
        self.status.as_ref()
    }

    /// The current offer.
    pub fn offer(&self) -> Option<&Rc<Notice>> {
        self.offer.as_ref()
    }

    /// The notice about words that the open article lacks.
    pub fn fewer(&self) -> Option<&Rc<Notice>> {
        self.fewer.as_ref()
    }

    /// The messages of failure, oldest first, none of them twice.
    pub fn alerts(&self) -> &[Rc<Notice>] {
        &self.alerts
    }

    /// Adds a notice.
    pub fn tell(&mut self, message: Message) {
        self.told += 1;
        let message = match message {
            // The reader must not read at once that nothing can be kept and that something was.
            message if message.says_kept() && self.nothing_is_kept => Message::OnScreenOnly,
            message => message,
        };
        if message.says_nothing_is_kept() {
            self.nothing_is_kept = true;
            if let Some(status) = &mut self.status
                && status.message.says_kept()
            {
                Rc::make_mut(status).message = Message::OnScreenOnly;
            }
        }
        let (alert, offer) = (message.is_alert(), message.is_offer());
        let notice = Rc::new(Notice {
            number: self.told,
            message,
        });
        if alert {
            if !self
                .alerts
                .iter()
                .any(|other| other.message == notice.message)
            {
                self.alerts.push(notice);
            }
        } else if matches!(notice.message, Message::Fewer(_)) {
            self.fewer = Some(notice);
        } else if offer {
            self.offer = Some(notice);
        } else {
            self.status = Some(notice);
        }
    }

    /// Updates the progress of the reading in the status, if it is still going on.
    pub fn progress(&mut self, percent: u8) {
        if let Some(status) = &mut self.status
            && let Message::Reading {
                percent: so_far, ..
            }
            | Message::ReadingNotes { percent: so_far } = &mut Rc::make_mut(status).message
        {
            *so_far = Some(percent);
        }
    }

    /// Removes the notice that something is being read or loaded.
    pub fn withdraw_reading(&mut self) {
        let is_reading =
            |message: &Message| matches!(message, Message::Reading { .. } | Message::Loading);
        self.status.take_if(|status| is_reading(&status.message));
    }

    /// Removes a notice.
    pub fn dismiss(&mut self, number: u32) {
        self.status.take_if(|status| status.number == number);
        self.offer.take_if(|offer| offer.number == number);
        self.fewer.take_if(|fewer| fewer.number == number);
        self.alerts.retain(|alert| alert.number != number);
    }

    /// Removes the notice about missing words, since the article is no longer open.
    pub fn withdraw_fewer(&mut self) {
        self.fewer = None;
    }

    /// Removes the notices that notes could not be looked for.
    pub fn withdraw_placing(&mut self) {
        let is_of_placing = |message: &Message| matches!(message, Message::NotPlaced { .. });
        self.alerts.retain(|alert| !is_of_placing(&alert.message));
    }

    /// Removes the notices about storage.
    pub fn withdraw_storage(&mut self) {
        self.nothing_is_kept = false;
        self.status
            .take_if(|status| status.message == Message::OnScreenOnly);
        self.alerts.retain(|alert| !alert.message.is_storage());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_stands_beside_what_is_told_until_it_is_dismissed() {
        let mut notices = Notices::default();
        notices.tell(Message::UpdateReady);
        notices.tell(Message::NoteSaved);
        notices.tell(Message::UndoConflict);
        let offer = notices.offer().expect("it stands").number;
        assert_eq!(notices.alerts().len(), 1);
        assert!(notices.status().is_some_and(|told| told.number != offer));
        notices.dismiss(offer);
        assert_eq!(notices.offer(), None);
        assert!(notices.status().is_some());
    }

    #[test]
    fn what_is_said_of_missing_words_stands_until_another_text_is_open() {
        let mut notices = Notices::default();
        notices.tell(Message::Fewer(Fewer::InArticle(38)));
        notices.tell(Message::UpdateReady);
        notices.tell(Message::NoteSaved);
        assert!(notices.fewer().is_some() && notices.alerts().is_empty());
        notices.withdraw_fewer();
        assert_eq!(notices.fewer(), None);
        assert!(notices.offer().is_some() && notices.status().is_some());
    }

    #[test]
    fn nobody_is_told_that_something_is_kept_where_nothing_is() {
        let storage = |local, journal| Message::Storage { local, journal };
        let nothing = || storage(Some(Refusal::Full), Some(Refusal::Failed));
        let told = |notices: &Notices| notices.status().map(|status| status.message.clone());
        let mut notices = Notices::default();
        // The refusal comes after the message that it contradicts, or before it.
        notices.tell(Message::NoteSaved);
        notices.tell(nothing());
        assert_eq!(told(&notices), Some(Message::OnScreenOnly));
        notices.dismiss(2);
        notices.tell(Message::DraftKept);
        assert_eq!(told(&notices), Some(Message::OnScreenOnly));
        notices.withdraw_storage();
        assert_eq!(told(&notices), None);
        // One store is enough.
        notices.tell(storage(Some(Refusal::Full), None));
        notices.tell(Message::NoteSaved);
        assert_eq!(told(&notices), Some(Message::NoteSaved));
    }

    #[test]
    fn progress_is_told_in_place_and_ends_with_the_reading() {
        let mut notices = Notices::default();
        notices.tell(Message::Reading {
            fetched: false,
            percent: None,
        });
        let number = notices.status().expect("it stands").number;
        notices.progress(40);
        let status = notices.status().expect("it stands");
        assert_eq!(status.number, number);
        assert!(matches!(
            status.message,
            Message::Reading {
                percent: Some(40),
                ..
            }
        ));
        notices.withdraw_reading();
        assert_eq!(notices.status(), None);
        notices.tell(Message::NoteSaved);
        notices.progress(50);
        notices.withdraw_reading();
        assert!(notices.status().is_some());
        notices.tell(Message::Loading);
        notices.withdraw_reading();
        assert_eq!(notices.status(), None);
    }
}
