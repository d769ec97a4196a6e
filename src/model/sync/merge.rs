//! Merging: two records of one path become one, and nothing that was written is lost.

use std::rc::Rc;

use super::record::{Path, Record};
use super::version::{Copied, Dot, Version};
use crate::model::annotation::{Annotation, AnnotationId};

/// The result of merging two records of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The record that stays under the path, whichever of the two came first.
    pub stands: Rc<Record>,
    /// If neither edit had seen the other: the words that do not stay, as a separate note. Its id
    /// is derived from the edit, so that every tab makes the same one.
    pub copy: Option<Rc<Record>>,
    /// Set if the winner's tab made a copy before: then `copy` is needed only if that is not safe.
    pub copied: Option<Copied>,
}

/// Merges two records of one path.
pub fn merge(one: &Rc<Record>, other: &Rc<Record>) -> Merged {
    let first_saw = one.version().covers(other.version().dot());
    let second_saw = other.version().covers(one.version().dot());
    let (winner, loser) = match (first_saw, second_saw) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        // Removing a note is not meant to remove words that another tab was just writing on it.
        _ => match rank(one) >= rank(other) {
            true => (one, other),
            false => (other, one),
        },
    };
    let unseen = !first_saw && !second_saw;
    // The same name for different words: a counter is broken, but no note may be lost by it.
    let forged =
        one.version().dot() == other.version().dot() && one.compact_body() != other.compact_body();
    // A tab that had seen it put its words into a copy, but may have died before that was safe.
    let copied = winner.version().copy_for(loser.version().dot());
    let copied = copied.filter(|_| !unseen && !forged).cloned();
    let copy = (unseen || forged || copied.is_some()).then(|| copy_of(loser, winner, forged));
    let copy = copy.flatten();
    let mut version = winner.version().joined(loser.version());
    if unseen && copy.is_some() {
        version = version.with_copied(&[Copied::of(loser.version(), winner.version())]);
    }
    let stands = match version == *winner.version() {
        true => winner.clone(),
        false => Rc::new(winner.with_version(version)),
    };
    Merged {
        stands,
        copy,
        copied,
    }
}

fn rank(record: &Record) -> (bool, &Dot, &str) {
    (
        record.is_live(),
        record.version().dot(),
        record.compact_body(),
    )
}

/// Returns the words of a note that another edit replaced, unless that edit has them too. Words
/// from the trash stay in the trash.
fn copy_of(loser: &Record, winner: &Record, forged: bool) -> Option<Rc<Record>> {
    let (lost, stands) = (loser.note()?, winner.note());
    if stands.is_some_and(|stands| says_as_much(&stands, &lost)) {
        return None;
    }
    let dot = loser.version().dot();
    let path = match forged {
        false => path_of_copy(loser.path(), dot)?,
        true => {
            let name = format!("{} {dot} {}", loser.path(), loser.body());
            Path::of_note(&lost.article, &AnnotationId::of_content(&name))
        }
    };
    let version = Version::new(dot.clone(), Vec::new());
    Some(Rc::new(Record::new(
        path,
        version,
        loser.state(),
        &loser.body(),
    )))
}

/// Returns the path of the copy that holds the words of a note's replaced edit.
pub fn path_of_copy(note: &Path, dot: &Dot) -> Option<Path> {
    let (article, _) = note.note()?;
    let id = AnnotationId::of_content(&format!("{note} {dot}"));
    Some(Path::of_note(&article, &id))
}

/// True if the second note has no words of its own. Names every field, so that a new one cannot be
/// forgotten here.
fn says_as_much(stands: &Annotation, lost: &Annotation) -> bool {
    let Annotation {
        id: _,
        article: _,
        target,
        more,
        note,
        tags,
        // Chosen, not written: the later choice stays; a copy would only repeat the earlier.
        attached: _,
        colour: _,
        created: _,
        modified: _,
        // Both have what came with an import.
        extra: _,
    } = lost;
    let same_passage = stands.target == *target && more.iter().all(|one| stands.more.contains(one));
    let words = note.is_empty() || *note == stands.note;
    let tags = tags.iter().all(|tag| stands.tags.contains(tag));
    same_passage && words && tags
}
