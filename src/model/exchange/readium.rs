//! Annotation sets of Readium, as Thorium writes and reads them (`.annotation`).
//!
//! <https://github.com/readium/annotations>: a profile of the W3C's model, with one body that holds
//! words, colour and tags. What that cannot hold rides in a field of its own (`own`).

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::colours::nearest;
use super::described::{address, foreign_selectors, position_selector, quote_selector, source_of};
use super::json::{Entries, parse, written};
use super::located::Located;
use super::{Arrivals, EntryFault, Export, bibliography, own, w3c};
use crate::model::annotation::{Annotation, Colour, Timestamp};
use crate::model::article::Article;
use crate::model::colour_names::ColourNames;
use crate::model::headings::{Heading, heading_at, headings};

/// The type of a set (§2).
const SET: &str = "AnnotationSet";
/// The context of a set and of each annotation, which Thorium requires.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What Thorium requires of a generator: an id, a type and a name (§2.1).
const GENERATOR: &str = "urn:postil:generator";

/// Reads a set; `None` if a file is none.
pub fn decode(file: &str) -> Option<Arrivals> {
    // Spares others from being parsed in vain.
    if !file.contains(SET) {
        return None;
    }
    let Value::Object(mut set) = parse(file).ok()? else {
        return None;
    };
    let is_set = set.get("type").and_then(Value::as_str) == Some(SET);
    let Some(Value::Array(items)) = set.remove("items").filter(|_| is_set) else {
        return None;
    };
    if items.is_empty() {
        return None;
    }
    let mut arrivals = Arrivals::default();
    for (index, item) in items.into_iter().enumerate() {
        let read = annotation(item, &mut arrivals.colour_names);
        arrivals.take(index, read);
    }
    Some(arrivals)
}

fn annotation(mut item: Value, names: &mut ColourNames) -> Result<Annotation, EntryFault> {
    let own = item.as_object_mut().and_then(own::take);
    let said = w3c::annotation(item, names)?;
    let colour = said.colour;
    let restored = own::restored(said, own, names);
    // Somebody has given it another colour since.
    let written = nearest(colour_name(restored.colour)).unwrap_or_default();
    Ok(match written == colour {
        true => restored,
        false => Annotation { colour, ..restored },
    })
}

/// Writes the notes of an article, in the order of their passages and then those without a place.
pub fn encode(export: &Export) -> String {
    let headings = headings(export.article);
    let located = export.located();
    let items = || {
        let items = located.iter();
        items.map(|located| item(export, located, &headings))
    };
    written(&Set {
        context: CONTEXT,
        about: about(export.article),
        generated: &export.stamp.at,
        generator: json!({ "id": GENERATOR, "type": "Software", "name": "Postil" }),
        id: format!("urn:uuid:{}", export.stamp.id),
        items: Entries(items),
        title: export.article.title(),
        class: SET,
    })
}

/// A set. Fields are in the order of their names, as in everything within.
#[derive(Serialize)]
struct Set<'a, L> {
    #[serde(rename = "@context")]
    context: &'static str,
    about: Value,
    generated: &'a Timestamp,
    generator: Value,
    id: String,
    items: L,
    title: &'a str,
    #[serde(rename = "type")]
    class: &'static str,
}

/// What identifies the article (§2.2). Publishers and authors are lists in Thorium.
fn about(article: &Article) -> Value {
    let known = article.description();
    let mut about = json!({
        "dc:identifier": [address(article).map_or_else(|| article.iri(), str::to_owned)],
        "dc:format": "text/html",
        "dc:title": article.title(),
        "dc:creator": bibliography::authors(article),
    });
    if let Some(site) = &known.site {
        about["dc:publisher"] = json!([site]);
    }
    if let Some(year) = bibliography::Day::of(article).map(|day| day.year) {
        about["dc:date"] = format!("{year:04}").into();
    }
    about
}

fn item(export: &Export, located: &Located, headings: &[Heading]) -> Value {
    let annotation = located.annotation;
    let own = own::written(annotation, export.colour_names);
    let known = annotation.created.as_ref().or(annotation.last_touched());
    let mut item = json!({
        "@context": CONTEXT,
        "id": own["id"],
        "type": "Annotation",
        "created": known.unwrap_or(&export.stamp.at),
        "target": target(export.article, located, headings, &own),
        "body": body(annotation),
    });
    if let Some(modified) = &annotation.modified {
        item["modified"] = json!(modified);
    }
    if let Some(creator) = creator(&own["creator"]) {
        item["creator"] = creator;
    }
    item[own::FIELD] = own;
    item
}

/// The one body (§1.4): words, colour and tags, of which Thorium reads only the first.
fn body(annotation: &Annotation) -> Value {
    let mut body = json!({
        "type": "TextualBody",
        "value": annotation.note,
        "format": "text/markdown",
        "color": colour_name(annotation.colour),
        "highlight": "solid",
        "tags": annotation.tags,
    });
    if let Some(first) = annotation.tags.first() {
        body["tag"] = first.as_str().into();
    }
    body
}

/// The nearest of the six colours that there are (§1.4).
fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow | Colour::Grey => "yellow",
        Colour::Red | Colour::Magenta => "pink",
        Colour::Green => "green",
        Colour::Blue => "blue",
        Colour::Purple => "purple",
        Colour::Orange => "orange",
    }
}

/// An author, who needs an id and a type (§1.2).
fn creator(creator: &Value) -> Option<Value> {
    match creator {
        Value::String(id) => Some(json!({ "id": id, "type": "Person" })),
        Value::Object(fields) => {
            let kinds = ["Person", "Organization"];
            let kind = fields.get("type").and_then(Value::as_str);
            let known = kind.is_some_and(|kind| kinds.contains(&kind));
            let fits = known && fields.get("id").is_some_and(Value::is_string);
            fits.then(|| creator.clone())
        }
        _ => None,
    }
}

/// The passage (§1.3). Thorium requires a list of selectors, which is empty for the whole article.
fn target(article: &Article, located: &Located, headings: &[Heading], own: &Value) -> Value {
    let here = located.range.map(|range| {
        let position = article.code_points().of_range(article.text(), range);
        position_selector((position.start(), position.end()))
    });
    let quote = quote_selector(article, located).into_iter();
    let mut selectors: Vec<Value> = quote.chain(here).collect();
    selectors.extend(foreign_selectors(own));
    let mut fields = Map::new();
    fields.insert(
        "source".to_owned(),
        source_of(article, located.annotation).into(),
    );
    fields.insert("selector".to_owned(), selectors.into());
    let above = located
        .range
        .and_then(|range| heading_at(headings, range.start()));
    let above = ancestors(headings, above);
    if !above.is_empty() {
        let named = above.into_iter().map(|heading| {
            let words = heading.text.slice(article.text()).unwrap_or_default();
            json!({ "level": heading.depth + 1, "txt": words })
        });
        let named: Vec<Value> = named.collect();
        fields.insert("meta".to_owned(), json!({ "headings": named }));
    }
    Value::Object(fields)
}

/// The heading with this index and those that it is below, the topmost first (§1.3.3.1).
fn ancestors(headings: &[Heading], index: Option<usize>) -> Vec<&Heading> {
    let mut above: Vec<&Heading> = Vec::new();
    let before = index.map_or(&[][..], |index| &headings[..=index]);
    for heading in before.iter().rev() {
        if above.last().is_none_or(|below| heading.depth < below.depth) {
            above.push(heading);
        }
        if heading.depth == 0 {
            break;
        }
    }
    above.reverse();
    above
}
