//! Replies: annotations on a passage, and by its IRI on the annotation that they answer (§3.3.5,
//! <https://www.w3.org/TR/annotation-model/#motivation-and-purpose>).
//!
//! Postil writes both targets, the passage first; others may write them in another order, or only
//! the annotation, of which a reply has the passage then.

use std::collections::BTreeMap;

use serde_json::Value;

use super::extra::ExtraFields;
use super::iri::id_of;
use super::{SPECIFIC, part};
use crate::model::annotation::{Annotation, AnnotationId, Target};

/// The motivation of a reply.
pub(in crate::model::exchange) const REPLYING: &str = "replying";
/// What may stand before the name of a motivation (§3.3.5).
const PREFIXES: [&str; 2] = ["oa:", "http://www.w3.org/ns/oa#"];

/// True if the motivation, or one of several, is to reply.
pub(in crate::model::exchange) fn is_reply(motivation: &Value) -> bool {
    match motivation {
        Value::Array(several) => several.iter().any(is_reply),
        Value::String(name) => {
            let bare = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
            bare.unwrap_or(name) == REPLYING
        }
        _ => false,
    }
}

/// Returns the IRI of a target that is a resource itself and no part of one.
pub(in crate::model::exchange) fn resource(target: &Value) -> Option<&str> {
    match target {
        Value::String(iri) => Some(iri),
        Value::Object(fields) => {
            let is_specific = |name: &&str| fields.contains_key(*name);
            let is_part = is_specific(&"source") || SPECIFIC.iter().any(is_specific);
            fields.get("id").filter(|_| !is_part)?.as_str()
        }
        _ => None,
    }
}

/// Puts the passage of a reply before the IRIs of what it answers, which stay in their order.
pub(super) fn passage_first(targets: Value) -> Value {
    let Value::Array(mut targets) = targets else {
        return targets;
    };
    let passage = targets.iter().position(|target| resource(target).is_none());
    if let Some(at) = passage {
        let source = &targets[at]["source"];
        let is_same = |iri: &str| *source == iri || source["id"] == iri;
        // The page as a whole and a passage of it are no answer to a note.
        if targets[at].is_object() && !targets[..at].iter().filter_map(resource).any(is_same) {
            targets[..=at].rotate_right(1);
        }
    }
    Value::Array(targets)
}

/// Puts each reply that says nothing but which annotation of the same file it answers on the passage
/// of that one. Replies that only answer each other, or none of the file, stay as they are.
pub(super) fn settle(notes: &mut [Annotation]) {
    let alone: Vec<bool> = notes
        .iter()
        .map(|note| fields_alone(note).is_some())
        .collect();
    if !alone.contains(&true) {
        return;
    }
    let mut by_id: BTreeMap<&AnnotationId, usize> = BTreeMap::new();
    for (index, note) in notes.iter().enumerate() {
        by_id.entry(&note.id).or_insert(index);
    }
    // Of each note the one whose passage it has: itself, if it is no such reply.
    let own = |(index, alone): (usize, &bool)| (!alone).then_some(index);
    let mut roots: Vec<Option<usize>> = alone.iter().enumerate().map(own).collect();
    let mut seen: Vec<bool> = alone.iter().map(|alone| !alone).collect();
    for start in 0..notes.len() {
        let (mut path, mut at) = (Vec::new(), Some(start));
        while let Some(index) = at.filter(|index| !seen[*index]) {
            seen[index] = true;
            path.push(index);
            at = by_id.get(&id_of(&notes[index].target.source)).copied();
        }
        let root = at.and_then(|index| roots[index]);
        for index in path {
            roots[index] = root;
        }
    }
    for (index, root) in roots.into_iter().enumerate() {
        if let Some(root) = root.filter(|_| alone[index])
            && let Some(fields) = fields_alone(&notes[index])
        {
            let place = notes[root].clone();
            put(&mut notes[index], fields, place);
        }
    }
}

/// Returns the extra fields of a reply that has no target but what it answers.
fn fields_alone(note: &Annotation) -> Option<ExtraFields> {
    note.extra.json().filter(|json| json.contains(REPLYING))?;
    let fields = ExtraFields::of(&note.extra);
    let bare = Target {
        source: note.target.source.clone(),
        ..Target::default()
    };
    let is_alone = fields.annotation.get("motivation").is_some_and(is_reply)
        && !fields.annotation.contains_key("target")
        && fields.target.is_empty()
        && fields.selectors.is_empty()
        && note.attached.is_none()
        && note.target == bare;
    is_alone.then_some(fields)
}

/// Puts a reply on a passage; what it answers becomes a further target.
fn put(reply: &mut Annotation, mut fields: ExtraFields, place: Annotation) {
    let iri = std::mem::take(&mut reply.target.source);
    let answered = match fields.parts.remove(part::SOURCE) {
        Some(mut resource) => {
            resource.insert("id".to_owned(), iri.into());
            Value::Object(resource)
        }
        None => Value::String(iri),
    };
    let targets = Value::Array(vec![answered]);
    fields.annotation.insert("target".to_owned(), targets);
    reply.extra = fields.into_extra();
    reply.article = place.article;
    reply.target = place.target;
    reply.attached = place.attached;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_motivation_may_be_one_of_several_and_have_a_prefix() {
        for named in [
            "replying",
            "oa:replying",
            "http://www.w3.org/ns/oa#replying",
        ] {
            assert!(is_reply(&json!(named)), "{named}");
            assert!(is_reply(&json!(["tagging", named])), "{named}");
        }
        for other in [
            json!("commenting"),
            json!(null),
            json!([]),
            json!("xreplying"),
        ] {
            assert!(!is_reply(&other), "{other}");
        }
    }

    #[test]
    fn what_is_answered_follows_the_passage() {
        let on = |source: &str| json!({ "source": source, "selector": [] });
        let note = json!({ "id": "urn:x:1", "type": "Annotation" });
        for (came, goes) in [
            (
                json!(["urn:x:1", "urn:x:2", on("p")]),
                json!([on("p"), "urn:x:1", "urn:x:2"]),
            ),
            (
                json!([note, on("p"), "urn:x:2"]),
                json!([on("p"), note, "urn:x:2"]),
            ),
            (json!([on("p"), "urn:x:1"]), json!([on("p"), "urn:x:1"])),
            (json!(["p", on("p")]), json!(["p", on("p")])),
            (
                json!(["urn:x:1", 5, on("p")]),
                json!(["urn:x:1", 5, on("p")]),
            ),
            (json!(["urn:x:1"]), json!(["urn:x:1"])),
            (json!("urn:x:1"), json!("urn:x:1")),
        ] {
            assert_eq!(passage_first(came), goes);
        }
    }
}
