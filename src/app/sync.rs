//! Synchronisation: reads both stores when an article is opened and when the tab comes to the
//! front, and receives what other tabs write.

pub mod circle;
pub mod couch;
pub mod desk;
pub mod device;
pub mod joining;
pub mod messages;
pub mod plain;
pub mod replicator;
pub mod sealing;
pub mod server;
pub mod signing;
pub mod synchroniser;
pub mod texts;

use std::rc::Rc;

use super::reading::Stored;
use super::{App, agreeing, maintenance};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::order::sorted_once;
use crate::model::session::Action;
use crate::model::sync::agreement::{Heard, Pair};
use crate::model::sync::record::{Path, Record, RecordKind};
use crate::model::sync::replica::Origin;
use crate::model::sync::store::Refusal;

/// Milliseconds before a journal that failed is read again.
const AGAIN_AFTER: u32 = 5_000;
/// Number of notes taken into the session at a time: more would block the page.
const PART: usize = 2_000;
/// Kinds with few records, which are read whole at the start.
const SMALL: [RecordKind; 2] = [RecordKind::Article, RecordKind::Draft];

/// Reads the `SMALL` kinds from localStorage.
pub fn read_small(app: &App) {
    for kind in SMALL {
        app.begin_reading(kind.folder()).take_all();
    }
}

/// The history of this tab before a reload, if it is not taken in yet: its edits can be taken back
/// only once the notes that they change are known.
pub struct Past {
    history: History,
    /// The notes that it changes of other articles than the one that is shown.
    elsewhere: Vec<(ArticleId, AnnotationId)>,
}

impl Past {
    /// Takes the history in if it changes notes of the article that is shown only, else returns it.
    pub fn remembered(app: &App, here: Option<&ArticleId>) -> Option<Self> {
        let history = app.lazy_stores().history();
        let changes = history.line().iter().flat_map(|edit| &edit.changes);
        let notes =
            changes.map(|change| (change.annotation().article.clone(), change.id().clone()));
        let elsewhere = notes.filter(|(article, _)| Some(article) != here);
        let elsewhere: Vec<_> = elsewhere.collect();
        if elsewhere.is_empty() {
            take_in_history(app, history);
            return None;
        }
        let elsewhere = sorted_once(&elsewhere);
        Some(Self { history, elsewhere })
    }

    /// Reads the notes of the other articles, and takes the history in.
    pub async fn remember(self, app: &App) {
        for of_one in self.elsewhere.chunk_by(|(one, _), (other, _)| one == other) {
            let folder = Path::notes_of(&of_one[0].0);
            if !app.session().read_only {
                app.read_folder(folder.clone()).await;
            }
            let notebook = app.session().notebook.clone();
            let is_news = |note: &_| of_one.binary_search(note).is_ok();
            let mut known = app.replica().folder(&folder);
            known.retain(|record| {
                let note = record.path().note().filter(is_news);
                note.is_some_and(|(_, id)| notebook.get(&id).is_none())
            });
            take_in(app, &known, App::send);
        }
        take_in_history(app, self.history);
    }
}

fn take_in_history(app: &App, history: History) {
    let drafts = Vec::new();
    app.send(Action::Remembered { history, drafts });
}

/// Reads the `SMALL` kinds from the journal too; every stored record of them is known then.
pub async fn look_in_journal(app: &App) {
    let mut damaged = 0;
    for kind in SMALL {
        let mut stored = app.begin_reading(kind.folder());
        stored.take_all();
        match app.read_journal(kind.folder()).await {
            Ok((_, unread)) => damaged += unread,
            Err(Refusal::Newer) => return app.send(Action::OnlyRead),
            Err(why) => {
                app.replica().refuses(Origin::Journal, why);
                break;
            }
        }
        if !app.session().read_only {
            damaged += stored.set_aside();
            app.finish_reading(kind.folder());
        }
    }
    tell_set_aside(app, damaged);
    maintenance::schedule_daily(app);
    app.send(Action::Remembered {
        history: History::default(),
        drafts: app.adopt_drafts().await,
    });
}

fn tell_set_aside(app: &App, records: usize) {
    if records > 0 {
        app.tell(Message::SetAside { records });
    }
}

/// Returns the first notes of an article, and the rest to be read without blocking the page.
pub fn begin_loading(app: &App, id: &ArticleId) -> (Vec<Annotation>, Stored) {
    let folder = Path::notes_of(id);
    let mut stored = app.begin_reading(&folder);
    // The replica may know notes, from an import or a survey, that are not in the notebook yet.
    let mut news = app.replica().folder(&folder);
    let session = app.session();
    news.retain(|record| {
        let note = record.path().note();
        note.is_some_and(|(_, id)| session.notebook.get(&id).is_none())
    });
    news.extend(stored.take_slice());
    let notes = app.records().live_notes(&news);
    (circle::seen(app, notes), stored)
}

/// Reads the rest of an article's notes, from localStorage and then from the journal.
pub fn load_rest(app: &App, id: ArticleId, stored: Stored) {
    app.begin_placing();
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        if let Some(damaged) = read_both(&app, &id, stored).await {
            tell_set_aside(&app, damaged);
        }
        app.end_loading(&id);
        app.platform().pass("notes-read");
    });
}

/// Reads both stores for an open article and gives each the records it lacks. Returns `None` if
/// another article was opened meanwhile.
async fn read_both(app: &App, id: &ArticleId, mut stored: Stored) -> Option<usize> {
    let mut news = Vec::new();
    loop {
        let more = stored.take_slice();
        if more.is_empty() && stored.is_done() {
            break;
        }
        // Parsed now, and not all at once when they are shown.
        more.iter().for_each(|record| drop(record.note()));
        news.extend(more);
        app.yield_now().await;
        if !app.shows(id) {
            return None;
        }
    }
    for part in news.chunks(PART) {
        take_in(app, part, App::send_undrawn);
        app.yield_now().await;
        if !app.shows(id) {
            return None;
        }
    }
    app.send(Action::Loaded { notes: Vec::new() });
    app.end_loading(id);
    let folder = Path::notes_of(id);
    let read = app.read_journal(&folder).await;
    if matches!(read, Err(Refusal::Failed)) {
        look_again_later(app);
    }
    let (news, unread) = read.unwrap_or_default();
    take_in(app, &news, App::send);
    // Another reader may have taken records meanwhile that would otherwise be new here, and a read
    // that failed may have brought some before it did.
    show_known(app);
    if app.session().read_only {
        return Some(0);
    }
    let damaged = stored.set_aside() + unread;
    app.finish_reading(&folder);
    Some(damaged)
}

/// Takes new records into the session.
fn take_in(app: &App, news: &[Rc<Record>], send: fn(&App, Action)) {
    // Records read first may have been edited since.
    let replica = app.replica();
    let now = news.iter().filter_map(|record| replica.get(record.path()));
    let news: &Vec<Rc<Record>> = &now.collect();
    let gone = news.iter().filter(|record| !record.is_live());
    let gone: Vec<Rc<Record>> = gone.cloned().collect();
    if !gone.is_empty() {
        let news = app.records().news_of(&gone);
        send(app, Action::Received { news });
    }
    let notes = circle::seen(app, app.records().live_notes(news));
    if !notes.is_empty() {
        send(app, Action::Loaded { notes });
    }
}

/// Shows the known notes of the open article that are not shown yet, whoever read them.
fn show_known(app: &App) {
    let session = app.session();
    let Some(article) = &session.article else {
        return;
    };
    let mut known = app.replica().folder(&Path::notes_of(&article.id()));
    known.retain(|record| record.is_live());
    // What is shown is known too: as many are the same.
    if known.len() == session.placements.len() {
        return;
    }
    known.retain(|record| {
        let note = record.path().note();
        note.is_some_and(|(_, id)| session.notebook.get(&id).is_none())
    });
    take_in(app, &known, App::send);
}

/// Takes in what another tab sent.
pub fn hear_sent(app: &App, pairs: &[Pair]) {
    let heard = Heard::of(pairs.iter().map(|(name, text)| (&**name, &**text)));
    hear(app, heard.records);
    agreeing::hear(app, &heard.said);
}

/// Takes in what another tab wrote to localStorage.
pub fn hear_written(app: &App, key: &str, text: &str) {
    if let Some(record) = app.lazy_stores().written(key, text) {
        hear(app, vec![record]);
    }
}

/// Takes in the records that another tab wrote.
fn hear(app: &App, found: Vec<Record>) {
    let count = found.len();
    let news = app.replica().take(Origin::Tab, found);
    if !news.is_empty() {
        agreeing::soon(app);
    }
    show(app, &news);
    if news.len() > count {
        app.tell(Message::KeptBothHeard);
    }
}

/// Takes records into the session that came from elsewhere, as far as they matter there.
fn show(app: &App, news: &[Rc<Record>]) {
    let session = app.session();
    let here = session.article.as_ref().map(|article| article.id());
    let matters = |record: &&Rc<Record>| {
        let note = record.path().note();
        note.is_some_and(|(article, id)| {
            let present = session.notebook.get(&id);
            // A note removed under one article may only have moved to another.
            let gone = !record.is_live();
            let of_it = present.is_some_and(|present| present.article == article);
            if gone {
                of_it
            } else {
                Some(article) == here || of_it
            }
        })
    };
    let news: Vec<Rc<Record>> = news.iter().filter(matters).cloned().collect();
    let news = app.records().news_of(&news);
    let hiding = circle::hiding(app);
    let is_seen = |note: &Annotation| hiding.as_ref().is_none_or(|circle| !circle.is_others(note));
    let news = news.into_iter();
    let news: Vec<_> = news.map(|(id, note)| (id, note.filter(is_seen))).collect();
    if !news.is_empty() {
        app.send(Action::Received { news });
    }
}

/// Reads again later, since a journal that failed may soon work.
fn look_again_later(app: &App) {
    let there = app.clone();
    let run = move || look_again(&there);
    app.platform().surely_after(AGAIN_AFTER, Box::new(run));
}

/// Reads what the tab may have missed.
pub fn look_again(app: &App) {
    let Some(id) = app.session().article.as_ref().map(|article| article.id()) else {
        return;
    };
    if app.is_loading() {
        return;
    }
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        let stored = app.begin_reading(&Path::notes_of(&id));
        app.begin_loading(&id);
        if let Some(damaged) = read_both(&app, &id, stored).await {
            tell_set_aside(&app, damaged);
        }
        app.end_loading(&id);
    });
}
