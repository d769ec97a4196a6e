//! What this browser stores, as far as only the lazy part needs it.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::journal::Journal;
use super::{local, tab, tabs, texts};
use crate::app::App;
use crate::app::ports::{BoxFuture, LocalFolder, StoreReader, TakePage, Texts, UndoHistory};
use crate::app::tagging;
use crate::model::digest::Digest;
use crate::model::history::History;
use crate::model::session::Action;
use crate::model::sync::record::Record;
use crate::model::sync::store::Refusal;
use crate::model::sync::version::ReplicaId;

/// Both stores, the texts, and the history.
pub struct LazyStores {
    journal: Journal,
    keys: local::Keys,
    edited: Edited,
    from_afar: FromAfar,
}

/// Called after each edit, with the history before and after it.
pub type Edited = Box<dyn Fn(&History, &History)>;

/// Fetches an article's JSON by the digest of its text.
pub type FromAfar = Box<dyn Fn(&Digest) -> BoxFuture<Option<String>>>;

impl LazyStores {
    /// Creates it with a journal.
    pub fn new(journal: Journal, edited: Edited, from_afar: FromAfar) -> Self {
        Self {
            journal,
            keys: local::Keys::default(),
            edited,
            from_afar,
        }
    }
}

impl StoreReader for LazyStores {
    fn local(&self, folder: &str) -> Box<dyn LocalFolder> {
        local::folder(folder, &self.keys.get())
    }

    fn journal(&self, folder: &str, take: TakePage) -> BoxFuture<Result<usize, Refusal>> {
        let (journal, folder) = (self.journal.clone(), folder.to_owned());
        Box::pin(async move { journal.read(&folder, take).await })
    }

    fn written(&self, key: &str, text: &str) -> Option<Record> {
        local::written(key, text)
    }

    fn others(&self, own: &ReplicaId) -> BoxFuture<Vec<ReplicaId>> {
        let own = own.clone();
        Box::pin(async move { tabs::others(&own).await })
    }
}

impl Texts for LazyStores {
    fn text(&self, digest: &Digest) -> BoxFuture<Option<String>> {
        let digest = digest.clone();
        Box::pin(async move { texts::get(&digest).await })
    }

    fn text_from_afar(&self, digest: &Digest) -> BoxFuture<Option<String>> {
        (self.from_afar)(digest)
    }

    fn put_text(&self, digest: &Digest, json: Rc<str>) -> BoxFuture<Result<(), Refusal>> {
        let (digest, json) = (digest.clone(), JsValue::from_str(&json));
        Box::pin(async move { texts::put(&digest, &json).await })
    }
}

impl UndoHistory for LazyStores {
    fn history(&self) -> History {
        tab::history()
    }

    fn keep_history(&self, before: &History, after: &History) {
        tab::write_history(before, after);
        (self.edited)(before, after);
    }

    fn takes_over(&self, app: &App, action: &Action) -> bool {
        tagging::takes_over(app, action)
    }
}
