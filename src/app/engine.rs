//! The engine: reads articles, reads and writes files of notes, and looks for passages. The browser
//! runs it in a worker, which is loaded when first needed.

use std::rc::Rc;

use super::ports::BoxFuture;
use super::protocol::{PackedArticle, Unpacked};
use crate::import::Input;
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, AnnotationId, Stamp, Target};
use crate::model::article::Article;
use crate::model::colour_names::ColourNames;
use crate::model::digest::Digest;
use crate::model::exchange::Arrivals;
use crate::model::exchange::{Format, Wording};
use crate::model::failure::Failure;
use crate::model::notice::Fewer;
use crate::model::sync::record::Record;

/// An article that was read.
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its JSON, as the text store keeps it.
    pub json: Rc<str>,
    /// The digest and the JSON of the whole page, if the article is only a part of it.
    pub page: Option<(Digest, Rc<str>)>,
    /// True if it was too long and its end was cut off.
    pub cut: bool,
    /// Number of words of the page that it lacks, if they are many.
    pub fewer: Option<Fewer>,
    /// The notes in the file, as a file of the W3C's form; empty if it has none.
    pub notes: String,
}

/// Called with the share that has been read, from 0 to 1.
pub type Watch = Rc<dyn Fn(f64)>;

/// Passages to look for in the text of an article.
pub struct Search {
    /// The article to search.
    pub article: Rc<Article>,
    /// Older texts of the article, oldest first.
    pub older: Vec<Digest>,
    /// The passages, each with another to try if it is not found with certainty.
    pub targets: Vec<(Target, Option<Target>)>,
}

/// Where passages were found.
pub struct Places {
    /// The anchors of the passages, in the order of the request.
    pub anchors: Vec<Anchor>,
    /// For each older text, the share of it that survives in the article's; `None` if it is not
    /// available.
    pub survival: Vec<Option<f64>>,
}

/// The notes of an article, to be written as a file.
pub struct Export {
    /// The file's format.
    pub format: Format,
    /// The article.
    pub article: Rc<Article>,
    /// The notes.
    pub notes: Vec<Rc<Annotation>>,
    /// The findings for notes that were made on other texts, as
    /// [`Findings::to_numbers`](crate::model::findings::Findings::to_numbers) writes them.
    pub findings: (Vec<AnnotationId>, Vec<u32>),
    /// What the colours mean to the reader.
    pub colour_names: ColourNames,
    /// The reader's own template of Markdown, if there is one.
    pub template: Option<String>,
    /// The reader's words in documents.
    pub wording: Wording,
    /// Names the file's collection.
    pub stamp: Stamp,
}

/// The engine's port.
pub trait Engine {
    /// Reads an article from an input.
    fn read(&self, input: Input, watch: Watch) -> BoxFuture<Result<Reading, Failure>>;

    /// Fetches and reads an article at an address, as it was typed.
    fn read_address(&self, typed: &str, watch: Watch) -> BoxFuture<Result<Reading, Failure>>;

    /// Stops reading an article, which fails with [`Failure::Stopped`]; false if there is none.
    fn stop_reading(&self) -> bool;

    /// Looks for passages.
    fn place(&self, search: Search) -> BoxFuture<Result<Places, Failure>>;

    /// Reads a file of notes.
    fn decode(&self, file: String) -> BoxFuture<Result<Arrivals, Failure>>;

    /// Reads the files of notes in an archive that is no library.
    fn decode_archive(&self, bytes: Vec<u8>) -> BoxFuture<Result<Arrivals, Failure>>;

    /// Writes the notes of an article as a file.
    fn encode(&self, export: Export) -> BoxFuture<Result<String, Failure>>;

    /// Writes articles with the notes in records, and the settings, as an archive; returns an
    /// address of it. `texts` are the words in documents, and those that explain the archive.
    fn pack(
        &self,
        articles: Vec<PackedArticle>,
        records: &[Rc<Record>],
        settings: Vec<(String, String)>,
        colour_names: &ColourNames,
        texts: (Wording, String),
        stamp: &Stamp,
    ) -> BoxFuture<Result<String, Failure>>;

    /// Reads an archive of a library.
    fn unpack(&self, bytes: Vec<u8>, stamp: Stamp) -> BoxFuture<Result<Unpacked, Failure>>;

    /// Writes the notes in records, on any articles, as a file (W3C Web Annotation).
    fn salvage(
        &self,
        records: &[Rc<Record>],
        colour_names: &ColourNames,
        stamp: &Stamp,
    ) -> BoxFuture<Result<String, Failure>>;
}
