//! What a reader can do to notes: each function reads a session and makes a transaction.

use std::rc::Rc;

use super::anchoring::{Anchor, at_hand, describe};
use super::annotation::{
    Annotation, AnnotationId, Attachment, Colour, Extra, Stamp, Target, Timestamp,
};
use super::article::{Article, ArticleId};
use super::notebook::{Change, Intent, Transaction};
use super::passages::Passages;
use super::placements::AnchorStatus;
use super::session::Session;
use super::tags::tags_after;
use super::text::{TextRange, snap_to_graphemes, trim};

/// A new annotation on each of some passages; `None` where there is no article or nothing but white
/// space.
pub fn annotate(
    session: &Session,
    ranges: &[TextRange],
    intent: Intent,
    colour: Colour,
    stamp: Stamp,
) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    let ranges = ranges.iter().filter_map(|range| passage(article, *range));
    // Whole characters may be more than was selected of them.
    let ranges = Passages::of(&ranges.collect::<Vec<TextRange>>())?;
    let add = |(index, range): (usize, &TextRange)| {
        Change::add(Rc::new(Annotation {
            id: numbered(&stamp.id, index),
            article: article.id(),
            target: describe(article, *range),
            attached: None,
            note: String::new(),
            tags: Vec::new(),
            colour,
            created: Some(stamp.at.clone()),
            modified: None,
            extra: Extra::default(),
        }))
    };
    Some(Transaction {
        intent,
        changes: ranges.all().iter().enumerate().map(add).collect(),
    })
}

/// The id of one of several annotations that are made at once: the first has the fresh one, the
/// others have ids that follow from it.
fn numbered(fresh: &AnnotationId, index: usize) -> AnnotationId {
    match index {
        0 => fresh.clone(),
        _ => AnnotationId::of_content(&format!("{fresh} {index}")),
    }
}

/// What is selected, in whole characters and without white space around it, if it is anything.
fn passage(article: &Article, range: TextRange) -> Option<TextRange> {
    let range = trim(article.text(), range);
    let range = snap_to_graphemes(article.text(), range);
    (!range.is_empty()).then_some(range)
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
    after.tags = tags_after(&before.tags, tags);
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
        tags: tags_after(&base.tags, tags),
        created: Some(stamp.at),
        modified: None,
        ..base.clone()
    };
    Transaction::one(Intent::AddNote, Change::add(Rc::new(copy)))
}

/// A note is where it was found: on changed words, or in the place that was suggested for it.
pub fn keep(session: &Session, id: &AnnotationId, at: Timestamp) -> Option<Transaction> {
    if let Some(placed) = session.placements.placed_of(id) {
        let range = Some(placed.range).filter(|_| placed.status == AnchorStatus::Changed)?;
        return attach(session, id, range, Intent::Keep, at);
    }
    match session.placements.unanchored_of(id)?.anchor {
        Anchor::Orphan {
            suggestion: Some(place),
        } => attach(session, id, place.range, Intent::Attach, at),
        _ => None,
    }
}

/// A note that could be in several places is in one of them.
pub fn choose_place(
    session: &Session,
    id: &AnnotationId,
    index: usize,
    at: Timestamp,
) -> Option<Transaction> {
    match &session.placements.unanchored_of(id)?.anchor {
        Anchor::Ambiguous(places) => {
            attach(session, id, places.get(index)?.range, Intent::Attach, at)
        }
        _ => None,
    }
}

/// A note is where the reader has selected; of several passages it is the first.
pub fn attach_to_selection(
    session: &Session,
    id: &AnnotationId,
    at: Timestamp,
) -> Option<Transaction> {
    attach(
        session,
        id,
        session.selection.as_ref()?.first(),
        Intent::Attach,
        at,
    )
}

fn attach(
    session: &Session,
    id: &AnnotationId,
    range: TextRange,
    intent: Intent,
    at: Timestamp,
) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    let before = session.notebook.get(id)?;
    let range = passage(article, range)?;
    if before.article != article.id() {
        return None;
    }
    // It is the same article, whatever other programs call it.
    let place = Target {
        source: before.target.source.clone(),
        ..describe(article, range)
    };
    // Back on its own passage a note needs nothing beside it.
    let attached = (place != before.target).then_some(Attachment::At(place));
    let after = Annotation {
        attached,
        ..(**before).clone()
    };
    edited(intent, before, after, at)
}

/// A note's passage is not in the text that is open; `None` where it was made on that very text
/// and nobody has put it elsewhere.
pub fn detach(session: &Session, id: &AnnotationId, at: Timestamp) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    let before = session.notebook.get(id)?;
    let put = matches!(before.attached, Some(Attachment::At(_)));
    let here = before.article == article.id();
    if !here || (!put && at_hand(article, &before.target).is_some()) {
        return None;
    }
    let after = Annotation {
        attached: Some(Attachment::Nowhere(article.digest().clone())),
        ..(**before).clone()
    };
    edited(Intent::Detach, before, after, at)
}

/// The notes of another article are notes of the open one; their targets stay as they are.
pub fn move_notes(session: &Session, from: &ArticleId) -> Option<Transaction> {
    let to = session.article.as_ref()?.id();
    let of_it = session.notebook.iter().filter(|note| note.article == *from);
    let moved = of_it.filter_map(|before| {
        let after = Annotation {
            article: to.clone(),
            ..(**before).clone()
        };
        Change::replace(before.clone(), Rc::new(after))
    });
    let changes: Vec<Change> = moved.collect();
    (*from != to && !changes.is_empty()).then_some(Transaction {
        intent: Intent::Join,
        changes,
    })
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
