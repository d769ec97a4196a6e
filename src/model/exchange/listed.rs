//! The notes of an export in their order, each with its place and how certain that is.

use super::{Export, described};
use crate::model::anchoring::Anchor;
use crate::model::annotation::{Annotation, Attachment, Target};
use crate::model::article::Article;
use crate::model::headings::{Heading, heading_at};
use crate::model::placements::{AnchorStatus, Unanchored};
use crate::model::text::TextRange;

/// What stands for the words that are left out of a very long quote.
pub(super) const LEFT_OUT: &str = " […] ";

/// A note of an export.
pub(super) struct Listed<'a> {
    /// The note.
    pub(super) annotation: &'a Annotation,
    /// Its place in the article, if it has one.
    pub(super) range: Option<TextRange>,
    /// How certain its place is, in English.
    pub(super) state: &'static str,
}

/// Returns the notes in the order of their passages, and then those without a place.
pub(super) fn listed<'a>(export: &'a Export) -> impl Iterator<Item = Listed<'a>> {
    let placed = export.placements.placed().iter().map(|placed| Listed {
        annotation: &placed.annotation,
        range: Some(placed.range),
        state: state_of(placed.status),
    });
    let unanchored = export.placements.unanchored().iter();
    let unanchored = unanchored.map(|unanchored| Listed {
        annotation: &unanchored.annotation,
        range: None,
        state: state_without_place(unanchored),
    });
    let pending = export.placements.pending().iter();
    let pending = pending.map(|annotation| Listed {
        annotation,
        range: None,
        state: "not looked for",
    });
    placed.chain(unanchored).chain(pending)
}

fn state_of(status: AnchorStatus) -> &'static str {
    match status {
        AnchorStatus::Exact => "in place",
        AnchorStatus::Moved => "moved",
        AnchorStatus::Changed => "changed",
        AnchorStatus::Replaced => "replaced",
    }
}

fn state_without_place(unanchored: &Unanchored) -> &'static str {
    let is_detached = matches!(unanchored.annotation.attached, Some(Attachment::Nowhere(_)));
    match &unanchored.anchor {
        Anchor::Whole => "whole article",
        _ if is_detached => "detached",
        _ if unanchored.beside => "outside the article",
        Anchor::Ambiguous(_) => "ambiguous",
        _ => "lost",
    }
}

impl Listed<'_> {
    /// The words of each of the note's passages, the original one first; of a very long one that is
    /// not in the article just both ends.
    pub(super) fn passages(&self, article: &Article) -> Vec<String> {
        let annotation = self.annotation;
        let original = words_of(&annotation.target, self.range, article);
        let more = annotation.more.iter();
        let more = more.filter_map(|target| words_of(target, None, article));
        original.into_iter().chain(more).collect()
    }

    /// The words of the heading above the passage; empty if there is none.
    pub(super) fn heading<'a>(&self, article: &'a Article, headings: &[Heading]) -> &'a str {
        let heading = self.heading_index(headings).map(|index| &headings[index]);
        let words = heading.and_then(|heading| heading.text.slice(article.text()));
        words.unwrap_or_default()
    }

    /// The index of the heading above the passage.
    pub(super) fn heading_index(&self, headings: &[Heading]) -> Option<usize> {
        heading_at(headings, self.range?.start())
    }
}

fn words_of(target: &Target, range: Option<TextRange>, article: &Article) -> Option<String> {
    let quote = target.quote.as_ref()?;
    let Some(rest) = &quote.rest else {
        return Some(quote.exact.clone());
    };
    let there = range.and_then(|range| range.slice(article.text()));
    Some(match there.filter(|words| quote.is_of(words)) {
        Some(words) => words.to_owned(),
        None => [&*quote.exact, LEFT_OUT, &rest.tail].concat(),
    })
}

/// The web address of an article: where it came from, or the one that it states; else empty.
pub(super) fn address_of(article: &Article) -> &str {
    described::address(article).unwrap_or_default()
}
