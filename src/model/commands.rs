//! What a reader can do to notes: each function reads a session and makes a transaction.

use std::rc::Rc;

use super::anchoring::describe;
use super::annotation::{Annotation, AnnotationId, Colour, Foreign, Stamp, Timestamp, parse_tags};
use super::notebook::{Change, Intent, Transaction};
use super::session::Session;
use super::text::{TextRange, trim};

/// A new annotation on a passage; `None` where there is no article or nothing but white space.
pub fn annotate(
    session: &Session,
    range: TextRange,
    intent: Intent,
    colour: Colour,
    stamp: Stamp,
) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    let range = trim(article.text(), range);
    if range.is_empty() {
        return None;
    }
    let annotation = Annotation {
        id: stamp.id,
        article: article.id(),
        target: describe(article, range),
        attached: None,
        note: String::new(),
        tags: Vec::new(),
        colour,
        created: Some(stamp.at),
        modified: None,
        foreign: Foreign::default(),
    };
    Some(Transaction::one(intent, Change::add(Rc::new(annotation))))
}

/// Other words and tags for a note, as it stood when writing began; `None` if nothing is other.
pub fn rewrite(
    before: &Rc<Annotation>,
    note: &str,
    tags: &str,
    at: Timestamp,
) -> Option<Transaction> {
    let mut after = (**before).clone();
    // What was not touched stays to the letter: other programs write other tags than people type.
    if note != before.note {
        after.note = note.trim_end().to_owned();
    }
    if tags != before.tags.join(", ") {
        after.tags = parse_tags(tags);
    }
    edited(Intent::Edit, before, after, at)
}

/// Another colour for a note; `None` if it has it already.
pub fn recolour(
    session: &Session,
    id: &AnnotationId,
    colour: Colour,
    at: Timestamp,
) -> Option<Transaction> {
    let before = session.notebook.get(id)?;
    let after = Annotation {
        colour,
        ..(**before).clone()
    };
    edited(Intent::Recolour, before, after, at)
}

/// A note goes.
pub fn remove(session: &Session, id: &AnnotationId) -> Option<Transaction> {
    let annotation = session.notebook.get(id)?.clone();
    Some(Transaction::one(Intent::Remove, Change::remove(annotation)))
}

/// A note of its own for words that were written while another tab changed the note: both stay.
pub fn keep_both(base: &Annotation, note: &str, tags: &str, stamp: Stamp) -> Transaction {
    let copy = Annotation {
        id: stamp.id,
        note: note.trim_end().to_owned(),
        tags: parse_tags(tags),
        created: Some(stamp.at),
        modified: None,
        ..base.clone()
    };
    Transaction::one(Intent::AddNote, Change::add(Rc::new(copy)))
}

fn edited(
    intent: Intent,
    before: &Rc<Annotation>,
    mut after: Annotation,
    at: Timestamp,
) -> Option<Transaction> {
    if **before == after {
        return None;
    }
    after.modified = Some(at);
    let change = Change::replace(before.clone(), Rc::new(after))?;
    Some(Transaction::one(intent, change))
}
