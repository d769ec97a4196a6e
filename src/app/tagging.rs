//! Edits of many notes: of the tags of every article, and of notes that were picked.

use std::rc::Rc;

use super::exchange::{FIRST_PART, next_part};
use super::{App, Drawings};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::history::History;
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::model::sync::record::RecordKind;
use crate::model::tagging;

/// Reads every note, and returns them all.
pub async fn survey(app: &App) -> Vec<Rc<Annotation>> {
    if !app.session().read_only {
        app.read_everything().await;
    }
    known_notes(app)
}

fn known_notes(app: &App) -> Vec<Rc<Annotation>> {
    let records = app.replica().folder(RecordKind::Note.folder());
    let notes = app.records().live_notes(&records).into_iter();
    notes.map(Rc::new).collect()
}

/// Makes an edit of notes on any article; nothing if there is nothing to change.
pub fn edit(app: &App, intent: Intent, changes: impl FnOnce(&[Rc<Annotation>]) -> Vec<Change>) {
    // What is being written would otherwise be of a note as it was.
    app.send(Action::Leave);
    let Some(edit) = tagging::edit(intent, changes(&known_notes(app))) else {
        return;
    };
    let session = app.session();
    let before = edit.changes.iter().filter_map(Change::before);
    let unknown = before.filter(|note| session.notebook.get(&note.id) != Some(note));
    let known = unknown.map(|note| (**note).clone()).collect();
    app.send(Action::Edit {
        edit,
        known,
        part_of: None,
    });
}

/// Returns the changes of some notes.
pub type Changes = Box<dyn Fn(&[Rc<Annotation>]) -> Vec<Change>>;

/// What is done to many notes.
pub struct Many {
    /// Its purpose.
    pub intent: Intent,
    /// The notes.
    pub ids: Vec<AnnotationId>,
    /// What becomes of some of them.
    pub changes: Changes,
}

/// Edits many loaded notes as one step of the history: a few at once, others in parts, between which
/// the page responds.
pub fn edit_many(app: &App, many: Many) {
    app.send(Action::Leave);
    let (first, rest) = many.ids.split_at(many.ids.len().min(FIRST_PART));
    let start = app.platform().milliseconds();
    let edit = edit_part(app, &many, first, None, true);
    if rest.is_empty() {
        return tell_if_nothing(app, &many, edit.as_deref());
    }
    let count = next_part(FIRST_PART, app.platform().milliseconds() - start);
    let there = app.clone();
    app.spawn(async move { edit_rest(&there, &many, edit, count).await });
}

/// Edits what follows the first part, until it is done or the reader takes it back.
async fn edit_rest(app: &App, many: &Many, mut edit: Option<Rc<Transaction>>, mut count: usize) {
    let is_wanted = |edit: &Option<Rc<Transaction>>| {
        let history = &app.session().history;
        edit.as_ref().is_none_or(|edit| history.has(edit))
    };
    let mut rest = &many.ids[FIRST_PART..];
    let mut drawings = Drawings::since_now(app);
    while !rest.is_empty() {
        app.yield_now().await;
        if !is_wanted(&edit) {
            break;
        }
        let (part, later) = rest.split_at(count.min(rest.len()));
        let start = app.platform().milliseconds();
        edit = edit_part(app, many, part, edit, false);
        count = next_part(count, app.platform().milliseconds() - start);
        rest = later;
        if drawings.are_due(app) {
            app.yield_now().await;
            app.shell().redraw();
        }
    }
    let stores = app.lazy_stores();
    stores.keep_history(&History::default(), &app.session().history);
    app.shell().redraw();
    if is_wanted(&edit) {
        tell_if_nothing(app, many, edit.as_deref());
    }
}

/// Makes a part of an edit, and returns the whole edit as it is then.
fn edit_part(
    app: &App,
    many: &Many,
    ids: &[AnnotationId],
    whole: Option<Rc<Transaction>>,
    is_drawn: bool,
) -> Option<Rc<Transaction>> {
    // They may have been changed since the part before.
    let notebook = app.session().notebook.clone();
    let notes = ids.iter().filter_map(|id| notebook.get(id).cloned());
    let notes: Vec<Rc<Annotation>> = notes.collect();
    let Some(edit) = tagging::edit(many.intent, (many.changes)(&notes)) else {
        return whole;
    };
    let first = whole.as_deref().unwrap_or(&edit).changes.first().cloned();
    let action = Action::Edit {
        edit,
        known: Vec::new(),
        part_of: whole,
    };
    match is_drawn {
        true => app.send(action),
        false => app.send_undrawn(action),
    }
    let session = app.session();
    let mut line = session.history.line()[..session.history.at()].iter().rev();
    let is_it = |edit: &&Rc<Transaction>| {
        edit.intent == many.intent && edit.changes.first() == first.as_ref()
    };
    line.find(is_it).cloned()
}

fn tell_if_nothing(app: &App, many: &Many, edit: Option<&Transaction>) {
    if edit.is_none() && !app.session().read_only {
        app.tell(Message::Changed {
            intent: many.intent,
            notes: 0,
        });
    }
}
