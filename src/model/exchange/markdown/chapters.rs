//! The notes of an article in its chapters, as a template gets them.

use std::cell::LazyCell;

use super::closing::closed;
use super::filters::tag_name;
use crate::model::anchoring::{Anchor, Locator};
use crate::model::annotation::{Annotation, Quote, Timestamp};
use crate::model::article::{Article, Piece, Source};
use crate::model::exchange::Export;
use crate::model::folding::Native;
use crate::model::placements::{AnchorStatus, Placed};
use crate::model::text::TextRange;
use crate::model::text_fragment::{Fragments, ends_by_letters};

/// The level of the headings that are not the article's own, if it has none.
const LEVEL: u8 = 2;
/// Number of bytes of the day in a time.
const DAY: usize = "2026-05-03".len();

/// Everything that a template can ask for.
pub struct Document {
    pub title: String,
    /// May be empty.
    pub author: String,
    /// The address of the article; empty if it has none.
    pub source: String,
    /// The day of the export.
    pub date: String,
    /// The tags of all notes, as names of tags, each once.
    pub tags: Vec<String>,
    pub chapters: Vec<Chapter>,
    /// What a link to a passage is called.
    pub link_name: String,
}

impl Document {
    /// All notes.
    pub fn notes(&self) -> impl Iterator<Item = &Entry> {
        self.chapters.iter().flat_map(|chapter| &chapter.notes)
    }
}

/// The notes under a heading.
pub struct Chapter {
    /// In one line; empty for what stands above the first heading.
    pub heading: String,
    /// From 1 to 6; 0 without a heading.
    pub level: u8,
    pub notes: Vec<Entry>,
}

/// A note.
pub struct Entry {
    /// The words of its passages; empty for a note on the article as a whole.
    pub text: String,
    pub note: String,
    /// The name of its colour in files.
    pub colour: &'static str,
    /// The reader's own name of it, or that of the reader's language.
    pub colour_name: String,
    pub tags: Vec<String>,
    /// The address of the passage in the original page, if links are wanted; may be empty.
    pub link: String,
    pub id: String,
    /// When it was made; may be empty.
    pub created: String,
    /// When it was last edited; may be empty.
    pub modified: String,
}

impl Entry {
    /// Number of bytes of its words.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.note.len() + self.link.len()
    }
}

/// Arranges the notes: those on the article as a whole, those under each of its headings, and those
/// whose passages are not found. Links are made if they are `wanted`: the whole text is searched for
/// each.
pub fn document(export: &Export, wanted: bool) -> Document {
    let article = export.article;
    let source = address(article);
    let fragments = LazyCell::new(|| Fragments::of(article, &Native, &ends_by_letters).for_many());
    let link = |range: TextRange| match &*source {
        source if wanted && !source.is_empty() => fragments.link(source, range).unwrap_or_default(),
        _ => String::new(),
    };
    let sorted = Sorted::of(export);
    let mut chapters = outline(article);
    let whole = sorted.whole.iter();
    let whole = whole.map(|note| entry(export, note, None, String::new()));
    chapters[0].1.notes.extend(whole);
    let mut at = 0;
    for found in &sorted.placed {
        let range = found.range;
        while chapters
            .get(at + 1)
            .is_some_and(|next| next.0 <= range.start())
        {
            at += 1;
        }
        let words = found.is_certain().then_some(range);
        let entry = entry(export, found.note, words, link(range));
        chapters[at].1.notes.push(entry);
    }
    let mut chapters = with_notes(chapters);
    if !sorted.unplaced.is_empty() {
        let notes = sorted.unplaced.iter();
        let level = chapters.iter().map(|chapter| chapter.level);
        chapters.push(Chapter {
            heading: export.wording.unplaced.clone(),
            level: level.filter(|level| *level > 0).min().unwrap_or(LEVEL),
            notes: notes
                .map(|note| entry(export, note, None, String::new()))
                .collect(),
        });
    }
    Document {
        title: article.title().to_owned(),
        author: article.description().byline.clone().unwrap_or_default(),
        date: export.stamp.at.0.get(..DAY).unwrap_or_default().to_owned(),
        tags: all_tags(&chapters),
        link_name: export.wording.link.clone(),
        source,
        chapters,
    }
}

/// The notes of an export by where they are.
pub struct Sorted<'a> {
    /// On the article as a whole.
    pub whole: Vec<&'a Annotation>,
    /// By place.
    pub placed: Vec<Found<'a>>,
    /// Without a known place.
    pub unplaced: Vec<&'a Annotation>,
}

/// A note with its place.
pub struct Found<'a> {
    pub range: TextRange,
    status: AnchorStatus,
    pub note: &'a Annotation,
}

impl Found<'_> {
    /// True if the passage's own words are there.
    pub fn is_certain(&self) -> bool {
        matches!(self.status, AnchorStatus::Exact | AnchorStatus::Moved)
    }

    /// True if only the gap is there that its words have left.
    pub fn is_gap(&self) -> bool {
        self.status == AnchorStatus::Replaced
    }
}

impl<'a> Sorted<'a> {
    pub fn of(export: &Export<'a>) -> Self {
        let placements = export.placements;
        let mut sorted = Self {
            whole: Vec::new(),
            placed: placements.placed().iter().map(of_placed).collect(),
            unplaced: Vec::new(),
        };
        for note in placements.unanchored() {
            match note.anchor {
                Anchor::Whole => sorted.whole.push(&note.annotation),
                _ => sorted.unplaced.push(&note.annotation),
            }
        }
        // What was not looked for yet, as another program made it.
        let locator = LazyCell::new(|| Locator::new(export.article.text()));
        for note in placements.pending() {
            match locator.locate(note.sought()).range() {
                Some(range) => sorted.placed.push(Found {
                    range,
                    status: AnchorStatus::Changed,
                    note,
                }),
                None => sorted.unplaced.push(note),
            }
        }
        sorted.placed.sort_by_key(|found| found.range);
        sorted
    }
}

fn of_placed(placed: &Placed) -> Found<'_> {
    Found {
        range: placed.range,
        status: placed.status,
        note: &placed.annotation,
    }
}

/// The chapters of an article without notes, each with where it begins: first what is above all
/// headings.
fn outline(article: &Article) -> Vec<(u32, Chapter)> {
    let empty = |heading: String, level: u8| Chapter {
        heading,
        level,
        notes: Vec::new(),
    };
    let mut chapters = vec![(0, empty(String::new(), 0))];
    for leaf in article.leaves() {
        let Piece::Open { tag, .. } = &article.pieces()[leaf.pieces.start] else {
            continue;
        };
        if let Some(level) = tag.heading_level() {
            let words = leaf.text.slice(article.text()).unwrap_or_default();
            let words: Vec<&str> = words.split_whitespace().collect();
            chapters.push((leaf.text.start(), empty(words.join(" "), level)));
        }
    }
    chapters
}

/// Leaves out the chapters without notes, apart from those that others are parts of.
fn with_notes(chapters: Vec<(u32, Chapter)>) -> Vec<Chapter> {
    let mut kept = Vec::new();
    // The highest level that is still wanted, seen from the end.
    let mut below = 0;
    for (_, chapter) in chapters.into_iter().rev() {
        let has_parts = chapter.level > 0 && chapter.level < below;
        if chapter.notes.is_empty() && !has_parts {
            continue;
        }
        below = chapter.level;
        kept.push(chapter);
    }
    kept.reverse();
    kept
}

fn entry(export: &Export, note: &Annotation, found: Option<TextRange>, link: String) -> Entry {
    let time =
        |time: &Option<Timestamp>| time.as_ref().map_or(String::new(), |at| at.0.to_string());
    let colour = export.colour_names.of(note.colour);
    Entry {
        text: with_line_feeds(&words_of(export, note, found)),
        note: closed(&with_line_feeds(note.note.trim())).into_owned(),
        colour: note.colour.name(),
        colour_name: colour
            .unwrap_or(export.wording.colour(note.colour))
            .to_owned(),
        tags: note.tags.clone(),
        link,
        id: note.id.to_string(),
        created: time(&note.created),
        modified: time(&note.modified),
    }
}

/// The words of a note's passages, each as a paragraph: those in the article if they are the
/// passage's own, else those that were quoted.
pub fn words_of(export: &Export, note: &Annotation, found: Option<TextRange>) -> String {
    let found = found.and_then(|range| range.slice(export.article.text()));
    let sought = || note.sought().quote.as_ref().map(quoted);
    let first = found.map(str::to_owned).or_else(sought);
    let further = note.more.iter().filter_map(|target| target.quote.as_ref());
    let all: Vec<String> = first.into_iter().chain(further.map(quoted)).collect();
    all.join("\n\n")
}

/// The words of a quote; of a very long one its beginning and its end.
fn quoted(quote: &Quote) -> String {
    match &quote.rest {
        Some(rest) => [&*quote.exact, " […] ", &rest.tail].concat(),
        None => quote.exact.clone(),
    }
}

/// Other signs of a line's end would leave a quotation or a footnote.
fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The address of the article in the web, as it may stand in a link of Markdown.
fn address(article: &Article) -> String {
    let description = article.description();
    let address = match &description.source {
        Source::Address(address) => Some(address),
        _ => description.address.as_ref(),
    };
    let address = address.map(String::as_str).unwrap_or_default();
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let mut out = String::new();
    for c in address.chars().filter(|_| is_web) {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

fn all_tags(chapters: &[Chapter]) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let notes = chapters.iter().flat_map(|chapter| &chapter.notes);
    for tag in notes.flat_map(|note| &note.tags) {
        let name = tag_name(tag);
        if !name.is_empty() && !tags.contains(&name) {
            tags.push(name);
        }
    }
    tags
}
