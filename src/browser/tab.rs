//! The state of this tab alone: the article in its address, and its undo history, which survives a
//! reload.

use std::rc::Rc;

use gloo::events::EventListener;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::Storage;

use super::system::window;
use crate::model::annotation::{Annotation, StoredNote};
use crate::model::article::ArticleId;
use crate::model::history::{History, LONGEST};
use crate::model::notebook::{Change, Intent, Transaction};

const ADDRESS: &str = "#/article/";
const STEP: &str = "postil/1/history/";
const AT: &str = "postil/1/history-at";
/// Least number of characters of a note besides its words and its quote.
const LEAST: usize = 100;
/// Maximum number of characters of an edit that Undo keeps across a reload: an import of thousands
/// of notes would fill the tab's storage.
const LARGEST_STEP: usize = 500_000;

/// Returns the article named by the page's address.
pub fn article() -> Option<ArticleId> {
    let hash = window().location().hash().ok()?;
    ArticleId::parse(hash.strip_prefix(ADDRESS)?)
}

/// Removes a launch from the page's address, so that a reload does not ask for it again.
pub fn leave_launch(id: Option<&ArticleId>) {
    let path = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    if let Some(id) = id {
        set_article(id);
    }
}

/// Names the article in the page's address, for reloads and bookmarks.
pub fn set_article(id: &ArticleId) {
    if let Ok(history) = window().history() {
        let address = format!("{ADDRESS}{}", id.as_str());
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// A step of the browser's history: a line of an article that was read then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The article.
    pub article: ArticleId,
    /// A byte in the line; 0 at the beginning of the page.
    pub byte: u32,
}

impl Step {
    fn to_state(&self) -> JsValue {
        [&*self.byte.to_string(), " ", self.article.as_str()]
            .concat()
            .into()
    }

    fn of_state(state: &JsValue) -> Option<Self> {
        let state = state.as_string()?;
        let (byte, article) = state.split_once(' ')?;
        Some(Self {
            article: ArticleId::parse(article)?,
            byte: byte.parse().ok()?,
        })
    }
}

/// Makes a step in the browser's history, and records in the one before from where it was made.
pub fn step(from: &Step, to: &Step) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state(&from.to_state(), "");
        let _ = history.push_state(&to.to_state(), "");
    }
}

/// Calls back when the reader goes back or forth to a recorded step.
pub fn on_step(arrive: impl Fn(Step) + 'static) -> EventListener {
    EventListener::new(&window(), "popstate", move |_| {
        let state = window().history().and_then(|history| history.state());
        let step = state.ok().as_ref().and_then(Step::of_state);
        step.into_iter().for_each(&arrive);
    })
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

#[derive(Serialize, Deserialize)]
struct StoredEdit {
    intent: String,
    changes: Vec<[Option<StoredNote>; 2]>,
}

fn to_stored(transaction: &Transaction) -> StoredEdit {
    let stored = |side: Option<&Rc<Annotation>>| side.map(|annotation| annotation.to_stored());
    let sides = |change: &Change| [stored(change.before()), stored(change.after())];
    StoredEdit {
        intent: transaction.intent.name().to_owned(),
        changes: transaction.changes.iter().map(sides).collect(),
    }
}

fn from_stored(edit: StoredEdit) -> Option<Transaction> {
    let changes = edit.changes.into_iter().map(|[before, after]| {
        let read = |side: Option<StoredNote>| side.and_then(Annotation::from_stored).map(Rc::new);
        Change::of(read(before), read(after))
    });
    Some(Transaction {
        intent: Intent::from_name(&edit.intent)?,
        changes: changes.collect::<Option<Vec<_>>>()?,
    })
}

/// Number of characters that an edit takes at least.
fn least_size(transaction: &Transaction) -> usize {
    let of_note = |note: &Rc<Annotation>| {
        let quote = note.target.quote.as_ref();
        let quote = quote.map_or(0, |quote| {
            quote.exact.len() + quote.prefix.len() + quote.suffix.len()
        });
        // Of the bytes of any script a third or more are characters.
        LEAST + (note.note.len() + quote) / 3
    };
    let sides = transaction.changes.iter();
    let sides = sides.flat_map(|change| [change.before(), change.after()]);
    sides.flatten().map(of_note).sum()
}

/// Stores what has changed in the history. If it does not fit, Undo reaches less far back after a
/// reload; no note depends on it.
pub fn write_history(before: &History, after: &History) {
    let Some(storage) = storage() else { return };
    let end = |history: &History| history.first() + history.line().len();
    for number in before.first().min(after.first())..end(before).max(end(after)) {
        let key = format!("{STEP}{number}");
        let Some(transaction) = after.numbered(number) else {
            let _ = storage.remove_item(&key);
            continue;
        };
        if before
            .numbered(number)
            .is_some_and(|other| Rc::ptr_eq(other, transaction))
        {
            continue;
        }
        // Writing a large edit takes longer than finding out that it is one.
        let json = match least_size(transaction) {
            ..LARGEST_STEP => serde_json::to_string(&to_stored(transaction)).ok(),
            _ => None,
        };
        let kept = json.filter(|json| json.len() <= LARGEST_STEP);
        if kept.is_none_or(|json| storage.set_item(&key, &json).is_err()) {
            let _ = storage.remove_item(&key);
        }
    }
    let at = format!("{} {}", after.first(), after.first() + after.at());
    let _ = storage.set_item(AT, &at);
}

/// Returns the history of this tab before it was reloaded, as far as it is contiguous.
pub fn history() -> History {
    let kept = storage().and_then(|storage| {
        let at = storage.get_item(AT).ok()??;
        let (first, at) = at.split_once(' ')?;
        Some(read_history(
            &storage,
            first.parse().ok()?,
            at.parse().ok()?,
        ))
    });
    kept.unwrap_or_default()
}

fn read_history(storage: &Storage, oldest: usize, at: usize) -> History {
    let mut line = Vec::new();
    let mut first = oldest;
    for number in oldest..oldest + LONGEST {
        let json = storage.get_item(&format!("{STEP}{number}")).ok().flatten();
        let step = json.and_then(|json| serde_json::from_str(&json).ok());
        match step.and_then(from_stored) {
            Some(step) => line.push(Rc::new(step)),
            // What precedes a gap can no longer be undone; what follows it can.
            None if number < at => {
                line.clear();
                first = number + 1;
            }
            None => break,
        }
    }
    History::of(line, at.saturating_sub(first), first)
}
