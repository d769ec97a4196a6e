//! The parts of an annotation that are not understood, which are kept with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::model::annotation::Extra;

/// The field of the author.
pub const CREATOR: &str = "creator";

/// Everything in an annotation that Postil does not use.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct ExtraFields {
    /// Extra fields of the annotation.
    #[serde(rename = "a", default, skip_serializing_if = "Map::is_empty")]
    pub(super) annotation: Map<String, Value>,
    /// Extra fields of the target.
    #[serde(rename = "t", default, skip_serializing_if = "Map::is_empty")]
    pub(super) target: Map<String, Value>,
    /// Selectors of other kinds.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) selectors: Vec<Value>,
    /// Bodies of other kinds.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) bodies: Vec<Value>,
    /// Extra fields of known parts, by the part's name.
    #[serde(rename = "p", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) parts: BTreeMap<String, Map<String, Value>>,
}

/// Keeps fields of an annotation that came in another form, to be written in this one.
pub(in crate::model::exchange) fn with_fields(fields: &Value) -> Extra {
    let annotation = fields.as_object().cloned().unwrap_or_default();
    let extra = ExtraFields {
        annotation,
        ..ExtraFields::default()
    };
    extra.into_extra()
}

/// An author (<https://www.w3.org/TR/annotation-model/#agents>).
pub fn person(name: &str) -> Value {
    json!({ "type": "Person", "name": name })
}

/// The same with an author, instead of whoever it names.
pub fn by_author(extra: &Extra, author: &str) -> Extra {
    let mut fields = ExtraFields::of(extra);
    fields.annotation.insert(CREATOR.to_owned(), person(author));
    fields.into_extra()
}

/// The same without an author.
pub fn by_nobody(extra: &Extra) -> Extra {
    let mut fields = ExtraFields::of(extra);
    fields.annotation.remove(CREATOR);
    fields.into_extra()
}

impl ExtraFields {
    pub(super) fn of(extra: &Extra) -> Self {
        let read = extra
            .json()
            .and_then(|json| serde_json::from_str(json).ok());
        read.unwrap_or_default()
    }

    pub(super) fn into_extra(self) -> Extra {
        if self == Self::default() {
            return Extra::default();
        }
        serde_json::to_string(&self).map_or_else(|_| Extra::default(), |json| Extra::of_json(&json))
    }
}
