//! Backup: daily snapshots of the notes, the backup file, and the storage in use and available.

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::database::{self, SNAPSHOTS};
use super::handles::{allowed, call, handle, keep_handle};
use super::js::{get, put};
use super::system::window;
use super::texts::{deflated, inflated};
use crate::app::ports::{BackupFile, Snapshot, Usage};
use crate::model::sync::usage_days;

/// Key of the backup file's handle.
const BACKUP: &str = "backup";

/// Stores a snapshot; `json` is a list of paths and records. Removes the oldest ones.
pub async fn keep_snapshot(snapshot: &Snapshot, json: &str) -> Result<(), JsValue> {
    let text = JsValue::from_str(json);
    let value = Object::new();
    put(&value, "date", &snapshot.date.as_str().into());
    put(&value, "notes", &(snapshot.notes as f64).into());
    put(&value, "records", &deflated(&text).await.unwrap_or(text));
    let database = database::open().await?;
    let writing = database::to_write(&database, SNAPSHOTS)?;
    let store = writing.object_store(SNAPSHOTS)?;
    store.put_with_key(&value, &snapshot.day.into())?;
    let keys = store.get_all_keys()?;
    database::complete(&writing).await?;
    let keys: Array = keys.result()?.into();
    let over = keys.length().saturating_sub(usage_days::SNAPSHOTS as u32);
    let clearing = database::to_write(&database, SNAPSHOTS)?;
    for key in keys.iter().take(over as usize) {
        clearing.object_store(SNAPSHOTS)?.delete(&key)?;
    }
    let cleared = database::complete(&clearing).await;
    database.close();
    cleared
}

/// Returns the stored snapshots, latest first.
pub async fn snapshots() -> Vec<Snapshot> {
    read_snapshots().await.unwrap_or_default()
}

async fn read_snapshots() -> Result<Vec<Snapshot>, JsValue> {
    let database = database::open().await?;
    let reading = database::to_read(&database, SNAPSHOTS)?;
    let store = reading.object_store(SNAPSHOTS)?;
    let (keys, values) = (store.get_all_keys()?, store.get_all()?);
    database::complete_and_close(&reading, &database).await?;
    let (keys, values): (Array, Array) = (keys.result()?.into(), values.result()?.into());
    let days = keys.iter().zip(values.iter()).filter_map(|(key, value)| {
        Some(Snapshot {
            day: key.as_f64()? as u32,
            date: get(&value, "date").as_string()?,
            notes: get(&value, "notes").as_f64()? as usize,
        })
    });
    let mut days: Vec<Snapshot> = days.collect();
    days.reverse();
    Ok(days)
}

/// Returns the records of a snapshot, as they were given to [`keep_snapshot`].
pub async fn snapshot(day: u32) -> Option<String> {
    let value = database::read_one(SNAPSHOTS, &day.into()).await.ok()?;
    let records = get(&value, "records");
    match records.as_string() {
        Some(json) => Some(json),
        None => inflated(records.dyn_ref::<Uint8Array>()?).await.ok(),
    }
}

/// Asks the browser about the storage in use and available.
pub async fn usage() -> Usage {
    let estimate = ask_storage("estimate").await.unwrap_or_default();
    let number = |name: &str| get(&estimate, name).as_f64().unwrap_or_default();
    Usage {
        used: number("usage"),
        quota: number("quota"),
        promised: ask_storage("persisted").await.and_then(|yes| yes.as_bool()),
    }
}

/// Asks the browser to promise to keep the notes; true if it does.
pub async fn ask_to_keep() -> bool {
    let answer = ask_storage("persist").await;
    answer.and_then(|yes| yes.as_bool()).unwrap_or_default()
}

async fn ask_storage(method: &str) -> Option<JsValue> {
    let storage = get(&window().navigator(), "storage");
    call(&storage, method, &Array::new()).await.ok()
}

const PICKER: &str = "showSaveFilePicker";

/// Returns the state of the backup file.
pub async fn state() -> BackupFile {
    if !get(&window(), PICKER).is_function() {
        return BackupFile::Unknown;
    }
    let Some(handle) = handle(BACKUP).await else {
        return BackupFile::None;
    };
    let name = get(&handle, "name").as_string().unwrap_or_default();
    match allowed(&handle, "queryPermission").await {
        true => BackupFile::Kept(name),
        false => BackupFile::Waiting(name),
    }
}

/// Lets the reader choose a backup file. Fails if none is chosen.
pub async fn choose_backup(suggested: &str) -> Result<(), JsValue> {
    let options = Object::new();
    put(&options, "suggestedName", &suggested.into());
    let handle = call(&window(), PICKER, &Array::of1(&options)).await?;
    keep_handle(BACKUP, Some(handle)).await
}

/// Asks for permission to write the chosen file again.
pub async fn resume_backup() -> bool {
    match handle(BACKUP).await {
        Some(handle) => allowed(&handle, "requestPermission").await,
        None => false,
    }
}

/// Stops writing the backup file; the file itself stays.
pub async fn stop_backup() -> Result<(), JsValue> {
    keep_handle(BACKUP, None).await
}

/// Writes the backup file; its old content stays until the new one is complete.
pub async fn write_backup(content: &str) -> Result<(), JsValue> {
    let handle = handle(BACKUP).await.ok_or(JsValue::NULL)?;
    let writable = call(&handle, "createWritable", &Array::new()).await?;
    call(&writable, "write", &Array::of1(&content.into())).await?;
    call(&writable, "close", &Array::new()).await.map(drop)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = indexedDB, js_name = deleteDatabase, catch)]
    fn delete_database(name: &str) -> Result<JsValue, JsValue>;
}

/// Deletes everything that this site of Postil stores in this browser, except for one key, by which
/// other tabs learn of it. Nothing may be written afterwards.
pub async fn delete_everything(stays: &str) {
    super::poison::poison();
    for storage in [window().local_storage(), window().session_storage()] {
        if let Ok(Some(storage)) = storage {
            for key in Object::keys(&storage)
                .iter()
                .filter_map(|key| key.as_string())
            {
                if key.starts_with("postil/") && key != stays {
                    let _ = storage.remove_item(&key);
                }
            }
        }
    }
    super::launch::forget_shares().await;
    database::delete_mirror().await;
    if let Ok(request) = delete_database("postil") {
        let ended = Promise::new(&mut |done, _| {
            for event in ["onsuccess", "onerror", "onblocked"] {
                put(&request, event, &done);
            }
        });
        let _ = JsFuture::from(ended).await;
    }
}
