//! The ports: what the use cases require from their environment.

use crate::model::article::ArticleId;
use crate::model::sync::agreement::Pair;
use crate::model::sync::record::Path;
use crate::model::sync::store::Refusal;

/// Small named values, visible to every tab at once.
pub trait Settings {
    /// Returns a value.
    fn setting(&self, name: &str) -> Option<String>;

    /// Stores a value.
    ///
    /// # Errors
    /// If there is no room for it, or nothing may be stored.
    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal>;
}

/// The current date.
pub trait Clock {
    /// Returns today's date in the reader's time zone, in ISO 8601.
    fn today(&self) -> String;
}

/// The other tabs.
pub trait Peers {
    /// Sends them records.
    fn tell(&self, pairs: &[Pair]);
}

/// What localStorage holds and was not read yet.
pub trait Unread {
    /// Returns the paths of seemingly live records in a folder, each once, without reading them.
    fn live_paths(&self, folder: &str) -> Vec<Path>;
}

/// Where readers stopped reading articles.
pub trait Bookmarks {
    /// Forgets where the reader stopped in an article.
    fn forget(&self, article: &ArticleId);
}

/// All ports, as [`Records`](super::records::Records) needs them.
pub trait Ports: Settings + Clock + Peers + Unread + Bookmarks {}

impl<P: Settings + Clock + Peers + Unread + Bookmarks> Ports for P {}
