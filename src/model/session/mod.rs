//! One reader's session, every action on it, and the one function that goes from one to the next.

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
use super::exchange::Arrivals;
use super::failure::Failure;
use super::findings::Findings;
use super::history::History;
use super::notebook::{Change, Notebook, Transaction};
use super::notice::{Message, Notices};
use super::passages::Passages;
use super::placements::Placements;
use crate::model::text::TextRange;

pub use writing::{Draft, Writing};

/// Everything the page shows. Only [`Session::after`] makes another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// What is read.
    pub article: Option<Rc<Article>>,
    /// The notes that were loaded: the article's, and others that an import touched.
    pub notebook: Rc<Notebook>,
    /// What was found in the article's text of notes that were made on another one.
    pub findings: Rc<Findings>,
    /// Where the article's notes are.
    pub placements: Rc<Placements>,
    /// Undo and redo.
    pub history: History,
    /// The passage that is selected in the page, or several.
    pub selection: Option<Passages>,
    /// The note that keys act on.
    pub chosen: Option<AnnotationId>,
    /// Which of the places where the chosen note may be is looked at.
    pub place: usize,
    /// The note that is being written.
    pub writing: Option<Rc<Writing>>,
    /// Writing that was left without saving.
    pub drafts: Rc<Vec<(AnnotationId, Draft)>>,
    /// The colour that a new highlight gets.
    pub colour: Colour,
    /// What the notes are searched for.
    pub query: Rc<str>,
    /// Hosts whose pictures the reader has asked to see.
    pub shown_hosts: Rc<Vec<String>>,
    /// What the reader is told.
    pub notices: Notices,
    /// A newer version of the app keeps the notes: this one changes nothing.
    pub read_only: bool,
    /// What the last action changed of the notebook, for storage to write.
    pub outbox: Rc<[Change]>,
}

/// Everything that can happen.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // Each variant's sentence speaks of its fields.
pub enum Action {
    /// An article is opened, with the notes that are stored of it.
    Open {
        article: Rc<Article>,
        notes: Vec<Annotation>,
        message: Option<Message>,
    },
    /// More stored notes of the open article were read.
    Loaded { notes: Vec<Annotation> },
    /// Passages were looked for in the text of a digest. `stored`: they were found before, and read
    /// from storage.
    Found {
        digest: Digest,
        found: Vec<(AnnotationId, Anchor)>,
        stored: bool,
    },
    /// The notes that wait to be found in the text of a digest cannot be looked for.
    GiveUp { digest: Digest, why: Failure },
    /// What was given up is to be looked for again.
    LookAgain,
    /// The notes of another article are notes of the open one: its text is another version.
    MoveNotes { from: ArticleId },
    /// What this tab knew before it was loaded again: its undo history, and what was being written.
    Remembered {
        history: History,
        drafts: Vec<(AnnotationId, Draft)>,
    },
    /// Another passage, or none, is selected in the page.
    Select { range: Option<TextRange> },
    /// Several passages are selected in the page at once.
    SelectSeveral { ranges: Vec<TextRange> },
    /// The selected passages are highlighted, in a colour or in the last one used.
    Highlight {
        colour: Option<Colour>,
        stamp: Stamp,
    },
    /// A note on the selected passage is begun; of several each is highlighted, and the first gets the note.
    AddNote { stamp: Stamp },
    /// A note is chosen, or none.
    Choose { id: Option<AnnotationId> },
    /// The next or the previous note is chosen: from the chosen one, else from a place.
    Step { forward: bool, from: u32 },
    /// The next or the previous of the places where the chosen note may be is looked at.
    Look { forward: bool },
    /// Writing on a note begins.
    Write { id: AnnotationId },
    /// Something was typed.
    Typed { note: String, tags: String },
    /// Writing ends and is kept.
    Save { stamp: Stamp },
    /// Writing ends; what was written stays as a draft.
    Leave,
    /// What was written on a note and not saved is thrown away.
    Discard { id: AnnotationId },
    /// A note gets another colour.
    Recolour {
        id: AnnotationId,
        colour: Colour,
        at: Timestamp,
    },
    /// A note goes.
    Remove { id: AnnotationId },
    /// A note is where it was found, on changed words or in the suggested place.
    Keep { id: AnnotationId, at: Timestamp },
    /// A note's passage is not in this text.
    Detach { id: AnnotationId, at: Timestamp },
    /// A note that could be in several places is in this one of them.
    ChooseCandidate {
        id: AnnotationId,
        index: usize,
        at: Timestamp,
    },
    /// A note's passage is the selected one.
    AttachToSelection { id: AnnotationId, at: Timestamp },
    /// An article was taken out of the library: its notes go; `notes` are those of them that are
    /// stored.
    RemoveArticle {
        id: ArticleId,
        title: String,
        notes: Vec<Annotation>,
    },
    /// The last edit is taken back.
    Undo,
    /// What was taken back last is done again.
    Redo,
    /// Notes were read from a file; `known` is what storage has of the articles they are on.
    Import {
        arrivals: Arrivals,
        known: Vec<Annotation>,
    },
    /// Notes come back as they were; `known` is how those of them stand that are there.
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
    /// The reader is told something.
    Tell { message: Message },
    /// The reading that was told of has come so far, in percent; nothing where it has ended.
    Progress { percent: Option<u8> },
    /// A notice is done with.
    Dismiss { notice: u32 },
    /// Storage works again: what was said of it is over.
    StorageRecovered,
    /// A newer version of the app keeps the notes here.
    OnlyRead,
}

impl Session {
    /// The place that is looked at, where the chosen note may be in one.
    pub fn looked_at(&self) -> Option<TextRange> {
        let unanchored = self.placements.unanchored_of(self.chosen.as_ref()?)?;
        Some(unanchored.places().get(self.place)?.range)
    }

    /// The same, where a choice between several is to be made: a mere suggestion is shown only
    /// once the reader asks for it.
    pub fn offered(&self) -> Option<TextRange> {
        let unanchored = self.placements.unanchored_of(self.chosen.as_ref()?)?;
        self.looked_at().filter(|_| unanchored.places().len() > 1)
    }

    /// The session after an action. Does nothing else: effects mirror what it returns.
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
            Action::Found {
                digest,
                found,
                stored,
            } => self.found(&digest, found, stored),
            Action::GiveUp { digest, why } => self.give_up(&digest, why),
            Action::LookAgain => self.look_again(),
            Action::MoveNotes { from } => self.move_notes(&from),
            Action::Remembered { history, drafts } => self.remember(history, drafts),
            Action::Select { range } => self.selection = range.map(Passages::one),
            Action::SelectSeveral { ranges } => self.selection = Passages::of(&ranges),
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
            resolution @ (Action::Keep { .. }
            | Action::Detach { .. }
            | Action::ChooseCandidate { .. }
            | Action::AttachToSelection { .. }) => self.resolve(resolution),
            Action::RemoveArticle { id, title, notes } => self.remove_article(id, title, notes),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Import { arrivals, known } => self.import(arrivals, known),
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

    /// Makes an edit; says whether it fitted what stands there.
    fn commit(&mut self, transaction: &Transaction) -> bool {
        if self.read_only {
            self.notices.tell(Message::ReadOnly);
            return false;
        }
        let Ok(notebook) = self.notebook.apply(transaction) else {
            return false;
        };
        self.notebook = Rc::new(notebook);
        self.place(&transaction.changes);
        self.outbox = self
            .outbox
            .iter()
            .chain(&transaction.changes)
            .cloned()
            .collect();
        true
    }

    /// Makes a new edit that Undo can take back.
    fn edit(&mut self, transaction: Option<Transaction>) -> bool {
        let Some(transaction) = transaction else {
            return false;
        };
        let done = self.commit(&transaction);
        if done {
            self.history.push(Rc::new(transaction));
        }
        done
    }
}
