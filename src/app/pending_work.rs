//! Determines whether there is work for `placement`: notes of the open article that were made on
//! another text, or older texts that may no longer be needed.

use std::cell::{Cell, RefCell};

use super::App;
use super::ports::Work;
use crate::model::article::ArticleId;
use crate::model::digest::Digest;

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
        if !self.is_loading() && self.has_work() {
            self.begin_placing();
        }
    }

    /// Starts placing unless it is under way. Begins with the stored findings, while the notes of
    /// the article are still being read.
    pub(super) fn begin_placing(&self) {
        if self.0.pending_work.at_work.replace(true) {
            return;
        }
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
        let pending = !session.placements.is_complete();
        pending || is_new && has_older()
    }
}
