//! Writing on a note: the editor's words, drafts, and changes by other tabs in the meantime.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::model::annotation::{Annotation, AnnotationId, Stamp};
use crate::model::commands;
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;
use crate::model::tags::write_tags;

/// The writing in progress on a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// The note as it was when writing began.
    pub base: Rc<Annotation>,
    /// The words so far.
    pub note: String,
    /// The tags so far, as typed.
    pub tags: String,
    /// True if the note was made for this writing, so that it goes if nothing is written.
    pub fresh: bool,
}

impl Writing {
    pub(super) fn on(base: Rc<Annotation>, draft: Option<Draft>, fresh: bool) -> Self {
        let draft = draft.unwrap_or_else(|| Draft::of(&base));
        Self {
            base,
            note: draft.note,
            tags: draft.tags,
            fresh,
        }
    }

    /// True if the writing differs from the note.
    pub fn is_changed(&self) -> bool {
        let start = Draft::of(&self.base);
        self.note != start.note || self.tags != start.tags
    }
}

/// Words that were written and neither saved nor discarded.
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
    pub(super) fn of(annotation: &Annotation) -> Self {
        Self {
            note: annotation.note.clone(),
            tags: write_tags(&annotation.tags),
        }
    }
}

impl Session {
    /// Returns the draft of a note.
    pub fn draft_of(&self, id: &AnnotationId) -> Option<&Draft> {
        self.drafts
            .iter()
            .find_map(|(other, draft)| (other == id).then_some(draft))
    }

    pub(super) fn write(&mut self, id: &AnnotationId, fresh: bool) {
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

    pub(super) fn take_draft(&mut self, id: &AnnotationId) -> Option<Draft> {
        let index = self.drafts.iter().position(|(other, _)| other == id)?;
        Some(Rc::make_mut(&mut self.drafts).remove(index).1)
    }

    pub(super) fn typed(&mut self, note: String, tags: String) {
        if let Some(writing) = &mut self.writing {
            let writing = Rc::make_mut(writing);
            writing.note = note;
            writing.tags = tags;
        }
    }

    pub(super) fn save(&mut self, stamp: Stamp) {
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

    pub(super) fn leave(&mut self) {
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

    pub(super) fn keep_draft(&mut self, writing: &Writing) {
        let draft = Draft {
            note: writing.note.clone(),
            tags: writing.tags.clone(),
        };
        Rc::make_mut(&mut self.drafts).push((writing.base.id.clone(), draft));
    }

    /// Removes a note that was begun and given up, also from the history.
    pub(super) fn take_back_fresh(&mut self, base: &Rc<Annotation>) {
        let change = Change::give_up(base.clone());
        if self.commit(&Transaction::one(Intent::AddNote, change)) {
            self.history.forget(&base.id);
            self.chosen = None;
        }
    }

    /// Continues the writing on a note after the reader's own edit of it, which is no conflict,
    /// unless another tab had changed the note before.
    pub(super) fn rebase_writing(&mut self, before: Option<&Annotation>) {
        if let Some(writing) = &mut self.writing
            && Some(&*writing.base) == before
            && let Some(now) = self.notebook.get(&writing.base.id)
        {
            Rc::make_mut(writing).base = now.clone();
        }
    }
}
