//! §4.1 and §4.3 to §4.6: the purpose, the state, the style, the rendering and the scope of a resource.

use serde_json::{Value, json};

use super::{Example, PAGE, example};

/// An example on the page, used in this way.
fn used(number: u8, section: &'static str, fields: Value) -> Example {
    let mut target = json!({ "source": PAGE });
    if let (Some(target), Value::Object(fields)) = (target.as_object_mut(), fields) {
        target.extend(fields);
    }
    example(
        number,
        section,
        json!({ "body": "https://moss.example/note", "target": target }),
    )
    .keeps(&["/body"])
}

pub(super) fn examples() -> Vec<Example> {
    vec![
        example(18, "§4.1: a resource with a purpose", json!({
            "body": { "type": "SpecificResource", "purpose": "tagging", "source": "https://gazetteer.example/harlingen" },
            "target": { "id": PAGE, "type": "Text" },
        }))
        .keeps(&["/body", "/target"]),
        used(30, "§4.3: a state elsewhere", json!({ "state": { "id": "https://moss.example/state" } }))
            .keeps(&["/target/state"]),
        used(31, "§4.3.1: a time", json!({ "state": { "type": "TimeState",
            "cached": "https://archive.example/2023/tides", "sourceDate": "2023-03-01T06:00:00Z" } }))
        .of_version("2023-03-01T06:00:00Z")
        .keeps(&["/target/state"]),
        used(32, "§4.3.2: a request", json!({ "state": { "type": "HttpRequestState", "value": "Accept-Language: nl" } }))
            .keeps(&["/target/state"]),
        used(33, "§4.3.3: a refined state", json!({ "state": { "type": "TimeState", "sourceDate": "2023-03-01T06:00:00Z",
            "refinedBy": { "type": "HttpRequestState", "value": "Accept: application/pdf", "refinedBy": {
                "type": "FragmentSelector", "value": "page=7", "conformsTo": "http://tools.ietf.org/rfc/rfc3778" } } } }))
        .of_version("2023-03-01T06:00:00Z")
        .keeps(&["/target/state"]),
        styled(34, "§4.4: a style elsewhere", &json!("https://moss.example/marks.css")),
        styled(35, "§4.4: an embedded style", &json!({ "type": "CssStylesheet", "value": ".sea { background: teal }" })),
        used(36, "§4.5: rendering software", json!({
            "selector": "https://moss.example/selector",
            "renderedVia": { "id": "https://reader.example/engine", "type": "Software", "schema:softwareVersion": "3.1" },
        }))
        .keeps(&["/target/selector", "/target/renderedVia"]),
        used(37, "§4.6: a scope", json!({ "scope": "https://harbour.example/front" })).keeps(&["/target/scope"]),
    ]
}

fn styled(number: u8, section: &'static str, stylesheet: &Value) -> Example {
    example(
        number,
        section,
        json!({
            "stylesheet": stylesheet,
            "body": "https://moss.example/note",
            "target": { "source": PAGE, "styleClass": "sea" },
        }),
    )
    .keeps(&["/stylesheet", "/body", "/target/styleClass"])
}
