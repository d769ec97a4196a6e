//! Whether there is anything to place: notes of the open article that were made on another text, or older
//! texts that may be of no use any more. The lazy part does it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::hooks::AppHandle;
use super::lazy::{self, Command};
use crate::browser::records;
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::digest::Digest;
use crate::model::session::Session;

/// Looks after each action whether there is anything to place.
#[derive(Default)]
pub struct PendingWork {
    at_work: Cell<bool>,
    /// The text that was looked at last.
    of: RefCell<Option<(ArticleId, Digest)>>,
}

impl PendingWork {
    /// Has done what there is to do, unless it is being done.
    pub fn look(self: &Rc<Self>, app: &AppHandle) {
        if self.at_work.get() || app.is_loading() || !self.has_work(&app.session()) {
            return;
        }
        self.at_work.set(true);
        let pending_work = self.clone();
        let done = Box::new(move || pending_work.at_work.set(false));
        lazy::send(app, Command::Place(done));
    }

    fn has_work(&self, session: &Session) -> bool {
        let Some(article) = &session.article else {
            return false;
        };
        let of = Some((article.id(), article.digest().clone()));
        let is_new = *self.of.borrow() != of;
        if is_new {
            self.of.replace(of);
        }
        let has_older = || {
            let record = records::records().article(&article.id());
            record.is_some_and(|record| record.texts().len() > 1)
        };
        let pending = !session.placements.pending().is_empty();
        pending || lacks_hints(session, article.digest()) || is_new && has_older()
    }
}

/// Whether a note that the reader has detached has nothing that can be suggested for it, as far as
/// this session knows.
pub fn lacks_hints(session: &Session, digest: &Digest) -> bool {
    let detached = |note: &&Rc<Annotation>| note.is_detached_from(digest);
    let mut detached = session.placements.annotations().filter(detached);
    detached.any(|note| session.findings.hint(&note.id).is_none())
}
