//! The notebook: annotations by id, and the change that every edit of it consists of.

use std::rc::Rc;

use thiserror::Error;

use super::annotation::{Annotation, AnnotationId};
use super::order::{arrange, sorted};

/// One annotation before and after an edit; swapping the two sides inverts it.
///
/// Invariant: the same id on both sides; not both `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    before: Option<Rc<Annotation>>,
    after: Option<Rc<Annotation>>,
    skips_trash: bool,
}

impl Change {
    fn new(before: Option<Rc<Annotation>>, after: Option<Rc<Annotation>>) -> Self {
        Self {
            before,
            after,
            skips_trash: false,
        }
    }

    /// Adds an annotation.
    pub fn add(annotation: Rc<Annotation>) -> Self {
        Self::new(None, Some(annotation))
    }

    /// Removes an annotation.
    pub fn remove(annotation: Rc<Annotation>) -> Self {
        Self::new(Some(annotation), None)
    }

    /// Removes an annotation that was begun and given up, which nobody will want back.
    pub fn give_up(annotation: Rc<Annotation>) -> Self {
        Self {
            skips_trash: true,
            ..Self::remove(annotation)
        }
    }

    /// True if the removed annotation does not go to the trash.
    pub fn skips_trash(&self) -> bool {
        self.skips_trash
    }

    /// Replaces an annotation; `None` if the ids differ.
    pub fn replace(before: Rc<Annotation>, after: Rc<Annotation>) -> Option<Self> {
        (before.id == after.id).then(|| Self::new(Some(before), Some(after)))
    }

    /// Creates a change from two sides that were read back; `None` if they break the invariant.
    pub fn of(before: Option<Rc<Annotation>>, after: Option<Rc<Annotation>>) -> Option<Self> {
        match (before, after) {
            (None, None) => None,
            (Some(before), Some(after)) => Self::replace(before, after),
            (before, after) => Some(Self::new(before, after)),
        }
    }

    /// The annotation before the edit.
    pub fn before(&self) -> Option<&Rc<Annotation>> {
        self.before.as_ref()
    }

    /// The annotation after the edit.
    pub fn after(&self) -> Option<&Rc<Annotation>> {
        self.after.as_ref()
    }

    /// The annotation after the edit, or before it if it was removed.
    pub fn annotation(&self) -> &Rc<Annotation> {
        match (&self.after, &self.before) {
            (Some(annotation), _) | (None, Some(annotation)) => annotation,
            (None, None) => unreachable!("the invariant of Change: not both sides are None"),
        }
    }

    /// The id on both sides.
    pub fn id(&self) -> &AnnotationId {
        &self.annotation().id
    }

    /// The change that takes this one back.
    pub fn invert(&self) -> Self {
        Self::new(self.after.clone(), self.before.clone())
    }
}

/// The purpose of an edit, which its message and its undo name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // Their names say it.
pub enum Intent {
    Highlight,
    AddNote,
    Edit,
    Recolour,
    Remove,
    Import,
    Keep,
    Detach,
    Attach,
    Move,
    AddPassage,
    RemovePassage,
    Join,
    Restore,
    RemoveArticle,
    AddTag,
    RemoveTag,
    RenameTag,
}

impl Intent {
    const NAMES: [(Self, &'static str); 18] = [
        (Self::Highlight, "highlight"),
        (Self::AddNote, "add-note"),
        (Self::Edit, "edit"),
        (Self::Recolour, "recolour"),
        (Self::Remove, "remove"),
        (Self::Import, "import"),
        (Self::Keep, "keep"),
        (Self::Detach, "detach"),
        (Self::Attach, "attach"),
        (Self::Move, "move"),
        (Self::AddPassage, "add-passage"),
        (Self::RemovePassage, "remove-passage"),
        (Self::Join, "join"),
        (Self::Restore, "restore"),
        (Self::RemoveArticle, "remove-article"),
        (Self::AddTag, "add-tag"),
        (Self::RemoveTag, "remove-tag"),
        (Self::RenameTag, "rename-tag"),
    ];

    /// Returns its name in a stored history.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(intent, _)| *intent == self)
            .map_or("edit", |(_, name)| name)
    }

    /// Returns the intent with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(intent, _)| *intent)
    }
}

/// Changes that are made and undone together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Its purpose.
    pub intent: Intent,
    /// The changes, at most one for each annotation.
    pub changes: Vec<Change>,
}

impl Transaction {
    /// A transaction of one change.
    pub fn one(intent: Intent, change: Change) -> Self {
        Self {
            intent,
            changes: vec![change],
        }
    }

    /// The transaction that takes this one back.
    pub fn invert(&self) -> Self {
        Self {
            intent: self.intent,
            changes: self.changes.iter().rev().map(Change::invert).collect(),
        }
    }
}

/// An edit does not apply, because another tab changed the annotation first.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the note {id} is no longer as the edit found it")]
pub struct Conflict {
    /// The id of the annotation.
    pub id: AnnotationId,
}

/// Number of changes from which all are merged into a list at once: put into it one by one, each
/// moves what comes after it.
pub(super) const MANY: usize = 16;

/// Returns the last change of each note, by id.
pub(super) fn last_of_each(changes: &[Change]) -> Vec<&Change> {
    let mut last: Vec<&Change> = Vec::with_capacity(changes.len());
    let id = |index: usize| changes[index].id();
    for index in sorted(changes.len(), &|one, other| id(one).cmp(id(other))) {
        last.pop_if(|earlier| earlier.id() == id(index));
        last.push(&changes[index]);
    }
    last
}

/// Annotations by id.
///
/// Invariant: sorted by id, each id once. It is a list because every edit copies it, and a list of
/// ten thousand is copied faster than a tree of that size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notebook {
    annotations: Vec<Rc<Annotation>>,
}

impl Notebook {
    /// Returns an annotation.
    pub fn get(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.find(id).ok().map(|index| &self.annotations[index])
    }

    /// Returns every annotation, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Annotation>> {
        self.annotations.iter()
    }

    /// Number of annotations.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// True if there are no annotations.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty()
    }

    /// Returns the notebook after an edit.
    ///
    /// # Errors
    /// [`Conflict`] if a change's `before` is not the present annotation; then nothing changes.
    pub fn apply(&self, transaction: &Transaction) -> Result<Self, Conflict> {
        for change in &transaction.changes {
            if self.get(change.id()) != change.before() {
                return Err(Conflict {
                    id: change.id().clone(),
                });
            }
        }
        Ok(self.with(&transaction.changes))
    }

    /// Returns the notebook with the annotations that storage or another tab has sent, whatever was
    /// there before, and the changes that this made.
    pub fn received(
        &self,
        news: impl IntoIterator<Item = (AnnotationId, Option<Rc<Annotation>>)>,
    ) -> (Self, Vec<Change>) {
        let mut changes = Vec::new();
        for (id, after) in news {
            let before = self.get(&id).cloned();
            if before != after {
                changes.extend(Change::of(before, after));
            }
        }
        (self.with(&changes), changes)
    }

    /// Returns the notebook after changes.
    fn with(&self, changes: &[Change]) -> Self {
        // What stays in the list keeps its place.
        let stays = |change: &Change| change.before().is_some() && change.after().is_some();
        if changes.len() < MANY || changes.iter().all(stays) {
            let mut next = self.clone();
            for change in changes {
                next.put(change.id(), change.after());
            }
            return next;
        }
        let changed = last_of_each(changes);
        let is_changed = |annotation: &Annotation| {
            let by_id = |change: &&Change| change.id().cmp(&annotation.id);
            changed.binary_search_by(by_id).is_ok()
        };
        let mut annotations = self.annotations.clone();
        annotations.retain(|annotation| !is_changed(annotation));
        let from = annotations.len();
        annotations.extend(changed.iter().filter_map(|change| change.after().cloned()));
        arrange(&mut annotations, from, &|one, other| one.id.cmp(&other.id));
        Self { annotations }
    }

    fn put(&mut self, id: &AnnotationId, after: Option<&Rc<Annotation>>) {
        match (self.find(id), after) {
            (Ok(index), Some(annotation)) => self.annotations[index] = annotation.clone(),
            (Ok(index), None) => drop(self.annotations.remove(index)),
            (Err(index), Some(annotation)) => self.annotations.insert(index, annotation.clone()),
            (Err(_), None) => {}
        }
    }

    fn find(&self, id: &AnnotationId) -> Result<usize, usize> {
        self.annotations
            .binary_search_by(|annotation| annotation.id.cmp(id))
    }
}
