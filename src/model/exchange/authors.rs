//! What the author of an imported note is called.

use serde::Deserialize;

use super::hypothesis;
use crate::model::annotation::Extra;
use crate::model::text::shortened;

/// Longest name that is shown, in code points.
const LONGEST: usize = 60;

/// What is kept of an annotation, as far as it says who made it.
#[derive(Deserialize)]
struct Kept<C> {
    #[serde(rename = "a")]
    annotation: Made<C>,
}

#[derive(Deserialize)]
struct Made<C> {
    creator: C,
}

/// An author as an object (<https://www.w3.org/TR/annotation-model/#agents>).
#[derive(Deserialize)]
struct Agent {
    name: Option<String>,
    nickname: Option<String>,
}

/// Returns the author's name; `None` if none is stated, as with the reader's own notes.
pub fn author(extra: &Extra) -> Option<String> {
    let json = extra.json()?;
    let agent: Option<Kept<Agent>> = serde_json::from_str(json).ok();
    let name = match agent.map(|kept| kept.annotation.creator) {
        Some(agent) => agent.name.or(agent.nickname)?,
        None => {
            let named: Kept<String> = serde_json::from_str(json).ok()?;
            let name = named.annotation.creator;
            hypothesis::user_name(&name).map_or(name.clone(), str::to_owned)
        }
    };
    let name = name.trim();
    (!name.is_empty()).then(|| shortened(name, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_called_as_the_file_says() {
        let called = |creator: &str| {
            let json = format!(r#"{{"a":{{"motivation":"x","creator":{creator}}},"s":[1.5]}}"#);
            author(&Extra::of_json(&json))
        };
        assert_eq!(called(r#""Ida Moss""#).as_deref(), Some("Ida Moss"));
        assert_eq!(
            called(r#""acct:ida@marsh.example""#).as_deref(),
            Some("ida")
        );
        let named = r#"{"type":"Person","name":" Ida Moss ","nickname":"i"}"#;
        assert_eq!(called(named).as_deref(), Some("Ida Moss"));
        assert_eq!(called(r#"{"nickname":"i"}"#).as_deref(), Some("i"));
        for none in ["null", "5", "{}", r#"" ""#, r#"{"name":""}"#] {
            assert_eq!(called(none), None, "{none}");
        }
        assert_eq!(author(&Extra::default()), None);
        assert_eq!(author(&Extra::of_json(r#"{"b":[]}"#)), None);
    }
}
