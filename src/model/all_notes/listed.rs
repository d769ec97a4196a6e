//! What is found out of each note once, for as long as nobody changes it.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::model::annotation::Annotation;
use crate::model::query::FoldedNote;

/// A note with what takes long to find out of it, and is the same until it is changed.
#[derive(Debug, PartialEq)]
pub struct Listed {
    /// The note.
    pub note: Rc<Annotation>,
    /// The local day on which it was made, in days since 1970; `None` if it is not known.
    pub day: Option<i32>,
    /// Its words as a search compares them, once they have been folded.
    pub folded: OnceCell<FoldedNote>,
}

impl Listed {
    /// A note whose words are not folded yet.
    pub fn new(note: Rc<Annotation>, day: Option<i32>) -> Self {
        Self {
            note,
            day,
            folded: OnceCell::new(),
        }
    }
}
