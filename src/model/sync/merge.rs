//! Merging: two records of one path become one, and nothing that was written is lost.

use std::rc::Rc;

use super::record::{Path, Record};
use super::version::{Copied, Dot, Version};
use crate::model::annotation::{Annotation, AnnotationId};

/// What two records of one path come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// What stands under the path. It is the same whichever record came first.
    pub stands: Rc<Record>,
    /// Where neither had seen the other: the words that do not stand, as a note of their own. Its id
    /// follows from theirs, so that every tab makes the same one.
    pub copy: Option<Rc<Record>>,
    /// The copy is needed only where this one is not safe.
    pub copied: Option<Copied>,
}

/// Merges two records of one path.
pub fn merge(one: &Rc<Record>, other: &Rc<Record>) -> Merged {
    let first_saw = one.version().covers(other.version().dot());
    let second_saw = other.version().covers(one.version().dot());
    let (winner, loser) = match (first_saw, second_saw) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        // Whoever removes a note has not meant the words that another was just writing on it.
        _ => match rank(one) >= rank(other) {
            true => (one, other),
            false => (other, one),
        },
    };
    let unseen = !first_saw && !second_saw;
    // The same name, and other words: somebody's clockwork is broken, nobody's note has to be.
    let forged = one.version().dot() == other.version().dot() && one.packed() != other.packed();
    // Whoever had seen it has put its words into a copy, and may have died before that was safe.
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
    (record.is_live(), record.version().dot(), record.packed())
}

/// The words of a note that another edit takes the place of, where they are not that one's too:
/// what was in the trash stays there.
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

/// Where the words of an edit of a note stand that another one took the place of.
pub fn path_of_copy(note: &Path, dot: &Dot) -> Option<Path> {
    let (article, _) = note.note()?;
    let id = AnnotationId::of_content(&format!("{note} {dot}"));
    Some(Path::of_note(&article, &id))
}

/// True if nothing that somebody wrote is only in the second. Names every field, so that a new one
/// is not forgotten here.
fn says_as_much(stands: &Annotation, lost: &Annotation) -> bool {
    let Annotation {
        id: _,
        article: _,
        target,
        note,
        tags,
        // Chosen, not written: the later choice stands, and a copy would only say the earlier one.
        attached: _,
        colour: _,
        created: _,
        modified: _,
        // What came with an import is in both.
        extra: _,
    } = lost;
    let same_passage = stands.target == *target;
    let words = note.is_empty() || *note == stands.note;
    let tags = tags.iter().all(|tag| stands.tags.contains(tag));
    same_passage && words && tags
}
