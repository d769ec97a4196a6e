//! An annotation: a passage of an article and what a reader keeps of it.

mod moment;

use std::fmt;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::article::ArticleId;
use super::digest::Digest;
use super::text::CodePointRange;

/// The name of an annotation: a UUID where Postil made it, else the IRI it came with.
///
/// Invariant: not empty, at most [`AnnotationId::LONGEST`] bytes, no white space and no control
/// characters, so that it can stand in a list of ids and in a storage key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AnnotationId(Rc<str>);

/// Said of a name that cannot be an [`AnnotationId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of an annotation")]
pub struct NotAnId;

impl AnnotationId {
    /// The most bytes an id may have.
    pub const LONGEST: usize = 300;

    /// The id of that name.
    pub fn parse(name: &str) -> Result<Self, NotAnId> {
        let plain = !name.chars().any(|c| c.is_whitespace() || c.is_control());
        let valid = plain && !name.is_empty() && name.len() <= Self::LONGEST;
        if valid {
            Ok(Self(name.into()))
        } else {
            Err(NotAnId)
        }
    }

    /// An id made from what an annotation says, for one that came without a usable one: the
    /// same annotation read again gets the same id.
    pub fn of_content(content: &str) -> Self {
        Self(Digest::of(content).as_str().into())
    }

    /// The characters.
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

/// A moment as ISO 8601 writes it (`xsd:dateTime`), kept as it came so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub Rc<str>);

/// What makes an edit this one: a fresh id and the moment. The model has no randomness and no clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// An id that nothing has yet.
    pub id: AnnotationId,
    /// Now.
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

    /// The colour of a name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|colour| colour.name().eq_ignore_ascii_case(name))
    }
}

/// A passage's words with what stands before and after them
/// (<https://www.w3.org/TR/annotation-model/#text-quote-selector>).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quote {
    /// What stands before.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// The words.
    #[serde(rename = "e")]
    pub exact: String,
    /// What stands after.
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
    /// The rest of a very long quote: then `exact` is only its head.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}

/// What is kept of a very long quote besides its head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// Its last words.
    #[serde(rename = "t")]
    pub tail: String,
    /// Code points of the whole quote.
    #[serde(rename = "l")]
    pub length: u32,
    /// The digest of the whole quote.
    #[serde(rename = "d")]
    pub digest: Digest,
}

impl Quote {
    /// Whether these are the quote's words, to the letter.
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

/// How often a quote stood in the text it was made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Standing {
    /// How many times.
    pub count: u32,
    /// Which of them it was, from 0.
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

/// What is stored of a passage: enough to find it again.
///
/// The position is in code points, since it must mean the same for a text that is not at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Target {
    /// The IRI of the article, as the annotation has it.
    #[serde(rename = "s")]
    pub source: String,
    /// The words; `None` for a note on the article as a whole.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// Where they stood.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub position: Option<CodePointRange>,
    /// The digest of the text in which they stood there.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The date of that text.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Timestamp>,
    /// How often the words stood in that text; `None` where another program made the target.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

impl Target {
    /// The words of the passage, or the head of them where they are very many; `None` for a note on
    /// the article as a whole.
    pub fn words(&self) -> Option<&str> {
        self.quote.as_ref().map(|quote| quote.exact.as_str())
    }
}

/// What a reader has resolved about a passage that another text of the article does not have as it
/// was. The original target stays as it is beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attachment {
    /// It is here.
    #[serde(rename = "a")]
    At(Target),
    /// It is not in the text of this digest: whatever is found there is only a suggestion.
    #[serde(rename = "n")]
    Nowhere(Digest),
}

/// What an imported annotation says that Postil has no use for: kept, and written back.
///
/// It is the JSON text of whatever the format's own module keeps; nobody else reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extra(Option<Rc<str>>);

impl Extra {
    /// What a format wants kept.
    pub fn of_json(json: &str) -> Self {
        Self(Some(json.into()))
    }

    /// What was kept.
    pub fn json(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// A note on a passage; a highlight is one with nothing written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its name.
    pub id: AnnotationId,
    /// The article it is kept with.
    pub article: ArticleId,
    /// The passage, as it was when the note was made; never overwritten.
    pub target: Target,
    /// Where the reader has put the note since.
    pub attached: Option<Attachment>,
    /// What is written, in Markdown.
    pub note: String,
    /// Tags, in the order they were given, each once.
    pub tags: Vec<String>,
    /// The colour of the passage.
    pub colour: Colour,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last edited.
    pub modified: Option<Timestamp>,
    /// What else it came with.
    pub extra: Extra,
}

impl Annotation {
    /// The words of the passage, if it is one.
    pub fn quoted(&self) -> Option<&str> {
        self.target.words()
    }

    /// The passage to look for in a text it was not made on: where the reader has put it last,
    /// else the original.
    pub fn sought(&self) -> &Target {
        match &self.attached {
            Some(Attachment::At(target)) => target,
            _ => &self.target,
        }
    }

    /// Whether the reader has said that the passage is not in the text of this digest.
    pub fn is_detached_from(&self, digest: &Digest) -> bool {
        matches!(&self.attached, Some(Attachment::Nowhere(other)) if other == digest)
    }

    /// Whether nothing is written and no tag is given.
    pub fn is_bare(&self) -> bool {
        self.note.is_empty() && self.tags.is_empty()
    }

    /// When it was last edited, or else made.
    pub fn last_touched(&self) -> Option<&Timestamp> {
        self.modified.as_ref().or(self.created.as_ref())
    }

    /// Whether `needle` stands in the note, a tag or the quote, as `fold` makes them comparable
    /// (see [`folding`](super::folding)); the needle is folded already.
    pub fn mentions(&self, needle: &str, fold: &dyn Fn(&str) -> String) -> bool {
        let has = |words: &str| fold(words).contains(needle);
        has(&self.note) || self.tags.iter().any(|tag| has(tag)) || self.quoted().is_some_and(has)
    }
}

/// The stored record of an annotation: everything but its id and article, which are its key.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    #[serde(rename = "t")]
    target: std::borrow::Cow<'a, Target>,
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

/// An annotation on its way: its article, its id and its record.
pub type Packed = (ArticleId, AnnotationId, String);

impl Annotation {
    /// The annotation as it goes from one place to another.
    pub fn pack(&self) -> Packed {
        (self.article.clone(), self.id.clone(), self.to_record())
    }

    /// Reads what [`Annotation::pack`] packed; `None` where it is not that.
    pub fn unpack((article, id, record): Packed) -> Option<Self> {
        Self::from_record(article, id, &record).ok()
    }

    /// The annotation as a compact record, without its id and article.
    pub fn to_record(&self) -> String {
        use std::borrow::Cow::Borrowed;
        // Names every field, so that a new one is not forgotten here.
        let Self {
            // The record's key.
            id: _,
            article: _,
            target,
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

    /// Reads what [`Annotation::to_record`] wrote.
    ///
    /// # Errors
    /// Where it is not such a record; it is then to be set aside, not dropped.
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
}
