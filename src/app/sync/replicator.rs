//! The replicator: brings this device and a server into step, record by record, whatever is lost,
//! doubled or done at the same time elsewhere.
//!
//! Each step can be repeated: a record that is there already is taken in without effect, and one that
//! was written although its answer was lost is found to be the same. So nothing is remembered before it
//! is true, and whatever is forgotten is done again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use thiserror::Error;

use super::desk::{Desk, Digest, Found, Known, Seen};
use super::server::{Current, Document, Kept, Put, Revision, Sequence, Server, Trouble};
use crate::model::sync::record::{Path, Record};
use crate::model::sync::store::Refusal;

/// Number of changes that are read at a time.
pub const READ: usize = 500;
/// Most documents that are written at a time.
pub const WRITTEN: usize = 100;
/// Most bytes of records that are written at a time, unless one alone has more.
const BYTES: usize = 1 << 20;
/// How often documents are written that others write too.
const ATTEMPTS: usize = 10;

/// Why the replicator has stopped. It goes on from there the next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Stopped {
    /// Because of the server.
    #[error(transparent)]
    Server(#[from] Trouble),
    /// This device does not keep what arrives.
    #[error(transparent)]
    Device(#[from] Refusal),
}

/// What a device and a server are in step about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InStep {
    /// Number of records that the server did not have, or only older ones.
    pub sent: usize,
    /// Number of documents that were read.
    pub received: usize,
    /// Number of records that the server does not let this reader write.
    pub refused: usize,
    /// Number of documents that cannot be read, which stay as they are.
    pub unreadable: usize,
}

/// Brings a device and a server into step.
pub struct Replicator<S, D> {
    server: S,
    desk: D,
    known: RefCell<Known>,
    /// True while the database is certainly the one that is known.
    is_sure: Cell<bool>,
}

impl<S: Server, D: Desk> Replicator<S, D> {
    /// Creates a replicator that goes on from what the device knows of the server.
    pub fn new(server: S, desk: D, known: Known) -> Self {
        Self {
            server,
            desk,
            known: RefCell::new(known),
            is_sure: Cell::new(false),
        }
    }

    /// Number of records that the server does not have yet.
    pub fn waiting(&self) -> usize {
        self.to_send().len()
    }

    /// Reads what has changed on the server, and writes what has changed here.
    ///
    /// # Errors
    /// If the server or this device refuses something. What was done until then is done.
    pub async fn run(&self) -> Result<InStep, Stopped> {
        let outcome = self.bring_into_step().await;
        self.is_sure.set(outcome.is_ok());
        outcome
    }

    /// Done once something has changed on the server, or when it tires of waiting.
    ///
    /// # Errors
    /// If the server cannot be asked.
    pub async fn wait(&self) -> Result<(), Trouble> {
        let since = self.known.borrow().since.clone();
        self.server.wait(since).await
    }

    async fn bring_into_step(&self) -> Result<InStep, Stopped> {
        if !self.is_sure.get() {
            self.recognise().await?;
        }
        let mut in_step = InStep::default();
        let mut most = READ;
        loop {
            let since = self.known.borrow().since.clone();
            let changes = match self.server.changes(since, most).await {
                Err(Trouble::TooLong) if most > 1 => {
                    most = most.div_ceil(8);
                    continue;
                }
                changes => changes?,
            };
            in_step.received += changes.documents.len();
            let beaten = self.take(changes.documents).await?;
            self.send(beaten, &mut in_step).await?;
            // Only now: what was not carried out would not be read again.
            self.remember(Vec::new(), Some(changes.last)).await;
            if !changes.more {
                break;
            }
        }
        let known = self.known.borrow();
        let unreadable = known.documents.values();
        in_step.unreadable = unreadable.filter(|seen| seen.record.is_none()).count();
        Ok(in_step)
    }

    /// Forgets what is known if it is of another life of the database: one that was deleted and made
    /// again counts its changes anew, and lacks what was written before.
    async fn recognise(&self) -> Result<(), Trouble> {
        let life = self.server.identity(self.desk.fresh_name()).await?;
        if self.known.borrow().life.as_ref() == Some(&life) {
            return Ok(());
        }
        self.known.replace(Known {
            life: Some(life.clone()),
            ..Known::default()
        });
        self.desk.begin_anew(life).await;
        Ok(())
    }

    /// Takes documents in, with all their versions, and returns the versions that are in conflict with
    /// those that the server shows: merged with them, they have had their say.
    async fn take(&self, documents: Vec<Current>) -> Result<Vec<(Path, Revision)>, Stopped> {
        let mut beaten = Vec::new();
        for current in &documents {
            let others = current.others.iter();
            beaten.extend(others.map(|other| (current.path.clone(), other.clone())));
        }
        let versions = match beaten.is_empty() {
            true => Vec::new(),
            false => self.server.versions(beaten.clone()).await?,
        };
        // A version that cannot be read must not be deleted, nor one that was not seen or is another's.
        beaten.retain(|(path, revision)| {
            let is_ours = |record: &Record| self.desk.sends(record, false);
            versions.iter().any(|(of, kept)| {
                let is_it = of == path && kept.revision == *revision;
                is_it && kept.record.as_ref().is_some_and(is_ours)
            })
        });
        let mut found = Vec::new();
        let mut seen = Vec::new();
        for Current { path, shown, .. } in documents {
            let before = self.known.borrow().documents.get(&path).cloned();
            let present = self.desk.get(&path);
            let Some(Kept { revision, record }) = shown else {
                // Somebody has deleted it. It is written again when it is edited here.
                let record = present.map(|record| Digest::of(&record));
                seen.extend(record.map(|record| {
                    let seen = Seen {
                        revision: None,
                        record: Some(record),
                    };
                    (path, seen)
                }));
                continue;
            };
            let digest = record.as_ref().map(Digest::of);
            // What nobody here has seen is not brought here to be thrown away.
            let is_wanted = |record: &Record| present.is_some() || record.is_live();
            if let Some(record) = record.filter(is_wanted) {
                let follows = before.and_then(|before| before.record);
                found.push(Found {
                    record,
                    follows: follows.map(|digest| digest.dot),
                });
            }
            let revision = Some(revision);
            let record = digest;
            seen.push((path, Seen { revision, record }));
        }
        let others = versions.into_iter().filter_map(|(_, kept)| kept.record);
        found.extend(others.map(|record| Found {
            record,
            follows: None,
        }));
        if !found.is_empty() {
            self.desk.take(found).await?;
        }
        self.remember(seen, None).await;
        Ok(beaten)
    }

    /// Writes what the server lacks, and then deletes versions that were beaten.
    async fn send(
        &self,
        mut beaten: Vec<(Path, Revision)>,
        in_step: &mut InStep,
    ) -> Result<(), Stopped> {
        let mut refused: Vec<Path> = Vec::new();
        for _ in 0..ATTEMPTS {
            let mut due = self.to_send();
            due.retain(|record| !refused.contains(record.path()));
            if due.is_empty() {
                in_step.refused = refused.len();
                return self.delete(beaten, &refused).await;
            }
            let mut conflicts = Vec::new();
            for part in parts(&due) {
                let answers = self
                    .server
                    .put(part.iter().map(|record| self.document(record)).collect());
                let answers = answers.await?;
                let mut seen = Vec::new();
                for (record, answer) in part.iter().zip(answers) {
                    let path = record.path().clone();
                    match answer {
                        Put::Kept(revision) => {
                            let (revision, record) = (Some(revision), Some(Digest::of(record)));
                            seen.push((path, Seen { revision, record }));
                        }
                        Put::Conflict => conflicts.push(path),
                        Put::Refused => refused.push(path),
                    }
                }
                in_step.sent += seen.len();
                self.remember(seen, None).await;
            }
            if !conflicts.is_empty() {
                let current = self.server.current(conflicts).await?;
                beaten.extend(self.take(current).await?);
            }
        }
        Err(Trouble::Busy.into())
    }

    /// Deletes versions whose words are on the server under other names by now.
    async fn delete(
        &self,
        mut beaten: Vec<(Path, Revision)>,
        refused: &[Path],
    ) -> Result<(), Stopped> {
        // A copy of its words may be what was refused.
        if !refused.is_empty() {
            return Ok(());
        }
        beaten.sort();
        beaten.dedup();
        let documents = beaten.into_iter().map(|(path, revision)| Document {
            path,
            before: Some(revision),
            record: None,
        });
        let documents: Vec<Document> = documents.collect();
        for part in documents.chunks(WRITTEN) {
            // One that is gone already, or was written to, is read again with the next changes.
            self.server.put(part.to_vec()).await?;
        }
        Ok(())
    }

    /// The records that the server does not have, as far as is known.
    fn to_send(&self) -> Vec<Rc<Record>> {
        let known = self.known.borrow();
        let is_due = |record: &Rc<Record>| match known.documents.get(record.path()) {
            None => self.desk.sends(record, true),
            Some(Seen { record: None, .. }) => false,
            Some(Seen {
                record: Some(digest),
                ..
            }) => *digest != Digest::of(record) && self.desk.sends(record, false),
        };
        let mut records = self.desk.records();
        records.retain(is_due);
        records
    }

    fn document(&self, record: &Rc<Record>) -> Document {
        let known = self.known.borrow();
        let seen = known.documents.get(record.path());
        Document {
            path: record.path().clone(),
            before: seen.and_then(|seen| seen.revision.clone()),
            record: Some(record.clone()),
        }
    }

    async fn remember(&self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) {
        if seen.is_empty() && since.is_none() {
            return;
        }
        self.known.borrow_mut().learn(seen.clone(), since.clone());
        self.desk.remember(seen, since).await;
    }
}

/// Parts of what is to be written, none too large for one request.
fn parts(records: &[Rc<Record>]) -> Vec<&[Rc<Record>]> {
    let mut parts = Vec::new();
    let mut rest = records;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take(WRITTEN).take_while(|record| {
            bytes += record.text().len();
            bytes <= BYTES
        });
        let (part, later) = rest.split_at(fits.count().max(1));
        parts.push(part);
        rest = later;
    }
    parts
}
