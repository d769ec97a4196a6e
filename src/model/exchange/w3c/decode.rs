//! Reads annotations from JSON, liberally (§3 to §5 of the model, and what others make of it).

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::extra::ExtraFields;
use super::{
    AT_CONTEXT, CLASS, COLOURS, DETACHED, DIGEST, FIRST_PAGE, FOUND, LABEL, LENGTH, MOST_PASSAGES,
    PASSAGE, SPECIFIC, STYLE_CLASS, TAGS, UUID, choice, encode, iri, part, replies, strict,
};
use crate::model::annotation::{
    Annotation, AnnotationId, Attachment, Colour, Extra, Quote, Rest, Target, Timestamp,
};
use crate::model::article::ArticleId;
use crate::model::colour_names::ColourNames;
use crate::model::digest::Digest;
use crate::model::exchange::colours::nearest;
use crate::model::exchange::json::{parse, take_string};
use crate::model::exchange::{Arrivals, EntryFault, LARGEST_FILE, LONGEST_NOTE, MOST_NOTES};
use crate::model::text::CodePointRange;

/// Deepest nesting of selectors that is searched.
const DEEPEST_SELECTOR: usize = 8;

/// Why a file is not a file of annotations.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// It is larger than 50 MB.
    #[error("the file is larger than 50 MB")]
    TooLarge,
    /// It is not JSON.
    #[error("it is not JSON ({0})")]
    NotJson(String),
    /// It contains no annotation.
    #[error("it holds no annotations in the W3C form")]
    NoAnnotations,
    /// It contains more annotations than can be kept.
    #[error("it holds more than 200,000 notes")]
    TooMany,
}

/// Reads an `AnnotationCollection`, an `AnnotationPage`, an annotation or a list of them.
///
/// # Errors
/// If the file as a whole is none of these; [`Arrivals::not_understood`] reports single entries
/// that are not understood.
pub fn decode(file: &str) -> Result<Arrivals, DecodeError> {
    if file.len() > LARGEST_FILE {
        return Err(DecodeError::TooLarge);
    }
    let value = parse(file).map_err(DecodeError::NotJson)?;
    let own = is_own(&value);
    let mut entries = Vec::new();
    gather(value, &mut entries);
    if !entries.iter().any(Value::is_object) {
        return Err(DecodeError::NoAnnotations);
    }
    if entries.len() > MOST_NOTES {
        return Err(DecodeError::TooMany);
    }
    let mut arrivals = Arrivals {
        own,
        ..Arrivals::default()
    };
    for (index, entry) in entries.into_iter().enumerate() {
        let read = annotation(entry, &mut arrivals.colour_names);
        arrivals.take(index, read);
    }
    replies::settle(&mut arrivals.annotations);
    Ok(arrivals)
}

/// True if a collection names itself and its page as [`encode`](super::encode()) does.
fn is_own(file: &Value) -> bool {
    let id = file["id"].as_str().filter(|id| id.starts_with(UUID));
    id.is_some_and(|id| file["first"]["id"].as_str() == Some(&format!("{id}{FIRST_PAGE}")))
}

/// Collects the entries that are, or should be, annotations, in order.
fn gather(value: Value, entries: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, entries)),
        Value::Object(mut fields) => {
            let pages = ["first", "items", "@graph"];
            let is_annotation = is_of_type(&fields, "Annotation") || fields.contains_key("target");
            if is_annotation {
                return entries.push(Value::Object(fields));
            }
            // A page that is elsewhere, and named by its address, has nothing to read.
            let here = pages.iter().filter_map(|page| fields.remove(*page));
            if let Some(inner) = here.into_iter().find(|page| !page.is_string()) {
                gather(inner, entries);
            }
        }
        other => entries.push(other),
    }
}

pub(super) fn is_of_type(fields: &Map<String, Value>, name: &str) -> bool {
    let is_name = |value: &Value| {
        let bare = value
            .as_str()
            .map(|name| name.strip_prefix("oa:").unwrap_or(name));
        bare == Some(name)
    };
    match fields.get("type").or_else(|| fields.get("@type")) {
        Some(Value::Array(types)) => types.iter().any(is_name),
        Some(value) => is_name(value),
        None => false,
    }
}

/// Returns what a context has beside the model's own: it gives names in the annotation their meaning.
fn foreign_context(context: Value) -> Option<Value> {
    let is_foreign = |context: &Value| {
        let name = context.as_str();
        !name.is_some_and(|name| name.contains("www.w3.org/ns/anno"))
    };
    match context {
        Value::Array(mut contexts) => {
            contexts.retain(is_foreign);
            match contexts.len() {
                0 | 1 => contexts.pop(),
                _ => Some(contexts.into()),
            }
        }
        context => Some(context).filter(is_foreign),
    }
}

/// Reads an entry as an annotation, and takes the name of its colour.
///
/// # Errors
/// If it is none.
pub fn annotation(entry: Value, colour_names: &mut ColourNames) -> Result<Annotation, EntryFault> {
    let whole = entry.to_string();
    let Value::Object(mut fields) = entry else {
        return Err(EntryFault::NotAnObject);
    };
    let target_value = fields.remove("target").ok_or(EntryFault::NoTarget)?;
    let mut extra = ExtraFields::default();
    let foreign = fields.remove(AT_CONTEXT).and_then(foreign_context);
    if let Some(foreign) = foreign {
        fields.insert(AT_CONTEXT.to_owned(), foreign);
    }
    let id = take_id(&mut fields, &whole);
    let created = take_string(&mut fields, "created").map(|at| Timestamp(at.into()));
    let modified = take_string(&mut fields, "modified").map(|at| Timestamp(at.into()));
    if fields.get("type").and_then(Value::as_str) == Some("Annotation") {
        fields.remove("type");
    }
    let motivation = fields.remove("motivation");
    let target_value = match motivation.as_ref().is_some_and(replies::is_reply) {
        true => replies::passage_first(target_value),
        false => target_value,
    };
    let (target, more, attached) = targets(target_value, &mut fields, &mut extra)?;
    let attached = attached.or_else(|| take_detached(&mut fields));
    let mut written = Written::default();
    let plain = fields.remove("bodyValue").map(textual);
    let mut bodies: Vec<Value> = listed(fields.remove("body")).chain(plain).collect();
    // Our own colours take precedence over those that may only resemble one, and words that are the
    // note anyway over those that are one choice of several.
    bodies.sort_by_key(|body| (!is_own_colour(body), choice::is_choice(body)));
    let additions = Additions::of(&bodies);
    for body in bodies {
        written.take(body, motivation.as_ref(), &mut extra);
    }
    written.add(additions);
    if written.note.len() > LONGEST_NOTE {
        return Err(EntryFault::NoteTooLong);
    }
    extra.annotation = fields;
    let mut annotation = Annotation {
        id,
        article: ArticleId::of_iri(without_fragment(&target.source)),
        target,
        more,
        attached,
        note: written.note,
        tags: written.tags,
        colour: written.colour.unwrap_or_default(),
        created,
        modified,
        extra: Extra::default(),
    };
    // `encode::state` writes this date if there is no other.
    let own = annotation.target.digest.is_some() && !extra.parts.contains_key(part::STATE);
    if own && annotation.target.version == annotation.created {
        annotation.target.version = None;
    }
    if let Some(motivation) = motivation
        && motivation.as_str() != Some(encode::motivation(&annotation))
    {
        extra.annotation.insert("motivation".to_owned(), motivation);
    }
    take_name(annotation.colour, &mut extra, colour_names);
    annotation.extra = extra.into_extra();
    Ok(annotation)
}

/// Takes the name of the colour, if Postil has written it: other labels are extras.
fn take_name(colour: Colour, extra: &mut ExtraFields, colour_names: &mut ColourNames) {
    let class = extra.target.get(STYLE_CLASS).and_then(Value::as_str);
    if class.and_then(|class| class.strip_prefix(CLASS)) != Some(colour.name()) {
        return;
    }
    extra.target.remove(STYLE_CLASS);
    let Some(further) = extra.parts.get_mut(part::COLOUR) else {
        return;
    };
    if let Some(name) = take_string(further, LABEL) {
        let mut named = ColourNames::default();
        named.set(colour, &name);
        colour_names.adopt(&named);
    }
    if further.is_empty() {
        extra.parts.remove(part::COLOUR);
    }
}

fn take_id(fields: &mut Map<String, Value>, whole: &str) -> AnnotationId {
    let key = if fields.contains_key("id") {
        "id"
    } else {
        "@id"
    };
    let iri = match fields.remove(key) {
        Some(Value::String(iri)) => iri,
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let name = iri::name_of(&iri);
    match AnnotationId::parse(name) {
        Ok(id) => id,
        Err(_) if name.trim().is_empty() => AnnotationId::of_content(whole),
        // The id is written back as it came, and must map to the same id when it is read again.
        Err(_) => {
            let id = AnnotationId::of_content(&iri);
            fields.insert(key.to_owned(), iri.into());
            id
        }
    }
}

/// Returns one value or many as a list.
fn listed(value: Option<Value>) -> impl Iterator<Item = Value> {
    match value {
        Some(Value::Array(values)) => values,
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![value],
    }
    .into_iter()
}

fn without_fragment(iri: &str) -> &str {
    iri.split('#').next().unwrap_or(iri)
}

/// The content of the bodies.
#[derive(Default)]
struct Written {
    note: String,
    tags: Vec<String>,
    colour: Option<Colour>,
}

impl Written {
    fn take(&mut self, body: Value, motivation: Option<&Value>, extra: &mut ExtraFields) {
        if let Some(choice) = choice::of_words(&body).filter(|_| self.note.is_empty()) {
            choice.words.clone_into(&mut self.note);
            keep(extra, part::COMMENT, choice.further);
            keep(extra, part::CHOICE, choice.rest);
            return;
        }
        let purpose = purpose_of(&body, motivation);
        let Some((value, mut further)) = text_of(&body) else {
            extra.bodies.push(body);
            return;
        };
        match purpose.as_deref() {
            Some("tagging") if !value.trim().is_empty() => {
                take_string(&mut further, "purpose");
                let tag = value.trim().to_owned();
                if !self.tags.contains(&tag) {
                    keep(extra, &part::tag(&tag), further);
                    self.tags.push(tag);
                } else if !further.is_empty() {
                    extra.bodies.push(body);
                }
            }
            Some("highlighting" | "classifying") => match Colour::from_name(value) {
                Some(colour) if self.colour.is_none() => {
                    drop_if(&mut further, "purpose", "highlighting");
                    self.colour = Some(colour);
                    keep(extra, part::COLOUR, further);
                }
                // The nearest of ours; its original name is written back as long as it fits.
                _ => {
                    self.colour = self.colour.or_else(|| nearest(value));
                    extra.bodies.push(body);
                }
            },
            Some("tagging" | "linking" | "identifying") => extra.bodies.push(body),
            _ if value.is_empty() => extra.bodies.push(body),
            _ => {
                drop_if(&mut further, "purpose", "commenting");
                drop_if(&mut further, "format", "text/markdown");
                if self.note.is_empty() {
                    value.clone_into(&mut self.note);
                    keep(extra, part::COMMENT, further);
                } else if further.is_empty() {
                    self.note.push_str("\n\n");
                    self.note.push_str(value);
                } else {
                    extra.bodies.push(body);
                }
            }
        }
    }
}

/// What some programs add to a body that is neither a tag nor a colour: `tags` or `tag`, and
/// `color`, as in Readium's annotations. `encode::refreshed` writes them back.
struct Additions {
    tags: Vec<String>,
    colour: Option<Colour>,
}

impl Additions {
    fn of(bodies: &[Value]) -> Self {
        let of_body = |body: &Value| {
            let words: Vec<String> = TAGS
                .iter()
                .flat_map(|name| words_in(body.get(*name)))
                .collect();
            words
        };
        let colour = |body: &Value| {
            COLOURS
                .iter()
                .find_map(|name| nearest(body.get(*name)?.as_str()?))
        };
        Self {
            tags: bodies.iter().flat_map(of_body).collect(),
            colour: bodies.iter().find_map(colour),
        }
    }
}

impl Written {
    fn add(&mut self, additions: Additions) {
        for tag in additions.tags {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        self.colour = self.colour.or(additions.colour);
    }
}

fn is_own_colour(body: &Value) -> bool {
    let has = |name: &str, of: &dyn Fn(&str) -> bool| {
        body.get(name).and_then(Value::as_str).is_some_and(of)
    };
    has("purpose", &|purpose| {
        ["highlighting", "classifying"].contains(&purpose)
    }) && has("value", &|value| Colour::from_name(value).is_some())
}

/// Returns one value or many as a slice.
fn one_or_many(value: &Value) -> &[Value] {
    match value {
        Value::Array(several) => several,
        one => std::slice::from_ref(one),
    }
}

/// Returns the words of a field that is a string or a list of strings.
fn words_in(field: Option<&Value>) -> Vec<String> {
    let words = field
        .map_or(&[][..], one_or_many)
        .iter()
        .filter_map(Value::as_str)
        .map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the words of a textual body, or of a bare string that is no address, and the rest.
pub(super) fn text_of(body: &Value) -> Option<(&str, Map<String, Value>)> {
    match body {
        Value::Object(fields) => {
            let textual = is_of_type(fields, "TextualBody") || !fields.contains_key("type");
            let value = fields.get("value").filter(|_| textual)?.as_str()?;
            let mut further = fields.clone();
            further.remove("value");
            drop_if(&mut further, "type", "TextualBody");
            Some((value, further))
        }
        // The model reads it as an address (§3.2.1), but it is often words.
        Value::String(words) if !is_address(words) => Some((words, Map::new())),
        _ => None,
    }
}

fn is_address(words: &str) -> bool {
    let absolute = words.contains("://") || words.starts_with("urn:");
    absolute && !words.contains(char::is_whitespace)
}

/// Reads a `bodyValue` as the value of a textual body in plain text (§3.2.5).
fn textual(value: Value) -> Value {
    match value {
        Value::String(words) => {
            json!({ "type": "TextualBody", "format": "text/plain", "value": words })
        }
        other => other,
    }
}

pub(super) fn purpose_of(body: &Value, motivation: Option<&Value>) -> Option<String> {
    let named = body.get("purpose").or(motivation)?;
    let name = match named {
        Value::Array(names) => names.first()?.as_str()?,
        name => name.as_str()?,
    };
    let bare = name.strip_prefix("oa:").unwrap_or(name);
    // A highlight's body without its own purpose is still something that a person wrote.
    let inherited = body.get("purpose").is_none() && bare != "tagging";
    (!inherited).then(|| bare.to_owned())
}

pub(super) fn drop_if(fields: &mut Map<String, Value>, name: &str, value: &str) {
    if fields.get(name).and_then(Value::as_str) == Some(value) {
        fields.remove(name);
    }
}

fn keep(extra: &mut ExtraFields, part: &str, further: Map<String, Value>) {
    if !further.is_empty() {
        extra.parts.insert(part.to_owned(), further);
    }
}

/// Returns the original target, the further passages, and the reader's own place for the note, if it
/// is beside them.
fn targets(
    value: Value,
    annotation: &mut Map<String, Value>,
    extra: &mut ExtraFields,
) -> Result<(Target, Vec<Target>, Option<Attachment>), EntryFault> {
    let mut targets = listed(Some(value));
    let first = targets.next().ok_or(EntryFault::NoTarget)?;
    let is_derived = |target: &Value| target.get(FOUND).is_some();
    let mut others: Vec<Value> = targets.filter(|target| !is_derived(target)).collect();
    let target = match first {
        Value::String(source) => Target {
            source,
            ..Target::default()
        },
        Value::Object(fields) => target(fields, extra),
        _ => return Err(EntryFault::UnknownTarget),
    };
    let mut more = Vec::new();
    others.retain(|other| {
        let own = own_passage(other, &target);
        let is_own = own.is_some();
        more.extend(own);
        !is_own
    });
    let place = others.first().and_then(|other| place(other, &target));
    if place.is_some() {
        others.remove(0);
    }
    // Those of other programs are kept as they came, too.
    let foreign = passages_of(&others, &target.source);
    more.extend(foreign.into_iter().map(|(_, passage)| passage));
    if !others.is_empty() {
        annotation.insert("target".to_owned(), others.into());
    }
    Ok((target, more, place.map(Attachment::At)))
}

fn target(mut fields: Map<String, Value>, extra: &mut ExtraFields) -> Target {
    let mut target = Target {
        source: source(&mut fields, extra),
        ..Target::default()
    };
    drop_if(&mut fields, "type", "SpecificResource");
    for selector in listed(fields.remove("selector")) {
        take_selector(selector, &mut target, extra);
    }
    // A state may be refined by a selector (§4.3.3).
    for state in fields.get("state").map(one_or_many).into_iter().flatten() {
        look_within(state, &mut target, DEEPEST_SELECTOR);
    }
    take_state(&mut fields, &mut target, extra);
    extra.target = fields;
    target
}

/// Reads a further target that is exactly what Postil writes of a further passage.
fn own_passage(value: &Value, original: &Target) -> Option<Target> {
    let mut value = value.clone();
    value.as_object_mut()?.remove(PASSAGE)?;
    place(&value, original)
}

/// Reads further targets as passages of the same source, each with its index (§3.2.3: an annotation
/// is on each of its targets); none if they are too many.
pub(super) fn passages_of(others: &[Value], source: &str) -> Vec<(usize, Target)> {
    let passage = |(index, other): (usize, &Value)| {
        let fields = other.as_object()?.clone();
        let passage = target(fields, &mut ExtraFields::default());
        (passage.quote.is_some() && passage.source == source).then_some((index, passage))
    };
    let passages: Vec<(usize, Target)> = others.iter().enumerate().filter_map(passage).collect();
    match passages.len() <= MOST_PASSAGES {
        true => passages,
        false => Vec::new(),
    }
}

/// Reads a second target that is exactly what Postil writes of a place in another text of the same
/// article. A target with less or more is kept as an extra.
fn place(value: &Value, original: &Target) -> Option<Target> {
    let fields = value.as_object()?.clone();
    let place = target(fields, &mut ExtraFields::default());
    let is_place = place.quote.is_some() && place.digest.is_some();
    let is_ours = is_place && place.source == original.source;
    (is_ours && encode::attached(&place) == *value).then_some(place)
}

/// Takes the text in which the passage is not to be found, if the reader has said so.
fn take_detached(fields: &mut Map<String, Value>) -> Option<Attachment> {
    let digest = fields.get(DETACHED)?.as_str().and_then(Digest::from_iri)?;
    fields.remove(DETACHED);
    Some(Attachment::Nowhere(digest))
}

fn source(fields: &mut Map<String, Value>, extra: &mut ExtraFields) -> String {
    match fields.remove("source") {
        Some(Value::String(source)) => source,
        Some(Value::Object(mut inner)) => {
            let id = take_string(&mut inner, "id").unwrap_or_default();
            keep(extra, part::SOURCE, inner);
            id
        }
        Some(other) => {
            fields.insert("source".to_owned(), other);
            String::new()
        }
        // An external resource named by its id, which is written back as a source.
        None => {
            let id = take_string(fields, "id").unwrap_or_default();
            let is_specific = is_of_type(fields, "SpecificResource")
                || SPECIFIC.iter().any(|name| fields.contains_key(*name));
            // What else it says is of the resource, and not of how the note uses it.
            if !id.is_empty() && !is_specific {
                keep(extra, part::SOURCE, std::mem::take(fields));
            }
            id
        }
    }
}

fn take_selector(mut selector: Value, target: &mut Target, extra: &mut ExtraFields) {
    strict::restore_range(&mut selector);
    let Value::Object(fields) = &selector else {
        return extra.selectors.push(selector);
    };
    if let Some(quote) = long_quote_of(&selector).filter(|_| target.quote.is_none()) {
        target.quote = Some(quote);
        return;
    }
    let quote = quote_of(fields).filter(|_| target.quote.is_none());
    let position = position_of(fields).filter(|_| target.position.is_none());
    let mut further = fields.clone();
    take_string(&mut further, "type");
    if let Some(quote) = quote {
        target.quote = Some(quote);
        for known in ["exact", "prefix", "suffix"] {
            take_string(&mut further, known);
        }
        keep(extra, part::QUOTE, further);
    } else if let Some(position) = position {
        target.position = Some(position);
        further.remove("start");
        further.remove("end");
        keep(extra, part::POSITION, further);
    } else {
        extra.selectors.push(selector.clone());
    }
    look_within(&selector, target, DEEPEST_SELECTOR);
}

/// Looks for the passage in selectors that refine another one.
fn look_within(selector: &Value, target: &mut Target, depth: usize) {
    if depth == 0 {
        return;
    }
    let Some(inner) = selector.get("refinedBy") else {
        return;
    };
    for selector in one_or_many(inner) {
        if let Value::Object(fields) = selector {
            target.quote = target.quote.take().or_else(|| quote_of(fields));
            target.position = target.position.or_else(|| position_of(fields));
        }
        look_within(selector, target, depth - 1);
    }
}

fn quote_of(fields: &Map<String, Value>) -> Option<Quote> {
    let words = |name: &str| {
        fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let exact = words("exact");
    let is_quote = is_of_type(fields, "TextQuoteSelector") && !exact.is_empty();
    is_quote.then(|| Quote {
        prefix: words("prefix"),
        exact,
        suffix: words("suffix"),
        rest: None,
    })
}

/// Reads a range from head to tail that is exactly what Postil writes of a long quote.
fn long_quote_of(selector: &Value) -> Option<Quote> {
    let words = |end: &str, name: &str| Some(selector.get(end)?.get(name)?.as_str()?.to_owned());
    let rest = Rest {
        tail: words("endSelector", "prefix")?,
        length: selector.get(LENGTH)?.as_u64()?.try_into().ok()?,
        digest: Digest::from_iri(selector.get(DIGEST)?.as_str()?)?,
    };
    let quote = Quote {
        prefix: words("startSelector", "prefix")?,
        exact: words("startSelector", "exact")?,
        suffix: words("endSelector", "exact")?,
        rest: Some(rest),
    };
    (encode::quote_selector(&quote) == *selector).then_some(quote)
}

fn position_of(fields: &Map<String, Value>) -> Option<CodePointRange> {
    let number = |name: &str| {
        fields
            .get(name)?
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
    };
    let (start, end) = (number("start")?, number("end")?);
    let is_position = is_of_type(fields, "TextPositionSelector") && start <= end;
    is_position.then(|| CodePointRange::new(start, end))
}

fn take_state(fields: &mut Map<String, Value>, target: &mut Target, extra: &mut ExtraFields) {
    let Some(Value::Object(state)) = fields.get("state") else {
        return;
    };
    if !is_of_type(state, "TimeState") {
        return;
    }
    let mut state = state.clone();
    fields.remove("state");
    take_string(&mut state, "type");
    target.version = take_string(&mut state, "sourceDate").map(|at| Timestamp(at.into()));
    let cached = state.get("cached").and_then(Value::as_str);
    if let Some(digest) = cached.and_then(Digest::from_iri) {
        target.digest = Some(digest);
        state.remove("cached");
    }
    keep(extra, part::STATE, state);
}
