//! Reads a page's JSON-LD about its article, in the terms of <https://schema.org/Article>, as far
//! as possible: much of what pages write is not valid JSON.

mod mending;

use dom_query::Document;
use serde_json::{Map, Value};

use super::attributes::attribute;

use mending::{read, without_references};

/// Maximum number of scripts read from one page.
const MOST_SCRIPTS: usize = 30;
/// Longest script that is read, in bytes: real ones have some thousands.
const LONGEST_SCRIPT: usize = 512 * 1024;
/// Maximum number of objects that are examined.
const MOST_OBJECTS: usize = 2_000;
/// Maximum number of authors' names that are read.
const MOST_NAMES: usize = 20;
/// The type <https://schema.org/Article> and those of its subtypes that pages use.
const ARTICLES: [&str; 16] = [
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "BackgroundNewsArticle",
    "BlogPosting",
    "DiscussionForumPosting",
    "LiveBlogPosting",
    "MedicalScholarlyArticle",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
];

/// JSON-LD about an article, as it stands: not trimmed, not shortened.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StructuredFacts {
    /// Possible titles: the headline, which some sites use for a description, and the name.
    pub(super) titles: Vec<String>,
    pub(super) byline: Option<String>,
    pub(super) site: Option<String>,
    pub(super) date: Option<String>,
    pub(super) language: Option<String>,
    pub(super) address: Option<String>,
}

/// Returns what the scripts of a page say of its article; of the first one, if there are several.
pub(super) fn of(document: &Document) -> StructuredFacts {
    let mut values = Vec::new();
    let mut left = MOST_SCRIPTS;
    for node in document.root().descendants_it() {
        let is_data = node.element_ref().is_some_and(|element| {
            let kind = attribute(&element, "type").unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default();
            &*element.name.local == "script"
                && kind.trim().eq_ignore_ascii_case("application/ld+json")
        });
        if is_data && left > 0 {
            left -= 1;
            let words = node.text();
            if words.len() <= LONGEST_SCRIPT {
                values.extend(read(&words));
            }
        }
    }
    said_by(&values)
}

/// Returns what the values say of the article.
fn said_by(values: &[Value]) -> StructuredFacts {
    let objects = objects(values);
    let Some(article) = objects.iter().find(|object| is_article(object)) else {
        return StructuredFacts::default();
    };
    let text = |name: &str| article.get(name).and_then(text);
    let address = || {
        let page = article.get("mainEntityOfPage")?;
        text_or(page, "@id").or_else(|| text_or(page, "url"))
    };
    let publisher = article.get("publisher");
    let part = article.get("isPartOf");
    let name = |value: Option<&Value>| names(value?, &objects).into_iter().next();
    StructuredFacts {
        titles: ["headline", "name"].into_iter().filter_map(text).collect(),
        byline: ["author", "creator"].into_iter().find_map(|role| {
            let names = names(article.get(role)?, &objects);
            (!names.is_empty()).then(|| names.join(", "))
        }),
        site: name(publisher).or_else(|| name(part)),
        date: text("datePublished").or_else(|| text("dateCreated")),
        language: text("inLanguage"),
        address: text("url").or_else(address),
    }
}

/// Returns all objects at the top level, in lists, graphs and main entities, in order.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut left: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items.iter().rev()),
            Value::Object(object) => {
                found.push(object);
                left.extend(object.get("mainEntity").filter(|_| !is_article(object)));
                left.extend(object.get("@graph"));
            }
            _ => {}
        }
        if found.len() >= MOST_OBJECTS {
            break;
        }
    }
    found
}

fn is_article(object: &Map<String, Value>) -> bool {
    let is = |value: &Value| {
        let kind = value.as_str().unwrap_or_default();
        let kind = kind.rsplit(['/', ':', '#']).next().unwrap_or_default();
        ARTICLES.contains(&kind)
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// Returns the names in a string, an object, or a list of either. An object may be defined
/// elsewhere and appear only by its `@id`.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    let items = match value {
        Value::Array(items) => &items[..],
        single => std::slice::from_ref(single),
    };
    let elsewhere = |item: &Value| {
        let id = item.get("@id")?;
        let there = objects
            .iter()
            .filter(|object| object.get("@id") == Some(id));
        there
            .into_iter()
            .find_map(|object| text(object.get("name")?))
    };
    let name = |item: &Value| match item {
        Value::Object(object) => object
            .get("name")
            .and_then(text)
            .or_else(|| elsewhere(item)),
        other => text(other),
    };
    let is_name = |name: &String| !name.trim().is_empty() && !name.trim().starts_with("http");
    let named = items.iter().take(MOST_NAMES).filter_map(name);
    named
        .map(|name| name.trim().to_owned())
        .filter(is_name)
        .collect()
}

/// Returns a string, the first of a list of strings, or the value of a string with a language.
fn text(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(words) => words,
        Value::Array(items) => items.iter().find_map(Value::as_str)?,
        Value::Object(object) => object.get("@value").or(object.get("name"))?.as_str()?,
        _ => return None,
    };
    let words = without_references(words);
    (!words.trim().is_empty()).then_some(words)
}

/// Returns a string, or an object's value under a name.
fn text_or(value: &Value, name: &str) -> Option<String> {
    match value {
        Value::Object(object) => text(object.get(name)?),
        other => text(other),
    }
}

#[cfg(test)]
mod tests;
