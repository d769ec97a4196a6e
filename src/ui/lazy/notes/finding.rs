//! Finds the notes that the search means, as fast as one types.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::Date;

use crate::app::sync::circle::Circle;
use crate::app::{navigation, resolve};
use crate::browser::system::{all_folded, folded, has_focus};
use crate::browser::{local, preferences};
use crate::model::annotation::{Annotation, AnnotationId, Colour};
use crate::model::colour_names::ColourNames;
use crate::model::placements::Placements;
use crate::model::query::{FoldedNote, Query, Searched, State, Surroundings};
use crate::model::session::{Action, Session};
use crate::ui::hooks::AppHandle;
use crate::ui::notes::{ShownNotes, is_searching};
use crate::ui::say;

/// Number of notes whose words are folded at once.
pub const AT_ONCE: usize = 250;

thread_local! {
    static INDEX: RefCell<Index> = RefCell::default();
}

/// What was found last, and the folded words of the notes in which it was.
#[derive(Default)]
struct Index {
    placements: Rc<Placements>,
    /// For each note with a place, then for each without.
    folded: Vec<FoldedNote>,
    /// Notes, and the folded words of the first of them, which were folded before a search began.
    ahead: (Rc<Placements>, Vec<FoldedNote>),
    found: Option<(Question, ShownNotes)>,
    /// The search, and the note that was chosen when it became what it is.
    query: Rc<str>,
    chosen_before: Option<AnnotationId>,
}

/// What decides what is found, besides the notes.
#[derive(PartialEq)]
struct Question {
    query: Rc<str>,
    writing: Option<AnnotationId>,
    chosen: Option<AnnotationId>,
}

/// Returns the notes that a session's search finds.
pub fn find(session: &Session) -> ShownNotes {
    INDEX.with_borrow_mut(|index| {
        index.follow(&session.placements);
        let question = Question {
            query: session.query.clone(),
            writing: session.writing.as_ref().map(|w| w.base.id.clone()),
            chosen: session.chosen.clone(),
        };
        if let Some((_, found)) = index.found.as_ref().filter(|(last, _)| *last == question) {
            return found.clone();
        }
        if index.query != question.query {
            index.query.clone_from(&question.query);
            index.chosen_before.clone_from(&question.chosen);
        }
        let found = index.find(session, &question);
        index.found = Some((question, found.clone()));
        found
    })
}

/// Reads a search as it is meant here and now.
pub fn query_of(session: &Session) -> Query {
    Query::read(&session.query, &Here::now())
}

/// Folds the words of some notes, at most [`AT_ONCE`].
pub fn fold(notes: &[&Annotation]) -> Vec<FoldedNote> {
    let texts: Vec<&str> = notes.iter().flat_map(|note| note.texts()).collect();
    let mut folded = all_folded(&texts).into_iter();
    let mut next = |_: &str| folded.next().unwrap_or_default();
    notes
        .iter()
        .map(|note| FoldedNote::of(note, &mut next))
        .collect()
}

/// Folds the words of the notes before the first search, a few at a time, so that its first key need
/// not.
pub fn prepare(app: &AppHandle) {
    let there = app.clone();
    app.spawn(async move {
        while INDEX.with_borrow_mut(|index| index.fold_ahead(&there.session().placements)) {
            there.yield_now().await;
        }
    });
}

/// The notes in the order in which they are indexed.
fn notes(placements: &Placements) -> impl Iterator<Item = &Rc<Annotation>> {
    let placed = placements.placed().iter().map(|placed| &placed.annotation);
    let unanchored = placements.unanchored().iter();
    placed.chain(unanchored.map(|unanchored| &unanchored.annotation))
}

impl Index {
    /// Folds the words of a few notes more; false once there are no more.
    fn fold_ahead(&mut self, placements: &Rc<Placements>) -> bool {
        if !self.folded.is_empty() {
            return false;
        }
        if !Rc::ptr_eq(&self.ahead.0, placements) {
            self.ahead = (placements.clone(), Vec::new());
        }
        let (placements, folded) = &mut self.ahead;
        let next = notes(placements).skip(folded.len()).take(AT_ONCE);
        let next: Vec<&Annotation> = next.map(|note| &**note).collect();
        folded.extend(fold(&next));
        !next.is_empty()
    }

    /// Has the words of these notes; folds only those of notes that are new or were changed.
    fn follow(&mut self, placements: &Rc<Placements>) {
        if Rc::ptr_eq(&self.placements, placements) {
            return;
        }
        let folded = std::mem::take(&mut self.folded);
        let (of_ahead, ahead) = std::mem::take(&mut self.ahead);
        let folded = notes(&self.placements).zip(folded);
        let folded = folded.chain(notes(&of_ahead).zip(ahead));
        let mut known: HashMap<*const Annotation, FoldedNote> = folded
            .map(|(note, folded)| (Rc::as_ptr(note), folded))
            .collect();
        let mut next: Vec<Option<FoldedNote>> = notes(placements)
            .map(|note| known.remove(&Rc::as_ptr(note)))
            .collect();
        let unknown = notes(placements).zip(&next).enumerate();
        let unknown: Vec<(usize, &Rc<Annotation>)> = unknown
            .filter(|(_, (_, folded))| folded.is_none())
            .map(|(index, (note, _))| (index, note))
            .collect();
        for some in unknown.chunks(AT_ONCE) {
            let notes: Vec<&Annotation> = some.iter().map(|(_, note)| &***note).collect();
            for ((index, _), words) in some.iter().zip(fold(&notes)) {
                next[*index] = Some(words);
            }
        }
        self.folded = next.into_iter().map(Option::unwrap_or_default).collect();
        self.placements = placements.clone();
        self.found = None;
    }

    fn find(&self, session: &Session, question: &Question) -> ShownNotes {
        let here = Here::now();
        let query = Query::read(&session.query, &here);
        let title = session.article.as_ref().map(|article| article.title());
        let title = folded(title.unwrap_or_default());
        let placements = &self.placements;
        let (with_place, without) = self.folded.split_at(placements.placed().len());
        let fits = |annotation: &Annotation, folded: &FoldedNote, state: State| {
            // What one writes in must not disappear, and what one opens must be seen.
            let is = |id: &Option<AnnotationId>| id.as_ref() == Some(&annotation.id);
            is(&question.writing)
                || (is(&question.chosen) && !is(&self.chosen_before))
                || query.fits(&Searched {
                    folded,
                    annotation,
                    state: Some(state),
                    title: &title,
                    with: &here,
                })
        };
        let placed = placements.placed().iter().zip(with_place).enumerate();
        let placed = placed.filter(|(_, (placed, folded))| {
            fits(&placed.annotation, folded, State::of_placed(placed))
        });
        let mut placed: Vec<usize> = placed.map(|(index, _)| index).collect();
        let of = |index: usize| &*placements.placed()[index].annotation;
        query.order().arrange(&mut placed, &of);
        let unanchored = placements.unanchored().iter().zip(without).enumerate();
        let unanchored = unanchored.filter(|(_, (unanchored, folded))| {
            fits(
                &unanchored.annotation,
                folded,
                State::of_unanchored(unanchored),
            )
        });
        ShownNotes {
            placed: Some(placed.into()),
            unanchored: unanchored.map(|(index, _)| index).collect(),
            misread: query.misread(),
        }
    }
}

/// Returns the notes that are shown, in the order of the lists, whether or not their cards are drawn.
pub fn shown(session: &Session) -> Vec<Rc<Annotation>> {
    let placements = &session.placements;
    if !is_searching(session) {
        return placements.annotations().cloned().collect();
    }
    let found = find(session);
    let placed = found.placed.iter().flat_map(|found| found.iter());
    let placed = placed.map(|&index| &placements.placed()[index].annotation);
    let unanchored = found.unanchored.iter();
    let unanchored = unanchored.map(|&index| &placements.unanchored()[index].annotation);
    placed.chain(unanchored).cloned().collect()
}

/// Goes to the next note or the one before; in a search, of those that are found. The focus stays in
/// the search if it is there.
pub fn step(app: &AppHandle, forward: bool) {
    let session = app.session();
    if !is_searching(&session) {
        navigation::step(app, forward);
        resolve::follow_chosen(app);
        return;
    }
    let all = shown(&session);
    let chosen = session.chosen.as_ref();
    let at = chosen.and_then(|id| all.iter().position(|other| other.id == *id));
    let next = match (at, forward) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.wrapping_sub(1),
        (None, true) => 0,
        (None, false) => all.len().wrapping_sub(1),
    };
    if let Some(note) = all.get(next) {
        let id = Some(note.id.clone());
        app.send(Action::Choose { id });
        navigation::show_chosen(app, !has_focus("input[type=search]"));
        resolve::follow_chosen(app);
    }
}

/// What a query is read with in the reader's browser, now.
pub struct Here {
    names: ColourNames,
    /// The name that the reader's own notes may bear.
    me: Option<String>,
    date: Date,
}

impl Here {
    /// Reads the clock and the names of the colours.
    pub fn now() -> Self {
        Self {
            names: preferences::colour_names(),
            me: Circle::read(local::setting).map(|circle| circle.name),
            date: Date::new_0(),
        }
    }
}

impl Surroundings for Here {
    fn folded(&self, words: &str) -> String {
        folded(words)
    }

    fn colour_name(&self, colour: Colour) -> Option<String> {
        let own = self.names.of(colour).map(str::to_owned);
        own.or_else(|| Some(say!(selection.colour)(colour).to_owned()))
    }

    fn me(&self) -> Option<String> {
        self.me.clone()
    }

    fn now(&self) -> f64 {
        self.date.get_time()
    }

    fn today(&self) -> f64 {
        let midnight = Date::new(&self.date);
        midnight.set_hours(0);
        midnight.set_minutes(0);
        midnight.set_seconds(0);
        midnight.set_milliseconds(0)
    }

    fn moment(&self, time: &str) -> Option<f64> {
        let milliseconds = Date::new(&time.into()).get_time();
        (!milliseconds.is_nan()).then_some(milliseconds)
    }
}
