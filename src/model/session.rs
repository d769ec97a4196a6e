//! One reader's session, every action on it, and the one function that goes from one to the next.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::anchoring::Anchor;
use super::annotation::{Annotation, AnnotationId, Colour, Stamp, Timestamp};
use super::article::{Article, ArticleId};
use super::commands;
use super::digest::Digest;
use super::exchange::{Arrivals, Report};
use super::findings::Findings;
use super::history::History;
use super::notebook::{Change, Intent, Notebook, Transaction};
use super::notice::{Message, Notices};
use super::passages::Passages;
use super::placements::{PlacementCounts, Placements};
use super::tags::write_tags;
use super::text::TextRange;

/// What is being written on a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// The note as it stood when writing began.
    pub base: Rc<Annotation>,
    /// The words so far.
    pub note: String,
    /// The tags so far, as typed.
    pub tags: String,
    /// The note was made for this writing: given up with nothing written, it goes again.
    pub fresh: bool,
}

impl Writing {
    fn on(base: Rc<Annotation>, draft: Option<Draft>, fresh: bool) -> Self {
        let draft = draft.unwrap_or_else(|| Draft::of(&base));
        Self {
            base,
            note: draft.note,
            tags: draft.tags,
            fresh,
        }
    }

    /// Whether something is written that the note does not have.
    pub fn is_changed(&self) -> bool {
        let start = Draft::of(&self.base);
        self.note != start.note || self.tags != start.tags
    }
}

/// Words that were written and neither saved nor thrown away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The words.
    #[serde(rename = "n")]
    pub note: String,
    /// The tags, as typed.
    #[serde(rename = "g")]
    pub tags: String,
}

impl Draft {
    fn of(annotation: &Annotation) -> Self {
        Self {
            note: annotation.note.clone(),
            tags: write_tags(&annotation.tags),
        }
    }
}

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
    GiveUp { digest: Digest, why: String },
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
    /// What was written on a note and not saved.
    pub fn draft_of(&self, id: &AnnotationId) -> Option<&Draft> {
        self.drafts
            .iter()
            .find_map(|(other, draft)| (other == id).then_some(draft))
    }

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

    fn open(&mut self, article: Rc<Article>, notes: Vec<Annotation>, message: Option<Message>) {
        self.leave();
        self.take_in(notes);
        self.notices.withdraw_fewer();
        if !self.findings.are_of(article.digest()) {
            self.findings = Rc::new(Findings::of(article.digest()));
        }
        self.placements = Rc::new(Placements::of(&article, &self.notebook, &self.findings));
        self.article = Some(article);
        self.await_findings();
        self.selection = None;
        self.chosen = None;
        self.query = "".into();
        if let Some(message) = message {
            self.notices.tell(message);
        }
    }

    /// What was done meanwhile is not undone by it.
    fn remember(&mut self, history: History, drafts: Vec<(AnnotationId, Draft)>) {
        if self.history == History::default() {
            self.history = history;
        }
        for (id, draft) in drafts {
            let writing = self.writing.as_ref();
            let known = writing.is_some_and(|writing| writing.base.id == id)
                || self.draft_of(&id).is_some();
            if !known {
                Rc::make_mut(&mut self.drafts).push((id, draft));
            }
        }
    }

    fn load(&mut self, notes: Vec<Annotation>) {
        let changes = self.take_in(notes);
        self.place(&changes);
        self.await_findings();
    }

    /// Where notes came that have to be looked for, the reader will be told what that came to.
    fn await_findings(&mut self) {
        if !self.placements.pending().is_empty() {
            Rc::make_mut(&mut self.findings).await_summary();
        }
    }

    fn found(&mut self, digest: &Digest, found: Vec<(AnnotationId, Anchor)>, stored: bool) {
        let Some(article) = self.article.clone().filter(|a| a.digest() == digest) else {
            return;
        };
        let sound = |anchor: Anchor| match anchor.lies_in(article.text()) {
            true => Some(anchor),
            // Storage may have anything: then it is looked for, and not asked for twice.
            false => (!stored).then(Anchor::orphan),
        };
        let known = |(id, anchor)| Some((self.notebook.get(&id)?.clone(), sound(anchor)?));
        let found: Vec<(Rc<Annotation>, Anchor)> = found.into_iter().filter_map(known).collect();
        let notes: Vec<Rc<Annotation>> = found.iter().map(|(note, _)| note.clone()).collect();
        Rc::make_mut(&mut self.findings).add(found, !stored);
        self.place(&as_they_are(&notes));
        if self.placements.pending().is_empty() {
            self.tell_placement();
        }
    }

    fn give_up(&mut self, digest: &Digest, why: String) {
        let is_open = self.article.as_ref().is_some_and(|a| a.digest() == digest);
        let notes = self.placements.pending().to_vec();
        if !is_open || notes.is_empty() {
            return;
        }
        Rc::make_mut(&mut self.findings).give_up(&notes);
        self.place(&as_they_are(&notes));
        self.notices.tell(Message::NotPlaced {
            notes: notes.len(),
            why,
        });
    }

    fn look_again(&mut self) {
        let notes = Rc::make_mut(&mut self.findings).look_again();
        self.place(&as_they_are(&notes));
        self.await_findings();
        self.notices.withdraw_placing();
    }

    fn move_notes(&mut self, from: &ArticleId) {
        let moved = commands::move_notes(self, from);
        if self.edit(moved) {
            self.await_findings();
        }
    }

    fn tell_placement(&mut self) {
        let placement = self.placements.placement();
        let news = Rc::make_mut(&mut self.findings).take_summary();
        if !news || placement == PlacementCounts::default() {
            return;
        }
        // What was just said of an import is said on, with the offer to take it back.
        let told = self.notices.status().map(|notice| notice.message.clone());
        self.notices.tell(match told {
            Some(Message::Imported(report)) => Message::Imported(Report {
                placement: Some(placement),
                ..report
            }),
            _ => Message::Placed(placement),
        });
    }

    /// Puts stored notes into the notebook: the replica has seen to it that they are the latest.
    fn take_in(&mut self, notes: Vec<Annotation>) -> Vec<Change> {
        let notes = notes.into_iter();
        let news = notes.map(|note| (note.id.clone(), Some(Rc::new(note))));
        let (notebook, changes) = self.notebook.received(news);
        self.notebook = Rc::new(notebook);
        changes
    }

    fn place(&mut self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        if let Some(article) = &self.article {
            self.placements = Rc::new(match changes.len() {
                // Placing many one by one would sort as often.
                0..100 => self.placements.after(article, &self.findings, changes),
                _ => Placements::of(article, &self.notebook, &self.findings),
            });
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

    fn highlight(&mut self, colour: Option<Colour>, stamp: Stamp) {
        let Some(passages) = self.selection.clone() else {
            return;
        };
        self.colour = colour.unwrap_or(self.colour);
        // The same passage in the same colour again: the highlight goes, as in every such app.
        let known: Vec<Option<AnnotationId>> = passages
            .all()
            .iter()
            .map(|range| self.same_highlight(*range))
            .collect();
        if known.iter().all(Option::is_some) {
            let known: Vec<AnnotationId> = known.into_iter().flatten().collect();
            match &known[..] {
                [id] => self.remove(id),
                all => self.remove_all(all),
            }
            self.selection = None;
            return;
        }
        if self.annotate_selected(Intent::Highlight, stamp) {
            self.notices.tell(Message::Highlighted {
                colour: self.colour,
            });
        }
    }

    /// Annotates what is selected, with one edit, and chooses the first of the new notes. Of several
    /// passages those that are highlighted already stay as they are.
    fn annotate_selected(&mut self, intent: Intent, stamp: Stamp) -> bool {
        let Some(passages) = self.selection.clone() else {
            return false;
        };
        let all = passages.all().iter().copied();
        let new: Vec<TextRange> = match passages.all() {
            [only] => vec![*only],
            _ => all
                .filter(|range| self.same_highlight(*range).is_none())
                .collect(),
        };
        let edit = commands::annotate(self, &new, intent, self.colour, stamp);
        let first = edit
            .as_ref()
            .and_then(|edit| Some(edit.changes.first()?.id().clone()));
        let done = self.edit(edit);
        if done {
            self.chosen = first;
            self.selection = None;
        }
        done
    }

    fn same_highlight(&self, range: TextRange) -> Option<AnnotationId> {
        let article = self.article.as_ref()?;
        let range = super::text::trim(article.text(), range);
        let range = super::text::snap_to_graphemes(article.text(), range);
        let placed = self.placements.within(range).find(|placed| {
            let annotation = &placed.annotation;
            placed.range == range && annotation.is_bare() && annotation.colour == self.colour
        })?;
        Some(placed.annotation.id.clone())
    }

    fn add_note(&mut self, stamp: Stamp) {
        let Some(passages) = self.selection.clone() else {
            return;
        };
        self.leave();
        // Of several passages the first gets the note. Should nothing be written, they stay: they
        // are highlights that Undo takes back together.
        let several = passages.all().len() > 1;
        let intent = match several {
            true => Intent::Highlight,
            false => Intent::AddNote,
        };
        if self.annotate_selected(intent, stamp)
            && let Some(id) = self.chosen.clone()
        {
            self.write(&id, !several);
        }
    }

    fn choose_next(&mut self, forward: bool, from: u32) {
        let chosen = self.chosen.as_ref();
        let at = chosen.and_then(|id| self.placements.number_of(id));
        let placed = self.placements.placed();
        let before = placed.partition_point(|placed| placed.range.start() < from);
        let next = match (at, forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at.saturating_sub(1),
            (None, true) => before,
            (None, false) => before.saturating_sub(1),
        };
        if let Some(annotation) = self.placements.numbered(next) {
            self.chosen = Some(annotation.id.clone());
        }
    }

    fn look(&mut self, forward: bool) {
        let chosen = self.chosen.as_ref();
        let unanchored = chosen.and_then(|id| self.placements.unanchored_of(id));
        let count = unanchored.map_or(0, |unanchored| unanchored.places().len());
        let step = if forward { 1 } else { count.saturating_sub(1) };
        self.place = (self.place + step).checked_rem(count).unwrap_or(0);
        if count > 0 {
            self.notices.tell(Message::Looking {
                place: self.place + 1,
                of: count,
            });
        }
    }

    fn write(&mut self, id: &AnnotationId, fresh: bool) {
        if self
            .writing
            .as_ref()
            .is_some_and(|writing| writing.base.id == *id)
        {
            return;
        }
        self.leave();
        if self.read_only {
            return self.notices.tell(Message::ReadOnly);
        }
        let Some(base) = self.notebook.get(id).cloned() else {
            return;
        };
        let draft = self.take_draft(id);
        self.chosen = Some(id.clone());
        self.writing = Some(Rc::new(Writing::on(base, draft, fresh)));
    }

    fn take_draft(&mut self, id: &AnnotationId) -> Option<Draft> {
        let index = self.drafts.iter().position(|(other, _)| other == id)?;
        Some(Rc::make_mut(&mut self.drafts).remove(index).1)
    }

    fn typed(&mut self, note: String, tags: String) {
        if let Some(writing) = &mut self.writing {
            let writing = Rc::make_mut(writing);
            writing.note = note;
            writing.tags = tags;
        }
    }

    fn save(&mut self, stamp: Stamp) {
        let Some(writing) = self.writing.take() else {
            return;
        };
        let Writing {
            base, note, tags, ..
        } = &*writing;
        let Some(rewrite) = commands::rewrite(base, note, tags, stamp.at.clone()) else {
            return;
        };
        if self.edit(Some(rewrite)) {
            self.notices.tell(Message::NoteSaved);
        } else {
            let copy = commands::keep_both(base, note, tags, stamp);
            self.chosen = Some(copy.changes[0].id().clone());
            self.edit(Some(copy));
            self.notices.tell(Message::KeptBoth);
        }
    }

    fn leave(&mut self) {
        let Some(writing) = self.writing.take() else {
            return;
        };
        if writing.is_changed() {
            self.keep_draft(&writing);
            self.notices.tell(Message::DraftKept);
        } else if writing.fresh {
            self.take_back_fresh(&writing.base);
        }
    }

    fn keep_draft(&mut self, writing: &Writing) {
        let draft = Draft {
            note: writing.note.clone(),
            tags: writing.tags.clone(),
        };
        Rc::make_mut(&mut self.drafts).push((writing.base.id.clone(), draft));
    }

    /// A note that was begun and given up is not recorded in the history either.
    fn take_back_fresh(&mut self, base: &Rc<Annotation>) {
        let change = Change::give_up(base.clone());
        if self.commit(&Transaction::one(Intent::AddNote, change)) {
            self.history.forget(&base.id);
            self.chosen = None;
        }
    }

    fn recolour(&mut self, id: &AnnotationId, colour: Colour, at: Timestamp) {
        self.colour = colour;
        let before = self.notebook.get(id).cloned();
        if self.edit(commands::recolour(self, id, colour, at)) {
            self.rebase_writing(before.as_deref());
            self.notices.tell(Message::Recoloured { colour });
        }
    }

    fn remove(&mut self, id: &AnnotationId) {
        // What was typed comes back when the removal is taken back.
        if let Some(writing) = self.writing.take_if(|writing| writing.base.id == *id)
            && writing.is_changed()
        {
            self.keep_draft(&writing);
        }
        let neighbour = self.neighbour_of(id);
        if self.edit(commands::remove(self, id)) {
            self.chosen = neighbour;
            self.notices.tell(Message::Removed);
        }
    }

    /// Highlights go, with one edit.
    fn remove_all(&mut self, ids: &[AnnotationId]) {
        let notes = ids.iter().filter_map(|id| self.notebook.get(id).cloned());
        let removal = Transaction {
            intent: Intent::Remove,
            changes: notes.map(Change::remove).collect(),
        };
        if self.edit(Some(removal)) {
            self.chosen = None;
            self.notices.tell(Message::Removed);
        }
    }

    fn remove_article(&mut self, id: ArticleId, title: String, notes: Vec<Annotation>) {
        self.leave();
        self.load(notes);
        let notes = self.notebook.iter().filter(|note| note.article == id);
        let notes: Vec<Rc<Annotation>> = notes.cloned().collect();
        let changes: Vec<Change> = notes.iter().cloned().map(Change::remove).collect();
        if !changes.is_empty() {
            self.edit(Some(Transaction {
                intent: Intent::RemoveArticle,
                changes,
            }));
        }
        self.notices
            .tell(Message::ArticleRemoved { id, title, notes });
    }

    /// The note that takes the place of a removed one in its list.
    fn neighbour_of(&self, id: &AnnotationId) -> Option<AnnotationId> {
        let at = self.placements.number_of(id)?;
        let split = self.placements.placed().len();
        let all = split + self.placements.unanchored().len();
        let list = if at < split { 0..split } else { split..all };
        let mut beside = [Some(at + 1), at.checked_sub(1)].into_iter().flatten();
        let neighbour = beside.find(|number| list.contains(number))?;
        let annotation = self.placements.numbered(neighbour)?;
        Some(annotation.id.clone())
    }

    /// The reader says where a note's passage is, or that it is not there.
    fn resolve(&mut self, resolution: Action) {
        let (id, resolved) = match resolution {
            Action::Keep { id, at } => (id.clone(), commands::keep(self, &id, at)),
            Action::Detach { id, at } => (id.clone(), commands::detach(self, &id, at)),
            Action::ChooseCandidate { id, index, at } => {
                (id.clone(), commands::choose_place(self, &id, index, at))
            }
            Action::AttachToSelection { id, at } => {
                (id.clone(), commands::attach_to_selection(self, &id, at))
            }
            _ => return,
        };
        let Some(resolved) = resolved else { return };
        let before = self.notebook.get(&id).cloned();
        let intent = resolved.intent;
        if self.edit(Some(resolved)) {
            self.rebase_writing(before.as_deref());
            self.notices.tell(match intent {
                Intent::Detach => Message::Detached,
                Intent::Keep => Message::Kept,
                _ => Message::Attached,
            });
            self.chosen = Some(id);
            self.selection.take_if(|_| intent == Intent::Attach);
        }
    }

    /// The reader's own edit of a note that is being written is not another's: writing goes on,
    /// unless another tab had changed the note before.
    fn rebase_writing(&mut self, before: Option<&Annotation>) {
        if let Some(writing) = &mut self.writing
            && Some(&*writing.base) == before
            && let Some(now) = self.notebook.get(&writing.base.id)
        {
            Rc::make_mut(writing).base = now.clone();
        }
    }

    fn undo(&mut self) {
        if self.read_only {
            return self.notices.tell(Message::ReadOnly);
        }
        let Some(transaction) = self.history.to_undo().cloned() else {
            return self.notices.tell(Message::NothingToUndo);
        };
        self.leave();
        // An edit of a fresh note without words: leaving the note has taken it back already.
        if self
            .history
            .to_undo()
            .is_none_or(|last| !Rc::ptr_eq(last, &transaction))
        {
            return self.notices.tell(Message::Undone {
                intent: Intent::AddNote,
                elsewhere: false,
            });
        }
        if self.commit(&transaction.invert()) {
            self.history.undone();
            self.show_change(&transaction, false);
            self.notices.tell(Message::Undone {
                intent: transaction.intent,
                elsewhere: self.is_elsewhere(&transaction),
            });
        } else {
            self.history.drop_undo();
            self.notices.tell(Message::UndoConflict);
        }
    }

    fn redo(&mut self) {
        if self.read_only {
            return self.notices.tell(Message::ReadOnly);
        }
        let Some(transaction) = self.history.to_redo().cloned() else {
            return self.notices.tell(Message::NothingToRedo);
        };
        self.leave();
        if self.commit(&transaction) {
            self.history.redone();
            self.show_change(&transaction, true);
            self.notices.tell(Message::Redone {
                intent: transaction.intent,
                elsewhere: self.is_elsewhere(&transaction),
            });
        } else {
            self.history.drop_redo();
            self.notices.tell(Message::RedoConflict);
        }
    }

    /// Chooses the note that an undo or a redo brought back or changed.
    fn show_change(&mut self, transaction: &Transaction, forward: bool) {
        self.chosen = match &transaction.changes[..] {
            [change] => {
                let now = if forward {
                    change.after()
                } else {
                    change.before()
                };
                now.map(|annotation| annotation.id.clone())
            }
            _ => None,
        };
    }

    fn is_elsewhere(&self, transaction: &Transaction) -> bool {
        let here = self.article.as_ref().map(|article| article.id());
        let mut changes = transaction.changes.iter();
        !changes.any(|change| Some(&change.annotation().article) == here.as_ref())
    }

    fn import(&mut self, arrivals: Arrivals, known: Vec<Annotation>) {
        self.leave();
        self.load(known);
        let (transaction, report) =
            arrivals.into_transaction(self.article.as_deref(), &self.notebook);
        if !transaction.changes.is_empty() {
            self.edit(Some(transaction));
            self.await_findings();
        }
        self.notices.tell(Message::Imported(report));
    }

    fn restore(&mut self, notes: Vec<Annotation>, known: Vec<Annotation>) {
        self.leave();
        self.load(known);
        let changes = notes.into_iter().filter_map(|note| {
            let before = self.notebook.get(&note.id).cloned();
            let after = Some(Rc::new(note));
            (before != after).then(|| Change::of(before, after))?
        });
        let changes: Vec<Change> = changes.collect();
        let notes = changes.len();
        let restored = Transaction {
            intent: Intent::Restore,
            changes,
        };
        if notes == 0 || self.edit(Some(restored)) {
            self.await_findings();
            self.notices.tell(Message::Restored { notes });
        }
    }

    fn receive(&mut self, news: Vec<(AnnotationId, Option<Annotation>)>) {
        let news = news.into_iter().map(|(id, after)| (id, after.map(Rc::new)));
        let (notebook, changes) = self.notebook.received(news);
        self.notebook = Rc::new(notebook);
        self.place(&changes);
    }
}

/// Changes of nothing: the notes are placed anew.
fn as_they_are(notes: &[Rc<Annotation>]) -> Vec<Change> {
    let same = |note: &Rc<Annotation>| Change::replace(note.clone(), note.clone());
    notes.iter().filter_map(same).collect()
}
