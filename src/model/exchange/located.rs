//! The notes of an export in the order in which files list them.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::rc::Rc;

use super::Export;
use crate::model::anchoring::{Locator, describe_for_file};
use crate::model::annotation::{Annotation, Target};
use crate::model::article::Article;
use crate::model::placements::{AnchorStatus, Placed};
use crate::model::text::TextRange;

/// A note of an export.
#[derive(Clone, Copy)]
pub struct Located<'a> {
    /// The note.
    pub annotation: &'a Rc<Annotation>,
    /// Its passage in the article, if that is certain.
    pub range: Option<TextRange>,
}

impl<'a> Located<'a> {
    /// Describes the passage as the article has it, if it is there. A note that was made on this very
    /// text has that with it; for others it is looked up.
    pub fn described(&self, article: &Article) -> Option<Cow<'a, Target>> {
        let range = self.range?;
        let stored = &self.annotation.target;
        let is_whole = stored.quote.is_some() && stored.position.is_some();
        let is_of_it = stored.digest.as_ref() == Some(article.digest());
        Some(
            match is_whole && is_of_it && self.annotation.attached.is_none() {
                true => Cow::Borrowed(stored),
                false => Cow::Owned(describe_for_file(article, range)),
            },
        )
    }
}

impl<'a> Export<'a> {
    /// Returns the notes in the order of their passages, then those without a place. Those that were
    /// not looked for yet are looked for now.
    pub(super) fn located(&self) -> Vec<Located<'a>> {
        let placements = self.placements;
        let certain =
            |placed: &Placed| matches!(placed.status, AnchorStatus::Exact | AnchorStatus::Moved);
        let placed = placements.placed().iter().map(|placed| Located {
            annotation: &placed.annotation,
            range: Some(placed.range).filter(|_| certain(placed)),
        });
        let unanchored = placements.unanchored().iter().map(|unanchored| Located {
            annotation: &unanchored.annotation,
            range: None,
        });
        let locator = LazyCell::new(|| Locator::new(self.article.text()));
        let pending = placements.pending().iter().map(|annotation| {
            let target = Some(&annotation.target).filter(|target| target.position.is_none());
            Located {
                annotation,
                range: target.and_then(|target| locator.locate(target).range()),
            }
        });
        placed.chain(unanchored).chain(pending).collect()
    }
}
