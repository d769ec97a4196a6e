//! What an import would do, before it does anything: which notes are new, which are here already,
//! and what becomes of those of which a file has another version.

use std::cmp::Ordering;

use super::{Arrivals, says_the_same};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::order::{sorted, sorted_once};

/// What becomes of a note that is here and says something else in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Differing {
    /// Both stay, side by side: the file's becomes a note of its own. A version that was only edited
    /// on one side since the note was made takes the place of the other.
    #[default]
    Both,
    /// The one that was edited last stays. Equally old ones stay side by side.
    Newer,
    /// Notes that are here stay as they are.
    Mine,
}

impl Differing {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Both, Self::Newer, Self::Mine];
}

/// What files of notes hold, compared with the notes that are here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// Number of notes whose ids are not here.
    pub new: usize,
    /// Number of notes that are here and say the same, or stand in the files more than once.
    pub already: usize,
    /// Number of notes of which the version here is newer.
    pub newer_here: usize,
    /// Number of notes of which the file's version is newer.
    pub newer_there: usize,
    /// Number of notes of which both versions are equally old.
    pub as_old: usize,
    /// Number of notes that the import adds.
    pub added: usize,
    /// Number of notes that it replaces by another version.
    pub updated: usize,
    /// Number of added and updated notes that are on articles other than the open one.
    pub elsewhere: usize,
    /// Number of those articles.
    pub articles: usize,
    /// Number of new notes on passages that others have marked too: here, or in another file.
    pub twice: usize,
}

impl Survey {
    /// Number of notes that say something else here than in a file.
    pub fn differing(&self) -> usize {
        self.newer_here + self.newer_there + self.as_old
    }

    /// Counts a version that differs from another, and returns how old it is beside that.
    fn count_version(&mut self, note: &Annotation, other: &Annotation) -> Ordering {
        let age = note.last_touched().cmp(&other.last_touched());
        match age {
            Ordering::Less => self.newer_here += 1,
            Ordering::Equal => self.as_old += 1,
            Ordering::Greater => self.newer_there += 1,
        }
        age
    }
}

/// Stands for no file: what is here already.
const HERE: usize = 0;
/// Most notes on the same words with which a note is compared.
const COMPARED: usize = 64;

/// A note that is to be imported.
struct Coming {
    note: Annotation,
    /// The number of its file, from 1.
    file: usize,
    /// True if it is another version of a note that is here or in an earlier file.
    is_version: bool,
}

impl Coming {
    fn of(note: Annotation, file: usize, is_version: bool) -> Self {
        Self {
            note,
            file,
            is_version,
        }
    }
}

/// Decides what becomes of the notes in files, each of which is [settled](Arrivals::settle):
/// returns those that are to be imported, and what the import will do. `here` are the notes that are
/// here, by id, without which those on the files' articles must not be; `open` is the open article.
pub fn survey(
    files: Vec<Arrivals>,
    here: &[&Annotation],
    open: Option<&ArticleId>,
    differing: Differing,
) -> (Arrivals, Survey) {
    let (mut survey, mut coming, mut arrivals) =
        (Survey::default(), Vec::new(), Arrivals::default());
    let mut all = 0;
    for (index, mut file) in files.into_iter().enumerate() {
        all += file.annotations.len() + file.doubled;
        arrivals.not_understood.append(&mut file.not_understood);
        coming = take_file(file, index + 1, coming, here, differing, &mut survey);
    }
    // A version may say again what is here, after one of another file.
    coming.retain(|coming| {
        let there = find(here, &coming.note.id);
        !there.is_some_and(|there| says_the_same(&coming.note, there))
    });
    survey.twice = on_passages_of_others(here, &coming);
    let mut articles = Vec::new();
    for Coming { note, .. } in &coming {
        let there = find(here, &note.id);
        survey.updated += usize::from(there.is_some());
        let article = &there.unwrap_or(note).article;
        if Some(article) != open {
            survey.elsewhere += 1;
            articles.push(article.clone());
        }
    }
    survey.articles = sorted_once(&articles).len();
    survey.added = coming.len() - survey.updated;
    arrivals.doubled = all - coming.len();
    arrivals.annotations = coming.into_iter().map(|coming| coming.note).collect();
    (arrivals, survey)
}

fn find<'a>(here: &[&'a Annotation], id: &AnnotationId) -> Option<&'a Annotation> {
    let at = here.binary_search_by(|note| note.id.cmp(id));
    Some(here[at.ok()?])
}

/// Adds the notes of a file to those of the files before it, by id, and counts them.
fn take_file(
    mut file: Arrivals,
    number: usize,
    before: Vec<Coming>,
    here: &[&Annotation],
    differing: Differing,
    survey: &mut Survey,
) -> Vec<Coming> {
    let there = |id: &AnnotationId| {
        let at = before.binary_search_by(|coming| coming.note.id.cmp(id));
        match at {
            Err(_) => Some((find(here, id)?, differing)),
            // Of two files, neither is the reader's own.
            Ok(at) if differing == Differing::Mine => Some((&before[at].note, Differing::Both)),
            Ok(at) => Some((&before[at].note, differing)),
        }
    };
    let copies = file.part_from_present(&there);
    survey.already += file.doubled;
    let order = sorted(copies.len(), &|one, other| {
        copies[one].1.cmp(&copies[other].1)
    });
    let original = |id: &AnnotationId| {
        let at = order.binary_search_by(|&index| copies[index].1.cmp(id));
        Some(&copies[order[at.ok()?]].0)
    };
    let mut kept = Vec::new();
    for note in file.annotations {
        let original = original(&note.id);
        let Some((other, differing)) = there(original.unwrap_or(&note.id)) else {
            survey.new += 1;
            kept.push(Coming::of(note, number, false));
            continue;
        };
        // A copy has its id from its content.
        let is_here = match original {
            Some(_) => there(&note.id).is_some(),
            None => says_the_same(&note, other),
        };
        if is_here {
            survey.already += 1;
            continue;
        }
        let is_newer = survey.count_version(&note, other).is_gt();
        if original.is_some() || (is_newer && differing != Differing::Mine) {
            kept.push(Coming::of(note, number, true));
        }
    }
    joined(before, kept)
}

/// Joins the notes of two files, by id. Where both have a version of one note, the later one stays.
fn joined(mut before: Vec<Coming>, kept: Vec<Coming>) -> Vec<Coming> {
    if before.is_empty() {
        return kept;
    }
    before.extend(kept);
    let mut order = sorted(before.len(), &|one, other| {
        let ids = before[one].note.id.cmp(&before[other].note.id);
        ids.then(other.cmp(&one))
    });
    order.dedup_by(|earlier, later| before[*earlier].note.id == before[*later].note.id);
    let mut all: Vec<Option<Coming>> = before.into_iter().map(Some).collect();
    let in_order = order.into_iter().filter_map(|index| all[index].take());
    in_order.collect()
}

/// Number of new notes on a passage that is marked by a note of another file, or by one that is here.
fn on_passages_of_others(here: &[&Annotation], coming: &[Coming]) -> usize {
    let new = coming.iter().filter(|coming| !coming.is_version);
    let new = new.map(|coming| (&coming.note, coming.file));
    let here = here.iter().map(|note| (*note, HERE));
    let marks: Vec<(&Annotation, usize)> = here
        .chain(new)
        .filter(|(note, _)| note.quoted().is_some())
        .collect();
    let by_words = |one: usize, other: usize| {
        let key = |index: usize| (&marks[index].0.article, marks[index].0.quoted());
        key(one).cmp(&key(other))
    };
    let order = sorted(marks.len(), &by_words);
    let alike = order.chunk_by(|one, other| by_words(*one, *other).is_eq());
    let count = |alike: &[usize]| {
        let is_shared = |index: &&usize| {
            let (note, file) = marks[**index];
            let mut others = alike.iter().map(|other| marks[*other]).take(COMPARED);
            file != HERE && others.any(|(other, of)| of != file && may_be_at_one_place(note, other))
        };
        alike.iter().filter(is_shared).count()
    };
    alike.map(count).sum()
}

/// True unless two passages with the same words are known to be at different places of one text.
fn may_be_at_one_place(one: &Annotation, other: &Annotation) -> bool {
    let (one, other) = (&one.target, &other.target);
    let is_one_text = one.digest.is_some() && one.digest == other.digest;
    !is_one_text || one.position == other.position
}
