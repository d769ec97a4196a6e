//! §4.2: selectors.

use serde_json::{Value, json};

use super::{Example, PAGE, example, notes};

/// An example on what a selector selects of the page.
fn selected(number: u8, section: &'static str, selector: &Value) -> Example {
    let fields = json!({ "body": "https://moss.example/note", "target": { "source": PAGE, "selector": selector } });
    example(number, section, fields).keeps(&["/body", "/target/selector"])
}

pub(super) fn examples() -> Vec<Example> {
    let quote = json!({ "type": "TextQuoteSelector", "exact": "the neep tide", "prefix": "weeks after ", "suffix": " is low" });
    vec![
        example(19, "§4.2: selectors elsewhere", json!({
            "body": { "source": "https://moss.example/log", "selector": "https://moss.example/log-selector" },
            "target": { "source": PAGE, "selector": "https://harbour.example/row-selector" },
        }))
        .keeps(&["/body", "/target/selector"]),
        example(20, "§4.2.1: a fragment selector of a body", json!({
            "body": { "source": "https://moss.example/film", "purpose": "describing", "selector": {
                "type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": "t=12,48" } },
        }))
        .keeps(&["/body"]),
        selected(21, "§4.2.2: a CSS selector", &json!({ "type": "CssSelector", "value": "main > p.moon ~ p" })),
        selected(22, "§4.2.3: an XPath selector", &json!({ "type": "XPathSelector", "value": "/html/body/main/table[2]/tr[4]/td" })),
        selected(23, "§4.2.4: a text quote", &quote).quotes("weeks after ", "the neep tide", " is low"),
        selected(24, "§4.2.5: a text position", &json!({ "type": "TextPositionSelector", "start": 88, "end": 131 })).at(88, 131),
        selected(25, "§4.2.6: a data position", &json!({ "type": "DataPositionSelector", "start": 512, "end": 528 })),
        selected(26, "§4.2.7: an SVG selector elsewhere", &json!({ "id": "https://moss.example/area.svg", "type": "SvgSelector" })),
        selected(27, "§4.2.7: an embedded SVG selector", &json!({ "type": "SvgSelector",
            "value": "<svg xmlns='http://www.w3.org/2000/svg'><circle cx='9' cy='9' r='4'/></svg>" })),
        selected(28, "§4.2.8: a range", &json!({ "type": "RangeSelector",
            "startSelector": { "type": "XPathSelector", "value": "//tr[2]/td[1]" },
            "endSelector": { "type": "XPathSelector", "value": "//tr[2]/td[3]" } })),
        selected(29, "§4.2.9: a refined selection", &json!({ "type": "FragmentSelector", "value": "moon", "refinedBy": quote }))
            .quotes("weeks after ", "the neep tide", " is low"),
    ]
}

#[test]
fn a_passage_is_in_whatever_is_refined_by_it() {
    let quote = json!({ "type": "TextQuoteSelector", "exact": "neep" });
    let position = json!({ "type": "TextPositionSelector", "start": 3, "end": 7 });
    let state = json!({ "type": "TimeState", "sourceDate": "2023-03-01T06:00:00Z", "refinedBy": [
        { "type": "HttpRequestState", "value": "Accept: text/html", "refinedBy": [position, quote] },
    ] });
    for states in [state.clone(), json!([state])] {
        let target = json!({ "source": PAGE, "state": states });
        let document = example(33, "", json!({ "target": target })).document;
        let read = notes(&document);
        assert_eq!(read[0].quoted(), Some("neep"));
        assert_eq!(read[0].target.position.map(|at| at.start()), Some(3));
        let file = super::written(&read);
        assert!(super::holds(&file, &states), "{file:#}");
        assert_eq!(notes(&file), read);
    }
}

#[test]
fn alternatives_may_stand_in_a_list() {
    let selectors = json!([
        { "type": "CssSelector", "value": "p" },
        { "type": "TextPositionSelector", "start": 3, "end": 7 },
        { "type": "TextQuoteSelector", "exact": "neep" },
        "https://moss.example/selector",
    ]);
    let read = notes(&selected(19, "", &selectors).document);
    assert_eq!(read[0].quoted(), Some("neep"));
    let file = super::written(&read);
    assert!(
        super::holds(&file, &selectors[0]) && super::holds(&file, &selectors[3]),
        "{file:#}"
    );
}
