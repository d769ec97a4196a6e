//! The worker as the server that keeps a reader's records.

use super::client::Client;
use crate::app::sync::joining::Account;
use crate::app::sync::messages::{AskServer, Asked, ServerAnswer};
use crate::app::sync::server::{
    Answer, Changes, Current, Document, Kept, Put, Revision, Sequence, Server, TextServer, Trouble,
};
use crate::model::digest::Digest;
use crate::model::sync::record::Path;

/// A database, as the worker speaks with it.
#[derive(Clone)]
pub struct Afar {
    client: Client,
    account: Account,
}

impl Afar {
    /// Creates it.
    pub fn new(client: &Client, account: Account) -> Self {
        Self {
            client: client.clone(),
            account,
        }
    }

    /// Deletes every document of Postil's there.
    pub fn clear(&self) -> Answer<()> {
        self.ask(Asked::Clear, |answer| {
            matches!(answer, ServerAnswer::Cleared).then_some(())
        })
    }

    fn ask<T: 'static>(&self, asked: Asked, take: fn(ServerAnswer) -> Option<T>) -> Answer<T> {
        let Self { client, account } = self.clone();
        Box::pin(async move {
            match client.ask(AskServer { account, asked }).await {
                Ok(ServerAnswer::Trouble(trouble)) => Err(trouble),
                Ok(answer) => take(answer).ok_or(Trouble::Unknown),
                // The worker has ended, for whatever reason; the next one goes on.
                Err(_) => Err(Trouble::Unreachable),
            }
        })
    }
}

impl Server for Afar {
    fn identity(&self, fresh: String) -> Answer<String> {
        self.ask(Asked::Identity(fresh), |answer| match answer {
            ServerAnswer::Identity(name) => Some(name),
            _ => None,
        })
    }

    fn changes(&self, since: Option<Sequence>, most: usize) -> Answer<Changes> {
        self.ask(Asked::Changes(since, most), |answer| match answer {
            ServerAnswer::Changes(changes) => Some(changes),
            _ => None,
        })
    }

    fn wait(&self, since: Option<Sequence>) -> Answer<()> {
        self.ask(Asked::Wait(since), |answer| {
            matches!(answer, ServerAnswer::Changed).then_some(())
        })
    }

    fn current(&self, paths: Vec<Path>) -> Answer<Vec<Current>> {
        self.ask(Asked::Current(paths), |answer| match answer {
            ServerAnswer::Current(current) => Some(current),
            _ => None,
        })
    }

    fn versions(&self, wanted: Vec<(Path, Revision)>) -> Answer<Vec<(Path, Kept)>> {
        self.ask(Asked::Versions(wanted), |answer| match answer {
            ServerAnswer::Versions(versions) => Some(versions),
            _ => None,
        })
    }

    fn put(&self, documents: Vec<Document>) -> Answer<Vec<Put>> {
        self.ask(Asked::Put(documents), |answer| match answer {
            ServerAnswer::Put(put) => Some(put),
            _ => None,
        })
    }
}

impl TextServer for Afar {
    fn text(&self, digest: Digest) -> Answer<Option<String>> {
        self.ask(Asked::Text(digest), |answer| match answer {
            ServerAnswer::Text(text) => Some(text),
            _ => None,
        })
    }

    fn put_text(&self, digest: Digest, json: String) -> Answer<()> {
        self.ask(Asked::PutText(digest, json), |answer| {
            matches!(answer, ServerAnswer::TextIsThere).then_some(())
        })
    }
}
