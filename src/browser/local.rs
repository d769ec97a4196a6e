//! localStorage: one small record for each thing, written in the same moment as the edit.
//!
//! Every key begins with `postil/<version>/`. An edit writes only its own record, so two tabs with
//! different notes never overwrite each other; the keys serve as the index. Unreadable values are
//! moved aside unchanged, unit by unit; keys of others are left alone.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomException, Storage};

use super::js::texts;
use super::system::window;
use super::{chaos, poison};
use crate::app::maintenance::DELETED;
use crate::app::ports::{LocalFolder, LocalNews, StoredText};
use crate::model::order::sorted;
use crate::model::sync::record::{Path, Record, seems_live};
use crate::model::sync::store::{Batch, Done, Outcome, Refusal, Store};
use crate::model::sync::{PREFIX, RecordRead, VERSION, read as read_record};

/// Prefix of all our keys; the version follows.
const OURS: &str = "postil/";
/// Prefix of records of earlier builds, which have no version or checksum.
const EARLIER: &str = "postil/1/";
const SETTING: &str = "postil/1/setting/";
/// Prefix of unreadable values that were set aside; their original key follows.
pub const SET_ASIDE: &str = "postil/1/set-aside/";
/// Units (UTF-16) that browsers allow a site, keys and values together.
pub const QUOTA: usize = 5_242_880;

#[wasm_bindgen]
extern "C" {
    /// Storage with the browser's strings: a lone surrogate fits no Rust string, and must survive.
    type Units;
    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn get_units(this: &Units, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn value_of(this: &Units, key: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setItem)]
    fn set_units(this: &Units, key: &str, value: &JsString) -> Result<(), JsValue>;
}

/// Converts an exception of the browser to a refusal.
pub fn refusal(exception: &JsValue) -> Refusal {
    let name = exception
        .dyn_ref::<DomException>()
        .map(|exception| exception.name());
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => Refusal::Full,
        Some("VersionError") => Refusal::Newer,
        Some("SecurityError" | "NotAllowedError" | "InvalidAccessError") => Refusal::Forbidden,
        _ => Refusal::Failed,
    }
}

fn storage() -> Result<Storage, Refusal> {
    // If site data is blocked, even accessing the storage throws.
    match window().local_storage() {
        Ok(Some(storage)) => Ok(storage),
        Ok(None) | Err(_) => Err(Refusal::Forbidden),
    }
}

/// Fails if nothing can be stored there at all.
pub fn check() -> Result<(), Refusal> {
    storage().map(|_| ())
}

/// Stores a text that is not a record.
pub fn write(key: &str, value: &str) -> Result<(), Refusal> {
    if poison::is_poisoned() {
        return Err(Refusal::Failed);
    }
    storage()?
        .set_item(key, value)
        .map_err(|exception| refusal(&exception))
}

/// Returns the text under a key.
pub fn read(key: &str) -> Option<String> {
    storage().ok()?.get_item(key).ok()?
}

/// Removes a key.
pub fn remove(key: &str) {
    if let Ok(storage) = storage()
        && !poison::is_poisoned()
    {
        let _ = storage.remove_item(key);
    }
}

/// The keys, until the present task ends: to list ten thousand takes a while, and at the start
/// several folders are read one after the other.
#[derive(Default)]
pub struct Keys(Rc<RefCell<Option<Rc<KeyList>>>>);

impl Keys {
    /// Returns every key.
    pub fn get(&self) -> Rc<KeyList> {
        if let Some(keys) = &*self.0.borrow() {
            return keys.clone();
        }
        let keys = Rc::new(KeyList::new());
        self.0.replace(Some(keys.clone()));
        // Not by a timer, which waits in a tab that nobody sees: other tabs add keys meanwhile.
        let kept = self.0.clone();
        spawn_local(async move { drop(kept.take()) });
        keys
    }
}

/// The keys of everything stored, in the browser's order.
pub struct KeyList {
    keys: Vec<String>,
    /// The same as the browser has them.
    own: Array,
}

impl KeyList {
    fn new() -> Self {
        // `Object.keys` would also ask of each whether it can be listed.
        let own = storage()
            .ok()
            .and_then(|storage| Reflect::own_keys(&storage).ok());
        let own = own.unwrap_or_default();
        Self {
            keys: texts(&own),
            own,
        }
    }

    /// The keys with a prefix, each with its number.
    fn below(&self, prefix: &str) -> impl DoubleEndedIterator<Item = (u32, &String)> {
        let numbers = 0..self.keys.len() as u32;
        let keys = numbers.zip(&self.keys);
        keys.filter(move |(_, key)| key.starts_with(prefix))
    }
}

fn keys() -> Vec<String> {
    KeyList::new().keys
}

/// Returns the keys with a prefix.
pub fn keys_below(prefix: &str) -> Vec<String> {
    let mut keys = keys();
    keys.retain(|key| key.starts_with(prefix));
    keys
}

/// Returns the value under a key as the browser has it.
pub fn units(key: &str) -> Option<JsString> {
    let storage: JsValue = storage().ok()?.into();
    let value = storage.unchecked_ref::<Units>().get_units(key).ok()?;
    value.dyn_into().ok()
}

/// Returns the key of a setting.
pub fn setting_key(name: &str) -> String {
    [SETTING, name].concat()
}

/// Stores a setting.
pub fn set_setting(name: &str, value: &str) -> Result<(), Refusal> {
    write(&setting_key(name), value)
}

/// Returns a stored setting.
pub fn setting(name: &str) -> Option<String> {
    read(&setting_key(name))
}

/// Number of units (UTF-16) in use by anyone.
pub fn used() -> usize {
    let keys = keys();
    let length = |key: &String| units(key).map_or(0, |value| value.length() as usize);
    let of_key = |key: &String| key.encode_utf16().count();
    keys.iter().map(|key| of_key(key) + length(key)).sum()
}

/// True if there is no record of ours although the storage is accessible.
pub fn is_empty() -> bool {
    check().is_ok() && keys_below(PREFIX).is_empty()
}

/// True if nothing but settings is stored here, and this can be known.
pub fn is_unused(keys: &KeyList) -> bool {
    let mut ours = keys.below(OURS);
    check().is_ok() && ours.all(|(_, key)| key.starts_with(SETTING))
}

/// True if a newer version of Postil stores notes here: this one then leaves everything alone.
pub fn has_newer(keys: &KeyList) -> bool {
    let mut versions = keys.keys.iter().filter_map(|key| key.strip_prefix(OURS));
    versions.any(|rest| {
        let version = rest.split('/').next().unwrap_or_default();
        version
            .parse::<u32>()
            .is_ok_and(|version| version > VERSION)
    })
}

/// Returns the paths of the records in a folder that seem to be live, each once. They are counted
/// without parsing the records.
pub fn live_paths(folder: &str) -> Vec<Path> {
    let paths = |prefix: &str| {
        let keys = keys_below(&[prefix, folder].concat());
        let live = keys.into_iter().filter(|key| {
            let first = units(key).and_then(|value| char::from_u32(value.char_code_at(0) as u32));
            first.is_some_and(seems_live)
        });
        let path = |key: String| Path::parse(&key[prefix.len()..]);
        live.filter_map(path).collect::<Vec<_>>()
    };
    crate::model::order::sorted_once(&[paths(PREFIX), paths(EARLIER)].concat())
}

/// The records of a folder still to be read, one by one, since a long list takes a while.
struct Reading {
    storage: Option<Storage>,
    list: Rc<KeyList>,
    /// Numbers of the keys, to be taken from the end.
    keys: Vec<u32>,
    /// Keys and texts that were read together, to be taken from the end.
    ahead: Vec<(String, String)>,
    /// Keys of records by an earlier build, which come last.
    earlier: Vec<String>,
    damaged: Vec<String>,
}

/// Starts reading a folder; `keys` are those of everything stored.
pub fn folder(folder: &str, keys: &Rc<KeyList>) -> Box<dyn LocalFolder> {
    let (prefix, earlier) = ([PREFIX, folder].concat(), [EARLIER, folder].concat());
    // Browsers list keys in no order, while records are kept, and mostly asked for, in theirs.
    let found: Vec<(u32, &String)> = keys.below(&prefix).collect();
    let order = sorted(found.len(), &|one, other| found[other].1.cmp(found[one].1));
    Box::new(Reading {
        storage: storage().ok(),
        list: keys.clone(),
        keys: order.into_iter().map(|index| found[index].0).collect(),
        ahead: Vec::new(),
        earlier: keys
            .below(&earlier)
            .rev()
            .map(|(_, key)| key.clone())
            .collect(),
        damaged: Vec::new(),
    })
}

/// Number of texts read together.
const AHEAD: usize = 250;

impl Reading {
    /// The next key and its text.
    fn next_text(&mut self) -> Option<(String, String)> {
        if self.ahead.is_empty() {
            let rest = self.keys.len().saturating_sub(AHEAD);
            let (found, values): (Vec<u32>, Vec<JsString>) = self
                .keys
                .split_off(rest)
                .into_iter()
                .filter_map(|number| Some((number, self.value(number)?)))
                .unzip();
            let values: Array = values.iter().collect();
            let keys = found.iter().map(|number| &self.list.keys[*number as usize]);
            self.ahead = keys.cloned().zip(texts(&values)).collect();
        }
        self.ahead.pop()
    }

    /// The value under a key as the browser has it.
    fn value(&self, number: u32) -> Option<JsString> {
        let storage = self.storage.as_ref()?.unchecked_ref::<Units>();
        let value = storage.value_of(&self.list.own.get(number)).ok()?;
        value.dyn_into().ok()
    }
}

impl LocalFolder for Reading {
    fn is_done(&self) -> bool {
        self.keys.is_empty() && self.ahead.is_empty() && self.earlier.is_empty()
    }

    fn mark_damaged(&mut self, path: &Path) {
        self.damaged.push([PREFIX, path.as_str()].concat());
    }

    fn set_aside(self: Box<Self>) -> usize {
        let count = self.damaged.len();
        for key in self.damaged {
            set_aside(&key);
        }
        count
    }

    fn next(&mut self) -> Option<StoredText> {
        let read = |storage: &Option<Storage>, key: &str| storage.as_ref()?.get_item(key).ok()?;
        while let Some((key, text)) = self.next_text() {
            match Path::parse(&key[PREFIX.len()..]) {
                Some(path) => {
                    let earlier = false;
                    return Some(StoredText {
                        path,
                        text,
                        earlier,
                    });
                }
                None => self.damaged.push(key),
            }
        }
        while let Some(key) = self.earlier.pop() {
            let Some(text) = read(&self.storage, &key) else {
                continue;
            };
            match earlier_path(&key[EARLIER.len()..]).and_then(|path| of_earlier(path, &text)) {
                Some(record) => {
                    return Some(StoredText {
                        path: record.path().clone(),
                        text: record.text().to_string(),
                        earlier: true,
                    });
                }
                None => self.damaged.push(key),
            }
        }
        None
    }
}

/// Returns a record's present path; drafts of earlier builds had no tab in their key.
fn earlier_path(path: &str) -> Option<Path> {
    match path.strip_prefix("draft/") {
        Some(note) => Path::parse(&["draft/v1/", note].concat()),
        None => Path::parse(path),
    }
}

fn of_earlier(path: Path, text: &str) -> Option<Record> {
    let record = Record::of_earlier(path, text);
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    match read_record(record.path().as_str(), record.text()) {
        RecordRead::Record(record) if is_json && text.starts_with('{') => Some(record),
        _ => None,
    }
}

fn earlier_key(path: &Path) -> String {
    let path = path.as_str();
    let path = match path.strip_prefix("draft/v1/") {
        Some(note) => ["draft/", note].concat(),
        None => path.to_owned(),
    };
    [EARLIER, &path].concat()
}

/// Moves the value under a key aside, unit by unit; false if that fails. Never overwrites what was
/// set aside before.
fn set_aside(key: &str) -> bool {
    let (Some(value), Ok(storage)) = (units(key), storage()) else {
        return true;
    };
    if poison::is_poisoned() {
        return false;
    }
    let mut aside = [SET_ASIDE, key].concat();
    while units(&aside).is_some_and(|other| other != value) {
        aside.push('~');
    }
    // There may be room for only one of the two.
    let _ = storage.remove_item(key);
    let storage: JsValue = storage.into();
    let storage = storage.unchecked_ref::<Units>();
    let moved = storage.set_units(&aside, &value).is_ok();
    if !moved {
        let _ = storage.set_units(key, &value);
    }
    moved
}

/// localStorage as a store of records.
pub struct Local;

impl Store for Local {
    fn keep(&self, batch: Rc<Batch>, done: Done) {
        chaos::at("before-local");
        let mut outcome = Outcome::default();
        let storage = match storage() {
            Ok(storage) if !poison::is_poisoned() => storage,
            Ok(_) => return done(Outcome::refused(&batch, Refusal::Failed)),
            Err(why) => return done(Outcome::refused(&batch, why)),
        };
        for record in &batch.put {
            if let Err(why) = put(&storage, record) {
                outcome.refused.push(record.path().clone());
                outcome.why = Some(why);
            }
        }
        for (path, dot) in &batch.forget {
            let key = [PREFIX, path.as_str()].concat();
            let present = read(&key).map(|text| Record::parse(path.clone(), &text));
            if let Some(Ok(record)) = present
                && record.version().dot() == dot
            {
                let _ = storage.remove_item(&key);
            }
            forget_earlier(&storage, path, dot.lamport);
        }
        chaos::at("between-stores");
        done(outcome);
    }
}

/// Removes the record of an earlier build along with the record that it became.
fn forget_earlier(storage: &Storage, path: &Path, lamport: u64) {
    if lamport == 0 {
        let _ = storage.remove_item(&earlier_key(path));
    }
}

fn put(storage: &Storage, record: &Record) -> Result<(), Refusal> {
    let key = [PREFIX, record.path().as_str()].concat();
    let read = |key: &str| storage.get_item(key).ok().flatten();
    let is_damaged = |text: String| Record::parse(record.path().clone(), &text).is_err();
    if read(&key).is_some_and(is_damaged) && !set_aside(&key) {
        return Err(Refusal::Full);
    }
    // Remove the earlier build's record that this one is based on: there may be room for only one.
    let old_key = earlier_key(record.path());
    let old = read(&old_key).filter(|old| {
        let old = Record::of_earlier(record.path().clone(), old);
        record.version().covers(old.version().dot())
    });
    if old.is_some() {
        let _ = storage.remove_item(&old_key);
    }
    let kept = storage.set_item(&key, record.text());
    if let (Err(_), Some(old)) = (&kept, old) {
        let _ = storage.set_item(&old_key, &old);
    }
    kept.map_err(|exception| refusal(&exception))
}

/// Interprets a `storage` event.
pub fn news(key: Option<&str>, value: Option<&str>) -> Option<LocalNews> {
    let Some(key) = key else {
        return Some(LocalNews::Cleared);
    };
    if value.is_some() && key.strip_prefix(SETTING) == Some(DELETED) {
        return Some(LocalNews::Deleted);
    }
    match (key.strip_prefix(PREFIX), value) {
        (Some(path), None) => Path::parse(path).map(LocalNews::Gone),
        (Some(_), Some(text)) => Some(LocalNews::written(key, text)),
        // Written by a tab that still runs an earlier build.
        (None, Some(text)) => {
            earlier_path(key.strip_prefix(EARLIER)?)?;
            Some(LocalNews::written(key, text))
        }
        (None, None) => None,
    }
}

/// Returns the record that another tab wrote under a key.
pub fn written(key: &str, text: &str) -> Option<Record> {
    match key.strip_prefix(PREFIX) {
        Some(path) => match read_record(path, text) {
            RecordRead::Record(record) => Some(record),
            _ => None,
        },
        None => of_earlier(earlier_path(key.strip_prefix(EARLIER)?)?, text),
    }
}
