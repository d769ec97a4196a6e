//! What is kept besides the texts: notes, articles, drafts, in both stores, by the replica.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::journal::Journal;
use super::local::{self, Local, Reading};
use super::system::BoxFuture;
use super::{system, tabs};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::{Article, ArticleId, Counterpart, Source};
use crate::model::digest::Digest;
use crate::model::notebook::Change;
use crate::model::order::sorted;
use crate::model::session::Draft;
use crate::model::sync::agreement::pair_of;
use crate::model::sync::base36::push_digits;
use crate::model::sync::iri_shorthand::{body_of, with_source};
use crate::model::sync::record::{Kind, Path, Record, State};
use crate::model::sync::replica::{Edit, Origin, Replica};
use crate::model::sync::store::Refusal;
use crate::model::sync::unknown::carry_over;
use crate::model::sync::usage_days::UsageDays;
use crate::model::sync::version::ReplicaId;
use crate::model::sync::{Found, read};

thread_local! {
    static REPLICA: RefCell<Option<(Replica, Journal)>> = const { RefCell::new(None) };
    /// Called when the replica's safety may have changed.
    static LISTENER: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
    /// Called with what a read has brought that did not stand before.
    static NEWS: RefCell<Option<News>> = const { RefCell::new(None) };
    static TODAY: Cell<u32> = const { Cell::new(0) };
}

/// The replica of this page.
pub fn replica() -> Replica {
    both().0
}

/// The journal of this page.
pub fn journal() -> Journal {
    both().1
}

fn both() -> (Replica, Journal) {
    if let Some(both) = REPLICA.with_borrow(Clone::clone) {
        return both;
    }
    let journal = Journal::default();
    let changed = || {
        let listener = LISTENER.with_borrow(Clone::clone);
        if let Some(listener) = listener {
            listener();
        }
    };
    let replica = Replica::new(
        name_of_run(),
        Rc::new(Local),
        Rc::new(journal.clone()),
        Box::new(changed),
    );
    let both = (replica, journal);
    REPLICA.replace(Some(both.clone()));
    both
}

fn name_of_run() -> ReplicaId {
    let id = system::stamp().id;
    let number = id
        .as_str()
        .get(..8)
        .and_then(|head| u64::from_str_radix(head, 16).ok());
    let mut name = String::new();
    // Five digits in base 36: every record has them, and only the runs that edit one note matter.
    push_digits(&mut name, number.unwrap_or_default() % 36_u64.pow(5));
    ReplicaId::parse(&name).unwrap_or_else(|| unreachable!("at least one digit"))
}

/// Calls back when the replica's safety may have changed.
pub fn listen(listener: Rc<dyn Fn()>) {
    LISTENER.replace(Some(listener));
}

/// What is called with news.
pub type News = Rc<dyn Fn(&[Rc<Record>])>;

/// Calls back with what a read has brought, before anything else can happen: an edit goes on top of
/// what the replica has, so nothing may stand there that the reader is not shown.
pub fn listen_for_news(listener: News) {
    NEWS.replace(Some(listener));
}

/// Takes a record that was read; what is new with it comes out.
fn take(origin: Origin, record: Record) -> Vec<Rc<Record>> {
    let news = replica().take(origin, vec![record]);
    let listener = NEWS.with_borrow(Clone::clone);
    if let Some(listener) = listener.filter(|_| !news.is_empty()) {
        listener(&news);
    }
    news
}

/// Where the page's own scripts find what no store has taken, should the program come to an end.
const UNSAVED: &str = "postilUnsaved";

/// Shows the page's scripts what no store has taken.
pub fn show_unsaved() {
    let unsaved = replica().unsaved();
    let map = js_sys::Map::new();
    for record in &unsaved {
        map.set(
            &record.path().as_str().into(),
            &JsValue::from_str(record.text()),
        );
    }
    let _ = js_sys::Reflect::set(&js_sys::global(), &UNSAVED.into(), &map);
}

/// The day of use, counted up with the first start on each date.
pub fn today() -> u32 {
    TODAY.with(|today| {
        if today.get() == 0 {
            let earlier = local::setting("calendar").and_then(|text| UsageDays::parse(&text));
            let days = UsageDays::on(earlier, &system::today());
            let _ = local::set_setting("calendar", &days.to_text());
            today.set(days.day);
        }
        today.get()
    })
}

/// Keeps changes of notes: each in localStorage when this returns, and on its way to the journal.
/// Other tabs hear of them.
pub fn write_changes(changes: &[Change]) -> Vec<Rc<Record>> {
    let mut known = Known::default();
    let mut edits = Vec::new();
    for change in changes {
        mention_article(change.annotation());
        edits.extend(edits_of(change, &mut known));
    }
    write(edits)
}

/// The IRIs of articles, as their records have them: asked for again and again of the same one.
#[derive(Default)]
pub struct Known(Option<(ArticleId, Option<String>)>);

impl Known {
    fn iri_of(&mut self, id: &ArticleId) -> Option<&str> {
        if self.0.as_ref().is_none_or(|(known, _)| known != id) {
            self.0 = Some((id.clone(), article(id).map(|record| record.iri)));
        }
        self.0.as_ref()?.1.as_deref()
    }

    /// The note in a record, or that it was.
    pub fn note_of(&mut self, record: &Record) -> Option<Annotation> {
        let note = record.note()?;
        let iri = self.iri_of(&note.article);
        Some(with_source(note, iri))
    }
}

fn write(mut edits: Vec<Edit>) -> Vec<Rc<Record>> {
    let replica = replica();
    for edit in &mut edits {
        // What a newer build of the same format added is not ours to drop.
        let present = replica.get(&edit.path);
        if let Some(present) = present.filter(|_| !edit.body.is_empty()) {
            edit.body = carry_over(&present.body(), &edit.body);
        }
    }
    let records = replica.write(edits);
    tabs::tell(&records.iter().map(pair_of).collect::<Vec<_>>());
    records
}

fn edits_of(change: &Change, known: &mut Known) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut body = |note: &Annotation| body_of(note, known.iri_of(&note.article));
    if let Some(after) = change.after() {
        edits.push(Edit {
            path: Path::of_note(&after.article, &after.id),
            state: State::Live,
            body: body(after),
        });
    }
    let stays =
        |before: &&Rc<Annotation>| Some(&before.article) == change.after().map(|a| &a.article);
    if let Some(before) = change.before().filter(|before| !stays(before)) {
        edits.push(Edit {
            path: Path::of_note(&before.article, &before.id),
            state: State::Removed { day: today() },
            body: match change.after() {
                Some(_) => String::new(),
                None if change.skips_trash() => String::new(),
                None => body(before),
            },
        });
    }
    edits
}

/// The records of a folder in localStorage, still to be read one by one.
pub struct Stored {
    reading: Reading,
}

/// Begins to read a folder: what both stores have of it is not known until [`finish_reading`].
pub fn begin_reading(folder: &str) -> Stored {
    replica().begin_reading(folder);
    Stored {
        reading: local::folder(folder),
    }
}

impl Stored {
    /// Reads one record; `None` when there are no more. What is new with it comes out.
    pub fn take_one(&mut self) -> Option<Vec<Rc<Record>>> {
        let item = self.reading.next()?;
        let origin = match item.earlier {
            true => Origin::Earlier,
            false => Origin::Local,
        };
        let replica = replica();
        if replica.confirm(origin, &item.path, &item.text) {
            return Some(Vec::new());
        }
        match read(item.path.as_str(), &item.text) {
            Found::Record(record) => Some(take(origin, record)),
            _ => {
                self.reading.is_damaged(&item.path);
                Some(Vec::new())
            }
        }
    }

    /// Whether everything is read.
    pub fn is_done(&self) -> bool {
        self.reading.is_done()
    }

    /// Reads everything at once.
    pub fn take_all(&mut self) -> Vec<Rc<Record>> {
        let mut news = Vec::new();
        while let Some(more) = self.take_one() {
            news.extend(more);
        }
        news
    }

    /// Sets aside what could not be read; says how much that was.
    pub fn set_aside(self) -> usize {
        self.reading.set_aside()
    }
}

/// What is new, and how much could not be read.
pub type Read = (Vec<Rc<Record>>, usize);

/// Reads a folder of the journal; what is new with it comes out, and how much could not be read.
///
/// # Errors
/// Where there is no database, or it fails.
pub fn read_journal(folder: &str) -> BoxFuture<Result<Read, Refusal>> {
    let folder = folder.to_owned();
    Box::pin(async move { read_journal_now(&folder).await })
}

async fn read_journal_now(folder: &str) -> Result<Read, Refusal> {
    let (replica, journal) = both();
    let mut news = Vec::new();
    let take_page = |entries: &[(String, String)]| {
        let take_one = |(path, text): &(String, String)| {
            let known = Path::parse(path);
            if known.is_some_and(|path| replica.confirm(Origin::Journal, &path, text)) {
                return true;
            }
            let Found::Record(record) = read(path, text) else {
                return false;
            };
            news.extend(take(Origin::Journal, record));
            true
        };
        entries.iter().map(take_one).collect()
    };
    let unread = journal.read(folder, take_page).await?;
    Ok((news, unread))
}

/// Both stores were read: each gets what it lacks.
pub fn finish_reading(folder: &str) {
    replica().finish_reading(folder);
}

/// The live notes among records.
pub fn live_notes(records: &[Rc<Record>]) -> Vec<Annotation> {
    let mut known = Known::default();
    let live = records.iter().filter(|record| record.is_live());
    live.filter_map(|record| known.note_of(record)).collect()
}

/// What records say of notes: there, or not.
pub fn news_of(records: &[Rc<Record>]) -> Vec<(AnnotationId, Option<Annotation>)> {
    let mut known = Known::default();
    let news = |record: &Rc<Record>| {
        let (_, id) = record.path().note()?;
        let note = record.is_live().then(|| known.note_of(record));
        Some((id, note.flatten()))
    };
    records.iter().filter_map(news).collect()
}

/// The known notes of an article.
pub fn notes_of(article: &ArticleId) -> Vec<Annotation> {
    let folder = Path::notes_of(article);
    begin_reading(&folder).take_all();
    live_notes(&replica().folder(&folder))
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
    /// Its texts that are stored, the oldest first; `digest` is the last one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Digest>,
    /// The name of the file it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The IRI of the article that this one is a version of: then it is listed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The site or publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// When it was published, as it says itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The day of use on which the reader removed it from the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<u32>,
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
            site: None,
            published: None,
            removed: None,
        }
    }

    /// The stored texts, the oldest first; the first records named only one.
    pub fn texts(&self) -> Vec<Digest> {
        match &self.digest {
            Some(digest) if self.versions.is_empty() => vec![digest.clone()],
            _ => self.versions.clone(),
        }
    }
}

/// Keeps what is known of an article, and that it was the last one opened. Its text is the latest
/// of the article's versions.
pub fn write_article(article: &Article) {
    let present = self::article(&article.id());
    let mut record = ArticleRecord::of(&article.iri(), article.title());
    record.versions = present.as_ref().map_or_else(Vec::new, ArticleRecord::texts);
    let description = article.description();
    // Both texts of a page are its article's; the one that is read is the latest.
    let other = description.other.as_ref().map(Counterpart::digest);
    for text in other.into_iter().chain([article.digest()]) {
        record.versions.retain(|version| version != text);
        record.versions.push(text.clone());
    }
    record.digest = Some(article.digest().clone());
    record.site = description.site.clone();
    record.published = description.published.clone();
    record.file = match &description.source {
        Source::File(name) => Some(name.clone()),
        _ => present.as_ref().and_then(|present| present.file.clone()),
    };
    if present.as_ref() != Some(&record) {
        write_article_record(&article.id(), &record);
    }
    let _ = local::set_setting("last-article", article.id().as_str());
}

/// Takes an article out of the library, or puts it back; its text and its notes stay as they are.
pub fn set_removed(id: &ArticleId, removed: bool) {
    if let Some(mut record) = article(id) {
        record.removed = removed.then(today);
        write_article_record(id, &record);
    }
}

/// The articles that were taken out of the library, by title; those that have notes are in it again.
pub fn removed_articles() -> Vec<(ArticleId, String)> {
    let mut listed = list_articles().into_iter().map(|listed| listed.id);
    let listed: Vec<ArticleId> = listed.by_ref().collect();
    let known = known_articles().into_iter();
    let removed = known.filter(|(id, record)| record.removed.is_some() && !listed.contains(id));
    let removed: Vec<_> = removed.map(|(id, record)| (id, record.title)).collect();
    let order = sorted(removed.len(), &|one, other| {
        removed[one].1.cmp(&removed[other].1)
    });
    order
        .into_iter()
        .map(|index| removed[index].clone())
        .collect()
}

/// The notes that went with an article when it was removed, or after that.
pub fn removed_with(id: &ArticleId) -> Vec<Rc<Annotation>> {
    let since = article(id).and_then(|record| record.removed);
    let went = |record: &&Rc<Record>| match (record.state(), since) {
        (State::Removed { day }, Some(since)) => day >= since,
        _ => false,
    };
    let mut known = Known::default();
    let records = replica().folder(&Path::notes_of(id));
    let notes = records.iter().filter(went);
    let notes = notes.filter_map(|record| known.note_of(record));
    notes.map(Rc::new).collect()
}

/// Forgets the articles that were removed so long ago that `stays` says zero of it, and says which
/// texts go with them.
pub fn purge_articles(stays: impl Fn(u32) -> u32) -> Vec<Digest> {
    let mut texts = Vec::new();
    for (id, record) in known_articles() {
        let is_over = record.removed.is_some_and(|day| stays(day) == 0);
        if is_over && replica().folder(&Path::notes_of(&id)).is_empty() {
            texts.extend(forget_texts(&id, &record.texts()));
            super::bookmarks::forget(&id);
            replica().forget(&Path::of_article(&id));
        }
    }
    texts
}

/// Makes an article a version of another: its texts are that one's from now on.
pub fn join_articles(from: &ArticleId, of: &ArticleId) {
    let (Some(mut record), Some(mut work)) = (article(from), article(of)) else {
        return;
    };
    let texts = record.texts();
    let mut versions = work.texts();
    versions.retain(|version| !texts.contains(version));
    versions.extend(texts);
    work.digest = versions.last().cloned().or(work.digest);
    work.versions = versions;
    write_article_record(of, &work);
    record.work = Some(work.iri);
    write_article_record(from, &record);
}

/// Forgets texts of an article; those of them that no other article has either.
pub fn forget_texts(id: &ArticleId, texts: &[Digest]) -> Vec<Digest> {
    let Some(mut record) = article(id) else {
        return Vec::new();
    };
    record.versions = record.texts();
    record.versions.retain(|version| !texts.contains(version));
    write_article_record(id, &record);
    let listed = list_articles();
    let others = listed.iter().flat_map(|listed| listed.record.texts());
    let others: Vec<Digest> = others.collect();
    let mut gone = texts.to_vec();
    gone.retain(|text| !others.contains(text));
    gone
}

/// Every article that is known, with its id.
fn known_articles() -> Vec<(ArticleId, ArticleRecord)> {
    let records = replica().folder(Kind::Article.folder());
    let known = |record: &Rc<Record>| Some((record.path().article()?, article_of(record)?));
    records.iter().filter_map(known).collect()
}

/// Every article that was opened, but those that are only versions of others.
pub fn articles() -> Vec<ArticleRecord> {
    let known = known_articles().into_iter().map(|(_, record)| record);
    known.filter(|record| record.work.is_none()).collect()
}

/// What is known of an article, or of the one that it is a version of, unless it has notes of its
/// own.
pub fn current(id: &ArticleId) -> Option<ArticleRecord> {
    let record = article(id)?;
    let has_notes = || !local::live_paths(&Path::notes_of(id)).is_empty();
    let work = record.work.as_ref();
    let work = work.and_then(|work| article(&ArticleId::of_iri(work)));
    match work {
        Some(work) if !has_notes() => Some(work),
        _ => Some(record),
    }
}

fn write_article_record(id: &ArticleId, record: &ArticleRecord) {
    write(vec![Edit {
        path: Path::of_article(id),
        state: State::Live,
        body: serde_json::to_string(record).unwrap_or_default(),
    }]);
}

/// Notes on an article that was never opened here are listed with one all the same.
fn mention_article(annotation: &Annotation) {
    let path = Path::of_article(&annotation.article);
    if replica().get(&path).is_none() {
        let iri = &annotation.target.source;
        write_article_record(&annotation.article, &ArticleRecord::of(iri, iri));
    }
}

fn article_of(record: &Record) -> Option<ArticleRecord> {
    let json = record.is_live().then(|| record.body())?;
    serde_json::from_str(&json).ok()
}

/// What is known of an article.
pub fn article(id: &ArticleId) -> Option<ArticleRecord> {
    article_of(&*replica().get(&Path::of_article(id))?)
}

/// The article that was opened last.
pub fn last_article() -> Option<ArticleId> {
    ArticleId::parse(&local::setting("last-article")?)
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
    let stored = local::live_paths(Kind::Note.folder());
    // Where localStorage has no room, what was read here counts.
    let known = replica().folder(Kind::Note.folder());
    let known = known.iter().filter(|record| record.is_live());
    let paths: Vec<Path> = known.map(|record| record.path().clone()).collect();
    let notes = crate::model::order::sorted_once(&[stored, paths].concat());
    let notes = notes.iter().filter_map(|path| Some((path.note()?.0, 1)));
    let opened = known_articles().into_iter().map(|(id, _)| (id, 0));
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
    let is_listed = |record: &ArticleRecord| record.work.is_none() && record.removed.is_none();
    list.retain(|listed| is_listed(&listed.record) || listed.notes > 0);
    let title = |index: usize| &list[index].record.title;
    let order = sorted(list.len(), &|one, other| title(one).cmp(title(other)));
    order.into_iter().map(|index| list[index].clone()).collect()
}

fn known_or_not(id: &ArticleId) -> ArticleRecord {
    article(id).unwrap_or_else(|| ArticleRecord::of("", id.as_str()))
}

/// Keeps what is being written on a note, in this tab; a draft that goes on here is now this one.
pub fn write_draft(id: &AnnotationId, draft: &Draft) {
    let replica = replica();
    replica.write(vec![Edit {
        path: Path::of_draft(replica.id(), id),
        state: State::Live,
        body: serde_json::to_string(draft).unwrap_or_default(),
    }]);
    end_drafts(id, &tabs::adopted());
}

/// Forgets what was being written on a note: it is saved, or thrown away. What another tab writes
/// on it is that one's.
pub fn remove_draft(id: &AnnotationId) {
    let mut runs = tabs::adopted();
    runs.push(replica().id().clone());
    end_drafts(id, &runs);
}

/// Leaves tombstones for drafts: otherwise the journal would bring them back if the page were left now.
fn end_drafts(id: &AnnotationId, runs: &[ReplicaId]) {
    let replica = replica();
    for run in runs {
        let path = Path::of_draft(run, id);
        if replica.get(&path).is_some_and(|record| record.is_live()) {
            replica.write(vec![Edit {
                path,
                state: State::Removed { day: 0 },
                body: String::new(),
            }]);
        }
    }
}

/// What was being written, when their pages were left, by tabs that are no more; of each note what
/// was written last. The rest waits for its turn.
pub async fn drafts() -> Vec<(AnnotationId, Draft)> {
    let replica = replica();
    let others = tabs::others().await;
    let mut drafts: Vec<(Rc<Record>, AnnotationId, Draft)> = Vec::new();
    for record in replica.folder(Kind::Draft.folder()) {
        let Some((writer, note)) = record.path().draft() else {
            continue;
        };
        if others.contains(&writer) || writer == *replica.id() {
            continue;
        }
        if !record.is_live() {
            replica.forget(record.path());
        }
        let Ok(draft) = serde_json::from_str(&record.body()) else {
            continue;
        };
        match drafts.iter_mut().find(|(_, other, _)| *other == note) {
            Some(present) if present.0.version().dot() > record.version().dot() => {}
            Some(present) => *present = (record, note, draft),
            None => drafts.push((record, note, draft)),
        }
    }
    for (record, ..) in &drafts {
        tabs::adopt(record.path().draft().map(|(replica, _)| replica));
    }
    drafts
        .into_iter()
        .map(|(_, id, draft)| (id, draft))
        .collect()
}
