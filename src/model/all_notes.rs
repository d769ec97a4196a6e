//! The notes of all articles as the room "All notes" shows them: found, in groups, in an order.

mod folds;
mod listed;
mod rows;
mod spot;
mod words;

pub use folds::Folds;
pub use listed::Listed;
pub use rows::{Groups, MOST_DRAWN, Row, Rows, Section, Sizes};
pub use spot::Spot;
pub use words::{Surrounded, plain};

use std::cell::OnceCell;
use std::rc::Rc;

use super::annotation::{Annotation, Colour};
use super::article::ArticleId;
use super::order::{sorted, sorted_once};
use super::query::{FoldedNote, Query, Searched, Sort, Surroundings};

/// What the notes are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// The article.
    #[default]
    Article,
    /// The tag; a note with several tags stands under each.
    Tag,
    /// The colour.
    Colour,
    /// The day on which a note was made.
    Day,
}

impl Grouping {
    /// Every grouping, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Article, Self::Tag, Self::Colour, Self::Day];
}

/// What the notes of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// An article, by its index.
    Article(usize),
    /// A tag, by its index; `None` if they have no tag.
    Tag(Option<usize>),
    /// A colour.
    Colour(Colour),
    /// A local day, in days since 1970; `None` if it is not known.
    Day(Option<i32>),
}

/// A note among all.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The note.
    pub listed: Rc<Listed>,
    /// The index of its article.
    pub article: usize,
    /// The indices of its tags, each once.
    tags: Vec<usize>,
}

impl Entry {
    /// The note.
    pub fn note(&self) -> &Annotation {
        &self.listed.note
    }

    /// The local day on which it was made, in days since 1970; `None` if it is not known.
    pub fn day(&self) -> Option<i32> {
        self.listed.day
    }
}

/// The notes of all articles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AllNotes {
    /// By title.
    articles: Vec<(ArticleId, String)>,
    /// By name, each once.
    tags: Vec<String>,
    /// The latest first; `None` comes last.
    days: Vec<Option<i32>>,
    /// By article, then by place in it.
    entries: Vec<Entry>,
    /// Indices of the entries, the latest made first, once they have been asked for.
    made: OnceCell<Vec<usize>>,
    /// Indices of the entries, the latest changed first, once they have been asked for.
    changed: OnceCell<Vec<usize>>,
}

impl AllNotes {
    /// Collects notes of articles with their titles. A note of no known article is left out.
    pub fn of(articles: &[(ArticleId, String)], notes: &[Rc<Listed>]) -> Self {
        let lower: Vec<String> = articles.iter().map(|(_, t)| t.to_lowercase()).collect();
        let by_title = sorted(articles.len(), &|one, other| lower[one].cmp(&lower[other]));
        let articles: Vec<(ArticleId, String)> =
            by_title.iter().map(|&i| articles[i].clone()).collect();
        let tags = notes.iter().flat_map(|listed| &listed.note.tags);
        let tags: Vec<&str> = sorted_once(&tags.map(String::as_str).collect::<Vec<_>>());
        let days: Vec<Option<i32>> = notes.iter().map(|listed| listed.day).collect();
        let mut days = sorted_once(&days);
        days.reverse();
        let by_id = sorted(articles.len(), &|one, other| {
            articles[one].0.cmp(&articles[other].0)
        });
        let entry = |listed: &Rc<Listed>| {
            let note = &listed.note;
            let at = by_id.binary_search_by(|&index| articles[index].0.cmp(&note.article));
            let known = note.tags.iter();
            let known = known.filter_map(|tag| tags.binary_search(&&**tag).ok());
            let own: Vec<usize> = known.collect();
            Some(Entry {
                article: by_id[at.ok()?],
                tags: sorted_once(&own),
                listed: listed.clone(),
            })
        };
        let entries = in_place(notes.iter().filter_map(entry).collect());
        Self {
            made: OnceCell::new(),
            changed: OnceCell::new(),
            tags: tags.into_iter().map(str::to_owned).collect(),
            articles,
            days,
            entries,
        }
    }

    /// The indices of all notes in an order, which is made only once: a sort takes longer than a
    /// search.
    fn in_order(&self, order: Sort) -> &[usize] {
        let ordered = || {
            let mut all: Vec<usize> = (0..self.entries.len()).collect();
            order.arrange(&mut all, &|index| self.entries[index].note());
            all
        };
        match order {
            Sort::Changed => self.changed.get_or_init(ordered),
            _ => self.made.get_or_init(ordered),
        }
    }

    /// The notes by article, then by place in it.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The articles by title.
    pub fn articles(&self) -> &[(ArticleId, String)] {
        &self.articles
    }

    /// A tag by its index.
    pub fn tag(&self, index: usize) -> &str {
        self.tags.get(index).map_or("", String::as_str)
    }

    /// What is remembered of a group when the notes, and with them its index, change.
    pub fn key_of(&self, group: Group) -> String {
        match group {
            Group::Article(index) => ["article ", self.articles[index].0.as_str()].concat(),
            Group::Tag(Some(index)) => ["tag ", self.tag(index)].concat(),
            Group::Tag(None) => "no tag".to_owned(),
            Group::Colour(colour) => ["colour ", colour.name()].concat(),
            Group::Day(Some(day)) => ["day ", &day.to_string()].concat(),
            Group::Day(None) => "no day".to_owned(),
        }
    }

    /// Returns for each note if a query finds it; `titles` are the folded titles of the articles. If
    /// `among` is given, only what is true there is looked at. Words that are not folded yet are not
    /// found.
    pub fn find(
        &self,
        query: &Query,
        titles: &[String],
        among: Option<&[bool]>,
        with: &dyn Surroundings,
    ) -> Vec<bool> {
        let fits = |(index, entry): (usize, &Entry)| {
            let unknown = FoldedNote::default();
            let may = among.is_none_or(|among| among.get(index) == Some(&true));
            may && query.fits(&Searched {
                folded: entry.listed.folded.get().unwrap_or(&unknown),
                annotation: entry.note(),
                // Where a note stands is known only in the article that is open.
                state: None,
                title: titles.get(entry.article).map_or("", String::as_str),
                with,
            })
        };
        self.entries.iter().enumerate().map(fits).collect()
    }

    /// Returns the groups of the notes that are found. Articles come in the order of their first
    /// note, tags by name, colours in theirs, the latest day first; what has no tag or no day comes
    /// last.
    pub fn arrange(&self, found: &[bool], order: Sort, by: Grouping) -> Groups {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.count(by)];
        let mut appeared: Vec<usize> = Vec::new();
        let (mut notes, mut articles) = (0, vec![false; self.articles.len()]);
        let mut take = |index: usize| {
            let Some(entry) = self.entries.get(index).filter(|_| found[index]) else {
                return;
            };
            notes += 1;
            articles[entry.article] = true;
            let mut put = |group: usize| {
                if members[group].is_empty() {
                    appeared.push(group);
                }
                members[group].push(index);
            };
            match by {
                Grouping::Article => put(entry.article),
                Grouping::Tag if entry.tags.is_empty() => put(self.tags.len()),
                Grouping::Tag => entry.tags.iter().copied().for_each(put),
                Grouping::Colour => put(entry.note().colour as usize),
                Grouping::Day => put(self.rank_of(entry.day())),
            }
        };
        match order {
            Sort::Place => (0..found.len()).for_each(&mut take),
            _ => self.in_order(order).iter().copied().for_each(&mut take),
        }
        if by != Grouping::Article {
            appeared = (0..members.len())
                .filter(|&group| !members[group].is_empty())
                .collect();
        }
        let groups = appeared.into_iter().map(|group| {
            let of_it = std::mem::take(&mut members[group]);
            (self.group(by, group), of_it)
        });
        Groups {
            groups: groups.collect(),
            notes,
            articles: articles.iter().filter(|has| **has).count(),
        }
    }

    /// Number of groups that there may be.
    fn count(&self, by: Grouping) -> usize {
        match by {
            Grouping::Article => self.articles.len(),
            Grouping::Tag => self.tags.len() + 1,
            Grouping::Colour => Colour::ALL.len(),
            Grouping::Day => self.days.len(),
        }
    }

    fn group(&self, by: Grouping, index: usize) -> Group {
        match by {
            Grouping::Article => Group::Article(index),
            Grouping::Tag => Group::Tag((index < self.tags.len()).then_some(index)),
            Grouping::Colour => Group::Colour(Colour::ALL[index]),
            Grouping::Day => Group::Day(self.days[index]),
        }
    }

    fn rank_of(&self, day: Option<i32>) -> usize {
        self.days.partition_point(|other| *other > day)
    }
}

/// Puts notes in the order of their articles and of their places in them, as far as they are known
/// without the text; those of one place in the order in which they were made.
fn in_place(entries: Vec<Entry>) -> Vec<Entry> {
    let start = |entry: &Entry| entry.note().sought().position.map(|place| place.start());
    let order = sorted(entries.len(), &|one, other| {
        let (one, other) = (&entries[one], &entries[other]);
        let by_place = (one.article, start(one)).cmp(&(other.article, start(other)));
        by_place
            .then_with(|| one.note().created.cmp(&other.note().created))
            .then_with(|| one.note().id.cmp(&other.note().id))
    });
    let mut entries: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|index| entries[index].take())
        .collect()
}
