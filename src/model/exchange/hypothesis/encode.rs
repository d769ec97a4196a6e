//! Writes annotations so that the Hypothesis client can import them.

use std::cell::OnceCell;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{CREATOR, KEPT, account};
use crate::model::annotation::{Annotation, Timestamp};
use crate::model::article::Article;
use crate::model::exchange::described::{
    fields_in, foreign_selectors, position_selector, quote_selector, source_of,
};
use crate::model::exchange::json::{Entries, written};
use crate::model::exchange::located::Located;
use crate::model::exchange::{Export, own};
use crate::model::text::Utf16Offsets;

/// The author of notes whose author is not known: the client reads none without this form. The
/// domain exists nowhere (RFC 2606).
const READER: &str = "acct:reader@postil.invalid";
/// The group that everybody is in, which the client replaces by the one at hand.
const EVERYBODY: &str = "__world__";

/// Writes the notes of an article, in the order of their passages and then those without a place.
pub fn encode(export: &Export) -> String {
    let located = export.located();
    let units = Utf16Offsets::of(export.article.text());
    let exporter = OnceCell::new();
    let annotations = Entries(|| {
        located.iter().map(|located| {
            let entry = entry(export, located, &units);
            let user = entry["user"].as_str().filter(|user| *user != READER);
            if let Some(user) = user {
                exporter.get_or_init(|| user.to_owned());
            }
            entry
        })
    });
    written(&File {
        annotations,
        client_version: concat!("postil-", env!("CARGO_PKG_VERSION")),
        export_date: &export.stamp.at,
        export_userid: Exporter(&exporter),
    })
}

/// A file. Fields are in the order of their names, as in everything within.
#[derive(Serialize)]
struct File<'a, L> {
    annotations: L,
    client_version: &'static str,
    export_date: &'a Timestamp,
    export_userid: Exporter<'a>,
}

/// The first known author, whom the annotations that stand before it have named.
struct Exporter<'a>(&'a OnceCell<String>);

impl Serialize for Exporter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.get().map_or(READER, String::as_str))
    }
}

fn entry(export: &Export, located: &Located, units: &Utf16Offsets) -> Value {
    let annotation = located.annotation;
    let own = own::written(annotation, export.colour_names);
    let uri = source_of(export.article, annotation);
    let mut fields = fields_in(&own, KEPT);
    let user = own[CREATOR].as_str().filter(|user| account(user).is_some());
    let user = user.unwrap_or(READER);
    complete(&mut fields, user, export.article);
    let said = json!({
        "id": annotation.id,
        "created": created(annotation, export),
        "updated": annotation.last_touched().unwrap_or(&export.stamp.at),
        "user": user,
        "uri": uri,
        "text": annotation.note,
        "tags": annotation.tags,
        "target": [target(export.article, located, units, &uri, &own)],
    });
    if let Value::Object(said) = said {
        fields.extend(said);
    }
    fields.insert(own::FIELD.to_owned(), own);
    Value::Object(fields)
}

/// When a note was made. The API knows no annotation without a date.
fn created(annotation: &Annotation, export: &Export) -> Value {
    let known = annotation.created.as_ref();
    json!(
        known
            .or(annotation.last_touched())
            .unwrap_or(&export.stamp.at)
    )
}

/// Adds the fields that every annotation of the API has, where they are missing or of another type.
fn complete(fields: &mut Map<String, Value>, user: &str, article: &Article) {
    let mut ensure = |name: &str, fits: fn(&Value) -> bool, otherwise: Value| {
        if !fields.get(name).is_some_and(fits) {
            fields.insert(name.to_owned(), otherwise);
        }
    };
    let only = json!({ "read": [user], "update": [user], "delete": [user] });
    ensure("group", Value::is_string, EVERYBODY.into());
    ensure("hidden", Value::is_boolean, false.into());
    ensure("links", Value::is_object, json!({}));
    ensure("permissions", |value| value["read"].is_array(), only);
    let document = json!({ "title": [article.title()] });
    ensure("document", |value| value.get("title").is_some(), document);
}

/// Writes the passage. A note on the article as a whole has no selector.
fn target(
    article: &Article,
    located: &Located,
    units: &Utf16Offsets,
    uri: &str,
    own: &Value,
) -> Value {
    let stored = &located.annotation.target;
    let here = located.range.map(|range| {
        let code_points = article.code_points().of_range(article.text(), range);
        units.of_range(range, code_points)
    });
    // Without a text it is as another program counted it.
    let foreign = stored.position.filter(|_| stored.digest.is_none());
    let position = here.or(foreign.map(|position| (position.start(), position.end())));
    let mut selectors = foreign_selectors(own);
    selectors.extend(position.map(position_selector));
    selectors.extend(quote_selector(article, located));
    match selectors.is_empty() {
        true => json!({ "source": uri }),
        false => json!({ "source": uri, "selector": selectors }),
    }
}
