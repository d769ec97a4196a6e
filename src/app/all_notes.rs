//! The notes of all articles: gathered for the room "All notes", and gone to from there.

use super::ports::BoxFuture;
use super::{App, articles, navigation, resolve};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::notice::Message;
use crate::model::order::sorted_once;
use crate::model::session::{Action, Session};
use crate::model::sync::record::RecordKind;

/// Number of records read at a time: more would block the page.
const PART: usize = 500;
/// Milliseconds between two looks whether a note has its place by now.
const AGAIN_AFTER: u32 = 40;
/// Most looks. A note of another text is looked for in the worker, which may take seconds.
const MOST_LOOKS: u32 = 500;

/// Every live note, and the titles of their articles.
pub struct Gathered {
    /// The articles that have notes, each once; a title may be empty.
    pub articles: Vec<(ArticleId, String)>,
    /// The notes.
    pub notes: Vec<Annotation>,
}

/// Reads the notes of all articles from both stores.
pub fn gather(app: &App) -> BoxFuture<Gathered> {
    let app = app.clone();
    Box::pin(async move {
        if !app.session().read_only {
            app.read_everything().await;
        }
        let records = app.replica().folder(RecordKind::Note.folder());
        let mut notes = Vec::new();
        for part in records.chunks(PART) {
            notes.extend(app.records().live_notes(part));
            app.yield_now().await;
        }
        let ids: Vec<ArticleId> = notes.iter().map(|note| note.article.clone()).collect();
        let title = |id: ArticleId| {
            let record = app.records().article(&id);
            (id, record.map(|record| record.title).unwrap_or_default())
        };
        Gathered {
            articles: sorted_once(&ids).into_iter().map(title).collect(),
            notes,
        }
    })
}

/// Opens the article of a note, chooses the note and brings it into view, with the focus on its
/// card. Tells the reader if the text of the article is not here any more.
pub fn go_to(app: &App, article: &ArticleId, id: &AnnotationId) {
    let (there, id) = (app.clone(), id.clone());
    let show_it = move |open| show(&there, open, id, MOST_LOOKS);
    open(app, article, Box::new(show_it));
}

/// Opens an article if it is not open, and runs something once it is drawn, unless the reader has
/// gone on to another article. Tells the reader if its text is not here any more.
pub fn once_drawn(app: &App, article: &ArticleId, run: Box<dyn FnOnce()>) {
    let there = app.clone();
    let wait = move |open| await_drawn(&there, open, run, MOST_LOOKS);
    open(app, article, Box::new(wait));
}

/// Opens an article if it is not open, and hands over the id that it has by then: it may be another
/// version.
fn open(app: &App, article: &ArticleId, then: Box<dyn FnOnce(ArticleId)>) {
    let (app, article) = (app.clone(), article.clone());
    app.clone().spawn(async move {
        if !app.shows(&article) && !articles::open_kept(&app, &article).await {
            if app.records().current(&article).is_none() {
                let title = String::new();
                app.tell(Message::TextMissing { title });
            }
            return;
        }
        if let Some(open) = app.session().article.as_ref().map(|article| article.id()) {
            then(open);
        }
    });
}

fn await_drawn(app: &App, open: ArticleId, run: Box<dyn FnOnce()>, looks: u32) {
    if !app.shows(&open) {
        return;
    }
    if is_drawn(app, &app.session()) {
        run();
    } else if looks > 0 {
        let there = app.clone();
        let again = move || await_drawn(&there, open, run, looks - 1);
        app.platform().surely_after(AGAIN_AFTER, Box::new(again));
    }
}

/// Shows a note as soon as its article is drawn and it is known where the note stands there, unless
/// the reader has gone on to another article.
fn show(app: &App, open: ArticleId, id: AnnotationId, looks: u32) {
    if !app.shows(&open) {
        return;
    }
    let session = app.session();
    if is_drawn(app, &session) && is_found(&session, &id) {
        app.send(Action::Choose { id: Some(id) });
        navigation::show_chosen(app, true);
        resolve::follow_chosen(app);
    } else if looks > 0 {
        let there = app.clone();
        let again = move || show(&there, open, id, looks - 1);
        app.platform().surely_after(AGAIN_AFTER, Box::new(again));
    }
}

fn is_drawn(app: &App, session: &Session) -> bool {
    let article = session.article.as_ref();
    article.is_some_and(|article| app.shell().visible(article).is_some())
}

fn is_found(session: &Session, id: &AnnotationId) -> bool {
    let placements = &session.placements;
    placements.range_of(id).is_some() || placements.unanchored_of(id).is_some()
}
