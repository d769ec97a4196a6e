//! The field in which other formats carry what they cannot hold: the note as the W3C's model has it.
//!
//! Every format that has it says the note in its own terms as well, for its own programs. They keep
//! or drop this field, and know nothing of it.

use serde_json::{Map, Value};

use super::w3c;
use crate::model::annotation::Annotation;
use crate::model::colour_names::ColourNames;

/// The name of the field.
pub const FIELD: &str = "postil";

/// Writes a note as the field's value.
pub fn written(annotation: &Annotation, colour_names: &ColourNames) -> Value {
    w3c::item(annotation, None, colour_names)
}

/// Takes the field out of an entry.
pub fn take(fields: &mut Map<String, Value>) -> Option<Value> {
    fields.remove(FIELD)
}

/// Returns a note as the field has it. `said` is what the format itself says: its id, and its words
/// and tags if somebody has changed them since.
pub fn restored(
    said: Annotation,
    own: Option<Value>,
    colour_names: &mut ColourNames,
) -> Annotation {
    let mut names = ColourNames::default();
    let whole = own.and_then(|own| w3c::annotation(own, &mut names).ok());
    let Some(whole) = whole else {
        return said;
    };
    colour_names.adopt(&names);
    if said.note == whole.note && said.tags == whole.tags {
        return Annotation {
            id: said.id,
            ..whole
        };
    }
    Annotation {
        id: said.id,
        note: said.note,
        tags: said.tags,
        modified: said.modified,
        ..whole
    }
}
