//! Opening an article, and locating its notes in it.

use std::rc::Rc;

use super::{Draft, Session};
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::{Article, ArticleId};
use crate::model::commands;
use crate::model::digest::Digest;
use crate::model::exchange::Report;
use crate::model::failure::Failure;
use crate::model::findings::Findings;
use crate::model::history::History;
use crate::model::notebook::Change;
use crate::model::notice::Message;
use crate::model::placements::{PlacementCounts, Placements};

impl Session {
    pub(super) fn open(
        &mut self,
        article: Rc<Article>,
        notes: Vec<Annotation>,
        message: Option<Message>,
    ) {
        self.leave();
        self.take_in(notes);
        self.notices.withdraw_fewer();
        if !self.findings.are_of(article.digest()) {
            self.findings = Rc::new(Findings::of(article.digest()));
        }
        self.place_all(&article);
        self.article = Some(article);
        self.await_findings();
        self.selection = None;
        self.chosen = None;
        self.query = "".into();
        if let Some(message) = message {
            self.notices.tell(message);
        }
    }

    /// Restores what the tab remembers, without undoing what was done in the meantime.
    pub(super) fn remember(&mut self, history: History, drafts: Vec<(AnnotationId, Draft)>) {
        if self.history == History::default() {
            self.history = history;
        }
        for (id, draft) in drafts {
            let writing = self.writing.as_ref();
            let known = writing.is_some_and(|writing| writing.base.id == id)
                || self.draft_of(&id).is_some();
            if !known {
                Rc::make_mut(&mut self.drafts).push((id, draft));
            }
        }
    }

    pub(super) fn load(&mut self, notes: Vec<Annotation>) {
        let changes = self.take_in(notes);
        self.place(&changes);
        self.await_findings();
    }

    /// Requests a summary for the reader if there are notes that have to be looked for.
    pub(super) fn await_findings(&mut self) {
        if !self.placements.is_complete() {
            Rc::make_mut(&mut self.findings).await_summary();
        }
    }

    pub(super) fn found(&mut self, digest: &Digest, found: Vec<(AnnotationId, Anchor)>) {
        let Some(article) = self.article.clone().filter(|a| a.digest() == digest) else {
            return;
        };
        // An invalid place becomes an orphan, so that its note is not looked for again.
        let sound = |anchor: Anchor| match anchor.lies_in(article.text()) {
            true => anchor,
            false => Anchor::orphan(),
        };
        let mut notes = Vec::new();
        let known = |(id, anchor)| {
            let (sought, note) = self.sought(&id)?;
            notes.push(note);
            Some((sought, sound(anchor)))
        };
        let found: Vec<(Rc<Annotation>, Anchor)> = found.into_iter().filter_map(known).collect();
        Rc::make_mut(&mut self.findings).add(found);
        self.place(&as_they_are(&notes));
        self.tell_if_all_are_placed();
    }

    /// What is looked for under an id, a note or a further passage of one, and the note.
    fn sought(&self, id: &AnnotationId) -> Option<(Rc<Annotation>, Rc<Annotation>)> {
        if let Some(note) = self.notebook.get(id) {
            return Some((note.clone(), note.clone()));
        }
        let (whole, index) = id.whole()?;
        let note = self.notebook.get(&whole)?;
        Some((note.passages().nth(index)?, note.clone()))
    }

    /// Takes in the stored findings, mostly before the notes that they are about.
    pub(super) fn recall(&mut self, stored: Findings) {
        let article = self.article.clone();
        if let Some(article) = article.filter(|a| stored.are_of(a.digest())) {
            Rc::make_mut(&mut self.findings).recall(stored);
            self.place_all(&article);
            self.tell_if_all_are_placed();
        }
    }

    fn place_all(&mut self, article: &Article) {
        self.placements = Rc::new(Placements::of(article, &self.notebook, &self.findings));
    }

    fn tell_if_all_are_placed(&mut self) {
        if self.placements.is_complete() {
            self.tell_placement();
        }
    }

    pub(super) fn give_up(&mut self, digest: &Digest, why: Failure) {
        let is_open = self.article.as_ref().is_some_and(|a| a.digest() == digest);
        let sought = self.placements.sought();
        if !is_open || sought.is_empty() {
            return;
        }
        let whole = |sought: &Rc<Annotation>| Some(self.sought(&sought.id)?.1);
        let notes: Vec<Rc<Annotation>> = sought.iter().filter_map(whole).collect();
        Rc::make_mut(&mut self.findings).give_up(&sought);
        self.place(&as_they_are(&notes));
        self.notices.tell(Message::NotPlaced {
            notes: notes.len(),
            why,
        });
    }

    pub(super) fn look_again(&mut self) {
        Rc::make_mut(&mut self.findings).look_again();
        if let Some(article) = self.article.clone() {
            self.place_all(&article);
        }
        self.await_findings();
        self.notices.withdraw_placing();
    }

    pub(super) fn move_notes(&mut self, from: &ArticleId) {
        let moved = commands::move_notes(self, from);
        if self.edit(moved) {
            self.await_findings();
        }
    }

    pub(super) fn tell_placement(&mut self) {
        let placement = self.placements.placement();
        let news = Rc::make_mut(&mut self.findings).take_summary();
        if !news || placement == PlacementCounts::default() {
            return;
        }
        // A summary that follows an import extends the import's message, with its offer to undo.
        let told = self.notices.status().map(|notice| notice.message.clone());
        self.notices.tell(match told {
            Some(Message::Imported(report)) => Message::Imported(Report {
                placement: Some(placement),
                ..report
            }),
            _ => Message::Placed(placement),
        });
    }

    /// Puts stored notes into the notebook. The replica guarantees that they are the latest.
    pub(super) fn take_in(&mut self, notes: Vec<Annotation>) -> Vec<Change> {
        let notes = notes.into_iter();
        let news = notes.map(|note| (note.id.clone(), Some(Rc::new(note))));
        let (notebook, changes) = self.notebook.received(news);
        self.notebook = Rc::new(notebook);
        changes
    }

    pub(super) fn place(&mut self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        if let Some(article) = &self.article {
            self.placements = Rc::new(match changes.len() * 2 < self.notebook.len() {
                true => self.placements.after(article, &self.findings, changes),
                false => Placements::of(article, &self.notebook, &self.findings),
            });
        }
    }
}

/// Returns changes that change nothing, which make the notes be placed anew.
pub(super) fn as_they_are(notes: &[Rc<Annotation>]) -> Vec<Change> {
    let same = |note: &Rc<Annotation>| Change::replace(note.clone(), note.clone());
    notes.iter().filter_map(same).collect()
}
