//! An annotation: a passage of an article, with the reader's words, tags and colour.

mod moment;

use std::fmt;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::article::ArticleId;
use super::digest::Digest;
use super::text::CodePointRange;

/// The id of an annotation: a UUID if Postil made it, else the IRI it came with.
///
/// Invariant: not empty, at most [`AnnotationId::LONGEST`] bytes, no white space and no control
/// characters, so that it fits a list of ids and a storage key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AnnotationId(Rc<str>);

/// What stands between the id of a note and the index of a further passage.
const PASSAGE: &str = "#passage-";
/// Most digits of that index.
const LONGEST_INDEX: usize = 20;

/// The error for text that is not a valid [`AnnotationId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of an annotation")]
pub struct NotAnId;

impl AnnotationId {
    /// Longest id, in bytes; what [`AnnotationId::of_passage`] adds comes on top.
    pub const LONGEST: usize = 300;

    /// Parses an id.
    pub fn parse(name: &str) -> Result<Self, NotAnId> {
        let plain = !name.chars().any(|c| c.is_whitespace() || c.is_control());
        let (whole, index) = name.rsplit_once(PASSAGE).unwrap_or((name, ""));
        let fits = whole.len() <= Self::LONGEST && index.len() <= LONGEST_INDEX;
        let valid = plain && !name.is_empty() && fits;
        if valid {
            Ok(Self(name.into()))
        } else {
            Err(NotAnId)
        }
    }

    /// The id by which a further passage of the note with this id is looked for.
    pub fn of_passage(&self, index: usize) -> Self {
        let name = [&*self.0, PASSAGE, &index.to_string()].concat();
        Self(name.into())
    }

    /// The note and the index of a further passage, if this is an id of [`AnnotationId::of_passage`].
    pub fn whole(&self) -> Option<(Self, usize)> {
        let (id, index) = self.0.rsplit_once(PASSAGE)?;
        Some((Self(id.into()), index.parse().ok()?))
    }

    /// Derives an id from the content of an annotation that came without a usable one, so that
    /// reading the same annotation again gives the same id.
    pub fn of_content(content: &str) -> Self {
        Self(Digest::of(content).as_str().into())
    }

    /// The characters of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AnnotationId {
    type Error = NotAnId;

    fn try_from(name: String) -> Result<Self, NotAnId> {
        Self::parse(&name)
    }
}

impl From<AnnotationId> for String {
    fn from(id: AnnotationId) -> Self {
        id.0.to_string()
    }
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A time in ISO 8601 (`xsd:dateTime`), kept exactly as it came so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub Rc<str>);

/// A fresh id and the current time for an edit: the model has no randomness and no clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// An unused id.
    pub id: AnnotationId,
    /// The current time.
    pub at: Timestamp,
}

/// The eight colours, in the order of their keys.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // Their names say it.
pub enum Colour {
    #[default]
    Yellow,
    Red,
    Green,
    Blue,
    Purple,
    Magenta,
    Orange,
    Grey,
}

impl Colour {
    /// Every colour, in the order of the keys `1` to `8`.
    pub const ALL: [Colour; 8] = [
        Self::Yellow,
        Self::Red,
        Self::Green,
        Self::Blue,
        Self::Purple,
        Self::Magenta,
        Self::Orange,
        Self::Grey,
    ];

    /// Its name in exported files and in the page's attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Magenta => "magenta",
            Self::Orange => "orange",
            Self::Grey => "grey",
        }
    }

    /// Returns the colour with a name, ignoring case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|colour| colour.name().eq_ignore_ascii_case(name))
    }
}

/// A passage's words with the text before and after them
/// (<https://www.w3.org/TR/annotation-model/#text-quote-selector>).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quote {
    /// The text before.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// The words.
    #[serde(rename = "e")]
    pub exact: String,
    /// The text after.
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
    /// The rest of a very long quote, of which `exact` is only the beginning.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}

/// What is kept of a very long quote besides its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// Its last words.
    #[serde(rename = "t")]
    pub tail: String,
    /// Number of code points in the whole quote.
    #[serde(rename = "l")]
    pub length: u32,
    /// The digest of the whole quote.
    #[serde(rename = "d")]
    pub digest: Digest,
}

impl Quote {
    /// True if these are exactly the quote's words.
    pub fn is_of(&self, words: &str) -> bool {
        match &self.rest {
            None => words == self.exact,
            Some(rest) => {
                words.starts_with(&self.exact)
                    && words.ends_with(&rest.tail)
                    && Digest::of(words) == rest.digest
            }
        }
    }
}

/// How often a quote occurred in the text it was made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Standing {
    /// Number of occurrences.
    pub count: u32,
    /// Index of the quoted occurrence, from 0.
    pub index: u32,
}

impl From<(u32, u32)> for Standing {
    fn from((count, index): (u32, u32)) -> Self {
        Self { count, index }
    }
}

impl From<Standing> for (u32, u32) {
    fn from(standing: Standing) -> Self {
        (standing.count, standing.index)
    }
}

/// What is stored of a passage, enough to find it again.
///
/// The position is in code points, since it must make sense for a text that is not at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Target {
    /// The IRI of the article, as given by the annotation.
    #[serde(rename = "s")]
    pub source: String,
    /// The words; `None` for a note on the article as a whole.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// The position of the words.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub position: Option<CodePointRange>,
    /// The digest of the text that the position refers to.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The date of that text.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Timestamp>,
    /// How often the words occurred in that text; `None` if another program made the target.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

impl Target {
    /// The words of the passage, or only their beginning if they are very many; `None` for a note
    /// on the article as a whole.
    pub fn words(&self) -> Option<&str> {
        self.quote.as_ref().map(|quote| quote.exact.as_str())
    }
}

/// What the reader has resolved about a passage that changed in another text of the article. The
/// original target is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attachment {
    /// The passage is here.
    #[serde(rename = "a")]
    At(Target),
    /// The passage is not in the text with this digest; anything found there is only a suggestion.
    #[serde(rename = "n")]
    Nowhere(Digest),
}

/// The parts of an imported annotation that Postil does not use, kept to be written back.
///
/// It is JSON text that only the module of the import format reads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extra(Option<Rc<str>>);

impl Extra {
    /// Wraps the JSON of a format.
    pub fn of_json(json: &str) -> Self {
        Self(Some(json.into()))
    }

    /// The JSON, if there is any.
    pub fn json(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// True if nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// A note on a passage; a highlight is a note without words or tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its id.
    pub id: AnnotationId,
    /// The article it belongs to.
    pub article: ArticleId,
    /// The passage as it was when the note was made or its ends were last moved.
    pub target: Target,
    /// Further passages that the note is on, as they were when they were added.
    pub more: Vec<Target>,
    /// Where the reader has attached the note since, if at all.
    pub attached: Option<Attachment>,
    /// Its words, in Markdown.
    pub note: String,
    /// Its tags in the order they were added, each once.
    pub tags: Vec<String>,
    /// The colour of the passage.
    pub colour: Colour,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// When it was last edited.
    pub modified: Option<Timestamp>,
    /// The parts of an imported annotation that Postil does not use.
    pub extra: Extra,
}

impl Annotation {
    /// The words of the passage; `None` for a note on the article as a whole.
    pub fn quoted(&self) -> Option<&str> {
        self.target.words()
    }

    /// The passage to look for in a text the note was not made on: where the reader has last
    /// attached it, else the original.
    pub fn sought(&self) -> &Target {
        match &self.attached {
            Some(Attachment::At(target)) => target,
            _ => &self.target,
        }
    }

    /// True if the reader has said that the passage is not in the text with this digest.
    pub fn is_detached_from(&self, digest: &Digest) -> bool {
        matches!(&self.attached, Some(Attachment::Nowhere(other)) if other == digest)
    }

    /// The further passages, each as a note of its own without words: so they are looked for.
    pub fn passages(&self) -> impl Iterator<Item = Rc<Self>> {
        let passage = |(index, target): (usize, &Target)| {
            Rc::new(Self {
                id: self.id.of_passage(index),
                article: self.article.clone(),
                target: target.clone(),
                more: Vec::new(),
                attached: None,
                note: String::new(),
                tags: Vec::new(),
                colour: self.colour,
                created: None,
                modified: None,
                extra: Extra::default(),
            })
        };
        self.more.iter().enumerate().map(passage)
    }

    /// True if the note has neither words nor tags.
    pub fn is_bare(&self) -> bool {
        self.note.is_empty() && self.tags.is_empty()
    }

    /// When the note was last edited or, if never, created.
    pub fn last_touched(&self) -> Option<&Timestamp> {
        self.modified.as_ref().or(self.created.as_ref())
    }

    /// Everything that can be searched for: its words, its tags, the words of its passages.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let tags = self.tags.iter().map(String::as_str);
        let further = self.more.iter().filter_map(Target::words);
        std::iter::once(&*self.note)
            .chain(tags)
            .chain(self.quoted())
            .chain(further)
    }
}

/// The stored form of an annotation: everything except its id and article, which are the key.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    #[serde(rename = "t")]
    target: std::borrow::Cow<'a, Target>,
    #[serde(rename = "m", default, skip_serializing_if = "<[Target]>::is_empty")]
    more: std::borrow::Cow<'a, [Target]>,
    #[serde(rename = "a", default, skip_serializing_if = "is_unattached")]
    attached: std::borrow::Cow<'a, Option<Attachment>>,
    #[serde(rename = "n", default, skip_serializing_if = "str::is_empty")]
    note: std::borrow::Cow<'a, str>,
    #[serde(rename = "g", default, skip_serializing_if = "<[String]>::is_empty")]
    tags: std::borrow::Cow<'a, [String]>,
    #[serde(rename = "c", default, skip_serializing_if = "is_first")]
    colour: Colour,
    #[serde(rename = "+", default, skip_serializing_if = "Option::is_none")]
    created: Option<moment::Moment>,
    #[serde(rename = "~", default, skip_serializing_if = "Option::is_none")]
    modified: Option<moment::Moment>,
    #[serde(rename = "f", default, skip_serializing_if = "is_empty")]
    extra: std::borrow::Cow<'a, Extra>,
}

fn is_unattached(attached: &Option<Attachment>) -> bool {
    attached.is_none()
}

fn is_first(colour: &Colour) -> bool {
    *colour == Colour::default()
}

fn is_empty(extra: &Extra) -> bool {
    extra.is_empty()
}

/// An annotation in transit: its article, its id and its record.
pub type StoredNote = (ArticleId, AnnotationId, String);

impl Annotation {
    /// Packs the annotation for transit.
    pub fn to_stored(&self) -> StoredNote {
        (self.article.clone(), self.id.clone(), self.to_record())
    }

    /// Reads the output of [`Annotation::to_stored`]; `None` if the record is invalid.
    pub fn from_stored((article, id, record): StoredNote) -> Option<Self> {
        Self::from_record(article, id, &record).ok()
    }

    /// Writes the annotation as a compact record, without its id and article.
    pub fn to_record(&self) -> String {
        use std::borrow::Cow::Borrowed;
        // Names every field, so that a new one cannot be forgotten here.
        let Self {
            // The key of the record.
            id: _,
            article: _,
            target,
            more,
            attached,
            note,
            tags,
            colour,
            created,
            modified,
            extra,
        } = self;
        let record = Record {
            target: Borrowed(target),
            more: Borrowed(more),
            attached: Borrowed(attached),
            note: Borrowed(note),
            tags: Borrowed(tags),
            colour: *colour,
            created: created.as_ref().map(moment::shortened),
            modified: modified.as_ref().map(moment::shortened),
            extra: Borrowed(extra),
        };
        serde_json::to_string(&record).unwrap_or_default()
    }

    /// Reads the output of [`Annotation::to_record`].
    ///
    /// # Errors
    /// If it is not such a record. The caller must set it aside, not drop it.
    pub fn from_record(
        article: ArticleId,
        id: AnnotationId,
        record: &str,
    ) -> Result<Self, serde_json::Error> {
        let record: Record = serde_json::from_str(record)?;
        Ok(Self {
            id,
            article,
            target: record.target.into_owned(),
            more: record.more.into_owned(),
            attached: record.attached.into_owned(),
            note: record.note.into_owned(),
            tags: record.tags.into_owned(),
            colour: record.colour,
            created: record.created.map(moment::at_length),
            modified: record.modified.map(moment::at_length),
            extra: record.extra.into_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_can_stand_in_a_list() {
        assert!(AnnotationId::parse("https://example.org/anno/1").is_ok());
        for bad in ["", "two words", "line\nfeed", &"x".repeat(301)] {
            assert_eq!(AnnotationId::parse(bad), Err(NotAnId));
        }
    }

    #[test]
    fn the_id_of_a_passage_is_one_however_long_its_note_s_is() {
        let longest = "x".repeat(AnnotationId::LONGEST);
        for name in ["a", "https://example.org/#passage-1", &longest] {
            let id = AnnotationId::parse(name).expect("an id");
            let passage = id.of_passage(usize::MAX);
            assert_eq!(AnnotationId::parse(passage.as_str()), Ok(passage.clone()));
            assert_eq!(passage.whole(), Some((id, usize::MAX)));
        }
        assert_eq!(AnnotationId::parse("a").map(|id| id.whole()), Ok(None));
    }
}
