//! Decides, for placing an article's notes, which notes to look for first, which older texts help,
//! and which of those texts are no longer needed.

use std::rc::Rc;

use super::annotation::{Annotation, Target};
use super::article::ArticleId;
use super::digest::Digest;
use super::order::sorted;
use super::session::Session;

/// Most older texts that are compared with the new one, each of which costs as much as the new one
/// itself. If there are more, intermediate texts on which no note was made are skipped.
const MOST_VERSIONS: usize = 8;

/// Returns the passages to look for: where the reader has attached a note, and as a fallback where
/// it was made.
pub fn wanted(note: &Annotation) -> (&Target, Option<&Target>) {
    let sought = note.sought();
    let original = (*sought != note.target).then_some(&note.target);
    (sought, original)
}

/// The texts that a note was made on or attached in.
fn texts_of(note: &Annotation) -> impl Iterator<Item = &Digest> {
    let (sought, original) = wanted(note);
    let targets = [Some(sought), original].into_iter().flatten();
    targets
        .chain(&note.more)
        .filter_map(|target| target.digest.as_ref())
}

/// Returns the notes in the order in which they are looked for: those nearest to a code point
/// first.
pub fn nearest_first(notes: &[Rc<Annotation>], code_point: u32) -> Vec<Rc<Annotation>> {
    let distance = |index: usize| {
        let position = notes[index].sought().position;
        position.map_or(u32::MAX, |position| position.start().abs_diff(code_point))
    };
    let order = sorted(notes.len(), &|one, other| {
        distance(one).cmp(&distance(other))
    });
    order
        .into_iter()
        .map(|index| notes[index].clone())
        .collect()
}

/// Returns the older texts, oldest first, that help to find some notes in the current one: those
/// they were made on and those in between. `versions` is sorted oldest first.
pub fn helpful(versions: &[Digest], current: &Digest, notes: &[Rc<Annotation>]) -> Vec<Digest> {
    let is_of_a_note = |version: &Digest| {
        notes
            .iter()
            .any(|note| texts_of(note).any(|d| d == version))
    };
    let older = versions.iter().filter(|version| *version != current);
    let of_a_note: Vec<bool> = older.clone().map(is_of_a_note).collect();
    let from = of_a_note.iter().position(|is| *is);
    let from = from.unwrap_or(of_a_note.len());
    let older = older.zip(of_a_note.iter()).skip(from);
    let mut helpful: Vec<Digest> = older.clone().map(|(version, _)| version.clone()).collect();
    if helpful.len() > MOST_VERSIONS {
        let of_notes = older.filter(|(_, of_a_note)| **of_a_note);
        helpful = of_notes.map(|(version, _)| version.clone()).collect();
        helpful.drain(..helpful.len().saturating_sub(MOST_VERSIONS));
    }
    helpful
}

/// Returns the older texts that may be deleted: those before the first that is needed. `versions`
/// is sorted oldest first; the current text always stays.
pub fn needless(
    versions: &[Digest],
    current: &Digest,
    is_needed: impl Fn(&Digest) -> bool,
) -> Vec<Digest> {
    let before = versions.iter().take_while(|version| !is_needed(version));
    before
        .filter(|version| *version != current)
        .cloned()
        .collect()
}

/// True if a note of an article, or an edit of one that can be undone, needs a text.
pub fn needs(session: &Session, article: &ArticleId, text: &Digest) -> bool {
    let needs =
        |note: &Rc<Annotation>| note.article == *article && texts_of(note).any(|d| d == text);
    let edits = session.history.line().iter();
    let mut sides = edits.flat_map(|edit| {
        let changes = edit.changes.iter();
        changes.flat_map(|change| change.before().into_iter().chain(change.after()))
    });
    let writing = session.writing.iter().map(|writing| &writing.base);
    session.notebook.iter().chain(writing).any(needs) || sides.any(needs)
}
