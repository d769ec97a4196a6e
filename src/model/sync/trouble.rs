//! What can be wrong with a server that keeps a reader's records.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a server did not do what it was asked to. Nothing is lost by any of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Trouble {
    /// It cannot be reached, or broke off in the middle.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It does not know the name, or the password is wrong (401).
    #[error("the server does not accept the name or the password")]
    SignIn,
    /// The name may not do that there (403).
    #[error("the server does not allow it")]
    Forbidden,
    /// There is no such database (404).
    #[error("the server has no such database")]
    Missing,
    /// There is no room left (507).
    #[error("there is no room left on the server")]
    Full,
    /// It has too much to do, or others write the same all the time (429, 503).
    #[error("the server is busy")]
    Busy,
    /// Its answer is longer than what is read at once.
    #[error("the answer is too long")]
    TooLong,
    /// What it answers is not that protocol.
    #[error("this is no CouchDB")]
    Unknown,
    /// What was typed is no address of a database.
    #[error("this is no address of a database")]
    NoAddress,
    /// A server is there, but lets no page of another site read its answers (CORS).
    #[error("the server does not let this page read its answers")]
    Closed,
    /// The browser seals nothing for a page that did not come over a safe connection.
    #[error("the browser does not encrypt for this page")]
    Unsafe,
    /// The passphrase is another one.
    #[error("this is not the passphrase")]
    WrongPassphrase,
    /// What is there is sealed, and no passphrase was given.
    #[error("the notes there are encrypted")]
    Sealed,
    /// What is there is not sealed, although a passphrase was given.
    #[error("the notes there are not encrypted")]
    NotSealed,
    /// A newer build has written what is there.
    #[error("a newer version has written what is there")]
    Newer,
}

impl Trouble {
    /// True if it may well be over by itself.
    pub fn passes(self) -> bool {
        matches!(self, Self::Unreachable | Self::Busy)
    }
}
