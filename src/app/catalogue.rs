//! The catalogue: the articles that were opened or have notes, the digests of their texts, their
//! versions, and what was removed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::records::{KnownIris, Records};
use crate::model::annotation::Annotation;
use crate::model::article::{Article, ArticleId, Counterpart, Source};
use crate::model::digest::Digest;
use crate::model::order::{sorted, sorted_once};
use crate::model::sync::record::{Path, Record, RecordKind, State};
use crate::model::sync::replica::Edit;

/// The name of the setting that holds the article opened last.
const LAST_ARTICLE: &str = "last-article";

/// What is stored about an article besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// The IRI that its notes name as their source.
    pub iri: String,
    /// Its title.
    pub title: String,
    /// The digest of its latest text; `None` if the text was never in this browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Its stored texts, oldest first; the last one is `digest`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Digest>,
    /// The name of the file it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The IRI of the article that this one is a version of, under which it is then listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The site or publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Its publication date, as the article states it.
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

    /// Returns the digests of the stored texts, oldest first. Early records name only one.
    pub fn texts(&self) -> Vec<Digest> {
        match &self.digest {
            Some(digest) if self.versions.is_empty() => vec![digest.clone()],
            _ => self.versions.clone(),
        }
    }
}

/// An article in the list, with its number of notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: ArticleId,
    /// Its record.
    pub record: ArticleRecord,
    /// Number of its live notes.
    pub notes: usize,
}

/// Reads the record of an article; `None` if it was removed or holds none.
pub(super) fn article_of(record: &Record) -> Option<ArticleRecord> {
    let json = record.is_live().then(|| record.body())?;
    serde_json::from_str(&json).ok()
}

impl Records {
    /// Stores what is known about an article, with its text as the latest version, and remembers
    /// the article as the one opened last.
    pub fn write_article(&self, article: &Article) {
        let present = self.article(&article.id());
        let mut record = ArticleRecord::of(&article.iri(), article.title());
        record.versions = present.as_ref().map_or_else(Vec::new, ArticleRecord::texts);
        let description = article.description();
        // Both texts of a page belong to its article; the one being read comes last.
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
            self.write_article_record(&article.id(), &record);
        }
        let _ = self
            .ports()
            .set_setting(LAST_ARTICLE, article.id().as_str());
    }

    /// Takes an article out of the library or puts it back; its text and its notes stay.
    pub fn set_removed(&self, id: &ArticleId, removed: bool) {
        if let Some(mut record) = self.article(id) {
            record.removed = removed.then(|| self.today());
            self.write_article_record(id, &record);
        }
    }

    /// Returns the articles taken out of the library, by title, except those listed for notes.
    pub fn removed_articles(&self) -> Vec<(ArticleId, String)> {
        let mut listed = self.list_articles().into_iter().map(|listed| listed.id);
        let listed: Vec<ArticleId> = listed.by_ref().collect();
        let known = self.known_articles().into_iter();
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

    /// Returns the notes that were removed together with an article or after it.
    pub fn removed_with(&self, id: &ArticleId) -> Vec<Rc<Annotation>> {
        let since = self.article(id).and_then(|record| record.removed);
        let went = |record: &&Rc<Record>| match (record.state(), since) {
            (State::Removed { day }, Some(since)) => day >= since,
            _ => false,
        };
        let mut known = KnownIris::new(self);
        let records = self.replica().folder(&Path::notes_of(id));
        let notes = records.iter().filter(went);
        let notes = notes.filter_map(|record| known.note_of(record));
        notes.map(Rc::new).collect()
    }

    /// Forgets the removed articles for which `stays` returns 0 and that have no note records left.
    /// Returns the digests of the texts that no other article has.
    pub fn purge_articles(&self, stays: impl Fn(u32) -> u32) -> Vec<Digest> {
        let mut texts = Vec::new();
        for (id, record) in self.known_articles() {
            let is_over = record.removed.is_some_and(|day| stays(day) == 0);
            if is_over && self.replica().folder(&Path::notes_of(&id)).is_empty() {
                texts.extend(self.forget_texts(&id, &record.texts()));
                self.ports().forget(&id);
                self.replica().forget(&Path::of_article(&id));
            }
        }
        texts
    }

    /// Makes the article `from` a version of the article `of`, which takes over its texts.
    pub fn join_articles(&self, from: &ArticleId, of: &ArticleId) {
        let (Some(mut record), Some(mut work)) = (self.article(from), self.article(of)) else {
            return;
        };
        let texts = record.texts();
        let mut versions = work.texts();
        versions.retain(|version| !texts.contains(version));
        versions.extend(texts);
        work.digest = versions.last().cloned().or(work.digest);
        work.versions = versions;
        self.write_article_record(of, &work);
        record.work = Some(work.iri);
        self.write_article_record(from, &record);
    }

    /// Removes texts from an article's versions; returns those that no other article has either.
    pub fn forget_texts(&self, id: &ArticleId, texts: &[Digest]) -> Vec<Digest> {
        let Some(mut record) = self.article(id) else {
            return Vec::new();
        };
        record.versions = record.texts();
        record.versions.retain(|version| !texts.contains(version));
        self.write_article_record(id, &record);
        let listed = self.list_articles();
        let others = listed.iter().flat_map(|listed| listed.record.texts());
        let others: Vec<Digest> = others.collect();
        let mut gone = texts.to_vec();
        gone.retain(|text| !others.contains(text));
        gone
    }

    /// Returns every known article with its id.
    fn known_articles(&self) -> Vec<(ArticleId, ArticleRecord)> {
        let records = self.replica().folder(RecordKind::Article.folder());
        let Some(decoder) = self.decoder() else {
            return Vec::new();
        };
        let known =
            |record: &Rc<Record>| Some((record.path().article()?, (decoder.article)(record)?));
        records.iter().filter_map(known).collect()
    }

    /// Returns every article that was opened, except those that are only versions of others.
    pub fn articles(&self) -> Vec<ArticleRecord> {
        let known = self.known_articles().into_iter().map(|(_, record)| record);
        known.filter(|record| record.work.is_none()).collect()
    }

    /// Returns the record of an article, or that of the article it is a version of, unless it has
    /// notes of its own.
    pub fn current(&self, id: &ArticleId) -> Option<ArticleRecord> {
        let record = self.article(id)?;
        let has_notes = || !self.ports().live_paths(&Path::notes_of(id)).is_empty();
        let work = record.work.as_ref();
        let work = work.and_then(|work| self.article(&ArticleId::of_iri(work)));
        match work {
            Some(work) if !has_notes() => Some(work),
            _ => Some(record),
        }
    }

    fn write_article_record(&self, id: &ArticleId, record: &ArticleRecord) {
        self.write(vec![Edit {
            path: Path::of_article(id),
            state: State::Live,
            body: serde_json::to_string(record).unwrap_or_default(),
        }]);
    }

    /// Adds a record for a note's article if there is none, so that the article is listed.
    pub(super) fn mention_article(&self, annotation: &Annotation) {
        let path = Path::of_article(&annotation.article);
        if !self.awaits_articles() && self.replica().get(&path).is_none() {
            let iri = &annotation.target.source;
            self.write_article_record(&annotation.article, &ArticleRecord::of(iri, iri));
        }
    }

    /// Returns the article that was opened last.
    pub fn last_article(&self) -> Option<ArticleId> {
        ArticleId::parse(&self.ports().setting(LAST_ARTICLE)?)
    }

    /// Returns every article that was opened or has notes, by title. A version of another article,
    /// or a removed one, is listed only while it has live notes of its own.
    pub fn list_articles(&self) -> Vec<Listed> {
        let stored = self.ports().live_paths(RecordKind::Note.folder());
        // Notes that found no room in localStorage are known only to the replica.
        let known = self.replica().folder(RecordKind::Note.folder());
        let known = known.iter().filter(|record| record.is_live());
        let paths: Vec<Path> = known.map(|record| record.path().clone()).collect();
        let notes = sorted_once(&[stored, paths].concat());
        let notes = notes.iter().filter_map(|path| Some((path.note()?.0, 1)));
        let opened = self.known_articles().into_iter().map(|(id, _)| (id, 0));
        let counts: Vec<(ArticleId, usize)> = notes.chain(opened).collect();
        let mut list: Vec<Listed> = Vec::new();
        for index in sorted(counts.len(), &|one, other| counts[one].cmp(&counts[other])) {
            let (id, count) = counts[index].clone();
            match list.last_mut().filter(|listed| listed.id == id) {
                Some(listed) => listed.notes += count,
                None => list.push(Listed {
                    record: self.known_or_not(&id),
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

    fn known_or_not(&self, id: &ArticleId) -> ArticleRecord {
        self.article(id)
            .unwrap_or_else(|| ArticleRecord::of("", id.as_str()))
    }
}
