//! The reader's session, every action on it, and the function from one session to the next.

mod annotating;
mod arrivals;
mod history;
mod locating;
mod writing;

use std::rc::Rc;

use super::anchoring::Anchor;
use super::annotation::{Annotation, AnnotationId, Colour, Stamp, Timestamp};
use super::article::{Article, ArticleId};
use super::digest::Digest;
use super::exchange::Report;
use super::failure::Failure;
use super::findings::Findings;
use super::history::History;
use super::notebook::{Change, Notebook, Transaction};
use super::notice::{Message, Notices};
use super::passages::Passages;
use super::placements::Placements;
use crate::model::text::TextRange;

pub use arrivals::Importing;
pub use writing::{Draft, Writing};

/// Everything the page shows. Only [`Session::after`] makes another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// The open article.
    pub article: Option<Rc<Article>>,
    /// The loaded notes: the article's, and others that an import touched.
    pub notebook: Rc<Notebook>,
    /// The findings about notes that were made on another text.
    pub findings: Rc<Findings>,
    /// Where the article's notes are.
    pub placements: Rc<Placements>,
    /// Undo and redo.
    pub history: History,
    /// The passages that are selected in the page.
    pub selection: Option<Passages>,
    /// The note that keys act on.
    pub chosen: Option<AnnotationId>,
    /// Index of the place being shown, among the places where the chosen note may be.
    pub place: usize,
    /// The writing in progress on a note.
    pub writing: Option<Rc<Writing>>,
    /// Writing that was left without saving.
    pub drafts: Rc<Vec<(AnnotationId, Draft)>>,
    /// The colour that a new highlight gets.
    pub colour: Colour,
    /// The search in the notes.
    pub query: Rc<str>,
    /// The import that is under way.
    pub importing: Option<Importing>,
    /// Hosts whose pictures the reader has asked to see.
    pub shown_hosts: Rc<Vec<String>>,
    /// The notices to the reader.
    pub notices: Notices,
    /// True if a newer version of the app keeps the notes, so that this one must not change them.
    pub read_only: bool,
    /// The changes that the last action made to the notebook, for storage to write.
    pub outbox: Rc<[Change]>,
}

/// Everything that can happen.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // The comment of each variant covers its fields.
pub enum Action {
    /// An article is opened, with its stored notes.
    Open {
        article: Rc<Article>,
        notes: Vec<Annotation>,
        message: Option<Message>,
    },
    /// More stored notes of the open article were read.
    Loaded { notes: Vec<Annotation> },
    /// Passages were looked for in the text with a digest.
    Found {
        digest: Digest,
        found: Vec<(AnnotationId, Anchor)>,
    },
    /// The findings in a text were read from storage.
    Recalled { findings: Findings },
    /// The pending notes of the text with a digest cannot be looked for.
    GiveUp { digest: Digest, why: Failure },
    /// The notes that were given up are to be looked for again.
    LookAgain,
    /// The notes of another article move to the open one, whose text is another version.
    MoveNotes { from: ArticleId },
    /// The tab's undo history and unsaved writing from before it was reloaded.
    Remembered {
        history: History,
        drafts: Vec<(AnnotationId, Draft)>,
    },
    /// Another passage, or none, was selected in the page.
    Select { range: Option<TextRange> },
    /// Several passages were selected in the page at once.
    SelectSeveral { ranges: Vec<TextRange> },
    /// The selected passages are highlighted, in a colour or in the last one used.
    Highlight {
        colour: Option<Colour>,
        stamp: Stamp,
    },
    /// A note on the selected passage is begun. Of several, each is highlighted; the first gets it.
    AddNote { stamp: Stamp },
    /// A note is chosen, or none.
    Choose { id: Option<AnnotationId> },
    /// The next or previous note is chosen: from the chosen note, else from a byte of the text.
    Step { forward: bool, from: u32 },
    /// The next or previous place where the chosen note may be is shown.
    Look { forward: bool },
    /// Writing on a note begins.
    Write { id: AnnotationId },
    /// Something was typed.
    Typed { note: String, tags: String },
    /// Writing ends and is saved.
    Save { stamp: Stamp },
    /// Writing ends; what was written is kept as a draft.
    Leave,
    /// The draft of a note is discarded.
    Discard { id: AnnotationId },
    /// A note gets another colour.
    Recolour {
        id: AnnotationId,
        colour: Colour,
        at: Timestamp,
    },
    /// A note is removed.
    Remove { id: AnnotationId },
    /// An edit by a function of [`commands`](super::commands) or [`tagging`](super::tagging): where
    /// a note's passages are, or the same for many notes. Who sends it has made it, since a first
    /// visit needs none of them; `known` are the stored notes on other articles that it changes. A
    /// further part of an edit of many notes says which edit it is a part of.
    Edit {
        edit: Transaction,
        known: Vec<Annotation>,
        part_of: Option<Rc<Transaction>>,
    },
    /// An article was taken out of the library and its notes are removed; `notes` are those stored.
    RemoveArticle {
        id: ArticleId,
        title: String,
        notes: Vec<Annotation>,
    },
    /// The last edit is undone.
    Undo,
    /// Parts or joins edits of the history, which stays the same as a whole.
    Arrange { history: History },
    /// The last undone edit is redone.
    Redo,
    /// Notes were read from a file; see [`Action::import`]. `more`: others of the same file follow,
    /// which one Undo takes back together.
    Import {
        part: Transaction,
        report: Report,
        more: bool,
    },
    /// The import under way ends with what has arrived.
    StopImport,
    /// Notes are restored; `known` are the present versions of those that exist.
    Restore {
        notes: Vec<Annotation>,
        known: Vec<Annotation>,
    },
    /// Another tab has changed notes.
    Received {
        news: Vec<(AnnotationId, Option<Annotation>)>,
    },
    /// The notes are searched.
    Search { query: String },
    /// The pictures of a host may be fetched.
    ShowPictures { host: String },
    /// A message is shown to the reader.
    Tell { message: Message },
    /// The progress of the reading that was announced, in percent; `None` once it has ended.
    Progress { percent: Option<u8> },
    /// A notice is dismissed.
    Dismiss { notice: u32 },
    /// Storage works again, so notices about it are obsolete.
    StorageRecovered,
    /// A newer version of the app keeps the notes here.
    OnlyRead,
}

impl Session {
    /// The range being shown among the places where the chosen note may be.
    pub fn looked_at(&self) -> Option<TextRange> {
        let unanchored = self.placements.unanchored_of(self.chosen.as_ref()?)?;
        Some(unanchored.places().get(self.place)?.range)
    }

    /// The same if there are several places to choose from. A single suggestion is shown only when
    /// the reader asks for it.
    pub fn offered(&self) -> Option<TextRange> {
        let unanchored = self.placements.unanchored_of(self.chosen.as_ref()?)?;
        self.looked_at().filter(|_| unanchored.places().len() > 1)
    }

    /// Returns the session after an action. Has no side effects; the session loop does.
    pub fn after(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.outbox = Rc::new([]);
        next.step(action);
        if next.chosen != self.chosen {
            next.place = 0;
        }
        Rc::new(next)
    }

    fn step(&mut self, action: Action) {
        match action {
            Action::Open {
                article,
                notes,
                message,
            } => self.open(article, notes, message),
            Action::Loaded { notes } => self.load(notes),
            Action::Found { digest, found } => self.found(&digest, found),
            Action::Recalled { findings } => self.recall(findings),
            Action::GiveUp { digest, why } => self.give_up(&digest, why),
            Action::LookAgain => self.look_again(),
            Action::MoveNotes { from } => self.move_notes(&from),
            Action::Remembered { history, drafts } => self.remember(history, drafts),
            Action::Select { range } => self.select(range.as_slice()),
            Action::SelectSeveral { ranges } => self.select(&ranges),
            Action::Highlight { colour, stamp } => self.highlight(colour, stamp),
            Action::AddNote { stamp } => self.add_note(stamp),
            Action::Choose { id } => self.chosen = id,
            Action::Step { forward, from } => self.choose_next(forward, from),
            Action::Look { forward } => self.look(forward),
            Action::Write { id } => self.write(&id, false),
            Action::Typed { note, tags } => self.typed(note, tags),
            Action::Save { stamp } => self.save(stamp),
            Action::Leave => self.leave(),
            Action::Discard { id } => {
                self.take_draft(&id);
            }
            Action::Recolour { id, colour, at } => self.recolour(&id, colour, at),
            Action::Remove { id } => self.remove(&id),
            Action::Edit {
                edit,
                known,
                part_of,
            } => self.make(edit, known, part_of),
            Action::RemoveArticle { id, title, notes } => self.remove_article(id, title, notes),
            Action::Arrange { history } => self.history = history,
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Import { part, report, more } => self.import(part, report, more),
            Action::StopImport => self.end_import(),
            Action::Restore { notes, known } => self.restore(notes, known),
            Action::Received { news } => self.receive(news),
            Action::Search { query } => self.query = query.into(),
            Action::ShowPictures { host } => {
                Rc::make_mut(&mut self.shown_hosts).push(host);
            }
            Action::Tell { message } => self.notices.tell(message),
            Action::Progress {
                percent: Some(percent),
            } => self.notices.progress(percent),
            Action::Progress { percent: None } => self.notices.withdraw_reading(),
            Action::Dismiss { notice } => self.notices.dismiss(notice),
            Action::StorageRecovered => self.notices.withdraw_storage(),
            Action::OnlyRead => {
                self.read_only = true;
                self.notices.tell(Message::ReadOnly);
            }
        }
    }
}
