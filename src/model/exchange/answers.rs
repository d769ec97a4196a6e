//! Which note a note answers: an answer is a note on the same passage whose further target is the IRI
//! of the other, as the W3C's model has it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::w3c::{self, REPLYING};
use crate::model::annotation::{Annotation, AnnotationId, Extra};

/// What is kept of an annotation, as far as it is read here.
#[derive(Deserialize)]
struct Kept<F> {
    #[serde(rename = "a")]
    annotation: F,
}

#[derive(Deserialize)]
struct Replying {
    motivation: Value,
    target: Vec<Value>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// Returns what an answer to a note keeps.
pub fn answering(note: &Annotation) -> Extra {
    w3c::with_fields(&json!({ "motivation": REPLYING, "target": [iri_of(note)] }))
}

/// Returns the id of the note that a note answers; `None` if it is no answer.
pub fn answered(extra: &Extra) -> Option<AnnotationId> {
    // Most notes keep nothing, and of the others most are no answers.
    let json = extra.json().filter(|json| json.contains(REPLYING))?;
    let kept: Kept<Replying> = serde_json::from_str(json).ok()?;
    let Replying { motivation, target } = kept.annotation;
    let iri = target.iter().find_map(w3c::resource)?;
    w3c::is_reply(&motivation).then(|| w3c::id_of(iri))
}

/// Returns what an answer keeps if the note that it answers has become a copy with another id.
pub(super) fn following(
    extra: &Extra,
    copy: &dyn Fn(&AnnotationId) -> Option<AnnotationId>,
) -> Option<Extra> {
    let copy = copy(&answered(extra)?)?;
    let mut kept: Value = serde_json::from_str(extra.json()?).ok()?;
    let targets = kept["a"]["target"].as_array_mut()?;
    let target = targets
        .iter_mut()
        .find(|target| w3c::resource(target).is_some())?;
    *target = w3c::iri_of(&copy).into();
    Some(Extra::of_json(&kept.to_string()))
}

/// The IRI of a note: that of another program if its id is made of it.
fn iri_of(note: &Annotation) -> String {
    let json = note.extra.json();
    let kept: Option<Kept<Named>> = json.and_then(|json| serde_json::from_str(json).ok());
    let theirs = kept.map(|kept| kept.annotation.id);
    let theirs =
        theirs.filter(|iri| w3c::id_of(iri) == note.id && !iri.contains(char::is_whitespace));
    theirs.unwrap_or_else(|| w3c::iri_of(&note.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(fields: &Value) -> Annotation {
        let mut fields = fields.clone();
        fields["target"] = "https://pages.example/tides".into();
        let read = w3c::annotation(fields, &mut Default::default());
        read.expect("it is an annotation")
    }

    #[test]
    fn an_answer_says_which_note_it_answers() {
        for (id, iri) in [
            (json!("urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df"), None),
            (json!("https://notes.example/1"), None),
            (json!("7"), Some("urn:postil:annotation:7".to_owned())),
            (json!(format!("urn:x:{}", "y".repeat(400))), None),
        ] {
            let iri = iri.unwrap_or_else(|| id.as_str().unwrap_or_default().to_owned());
            let note = note(&json!({ "id": id, "creator": "Ida Moss" }));
            let extra = answering(&note);
            assert_eq!(answered(&extra).as_ref(), Some(&note.id), "{iri}");
            let json = format!(r#"{{"a":{{"motivation":"replying","target":["{iri}"]}}}}"#);
            assert_eq!(extra, Extra::of_json(&json));
        }
        // What is no IRI is not written as one.
        let odd = note(&json!({ "id": "two words" }));
        let extra = answering(&odd);
        assert_eq!(answered(&extra), Some(odd.id.clone()));
        assert!(
            extra
                .json()
                .is_some_and(|json| json.contains("urn:postil:annotation:"))
        );
    }

    #[test]
    fn what_others_keep_is_no_answer() {
        assert_eq!(answered(&Extra::default()), None);
        for other in [
            json!({}),
            json!({ "motivation": "replying" }),
            json!({ "motivation": "replying", "target": [] }),
            json!({ "motivation": "replying", "target": [{ "source": "urn:x:1" }] }),
            json!({ "motivation": "assessing", "target": ["urn:x:1"], "title": "replying" }),
        ] {
            assert_eq!(answered(&w3c::with_fields(&other)), None, "{other}");
        }
        let several = json!({ "motivation": ["replying", "assessing"],
            "target": [{ "source": "p", "selector": [] }, { "id": "urn:x:1" }] });
        let first = answered(&w3c::with_fields(&several));
        assert_eq!(first, Some(w3c::id_of("urn:x:1")));
    }
}
