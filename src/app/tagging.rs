//! Edits of many notes: of the tags of every article, and of notes that were picked.

use std::rc::Rc;

use super::exchange::{FIRST_PART, next_part};
use super::sync::circle;
use super::{App, Drawings};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::history::History;
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;
use crate::model::session::{Action, Session};
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
    let notes = circle::own(app, known_notes(app));
    let Some(edit) = tagging::edit(intent, changes(&notes)) else {
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
        if !rest.is_empty() {
            show_progress(app, &mut drawings, rest.len(), many.ids.len()).await;
        }
    }
    if is_wanted(&edit) {
        tell_if_nothing(app, many, edit.as_deref());
    }
    // The last part has said how many there were, unless it found nothing to change.
    if let Some(edit) = edit.filter(|_| progress_of(&app.session()).is_some()) {
        let (intent, notes) = (many.intent, edit.changes.len());
        let message = Message::Changed { intent, notes };
        app.send_undrawn(Action::Tell { message });
    }
    show_whole(app);
}

/// The number of the notice of progress, which stands while an edit goes on in parts.
pub fn progress_of(session: &Session) -> Option<u32> {
    let status = session.notices.status();
    let status = status.filter(|notice| matches!(notice.message, Message::Changing { .. }));
    status.map(|notice| notice.number)
}

/// Milliseconds between two drawings: a list with a filter takes long to draw.
const BETWEEN_DRAWINGS: f64 = 600.0;

/// Shows how much of an edit is done, if it is time to.
async fn show_progress(app: &App, drawings: &mut Drawings, left: usize, all: usize) {
    if drawings.are_due_after(app, BETWEEN_DRAWINGS) {
        let percent = (all - left) * 100 / all.max(1);
        let percent = u8::try_from(percent).unwrap_or(100);
        let message = Message::Changing { percent };
        app.send_undrawn(Action::Tell { message });
        app.yield_now().await;
        app.shell().redraw();
    }
}

/// Stores the history once an edit is whole, and shows what has become of the notes.
fn show_whole(app: &App) {
    // What ended it may have said nothing itself.
    if let Some(notice) = progress_of(&app.session()) {
        app.send_undrawn(Action::Dismiss { notice });
    }
    let stores = app.lazy_stores();
    stores.keep_history(&History::default(), &app.session().history);
    app.shell().redraw();
}

/// Handles an action instead of the session, if it is an edit of many notes that is taken back or made
/// again, or one of a note that is not the reader's; false if it is neither.
pub fn takes_over(app: &App, action: &Action) -> bool {
    match action {
        Action::Undo => goes_in_parts(app, false),
        Action::Redo => goes_in_parts(app, true),
        _ => circle::refuses(app, action),
    }
}

/// Takes back an edit of many notes, or makes it again, in parts; false if it is of few notes, or if
/// it does not apply any more.
fn goes_in_parts(app: &App, forward: bool) -> bool {
    let session = app.session();
    let Some(edit) = next_of(&session.history, forward) else {
        return false;
    };
    let is_as_left = |change: &Change| {
        let now = if forward {
            change.before()
        } else {
            change.after()
        };
        session.notebook.get(change.id()) == now
    };
    let is_long = edit.changes.len() > FIRST_PART;
    let is_free = !session.read_only && session.writing.is_none();
    if !is_free || !is_long || !edit.changes.iter().all(is_as_left) {
        return false;
    }
    let mut course = Course {
        forward,
        all: edit.changes.len(),
        left: edit,
        done: None,
        count: FIRST_PART,
    };
    course.go_on(app);
    app.shell().redraw();
    let there = app.clone();
    app.spawn(async move { course.complete(&there).await });
    true
}

fn next_of(history: &History, forward: bool) -> Option<Rc<Transaction>> {
    let next = if forward {
        history.to_redo()
    } else {
        history.to_undo()
    };
    next.cloned()
}

/// An edit on its way to being taken back or made again. At any time the history says what of it is
/// in effect.
struct Course {
    /// True if it is made again.
    forward: bool,
    /// Number of its changes.
    all: usize,
    /// What is left of it, as it stands in the history.
    left: Rc<Transaction>,
    /// What is done of it, likewise.
    done: Option<Rc<Transaction>>,
    /// Number of changes in the next part.
    count: usize,
}

impl Course {
    /// Goes on until the whole edit is done, or the reader does something else with what is left.
    async fn complete(mut self, app: &App) {
        let mut drawings = Drawings::since_now(app);
        loop {
            app.yield_now().await;
            let next = next_of(&app.session().history, self.forward);
            if next.is_none_or(|next| !Rc::ptr_eq(&next, &self.left)) || !self.go_on(app) {
                break;
            }
            show_progress(app, &mut drawings, self.left.changes.len(), self.all).await;
        }
        show_whole(app);
    }

    /// Does the next part; false if it was the last.
    fn go_on(&mut self, app: &App) -> bool {
        let start = app.platform().milliseconds();
        let parted = app.session().history.parted(self.forward, self.count);
        let more = parted.is_some();
        if let Some((history, left)) = parted {
            app.send_undrawn(Action::Arrange { history });
            self.left = left;
        }
        app.send_undrawn(if self.forward {
            Action::Redo
        } else {
            Action::Undo
        });
        let history = app.session().history.clone();
        if let Some((history, done)) = history.rejoined(self.forward, self.done.as_ref()) {
            app.send_undrawn(Action::Arrange { history });
            self.done = Some(done);
        }
        self.count = next_part(self.count, app.platform().milliseconds() - start);
        more
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
    let notes = circle::own(app, notes.collect());
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
