//! Importing and exporting notes: one file for each format, and the result of an import.

mod answers;
mod authors;
mod bibliography;
mod clipper;
pub mod colours;
mod copies;
mod dates;
mod described;
pub mod file;
mod foreign;
pub mod hypothesis;
pub mod joined;
mod json;
mod karakeep;
pub mod library_file;
pub mod link;
mod linkwarden;
mod listed;
mod located;
pub mod markdown;
mod markup_words;
pub mod omnivore;
mod own;
mod plain_text;
pub mod readest;
pub mod reading;
pub mod readium;
mod records;
mod survey;
pub mod tables;
pub mod w3c;
pub mod web_page;
mod wording;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::anchoring::{at_hand, places};
use super::annotation::{Annotation, Attachment, Stamp, Target};
use super::article::{Article, ArticleId};
use super::colour_names::ColourNames;
use super::failure::Failure;
use super::notebook::{Change, Intent, Notebook, Transaction};
use super::order::{sorted, sorted_once};
use super::placements::{PlacementCounts, Placements};

pub use answers::{answered, answering};
pub use authors::author;
pub use described::address;
pub use survey::{Differing, Survey, survey};
pub use wording::Wording;

/// Most notes of an unknown article that are tried on the open one before all of them move to it:
/// each is a search of the whole text.
const TRIED: usize = 64;

/// Largest file of notes, in bytes.
const LARGEST_FILE: usize = 50 * 1024 * 1024;
/// Most notes in a file.
pub const MOST_NOTES: usize = 200_000;
/// Longest note, in bytes.
const LONGEST_NOTE: usize = 1024 * 1024;

/// An export format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A collection of the W3C Web Annotation Data Model, as JSON-LD.
    WebAnnotation,
    /// The same annotations as a list without a collection around them.
    AnnotationList,
    /// A table of all fields, as comma-separated values.
    Csv,
    /// The table that Readwise imports.
    Readwise,
    /// Text to read.
    Text,
    /// The export of the Hypothesis client, as JSON.
    Hypothesis,
    /// An annotation set of Readium.
    Readium,
    /// The article as an entry of BibTeX, with its notes.
    Bibtex,
    /// The article as an item of CSL JSON, with its notes.
    CslJson,
    /// The notes as Markdown, by a template.
    Markdown,
    /// The article as Markdown, with its passages highlighted.
    MarkedArticle,
    /// The article with its notes as a page in one file, which is read back too.
    WebPage,
    /// A table parted by tabs, for the clipboard; it is in no menu.
    Table,
    /// What a link with notes carries; it is in no menu.
    Link,
}

impl Format {
    /// Every format, in the order of the menu.
    pub const ALL: [Self; 12] = [
        Self::WebAnnotation,
        Self::AnnotationList,
        Self::Hypothesis,
        Self::Markdown,
        Self::MarkedArticle,
        Self::Csv,
        Self::Readwise,
        Self::Readium,
        Self::Bibtex,
        Self::CslJson,
        Self::Text,
        Self::WebPage,
    ];

    /// The extension of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::WebAnnotation
            | Self::AnnotationList
            | Self::Hypothesis
            | Self::CslJson
            | Self::Link => "json",
            Self::Csv | Self::Readwise => "csv",
            Self::Table => "tsv",
            Self::Readium => "annotation",
            Self::Bibtex => "bib",
            Self::Text => "txt",
            Self::Markdown | Self::MarkedArticle => "md",
            Self::WebPage => "html",
        }
    }

    /// What tells its files from those of another format with the same extension.
    pub fn told_apart(self) -> Option<&'static str> {
        match self {
            Self::AnnotationList => Some("list"),
            Self::Hypothesis => Some("Hypothesis"),
            Self::CslJson => Some("CSL"),
            Self::Readwise => Some("Readwise"),
            Self::MarkedArticle => Some("highlights"),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::WebAnnotation | Self::AnnotationList => "application/ld+json",
            Self::Csv | Self::Readwise => "text/csv",
            Self::Table => "text/tab-separated-values",
            Self::Text => "text/plain",
            Self::Hypothesis | Self::Link => "application/json",
            Self::Readium => "application/rd-annotations+json",
            Self::Bibtex => "application/x-bibtex",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
            Self::Markdown | Self::MarkedArticle => "text/markdown",
            Self::WebPage => "text/html",
        }
    }

    /// Writes the notes of an article in this format. Only the worker does that: its code is not in
    /// the page.
    ///
    /// # Errors
    /// If the reader's template cannot be used.
    pub fn encode(self, export: &Export) -> Result<String, Failure> {
        Ok(match self {
            Self::WebAnnotation => w3c::encode(export),
            Self::AnnotationList => w3c::encode_list(export),
            Self::Csv => tables::all_fields::encode(export),
            Self::Readwise => tables::readwise::encode(export),
            Self::Text => plain_text::encode(export),
            Self::Hypothesis => hypothesis::encode(export),
            Self::Readium => readium::encode(export),
            Self::Bibtex => bibliography::bibtex::encode(export),
            Self::CslJson => bibliography::csl::encode(export),
            Self::Markdown => markdown::encode(export)?,
            Self::MarkedArticle => markdown::encode_marked(export),
            Self::WebPage => web_page::encode(export),
            Self::Table => tables::clipboard::tsv(export),
            Self::Link => link::encode(export),
        })
    }
}

/// The notes of an article, to be written as a file.
pub struct Export<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its notes, with their places in it.
    pub placements: &'a Placements,
    /// What the colours mean to the reader.
    pub colour_names: &'a ColourNames,
    /// The reader's own template of Markdown, if there is one.
    pub template: Option<String>,
    /// The reader's words in documents.
    pub wording: &'a Wording,
    /// Reads the Markdown of a note, which only the importers can.
    pub read_note: &'a dyn Fn(&str) -> Article,
    /// Names the file.
    pub stamp: Stamp,
}

/// An entry of a file that was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotUnderstood {
    /// Its number in the file, from 1.
    pub entry: usize,
    /// The reason.
    pub why: EntryFault,
}

/// Why an entry of a file is no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryFault {
    /// It is not an object.
    NotAnObject,
    /// It has no target.
    NoTarget,
    /// Its target is neither an address nor an object.
    UnknownTarget,
    /// Its note is longer than 1 MB.
    NoteTooLong,
    /// It has neither a passage nor a note.
    NoWords,
    /// A part of it does not have the form that it should have.
    Garbled,
}

/// Annotations read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrivals {
    /// The annotations understood, each with the article that its target names.
    pub annotations: Vec<Annotation>,
    /// The others, and why each was not understood.
    pub not_understood: Vec<NotUnderstood>,
    /// Articles whose text is in this browser, which keep their notes.
    pub shelved: Vec<ArticleId>,
    /// What the colours meant to whoever wrote the file.
    pub colour_names: ColourNames,
    /// Number of annotations that were left out because their ids were there already.
    pub doubled: usize,
    /// True if they come from a collection as Postil writes it.
    pub own: bool,
}

/// The outcome of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Number of new notes.
    pub added: usize,
    /// Number of notes that replaced an older version.
    pub updated: usize,
    /// Number of notes that were there already, unchanged or newer.
    pub already: usize,
    /// Number of new and updated notes that are on articles other than the open one.
    pub elsewhere: usize,
    /// Number of entries that were not understood.
    pub not_understood: usize,
    /// Why the first of them was not understood.
    pub first_reason: Option<NotUnderstood>,
    /// The placement of the open article's notes, once it is known.
    pub placement: Option<PlacementCounts>,
}

impl Report {
    /// Adds what another part of the same file has done.
    pub fn add(&mut self, part: Self) {
        let Self {
            added,
            updated,
            already,
            elsewhere,
            not_understood,
            first_reason,
            placement,
        } = part;
        self.added += added;
        self.updated += updated;
        self.already += already;
        self.elsewhere += elsewhere;
        self.not_understood += not_understood;
        self.first_reason = self.first_reason.or(first_reason);
        self.placement = self.placement.or(placement);
    }
}

impl Arrivals {
    /// Adds the entry with this index in its file, or why it was not understood.
    fn take(&mut self, index: usize, read: Result<Annotation, EntryFault>) {
        match read {
            Ok(annotation) => self.annotations.push(annotation),
            Err(why) => self.not_understood.push(NotUnderstood {
                entry: index + 1,
                why,
            }),
        }
    }

    /// Returns one transaction for everything that is new, and a report. The arrivals must be
    /// [settled](Self::settle).
    pub fn into_transaction(
        self,
        article: Option<&Article>,
        notebook: &Notebook,
    ) -> (Transaction, Report) {
        let mut report = Report {
            not_understood: self.not_understood.len(),
            first_reason: self.not_understood.first().copied(),
            ..Report::default()
        };
        report.already += self.doubled;
        let mut changes: Vec<Change> = Vec::new();
        for arrival in self.annotations {
            if let Some(change) = merge_arrival(arrival, notebook, &mut report) {
                let kept_with = &change.annotation().article;
                let here = article.is_some_and(|article| article.id() == *kept_with);
                report.elsewhere += usize::from(!here);
                changes.push(change);
            }
        }
        (
            Transaction {
                intent: Intent::Import,
                changes,
            },
            report,
        )
    }

    /// Decides which article gets each annotation, of which the open one is known, and leaves out
    /// those whose ids are there already: afterwards the annotations may arrive in parts.
    pub fn settle(&mut self, article: Option<&Article>) {
        if let Some(article) = article {
            self.adopt(article);
        }
        self.keep_each_once();
    }

    /// Sorts the annotations by id. If a file has an id several times, the first one counts.
    fn keep_each_once(&mut self) {
        let notes = std::mem::take(&mut self.annotations);
        let mut order = sorted(notes.len(), &|one, other| {
            notes[one].id.cmp(&notes[other].id)
        });
        order.dedup_by(|later, first| notes[*later].id == notes[*first].id);
        self.doubled += notes.len() - order.len();
        let mut notes: Vec<Option<Annotation>> = notes.into_iter().map(Some).collect();
        let kept = order.into_iter().filter_map(|index| notes[index].take());
        self.annotations = kept.collect();
    }

    /// Moves notes on a text that is not in this browser to the open article if their passages are
    /// there, since the same text often has another address.
    fn adopt(&mut self, article: &Article) {
        let id = article.id();
        // An address of the page itself, however it is written, needs no matching passages.
        for annotation in &mut self.annotations {
            if annotation.article != id
                && !self.shelved.contains(&annotation.article)
                && article.is_at(&annotation.target.source)
            {
                annotation.article = id.clone();
            }
        }
        let articles: Vec<ArticleId> = self
            .annotations
            .iter()
            .map(|annotation| annotation.article.clone())
            .collect();
        let mut strangers = sorted_once(&articles);
        strangers.retain(|stranger| *stranger != id && !self.shelved.contains(stranger));
        for stranger in strangers {
            let of_it = |annotation: &&mut Annotation| annotation.article == stranger;
            let (mut found, mut all) = (0, 0);
            for annotation in self.annotations.iter_mut().filter(of_it).take(TRIED) {
                all += 1;
                found += usize::from(has_words(article, &annotation.target));
            }
            if found > 0 && found * 2 >= all {
                self.annotations
                    .iter_mut()
                    .filter(of_it)
                    .for_each(|annotation| annotation.article = id.clone());
            }
        }
    }
}

/// True if the words of a passage are in the article.
fn has_words(article: &Article, target: &Target) -> bool {
    let Some(quote) = &target.quote else {
        return false;
    };
    let here = at_hand(article, target).and_then(|anchor| anchor.range());
    here.is_some() || places(article.text(), &quote.exact).next().is_some()
}

/// Returns the change that an arrival makes; `None` if it is there already or in a newer version.
fn merge_arrival(arrival: Annotation, notebook: &Notebook, report: &mut Report) -> Option<Change> {
    let Some(present) = notebook.get(&arrival.id) else {
        report.added += 1;
        return Some(Change::add(Rc::new(arrival)));
    };
    let older = arrival.last_touched() <= present.last_touched();
    if says_the_same(&arrival, present)
        || (older && arrival.last_touched() != present.last_touched())
    {
        report.already += 1;
        return None;
    }
    if older {
        // Equally old but different: neither may be lost.
        return keep_beside(arrival, notebook, report);
    }
    report.updated += 1;
    let arrival = Annotation {
        article: present.article.clone(),
        ..arrival
    };
    Change::replace(present.clone(), Rc::new(arrival))
}

fn keep_beside(
    mut arrival: Annotation,
    notebook: &Notebook,
    report: &mut Report,
) -> Option<Change> {
    arrival.id = arrival.id_beside();
    if notebook.get(&arrival.id).is_some() {
        report.already += 1;
        return None;
    }
    report.added += 1;
    Some(Change::add(Rc::new(arrival)))
}

/// True if a reader sees no difference between two notes with one id. Names every field, so that a
/// new one cannot be forgotten here.
fn says_the_same(one: &Annotation, other: &Annotation) -> bool {
    let Annotation {
        // The ids are equal, and the article does not matter.
        id: _,
        article: _,
        // Only its words, since not every file has the rest.
        target,
        more,
        attached,
        note,
        tags,
        colour,
        // A new date alone is no edit, and what is never shown is not compared.
        created: _,
        modified: _,
        extra: _,
    } = one;
    *note == other.note
        && *tags == other.tags
        && *colour == other.colour
        && target.words() == other.target.words()
        && more
            .iter()
            .map(Target::words)
            .eq(other.more.iter().map(Target::words))
        && attached_alike(attached.as_ref(), other.attached.as_ref())
}

/// True if both have the same place. Not every file says how often the words occur there.
fn attached_alike(one: Option<&Attachment>, other: Option<&Attachment>) -> bool {
    match (one, other) {
        (Some(Attachment::At(one)), Some(Attachment::At(other))) => {
            (&one.quote, one.position, &one.digest) == (&other.quote, other.position, &other.digest)
        }
        (one, other) => one == other,
    }
}
