//! The messages between the page and the worker: every question with its answer, and their wire
//! format.
//!
//! A message is one JSON text with a few separate parts: long texts (articles, files), bytes and
//! lists of numbers, which would cost more as JSON. An answer is the type that belongs to its
//! question, or a [`Failure`].

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::sync::messages::{AskServer, Join};
use crate::import::Input;
use crate::model::annotation::{Annotation, AnnotationId, Stamp, StoredNote, Target};
use crate::model::digest::Digest;
use crate::model::exchange::{Format, NotUnderstood, Wording};
use crate::model::failure::Failure;
use crate::model::notice::Fewer;

/// A part of a message, sent beside the JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Numbers.
    Numbers(Vec<u32>),
}

/// A message in its wire format.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The JSON of the message without its parts.
    pub json: String,
    /// Its parts, in the order in which [`Parts`] names them.
    pub parts: Vec<Part>,
}

/// A message that may have parts.
pub trait Parts {
    /// Takes the parts out, in a fixed order.
    fn take_parts(&mut self) -> Vec<Part> {
        Vec::new()
    }

    /// Puts the parts back; `None` if they are not those that [`Parts::take_parts`] returns.
    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        parts.is_empty().then_some(())
    }
}

/// A type of question, with the type of its answer.
pub trait Ask: Serialize + Parts {
    /// The name of its variant of [`Question`].
    const NAME: &'static str;
    /// The answer.
    type Answer: Serialize + DeserializeOwned + Parts;
}

/// Every question, as the worker receives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// See [`Read`].
    Read(Read),
    /// See [`Fetch`].
    Fetch(Fetch),
    /// See [`Picture`].
    Picture(Picture),
    /// See [`ReadNote`].
    ReadNote(ReadNote),
    /// See [`HtmlAsMarkdown`].
    HtmlAsMarkdown(HtmlAsMarkdown),
    /// See [`Place`].
    Place(Place),
    /// See [`Decode`].
    Decode(Decode),
    /// See [`DecodeArchive`].
    DecodeArchive(DecodeArchive),
    /// See [`Encode`].
    Encode(Encode),
    /// See [`Salvage`].
    Salvage(Salvage),
    /// See [`Pack`].
    Pack(Box<Pack>),
    /// See [`Unpack`].
    Unpack(Unpack),
    /// See [`Join`].
    Join(Box<Join>),
    /// See [`AskServer`].
    AskServer(Box<AskServer>),
}

impl Question {
    /// Decodes a question; `None` if the message is none.
    pub fn open(envelope: Envelope) -> Option<Self> {
        let mut question: Self = serde_json::from_str(&envelope.json).ok()?;
        question.parts().put_parts(envelope.parts)?;
        Some(question)
    }

    fn parts(&mut self) -> &mut dyn Parts {
        match self {
            Self::Read(question) => question,
            Self::Fetch(question) => question,
            Self::Picture(question) => question,
            Self::ReadNote(question) => question,
            Self::HtmlAsMarkdown(question) => question,
            Self::Place(question) => question,
            Self::Decode(question) => question,
            Self::DecodeArchive(question) => question,
            Self::Encode(question) => question,
            Self::Salvage(question) => question,
            Self::Pack(question) => &mut **question,
            Self::Unpack(question) => question,
            Self::Join(question) => &mut **question,
            Self::AskServer(question) => &mut **question,
        }
    }
}

/// Encodes a question. The result is that of a [`Question`], but needs only the code of this type:
/// the page loads the code of most types later or never.
pub fn close<Q: Ask>(mut question: Q) -> Envelope {
    let parts = question.take_parts();
    let body = serde_json::to_string(&question).unwrap_or_default();
    Envelope {
        json: ["{\"", Q::NAME, "\":", &body, "}"].concat(),
        parts,
    }
}

/// Encodes an answer.
pub fn close_answer<Q: Ask>(answer: Result<Q::Answer, Failure>) -> Envelope {
    let mut answer = answer;
    let parts = answer.as_mut().map(Parts::take_parts).unwrap_or_default();
    let json = serde_json::to_string(&answer).unwrap_or_default();
    Envelope { json, parts }
}

/// Decodes the answer to a question of this type.
///
/// # Errors
/// The worker's failure, or [`Failure::NotLoaded`] if the answer cannot be decoded, since the
/// worker is then of another build.
pub fn open_answer<Q: Ask>(envelope: Envelope) -> Result<Q::Answer, Failure> {
    let answer: Result<Q::Answer, Failure> =
        serde_json::from_str(&envelope.json).map_err(|_| Failure::NotLoaded)?;
    let mut answer = answer?;
    match answer.put_parts(envelope.parts) {
        Some(()) => Ok(answer),
        None => Err(Failure::NotLoaded),
    }
}

/// Takes parts from a list one by one, each of an expected type.
struct PartList(std::vec::IntoIter<Part>);

impl PartList {
    fn text(&mut self) -> Option<String> {
        match self.0.next()? {
            Part::Text(text) => Some(text),
            _ => None,
        }
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        match self.0.next()? {
            Part::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Takes a text that is sent as its bytes.
    fn file(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    fn numbers(&mut self) -> Option<Vec<u32>> {
        match self.0.next()? {
            Part::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// Takes a text if there is any part left.
    fn text_if_any(&mut self) -> Option<Option<String>> {
        match self.0.as_slice() {
            [] => Some(None),
            _ => self.text().map(Some),
        }
    }

    /// Takes all parts that are left, which are texts.
    fn texts(mut self) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        while !self.0.as_slice().is_empty() {
            texts.push(self.text()?);
        }
        Some(texts)
    }

    fn end(mut self) -> Option<()> {
        self.0.next().is_none().then_some(())
    }
}

impl From<Vec<Part>> for PartList {
    fn from(parts: Vec<Part>) -> Self {
        Self(parts.into_iter())
    }
}

fn text_part(text: &mut String) -> Part {
    Part::Text(std::mem::take(text))
}

/// A text of any length as its bytes, which are handed over where a text would be copied and converted.
fn file_part(file: &mut String) -> Part {
    Part::Bytes(std::mem::take(file).into_bytes())
}

/// Reads an article from an input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Read(pub Input);

impl Ask for Read {
    const NAME: &'static str = "Read";
    type Answer = ArticleRead;
}

impl Parts for Read {
    fn take_parts(&mut self) -> Vec<Part> {
        vec![Part::Bytes(std::mem::take(&mut self.0.bytes))]
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.0.bytes = parts.bytes()?;
        parts.end()
    }
}

/// Fetches a typed address and reads the article there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fetch {
    /// The address as it was typed.
    pub address: String,
}

impl Ask for Fetch {
    const NAME: &'static str = "Fetch";
    type Answer = ArticleRead;
}

impl Parts for Fetch {}

/// An article that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRead {
    /// The digest of the article's text.
    pub digest: Digest,
    /// The article's JSON.
    #[serde(skip)]
    pub json: String,
    /// The digest of the whole page, if the article is only a part of it.
    pub page: Option<Digest>,
    /// The JSON of the whole page, if there is one.
    #[serde(skip)]
    pub page_json: String,
    /// True if the end was cut off.
    pub cut: bool,
    /// Number of words of the page that it lacks, if they are many.
    pub fewer: Option<Fewer>,
    /// The notes in the file, as a file of the W3C's form; empty if it has none.
    #[serde(skip)]
    pub notes: String,
}

impl Parts for ArticleRead {
    fn take_parts(&mut self) -> Vec<Part> {
        let mut parts = vec![text_part(&mut self.json), text_part(&mut self.notes)];
        if self.page.is_some() {
            parts.push(text_part(&mut self.page_json));
        }
        parts
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.json = parts.text()?;
        self.notes = parts.text()?;
        if self.page.is_some() {
            self.page_json = parts.text()?;
        }
        parts.end()
    }
}

/// Fetches a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Its address.
    pub address: String,
}

impl Ask for Picture {
    const NAME: &'static str = "Picture";
    type Answer = PictureRead;
}

impl Parts for Picture {}

/// A picture, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PictureRead {
    /// A bitmap picture.
    Bytes {
        /// Its bytes.
        #[serde(skip)]
        bytes: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
    /// A drawing (SVG). It comes as text and goes into a `data:` address: an address of our own
    /// origin, opened as a page, would let it request more than a picture may.
    Drawing(String),
    /// The picture is unavailable.
    Unshown(Unshown),
}

impl Parts for PictureRead {
    fn take_parts(&mut self) -> Vec<Part> {
        match self {
            Self::Bytes { bytes, .. } => vec![Part::Bytes(std::mem::take(bytes))],
            Self::Drawing(_) | Self::Unshown(_) => Vec::new(),
        }
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        if let Self::Bytes { bytes, .. } = self {
            *bytes = parts.bytes()?;
        }
        parts.end()
    }
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unshown {
    /// Its site does not share it, or there is no network.
    Refused,
    /// It is larger than a picture may be.
    TooLarge,
    /// The response is not a picture.
    NoPicture,
}

/// Reads the Markdown of a note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadNote {
    /// The Markdown.
    pub markdown: String,
    /// Whether single line ends in it are kept.
    pub keeps_lines: bool,
}

impl Ask for ReadNote {
    const NAME: &'static str = "ReadNote";
    type Answer = NoteRead;
}

impl Parts for ReadNote {}

/// A note as an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteRead {
    /// The article's JSON.
    pub json: String,
}

impl Parts for NoteRead {}

/// Writes HTML, as it is copied from a page, as Markdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HtmlAsMarkdown {
    /// The HTML.
    #[serde(skip)]
    pub html: String,
}

impl Ask for HtmlAsMarkdown {
    const NAME: &'static str = "HtmlAsMarkdown";
    type Answer = MarkdownWritten;
}

impl Parts for HtmlAsMarkdown {
    fn take_parts(&mut self) -> Vec<Part> {
        vec![text_part(&mut self.html)]
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.html = parts.text()?;
        parts.end()
    }
}

/// What HTML says, as Markdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MarkdownWritten {
    /// The Markdown; `None` if the HTML is no more than its text.
    pub markdown: Option<String>,
}

impl Parts for MarkdownWritten {}

/// Looks for passages in a text. The worker keeps the text searched last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The digest of the text to look in.
    pub digest: Digest,
    /// The text, if the worker is not expected to have it.
    #[serde(skip)]
    pub text: Option<String>,
    /// Older texts of the article, oldest first, each with its article's JSON if the worker cannot
    /// read it itself.
    pub older: Vec<(Digest, Option<String>)>,
    /// The passages, each with another to try if it is not found with certainty.
    pub targets: Vec<(Target, Option<Target>)>,
}

impl Ask for Place {
    const NAME: &'static str = "Place";
    type Answer = Placed;
}

impl Parts for Place {
    fn take_parts(&mut self) -> Vec<Part> {
        self.text.take().map(Part::Text).into_iter().collect()
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.text = parts.text_if_any()?;
        parts.end()
    }
}

/// The outcome of a search for passages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Placed {
    /// The worker needs the text to search.
    Unprepared,
    /// The search was made.
    Found(FoundPlaces),
}

/// Where passages were found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundPlaces {
    /// The anchors as numbers, in the order of the request.
    #[serde(skip)]
    pub numbers: Vec<u32>,
    /// For each older text, the share of it that survives in the new one; `None` if it is not
    /// available.
    pub survival: Vec<Option<f64>>,
    /// Milliseconds to prepare the text; 0 if it was prepared before.
    pub prepared: f64,
    /// Milliseconds spent on each passage.
    pub times: Vec<f32>,
}

impl Parts for Placed {
    fn take_parts(&mut self) -> Vec<Part> {
        match self {
            Self::Unprepared => Vec::new(),
            Self::Found(found) => vec![Part::Numbers(std::mem::take(&mut found.numbers))],
        }
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        if let Self::Found(found) = self {
            found.numbers = parts.numbers()?;
        }
        parts.end()
    }
}

/// Reads a file of notes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decode {
    /// The file's text.
    #[serde(skip)]
    pub file: String,
}

impl Ask for Decode {
    const NAME: &'static str = "Decode";
    type Answer = Decoded;
}

impl Parts for Decode {
    fn take_parts(&mut self) -> Vec<Part> {
        vec![file_part(&mut self.file)]
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.file = parts.file()?;
        parts.end()
    }
}

/// Reads the files of notes in an archive that is no library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecodeArchive {
    /// The archive.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Ask for DecodeArchive {
    const NAME: &'static str = "DecodeArchive";
    type Answer = Decoded;
}

impl Parts for DecodeArchive {
    fn take_parts(&mut self) -> Vec<Part> {
        vec![Part::Bytes(std::mem::take(&mut self.bytes))]
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.bytes = parts.bytes()?;
        parts.end()
    }
}

/// Notes that were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decoded {
    /// The [lists](list_of) of the notes.
    #[serde(skip)]
    pub lists: Vec<String>,
    /// Why other notes could not be read, in words.
    pub not_understood: Vec<NotUnderstood>,
    /// What the colours meant to whoever wrote the file, as [`ColourNames`](crate::model::colour_names::ColourNames::to_text) writes it.
    pub colour_names: String,
    /// True if they come from a collection as Postil writes it.
    pub own: bool,
}

/// Number of notes in a list: the page writes or parses one list at a time, and more would block it.
pub const NOTES_PER_LIST: usize = 500;

/// Writes a list of notes as JSON.
pub fn list_of<'a>(notes: impl Iterator<Item = &'a Annotation>) -> String {
    let notes: Vec<StoredNote> = notes.map(Annotation::to_stored).collect();
    serde_json::to_string(&notes).unwrap_or_default()
}

/// Parses a list.
pub fn notes_in(list: &str) -> impl Iterator<Item = Annotation> {
    let notes: Vec<StoredNote> = serde_json::from_str(list).unwrap_or_default();
    notes.into_iter().filter_map(Annotation::from_stored)
}

impl Parts for Decoded {
    fn take_parts(&mut self) -> Vec<Part> {
        self.lists.iter_mut().map(text_part).collect()
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        self.lists = PartList::from(parts).texts()?;
        Some(())
    }
}

/// Writes the notes of an article as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Encode {
    /// The file's format.
    pub format: Format,
    /// The digest of the article's text, by which the worker finds the article.
    pub digest: Digest,
    /// The article's IRI.
    pub iri: String,
    /// The article's JSON, if the worker has reported that it cannot find it.
    #[serde(skip)]
    pub article: Option<String>,
    /// The [lists](list_of) of the notes.
    #[serde(skip)]
    pub lists: Vec<String>,
    /// The findings for notes made on other texts: their ids.
    pub found: Vec<AnnotationId>,
    /// The findings' anchors as numbers.
    pub numbers: Vec<u32>,
    /// What the colours mean to the reader, as [`ColourNames`](crate::model::colour_names::ColourNames::to_text) writes it.
    pub colour_names: String,
    /// The reader's own template of Markdown, if there is one.
    pub template: Option<String>,
    /// The reader's words in documents.
    pub wording: Box<Wording>,
    /// Names the file's collection.
    pub stamp: Stamp,
}

impl Ask for Encode {
    const NAME: &'static str = "Encode";
    type Answer = Encoded;
}

impl Parts for Encode {
    fn take_parts(&mut self) -> Vec<Part> {
        // No article is an empty text.
        let article = Part::Text(self.article.take().unwrap_or_default());
        let lists = self.lists.iter_mut().map(text_part);
        std::iter::once(article).chain(lists).collect()
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.article = Some(parts.text()?).filter(|article| !article.is_empty());
        self.lists = parts.texts()?;
        Some(())
    }
}

/// A file of notes, or a request for what is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Encoded {
    /// The worker needs the article.
    Unprepared,
    /// The file was written.
    File {
        /// Its text.
        #[serde(skip)]
        file: String,
    },
}

impl Parts for Encoded {
    fn take_parts(&mut self) -> Vec<Part> {
        match self {
            Self::Unprepared => Vec::new(),
            Self::File { file } => vec![file_part(file)],
        }
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        if let Self::File { file } = self {
            *file = parts.file()?;
        }
        parts.end()
    }
}

/// Writes the notes in stored records, on any articles, as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Salvage {
    /// Paths and texts of the records, which may include some that are no notes.
    pub records: Vec<(String, String)>,
    /// What the colours mean to the reader, as [`ColourNames`](crate::model::colour_names::ColourNames::to_text) writes it; `static/rescue.js`
    /// does not say.
    #[serde(default)]
    pub colour_names: String,
    /// Names the file's collection.
    pub stamp: Stamp,
}

impl Ask for Salvage {
    const NAME: &'static str = "Salvage";
    type Answer = Salvaged;
}

impl Parts for Salvage {}

/// A file of every note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Salvaged {
    /// The file.
    #[serde(skip)]
    pub file: String,
}

impl Parts for Salvaged {
    fn take_parts(&mut self) -> Vec<Part> {
        vec![text_part(&mut self.file)]
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.file = parts.text()?;
        parts.end()
    }
}

/// Writes the whole library as an archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The articles, in the order of the archive.
    pub articles: Vec<PackedArticle>,
    /// Paths and texts of the records of notes and articles.
    pub records: Vec<(String, String)>,
    /// The settings, by name.
    pub settings: Vec<(String, String)>,
    /// What the colours mean to the reader, as [`ColourNames`](crate::model::colour_names::ColourNames::to_text) writes it.
    pub colour_names: String,
    /// The reader's words in documents.
    pub wording: Wording,
    /// What the archive says of itself.
    pub readme: String,
    /// Names the collections.
    pub stamp: Stamp,
}

/// An article to be put into an archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackedArticle {
    /// The digest of its text, by which the worker finds it.
    pub digest: Digest,
    /// Its IRI.
    pub iri: String,
    /// Its JSON, if the worker cannot find it.
    pub json: Option<String>,
}

impl Ask for Pack {
    const NAME: &'static str = "Pack";
    type Answer = Packed;
}

impl Parts for Pack {}

/// An archive that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Packed {
    /// Its address (`blob:`), valid for as long as the worker lives.
    pub address: String,
}

impl Parts for Packed {}

/// Reads an archive of a library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unpack {
    /// The archive.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// Names the collection of its notes.
    pub stamp: Stamp,
}

impl Ask for Unpack {
    const NAME: &'static str = "Unpack";
    type Answer = Unpacked;
}

impl Parts for Unpack {
    fn take_parts(&mut self) -> Vec<Part> {
        vec![Part::Bytes(std::mem::take(&mut self.bytes))]
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let mut parts = PartList::from(parts);
        self.bytes = parts.bytes()?;
        parts.end()
    }
}

/// What an archive of a library holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unpacked {
    /// The notes, as a file of the W3C's form; empty if there are none.
    #[serde(skip)]
    pub notes: String,
    /// The articles' JSON.
    #[serde(skip)]
    pub articles: Vec<String>,
    /// The settings, by name.
    pub settings: Vec<(String, String)>,
}

impl Parts for Unpacked {
    fn take_parts(&mut self) -> Vec<Part> {
        let notes = text_part(&mut self.notes);
        let articles = self.articles.iter_mut().map(text_part);
        std::iter::once(notes).chain(articles).collect()
    }

    fn put_parts(&mut self, parts: Vec<Part>) -> Option<()> {
        let text = |part| match part {
            Part::Text(text) => Some(text),
            _ => None,
        };
        let mut parts = parts.into_iter().map(text);
        self.notes = parts.next()??;
        self.articles = parts.collect::<Option<_>>()?;
        Some(())
    }
}
