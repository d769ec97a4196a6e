//! The IRIs of annotations, and the ids that they are known by.

use super::{OWN, UUID};
use crate::model::annotation::AnnotationId;

/// Returns the IRI of an annotation.
pub(in crate::model::exchange) fn iri_of(id: &AnnotationId) -> String {
    let name = id.as_str();
    let is_uuid = name.len() == 36
        && name.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    match (is_uuid, name.contains(':')) {
        (true, _) => format!("{UUID}{name}"),
        (false, true) => name.to_owned(),
        (false, false) => format!("{OWN}{name}"),
    }
}

/// Returns the id of the annotation with an IRI. One that is no id has an id made of it.
pub(in crate::model::exchange) fn id_of(iri: &str) -> AnnotationId {
    AnnotationId::parse(name_of(iri)).unwrap_or_else(|_| AnnotationId::of_content(iri))
}

/// Returns what is the id in an IRI, if it can be one.
pub(super) fn name_of(iri: &str) -> &str {
    [UUID, OWN]
        .iter()
        .find_map(|prefix| iri.strip_prefix(prefix))
        .unwrap_or(iri)
}
