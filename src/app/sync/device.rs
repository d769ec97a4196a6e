//! This device, as the replicator sees it: the program's records, and what the browser keeps of the
//! server.

use std::rc::Rc;

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
}

impl Device {
    /// Creates it.
    pub fn new(app: &App, platform: Rc<dyn LazyPlatform>) -> Self {
        Self {
            app: app.clone(),
            platform,
        }
    }
}

impl Desk for Device {
    fn records(&self) -> Vec<Rc<Record>> {
        let replica = self.app.replica();
        let folders = KINDS.iter().map(|kind| replica.folder(kind.folder()));
        folders.flatten().collect()
    }

    fn get(&self, path: &Path) -> Option<Rc<Record>> {
        self.app.replica().get(path)
    }

    fn take(&self, found: Vec<Found>) -> BoxFuture<Result<(), Refusal>> {
        let app = self.app.clone();
        // A draft is a tab's own.
        let is_ours = |found: &Found| found.record.path().draft().is_none();
        let found = found.into_iter().filter(is_ours);
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
        self.platform.forget_server(life)
    }

    fn remember(&self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) -> BoxFuture<()> {
        self.platform.remember_of_server(seen, since)
    }
}
