//! Reads stored records: one by one from the small store, page by page from the journal.

use std::cell::RefCell;
use std::rc::Rc;

use super::App;
use super::drafts::FoundDrafts;
use super::ports::{BoxFuture, LocalFolder};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::session::{Action, Draft};
use crate::model::sync::record::{Path, Record};
use crate::model::sync::replica::Origin;
use crate::model::sync::store::Refusal;
use crate::model::sync::{RecordRead, read};

/// Milliseconds of reading stored records at a time.
const SLICE: f64 = 12.0;
/// Number of records between looks at the clock.
const GLANCE: usize = 16;

/// The records of a folder in the small store, still to be read one by one.
pub struct Stored {
    app: App,
    folder: Box<dyn LocalFolder>,
}

/// New records, and the number of unreadable ones.
pub type Read = (Vec<Rc<Record>>, usize);

impl App {
    /// Starts reading a folder: what the stores have of it counts as unknown until
    /// [`App::finish_reading`].
    pub fn begin_reading(&self, folder: &str) -> Stored {
        self.replica().begin_reading(folder);
        Stored {
            app: self.clone(),
            folder: self.lazy_stores().local(folder),
        }
    }

    /// Called when both stores were read: gives each the records that it lacks.
    pub fn finish_reading(&self, folder: &str) {
        self.replica().finish_reading(folder);
    }

    /// Reads a folder of the journal; returns the new records and the number of unreadable ones.
    ///
    /// # Errors
    /// If there is no database, or it fails.
    pub fn read_journal(&self, folder: &str) -> BoxFuture<Result<Read, Refusal>> {
        let news = Rc::new(RefCell::new(Vec::new()));
        let (app, taken) = (self.clone(), news.clone());
        let take_one = move |(path, text): &(String, String)| {
            let known = Path::parse(path);
            let replica = app.replica();
            if known.is_some_and(|path| replica.confirm(Origin::Journal, &path, text)) {
                return true;
            }
            let RecordRead::Record(record) = read(path, text) else {
                return false;
            };
            taken.borrow_mut().extend(app.take(Origin::Journal, record));
            true
        };
        let take_page =
            Box::new(move |page: &[(String, String)]| page.iter().map(&take_one).collect());
        let reading = self.lazy_stores().journal(folder, take_page);
        Box::pin(async move {
            let unread = reading.await?;
            Ok((news.take(), unread))
        })
    }

    /// Takes a record that was read; returns what is new with it. It is shown before anything else
    /// can happen: an edit builds on the replica, which must not hold anything that the reader is
    /// not shown.
    fn take(&self, origin: Origin, record: Record) -> Vec<Rc<Record>> {
        let news = self.replica().take(origin, vec![record]);
        if !news.is_empty() {
            show_read(self, &news);
        }
        news
    }

    /// Reads every note of every article, from both stores.
    pub fn read_everything(&self) -> BoxFuture<()> {
        self.read_folder(
            crate::model::sync::record::RecordKind::Note
                .folder()
                .to_owned(),
        )
    }

    /// Reads a folder whole, from both stores.
    pub fn read_folder(&self, folder: String) -> BoxFuture<()> {
        let app = self.clone();
        Box::pin(async move {
            let folder = &*folder;
            let mut stored = app.begin_reading(folder);
            while !stored.is_done() {
                stored.take_slice();
                app.yield_now().await;
            }
            let read = app.read_journal(folder).await;
            stored.set_aside();
            if read.is_ok() {
                app.finish_reading(folder);
            }
        })
    }

    /// The known notes of an article.
    pub fn notes_of(&self, article: &ArticleId) -> Vec<Annotation> {
        let folder = Path::notes_of(article);
        self.begin_reading(&folder).take_all();
        self.records().live_notes(&self.replica().folder(&folder))
    }

    /// Adopts the drafts of tabs that closed while writing, which go on in this tab.
    pub(super) fn adopt_drafts(&self) -> BoxFuture<Vec<(AnnotationId, Draft)>> {
        let app = self.clone();
        Box::pin(async move {
            let others = app.lazy_stores().others(app.replica().id()).await;
            let FoundDrafts { drafts, writers } = app.records().drafts(&others);
            app.0.adopted.borrow_mut().extend(writers);
            drafts
        })
    }
}

impl Stored {
    /// Reads one record and returns what is new with it; `None` if there are no more.
    fn take_one(&mut self) -> Option<Vec<Rc<Record>>> {
        let stored = self.folder.next()?;
        let origin = match stored.earlier {
            true => Origin::Earlier,
            false => Origin::Local,
        };
        if self
            .app
            .replica()
            .confirm(origin, &stored.path, &stored.text)
        {
            return Some(Vec::new());
        }
        match read(stored.path.as_str(), &stored.text) {
            RecordRead::Record(record) => Some(self.app.take(origin, record)),
            _ => {
                self.folder.mark_damaged(&stored.path);
                Some(Vec::new())
            }
        }
    }

    /// Reads for as long as the page may be blocked; returns what is new.
    pub fn take_slice(&mut self) -> Vec<Rc<Record>> {
        let clock = self.app.platform().clone();
        let start = clock.milliseconds();
        let mut news = Vec::new();
        for count in 1_usize.. {
            let Some(more) = self.take_one() else { break };
            news.extend(more);
            // To ask for the time costs as much as to read a record.
            if count.is_multiple_of(GLANCE) && clock.milliseconds() - start > SLICE {
                break;
            }
        }
        news
    }

    /// True when everything is read.
    pub fn is_done(&self) -> bool {
        self.folder.is_done()
    }

    /// Reads everything at once; returns what is new.
    pub fn take_all(&mut self) -> Vec<Rc<Record>> {
        let mut news = Vec::new();
        while let Some(more) = self.take_one() {
            news.extend(more);
        }
        news
    }

    /// Sets the unreadable records aside; returns their number.
    pub fn set_aside(self) -> usize {
        self.folder.set_aside()
    }
}

/// Shows what was read, for whatever purpose, at once: an edit builds on what was read, and unseen
/// changes must not be lost under it. Anything known but not shown would stay hidden: coming from
/// another tab it is no longer news.
fn show_read(app: &App, news: &[Rc<Record>]) {
    let session = app.session();
    // Notes still being loaded arrive in slices.
    let open = session.article.as_ref().filter(|_| !app.is_loading());
    let open = open.map(|article| article.id());
    let matters = |record: &&Rc<Record>| {
        let note = record.path().note();
        note.is_some_and(|(article, id)| match session.notebook.get(&id) {
            Some(present) => present.article == article,
            None => record.is_live() && Some(article) == open,
        })
    };
    let news: Vec<Rc<Record>> = news.iter().filter(matters).cloned().collect();
    if !news.is_empty() {
        app.send(Action::Received {
            news: app.records().news_of(&news),
        });
    }
}
