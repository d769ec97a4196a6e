//! What a reader is told: what went well passes, what did not stays until it is dismissed.

use std::rc::Rc;

use super::annotation::{Annotation, Colour};
use super::article::ArticleId;
use super::exchange::Report;
use super::failure::Failure;
use super::notebook::Intent;
use super::placements::PlacementCounts;
use super::sync::store::Refusal;

/// What a reader is to know of words that are on a page and not in what was read of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fewer {
    /// The article holds so many percent of the page's words; the whole page holds more.
    InArticle(u8),
    /// Even all that is shown holds only so many percent of the words in the page.
    InAll(u8),
}

/// Something to tell; its words are the interface's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A passage was highlighted.
    Highlighted {
        /// In this colour.
        colour: Colour,
    },
    /// A note got another colour.
    Recoloured {
        /// This one.
        colour: Colour,
    },
    /// What was written is kept.
    NoteSaved,
    /// What was written is kept as a draft.
    DraftKept,
    /// What was written is on this screen, and no store has taken it.
    OnScreenOnly,
    /// A note is gone.
    Removed,
    /// A passage whose words have changed is still the note's.
    Kept,
    /// A note's passage is not in this text.
    Detached,
    /// A note has the passage that the reader has given it.
    Attached,
    /// A note cannot be put where nothing is selected.
    NothingSelected,
    /// Another place where a note may be is looked at.
    Looking {
        /// Its number, from 1.
        place: usize,
        /// Of so many.
        of: usize,
    },
    /// The notes are placed in a text they were not made on.
    Placed(PlacementCounts),
    /// An edit was taken back.
    Undone {
        /// What the edit was for.
        intent: Intent,
        /// In another article than the open one.
        elsewhere: bool,
    },
    /// An edit was done again.
    Redone {
        /// What the edit was for.
        intent: Intent,
        /// In another article than the open one.
        elsewhere: bool,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// There is nothing to do again.
    NothingToRedo,
    /// The note was changed in another tab since.
    UndoConflict,
    /// The note was changed in another tab since.
    RedoConflict,
    /// Another tab changed the note while it was written: both are kept.
    KeptBoth,
    /// Notes were read from a file.
    Imported(Report),
    /// Notes were written to a file.
    Exported {
        /// So many.
        notes: usize,
    },
    /// Notes came back from the trash or a snapshot.
    Restored {
        /// So many.
        notes: usize,
    },
    /// It is time for a backup.
    BackupDue {
        /// So many edits since the last one.
        edits: u32,
    },
    /// There are no notes to export.
    NothingToExport,
    /// An article was opened.
    Opened {
        /// Its title.
        title: String,
    },
    /// An article was opened, and its end was cut off.
    OpenedCut {
        /// Its title.
        title: String,
    },
    /// Words of the page are missing in the open article.
    Fewer(Fewer),
    /// A file of notes is being read.
    ReadingNotes,
    /// Notes are being looked for in the text.
    Finding {
        /// So many.
        notes: usize,
    },
    /// An article is being read, and that can be stopped.
    Reading {
        /// It is fetched first.
        fetched: bool,
        /// How far it has come, in percent, where that is known.
        percent: Option<u8>,
    },
    /// A part of the app is being loaded.
    Loading,
    /// The reader has stopped it.
    Stopped,
    /// An article was taken out of the library, and its notes are in the trash.
    ArticleRemoved {
        /// Which.
        id: ArticleId,
        /// Its title.
        title: String,
        /// The notes on it.
        notes: Vec<Rc<Annotation>>,
    },
    /// There is a new version of the app.
    UpdateReady,
    /// A store refuses, or both do.
    Storage {
        /// Why the small one does.
        local: Option<Refusal>,
        /// Why the journal does.
        journal: Option<Refusal>,
    },
    /// A newer version has written here: this one only reads.
    ReadOnly,
    /// Another tab changed a note that was changed here at the same time: both texts are kept.
    KeptBothHeard,
    /// Records could not be read; they are set aside.
    SetAside {
        /// So many.
        records: usize,
    },
    /// Notes could not be looked for in the text.
    NotPlaced {
        /// So many.
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
    /// No store took the text of the open article.
    TextNotKept,
    /// A part of the interface did not load.
    PartMissing,
}

impl Message {
    /// Whether something did not go well.
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
                | Self::BackupFailed
                | Self::TextNotKept
                | Self::PartMissing
        )
    }

    /// Whether it offers something, and stands until it is taken or dismissed.
    fn is_offer(&self) -> bool {
        matches!(self, Self::UpdateReady | Self::BackupDue { .. })
    }

    /// Whether it is about storage, and over when storage works again.
    fn is_storage(&self) -> bool {
        matches!(self, Self::Storage { .. })
    }

    /// Whether it says that neither store takes anything.
    fn says_nothing_is_kept(&self) -> bool {
        matches!(
            self,
            Self::Storage {
                local: Some(_),
                journal: Some(_),
            }
        )
    }

    /// Whether it says that something is kept.
    fn says_kept(&self) -> bool {
        matches!(self, Self::NoteSaved | Self::DraftKept)
    }
}

/// A message with a number, so that it can be dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Another one for each notice.
    pub number: u32,
    /// What it says.
    pub message: Message,
}

/// The notices that stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    told: u32,
    status: Option<Rc<Notice>>,
    offer: Option<Rc<Notice>>,
    /// Of the open article's words: it stands beside an offer and gives way to no other message.
    fewer: Option<Rc<Notice>>,
    alerts: Vec<Rc<Notice>>,
    /// Both stores refuse, whether or not what was told of it was dismissed.
    nothing_is_kept: bool,
}

impl Notices {
    /// What went well last.
    pub fn status(&self) -> Option<&Rc<Notice>> {
        self.status.as_ref()
    }

    /// What is offered.
    pub fn offer(&self) -> Option<&Rc<Notice>> {
        self.offer.as_ref()
    }

    /// What is said of words that the open article lacks.
    pub fn fewer(&self) -> Option<&Rc<Notice>> {
        self.fewer.as_ref()
    }

    /// What did not go well, the oldest first; the same is not said twice.
    pub fn alerts(&self) -> &[Rc<Notice>] {
        &self.alerts
    }

    /// Tells something.
    pub fn tell(&mut self, message: Message) {
        self.told += 1;
        let message = match message {
            // Nobody is told in one breath that nothing can be kept and that something is.
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

    /// Tells how far the reading has come that was told of last, if it is still going on.
    pub fn progress(&mut self, percent: u8) {
        if let Some(status) = &mut self.status
            && let Message::Reading {
                percent: so_far, ..
            } = &mut Rc::make_mut(status).message
        {
            *so_far = Some(percent);
        }
    }

    /// Takes away that something is read or loaded: it has come to its end.
    pub fn withdraw_reading(&mut self) {
        let is_reading =
            |message: &Message| matches!(message, Message::Reading { .. } | Message::Loading);
        self.status.take_if(|status| is_reading(&status.message));
    }

    /// Takes a notice away.
    pub fn dismiss(&mut self, number: u32) {
        self.status.take_if(|status| status.number == number);
        self.offer.take_if(|offer| offer.number == number);
        self.fewer.take_if(|fewer| fewer.number == number);
        self.alerts.retain(|alert| alert.number != number);
    }

    /// Takes away what was said of the open article's words: it is not open any more.
    pub fn withdraw_fewer(&mut self) {
        self.fewer = None;
    }

    /// Takes away that notes could not be looked for.
    pub fn withdraw_placing(&mut self) {
        let is_of_placing = |message: &Message| matches!(message, Message::NotPlaced { .. });
        self.alerts.retain(|alert| !is_of_placing(&alert.message));
    }

    /// Takes away what was said of storage.
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
        // The refusal comes after what was said too early, or before it.
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
