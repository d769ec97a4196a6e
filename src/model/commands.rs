//! What a reader can do to notes: each function reads a session and returns a transaction.

use std::rc::Rc;

use super::anchoring::{Anchor, at_hand, describe};
use super::annotation::{
    Annotation, AnnotationId, Attachment, Colour, Extra, Stamp, Target, Timestamp,
};
use super::article::{Article, ArticleId};
use super::exchange::answering;
use super::notebook::{Change, Intent, Transaction};
use super::passages::Passage;
use super::placements::AnchorStatus;
use super::session::Session;
use super::tags::tags_after;
use super::text::TextRange;

/// The colour of answers: the passage has that of the note that they answer.
const ANSWERS: Colour = Colour::Grey;

/// Adds an annotation to each `together` passages; `None` if there is no article or no passage.
pub fn annotate(
    session: &Session,
    passages: &[Passage],
    together: usize,
    intent: Intent,
    colour: Colour,
    stamp: Stamp,
) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    if passages.is_empty() {
        return None;
    }
    let add = |(index, passages): (usize, &[Passage])| {
        let mut targets = passages
            .iter()
            .map(|passage| describe(article, passage.range()));
        let stamp = Stamp {
            id: numbered(&stamp.id, index),
            at: stamp.at.clone(),
        };
        let target = targets.next().unwrap_or_default();
        Change::add(Rc::new(Annotation {
            more: targets.collect(),
            ..fresh(article, target, colour, stamp)
        }))
    };
    Some(Transaction {
        intent,
        changes: passages.chunks(together).enumerate().map(add).collect(),
    })
}

/// Adds an annotation to the article as a whole, in the colour of new ones; `None` if there is no
/// article.
pub fn annotate_whole(session: &Session, stamp: Stamp) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    // A target that describes no passage, only the article and its text.
    let target = Target {
        source: article.iri(),
        digest: Some(article.digest().clone()),
        ..Target::default()
    };
    let added = fresh(article, target, session.colour, stamp);
    Some(Transaction::one(
        Intent::AddNote,
        Change::add(Rc::new(added)),
    ))
}

/// Adds an answer to a note: a note on the same passage that names the other. So it is found wherever
/// that one is, and is still on the passage when that one is gone.
pub fn answer(session: &Session, id: &AnnotationId, stamp: Stamp) -> Option<Transaction> {
    let answered = session.notebook.get(id)?;
    let answer = Annotation {
        id: stamp.id,
        article: answered.article.clone(),
        target: answered.target.clone(),
        more: Vec::new(),
        attached: answered.attached.clone(),
        note: String::new(),
        tags: Vec::new(),
        colour: ANSWERS,
        created: Some(stamp.at),
        modified: None,
        extra: answering(answered),
    };
    Some(Transaction::one(
        Intent::AddNote,
        Change::add(Rc::new(answer)),
    ))
}

/// An annotation on which nothing is written yet.
fn fresh(article: &Article, target: Target, colour: Colour, stamp: Stamp) -> Annotation {
    Annotation {
        id: stamp.id,
        article: article.id(),
        target,
        more: Vec::new(),
        attached: None,
        note: String::new(),
        tags: Vec::new(),
        colour,
        created: Some(stamp.at),
        modified: None,
        extra: Extra::default(),
    }
}

/// The id of one of several annotations made at once: the first gets the fresh id, the others get
/// ids derived from it.
fn numbered(fresh: &AnnotationId, index: usize) -> AnnotationId {
    match index {
        0 => fresh.clone(),
        _ => AnnotationId::of_content(&format!("{fresh} {index}")),
    }
}

/// Adds the selected passages to a note, except those that it is on already.
pub fn add_passages(session: &Session, id: &AnnotationId, at: Timestamp) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    let before = session.notebook.get(id)?;
    if before.article != article.id() {
        return None;
    }
    let mut after = (**before).clone();
    for passage in session.selection.as_ref()?.all() {
        let passage = described(article, before, *passage);
        if passage != after.target && !after.more.contains(&passage) {
            after.more.push(passage);
        }
    }
    edited(Intent::AddPassage, before, after, at)
}

/// Takes a further passage, by its index, off a note.
pub fn remove_passage(
    session: &Session,
    id: &AnnotationId,
    index: usize,
    at: Timestamp,
) -> Option<Transaction> {
    let before = session.notebook.get(id)?;
    let mut after = (**before).clone();
    if index < after.more.len() {
        after.more.remove(index);
    }
    edited(Intent::RemovePassage, before, after, at)
}

/// Changes the words and tags of a note as it stood when writing began; `None` if nothing differs.
pub fn rewrite(
    before: &Rc<Annotation>,
    note: &str,
    tags: &str,
    at: Timestamp,
) -> Option<Transaction> {
    let mut after = (**before).clone();
    // What was not touched stays exactly: other programs write tags that people would not type.
    if note != before.note {
        after.note = note.trim_end().to_owned();
    }
    after.tags = tags_after(&before.tags, tags);
    edited(Intent::Edit, before, after, at)
}

/// Changes the colour of a note; `None` if it already has that colour.
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

/// Removes a note.
pub fn remove(session: &Session, id: &AnnotationId) -> Option<Transaction> {
    let annotation = session.notebook.get(id)?.clone();
    Some(Transaction::one(Intent::Remove, Change::remove(annotation)))
}

/// Makes a separate note of words written while another tab changed the note, so that both stay.
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

/// Accepts where a note was found: on its changed words, or in the place suggested for it.
pub fn keep(session: &Session, id: &AnnotationId, at: Timestamp) -> Option<Transaction> {
    if let Some(placed) = session.placements.placed_of(id) {
        let range = Some(placed.range).filter(|_| placed.status == AnchorStatus::Changed)?;
        return attach_to(session, id, range, Intent::Keep, at);
    }
    match session.placements.unanchored_of(id)?.anchor {
        Anchor::Orphan {
            suggestion: Some(place),
        } => attach_to(session, id, place.range, Intent::Attach, at),
        _ => None,
    }
}

/// Puts a note that could be in several places in one of them.
pub fn choose_place(
    session: &Session,
    id: &AnnotationId,
    index: usize,
    at: Timestamp,
) -> Option<Transaction> {
    match &session.placements.unanchored_of(id)?.anchor {
        Anchor::Ambiguous(places) => {
            attach_to(session, id, places.get(index)?.range, Intent::Attach, at)
        }
        _ => None,
    }
}

/// Attaches a note to the reader's selection, to the first passage if there are several.
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

fn attach_to(
    session: &Session,
    id: &AnnotationId,
    range: TextRange,
    intent: Intent,
    at: Timestamp,
) -> Option<Transaction> {
    let passage = Passage::of(session.article.as_ref()?, range)?;
    attach(session, id, passage, intent, at)
}

fn attach(
    session: &Session,
    id: &AnnotationId,
    passage: Passage,
    intent: Intent,
    at: Timestamp,
) -> Option<Transaction> {
    let article = session.article.as_ref()?;
    let before = session.notebook.get(id)?;
    if before.article != article.id() {
        return None;
    }
    let place = described(article, before, passage);
    // A note on its original passage needs no attachment.
    let attached = (place != before.target).then_some(Attachment::At(place));
    let after = Annotation {
        attached,
        ..(**before).clone()
    };
    edited(intent, before, after, at)
}

/// Describes a passage for a note. The article is the same even if other programs call it something
/// else.
fn described(article: &Article, note: &Annotation, passage: Passage) -> Target {
    Target {
        source: note.target.source.clone(),
        ..describe(article, passage.range())
    }
}

/// Moves the ends of a note's passage: another passage of the open text is its target from now on.
/// What another program wrote of the old one stays true of it, so then the new one is where the
/// reader attached the note.
pub fn move_to(
    session: &Session,
    id: &AnnotationId,
    range: TextRange,
    at: Timestamp,
) -> Option<Transaction> {
    let before = session.notebook.get(id)?;
    let mut moved = attach_to(session, id, range, Intent::Move, at)?;
    if before.extra.is_empty()
        && let Some(after) = moved.changes[0].after()
        && let Some(Attachment::At(target)) = &after.attached
    {
        let after = Annotation {
            target: target.clone(),
            attached: None,
            ..(**after).clone()
        };
        moved.changes = Change::replace(before.clone(), Rc::new(after))
            .into_iter()
            .collect();
    }
    Some(moved)
}

/// Detaches a note from the open text; `None` if it was made on that very text and the reader has
/// not attached it elsewhere.
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

/// Makes the notes of another article notes of the open one; their targets stay as they are.
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
