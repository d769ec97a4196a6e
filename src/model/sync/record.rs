//! Records: what is stored of one thing under one path, with its version and a checksum.
//!
//! A record's text is `<flag><check> <version> <body>`; if it was removed, the day precedes the
//! body: `=1c0ffee5 2k.a7Gh,1z.Qq03 {…}`, `-0badcafe 2l.a7Gh 1f {…}`. The body is compressed JSON
//! (see `compact.rs`).

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::base36::{from_digits, push_digits};
use super::compact::{compress, expand};
use super::version::{Dot, ReplicaId, Version};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::fnv::Fnv;

/// The kinds of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// `note/<article>/<note>`: an annotation.
    Note,
    /// `article/<article>`: everything known about an article besides its text.
    Article,
    /// `draft/<run>/<note>`: the unsaved writing on a note in one tab.
    Draft,
}

impl RecordKind {
    const FOLDERS: [(&'static str, Self); 3] = [
        ("note", Self::Note),
        ("article", Self::Article),
        ("draft", Self::Draft),
    ];

    /// The folder of all records of this kind, with its trailing slash.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Note => "note/",
            Self::Article => "article/",
            Self::Draft => "draft/",
        }
    }
}

/// The path of a record, the same in every store.
///
/// Invariant: a path of one of the [`RecordKind`]s.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Rc<str>);

impl Path {
    /// Returns the path of a note.
    pub fn of_note(article: &ArticleId, id: &AnnotationId) -> Self {
        Self(
            ["note/", article.as_str(), "/", id.as_str()]
                .concat()
                .into(),
        )
    }

    /// Returns the folder of an article's notes.
    pub fn notes_of(article: &ArticleId) -> String {
        ["note/", article.as_str(), "/"].concat()
    }

    /// Returns the path of an article.
    pub fn of_article(article: &ArticleId) -> Self {
        Self(["article/", article.as_str()].concat().into())
    }

    /// Returns the path of one tab's draft of a note.
    pub fn of_draft(replica: &ReplicaId, note: &AnnotationId) -> Self {
        Self(
            ["draft/", replica.as_str(), "/", note.as_str()]
                .concat()
                .into(),
        )
    }

    /// Parses a path; `None` for anything else.
    pub fn parse(path: &str) -> Option<Self> {
        let parsed = Self(path.into());
        let valid = match parsed.kind()? {
            RecordKind::Note => parsed.note().is_some(),
            RecordKind::Article => parsed.article().is_some(),
            RecordKind::Draft => parsed.draft().is_some(),
        };
        valid.then_some(parsed)
    }

    fn kind(&self) -> Option<RecordKind> {
        let (folder, _) = self.0.split_once('/')?;
        let mut folders = RecordKind::FOLDERS.iter();
        folders.find_map(|(name, kind)| (*name == folder).then_some(*kind))
    }

    /// The article and the id, if it is the path of a note.
    pub fn note(&self) -> Option<(ArticleId, AnnotationId)> {
        let (article, id) = self.0.strip_prefix("note/")?.split_once('/')?;
        Some((ArticleId::parse(article)?, AnnotationId::parse(id).ok()?))
    }

    /// The id, if it is the path of an article.
    pub fn article(&self) -> Option<ArticleId> {
        ArticleId::parse(self.0.strip_prefix("article/")?)
    }

    /// The run that writes and the note, if it is the path of a draft.
    pub fn draft(&self) -> Option<(ReplicaId, AnnotationId)> {
        let (replica, id) = self.0.strip_prefix("draft/")?.split_once('/')?;
        Some((ReplicaId::parse(replica)?, AnnotationId::parse(id).ok()?))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        Self::parse(&path).ok_or_else(|| D::Error::custom(Unreadable))
    }
}

/// Whether the thing of a record still exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It exists.
    Live,
    /// It was removed; the body is its last content.
    Removed {
        /// The day of use on which it was removed; see [`super::usage_days`].
        day: u32,
    },
}

/// The error for text that is not a valid record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a record, or a damaged one")]
pub struct Unreadable;

/// What is stored under one path.
///
/// Invariant: `text` is written from the parts, and its body begins at byte `body`.
#[derive(Debug, Clone)]
pub struct Record {
    path: Path,
    version: Version,
    state: State,
    text: Rc<str>,
    body: usize,
    parsed: Parsed,
}

/// The note that was parsed when a record was read, until somebody takes it: so that a note is neither
/// parsed twice nor in memory twice.
#[derive(Debug, Default)]
struct Parsed(RefCell<Option<Box<Annotation>>>);

impl Clone for Parsed {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Records are equal if they say the same under the same path: everything else follows from that.
impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text == other.text
    }
}

impl Eq for Record {}

/// As a pair of path and text.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.path, &self.text).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (path, text) = <(Path, String)>::deserialize(deserializer)?;
        Self::parse(path, &text).map_err(D::Error::custom)
    }
}

const LIVE: char = '=';
const REMOVED: char = '-';
/// Number of hexadecimal digits in the checksum.
const CHECK: usize = 8;

impl Record {
    /// Creates a record from its parts.
    pub fn new(path: Path, version: Version, state: State, body: &str) -> Self {
        let mut rest = version.to_string();
        if let State::Removed { day } = state {
            rest.push(' ');
            push_digits(&mut rest, u64::from(day));
        }
        rest.push(' ');
        let head = 1 + CHECK + 1 + rest.len();
        rest.push_str(&compress(body));
        let flag = match state {
            State::Live => LIVE,
            State::Removed { .. } => REMOVED,
        };
        let text = format!("{flag}{:08x} {rest}", check(&path, flag, &rest));
        Self {
            path,
            version,
            state,
            text: text.into(),
            body: head,
            parsed: Parsed::default(),
        }
    }

    /// Parses the text of the record under a path.
    ///
    /// # Errors
    /// [`Unreadable`]; the caller must set the text aside, not drop it.
    pub fn parse(path: Path, text: &str) -> Result<Self, Unreadable> {
        let flag = text.chars().next().ok_or(Unreadable)?;
        let said = text.get(1..=CHECK).ok_or(Unreadable)?;
        let rest = text
            .get(1 + CHECK..)
            .and_then(|rest| rest.strip_prefix(' '))
            .ok_or(Unreadable)?;
        if u32::from_str_radix(said, 16) != Ok(check(&path, flag, rest)) {
            return Err(Unreadable);
        }
        let (version, mut body) = rest.split_once(' ').ok_or(Unreadable)?;
        let state = match flag {
            LIVE => State::Live,
            REMOVED => {
                let (day, rest) = body.split_once(' ').ok_or(Unreadable)?;
                body = rest;
                let day = from_digits(day).and_then(|day| u32::try_from(day).ok());
                State::Removed {
                    day: day.ok_or(Unreadable)?,
                }
            }
            _ => return Err(Unreadable),
        };
        let version = Version::parse(version).ok_or(Unreadable)?;
        Ok(Self {
            version,
            state,
            text: text.into(),
            body: text.len() - body.len(),
            path,
            parsed: Parsed::default(),
        })
    }

    /// Creates a record of what an earlier build wrote without a version: equal words are the same
    /// edit, different words another one.
    pub fn of_earlier(path: Path, body: &str) -> Self {
        let replica = format!("v1{:08x}", check(&path, LIVE, body));
        let replica = ReplicaId::parse(&replica).unwrap_or_else(|| unreachable!("letters, digits"));
        let dot = Dot {
            lamport: 0,
            replica,
        };
        Self::new(path, Version::new(dot, Vec::new()), State::Live, body)
    }

    /// Returns the same record with a version that has seen more.
    pub fn with_version(&self, version: Version) -> Self {
        Self::new(self.path.clone(), version, self.state, &self.body())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its version.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Its state.
    pub fn state(&self) -> State {
        self.state
    }

    /// True if it was not removed.
    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }

    /// True for a tombstone: the record only says that nothing is here any more. Unlike a removed
    /// note it is in no trash; a note that moved to another article leaves one.
    pub fn is_tombstone(&self) -> bool {
        !self.is_live() && self.compact_body().is_empty()
    }

    /// Its body as JSON.
    pub fn body(&self) -> String {
        expand(self.compact_body())
    }

    /// Its body as it is stored; two are equal if and only if the bodies are.
    pub fn compact_body(&self) -> &str {
        &self.text[self.body..]
    }

    /// Its whole text, as it is stored.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Its checksum, which differs, almost always, if the path or the text differs.
    pub fn check(&self) -> u32 {
        let said = self.text.get(1..=CHECK);
        said.and_then(|said| u32::from_str_radix(said, 16).ok())
            .unwrap_or_default()
    }

    /// The note that it holds, live or removed; `None` if it holds none. The first call costs nothing
    /// if the record was [`read`](super::read).
    pub fn note(&self) -> Option<Annotation> {
        let parsed = self.parsed.0.take();
        parsed.map(|note| *note).or_else(|| self.parse_note())
    }

    /// Whether a note's record holds one. A live one will be asked for.
    pub(super) fn holds_note(&self) -> bool {
        let Some(note) = self.parse_note() else {
            return false;
        };
        if self.is_live() {
            self.parsed.0.replace(Some(Box::new(note)));
        }
        true
    }

    fn parse_note(&self) -> Option<Annotation> {
        let (article, id) = self.path.note()?;
        Annotation::from_record(article, id, &self.body()).ok()
    }
}

/// True if the first character of a record's text says that it is live, so that records can be
/// counted without reading them.
pub fn seems_live(first: char) -> bool {
    // Text of an earlier build begins with a brace.
    first == LIVE || first == '{'
}

/// Includes the path, so that no record passes for another.
fn check(path: &Path, flag: char, rest: &str) -> u32 {
    let mut hash = Fnv::EMPTY;
    hash.write(path.as_str().as_bytes());
    hash.write(&[flag as u8]);
    hash.write(rest.as_bytes());
    hash.finish()
}
