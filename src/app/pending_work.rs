//! Whether there is anything to place: notes of the open article that were made on another text, or
//! older texts that may be of no use any more. `placement` does it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::App;
use super::ports::Work;
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::digest::Digest;
use crate::model::session::Session;

/// What is known of the work on the open article.
#[derive(Default)]
pub(super) struct PendingWork {
    at_work: Cell<bool>,
    /// The text that was looked at last.
    of: RefCell<Option<(ArticleId, Digest)>>,
}

impl App {
    /// Begins what there is to place, unless that is under way.
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

/// Whether a note that the reader has detached has nothing that can be suggested for it, as far as
/// this session knows.
pub fn lacks_hints(session: &Session, digest: &Digest) -> bool {
    let detached = |note: &&Rc<Annotation>| note.is_detached_from(digest);
    let mut detached = session.placements.annotations().filter(detached);
    detached.any(|note| session.findings.hint(&note.id).is_none())
}
