//! Notes in and out: one file a format, and what an import comes to.

pub mod colours;
pub mod file;
pub mod format;
pub mod records;
pub mod w3c;

use std::rc::Rc;

use super::anchoring::{at_hand, places};
use super::annotation::{Annotation, AnnotationId, Attachment, Target};
use super::article::{Article, ArticleId};
use super::notebook::{Change, Intent, Notebook, Transaction};
use super::order::{sorted, sorted_once};
use super::placements::PlacementCounts;

/// Notes of a stranger that are tried on the open article before all of them are taken for its own:
/// each is a search of the whole text.
const TRIED: usize = 64;

/// Annotations that were read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrivals {
    /// What was understood, each kept with the article its target names.
    pub annotations: Vec<Annotation>,
    /// Why each of the others was not, in words.
    pub not_understood: Vec<String>,
    /// Articles whose text is in this browser: their notes are theirs.
    pub shelved: Vec<ArticleId>,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// New notes.
    pub added: usize,
    /// Notes that were there in an older wording.
    pub updated: usize,
    /// Notes that were there, just so or in a newer wording.
    pub already: usize,
    /// Of the new and updated ones: notes on other articles than the open one.
    pub elsewhere: usize,
    /// Entries that were not understood.
    pub not_understood: usize,
    /// Why the first of them was not.
    pub first_reason: Option<String>,
    /// Where the open article's notes are now, once that is known.
    pub placement: Option<PlacementCounts>,
}

impl Arrivals {
    /// One transaction for everything that is new, and what it comes to.
    pub fn into_transaction(
        mut self,
        article: Option<&Article>,
        notebook: &Notebook,
    ) -> (Transaction, Report) {
        let mut report = Report {
            not_understood: self.not_understood.len(),
            first_reason: self.not_understood.first().cloned(),
            ..Report::default()
        };
        if let Some(article) = article {
            self.adopt(article);
        }
        let mut changes: Vec<Change> = Vec::new();
        for arrival in self.each_once(&mut report) {
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

    /// The arrivals by id: where a file has one id several times, the first one counts.
    fn each_once(&mut self, report: &mut Report) -> Vec<Annotation> {
        let notes = std::mem::take(&mut self.annotations);
        let mut order = sorted(notes.len(), &|one, other| {
            notes[one].id.cmp(&notes[other].id)
        });
        order.dedup_by(|later, first| notes[*later].id == notes[*first].id);
        report.already += notes.len() - order.len();
        let mut notes: Vec<Option<Annotation>> = notes.into_iter().map(Some).collect();
        order
            .into_iter()
            .filter_map(|index| notes[index].take())
            .collect()
    }

    /// Notes on a text that is not in this browser are kept with the open article if their
    /// passages are there: the same text often goes by another address.
    fn adopt(&mut self, article: &Article) {
        let id = article.id();
        // The page's own address, in whatever way it is written, needs no passages to speak for it.
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

/// Whether the words of a passage stand in the article.
fn has_words(article: &Article, target: &Target) -> bool {
    let Some(quote) = &target.quote else {
        return false;
    };
    let here = at_hand(article, target).and_then(|anchor| anchor.range());
    here.is_some() || places(article.text(), &quote.exact).next().is_some()
}

/// What an arrival changes: nothing where it is there already, and never a newer wording.
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
        // Equally old and yet different: neither may be lost.
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
    let content = format!("{}\n{}", arrival.id, arrival.to_record());
    arrival.id = AnnotationId::of_content(&content);
    if notebook.get(&arrival.id).is_some() {
        report.already += 1;
        return None;
    }
    report.added += 1;
    Some(Change::add(Rc::new(arrival)))
}

/// True if a reader sees no difference between two notes of one id. Names every field, so that a
/// new one is not forgotten here.
fn says_the_same(one: &Annotation, other: &Annotation) -> bool {
    let Annotation {
        // The same, or it is not asked.
        id: _,
        article: _,
        // Only its words: what else is stored of a passage is not in every file.
        target,
        attached,
        note,
        tags,
        colour,
        // An edit that changed nothing is none; what nobody shows is not compared.
        created: _,
        modified: _,
        extra: _,
    } = one;
    *note == other.note
        && *tags == other.tags
        && *colour == other.colour
        && target.words() == other.target.words()
        && attached_alike(attached.as_ref(), other.attached.as_ref())
}

/// Whether both are put in the same place. How often the words stand there is not in every file.
fn attached_alike(one: Option<&Attachment>, other: Option<&Attachment>) -> bool {
    match (one, other) {
        (Some(Attachment::At(one)), Some(Attachment::At(other))) => {
            (&one.quote, one.position, &one.digest) == (&other.quote, other.position, &other.digest)
        }
        (one, other) => one == other,
    }
}
