//! Writes annotations as an `AnnotationCollection`, or as a bare list.

use std::iter::once;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::decode::passages_of;
use super::extra::ExtraFields;
use super::iri::iri_of;
use super::{
    AT_CONTEXT, CLASS, COLOURS, CONTEXT, DETACHED, DIGEST, FIRST_PAGE, FOUND, LABEL, LENGTH,
    PASSAGE, STYLE_CLASS, TAGS, UUID, choice, part, strict,
};
use crate::model::annotation::{Annotation, Attachment, Quote, Stamp, Target, Timestamp};
use crate::model::colour_names::ColourNames;
use crate::model::exchange::Export;
use crate::model::exchange::colours::nearest;
use crate::model::exchange::json::{Entries, written};
use crate::model::exchange::located::Located;
use crate::model::text::CodePointRange;

/// Writes the notes of an article, in the order of their passages and then those without a place, as
/// JSON with an embedded first page (§5, <https://www.w3.org/TR/annotation-model/#collections>).
pub fn encode(export: &Export) -> String {
    let located = export.located();
    let label = format!("Notes on {}", export.article.title());
    collection(
        &located,
        |note| located_item(export, note),
        &label,
        &export.stamp,
    )
}

/// Writes the notes of an article, in the same order, as a JSON array of annotations. Each stands by
/// itself and so has the `@context` (§3.1).
pub fn encode_list(export: &Export) -> String {
    let located = export.located();
    let item = |note: &Located| {
        let mut item = located_item(export, note);
        item[AT_CONTEXT] = match item[AT_CONTEXT].take() {
            Value::Null => CONTEXT.into(),
            Value::Array(others) => once(CONTEXT.into()).chain(others).collect(),
            other => json!([CONTEXT, other]),
        };
        item
    };
    written(&entries(&located, &item))
}

fn located_item(export: &Export, located: &Located) -> Value {
    // The place where the reader attached a note is not its original place.
    let is_original = located.annotation.attached.is_none();
    let found = is_original.then(|| located.described(export.article));
    item(
        located.annotation,
        found.flatten().as_deref(),
        export.colour_names,
    )
}

/// Writes notes on any articles as they are stored, since their texts are not at hand.
pub fn encode_stored(notes: &[Annotation], colour_names: &ColourNames, stamp: &Stamp) -> String {
    let item = |note: &Annotation| item(note, None, colour_names);
    collection(notes, item, "Notes", stamp)
}

/// A collection with its page. Fields are in the order of their names, as in everything within.
#[derive(Serialize)]
struct Collection<'a, L> {
    #[serde(rename = "@context")]
    context: &'a str,
    created: &'a Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Page<L>>,
    id: String,
    label: &'a str,
    total: usize,
    #[serde(rename = "type")]
    class: &'a str,
}

#[derive(Serialize)]
struct Page<L> {
    id: String,
    items: L,
    #[serde(rename = "startIndex")]
    start_index: usize,
    #[serde(rename = "type")]
    class: &'static str,
}

fn collection<N>(notes: &[N], item: impl Fn(&N) -> Value, label: &str, stamp: &Stamp) -> String {
    let items = entries(notes, &item);
    let id = format!("{UUID}{}", stamp.id);
    let page = Page {
        id: format!("{id}{FIRST_PAGE}"),
        items,
        start_index: 0,
        class: "AnnotationPage",
    };
    written(&Collection {
        context: CONTEXT,
        created: &stamp.at,
        // A page has one annotation or more (§5.2).
        first: Some(page).filter(|_| !notes.is_empty()),
        id,
        label,
        total: notes.len(),
        class: "AnnotationCollection",
    })
}

/// Annotations as the Recommendation demands, each made when it is written.
fn entries<'a, N>(notes: &'a [N], item: &'a impl Fn(&N) -> Value) -> impl Serialize {
    Entries(move || {
        notes.iter().map(move |note| {
            let mut item = item(note);
            strict::mend(&mut item);
            item
        })
    })
}

/// Writes one annotation, without the collection's `@context`; `found` is where its passage is in the
/// article at hand.
pub fn item(annotation: &Annotation, found: Option<&Target>, colour_names: &ColourNames) -> Value {
    // Names every field, so that none is left out of the file unnoticed. The article is that of the
    // target's source; `bodies` writes the note, the tags and the colour.
    let Annotation {
        id,
        article: _,
        target: stored,
        more,
        attached: place,
        note: _,
        tags: _,
        colour: _,
        created,
        modified,
        extra,
    } = annotation;
    let kept = ExtraFields::of(extra);
    let name_of_colour = colour_names.of(annotation.colour);
    let mut fields = Map::new();
    fields.insert("id".to_owned(), iri_of(id).into());
    fields.insert("type".to_owned(), "Annotation".into());
    fields.insert("motivation".to_owned(), motivation(annotation).into());
    if let Some(created) = created {
        fields.insert("created".to_owned(), json!(created));
    }
    if let Some(modified) = modified {
        fields.insert("modified".to_owned(), json!(modified));
    }
    fields.insert(
        "body".to_owned(),
        bodies(annotation, &kept, name_of_colour).into(),
    );
    let (same, other) = match found {
        Some(found) if is_same(stored, found) => (Some(found), None),
        found => (None, found),
    };
    let mut first = target(annotation, &kept, same);
    if name_of_colour.is_some() {
        first[STYLE_CLASS] = [CLASS, annotation.colour.name()].concat().into();
    }
    let mut targets = vec![first];
    // The note was made on another text: programs that show the article at hand find it here.
    targets.extend(other.map(derived));
    // The same passage in two texts of the article, which their states distinguish.
    if let Some(Attachment::At(place)) = place {
        targets.push(attached(place));
    }
    let mut further = kept.annotation.clone();
    let mut others = match further.remove("target") {
        Some(Value::Array(others)) => others,
        _ => Vec::new(),
    };
    // As another program wrote them, for as long as the note is on them.
    let written = passages_of(&others, &stored.source);
    let own = more.iter();
    let own = own.filter(|passage| !written.iter().any(|(_, other)| other == *passage));
    targets.extend(own.map(|passage| {
        let mut target = attached(passage);
        target[PASSAGE] = true.into();
        target
    }));
    for (index, passage) in written.iter().rev() {
        if !more.contains(passage) {
            others.remove(*index);
        }
    }
    targets.extend(others);
    let targets = match <[Value; 1]>::try_from(targets) {
        Ok([only]) => only,
        Err(several) => several.into(),
    };
    fields.insert("target".to_owned(), targets);
    // A foreign id, type or motivation is written back as it came.
    fields.extend(further);
    if let Some(Attachment::Nowhere(digest)) = place {
        fields.insert(DETACHED.to_owned(), digest.iri().into());
    }
    Value::Object(fields)
}

/// True if a passage that was found is the stored one, in its own text or in one that does not
/// contradict it: then it supplies what the stored one lacks.
fn is_same(stored: &Target, found: &Target) -> bool {
    match &stored.digest {
        Some(digest) => Some(digest) == found.digest.as_ref(),
        None => {
            let position = stored.position;
            position.is_none_or(|position| Some(position) == found.position)
        }
    }
}

/// Writes the place where a note was found in the text at hand.
fn derived(found: &Target) -> Value {
    let mut target = attached(found);
    target[FOUND] = true.into();
    target
}

/// Writes the place where the reader has attached a note in another text of the article.
pub(super) fn attached(place: &Target) -> Value {
    let mut fields = Map::new();
    fields.insert("type".to_owned(), "SpecificResource".into());
    if !place.source.is_empty() {
        fields.insert("source".to_owned(), place.source.as_str().into());
    }
    let quote = place.quote.as_ref().map(quote_selector);
    let position = place.position.map(position_selector);
    let selectors: Vec<Value> = quote.into_iter().chain(position).collect();
    fields.insert("selector".to_owned(), selectors.into());
    let mut state = Map::new();
    state.insert("type".to_owned(), "TimeState".into());
    if let Some(date) = &place.version {
        state.insert("sourceDate".to_owned(), json!(date));
    }
    if let Some(digest) = &place.digest {
        state.insert("cached".to_owned(), digest.iri().into());
    }
    fields.insert("state".to_owned(), state.into());
    Value::Object(fields)
}

/// Writes a quote. A very long one is the range from its head to the suffix, since a range ends
/// before its end selector (§4.2.8).
pub(super) fn quote_selector(quote: &Quote) -> Value {
    match &quote.rest {
        None => json!({
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": quote.prefix,
            "suffix": quote.suffix,
        }),
        Some(rest) => json!({
            "type": "RangeSelector",
            "startSelector": {
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix,
            },
            "endSelector": {
                "type": "TextQuoteSelector",
                "exact": quote.suffix,
                "prefix": rest.tail,
            },
            LENGTH: rest.length,
            DIGEST: rest.digest.iri(),
        }),
    }
}

fn position_selector(position: CodePointRange) -> Value {
    json!({
        "type": "TextPositionSelector",
        "start": position.start(),
        "end": position.end(),
    })
}

/// Returns the motivation that follows from an annotation's own parts (§3.3.5).
pub(super) fn motivation(annotation: &Annotation) -> &'static str {
    match (annotation.note.is_empty(), annotation.tags.is_empty()) {
        (false, _) => "commenting",
        (true, false) => "tagging",
        (true, true) => "highlighting",
    }
}

fn bodies(annotation: &Annotation, kept: &ExtraFields, name_of_colour: Option<&str>) -> Vec<Value> {
    let body = |part: &str, fields: Value| with_extra(kept, part, fields);
    let mut bodies = Vec::new();
    if !annotation.note.is_empty() {
        let comment = body(
            part::COMMENT,
            json!({
                "type": "TextualBody",
                "purpose": "commenting",
                "format": "text/markdown",
                "value": annotation.note,
            }),
        );
        bodies.push(choice::rejoined(kept, comment));
    }
    for tag in &annotation.tags {
        bodies.push(body(
            &part::tag(tag),
            json!({
                "type": "TextualBody",
                "purpose": "tagging",
                "value": tag,
            }),
        ));
    }
    let mut colour = body(
        part::COLOUR,
        json!({
            "type": "TextualBody",
            "purpose": "highlighting",
            "value": annotation.colour.name(),
        }),
    );
    if let Some(name) = name_of_colour {
        colour[LABEL] = name.into();
    }
    bodies.push(colour);
    bodies.extend(kept.bodies.iter().cloned());
    let refreshed = bodies.into_iter().map(|body| refreshed(body, annotation));
    refreshed
        .filter(|body| !is_old_colour(body, annotation))
        .collect()
}

/// Removes from a body the tags and the colour that another program wrote into it if the note no
/// longer has them.
fn refreshed(mut body: Value, annotation: &Annotation) -> Value {
    let Some(fields) = body.as_object_mut() else {
        return body;
    };
    let has = |tag: &Value| {
        let tag = tag.as_str().map(str::trim);
        tag.is_none_or(|tag| tag.is_empty() || annotation.tags.iter().any(|own| own == tag))
    };
    for name in TAGS {
        match fields.get_mut(name) {
            Some(Value::Array(tags)) => tags.retain(has),
            Some(tag) if !has(tag) => {
                fields.remove(name);
            }
            _ => {}
        }
    }
    for name in COLOURS {
        let colour = fields.get(name).and_then(Value::as_str).and_then(nearest);
        if colour.is_some_and(|colour| colour != annotation.colour) {
            fields.remove(name);
        }
    }
    body
}

/// True if a body gives a highlight a colour that it no longer has.
fn is_old_colour(body: &Value, annotation: &Annotation) -> bool {
    let field = |name: &str| body.get(name).and_then(Value::as_str);
    let colour = field("value").and_then(nearest);
    field("purpose") == Some("highlighting")
        && colour.is_some_and(|colour| colour != annotation.colour)
}

fn target(annotation: &Annotation, kept: &ExtraFields, found: Option<&Target>) -> Value {
    let mut fields = Map::new();
    fields.insert("type".to_owned(), "SpecificResource".into());
    let source = &annotation.target.source;
    let source = match kept.parts.get(part::SOURCE) {
        Some(_) => with_extra(kept, part::SOURCE, json!({ "id": source })),
        None => source.as_str().into(),
    };
    // A target with several sources has none of its own.
    if source != "" {
        fields.insert("source".to_owned(), source);
    }
    let selectors = selectors(annotation, kept, found);
    if !selectors.is_empty() {
        fields.insert("selector".to_owned(), selectors.into());
    }
    if let Some(state) = state(annotation, kept) {
        fields.insert("state".to_owned(), state);
    }
    fields.extend(kept.target.clone());
    Value::Object(fields)
}

/// Writes both a quote and a position if known, since some readers use one, some the other.
fn selectors(annotation: &Annotation, kept: &ExtraFields, found: Option<&Target>) -> Vec<Value> {
    let target = &annotation.target;
    let mut selectors = Vec::new();
    if let Some(quote) = target.quote.as_ref().or_else(|| found?.quote.as_ref()) {
        selectors.push(with_extra(kept, part::QUOTE, quote_selector(quote)));
    }
    if let Some(position) = target.position.or_else(|| found?.position) {
        let selector = position_selector(position);
        selectors.push(with_extra(kept, part::POSITION, selector));
    }
    selectors.extend(kept.selectors.iter().cloned());
    selectors
}

/// Writes the version of the article that was annotated (§4.3.1): its date and, as `cached`, the
/// RFC 6920 name of its text.
fn state(annotation: &Annotation, kept: &ExtraFields) -> Option<Value> {
    let target = &annotation.target;
    let further = kept.parts.contains_key(part::STATE);
    let date = target.version.as_ref().or_else(|| {
        let own = target.digest.is_some() && !further;
        annotation.created.as_ref().filter(|_| own)
    });
    if date.is_none() && target.digest.is_none() && !further {
        return None;
    }
    let mut fields = Map::new();
    fields.insert("type".to_owned(), "TimeState".into());
    if let Some(date) = date {
        fields.insert("sourceDate".to_owned(), json!(date));
    }
    if let Some(digest) = &target.digest {
        fields.insert("cached".to_owned(), digest.iri().into());
    }
    Some(with_extra(kept, part::STATE, Value::Object(fields)))
}

/// Adds to a known part the extra fields that it came with.
fn with_extra(kept: &ExtraFields, part: &str, mut fields: Value) -> Value {
    if let (Value::Object(fields), Some(further)) = (&mut fields, kept.parts.get(part)) {
        fields.extend(further.clone());
    }
    fields
}
