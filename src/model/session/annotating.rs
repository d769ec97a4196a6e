//! Highlighting, colouring, removing and resolving notes, and stepping from note to note.

use std::rc::Rc;

use super::Session;
use crate::model::annotation::{Annotation, AnnotationId, Colour, Stamp, Timestamp};
use crate::model::article::ArticleId;
use crate::model::commands;
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;
use crate::model::passages::{Passage, Passages};
use crate::model::text::TextRange;

impl Session {
    pub(super) fn select(&mut self, ranges: &[TextRange]) {
        let article = self.article.as_ref();
        self.selection = article.and_then(|article| Passages::of(article, ranges));
    }

    pub(super) fn highlight(&mut self, colour: Option<Colour>, stamp: Stamp) {
        let Some(passages) = self.selection.clone() else {
            return;
        };
        self.colour = colour.unwrap_or(self.colour);
        // The same colour again removes highlights; without a colour any does.
        if let Some(known) = self.placements.highlights_on(&passages, colour) {
            match &known[..] {
                [id] => self.remove(id),
                all => self.remove_all(all),
            }
            self.selection = None;
            return;
        }
        // Another colour recolours what stands there, words or not.
        let (mut new, mut recoloured, mut shown) = (Vec::new(), Vec::new(), None);
        for passage in passages.all() {
            let Some(note) = self.placements.exactly_on(passage.range(), colour) else {
                new.push(*passage);
                continue;
            };
            // A note with words is only shown: a highlight over it would hide it, and removing it
            // must be meant.
            shown.get_or_insert(note.id.clone());
            let edit = |colour| commands::recolour(self, &note.id, colour, stamp.at.clone());
            recoloured.extend(
                colour
                    .and_then(edit)
                    .map_or_else(Vec::new, |edit| edit.changes),
            );
        }
        let before = self.writing.as_ref().map(|writing| writing.base.id.clone());
        let before = before.and_then(|id| self.notebook.get(&id).cloned());
        let edit = commands::annotate(self, &new, 1, Intent::Highlight, self.colour, stamp);
        let mut edit = edit.unwrap_or(Transaction {
            intent: Intent::Recolour,
            changes: Vec::new(),
        });
        edit.changes.append(&mut recoloured);
        let (intent, first) = (edit.intent, edit.changes.first());
        self.chosen = first.map(|change| change.id().clone()).or(shown);
        self.selection = None;
        if edit.changes.is_empty() || !self.edit(Some(edit)) {
            return;
        }
        self.rebase_writing(before.as_deref());
        let colour = self.colour;
        self.notices.tell(match intent {
            Intent::Recolour => Message::Recoloured { colour },
            _ => Message::Highlighted { colour },
        });
    }

    /// Makes one note on the selected passages, and chooses it. If there are several passages, those
    /// that have a note stay as they are.
    fn annotate_selected(&mut self, intent: Intent, stamp: Stamp) -> bool {
        let Some(passages) = self.selection.clone() else {
            return false;
        };
        let mut new = passages.all().to_vec();
        if new.len() > 1 {
            let has_note =
                |passage: &Passage| self.placements.exactly_on(passage.range(), None).is_some();
            new.retain(|passage| !has_note(passage));
        }
        let edit = commands::annotate(self, &new, new.len().max(1), intent, self.colour, stamp);
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

    pub(super) fn add_note(&mut self, stamp: Stamp) {
        let Some(passages) = self.selection.clone() else {
            return;
        };
        self.leave();
        // If nothing is written on several passages, they stay, as a highlight that one Undo takes
        // back.
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

    pub(super) fn choose_next(&mut self, forward: bool, from: u32) {
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

    pub(super) fn look(&mut self, forward: bool) {
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

    pub(super) fn recolour(&mut self, id: &AnnotationId, colour: Colour, at: Timestamp) {
        self.colour = colour;
        let before = self.notebook.get(id).cloned();
        if self.edit(commands::recolour(self, id, colour, at)) {
            self.rebase_writing(before.as_deref());
            self.notices.tell(Message::Recoloured { colour });
        }
    }

    pub(super) fn remove(&mut self, id: &AnnotationId) {
        // Undoing the removal brings back what was typed.
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

    /// Removes highlights with one edit.
    pub(super) fn remove_all(&mut self, ids: &[AnnotationId]) {
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

    pub(super) fn remove_article(&mut self, id: ArticleId, title: String, notes: Vec<Annotation>) {
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

    /// Returns the note that takes a removed note's place in its list.
    pub(super) fn neighbour_of(&self, id: &AnnotationId) -> Option<AnnotationId> {
        let at = self.placements.number_of(id)?;
        let split = self.placements.placed().len();
        let all = split + self.placements.unanchored().len();
        let list = if at < split { 0..split } else { split..all };
        let mut beside = [Some(at + 1), at.checked_sub(1)].into_iter().flatten();
        let neighbour = beside.find(|number| list.contains(number))?;
        let annotation = self.placements.numbered(neighbour)?;
        Some(annotation.id.clone())
    }

    /// Makes an edit of many notes, some of which may be on other articles, or of a note's passages.
    pub(super) fn make(
        &mut self,
        edit: Transaction,
        known: Vec<Annotation>,
        part_of: Option<Rc<Transaction>>,
    ) {
        if !known.is_empty() {
            self.load(known);
        }
        let intent = edit.intent;
        match intent {
            Intent::AddTag
            | Intent::RemoveTag
            | Intent::RenameTag
            | Intent::Recolour
            | Intent::Remove => {
                if let Some(notes) = self.edit_many(edit, part_of) {
                    let notebook = self.notebook.clone();
                    self.chosen.take_if(|id| notebook.get(id).is_none());
                    self.notices.tell(Message::Changed { intent, notes });
                }
            }
            Intent::AddNote => self.begin(edit),
            _ => self.resolve(edit),
        }
    }

    /// Makes an edit that adds a note, and begins to write it.
    fn begin(&mut self, edit: Transaction) {
        self.leave();
        let id = edit.changes.first().map(|change| change.id().clone());
        if let Some(id) = id.filter(|_| self.edit(Some(edit))) {
            self.chosen = Some(id.clone());
            self.selection = None;
            self.write(&id, true);
        }
    }

    /// Makes an edit, or a further part of one that is still in effect. Returns the number of notes
    /// that the whole edit has changed.
    fn edit_many(&mut self, edit: Transaction, part_of: Option<Rc<Transaction>>) -> Option<usize> {
        let Some(whole) = part_of else {
            let notes = edit.changes.len();
            return self.edit(Some(edit)).then_some(notes);
        };
        if !self.history.has(&whole) || !self.commit(&edit) {
            return None;
        }
        let whole = self.history.extend(&whole, &edit.changes)?;
        Some(whole.changes.len())
    }

    /// Applies the reader's decision about where a note's passages are, or that one is not there.
    fn resolve(&mut self, resolved: Transaction) {
        let Some(id) = resolved.changes.first().map(|change| change.id().clone()) else {
            return;
        };
        let before = self.notebook.get(&id).cloned();
        let intent = resolved.intent;
        let last = self.history.to_undo().cloned();
        if self.edit(Some(resolved)) {
            self.rebase_writing(before.as_deref());
            if intent == Intent::Move {
                // What is seen need not be told, and steps in a row are one edit.
                self.history.join(last, Intent::Move);
                self.chosen = Some(id);
                return;
            }
            self.notices.tell(match intent {
                Intent::Detach => Message::Detached,
                Intent::Keep => Message::Kept,
                Intent::AddPassage => Message::PassageAdded,
                Intent::RemovePassage => Message::PassageRemoved,
                _ => Message::Attached,
            });
            self.chosen = Some(id);
            self.selection
                .take_if(|_| matches!(intent, Intent::Attach | Intent::AddPassage));
        }
    }
}
