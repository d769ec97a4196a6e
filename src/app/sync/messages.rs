//! The messages between the page and the worker about a server, which the worker alone speaks with.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::joining::{Account, Entered, Looked};
use super::server::{Changes, Current, Document, Kept, Put, Revision, Sequence, Trouble};
use crate::app::protocol::{Ask, Parts};
use crate::model::digest::Digest;
use crate::model::sync::record::Path;

/// Looks at a database on a server, or joins it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Join {
    /// What the reader says of it.
    pub entered: Entered,
    /// True if nothing is to be changed there.
    pub only_looks: bool,
}

impl fmt::Debug for Join {
    /// Nothing secret is written anywhere.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(Self::NAME)
    }
}

impl Ask for Join {
    const NAME: &'static str = "Join";
    type Answer = Joined;
}

impl Parts for Join {}

/// What became of joining, or why it did not.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Joined(pub Result<(Looked, Account), Trouble>);

impl Parts for Joined {}

/// Asks something of the server with a database.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AskServer {
    /// The database.
    pub account: Account,
    /// What is asked.
    pub asked: Asked,
}

impl fmt::Debug for AskServer {
    /// Nothing secret is written anywhere.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(Self::NAME)
    }
}

impl Ask for AskServer {
    const NAME: &'static str = "AskServer";
    type Answer = ServerAnswer;
}

impl Parts for AskServer {}

/// What is asked of a server; see [`Server`](super::server::Server).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Asked {
    /// The name of this life of the database, which begins with this one if it has none.
    Identity(String),
    /// A part of the list of changes, from here on and at most so many.
    Changes(Option<Sequence>, usize),
    /// To say when something changes.
    Wait(Option<Sequence>),
    /// Documents as they are.
    Current(Vec<Path>),
    /// Versions of documents.
    Versions(Vec<(Path, Revision)>),
    /// To write documents.
    Put(Vec<Document>),
    /// An article's JSON, by the digest of its text.
    Text(Digest),
    /// To store an article's JSON.
    PutText(Digest, String),
    /// To delete every document of Postil's.
    Clear,
}

/// What a server answers to what it is [asked](Asked).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ServerAnswer {
    /// See [`Asked::Identity`].
    Identity(String),
    /// See [`Asked::Changes`].
    Changes(Changes),
    /// See [`Asked::Wait`].
    Changed,
    /// See [`Asked::Current`].
    Current(Vec<Current>),
    /// See [`Asked::Versions`].
    Versions(Vec<(Path, Kept)>),
    /// See [`Asked::Put`].
    Put(Vec<Put>),
    /// See [`Asked::Text`].
    Text(Option<String>),
    /// See [`Asked::PutText`].
    TextIsThere,
    /// See [`Asked::Clear`].
    Cleared,
    /// It does not do it.
    Trouble(Trouble),
}

impl Parts for ServerAnswer {}
