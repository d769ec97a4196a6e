//! The database: opens IndexedDB with all stores of the app, in the page and in the worker.

use std::pin::Pin;
use std::task::Poll;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction};

use super::system;
use crate::app::ports::BoxFuture;

const DATABASE: &str = "postil";
/// Version 1 had only uncompressed texts; 2 added findings; 3 added the journal.
const VERSION: u32 = 3;
/// By digest: an article's JSON, as deflated bytes, or as a string if compression is unavailable.
pub const TEXTS: &str = "texts";
/// By digest: the findings in that text.
pub const FINDINGS: &str = "findings";
/// The journal. By path and edit: a record's text.
pub const RECORDS: &str = "records";
/// By day of use: a snapshot of the notes.
pub const SNAPSHOTS: &str = "snapshots";
/// Anything else: the handles of the backup file and of the folder.
pub const HANDLES: &str = "handles";
/// Name of the bucket with the second database.
const MIRROR: &str = "mirror";
/// Milliseconds that another tab may block opening the database.
const PATIENCE: u32 = 4_000;

#[wasm_bindgen]
extern "C" {
    type Database;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;

    type Transaction;
    /// Caught, as not every browser has it.
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;

    /// Storage buckets (<https://wicg.github.io/storage-buckets/>), which not every browser has.
    type Buckets;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Buckets, name: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Buckets, name: &str) -> Result<Promise, JsValue>;
}

/// Opens the database.
pub fn open() -> BoxFuture<Result<IdbDatabase, JsValue>> {
    Box::pin(async {
        // The worker has no window. If IndexedDB is forbidden, even accessing it may throw.
        open_in(&js_sys::global()).await
    })
}

/// Opens the second database, if the browser offers one with files of its own: in Chromium, killing
/// the browser can tear the end of a database's log, and a later start drops what was written after
/// that point, or the whole database.
///
/// # Errors
/// If there is no such place, or it is forbidden or fails.
pub fn open_mirror() -> BoxFuture<Result<IdbDatabase, JsValue>> {
    Box::pin(async {
        let opening = buckets()?.open(MIRROR)?;
        let bucket = in_time(JsFuture::from(opening)).await?;
        let database = open_in(&bucket).await?;
        // If the bucket is dropped, Chromium lets a transaction wait for ever.
        Reflect::set(&database, &MIRROR.into(), &bucket)?;
        Ok(database)
    })
}

/// Runs a task that fails if it takes too long; the browser still completes what it was asked.
pub async fn in_time<T>(work: impl Future<Output = Result<T, JsValue>>) -> Result<T, JsValue> {
    let mut late = JsFuture::from(Promise::new(&mut |_, failed| give_up(&failed)));
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Pending => Pin::new(&mut late)
            .poll(context)
            .map(|_| Err(JsValue::NULL)),
        done => done,
    })
    .await
}

/// Calls `failed` after the timeout.
fn give_up(failed: &Function) {
    let failed = failed.clone();
    system::after(PATIENCE, move || {
        let _ = failed.call0(&JsValue::NULL);
    });
}

/// Deletes the second database, if there is one.
pub async fn delete_mirror() {
    if let Ok(deleted) = buckets().and_then(|buckets| buckets.delete(MIRROR)) {
        let _ = JsFuture::from(deleted).await;
    }
}

fn buckets() -> Result<Buckets, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let buckets = Reflect::get(&navigator, &"storageBuckets".into())?;
    match buckets.is_undefined() {
        true => Err(JsValue::NULL),
        false => Ok(buckets.unchecked_into()),
    }
}

async fn open_in(place: &JsValue) -> Result<IdbDatabase, JsValue> {
    let factory = Reflect::get(place, &JsValue::from_str("indexedDB"))?;
    let factory: IdbFactory = factory.dyn_into()?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once(move |_event: JsValue| {
        if let Ok(database) = opening
            .result()
            .and_then(|result| result.dyn_into::<IdbDatabase>())
        {
            for store in [TEXTS, FINDINGS, RECORDS, SNAPSHOTS, HANDLES] {
                // It fails only if the store already exists.
                let _ = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    // Owned: what is made `into_js` and never called stays in memory for good.
    let mut waits = None;
    let opened = promise_of(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
        let failed = failed.clone();
        // A slow disk may take its time, another tab may not.
        let blocked = Closure::once(move |_event: JsValue| give_up(&failed));
        request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
        waits = Some(blocked);
    })
    .await;
    request.set_onupgradeneeded(None);
    request.set_onblocked(None);
    drop((upgrade, waits));
    match opened {
        Ok(_) => request.result()?.dyn_into(),
        Err(_) => Err(request
            .error()
            .ok()
            .flatten()
            .map_or(JsValue::NULL, JsValue::from)),
    }
}

/// Begins a read-only transaction.
pub fn to_read(database: &IdbDatabase, store: &str) -> Result<IdbTransaction, JsValue> {
    database.transaction_with_str(store)
}

/// Begins a read-write transaction, whose writes survive a crash once it is complete.
pub fn to_write(database: &IdbDatabase, store: &str) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    database
        .unchecked_ref::<Database>()
        .transaction(&store.into(), "readwrite", &options)
}

/// Ends a transaction without waiting for the events of its requests. Not for read-only ones: in
/// Chromium they may end before a long value has arrived.
pub fn commit(transaction: &IdbTransaction) {
    let _ = transaction.unchecked_ref::<Transaction>().commit();
}

/// Waits until a transaction is complete: only then are its writes stored, and only then does a
/// full disk show.
pub fn complete(transaction: &IdbTransaction) -> BoxFuture<Result<(), JsValue>> {
    let transaction = transaction.clone();
    Box::pin(async move { completed(&transaction).await })
}

async fn completed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let ended = promise_of(|done, failed| {
        transaction.set_oncomplete(Some(done));
        transaction.set_onerror(Some(failed));
        transaction.set_onabort(Some(failed));
    });
    match ended.await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(JsValue::NULL, JsValue::from)),
    }
}

/// Reads one value.
pub async fn read_one(store: &str, key: &JsValue) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let reading = to_read(&database, store)?;
    let request = reading.object_store(store)?.get(key)?;
    complete_and_close(&reading, &database).await?;
    request.result()
}

/// Waits until a transaction is complete, and closes the database.
pub async fn complete_and_close(
    transaction: &IdbTransaction,
    database: &IdbDatabase,
) -> Result<(), JsValue> {
    let done = complete(transaction).await;
    database.close();
    done
}

/// Waits until one of two callbacks is called; the second one means failure.
async fn promise_of(listen: impl FnOnce(&Function, &Function)) -> Result<JsValue, JsValue> {
    let mut listen = Some(listen);
    let promise = Promise::new(&mut |done, failed| {
        if let Some(listen) = listen.take() {
            listen(&done, &failed);
        }
    });
    JsFuture::from(promise).await
}
