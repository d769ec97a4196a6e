//! The notes of all articles: gathered for the room "All notes", and gone to from there.

use std::rc::Rc;

use super::ports::BoxFuture;
use super::records::KnownIris;
use super::{App, articles, navigation, resolve};
use crate::model::all_notes::Listed;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::notice::Message;
use crate::model::session::{Action, Session};
use crate::model::sync::record::{Record, RecordKind};

/// Milliseconds of work at a time: more would block the page.
const SLICE: f64 = 12.0;
/// Number of records between looks at the clock.
const GLANCE: usize = 16;
/// Milliseconds between two looks whether a note has its place by now.
const AGAIN_AFTER: u32 = 40;
/// Most looks. A note of another text is looked for in the worker, which may take seconds.
const MOST_LOOKS: u32 = 500;

/// Every live note, and the titles of their articles.
pub struct Gathered {
    /// The articles that have notes, each once; a title may be empty.
    pub articles: Vec<(ArticleId, String)>,
    /// The notes.
    pub notes: Vec<Rc<Annotation>>,
}

/// Reads the notes of all articles from both stores.
pub fn gather(app: &App) -> BoxFuture<Gathered> {
    let app = app.clone();
    Box::pin(async move {
        read(&app).await;
        let mut survey = Survey::default();
        survey.follow(&app, &|_| None).await;
        Gathered {
            articles: survey.articles(&app),
            notes: survey.listed().map(|listed| listed.note.clone()).collect(),
        }
    })
}

/// Has the replica know every note that is stored.
pub async fn read(app: &App) {
    if !app.session().read_only {
        app.read_everything().await;
    }
}

/// Every note that is known, without reading any store: so that notes are not read twice that are
/// the same as before.
#[derive(Default)]
pub struct Survey {
    /// Every record of a note, by path, with the note if it is live.
    known: Vec<(Rc<Record>, Option<Rc<Listed>>)>,
}

/// Returns the local day of a note.
type DayOf = dyn Fn(&Annotation) -> Option<i32>;

impl Survey {
    /// Takes in what is known by now; false if it is the same as before. Lets the page respond
    /// meanwhile.
    pub async fn follow(&mut self, app: &App, day_of: &DayOf) -> bool {
        let records = app.replica().folder(RecordKind::Note.folder());
        if self.is_of(&records) {
            return false;
        }
        let mut earlier = std::mem::take(&mut self.known).into_iter().peekable();
        let mut iris = KnownIris::new(app.records());
        let mut start = app.platform().milliseconds();
        for (index, record) in records.into_iter().enumerate() {
            while earlier
                .next_if(|(other, _)| other.path() < record.path())
                .is_some()
            {}
            let same = earlier.next_if(|(other, _)| Rc::ptr_eq(other, &record));
            let known = same.unwrap_or_else(|| {
                let note = note_of(app, &record, &mut iris);
                let listed = |note: Rc<Annotation>| {
                    let day = day_of(&note);
                    Rc::new(Listed::new(note, day))
                };
                (record, note.map(listed))
            });
            self.known.push(known);
            if index % GLANCE == 0 && app.platform().milliseconds() - start > SLICE {
                app.yield_now().await;
                start = app.platform().milliseconds();
            }
        }
        true
    }

    /// True if it is of these records and no others.
    fn is_of(&self, records: &[Rc<Record>]) -> bool {
        let mut pairs = self.known.iter().zip(records);
        self.known.len() == records.len() && pairs.all(|((one, _), other)| Rc::ptr_eq(one, other))
    }

    /// The notes, article by article.
    pub fn listed(&self) -> impl Iterator<Item = &Rc<Listed>> {
        self.known.iter().filter_map(|(_, listed)| listed.as_ref())
    }

    /// The articles that have notes, each once, with their titles.
    pub fn articles(&self, app: &App) -> Vec<(ArticleId, String)> {
        let mut articles: Vec<(ArticleId, String)> = Vec::new();
        for listed in self.listed() {
            let id = &listed.note.article;
            if articles.last().is_none_or(|(last, _)| last != id) {
                let title = app.records().article(id).map(|record| record.title);
                articles.push((id.clone(), title.unwrap_or_default()));
            }
        }
        articles
    }
}

/// The note in a record, if it is live. Those of the session need not be parsed.
fn note_of(app: &App, record: &Record, iris: &mut KnownIris<'_>) -> Option<Rc<Annotation>> {
    if !record.is_live() {
        return None;
    }
    let session = app.session();
    // While notes are being read, the session may not have the latest yet.
    let shown = || {
        let (article, id) = record.path().note().filter(|_| !app.is_loading())?;
        let note = session.notebook.get(&id)?;
        (note.article == article).then(|| note.clone())
    };
    shown().or_else(|| iris.note_of(record).map(Rc::new))
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
