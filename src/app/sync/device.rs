//! This device, as the replicator sees it: the program's records, and what the browser keeps of the
//! server.

use std::cell::RefCell;
use std::rc::Rc;

use super::circle::{Among, Circle};
use super::desk::{Desk, Found, Seen};
use super::server::Sequence;
use super::show;
use crate::app::App;
use crate::app::ports::{BoxFuture, LazyPlatform};
use crate::model::notice::Message;
use crate::model::sync::agreement::pair_of;
use crate::model::sync::record::{Path, Record, RecordKind};
use crate::model::sync::replica::Safety;
use crate::model::sync::store::Refusal;

/// The kinds of records that are kept on a server.
const KINDS: [RecordKind; 2] = [RecordKind::Article, RecordKind::Note];
/// Milliseconds between two looks whether records are stored by now.
const GLANCE: u32 = 20;

/// This device.
pub struct Device {
    app: App,
    platform: Rc<dyn LazyPlatform>,
    among: Among,
    /// The circle as it was when records were last looked through; `None` among the reader's own devices.
    circle: RefCell<Option<Circle>>,
}

impl Device {
    /// Creates it.
    pub fn new(app: &App, platform: Rc<dyn LazyPlatform>, among: Among) -> Self {
        Self {
            app: app.clone(),
            platform,
            among,
            circle: RefCell::default(),
        }
    }

    fn look_at_circle(&self) {
        if self.among == Among::Readers {
            self.circle.replace(Circle::of(&self.app));
        }
    }

    /// What of these records is taken in; articles that the circle did not have are added to it.
    fn taken(&self, found: Vec<Found>) -> Vec<Found> {
        // A draft is a tab's own.
        let found = found.into_iter();
        let found = found.filter(|found| found.record.path().draft().is_none());
        self.look_at_circle();
        let Some(circle) = &mut *self.circle.borrow_mut() else {
            return found.collect();
        };
        let before = circle.clone();
        let mut taken = Vec::new();
        for Found { record, follows } in found {
            if let Some(article) = record.path().article() {
                circle.add(&article, || {
                    self.app.replica().folder(&Path::notes_of(&article))
                });
            }
            let path = record.path().clone();
            let replica = self.app.replica();
            let taken_in = circle.taken(record, replica.id(), |path| replica.get(path));
            let Some(record) = taken_in else {
                continue;
            };
            // What stands beside something else follows nothing that is known there.
            let follows = follows.filter(|_| *record.path() == path);
            taken.push(Found { record, follows });
        }
        if *circle != before {
            circle.keep(&self.app);
        }
        taken
    }
}

impl Desk for Device {
    fn records(&self) -> Vec<Rc<Record>> {
        self.look_at_circle();
        let replica = self.app.replica();
        let folders = KINDS.iter().map(|kind| replica.folder(kind.folder()));
        folders.flatten().collect()
    }

    fn sends(&self, record: &Record, is_new: bool) -> bool {
        let circle = self.circle.borrow();
        let is_wanted = circle.as_ref().map(|circle| circle.sends(record, is_new));
        is_wanted.unwrap_or(self.among == Among::Devices)
    }

    fn get(&self, path: &Path) -> Option<Rc<Record>> {
        self.app.replica().get(path)
    }

    fn take(&self, found: Vec<Found>) -> BoxFuture<Result<(), Refusal>> {
        let app = self.app.clone();
        let found = self.taken(found).into_iter();
        let found: Vec<_> = found.map(|found| (found.record, found.follows)).collect();
        Box::pin(async move {
            let paths: Vec<Path> = found
                .iter()
                .map(|(record, _)| record.path().clone())
                .collect();
            let news = app.replica().take_from_afar(found);
            let pairs: Vec<_> = news.iter().map(pair_of).collect();
            app.platform().tell(&pairs);
            show(&app, &news);
            if news.iter().any(|record| !paths.contains(record.path())) {
                app.tell(Message::KeptBothHeard);
            }
            loop {
                match app.replica().safety() {
                    Safety::Saving => app.sleep(GLANCE).await,
                    Safety::Saved { .. } => return Ok(()),
                    Safety::Failed { journal, .. } => return Err(journal),
                }
            }
        })
    }

    fn fresh_name(&self) -> String {
        self.app.platform().stamp().id.as_str().to_owned()
    }

    fn begin_anew(&self, life: String) -> BoxFuture<()> {
        self.platform.forget_server(self.among, life)
    }

    fn remember(&self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) -> BoxFuture<()> {
        self.platform.remember_of_server(self.among, seen, since)
    }
}
