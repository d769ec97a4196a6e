//! The journal: every record in IndexedDB, written so that it survives a crash of the browser.
//!
//! There is one entry for each edit, under its path and its name, so that no tab ever overwrites
//! what another wrote. An edit removes the entries that it supersedes in its own transaction.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore};

use super::database::{self, FINDINGS, RECORDS};
use super::local::refusal;
use super::{chaos, js, poison};
use crate::app::ports::BoxFuture;
use crate::app::ports::Interruption;
use crate::model::sync::record::Path;
use crate::model::sync::store::{Batch, Done, Outcome, Refusal, Store};
use crate::model::sync::version::Dot;

/// Number of entries read at a time.
const PAGE: u32 = 500;
/// Prefix of the key of an unreadable entry.
const ASIDE: &str = "aside/";
/// Sorts after every path of a folder.
const LAST: &str = "\u{ffff}";

/// Callback for an interruption.
pub type Listener = Rc<dyn Fn(Interruption)>;

/// A key and the value under it, of any type.
type Entry = (String, JsValue);
/// A key without the name of the edit, and a record's text.
type Text = (String, String);

/// Summary of a folder in one database.
struct Contents {
    /// Keys of the readable entries, in the database's order.
    keys: Vec<String>,
    /// Number of unreadable entries.
    damaged: usize,
}

/// A batch in the browser's types, which both databases get.
struct Writing {
    put: Vec<(JsValue, JsValue)>,
    forget: Vec<JsValue>,
}

impl Writing {
    fn of(batch: &Batch) -> Self {
        let put = batch.put.iter().map(|record| {
            let key = key_of(record.path(), record.version().dot());
            (key, JsValue::from_str(record.text()))
        });
        let forget = batch.forget.iter().map(|(path, dot)| key_of(path, dot));
        Self {
            put: put.collect(),
            forget: forget.collect(),
        }
    }
}

/// A connection to a database that holds the whole journal.
struct Connection {
    opens: fn() -> BoxFuture<Result<IdbDatabase, JsValue>>,
    /// True for the mirror, whose every step has a timeout.
    is_second: bool,
    open: RefCell<Option<IdbDatabase>>,
    /// True once a newer build has taken over the database: it is not opened again.
    over: Cell<bool>,
    listener: RefCell<Option<Listener>>,
}

impl Connection {
    fn new(opens: fn() -> BoxFuture<Result<IdbDatabase, JsValue>>, is_second: bool) -> Rc<Self> {
        Rc::new(Self {
            opens,
            is_second,
            open: RefCell::default(),
            over: Cell::default(),
            listener: RefCell::default(),
        })
    }

    /// Runs one step of a longer task, with a timeout for the mirror: a slow disk delays only once.
    fn step<'a, T: 'a>(
        &self,
        work: impl Future<Output = Result<T, JsValue>> + 'a,
    ) -> Pin<Box<dyn Future<Output = Result<T, JsValue>> + 'a>> {
        match self.is_second {
            true => Box::pin(database::in_time(work)),
            false => Box::pin(work),
        }
    }

    async fn database(self: &Rc<Self>) -> Result<IdbDatabase, JsValue> {
        if let Some(database) = self.open.borrow().clone() {
            return Ok(database);
        }
        let database = self.step((self.opens)()).await?;
        self.watch(&database);
        // Another task may have opened it meanwhile.
        let mut open = self.open.borrow_mut();
        if let Some(other) = &*open {
            database.close();
            return Ok(other.clone());
        }
        Ok(open.insert(database).clone())
    }

    fn watch(self: &Rc<Self>, database: &IdbDatabase) {
        let callback = |interruption: fn(&JsValue) -> Interruption| {
            let connection = Rc::downgrade(self);
            let database = database.clone();
            let listener = move |event: JsValue| {
                // While it is open, nobody else can delete or upgrade the database.
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

    /// Closes the database; it is reopened when needed.
    fn close(&self) {
        if let Some(database) = self.open.take() {
            database.close();
        }
    }

    async fn write(self: &Rc<Self>, writing: &Writing) -> Result<(), JsValue> {
        let database = self.database().await?;
        let transaction = database::to_write(&database, RECORDS)?;
        let store = transaction.object_store(RECORDS)?;
        for (key, text) in &writing.put {
            store.put_with_key(text, key)?;
        }
        for key in &writing.forget {
            store.delete(key)?;
        }
        database::commit(&transaction);
        self.step(database::complete(&transaction)).await
    }

    async fn read(
        self: &Rc<Self>,
        folder: &str,
        take: &mut dyn FnMut(&[Text]) -> Vec<bool>,
    ) -> Result<Contents, JsValue> {
        let database = self.database().await?;
        let (mut good, mut damaged) = (Vec::new(), Vec::new());
        let mut pages = Pages::of(folder);
        while let Some(page) = self.step(pages.next(&database)).await? {
            let (mut texts, mut keys) = (Vec::new(), Vec::new());
            // Of what is no text this makes one that is no record.
            for (key, text) in page.keys.into_iter().zip(js::texts(&page.values)) {
                match key.rsplit_once('/') {
                    Some((path, _)) => {
                        texts.push((path.to_owned(), text));
                        keys.push(key);
                    }
                    _ => damaged.push(key),
                }
            }
            for (key, readable) in keys.into_iter().zip(take(&texts)) {
                match readable {
                    true => good.push(key),
                    false => damaged.push(key),
                }
            }
        }
        let contents = Contents {
            keys: good,
            damaged: damaged.len(),
        };
        if !damaged.is_empty() && !poison::is_poisoned() {
            let _ = self.step(set_aside(&database, damaged)).await;
        }
        Ok(contents)
    }

    async fn is_empty(self: &Rc<Self>) -> Result<bool, JsValue> {
        let database = self.database().await?;
        let transaction = database::to_read(&database, RECORDS)?;
        let count = transaction.object_store(RECORDS)?.count()?;
        self.step(database::complete(&transaction)).await?;
        Ok(count.result()?.as_f64() == Some(0.0))
    }

    /// Writes entries unchanged from another database.
    async fn copy(self: &Rc<Self>, entries: &[Entry]) -> Result<(), JsValue> {
        let database = self.database().await?;
        let transaction = database::to_write(&database, RECORDS)?;
        let store = transaction.object_store(RECORDS)?;
        for (key, value) in entries {
            store.put_with_key(value, &key.as_str().into())?;
        }
        self.step(database::complete(&transaction)).await
    }
}

/// The journal as a store. Cheap to clone.
///
/// If the browser offers a second database, everything is written twice, one after the other, so
/// that no kill hits both at work; on reading, each gets back from the other what it has lost.
#[derive(Clone)]
pub struct Journal {
    main: Rc<Connection>,
    mirror: Rc<Connection>,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            main: Connection::new(database::open, false),
            mirror: Connection::new(database::open_mirror, true),
        }
    }
}

impl Journal {
    /// Calls back when the database is interrupted.
    pub fn listen(&self, listener: Listener) {
        self.main.listener.replace(Some(listener));
    }

    async fn write(&self, batch: &Batch) -> Result<(), Refusal> {
        if poison::is_poisoned() {
            return Err(Refusal::Failed);
        }
        if self.main.over.get() {
            return Err(Refusal::Newer);
        }
        chaos::at("before-journal");
        let batch = &Writing::of(batch);
        let written = self.write_main(batch).await;
        // Whatever the outcome: a note in one place is better than in none.
        if !self.mirror.over.get() && self.mirror.write(batch).await.is_err() {
            self.mirror.close();
        }
        chaos::at("after-journal");
        written.map_err(|error| refusal(&error))
    }

    async fn write_main(&self, batch: &Writing) -> Result<(), JsValue> {
        let Err(error) = self.main.write(batch).await else {
            return Ok(());
        };
        // The browser may have closed the connection. If the disk is full, findings can be dropped.
        self.main.close();
        if refusal(&error) == Refusal::Full {
            let _ = self.make_room().await;
        }
        self.main.write(batch).await
    }

    async fn make_room(&self) -> Result<(), JsValue> {
        let database = self.main.database().await?;
        let transaction = database::to_write(&database, FINDINGS)?;
        transaction.object_store(FINDINGS)?.clear()?;
        database::complete(&transaction).await
    }

    /// Fails if the journal cannot be written at all.
    pub async fn check(&self) -> Result<(), Refusal> {
        let database = self.main.database().await;
        database.map(|_| ()).map_err(|error| refusal(&error))
    }

    /// True if neither database has an entry.
    ///
    /// # Errors
    /// If there is no database, or it fails.
    pub async fn is_empty(&self) -> Result<bool, Refusal> {
        let main = self.main.is_empty().await;
        if let Err(error) = &main
            && refusal(error) == Refusal::Newer
        {
            return Err(Refusal::Newer);
        }
        let (one, other) = of_both(main, self.mirror.is_empty().await)?;
        Ok(one && other.unwrap_or(true))
    }

    /// Reads a folder, `PAGE` entries at a time: `take` receives keys without the name of the edit,
    /// with texts, and says of each whether it is readable. Sets unreadable entries aside unchanged
    /// and returns their number. Copies what only one of the two databases has to the other.
    ///
    /// # Errors
    /// If there is no database, or it fails.
    pub async fn read(
        &self,
        folder: &str,
        mut take: impl FnMut(&[Text]) -> Vec<bool>,
    ) -> Result<usize, Refusal> {
        let take: &mut dyn FnMut(&[Text]) -> Vec<bool> = &mut take;
        let main = self.main.read(folder, take).await;
        if let Err(error) = &main
            && refusal(error) == Refusal::Newer
        {
            return Err(Refusal::Newer);
        }
        match of_both(main, self.mirror.read(folder, take).await)? {
            (main, Some(mirror)) => {
                if main.keys != mirror.keys && !poison::is_poisoned() {
                    let _ = spread(folder, &self.mirror, &self.main, &main.keys).await;
                    let _ = spread(folder, &self.main, &self.mirror, &mirror.keys).await;
                }
                Ok(main.damaged.max(mirror.damaged))
            }
            (only, None) => Ok(only.damaged),
        }
    }

    /// Returns the entries that were set aside: keys and values of any type.
    pub async fn aside(&self) -> Vec<Entry> {
        let mut aside = Vec::new();
        for connection in [&self.main, &self.mirror] {
            if let Ok(database) = connection.database().await {
                let from = ASIDE.into();
                let page = page_of(&database, &from, ASIDE);
                if let Ok(page) = connection.step(page).await {
                    aside.extend(page.entries());
                }
            }
        }
        aside
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

/// The answers of both databases, or of the one that has any.
fn of_both<T>(
    main: Result<T, JsValue>,
    mirror: Result<T, JsValue>,
) -> Result<(T, Option<T>), Refusal> {
    match (main, mirror) {
        (Ok(main), mirror) => Ok((main, mirror.ok())),
        (Err(_), Ok(only)) => Ok((only, None)),
        (Err(error), Err(_)) => Err(refusal(&error)),
    }
}

fn key_of(path: &Path, dot: &Dot) -> JsValue {
    JsValue::from_str(&format!("{path}/{dot}"))
}

/// Copies the entries that one database has and another lacks.
async fn spread(
    folder: &str,
    from: &Rc<Connection>,
    to: &Rc<Connection>,
    known: &[String],
) -> Result<(), JsValue> {
    let database = from.database().await?;
    let mut pages = Pages::of(folder);
    while let Some(page) = from.step(pages.next(&database)).await? {
        let mut entries = page.entries();
        entries.retain(|(key, value)| value.is_string() && known.binary_search(key).is_err());
        if !entries.is_empty() {
            to.copy(&entries).await?;
        }
    }
    Ok(())
}

/// The entries of a folder still to be read, page by page.
struct Pages<'a> {
    folder: &'a str,
    /// Key at which the next page begins; `None` after the last one.
    from: Option<String>,
}

impl<'a> Pages<'a> {
    fn of(folder: &'a str) -> Self {
        let from = Some(folder.to_owned());
        Self { folder, from }
    }

    async fn next(&mut self, database: &IdbDatabase) -> Result<Option<Page>, JsValue> {
        let Some(from) = self.from.take() else {
            return Ok(None);
        };
        let page = page_of(database, &from.into(), self.folder).await?;
        let count = page.keys.len();
        if count >= PAGE as usize {
            self.from = page.keys.last().map(|last| [last, "\0"].concat());
        }
        Ok((count > 0).then_some(page))
    }
}

/// A page of entries.
struct Page {
    keys: Vec<String>,
    /// As many values, of any type.
    values: Array,
}

impl Page {
    fn entries(self) -> Vec<Entry> {
        self.keys.into_iter().zip(self.values.iter()).collect()
    }
}

/// Reads one page of a folder's entries, starting at a key.
async fn page_of(database: &IdbDatabase, from: &JsValue, folder: &str) -> Result<Page, JsValue> {
    let transaction = database::to_read(database, RECORDS)?;
    let store: IdbObjectStore = transaction.object_store(RECORDS)?;
    let last = JsValue::from_str(&[folder, LAST].concat());
    let range = IdbKeyRange::bound(from, &last)?;
    let keys = store.get_all_keys_with_key_and_limit(&range, PAGE)?;
    let values = store.get_all_with_key_and_limit(&range, PAGE)?;
    database::complete(&transaction).await?;
    Ok(Page {
        // Between two texts there are only texts.
        keys: js::texts(&keys.result()?.into()),
        values: values.result()?.into(),
    })
}

/// Moves entries to keys that are never read or overwritten, each in one transaction.
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
