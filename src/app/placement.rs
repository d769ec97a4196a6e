//! Placement: looks for the open article's notes that were made on another text, first among the
//! stored findings, then with the engine; and removes older texts that no note needs any more.
//!
//! Each step is chosen from the current session, so it does not matter if another article was
//! opened or other notes arrived meanwhile.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use super::engine::Search;
use super::ports::{LazyPlatform, Timer};
use super::{App, Drawings};
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::{Article, ArticleId};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::findings::Findings;
use crate::model::notice::Message;
use crate::model::older_texts::{helpful, nearest_first, needless, needs, wanted};
use crate::model::session::Action;
use crate::model::text::TextRange;

/// Number of notes in the first request, kept small so that notes in view are placed quickly.
const FIRST_BATCH: usize = 100;
/// Number of notes in each later request. More would block the page while it takes them in.
const BATCH: usize = 1_000;
/// Milliseconds of searching after which the reader is told about it.
const UNTOLD: u32 = 300;

/// What has been done for the notes of one text.
#[derive(Default)]
struct Done {
    /// The stored findings were read.
    read: bool,
    /// The worker was asked at least once.
    asked: bool,
    /// There are findings that are not stored yet.
    unkept: bool,
    /// Unneeded texts were removed.
    tidied: bool,
}

/// A notice, shown if it takes a while, that notes are being looked for. Dismissed on drop.
struct Hint {
    app: App,
    notice: Rc<Cell<Option<u32>>>,
    _timer: Timer,
}

/// State of placing the notes of the open article.
#[derive(Default)]
pub(super) struct Placement {
    of: RefCell<Option<(ArticleId, Digest)>>,
    done: RefCell<Done>,
    hint: RefCell<Option<Hint>>,
}

/// The next step of placement.
enum Step {
    Read,
    Ask,
    Keep,
    Tidy,
}

/// Runs steps until none is left.
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
        let done = self.done.borrow();
        let step = match *done {
            // While the notes are read, so that they come to their places at once.
            Done { read: false, .. } => Step::Read,
            _ if app.is_loading() => return None,
            _ if !session.placements.is_complete() => Step::Ask,
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
                let session = app.session();
                let (ids, numbers) = session.findings.to_numbers(&session.notebook);
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

    /// Asks the engine for the notes, those in view first, a batch at a time: while it looks for one
    /// batch, the page takes in what was found of the one before.
    async fn ask(&self, app: &App, platform: &dyn LazyPlatform, article: &Rc<Article>) {
        let pending = app.session().placements.sought().len();
        if self.hint.borrow().is_none() {
            self.hint.replace(Some(Hint::after_a_while(app, pending)));
        }
        let mut batch = self.next_batch(app, article, &[]);
        let mut answer = look_for(app, platform, article, &batch).await;
        let mut drawings = Drawings::default();
        loop {
            let next = match answer {
                Ok(_) if session_is_about(app, article) => self.next_batch(app, article, &batch),
                _ => Vec::new(),
            };
            if next.is_empty() {
                return self.take_in(app, article, answer, App::send);
            }
            let send = match drawings.are_due(app) {
                true => App::send,
                false => App::send_undrawn,
            };
            let taken_in = async {
                // The question leaves first.
                app.yield_now().await;
                self.take_in(app, article, answer, send);
            };
            let asked = look_for(app, platform, article, &next);
            (answer, ()) = both(asked, taken_in).await;
            batch = next;
        }
    }

    /// The notes to be looked for next, besides those in hand.
    fn next_batch(
        &self,
        app: &App,
        article: &Article,
        in_hand: &[Rc<Annotation>],
    ) -> Vec<Rc<Annotation>> {
        let session = app.session();
        let mut in_hand: Vec<&AnnotationId> = in_hand.iter().map(|note| &note.id).collect();
        in_hand.sort_unstable();
        let mut pending = session.placements.sought();
        pending.retain(|note| in_hand.binary_search(&&note.id).is_err());
        if pending.is_empty() {
            return pending;
        }
        let first = !std::mem::replace(&mut self.done.borrow_mut().asked, true);
        let mut notes = nearest_first(&pending, shown_first(app, article));
        notes.truncate(if first { FIRST_BATCH } else { BATCH });
        notes
    }

    fn take_in(
        &self,
        app: &App,
        article: &Article,
        answer: Result<NoteAnchors, Failure>,
        send: fn(&App, Action),
    ) {
        let digest = article.digest().clone();
        match answer {
            Ok(found) => {
                if session_is_about(app, article) {
                    self.done.borrow_mut().unkept = true;
                }
                send(app, Action::Found { digest, found });
            }
            Err(why) => {
                self.hint.take();
                app.send(Action::GiveUp { digest, why });
            }
        }
    }
}

/// Runs two futures at once.
async fn both<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut of_one, mut of_other) = (None, None);
    poll_fn(|context| {
        if of_one.is_none()
            && let Poll::Ready(output) = one.as_mut().poll(context)
        {
            of_one = Some(output);
        }
        if of_other.is_none()
            && let Poll::Ready(output) = other.as_mut().poll(context)
        {
            of_other = Some(output);
        }
        match (of_one.take(), of_other.take()) {
            (Some(one), Some(other)) => Poll::Ready((one, other)),
            (one, other) => {
                (of_one, of_other) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

impl Hint {
    fn after_a_while(app: &App, notes: usize) -> Self {
        let notice = Rc::new(Cell::new(None));
        let (told, there) = (notice.clone(), app.clone());
        let timer = app.after(UNTOLD, move || {
            let status = there.session().notices.status().cloned();
            // The result of an import is reported together with what is found.
            let import = |message: &Message| {
                matches!(message, Message::Imported(_) | Message::ReadingNotes { .. })
            };
            if status.is_some_and(|status| import(&status.message)) {
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

/// The first code point visible in the window.
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
    app: &App,
    platform: &dyn LazyPlatform,
    article: &Rc<Article>,
    notes: &[Rc<Annotation>],
) -> Result<NoteAnchors, Failure> {
    let record = app.records().article(&article.id());
    let versions = record.map_or_else(Vec::new, |record| record.texts());
    // Those that any pending note needs, so that the engine can keep what it has made of them.
    let session = app.session();
    let older = helpful(&versions, article.digest(), &session.placements.sought());
    let target = |note: &Rc<Annotation>| {
        let (sought, original) = wanted(note);
        (sought.clone(), original.cloned())
    };
    let search = Search {
        article: article.clone(),
        older,
        targets: notes.iter().map(target).collect(),
    };
    let anchors = platform.engine().place(search).await?.anchors;
    let ids = notes.iter().map(|note| note.id.clone());
    Ok(ids.zip(anchors).collect())
}

async fn read_findings(app: &App, platform: &dyn LazyPlatform, article: &Article) {
    let digest = article.digest();
    if let Some((ids, numbers)) = platform.findings(digest).await {
        let findings = Findings::from_numbers(digest, &ids, &numbers, article.text());
        app.send(Action::Recalled { findings });
    }
}

/// Removes the older texts that neither a note nor an undoable edit needs.
async fn tidy(app: &App, platform: &dyn LazyPlatform, article: &Article) {
    let session = &app.session();
    let id = article.id();
    let Some(record) = app.records().article(&id) else {
        return;
    };
    // Another tab has opened a later version and takes care of its notes.
    if record.digest.as_ref() != Some(article.digest()) {
        return;
    }
    let is_needed = |text: &Digest| needs(session, &id, text);
    let mut needless = needless(&record.texts(), article.digest(), is_needed);
    // The page's other text is one click away, so it stays.
    let other = article.description().other.as_ref();
    needless.retain(|text| other.is_none_or(|other| other.digest() != text));
    if needless.is_empty() {
        return;
    }
    for text in app.records().forget_texts(&id, &needless) {
        platform.remove_text(&text).await;
    }
}
