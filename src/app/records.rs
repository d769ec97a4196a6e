//! Notes as records: turns edits into records, and records into notes.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use super::catalogue::{ArticleRecord, article_of};
use super::ports::RecordPorts;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::notebook::Change;
use crate::model::sync::agreement::pair_of;
use crate::model::sync::iri_shorthand::{body_of, with_source};
use crate::model::sync::record::{Path, Record, State};
use crate::model::sync::replica::{Edit, Replica};
use crate::model::sync::unknown::carry_over;
use crate::model::sync::usage_days::UsageDays;

/// The setting that counts the days of use.
const USAGE_DAYS: &str = "calendar";

/// Reads the bodies of records. They are JSON, whose reader a first visit does not load: there is no
/// record then that this program has not written itself.
#[derive(Clone, Copy)]
pub struct Decoder {
    note: fn(&Record) -> Option<Annotation>,
    pub(super) article: fn(&Record) -> Option<ArticleRecord>,
    carry_over: fn(&str, &str) -> String,
}

impl Decoder {
    /// Creates the one for records as they are stored.
    pub fn of_json() -> Self {
        Self {
            note: Record::note,
            article: article_of,
            carry_over,
        }
    }
}

/// Everything stored besides the texts: notes, articles and drafts, held by one replica.
#[derive(Clone)]
pub struct Records(Rc<Inner>);

struct Inner {
    replica: Replica,
    ports: Rc<dyn RecordPorts>,
    decoder: OnceCell<Decoder>,
    /// True while nobody knows which articles are stored.
    awaits_articles: Cell<bool>,
    /// The day of use; 0 until it is first asked for.
    today: Cell<u32>,
}

impl Records {
    /// Creates the records of a replica.
    pub fn new(replica: Replica, ports: Rc<dyn RecordPorts>) -> Self {
        Self(Rc::new(Inner {
            replica,
            ports,
            decoder: OnceCell::new(),
            awaits_articles: Cell::new(false),
            today: Cell::new(0),
        }))
    }

    /// Gives the records what reads their bodies.
    pub fn enable_decoding(&self, decoder: Decoder) {
        let _ = self.0.decoder.set(decoder);
    }

    /// Adds no record of an article until [`Records::articles_are_read`]: one that is stored would
    /// not know of it, and what it says of the article could be lost to it.
    pub(super) fn await_articles(&self) {
        self.0.awaits_articles.set(true);
    }

    /// Records that every stored article is known.
    pub(super) fn articles_are_read(&self) {
        self.0.awaits_articles.set(false);
    }

    pub(super) fn awaits_articles(&self) -> bool {
        self.0.awaits_articles.get()
    }

    pub(super) fn decoder(&self) -> Option<&Decoder> {
        self.0.decoder.get()
    }

    /// Returns the record of an article; `None` if there is none or nothing reads it yet.
    pub fn article(&self, id: &ArticleId) -> Option<ArticleRecord> {
        let record = self.replica().get(&Path::of_article(id))?;
        (self.decoder()?.article)(&record)
    }

    /// The replica behind these records.
    pub fn replica(&self) -> &Replica {
        &self.0.replica
    }

    pub(super) fn ports(&self) -> &dyn RecordPorts {
        &*self.0.ports
    }

    /// Returns the day of use, which the first start on each date counts up.
    pub fn today(&self) -> u32 {
        let today = &self.0.today;
        if today.get() == 0 {
            let earlier = self.ports().setting(USAGE_DAYS);
            let earlier = earlier.and_then(|text| UsageDays::parse(&text));
            let days = UsageDays::on(earlier, &self.ports().today());
            let _ = self.ports().set_setting(USAGE_DAYS, &days.to_text());
            today.set(days.day);
        }
        today.get()
    }

    /// Stores changes to notes and tells the other tabs. When this returns, each is in localStorage
    /// and on its way to the journal.
    pub fn write_changes(&self, changes: &[Change]) -> Vec<Rc<Record>> {
        let mut known = KnownIris::new(self);
        let mut edits = Vec::new();
        for change in changes {
            self.mention_article(change.annotation());
            edits.extend(self.edits_of(change, &mut known));
        }
        self.write(edits)
    }

    /// Writes edits of records, and sends the records to the other tabs.
    pub fn write(&self, mut edits: Vec<Edit>) -> Vec<Rc<Record>> {
        let replica = self.replica();
        for edit in &mut edits {
            // Fields that a newer build of the same format added must be kept.
            let present = replica.get(&edit.path);
            let present = present.filter(|_| !edit.body.is_empty());
            if let Some((present, decoder)) = present.zip(self.decoder()) {
                edit.body = (decoder.carry_over)(&present.body(), &edit.body);
            }
        }
        let records = replica.write(edits);
        let pairs: Vec<_> = records.iter().map(pair_of).collect();
        self.ports().tell(&pairs);
        records
    }

    fn edits_of(&self, change: &Change, known: &mut KnownIris) -> Vec<Edit> {
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
                state: State::Removed { day: self.today() },
                body: match change.after() {
                    Some(_) => String::new(),
                    None if change.skips_trash() => String::new(),
                    None => body(before),
                },
            });
        }
        edits
    }

    /// Returns the live notes among these records.
    pub fn live_notes(&self, records: &[Rc<Record>]) -> Vec<Annotation> {
        let mut known = KnownIris::new(self);
        let live = records.iter().filter(|record| record.is_live());
        live.filter_map(|record| known.note_of(record)).collect()
    }

    /// Returns, for each record of a note, the note, or `None` if it was removed.
    pub fn news_of(&self, records: &[Rc<Record>]) -> Vec<(AnnotationId, Option<Annotation>)> {
        let mut known = KnownIris::new(self);
        let news = |record: &Rc<Record>| {
            let (_, id) = record.path().note()?;
            let note = record.is_live().then(|| known.note_of(record));
            Some((id, note.flatten()))
        };
        records.iter().filter_map(news).collect()
    }
}

/// The IRIs of articles by their records. Remembers the last one, which is often asked for again.
pub struct KnownIris<'a> {
    records: &'a Records,
    last: Option<(ArticleId, Option<String>)>,
}

impl<'a> KnownIris<'a> {
    /// Creates an empty cache.
    pub fn new(records: &'a Records) -> Self {
        Self {
            records,
            last: None,
        }
    }

    fn iri_of(&mut self, id: &ArticleId) -> Option<&str> {
        if self.last.as_ref().is_none_or(|(known, _)| known != id) {
            let iri = self.records.article(id).map(|record| record.iri);
            self.last = Some((id.clone(), iri));
        }
        self.last.as_ref()?.1.as_deref()
    }

    /// Returns the note in a record, live or removed.
    pub fn note_of(&mut self, record: &Record) -> Option<Annotation> {
        let note = (self.records.decoder()?.note)(record)?;
        let iri = self.iri_of(&note.article);
        Some(with_source(note, iri))
    }
}
