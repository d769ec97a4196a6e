//! Which notes have a card: all of them, or those found by the search.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::system::folded;
use crate::model::annotation::Annotation;
use crate::model::session::Session;
use crate::ui::hooks::AppHandle;

/// Properties of the landmark "Notes" and its cards.
#[derive(Clone, Properties, PartialEq)]
pub struct PanelProps {
    pub app: AppHandle,
    pub session: Rc<Session>,
    /// True while it is not known whether there are notes.
    pub unread: bool,
    /// True if there is room beside the article.
    pub wide: bool,
    pub shown: bool,
    pub on_toggle: Callback<()>,
    /// Called when a card changes its size.
    pub on_move: Callback<()>,
    /// Changes when cards have to be placed anew.
    pub moved: u32,
}

impl PanelProps {
    /// True if the cards stand level with their passages.
    pub fn is_beside(&self) -> bool {
        self.wide && !is_searching(&self.session)
    }
}

/// The notes found by the search.
#[derive(Clone, PartialEq)]
pub struct ShownNotes {
    /// Indices of those that have a place; `None` while there is no search and all are shown.
    pub placed: Option<Rc<[usize]>>,
    /// Indices of those that are unanchored.
    pub unanchored: Rc<[usize]>,
}

impl ShownNotes {
    /// Returns the notes found by a session's search.
    pub fn of(session: &Session) -> Self {
        let needle = is_searching(session).then(|| folded(&session.query));
        let fits = |note: &Annotation| {
            let needle = needle.as_deref();
            needle.is_none_or(|needle| is_found(session, note, needle))
        };
        let placements = &session.placements;
        let placed = placements.placed().iter().enumerate();
        let placed = placed.filter(|(_, placed)| fits(&placed.annotation));
        let unanchored = placements.unanchored().iter().enumerate();
        let unanchored = unanchored.filter(|(_, unanchored)| fits(&unanchored.annotation));
        Self {
            placed: needle
                .is_some()
                .then(|| placed.map(|(number, _)| number).collect()),
            unanchored: unanchored.map(|(number, _)| number).collect(),
        }
    }

    /// Number of notes found that have a place.
    pub fn placed(&self, session: &Session) -> usize {
        let all = session.placements.placed().len();
        self.placed.as_ref().map_or(all, |found| found.len())
    }
}

/// True if notes are being searched.
pub fn is_searching(session: &Session) -> bool {
    !session.query.trim().is_empty()
}

/// True if a note matches the folded needle, or is being written: an editor must not disappear
/// while somebody types in it.
fn is_found(session: &Session, annotation: &Annotation, needle: &str) -> bool {
    let writing = session.writing.as_ref();
    writing.is_some_and(|writing| writing.base.id == annotation.id)
        || annotation.mentions(needle, &folded)
}
