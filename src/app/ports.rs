//! The ports: what the use cases need of whoever runs them.

use crate::model::article::ArticleId;
use crate::model::sync::agreement::Pair;
use crate::model::sync::record::Path;
use crate::model::sync::store::Refusal;

/// Small values by name, which every tab sees at once.
pub trait Settings {
    /// A value.
    fn setting(&self, name: &str) -> Option<String>;

    /// Keeps a value.
    ///
    /// # Errors
    /// Where there is no room for it, or nothing may be kept.
    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal>;
}

/// The day.
pub trait Clock {
    /// Today's date where the reader is, as ISO 8601 writes it.
    fn today(&self) -> String;
}

/// The other tabs.
pub trait Peers {
    /// Tells them of records.
    fn tell(&self, pairs: &[Pair]);
}

/// What is in the small store and was not read yet.
pub trait Unread {
    /// The paths of records in a folder that seem to be live, each once, without reading them.
    fn live_paths(&self, folder: &str) -> Vec<Path>;
}

/// Where readers left articles.
pub trait Bookmarks {
    /// Forgets where an article was left.
    fn forget(&self, article: &ArticleId);
}

/// All of them, as [`Records`](super::records::Records) needs them.
pub trait Ports: Settings + Clock + Peers + Unread + Bookmarks {}

impl<P: Settings + Clock + Peers + Unread + Bookmarks> Ports for P {}
