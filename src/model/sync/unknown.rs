//! Unknown fields: what a newer build of the same format has added to a record is kept when an
//! older one edits it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// An object as its fields in their order, each as its JSON.
struct Fields(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Names of fields that records have, at any depth: see [`crate::model::annotation`] and the
/// article's record.
const KNOWN: [&str; 27] = [
    "t",
    "a",
    "n",
    "g",
    "c",
    "+",
    "~",
    "f",
    "s",
    "q",
    "p",
    "d",
    "v",
    "o",
    "e",
    "r",
    "l",
    "iri",
    "title",
    "digest",
    "versions",
    "file",
    "work",
    "language",
    "site",
    "published",
    "removed",
];

/// The body `new`, with the fields of `old` that this build knows nothing of.
pub fn carry_over(old: &str, new: &str) -> String {
    let read = |json: &str| serde_json::from_str::<Fields>(json).ok();
    let (Some(old), Some(mut carried)) = (read(old), read(new)) else {
        return new.to_owned();
    };
    let before = carried.0.len();
    let mut changed = false;
    for (name, value) in old.0 {
        let present = carried.0.iter_mut().find(|(other, _)| *other == name);
        match present {
            None if !KNOWN.contains(&name.as_str()) => carried.0.push((name, value)),
            // An object within: the target, and its quote.
            Some((_, present)) if value.get().starts_with('{') => {
                let within = carry_over(value.get(), present.get());
                if within != present.get()
                    && let Ok(within) = RawValue::from_string(within)
                {
                    *present = within;
                    changed = true;
                }
            }
            _ => {}
        }
    }
    match changed || carried.0.len() > before {
        true => serde_json::to_string(&carried).unwrap_or_else(|_| new.to_owned()),
        false => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::carry_over;

    #[test]
    fn what_is_not_known_is_kept_and_what_is_known_is_the_new() {
        let old = r#"{"t":{"s":"x","q":{"e":"old","zz":[1]},"new":2},"n":"gone","z":{"a":1}}"#;
        let new = r#"{"t":{"s":"y","q":{"e":"new"}}}"#;
        assert_eq!(
            carry_over(old, new),
            r#"{"t":{"s":"y","q":{"e":"new","zz":[1]},"new":2},"z":{"a":1}}"#
        );
        assert_eq!(carry_over(new, new), new);
        assert_eq!(carry_over("[]", new), new);
    }
}
