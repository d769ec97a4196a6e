//! Which notes have a card: all of them, or those found by the search.

use std::rc::Rc;

use yew::prelude::*;

use crate::model::query::Field;
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
    /// Indices of those that have a place, in the order in which they are listed; `None` while there
    /// is no search and all are shown.
    pub placed: Option<Rc<[usize]>>,
    /// Indices of those that are unanchored.
    pub unanchored: Rc<[usize]>,
    /// The field of the search whose value has no meaning, so that nothing is found.
    pub misread: Option<Field>,
}

impl ShownNotes {
    /// Returns all notes of a session.
    pub fn all(session: &Session) -> Self {
        Self {
            placed: None,
            unanchored: (0..session.placements.unanchored().len()).collect(),
            misread: None,
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
