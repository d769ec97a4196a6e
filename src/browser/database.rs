//! The database: opens IndexedDB with every store that the app has in it, in the page and in the
//! worker.

use std::pin::Pin;
use std::task::Poll;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction};

use crate::app::ports::BoxFuture;

const DATABASE: &str = "postil";
/// 1 had only texts, uncompressed; 2 had findings too; 3 has the journal.
const VERSION: u32 = 3;
/// By digest: an article's JSON, as deflated bytes or, where there is no compression, a string.
pub const TEXTS: &str = "texts";
/// By digest: what was found in that text.
pub const FINDINGS: &str = "findings";
/// The journal. By path and edit: a record's text.
pub const RECORDS: &str = "records";
/// By day of use: the notes as they were.
pub const SNAPSHOTS: &str = "snapshots";
/// What is neither: the backup file's handle.
pub const HANDLES: &str = "handles";
/// The bucket of the second database.
const MIRROR: &str = "mirror";
/// Milliseconds that another tab may hold up the opening of the database.
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
    /// Not in every browser, hence caught.
    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;

    /// Storage buckets (<https://wicg.github.io/storage-buckets/>), not in every browser.
    type Buckets;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Buckets, name: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Buckets, name: &str) -> Result<Promise, JsValue>;
}

/// Opens the database.
pub fn open() -> BoxFuture<Result<IdbDatabase, JsValue>> {
    Box::pin(async {
        // The worker has no window. Where it is forbidden, even to ask for it may throw.
        open_in(&js_sys::global()).await
    })
}

/// Opens the second database, where the browser has a place for one whose files are its own: in
/// Chromium a kill of the browser can tear the end of a database's log, and at a later start it
/// drops what was written after that place, or the whole of the database.
///
/// # Errors
/// Where there is no such place, or it is forbidden or fails.
pub fn open_mirror() -> BoxFuture<Result<IdbDatabase, JsValue>> {
    Box::pin(async {
        let opening = buckets()?.open(MIRROR)?;
        let bucket = in_time(JsFuture::from(opening)).await?;
        let database = open_in(&bucket).await?;
        // Without its bucket Chromium lets a transaction wait for ever.
        Reflect::set(&database, &MIRROR.into(), &bucket)?;
        Ok(database)
    })
}

/// Does something that fails when it takes too long; what was asked of the browser goes on.
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

/// Calls that something has failed, after a while.
fn give_up(failed: &Function) {
    let failed = failed.clone();
    gloo::timers::callback::Timeout::new(PATIENCE, move || {
        let _ = failed.call0(&JsValue::NULL);
    })
    .forget();
}

/// Deletes the second database, where there is one.
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
                // Refused only where it is there already.
                let _ = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = promise_of(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
        let failed = failed.clone();
        // A slow disk is waited for, another tab not for ever.
        let blocked = Closure::once_into_js(move |_event: JsValue| give_up(&failed));
        request.set_onblocked(Some(blocked.unchecked_ref()));
    })
    .await;
    match opened {
        Ok(_) => request.result()?.dyn_into(),
        Err(_) => Err(request
            .error()
            .ok()
            .flatten()
            .map_or(JsValue::NULL, JsValue::from)),
    }
}

/// Begins a transaction that only reads.
pub fn to_read(database: &IdbDatabase, store: &str) -> Result<IdbTransaction, JsValue> {
    database.transaction_with_str(store)
}

/// Begins a transaction that writes; what it wrote survives a crash once it is complete.
pub fn to_write(database: &IdbDatabase, store: &str) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    database
        .unchecked_ref::<Database>()
        .transaction(&store.into(), "readwrite", &options)
}

/// Lets a transaction end that nothing more is asked of, before the page has heard of each request.
/// Not for one that reads: in Chromium it may end before a long value is there.
pub fn commit(transaction: &IdbTransaction) {
    let _ = transaction.unchecked_ref::<Transaction>().commit();
}

/// Waits until a transaction is complete: only then is what it wrote kept, and a full disk shows
/// at its end.
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

/// Waits until one of two callbacks is called.
async fn promise_of(listen: impl FnOnce(&Function, &Function)) -> Result<JsValue, JsValue> {
    let mut listen = Some(listen);
    let promise = Promise::new(&mut |done, failed| {
        if let Some(listen) = listen.take() {
            listen(&done, &failed);
        }
    });
    JsFuture::from(promise).await
}
