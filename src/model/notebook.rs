//! The notebook: annotations by id, and the one shape that every edit of it has.

use std::rc::Rc;

use thiserror::Error;

use super::annotation::{Annotation, AnnotationId};

/// One annotation before and after an edit; to invert it is to swap the two sides.
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

    /// A new annotation.
    pub fn add(annotation: Rc<Annotation>) -> Self {
        Self::new(None, Some(annotation))
    }

    /// An annotation goes.
    pub fn remove(annotation: Rc<Annotation>) -> Self {
        Self::new(Some(annotation), None)
    }

    /// An annotation goes that was begun and given up: nobody will want it back.
    pub fn give_up(annotation: Rc<Annotation>) -> Self {
        Self {
            skips_trash: true,
            ..Self::remove(annotation)
        }
    }

    /// True if what is removed does not go to the trash.
    pub fn skips_trash(&self) -> bool {
        self.skips_trash
    }

    /// An annotation becomes another; `None` where the ids differ.
    pub fn replace(before: Rc<Annotation>, after: Rc<Annotation>) -> Option<Self> {
        (before.id == after.id).then(|| Self::new(Some(before), Some(after)))
    }

    /// A change of two sides, as it is read back; `None` where the invariant does not hold.
    pub fn of(before: Option<Rc<Annotation>>, after: Option<Rc<Annotation>>) -> Option<Self> {
        match (before, after) {
            (None, None) => None,
            (Some(before), Some(after)) => Self::replace(before, after),
            (before, after) => Some(Self::new(before, after)),
        }
    }

    /// What stood there.
    pub fn before(&self) -> Option<&Rc<Annotation>> {
        self.before.as_ref()
    }

    /// What stands there now.
    pub fn after(&self) -> Option<&Rc<Annotation>> {
        self.after.as_ref()
    }

    /// The annotation on whichever side it is, the later first.
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

/// What an edit was for: what its message and its undo say.
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
    Join,
    Restore,
    RemoveArticle,
}

impl Intent {
    const NAMES: [(Self, &'static str); 12] = [
        (Self::Highlight, "highlight"),
        (Self::AddNote, "add-note"),
        (Self::Edit, "edit"),
        (Self::Recolour, "recolour"),
        (Self::Remove, "remove"),
        (Self::Import, "import"),
        (Self::Keep, "keep"),
        (Self::Detach, "detach"),
        (Self::Attach, "attach"),
        (Self::Join, "join"),
        (Self::Restore, "restore"),
        (Self::RemoveArticle, "remove-article"),
    ];

    /// Its name in a stored history.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(intent, _)| *intent == self)
            .map_or("edit", |(_, name)| name)
    }

    /// The intent of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(intent, _)| *intent)
    }
}

/// Changes that are made, and taken back, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// What it is for.
    pub intent: Intent,
    /// The changes; no two of one annotation.
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

/// An edit does not fit what stands there: another tab was first.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the note {id} is no longer as the edit found it")]
pub struct Conflict {
    /// Whose edit it was.
    pub id: AnnotationId,
}

/// Annotations by id.
///
/// Invariant: sorted by id, each id once. A list and not a tree: an edit copies it, and a list of
/// ten thousand is copied faster than a tree of as many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notebook {
    annotations: Vec<Rc<Annotation>>,
}

impl Notebook {
    /// An annotation.
    pub fn get(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.find(id).ok().map(|index| &self.annotations[index])
    }

    /// Every annotation, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Annotation>> {
        self.annotations.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty()
    }

    /// The notebook after an edit.
    ///
    /// # Errors
    /// [`Conflict`] where a change's `before` is not what stands there: nothing is then changed.
    pub fn apply(&self, transaction: &Transaction) -> Result<Self, Conflict> {
        for change in &transaction.changes {
            if self.get(change.id()) != change.before() {
                return Err(Conflict {
                    id: change.id().clone(),
                });
            }
        }
        let mut next = self.clone();
        for change in &transaction.changes {
            next.put(change.id(), change.after());
        }
        Ok(next)
    }

    /// The notebook with what storage or another tab says of annotations, whatever stood there;
    /// and the changes that this was.
    pub fn received(
        &self,
        news: impl IntoIterator<Item = (AnnotationId, Option<Rc<Annotation>>)>,
    ) -> (Self, Vec<Change>) {
        let mut next = self.clone();
        let mut changes = Vec::new();
        for (id, after) in news {
            let before = next.get(&id).cloned();
            if before != after {
                next.put(&id, after.as_ref());
                changes.extend(Change::of(before, after));
            }
        }
        (next, changes)
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
