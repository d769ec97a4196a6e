//! The journal: every record in IndexedDB, written so that it survives a crash of the browser.
//!
//! One entry for each edit, under its path and its name, so that no tab ever overwrites what
//! another wrote; an edit lets those go that it took the place of, in one transaction with itself.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore};

use super::database::{self, FINDINGS, RECORDS};
use super::local::refusal;
use super::{chaos, poison};
use crate::model::keeping::record::Path;
use crate::model::keeping::store::{Batch, Done, Outcome, Refusal, Store};
use crate::model::keeping::version::Dot;

/// Entries that are read at a time.
const PAGE: u32 = 500;
/// Begins the key of an entry that could not be read.
const ASIDE: &str = "aside/";
/// After every path of a folder.
const LAST: &str = "\u{ffff}";

/// What happens to the database without our doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// It was deleted, or the browser has closed it.
    Gone,
    /// A newer build has taken it over.
    TakenOver,
}

/// What is called then.
pub type Listener = Rc<dyn Fn(Interruption)>;

#[derive(Default)]
struct Connection {
    open: RefCell<Option<IdbDatabase>>,
    /// A newer build has the database: it is not opened again.
    over: Cell<bool>,
    listener: RefCell<Option<Listener>>,
}

/// The journal as a store. Cheap to clone.
#[derive(Clone, Default)]
pub struct Journal(Rc<Connection>);

impl Journal {
    /// Calls back when something happens to the database.
    pub fn listen(&self, listener: Listener) {
        self.0.listener.replace(Some(listener));
    }

    async fn database(&self) -> Result<IdbDatabase, JsValue> {
        if let Some(database) = self.0.open.borrow().clone() {
            return Ok(database);
        }
        let database = database::open().await?;
        self.watch(&database);
        // Somebody else may have opened it meanwhile.
        let mut open = self.0.open.borrow_mut();
        if let Some(other) = &*open {
            database.close();
            return Ok(other.clone());
        }
        Ok(open.insert(database).clone())
    }

    fn watch(&self, database: &IdbDatabase) {
        let callback = |interruption: fn(&JsValue) -> Interruption| {
            let connection = Rc::downgrade(&self.0);
            let database = database.clone();
            let listener = move |event: JsValue| {
                // While it is open, nobody can delete the database or take it over.
                database.close();
                let Some(connection) = connection.upgrade() else {
                    return;
                };
                connection.open.take();
                let interruption = interruption(&event);
                connection.over.set(interruption == Interruption::TakenOver);
                let listener = connection.listener.borrow().clone();
                if let Some(listener) = listener {
                    listener(interruption);
                }
            };
            Closure::<dyn FnMut(JsValue)>::new(listener).into_js_value()
        };
        let version_change = callback(|event| {
            let event = event.dyn_ref::<web_sys::IdbVersionChangeEvent>();
            match event.and_then(web_sys::IdbVersionChangeEvent::new_version) {
                Some(_) => Interruption::TakenOver,
                None => Interruption::Gone,
            }
        });
        let close = callback(|_| Interruption::Gone);
        database.set_onversionchange(Some(version_change.unchecked_ref::<Function>()));
        database.set_onclose(Some(close.unchecked_ref::<Function>()));
    }

    async fn write(&self, batch: &Batch) -> Result<(), Refusal> {
        if poison::is_poisoned() {
            return Err(Refusal::Failed);
        }
        if self.0.over.get() {
            return Err(Refusal::Newer);
        }
        chaos::at("before-journal");
        match self.try_write(batch).await {
            Ok(()) => Ok(()),
            Err(error) => {
                // The connection may have been closed under us; findings can be found again.
                if let Some(database) = self.0.open.take() {
                    database.close();
                }
                if refusal(&error) == Refusal::Full {
                    let _ = self.make_room().await;
                }
                let again = self.try_write(batch).await;
                again.map_err(|error| refusal(&error))
            }
        }
    }

    async fn try_write(&self, batch: &Batch) -> Result<(), JsValue> {
        let database = self.database().await?;
        let transaction = database::to_write(&database, RECORDS)?;
        let store = transaction.object_store(RECORDS)?;
        for record in &batch.put {
            let key = key_of(record.path(), record.version().dot());
            store.put_with_key(&JsValue::from_str(record.text()), &key)?;
        }
        for (path, dot) in &batch.forget {
            store.delete(&key_of(path, dot))?;
        }
        database::complete(&transaction).await?;
        chaos::at("after-journal");
        Ok(())
    }

    async fn make_room(&self) -> Result<(), JsValue> {
        let database = self.database().await?;
        let transaction = database::to_write(&database, FINDINGS)?;
        transaction.object_store(FINDINGS)?.clear()?;
        database::complete(&transaction).await
    }

    /// Whether the journal can be written at all.
    pub async fn check(&self) -> Result<(), Refusal> {
        let database = self.database().await;
        database.map(|_| ()).map_err(|error| refusal(&error))
    }

    /// Reads a folder, `PAGE` entries at a time: `take` is given keys without the name of the edit,
    /// and texts, and says of each whether it can be read. What cannot be is put aside as it is;
    /// returns how much that was.
    ///
    /// # Errors
    /// Where there is no database, or it fails.
    pub async fn read(
        &self,
        folder: &str,
        mut take: impl FnMut(&[(String, String)]) -> Vec<bool>,
    ) -> Result<usize, Refusal> {
        let failed = |error: JsValue| refusal(&error);
        let database = self.database().await.map_err(failed)?;
        let mut damaged = Vec::new();
        let mut after: Option<JsValue> = None;
        loop {
            let from = after.take().unwrap_or_else(|| folder.into());
            let page = page_of(&database, &from, folder).await.map_err(failed)?;
            let Some((last, _)) = page.last() else { break };
            after = Some([last, "\0"].concat().into());
            let full = page.len() >= PAGE as usize;
            let (mut texts, mut keys) = (Vec::new(), Vec::new());
            for (key, value) in page {
                match (key.rsplit_once('/'), value.as_string()) {
                    (Some((path, _)), Some(text)) => {
                        texts.push((path.to_owned(), text));
                        keys.push(key);
                    }
                    _ => damaged.push(key),
                }
            }
            let readable = take(&texts);
            let unreadable = keys.into_iter().zip(readable).filter(|(_, good)| !good);
            damaged.extend(unreadable.map(|(key, _)| key));
            if !full {
                break;
            }
        }
        let count = damaged.len();
        if count > 0 && !poison::is_poisoned() {
            let _ = set_aside(&database, damaged).await;
        }
        Ok(count)
    }

    /// What was put aside: keys and values, whatever these are.
    pub async fn aside(&self) -> Vec<(String, JsValue)> {
        let Ok(database) = self.database().await else {
            return Vec::new();
        };
        let page = page_of(&database, &ASIDE.into(), ASIDE).await;
        page.unwrap_or_default()
    }
}

impl Store for Journal {
    fn keep(&self, batch: Rc<Batch>, done: Done) {
        let journal = self.clone();
        spawn_local(async move {
            let outcome = match journal.write(&batch).await {
                Ok(()) => Outcome::default(),
                Err(why) => Outcome::refused(&batch, why),
            };
            if !poison::is_poisoned() {
                done(outcome);
            }
        });
    }
}

fn key_of(path: &Path, dot: &Dot) -> JsValue {
    JsValue::from_str(&format!("{path}/{dot}"))
}

/// One page of a folder's entries, from a key on.
async fn page_of(
    database: &IdbDatabase,
    from: &JsValue,
    folder: &str,
) -> Result<Vec<(String, JsValue)>, JsValue> {
    let transaction = database::to_read(database, RECORDS)?;
    let store: IdbObjectStore = transaction.object_store(RECORDS)?;
    let last = JsValue::from_str(&[folder, LAST].concat());
    let range = IdbKeyRange::bound(from, &last)?;
    let keys = store.get_all_keys_with_key_and_limit(&range, PAGE)?;
    let values = store.get_all_with_key_and_limit(&range, PAGE)?;
    database::complete(&transaction).await?;
    let (keys, values): (Array, Array) = (keys.result()?.into(), values.result()?.into());
    let entries = keys.iter().zip(values.iter());
    let entries = entries.filter_map(|(key, value)| Some((key.as_string()?, value)));
    Ok(entries.collect())
}

/// Puts entries under keys where nothing is read and nothing is overwritten, in one transaction.
async fn set_aside(database: &IdbDatabase, keys: Vec<String>) -> Result<(), JsValue> {
    for key in keys {
        let transaction = database::to_read(database, RECORDS)?;
        let value = transaction
            .object_store(RECORDS)?
            .get(&key.as_str().into())?;
        database::complete(&transaction).await?;
        let transaction = database::to_write(database, RECORDS)?;
        let store = transaction.object_store(RECORDS)?;
        let mark = super::system::stamp().id;
        let aside = format!("{ASIDE}{key}/{mark}");
        store.put_with_key(&value.result()?, &aside.into())?;
        store.delete(&key.as_str().into())?;
        database::complete(&transaction).await?;
    }
    Ok(())
}
