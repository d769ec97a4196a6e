//! Records: what is stored of one thing under one path, with its version and a checksum.
//!
//! A record's text is `<flag><check> <version> <body>`, or with the day before the body where it
//! was removed: `=1c0ffee5 2k.a7Gh,1z.Qq03 {…}`, `-0badcafe 2l.a7Gh 1f {…}`. The body is JSON, packed
//! (see `compact.rs`).

use std::fmt;
use std::rc::Rc;

use thiserror::Error;

use super::base36::{from_digits, push_digits};
use super::compact::{compress, expand};
use super::version::{Dot, ReplicaId, Version};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::fnv::Fnv;

/// What a record is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `note/<article>/<note>`: an annotation.
    Note,
    /// `article/<article>`: what is known of an article besides its text.
    Article,
    /// `draft/<run>/<note>`: what is being written on a note in one tab.
    Draft,
}

impl Kind {
    const FOLDERS: [(&'static str, Self); 3] = [
        ("note", Self::Note),
        ("article", Self::Article),
        ("draft", Self::Draft),
    ];

    /// The folder that all of them lie in, with its stroke.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Note => "note/",
            Self::Article => "article/",
            Self::Draft => "draft/",
        }
    }
}

/// Where a record is kept: the same in every store.
///
/// Invariant: a path of one of the [`Kind`]s.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Rc<str>);

impl Path {
    /// The path of a note.
    pub fn of_note(article: &ArticleId, id: &AnnotationId) -> Self {
        Self(
            ["note/", article.as_str(), "/", id.as_str()]
                .concat()
                .into(),
        )
    }

    /// The folder of an article's notes.
    pub fn notes_of(article: &ArticleId) -> String {
        ["note/", article.as_str(), "/"].concat()
    }

    /// The path of an article.
    pub fn of_article(article: &ArticleId) -> Self {
        Self(["article/", article.as_str()].concat().into())
    }

    /// The path of what one tab writes on a note.
    pub fn of_draft(replica: &ReplicaId, note: &AnnotationId) -> Self {
        Self(
            ["draft/", replica.as_str(), "/", note.as_str()]
                .concat()
                .into(),
        )
    }

    /// Reads a path; `None` for anything else, whoever's it is.
    pub fn parse(path: &str) -> Option<Self> {
        let parsed = Self(path.into());
        let valid = match parsed.kind()? {
            Kind::Note => parsed.note().is_some(),
            Kind::Article => parsed.article().is_some(),
            Kind::Draft => parsed.draft().is_some(),
        };
        valid.then_some(parsed)
    }

    fn kind(&self) -> Option<Kind> {
        let (folder, _) = self.0.split_once('/')?;
        let mut folders = Kind::FOLDERS.iter();
        folders.find_map(|(name, kind)| (*name == folder).then_some(*kind))
    }

    /// The article and the id of a note.
    pub fn note(&self) -> Option<(ArticleId, AnnotationId)> {
        let (article, id) = self.0.strip_prefix("note/")?.split_once('/')?;
        Some((ArticleId::parse(article)?, AnnotationId::parse(id).ok()?))
    }

    /// The id of an article.
    pub fn article(&self) -> Option<ArticleId> {
        ArticleId::parse(self.0.strip_prefix("article/")?)
    }

    /// The run that writes, and the note.
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

/// Whether what a record is of is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is.
    Live,
    /// It was removed; the body is what it was.
    Removed {
        /// On this day of use; see [`super::usage_days`].
        day: u32,
    },
}

/// Why a text is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a record, or a damaged one")]
pub struct Unreadable;

/// What is stored under one path.
///
/// Invariant: `text` is what the parts come to, and `body` is where its body begins (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    path: Path,
    version: Version,
    state: State,
    text: Rc<str>,
    body: usize,
}

const LIVE: char = '=';
const REMOVED: char = '-';
/// Digits of the check.
const CHECK: usize = 8;

impl Record {
    /// A record of its parts.
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
        }
    }

    /// Reads the text of a record that stands under a path.
    ///
    /// # Errors
    /// [`Unreadable`], and then it is to be set aside, not dropped.
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
        })
    }

    /// A record of what an earlier build wrote without a version: the same words are the same
    /// edit, other words another one.
    pub fn of_earlier(path: Path, body: &str) -> Self {
        let replica = format!("v1{:08x}", check(&path, LIVE, body));
        let replica = ReplicaId::parse(&replica).unwrap_or_else(|| unreachable!("letters, digits"));
        let dot = Dot {
            lamport: 0,
            replica,
        };
        Self::new(path, Version::new(dot, Vec::new()), State::Live, body)
    }

    /// The same record, known to have seen more.
    pub fn with_version(&self, version: Version) -> Self {
        Self::new(self.path.clone(), version, self.state, &self.body())
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which edit it is.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Whether it was removed.
    pub fn state(&self) -> State {
        self.state
    }

    /// Whether it was not.
    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }

    /// True for a tombstone: the record only says that nothing is here any more. Unlike what is
    /// [`State::Removed`], it is in no trash; a note that moved to another article leaves one.
    pub fn is_tombstone(&self) -> bool {
        !self.is_live() && self.packed().is_empty()
    }

    /// What it says, as JSON.
    pub fn body(&self) -> String {
        expand(self.packed())
    }

    /// The same as it is stored: equal where the other is.
    pub fn packed(&self) -> &str {
        &self.text[self.body..]
    }

    /// The whole, as it is stored.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// A number that differs where the path or the text does; not always, but nearly.
    pub fn check(&self) -> u32 {
        let said = self.text.get(1..=CHECK);
        said.and_then(|said| u32::from_str_radix(said, 16).ok())
            .unwrap_or_default()
    }

    /// The note that it is, or was; `None` where it is no note's.
    pub fn note(&self) -> Option<Annotation> {
        let (article, id) = self.path.note()?;
        Annotation::from_record(article, id, &self.body()).ok()
    }
}

/// Whether the text of a record says that what it is of is there: from its first character, so
/// that counting needs no reading.
pub fn seems_live(first: char) -> bool {
    // An earlier build's begins with a brace.
    first == LIVE || first == '{'
}

/// The path is in it, so that no record passes for another.
fn check(path: &Path, flag: char, rest: &str) -> u32 {
    let mut hash = Fnv::EMPTY;
    hash.write(path.as_str().as_bytes());
    hash.write(&[flag as u8]);
    hash.write(rest.as_bytes());
    hash.finish()
}
