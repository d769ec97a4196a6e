//! What other formats say of an article and of a passage in it.

use serde_json::{Map, Value, json};

use super::located::Located;
use crate::model::annotation::{Annotation, Quote, Target};
use crate::model::article::{Article, Source};

/// The web address of an article: where it came from, or else the one that it states.
pub fn address(article: &Article) -> Option<&str> {
    let about = article.description();
    match &about.source {
        Source::Address(address) => Some(address),
        _ => about.address.as_deref(),
    }
}

/// The address under which other programs know the article of a note.
pub fn source_of(article: &Article, annotation: &Annotation) -> String {
    let source = &annotation.target.source;
    match source.is_empty() || *source == article.iri() {
        true => address(article).map_or_else(|| article.iri(), str::to_owned),
        false => source.clone(),
    }
}

/// The quote of a note's passage: as the article at hand has it, else as it was stored. A very long
/// one that is not at hand is only its beginning.
pub fn quote_selector(article: &Article, located: &Located) -> Option<Value> {
    let here = located.described(article);
    let target: &Target = here.as_deref().unwrap_or(&located.annotation.target);
    let Quote {
        prefix,
        exact,
        suffix,
        rest: _,
    } = target.quote.as_ref()?;
    let whole = located.range.and_then(|range| range.slice(article.text()));
    let exact = whole.unwrap_or(exact);
    Some(json!({
        "type": "TextQuoteSelector",
        "exact": exact,
        "prefix": prefix,
        "suffix": suffix,
    }))
}

/// A position as a selector; what it counts depends on the format.
pub fn position_selector((start, end): (u32, u32)) -> Value {
    json!({ "type": "TextPositionSelector", "start": start, "end": end })
}

/// The selectors of other kinds that another program has written, from the note in the W3C's form.
pub fn foreign_selectors(own: &Value) -> Vec<Value> {
    let first = match &own["target"] {
        Value::Array(targets) => targets.first(),
        target => Some(target),
    };
    let selectors = first.and_then(|target| target["selector"].as_array());
    let is_foreign = |selector: &&Value| {
        let kind = selector["type"].as_str().unwrap_or_default();
        let known = ["", "TextQuoteSelector", "TextPositionSelector"];
        !known.contains(&kind) && selector.get("startSelector").is_none()
    };
    let foreign = selectors.into_iter().flatten().filter(is_foreign);
    foreign.cloned().collect()
}

/// A field of an object in the W3C's form, if it is an object itself.
pub fn fields_in(own: &Value, name: &str) -> Map<String, Value> {
    own.get(name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}
