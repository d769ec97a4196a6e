//! Placement: looks for the open article's notes that were made on another text, first among what
//! was found before, then by the engine; and lets go of older texts that no note needs any more.
//!
//! Each step is chosen by what the session is then, so that it does not matter when another
//! article was opened or other notes came meanwhile.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::App;
use super::engine::Search;
use super::pending_work::lacks_hints;
use super::ports::{LazyPlatform, Timer};
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::{Article, ArticleId};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::findings::anchors_of;
use crate::model::notice::Message;
use crate::model::older_texts::{helpful, nearest_first, needless, needs, wanted};
use crate::model::session::Action;
use crate::model::text::TextRange;

/// Notes asked for first: those in sight should not wait for the others.
const FIRST_BATCH: usize = 100;
/// Notes asked for at a time after that. More would hold up the page where it takes them in.
const BATCH: usize = 1_000;
/// Milliseconds of looking after which the reader is told.
const UNTOLD: u32 = 300;

/// What was done for the notes of one text.
#[derive(Default)]
struct Done {
    /// What was found earlier is read.
    read: bool,
    /// Something was asked of the worker.
    asked: bool,
    /// Something was found that is not stored.
    unkept: bool,
    /// Texts that nobody needs are gone.
    tidied: bool,
}

/// Says that notes are looked for, if it takes a while; gone when it is dropped.
struct Hint {
    app: App,
    notice: Rc<Cell<Option<u32>>>,
    _timer: Timer,
}

/// What is done about the notes of the open article.
#[derive(Default)]
pub(super) struct Placement {
    of: RefCell<Option<(ArticleId, Digest)>>,
    done: RefCell<Done>,
    hint: RefCell<Option<Hint>>,
}

/// What is to be done next.
enum Step {
    Read,
    Ask,
    Keep,
    Tidy,
}

/// Does what there is to do.
pub async fn place(app: &App, platform: &dyn LazyPlatform) {
    while let Some((article, step)) = app.0.placement.next_step(app) {
        app.0.placement.go(app, platform, &article, step).await;
    }
}

impl Placement {
    fn next_step(&self, app: &App) -> Option<(Rc<Article>, Step)> {
        let session = app.session();
        let article = session.article.clone()?;
        let of = Some((article.id(), article.digest().clone()));
        if *self.of.borrow() != of {
            self.of.replace(of);
            self.done.take();
            self.hint.take();
        }
        if app.is_loading() {
            return None;
        }
        let mut done = self.done.borrow_mut();
        let pending = !session.placements.pending().is_empty();
        if !done.read {
            done.read = !pending && !lacks_hints(&session, article.digest());
        }
        let step = match *done {
            Done { read: false, .. } => Step::Read,
            _ if pending => Step::Ask,
            Done { unkept: true, .. } => Step::Keep,
            Done { tidied: false, .. } => Step::Tidy,
            _ => return None,
        };
        Some((article, step))
    }

    async fn go(&self, app: &App, platform: &dyn LazyPlatform, article: &Rc<Article>, step: Step) {
        match step {
            Step::Read => {
                self.done.borrow_mut().read = true;
                read_findings(app, platform, article).await;
            }
            Step::Ask => self.ask(app, platform, article).await,
            Step::Keep => {
                self.hint.take();
                self.done.borrow_mut().unkept = false;
                let (ids, numbers) = app.session().findings.to_numbers();
                platform
                    .put_findings(article.digest(), &ids, &numbers)
                    .await;
            }
            Step::Tidy => {
                self.done.borrow_mut().tidied = true;
                tidy(app, platform, article).await;
            }
        }
    }

    /// Asks the worker for some of the notes, those in sight first.
    async fn ask(&self, app: &App, platform: &dyn LazyPlatform, article: &Rc<Article>) {
        let session = app.session();
        let pending = session.placements.pending();
        let first = !std::mem::replace(&mut self.done.borrow_mut().asked, true);
        if self.hint.borrow().is_none() {
            self.hint
                .replace(Some(Hint::after_a_while(app, pending.len())));
        }
        let versions = app
            .records()
            .article(&article.id())
            .map_or_else(Vec::new, |a| a.texts());
        let older = helpful(&versions, article.digest(), pending);
        let mut notes = nearest_first(pending, shown_first(app, article));
        notes.truncate(if first { FIRST_BATCH } else { BATCH });
        let found = look_for(platform, article, older, &notes).await;
        let digest = article.digest().clone();
        match found {
            Ok(found) => {
                if session_is_about(app, article) {
                    self.done.borrow_mut().unkept = true;
                }
                app.send(Action::Found {
                    digest,
                    found,
                    stored: false,
                });
                // To take them in was work enough at a time.
                app.yield_now().await;
            }
            Err(why) => {
                self.hint.take();
                app.send(Action::GiveUp { digest, why });
            }
        }
    }
}

impl Hint {
    fn after_a_while(app: &App, notes: usize) -> Self {
        let notice = Rc::new(Cell::new(None));
        let (told, there) = (notice.clone(), app.clone());
        let timer = app.after(UNTOLD, move || {
            let status = there.session().notices.status().cloned();
            // What an import came to is told together with what is found.
            if status.is_some_and(|status| matches!(status.message, Message::Imported(_))) {
                return;
            }
            there.tell(Message::Finding { notes });
            told.set(there.session().notices.status().map(|notice| notice.number));
        });
        Self {
            app: app.clone(),
            notice,
            _timer: timer,
        }
    }
}

impl Drop for Hint {
    fn drop(&mut self) {
        if let Some(notice) = self.notice.get() {
            self.app.send(Action::Dismiss { notice });
        }
    }
}

fn session_is_about(app: &App, article: &Article) -> bool {
    let open = app.session().article.clone();
    open.is_some_and(|open| open.digest() == article.digest() && open.id() == article.id())
}

/// The code point that the window shows first.
fn shown_first(app: &App, article: &Article) -> u32 {
    let byte = app.shell().first_visible();
    let range = TextRange::new(byte, byte);
    article
        .code_points()
        .of_range(article.text(), range)
        .start()
}

type NoteAnchors = Vec<(AnnotationId, Anchor)>;

async fn look_for(
    platform: &dyn LazyPlatform,
    article: &Rc<Article>,
    older: Vec<Digest>,
    notes: &[Rc<Annotation>],
) -> Result<NoteAnchors, Failure> {
    let target = |note: &Rc<Annotation>| {
        let (sought, original) = wanted(note);
        (sought.clone(), original.cloned())
    };
    let search = Search {
        article: article.clone(),
        older,
        targets: notes.iter().map(target).collect(),
    };
    let anchors = platform.place(search).await?.anchors;
    let ids = notes.iter().map(|note| note.id.clone());
    Ok(ids.zip(anchors).collect())
}

async fn read_findings(app: &App, platform: &dyn LazyPlatform, article: &Article) {
    let Some((ids, numbers)) = platform.findings(article.digest()).await else {
        return;
    };
    if session_is_about(app, article) {
        app.send(Action::Found {
            digest: article.digest().clone(),
            found: anchors_of(&ids, &numbers, &app.session().notebook),
            stored: true,
        });
    }
}

/// Lets go of the older texts that neither a note needs nor an edit that can be taken back.
async fn tidy(app: &App, platform: &dyn LazyPlatform, article: &Article) {
    let session = &app.session();
    let id = article.id();
    let Some(record) = app.records().article(&id) else {
        return;
    };
    // Another tab has opened a later version: that one's notes are its own matter.
    if record.digest.as_ref() != Some(article.digest()) {
        return;
    }
    let is_needed = |text: &Digest| needs(session, &id, text);
    let mut needless = needless(&record.texts(), article.digest(), is_needed);
    // The other text of the page is one click away.
    let other = article.description().other.as_ref();
    needless.retain(|text| other.is_none_or(|other| other.digest() != text));
    if needless.is_empty() {
        return;
    }
    for text in app.records().forget_texts(&id, &needless) {
        platform.remove_text(&text).await;
    }
}
