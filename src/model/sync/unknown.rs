//! Unknown fields: keeps what a newer build of the same format has added to a record when an older
//! build edits it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// The fields of an object in their order, each with its JSON.
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

/// The fields that records have at any depth: see [`crate::model::annotation`] and the article's
/// record.
const KNOWN: [&str; 28] = [
    "t",
    "m",
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

/// Returns the body `new` with those fields of `old` that this build does not know.
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
            // An inner object: the target or its quote.
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
    use super::{KNOWN, carry_over};
    use crate::model::annotation::{
        Annotation, AnnotationId, Attachment, Colour, Extra, Quote, Rest, Standing, Target,
        Timestamp,
    };
    use crate::model::article::ArticleId;
    use crate::model::digest::Digest;
    use crate::model::text::CodePointRange;

    /// A note with every field set; a new field does not compile until it is added here.
    fn full() -> Annotation {
        let moment = || Timestamp("2026-01-02T03:04:05.006Z".into());
        let target = Target {
            source: "https://example.org/".to_owned(),
            quote: Some(Quote {
                prefix: "a".to_owned(),
                exact: "b".to_owned(),
                suffix: "c".to_owned(),
                rest: Some(Rest {
                    tail: "b".to_owned(),
                    length: 1,
                    digest: Digest::of("b"),
                }),
            }),
            position: Some(CodePointRange::new(1, 2)),
            digest: Some(Digest::of("abc")),
            version: Some(moment()),
            standing: Some(Standing { count: 2, index: 1 }),
        };
        Annotation {
            id: AnnotationId::parse("urn:uuid:1").expect("an id"),
            article: ArticleId::of_iri("https://example.org/"),
            target: target.clone(),
            more: vec![target.clone()],
            attached: Some(Attachment::At(target)),
            note: "d".to_owned(),
            tags: vec!["e".to_owned()],
            colour: Colour::Grey,
            created: Some(moment()),
            modified: Some(moment()),
            extra: Extra::of_json("{}"),
        }
    }

    fn keys(value: &serde_json::Value, all: &mut Vec<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            all.push(key.clone());
            keys(value, all);
        }
    }

    #[test]
    fn every_field_of_a_note_is_known() {
        let mut stored = Vec::new();
        let record = serde_json::from_str(&full().to_record()).expect("it is JSON");
        keys(&record, &mut stored);
        assert!(stored.len() > 20, "{stored:?}");
        for key in stored {
            assert!(KNOWN.contains(&&*key), "{key}");
        }
    }

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
