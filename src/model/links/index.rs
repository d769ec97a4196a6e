//! Which notes link to a note, of all notes that were seen.

use std::rc::Rc;

use super::links_in;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::order::{arrange, sorted};

/// A link from one note to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Leads {
    to: AnnotationId,
    from: AnnotationId,
}

/// The notes that were seen, and the links between them. Only what has changed since is read again.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// By id, each once.
    notes: Vec<Rc<Annotation>>,
    /// By target and then by source, each once.
    links: Vec<Leads>,
}

impl Index {
    /// Takes in notes, given by id, each once. If `whole` names an article, these are all of its
    /// notes: others of it that were seen are gone.
    pub fn take(&mut self, whole: Option<&ArticleId>, notes: &[Rc<Annotation>]) {
        let (mut kept, mut changed) = (Vec::with_capacity(self.notes.len()), Vec::new());
        let mut fresh: Vec<&Rc<Annotation>> = Vec::new();
        let (mut old, mut new) = (self.notes.iter().peekable(), notes.iter().peekable());
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(old), Some(new)) => old.id.cmp(&new.id),
            };
            let before = old.next_if(|_| order.is_le());
            let after = new.next_if(|_| order.is_ge());
            let is_same = before
                .zip(after)
                .is_some_and(|(one, it)| Rc::ptr_eq(one, it));
            let is_gone = after.is_none() && before.map(|note| &note.article) == whole;
            if let Some(note) = before.filter(|_| is_gone || (after.is_some() && !is_same)) {
                changed.push(note.id.clone());
            }
            fresh.extend(after.filter(|_| !is_same));
            kept.extend(after.or(before).filter(|_| !is_gone).cloned());
        }
        let changed_links = !changed.is_empty();
        if changed_links {
            let is_changed = |link: &Leads| changed.binary_search(&link.from).is_ok();
            self.links.retain(|link| !is_changed(link));
        }
        let from = self.links.len();
        self.links.extend(fresh.into_iter().flat_map(links_of));
        if self.links.len() > from {
            arrange(&mut self.links, from, &Leads::cmp);
            self.links.dedup();
        }
        self.notes = kept;
    }

    /// The notes that were seen, by id.
    pub fn notes(&self) -> &[Rc<Annotation>] {
        &self.notes
    }

    /// A note that was seen.
    pub fn note(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        let at = self.notes.binary_search_by(|note| note.id.cmp(id));
        self.notes.get(at.ok()?)
    }

    /// The notes that link to a note, the first made first. A note that links to itself is none.
    pub fn sources(&self, target: &AnnotationId) -> Vec<Rc<Annotation>> {
        let first = self.links.partition_point(|link| link.to < *target);
        let links = self.links[first..].iter();
        let links = links.take_while(|link| link.to == *target);
        let others = links.filter(|link| link.from != *target);
        let notes: Vec<&Rc<Annotation>> = others.filter_map(|link| self.note(&link.from)).collect();
        let made = |index: usize| &notes[index].created;
        let order = sorted(notes.len(), &|one, other| made(one).cmp(made(other)));
        order.into_iter().map(|at| notes[at].clone()).collect()
    }
}

fn links_of(note: &Rc<Annotation>) -> Vec<Leads> {
    let links = links_in(&note.note).into_iter();
    let leads = links.filter_map(|link| {
        Some(Leads {
            to: link.target.note()?.clone(),
            from: note.id.clone(),
        })
    });
    leads.collect()
}
