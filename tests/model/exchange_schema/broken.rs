//! For each clause of the schema, documents that break it and nothing else.

use serde_json::{Value, json};

use super::{MUSTS, Musts, whole_schema};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const NOON: &str = "2024-05-06T12:00:00Z";

/// An object with other fields; those that are null are left out.
fn with(mut object: Value, fields: Value) -> Value {
    if let (Some(object), Value::Object(fields)) = (object.as_object_mut(), fields) {
        object.extend(fields);
        object.retain(|_, value| !value.is_null());
    }
    object
}

/// An annotation as a document of its own, with these fields.
fn note(fields: Value) -> Value {
    let least = json!({ "@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "target": "urn:x:page" });
    with(least, fields)
}

/// An annotation with this body.
fn body(body: Value) -> Value {
    note(json!({ "body": body }))
}

/// An annotation on what this selector selects.
fn selector(selector: Value) -> Value {
    note(json!({ "target": { "source": "urn:x:page", "selector": selector } }))
}

/// A text quote, a text position and a range with these fields.
fn quote(fields: Value) -> Value {
    selector(with(
        json!({ "type": "TextQuoteSelector", "exact": "tide" }),
        fields,
    ))
}

fn position(class: &str, fields: Value) -> Value {
    selector(with(json!({ "type": class, "start": 2, "end": 5 }), fields))
}

fn range(fields: Value) -> Value {
    let end = json!({ "type": "CssSelector", "value": "p" });
    selector(with(
        json!({ "type": "RangeSelector", "startSelector": end, "endSelector": end }),
        fields,
    ))
}

/// An annotation on this state of a page.
fn state(state: Value) -> Value {
    note(json!({ "target": { "source": "urn:x:page", "state": state } }))
}

/// An annotation on the page at these times.
fn time(fields: Value) -> Value {
    state(with(json!({ "type": "TimeState" }), fields))
}

/// An annotation for this audience.
fn audience(fields: Value) -> Value {
    note(json!({ "audience": with(json!({ "id": "urn:x:readers" }), fields) }))
}

/// A page as a part of a collection, with these fields.
fn page(fields: Value) -> Value {
    let item = json!({ "id": "urn:x:1", "type": "Annotation", "target": "urn:x:page" });
    let least = json!({ "id": "urn:x:first", "type": "AnnotationPage", "items": [item] });
    collection(json!({ "first": with(least, fields) }))
}

/// A collection with these fields.
fn collection(fields: Value) -> Value {
    let least = json!({ "@context": CONTEXT, "id": "urn:x:all", "type": "AnnotationCollection", "total": 1,
        "first": "urn:x:first" });
    with(least, fields)
}

/// A clause, as the schema names it, and a document that breaks it.
type Breach = (&'static str, Value);

#[rustfmt::skip]
fn of_annotations() -> Vec<Breach> {
    vec![
        ("§3.1, §5.1, §5.2: one or more contexts, and the model's is one of them", note(json!({ "@context": null }))),
        ("§3.1, §5.1, §5.2: one or more contexts, and the model's is one of them", collection(json!({ "@context": "urn:x:c" }))),
        ("§3.1: a single context is a string", note(json!({ "@context": [CONTEXT] }))),
        ("§3.1: an annotation has exactly one IRI", note(json!({ "id": null }))),
        ("§3.1: an annotation has exactly one IRI", note(json!({ "id": "two words" }))),
        ("§3.1: an annotation has exactly one IRI", note(json!({ "id": ["urn:x:1", "urn:x:2"] }))),
        ("§3.1: one of an annotation's types is Annotation", note(json!({ "type": "Note" }))),
        ("§3.1: one or more targets", note(json!({ "target": null }))),
        ("§3.1: one or more targets", note(json!({ "target": [] }))),
        ("§3.2.5: no body beside a bodyValue", note(json!({ "body": "urn:x:post", "bodyValue": "Words" }))),
        ("§3.2.5: a bodyValue is one string without type or language", note(json!({ "bodyValue": { "en": "Words" } }))),
        ("§3.3.1: at most one date of generation, in UTC as Z", note(json!({ "generated": "2024-05-06" }))),
        ("§3.3.1: at most one date of creation, in UTC as Z", note(json!({ "created": [NOON, NOON] }))),
        ("§3.3.1: at most one date of creation, in UTC as Z", note(json!({ "created": "2024-05-06T12:00:00+00:00" }))),
        ("§3.3.1: at most one date of creation, in UTC as Z", body(json!({ "id": "urn:x:post", "created": "today" }))),
        ("§3.3.1: at most one date of modification, in UTC as Z", note(json!({ "modified": "2024-05-06T12:00Z" }))),
        ("§3.3.2: an agent has at most one IRI", note(json!({ "creator": { "id": ["urn:x:ida", "urn:x:moss"] } }))),
        ("§3.3.3: the properties of an audience have the prefix schema:", audience(json!({ "educationalRole": "teacher" }))),
        ("§3.3.3: the classes of an audience have the prefix schema:", audience(json!({ "type": "EducationalAudience" }))),
        ("§3.3.6: rights are IRIs", note(json!({ "rights": "all of them" }))),
        ("§3.3.7: at most one canonical IRI", note(json!({ "canonical": ["urn:x:1", "urn:x:2"] }))),
        ("§4.4: at most one stylesheet", note(json!({ "stylesheet": ["urn:x:style", "urn:x:other"] }))),
        ("§4.4: the class of a stylesheet, if it has one, is CssStylesheet", note(json!({ "stylesheet": { "type": "Text", "value": ".a {}" } }))),
    ]
}

#[rustfmt::skip]
fn of_resources() -> Vec<Breach> {
    vec![
        ("§1.4: a body or a target is an IRI or an object", body(json!(5))),
        ("§1.4: a body or a target is an IRI or an object", note(json!({ "target": ["urn:x:page", "some page"] }))),
        ("§3.2.1: the direction of text is ltr, rtl or auto", body(json!({ "id": "urn:x:post", "textDirection": "down" }))),
        ("§3.2.1, §3.2.3: an external web resource has exactly one IRI", body(json!({ "type": "Video", "format": "video/ogg" }))),
        ("§3.2.1, §3.2.3: an external web resource has exactly one IRI", note(json!({ "target": { "id": ["urn:x:1", "urn:x:2"] } }))),
        ("§3.2.4: a textual body has exactly one value", body(json!({ "type": "TextualBody", "format": "text/plain" }))),
        ("§3.2.4: a textual body has exactly one value", body(json!([{ "value": ["one", "two"] }]))),
        ("§3.2.7: a choice has the type Choice and no other", body(json!({ "type": ["Choice", "List"], "items": ["urn:x:1"] }))),
        ("§4: a specific resource has exactly one source", note(json!({ "target": { "type": "SpecificResource" } }))),
        ("§4: a specific resource has exactly one source", note(json!({ "target": { "source": ["urn:x:1", "urn:x:2"] } }))),
    ]
}

#[rustfmt::skip]
fn of_selectors() -> Vec<Breach> {
    vec![
        ("§4.2: a selector is an IRI or an object that says which", selector(json!({ "exact": "tide" }))),
        ("§4.2.1 to §4.2.8: a selector of a class of the model has no other class", selector(json!({ "type": ["CssSelector", "XPathSelector"], "value": "p" }))),
        ("§4.2.1: a FragmentSelector has exactly one value", selector(json!({ "type": "FragmentSelector" }))),
        ("§4.2.1: a FragmentSelector conforms to at most one specification", selector(json!({ "type": "FragmentSelector", "value": "t=1", "conformsTo": ["urn:x:1", "urn:x:2"] }))),
        ("§4.2.2: a CssSelector has exactly one value", selector(json!({ "type": "CssSelector", "value": ["p", "q"] }))),
        ("§4.2.3: an XPathSelector has exactly one value", selector(json!({ "type": "XPathSelector" }))),
        ("§4.2.4: a TextQuoteSelector has exactly one exact", quote(json!({ "exact": null }))),
        ("§4.2.4: a TextQuoteSelector has exactly one exact", quote(json!({ "exact": ["ebb", "tide"] }))),
        ("§4.2.4: a TextQuoteSelector has at most one prefix", quote(json!({ "prefix": ["a ", "the "] }))),
        ("§4.2.4: a TextQuoteSelector has at most one suffix", quote(json!({ "suffix": [] }))),
        ("§4.2.5: a TextPositionSelector has exactly one start, an integer from 0", position("TextPositionSelector", json!({ "start": -1 }))),
        ("§4.2.5: a TextPositionSelector has exactly one end, an integer from 0", position("TextPositionSelector", json!({ "end": 5.5 }))),
        ("§4.2.5: a TextPositionSelector has exactly one end, an integer from 0", position("TextPositionSelector", json!({ "end": null }))),
        ("§4.2.6: a DataPositionSelector has exactly one start", position("DataPositionSelector", json!({ "start": null }))),
        ("§4.2.6: a DataPositionSelector has exactly one end", position("DataPositionSelector", json!({ "end": [5, 6] }))),
        ("§4.2.7: an SvgSelector's value, if there is one, is one SVG document", selector(json!({ "type": "SvgSelector", "value": "a circle" }))),
        ("§4.2.8: a RangeSelector has exactly one startSelector", range(json!({ "startSelector": null }))),
        ("§4.2.8: a RangeSelector has exactly one endSelector", range(json!({ "endSelector": ["urn:x:1", "urn:x:2"] }))),
        // §4.2.9, §4.3.3: what refines is held to the same.
        ("§4.2.2: a CssSelector has exactly one value", selector(json!({ "id": "urn:x:s", "refinedBy": [{ "type": "CssSelector" }] }))),
        ("§4.2.3: an XPathSelector has exactly one value", time(json!({ "refinedBy": { "type": "XPathSelector" } }))),
    ]
}

#[rustfmt::skip]
fn of_states() -> Vec<Breach> {
    vec![
        ("§4.3: a state is an IRI or an object that says which", state(json!({ "sourceDate": NOON }))),
        ("§4.3.1, §4.3.2: a state of a class of the model has no other class", state(json!({ "type": ["TimeState", "ex:Mine"] }))),
        ("§4.3.1: the dates of a TimeState are in UTC as Z", time(json!({ "sourceDate": [NOON, "2024-05-06T12:00:00+01:00"] }))),
        ("§4.3.1: a TimeState begins at most once, in UTC as Z", time(json!({ "sourceDateStart": [NOON, NOON], "sourceDateEnd": NOON }))),
        ("§4.3.1: a TimeState ends at most once, in UTC as Z", time(json!({ "sourceDateStart": NOON, "sourceDateEnd": "later" }))),
        ("§4.3.1: a TimeState with a date has neither begin nor end", time(json!({ "sourceDate": NOON, "sourceDateStart": NOON, "sourceDateEnd": NOON }))),
        ("§4.3.1: a TimeState that begins also ends", time(json!({ "sourceDateStart": NOON }))),
        ("§4.3.1: a TimeState that ends also begins", time(json!({ "sourceDateEnd": NOON }))),
        ("§4.3.2: an HttpRequestState has exactly one value", state(json!({ "type": "HttpRequestState" }))),
        ("§4.3.2: an HttpRequestState has exactly one value", time(json!({ "refinedBy": { "type": "HttpRequestState", "value": [] } }))),
    ]
}

#[rustfmt::skip]
fn of_collections() -> Vec<Breach> {
    vec![
        ("§5.1: a collection has exactly one IRI", collection(json!({ "id": null }))),
        ("§5.1: the labels of a collection are strings", collection(json!({ "label": ["Notes", 5] }))),
        ("§5.1: the total of a collection is an integer from 0", collection(json!({ "total": -1 }))),
        ("§5.1: a collection that is not empty has a first page", collection(json!({ "first": null }))),
        ("§5.1: the first page is one IRI or one embedded page", collection(json!({ "first": ["urn:x:first", "urn:x:second"] }))),
        ("§5.2: a page has exactly one IRI", page(json!({ "id": null }))),
        ("§5.2: one of a page's types is AnnotationPage", page(json!({ "type": null }))),
        ("§5.2: a page has a list of one or more annotations", page(json!({ "items": [] }))),
        ("§5.2: a page has a list of one or more annotations", page(json!({ "items": null }))),
        ("§5.2: a page has at most one startIndex, an integer from 0", page(json!({ "startIndex": [0] }))),
        ("§5.2: the next page is one IRI", page(json!({ "next": ["urn:x:2", "urn:x:3"] }))),
        // An annotation of a page is held to the same as one alone.
        ("§3.1: one or more targets", page(json!({ "items": [{ "id": "urn:x:1", "type": "Annotation" }] }))),
    ]
}

fn breaches() -> Vec<Breach> {
    let parts = [
        of_annotations(),
        of_resources(),
        of_selectors(),
        of_states(),
        of_collections(),
    ];
    parts.into_iter().flatten().collect()
}

/// Calls back for every clause in a schema.
fn each_clause(schema: &mut Value, visit: &mut impl FnMut(&str, &mut Value)) {
    let comment = schema.get("$comment").and_then(Value::as_str);
    let clause = comment.filter(|comment| comment.starts_with('§'));
    if let Some(clause) = clause.map(str::to_owned) {
        visit(&clause, schema);
    }
    match schema {
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|value| each_clause(value, visit)),
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| each_clause(value, visit)),
        _ => {}
    }
}

/// The schema without one of its clauses.
fn without(clause: &str) -> Musts {
    let mut schema = whole_schema();
    each_clause(&mut schema, &mut |named, place| {
        if named == clause {
            *place = json!(true);
        }
    });
    Musts::of(schema)
}

#[test]
fn what_breaks_a_clause_is_refused_by_that_clause_alone() {
    for (clause, document) in breaches() {
        assert!(MUSTS.breach(&document).is_some(), "{clause}: {document:#}");
        assert_eq!(
            without(clause).breach(&document),
            None,
            "{clause}: {document:#}"
        );
    }
}

#[test]
fn every_clause_has_a_document_that_breaks_it() {
    let breaches = breaches();
    let mut clauses = 0;
    each_clause(&mut whole_schema(), &mut |clause, _| {
        clauses += 1;
        let is_broken = breaches.iter().any(|(broken, _)| *broken == clause);
        assert!(is_broken, "nothing breaks {clause}");
    });
    assert!(clauses >= 58, "{clauses} clauses are left");
}

#[test]
fn a_list_of_annotations_is_neither_a_collection_nor_a_page() {
    let listed = collection(json!({ "type": "List" }));
    assert!(MUSTS.breach(&listed).is_some());
    assert!(MUSTS.breach(&json!([note(json!({}))])).is_some());
    let alone = json!({ "id": "urn:x:p", "type": "AnnotationPage", "items": [note(json!({}))] });
    assert!(
        MUSTS.breach(&alone).is_some(),
        "it is not embedded, and has no context"
    );
    assert_eq!(
        MUSTS.breach(&with(alone, json!({ "@context": CONTEXT }))),
        None
    );
}

#[test]
fn what_keeps_all_clauses_is_accepted() {
    let pages = [
        note(json!({})),
        collection(json!({ "total": 0, "first": null })),
        page(json!({ "startIndex": 0, "partOf": "urn:x:all" })),
        quote(json!({ "prefix": "the ", "suffix": "" })),
        position("TextPositionSelector", json!({ "start": 0, "end": 0 })),
        range(json!({})),
        time(json!({ "sourceDate": ["2024-05-06T12:00:00.123456Z", NOON], "cached": ["urn:x:1"] })),
        note(json!({ "@context": [CONTEXT, { "ex": "urn:x:" }], "ex:rating": 5 })),
    ];
    for document in pages {
        assert_eq!(MUSTS.breach(&document), None, "{document:#}");
    }
}
