//! Shortens sources: a note's record does not repeat the IRI of its article, which is in the
//! article's own record.

use crate::model::annotation::{Annotation, Attachment, Target};

/// Replaces the IRI of the note's article in a record.
const OWN: &str = "=";

fn targets(note: &mut Annotation) -> impl Iterator<Item = &mut Target> {
    let attached = match &mut note.attached {
        Some(Attachment::At(target)) => Some(target),
        _ => None,
    };
    std::iter::once(&mut note.target).chain(attached)
}

/// Returns the body of a note's record; `iri` is that of its article, if known.
pub fn body_of(note: &Annotation, iri: Option<&str>) -> String {
    let mut note = note.clone();
    for target in targets(&mut note) {
        if Some(&*target.source) == iri {
            target.source = OWN.to_owned();
        }
    }
    note.to_record()
}

/// Restores the IRI of a note's article; if it is unknown, the note names no source.
pub fn with_source(mut note: Annotation, iri: Option<&str>) -> Annotation {
    for target in targets(&mut note) {
        if target.source == OWN {
            target.source = iri.unwrap_or_default().to_owned();
        }
    }
    note
}
