//! Which notes have a card: all of them, or those that the search finds.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::system::folded;
use crate::model::annotation::Annotation;
use crate::model::session::Session;
use crate::ui::hooks::AppHandle;

/// What the landmark "Notes" and its cards are drawn from.
#[derive(Clone, Properties, PartialEq)]
pub struct PanelProps {
    pub app: AppHandle,
    pub session: Rc<Session>,
    /// There is room beside the article.
    pub wide: bool,
    pub shown: bool,
    pub on_toggle: Callback<()>,
    /// Called when a card has another size.
    pub on_move: Callback<()>,
    /// Another number when cards have to be placed anew.
    pub moved: u32,
}

impl PanelProps {
    /// Whether the cards stand level with their passages.
    pub fn is_beside(&self) -> bool {
        self.wide && !is_searching(&self.session)
    }
}

/// The notes that the search finds.
#[derive(Clone, PartialEq)]
pub struct ShownNotes {
    /// Those that have a place, by their number; `None` while nothing is searched for: all.
    pub placed: Option<Rc<[usize]>>,
    /// Those that are unanchored, by their number.
    pub unanchored: Rc<[usize]>,
}

impl ShownNotes {
    /// What a session's search finds.
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

    /// How many of them have a place.
    pub fn placed(&self, session: &Session) -> usize {
        let all = session.placements.placed().len();
        self.placed.as_ref().map_or(all, |found| found.len())
    }
}

/// Whether notes are searched.
pub fn is_searching(session: &Session) -> bool {
    !session.query.trim().is_empty()
}

/// Whether a note is shown while its words are searched for a folded needle. One that is being
/// written is: nobody's box goes while they type.
fn is_found(session: &Session, annotation: &Annotation, needle: &str) -> bool {
    let writing = session.writing.as_ref();
    writing.is_some_and(|writing| writing.base.id == annotation.id)
        || annotation.mentions(needle, &folded)
}
