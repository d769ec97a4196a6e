//! Tags over all articles: surveys the notes that have them, and edits these notes together.

use std::rc::Rc;

use super::App;
use crate::model::annotation::Annotation;
use crate::model::notebook::{Change, Intent};
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
    app.send(Action::Edit { edit, known });
}
