//! localStorage: one small record for each note, for each article, and for each setting.
//!
//! Every key begins with `postil/1/`: an edit writes only its own record, so that two tabs with
//! different notes never overwrite each other, and the list of what there is comes from the keys.

use std::rc::Rc;

use js_sys::{Array, Object};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::system::window;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::{Article, ArticleId, Source};
use crate::model::digest::Digest;
use crate::model::notebook::Change;
use crate::model::order::sorted;
use crate::model::session::Draft;

const NOTE: &str = "postil/1/note/";
const ARTICLE: &str = "postil/1/article/";
const DRAFT: &str = "postil/1/draft/";
const SETTING: &str = "postil/1/setting/";
const SET_ASIDE: &str = "postil/1/set-aside/";

/// Why storage did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// The browser lets this page keep nothing.
    #[error("this browser does not let the page keep anything")]
    Forbidden,
    /// There is no room left.
    #[error("there is no room left")]
    Full,
}

impl StorageError {
    /// What an exception of the browser means.
    pub fn of(exception: &JsValue) -> Self {
        let name = exception
            .dyn_ref::<DomException>()
            .map(|exception| exception.name());
        match name.as_deref() {
            Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => Self::Full,
            _ => Self::Forbidden,
        }
    }
}

fn storage() -> Result<Storage, StorageError> {
    // Where site data is blocked, even to ask for the storage throws.
    match window().local_storage() {
        Ok(Some(storage)) => Ok(storage),
        Ok(None) | Err(_) => Err(StorageError::Forbidden),
    }
}

fn write(key: &str, value: &str) -> Result<(), StorageError> {
    storage()?
        .set_item(key, value)
        .map_err(|exception| StorageError::of(&exception))
}

fn read(key: &str) -> Option<String> {
    storage().ok()?.get_item(key).ok()?
}

fn keys_below(prefix: &str) -> Vec<String> {
    let Ok(storage) = storage() else {
        return Vec::new();
    };
    let keys: Array = Object::keys(&storage);
    keys.iter()
        .filter_map(|key| key.as_string())
        .filter(|key| key.starts_with(prefix))
        .collect()
}

/// Whether anything can be kept at all.
pub fn check() -> Result<(), StorageError> {
    storage().map(|_| ())
}

/// Keeps a setting.
pub fn set_setting(name: &str, value: &str) -> Result<(), StorageError> {
    write(&format!("{SETTING}{name}"), value)
}

/// A setting that was kept.
pub fn setting(name: &str) -> Option<String> {
    read(&format!("{SETTING}{name}"))
}

/// Keeps the side of a change that now stands.
pub fn write_change(change: &Change) -> Result<(), StorageError> {
    if let Some(after) = change.after() {
        write(&note_key(&after.article, &after.id), &after.to_record())?;
    }
    let stays =
        |before: &&Rc<Annotation>| Some(&before.article) == change.after().map(|a| &a.article);
    match change.before().filter(|before| !stays(before)) {
        // A note that moves to another article is there before it is gone here.
        Some(before) => storage()?
            .remove_item(&note_key(&before.article, &before.id))
            .map_err(|exception| StorageError::of(&exception)),
        None => Ok(()),
    }
}

fn note_key(article: &ArticleId, id: &AnnotationId) -> String {
    format!("{NOTE}{}/{id}", article.as_str())
}

fn parse_note_key(key: &str) -> Option<(ArticleId, AnnotationId)> {
    let (article, id) = key.strip_prefix(NOTE)?.split_once('/')?;
    Some((ArticleId::parse(article)?, AnnotationId::parse(id).ok()?))
}

/// The stored notes of an article, still to be read one by one: a long list takes a while.
pub struct StoredNotes {
    keys: Vec<String>,
    /// Records that could not be read, and were set aside.
    pub set_aside: usize,
}

/// The notes of an article.
pub fn notes_of(article: &ArticleId) -> StoredNotes {
    let mut keys = keys_below(&format!("{NOTE}{}/", article.as_str()));
    // Taken from the end.
    keys.reverse();
    StoredNotes { keys, set_aside: 0 }
}

impl Iterator for StoredNotes {
    type Item = Annotation;

    fn next(&mut self) -> Option<Annotation> {
        while let Some(key) = self.keys.pop() {
            let Some(record) = read(&key) else { continue };
            let note = parse_note_key(&key)
                .and_then(|(article, id)| Annotation::from_record(article, id, &record).ok());
            if note.is_some() {
                return note;
            }
            set_aside(&key, &record);
            self.set_aside += 1;
        }
        None
    }
}

/// Moves a record that cannot be read out of the way, byte for byte. Where there is no room for
/// a second copy, it stays where it is.
fn set_aside(key: &str, record: &str) {
    if write(&format!("{SET_ASIDE}{key}"), record).is_ok()
        && let Ok(storage) = storage()
    {
        let _ = storage.remove_item(key);
    }
}

/// What another tab did to a note, from the key and the new value of a `storage` event.
pub fn news(
    key: &str,
    value: Option<&str>,
) -> Option<(ArticleId, AnnotationId, Option<Annotation>)> {
    let (article, id) = parse_note_key(key)?;
    let note = match value {
        None => None,
        Some(record) => {
            let note = Annotation::from_record(article.clone(), id.clone(), record);
            Some(note.ok()?)
        }
    };
    Some((article, id, note))
}

/// What is kept of an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// The IRI that its notes name as their source.
    pub iri: String,
    /// Its title.
    pub title: String,
    /// The digest of its text; `None` where the text was never in this browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Its texts that are on the shelf, the oldest first; `digest` is the last one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Digest>,
    /// The name of the file it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The IRI of the article that this one is a version of: then it is listed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
}

impl ArticleRecord {
    fn of(iri: &str, title: &str) -> Self {
        Self {
            iri: iri.to_owned(),
            title: title.to_owned(),
            digest: None,
            versions: Vec::new(),
            file: None,
            work: None,
        }
    }

    /// The texts on the shelf, the oldest first; the first records named only one.
    pub fn texts(&self) -> Vec<Digest> {
        match &self.digest {
            Some(digest) if self.versions.is_empty() => vec![digest.clone()],
            _ => self.versions.clone(),
        }
    }
}

/// Keeps what is known of an article, and that it was the last one opened. Its text is the latest
/// of the article's versions.
pub fn write_article(article: &Article) -> Result<(), StorageError> {
    let present = self::article(&article.id());
    let mut record = ArticleRecord::of(&article.iri(), article.title());
    record.versions = present.as_ref().map_or_else(Vec::new, ArticleRecord::texts);
    record
        .versions
        .retain(|version| version != article.digest());
    record.versions.push(article.digest().clone());
    record.digest = Some(article.digest().clone());
    record.file = match &article.description().source {
        Source::File(name) => Some(name.clone()),
        _ => present.and_then(|present| present.file),
    };
    write_article_record(&article.id(), &record)?;
    set_setting("last-article", article.id().as_str())
}

/// Makes an article a version of another: its texts are that one's from now on.
pub fn join_articles(from: &ArticleId, of: &ArticleId) -> Result<(), StorageError> {
    let (Some(mut record), Some(mut work)) = (article(from), article(of)) else {
        return Ok(());
    };
    let texts = record.texts();
    let mut versions = work.texts();
    versions.retain(|version| !texts.contains(version));
    versions.extend(texts);
    work.digest = versions.last().cloned().or(work.digest);
    work.versions = versions;
    write_article_record(of, &work)?;
    record.work = Some(work.iri);
    write_article_record(from, &record)
}

/// Forgets texts of an article; those of them that no other article has either.
pub fn forget_texts(id: &ArticleId, texts: &[Digest]) -> Vec<Digest> {
    let Some(mut record) = article(id) else {
        return Vec::new();
    };
    record.versions = record.texts();
    record.versions.retain(|version| !texts.contains(version));
    if write_article_record(id, &record).is_err() {
        return Vec::new();
    }
    let listed = list_articles();
    let others = listed.iter().flat_map(|listed| listed.record.texts());
    let others: Vec<Digest> = others.collect();
    let mut gone = texts.to_vec();
    gone.retain(|text| !others.contains(text));
    gone
}

/// Every article that was opened, but those that are only versions of others.
pub fn articles() -> impl Iterator<Item = ArticleRecord> {
    let ids = keys_below(ARTICLE).into_iter();
    let records = ids.filter_map(|key| article(&ArticleId::parse(&key[ARTICLE.len()..])?));
    records.filter(|record| record.work.is_none())
}

/// What is known of an article, or of the one that it is a version of, unless it has notes of its
/// own.
pub fn current(id: &ArticleId) -> Option<ArticleRecord> {
    let record = article(id)?;
    let has_notes = || !keys_below(&format!("{NOTE}{}/", id.as_str())).is_empty();
    let work = record.work.as_ref();
    let work = work.and_then(|work| article(&ArticleId::of_iri(work)));
    match work {
        Some(work) if !has_notes() => Some(work),
        _ => Some(record),
    }
}

fn write_article_record(id: &ArticleId, record: &ArticleRecord) -> Result<(), StorageError> {
    let json = serde_json::to_string(record).unwrap_or_default();
    write(&format!("{ARTICLE}{}", id.as_str()), &json)
}

/// Makes sure that notes on an article that was never opened here are listed with one.
pub fn mention_article(annotation: &Annotation) -> Result<(), StorageError> {
    if article(&annotation.article).is_some() {
        return Ok(());
    }
    let iri = annotation.target.source.clone();
    write_article_record(&annotation.article, &ArticleRecord::of(&iri, &iri))
}

/// What is known of an article.
pub fn article(id: &ArticleId) -> Option<ArticleRecord> {
    let json = read(&format!("{ARTICLE}{}", id.as_str()))?;
    serde_json::from_str(&json).ok()
}

/// The article that was opened last.
pub fn last_article() -> Option<ArticleId> {
    ArticleId::parse(&setting("last-article")?)
}

/// An article of the list, and how many notes it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub id: ArticleId,
    /// What is known of it.
    pub record: ArticleRecord,
    /// Its notes.
    pub notes: usize,
}

/// Every article that was opened or has notes, by title; one that is a version of another only
/// while it has notes of its own.
pub fn list_articles() -> Vec<Listed> {
    let notes = keys_below(NOTE);
    let notes = notes
        .iter()
        .filter_map(|key| Some((parse_note_key(key)?.0, 1)));
    let opened = keys_below(ARTICLE);
    let opened = opened
        .iter()
        .filter_map(|key| Some((ArticleId::parse(&key[ARTICLE.len()..])?, 0)));
    let counts: Vec<(ArticleId, usize)> = notes.chain(opened).collect();
    let mut list: Vec<Listed> = Vec::new();
    for index in sorted(counts.len(), &|one, other| counts[one].cmp(&counts[other])) {
        let (id, count) = counts[index].clone();
        match list.last_mut().filter(|listed| listed.id == id) {
            Some(listed) => listed.notes += count,
            None => list.push(Listed {
                record: known_or_not(&id),
                id,
                notes: count,
            }),
        }
    }
    list.retain(|listed| listed.record.work.is_none() || listed.notes > 0);
    let title = |index: usize| &list[index].record.title;
    let order = sorted(list.len(), &|one, other| title(one).cmp(title(other)));
    order.into_iter().map(|index| list[index].clone()).collect()
}

fn known_or_not(id: &ArticleId) -> ArticleRecord {
    article(id).unwrap_or_else(|| ArticleRecord::of("", id.as_str()))
}

/// Keeps what is being written on a note.
pub fn write_draft(id: &AnnotationId, draft: &Draft) -> Result<(), StorageError> {
    write(
        &format!("{DRAFT}{id}"),
        &serde_json::to_string(draft).unwrap_or_default(),
    )
}

/// Forgets what was being written on a note: it is saved, or thrown away.
pub fn remove_draft(id: &AnnotationId) {
    if let Ok(storage) = storage() {
        let _ = storage.remove_item(&format!("{DRAFT}{id}"));
    }
}

/// Everything that was being written when the page was left.
pub fn drafts() -> Vec<(AnnotationId, Draft)> {
    keys_below(DRAFT)
        .into_iter()
        .filter_map(|key| {
            let id = AnnotationId::parse(&key[DRAFT.len()..]).ok()?;
            Some((id, serde_json::from_str(&read(&key)?).ok()?))
        })
        .collect()
}

/// Whether a text can be kept in localStorage, where the browser has no better place.
pub fn write_text(digest: &Digest, json: &str) -> Result<(), StorageError> {
    write(&format!("postil/1/text/{}", digest.as_str()), json)
}

/// A text that [`write_text`] kept.
pub fn text(digest: &Digest) -> Option<String> {
    read(&format!("postil/1/text/{}", digest.as_str()))
}

/// Lets a text go that [`write_text`] kept.
pub fn remove_text(digest: &Digest) {
    if let Ok(storage) = storage() {
        let _ = storage.remove_item(&format!("postil/1/text/{}", digest.as_str()));
    }
}
