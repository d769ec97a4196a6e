//! Determines whether there is work for `placement`: notes of the open article that were made on
//! another text, or older texts that may no longer be needed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::App;
use super::ports::Work;
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::digest::Digest;
use crate::model::session::Session;

/// State of the work on the open article.
#[derive(Default)]
pub(super) struct PendingWork {
    at_work: Cell<bool>,
    /// The text examined last.
    of: RefCell<Option<(ArticleId, Digest)>>,
}

impl App {
    /// Starts placing if there is work and none is under way.
    pub(super) fn look_for_work(&self) {
        let pending_work = &self.0.pending_work;
        if pending_work.at_work.get() || self.is_loading() || !self.has_work() {
            return;
        }
        pending_work.at_work.set(true);
        let app = self.clone();
        self.spawn(async move {
            app.shell().run(&app, Work::Place).await;
            app.0.pending_work.at_work.set(false);
        });
    }

    fn has_work(&self) -> bool {
        let session = self.session();
        let Some(article) = &session.article else {
            return false;
        };
        let last = &self.0.pending_work.of;
        let of = Some((article.id(), article.digest().clone()));
        let is_new = *last.borrow() != of;
        if is_new {
            last.replace(of);
        }
        let has_older = || {
            let record = self.records().article(&article.id());
            record.is_some_and(|record| record.texts().len() > 1)
        };
        let pending = !session.placements.pending().is_empty();
        pending || lacks_hints(&session, article.digest()) || is_new && has_older()
    }
}

/// True if a note that the reader has detached has no suggestions, as far as this session knows.
pub fn lacks_hints(session: &Session, digest: &Digest) -> bool {
    let detached = |note: &&Rc<Annotation>| note.is_detached_from(digest);
    // A detached note has no place.
    let unanchored = session.placements.unanchored().iter();
    let mut detached = unanchored.map(|one| &one.annotation).filter(detached);
    detached.any(|note| session.findings.hint(&note.id).is_none())
}
